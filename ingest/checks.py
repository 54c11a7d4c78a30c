"""Rules over a reading: what a person should look at, each with its page where there is one."""

from decimal import Decimal
from itertools import pairwise

from ingest.records import Extraction, Finding, Goal

CONCEPT_YEAR = 2014
"""Source: the concept for mål- og resultatplaner of 2014 asks for five to ten goals."""


GAP = 20
"""A wider jump is a series of its own (products 101, 201), no number left out."""


def check(extraction: Extraction) -> list[Finding]:
    """Findings on one document, in a fixed order."""
    if extraction.kind == "report":
        return (
            []
            if extraction.results
            else [
                Finding(
                    code="no_goal_reporting",
                    level="info",
                    message="No goal reporting was found in this report.",
                    page=None,
                )
            ]
        )
    top = [goal for goal in extraction.goals if goal.parent is None]
    found = []
    period = extraction.period
    if period and period.start.year >= CONCEPT_YEAR and not 5 <= len(top) <= 10:
        message = f"{len(top)} top-level goals were read; the concept asks for 5 to 10."
        found.append(Finding(code="goals_outside_5_10", level="warning", message=message, page=None))
    weights = [goal.weight for goal in top if goal.weight]
    total = sum((weight.value for weight in weights), Decimal(0))
    if weights and len(weights) == len(top) and total != 100:
        page = weights[0].quotes[0].page if weights[0].quotes else None
        found.append(
            Finding(
                code="weights_do_not_sum",
                level="warning",
                message=f"The weights add up to {total.normalize():f}, not 100.",
                page=page,
            )
        )
    found += _numbering(extraction)
    dates = [signature.date for signature in extraction.signatures if signature.date]
    if not dates:
        found.append(
            Finding(code="not_signed", level="info", message="No signature date was found.", page=None)
        )
    elif period and max(dates) > period.start:
        late = (max(dates) - period.start).days
        found.append(
            Finding(
                code="signed_late",
                level="info",
                message=f"The last signature came {late} days after the period began.",
                page=None,
            )
        )
    return found


def _numbering(extraction: Extraction) -> list[Finding]:
    """Numbers that come twice under one parent, or leave one out between two that are there."""
    families: dict[int | None, list[Goal]] = {}
    for goal in extraction.goals:
        if goal.key is not None:
            families.setdefault(goal.parent, []).append(goal)
    found = []
    for goals in families.values():
        keys = [goal.key for goal in goals if goal.key is not None]
        twice = next(
            (goal for at, goal in enumerate(goals) if goal.key in keys[:at] and _grouped(goal, goals)), None
        )
        if twice is not None:
            message = f"Two goals have the number {twice.key}."
            found.append(_numbered(message, twice))
        plain = [(int(goal.key), goal) for goal in goals if goal.key and goal.key.isdigit()]
        for (before, _), (number, goal) in pairwise(plain):
            if number > before + 1 and number - before < GAP:
                found.append(_numbered(f"Between the goals {before} and {number} a number is missing.", goal))
    return found


def _grouped(goal: Goal, goals: list[Goal]) -> bool:
    """Whether another goal of the same group has this number: Roman numerals begin anew in every group."""
    return sum(other.key == goal.key and other.group == goal.group for other in goals) > 1


def _numbered(message: str, goal: Goal) -> Finding:
    page = goal.quotes[0].page if goal.quotes else None
    return Finding(code="numbering_disagrees", level="warning", message=message, page=page)
