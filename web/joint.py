"""Papers that several agencies share: which of their goals and results belong to one of them."""

from collections.abc import Iterable
from dataclasses import replace

from crawler.names import forms
from crawler.records import Agency, AgencyId
from ingest.comparison import Comparison, Line, PlanCompared
from ingest.fulfilment import fulfilled
from ingest.records import Goal
from ingest.store_tables import DocumentRow
from web.wording import bare


def belongs(row: DocumentRow, printed: str | None, id: AgencyId, agencies: Iterable[Agency]) -> bool:
    """Whether a goal or result under that printed name is this agency's; one under no known name is everybody's."""
    if printed is None or len(row.agencies) < 2:
        return True
    wanted = forms(printed)
    meant = {
        one.id
        for one in agencies
        if one.id in row.agencies and any(wanted & forms(name.text) for name in one.names)
    }
    return not meant or id in meant


def own_part(found: Comparison, agencies: Iterable[Agency]) -> Comparison:
    """A comparison without what its papers say of other agencies; sums are worked out anew where that is anything."""
    everybody = tuple(agencies)
    plans = []
    for plan in found.plans:
        lines = tuple(
            line
            for line in plan.lines
            if belongs(plan.document, line.goal.goal.agency, found.agency, everybody)
        )
        plans.append(plan if len(lines) == len(plan.lines) else _anew(plan, lines))
    unplanned = tuple(
        row for row in found.unplanned if belongs(row.document, row.result.agency, found.agency, everybody)
    )
    return replace(found, plans=tuple(plans), unplanned=unplanned)


def _anew(plan: PlanCompared, lines: tuple[Line, ...]) -> PlanCompared:
    said = {at: [answer.result.result for answer in line.answers] for at, line in enumerate(lines)}
    goals = [line.goal.goal for line in lines]
    rule = plan.fulfilled.rule if plan.fulfilled else None
    return replace(plan, lines=lines, fulfilled=fulfilled(goals, said, rule))


def restates(before: Goal, after: Goal) -> bool:
    """Whether an amendment only says a goal again: the same words, targets and weight."""
    return _said(before) == _said(after)


def _said(goal: Goal) -> tuple[object, ...]:
    weight = (goal.weight.value, goal.weight.unit) if goal.weight else None
    return bare(goal.title), bare(goal.text), tuple(bare(target.text) for target in goal.targets), weight
