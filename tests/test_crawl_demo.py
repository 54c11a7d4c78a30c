"""The demo's sites are crawled as real ones are: politely, completely, every answer noted."""

import itertools
import shutil

import pytest
from demo_state import DEMO_HOST

from crawler.archive import open_archive
from crawler.run import crawl
from maalspor.demo.server import serve_demo


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


def test_crawl_delay_is_obeyed(demo, tmp_path):
    """A host that asks for half a second between requests gets them so far apart."""
    import dataclasses

    log = tmp_path / "access.tsv"
    source = dataclasses.replace(
        demo.source,
        start_urls=("http://demo.example/portal/publikationer/",),
        page_budget=10,
        link_pattern="never",
        expect_min=0,
        delay_seconds=0.0,
    )
    with serve_demo(log=log, crawl_delay_seconds=0.5) as port:
        crawl(
            open_archive(str(tmp_path / "archive")),
            [source],
            resolve={DEMO_HOST: f"127.0.0.1:{port}"},
            registry=demo.sources.registry,
        )
    moments = [float(line.split("\t")[0]) for line in log.read_text().splitlines()]
    assert len(moments) >= 10
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert min(gaps) >= 0.45


def test_too_few_documents_fail_the_source(demo, tmp_path):
    """Fewer documents than expected is a sentence that says what to look at."""
    import dataclasses

    source = dataclasses.replace(demo.source, start_urls=("http://demo.example/ft/index.htm",), expect_min=60)
    with serve_demo() as port:
        found = crawl(
            open_archive(str(tmp_path / "archive")),
            [source],
            resolve={DEMO_HOST: f"127.0.0.1:{port}"},
            registry=demo.sources.registry,
        ).sources[0]
    assert "at least 60 were expected" in (found.failed or "")
