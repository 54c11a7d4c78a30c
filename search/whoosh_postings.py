"""Posting lists of one commit as NumPy arrays: Whoosh's own scores and counts, a hundred times sooner.

A reader has one file position, so one lock lies around every read; what was read is kept, bounded by bytes.
"""

import math
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from whoosh.fields import ID, TEXT, Schema  # noqa: TID251 - this is its home
from whoosh.filedb.filestore import FileStorage  # noqa: TID251 - this is its home

B, K1 = 0.75, 1.2
CACHE_BYTES = 64 << 20
POSITIONS = 1 << 22
"""More than any entry has words: `document * POSITIONS + position` is one sorted key."""
BOOSTS = {"exact": 4.0, "lemma": 2.0, "parts": 1.0}

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


def make_schema(facets: tuple[str, ...]) -> Schema:
    """Ready tokens go in, so the stock analyzers are never asked; pass this schema when opening, too."""
    return Schema(
        id=ID(stored=True, unique=True),
        document=ID(),
        digest=ID(),
        exact=TEXT(phrase=True),
        lemma=TEXT(phrase=False),
        parts=TEXT(phrase=False),
        **{f"facet_{facet}": ID() for facet in facets},
    )


class Postings:
    """One commit, opened for reading. Raises whatever Whoosh raises: any of it means "rebuild"."""

    def __init__(self, folder: Path, facets: tuple[str, ...]) -> None:
        # supports_mmap=False: a mapped segment is copied whole into memory for every searcher.
        index = FileStorage(str(folder), supports_mmap=False).open_index(schema=make_schema(facets))
        self._searcher = index.searcher()
        # A thread may still read this commit when the next one is opened: the last to let go closes the files.
        self._closing = weakref.finalize(self, self._searcher.close)
        self._reader = self._searcher.reader()
        self._lock = Lock()
        self._cache: OrderedDict[tuple[str, str], tuple[Ints, Floats]] = OrderedDict()
        self._cached_bytes = 0
        self._ranks: Ints | None = None
        size = self._reader.doc_count_all()
        length = self._reader.doc_field_length
        self.live: Flags = np.array([not self._reader.is_deleted(doc) for doc in range(size)], dtype=bool)
        self._size = int(self.live.sum())
        self._norms = {}
        for field in BOOSTS:
            # Over living documents only, so an updated index scores exactly like one built anew.
            lengths = np.array([length(doc, field) or 0 for doc in range(size)], np.float32)
            mean = float(lengths[self.live].mean()) if self._size else 0.0
            self._norms[field] = (K1 * (1 - B + B * lengths / (mean or 1))).astype(np.float32)
        self.values: dict[str, list[str]] = {}
        self.codes: dict[str, tuple[Ints, NDArray[np.uint16]]] = {}
        for facet in facets:
            self.values[facet] = [str(value) for value in self._reader.field_terms(f"facet_{facet}")]
            self.codes[facet] = self._codes(facet)

    def _codes(self, facet: str) -> tuple[Ints, NDArray[np.uint16]]:
        lists = [self._read(f"facet_{facet}", value)[0] for value in self.values[facet]]
        codes = np.repeat(np.arange(len(lists), dtype=np.uint16), [len(docs) for docs in lists])
        return np.concatenate([np.zeros(0, np.int32), *lists]), codes

    def _read(self, field: str, text: str) -> tuple[Ints, Floats]:
        docs, counts = array("i"), array("f")
        for reader, offset in self._reader.leaf_readers():
            if (field, text) in reader:
                match = reader.postings(field, text)
                while match.is_active():
                    docs.append(match.id() + offset)
                    counts.append(match.weight())
                    match.next()
        return np.array(docs, np.int32), np.array(counts, np.float32)

    def term(self, field: str, text: str) -> tuple[Ints, Floats]:
        """The documents with this term, and what it adds to the score of each (BM25F as Whoosh has it)."""
        key = field, text
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            docs, tf = self._read(field, text)
            # Whoosh's formula, but deleted documents do not count.
            idf = (
                BOOSTS[field] * (math.log(self._size / (int(self.live[docs].sum()) + 1)) + 1)
                if self._size
                else 0
            )
            score = (idf * tf * (K1 + 1) / (tf + self._norms[field][docs])).astype(np.float32)
            self._cache[key] = docs, score
            self._cached_bytes += docs.nbytes + score.nbytes
            while self._cached_bytes > CACHE_BYTES:
                _, (old, scores) = self._cache.popitem(last=False)
                self._cached_bytes -= old.nbytes + scores.nbytes
            return docs, score

    def phrase(self, words: list[str]) -> tuple[Ints, Floats]:
        """The documents with these exact words one after another, scored by the rarest word."""
        with self._lock:
            keys = self._positions(words[0])
            for word in words[1:]:
                keys = np.intersect1d(keys + 1, self._positions(word), assume_unique=True)
        docs = np.unique(keys // POSITIONS).astype(np.int32)
        total = np.zeros(len(docs), np.float32)
        for word in words:
            there, score = self.term("exact", word)
            total += score[np.searchsorted(there, docs)] if len(docs) else 0
        return docs, total

    def _positions(self, word: str) -> Longs:
        keys = array("q")
        for reader, offset in self._reader.leaf_readers():
            if ("exact", word) not in reader:
                continue
            match = reader.postings("exact", word)
            decode = reader.schema["exact"].format.decode_positions
            while match.is_active():
                start = (match.id() + offset) * POSITIONS
                keys.extend(start + position for position in decode(match.value()))
                match.next()
        return np.sort(np.array(keys, np.int64))

    def ids(self, docs: Ints) -> list[str]:
        """The stored ids of documents."""
        with self._lock:
            return [str(self._reader.stored_fields(int(doc))["id"]) for doc in docs]

    def ranks(self) -> Ints:
        """The place of each document in the order of ids; all ids are read once: a second for 100,000."""
        with self._lock:
            if self._ranks is None:
                size = len(self.live)
                ids = [str(self._reader.stored_fields(doc)["id"]) for doc in range(size)]
                ranks = np.empty(size, np.int32)
                ranks[sorted(range(size), key=ids.__getitem__)] = np.arange(size, dtype=np.int32)
                self._ranks = ranks
            return self._ranks

    def digests(self) -> list[str]:
        """Every value of the field `digest` that a living document has."""
        with self._lock:
            values = [str(value) for value in self._reader.field_terms("digest")]
            return [value for value in values if self.live[self._read("digest", value)[0]].any()]

    def lexicon(self) -> Mapping[str, int]:
        """Every exact word with the number of entries that have it."""
        with self._lock:
            found: dict[str, int] = {}
            for term in self._reader.lexicon("exact"):
                word = term.decode() if isinstance(term, bytes) else str(term)
                found[word] = int(self._reader.doc_frequency("exact", word))
            return found
