"""SEAM store: SQLAlchemy Core over SQLite. Replace by document is the whole write model.

Deleting what came from a document and inserting what was read now is one transaction, so re-reading is always
safe, and a stop at any moment leaves the old or the new reading. A schema number says "rebuild me".
"""

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, create_engine, delete, event, func, insert, select, update  # noqa: TID251
from sqlalchemy.exc import SQLAlchemyError  # noqa: TID251

from crawler.codec import Codec
from crawler.errors import SettingsError, StoreError
from crawler.records import AgencyId, Fetch, Registry, Sha256, StoredDocument, document_id
from ingest import store_tables as tables
from ingest.bodies import Party, party_rows, with_unlisted
from ingest.derived_store import DerivedStore
from ingest.derived_tables import linked
from ingest.places import goal_ids, result_ids
from ingest.records import Extraction, GoalId, PageText, ResultId
from ingest.store_tables import DocumentRow, FindingRow, GoalRow, ResultRow, row_of

SCHEMES = ("sqlite:///path/to/file.db",)


def open_store(url: str) -> "Store":
    """Open or make the store at `sqlite:///path`.

    Raises:
        SettingsError: another scheme than those that are there.
        StoreError: the file is no store, or one of another schema.

    """
    if not url.startswith("sqlite://"):
        raise SettingsError(f"store = {url!r} is not available; what is there: {', '.join(SCHEMES)}.")
    return Store(url)


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


class Store:
    """Records by document and by id. Safe to read from many threads; only one process writes."""

    def __init__(self, url: str) -> None:
        self._codec = Codec()
        self._engine = create_engine(url)
        event.listen(self._engine, "connect", _prepare)
        self.derived = DerivedStore(self._engine)
        try:
            with self._engine.begin() as connection:
                tables.metadata.create_all(connection)
                if self._meta(connection, "schema") is None:
                    connection.execute(
                        insert(tables.meta).values(key="schema", value=str(tables.SCHEMA_VERSION))
                    )
                schema = self._meta(connection, "schema")
        except SQLAlchemyError as error:
            raise StoreError(
                f"The store {url} cannot be opened ({error.__cause__}): check the path."
            ) from error
        if schema != str(tables.SCHEMA_VERSION):
            raise StoreError(f"The store {url} has schema {schema}: delete it and run `maalspor ingest`.")

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @staticmethod
    def _meta(connection: Connection, key: str) -> str | None:
        value: str | None = connection.execute(
            select(tables.meta.c.value).where(tables.meta.c.key == key)
        ).scalar()
        return value

    def _set_meta(self, connection: Connection, key: str, value: str) -> None:
        if self._meta(connection, key) is None:
            connection.execute(insert(tables.meta).values(key=key, value=value))
        else:
            connection.execute(update(tables.meta).where(tables.meta.c.key == key).values(value=value))

    def _grow(self, connection: Connection) -> None:
        self._set_meta(connection, "generation", str(int(self._meta(connection, "generation") or 0) + 1))

    # Writing: the parent of ingest only.

    def replace(self, extraction: Extraction, *, reader: str = "") -> None:
        """Put a document's reading in place of the one before it; `reader` says which code read it.

        Raises StoreError when another document has the same first 16 digits.
        """
        sha256 = extraction.document.sha256
        body = self._codec.dumps(dataclasses.replace(extraction, pages=()))
        places = [
            {"id": id, "kind": kind, "sha256": sha256, "position": position}
            for kind, ids in (("goal", goal_ids(extraction)), ("result", result_ids(extraction)))
            for position, id in enumerate(ids)
        ]
        pages = [{"sha256": sha256, **dataclasses.asdict(page)} for page in extraction.pages]
        parties = party_rows(extraction)
        with self._engine.begin() as connection:
            other = connection.execute(
                select(tables.document.c.sha256).where(tables.document.c.id == document_id(sha256))
            ).scalar()
            if other not in (None, sha256):
                raise StoreError(
                    f"{sha256} and {other} share their first 16 digits; keep them in two stores."
                )
            self._remove(connection, sha256)
            connection.execute(
                insert(tables.document).values(
                    sha256=sha256, id=document_id(sha256), reader=reader, body=body
                )
            )
            for table, rows in ((tables.place, places), (tables.page, pages), (tables.party, parties)):
                if rows:
                    connection.execute(insert(table), rows)
            self._grow(connection)

    @staticmethod
    def _remove(connection: Connection, sha256: Sha256) -> None:
        for table in (tables.place, tables.page, tables.party, linked, tables.document):
            connection.execute(delete(table).where(table.c.sha256 == sha256))

    def remove(self, sha256: Sha256) -> None:
        """Take a document's reading out."""
        with self._engine.begin() as connection:
            self._remove(connection, sha256)
            self._grow(connection)

    def replace_registry(self, registry: Registry) -> None:
        """Put the institutions in place of those before."""
        with self._engine.begin() as connection:
            body = self._codec.dumps(registry)
            if self._meta(connection, "registry") != body:
                self._set_meta(connection, "registry", body)
                self._grow(connection)

    def replace_fetches(self, documents: Iterable[StoredDocument], others: Iterable[Fetch]) -> None:
        """Put the archive's notes in place of those before: `others` are notes of answers that kept nothing."""
        kept: list[dict[str, Any]] = []
        notes: list[tuple[str | None, str]] = []
        for stored in documents:
            guesses = [fetch.guess for fetch in stored.fetches]
            kept.append(
                {
                    "sha256": stored.sha256,
                    "kind": stored.kind,
                    "size_bytes": stored.size_bytes,
                    "guess_agency": next((guess.agency for guess in guesses if guess.agency), None),
                    "guess_year": next((guess.year for guess in guesses if guess.year), None),
                }
            )
            notes += [(stored.sha256, self._codec.dumps(fetch)) for fetch in stored.fetches]
        notes += [(None, self._codec.dumps(fetch)) for fetch in others]
        rows = [
            {"position": position, "sha256": sha256, "body": body}
            for position, (sha256, body) in enumerate(notes)
        ]
        with self._engine.begin() as connection:
            connection.execute(delete(tables.fetch))
            connection.execute(delete(tables.kept))
            if kept:
                connection.execute(insert(tables.kept), kept)
            if rows:
                connection.execute(insert(tables.fetch), rows)
            self._grow(connection)

    # Documents.

    def readers(self) -> dict[Sha256, str]:
        """Which code read each document that is here."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.document.c.sha256, tables.document.c.reader))
            return {Sha256(row.sha256): row.reader for row in rows}

    def extraction(self, document: str) -> Extraction | None:
        """The reading of a document by its 16-digit id or SHA-256, without `pages`; None if it is not here."""
        with self._engine.connect() as connection:
            body = self._body(connection, document)
        return None if body is None else self._codec.loads(body, Extraction)

    @staticmethod
    def _body(connection: Connection, document: str) -> str | None:
        rows = connection.execute(
            select(tables.document.c.sha256, tables.document.c.body).where(
                tables.document.c.id == document_id(document)
            )
        ).all()
        return next((row.body for row in rows if row.sha256.startswith(document)), None)

    def extractions(self) -> Iterator[Extraction]:
        """Every reading with its pages, ordered by SHA-256."""
        with self._engine.connect() as connection:
            hashes = connection.execute(
                select(tables.document.c.sha256).order_by(tables.document.c.sha256)
            ).scalars()
            for sha256 in hashes.all():
                found = self.extraction(sha256)
                if found is not None:
                    yield dataclasses.replace(found, pages=self.pages(sha256))

    def pages(self, document: str) -> tuple[PageText, ...]:
        """The text of every page, in order."""
        c = tables.page.c
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(c.number, c.width, c.height, c.text)
                .join(tables.document)
                .where(tables.document.c.id == document_id(document))
                .order_by(c.number)
            )
            return tuple(PageText(**row) for row in rows.mappings())

    def page(self, document: str, number: int) -> PageText | None:
        """The text of one page, None if there is none."""
        c = tables.page.c
        with self._engine.connect() as connection:
            row = (
                connection.execute(
                    select(c.number, c.width, c.height, c.text)
                    .join(tables.document)
                    .where(tables.document.c.id == document_id(document), c.number == number)
                )
                .mappings()
                .first()
            )
            return None if row is None else PageText(**row)

    def documents(self) -> tuple[DocumentRow, ...]:
        """Light rows of all documents: by first year (unknown last), then title, then SHA-256."""
        c = tables.document.c
        with self._engine.connect() as connection:
            guesses = self._guesses(connection)
            rows = [
                row_of(json.loads(body), guesses)
                for body in connection.execute(select(c.body).order_by(c.sha256)).scalars()
            ]
        return tuple(sorted(rows, key=lambda row: (row.years[:1] or (9999,), row.title or "", row.sha256)))

    @staticmethod
    def _guesses(connection: Connection) -> dict[str, tuple[str | None, int | None]]:
        return {
            row.sha256: (row.guess_agency, row.guess_year) for row in connection.execute(select(tables.kept))
        }

    def document(self, document: str) -> DocumentRow | None:
        """The light row of one document, None if it is not here."""
        with self._engine.connect() as connection:
            body = self._body(connection, document)
            return None if body is None else row_of(json.loads(body), self._guesses(connection))

    def documents_of(self, agency: AgencyId) -> tuple[DocumentRow, ...]:
        """The rows of an agency's documents, in the order of `documents`."""
        return tuple(row for row in self.documents() if agency in row.agencies)

    # Records by id.

    def _placed(self, kind: str, id: str) -> tuple[str, int] | None:
        c = tables.place.c
        with self._engine.connect() as connection:
            row = connection.execute(select(c.sha256, c.position).where(c.kind == kind, c.id == id)).first()
            return None if row is None else (row.sha256, row.position)

    def goal(self, id: str) -> GoalRow | None:
        """The goal with exactly this id; None if there is none."""
        placed = self._placed("goal", id)
        return None if placed is None else self.goals_of(placed[0])[placed[1]]

    def result(self, id: str) -> ResultRow | None:
        """The result with exactly this id; None if there is none."""
        placed = self._placed("result", id)
        return None if placed is None else self.results_of(placed[0])[placed[1]]

    def goals_of(self, document: str) -> tuple[GoalRow, ...]:
        """A document's goals in reading order; empty for a document that is not here."""
        extraction, row = self.extraction(document), self.document(document)
        if extraction is None or row is None:
            return ()
        return tuple(
            GoalRow(id=GoalId(id), index=index, goal=goal, document=row)
            for index, (id, goal) in enumerate(zip(goal_ids(extraction), extraction.goals, strict=True))
        )

    def results_of(self, document: str) -> tuple[ResultRow, ...]:
        """A document's results in reading order; empty for a document that is not here."""
        extraction, row = self.extraction(document), self.document(document)
        if extraction is None or row is None:
            return ()
        return tuple(
            ResultRow(id=ResultId(id), index=index, result=result, document=row)
            for index, (id, result) in enumerate(zip(result_ids(extraction), extraction.results, strict=True))
        )

    def findings(self) -> tuple[FindingRow, ...]:
        """Every finding, in the order of `documents`."""
        found = []
        for row in self.documents():
            extraction = self.extraction(row.sha256)
            if extraction is not None:
                found += [FindingRow(document=row, finding=finding) for finding in extraction.findings]
        return tuple(found)

    # Institutions and notes.

    def listed(self) -> Registry:
        """The institutions as the sources name them; empty before the first ingest."""
        with self._engine.connect() as connection:
            body = self._meta(connection, "registry")
        return Registry(ministries=(), agencies=()) if body is None else self._codec.loads(body, Registry)

    def registry(self) -> Registry:
        """The institutions of the sources and, behind them, those that only documents name."""
        listed, c = self.listed(), tables.party.c
        query = select(c.agency, c.name_printed, c.ministry_printed, c.start, c.end)
        others = query.where(c.agency.not_in([agency.id for agency in listed.agencies]))
        with self._engine.connect() as connection:
            return with_unlisted(listed, [Party(**row) for row in connection.execute(others).mappings()])

    def fetches(self, document: str) -> tuple[Fetch, ...]:
        """The notes of one document, in order of time."""
        stored = self.stored_document(document)
        return () if stored is None else stored.fetches

    def notes(self) -> tuple[Fetch, ...]:
        """The notes of answers that kept nothing: dead links, refusals, pages that only led further."""
        c = tables.fetch.c
        with self._engine.connect() as connection:
            bodies = connection.execute(
                select(c.body).where(c.sha256.is_(None)).order_by(c.position)
            ).scalars()
            return tuple(self._codec.loads(body, Fetch) for body in bodies)

    def stored_document(self, document: str) -> StoredDocument | None:
        """A kept document with its notes, by id or SHA-256; None if the archive's notes do not name it."""
        c = tables.kept.c
        with self._engine.connect() as connection:
            row = connection.execute(select(tables.kept).where(c.sha256.startswith(document))).first()
            return None if row is None else self._stored(connection, row)

    def _stored(self, connection: Connection, row: Any) -> StoredDocument:
        c = tables.fetch.c
        bodies = connection.execute(
            select(c.body).where(c.sha256 == row.sha256).order_by(c.position)
        ).scalars()
        return StoredDocument(
            sha256=Sha256(row.sha256),
            kind=row.kind,
            size_bytes=row.size_bytes,
            fetches=tuple(self._codec.loads(body, Fetch) for body in bodies),
        )

    def html_pages(self) -> tuple[StoredDocument, ...]:
        """Plans that were kept as web pages, by SHA-256."""
        c = tables.kept.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.kept).where(c.kind == "html").order_by(c.sha256)).all()
            return tuple(self._stored(connection, row) for row in rows)

    def generation(self) -> int:
        """Grows with every write: for ETags, and for knowing that something changed."""
        with self._engine.connect() as connection:
            return int(self._meta(connection, "generation") or 0)

    def indexed(self) -> int | None:
        """The generation that the search index was last built from; None before the first."""
        with self._engine.connect() as connection:
            value = self._meta(connection, "indexed")
        return None if value is None else int(value)

    def note_indexed(self, generation: int) -> None:
        """Remember which generation the search index is of."""
        with self._engine.begin() as connection:
            self._set_meta(connection, "indexed", str(generation))

    def counts(self) -> dict[str, int]:
        """How many documents, goals, results and pages are here."""
        with self._engine.connect() as connection:
            counted = {
                "documents": select(func.count()).select_from(tables.document),
                "goals": select(func.count()).select_from(tables.place).where(tables.place.c.kind == "goal"),
                "results": select(func.count())
                .select_from(tables.place)
                .where(tables.place.c.kind == "result"),
                "pages": select(func.count()).select_from(tables.page),
            }
            return {name: int(connection.execute(query).scalar_one()) for name, query in counted.items()}
