"""Tables of what is inferred: each document's family, each family's links and events, the ledger."""

from sqlalchemy import Column, Index, Integer, String, Table, Text  # noqa: TID251

from ingest.store_tables import metadata

linked = Table(
    "linked",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("family", String(160), nullable=False),
    Column("bodies", Text, nullable=False),
    Column("noted", Text, nullable=False),
    Index("linked_family", "family"),
)
"""A document is taken out when its reading is replaced: what is not here is linked anew."""
family = Table(
    "family",
    metadata,
    Column("name", String(160), primary_key=True),
    Column("version", String(80), nullable=False),
    Column("members", Text, nullable=False),
    Column("links", Text, nullable=False),
    Column("events", Text, nullable=False),
)
ledger = Table(
    "ledger",
    metadata,
    Column("position", Integer, primary_key=True),
    Column("agency", String(160), nullable=False),
    Column("body", Text, nullable=False),
    Index("ledger_agency", "agency"),
)
