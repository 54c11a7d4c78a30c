"""The contract made visible, in plain lines: every entry in a dict, every search a walk over all of them."""

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from crawler.records import Sha256
from search.engine import Entry, entries_digest
from search.near import nearest
from search.query import FACETS, Clause, EngineHit, Hits, Query
from search.words import Words, fold, tokens, words_version

EXACT, LEMMA, PART, SYNONYM = 4.0, 2.0, 1.0, 0.5
BREAK = "|"
"""Stands between title, text and names, so that no phrase reaches across; no word of a query is ever this."""


class MemoryEngine:
    """Holds entries in memory; gone with the process."""

    def __init__(self) -> None:
        self._words = Words()
        self._version = words_version()
        self._entries: dict[str, Entry] = {}

    def replace(self, entries: Iterable[Entry]) -> int:
        """Put entries in."""
        new = {entry.id: entry for entry in entries}
        self._entries |= new
        return len(new)

    def remove(self, document: Sha256) -> int:
        """Take a document's entries out."""
        gone = [id for id, entry in self._entries.items() if entry.document == document]
        for id in gone:
            del self._entries[id]
        return len(gone)

    def update(self, documents: Mapping[Sha256, Sequence[Entry]]) -> int:
        """Replace whole documents."""
        for document in documents:
            self.remove(document)
        return self.replace(itertools.chain.from_iterable(documents.values()))

    def contents(self) -> Mapping[Sha256, str]:
        """Digests made anew from what is held."""
        held: dict[Sha256, list[Entry]] = {}
        for entry in self._entries.values():
            held.setdefault(entry.document, []).append(entry)
        return {document: entries_digest(entries, self._version) for document, entries in held.items()}

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Replace everything once all of it is there."""
        self._entries = {entry.id: entry for entry in entries}
        return len(self._entries)

    def search(self, query: Query, *, offset: int = 0, limit: int = 20) -> Hits:
        """Walk over all entries."""
        scored = {id: self._score(entry, query) for id, entry in self._entries.items()}
        matching = [self._entries[id] for id, score in scored.items() if score is not None]
        facets = {}
        for facet in FACETS:
            others = {name: values for name, values in query.filters.items() if name != facet}
            counts = Counter(
                value
                for entry in matching
                if chosen(entry, others)
                for value in {value for name, value in entry.facets if name == facet}
            )
            facets[facet] = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
        found = [entry for entry in matching if chosen(entry, query.filters)]
        found.sort(key=lambda entry: (-(scored[entry.id] or 0.0), entry.id))
        hits = tuple(
            EngineHit(id=entry.id, score=scored[entry.id] or 0.0) for entry in found[offset : offset + limit]
        )
        return Hits(total=len(found), hits=hits, facets=facets)

    def _score(self, entry: Entry, query: Query) -> float | None:
        said = searched_words(entry)
        total = 0.0
        for clause in query.clauses:
            score = self._clause(said, clause)
            if (score > 0) == clause.exclude:
                return None
            total += score
        return total

    def _clause(self, said: list[str], clause: Clause) -> float:
        if clause.phrase:
            words, wanted = [fold(word) for word in said], [fold(word) for word in clause.words]
            return EXACT * sum(words[at : at + len(wanted)] == wanted for at in range(len(words)))
        form = self._words.forms(clause.words[0])
        synonyms = () if clause.exclude else self._words.synonyms(form.lemma)
        score = 0.0
        for word in said:
            other = self._words.forms(word)
            score += EXACT * (other.exact == form.exact) + LEMMA * (other.lemma == form.lemma)
            score += PART * (form.lemma in other.parts) + SYNONYM * (other.lemma in synonyms)
        return score

    def suggest(self, prefix: str, *, limit: int = 10) -> list[str]:
        """Count all words."""
        begun = [(word, count) for word, count in self._counts().items() if word.startswith(fold(prefix))]
        return [word for word, _ in sorted(begun, key=lambda item: (-item[1], item[0]))[:limit]]

    def _counts(self) -> Mapping[str, int]:
        """How many entries have each word."""
        words = ({fold(word) for word in searched_words(entry)} - {BREAK} for entry in self._entries.values())
        return Counter(itertools.chain.from_iterable(words))

    def near(self, word: str, *, limit: int = 5) -> list[str]:
        """From a count of all words."""
        return nearest(word, self._counts(), limit=limit)

    def is_current(self) -> bool:
        """Always: it is made by this code."""
        return True


def searched_words(entry: Entry) -> list[str]:
    """What is searched of an entry, in order: title, text, and on documents the names of its agencies."""
    names = entry.names if entry.kind == "document" else ()
    said: list[str] = []
    for part in (entry.title, entry.text, *names):
        said += [*([BREAK] if said else []), *(token.text for token in tokens(part))]
    return said


def chosen(entry: Entry, filters: object) -> bool:
    """Whether an entry has one of the chosen values of every facet."""
    assert isinstance(filters, dict)
    return all(any((facet, value) in entry.facets for value in values) for facet, values in filters.items())
