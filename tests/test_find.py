"""index() and find(): from the store to hits with fields and marks."""

import dataclasses
from datetime import date

import pytest
from records_made import extraction, goal, sha
from test_entries import PLAN, REGISTRY

from crawler.records import Period
from ingest.records import AgencyPrinted, PageText
from ingest.store import open_store
from search.memory_engine import MemoryEngine
from search.query import parse
from search.run import find, index, named_documents
from search.spelling import did_you_mean
from search.whoosh_engine import WhooshEngine

PARTY = (AgencyPrinted(name_printed="Havnetilsynet", agency="havnetilsynet"),)
DOCUMENT = PLAN.document.sha256[:16]


def year_of(name, year, kind, **fields):
    """A document of one year."""
    period = Period(start=date(year, 1, 1), end=date(year, 12, 31))
    page = PageText(number=1, width=595.0, height=842.0, text="Havnetilsynet har havnetilsynet")
    return extraction(name, kind=kind, title=name, period=period, agencies=PARTY, pages=(page,), **fields)


@pytest.fixture
def store(tmp_path):
    """Two plans and a report of one agency."""
    opened = open_store(f"sqlite:///{tmp_path}/maalspor.db")
    opened.replace_registry(REGISTRY)
    opened.replace(PLAN)
    opened.replace(year_of("plan 2019", 2019, "plan", goals=(goal(text="Tilsyn med kajer."),)))
    opened.replace(year_of("report 2019", 2019, "report"))
    yield opened
    opened.close()


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, store, tmp_path):
    """Each engine, filled from the store."""
    made = MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    assert index(store, made, rebuild=False) > 0
    return made


def test_index_only_what_changed(store, engine):
    """A second run has nothing to do; a document that came since is found after the next one."""
    assert index(store, engine, rebuild=False) == 0
    store.replace(extraction("new", goals=(goal(title="Molerne"),)))
    assert find(parse("molerne"), engine, store).total == 0
    assert index(store, engine, rebuild=False) > 0
    assert find(parse("molerne"), engine, store).total == 1


def test_only_changed_documents_are_written(store, engine):
    """Of many documents only the one that changed is indexed again, and one that is gone goes."""
    for number in range(30):
        store.replace(year_of(f"plan {number}", 2020, "plan"))
    index(store, engine, rebuild=True)
    store.replace(year_of("plan 7", 2021, "plan", goals=(goal(title="Molerne"),)))
    store.remove(sha("plan 8"))
    assert index(store, engine, rebuild=False) == 2
    assert find(parse("molerne"), engine, store).total == 1
    assert sha("plan 8") not in engine.contents()


def test_a_changed_registry_is_indexed_again(store, engine):
    """Names and ministries stand in the entries, so another registry makes them other entries."""
    before = engine.contents()
    store.replace_registry(dataclasses.replace(REGISTRY, agencies=()))
    assert index(store, engine, rebuild=False) > 0
    assert engine.contents() != before


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sygefravr", "sygefravær"),
        ("tilsin", "tilsyn"),
        ("kajer -tilsyn", None),
        ("sygefravr kind:picture", None),
        ("xqzwxqzw", None),
    ],
)
def test_a_misspelt_word_is_met_halfway(store, engine, typed, meant):
    """A query that finds nothing is offered in words that find something under its own filters, or not at all."""
    assert did_you_mean(parse(typed), engine, store) == meant


def test_a_stopped_rebuild_is_not_noted(store):
    """An engine that could not be filled is filled by the next run."""

    class Full(MemoryEngine):
        def rebuild(self, entries):
            list(entries)
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        index(store, Full(), rebuild=True)
    assert store.indexed() is None


def test_hits_have_fields_and_marks(store, engine):
    """A hit says where it stands, and its marks are places in its snippet and title."""
    found = find(parse("sygefravær kind:goal år:2016"), engine, store)
    hit = found.hits[0]
    assert (hit.kind, hit.document, hit.agency, hit.page) == ("goal", DOCUMENT, "havnetilsynet", 1)
    assert [hit.snippet[mark.start : mark.end] for mark in hit.marks] == ["Sygefraværet"]
    assert [hit.title[mark.start : mark.end] for mark in hit.title_marks] == ["Sygefravær"]


def test_picture_hit(store, engine):
    """A mission is found as a picture of its document."""
    assert [hit.id for hit in find(parse("passer"), engine, store).hits] == [f"{DOCUMENT}/mission"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("2019 havnetilsynet", ["plan 2019", "report 2019"]),
        ("HT 2019", ["plan 2019", "report 2019"]),
        ("Havnevæsenet 2019", ["plan 2019", "report 2019"]),
        ("havnetilsynet mrp 2019", ["plan 2019", "report 2019"]),
        ("havnetilsynets mål- og resultatplan 2017", ["Mål- og resultatplan 2016-2017"]),
    ],
)
def test_agency_and_year_lead_to_its_documents(store, engine, text, titles):
    """A name, former name or abbreviation with a year puts that year's documents in front, plans first."""
    found = find(parse(text), engine, store)
    assert [hit.title for hit in found.hits[: len(titles)]] == titles
    assert found.total >= len(titles)


def test_filters_hold_for_documents_in_front(store, engine):
    """A document that the filters rule out is not put in front."""
    found = find(parse("havnetilsynet kind:goal"), engine, store)
    assert {hit.kind for hit in found.hits} <= {"goal"}
    found = find(parse("havnetilsynet dokument:report"), engine, store)
    assert [hit.title for hit in found.hits] == ["report 2019"]


@pytest.mark.parametrize("text", ["havnetilsynet", "havnetilsynet 2019", "ht mrp", "sygefravær"])
def test_pages_join(store, engine, text):
    """Pages of one hit are the whole list, each hit once, also with documents in front."""
    whole = find(parse(text), engine, store)
    assert len(whole.hits) == whole.total
    pages = [find(parse(text), engine, store, offset=at, limit=1) for at in range(whole.total + 1)]
    assert [hit.id for page in pages for hit in page.hits] == [hit.id for hit in whole.hits]


def test_odd_digits(store):
    """Digits that Python does not count as numbers are no year."""
    assert named_documents(parse("²²²² andet"), REGISTRY, store.documents()) == []


def test_amended_registry_is_seen(store, engine):
    """An agency that the registry no longer knows puts nothing in front."""
    store.replace_registry(dataclasses.replace(REGISTRY, agencies=()))
    assert find(parse("havnetilsynet quote"), engine, store).hits == ()
