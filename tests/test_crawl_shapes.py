"""Each shape of page that a source may have, as a small replica, crawled over loopback by an ordinary source file.

`tests/sites/<shape>/` holds the site, what its server does beside handing out files, and what must be found.
"""

import dataclasses
import tomllib
from pathlib import Path
from urllib.parse import quote

import pytest
from site_server import oddities, serve_folder

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


def visit(shape, archive):
    """Crawl a replica by its source file."""
    sources = read_sources(SOURCES / "shapes")
    source = next(source for source in sources.sources if source.id == shape)
    with serve_folder(SITES / shape / "site", oddities(SITES / shape / "server.toml")) as (place, asked):
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
