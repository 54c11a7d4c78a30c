"""The store's tables and the light rows read from them; everything here can be deleted and made again."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text  # noqa: TID251

from crawler.records import AgencyId, Sha256, document_id
from ingest.records import Finding, Goal, GoalId, Kind, Result, ResultId, State

SCHEMA_VERSION = 2
metadata = MetaData()

meta = Table(
    "meta", metadata, Column("key", String(40), primary_key=True), Column("value", Text, nullable=False)
)
document = Table(
    "document",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("reader", String(80), nullable=False),
    Column("body", Text, nullable=False),
)
place = Table(
    "place",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("kind", String(6), primary_key=True),
    Column("sha256", String(64), ForeignKey("document.sha256"), nullable=False),
    Column("position", Integer, nullable=False),
    Index("place_document", "sha256"),
)
party = Table(
    "party",
    metadata,
    Column("sha256", String(64), ForeignKey("document.sha256"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("agency", String(120), nullable=False),
    Column("name_printed", Text, nullable=False),
    Column("ministry_printed", Text),
    Column("start", Date),
    Column("end", Date),
    Index("party_agency", "agency"),
)
page = Table(
    "page",
    metadata,
    Column("sha256", String(64), ForeignKey("document.sha256"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("text", Text, nullable=False),
)
fetch = Table(
    "fetch",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("sha256", String(64)),
    Column("body", Text, nullable=False),
    Index("fetch_document", "sha256"),
)
kept = Table(
    "kept",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("kind", String(4), nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("guess_agency", String(80)),
    Column("guess_year", Integer),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """What lists need of a document. `agencies` are settled ids, or the notes' guess where none is printed;
    `years` the calendar years of the period, or the notes' guess where the document has none."""

    id: str
    sha256: Sha256
    kind: Kind
    genre: str | None
    title: str | None
    state: State
    pages: int | None
    agencies: tuple[AgencyId, ...]
    agency_names: tuple[str, ...]
    years: tuple[int, ...]
    goals: int
    results: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal, its id and place in `goals`, and the document it stands in."""

    id: GoalId
    index: int
    goal: Goal
    document: DocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """A result, its id and place in `results`, and the document it stands in."""

    id: ResultId
    index: int
    result: Result
    document: DocumentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """A finding and the document it concerns."""

    document: DocumentRow
    finding: Finding


def row_of(body: dict[str, Any], guesses: dict[str, tuple[str | None, int | None]]) -> DocumentRow:
    """A light row from a document's JSON; `guesses` are what the notes say: (agency, year)."""
    facts, period = body["document"], body["period"]
    agency, year = guesses.get(facts["sha256"], (None, None))
    settled = [party["agency"] for party in body["agencies"] if party["agency"]]
    if not body["agencies"] and agency:
        settled = [agency]
    years: Iterable[int] = () if year is None else (year,)
    if period:
        years = range(int(period["start"][:4]), int((period["end"] or period["start"])[:4]) + 1)
    return DocumentRow(
        id=document_id(facts["sha256"]),
        sha256=Sha256(facts["sha256"]),
        kind=body["kind"],
        genre=body["genre"],
        title=body["title"],
        state=facts["state"],
        pages=facts["pages"],
        agencies=tuple(AgencyId(id) for id in dict.fromkeys(settled)),
        agency_names=tuple(party["name_printed"] for party in body["agencies"]),
        years=tuple(years),
        goals=len(body["goals"]),
        results=len(body["results"]),
    )
