"""What moved between two wordings of one goal, and between a plan and its report."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linked_made import DIGITAL, SICK, TIME, answer, document, linked, plan, report, said, target, told
from records_made import goal, quote, result

from ingest.danish.vocabulary import load_vocabulary
from ingest.events.demands import direction
from ingest.events.find import find_events
from ingest.fulfilment import fulfilled, partly_rule
from ingest.records import Baseline, Passage, Weight

WORDS = load_vocabulary()


def events(*documents, **given):
    """The events of a family, shortly."""
    return {told(event) for event in find_events(linked(*documents, **given), WORDS)}


def between(*pair):
    """The events between a goal of 2015 and the same goal of 2016, with these targets each."""
    goals = [
        goal(key=None, title="Sagsbehandling", text="Grundejere skal have svar i rimelig tid, når de bygger nær et dige.", targets=tuple(some))
        for some in pair
    ]  # fmt: skip
    return events(plan("p1", 2015, goals[0]), plan("p2", 2016, goals[1]))


def days(value, **fields):
    """At most so many days."""
    return target(f"Sager afgøres på højst {value} dage.", "at_most", value, "days", **fields)


def share(value, comparator="at_least", words="af sagerne er afgjort til tiden"):
    """So many per cent of something."""
    return target(f"{value} pct. {words}.", comparator, value, "percent")


def done(words, day):
    """A delivery by a day."""
    return target(f"{words} senest den {day}.", "done", None, None, deadline=day)


TABLE = {
    "fewer days are harder": ([days(60)], [days(55)], {"target_raised p1.0 p2.0 60 55"}),
    "more days are easier": ([days(55)], [days(60)], {"target_lowered p1.0 p2.0 55 60"}),
    "a greater share is harder": ([share(85)], [share(90)], {"target_raised p1.0 p2.0 85 90"}),
    "nothing says which way": (
        [share(4, "exactly")],
        [share(3, "exactly")],
        {"target_changed p1.0 p2.0 4 3"},
    ),
    "right and wrong are one demand": (
        [share(92, "at_least", "af afgørelserne er rigtige")],
        [share(8, "at_most", "af afgørelserne er forkerte")],
        {"reworded p1.0 p2.0 92 pct. af afgørelserne er rigtige. 8 pct. af afgørelserne er forkerte."},
    ),
    "one more": ([days(60)], [days(60), share(90)], {"target_added p1.0 p2.0 90 pct. af sagerne er afgjort til tiden."}),
    "one less": ([days(60), share(90)], [days(60)], {"target_removed p1.0 p2.0 90 pct. af sagerne er afgjort til tiden."}),
    "days become weeks": (
        [days(50)],
        [target("Sager afgøres på højst 7 uger.", "at_most", 7, "weeks")],
        {"unit_swapped p1.0 p2.0 {'value': Decimal('50'), 'unit': 'days'} {'value': Decimal('7'), 'unit': 'weeks'}"},
    ),
    "another measure": (
        [share(90)],
        [days(60)],
        {"measure_changed p1.0 p2.0 {'value': Decimal('90'), 'unit': 'percent'} {'value': Decimal('60'), 'unit': 'days'}"},
    ),
    "another delivery": (
        [done("Designet er godkendt", date(2015, 10, 1))],
        [done("Værftskontrakten er underskrevet", date(2016, 10, 1))],
        {
            (
                "target_replaced p1.0 p2.0 Designet er godkendt senest den 2015-10-01. "
                "Værftskontrakten er underskrevet senest den 2016-10-01."
            )
        },
    ),
    "later in the year": (
        [done("Kortet er åbnet", date(2015, 3, 31))],
        [done("Kortet er åbnet", date(2016, 6, 30))],
        {"deadline_moved p1.0 p2.0 2015-03-31 2016-06-30"},
    ),
    "moved on with the plan": (
        [done("Kortet er åbnet", date(2015, 3, 31))],
        [done("Kortet er åbnet", date(2016, 3, 31))],
        set(),
    ),
    "another baseline": (
        [days(60, baseline=Baseline(value=Decimal(70), unit="days", year=2014))],
        [days(60, baseline=Baseline(value=Decimal(65), unit="days", year=2015))],
        {
            (
                "baseline_changed p1.0 p2.0 {'value': 70, 'unit': 'days', 'year': 2014} "
                "{'value': 65, 'unit': 'days', 'year': 2015}"
            )
        },
    ),
    "a bare year that moves on": (
        [days(60, baseline=Baseline(value=None, unit=None, year=2014))],
        [days(60, baseline=Baseline(value=None, unit=None, year=2015))],
        set(),
    ),
    "thresholds are not compared": ([days(60, degree="partly_met")], [days(50, degree="partly_met")], set()),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLE)
def test_what_moved_between_targets(case):
    """Raised and lowered go by how hard the demand is; what moves on with the plan did not move."""
    before, after, expected = TABLE[case]
    assert between(before, after) == expected


def test_words_number_weight_and_title():
    """Other words, another number, another title and another weight are an event each."""
    weights = [Weight(value=Decimal(value), unit=unit, quotes=(quote(),)) for value, unit in ((20, "percent"), (15, "percent"), (15, "points"))]  # fmt: skip
    first = said(SICK, 8, key="1", weight=weights[0])
    second = said(("Nedbringelse af sygefravær", SICK[1].replace("hver måned", "hvert kvartal")), 8, key="2", weight=weights[1])  # fmt: skip
    found = events(plan("p1", 2015, first), plan("p2", 2016, second))
    assert {line.split(" ")[0] for line in found} == {"goal_renamed", "goal_renumbered", "reworded", "weight_cut", "weights_do_not_sum"}  # fmt: skip
    third = said(SICK, 8, key="1", weight=weights[2])
    found = events(plan("p1", 2015, first), plan("p2", 2016, third))
    assert "weight_unit_changed" in {line.split(" ")[0] for line in found}


def test_new_dropped_and_returned():
    """The first plan brings nothing new; what the next lacks is dropped; what comes again has returned."""
    assert events(
        plan("p1", 2015, said(SICK, 8), said(TIME, 50)),
        plan("p2", 2016, said(TIME, 50), said(DIGITAL, 60)),
        plan("p3", 2017, said(TIME, 50), said(DIGITAL, 60), said(SICK, 8)),
    ) == {"goal_dropped p1.0 p2", "goal_new - p2.1", "goal_returned p1.0 p3.2"}


def test_nothing_is_said_across_an_unread_plan():
    """A goal is neither new nor dropped beside a plan that could not be read."""
    assert (
        events(
            plan("p1", 2015, said(SICK, 8)),
            document("p2", 2016, goals=()),
            plan("p3", 2017, said(SICK, 6), said(TIME, 50)),
        )
        == set()
    )


def test_an_amended_target():
    """An amendment's other figure is an event of its own, and no dropped goal."""
    amended = plan("a1", 2016, said(TIME, 60), kind="amendment")
    assert events(plan("p1", 2016, said(SICK, 8), said(TIME, 50)), amended) == {
        "amended_target p1.1 a1.0 50 60"
    }


@pytest.mark.parametrize(
    ("explanation", "disclosed"),
    [("Kravet blev i september nedsat efter aftale.", True), ("Der var mange sager.", False), (None, False)],
)
def test_an_easier_target_in_the_report(explanation, disclosed):
    """An easier target is found by its figure, and disclosed only where the report says that it was changed."""
    planned = said(TIME, 50, key="1")
    passage = Passage(text=explanation, quotes=(quote(),)) if explanation else None
    softened = answer(
        planned, target_printed="Sager afgøres i gennemsnit på højst 60 dage.", explanation=passage
    )
    found = find_events(linked(plan("p1", 2016, planned), report("r1", 2016, softened)), WORDS)
    assert [(told(event), event.disclosed) for event in found] == [
        ("softer_target_in_report p1.0 r1.0 50 60", disclosed)
    ]


def test_what_a_report_leaves_out_and_adds():
    """A goal that no result answers was never reported; a result without a goal was never planned."""
    goals = [said(SICK, 8, key="1"), said(TIME, 50, key="2")]
    extra = result(goal_key="3", goal_title="Bistand til udlandet", target_printed="Ét hold udsendes.")
    dropped = answer(goals[0], status="dropped", goal_key="4")
    assert events(plan("p1", 2016, *goals), report("r1", 2016, dropped, extra)) == {
        "never_reported p1.1 r1",
        "unplanned_reported - r1.1 Bistand til udlandet",
        "dropped_in_year p1.0 r1.0",
        "goal_renumbered_in_report p1.0 r1.0 1 4",
    }


def test_a_report_without_goals_silences_nobody():
    """Where a report has no goal reporting at all, no goal is called unreported."""
    assert events(plan("p1", 2016, said(SICK, 8)), report("r1", 2016)) == set()


def test_weights_of_two_contracts():
    """Each contract of a document has its own hundred; a sum of 105 is told."""

    def weighed(key, value):
        weight = Weight(value=Decimal(value), unit="percent", quotes=(quote(),))
        return said(SICK if key == "1" else TIME, 8, key=key, weight=weight)

    two = plan("p1", 2016, weighed("1", 60), weighed("2", 40), weighed("1", 50), weighed("2", 50))
    assert events(two) == set()
    assert events(plan("p1", 2016, weighed("1", 60), weighed("2", 45))) == {"weights_do_not_sum - p1 105"}


@given(
    st.sampled_from(["at_least", "at_most", "change_by", "exactly", "about"]),
    st.integers(1, 100),
    st.integers(1, 100),
)
def test_harder_one_way_is_easier_the_other(comparator, one, other):
    """Seen from the other end of time a harder demand is an easier one, and only equal figures are the same."""
    before, after = (target("Sager.", comparator, value) for value in (one, other))
    back = {"harder": "easier", "easier": "harder", "other": "other", "same": "same"}
    assert direction(after, before) == back[direction(before, after)]
    assert (direction(before, after) == "same") == (one == other)


def test_fulfilment_counts_every_goal_of_the_plan():
    """What is never answered counts as nothing shown, and a partly met goal as the plan says, or between."""
    weights = [Weight(value=Decimal(value), unit="percent", quotes=()) for value in (50, 30, 20)]
    goals = [goal(weight=weight) for weight in weights]
    answers = {0: [result(status="met")], 1: [result(status="partly_met")]}
    open_ended = fulfilled(goals, answers, None)
    assert (open_ended.low, open_ended.high, open_ended.unanswered) == (
        Decimal("50.0"),
        Decimal("80.0"),
        Decimal("20.0"),
    )
    rule = partly_rule("Vi følger op. Et delvist opfyldt mål tæller med halvdelen af sin vægt.", WORDS)
    halved = fulfilled(goals, answers, rule)
    assert (halved.low, halved.high) == (Decimal("65.0"), Decimal("65.0"))
    assert fulfilled(goals, {}, None) is None
