"""Versions of one plan: of two files for one body and one period the later met is in force, if they say the same."""

from collections.abc import Sequence
from datetime import UTC, datetime

from rapidfuzz import fuzz

from ingest.links.families import Part
from ingest.links.wording import folded

SAME_TITLE = 85
NEVER = datetime.min.replace(tzinfo=UTC)


def alike(one: Part, other: Part) -> bool:
    """Whether more than half of the smaller one's goals stand in the other: a version, not a second contract."""
    small, large = sorted((one, other), key=lambda part: len(part.goals))
    titles = [folded(large.goal(index).title) for index in large.goals]
    found = sum(
        any(fuzz.ratio(folded(small.goal(index).title), title) >= SAME_TITLE for title in titles)
        for index in small.goals
    )
    return found * 2 > len(small.goals)


def in_force(plans: Sequence[Part]) -> tuple[Part, ...]:
    """The plans without those that a later version replaced, in their order."""
    kept: list[Part] = []
    for plan in sorted(plans, key=lambda part: (part.paper.seen or NEVER, part.sha256), reverse=True):
        twin = any(
            other.body == plan.body
            and (other.start, other.end) == (plan.start, plan.end)
            and other.sha256 != plan.sha256
            and alike(plan, other)
            for other in kept
        )
        if not twin:
            kept.append(plan)
    return tuple(sorted(kept, key=lambda part: (*part.place, part.body)))
