"""Results in a report's tables: a row a goal, wherever the report prints such a table."""

import re
from dataclasses import dataclass

from ingest.danish.amounts import read_amount
from ingest.danish.lines import VerdictReading, read_heading, read_key, read_score, read_verdict, read_weight
from ingest.danish.numbers import read_number
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import quotes_of
from ingest.finders.columns import Columns, read_columns, with_one_header
from ingest.finders.legend import Legend
from ingest.finders.tables import named_and_told
from ingest.finders.years import is_money
from ingest.pages.layout import Cell, Line, joined
from ingest.records import Result, Score, Section
from ingest.structure import Block, Structure


@dataclass(slots=True)
class _Place:
    """Where in the report a table stands: in its overview or an annex, and whose results it gives."""

    section: Section = "part1"
    annex: str | None = None
    agency: str | None = None

    def turn(self, block: Block, agencies: tuple[str, ...], vocabulary: Vocabulary) -> None:
        """Note what a heading or a line above a table says."""
        named = [name for name in agencies if name in block.text]
        if len(named) == 1 and (block.heading is not None or len(block.text) < 120):
            self.agency = named[0]
        if block.heading is None:
            return
        key = block.heading.key
        if vocabulary.role(block.heading.title) == "annex" or vocabulary.role(block.text) == "annex":
            self.annex = key or ""
        inside = self.annex is not None and (not self.annex or key is None or key.split(".")[0] == self.annex)
        self.section = "annex" if inside else "part1"


def find_result_tables(
    structure: Structure, agencies: tuple[str, ...], legend: Legend, vocabulary: Vocabulary
) -> list[Result]:
    """A result a row of every table that says what was reached. `agencies` where a report covers several."""
    found: list[Result] = []
    columns: Columns | None = None
    place = _Place()
    for block in structure.blocks:
        if block.table is None:
            place.turn(block, agencies, vocabulary)
            if block.heading is not None:
                # A table goes on over a page break, not below another heading.
                columns = None
            continue
        rows = with_one_header(block.table.rows)
        header = read_columns(rows[0], vocabulary, rows[1:])
        if header is not None:
            columns, rows = header, rows[1:]
        elif columns is None or len(rows[0]) != columns.count:
            columns = None
            continue
        money = is_money(block.table, "") and not {"target", "status", "score"} & set(columns.roles)
        if money or "title" not in columns.roles or not {"actual", "status"} & set(columns.roles):
            columns = None
            continue
        results = [_read_row(row, columns, place, legend, vocabulary) for row in rows]
        found += [result for result in results if result is not None]
    return found


def _lines(cell: Cell | None) -> tuple[Line, ...]:
    return cell.lines if cell else ()


def _text(cell: Cell | None) -> str | None:
    return (cell.text or None) if cell else None


def _points(printed: str, weight: str | None, vocabulary: Vocabulary) -> Score | None:
    """A bare figure in a column of points, of as many as the goal weighs."""
    value = read_number(re.sub(r"\s*point.*$", "", printed), vocabulary)
    of = read_weight(weight, vocabulary, labelled=True) if weight else None
    return Score(value=value, of=of.value if of else None) if value is not None else None


def _yes_or_no(said: str | None, vocabulary: Vocabulary) -> VerdictReading | None:
    """The answer in a column that asks whether a goal is met."""
    for status, role in (("met", "yes"), ("not_met", "no")):
        if said and said.casefold().strip(". ") in vocabulary.answers[role]:
            return VerdictReading(status=status, printed=said, score=None)  # type: ignore[arg-type]
    return None


def _read_row(
    row: tuple[Cell | None, ...], columns: Columns, place: _Place, legend: Legend, vocabulary: Vocabulary
) -> Result | None:
    cells = {role: columns.cell(row, role) for role in columns.roles}
    named, told = named_and_told(cells["title"])
    title = joined([line.text for line in named]) or None
    if (
        title is None
        or re.search(r"[^\W\d_]{3}", title) is None
        or sum(bool(cell and cell.text) for cell in row) < 2
        or vocabulary.is_total(title)
    ):
        return None
    heading = read_heading(title, vocabulary)
    status = cells.get("status")
    said = _text(status) or (status.fill if status else None)
    score_printed = _text(cells.get("score")) or (
        _text(cells.get("weight")) if "score" not in columns.roles else None
    )
    verdict = (
        legend.read(said)
        or (read_verdict(said, vocabulary) if said else None)
        or _yes_or_no(said, vocabulary)
    )
    if verdict is None and score_printed and not said:
        verdict = read_verdict(score_printed, vocabulary)
        verdict = verdict if verdict and verdict.score else None
    score = read_score(score_printed, vocabulary) if score_printed else None
    if score is None and score_printed and "score" in columns.roles:
        score = _points(score_printed, _text(cells.get("weight")), vocabulary)
    key = _text(cells.get("key")) or heading.key
    target = _text(cells.get("target")) or joined([line.text for line in told]) or None
    actual = _text(cells.get("actual"))
    lines = [
        line
        for role in ("key", "title", "target", "actual", "status", "score")
        for line in _lines(cells.get(role))
    ]
    return Result(
        goal_key=read_key(key, vocabulary) if key else None,
        goal_title=heading.title,
        agency=place.agency,
        target_printed=target,
        actual_printed=actual,
        actual=read_amount(actual, target, vocabulary),
        status=verdict.status if verdict else None,
        status_printed=verdict.printed if verdict else None,
        score=score or (verdict.score if verdict else None),
        explanation=None,
        section=place.section,
        quotes=quotes_of(lines),
        field_quotes={"status": quotes_of(_lines(status))},
    )
