"""A record -> what is indexed. Kinds: goal, result, picture, document; an entry counts in every year it covers."""

from collections.abc import Iterator, Sequence

from crawler.records import Agency, Registry
from ingest.places import goal_ids, result_ids
from ingest.records import Extraction
from ingest.store_tables import DocumentRow
from search.engine import Entry
from search.query import HitKind

PICTURES = ("mission", "vision", "strategic_picture", "follow_up")


def entries_of(extraction: Extraction, row: DocumentRow, registry: Registry) -> Iterator[Entry]:
    """Every entry of one document: itself, its pictures, goals and results."""
    agencies = [agency for agency in registry.agencies if agency.id in row.agencies]
    names = tuple(
        dict.fromkeys([*row.agency_names, *(name.text for agency in agencies for name in agency.names)])
    )
    shared = [
        *(("agency", id) for id in row.agencies),
        *(("ministry", id) for id in ministries_of(agencies, row.years)),
        *(("year", str(year)) for year in row.years),
        ("document_kind", row.kind),
        *((("genre", row.genre),) if row.genre else ()),
    ]

    def entry(id: str, kind: HitKind, title: str, text: str, more: Sequence[tuple[str, str]] = ()) -> Entry:
        return Entry(
            id=id,
            kind=kind,
            document=row.sha256,
            title=title,
            text=text,
            names=names,
            facets=(*shared, ("kind", kind), *more),
        )

    yield entry(row.id, "document", extraction.title or "", "\n".join(page.text for page in extraction.pages))
    for field in PICTURES:
        passage = getattr(extraction, field)
        if passage is not None:
            yield entry(f"{row.id}/{field}", "picture", "", passage.text)
    for id, goal in zip(goal_ids(extraction), extraction.goals, strict=True):
        yield entry(id, "goal", goal.title, "\n".join((*goal.group, goal.text)))
    for result_id, result in zip(result_ids(extraction), extraction.results, strict=True):
        said = (result.target_printed, result.actual_printed, result.explanation and result.explanation.text)
        status = (("status", result.status),) if result.status else ()
        yield entry(
            result_id, "result", result.goal_title or "", "\n".join(text for text in said if text), status
        )


def ministries_of(agencies: Sequence[Agency], years: Sequence[int]) -> list[str]:
    """The ministries that the agencies belonged to in those years."""
    return list(
        dict.fromkeys(
            item.ministry
            for agency in agencies
            for item in agency.ministries
            if any(
                (item.start is None or item.start.year <= year)
                and (item.end is None or year <= item.end.year)
                for year in years
            )
        )
    )
