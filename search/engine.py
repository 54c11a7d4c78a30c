"""SEAM engine: the one protocol of our own. Engines are fed ready tokens and never see a user's text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from crawler.records import Sha256
from search.query import HitKind, Hits, Query

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is indexed of one record. Facet values are ids or words; years are all years of the period."""

    id: str
    kind: HitKind
    document: Sha256
    title: str
    text: str
    names: tuple[str, ...]
    """Names, former names and abbreviations of its agencies; searched as text on documents."""
    facets: tuple[tuple[str, str], ...]
    """(facet, value) pairs; a facet may come several times."""


class SearchEngine(Protocol):
    """Whoosh in a folder, or sixty plain lines in memory; one set of contract tests holds for both."""

    def replace(self, entries: Iterable[Entry]) -> int:
        """Put entries in, each in place of the one with its id; how many."""

    def remove(self, document: Sha256) -> int:
        """Take a document's entries out; how many."""

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Build beside the old index and swap when complete; a stop leaves the old one serving."""

    def search(self, query: Query, *, offset: int = 0, limit: int = 20) -> Hits:
        """Hits in falling score, total and facet counts from one pass."""

    def suggest(self, prefix: str, *, limit: int = 10) -> list[str]:
        """Indexed words that begin so, commonest first."""

    def is_current(self) -> bool:
        """Same SCHEMA_VERSION as this code."""
