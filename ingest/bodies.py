"""Bodies that no source names, made from the names that their documents print: an Agency like any other.

They are computed from what is in the store and never kept: the day a source names one, its record takes over.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawler.agencies import settle_ministry
from crawler.records import Agency, AgencyId, AgencyName, Attachment, Registry
from ingest.records import Extraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A settled party of one document: its name and ministry as printed there, and the document's period."""

    agency: AgencyId
    name_printed: str
    ministry_printed: str | None
    start: date | None
    end: date | None


def party_rows(extraction: Extraction) -> list[dict[str, Any]]:
    """What the store keeps of each settled party: a Party's fields, its document, its position on the cover."""
    period = extraction.period
    return [
        {
            "sha256": extraction.document.sha256,
            "position": position,
            "agency": party.agency,
            "name_printed": party.name_printed,
            "ministry_printed": extraction.ministry_printed,
            "start": period.start if period else None,
            "end": period.end if period else None,
        }
        for position, party in enumerate(extraction.agencies)
        if party.agency is not None
    ]


def with_unlisted(registry: Registry, parties: Iterable[Party]) -> Registry:
    """The registry and, behind its own, every body that only documents name, ordered by id."""
    listed = {agency.id for agency in registry.agencies}
    said: dict[AgencyId, list[Party]] = {}
    for party in parties:
        if party.agency not in listed:
            said.setdefault(party.agency, []).append(party)
    unlisted = tuple(_agency(registry, id, said[id]) for id in sorted(said))
    return Registry(ministries=registry.ministries, agencies=(*registry.agencies, *unlisted))


def _agency(registry: Registry, id: AgencyId, parties: list[Party]) -> Agency:
    """The name as most of its documents print it; the ministries that they name, each for their own days."""
    counted = Counter(party.name_printed for party in parties)
    name = max(sorted(counted), key=lambda text: counted[text])
    attached = {
        Attachment(ministry=ministry, start=party.start, end=party.end, background=False)
        for party in parties
        if party.ministry_printed is not None
        and (ministry := settle_ministry(registry, party.ministry_printed, party.start)) is not None
    }
    return Agency(
        id=id,
        names=(
            AgencyName(
                text=name, start=None, end=None, official=True, wrong=False, background=False, shared=False
            ),
        ),
        ministries=tuple(sorted(attached, key=lambda item: (item.start or date.min, item.ministry))),
        predecessors=(),
        successors=(),
        no_public_plan=(),
        html_only=(),
        changes=(),
        addresses=(),
        note=None,
        listed=False,
    )
