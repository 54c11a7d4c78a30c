"""Bodies that no source names: what their own plans say of who took over from whom."""

from linked_made import BUDGET, DIGITAL, SICK, TIME, papers, plan, registry, said
from records_made import goal

from ingest.links.unlisted import infer
from ingest.links.weights import load_weights
from ingest.store import open_store
from ingest.update import update_links

WEIGHTS = load_weights()["lineage"]
SHORE = "Stærke diger", "Digerne skal holde til en storm.\nDigelag svarer på højst {} dage."


def inferred(*documents):
    """What is inferred of these documents, where the registry knows another body alone."""
    known = registry()
    return infer(papers(documents, known), known, WEIGHTS)


def test_a_renamed_body_takes_its_goals_along():
    """A body whose plans begin where another's end, with its goals, is its successor."""
    found = inferred(
        plan("p1", 2016, said(SHORE, 8), said(TIME, 50), of="egid"),
        plan("p2", 2017, said(SHORE, 7), said(TIME, 45), of="vand"),
    )
    assert found.takeovers == (("egid", "vand"),)


def test_common_goals_make_no_successor():
    """Goals that a third body has too say nothing of who took over from whom."""
    found = inferred(
        plan("p1", 2016, said(SICK, 8), said(BUDGET, 98), of="one"),
        plan("p2", 2017, said(SICK, 7), said(BUDGET, 98), of="two"),
        plan("p3", 2016, said(SICK, 9), said(BUDGET, 97), of="three"),
        plan("p4", 2017, said(SICK, 9), said(BUDGET, 97), of="three"),
    )
    assert found.takeovers == ()


def test_a_name_that_comes_again_is_another_body():
    """Years later, with nothing of the old goals, a name is another body's; with them it is the same."""
    old, new = [said(SHORE, 8)], [said(DIGITAL, 60)]
    assert [year.year for _, year in inferred(plan("p1", 2012, *old, of="sand"), plan("p2", 2021, *new, of="sand")).namesakes] == [2021]  # fmt: skip
    assert not inferred(plan("p1", 2012, *old, of="sand"), plan("p2", 2021, *old, of="sand")).namesakes


def test_links_over_an_inferred_takeover_are_not_sure():
    """What rests on our own inference is for people to look at."""
    store = open_store("sqlite://")
    store.replace(plan("p1", 2016, said(SHORE, 8), said(TIME, 50), of="egid"), reader="1")
    store.replace(plan("p2", 2017, said(SHORE, 7), said(TIME, 45), of="vand"), reader="1")
    assert update_links(store, registry(), version="1") == 1
    links, events = list(store.derived.links()), list(store.derived.events())
    store.close()
    assert {link["type"] for link in links} == {"continues"}
    assert not any(link["sure"] for link in links)
    assert not any(event["type"] in ("goal_new", "goal_dropped") for event in events)


def test_the_registry_decides_for_its_own():
    """Bodies that a source names are never joined by their goals."""
    assert not inferred(
        plan("p1", 2016, said(SHORE, 8), said(TIME, 50)), plan("p2", 2017, goal(), of="vand")
    ).takeovers
