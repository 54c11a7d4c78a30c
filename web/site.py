"""What every page has at hand: store, engine, registry, and what is derived from them for lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from flask import abort, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from crawler.agencies import official_name
from crawler.archive import Archive
from crawler.codec import Codec
from crawler.records import Agency, AgencyId, Fetch, Registry
from ingest.images import PageImages
from ingest.store import Store
from ingest.store_tables import DocumentRow
from search.engine import SearchEngine
from search.words import Words
from web.texts import Speaker

KEY = "maalspor"
T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The opened things that the front door handed over."""

    archive: Archive
    store: Store
    engine: SearchEngine
    images: PageImages
    codec: Codec
    texts: Any
    words: Words
    memory: "Memory"
    static: Mapping[str, bytes]
    """Style sheets, fonts and pictures by their path: a few hundred KB, so nothing is read while answering."""
    static_digest: str
    version: str
    """Digest of everything that makes a page out of the store: a new one makes every ETag new."""


class Memory:
    """Things made of the store that many pages need, kept until its generation changes."""

    def __init__(self) -> None:
        self._kept: tuple[int, dict[str, Any]] = (-1, {})

    def get(self, generation: int, key: str, make: Callable[[], Any]) -> Any:
        """The thing of that name; made now if it is not there. Two threads may both make it: it is the same."""
        if self._kept[0] != generation:
            self._kept = (generation, {})
        kept = self._kept[1]
        if key not in kept:
            kept[key] = make()
        return kept[key]


def takes(*names: str) -> Callable[[View], View]:
    """Say which query parameters a view reads; any other is answered with 400."""

    def mark(view: View) -> View:
        view.parameters = names  # type: ignore[attr-defined]
        return view

    return mark


def site() -> Site:
    """The site of the application that answers now."""
    found = current_app.extensions[KEY]
    assert isinstance(found, Site)
    return found


def speaker() -> Speaker:
    """The language of the address that was asked for."""
    return Speaker(g.get("language", "da"), site().texts)


def registry() -> Registry:
    """The institutions, read once a request."""
    if "registry" not in g:
        g.registry = site().store.registry()
    found: Registry = g.registry
    return found


def remembered(key: str, make: Callable[[], T]) -> T:
    """What was made of the store before, for as long as it does not change."""
    found: T = site().memory.get(site().store.generation(), key, make)
    return found


def documents() -> tuple[DocumentRow, ...]:
    """The light rows of all documents, in the store's order."""
    return remembered("documents", site().store.documents)


def documents_of(agency: str) -> tuple[DocumentRow, ...]:
    """The rows of an agency's documents, in the store's order."""
    return tuple(row for row in documents() if agency in row.agencies)


def agency_of(id: str) -> Agency:
    """The agency with this id, or 404."""
    return next((agency for agency in registry().agencies if agency.id == id), None) or abort(404)


def agency_name(id: AgencyId | str, year: int | None = None) -> str:
    """What an agency is called, in that year; its id where no source names it."""
    day = None if year is None else date(year, 7, 1)
    return next(
        (official_name(agency.names, day) for agency in registry().agencies if agency.id == id), str(id)
    )


def agency_span(id: AgencyId | str) -> str:
    """When an agency that has ended was there, in words; empty for one that goes on, or that nobody knows."""
    official = [
        name for agency in registry().agencies if agency.id == id for name in agency.names if name.official
    ]
    ends = [name.end for name in official if name.end is not None]
    if not official or len(ends) < len(official):
        return ""
    starts = [name.start for name in official if name.start is not None]
    return speaker().span(min(starts) if len(starts) == len(official) else None, max(ends))


def ministry_name(id: str) -> str:
    """What a ministry is called; its id where no source names it."""
    return next((official_name(found.names, None) for found in registry().ministries if found.id == id), id)


def ministries_now() -> dict[str, str]:
    """The ministry that each agency belongs to now or last, by the agency's id."""
    return remembered(
        "ministries",
        lambda: {one.id: one.ministries[-1].ministry for one in registry().agencies if one.ministries},
    )


def is_demo() -> bool:
    """Whether what is shown belongs to a fictional state."""
    fictional = {ministry.id for ministry in registry().ministries if ministry.fictional}
    shown = {id for row in documents() for id in row.agencies}
    return any(
        item.ministry in fictional
        for agency in registry().agencies
        if agency.id in shown
        for item in agency.ministries
    )


def document_of(id: str) -> DocumentRow:
    """The document with this id, or 404."""
    return site().store.document(id) or abort(404)


def document_name(row: DocumentRow) -> str:
    """What a document is called on pages: its own title, or its file's id."""
    return row.title or (row.agency_names[0] if row.agency_names else row.id)


def first_fetch(row: DocumentRow) -> Fetch | None:
    """When and where a document was first seen; None where no note names it."""
    notes = site().store.fetches(row.sha256)
    return notes[0] if notes else None


def wants_csv() -> bool:
    """Whether the address ends in .csv."""
    return request.path.endswith(".csv")


def wants_json() -> bool:
    """Whether the address ends in .json."""
    return request.path.endswith(".json")


def answer(template: str, data: Callable[[], Any], **shown: Any) -> ResponseReturnValue:
    """The page, or its data where the address ends in .json."""
    if wants_json():
        return current_app.json.response(site().codec.plain(data()))
    return render_template(template, **shown)
