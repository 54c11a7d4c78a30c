"""What people should look at, and sums over a whole state: unsure links as a queue, events and silence by ministry."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from ingest.history import LINEAGE
from ingest.store_tables import DocumentRow
from web.inferred import HARMLESS, place_of
from web.site import answer, documents, ministries_now, registry, site, speaker, takes
from web.tables import as_csv

PER_PAGE = 40
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A link that is not sure, with its two places as links: (address, words)."""

    link: Plain
    source: tuple[str, str] | None
    target: tuple[str, str] | None
    whose: tuple[tuple[str, int | None] | None, tuple[str, int | None] | None]
    """Agency and year of both."""
    beside: str | None
    """Where the two stand side by side."""


@takes("page")
def queue() -> ResponseReturnValue:
    """Links that are not sure, the likeliest first: for people to decide, and never mixed with facts."""
    number = request.args.get("page", "1")
    if not number.isdigit() or not 1 <= int(number) <= 10_000:
        abort(400, speaker()("page_numbers"))
    unsure = [link for link in site().store.derived.links() if not link["sure"]]
    unsure.sort(key=lambda link: (-link["score"], link["from"]["sha256"], link["from"]["goal"]))
    if request.path.endswith(".csv"):
        return as_csv(
            ("type", "from", "to", "method", "reason", "score"),
            (
                (
                    link["type"],
                    (place_of(link["from"]) or ("",))[0],
                    (place_of(link["to"]) or ("",))[0],
                    link["method"],
                    link["reason"],
                    link["score"],
                )
                for link in unsure
            ),
            "queue",
        )
    offset = (int(number) - 1) * PER_PAGE
    rows = {row.sha256: row for row in documents()}
    return answer(
        "queue.html",
        lambda: unsure,
        doubts=[_doubt(link, rows) for link in unsure[offset : offset + PER_PAGE]],
        total=len(unsure),
        number=int(number),
        last=-(-len(unsure) // PER_PAGE),
    )


def _doubt(link: Plain, rows: Mapping[Any, DocumentRow]) -> Doubt:
    source, target = place_of(link["from"]), place_of(link["to"])
    before, after = (rows.get(link[end]["sha256"]) for end in ("from", "to"))
    beside = None
    if source and target and link["type"] in LINEAGE:
        beside = f"{target[0]}/years?from={source[0][6:]}&to={target[0][6:]}#h-ord"
    elif source and before and before.agencies and before.years:
        place = source[0].rpartition("/")[2]
        mark = "h-gld" if link["type"] == "amends" else f"maal-{place}"
        beside = f"/agency/{before.agencies[0]}/{before.years[0]}/compare#{mark}"
    return Doubt(
        link=link, source=source, target=target, whose=(_whose(before), _whose(after)), beside=beside
    )


def _whose(row: DocumentRow | None) -> tuple[str, int | None] | None:
    if row is None or not row.agencies:
        return None
    return row.agencies[0], row.years[0] if row.years else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One ministry, or the whole state where `ministry` is None."""

    ministry: str | None
    events: dict[str, int]
    silence: dict[str, int]


def overview() -> ResponseReturnValue:
    """Events of substance and states of the ledger, by ministry and for the whole state.

    An agency counts for the ministry that it belongs to now or last.
    """
    whose = ministries_now()
    agencies = {row.sha256: row.agencies for row in documents()}
    moved: dict[str | None, Counter[str]] = {}
    absent: dict[str | None, Counter[str]] = {}
    for event in site().store.derived.events():
        if event["type"] in HARMLESS:
            continue
        end = event.get("after") or event["before"]
        bodies = agencies.get(end["sha256"], ())
        for ministry in {None, *(whose.get(body) for body in bodies[:1])}:
            moved.setdefault(ministry, Counter())[event["type"]] += 1
    for row in site().store.derived.silence():
        if row.state != "not_looked":
            for ministry in {None, whose.get(row.agency)}:
                absent.setdefault(ministry, Counter())[row.state] += 1
    known = [one.id for one in registry().ministries if one.id in moved or one.id in absent]
    tallies = [
        Tally(
            ministry=ministry,
            events=dict(sorted(moved.get(ministry, Counter()).items())),
            silence=dict(sorted(absent.get(ministry, Counter()).items())),
        )
        for ministry in (None, *known)
    ]
    return answer(
        "overview.html",
        lambda: tallies,
        tallies=tallies,
        types=sorted(tallies[0].events, key=lambda name: -tallies[0].events[name]),
        states=sorted(tallies[0].silence, key=lambda name: -tallies[0].silence[name]),
    )


ROUTES = (
    ("/queue.json", queue),
    ("/queue.csv", queue),
    ("/queue", queue),
    ("/overview.json", overview),
    ("/overview", overview),
)
