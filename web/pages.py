"""Pages of one thing: a goal, a result, a document, one of its pages, an agency's year."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR
from typing import Any

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Gone

from crawler.records import Agency
from ingest.places import nearest, parse_place
from ingest.records import Extraction, Quotes
from ingest.store_tables import DocumentRow, GoalRow, ResultRow
from web.answers import answer_to
from web.coverage import covered_years, line
from web.history import history, relatives
from web.joint import belongs
from web.sheets import goal_fields, record_fields, result_crop, result_fields, sheet, sheets
from web.site import (
    agency_name,
    agency_of,
    answer,
    document_of,
    documents,
    documents_of,
    first_fetch,
    ministry_name,
    registry,
    site,
    speaker,
    wants_csv,
)
from web.tables import as_csv

PICTURE = ("mission", "vision", "strategic_picture")
MORE = ("ministry_mission", "ministry_vision", "follow_up")


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
    said = answer_to(found)
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
        said=said,
        result_crop=result_crop(said.result),
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


def _passages(
    extraction: Extraction | None, names: tuple[str, ...] = (*PICTURE, *MORE)
) -> list[tuple[str, Any]]:
    found = [(name, getattr(extraction, name, None)) for name in names]
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
    """An agency: its names, its years, its history, its documents and those of its predecessors."""
    found = agency_of(id)
    lines = history(registry(), found, documents())
    rows = [line.document for line in lines if line.own]
    if wants_csv():
        return as_csv(DOCUMENT_COLUMNS, map(document_cells, rows), f"agency-{found.id}")
    kept = [
        page for page in site().store.html_pages() if any(note.guess.agency == id for note in page.fetches)
    ]
    plans = [row for row in rows if row.kind in ("plan", "amendment")]
    newest = max(plans, key=lambda row: (row.years[-1:], row.id), default=None)
    extraction = site().store.extraction(newest.id) if newest else None
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
        cells=line(found, covered_years()).cells,
        plans=len(plans),
        reports=sum(row.kind == "report" for row in rows),
        goals=sum(row.goals for row in rows),
        newest_plan=newest,
        passages=_passages(extraction, PICTURE),
    )


DOCUMENT_COLUMNS = ("document", "title", "kind", "genre", "years", "state", "pages", "goals", "results")


def document_cells(row: DocumentRow) -> tuple[object, ...]:
    """A document as a line of a list."""
    years = " ".join(map(str, row.years))
    return (row.id, row.title, row.kind, row.genre, years, row.state, row.pages, row.goals, row.results)


def agency_year(id: str, year: int) -> ResponseReturnValue:
    """A view over everything read for an agency and a year."""
    if not MINYEAR <= year <= MAXYEAR:
        abort(404)
    found = agency_of(id)
    store = site().store
    rows = [row for row in documents_of(found.id) if year in row.years]
    plans = [row for row in rows if row.kind in ("plan", "amendment")]
    reports = [row for row in rows if row.kind == "report"]
    bodies = registry().agencies
    goals = [
        (item, answer_to(item))
        for row in plans
        for item in store.goals_of(row.id)
        if belongs(row, item.goal.agency, found.id, bodies)
    ]
    if wants_csv():
        return as_csv(
            GOAL_COLUMNS, (goal_cells(item, said.result) for item, said in goals), f"{found.id}-{year}"
        )
    results = [
        item
        for row in reports
        for item in store.results_of(row.id)
        if belongs(row, item.result.agency, found.id, bodies)
    ]
    answered = {said.result.id for _, said in goals if said.result}
    judged = [item for item in results if item.result.status not in (None, "not_assessed", "dropped")]
    passages = [
        (row, *part)
        for row in plans[:1] or reports[:1]
        for part in _passages(store.extraction(row.id), PICTURE)
    ]
    known = sorted({other for row in documents_of(found.id) for other in row.years})
    return answer(
        "year.html",
        lambda: {"agency": found, "year": year, "documents": rows, "goals": [item for item, _ in goals]},
        agency=found,
        year=year,
        neighbours=[other for other in known if other in (year - 1, year + 1)],
        rows=rows,
        plans=plans,
        goals=goals,
        others=[item for item in results if item.id not in answered],
        results_read=len(results),
        judged=len(judged),
        met=sum(item.result.status == "met" for item in judged),
        reports=reports,
        passages=passages,
        relatives=relatives(registry(), found, year, documents()),
    )


GOAL_COLUMNS = (
    "goal",
    "key",
    "title",
    "targets",
    "weight",
    "weight_unit",
    "result",
    "status",
    "actual_printed",
)


def goal_cells(item: GoalRow, hit: ResultRow | None) -> tuple[object, ...]:
    """A goal and what its report says of it, as a line of a list; targets in the plan's own words."""
    weight, said = item.goal.weight, hit.result if hit else None
    return (
        item.id,
        item.goal.key,
        item.goal.title,
        " | ".join(target.text for target in item.goal.targets),
        weight.value if weight else None,
        weight.unit if weight else None,
        hit.id if hit else None,
        said.status if said else None,
        said.actual_printed if said else None,
    )


def ministry(id: str) -> ResponseReturnValue:
    """A ministry and its agencies, past ones too."""
    found = next((item for item in registry().ministries if item.id == id), None) or abort(404)
    agencies = [item for item in registry().agencies if any(at.ministry == id for at in item.ministries)]
    if wants_csv():
        columns = ("agency", "name", "from", "until", "documents", "goals")
        cells = (
            (*period, len(rows), sum(row.goals for row in rows)) for period, rows in _belonged(agencies, id)
        )
        return as_csv(columns, cells, f"ministry-{id}")
    years = covered_years()
    now = [item for item in agencies if item.ministries[-1].ministry == id]
    lines = [line(item, years) for item in now]
    return answer(
        "ministry.html",
        lambda: {"id": id, "agencies": agencies},
        id=id,
        ministry=found,
        name=ministry_name(id),
        years=years,
        groups=[(found, lines)],
        states={cell.state for item in lines for cell in item.cells},
        belonged=[(item, at) for item in agencies for at in item.ministries if at.ministry == id],
    )


def _belonged(
    agencies: list[Agency], ministry: str
) -> Iterator[tuple[tuple[object, ...], list[DocumentRow]]]:
    """Each time an agency belonged to a ministry: (id, name, first and last day), and its documents."""
    for item in agencies:
        for at in item.ministries:
            if at.ministry == ministry:
                period = item.id, agency_name(item.id), at.start, at.end
                yield period, list(documents_of(item.id))


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
    ("/agency/<id>.csv", agency),
    ("/agency/<id>.json", agency),
    ("/agency/<id>", agency),
    ("/agency/<id>/<int:year>.csv", agency_year),
    ("/agency/<id>/<int:year>.json", agency_year),
    ("/agency/<id>/<int:year>", agency_year),
    ("/ministry/<id>.csv", ministry),
    ("/ministry/<id>.json", ministry),
    ("/ministry/<id>", ministry),
)
