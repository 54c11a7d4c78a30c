"""Tables with a column a year: each cell of a row is a target for its year, the year before the plan is the baseline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.records import Period
from ingest.danish.dates import YEAR, year_period
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import Piece, YearCell
from ingest.pages.layout import Cell, Line, Table

Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class YearColumns:
    """The columns of a table that stand for years, in order; `before` those that tell where it stood."""

    years: dict[int, int]
    before: frozenset[int]


def read_years(row: Row, period: Period | None, vocabulary: Vocabulary) -> YearColumns | None:
    """The year of each column of a heading row; None where fewer than two columns have one."""
    years: dict[int, int] = {}
    before = set()
    for at, cell in enumerate(row):
        said = cell.text.casefold() if cell else ""
        found = re.search(rf"\b{YEAR}\b", said)
        if found is None or at == 0 or len(said) > 40:
            continue
        years[at] = int(found[1])
        told = any(
            word in said for word in (*vocabulary.labels["baseline"], "resultat", "realiseret", "regnskab")
        )
        if told or (period and int(found[1]) < period.start.year):
            before.add(at)
    return YearColumns(years, frozenset(before)) if len(years) >= 2 else None


def is_money(table: Table, above: str) -> bool:
    """Whether a table with years is one of money or key figures: its heading or the line above says so."""
    first = " ".join(cell.text for cell in table.rows[0] if cell)
    said = f"{above} {first}".casefold()
    return (
        re.search(r"\bmio\.?\s*kr|\bt\.kr|prisniveau|\bbevilling|\bregnskab\b|\bbudget\b|\bnøgletal\b", said)
        is not None
    )


def year_pieces(rows: Sequence[Row], columns: YearColumns) -> list[Piece]:
    """A piece a row: its label and cells are one line of the goal's text, each cell a target of its year."""
    found = []
    for row in rows:
        label = row[0]
        filled = [cell for cell in row if cell and cell.text]
        if label is None or not label.text or len(filled) < 2:
            continue
        cells = tuple(
            YearCell(
                text=cell.text,
                lines=cell.lines,
                period=year_period(columns.years[at]),
                baseline=at in columns.before,
            )
            for at, cell in enumerate(row)
            if at in columns.years and cell and cell.text
        )
        lines: tuple[Line, ...] = tuple(line for cell in filled for line in cell.lines)
        found.append(
            Piece(
                text=" ".join(cell.text for cell in filled),
                lines=lines,
                demanded=False,
                label="row",
                title=label.text,
                title_lines=label.lines,
                cells=cells,
            )
        )
    return found
