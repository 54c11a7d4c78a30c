"""The archive's contract, on a folder and in memory: what is put comes back, whole, once, and nothing is lost."""

import dataclasses
import hashlib
import secrets
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.archive import NOTES_A_FILE, open_archive
from crawler.errors import MissingDocument, SettingsError
from crawler.records import Fetch, Guess, Sha256

NOTE = Fetch(
    source="x",
    url="http://x.example/a.pdf",
    found_on=None,
    link_text=None,
    heading=None,
    guess=Guess(agency=None, year=None),
    fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
    status=404,
    sha256=None,
    kind=None,
    size_bytes=None,
    etag=None,
    last_modified=None,
    content_type=None,
    problem="not_found",
)


@pytest.fixture(params=["folder", "memory"])
def archive(request, tmp_path):
    """An empty archive of each kind."""
    return open_archive(str(tmp_path) if request.param == "folder" else f"memory:{secrets.token_hex(8)}")


def fresh():
    """An archive in memory for one example of a law."""
    return open_archive(f"memory:{secrets.token_hex(8)}")


bodies = st.lists(st.binary(max_size=200), max_size=8)
words = st.text(max_size=20)
notes = st.builds(
    Fetch,
    source=st.sampled_from(["x", "y"]),
    url=words,
    found_on=st.none() | words,
    link_text=st.none() | words,
    heading=st.none() | words,
    guess=st.builds(Guess, agency=st.none() | words, year=st.none() | st.integers(1990, 2049)),
    fetched_at=st.integers(0, 10**6).map(lambda late: NOTE.fetched_at + timedelta(seconds=late)),
    status=st.none() | st.integers(100, 599),
    sha256=st.none(),
    kind=st.sampled_from(["pdf", "html", "list", None]),
    size_bytes=st.none() | st.integers(0),
    etag=st.none() | words,
    last_modified=st.none() | words,
    content_type=st.none() | words,
    problem=st.sampled_from([None, "robots", "unlinked"]),
)


@given(bodies)
def test_what_is_put_comes_back(put):
    """Every body is kept once under its SHA-256 and comes back byte for byte."""
    archive = fresh()
    hashes = [archive.put(body, "pdf") for body in put]
    assert hashes == [hashlib.sha256(body).hexdigest() for body in put]
    assert [archive.read(sha256) for sha256 in hashes] == put
    assert [archive.open(sha256).read() for sha256 in hashes] == put
    stored = list(archive.documents())
    assert [document.sha256 for document in stored] == sorted(set(hashes))
    assert sum(document.size_bytes for document in stored) == sum(map(len, set(put)))


@given(st.lists(notes, max_size=12))
@example([dataclasses.replace(NOTE, link_text="Mål\u2028plan\x85")])
def test_every_note_comes_back(given_notes):
    """Notes come back as they were, also with line separators in a link's words; each source has its own."""
    archive = fresh()
    archive.note(given_notes)
    key = repr
    assert sorted(archive.fetches(), key=key) == sorted(given_notes, key=key)
    for source in ("x", "y"):
        mine = [note for note in given_notes if note.source == source]
        assert list(archive.fetches(source)) == mine


@given(st.lists(words, max_size=12), st.integers(0, 12))
def test_a_note_is_there_when_it_is_written(texts, stopped):
    """A notebook's notes are on disk one by one: whoever stops it in the middle loses none that was written."""
    archive = fresh()
    written = [dataclasses.replace(NOTE, link_text=text) for text in texts]
    with archive.notebook() as write:
        for number, note in enumerate(written):
            if number == stopped:
                assert list(archive.fetches()) == written[:number]
            write(note)
    assert list(archive.fetches()) == written


def test_notes_are_gathered(archive):
    """A long visit leaves files of 200 notes and one of the rest, in order, and no note twice."""
    written = [dataclasses.replace(NOTE, link_text=str(number)) for number in range(2 * NOTES_A_FILE + 3)]
    with archive.notebook() as write:
        for note in written:
            write(note)
    assert list(archive.fetches()) == written
    if "memory" not in archive.url:
        files = sorted(Path(archive.url).rglob("*.jsonl"))
        assert [len(file.read_text().splitlines()) for file in files] == [200, 200, 3]


def test_a_stop_while_gathering_doubles_nothing(tmp_path):
    """Notes whose gathered file is there, but which were not yet taken away, count once."""
    archive = open_archive(str(tmp_path))
    written = [dataclasses.replace(NOTE, link_text=str(number)) for number in range(5)]
    with archive.notebook() as write:
        for note in written:
            write(note)
        singles = {path: path.read_bytes() for path in tmp_path.rglob("*.one.jsonl")}
    assert len(singles) == 5
    for path, body in list(singles.items())[2:]:
        path.write_bytes(body)
    assert list(archive.fetches()) == written


def test_unfinished_files_are_no_documents(tmp_path):
    """What a stop left aside is neither a document nor a note."""
    archive = open_archive(str(tmp_path))
    sha256 = archive.put(b"whole", "pdf")
    archive.note([dataclasses.replace(NOTE, sha256=sha256, kind="pdf", status=200, problem=None)])
    (tmp_path / "documents" / sha256[:2] / ".0123.part").write_bytes(b"half")
    (tmp_path / "fetches" / "x" / "2026" / ".0123.part").write_bytes(b'{"source')
    assert [stored.sha256 for stored in archive.documents()] == [sha256]
    assert len(list(archive.fetches())) == 1
    assert archive.check() == []


def test_keeping_twice_writes_once(tmp_path):
    """A document that is there is not written again."""
    archive = open_archive(str(tmp_path))
    archive.put(b"body", "pdf")
    path = next(tmp_path.rglob("*.pdf"))
    before = path.stat()
    archive.put(b"body", "pdf")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_check_names_what_is_wrong(tmp_path):
    """Damage, a document without a note and a note without its document are a sentence each."""
    archive = open_archive(str(tmp_path))
    whole, damaged, alone = (archive.put(body, "pdf") for body in (b"whole", b"damaged", b"alone"))
    missing = Sha256(hashlib.sha256(b"missing").hexdigest())
    archive.note(
        dataclasses.replace(NOTE, sha256=sha256, kind="pdf", status=200, problem=None)
        for sha256 in (whole, damaged, missing)
    )
    next(tmp_path.rglob(f"{damaged}.pdf")).write_bytes(b"other")
    said = archive.check()
    assert len(said) == 3
    for sha256, words_of_it in ((damaged, "is damaged"), (alone, "has no note"), (missing, "no file")):
        assert [sentence for sentence in said if sha256 in sentence and words_of_it in sentence]


def test_documents_know_their_notes(archive):
    """A document's notes stand in order of time, whatever their order when written; a page is not a PDF."""
    pdf, page = archive.put(b"%PDF", "pdf"), archive.put(b"<html>", "html")
    later = NOTE.fetched_at + timedelta(days=400)
    first = dataclasses.replace(NOTE, sha256=pdf, kind="pdf", status=200, problem=None)
    second = dataclasses.replace(first, fetched_at=later, status=304)
    web = dataclasses.replace(first, sha256=page, kind="html", source="y")
    archive.note([second])
    archive.note([web, first])
    found = {stored.sha256: stored for stored in archive.documents()}
    assert (found[pdf].kind, found[pdf].fetches) == ("pdf", (first, second))
    assert (found[page].kind, found[page].fetches) == ("html", (web,))


def test_a_missing_document_is_an_error(archive):
    """What is not there is MissingDocument, not an empty file."""
    with pytest.raises(MissingDocument, match="holds no document"):
        archive.open(Sha256("0" * 64))


@pytest.mark.parametrize("url", ["s3://bucket/archive", "http://x.example/"])
def test_other_places_are_refused(url):
    """Any other scheme is a settings error that names what is there."""
    with pytest.raises(SettingsError, match="the path of a folder"):
        open_archive(url)


def test_archives_in_memory_are_apart():
    """Two archives of different names share nothing."""
    with tempfile.TemporaryDirectory() as folder:
        one, other, third = fresh(), fresh(), open_archive(folder)
        one.put(b"body", "pdf")
        assert [len(list(archive.documents())) for archive in (one, other, third)] == [1, 0, 0]
