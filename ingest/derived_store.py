"""Where links, events and the ledger are kept, beside the records that they are made from.

One row a family of bodies: replaced whole, in one transaction, when one of its documents changed.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update  # noqa: TID251

from crawler.codec import Codec
from crawler.records import AgencyId, Guess, Sha256
from ingest import derived_tables as tables
from ingest import store_tables
from ingest.derived import Event, Link, Silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document's place among families. `noted` is what its notes said of it when it was linked."""

    sha256: Sha256
    family: str
    bodies: tuple[str, ...]
    noted: str


class DerivedStore:
    """Reads and replaces what is inferred; everything here can be made again from the records."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._codec = Codec()

    # Writing.

    def members(self) -> dict[Sha256, Member]:
        """The documents that are linked as they were last read."""
        with self._engine.connect() as connection:
            return {
                Sha256(row.sha256): Member(
                    sha256=Sha256(row.sha256),
                    family=row.family,
                    bodies=tuple(json.loads(row.bodies)),
                    noted=row.noted,
                )
                for row in connection.execute(select(tables.linked))
            }

    def notes(self) -> "Noted":
        """What the archive's notes say of each kept document."""
        kept, fetch = store_tables.kept.c, store_tables.fetch.c
        seen: dict[str, str] = {}
        with self._engine.connect() as connection:
            query = select(fetch.sha256, fetch.body).where(fetch.sha256.is_not(None))
            for row in connection.execute(query.order_by(fetch.position)):
                moment = json.loads(row.body)["fetched_at"]
                seen[row.sha256] = min(seen.get(row.sha256, moment), moment)
            rows = connection.execute(select(kept.sha256, kept.guess_agency, kept.guess_year))
            return {
                Sha256(row.sha256): (
                    Guess(agency=row.guess_agency, year=row.guess_year),
                    seen.get(row.sha256),
                )
                for row in rows
            }

    def parties(self, sha256: Sha256) -> list[tuple[AgencyId | None, str]]:
        """Agency and printed name of each party on a document's cover, without reading the rest of its record."""
        c = store_tables.document.c
        with self._engine.connect() as connection:
            body = json.loads(connection.execute(select(c.body).where(c.sha256 == sha256)).scalar_one())
        return [(party["agency"], party["name_printed"]) for party in body["agencies"]]

    def versions(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """By family: the version of the linker that made its links, and the documents it had then."""
        c = tables.family.c
        with self._engine.connect() as connection:
            rows = connection.execute(select(c.name, c.version, c.members))
            return {row.name: (row.version, tuple(json.loads(row.members))) for row in rows}

    def replace(
        self,
        name: str,
        version: str,
        members: Sequence[Member],
        links: Iterable[Link],
        events: Iterable[Event],
    ) -> None:
        """Put a family's links and events in place of those before."""
        hashes = [member.sha256 for member in members]
        rows = [
            {
                "sha256": member.sha256,
                "family": name,
                "bodies": json.dumps(member.bodies, ensure_ascii=False),
                "noted": member.noted,
            }
            for member in members
        ]
        with self._engine.begin() as connection:
            connection.execute(delete(tables.family).where(tables.family.c.name == name))
            for sha256 in hashes:
                connection.execute(delete(tables.linked).where(tables.linked.c.sha256 == sha256))
            connection.execute(insert(tables.linked), rows)
            connection.execute(
                insert(tables.family).values(
                    name=name,
                    version=version,
                    members=json.dumps(hashes),
                    links=self._lines(links),
                    events=self._lines(events),
                )
            )
            self._grow(connection)

    def remove(self, names: Iterable[str], documents: Iterable[Sha256]) -> None:
        """Take out families that are no more, and documents that are gone."""
        with self._engine.begin() as connection:
            for name in names:
                connection.execute(delete(tables.family).where(tables.family.c.name == name))
            for sha256 in documents:
                connection.execute(delete(tables.linked).where(tables.linked.c.sha256 == sha256))

    def replace_ledger(self, rows: Sequence[Silence]) -> None:
        """Put the ledger in place of the one before."""
        values = [
            {"position": position, "agency": row.agency, "body": self._codec.dumps(row)}
            for position, row in enumerate(rows)
        ]
        with self._engine.begin() as connection:
            connection.execute(delete(tables.ledger))
            if values:
                connection.execute(insert(tables.ledger), values)
            self._grow(connection)

    @staticmethod
    def _grow(connection: Connection) -> None:
        """Let readers know that something changed, as every write to the store does."""
        c = store_tables.meta.c
        made = connection.execute(select(c.value).where(c.key == "generation")).scalar()
        if made is not None:
            connection.execute(
                update(store_tables.meta).where(c.key == "generation").values(value=str(int(made) + 1))
            )

    def _lines(self, records: Iterable[Link | Event]) -> str:
        return json.dumps([self._codec.plain(record.plain()) for record in records], ensure_ascii=False)

    # Reading: plain data as the contract writes it.

    def links(self) -> Iterator[dict[str, Any]]:
        """Every link, by family and place."""
        yield from self._each("links")

    def events(self) -> Iterator[dict[str, Any]]:
        """Every event, by family and place."""
        yield from self._each("events")

    def _each(self, column: str) -> Iterator[dict[str, Any]]:
        c = tables.family.c
        with self._engine.connect() as connection:
            for name in connection.execute(select(c.name).order_by(c.name)).scalars().all():
                body = connection.execute(select(c[column]).where(c.name == name)).scalar_one()
                yield from json.loads(body)

    def about(self, document: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Links and events of the family that a document belongs to; empty for one that is not linked."""
        c = tables.family.c
        query = (
            select(c.links, c.events)
            .join(tables.linked, tables.linked.c.family == c.name)
            .where(tables.linked.c.sha256.startswith(document))
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return ([], []) if row is None else (json.loads(row.links), json.loads(row.events))

    def silence(self, agency: AgencyId | None = None) -> tuple[Silence, ...]:
        """The ledger, of one agency or all, in its order."""
        c = tables.ledger.c
        query = select(c.body).order_by(c.position)
        if agency is not None:
            query = query.where(c.agency == agency)
        with self._engine.connect() as connection:
            return tuple(
                self._codec.loads(body, Silence) for body in connection.execute(query).scalars().all()
            )


def noted(guess: Guess, seen: str | None) -> str:
    """What notes say of a document, as one comparable text."""
    return json.dumps([guess.agency, guess.year, seen])


Noted = Mapping[Sha256, tuple[Guess, str | None]]
"""By document: what its notes guess, and when it was first met (ISO)."""
