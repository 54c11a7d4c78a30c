"""Agency × year: what we have and what is missing, with a word for every way of missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from crawler.records import Agency, Ministry
from ingest.store_tables import DocumentRow
from web.site import documents, registry

CellState = Literal["read", "unread", "none", "html", "missing", "void"]
"""A plan was read; found but not read; none is public; only a web page; not found; the agency did not exist."""
DATA_WORDS: dict[CellState, str] = {
    "read": "read",
    "unread": "found_not_read",
    "none": "no_public_plan",
    "html": "html_only",
    "missing": "not_found",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An agency's year: `goals` of its fullest plan, and whether an annual report was read, too."""

    year: int
    state: CellState
    goals: int
    report: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An agency with a cell for every year of the matrix."""

    agency: Agency
    cells: tuple[Cell, ...]


def covered_years() -> list[int]:
    """From the first to the last year that any plan or report is of."""
    years = {year for row in documents() if row.kind != "other" for year in row.years}
    return list(range(min(years), max(years) + 1)) if years else []


def line(agency: Agency, years: Sequence[int]) -> Line:
    """One agency's cells."""
    mine = [row for row in documents() if agency.id in row.agencies]
    return Line(agency=agency, cells=tuple(cell(agency, year, mine) for year in years))


def groups(years: Sequence[int]) -> list[tuple[Ministry | None, list[Line]]]:
    """Agencies under the ministry they belong to now or last, those that no source gives one at the end.

    A ministry of which we have no document is left out.
    """
    found: list[tuple[Ministry | None, list[Line]]] = []
    for ministry in (*registry().ministries, None):
        lines = [
            line(agency, years)
            for agency in registry().agencies
            if (agency.ministries[-1].ministry if agency.ministries else None) == (ministry and ministry.id)
        ]
        # Of a body that no source names nothing is missing: it is shown for the documents it has.
        lines = [item for item in lines if item.agency.listed or _there(item)]
        if any(map(_there, lines)):
            found.append((ministry, lines))
    return found


def _there(line: Line) -> bool:
    return any(cell.state in ("read", "unread") or cell.report for cell in line.cells)


def existed(agency: Agency, year: int) -> bool:
    """Whether an official name of the agency covers a day of that year; so if none has dates."""
    official = [name for name in agency.names if name.official]
    return not official or any(
        (name.start is None or name.start.year <= year) and (name.end is None or year <= name.end.year)
        for name in official
    )


def cell(agency: Agency, year: int, rows: Iterable[DocumentRow]) -> Cell:
    """What we have of an agency and a year."""
    here = [row for row in rows if year in row.years]
    plans = [row for row in here if row.kind in ("plan", "amendment")]
    unread = [
        row
        for row in here
        if row.state != "read" or (row.kind == "other" and row.pages and not row.agency_names)
    ]
    state: CellState = "missing"
    if plans:
        state = "read"
    elif unread:
        state = "unread"
    elif not existed(agency, year):
        state = "void"
    elif any(not item.years or year in item.years for item in agency.no_public_plan):
        state = "none"
    elif any(not item.years or year in item.years for item in agency.html_only):
        state = "html"
    return Cell(
        year=year,
        state=state,
        goals=max((row.goals for row in plans), default=0),
        report=any(row.kind == "report" and row.state == "read" for row in here),
    )
