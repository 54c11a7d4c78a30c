"""Each shape of page that a source may have, as a small replica, crawled over loopback by an ordinary source file.

`tests/sites/<shape>/` holds the site, what its server does beside handing out files, and what must be found.
"""

import dataclasses
import gzip
import shutil
import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest
from site_server import Oddities, oddities, serve_folder

from crawler.agencies import read_sources
from crawler.archive import open_archive
from crawler.run import crawl
from maalspor.settings import packaged_sources

ROOT = Path(__file__).parents[1]
SITES = ROOT / "tests" / "sites"
SOURCES = ROOT / "tests" / "sources"
SHAPES = sorted(path.name for path in SITES.iterdir())


@dataclasses.dataclass(frozen=True)
class Visited:
    """A replica after one visit; `asked` are host and path of every request, in order."""

    archive: object
    report: object
    asked: list
    expected: dict
    host: str

    def address(self, printed):
        """The address as it is asked for: with scheme and host, percent-encoded."""
        here = "" if printed.startswith("http") else f"http://{self.host}"
        return quote(here + printed, safe="/?=&#~%:")

    def wanted(self, kind):
        """The table of that name with its addresses as they are asked for."""
        return [
            {**item, "addresses": {self.address(place) for place in item["addresses"]}}
            for item in self.expected.get(kind, [])
        ]


def visit(shape, archive, folder=None):
    """Crawl a replica by its source file; `folder` instead of its own, where the site has changed."""
    folder = folder or SITES / shape
    sources = read_sources(SOURCES / "shapes")
    source = next(source for source in sources.sources if source.id == shape)
    with serve_folder(folder / "site", oddities(folder / "server.toml")) as (place, asked):
        report = crawl(
            archive, [source], resolve=dict.fromkeys(source.allowed_hosts, place), registry=sources.registry
        )
    expected = tomllib.loads((SITES / shape / "expected.toml").read_text(encoding="utf-8"))
    return Visited(archive, report.sources[0], asked, expected, source.allowed_hosts[0])


@pytest.fixture(scope="module", params=SHAPES)
def visited(request, tmp_path_factory):
    """Every replica, crawled once."""
    return visit(request.param, open_archive(str(tmp_path_factory.mktemp(request.param) / "archive")))


def kept(visited, kind):
    """What was kept of that kind: addresses, agency and year as guessed."""
    return [
        {
            "addresses": {fetch.url for fetch in stored.fetches},
            "guesses": {(fetch.guess.agency, fetch.guess.year) for fetch in stored.fetches},
        }
        for stored in visited.archive.documents()
        if stored.kind == kind
    ]


def test_every_document_is_found_and_guessed(visited):
    """The documents of the replica are kept, each once under all its addresses, with body and year guessed."""
    found = {frozenset(item["addresses"]): item["guesses"] for item in kept(visited, "pdf")}
    wanted = {
        frozenset(item["addresses"]): {(item["agency"], item["year"])} for item in visited.wanted("document")
    }
    assert found == wanted
    assert (visited.report.failed, visited.report.warning) == (None, None)


def test_plans_that_are_web_pages_are_kept_as_such(visited):
    """A plan that exists only as a page is kept as one, and nothing else is."""
    found = [(item["addresses"], {agency for agency, _ in item["guesses"]}) for item in kept(visited, "html")]
    assert found == [(item["addresses"], {item["agency"]}) for item in visited.wanted("page")]


def test_every_problem_is_named(visited):
    """What was odd is named, everything of it and nothing else; each but a list page with the page before it."""
    found = {problem.url: problem.problem for problem in visited.report.problems}
    wanted = {visited.address(place): name for place, name in visited.expected["problems"].items()}
    assert found == wanted
    assert all(problem.found_on for problem in visited.report.problems)


def test_every_answer_left_a_note(visited):
    """Each request that reached the server has a note, and robots.txt was asked of each host before anything else."""
    noted = [fetch.url for fetch in visited.archive.fetches() if fetch.status is not None]
    asked = [f"http://{host}{path}" for host, path in visited.asked]
    assert sorted(noted) == sorted(asked)
    for host in {host for host, _ in visited.asked}:
        assert next(path for name, path in visited.asked if name == host) == "/robots.txt"


def test_a_second_visit_reads_nothing_anew(visited):
    """Asked again, whole documents answer 304, and nothing new is kept."""
    again = visit(visited.report.source, visited.archive).report
    whole = visited.report.documents - ("truncated" in visited.expected["problems"].values())
    assert (again.new, again.new_versions, again.removed, again.unlinked) == (0, 0, 0, 0)
    assert again.unchanged >= whole


def test_every_source_has_its_replica():
    """The shape that a source names lies in tests/sites; the demo is a replica itself."""
    folders = [packaged_sources(), *(path for path in SOURCES.iterdir())]
    shapes = {source.shape for folder in folders for source in read_sources(folder).sources}
    assert shapes - {"demo"} <= set(SHAPES)


@pytest.fixture
def plain(tmp_path):
    """A site of one list page with one PDF, an archive, and a visit with whatever the server does."""
    sources = read_sources(SOURCES / "shapes")
    static = next(source for source in sources.sources if source.id == "static")
    hosts = ("static.example", "127.0.0.1", "localhost")
    source = dataclasses.replace(static, allowed_hosts=hosts, expect_min=1, expect_max=1)
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text('<html><a href="plan.pdf">Fyrstyrelsen 2019</a></html>')
    shutil.copy(SITES / "static" / "site" / "pdfs" / "isb2016.pdf", folder / "plan.pdf")
    archive = open_archive(str(tmp_path / "archive"))

    def crawl_it(**odd):
        with serve_folder(folder, Oddities(**odd)) as (place, asked):
            resolve = {"static.example": place}
            report = crawl(archive, [source], resolve=resolve, registry=sources.registry).sources[0]
        return report, [path for _, path in asked]

    return folder, archive, crawl_it


def test_a_plan_that_was_a_page_is_missed(tmp_path):
    """A page that was kept as a plan and is gone is named removed, as a document is; what it said stays."""
    archive = open_archive(str(tmp_path / "archive"))
    visit("cms", archive)
    shutil.copytree(SITES / "cms", tmp_path / "cms")
    shutil.rmtree(tmp_path / "cms" / "site" / "styring")
    report = visit("cms", archive, tmp_path / "cms").report
    assert [item.url for item in report.problems if item.problem == "removed"] == [
        "http://cms.example/styring/havlys/"
    ]
    assert sum(stored.kind == "html" for stored in archive.documents()) == 1


@pytest.mark.parametrize(
    ("status", "problem", "removed"),
    [(404, "removed", 1), (410, "removed", 1), (403, "refused", 0), (500, "server_error", 0)],
)
def test_only_404_and_410_say_that_a_document_is_gone(plain, status, problem, removed):
    """A server that fails or refuses says nothing of the document; the bytes stay in any case."""
    _, archive, crawl_it = plain
    assert crawl_it()[0].documents == 1
    report, _ = crawl_it(statuses={"/plan.pdf": status})
    assert [item.problem for item in report.problems] == [problem]
    assert report.removed == removed
    assert len(list(archive.documents())) == 1
    report, _ = crawl_it()
    assert report.unchanged == (0 if removed else 1)


def test_a_document_without_a_link_is_still_asked_for(plain):
    """What no page links to any more is asked for last, conditionally, and is named unlinked; the bytes stay."""
    folder, archive, crawl_it = plain
    crawl_it()
    (folder / "index.html").write_text("<html><p>Planen er flyttet.</p></html>")
    report, asked = crawl_it()
    assert asked == ["/robots.txt", "/index.html", "/plan.pdf"]
    assert (report.unlinked, report.unchanged) == (1, 1)
    assert [fetch.problem for fetch in archive.fetches() if fetch.status == 304] == ["unlinked"]


def test_a_bot_check_fails_the_source(plain):
    """A page that wants proof of a person is no list page: the source fails with a sentence, and nothing is tried."""
    folder, _, crawl_it = plain
    (folder / "index.html").write_text("<html><title>Just a moment...</title><a href='plan.pdf'>x</a></html>")
    report, asked = crawl_it(statuses={"/index.html": 403})
    assert "bot check at http://static.example/index.html" in report.failed
    assert asked == ["/robots.txt", "/index.html"]


def test_a_host_that_fails_to_answer_for_its_rules_is_left_alone(plain):
    """When robots.txt answers 500, three times, nothing else is asked for (RFC 9309, 2.3.1.4)."""
    _, _, crawl_it = plain
    report, asked = crawl_it(statuses={"/robots.txt": 500})
    assert asked == ["/robots.txt"] * 3
    assert {item.problem for item in report.problems} == {"robots"}
    assert report.failed


def test_no_private_address_is_reached(plain, tmp_path):
    """A link or a redirect to this machine or its network reaches nothing, also where the source allows the host."""
    folder, _, crawl_it = plain
    (tmp_path / "private").mkdir()
    with serve_folder(tmp_path / "private") as (place, asked):
        port = place.rpartition(":")[2]
        hosts = ("127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "[::ffff:127.0.0.1]")
        secrets = "".join(f'<a href="http://{host}:{port}/secret.pdf">x</a>' for host in hosts)
        (folder / "index.html").write_text(f'<html>{secrets}<a href="away.pdf">x</a></html>')
        report, _ = crawl_it(redirects={"/away.pdf": f"http://127.0.0.1:{port}/secret.pdf"})
        assert asked == []
    assert report.documents == 0
    assert {item.problem for item in report.problems} == {"robots", "no_answer", "other_host"}


def test_what_unpacks_to_too_much_is_refused(plain):
    """A small answer that unpacks to more than 50 MiB is not kept, and is named for its size."""
    folder, archive, crawl_it = plain
    (folder / "plan.pdf").write_bytes(gzip.compress(b"%PDF-1.4\n" + bytes(60 << 20)))
    report, _ = crawl_it(encodings={"/plan.pdf": "gzip"})
    assert [item.problem for item in report.problems] == ["too_large"]
    assert list(archive.documents()) == []


def test_pages_have_a_budget_and_documents_none(plain):
    """Pages beyond the source's budget of ten are named, each once; documents do not count."""
    folder, _, crawl_it = plain
    pages = "".join(f'<a href="{number}.html">Side</a>' for number in range(1, 21))
    (folder / "index.html").write_text(f"<html>{pages}</html>")
    for number in range(1, 21):
        (folder / f"{number}.html").write_text(f'<html><a href="{number}.pdf">x</a>{pages}</html>')
    report, asked = crawl_it()
    assert len([path for path in asked if path.endswith(".html")]) == 10
    assert len([path for path in asked if path.endswith(".pdf")]) == 9
    assert [item.problem for item in report.problems if item.problem != "not_found"] == ["page_budget"] * 11


def test_a_chain_of_pages_ends(plain):
    """Five steps from the list page are taken; the page after that is named, its documents are not known of."""
    folder, _, crawl_it = plain
    for number in range(9):
        body = f'<html><a href="{number}.pdf">x</a><a href="{number + 1}.html">Videre</a></html>'
        (folder / ("index.html" if not number else f"{number}.html")).write_text(body)
    report, asked = crawl_it()
    assert [path for path in asked if path.endswith(".html")][-1] == "/5.html"
    assert len([path for path in asked if path.endswith(".pdf")]) == 6
    assert [item.url[-7:] for item in report.problems if item.problem == "too_deep"] == ["/6.html"]
