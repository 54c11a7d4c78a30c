"""Bodies over time: predecessors' years as one history, and bodies that no source names."""

import dataclasses
from pathlib import Path

import pytest
from records_made import extraction
from registry_made import agency, attached, day, ministry, name, registry, short

import maalspor.demo
from crawler.added import add_files
from crawler.agencies import lineage, printed_id
from crawler.archive import open_archive
from crawler.records import Period
from ingest.executor import open_executor
from ingest.images import PageImages
from ingest.records import AgencyPrinted
from ingest.run import ingest, settled
from ingest.store import open_store
from search.memory_engine import MemoryEngine
from search.query import parse
from search.run import find, index
from web.app import create_app
from web.history import history

GRANDMOTHER = agency("farvand", name("Farvandsvagten", end="2009-12-31"), successors=("vagt",))
MOTHER = agency("vagt", name("Vagten", "2010-01-01"), predecessors=("farvand",), successors=("kyst", "sluse"))
KYST = agency("kyst", name("Kystvagten", "2015-01-01"), predecessors=("vagt",))
SLUSE = agency("sluse", name("Slusevagten", end="2019-12-31"), predecessors=("vagt",))
FAMILY = registry(GRANDMOTHER, MOTHER, KYST, SLUSE)


def test_lineage_goes_back_all_the_way():
    """A body's history is its predecessors' and theirs; of one that goes on only until it gave over."""
    assert lineage(FAMILY, KYST) == ((MOTHER, day("2015-01-01")), (GRANDMOTHER, None))
    assert lineage(FAMILY, SLUSE) == ((MOTHER, None), (GRANDMOTHER, None))
    assert lineage(FAMILY, GRANDMOTHER) == ()


def plan(agency_id, year, title="Plan"):
    """A plan that one body printed for one year."""
    return extraction(
        f"{agency_id} {year}",
        kind="plan",
        title=f"{title} {year}",
        agencies=(AgencyPrinted(name_printed=agency_id, agency=agency_id),),
        period=Period(start=day(f"{year}-01-01"), end=day(f"{year}-12-31")),
    )


@pytest.fixture
def store(tmp_path):
    """An empty store in a folder of its own."""
    opened = open_store(f"sqlite:///{tmp_path}/maalspor.db")
    yield opened
    opened.close()


def test_predecessors_years_are_one_history(store):
    """Own and predecessors' documents stand in one list, newest first, the latter marked, until they gave over."""
    store.replace_registry(FAMILY)
    for id, year in (("farvand", 2008), ("vagt", 2012), ("vagt", 2016), ("kyst", 2016), ("sluse", 2012)):
        store.replace(plan(id, year))
    said = [(line.year, line.agencies, line.own) for line in history(FAMILY, KYST, store.documents())]
    assert said == [(2016, ("kyst",), True), (2012, ("vagt",), False), (2008, ("farvand",), False)]
    said = [(line.year, line.agencies, line.own) for line in history(FAMILY, MOTHER, store.documents())]
    assert said == [(2016, ("vagt",), True), (2012, ("vagt",), True), (2008, ("farvand",), False)]


def test_a_name_of_two_bodies_is_a_finding():
    """Where nobody can say which of two bodies was meant, none is taken, and a finding says so, once."""
    two = registry(
        agency("a", name("Sandstyrelsen", end="2009-12-31")), agency("b", name("Sandstyrelsen", "2020-01-01"))
    )
    printed = dataclasses.replace(
        plan("x", 2015), agencies=(AgencyPrinted(name_printed="Sandstyrelsen", agency=None),)
    )
    once = settled(settled(printed, two), two)
    assert once.agencies[0].agency is None
    assert [finding.code for finding in once.findings].count("agency_ambiguous") == 1
    later = registry(agency("b", name("Sandstyrelsen", "2010-01-01")))
    assert "agency_ambiguous" not in [finding.code for finding in settled(once, later).findings]


def test_an_unlisted_body_is_named_as_most_of_its_documents_do(store):
    """Its name is the printed one, its ministry the one that its documents name, for their own days."""
    listed = registry(ministry("m", "Kystministeriet"))
    store.replace_registry(listed)
    for year, printed in ((2017, "HAVBUNDEN"), (2018, "Havbunden"), (2019, "Havbunden")):
        said = dataclasses.replace(
            plan("x", year),
            agencies=(AgencyPrinted(name_printed=printed, agency=None),),
            ministry_printed="Kystministeriets departement" if year == 2018 else None,
        )
        store.replace(settled(said, listed))
    assert store.registry().agencies == (
        agency(
            "havbunden",
            "Havbunden",
            ministries=(attached("m", "2018-01-01", "2018-12-31"),),
            listed=False,
        ),
    )
    assert store.listed() == listed
    assert len(store.documents_of("havbunden")) == 3


PDF = next(Path(maalspor.demo.__path__[0]).rglob("MRP-2018-Digestyrelsen.pdf"))


class State:
    """One PDF put in from disk, in a folder whose sources name no agency."""

    def __init__(self, folder):
        self.archive = open_archive(str(folder / "archive"))
        self.store = open_store(f"sqlite:///{folder}/maalspor.db")
        self.images = PageImages(folder / "images", self.archive.read)
        self.engine = MemoryEngine()
        self.nobody = registry(ministry("kyst", "Kystministeriet"))
        add_files(self.archive, [PDF], self.nobody)

    def read(self, institutions):
        """Ingest and index with these institutions."""
        report = ingest(
            self.archive, self.store, self.images, open_executor("serial:"), registry=institutions
        )
        index(self.store, self.engine, rebuild=False)
        return report

    def client(self):
        """A browser without a network."""
        return create_app(self.archive, self.store, self.engine, self.images).test_client()


@pytest.fixture
def state(tmp_path):
    """A folder of its own."""
    made = State(tmp_path)
    yield made
    made.store.close()


def test_a_body_that_no_source_names_is_shown_like_any_other(state):
    """Its document is stored, found by its name, and shown on the pages of agency, year and front."""
    state.read(state.nobody)
    (row,) = state.store.documents()
    (id,) = row.agencies
    assert id == printed_id(state.nobody, row.agency_names[0])
    found = find(parse(f"{row.agency_names[0]} {row.years[0]}", {}), state.engine, state.store)
    assert (found.hits[0].kind, found.hits[0].agency) == ("document", id)
    assert dict(found.facets["agency"])[id] > 0
    client = state.client()
    text = client.get(f"/agency/{id}").text
    assert row.agency_names[0] in text
    assert f"/document/{row.id}" in text
    assert "Ingen kildefil nævner" in text
    assert "No source file names" in client.get(f"/en/agency/{id}").text
    assert client.get(f"/agency/{id}.json").get_json()["agency"]["listed"] is False
    assert client.get(f"/agency/{id}/{row.years[0]}").status_code == 200
    assert f"/agency/{id}/{row.years[0]}" in client.get("/").text
    assert client.get("/agency/nobody").status_code == 404


def test_changed_sources_settle_again_what_was_read(state):
    """When a source comes to name the body, its documents go over to it, and nothing is read anew."""
    state.read(state.nobody)
    before = next(state.store.extractions())
    printed = before.agencies[0].name_printed
    report = state.read(registry(agency("diget", "Digernes Hus", short(printed))))
    after = next(state.store.extractions())
    assert (report.read_now, report.unchanged) == (0, 1)
    assert after.agencies[0].agency == "diget"
    assert after.pages == before.pages
    assert [body.id for body in state.store.registry().agencies] == ["diget"]
    state.read(state.nobody)
    assert next(state.store.extractions()) == before
