"""What visits left behind, as the silence ledger sees it: what was found, what became of it, what was looked for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.agencies import guess
from crawler.archive import Archive
from crawler.names import folded
from crawler.records import AgencyId, Fetch, Guess, Registry, StoredDocument
from ingest.danish.vocabulary import Vocabulary, load_vocabulary
from ingest.links.families import Naming, paper, parts
from ingest.records import Extraction
from ingest.silence import Fate, Found, LedgerKind, Looked, ledger
from ingest.store import Store
from ingest.update import NOTHING

DEAD_ENDS = {
    "not_found": "dead link",
    "soft_not_found": "the link leads to a page that says it is not found",
    "not_pdf": "the link leads to something that is no document",
    "removed": "the address answers no more",
}
"""Problems of notes that promised a document, and the ledger's words for them."""
TITLE = re.compile(rb"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """All that the archive's notes say: kept documents, and answers that kept nothing."""

    documents: Sequence[StoredDocument]
    nothing: Sequence[Fetch]


def update_ledger(store: Store, archive: Archive, visits: Visits, registry: Registry) -> None:
    """Write the ledger anew from documents, notes and registry."""
    words, naming = load_vocabulary(), Naming(registry)
    latest = _latest(visits)
    notes = store.derived.notes()
    found = [
        one
        for stored in visits.documents
        if stored.kind == "pdf" and (extraction := store.extraction(stored.sha256)) is not None
        for one in _found(
            extraction, stored, notes.get(stored.sha256, NOTHING)[0], latest, registry, naming, words
        )
    ]
    store.derived.replace_ledger(ledger(registry, found, _looked(archive, visits, registry, words)))


def _latest(visits: Visits) -> dict[str, Fetch]:
    """The last answer of every address."""
    every = [fetch for stored in visits.documents for fetch in stored.fetches] + list(visits.nothing)
    return {fetch.url: fetch for fetch in sorted(every, key=lambda fetch: fetch.fetched_at)}


def _kind(text: str, words: Vocabulary) -> LedgerKind:
    """A report where the words name one, else a plan: what an unread file or a dead link was said to be."""
    said = folded(text)
    return "report" if any(folded(word) in said for word in words.genres["report"]) else "plan"


def _said(fetch: Fetch) -> str:
    return " ".join(part for part in (fetch.link_text, fetch.heading, fetch.url) if part)


def _found(
    extraction: Extraction,
    stored: StoredDocument,
    said: Guess,
    latest: Mapping[str, Fetch],
    registry: Registry,
    naming: Naming,
    words: Vocabulary,
) -> Iterable[Found]:
    """A document for each of its bodies; nothing for one that was read and is neither plan nor report."""
    unread = extraction.document.state != "read" or extraction.document.text_layer is None
    if extraction.kind in ("plan", "report"):
        kind: LedgerKind = "plan" if extraction.kind == "plan" else "report"
    elif unread:
        kind = _kind(" ".join(_said(fetch) for fetch in stored.fetches), words)
    else:
        return
    one = paper(extraction, said, None, naming)
    signed = [signature.date for signature in extraction.signatures if signature.date]
    shares = {part.body: part for part in parts([one], registry)}
    for body in one.bodies:
        yield Found(
            agency=AgencyId(body),
            years=one.period.years() if one.period else (),
            kind=kind,
            read=not unread,
            reports=kind == "plan" or bool(body in shares and shares[body].results),
            start=one.period.start if one.period else None,
            signed=max(signed, default=None),
            fate=_fate(stored, latest, registry),
        )


def _fate(stored: StoredDocument, latest: Mapping[str, Fetch], registry: Registry) -> Fate:
    """Whether some address still answers with the document."""
    fates: set[Fate] = set()
    for fetch in stored.fetches:
        last = latest[fetch.url]
        if last.sha256 == stored.sha256 or last.status is None:
            fates.add("there")
        elif last.sha256 is not None:
            years = {guess(registry, [_said(note)]).year for note in (fetch, last)}
            # The same year's plan in another version is no other year's.
            fates.add("overwritten" if len(years) == 2 else "there")
        else:
            fates.add("gone")
    return "there" if "there" in fates or not fates else "overwritten" if "overwritten" in fates else "gone"


def _looked(archive: Archive, visits: Visits, registry: Registry, words: Vocabulary) -> Looked:
    """Which agencies were looked for: all whose ministry a crawled source has documents of."""
    said: dict[str, set[AgencyId]] = {}
    pages: set[tuple[AgencyId, int]] = set()
    for stored in visits.documents:
        for fetch in stored.fetches:
            if fetch.guess.agency and fetch.status is not None:
                said.setdefault(fetch.source, set()).add(fetch.guess.agency)
        if stored.kind == "pdf":
            continue
        agency = next((fetch.guess.agency for fetch in stored.fetches if fetch.guess.agency), None)
        year = _page_year(archive, stored)
        if agency and year:
            pages.add((agency, year))
    dead_ends = {}
    for fetch in visits.nothing:
        if fetch.problem in DEAD_ENDS:
            meant = guess(registry, [fetch.link_text, fetch.heading, fetch.url])
            if meant.agency and meant.year:
                dead_ends[meant.agency, meant.year, _kind(_said(fetch), words)] = DEAD_ENDS[fetch.problem]
    of = {agency.id: {item.ministry for item in agency.ministries} for agency in registry.agencies}
    agencies = set()
    for some in said.values():
        ministries = {ministry for id in some for ministry in of.get(id, ())}
        agencies |= some | {id for id, own in of.items() if own & ministries}
    return Looked(agencies=frozenset(agencies), dead_ends=dead_ends, pages=frozenset(pages))


def _page_year(archive: Archive, stored: StoredDocument) -> int | None:
    """The year that a kept web page's title names."""
    title = TITLE.search(archive.read(stored.sha256))
    return (
        guess(Registry(ministries=(), agencies=()), [title[1].decode("utf-8", "replace")]).year
        if title
        else None
    )
