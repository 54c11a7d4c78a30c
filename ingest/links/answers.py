"""Each result to the goal it answers: all goals of the year's plans and all results of a report, solved at once.

One result may answer several goals (a heading that names two), one goal is answered once a report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.links.families import Kinship, Part
from ingest.links.lineage import NO_RIVAL, Occurrence
from ingest.links.matrices import assign
from ingest.links.weights import Weights
from ingest.links.wording import Space, Weighed, contained, features

WITHIN = 0.95
"""So much of a goal's title stands in a longer title of a result: the result answers that goal too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A goal and the result that answers it."""

    goal: Occurrence
    result: int
    pair: tuple[float, ...]
    gain: float
    margin: float


def plans_of(report: Part, plans: Sequence[Part], kinship: Kinship) -> list[int]:
    """The plans that a report answers for: those of its body for its days, else those of the bodies before it."""
    running = [
        index
        for index, plan in enumerate(plans)
        if plan.goals and plan.start <= report.end and plan.end >= report.start
    ]
    own = [index for index in running if plans[index].body == report.body]
    ancestors = kinship.ancestors(report.body)
    return own or [index for index in running if plans[index].body in ancestors]


def answers(
    results: Mapping[int, Weighed],
    goals: Mapping[Occurrence, Weighed],
    space: Space,
    weights: Weights,
) -> list[Answer]:
    """The answers of one report to the goals of its plans, in order of goals."""
    places, rows = sorted(goals), sorted(results)
    pairs = {
        (g, r): (*features(goals[place], results[row], space), 0.0)
        for g, place in enumerate(places)
        for r, row in enumerate(rows)
    }
    gains = {pair: weights.gain(values) for pair, values in pairs.items()}
    above = {pair: gain - weights.least for pair, gain in gains.items()}
    chosen = assign(above, len(places), len(rows))
    taken = {g for g, _ in chosen}
    for g in range(len(places)):
        if g not in taken:
            fitting = [
                r for r in range(len(rows)) if _names_it_too(goals[places[g]], results[rows[r]], space)
            ]
            chosen += [(g, max(fitting, key=lambda r: gains[g, r]))] if fitting else []
    return [
        Answer(
            goal=places[g],
            result=rows[r],
            pair=pairs[g, r],
            gain=gains[g, r],
            margin=gains[g, r]
            - max((gain for (a, b), gain in gains.items() if (a == g) != (b == r)), default=NO_RIVAL),
        )
        for g, r in sorted(chosen)
    ]


def _names_it_too(goal: Weighed, result: Weighed, space: Space) -> bool:
    """Whether a result's longer title holds the whole title of a goal: "1.1 Ventetid og 1.2 Fejl i sager"."""
    longer = len(result.wording.title) > len(goal.wording.title) + 3
    return (
        longer
        and len(goal.wording.title) > 5
        and contained(goal.wording, result.wording, space.rarity) >= WITHIN
    )
