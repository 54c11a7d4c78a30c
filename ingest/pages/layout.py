"""What a page is made of: words in lines, tables of cells, filled boxes. Plain values; no PDF library here."""

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TypeVar

from ingest.records import Box

EDGE = 0.09
"""Of a page's height: the outer strips, top and bottom, where running lines stand, nearly always."""

BRACKETED = 3
"""Words of a bracket at the end of a line that may have another face than the line."""

LEVEL = 0.6
"""Of the lower line's height: lines that share so much stand on one row."""

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
BULLET = re.compile(r"^(?:[•●▪■□◦‣⁃∙·○–—\-*]|[\uf000-\uf0ff])$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A run of letters without a space; `colour` as the PDF gives it, for telling runs apart only."""

    text: str
    box: Box
    size: float
    bold: bool
    italic: bool
    colour: str
    font: str = ""
    """The font's name as the PDF gives it; `ocr` for what was read from an image."""


def without_bracket(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words before a short bracket at the end: a remark such as "(koncernmål)" may have another face."""
    if not words or not words[-1].text.endswith(")"):
        return words
    for back in range(1, min(BRACKETED, len(words) - 1) + 1):
        if words[-back].text.startswith("("):
            return words[:-back]
    return words


@dataclass(frozen=True, kw_only=True)
class Line:
    """Words on one baseline of one column, from left to right; what is made of them is made once."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with one space between."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """Around all words."""
        return around([word.box for word in self.words])

    @cached_property
    def size(self) -> float:
        """The middle font size, in points."""
        return median(word.size for word in self.words)

    @cached_property
    def bold(self) -> bool:
        """Whether nearly all of it is bold, and every word with letters: a label before figures is not the line."""
        words = without_bracket(self.words)
        lettered = [word for word in words if any(letter.isalpha() for letter in word.text)]
        letters = sum(len(word.text) for word in words)
        heavy = sum(len(word.text) for word in words if word.bold)
        return bool(lettered) and all(word.bold for word in lettered) and heavy >= 0.7 * letters

    @property
    def colour(self) -> str:
        """The colour of the last word: a number before a title may have its own."""
        return self.words[-1].colour


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A table cell: its lines from the top, and its place."""

    box: Box
    lines: tuple[Line, ...]
    fill: str | None
    """The name of the colour that fills the cell, or of a mark in it: `grøn`, `gul` or `rød`; None for others."""

    @cached_property
    def text(self) -> str:
        """The lines as one text, hyphens at line ends healed."""
        return joined([line.text for line in self.lines])


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells from the top; a missing or merged-away cell is None."""

    page: int
    box: Box
    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as displayed, in reading order. Lines inside tables stand in `tables` alone."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    image_share: float
    """How much of the page is covered by images, 0 to 1."""
    panels: tuple[Box, ...] = ()
    """Boxes whose text belongs together, in reading order; none of them holds another."""
    skew: float = 0.0
    """By how many degrees counter-clockwise a scanned page was turned to be read; boxes are those of the turned page."""

    def shown(self, box: Box) -> Box:
        """A box of this page as it lies on the page as displayed."""
        if not self.skew:
            return box
        turn = math.radians(self.skew)
        middle_x, middle_y = self.width / 2, self.height / 2
        corners = [(x - middle_x, y - middle_y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs = [middle_x + x * math.cos(turn) - y * math.sin(turn) for x, y in corners]
        ys = [middle_y + x * math.sin(turn) + y * math.cos(turn) for x, y in corners]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


Placed = TypeVar("Placed", Line, Line | Table)


def by_rows(items: Iterable[Placed]) -> list[Placed]:
    """Lines and tables from the top; lines on about one baseline from the left, whatever their sizes.

    A label in smaller type begins lower than the text beside it, and is read before it.
    """
    rows: list[list[Placed]] = []
    for item in sorted(items, key=lambda item: (item.box.top, item.box.x0)):
        first = rows[-1][0] if rows else None
        if first is not None and isinstance(item, Line) and isinstance(first, Line) and _level(first, item):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for row in rows for item in sorted(row, key=lambda item: item.box.x0)]


def _level(one: Line, other: Line) -> bool:
    heights = one.box.bottom - one.box.top, other.box.bottom - other.box.top
    shared = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    apart = one.box.x1 <= other.box.x0 or other.box.x1 <= one.box.x0
    return apart and shared > LEVEL * min(heights)


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds them all."""
    return Box(
        round(min(box.x0 for box in boxes), 2),
        round(min(box.top for box in boxes), 2),
        round(max(box.x1 for box in boxes), 2),
        round(max(box.bottom for box in boxes), 2),
    )


def cleaned(text: str) -> str:
    """NFC, ligatures opened, soft hyphens and zero-width marks gone, odd spaces plain."""
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    text = re.sub("[\u00ad\u200b\u200c\u200d\ufeff]", "", text)
    # A list mark of a font without a character map; no letter is ever printed so.
    text = re.sub(r"\(cid:\d+\)", "•", text)
    text = text.replace("\u2010", "-").replace("\u2011", "-")
    return unicodedata.normalize("NFC", re.sub(r"[\u00a0\u2000-\u200a\u202f]", " ", text))


def joined(lines: list[str]) -> str:
    """One text of printed lines: a word broken at a line end is healed, a suspended hyphen kept.

    "mål- og" keeps its hyphen: what follows is a conjunction. "fore-" + "bygge" loses it.
    """
    text = ""
    for line in lines:
        clean = re.sub(r"\s+", " ", line).strip()
        if not clean:
            continue
        # "ø-rabat" keeps its hyphen: no syllable of one letter is parted from its word.
        broken = re.search(r"[a-zæøå]{2}-$", text)
        if broken and re.match(r"[a-zæøå]", clean) and not re.match(r"(?:og|eller|samt|til|som)\b", clean):
            text = text[:-1] + clean
        else:
            text = f"{text} {clean}" if text else clean
    return text


def is_bullet(text: str) -> bool:
    """Whether a word is nothing but a list mark (Word's private-use bullets too)."""
    return bool(BULLET.match(text))
