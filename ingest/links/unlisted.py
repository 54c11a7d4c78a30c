"""What the plans themselves say of bodies that no source names: who took over from whom, and who only shares a name.

A body whose plans end where another's begin, under one ministry, with the same goals that no third body has, was
renamed or merged into it. A name that comes again after years with nothing of the old goals is another body's.
Both are inferred, so no link across them is sure. Bodies of the registry are left to the registry.
"""

import dataclasses
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.names import folded
from crawler.records import Registry
from ingest.links.families import Paper, Part, parts
from ingest.links.weights import Weights
from ingest.links.wording import Rarity, Space, Weighed, features, goal_wording

log = logging.getLogger(__name__)

MOST_DOCUMENTS = 600
MOST_GOALS = 4000
"""More documents or goals of unlisted bodies than this are not compared all with all: name the bodies in a source file."""
SOON = timedelta(days=400)
"""Plans are yearly: a successor's first begins within about a year after the last of its predecessor."""
LONG = timedelta(days=730)
SAME_GOAL = 2.0
"""Gain from which two goals are taken for one, without any other reason to think so."""
ANY_LIKENESS = 0.0
COMMON = 0.4
"""Goals whose words are this much alike in a third body are everybody's: sick leave, budget, case time."""
LAST_PLANS, FIRST_PLANS = 2, 3
FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """Pairs of predecessor and successor, and from which day a name is another body's."""

    takeovers: tuple[tuple[str, str], ...] = ()
    namesakes: tuple[tuple[str, date], ...] = ()

    def body(self, body: str, start: date | None) -> str:
        """The body that has the name on a day."""
        later = [day for name, day in self.namesakes if name == body and start is not None and start >= day]
        return f"{body}~{max(later).year}" if later else body

    def apart(self, paper: Paper) -> Paper:
        """The document with its bodies told from their namesakes."""
        start = paper.period.start if paper.period else None
        return dataclasses.replace(paper, bodies=tuple(self.body(body, start) for body in paper.bodies))


def infer(papers: Iterable[Paper], registry: Registry, weights: Weights) -> Inferred:
    """What the plans of bodies that the registry lacks say of each other."""
    listed = {agency.id for agency in registry.agencies}
    plans: dict[str, list[Part]] = {}
    for part in parts(papers, registry):
        if part.body not in listed and part.paper.extraction.kind == "plan" and part.goals:
            plans.setdefault(part.body, []).append(part)
    count = sum(len(part.goals) for some in plans.values() for part in some)
    if count > MOST_GOALS:
        log.warning("%d goals of bodies that no source names are not compared: name the bodies.", count)
        return Inferred()
    goals = _Goals(plans, weights)
    namesakes = [
        (body, later.start)
        for body, some in sorted(plans.items())
        for at, later in enumerate(some[1:], start=1)
        if later.start - max(part.end for part in some[:at]) > LONG
        and not goals.matched(some[:at], [later], ANY_LIKENESS)
    ]
    known = {body for body, _ in namesakes}
    takeovers = [
        (one, other)
        for one, before in sorted(plans.items())
        for other, after in sorted(plans.items())
        if not {one, other} & known and _follows(before, after) and goals.taken_over(before, after)
    ]
    return Inferred(takeovers=tuple(takeovers), namesakes=tuple(namesakes))


def _follows(before: Sequence[Part], after: Sequence[Part]) -> bool:
    """Whether the second body's plans begin where the first one's end, under one ministry."""
    last, first = max(part.end for part in before), after[0].start
    ministries = [_ministry(some) for some in (before[-1], after[0])]
    return last < first <= last + SOON and (None in ministries or ministries[0] == ministries[1])


def _ministry(part: Part) -> str | None:
    printed = part.paper.extraction.ministry_printed
    return folded(printed) if printed else None


class _Goals:
    """The goals of unlisted bodies side by side."""

    def __init__(self, plans: Mapping[str, Sequence[Part]], weights: Weights) -> None:
        self._weights = weights
        places = [
            (part, goal, order)
            for some in plans.values()
            for part in some
            for order, goal in enumerate(part.goals)
        ]
        wordings = [
            goal_wording(part.goal(goal), order / max(1, len(part.goals) - 1)) for part, goal, order in places
        ]
        self._space = Space(wordings, Rarity(wordings))
        self._by_part: dict[tuple[str, str], list[Weighed]] = {}
        self._bodies: list[str] = []
        for (part, _, _), weighed in zip(places, self._space.weighed, strict=True):
            self._by_part.setdefault((part.sha256, part.body), []).append(weighed)
            self._bodies.append(part.body)

    def _of(self, some: Iterable[Part]) -> list[Weighed]:
        return [goal for part in some for goal in self._by_part[part.sha256, part.body]]

    def matched(self, before: Iterable[Part], after: Iterable[Part], least: float) -> list[Weighed]:
        """The earlier goals that some later goal may continue."""
        later = self._of(after)
        return [
            one
            for one in self._of(before)
            if any(self._weights.likeness(features(one, other, self._space)) >= least for other in later)
        ]

    def taken_over(self, before: Sequence[Part], after: Sequence[Part]) -> bool:
        """Whether a third of the goals that are the first body's own, and two at least, go on in the second."""
        bodies = {before[0].body, after[0].body}
        own = [goal for goal in self._of(before[-LAST_PLANS:]) if not self._common(goal, bodies)]
        going_on = self.matched(before[-LAST_PLANS:], after[:FIRST_PLANS], SAME_GOAL)
        found = [goal for goal in own if goal in going_on]
        return len(found) >= FEWEST and len(found) * 3 >= len(own)

    def _common(self, goal: Weighed, bodies: set[str]) -> bool:
        row = self._space.whole[goal.row]
        return any(
            likeness >= COMMON and self._bodies[other] not in bodies for other, likeness in enumerate(row)
        )
