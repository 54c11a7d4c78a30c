"""What a report makes of its plan: easier targets, other numbers, goals never answered, answers never planned."""

from collections.abc import Iterator, Sequence
from datetime import date

from crawler.records import Period
from ingest.danish.targets import read_targets
from ingest.danish.vocabulary import Vocabulary
from ingest.derived import Event, Link, Spot
from ingest.events.demands import direction, measured_alike
from ingest.events.goals import figure
from ingest.events.plans import bare_parents
from ingest.links.answers import plans_of
from ingest.links.families import Kinship, Part
from ingest.links.wording import Rarity
from ingest.records import Goal, Result, Target


def answered_events(
    answered: tuple[Part, int], answering: tuple[Part, int], rarity: Rarity, words: Vocabulary, *, sure: bool
) -> Iterator[Event]:
    """Events between a goal and the result that answers it."""
    (plan, goal_index), (report, result_index) = answered, answering
    goal, result = plan.goal(goal_index), report.result(result_index)
    before = Spot(sha256=plan.sha256, goal=goal_index)
    after = Spot(sha256=report.sha256, result=result_index)
    if goal.key and result.goal_key and goal.key != result.goal_key:
        yield Event(
            type="goal_renumbered_in_report",
            before=before,
            after=after,
            was=goal.key,
            now=result.goal_key,
            sure=sure,
        )
    if result.status == "dropped":
        yield Event(
            type="dropped_in_year",
            before=before,
            after=after,
            disclosed=result.explanation is not None or says_so(result, words),
            sure=sure,
        )
    for one, other in softened(goal, result, report, rarity, words):
        late = one.comparator == "done"
        yield Event(
            type="softer_target_in_report",
            before=before,
            after=after,
            was=one.deadline if late else figure(one),
            now=other.deadline if late else figure(other),
            unit=other.unit,
            comparator=other.comparator,
            disclosed=says_so(result, words),
            sure=sure,
        )


def softened(
    goal: Goal, result: Result, report: Part, rarity: Rarity, words: Vocabulary
) -> list[tuple[Target, Target]]:
    """The plan's targets that the report quotes easier, each with the target as quoted."""
    if quoted_as_is(goal, result.target_printed):
        return []
    period = Period(start=report.start, end=report.end)
    quoted = restated(result.target_printed, period, words)
    found = []
    for other in quoted:
        valid = [one for one in goal.targets if one.degree != "partly_met" and _for_year(one, report.start)]
        fitting = [(gain, one) for one in valid if (gain := measured_alike(one, other, rarity)) is not None]
        if not fitting:
            continue
        one = max(fitting, key=lambda pair: pair[0])[1]
        later = one.comparator == "done" and one.deadline and other.deadline and one.deadline < other.deadline
        if later or (one.comparator == other.comparator and direction(one, other) == "easier"):
            found.append((one, other))
    return found


def quoted_as_is(goal: Goal, printed: str | None) -> bool:
    """Whether the report quotes the plan word by word, figures and all: then there is nothing to compare."""
    return printed is not None and _plain(printed) in _plain(f"{goal.title} {goal.text}")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _for_year(target: Target, day: date) -> bool:
    return target.period is None or target.period.covers(day)


def restated(text: str | None, period: Period, words: Vocabulary) -> tuple[Target, ...]:
    """The targets that a report's own words of a target say; empty where they say none."""
    if not text:
        return ()
    return tuple(
        Target(
            text=text[reading.start : reading.end],
            comparator=reading.comparator,
            value=reading.value,
            value_to=reading.value_to,
            unit=reading.unit,
            period=None,
            deadline=reading.deadline,
            baseline=reading.baseline,
            degree=None,
            quotes=(),
            field_quotes={},
        )
        for reading in read_targets(text, period=period, vocabulary=words, demanded=True)
    )


def says_so(result: Result, words: Vocabulary) -> bool:
    """Whether the report says, beside the result, that the goal or its target was changed."""
    texts = [
        result.explanation.text if result.explanation else "",
        result.actual_printed,
        result.target_printed,
    ]
    said = " ".join(text.casefold() for text in texts if text)
    return any(word in said for word in words.disclosed)


def report_events(
    report: Part, plans: Sequence[Part], kinship: Kinship, links: Sequence[Link]
) -> Iterator[Event]:
    """Goals that a report never answers, and results that its plans never promised."""
    running = [plans[index] for index in plans_of(report, plans, kinship)]
    if not report.results or not running:
        return
    answers = [link for link in links if link.type == "answers" and link.target.sha256 == report.sha256]
    answered = {link.source for link in answers}
    after = Spot(sha256=report.sha256)
    for plan in running:
        bare = bare_parents(plan)
        for index in plan.goals:
            goal, spot = plan.goal(index), Spot(sha256=plan.sha256, goal=index)
            if goal.binding and goal.targets and spot not in answered and index not in bare:
                yield Event(type="never_reported", before=spot, after=after)
    planned = {link.target for link in answers}
    for index in report.results:
        spot = Spot(sha256=report.sha256, result=index)
        if spot not in planned:
            yield Event(
                type="unplanned_reported", before=None, after=spot, now=report.result(index).goal_title
            )
