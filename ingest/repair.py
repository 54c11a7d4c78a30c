"""Fonts whose letters are mapped wrongly: noticed by their letters, and read again from the page's image.

A heading font without a usable character map gives "Tpzzpvu" for "Mission": no language, but the words stand where
they stand. What Tesseract reads in the same place takes their place, size and weight stay those of the print.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Cell, Line, Page, Table, Word
from ingest.records import Box

FEWEST, VARIETY = 60, 12
"""Letters, and different ones, in a font's words, before anything is said of it: "Vægt" and "pct." tell nothing."""

VOWELS = 0.26, 0.62
"""Danish has two vowels in five letters; a font with far fewer, or more, is mapped wrongly."""

STRANGE = 0.06
"""Share of signs that no text holds so many of."""


def broken_fonts(pages: list[Page]) -> set[str]:
    """The fonts of a document whose letters make no Danish or English."""
    return {font for font, said in _by_font(pages).items() if _is_broken(said, FEWEST, VARIETY)}


def doubtful_fonts(pages: list[Page]) -> set[str]:
    """The fonts of some of a document's pages that may be broken ones, were the rest of it known."""
    return {font for font, said in _by_font(pages).items() if _is_broken(said, FEWEST // 3, VARIETY // 2)}


def _by_font(pages: list[Page]) -> dict[str, str]:
    """The different words of each font, one behind the other."""
    words: dict[str, set[str]] = {}
    for page in pages:
        for word in _words(page):
            if word.font != "ocr":
                words.setdefault(word.font, set()).add(word.text.casefold())
    return {font: "".join(sorted(said)) for font, said in words.items()}


def _is_broken(said: str, fewest: int, variety: int) -> bool:
    """Whether the different words of a font are no language; with too few letters nothing is said of it."""
    letters = sum(letter.isalpha() for letter in said)
    if letters < fewest or len({letter for letter in said if letter.isalpha()}) < variety:
        return False
    vowels = sum(letter in "aeiouyæøåéü" for letter in said)
    strange = len(re.findall(r"[{}|~^`\\\ufffd]", said))
    return not VOWELS[0] <= vowels / letters <= VOWELS[1] or strange > STRANGE * letters


def has_lost_words(pages: list[Page]) -> bool:
    """Whether words stand in a private alphabet: small capitals of some fonts are nothing but numbers of glyphs."""
    return any(_is_lost(word, set()) for page in pages for word in _words(page))


def _is_lost(word: Word, fonts: set[str]) -> bool:
    private = len(re.findall(r"[\ue000-\uefff]", word.text))
    return word.font in fonts or (private >= 2 and 2 * private >= len(word.text))


def repaired(page: Page, fonts: set[str], scan: Callable[[int], Page]) -> Page:
    """The page with the lines in these fonts read from its image; as it is where it has none."""
    if not any(_is_lost(word, fonts) for word in _words(page)):
        return page
    read = list(_words(scan(page.number)))

    def mended(line: Line) -> Line:
        if not any(_is_lost(word, fonts) for word in line.words):
            return line
        first = line.words[0]
        words = tuple(
            replace(word, size=first.size, bold=first.bold, colour=first.colour)
            for word in read
            if _within(word.box, line.box)
        )
        return Line(page=line.page, words=tuple(sorted(words, key=lambda word: word.box.x0)) or line.words)

    def cell(one: Cell | None) -> Cell | None:
        return replace(one, lines=tuple(map(mended, one.lines))) if one else None

    tables = tuple(
        Table(page=table.page, box=table.box, rows=tuple(tuple(map(cell, row)) for row in table.rows))
        for table in page.tables
    )
    return replace(page, lines=tuple(map(mended, page.lines)), tables=tables)


def spelled(page: Page, vocabulary: Vocabulary) -> Page:
    """A scanned page with the field's own words spelled right: Tesseract reads "Mal" for "Mål", "Vegt" for "Vægt"."""
    right = {
        form: word
        for words in (vocabulary.goal_words, *vocabulary.labels.values(), vocabulary.months)
        for word in words
        for form in _misread(word)
    }

    def word(one: Word) -> Word:
        bare = one.text.casefold().rstrip(".:")
        if bare not in right:
            return one
        text = right[bare]
        text = text.capitalize() if one.text[0].isupper() else text
        return replace(one, text=text + one.text[len(bare) :])

    def line(one: Line) -> Line:
        return replace(one, words=tuple(map(word, one.words)))

    def cell(one: Cell | None) -> Cell | None:
        return replace(one, lines=tuple(map(line, one.lines))) if one else None

    tables = tuple(replace(t, rows=tuple(tuple(map(cell, row)) for row in t.rows)) for t in page.tables)
    return replace(page, lines=tuple(map(line, page.lines)), tables=tables)


def _misread(word: str) -> list[str]:
    if " " in word or len(word) < 3:
        return []
    plain = word.replace("å", "a").replace("ø", "o")
    return [form for form in {plain.replace("æ", "e"), plain.replace("æ", "ae")} if form != word]


def page_text(page: Page) -> str:
    """A page's words, lines joined by newlines, tables row by row."""
    lines = [(line.box.top, line.text) for line in page.lines]
    for table in page.tables:
        lines += [
            (table.box.top, " ".join(cell.text for cell in row if cell and cell.text)) for row in table.rows
        ]
    return "\n".join(text for _, text in sorted(lines, key=lambda line: line[0]) if text)


def _words(page: Page) -> list[Word]:
    lines = list(page.lines)
    for table in page.tables:
        for row in table.rows:
            for cell in row:
                lines += cell.lines if cell else ()
    return [word for line in lines for word in line.words]


def _within(word: Box, line: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return line.x0 - 2 <= x <= line.x1 + 2 and line.top - 2 <= y <= line.bottom + 2
