"""What is indexed of a document."""

from collections import Counter
from datetime import date

import pytest
from records_made import extraction, goal, quote, result
from registry_made import agency, attached, name, short

from crawler.records import Period, Registry
from ingest.records import AgencyPrinted, PageText, Passage
from ingest.store import open_store
from search.entries import entries_of

AGENCY = agency(
    "havnetilsynet",
    name("Havnevæsenet", "2000-01-01", "2014-12-31"),
    name("Havnetilsynet", "2015-01-01"),
    short("HT"),
    ministries=(attached("vand", end="2016-06-30"), attached("kyst", "2016-07-01")),
)
REGISTRY = Registry(ministries=(), agencies=(AGENCY,))
PLAN = extraction(
    kind="plan",
    genre="mrp",
    title="Mål- og resultatplan 2016-2017",
    agencies=(AgencyPrinted(name_printed="Havnetilsynet", agency="havnetilsynet"),),
    period=Period(start=date(2016, 1, 1), end=date(2017, 12, 31)),
    mission=Passage(text="Vi passer på havnene.", quotes=(quote(),)),
    goals=(goal(), goal(title="To", group=("Drift",), quotes=(quote(2),))),
    results=(result(quotes=(quote(3),)),),
    pages=(PageText(number=1, width=595.0, height=842.0, text="Forside med ord"),),
)


@pytest.fixture
def entries(tmp_path):
    """The plan's entries, its row as the store gives it."""
    store = open_store(f"sqlite:///{tmp_path}/maalspor.db")
    try:
        store.replace(PLAN)
        return list(entries_of(PLAN, store.documents()[0], REGISTRY))
    finally:
        store.close()


def test_kinds_and_ids(entries):
    """The document, its pictures, goals and results each are one entry with an id of its own."""
    assert Counter(entry.kind for entry in entries) == {"document": 1, "picture": 1, "goal": 2, "result": 1}
    assert len({entry.id for entry in entries}) == len(entries)
    document = PLAN.document.sha256[:16]
    assert {entry.id for entry in entries if "/" not in entry.id} == {document}
    assert f"{document}/mission" in {entry.id for entry in entries}


def test_facets(entries):
    """Every entry counts in all years of the period and in every ministry its agency had then."""
    for entry in entries:
        assert {
            ("agency", "havnetilsynet"),
            ("year", "2016"),
            ("year", "2017"),
            ("ministry", "vand"),
            ("ministry", "kyst"),
            ("document_kind", "plan"),
            ("genre", "mrp"),
            ("kind", entry.kind),
        } <= set(entry.facets)
    assert [("status", "met") in entry.facets for entry in entries if entry.kind == "result"] == [True]


def test_texts(entries):
    """A document is found by the text of its pages and by all names of its agency."""
    by_kind = {entry.kind: entry for entry in entries}
    assert by_kind["document"].text == "Forside med ord"
    assert {"Havnetilsynet", "Havnevæsenet", "HT"} <= set(by_kind["document"].names)
    assert by_kind["goal"].text.startswith("Drift\n")
    assert by_kind["picture"].text == "Vi passer på havnene."
