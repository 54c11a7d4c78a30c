"""ingest(): the parent. It hands out documents, settles whose they are, and is alone in writing the store."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from crawler.agencies import printed_id, settle
from crawler.archive import Archive
from crawler.errors import MissingDocument
from crawler.records import Registry, Sha256
from ingest.children import Warm
from ingest.executor import Executor
from ingest.images import PageImages
from ingest.read_one import Drawing, Limits, read_one
from ingest.records import Extraction, Finding, unread
from ingest.store import Store
from ingest.update import update_links
from ingest.visits import Visits, update_ledger

AMBIGUOUS = "agency_ambiguous"

Progress = Callable[[int, int], None]
"""Called with how many documents are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What one run did. `states` counts every document of this run; `not_read` names those not `read`."""

    documents: int
    read_now: int
    unchanged: int
    removed: int
    linked: int
    """Families of bodies whose links were made anew."""
    states: dict[str, int]
    not_read: tuple[tuple[Sha256, str, str], ...]
    """(document, state, message) of every document in the store that is not `read`."""


INFERRING = (
    "comparison.py",
    "derive",
    "events/",
    "fulfilment.py",
    "history.py",
    "links/",
    "silence.py",
    "update.py",
    "visits.py",
    "vocabulary/links.toml",
)
"""Files that read no document: what they make is made anew without opening one."""


def reader_version(*, whole: bool = False) -> str:
    """A digest of the reader's own files, or of the `whole` package with all that infers from what was read.

    The same code and archive give the same store.
    """
    digest = hashlib.sha256()

    def add(folder: Traversable, prefix: str) -> None:
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.is_dir():
                add(item, f"{prefix}{item.name}/")
            elif not whole and f"{prefix}{item.name}".startswith(INFERRING):
                continue
            elif item.name.endswith((".py", ".toml")):
                digest.update(f"{prefix}{item.name}\n".encode() + item.read_bytes())

    add(resources.files("ingest"), "")
    return digest.hexdigest()[:16]


def settled(extraction: Extraction, registry: Registry) -> Extraction:
    """The same reading with each printed agency name settled by name and days (the period).

    A body that no source names gets an id from its name; a name that sources give to several bodies, without
    saying which one on these days, gets none, and the finding `agency_ambiguous`.
    """
    period = extraction.period
    start, end = (period.start, period.end) if period else (None, None)
    parties, findings = [], [item for item in extraction.findings if item.code != AMBIGUOUS]
    for party in extraction.agencies:
        name = party.name_printed
        agency = settle(registry, name, start, end) or printed_id(registry, name)
        parties.append(dataclasses.replace(party, agency=agency))
        if agency is None:
            message = (
                f"Several bodies are called {name}, and no source says which one was meant in this period."
            )
            findings.append(Finding(code=AMBIGUOUS, level="warning", message=message, page=None))
    return dataclasses.replace(extraction, agencies=tuple(parties), findings=tuple(findings))


def _read(
    archive: Archive, images: PageImages, sha256: Sha256, limits: Limits, *, thorough: bool, warm: Warm
) -> Extraction:
    """One document by its child, its pages drawn and kept; a missing original is a finding."""
    try:
        pdf = archive.read(sha256)
    except MissingDocument as error:
        return unread(
            sha256,
            0,
            "broken",
            Finding(code="original_missing", level="error", message=str(error), page=None),
        )
    with images.workspace() as folder:
        drawing = Drawing(folder=Path(folder), pages=None)
        extraction = read_one(pdf, limits, drawing=drawing, thorough=thorough, warm=warm)
        images.keep(sha256, Path(folder))
    return extraction


def _settle_again(store: Store, registry: Registry, documents: Iterable[Sha256]) -> None:
    """Settle what was read before the sources changed: they may name its body now, or name it otherwise."""
    readers = store.readers()
    for sha256 in sorted(documents):
        before = store.extraction(sha256)
        if before is not None and (after := settled(before, registry)) != before:
            store.replace(dataclasses.replace(after, pages=store.pages(sha256)), reader=readers[sha256])


def not_read(store: Store) -> tuple[tuple[Sha256, str, str], ...]:
    """(document, state, message) of every document in the store that is not `read`."""
    return tuple(
        (row.document.sha256, row.document.state, row.finding.message)
        for row in store.findings()
        if row.document.state != "read"
    )


def ingest(
    archive: Archive,
    store: Store,
    images: PageImages,
    pool: Executor,
    *,
    registry: Registry,
    again: bool = False,
    thorough: bool = False,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Read what the archive holds and the store does not, or everything `again`; safe to stop and run again."""
    limits = limits or Limits()
    version = reader_version() + ("+thorough" if thorough else "")
    documents = list(archive.documents())
    images.tidy()
    kept_nothing = [fetch for fetch in archive.fetches() if fetch.sha256 is None]
    store.replace_fetches(documents, kept_nothing)
    here = {stored.sha256 for stored in documents}
    known = store.readers()
    gone = sorted(set(known) - here)
    for sha256 in gone:
        store.remove(sha256)
    wanted = [stored.sha256 for stored in documents if stored.kind == "pdf"]
    todo = [sha256 for sha256 in wanted if again or known.get(sha256) != version]

    warm = Warm()

    def read(sha256: Sha256) -> Extraction:
        return _read(archive, images, sha256, limits, thorough=thorough, warm=warm)

    if store.listed() != registry:
        # The registry is put in last, so that a run stopped here settles again when it is next run.
        _settle_again(store, registry, set(known) - set(gone) - set(todo))
        store.replace_registry(registry)

    states: dict[str, int] = {}
    with warm:
        for done, (_, extraction) in enumerate(pool.each(read, todo), start=1):
            store.replace(settled(extraction, registry), reader=version)
            states[extraction.document.state] = states.get(extraction.document.state, 0) + 1
            if progress is not None:
                progress(done, len(todo))
    families = update_links(store, registry, version=reader_version(whole=True))
    update_ledger(store, archive, Visits(documents=documents, nothing=kept_nothing), registry)
    return IngestReport(
        documents=len(wanted),
        read_now=len(todo),
        unchanged=len(wanted) - len(todo),
        removed=len(gone),
        linked=families,
        states=dict(sorted(states.items())),
        not_read=not_read(store),
    )
