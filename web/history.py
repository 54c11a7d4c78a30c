"""An agency's years as one history: its own documents, and before them its predecessors', marked as theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crawler.agencies import lineage
from crawler.records import Agency, AgencyId, Registry
from ingest.store_tables import DocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """A document and whose it is; not `own` is one of predecessors alone. No year: none is known."""

    year: int | None
    agencies: tuple[AgencyId, ...]
    own: bool
    document: DocumentRow


def history(registry: Registry, agency: Agency, documents: Iterable[DocumentRow]) -> tuple[HistoryLine, ...]:
    """One line a document, newest first, those without a year last; predecessors' only until they gave over."""
    bodies = {agency.id: None} | {body.id: until for body, until in lineage(registry, agency)}
    found = []
    for row in documents:
        year = row.years[0] if row.years else None
        own = agency.id in row.agencies
        whose = (agency.id,) if own else tuple(id for id in row.agencies if _counts(bodies, id, year))
        if whose:
            found.append(HistoryLine(year=year, agencies=whose, own=own, document=row))
    return tuple(sorted(found, key=lambda line: -(line.year or 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A body that was before an agency or came after it, and its plans and reports of one year."""

    agency: AgencyId
    before: bool
    year: int
    documents: tuple[DocumentRow, ...]


def relatives(
    registry: Registry, agency: Agency, year: int, documents: Iterable[DocumentRow]
) -> tuple[Relative, ...]:
    """The bodies whose papers belong beside an agency's of that year, those before it first.

    Each with the papers of that very year; in the agency's own first and last year else with those of the nearest
    year, so that the way goes on.
    """
    before = lineage(registry, agency)
    after = [
        (body, until)
        for body in registry.agencies
        if body.predecessors
        for ancestor, until in lineage(registry, body)
        if ancestor.id == agency.id and (until is None or year < until.year)
    ]
    rows = [row for row in documents if row.kind != "other"]
    own = {other for row in rows if agency.id in row.agencies for other in row.years}
    found = []
    for was, (body, until) in (*((True, one) for one in before), *((False, one) for one in after)):
        mine = [row for row in rows if body.id in row.agencies]
        years = {other for row in mine for other in row.years if (other <= year if was else other >= year)}
        if was and until is not None:
            years = {other for other in years if other < until.year}
        edge = year <= min(own, default=year) if was else year >= max(own, default=year)
        if year in years or (years and edge):
            nearest = max(years) if was else min(years)
            papers = tuple(row for row in mine if nearest in row.years)
            found.append(Relative(agency=body.id, before=was, year=nearest, documents=papers))
    return tuple(found)


def _counts(bodies: Mapping[AgencyId, date | None], id: AgencyId, year: int | None) -> bool:
    until = bodies.get(id)
    return id in bodies and (until is None or year is None or year < until.year)
