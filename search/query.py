"""Our own query language and what a search answers. No engine's parser ever sees a user's text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from crawler.records import Sha256

HitKind = Literal["goal", "result", "picture", "document"]
FACETS = ("agency", "ministry", "year", "kind", "document_kind", "status", "genre")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One word, or the words of a phrase in order, as typed; `exclude` for a leading minus."""

    words: tuple[str, ...]
    phrase: bool
    exclude: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to look for. `filters` maps a facet to its chosen values: any of them, all facets together."""

    text: str
    clauses: tuple[Clause, ...]
    filters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A run of letters to be marked: text[start:end]."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineHit:
    """What an engine knows: id and score."""

    id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """One pass over the matching documents: `total`, the asked-for hits, and counts of every facet value.

    A facet's counts ignore its own filter. Values in falling count, then by name.
    """

    total: int
    hits: tuple[EngineHit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A hit with what a page shows. `id` is the goal's, result's or document's; a picture has its document's
    id and a slash and its field (`b318b0b1edeb5499/mission`). `index` is the place in the document's `goals` or
    `results`, None otherwise. `snippet` is text around the first marks; `marks` are places in it,
    `title_marks` in the title."""

    id: str
    kind: HitKind
    title: str
    agency: str | None
    year: int | None
    document: str
    sha256: Sha256
    index: int | None
    page: int | None
    score: float
    snippet: str
    marks: tuple[Mark, ...]
    title_marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`find()`'s answer: hits with fields and marks."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


MAX_LETTERS = 1000
MAX_CLAUSES = 16
FIELDS = {
    "agency": "agency",
    "myndighed": "agency",
    "styrelse": "agency",
    "ministry": "ministry",
    "ministerium": "ministry",
    "year": "year",
    "år": "year",
    "kind": "kind",
    "type": "kind",
    "document_kind": "document_kind",
    "dokument": "document_kind",
    "status": "status",
    "vurdering": "status",
    "genre": "genre",
}
"""Names a filter may be typed with, Danish and English."""

_PIECE = re.compile(r'(?P<minus>-)?(?:(?P<field>\w+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
WORD = re.compile(rf"{_LETTER}+(?:[-'’]{_LETTER}+)*")
"""What a word is, in texts and queries alike; a letter keeps its combining marks."""
LONGEST_WORD = 60


def parse(text: str, filters: Mapping[str, tuple[str, ...]] | None = None) -> Query:
    """Read words, "phrases", a leading minus and `felt:værdi`; never raises, whatever is typed.

    `word:word` with an unknown field is two words: people paste text. What is beyond 1,000 letters or 16
    clauses is left out. `filters` are added to those typed.
    """
    chosen: dict[str, list[str]] = {facet: list(values) for facet, values in (filters or {}).items()}
    clauses: list[Clause] = []
    for piece in _PIECE.finditer(unicodedata.normalize("NFC", text[:MAX_LETTERS])):
        value = piece["phrase"] if piece["phrase"] is not None else piece["word"]
        field = FIELDS.get((piece["field"] or "").casefold())
        if field and value:
            chosen.setdefault(field, []).append(value)
            continue
        if piece["field"]:
            value = f"{piece['field']} {value}"
        words = tuple(found[:LONGEST_WORD] for found in WORD.findall(value))
        if not words or len(clauses) >= MAX_CLAUSES:
            continue
        exclude = piece["minus"] is not None
        if piece["phrase"] is not None:
            clauses.append(Clause(words=words, phrase=len(words) > 1, exclude=exclude))
        else:
            clauses += [Clause(words=(word,), phrase=False, exclude=exclude) for word in words]
    return Query(
        text=text[:MAX_LETTERS],
        clauses=tuple(clauses[:MAX_CLAUSES]),
        filters={facet: tuple(dict.fromkeys(values)) for facet, values in chosen.items()},
    )
