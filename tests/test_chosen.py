"""Pages of long documents that nothing can stand on are not read with care, and no record is the poorer for it."""

import dataclasses

import pytest
from test_extract import document

from ingest.chosen import SHORT, Shelf, chosen_pages
from ingest.danish.vocabulary import load_vocabulary
from ingest.pages.opened import Opened
from ingest.read_one import Limits, read_one
from ingest.records import PageText

LONG = (
    "Samlet_aarsrapport_2018_faerger_og_anloeb",
    "Havnetilsynet_årsrapport_2017",
    "aarsrapport-2016-digestyrelsen",
    "Digestyrelsens årsrapport 2018",
)
SHORTER = ("havn_aarsrapport_2020", "mrp19_digestyrelsen")


@pytest.mark.parametrize("name", [*LONG, *SHORTER])
def test_records_are_those_of_a_thorough_reading(name):
    """Goals, results, facts, quotes and findings are the same, whether every page was read with care or not."""
    pdf = document(name)
    cheap, thorough = read_one(pdf, Limits()), read_one(pdf, Limits(), thorough=True)
    assert thorough.results or thorough.goals
    assert dataclasses.replace(cheap, pages=()) == dataclasses.replace(thorough, pages=())


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
