"""What finders return: candidates with quotes; join makes records of them."""

from dataclasses import dataclass, field

from ingest.danish.lines import WeightReading
from ingest.pages.layout import Line
from ingest.records import Quote, Quotes


@dataclass(slots=True, kw_only=True)
class Piece:
    """A paragraph, item or cell of a goal, with the lines that prove it."""

    text: str
    lines: tuple[Line, ...]
    demanded: bool
    label: str | None = None
    """What a label in front of it says: `target`, `baseline`, `deadline`, `partly_met` …; None for running text."""


@dataclass(slots=True, kw_only=True)
class GoalCandidate:
    """A goal while it is being gathered."""

    key: str | None
    title: str
    title_lines: tuple[Line, ...]
    group: tuple[str, ...]
    shared: bool
    weight: WeightReading | None
    weight_quotes: Quotes
    binding: bool = True
    weights_only: bool = False
    """A row that gives a weight to a goal printed elsewhere."""
    pieces: list[Piece] = field(default_factory=list)


def quotes_of(lines: tuple[Line, ...] | list[Line]) -> Quotes:
    """One quote a line."""
    return tuple(Quote(page=line.page, box=line.box) for line in lines)
