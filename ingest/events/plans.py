"""What became of whole goals: new, dropped, returned, split, merged; and weights that do not add up."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.derived import Event, Link, Spot
from ingest.links.families import Part, next_plan
from ingest.links.find import Linked
from ingest.records import Goal

HUNDRED = Decimal(100)
TAKEN_UP = ("continues", "split", "merged")
BY_LINK = {"returned": "goal_returned", "split": "goal_split", "merged": "goals_merged"}


def bare_parents(part: Part) -> frozenset[int]:
    """Goals without targets whose sub-goals have them: they are neither new, dropped nor unreported."""
    return frozenset(
        parent
        for index in part.goals
        if (parent := part.goal(index).parent) is not None
        and not part.goal(parent).targets
        and part.goal(index).targets
    )


def linked_events(links: Sequence[Link]) -> Iterator[Event]:
    """One event a link of these kinds, but for those across a plan that could not be read."""
    for link in links:
        if link.type in BY_LINK:
            yield Event(type=BY_LINK[link.type], before=link.source, after=link.target, sure=link.sure)


def new_goals(plan: Part, linked: Linked) -> Iterator[Event]:
    """Goals that no earlier plan of the body or its predecessors has; none in the first plan on record.

    Nor behind a plan that could not be read: it may have them.
    """
    earlier = [
        other
        for other in linked.plans
        if other.goals and other.start < plan.start and linked.kinship.descends(plan.body, other.body)
    ]
    if not earlier or linked.gaps.ahead(plan, earlier):
        return
    known = {link.target for link in linked.links if link.type not in ("answers", "amends")}
    bare = bare_parents(plan)
    for index in plan.goals:
        spot = Spot(sha256=plan.sha256, goal=index)
        if spot not in known and index not in bare:
            yield Event(type="goal_new", before=None, after=spot)


def dropped_goals(plan: Part, linked: Linked) -> Iterator[Event]:
    """Goals that neither the next plan nor one that runs beside has, whole, split or merged.

    None where the next plan could not be read.
    """
    following = next_plan(plan, [other for other in linked.plans if other.goals], linked.kinship)
    if following is None or linked.gaps.between(plan, following):
        return
    starts = {other.sha256: other.start for other in linked.plans}
    kept = {
        link.source
        for link in linked.links
        if link.type in (*TAKEN_UP, "returned") and starts[link.target.sha256] <= following.start
    }
    bare = bare_parents(plan)
    for index in plan.goals:
        spot = Spot(sha256=plan.sha256, goal=index)
        if spot not in kept and index not in bare:
            yield Event(type="goal_dropped", before=spot, after=Spot(sha256=following.sha256))


def wrong_sums(plan: Part) -> Iterator[Event]:
    """Top-level weights that do not add up to 100, each contract of a document for itself."""
    top = [plan.goal(index) for index in plan.goals if plan.goal(index).parent is None]
    weighed = [goal for goal in top if goal.binding]
    if not weighed or any(goal.weight is None for goal in weighed):
        return
    total = sum_of(weighed)
    if total == HUNDRED or all(sum_of(some) == HUNDRED for some in contracts(weighed)):
        return
    yield Event(type="weights_do_not_sum", before=None, after=Spot(sha256=plan.sha256), now=total)


def sum_of(goals: Sequence[Goal]) -> Decimal:
    """The weights added up; goals without count nothing."""
    return sum((goal.weight.value for goal in goals if goal.weight), Decimal(0))


def contracts(goals: Sequence[Goal]) -> list[list[Goal]]:
    """The contracts of one document: a new one begins where a number comes again, or the outermost heading changes
    with it."""
    found: list[list[Goal]] = []
    seen: set[str] = set()
    for goal in goals:
        again = goal.key is not None and goal.key in seen
        if not found or again:
            found.append([])
            seen = set()
        found[-1].append(goal)
        if goal.key is not None:
            seen.add(goal.key)
    by_group: Mapping[str, list[Goal]] = _by_group(goals)
    return found if len(found) > 1 else list(by_group.values())


def _by_group(goals: Sequence[Goal]) -> dict[str, list[Goal]]:
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        found.setdefault(goal.group[0] if goal.group else "", []).append(goal)
    return found
