"""Lists: search, findings, about."""

from typing import Any
from urllib.parse import urlencode

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from ingest.store_tables import FindingRow
from search.query import FACETS, parse
from search.run import find, found_json
from search.spelling import did_you_mean
from web.hits import card
from web.site import agency_name, answer, ministry_name, site, speaker, takes, wants_csv, wants_json
from web.tables import as_csv

PER_PAGE = 10
PER_FILE = 500
KNOWN = ("q", *FACETS, "page")
MOST_VALUES = 12
MOST_SHOWN = 50
"""Findings of a kind on one page; a large archive has thousands."""


@takes(*KNOWN)
def search() -> ResponseReturnValue:
    """Results with facets and marked words."""
    text = request.args.get("q", "")
    number = request.args.get("page", "1")
    if not number.isdigit() or not 1 <= int(number) <= 1000:
        abort(400, speaker()("page_numbers"))
    filters = {facet: tuple(v for v in request.args.getlist(facet) if v) for facet in FACETS}
    query = parse(text, {facet: values for facet, values in filters.items() if values})
    in_file = wants_csv()
    limit = PER_FILE if in_file else PER_PAGE
    offset = (int(number) - 1) * limit
    found = find(query, site().engine, site().store, offset=offset, limit=limit, words=site().words)
    if in_file:
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
        meant=None if found.total or wants_json() else did_you_mean(query, site().engine, site().store),
        cards=[] if wants_json() else [made for made in map(card, found.hits) if made],
        number=int(number),
        offset=offset,
        facets=[
            (facet, _values(found.facets.get(facet, ()), query.filters.get(facet, ()))) for facet in FACETS
        ],
        chosen=chosen,
        without=lambda facet, value: address(text, [pair for pair in chosen if pair != (facet, value)]),
        with_text=lambda other: address(other, chosen),
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
    if wants_csv():
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
        most=MOST_SHOWN,
    )


def about() -> ResponseReturnValue:
    """What this is, how it reads, what it promises."""
    return render_template("about.html")


ROUTES = (
    ("/search", search),
    ("/search.json", search),
    ("/search.csv", search),
    ("/findings", findings),
    ("/findings.json", findings),
    ("/findings.csv", findings),
    ("/about", about),
)
