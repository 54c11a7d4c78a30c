"""SEAM engine: the one protocol of our own. Engines are fed ready tokens and never see a user's text."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from crawler.records import Sha256
from search.query import HitKind, Hits, Query

SCHEMA_VERSION = 2


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


def entries_digest(entries: Iterable[Entry], words: str) -> str:
    """A digest of a document's entries, whatever their order, under the given version of the words."""
    digest = hashlib.sha256(words.encode())
    for entry in sorted(entries, key=lambda entry: entry.id):
        digest.update(repr(entry).encode())
    return digest.hexdigest()[:16]


class SearchEngine(Protocol):
    """Whoosh in a folder, or sixty plain lines in memory; one set of contract tests holds for both."""

    def replace(self, entries: Iterable[Entry]) -> int:
        """Put entries in, each in place of the one with its id; how many."""

    def remove(self, document: Sha256) -> int:
        """Take a document's entries out; how many."""

    def update(self, documents: Mapping[Sha256, Sequence[Entry]]) -> int:
        """Put each document's entries in place of all it had, in one commit; none take it out; how many."""

    def contents(self) -> Mapping[Sha256, str]:
        """The `entries_digest` of every document; "" for one whose entries were not written as a whole."""

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Build beside the old index and swap when complete; a stop leaves the old one serving."""

    def search(self, query: Query, *, offset: int = 0, limit: int = 20) -> Hits:
        """Hits in falling score, total and facet counts from one pass."""

    def suggest(self, prefix: str, *, limit: int = 10) -> list[str]:
        """Indexed words that begin so, commonest first."""

    def near(self, word: str, *, limit: int = 5) -> list[str]:
        """Indexed words a letter or two away from a folded one, nearest first; see search.near."""

    def is_current(self) -> bool:
        """Same SCHEMA_VERSION as this code."""
