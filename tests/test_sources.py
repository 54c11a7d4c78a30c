"""What a folder of sources may say, and what is refused, with one clear sentence each."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from crawler.agencies import read_sources
from crawler.errors import SourcesError
from maalspor.settings import packaged_sources

MINISTRY = '[[ministry]]\nid = "m"\nnames = ["M"]\n'


def read(folder, text):
    """The sources of a folder with one file."""
    (folder / "a.toml").write_text(MINISTRY + text, encoding="utf-8")
    return read_sources(folder)


def body(id, names=None, **keys):
    """An agency as a source file writes it; the values are TOML."""
    lines = [f'[[agency]]\nid = "{id}"', f"names = {names or [id.upper()]}"]
    return "\n".join([*lines, *(f"{key} = {value}" for key, value in keys.items())]) + "\n"


REFUSED = {
    "two official names of one body on one day": (
        body("a", '[{ text = "Ny", start = 2012 }, { text = "Gammel", end = 2012 }]'),
        "a has two official names on one day: Ny and Gammel",
    ),
    "one official name of two bodies on one day": (
        body("a", '["Kyststyrelsen"]') + body("b", '[{ text = "KYSTSTYRELSEN", start = 2020 }]'),
        "a and b have the official name Kyststyrelsen on one day",
    ),
    "an official name marked as shared by one side only": (
        body("a", '[{ text = "Kyststyrelsen", shared = true }]') + body("b", '["Kyststyrelsen"]'),
        "a and b have the official name Kyststyrelsen on one day",
    ),
    "no official name": (body("a", '[{ text = "A", official = false }]'), "a has no official name"),
    "a successor that does not exist": (
        body("a", successors='["b"]'),
        "a names b, which does not exist",
    ),
    "a predecessor that does not exist": (
        body("a", predecessors='["b"]'),
        "a names b, which does not exist",
    ),
    "a change with a body that does not exist": (
        body("a", changes='[{ kind = "merged", agencies = ["b"], evidence = "seen" }]'),
        "a names b, which does not exist",
    ),
    "a successor that does not know of it": (
        body("a", successors='["b"]') + body("b"),
        "a names the successor b, which does not name it as a predecessor",
    ),
    "a predecessor that does not know of it": (
        body("a") + body("b", predecessors='["a"]'),
        "b names the predecessor a, which does not name it as a successor",
    ),
    "a circle of predecessors": (
        body("a", predecessors='["b"]', successors='["b"]')
        + body("b", predecessors='["a"]', successors='["a"]'),
        "is among its own predecessors",
    ),
    "a name that ends before it begins": (
        body("a", '[{ text = "A", start = 2012-05-01, end = 2012-04-30 }]'),
        "a has a period that ends on 2012-04-30 before it begins on 2012-05-01",
    ),
    "a ministry that ends before it begins": (
        body("a", ministries='[{ ministry = "m", start = 2013, end = 2012 }]'),
        "a has a period that ends on 2012-12-31 before it begins on 2013-01-01",
    ),
    "a ministry that does not exist": (
        body("a", ministries='[{ ministry = "n" }]'),
        "a belongs to n, which does not exist",
    ),
    "an address mark that does not exist": (
        body("a", addresses='[{ address = "a.example", mark = "guessed" }]'),
        "expected one of seen, title, inferred, not 'guessed' @ $.addresses[0].mark",
    ),
    "evidence that does not exist": (
        body("a", changes='[{ kind = "founded", evidence = "hearsay" }]'),
        "expected one of seen, title, deduced, background, not 'hearsay' @ $.changes[0].evidence",
    ),
    "a change of no known kind": (
        body("a", changes='[{ kind = "eaten", evidence = "seen" }]'),
        "expected one of founded, renamed, merged, split, moved, closed, not 'eaten'",
    ),
    "a key that nobody knows": (body("a", colour='"red"'), "extra fields found (colour)"),
    "a body that says of itself that it is not listed": (
        body("a", listed="false"),
        "listed is not for a source file to say",
    ),
    "two bodies of one id": (body("a", '["A"]') + body("a", '["B"]'), "two of agency are called a"),
    "a day that is none": (body("a", '[{ text = "A", start = "soon" }]'), "[[agency]] a"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_contradiction_is_refused(tmp_path, case):
    """What cannot be is refused by a sentence that names the place and ends with one full stop."""
    text, sentence = REFUSED[case]
    with pytest.raises(SourcesError) as refused:
        read(tmp_path, text)
    said = str(refused.value)
    assert sentence in said
    assert said.startswith(str(tmp_path))
    assert said.endswith(".")
    assert not said.endswith("..")
    assert "\n" not in said


def test_a_contradiction_between_files_is_refused(tmp_path):
    """Files of one folder are read together: a body may stand in another file than its successor."""
    (tmp_path / "b.toml").write_text(body("b", predecessors='["a"]'), encoding="utf-8")
    assert len(read(tmp_path, body("a", successors='["b"]')).registry.agencies) == 2
    with pytest.raises(SourcesError, match="b names a, which does not exist"):
        read(tmp_path, "")


ALLOWED = {
    "a name that two bodies have one after the other": body("a", '[{ text = "Ø", end = 2011 }]')
    + body("b", '[{ text = "Ø", start = 2012 }]'),
    "one official name of two bodies, marked by both": body("a", '[{ text = "Ø", shared = true }]')
    + body("b", '[{ text = "Ø", shared = true }]'),
    "an abbreviation of two bodies": body("a", '["Alfa", { text = "FT", official = false }]')
    + body("b", '["Beta", { text = "FT", official = false }]'),
    "a name that comes back": body(
        "a",
        '[{ text = "A", end = 2013 }, { text = "B", start = 2014, end = 2018 }, { text = "A", start = 2019 }]',
    ),
    "a body without a ministry": body("a"),
}


@pytest.mark.parametrize("case", ALLOWED)
def test_what_may_be_is_read(tmp_path, case):
    """What looks odd but happens in real administrations is no contradiction."""
    assert read(tmp_path, ALLOWED[case]).registry.agencies


def test_a_bare_year_is_its_first_and_last_day(tmp_path):
    """Where only a year is known, a period begins on its first day and ends on its last."""
    found = read(tmp_path, body("a", '[{ text = "A", start = 2012, end = 2013 }]')).registry.agencies[0]
    assert (found.names[0].start, found.names[0].end) == (date(2012, 1, 1), date(2013, 12, 31))


def test_the_packaged_sources_are_sound():
    """The folder that ships with the project has no contradiction, and every body can be named and placed."""
    found = read_sources(packaged_sources()).registry
    assert found.agencies
    assert all(agency.names for agency in found.agencies)


def test_the_table_of_ministries_is_true():
    """Every packaged file stands in docs/ministries.md with as many bodies and sources as it has."""
    text = (Path(__file__).parents[1] / "docs" / "ministries.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    there = []
    for path in packaged_sources().glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        there.append((path.stem, str(len(data.get("agency", []))), str(len(data.get("source", [])))))
    assert sorted(listed) == sorted(there)
