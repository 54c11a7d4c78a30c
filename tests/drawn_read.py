"""Drawn documents as the stages of the reader have them: pages, structure, outline, records."""

from ingest.danish.vocabulary import load_vocabulary
from ingest.outline import outline
from ingest.pages.opened import Opened
from ingest.read_one import Limits, read_one
from ingest.structure import learn
from ingest.unruled import with_unruled

WORDS = load_vocabulary()


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
    """The whole reading, in a child process as always."""
    return read_one(drawn.pdf(), Limits())


def cells(table):
    """What a table's cells say, row by row; None where there is no cell."""
    return [[cell and cell.text for cell in row] for row in table.rows]
