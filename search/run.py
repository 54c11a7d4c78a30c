"""index(): the store's records into the engine; find(): hits with fields and marks."""

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from crawler.codec import Codec
from crawler.errors import StaleIndex
from crawler.names import folded
from crawler.records import AgencyId, Registry, Sha256
from ingest.records import Extraction
from ingest.store import Store
from ingest.store_tables import DocumentRow
from search.engine import Entry, SearchEngine, entries_digest
from search.entries import entries_of
from search.query import Clause, EngineHit, Found, Hit, HitKind, Query
from search.words import Words, fold, snippet, words_version

MOST_DOCUMENTS = 100_000
REBUILD_SHARE = 10
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def index(store: Store, engine: SearchEngine, *, rebuild: bool) -> int:
    """Bring the engine up to the store; how many entries were written.

    Documents whose entries are not what the engine holds are replaced in one commit; from a tenth of all on, or
    with `rebuild`, everything is built beside the old index and swapped. Both ways give the same answers.
    """
    if not rebuild and engine.is_current() and engine_has(store, engine):
        return 0
    generation = store.generation()
    changed = None if rebuild or not engine.is_current() else changes(store, engine)
    count = engine.rebuild(all_entries(store)) if changed is None else engine.update(changed)
    store.note_indexed(generation)
    return count


def changes(store: Store, engine: SearchEngine) -> dict[Sha256, list[Entry]] | None:
    """The entries of every document that the engine holds otherwise, [] for one that is gone.

    None where so much is new that building anew is quicker, or where the engine cannot say what it holds.
    """
    try:
        held = dict(engine.contents())
    except StaleIndex:
        return None
    version, total, changed = words_version(), 0, {}
    for document, together in itertools.groupby(all_entries(store), key=lambda entry: entry.document):
        entries, total = list(together), total + 1
        if held.pop(document, None) != entries_digest(entries, version):
            changed[document] = entries
    changed |= {document: [] for document in held}
    return None if len(changed) * REBUILD_SHARE > total else changed


def engine_has(store: Store, engine: SearchEngine) -> bool:
    """Whether the engine was built from what the store holds now (the store remembers which build it was)."""
    return (
        store.indexed() == store.generation()
        and engine.search(Query(text="", clauses=(), filters={}), limit=1).total > 0
    )


def all_entries(store: Store) -> Iterator[Entry]:
    """Every entry of the store."""
    registry = store.registry()
    rows = {row.sha256: row for row in store.documents()}
    for extraction in store.extractions():
        yield from entries_of(extraction, rows[extraction.document.sha256], registry)


def find(
    query: Query,
    engine: SearchEngine,
    store: Store,
    *,
    offset: int = 0,
    limit: int = 20,
    words: Words | None = None,
) -> Found:
    """Search, with the named agency's documents first, fields from the store and marks from our tokens.

    `words` remember what they looked up: who asks often keeps one and hands it in.
    """
    words = words or Words()
    registry = store.registry()
    # Rows of all documents are read only where the query names an agency: a large archive has many.
    named = named_documents(query, registry, store.documents()) if named_agencies(query, registry) else []
    front = _in_front(named, query, engine)
    if front:
        # The named documents stand before all pages, so the pages behind them are cut from one list.
        hits = engine.search(query, limit=offset + limit + len(front))
        documents = _narrowed(query.clauses, query, engine)
        top = max((hit.score for hit in hits.hits), default=0.0) + 1.0
        rest = [hit for hit in hits.hits if hit.id not in front]
        order = [*(EngineHit(id=id, score=top) for id in front), *rest][offset : offset + limit]
        total = hits.total + sum(id not in documents for id in front)
    else:
        hits = engine.search(query, offset=offset, limit=limit)
        order, total = list(hits.hits), hits.total
    shown = [hit for hit in (_shown(item, query, store, words) for item in order) if hit]
    return Found(total=total, hits=tuple(shown), facets=hits.facets)


def _in_front(named: list[DocumentRow], query: Query, engine: SearchEngine) -> list[str]:
    """Those of the named documents that the query's filters allow."""
    if not named:
        return []
    allowed = _narrowed((), query, engine)
    return [row.id for row in named if row.id in allowed]


def _narrowed(clauses: tuple[Clause, ...], query: Query, engine: SearchEngine) -> set[str]:
    """The ids of all documents that have these words and pass the query's filters."""
    if "document" not in query.filters.get("kind", ("document",)):
        return set()
    narrowed = Query(text=query.text, clauses=clauses, filters={**query.filters, "kind": ("document",)})
    return {hit.id for hit in engine.search(narrowed, limit=MOST_DOCUMENTS).hits}


def named_agencies(query: Query, registry: Registry) -> set[AgencyId]:
    """The agencies that all words of the query, years and words for documents aside, are a name of."""
    named = [word for word in _said(query) if not YEAR.fullmatch(word)]
    beside = document_words()
    bare = [word for word in named if fold(word) not in beside]
    wordings = {folded(" ".join(named)), folded(" ".join(bare))} - {""}
    return {
        agency.id
        for agency in registry.agencies
        for name in agency.names
        if wordings & {folded(name.text), folded(name.text) + "s"}
    }


def _said(query: Query) -> list[str]:
    return [word for clause in query.clauses if not clause.exclude for word in clause.words]


def named_documents(query: Query, registry: Registry, rows: Iterable[DocumentRow]) -> list[DocumentRow]:
    """The documents of the agency that the query names, with or without a year: plans first, newest first."""
    ids = named_agencies(query, registry)
    years = [int(word) for word in _said(query) if YEAR.fullmatch(word)]
    kinds = {"plan": 0, "amendment": 1, "report": 2, "other": 3}
    found = [
        row
        for row in rows
        if ids & set(row.agencies) and (not years or set(years) & set(row.years)) and row.kind != "other"
    ]
    if not years:
        found = found[-3:] if len(found) > 3 else found
    return sorted(found, key=lambda row: (kinds[row.kind], tuple(-year for year in row.years), row.id))


def document_words() -> frozenset[str]:
    """Words that mean the document itself, folded."""
    text = files("search").joinpath("document_words.toml").read_text(encoding="utf-8")
    return frozenset(fold(word) for word in tomllib.loads(text)["words"])


def _shown(item: EngineHit, query: Query, store: Store, words: Words) -> Hit | None:
    document, _, rest = item.id.partition("/")
    row = store.document(document)
    if row is None:
        return None
    kind, title, text, index, page = _fields(item.id, rest, row, store)
    marks = words.marks(text, query)
    piece, inside = snippet(text, marks)
    return Hit(
        id=item.id,
        kind=kind,
        title=title,
        agency=row.agencies[0] if row.agencies else None,
        year=row.years[0] if row.years else None,
        document=row.id,
        sha256=row.sha256,
        index=index,
        page=page,
        score=round(item.score, 4),
        snippet=piece,
        marks=inside,
        title_marks=words.marks(title, query),
    )


def _fields(
    id: str, rest: str, row: DocumentRow, store: Store
) -> tuple[HitKind, str, str, int | None, int | None]:
    if not rest:
        text = "\n".join(page.text for page in itertools.islice(store.pages(row.id), 40))
        return "document", row.title or row.id, text, None, None
    if not rest[0].isdigit():
        extraction: Extraction | None = store.extraction(row.id)
        passage = getattr(extraction, rest, None)
        page = passage.quotes[0].page if passage and passage.quotes else None
        return "picture", row.title or row.id, passage.text if passage else "", None, page
    goal = store.goal(id)
    if goal is not None:
        page = goal.goal.quotes[0].page if goal.goal.quotes else None
        return "goal", goal.goal.title, goal.goal.text, goal.index, page
    result = store.result(id)
    if result is None:
        return "result", "", "", None, None
    said = result.result
    explanation = said.explanation.text if said.explanation else None
    text = "\n".join(part for part in (said.target_printed, said.actual_printed, explanation) if part)
    return "result", said.goal_title or "", text, result.index, said.quotes[0].page if said.quotes else None


def found_json(found: Found, codec: Codec) -> dict[str, Any]:
    """What `search --json` prints and /search.json answers."""
    keys = ("id", "kind", "title", "agency", "year", "document", "sha256", "index", "page", "score", "marks")
    hits = [codec.plain(hit) for hit in found.hits]
    return {
        "total": found.total,
        "hits": [{key: hit[key] for key in keys} for hit in hits],
        "facets": {
            facet: [{"value": value, "count": count} for value, count in values]
            for facet, values in found.facets.items()
        },
    }
