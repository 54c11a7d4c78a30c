"""A real government's site, as it stood: crawled over loopback by an ordinary source file, read, searched.

Its dead links were counted by hand: 174 PDFs (../shared/real/README.md) and three pages.
"""

import collections
import csv
from pathlib import Path
from urllib.parse import unquote

import pytest
from site_server import serve_folder

from crawler.agencies import read_sources
from crawler.archive import open_archive
from crawler.run import crawl
from ingest.executor import open_executor
from ingest.images import PageImages
from ingest.run import ingest
from ingest.store import open_store
from search.query import parse
from search.run import find, index
from search.whoosh_engine import WhooshEngine

ROOT = Path(__file__).parents[1]
US = ROOT.parent / "shared" / "real" / "us"
HOST = "sustainability.example"


class RealSite:
    """The archive after one visit, its report, and what was asked for."""

    def __init__(self, folder):
        self.folder = folder
        self.sources = read_sources(ROOT / "tests" / "sources" / "us")
        self.archive = open_archive(str(folder / "archive"))
        with serve_folder(US / "web") as (place, asked):
            report = crawl(
                self.archive,
                self.sources.sources,
                resolve={HOST: place},
                registry=self.sources.registry,
            )
        self.visit, self.asked = report.sources[0], asked


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The real site, crawled once."""
    if not US.exists():
        pytest.skip("needs ../shared/real/us")
    return RealSite(tmp_path_factory.mktemp("us"))


def test_every_linked_document_is_kept(site):
    """The 114 PDFs that a link leads to are kept; the 38 that no page links to are not asked for."""
    assert (site.visit.documents, site.visit.failed, site.visit.warning) == (114, None, None)
    names = {address.rpartition("/")[2] for _, address in site.asked}
    unlinked = {path.name for path in (US / "web" / "pdfs").glob("*.pdf")} - names
    assert len(unlinked) == 38
    assert {host for host, _ in site.asked} == {HOST}


def test_dead_links_are_named_with_their_page(site):
    """Each dead link is a problem that names the page it stood on, and that page does link to it."""
    dead = [problem for problem in site.visit.problems if problem.problem == "not_found"]
    pdfs = [problem for problem in dead if problem.url.lower().endswith(".pdf")]
    assert (len(pdfs), len(dead)) == (174, 177)
    for problem in dead:
        page = US / "web" / problem.found_on.removeprefix(f"http://{HOST}/")
        page = page / "index.html" if page.is_dir() else page
        assert unquote(problem.url).rpartition("/")[2] in unquote(page.read_text("utf-8", "replace"))
    assert {problem.problem for problem in site.visit.problems} == {"not_found", "other_host"}


def test_bodies_and_years_are_guessed(site):
    """Where link, heading or address name a body and a year, the guess is right for nine of ten scorecards."""
    truth = {}
    for row in csv.DictReader((US / "truth.tsv").read_text("utf-8").splitlines(), delimiter="\t"):
        if row["doc_type"] == "scorecard" and row["fiscal_or_plan_year"].isdigit():
            truth[row["file"].rpartition("/")[2]] = row["agency_code"], int(row["fiscal_or_plan_year"])
    guesses = {
        fetch.url.rpartition("/")[2]: (fetch.guess.agency, fetch.guess.year)
        for fetch in site.archive.fetches()
        if fetch.sha256
    }
    right = collections.Counter(guesses[name] == truth[name] for name in truth.keys() & guesses.keys())
    assert right[True] >= 0.9 * right.total() > 0, right


def test_all_are_read_and_found(site):
    """Every document ends in a named state and is found by its words; none is a plan with goals."""
    store = open_store(f"sqlite:///{site.folder}/maalspor.db")
    images = PageImages(site.folder / "images", site.archive.read)
    report = ingest(site.archive, store, images, open_executor("processes:2"), registry=site.sources.registry)
    assert report.states == {"read": 114}
    assert [found.title for found in store.extractions() if found.goals] == []
    engine = WhooshEngine(site.folder / "index")
    index(store, engine, rebuild=False)
    found = find(parse("scorecard"), engine, store, limit=200)
    assert found.total >= 70
    assert {hit.kind for hit in found.hits} == {"document"}
    store.close()
