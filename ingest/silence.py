"""The silence ledger: for each agency, year and kind of document, what is there, and if nothing, why.

A value is never missing: "looked for and not found" and "never looked" are different things. Source of the states:
docs/records.md, "Silence ledger".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from crawler.records import Agency, AgencyId, Registry
from ingest.derived import Silence, SilenceState

LedgerKind = Literal["plan", "report"]
Fate = Literal["there", "gone", "overwritten"]
KINDS: tuple[LedgerKind, ...] = ("plan", "report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One kept document for one agency, as the ledger sees it."""

    agency: AgencyId
    years: tuple[int, ...]
    kind: LedgerKind
    read: bool
    reports: bool
    """Whether it reports on goals; true for plans."""
    start: date | None
    signed: date | None
    """The last signature."""
    fate: Fate
    """Whether its address still answers with it, with nothing, or with another year's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What visits say: agencies that were looked for, dead ends on the way, plans that are web pages."""

    agencies: frozenset[AgencyId]
    dead_ends: Mapping[tuple[AgencyId, int, LedgerKind], str]
    """Why nothing came of an address that promised a document."""
    pages: frozenset[tuple[AgencyId, int]]
    """Agency and year of each plan that is a web page."""


def ledger(registry: Registry, found: Sequence[Found], looked: Looked) -> tuple[Silence, ...]:
    """Every agency of the registry, and every body that documents name, in each of its years.

    The years run from the first to the last that any document here is about; none where there is no document.
    Ordered by agency as the registry has them, then by id, year and kind.
    """
    years = [year for one in found for year in one.years] + [year for _, year in looked.pages]
    if not years:
        return ()
    by_place: dict[tuple[AgencyId, int, LedgerKind], list[Found]] = {}
    for one in found:
        for year in one.years:
            by_place.setdefault((one.agency, year, one.kind), []).append(one)
    span = range(min(years), max(years) + 1)
    listed = {agency.id: agency for agency in registry.agencies}
    others = sorted({one.agency for one in found} - set(listed))
    rows = []
    for id in (*listed, *others):
        mine = [year for year in span if id not in listed or existed(listed[id], year)]
        if id not in listed:
            own = [year for one in found if one.agency == id for year in one.years]
            mine = [year for year in mine if min(own) <= year <= max(own)]
        rows += [
            _row(listed.get(id), id, year, kind, by_place.get((id, year, kind), ()), looked)
            for year in mine
            for kind in KINDS
        ]
    return tuple(rows)


def existed(agency: Agency, year: int) -> bool:
    """Whether the body had an official name on some day of the year."""
    return any(
        (name.start is None or name.start.year <= year) and (name.end is None or year <= name.end.year)
        for name in agency.names
        if name.official
    )


def _row(
    agency: Agency | None,
    id: AgencyId,
    year: int,
    kind: LedgerKind,
    here: Iterable[Found],
    looked: Looked,
) -> Silence:
    here = list(here)
    state, reason = _with_documents(here) if here else _without(agency, id, year, kind, looked)
    return Silence(
        agency=id, year=year, kind=kind, state=state, reason=reason, days_late=_days_late(year, kind, here)
    )


def _with_documents(here: Sequence[Found]) -> tuple[SilenceState, str | None]:
    there = [one for one in here if one.fate == "there"]
    if not there:
        if all(one.fate == "overwritten" for one in here):
            return "overwritten", "the address that held it holds another year now"
        return "vanished", "found at an earlier visit, gone from its address now"
    read = [one for one in there if one.read]
    if not read:
        return "found_not_read", "the file could not be read"
    if not any(one.reports for one in read):
        return "reports_nothing", "the report says nothing of goals"
    return "found", None


def _without(
    agency: Agency | None, id: AgencyId, year: int, kind: LedgerKind, looked: Looked
) -> tuple[SilenceState, str | None]:
    if kind == "plan" and agency is not None:
        absent = [item for item in agency.no_public_plan if not item.years or year in item.years]
        if absent:
            return "no_public_plan", absent[0].reason
        if (id, year) in looked.pages:
            return "html_only", "a web page, no file"
        pages = [page_year for page_agency, page_year in looked.pages if page_agency == id]
        if any(not item.years or year in item.years for item in agency.html_only) and pages:
            # One page for all years: the years before those that it holds now were on it once.
            if year < max(pages):
                return "overwritten", "the page holds a later year now"
        elif any(year in item.years for item in agency.html_only):
            return "html_only", "a web page, no file"
    dead_end = looked.dead_ends.get((id, year, kind))
    if dead_end is not None:
        return "not_found", dead_end
    return ("not_found", None) if id in looked.agencies else ("not_looked", None)


def _days_late(year: int, kind: LedgerKind, here: Sequence[Found]) -> int | None:
    """Days from the first day of the plan's period to its last signature, where positive; in its first year only."""
    if kind != "plan":
        return None
    late = [
        (one.signed - one.start).days
        for one in here
        if one.start is not None and one.signed is not None and one.start.year == year
    ]
    positive = [days for days in late if days > 0]
    return min(positive) if positive and len(positive) == len(late) else None
