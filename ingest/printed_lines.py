"""Single printed lines, read with the code that reads documents: what a line gives, without its page.

There is no page, so every list of quotes is empty. No PDF library is imported.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ingest.danish.dates import year_period
from ingest.danish.groups import is_group_heading
from ingest.danish.lines import read_heading, read_score, read_title, read_verdict, read_weight
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece
from ingest.finders.gathered import LABEL
from ingest.join import join_goals
from ingest.records import Goal, Target, Weight

Reading = Literal["targets", "weights", "periods", "verdicts", "headings"]

WHOLE_WEIGHT = re.compile(r"\(?\s*\d+(?:,\d+)?\s*(?:pct\.?|%|procent|point)\s*\)?|\(?\s*\d+\s*/\s*\d+\s*\)?")
"""A cell of a weight column, printed alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line to be read. `context_year` is the year of the plan it stands in, None where that is not known."""

    id: str | int
    text: str
    context_year: int | None = None

    def __post_init__(self) -> None:
        """A year has four figures, and a text can be printed. Raises ValueError."""
        if self.context_year is not None and not 1000 <= self.context_year <= 9999:
            raise ValueError(f"expected a context_year of four figures, not {self.context_year}")
        if re.search("[\ud800-\udfff]", f"{self.id}{self.text}"):
            raise ValueError("expected whole characters, not half of a surrogate pair")


def read_line(line: PrintedLine, reading: Reading, vocabulary: Vocabulary) -> dict[str, Any]:
    """What the reader makes of a line, `id` first; the keys of each reading stand in docs/manual.md."""
    return {"id": line.id, **READERS[reading](line, vocabulary)}


def targets_of(line: PrintedLine, vocabulary: Vocabulary) -> tuple[Target, ...]:
    """The targets of a line that stands where demands stand; a label in front says what it is for."""
    period = year_period(line.context_year) if line.context_year is not None else None
    labelled = LABEL.match(line.text.strip())
    label = vocabulary.label(labelled["label"]) if labelled else None
    text = labelled["rest"] if labelled and label else line.text
    goal = GoalCandidate(
        key=None,
        title=line.text or "-",
        title_lines=(),
        group=(),
        shared=False,
        weight=None,
        weight_quotes=(),
        pieces=[Piece(text=text, lines=(), demanded=True, label=label)],
    )
    goals: tuple[Goal, ...] = join_goals([goal], period, vocabulary)
    return goals[0].targets if goals else ()


def _targets(line: PrintedLine, vocabulary: Vocabulary) -> Mapping[str, Any]:
    return {"targets": targets_of(line, vocabulary)}


def _weight(line: PrintedLine, vocabulary: Vocabulary) -> Mapping[str, Any]:
    """A weight as a label line, behind a title, or alone as in a column of weights."""
    said = line.text.strip()
    found = read_weight(said, vocabulary, labelled=WHOLE_WEIGHT.fullmatch(said.casefold()) is not None)
    found = found or read_heading(said, vocabulary).weight
    return {"weight": Weight(value=found.value, unit=found.unit, quotes=()) if found else None}


def _period(line: PrintedLine, vocabulary: Vocabulary) -> Mapping[str, Any]:
    found = read_title(line.text, vocabulary)
    return {"kind": found.kind, "genre": found.genre, "period": found.period, "frame": found.frame}


def _verdict(line: PrintedLine, vocabulary: Vocabulary) -> Mapping[str, Any]:
    found = read_verdict(line.text, vocabulary)
    score = found.score if found else None
    return {"status": found.status if found else None, "score": score or read_score(line.text, vocabulary)}


def _heading(line: PrintedLine, vocabulary: Vocabulary) -> Mapping[str, Any]:
    found = read_heading(line.text, vocabulary)
    return {
        "key": found.key,
        "title": found.title,
        "is_goal": found.is_goal,
        "shared": found.shared,
        "group": is_group_heading(line.text, vocabulary),
    }


READERS: Mapping[Reading, Callable[[PrintedLine, Vocabulary], Mapping[str, Any]]] = {
    "targets": _targets,
    "weights": _weight,
    "periods": _period,
    "verdicts": _verdict,
    "headings": _heading,
}
"""How each reading is made."""
