"""All links of one family: lineage of its plans, answers of its reports, what its amendments restate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.records import Registry
from ingest.derived import Link, LinkType, Spot
from ingest.links.answers import Answer, answers, plans_of
from ingest.links.families import Gaps, Kinship, Paper, Part, parts, unread_plan
from ingest.links.lineage import Lineage, Occurrence, Step
from ingest.links.reasons import method_of, reason_of
from ingest.links.versions import in_force
from ingest.links.weights import Weights
from ingest.links.wording import Rarity, Space, Weighed, goal_wording, result_wording

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


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared: the goals of plans and amendments, the results of reports, and the space they lie in."""

    goals: Mapping[Occurrence, Weighed]
    results: Mapping[Occurrence, Weighed]
    space: Space


def words_of(parts_with_goals: Sequence[Part], reports: Sequence[Part]) -> Words:
    """The wordings of a family; rarity is learned from its goals, results are read in that light."""
    goals = {
        (index, goal): goal_wording(part.goal(goal), order / max(1, len(part.goals) - 1))
        for index, part in enumerate(parts_with_goals)
        for order, goal in enumerate(part.goals)
    }
    results = {
        (index, result): result_wording(part.result(result), order / max(1, len(part.results) - 1))
        for index, part in enumerate(reports)
        for order, result in enumerate(part.results)
    }
    space = Space([*goals.values(), *results.values()], Rarity(goals.values()))
    return Words(
        dict(zip(goals, space.weighed, strict=False)),
        dict(zip(results, space.weighed[len(goals) :], strict=True)),
        space,
    )


def find_links(
    papers: Iterable[Paper], registry: Registry, kinship: Kinship, weights: Mapping[str, Weights]
) -> Linked:
    """The links of one family's documents, in order of source, target and type."""
    every = parts(papers, registry)
    plans = in_force([part for part in every if part.paper.extraction.kind == "plan"])
    amendments = tuple(part for part in every if part.paper.extraction.kind == "amendment")
    reports = tuple(part for part in every if part.paper.extraction.kind == "report")
    gaps = Gaps((part for part in every if unread_plan(part.paper)), plans, kinship)
    words = words_of((*plans, *amendments), reports)
    found = [
        *_lineage(plans, words, kinship, gaps, weights["lineage"]),
        *_amends(plans, amendments, words, kinship, weights["lineage"]),
        *_answers(plans, reports, words, kinship, weights["answers"]),
    ]
    return Linked(
        plans=plans,
        amendments=amendments,
        reports=reports,
        kinship=kinship,
        gaps=gaps,
        rarity=words.space.rarity,
        links=tuple(sorted(found, key=lambda link: (_order(link.source), _order(link.target), link.type))),
    )


def _order(spot: Spot) -> tuple[str, int, int]:
    return (spot.sha256, -1 if spot.goal is None else spot.goal, -1 if spot.result is None else spot.result)


def _lineage(
    plans: Sequence[Part], words: Words, kinship: Kinship, gaps: Gaps, weights: Weights
) -> list[Link]:
    lineage = Lineage(plans, words.goals, words.space, kinship, weights)
    return [
        _link(
            lineage_type(step, lineage),
            Spot(sha256=plans[step.before[0]].sha256, goal=step.before[1]),
            Spot(sha256=plans[step.after[0]].sha256, goal=step.after[1]),
            step,
            weights,
            whole=step.kind == "one" and not _inferred(plans, step, kinship),
            over_gap=gaps.between(plans[step.before[0]], plans[step.after[0]]),
        )
        for step in lineage.steps
    ]


def _inferred(plans: Sequence[Part], step: Step, kinship: Kinship) -> bool:
    """Whether the step leads from a body to one that only our inference calls its successor."""
    before, after = plans[step.before[0]].body, plans[step.after[0]].body
    return before != after and bool(kinship.inferred)


def lineage_type(step: Step, lineage: Lineage) -> LinkType:
    """`returned` where a plan of the same body between the two lacks the goal; a successor's first is no return."""
    if step.kind == "split":
        return "split"
    if step.kind == "merged":
        return "merged"
    before, after = lineage.parts[step.before[0]], lineage.parts[step.after[0]]
    following = lineage.following[step.before[0]]
    gone = following is not None and following.start < after.start and before.body == after.body
    return "returned" if gone else "continues"


def _amends(
    plans: Sequence[Part], amendments: Sequence[Part], words: Words, kinship: Kinship, weights: Weights
) -> list[Link]:
    found = []
    for index, amendment in enumerate(amendments, start=len(plans)):
        restated = {goal: words.goals[index, goal] for goal in amendment.goals}
        for one in _answered(amendment, restated, plans, words, kinship, weights):
            target = Spot(sha256=amendment.sha256, goal=one.result)
            found.append(_link("amends", _source(plans, one), target, one, weights, whole=True))
    return found


def _answers(
    plans: Sequence[Part], reports: Sequence[Part], words: Words, kinship: Kinship, weights: Weights
) -> list[Link]:
    found = []
    for index, report in enumerate(reports):
        results = {result: words.results[index, result] for result in report.results}
        for one in _answered(report, results, plans, words, kinship, weights):
            target = Spot(sha256=report.sha256, result=one.result)
            found.append(_link("answers", _source(plans, one), target, one, weights, whole=True))
    return found


def _answered(
    report: Part,
    said: Mapping[int, Weighed],
    plans: Sequence[Part],
    words: Words,
    kinship: Kinship,
    weights: Weights,
) -> list[Answer]:
    goals = {
        (index, goal): words.goals[index, goal]
        for index in plans_of(report, plans, kinship)
        for goal in plans[index].goals
    }
    return answers(said, goals, words.space, weights)


def _source(plans: Sequence[Part], answer: Answer) -> Spot:
    return Spot(sha256=plans[answer.goal[0]].sha256, goal=answer.goal[1])


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
