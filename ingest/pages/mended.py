"""Letters that one reader loses and the other has: a ligature without a name in the font's character map."""

import re
from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz

from ingest.pages.layout import Cell, Line, Page, Word
from ingest.records import Box

ALIKE = 60
"""Per cent of like letters that a word has with the one that takes its place, at least."""


def mended(page: Page, text: str, within: Callable[[Box], str]) -> Page:
    """The page with words that lack letters completed from PDFium's reading.

    `text` is PDFium's text of the page, `within` gives it for a box in points as displayed.
    """
    whole = _squeezed(text)

    def line(one: Line) -> Line:
        said = _squeezed(one.text)
        if not said or said in whole:
            return one
        other = within(one.box).split()
        if len(other) != len(one.words) or len("".join(other)) <= len(said):
            return one
        return replace(
            one, words=tuple(_word(word, text) for word, text in zip(one.words, other, strict=True))
        )

    def cell(one: Cell | None) -> Cell | None:
        return replace(one, lines=tuple(map(line, one.lines))) if one else None

    tables = tuple(
        replace(table, rows=tuple(tuple(map(cell, row)) for row in table.rows)) for table in page.tables
    )
    return replace(page, lines=tuple(map(line, page.lines)), tables=tables)


def _word(word: Word, text: str) -> Word:
    if sum(map(str.isdigit, text)) != sum(map(str.isdigit, word.text)):
        # A figure more is a footnote's mark, no lost letter.
        return word
    longer = len(text) > len(word.text) and fuzz.ratio(word.text, text) >= ALIKE
    return replace(word, text=text) if longer else word


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)
