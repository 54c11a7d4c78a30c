"""Lists: the front page's matrix, search, findings, about."""

import csv
import io
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from crawler.codec import spreadsheet_safe
from crawler.records import Agency
from ingest.store_tables import DocumentRow, FindingRow
from search.query import FACETS, parse
from search.run import find, found_json
from web.hits import card
from web.site import agency_name, answer, documents, ministry_name, registry, site, speaker, takes, wants_json

PER_PAGE = 10
KNOWN = ("q", *FACETS, "page")
MOST_VALUES = 12


def front() -> ResponseReturnValue:
    """Search box and agency × year matrix."""
    rows = documents()
    years = sorted({year for row in rows for year in row.years if row.kind != "other"})
    groups = []
    for found in (*registry().ministries, None):
        agencies = [
            agency
            for agency in registry().agencies
            if (agency.ministries[-1].ministry if agency.ministries else None) == (found and found.id)
        ]
        lines = [(agency, [cell(agency, year, rows) for year in years]) for agency in agencies]
        # Of a body that no source names nothing is missing: it is shown for the documents it has.
        lines = [(agency, cells) for agency, cells in lines if agency.listed or any(map(_there, cells))]
        if any(_there(state) for _, cells in lines for state in cells):
            groups.append((found, lines))
    return answer(
        "front.html",
        lambda: {
            "years": years,
            "agencies": [
                {"agency": agency.id, "year": state["year"], "state": state["state"], "goals": state["goals"]}
                for _, lines in groups
                for agency, cells in lines
                for state in cells
            ],
        },
        years=years,
        groups=groups,
        total=len(rows),
    )


def _there(state: dict[str, Any]) -> bool:
    return bool(state["state"] != "state_missing" or state["report"])


def cell(agency: Agency, year: int, rows: Iterable[DocumentRow]) -> dict[str, Any]:
    """What we have of an agency and a year: read, unread, none public, only a web page, or not found."""
    here = [row for row in rows if agency.id in row.agencies and year in row.years]
    plans = [row for row in here if row.kind in ("plan", "amendment")]
    state = "state_missing"
    if plans:
        state = "state_read"
    elif any(
        row.state != "read" or (row.kind == "other" and row.pages and not row.agency_names) for row in here
    ):
        state = "state_unread"
    elif any(not item.years or year in item.years for item in agency.no_public_plan):
        state = "state_none"
    elif any(not item.years or year in item.years for item in agency.html_only):
        state = "state_html"
    return {
        "year": year,
        "state": state,
        "goals": max((row.goals for row in plans), default=0),
        "report": any(row.kind == "report" for row in here),
    }


@takes(*KNOWN)
def search() -> ResponseReturnValue:
    """Results with facets and marked words."""
    text = request.args.get("q", "")
    number = request.args.get("page", "1")
    if not number.isdigit() or not 1 <= int(number) <= 1000:
        abort(400, speaker()("page_numbers"))
    filters = {facet: tuple(v for v in request.args.getlist(facet) if v) for facet in FACETS}
    query = parse(text, {facet: values for facet, values in filters.items() if values})
    offset = (int(number) - 1) * PER_PAGE
    found = find(query, site().engine, site().store, offset=offset, limit=PER_PAGE)
    if request.path.endswith(".csv"):
        return as_csv(
            ("id", "kind", "title", "agency", "year", "document", "page"),
            ((h.id, h.kind, h.title, h.agency, h.year, h.document, h.page) for h in found.hits),
            "search",
        )
    chosen = [(facet, value) for facet, values in query.filters.items() for value in values]
    last = -(-found.total // PER_PAGE)
    return answer(
        "search.html",
        lambda: found_json(found, site().codec),
        query=query,
        text=text,
        found=found,
        cards=[] if wants_json() else [made for made in map(card, found.hits) if made],
        number=int(number),
        offset=offset,
        facets=[
            (facet, _values(found.facets.get(facet, ()), query.filters.get(facet, ()))) for facet in FACETS
        ],
        chosen=chosen,
        without=lambda facet, value: address(text, [pair for pair in chosen if pair != (facet, value)]),
        without_all=address(text, []),
        turn=lambda to: address(text, [*chosen, ("page", str(to))]),
        last=last,
        around=range(max(1, int(number) - 2), min(last, int(number) + 2) + 1),
        yearbars=year_bars(found.facets.get("year", ())),
        shown=shown_value,
        pieces=pieces,
    )


def _values(counts: tuple[tuple[str, int], ...], chosen: tuple[str, ...]) -> list[tuple[str, int, bool]]:
    known = [(value, count, value in chosen) for value, count in counts]
    if known and all(value.isdigit() for value, _ in counts):
        return sorted(known, reverse=True)
    first = [item for item in known if item[2]] + [item for item in known if not item[2]]
    missing = [(value, 0, True) for value in chosen if value not in dict(counts)]
    return missing + first[:MOST_VALUES]


def year_bars(counts: tuple[tuple[str, int], ...]) -> list[dict[str, int]]:
    """A bar for every year from the first to the last that has places; `height` of 44 for the most."""
    by_year = {int(value): count for value, count in counts if value.isdigit()}
    most = max(by_year.values(), default=0)
    return [
        {"year": year, "count": by_year.get(year, 0), "height": round(44 * by_year.get(year, 0) / most)}
        for year in (range(min(by_year), max(by_year) + 1) if by_year else ())
    ]


def address(text: str, pairs: list[tuple[str, str]]) -> str:
    """The address of a search."""
    return "search?" + urlencode([("q", text), *pairs])


def shown_value(facet: str, value: str) -> str:
    """A facet's value in words."""
    say = speaker()
    if facet == "agency":
        return agency_name(value)
    if facet == "ministry":
        return ministry_name(value)
    prefix = {"kind": "kind_", "document_kind": "doc_", "status": ""}.get(facet)
    return value[:1].upper() + value[1:] if prefix is None else say.word(prefix + value)


def pieces(text: str, marks: Any) -> list[tuple[str, bool]]:
    """A text cut into marked and unmarked pieces."""
    found, at = [], 0
    for mark in marks:
        found += [(text[at : mark.start], False), (text[mark.start : mark.end], True)]
        at = mark.end
    return [*found, (text[at:], False)]


def findings() -> ResponseReturnValue:
    """Everything that a person should look at."""
    rows = site().store.findings()
    if request.path.endswith(".csv"):
        return as_csv(
            ("document", "title", "code", "level", "message", "page"),
            (
                (
                    r.document.id,
                    r.document.title,
                    r.finding.code,
                    r.finding.level,
                    r.finding.message,
                    r.finding.page,
                )
                for r in rows
            ),
            "findings",
        )
    order = {level: at for at, level in enumerate(("error", "warning", "info"))}
    groups: dict[tuple[int, str], list[FindingRow]] = {}
    for row in rows:
        groups.setdefault((order[row.finding.level], row.finding.code), []).append(row)
    notes = [note for note in site().store.notes() if note.problem]
    return answer(
        "findings.html",
        lambda: rows,
        groups=[(code, found) for (_, code), found in sorted(groups.items(), key=lambda item: item[0])],
        notes=notes,
    )


def about() -> ResponseReturnValue:
    """What this is, how it reads, what it promises."""
    return render_template("about.html")


def as_csv(header: tuple[str, ...], rows: Iterable[tuple[Any, ...]], name: str) -> Response:
    """A list as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        texts = ["" if value is None else str(value) for value in row]
        writer.writerow([spreadsheet_safe(text) for text in texts])
    response = Response(out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


ROUTES = (
    ("/", front),
    ("/index.json", front),
    ("/search", search),
    ("/search.json", search),
    ("/search.csv", search),
    ("/findings", findings),
    ("/findings.json", findings),
    ("/findings.csv", findings),
    ("/about", about),
)
