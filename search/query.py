"""Our own query language and what a search answers. No engine's parser ever sees a user's text."""

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
