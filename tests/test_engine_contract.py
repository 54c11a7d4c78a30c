"""The contract of a search engine, on every engine that is here."""

import gc
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records_made import sha

from crawler.errors import SettingsError, StaleIndex
from search.engine import Entry, entries_digest
from search.memory_engine import MemoryEngine
from search.opened import open_engine
from search.query import parse
from search.whoosh_engine import WhooshEngine
from search.words import words_version


def entry(id, title="", text="", document="a", kind="goal", names=(), **facets):
    """An entry with facets by keyword; a tuple gives several values."""
    pairs = [(name, value) for name, values in facets.items() for value in values]
    return Entry(
        id=id,
        kind=kind,
        document=sha(document),
        title=title,
        text=text,
        names=names,
        facets=(("kind", kind), *pairs),
    )


ENTRIES = (
    entry("a/1", "Sygefravær", "Højst 8 dage", year=("2018", "2019"), agency=("digestyrelsen",)),
    entry("a/2", "Fravær", "Medarbejdernes trivsel", year=("2018",), agency=("digestyrelsen",)),
    entry("b/1", "Høj kvalitet", "kvalitet høj", "b", year=("2019",), agency=("havnetilsynet",)),
    entry("b/2", "Kvalitet", "sager om dæmningerne", "b", "result", year=("2019",), status=("met",)),
    entry("b", "Plan", "Kvalitet i havnene", "b", "document", ("Havnetilsynet", "HT"), year=("2019",)),
)


@pytest.fixture(params=["memory", "whoosh"])
def engine(request, tmp_path):
    """Each engine, filled."""
    made = MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    assert made.rebuild(ENTRIES) == len(ENTRIES)
    return made


def ids(engine, text, **filters):
    """The ids found, in order."""
    return [hit.id for hit in engine.search(parse(text, filters), limit=50).hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fravær", ["a/2", "a/1"]),
        ("sygefraværet", ["a/1"]),
        ("SYGEFRAVAER", ["a/1"]),
        ("dæmning", ["b/2"]),
        ("fravær -trivsel", ["a/1"]),
        ('"kvalitet høj"', ["b/1"]),
        ('"sager kvalitet"', []),
        ("havnetilsynet", ["b"]),
        ("ht", ["b"]),
        ("findesikke", []),
    ],
)
def test_finds(engine, text, found):
    """The word itself comes before its part in a compound; phrases keep order; names lead to documents."""
    assert ids(engine, text) == found


def test_exact_before_lemma(engine):
    """The form that was typed stands before another form of the word."""
    engine.replace([entry("c/1", "rapporter", document="c"), entry("c/2", "rapporten", document="c")])
    assert ids(engine, "rapporten") == ["c/2", "c/1"]
    assert ids(engine, "rapporter") == ["c/1", "c/2"]


def test_synonyms_come_behind(engine):
    """A word finds its synonyms behind itself; leaving a word out leaves its synonyms in."""
    engine.replace([entry("c/1", "Sygedage", document="c")])
    assert ids(engine, "sygedage") == ["c/1", "a/1"]
    assert ids(engine, "sygefravær") == ["a/1", "c/1"]
    assert ids(engine, "fravær -sygedage") == ["a/2", "a/1"]


def test_facets_ignore_their_own_filter(engine):
    """Counts tell what another choice would give, in falling count and then by name."""
    hits = engine.search(parse("", {"year": ("2018",)}))
    assert hits.total == 2
    assert hits.facets["year"] == (("2019", 4), ("2018", 2))
    assert hits.facets["agency"] == (("digestyrelsen", 2),)
    assert hits.facets["status"] == ()


@pytest.mark.parametrize(
    ("filters", "total"),
    [({"year": ("2018", "2019")}, 5), ({"year": ("2019",), "kind": ("goal",)}, 2), ({"year": ("1900",)}, 0)],
)
def test_filters(engine, filters, total):
    """Any value of a facet, all facets together; a value that is not there finds nothing."""
    assert engine.search(parse("", filters)).total == total


def test_pages_join_to_the_whole(engine):
    """Pages one after another are the whole list, ties in the order of ids."""
    whole = ids(engine, "")
    assert whole == sorted(whole)
    pages = [engine.search(parse(""), offset=at, limit=2) for at in (0, 2, 4)]
    assert [hit.id for page in pages for hit in page.hits] == whole
    assert {page.total for page in pages} == {len(whole)}


def test_replace_and_remove(engine):
    """An id is there once; a document's entries go together."""
    assert engine.replace([entry("a/1", "Noget andet"), entry("a/1", "Noget tredje")]) == 1
    assert ids(engine, "sygefravær") == []
    assert ids(engine, "noget") == ["a/1"]
    assert engine.remove(sha("b")) == 3
    assert ids(engine, "kvalitet") == []
    assert ids(engine, "") == ["a/1", "a/2"]


def test_phrases_stay_in_their_field(engine):
    """A phrase does not reach from the title into the text, nor from the text into a name."""
    assert ids(engine, '"fravær medarbejdernes"') == []
    assert ids(engine, '"havnene havnetilsynet"') == []
    assert ids(engine, '"medarbejdernes trivsel"') == ["a/2"]


def test_documents_are_replaced_whole(engine):
    """An update puts a document's entries in place of all it had, in one go; an empty one takes it out."""
    changed = {sha("a"): [entry("a/9", "Alene")], sha("b"): [], sha("c"): [entry("c/1", "Ny", document="c")]}
    assert engine.update(changed) == 2
    assert ids(engine, "") == ["a/9", "c/1"]
    assert set(engine.contents()) == {sha("a"), sha("c")}


def test_contents_tell_what_is_held(engine):
    """The digest of a document is that of its entries in any order, and another once one of them changed."""
    before = engine.contents()
    mine = [item for item in ENTRIES if item.document == sha("a")]
    assert before[sha("a")] == entries_digest(reversed(mine), words_version())
    engine.replace([entry("a/1", "Noget andet")])
    assert engine.contents()[sha("a")] != before[sha("a")]
    assert engine.contents()[sha("b")] == before[sha("b")]


WORDS = st.lists(
    st.sampled_from(["sygefravær", "kvalitet", "sager", "trivsel", "måling"]), min_size=1, max_size=4
)
DOCUMENTS = st.dictionaries(st.sampled_from("abcdef"), st.lists(WORDS, max_size=3), max_size=6)


def drawn(documents):
    """Entries of drawn documents."""
    return {
        sha(name): [
            entry(f"{name}/{at}", words[0], " ".join(words[1:]), name, year=(str(2010 + len(words)),))
            for at, words in enumerate(texts)
        ]
        for name, texts in documents.items()
    }


@settings(max_examples=25, deadline=None)
@given(before=DOCUMENTS, after=DOCUMENTS)
def test_an_updated_index_answers_like_a_rebuilt_one(before, after):
    """Updating what changed gives the hits, scores, facets and contents that building anew gives."""
    with tempfile.TemporaryDirectory() as folder:
        updated, rebuilt = WhooshEngine(Path(folder) / "u"), WhooshEngine(Path(folder) / "r")
        old, new = drawn(before), drawn(after)
        updated.rebuild(chain.from_iterable(old.values()))
        updated.update({document: new.get(document, []) for document in old | new})
        rebuilt.rebuild(chain.from_iterable(new.values()))
        assert updated.contents() == rebuilt.contents()
        for text in ("", "sygefravær", "kvalitet sager", "fravær -trivsel", '"kvalitet sager"', "år:2012"):
            assert updated.search(parse(text)) == rebuilt.search(parse(text))
        gc.collect()


def test_many_ties_stand_in_the_order_of_ids(tmp_path):
    """Thousands of entries that tie are ordered by id on every page, also after an update."""
    engine = WhooshEngine(tmp_path / "index")
    engine.rebuild(entry(f"x/{n * 7919 % 3001}", "Ens", document="x") for n in range(3001))
    engine.update({sha("y"): [entry("w/1", "Ens", document="y")]})
    whole = sorted([f"x/{n}" for n in range(3001)] + ["w/1"])
    pages = [engine.search(parse("ens"), offset=at, limit=500).hits for at in range(0, 3500, 500)]
    found = [hit for page in pages for hit in page]
    assert [hit.id for hit in found if hit.score == found[0].score] == sorted(
        hit.id for hit in found if hit.score == found[0].score
    )
    assert sorted(hit.id for hit in found) == whole


@pytest.mark.parametrize(
    ("word", "near"), [("sygefravr", ["sygefravaer"]), ("kvaltiet", ["kvalitet"]), ("ht", [])]
)
def test_near_words(engine, word, near):
    """A letter left out or two swapped lead to the indexed word; short words lead nowhere."""
    assert engine.near(word) == near


def test_suggests_commonest_first(engine):
    """Words that begin so, by how many entries have them."""
    assert engine.suggest("kva") == ["kvalitet"]
    assert engine.suggest("Hø")[0] == "hoej"
    assert engine.suggest("zzz") == []


def test_threads_agree(engine):
    """Eight threads at once get the answers of one."""
    texts = ["fravær", "kvalitet", '"høj kvalitet"', "", "havnetilsynet"] * 8
    alone = [engine.search(parse(text)) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: engine.search(parse(text)), texts)) == alone


def test_another_process_rebuilds(tmp_path):
    """A reader notices a commit and a rebuild made by another writer."""
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    writer.rebuild(ENTRIES)
    assert ids(reader, "trivsel") == ["a/2"]
    writer.replace([entry("a/2", "Uden ordet")])
    assert ids(reader, "trivsel") == []
    writer.rebuild(ENTRIES[:1])
    assert ids(reader, "") == ["a/1"]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from test_engines import ENTRIES, entry, ids
from search.whoosh_engine import WhooshEngine

engine = WhooshEngine(Path(sys.argv[1]))
engine.rebuild(ENTRIES)
many = [entry(f"x/{n}", " ".join(f"ord{n}{m}" for m in range(40)), document="x") for n in range(200)]
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, hard))
for write in (engine.rebuild, engine.replace):
    try:
        write(many)
    except OSError:
        print("full")
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
print(*ids(engine, "fravær"))
engine.replace([entry("a/3", "Fravær og mere fravær")])
print(*sorted(ids(engine, "fravær")))
"""


def test_full_disk_leaves_the_old_index(tmp_path):
    """A rebuild or a commit that cannot be written leaves what was there serving, and the next one works."""
    here = Path(__file__).parent
    ran = subprocess.run(
        [sys.executable, "-c", FULL_DISK, tmp_path, here, here.parent],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == ["full", "full", "a/2 a/1", "a/1 a/2 a/3"]


def test_missing_is_stale(tmp_path):
    """Where there is no index, the error says how to build one."""
    engine = WhooshEngine(tmp_path)
    assert not engine.is_current()
    with pytest.raises(StaleIndex, match="--rebuild"):
        engine.search(parse("x"))


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Whoosh leaves the cut file open
def test_damaged_is_stale(tmp_path):
    """An index whose files are cut says how to rebuild it, and a rebuild serves again."""
    engine = WhooshEngine(tmp_path)
    engine.rebuild(ENTRIES)
    for path in tmp_path.glob("v*/*.toc"):
        path.write_bytes(b"")
    with pytest.raises(StaleIndex, match="--rebuild"):
        engine.search(parse("x"))
    gc.collect()
    engine.rebuild(ENTRIES)
    assert ids(engine, "trivsel") == ["a/2"]


@pytest.mark.parametrize("url", ["", "whoosh:", "elastic:x", "memory:x"])
def test_unknown_engine(url):
    """A URL that names no engine says which there are."""
    with pytest.raises(SettingsError, match="whoosh:DIR"):
        open_engine(url)
