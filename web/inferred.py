"""Pages of what is inferred: stated against reported, and what moved.

Our words stand in dashed frames, the documents' own in serif; every line leads to the pages that prove it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from crawler.records import AgencyId
from ingest.comparison import Answered, Comparison, Line, PlanCompared, compare_year, comparison_plain
from ingest.fulfilment import Fulfilled, fulfilled
from ingest.store_tables import DocumentRow, GoalRow
from web.history import relatives
from web.joint import belongs, own_part, restates
from web.sheets import ROW_WIDTH, Crop, crop, goal_place, result_place
from web.site import (
    agency_name,
    agency_of,
    answer,
    documents,
    first_fetch,
    ministries_now,
    registry,
    remembered,
    site,
    speaker,
    takes,
)
from web.tables import as_csv
from web.wording import Piece, alike, word_diff

HARMLESS = ("reworded", "goal_renamed", "goal_renumbered", "goal_renumbered_in_report")
PER_PAGE = 40
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One goal beside one result that answers it, or beside nothing."""

    line: Line
    answer: Answered | None
    asked: str | None
    """The plan's words of the target that the report quotes, or of its first."""
    quoted: tuple[Piece, ...] | None
    """The report's words against the plan's; None where it says the same or nothing."""
    softer: bool | None
    """Whether an easier target is disclosed; None where the report quotes none."""
    plan_crop: Crop | None
    report_crop: Crop | None

    @property
    def differs(self) -> bool:
        """Whether a person should look: the crops of such a row are open."""
        return self.softer is not None or self.line.silent


def compare(id: str, year: int) -> ResponseReturnValue:
    """An agency's goals of a year beside what its report says of them."""
    agency = agency_of(id)
    found = own_part(compare_year(site().store, AgencyId(id), year), registry().agencies)
    if not found.plans and not found.reports:
        abort(404)
    plans = [
        (plan, [row for line in plan.lines for row in _rows(line)]) for plan in found.plans if plan.lines
    ]
    rows = [row for _, some in plans for row in some]
    reported = [
        result
        for row in found.reports
        for result in site().store.results_of(row.sha256)
        if belongs(row, result.result.agency, agency.id, registry().agencies)
    ]
    return answer(
        "compare.html",
        lambda: comparison_plain(compare_year(site().store, AgencyId(id), year), site().codec),
        agency=agency,
        year=year,
        found=found,
        plans=plans,
        planned=sum(len(plan.lines) for plan in found.plans),
        reported=reported,
        softer=[row.line.goal for row in rows if row.softer is not None],
        silent=[row.line.goal for row in rows if row.line.silent],
        difference=_difference(found),
        against={plan.document.id: _against(plan) for plan in found.plans},
        relatives=relatives(registry(), agency, year, documents()),
        amended=[_amended(line) for plan in found.plans for line in plan.lines if line.amended],
        restates=restates,
        unsure=sum(row.answer is not None and not row.answer.link["sure"] for row in rows),
        proofs=[
            (row, first_fetch(row))
            for row in (*(plan.document for plan in found.plans), *found.amendments, *found.reports)
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A goal that an amendment restates: which text is in force when, and what it changed word by word."""

    before: GoalRow
    after: GoalRow
    signed: date | None
    """The last signature of the amendment: from then on its text is in force; None where it has no date."""
    pieces: tuple[Piece, ...]
    changed: bool
    """False where the amendment only says the goal again."""


def _amended(line: Line) -> Amended:
    assert line.amended is not None
    before, after = line.goal.goal, line.amended.goal
    extraction = site().store.extraction(line.amended.document.sha256)
    dates = [one.date for one in extraction.signatures if one.date] if extraction else []
    texts = [f"{goal.title}. {goal.text}" for goal in (before, after)]
    return Amended(
        before=line.goal,
        after=line.amended,
        signed=max(dates, default=None),
        pieces=tuple(word_diff(texts[0], texts[1])),
        changed=not restates(before, after),
    )


def _rows(line: Line) -> Iterator[Row]:
    goal = line.goal.goal
    plan_crop = crop(line.goal.document, goal_place(goal), widest=ROW_WIDTH)
    first = goal.targets[0].text if goal.targets else goal.text or None
    if not line.answers:
        yield Row(
            line=line,
            answer=None,
            asked=first,
            quoted=None,
            softer=None,
            plan_crop=plan_crop,
            report_crop=None,
        )
    for given in line.answers:
        result = given.result.result
        asked, quoted = first, None
        if result.target_printed:
            texts = [target.text for target in goal.targets] or [goal.text or goal.title]
            asked = max(texts, key=lambda text: _shared(text, result.target_printed or ""))
            if not alike(asked, result.target_printed):
                quoted = held_against(asked, result.target_printed)
        told = [event for event in given.events if event["type"] == "softer_target_in_report"]
        yield Row(
            line=line,
            answer=given,
            asked=asked,
            quoted=quoted,
            softer=bool(told[0].get("disclosed")) if told else None,
            plan_crop=plan_crop,
            report_crop=crop(given.result.document, result_place(result), widest=ROW_WIDTH),
        )


def held_against(asked: str, printed: str) -> tuple[Piece, ...]:
    """A report's words against the plan's; as they stand where they share too little for a comparison to say anything."""
    least = min(len(asked.split()), len(printed.split()))
    if 2 * _shared(asked, printed) < max(least, 4):
        return (Piece("same", printed),)
    return tuple(word_diff(asked, printed))


def _shared(one: str, other: str) -> int:
    return sum((Counter(one.casefold().split()) & Counter(other.casefold().split())).values())


def _against(plan: PlanCompared) -> Fulfilled | None:
    """The fulfilment where a goal called met below the plan's own target counts as not met; None where none is."""
    judged = {
        line.goal.index: [
            replace(one.result.result, status="not_met") if _overrated(one) else one.result.result
            for one in line.answers
        ]
        for line in plan.lines
    }
    if plan.fulfilled is None or not any(_overrated(one) for line in plan.lines for one in line.answers):
        return None
    return fulfilled([line.goal.goal for line in plan.lines], judged, plan.fulfilled.rule)


def _overrated(one: Answered) -> bool:
    return one.result.result.status == "met" and one.against_plan == "not_met"


def _difference(found: Comparison) -> Decimal | None:
    """How far the stated fulfilment lies from what is worked out; 0 within it, None where nothing is stated."""
    worked = [plan.fulfilled for plan in found.plans if plan.fulfilled]
    if not worked or not found.stated:
        return None
    stated = found.stated[0][1]
    share = stated.value * 100 / stated.of if stated.of else stated.value
    nearest = min(max(share, worked[0].low), worked[0].high)
    return abs(share - nearest).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event with its two places as links: (address, words)."""

    event: Plain
    agency: str | None
    year: int | None
    before: tuple[str, str] | None
    after: tuple[str, str] | None


@takes("type", "agency", "ministry", "year", "page")
def events() -> ResponseReturnValue:
    """What moved, newest first, with filters."""
    number = request.args.get("page", "1")
    if not number.isdigit() or not 1 <= int(number) <= 10_000:
        abort(400, speaker()("page_numbers"))
    rows = {row.sha256: row for row in documents()}
    chosen = {name: request.args.get(name) or None for name in ("type", "agency", "ministry", "year")}
    found = sorted(
        (item for item in _matching(rows, chosen)),
        key=lambda item: (-(item[1].years[-1] if item[1].years else 0), item[1].sha256, item[0]["type"]),
    )
    if request.path.endswith(".csv"):
        return as_csv(
            ("type", "agency", "year", "before", "after", "from", "to", "unit", "disclosed", "sure"),
            (_line(_told(event, row)) for event, row in found),
            "events",
        )
    offset = (int(number) - 1) * PER_PAGE
    return answer(
        "events.html",
        lambda: [event for event, _ in found],
        told=[_told(event, row) for event, row in found[offset : offset + PER_PAGE]],
        total=len(found),
        number=int(number),
        last=-(-len(found) // PER_PAGE),
        chosen=chosen,
        types=sorted({event["type"] for event in site().store.derived.events()}),
        harmless=HARMLESS,
        ministries=[one.id for one in registry().ministries if one.id in set(ministries_now().values())],
        agencies=sorted({agency for row in rows.values() for agency in row.agencies}, key=agency_name),
        years=sorted(
            {year for row in rows.values() for year in row.years if row.kind != "other"}, reverse=True
        ),
    )


def _matching(
    rows: dict[Any, DocumentRow], chosen: dict[str, str | None]
) -> Iterable[tuple[Plain, DocumentRow]]:
    """The events of substance that are asked for, each with the later of its documents."""
    for event in site().store.derived.events():
        if event["type"] in HARMLESS and chosen["type"] != event["type"]:
            continue
        end = event.get("after") or event["before"]
        row = rows.get(end["sha256"])
        if row is None or (chosen["type"] and chosen["type"] != event["type"]):
            continue
        if chosen["agency"] and chosen["agency"] not in row.agencies:
            continue
        if chosen["ministry"] and ministries_now().get((*row.agencies, "")[0]) != chosen["ministry"]:
            continue
        if chosen["year"] and (not chosen["year"].isdigit() or int(chosen["year"]) not in row.years):
            continue
        yield event, row


def _told(event: Plain, row: DocumentRow) -> Told:
    return Told(
        event=event,
        agency=row.agencies[0] if row.agencies else None,
        year=row.years[0] if row.years else None,
        before=place_of(event.get("before")),
        after=place_of(event.get("after")),
    )


def place_of(end: Plain | None) -> tuple[str, str] | None:
    """The address of a place and what to call it."""
    if end is None:
        return None
    sha256 = end["sha256"]
    kind = next((kind for kind in ("goal", "result") if kind in end), None)
    if kind is not None:
        named: list[tuple[str, str]] = remembered(f"{kind}s of {sha256}", lambda: _named(kind, sha256))
        id, title = named[end[kind]]
        return f"/{kind}/{id}", title or speaker()("without_title")
    row = next((row for row in documents() if row.sha256 == sha256), None)
    return None if row is None else (f"/document/{row.id}", row.title or row.id)


def _named(kind: str, sha256: str) -> list[tuple[str, str]]:
    store = site().store
    if kind == "goal":
        return [(str(row.id), row.goal.title) for row in store.goals_of(sha256)]
    return [(str(row.id), row.result.goal_title or "") for row in store.results_of(sha256)]


def _line(told: Told) -> tuple[Any, ...]:
    event = told.event
    return (
        event["type"],
        told.agency,
        told.year,
        told.before[0] if told.before else None,
        told.after[0] if told.after else None,
        event.get("from"),
        event.get("to"),
        event.get("unit"),
        event.get("disclosed"),
        event["sure"],
    )


ROUTES = (
    ("/agency/<id>/<int:year>/compare.json", compare),
    ("/agency/<id>/<int:year>/compare", compare),
    ("/events.json", events),
    ("/events.csv", events),
    ("/events", events),
)
