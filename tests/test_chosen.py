"""Pages of long documents that nothing can stand on are not read with care, and no record is the poorer for it."""

import dataclasses
import io
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument  # noqa: TID251 - binds documents together
from test_extract import document

from ingest.children import Warm
from ingest.chosen import SHORT, Shelf, chosen_pages
from ingest.danish.vocabulary import load_vocabulary
from ingest.pages.opened import Opened
from ingest.read_one import Limits, read_one
from ingest.records import PageText

CORPORA = Path(__file__).parent / "corpora"
LONG = (
    "Samlet_aarsrapport_2018_faerger_og_anloeb",
    "Havnetilsynet_årsrapport_2017",
    "aarsrapport-2016-digestyrelsen",
    "Digestyrelsens årsrapport 2018",
    "Digestyrelsen_Aarsrapport_2020",
    "vandstandsberedskabet-aarsrapport-2018",
    "Årsrapport 2015 Digestyrelsen",
    "1877301",
)
OF_OURS = (
    "fourth/pdfs/Strandrensningsstyrelsen_aarsrapport_2017",
    "third/pdfs/Lodsdirektoratet_aarsrapport_2014_endelig",
    "third/pdfs/RK_Lagertilsynet_2008_rev_endelig",
)
BOUND = (("havn_aarsrapport_2020", 5, LONG[3]), ("mrp19_digestyrelsen", 3, LONG[0]), ("1618034", 10, LONG[2]))
"""A document, how many of its pages stand before the accounts of another, and whose accounts."""


@pytest.fixture(scope="module")
def same():
    """Whether a document's record is that of a thorough reading: goals, results, facts, quotes and findings."""
    with Warm() as warm:

        def compare(pdf):
            cheap = read_one(pdf, Limits(), warm=warm)
            thorough = read_one(pdf, Limits(), thorough=True, warm=warm)
            assert thorough.results or thorough.goals
            return dataclasses.replace(cheap, pages=()) == dataclasses.replace(thorough, pages=())

        yield compare


@pytest.mark.parametrize("name", LONG)
def test_records_are_those_of_a_thorough_reading(name, same):
    """The same record, whether every page was read with care or not."""
    assert same(document(name))


@pytest.mark.parametrize("path", OF_OURS)
def test_records_of_other_corpora_are_those_of_a_thorough_reading(path, same):
    """Documents by other hands that the demo does not have."""
    assert same((CORPORA / f"{path}.pdf").read_bytes())


@pytest.mark.parametrize(("name", "before", "accounts"), BOUND)
def test_accounts_between_the_pages_change_nothing(name, before, accounts, same):
    """A paper that another's accounts are bound into gives the same record in both ways, wherever they stand."""
    assert same(bound(document(name), before, document(accounts)))


def bound(pdf, before, other):
    """A document with pages 9 to 28 of another after the first `before` of its own."""
    made, ours, theirs = PdfDocument.new(), PdfDocument(pdf), PdfDocument(other)
    made.import_pages(ours, list(range(before)))
    made.import_pages(theirs, list(range(8, 28)))
    made.import_pages(ours, list(range(before, len(ours))))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("name", LONG[:3])
def test_most_of_a_long_report_is_left_out(name):
    """Of a report's thirty pages, those with accounts and their annexes are only looked at; chapters end where they begin."""
    with Opened(document(name)) as opened:
        choice = chosen_pages(shelf_of(opened), load_vocabulary())
        assert choice is not None
        pages = choice.pages
        assert {1, 2, 4, 5, 6} <= set(pages)
        assert len(pages) < len(opened) / 3
        assert [line.text for line in choice.headings.values()] == [
            "3. Regnskab",
            "4. Bilag til årsregnskabet",
        ]


def test_short_documents_are_read_whole():
    """A paper of a dozen pages is read whole: looking for what to leave out would cost more."""
    texts = tuple(PageText(number=number, width=595, height=842, text="") for number in range(1, SHORT + 1))
    assert (
        chosen_pages(
            Shelf(texts=texts, read=lambda _: pytest.fail("read"), edges=str, heading=lambda *_: None),
            load_vocabulary(),
        )
        is None
    )


def shelf_of(opened):
    """An open file's pages as the reader sees them."""
    texts = tuple(
        PageText(number=number, width=595, height=842, text=opened.glance(number).text)
        for number in range(1, len(opened) + 1)
    )
    return Shelf(
        texts=texts, read=opened.read, edges=lambda number: opened.glance(number).edges, heading=opened.line
    )
