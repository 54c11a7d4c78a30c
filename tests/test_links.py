"""Which goal continues which, and which result answers it."""

import json
from pathlib import Path

import pytest
from linked_made import (
    BUDGET,
    DIGITAL,
    SICK,
    TIME,
    agency,
    answer,
    document,
    linked,
    plan,
    registry,
    report,
    said,
    short,
)  # fmt: skip
from records_made import goal, result

from crawler.records import Guess
from ingest.links.families import Naming

HERE = Path(__file__).parent


def links(*documents, **given):
    """The links of a family, shortly, by place."""
    return sorted(
        (short(link) for link in linked(*documents, **given).links), key=lambda said: said.split()[1:]
    )


def test_a_goal_continues_under_another_number_and_title():
    """The same goal is known by its words when number and title change."""
    renamed = said(("Nedbringelse af sygefraværet", SICK[1]), 8, key="3.1")
    found = linked(
        plan("p1", 2015, said(SICK, 8.5, key="1"), said(TIME, 50, key="2")),
        plan("p2", 2016, said(TIME, 45, key="1"), renamed),
    )
    assert {short(link) for link in found.links} == {"continues p1.0 p2.1", "continues p1.1 p2.0"}
    assert all(0 < link.score <= 1 and link.reason.endswith(".") for link in found.links)


def test_one_assignment_serves_all():
    """Of two goals that fit one, the better takes it, and the other is not linked for want of better."""
    before = [said(("Sagsbehandlingstid for simple sager", TIME[1].replace("Sager", "Simple sager")), 30)]
    after = [
        said(("Sagsbehandlingstid for simple sager", TIME[1].replace("Sager", "Simple sager")), 28),
        said(DIGITAL, 50),
    ]
    assert links(plan("p1", 2015, *before), plan("p2", 2016, *after)) == ["continues p1.0 p2.0"]


def test_a_goal_returns_after_a_plan_without_it():
    """A goal that a plan between lacks has returned; its link leads to where it was last."""
    assert links(
        plan("p1", 2015, said(SICK, 8), said(TIME, 50)),
        plan("p2", 2016, said(TIME, 48)),
        plan("p3", 2017, said(TIME, 45), said(SICK, 7)),
    ) == ["returned p1.0 p3.1", "continues p1.1 p2.0", "continues p2.0 p3.0"]


def test_a_missing_year_is_no_return():
    """Where no plan lies between, the goal continues, however many years lie there."""
    assert links(plan("p1", 2015, said(SICK, 8)), plan("p2", 2019, said(SICK, 7))) == ["continues p1.0 p2.0"]


def test_across_a_merger():
    """The first plan of a successor continues the goals of all its predecessors."""
    known = registry(agency("one"), agency("two"), agency("both", "one", "two"))
    assert links(
        plan("p1", 2019, said(SICK, 8), of="one"),
        plan("p2", 2019, said(TIME, 50), of="two"),
        plan("p3", 2020, said(TIME, 45), said(SICK, 7), of="both"),
        known=known,
    ) == ["continues p1.0 p3.1", "continues p2.0 p3.0"]


def test_bodies_of_one_name_are_not_one():
    """Two agencies of the registry that are no kin share no goal, however alike the words."""
    known = registry(agency("old"), agency("new"))
    assert (
        links(
            plan("p1", 2014, said(SICK, 8), of="old"), plan("p2", 2021, said(SICK, 8), of="new"), known=known
        )
        == []
    )


def test_an_amendment_amends_the_plan_of_its_year():
    """Each goal of an amendment leads back to the plan's."""
    amended = plan("a1", 2016, said(TIME, 60), kind="amendment")
    assert links(plan("p1", 2016, said(SICK, 8), said(TIME, 50)), amended) == ["amends p1.1 a1.0"]


def test_results_answer_goals_of_their_year():
    """A result is matched by title though the report numbers anew, and never to another year's plan."""
    goals = [said(SICK, 8, key="1.1"), said(TIME, 50, key="1.2"), said(DIGITAL, 60, key="2.1")]
    found = linked(
        plan("p1", 2016, *goals),
        plan("p2", 2017, *goals),
        report("r1", 2016, answer(goals[2], goal_key="1"), answer(goals[0], goal_key="2")),
    )
    answers = {short(link) for link in found.links if link.type == "answers"}
    assert answers == {"answers p1.0 r1.1", "answers p1.2 r1.0"}


def test_one_result_may_answer_two_goals():
    """A heading that names two goals answers both."""
    goals = [said(SICK, 8, key="1"), said(BUDGET, 98, key="2")]
    both = result(goal_key="1", goal_title="Lavere sygefravær og budgetoverholdelse", target_printed=None)
    found = links(plan("p1", 2016, *goals), report("r1", 2016, both))
    assert found == ["answers p1.0 r1.0", "answers p1.1 r1.0"]


def test_a_plan_that_could_not_be_read_breaks_certainty():
    """Across a plan without a readable goal a link is never sure, and says why."""
    found = linked(
        plan("p1", 2015, said(SICK, 8)), document("p2", 2016, goals=()), plan("p3", 2017, said(SICK, 7))
    )
    assert [(short(link), link.sure) for link in found.links] == [("continues p1.0 p3.0", False)]
    assert "could not be read" in found.links[0].reason


def test_of_two_versions_one_is_in_force():
    """Two files of one plan are one plan; a second contract of the same year with other goals is another."""
    found = linked(
        plan("p1", 2015, said(SICK, 8)),
        plan("p2", 2015, said(SICK, 9)),
        plan("p3", 2015, said(DIGITAL, 40)),
    )
    assert len(found.plans) == 2


def test_a_plan_beside_another_neither_drops_nor_breaks():
    """A contract inside a longer one's years may continue its goals; the longer one's others wait for the next."""
    assert links(
        plan("p1", 2013, said(SICK, 8), said(TIME, 50), years=4),
        plan("p2", 2015, said(SICK, 7), years=3),
        plan("p3", 2017, said(TIME, 45), years=4),
    ) == ["continues p1.0 p2.0", "continues p1.1 p3.0"]


@pytest.mark.parametrize(
    ("parties", "guess", "bodies"),
    [
        ([("dige", "Dige")], None, ("dige",)),
        ([(None, "Nævnet")], None, ("name:naevnet",)),
        ([(None, "Mal- og for digestyrelsen")], "digestyrelsen", ("digestyrelsen",)),
        ([(None, "Nævnet")], "digestyrelsen", ("name:naevnet",)),
        ([], "digestyrelsen", ("digestyrelsen",)),
        ([], None, ()),
    ],
    ids=["settled", "printed", "mended", "another's page", "noted", "nobody"],
)
def test_whose_a_document_is(parties, guess, bodies):
    """The cover decides; the notes mend a name that holds theirs, and stand in for none."""
    naming = Naming(registry(agency("digestyrelsen"), agency("dige")))
    assert naming.bodies(parties, Guess(agency=guess, year=None)) == bodies


def test_goals_without_words_are_not_linked():
    """Goals that share nothing but their number are two goals."""
    one = goal(key="1", title="Flere øvelser", text="Der øves til søs.")
    other = goal(key="1", title="Grønne indkøb", text="Papir købes genbrugt.")
    assert links(plan("p1", 2015, one), plan("p2", 2016, other)) == []
    json.dumps([link.plain() for link in linked(plan("p1", 2015, one)).links])
