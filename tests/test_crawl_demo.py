"""The demo's sites are crawled as real ones are: politely, completely, every answer noted."""

import csv
import dataclasses
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from demo_state import DEMO_HOST

from crawler.archive import open_archive
from crawler.run import crawl
from maalspor.demo.server import serve_demo

DOCUMENTS = Path(__file__).parent / "state" / "documents.tsv"
VISIT = """
import sys
from crawler.agencies import read_sources
from crawler.archive import open_archive
from crawler.run import crawl
from maalspor.settings import packaged_sources
sources = read_sources(packaged_sources())
demo = [source for source in sources.sources if source.id == "demo"]
crawl(open_archive(sys.argv[1]), demo, resolve={"demo.example": sys.argv[2]}, registry=sources.registry)
"""
"""The visit as a process of its own, to be killed with the child that it starts."""


def addresses(log):
    """What was asked for, in order."""
    return [line.split("\t")[2] for line in log.read_text(encoding="utf-8").splitlines()]


def test_the_first_visit_finds_every_document(demo):
    """Every PDF that a link leads to is kept once, within the budget."""
    assert demo.first.documents == 74
    assert demo.first.requests <= 200
    assert demo.first.failed is None


def test_the_calendar_has_an_end(demo):
    """An endless calendar gets few requests, and nothing under a disallowed path is asked for."""
    asked = addresses(demo.log)
    assert 0 < sum("Kalender" in address for address in asked) <= 15
    assert not [address for address in asked if address.startswith(("/kyst/intern/", "/portal/soeg"))]


@pytest.mark.parametrize(
    ("problem", "where"),
    [
        ("too_large", "/portal/arkiv/samlet"),
        ("soft_not_found", "MRP_Digestyrelsen_2022.pdf"),
        ("truncated", "Havnetilsynet_Resultatkontrakt_2014.pdf"),
        ("wrong_content_type", "Vandstandsberedskabet_MRP_2018.pdf"),
        ("not_found", "/ft/samling/20101/"),
        ("robots", "/kyst/intern/"),
    ],
)
def test_each_fault_is_named(demo, problem, where):
    """What was odd is named, with the page that linked to it."""
    found = [item for item in demo.first.problems if where in item.url]
    assert [item.problem for item in found] == [problem]
    assert found[0].found_on


def test_a_plan_that_is_a_web_page_is_kept_as_one(demo):
    """A plan without a file is kept as a page, and is no document to read."""
    pages = [stored for stored in demo.archive.documents() if stored.kind == "html"]
    assert {stored.fetches[0].guess.agency for stored in pages} == {"klitnaevnet"}


def test_later_visits(demo, tmp_path):
    """A second visit asks conditionally and reads nothing anew; a later one names what is gone and what changed."""
    shutil.copytree(demo.folder / "archive", tmp_path / "archive")
    archive = open_archive(str(tmp_path / "archive"))

    def visit(*, later):
        with serve_demo(later=later) as port:
            resolve = {DEMO_HOST: f"127.0.0.1:{port}"}
            return crawl(archive, [demo.source], resolve=resolve, registry=demo.sources.registry).sources[0]

    second = visit(later=False)
    assert (second.new, second.removed) == (0, 0)
    assert second.unchanged >= 0.9 * 74
    third = visit(later=True)
    assert (third.removed, third.new_versions) == (3, 2)
    assert sum(stored.kind == "pdf" for stored in archive.documents()) == 79
    assert archive.check() == []


def test_bodies_and_years_are_guessed(demo):
    """For every plan and report, link, headings, address and file name together say whose it is and of which year."""
    truth = {}
    for row in csv.DictReader(DOCUMENTS.read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        if row["kind"] in ("plan", "report", "amendment"):
            truth[row["pdf"].rpartition("/")[2]] = row["agency"], int(row["year"])
    guesses = {}
    for fetch in demo.archive.fetches():
        if fetch.sha256:
            guesses[unquote(fetch.url).rpartition("/")[2]] = fetch.guess.agency, fetch.guess.year
    both = truth.keys() & guesses.keys()
    assert len(both) >= 60
    assert {name: guesses[name] for name in both} == {name: truth[name] for name in both}


def test_crawl_delay_is_obeyed(demo, tmp_path):
    """A host whose robots.txt asks for a second between requests gets ten of them so far apart."""
    log = tmp_path / "access.tsv"
    source = dataclasses.replace(
        demo.source,
        start_urls=("http://demo.example/portal/publikationer/",),
        page_budget=9,
        link_pattern="never",
        expect_min=0,
        delay_seconds=0.0,
    )
    with serve_demo(log=log, crawl_delay_seconds=1) as port:
        crawl(
            open_archive(str(tmp_path / "archive")),
            [source],
            resolve={DEMO_HOST: f"127.0.0.1:{port}"},
            registry=demo.sources.registry,
        )
    moments = [float(line.split("\t")[0]) for line in log.read_text().splitlines()]
    assert len(moments) == 10
    # The log has whole milliseconds, and is written when an answer is sent: a slow one may come late.
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(gaps) >= 0.95
    assert moments[-1] - moments[0] >= 8.99


def test_a_killed_visit_keeps_its_notes(demo, tmp_path):
    """Killed in the middle, a visit has a note of every answer but the last; the next visit goes on from there."""
    log = tmp_path / "access.tsv"
    archive = open_archive(str(tmp_path / "archive"))
    with serve_demo(log=log) as port:
        place = f"127.0.0.1:{port}"
        child = subprocess.Popen(
            [sys.executable, "-c", VISIT, str(tmp_path / "archive"), place], start_new_session=True
        )
        while not log.exists() or len(addresses(log)) < 60:
            assert child.poll() is None
            time.sleep(0.05)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        answered = addresses(log)
        noted = {urlsplit(fetch.url).path for fetch in archive.fetches() if fetch.status}
        lost = [place for place in answered if urlsplit(place).path not in noted]
        assert lost in ([], answered[-1:])
        report = crawl(
            archive, [demo.source], resolve={DEMO_HOST: place}, registry=demo.sources.registry
        ).sources[0]
    assert report.documents == 74
    assert report.unchanged >= 10
    assert archive.check() == []


def test_too_few_documents_fail_the_source(demo, tmp_path):
    """Fewer documents than expected is a sentence that says what to look at."""
    source = dataclasses.replace(demo.source, start_urls=("http://demo.example/ft/index.htm",), expect_min=60)
    with serve_demo() as port:
        found = crawl(
            open_archive(str(tmp_path / "archive")),
            [source],
            resolve={DEMO_HOST: f"127.0.0.1:{port}"},
            registry=demo.sources.registry,
        ).sources[0]
    assert "at least 60 were expected" in (found.failed or "")
