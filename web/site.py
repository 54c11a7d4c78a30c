"""What every page has at hand: store, engine, registry, and what is derived from them for lists."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from crawler.agencies import official_name
from crawler.archive import Archive
from crawler.codec import Codec
from crawler.records import Agency, AgencyId, Fetch, Registry
from ingest.images import PageImages
from ingest.records import Quote
from ingest.store import Store
from ingest.store_tables import DocumentRow, GoalRow, ResultRow
from search.engine import SearchEngine
from web.texts import Speaker

KEY = "maalspor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The opened things that the front door handed over."""

    archive: Archive
    store: Store
    engine: SearchEngine
    images: PageImages
    codec: Codec
    texts: Any


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


def agency_of(id: str) -> Agency:
    """The agency with this id, or 404."""
    return next((agency for agency in registry().agencies if agency.id == id), None) or abort(404)


def agency_name(id: AgencyId | str, year: int | None = None) -> str:
    """What an agency is called, in that year; its id where no source names it."""
    day = None if year is None else date(year, 7, 1)
    return next(
        (official_name(agency.names, day) for agency in registry().agencies if agency.id == id), str(id)
    )


def ministry_name(id: str) -> str:
    """What a ministry is called; its id where no source names it."""
    return next((official_name(found.names, None) for found in registry().ministries if found.id == id), id)


def is_demo() -> bool:
    """Whether what is shown belongs to a fictional state."""
    fictional = {ministry.id for ministry in registry().ministries if ministry.fictional}
    shown = {id for row in site().store.documents() for id in row.agencies}
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


def result_for(row: GoalRow) -> tuple[ResultRow | None, bool]:
    """The result with the goal's number in a report of the same agency and year; and whether one was read."""
    store = site().store
    reports = [
        other
        for agency in row.document.agencies
        for other in store.documents_of(agency)
        if other.kind == "report" and set(other.years) & set(row.document.years) and other.state == "read"
    ]
    for report in reports:
        for result in store.results_of(report.id):
            if row.goal.key is not None and result.result.goal_key == row.goal.key:
                return result, True
    return None, bool(reports)


def boxes(quotes: tuple[Quote, ...], page: int) -> list[dict[str, float]]:
    """The boxes of quotes on one page, as SVG rectangles in points."""
    return [
        {
            "x": round(quote.box.x0 - 1.5, 1),
            "y": round(quote.box.top - 1.5, 1),
            "width": round(quote.box.x1 - quote.box.x0 + 3, 1),
            "height": round(quote.box.bottom - quote.box.top + 3, 1),
        }
        for quote in quotes
        if quote.page == page
    ]


def wants_json() -> bool:
    """Whether the address ends in .json."""
    return request.path.endswith(".json")


def answer(template: str, data: Callable[[], Any], **shown: Any) -> ResponseReturnValue:
    """The page, or its data where the address ends in .json."""
    if wants_json():
        return current_app.json.response(site().codec.plain(data()))
    return render_template(template, **shown)
