"""The store: replace by document, read back by id."""

import dataclasses
import sqlite3
from datetime import UTC, datetime

import pytest
from records_made import extraction, goal, quote, result, sha

from crawler.errors import SettingsError, StoreError
from crawler.records import Fetch, Guess, Registry, StoredDocument
from ingest.records import AgencyPrinted, PageText
from ingest.store import open_store


@pytest.fixture
def store(tmp_path):
    """An empty store in a folder of its own."""
    opened = open_store(f"sqlite:///{tmp_path}/maalspor.db")
    yield opened
    opened.close()


def fetch(name, **fields):
    """A note of one answer."""
    note = Fetch(
        source="demo",
        url=f"http://demo.example/{name}.pdf",
        found_on=None,
        link_text=None,
        heading=None,
        guess=Guess(agency="digestyrelsen", year=2019),
        fetched_at=datetime(2026, 11, 3, 14, 2, tzinfo=UTC),
        status=200,
        sha256=sha(name),
        kind="pdf",
        size_bytes=1000,
        etag=None,
        last_modified=None,
        content_type="application/pdf",
        problem=None,
    )
    return dataclasses.replace(note, **fields)


def test_what_goes_in_comes_out(store):
    """A reading is read back equal, its pages beside it."""
    pages = (PageText(number=1, width=595.0, height=842.0, text="Mål 1"),)
    record = extraction(goals=(goal(), goal(title="To")), results=(result(),), pages=pages)
    store.replace(record)
    assert list(store.extractions()) == [record]
    assert store.pages(record.document.sha256) == pages
    assert store.page(record.document.sha256[:16], 1) == pages[0]
    assert store.page(record.document.sha256, 2) is None


def test_goals_are_found_by_id(store):
    """A goal's id leads to it and to its document, and to nothing else."""
    record = extraction(goals=(goal(), goal(title="To", quotes=(quote(2, 80, 300),))))
    store.replace(record)
    ids = [row.id for row in store.goals_of(record.document.sha256)]
    assert ids == [f"{record.document.sha256[:16]}/1-100-72", f"{record.document.sha256[:16]}/2-300-80"]
    assert store.goal(ids[1]).goal.title == "To"
    assert store.result(ids[1]) is None


def test_a_new_reading_replaces_the_old(store):
    """Nothing of an earlier reading stays, and the generation grows."""
    store.replace(extraction(goals=(goal(),)))
    before = store.generation()
    store.replace(extraction(goals=()))
    assert store.counts() == {"documents": 1, "goals": 0, "results": 0, "pages": 0}
    assert store.generation() > before


def test_guesses_of_the_notes_stand_in(store):
    """Agency and year are the notes' guess where the document says neither, and never where it does."""
    named = extraction("b", agencies=(AgencyPrinted(name_printed="Ukendt Råd", agency=None),))
    store.replace(extraction("a"))
    store.replace(named)
    documents = [
        StoredDocument(sha256=sha(name), kind="pdf", size_bytes=1000, fetches=(fetch(name),)) for name in "ab"
    ]
    store.replace_fetches(documents, [fetch("c", sha256=None, status=404, problem="not_found")])
    rows = {row.sha256: row for row in store.documents()}
    assert rows[sha("a")].agencies == ("digestyrelsen",)
    assert rows[sha("a")].years == (2019,)
    assert rows[sha("b")].agencies == ()
    assert [note.problem for note in store.notes()] == ["not_found"]
    assert store.stored_document(sha("a")[:16]) == documents[0]


def test_the_registry_comes_back(store):
    """Before the first ingest the registry is empty."""
    assert store.registry() == Registry(ministries=(), agencies=())


def test_another_schema_says_what_to_do(tmp_path):
    """A store of another schema is refused with the next step."""
    path = tmp_path / "old.db"
    open_store(f"sqlite:///{path}").close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(StoreError, match="delete it and run `maalspor ingest`"):
        open_store(f"sqlite:///{path}")


@pytest.mark.parametrize("url", ["postgresql+psycopg://host/db", "data/maalspor.db"])
def test_other_stores_are_refused(url):
    """Any other scheme is a settings error that names what is there."""
    with pytest.raises(SettingsError, match="sqlite:///"):
        open_store(url)


def test_a_file_that_is_no_store_is_refused(tmp_path):
    """A file that is no database gives a sentence, not a traceback."""
    path = tmp_path / "not.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(f"sqlite:///{path}")


def test_a_shared_beginning_is_refused(store):
    """Two documents with the same first 16 digits cannot be told apart, so the second is refused."""
    record = extraction()
    store.replace(record)
    twin = sha("x")
    facts = dataclasses.replace(record.document, sha256=record.document.sha256[:16] + twin[16:])
    with pytest.raises(StoreError, match="first 16 digits"):
        store.replace(dataclasses.replace(record, document=facts))
