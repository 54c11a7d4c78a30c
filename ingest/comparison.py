"""Stated against reported: an agency's plans of one year beside its reports, goal by goal.

What the documents say is taken from their records; links and events are ours, and stand in fields of their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crawler.codec import Codec
from crawler.records import AgencyId, Sha256
from ingest.danish.vocabulary import load_vocabulary
from ingest.fulfilment import Fulfilled, fulfilled, partly_rule
from ingest.records import Fulfilment, Goal, Result, Target
from ingest.store import Store
from ingest.store_tables import DocumentRow, GoalRow, ResultRow

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A result that answers a goal, the link that says so, and what moved between the two."""

    result: ResultRow
    link: Plain
    events: tuple[Plain, ...]
    against_plan: str | None
    """The figure held against the plan's own target: `met` or `not_met`; None where they cannot be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One goal of a plan with its answers; `amended` is the goal that restates it, `silent` that none answers it."""

    goal: GoalRow
    answers: tuple[Answered, ...]
    amended: GoalRow | None
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCompared:
    """One plan, goal by goal, and its fulfilment worked out anew; None where no report answers it."""

    document: DocumentRow
    lines: tuple[Line, ...]
    fulfilled: Fulfilled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """An agency's year. `stated` are the reports' own figures of the whole, by document."""

    agency: AgencyId
    year: int
    plans: tuple[PlanCompared, ...]
    amendments: tuple[DocumentRow, ...]
    reports: tuple[DocumentRow, ...]
    stated: tuple[tuple[DocumentRow, Fulfilment], ...]
    unplanned: tuple[ResultRow, ...]


def compare_year(store: Store, agency: AgencyId, year: int) -> Comparison:
    """The comparison of one agency and year; without plans and reports where the store has none."""
    here = [row for row in store.documents_of(agency) if year in row.years]
    by_kind = {
        kind: tuple(row for row in here if row.kind == kind) for kind in ("plan", "amendment", "report")
    }
    links, events = store.derived.about(here[0].sha256) if here else ([], [])
    results: dict[tuple[str, int], ResultRow] = {
        (row.sha256, result.index): result
        for row in by_kind["report"]
        for result in store.results_of(row.sha256)
    }
    amended: dict[tuple[str, int], GoalRow] = {
        (row.sha256, goal.index): goal for row in by_kind["amendment"] for goal in store.goals_of(row.sha256)
    }
    plans = tuple(
        _plan(store, row, links, events, results, amended, {report.sha256 for report in by_kind["report"]})
        for row in by_kind["plan"]
    )
    unplanned = {
        (event["after"]["sha256"], event["after"]["result"])
        for event in events
        if event["type"] == "unplanned_reported"
    }
    stated = [
        (row, extraction.fulfilment)
        for row in by_kind["report"]
        if (extraction := store.extraction(row.sha256)) is not None and extraction.fulfilment is not None
    ]
    return Comparison(
        agency=agency,
        year=year,
        plans=plans,
        amendments=by_kind["amendment"],
        reports=by_kind["report"],
        stated=tuple(stated),
        unplanned=tuple(result for place, result in sorted(results.items()) if place in unplanned),
    )


def _plan(
    store: Store,
    row: DocumentRow,
    links: Iterable[Plain],
    events: Iterable[Plain],
    results: Mapping[tuple[str, int], ResultRow],
    amended: Mapping[tuple[str, int], GoalRow],
    reports: set[Sha256],
) -> PlanCompared:
    goals = store.goals_of(row.sha256)
    mine = [link for link in links if link["from"]["sha256"] == row.sha256]
    silent = {
        event["before"]["goal"]
        for event in events
        if event["type"] == "never_reported"
        and event["before"]["sha256"] == row.sha256
        and event["after"]["sha256"] in reports
    }
    lines = []
    for goal in goals:
        answers, restated = [], None
        for link in mine:
            if link["from"]["goal"] != goal.index:
                continue
            to = link["to"]
            if link["type"] == "answers" and (to["sha256"], to["result"]) in results:
                result = results[to["sha256"], to["result"]]
                between = tuple(
                    event
                    for event in events
                    if event.get("before") == link["from"] and event.get("after") == to
                )
                answers.append(
                    Answered(
                        result=result,
                        link=link,
                        events=between,
                        against_plan=against_plan(goal.goal, result.result),
                    )
                )
            elif link["type"] == "amends":
                restated = amended.get((to["sha256"], to["goal"]))
        lines.append(
            Line(
                goal=goal,
                answers=tuple(answers),
                amended=restated,
                silent=goal.index in silent,
            )
        )
    words = load_vocabulary()
    rule = partly_rule("\n".join(page.text for page in store.pages(row.sha256)), words)
    said = {line.goal.index: [answer.result.result for answer in line.answers] for line in lines}
    return PlanCompared(
        document=row,
        lines=tuple(lines),
        fulfilled=fulfilled([goal.goal for goal in goals], said, rule),
    )


def against_plan(goal: Goal, result: Result) -> str | None:
    """Whether the figure reached meets the plan's own target; None unless exactly one target has its unit."""
    if result.actual is None:
        return None
    fitting = [
        target
        for target in goal.targets
        if target.unit == result.actual.unit
        and target.value is not None
        and target.degree != "partly_met"
        and target.period is None
    ]
    if len(fitting) != 1:
        return None
    return _reached(fitting[0], result.actual.value)


def _reached(target: Target, value: Decimal) -> str | None:
    assert target.value is not None
    if target.comparator == "at_least":
        return "met" if value >= target.value else "not_met"
    if target.comparator == "at_most":
        return "met" if value <= target.value else "not_met"
    if target.comparator == "between" and target.value_to is not None:
        return "met" if target.value <= value <= target.value_to else "not_met"
    return None


def document_plain(row: DocumentRow) -> dict[str, Any]:
    """What a document is called by."""
    return {"id": row.id, "sha256": row.sha256, "title": row.title, "years": list(row.years)}


def comparison_plain(found: Comparison, codec: Codec) -> dict[str, Any]:
    """The comparison as JSON: records as the contract has them, what is inferred under `inferred`."""
    return {
        "agency": found.agency,
        "year": found.year,
        "plans": [
            {
                "document": document_plain(plan.document),
                "goals": [_line_plain(line, codec) for line in plan.lines],
                "inferred": {"fulfilled": codec.plain(plan.fulfilled)},
            }
            for plan in found.plans
        ],
        "amendments": [document_plain(row) for row in found.amendments],
        "reports": [document_plain(row) for row in found.reports],
        "stated_fulfilment": [
            {"document": row.id, "fulfilment": codec.plain(value)} for row, value in found.stated
        ],
        "unplanned": [{"id": row.id, **codec.plain(row.result)} for row in found.unplanned],
    }


def _line_plain(line: Line, codec: Codec) -> dict[str, Any]:
    """One goal with its answers."""
    return {
        "id": line.goal.id,
        "goal": codec.plain(line.goal.goal),
        "amended": line.amended.id if line.amended else None,
        "answers": [
            {
                "id": answer.result.id,
                "result": codec.plain(answer.result.result),
                "inferred": {
                    "link": answer.link,
                    "events": list(answer.events),
                    "against_plan": answer.against_plan,
                },
            }
            for answer in line.answers
        ],
        "inferred": {"never_reported": line.silent},
    }
