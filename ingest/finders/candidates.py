"""What finders return: candidates with quotes; join makes records of them."""

from dataclasses import dataclass, field

from crawler.records import Period
from ingest.danish.lines import WeightReading
from ingest.pages.layout import Line, is_bullet
from ingest.records import Quote, Quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCell:
    """A cell of a column that stands for a year; `baseline` where it tells what was."""

    text: str
    lines: tuple[Line, ...]
    period: Period
    baseline: bool


@dataclass(slots=True, kw_only=True)
class Piece:
    """A paragraph, item or cell of a goal, with the lines that prove it."""

    text: str
    lines: tuple[Line, ...]
    demanded: bool
    label: str | None = None
    """What a label in front of it says: `target`, `baseline`, `deadline`, `partly_met` …; None for running text."""
    asked: str = ""
    """What of the text may demand, where the rest tells of other years; empty for all of it."""
    title: str = ""
    title_lines: tuple[Line, ...] = ()
    cells: tuple[YearCell, ...] = ()
    """Of a row of a table with a column a year: its label, and what stands in those columns."""


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
    loose: bool = False
    """From a table outside of the chapters of goals."""
    tabled: bool = False
    """A row of a table of goals."""
    weights_only: bool = False
    """A row that gives a weight to a goal printed elsewhere."""
    pieces: list[Piece] = field(default_factory=list)


EARLY = 0.2
"""Of a cell's width: a line that leaves so much free ends its paragraph, if a capital begins the next."""


def items_of(lines: tuple[Line, ...]) -> list[tuple[Line, ...]]:
    """The lines of a cell, parted where list marks begin an item; the marks are left out."""
    parts: list[list[Line]] = [[]]
    widest = max((line.box.x1 for line in lines), default=0.0)
    narrow = min((line.box.x0 for line in lines), default=0.0)
    for line in lines:
        above = parts[-1][-1] if parts[-1] else None
        # A line that ends early, and a capital behind it: a paragraph of its own, with or without a stop.
        ended = above is not None and above.box.x1 < widest - EARLY * (widest - narrow)
        if ended and line.text[:1].isupper() and above is not None and above.text[-1:] not in ",;:-–":
            parts.append([])
        if len(line.words) > 1 and is_bullet(line.words[0].text):
            parts.append([])
            line = Line(page=line.page, words=line.words[1:])  # noqa: PLW2901 - the same line without its mark
        parts[-1].append(line)
    return [tuple(part) for part in parts if part]


def quotes_of(lines: tuple[Line, ...] | list[Line]) -> Quotes:
    """One quote a line."""
    return tuple(Quote(page=line.page, box=line.box) for line in lines)


def lines_with(text: str, lines: tuple[Line, ...]) -> list[Line]:
    """The words of a sentence, line by line: only those words of each line that belong to it."""
    wanted = text.replace(" ", "")
    letters = "".join(word.text for line in lines for word in line.words)
    # Healed hyphens make the printed letters longer than the text; then whole lines are shown.
    start = letters.find(wanted)
    if start < 0:
        return list(lines)
    found, at = [], 0
    for line in lines:
        words = []
        for word in line.words:
            if at + len(word.text) > start and at < start + len(wanted):
                words.append(word)
            at += len(word.text)
        if words:
            found.append(Line(page=line.page, words=tuple(words)))
    return found
