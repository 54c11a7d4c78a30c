"""Which body a printed name means depends on the day; what a link says is only a guess."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.agencies import guess, official_name, read_sources, settle
from crawler.contradictions import contradictions
from crawler.errors import SourcesError
from crawler.names import folded
from crawler.records import AgencyName
from maalspor.settings import packaged_sources

SOURCE = """
[[source]]
id = "x"
start_urls = ["http://x.example/"]
allowed_hosts = ["x.example"]
shape = "static"
link_pattern = 'pdf$'
"""
FIRST_DAY = date(2000, 1, 1)


@pytest.fixture(scope="module")
def sources():
    """The packaged bodies: those of the demo state, and those of the real ministries."""
    return read_sources(packaged_sources())


@pytest.fixture(scope="module")
def registry(sources):
    """The packaged bodies alone."""
    return sources.registry


@pytest.mark.parametrize(
    ("name", "day", "agency"),
    [
        ("Sandstyrelsen", date(2012, 1, 1), "sandstyrelsen-2008"),
        ("Sandstyrelsen", date(2022, 1, 1), "sandstyrelsen-2021"),
        ("Sandstyrelsen", date(2018, 1, 1), None),
        ("Sandstyrelsen", None, None),
        ("Stormflodsberedskabet", date(2016, 1, 1), "stormflodsberedskabet"),
        ("Vandstandsberedskabet", date(2018, 1, 1), "stormflodsberedskabet"),
        ("Vandstandsberedskabet", date(2017, 1, 1), "stormflodsberedskabet"),
        ("FAERGEFARTSSTYRELSEN", date(2015, 1, 1), "faergefartsstyrelsen"),
        ("Færgefartsstyrelsens", date(2015, 1, 1), "faergefartsstyrelsen"),
        ("Forsvarskommandoen", date(2015, 1, 1), "forsvarskommandoen"),
        ("Forsvarets  Bygnings- og\nEtablissementstjeneste", None, "forsvarsministeriets-ejendomsstyrelse"),
        ("Ukendt Styrelse", date(2015, 1, 1), None),
        ("", date(2015, 1, 1), None),
    ],
    ids=[
        "the body that had the name then",
        "the body that has it now",
        "between the two nobody had it",
        "without a day it may be either",
        "an old name",
        "its new name",
        "a name before its day, where only one body ever had it",
        "digraphs and capitals",
        "the genitive",
        "an alias outside its days",
        "line breaks, no day",
        "a name nobody has",
        "no name",
    ],
)
def test_a_name_is_settled_by_its_day(registry, name, day, agency):
    """A name means the body that had it on that day; where two fit, none is taken."""
    assert settle(registry, name, day) == agency


@pytest.mark.parametrize(
    ("texts", "agency", "year"),
    [
        (["MRP 2019", "Havnetilsynet"], "havnetilsynet", 2019),
        (["Mål- og resultatplan", "2018 · Digestyrelsen"], "digestyrelsen", 2018),
        ([None, "http://x.example/FMI/mrp19.pdf"], "forsvarsministeriets-materiel-og-indkoebsstyrelse", 2019),
        (["Forsvarsministeriets Materiel- og Indkøbsstyrelse 2018 (FES)"],
         "forsvarsministeriets-materiel-og-indkoebsstyrelse", 2018),
        (["Sandstyrelsen 2010"], "sandstyrelsen-2008", 2010),
        (["Sandstyrelsen 2023"], "sandstyrelsen-2021", 2023),
        (["Sandstyrelsen"], None, None),
        (["Rammeaftale 2013-2016, gældende for 2014", "Hedearkivet"], "hedearkivet", 2014),
        (["M%C3%A5lplan%202015%20Anl%C3%B8bsdirektoratet.pdf"], "anloebsdirektoratet", 2015),
        (["samling 20181 bilag 172"], None, None),
        (["en fest i 1812"], None, None),
        ([], None, None),
    ],
)  # fmt: skip
def test_links_are_guessed(registry, texts, agency, year):
    """The first text that names a body, and the first that names a year, decide; abbreviations must be words."""
    found = guess(registry, texts)
    assert (found.agency, found.year) == (agency, year)


@given(texts=st.lists(st.one_of(st.none(), st.text(max_size=40)), max_size=4))
def test_guessing_never_fails(registry, texts):
    """Whatever a link says, there is a guess, and its year is one that a plan can have."""
    found = guess(registry, texts)
    assert found.agency is None or found.agency in {agency.id for agency in registry.agencies}
    assert found.year is None or 1990 <= found.year <= 2049


@given(st.text(max_size=40))
def test_folding_is_done_once(text):
    """Folding what is folded changes nothing, and leaves letters, digits and single spaces."""
    once = folded(text)
    assert folded(once) == once
    assert all(letter.isascii() for letter in once)
    assert once == " ".join(once.split())


days = st.one_of(st.none(), st.integers(0, 40).map(lambda number: FIRST_DAY + timedelta(number)))
names = st.builds(
    AgencyName, text=st.sampled_from("ABC"), start=days, end=days, official=st.booleans(),
    wrong=st.just(False), background=st.booleans(), shared=st.booleans(),
)  # fmt: skip


@given(given_names=st.lists(names, max_size=4))
def test_two_official_names_on_a_day_are_found(sources, given_names):
    """At most one official name a day: the check agrees with looking at every day."""
    usable = [name for name in given_names if not (name.start and name.end and name.end < name.start)]
    agencies = sources.registry.agencies
    one = dataclasses.replace(agencies[0], names=tuple(usable))
    changed = dataclasses.replace(sources.registry, agencies=(one, *agencies[1:]))
    said = contradictions(changed, sources.sources)

    def has(name, day):
        return name.official and (name.start or date.min) <= day <= (name.end or date.max)

    every = [date.min, *(FIRST_DAY + timedelta(number) for number in range(-1, 43)), date.max]
    twice = any(sum(has(name, day) for name in usable) > 1 for day in every)
    assert any("two official names on one day" in sentence for sentence in said) == twice
    if any(name.official for name in usable) and not twice:
        for day in every:
            then = [name.text for name in usable if has(name, day)]
            assert not then or official_name(usable, day) == then[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[agency", "is not TOML"),
        ("[agencies]\nid = 1", "is none of"),
        (SOURCE.replace("shape", "shap"), "source]] x: .*shap"),
        (SOURCE.replace("pdf$", "(pdf"), "pattern '\\(pdf' that is none"),
        (SOURCE.replace('["http://x.example/"]', "[]"), "no start_urls"),
        (SOURCE.replace('["x.example"]', '["y.example"]'), "not in its allowed_hosts"),
        (SOURCE + "expect_min = 5\nexpect_max = 4", "at least 5 and at most 4"),
        (SOURCE + "page_budget = 0", "page_budget of 0"),
        (SOURCE + "delay_seconds = -1.0", "delay of -1.0 seconds"),
        (SOURCE + SOURCE, "two of source are called x"),
        ('[[agency]]\nid = "a"\nnames = ["A"]\nministries = [{ ministry = "m" }]', "belongs to m, which does not"),
        ('[[agency]]\nid = "a"\nnames = ["A"]\nministries = []\nsuccessors = ["b"]', "names b, which does not"),
        ('[[agency]]\nid = "a"\nnames = []\nministries = []', "a has no official name"),
        ('[[agency]]\nid = "a"\nnames = ["A", "B"]\nministries = []', "two official names on one day: A and B"),
        ('[[agency]]\nid = "a"\nnames = [{ text = "A", start = "2010" }]\nministries = []', "agency]] a: .*start"),
        ("", "holds no source files"),
    ],
)  # fmt: skip
def test_mistakes_in_a_source_file_are_named(tmp_path, text, said):
    """What is wrong with a sources folder is one sentence that names the file and the place."""
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourcesError, match=said):
        read_sources(tmp_path)


def test_a_missing_folder_is_named(tmp_path):
    """A folder that is not there is an error, not an empty list of sources."""
    with pytest.raises(SourcesError, match="nowhere is not a folder"):
        read_sources(tmp_path / "nowhere")
