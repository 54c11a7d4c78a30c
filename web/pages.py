"""Pages of one thing: a goal, a result, a document, one of its pages, an agency's year."""

import re
from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Gone

from ingest.places import nearest, parse_place
from ingest.records import Extraction, Quotes
from web.history import history
from web.sheets import crop, goal_fields, record_fields, result_fields, result_place, sheet, sheets
from web.site import (
    agency_of,
    answer,
    document_of,
    documents,
    documents_of,
    first_fetch,
    ministry_name,
    registry,
    result_for,
    site,
    speaker,
)

PASSAGES = ("strategic_picture", "mission", "vision", "ministry_mission", "ministry_vision", "follow_up")


def _moved(kind: str, document: str, place: str) -> ResponseReturnValue:
    """Redirect to the nearest record of that kind, or say 410 with a link to the page."""
    row = document_of(document)
    try:
        wanted = parse_place(place)
    except ValueError:
        abort(404)
    store = site().store
    rows = store.goals_of(row.id) if kind == "goal" else store.results_of(row.id)
    near = nearest(wanted, [parse_place(str(item.id).partition("/")[2]) for item in rows])
    start = "/en" if request.path.startswith("/en/") else ""
    suffix = ".json" if request.path.endswith(".json") else ""
    if near is not None:
        return redirect(f"{start}/{kind}/{row.id}/{near}{suffix}", 302)
    error = Gone(speaker()("gone"))
    error.link = f"{start}/document/{row.id}/page/{wanted.page}"  # type: ignore[attr-defined]
    raise error


def _slug(title: str) -> str:
    return re.sub(
        r"[^a-z0-9]+", "-", title.casefold().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    )[:60].strip("-")


def goal(document: str, place: str, slug: str = "") -> ResponseReturnValue:
    """A goal in the plan's own words, with its page and its boxes."""
    del slug
    found = site().store.goal(f"{document}/{place}")
    if found is None:
        return _moved("goal", document, place)
    fields = goal_fields(found.goal)
    result, report_read = result_for(found)
    extraction = site().store.extraction(found.document.id)
    shown = sheets(found.document, fields, found.goal.quotes)
    return answer(
        "goal.html",
        lambda: {"id": found.id, "document": found.document, "goal": found.goal},
        row=found,
        goal=found.goal,
        document=found.document,
        fields=fields,
        period=extraction.period if extraction else None,
        result=result,
        result_crop=crop(result.document, result_place(result.result)) if result else None,
        report_read=report_read,
        sheets=shown,
        first=found.goal.quotes[0].page if found.goal.quotes else shown[0].number,
        fetch=first_fetch(found.document),
        canonical=f"/goal/{found.id}/{_slug(found.goal.title)}",
    )


def result(document: str, place: str, slug: str = "") -> ResponseReturnValue:
    """What a report says of one goal, with its page and its boxes."""
    del slug
    found = site().store.result(f"{document}/{place}")
    if found is None:
        return _moved("result", document, place)
    fields = result_fields(found.result)
    shown = sheets(found.document, fields, found.result.quotes)
    return answer(
        "result.html",
        lambda: {"id": found.id, "document": found.document, "result": found.result},
        row=found,
        result=found.result,
        document=found.document,
        fields=fields,
        sheets=shown,
        first=shown[0].number,
        fetch=first_fetch(found.document),
    )


def document(document: str) -> ResponseReturnValue:
    """A document: facts, goals, results, findings, all its pages, where it came from."""
    row = document_of(document)
    extraction = site().store.extraction(row.id)
    return answer(
        "document.html",
        lambda: _without_pages(extraction),
        row=row,
        document=row,
        extraction=extraction,
        goals=site().store.goals_of(row.id),
        results=site().store.results_of(row.id),
        passages=_passages(extraction),
        fetches=site().store.fetches(row.sha256),
        first=1,
        fetch=first_fetch(row),
    )


def _without_pages(extraction: Extraction | None) -> Any:
    data = site().codec.plain(extraction)
    data.pop("pages", None)
    return data


def _passages(extraction: Extraction | None) -> list[tuple[str, Any]]:
    found = [(name, getattr(extraction, name, None)) for name in PASSAGES]
    return [(name, passage) for name, passage in found if passage is not None]


def page(document: str, number: int) -> ResponseReturnValue:
    """One page: image, text, and the boxes of everything read on it."""
    row = document_of(document)
    text = site().store.page(row.id, number)
    if text is None:
        abort(404)
    store = site().store
    goals = [item for item in store.goals_of(row.id) if any(q.page == number for q in item.goal.quotes)]
    results = [item for item in store.results_of(row.id) if any(q.page == number for q in item.result.quotes)]
    read: list[tuple[str, str, Quotes]] = [(item.id, "goal", item.goal.quotes) for item in goals]
    read += [(item.id, "result", item.result.quotes) for item in results]
    fields = record_fields(
        [(id, name, tuple(q for q in quotes if q.page == number)) for id, name, quotes in read]
    )
    return answer(
        "page.html",
        lambda: text,
        row=row,
        document=row,
        number=number,
        goals=goals,
        results=results,
        fields=fields,
        sheet=sheet(row, number, fields),
        first=number,
        fetch=first_fetch(row),
    )


def agency(id: str) -> ResponseReturnValue:
    """An agency: its names, its history, its documents and those of its predecessors."""
    found = agency_of(id)
    lines = history(registry(), found, documents())
    rows = [line.document for line in lines if line.own]
    kept = [
        page for page in site().store.html_pages() if any(note.guess.agency == id for note in page.fetches)
    ]
    return answer(
        "agency.html",
        lambda: {
            "agency": found,
            "documents": rows,
            "predecessors": [line for line in lines if not line.own],
            "web_pages": kept,
        },
        agency=found,
        lines=lines,
        kept=kept,
    )


def agency_year(id: str, year: int) -> ResponseReturnValue:
    """A view over everything read for an agency and a year."""
    found = agency_of(id)
    store = site().store
    rows = [row for row in documents_of(found.id) if year in row.years]
    plans = [row for row in rows if row.kind in ("plan", "amendment")]
    reports = [row for row in rows if row.kind == "report"]
    goals = [(item, *result_for(item)) for row in plans for item in store.goals_of(row.id)]
    answered = {hit.id for _, hit, _ in goals if hit}
    others = [item for row in reports for item in store.results_of(row.id) if item.id not in answered]
    passages = [
        (row, *part) for row in plans[:1] or reports[:1] for part in _passages(store.extraction(row.id))
    ]
    return answer(
        "year.html",
        lambda: {"agency": found, "year": year, "documents": rows, "goals": [item for item, _, _ in goals]},
        agency=found,
        year=year,
        rows=rows,
        plans=plans,
        goals=goals,
        others=others,
        reports=reports,
        passages=passages,
    )


def ministry(id: str) -> ResponseReturnValue:
    """A ministry and its agencies, past ones too."""
    if id not in {found.id for found in registry().ministries}:
        abort(404)
    agencies = [
        (found, item) for found in registry().agencies for item in found.ministries if item.ministry == id
    ]
    return answer(
        "ministry.html",
        lambda: {"id": id, "agencies": list({found.id: found for found, _ in agencies}.values())},
        ministry=next(found for found in registry().ministries if found.id == id),
        name=ministry_name(id),
        agencies=agencies,
    )


ROUTES = (
    ("/goal/<document>/<place>.json", goal),
    ("/goal/<document>/<place>", goal),
    ("/goal/<document>/<place>/<slug>", goal),
    ("/result/<document>/<place>.json", result),
    ("/result/<document>/<place>", result),
    ("/result/<document>/<place>/<slug>", result),
    ("/document/<document>.json", document),
    ("/document/<document>", document),
    ("/document/<document>/page/<int:number>.json", page),
    ("/document/<document>/page/<int:number>", page),
    ("/agency/<id>.json", agency),
    ("/agency/<id>", agency),
    ("/agency/<id>/<int:year>.json", agency_year),
    ("/agency/<id>/<int:year>", agency_year),
    ("/ministry/<id>.json", ministry),
    ("/ministry/<id>", ministry),
)
