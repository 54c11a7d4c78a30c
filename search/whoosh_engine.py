"""Whoosh in a folder, for one machine: its index, postings and scoring, searched through arrays.

`<folder>/CURRENT` names the subfolder that serves. A rebuild makes a new one beside it and swaps the name, so a
stop leaves the old one serving. The index is disposable: any failure to open it means "rebuild".
"""

import bisect
import contextlib
import itertools
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from whoosh import index as whoosh_index  # noqa: TID251 - this is its home
from whoosh.filedb.filestore import FileStorage  # noqa: TID251 - this is its home

from crawler.errors import StaleIndex
from crawler.records import Sha256
from search.engine import SCHEMA_VERSION, Entry, entries_digest
from search.memory_engine import BREAK, searched_words
from search.near import nearest
from search.query import FACETS, Clause, EngineHit, Hits, Query
from search.whoosh_postings import Flags, Floats, Postings, make_schema
from search.words import Words, fold, words_version

REBUILD = "run `maalspor index --rebuild`"
MEMORY_MB = 128
MANY = 2000
"""From so many ties on, the order of all ids is read once instead of the ids of the ties."""
SYNONYM = 0.25
"""A synonym's share of what a lemma adds."""


class WhooshEngine:
    """An index in a folder. Many threads may search; one process writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._words = Words()
        self._version = words_version()
        self._lock = Lock()
        self._opened: tuple[tuple[str, int], Postings] | None = None
        self._lexicon: tuple[tuple[str, int], list[tuple[str, int]]] | None = None

    def _serving(self) -> Path | None:
        try:
            return self._folder / (self._folder / "CURRENT").read_text(encoding="utf-8").strip()
        except OSError:
            return None

    def is_current(self) -> bool:
        """Whether there is an index of this code's schema."""
        serving = self._serving()
        return serving is not None and serving.name.startswith(f"v{SCHEMA_VERSION}-") and serving.is_dir()

    def _postings(self) -> tuple[tuple[str, int], Postings]:
        """What serves now, opened; another process's commit or rebuild is noticed here."""
        serving = self._serving()
        if serving is None or not self.is_current():
            raise StaleIndex(f"The index {self._folder} is missing or of another version: {REBUILD}.")
        with self._lock:
            try:
                generation = int(
                    FileStorage(str(serving)).open_index(schema=make_schema(FACETS)).latest_generation()
                )
                key = (serving.name, generation)
                if self._opened is None or self._opened[0] != key:
                    self._opened = key, Postings(serving, FACETS)
            except Exception as error:
                raise StaleIndex(
                    f"The index {self._folder} cannot be opened ({type(error).__name__}): {REBUILD}."
                ) from error
            return self._opened

    def _fields(self, entry: Entry, digest: str = "") -> dict[str, Any]:
        said = searched_words(entry)
        forms = [self._words.forms(word) for word in said if word != BREAK]
        exact = [word if word == BREAK else self._words.forms(word).exact for word in said]
        facets: dict[str, list[str]] = {}
        for facet, value in dict.fromkeys(entry.facets):
            facets.setdefault(f"facet_{facet}", []).append(value)
        return {
            "id": entry.id,
            "document": entry.document,
            "digest": f"{entry.document}:{digest}",
            "exact": exact,
            "lemma": [form.lemma for form in forms],
            "parts": [part for form in forms for part in form.parts],
            **facets,
        }

    def replace(self, entries: Iterable[Entry]) -> int:
        """Put entries in with one commit."""
        new = {entry.id: entry for entry in entries}
        if not self.is_current():
            return self.rebuild(new.values())
        with self._writing() as writer:
            for entry in new.values():
                writer.delete_by_term("id", entry.id)
            for entry in new.values():
                writer.add_document(**self._fields(entry))
        return len(new)

    def remove(self, document: Sha256) -> int:
        """Take a document's entries out with one commit."""
        if not self.is_current():
            return 0
        with self._writing() as writer:
            return int(writer.delete_by_term("document", document))

    def update(self, documents: Mapping[Sha256, Sequence[Entry]]) -> int:
        """Delete and add in one commit."""
        count = 0
        with self._writing() as writer:
            for document in documents:
                writer.delete_by_term("document", document)
            for entries in documents.values():
                digest = entries_digest(entries, self._version)
                for entry in entries:
                    writer.add_document(**self._fields(entry, digest))
                count += len(entries)
        return count

    def contents(self) -> Mapping[Sha256, str]:
        """From the field `digest`: its values are few, one a document."""
        _, postings = self._postings()
        held: dict[Sha256, str] = {}
        for value in postings.digests():
            document, _, digest = value.partition(":")
            held[Sha256(document)] = "" if document in held else digest
        return held

    @contextlib.contextmanager
    def _writing(self) -> Any:
        serving = self._serving()
        index = FileStorage(str(serving), supports_mmap=False).open_index(schema=make_schema(FACETS))
        writer = index.writer(limitmb=MEMORY_MB)
        try:
            yield writer
            writer.commit()
        except BaseException:
            # A failed commit keeps the lock in a living process (Whoosh 2.7.5).
            with contextlib.suppress(Exception):
                writer.cancel()
            raise
        finally:
            index.close()

    def rebuild(self, entries: Iterable[Entry]) -> int:
        """Build in a new folder with one commit, make it durable, then swap the name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"v{SCHEMA_VERSION}-{secrets.token_hex(6)}"
        folder = self._folder / name
        folder.mkdir()
        count = 0
        try:
            index = whoosh_index.create_in(str(folder), make_schema(FACETS))
            writer = index.writer(limitmb=MEMORY_MB)
            try:
                seen = set()
                for _, together in itertools.groupby(entries, key=lambda entry: entry.document):
                    whole = list(together)
                    digest = entries_digest(whole, self._version)
                    for entry in whole:
                        if entry.id not in seen:
                            seen.add(entry.id)
                            writer.add_document(**self._fields(entry, digest))
                count = len(seen)
                writer.commit()
            finally:
                if not writer.is_closed:
                    writer.cancel()
                index.close()
            for path in (*folder.iterdir(), folder):
                make_durable(path)
            aside = self._folder / f".{name}"
            aside.write_text(name, encoding="utf-8")
            make_durable(aside)
            aside.replace(self._folder / "CURRENT")
            make_durable(self._folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        for old in self._folder.glob("v*-*"):
            if old.name != name:
                shutil.rmtree(old, ignore_errors=True)
        return count

    def search(self, query: Query, *, offset: int = 0, limit: int = 20) -> Hits:
        """One dense array of scores; facets are counted with bincount."""
        _, postings = self._postings()
        match: Flags = postings.live.copy()
        score: Floats = np.zeros(len(match), np.float32)
        for clause in query.clauses:
            here: Flags = np.zeros(len(match), bool)
            for docs, adds in self._found(postings, clause):
                here[docs] = True
                if not clause.exclude:
                    score[docs] += adds
            match &= ~here if clause.exclude else here
        chosen = {facet: self._chosen(postings, facet, values) for facet, values in query.filters.items()}
        facets = {}
        for facet, (docs, codes) in postings.codes.items():
            mask = reduce(and_, (flags for name, flags in chosen.items() if name != facet), match)
            counts = np.bincount(codes[mask[docs]], minlength=len(postings.values[facet]))
            pairs = [
                (value, int(count))
                for value, count in zip(postings.values[facet], counts, strict=True)
                if count
            ]
            facets[facet] = tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
        found = np.flatnonzero(reduce(and_, chosen.values(), match))
        hits = self._best(postings, found, score, offset, limit)
        return Hits(total=len(found), hits=hits, facets=facets)

    def _found(self, postings: Postings, clause: Clause) -> Iterable[tuple[Any, Floats]]:
        if clause.phrase:
            yield postings.phrase([fold(word) for word in clause.words])
            return
        form = self._words.forms(clause.words[0])
        yield postings.term("exact", form.exact)
        yield postings.term("lemma", form.lemma)
        yield postings.term("parts", form.lemma)
        for synonym in () if clause.exclude else self._words.synonyms(form.lemma):
            docs, adds = postings.term("lemma", synonym)
            yield docs, adds * np.float32(SYNONYM)

    @staticmethod
    def _chosen(postings: Postings, facet: str, values: tuple[str, ...]) -> Flags:
        flags: Flags = np.zeros(len(postings.live), bool)
        docs, codes = postings.codes[facet]
        wanted = [code for code, value in enumerate(postings.values[facet]) if value in values]
        flags[docs[np.isin(codes, wanted)]] = True
        return flags

    @staticmethod
    def _best(
        postings: Postings, found: Any, score: Floats, offset: int, limit: int
    ) -> tuple[EngineHit, ...]:
        top = offset + limit
        if top <= 0:
            return ()
        if len(found) > top:
            # All that tie with the last are kept, so that the order by id holds across pages.
            found = found[score[found] >= np.partition(score[found], -top)[-top]]
        if len(found) > MANY:
            found = found[np.lexsort((postings.ranks()[found], -score[found]))[offset:top]]
            pairs = list(zip(postings.ids(found), found.tolist(), strict=True))
        else:
            named = zip(postings.ids(found), found.tolist(), strict=True)
            pairs = sorted(named, key=lambda pair: (-float(score[pair[1]]), pair[0]))[offset:top]
        return tuple(EngineHit(id=id, score=float(score[doc])) for id, doc in pairs)

    def suggest(self, prefix: str, *, limit: int = 10) -> list[str]:
        """From the words of the index, sorted once a commit."""
        words = self._known()
        begin = fold(prefix)
        start = bisect.bisect_left(words, (begin, 0))
        end = bisect.bisect_left(words, (begin + "\U0010ffff", 0))
        best = sorted(words[start:end], key=lambda pair: (-pair[1], pair[0]))
        return [word for word, _ in best[:limit]]

    def _known(self) -> list[tuple[str, int]]:
        key, postings = self._postings()
        with self._lock:
            if self._lexicon is None or self._lexicon[0] != key:
                counts = postings.lexicon()
                self._lexicon = key, sorted((word, count) for word, count in counts.items() if word != BREAK)
            return self._lexicon[1]

    def near(self, word: str, *, limit: int = 5) -> list[str]:
        """From the same words; asked only when a query finds nothing."""
        return nearest(word, dict(self._known()), limit=limit)


def make_durable(path: Path) -> None:
    """Fsync a file or folder: Whoosh itself never does."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
