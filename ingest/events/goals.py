"""What moved between a goal and the goal that continues it, or that restates it in an amendment."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from crawler.codec import Codec
from ingest.derived import Event, EventValue, Spot
from ingest.events.demands import Compared, comparable, compare, direction, swapped
from ingest.links.families import Part
from ingest.links.wording import SENTENCE, Rarity, folded
from ingest.records import Goal, Target

RAISED_OR_LOWERED = {"harder": "target_raised", "easier": "target_lowered", "other": "target_changed"}
SAID_THERE = 92
"""A sentence this much like a target's words is that target's sentence."""


class Pair:
    """A goal and the one after it, with their plans; every event of the pair is made here."""

    def __init__(
        self, before: tuple[Part, int], after: tuple[Part, int], rarity: Rarity, *, sure: bool
    ) -> None:
        self.rarity = rarity
        self.plans = before[0], after[0]
        self.goals: tuple[Goal, Goal] = before[0].goal(before[1]), after[0].goal(after[1])
        self.spots = (
            Spot(sha256=before[0].sha256, goal=before[1]),
            Spot(sha256=after[0].sha256, goal=after[1]),
        )
        self._sure = sure

    def event(self, type: str, was: EventValue = None, now: EventValue = None, **more: Any) -> Event:
        """An event with both proofs."""
        before, after = self.spots
        return Event(type=type, before=before, after=after, was=was, now=now, sure=self._sure, **more)


def goal_events(pair: Pair) -> Iterator[Event]:
    """Every event between a goal and the one that continues it: name, number, weight, words, targets."""
    before, after = pair.goals
    if " ".join(before.title.casefold().split()) != " ".join(after.title.casefold().split()):
        yield pair.event("goal_renamed", before.title, after.title)
    if before.key and after.key and before.key != after.key:
        yield pair.event("goal_renumbered", before.key, after.key)
    yield from _weights(pair)
    ours, theirs = comparable(before), comparable(after)
    compared = compare(ours, theirs, pair.rarity)
    yield from _words(pair, compared)
    yield from _targets(pair, compared)


def amended_events(pair: Pair) -> Iterator[Event]:
    """The figures that an amendment changed."""
    before, after = pair.goals
    for one, other in compare(comparable(before), comparable(after), pair.rarity).same:
        if direction(one, other) != "same":
            yield pair.event(
                "amended_target", figure(one), figure(other), unit=other.unit, comparator=other.comparator
            )


def figure(target: Target) -> EventValue:
    """A target's figure: two for `between`."""
    if target.comparator == "between":
        return (target.value, target.value_to)
    return target.value


def measure(target: Target) -> dict[str, Any]:
    """A figure with its unit."""
    return {"value": target.value, "unit": target.unit}


def _weights(pair: Pair) -> Iterator[Event]:
    one, other = pair.goals[0].weight, pair.goals[1].weight
    if one is None or other is None:
        return
    if one.unit != other.unit:
        was, now = ({"value": weight.value, "unit": weight.unit} for weight in (one, other))
        yield pair.event("weight_unit_changed", was, now)
    elif one.value != other.value:
        type = "weight_raised" if other.value > one.value else "weight_cut"
        yield pair.event(type, one.value, other.value, unit=other.unit)


def _words(pair: Pair, compared: Compared) -> Iterator[Event]:
    """Other words in text or targets, figures aside."""
    for one, other in compared.same:
        if folded(one.text) != folded(other.text):
            yield pair.event("reworded", one.text, other.text, field="target")
    texts = [_without_targets(goal) for goal in pair.goals]
    if folded(texts[0]) != folded(texts[1]):
        yield pair.event("reworded", texts[0], texts[1], field="text")


def _without_targets(goal: Goal) -> str:
    """The text without its target sentences and table rows: each line or sentence that says what a target says."""
    demands = [folded(target.text) for target in goal.targets]
    kept = [
        sentence
        for sentence in SENTENCE.split(goal.text)
        if not any(fuzz.token_set_ratio(folded(sentence), demand) >= SAID_THERE for demand in demands)
    ]
    return "\n".join(kept)


def _targets(pair: Pair, compared: Compared) -> Iterator[Event]:
    for one, other in compared.same:
        way = direction(one, other)
        if way != "same":
            yield pair.event(
                RAISED_OR_LOWERED[way],
                figure(one),
                figure(other),
                unit=other.unit,
                comparator=other.comparator if one.comparator == other.comparator else None,
            )
        yield from _deadline(pair, one, other)
        yield from _baseline(pair, one, other)
    if compared.same:
        for target in compared.gone:
            yield pair.event("target_removed", was=target.text)
        for target in compared.come:
            yield pair.event("target_added", now=target.text)
    elif compared.gone and compared.come:
        yield _nothing_as_before(pair, compared.gone[0], compared.come[0])


def _nothing_as_before(pair: Pair, one: Target, other: Target) -> Event:
    if swapped(one, other):
        return pair.event("unit_swapped", measure(one), measure(other))
    if one.unit != other.unit:
        return pair.event("measure_changed", measure(one), measure(other))
    return pair.event("target_replaced", one.text, other.text)


def _deadline(pair: Pair, one: Target, other: Target) -> Iterator[Event]:
    """Another place in the plan's year; what moved on with the plan did not move."""
    if one.deadline is None or other.deadline is None:
        return
    before, after = pair.plans
    at_end = one.deadline == before.end and other.deadline == after.end
    if not at_end and _moved_on(one.deadline, after.start.year - before.start.year) != other.deadline:
        yield pair.event("deadline_moved", one.deadline, other.deadline)


def _moved_on(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _baseline(pair: Pair, one: Target, other: Target) -> Iterator[Event]:
    ours, theirs = one.baseline, other.baseline
    if ours is None or theirs is None or ours == theirs:
        return
    years = pair.plans[1].start.year - pair.plans[0].start.year
    bare = ours.value is None and theirs.value is None
    if bare and ours.year is not None and theirs.year == ours.year + years:
        return
    codec = Codec()
    yield pair.event("baseline_changed", codec.plain(ours), codec.plain(theirs))
