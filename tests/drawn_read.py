"""Drawn documents as the stages of the reader have them: pages, structure, outline, records."""

from ingest.danish.vocabulary import load_vocabulary
from ingest.outline import outline
from ingest.pages.opened import Opened
from ingest.reading import Wishes, read_document
from ingest.structure import learn
from ingest.unruled import with_unruled

WORDS = load_vocabulary()
WISHES = Wishes(max_pages=50, max_text_bytes=1 << 20, draw=None, draw_pages=None, thorough=False)


def pages(drawn):
    """All pages with their lines and tables."""
    with Opened(drawn.pdf()) as opened:
        return [with_unruled(opened.read(number), WORDS) for number in range(1, len(opened) + 1)]


def structure(drawn):
    """What the document teaches of itself."""
    return learn(pages(drawn), WORDS)


def sections(drawn):
    """The document's tree of sections."""
    return outline(structure(drawn), WORDS)


def records(drawn):
    """The whole reading, in this process: drawn pages do no harm."""
    return read_document(drawn.pdf(), WISHES)


def cells(table):
    """What a table's cells say, row by row; None where there is no cell."""
    return [[cell and cell.text for cell in row] for row in table.rows]


def shown(drawn, quotes):
    """The words inside quotes' boxes, in the order of the quotes: what a reader of the site sees lit."""
    found = []
    by_number = {page.number: page for page in pages(drawn)}
    for quote in quotes:
        for word in page_words(by_number[quote.page]):
            x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
            if quote.box.x0 <= x <= quote.box.x1 and quote.box.top <= y <= quote.box.bottom:
                found.append(word.text)
    return " ".join(found)


def page_words(page):
    """Every word of a page, those in tables too."""
    lines = [*page.lines]
    lines += [
        line for table in page.tables for row in table.rows for cell in row if cell for line in cell.lines
    ]
    return [word for line in lines for word in line.words]
