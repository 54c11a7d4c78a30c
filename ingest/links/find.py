"""All links of one family: lineage of its plans, answers of its reports, what its amendments restate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.records import Registry
from ingest.derived import Link, LinkType, Spot
from ingest.links.answers import Answer, answers, plans_of
from ingest.links.families import Gaps, Kinship, Paper, Part, next_plan, parts, unread_plan
from ingest.links.lineage import Lineage, Occurrence, Step
from ingest.links.reasons import method_of, reason_of
from ingest.links.versions import in_force
from ingest.links.weights import Weights
from ingest.links.wording import Rarity, Weighed, goal_wording, result_wording, weigh

OVER_GAP = 0.25
"""Of the links across a plan that could not be read so many hold as they are: mostly that plan has the goal too."""
FIRM = 1.0
"""A link of less gain is not sure, however far its rivals are behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A family's documents in order, and the links between them: what events are found from."""

    plans: tuple[Part, ...]
    amendments: tuple[Part, ...]
    reports: tuple[Part, ...]
    kinship: Kinship
    gaps: Gaps
    rarity: Rarity
    """What is rare among the goals of these plans."""
    links: tuple[Link, ...]


def find_links(papers: Iterable[Paper], registry: Registry, weights: Mapping[str, Weights]) -> Linked:
    """The links of one family's documents, in order of source, target and type."""
    kinship = Kinship(registry)
    every = parts(papers, registry)
    plans = in_force([part for part in every if part.paper.extraction.kind == "plan"])
    amendments = tuple(part for part in every if part.paper.extraction.kind == "amendment")
    reports = tuple(part for part in every if part.paper.extraction.kind == "report")
    gaps = Gaps((part for part in every if unread_plan(part.paper)), plans, kinship)
    both = (*plans, *amendments)
    raw = {
        (index, goal): goal_wording(part.goal(goal), order / max(1, len(part.goals) - 1))
        for index, part in enumerate(both)
        for order, goal in enumerate(part.goals)
    }
    rarity = Rarity(raw.values())
    wordings = {place: weigh(wording, rarity) for place, wording in raw.items()}
    found = [
        *_lineage(plans, wordings, rarity, kinship, gaps, weights["lineage"]),
        *_amends(plans, amendments, wordings, rarity, kinship, weights["lineage"]),
        *_answers(plans, reports, wordings, rarity, kinship, weights["answers"]),
    ]
    return Linked(
        plans=plans,
        amendments=amendments,
        reports=reports,
        kinship=kinship,
        gaps=gaps,
        rarity=rarity,
        links=tuple(sorted(found, key=lambda link: (_order(link.source), _order(link.target), link.type))),
    )


def _order(spot: Spot) -> tuple[str, int, int]:
    return (spot.sha256, -1 if spot.goal is None else spot.goal, -1 if spot.result is None else spot.result)


def _lineage(
    plans: Sequence[Part],
    wordings: Mapping[Occurrence, Weighed],
    rarity: Rarity,
    kinship: Kinship,
    gaps: Gaps,
    weights: Weights,
) -> list[Link]:
    lineage = Lineage(plans, wordings, rarity, kinship, weights)
    return [
        _link(
            lineage_type(step, plans, kinship),
            Spot(sha256=plans[step.before[0]].sha256, goal=step.before[1]),
            Spot(sha256=plans[step.after[0]].sha256, goal=step.after[1]),
            step,
            weights,
            whole=step.kind == "one",
            over_gap=gaps.between(plans[step.before[0]], plans[step.after[0]]),
        )
        for step in lineage.steps
    ]


def lineage_type(step: Step, plans: Sequence[Part], kinship: Kinship) -> LinkType:
    """`returned` where a plan of the same body between the two lacks the goal; a successor's first is no return."""
    if step.kind == "split":
        return "split"
    if step.kind == "merged":
        return "merged"
    before, after = plans[step.before[0]], plans[step.after[0]]
    following = next_plan(before, [plan for plan in plans if plan.goals], kinship)
    gone = following is not None and following.start < after.start and before.body == after.body
    return "returned" if gone else "continues"


def _amends(
    plans: Sequence[Part],
    amendments: Sequence[Part],
    wordings: Mapping[Occurrence, Weighed],
    rarity: Rarity,
    kinship: Kinship,
    weights: Weights,
) -> list[Link]:
    found = []
    for index, amendment in enumerate(amendments, start=len(plans)):
        running = plans_of(amendment, plans, kinship)
        restated = {goal: wordings[index, goal] for goal in amendment.goals}
        goals = {place: wordings[place] for place in wordings if place[0] in running}
        found += [
            _link(
                "amends",
                Spot(sha256=plans[one.goal[0]].sha256, goal=one.goal[1]),
                Spot(sha256=amendment.sha256, goal=one.result),
                one,
                weights,
                whole=True,
            )
            for one in answers(index, restated, goals, rarity, weights)
        ]
    return found


def _answers(
    plans: Sequence[Part],
    reports: Sequence[Part],
    wordings: Mapping[Occurrence, Weighed],
    rarity: Rarity,
    kinship: Kinship,
    weights: Weights,
) -> list[Link]:
    found = []
    for index, report in enumerate(reports):
        last = max(1, len(report.results) - 1)
        results = {
            result: weigh(result_wording(report.result(result), order / last), rarity)
            for order, result in enumerate(report.results)
        }
        running = plans_of(report, plans, kinship)
        goals = {place: wordings[place] for place in wordings if place[0] in running}
        found += [
            _link(
                "answers",
                Spot(sha256=plans[one.goal[0]].sha256, goal=one.goal[1]),
                Spot(sha256=report.sha256, result=one.result),
                one,
                weights,
                whole=True,
            )
            for one in answers(index, results, goals, rarity, weights)
        ]
    return found


def _link(
    type: LinkType,
    source: Spot,
    target: Spot,
    found: Step | Answer,
    weights: Weights,
    *,
    whole: bool,
    over_gap: bool = False,
) -> Link:
    score = weights.share(found.gain, found.margin)
    if over_gap:
        score = round(score * OVER_GAP, 3)
    return Link(
        type=type,
        source=source,
        target=target,
        method=method_of(found.pair, weights),
        reason=reason_of(found.pair, found.margin, weights, over_gap=over_gap),
        score=score,
        sure=whole and score >= weights.sure and found.gain >= FIRM,
    )
