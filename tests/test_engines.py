"""One set of contract tests for every engine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_made import sha

from crawler.errors import SettingsError, StaleIndex
from search.engine import Entry
from search.memory_engine import MemoryEngine
from search.opened import open_engine
from search.query import parse
from search.whoosh_engine import WhooshEngine


def entry(id, title, text="", document="a", **facets):
    """A goal to be found."""
    pairs = tuple((name, value) for name, values in facets.items() for value in values)
    return Entry(id=id, kind="goal", document=sha(document), title=title, text=text, names=(), facets=pairs)


ENTRIES = [
    entry("a/1", "Sygefravær", "højst 8 dage", agency=["x"], year=["2018", "2019"]),
    entry("a/2", "Lavere fravær", "Sygefraværet falder", agency=["x"], year=["2018"]),
    entry("b/1", "Digital post", "Ålborg svarer på breve", document="b", agency=["y"], year=["2019"]),
]


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    """Each engine, with three entries in it."""
    opened = MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    opened.rebuild(ENTRIES)
    return opened


def ids(engine, text, **filters):
    """What a query finds, in order."""
    return [hit.id for hit in engine.search(parse(text, filters)).hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sygefravær", {"a/1", "a/2"}),
        ("sygefraværet", {"a/1", "a/2"}),
        ("fravær", {"a/1", "a/2"}),
        ("aalborg", {"b/1"}),
        ("digital post", {"b/1"}),
        ('"digital post"', {"b/1"}),
        ('"post digital"', set()),
        ("sygefravær -lavere", {"a/1"}),
        ("ukendt", set()),
        ("", {"a/1", "a/2", "b/1"}),
        ("sygefravær år:2019", {"a/1"}),
    ],
)
def test_queries(engine, text, found):
    """Words, forms, compound parts, digraphs, phrases, minus and filters find what they should."""
    assert set(ids(engine, text)) == found


def test_the_word_itself_comes_first(engine):
    """The exact word beats its inflection."""
    assert ids(engine, "sygefravær")[0] == "a/1"


def test_facets_ignore_their_own_filter(engine):
    """A facet shows what choosing another of its values would find."""
    hits = engine.search(parse("", {"agency": ("x",)}))
    assert dict(hits.facets["agency"]) == {"x": 2, "y": 1}
    assert dict(hits.facets["year"]) == {"2018": 2, "2019": 1}
    assert hits.total == 2


def test_replace_and_remove(engine):
    """An entry takes the place of the one with its id; a document's entries go together."""
    engine.replace([entry("a/1", "Budget", agency=["x"])])
    assert ids(engine, "budget") == ["a/1"]
    assert "a/1" not in ids(engine, "sygefravær")
    engine.remove(sha("a"))
    assert ids(engine, "") == ["b/1"]


def test_suggestions(engine):
    """Indexed words that begin so, commonest first."""
    assert "sygefravaer" in engine.suggest("syge")
    assert engine.suggest("xyz") == []


def test_pages_do_not_overlap(engine):
    """Offset and limit cut one order into pieces."""
    query = parse("")
    pieces = [engine.search(query, offset=at, limit=1).hits[0].id for at in range(3)]
    assert sorted(pieces) == ["a/1", "a/2", "b/1"]


def test_a_failed_rebuild_leaves_the_old_index(tmp_path):
    """A stop in the middle of building leaves the old one serving."""
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(ENTRIES)

    def broken():
        yield ENTRIES[0]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        engine.rebuild(broken())
    assert set(ids(engine, "sygefravær")) == {"a/1", "a/2"}
    assert len(list((tmp_path / "index").glob("v*"))) == 1


def test_a_missing_index_says_what_to_do(tmp_path):
    """Without an index a search names the command that makes it."""
    with pytest.raises(StaleIndex, match="maalspor index --rebuild"):
        WhooshEngine(tmp_path / "nothing").search(parse("x"))


def test_other_engines_are_refused():
    """Any other scheme is a settings error that names what is there."""
    with pytest.raises(SettingsError, match="whoosh:DIR, memory:"):
        open_engine("opensearch+https://host/maalspor")


@given(st.text(max_size=300))
def test_parse_never_raises(text):
    """Whatever is typed becomes a query, and a bounded one."""
    query = parse(text)
    assert len(query.clauses) <= 16
