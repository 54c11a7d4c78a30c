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


def _counts(bodies: Mapping[AgencyId, date | None], id: AgencyId, year: int | None) -> bool:
    until = bodies.get(id)
    return id in bodies and (until is None or year is None or year < until.year)
