"""What is inferred from many records: links, events and the silence ledger of docs/records.md.

Never mixed with what a document says: each carries how it was found. Recomputed from records, never appended.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from crawler.records import AgencyId, Sha256
from ingest.records import Comparator

LinkType = Literal["answers", "continues", "returned", "split", "merged", "amends"]
EventValue = str | Decimal | date | dict[str, Any] | tuple[Decimal | None, ...] | None
SilenceState = Literal[
    "found",
    "found_not_read",
    "reports_nothing",
    "no_public_plan",
    "html_only",
    "overwritten",
    "vanished",
    "not_found",
    "not_looked",
]

LINK_KEYS = ("type", "from", "to", "method", "reason", "score", "sure")
EVENT_KEYS = (
    "type",
    "before",
    "after",
    "field",
    "from",
    "to",
    "unit",
    "comparator",
    "disclosed",
    "sure",
)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Spot:
    """A goal or result by its position in the document's list, from 0; neither names the whole document."""

    sha256: Sha256
    goal: int | None = None
    result: int | None = None

    def plain(self) -> dict[str, Any]:
        """As the contract writes it: keys that say nothing are left out."""
        said: dict[str, Any] = {"sha256": self.sha256}
        if self.goal is not None:
            said["goal"] = self.goal
        if self.result is not None:
            said["result"] = self.result
        return said


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Time flows from `source` to `target`. `sure` is true only where it may be stated without "perhaps"."""

    type: LinkType
    source: Spot
    target: Spot
    method: str
    """What spoke most for it, in a word: `key`, `title`, `text`, `target`."""
    reason: str
    """The same in a sentence a person can check."""
    score: float
    """0 to 1: the share of links of this score that are right (benchmarks/links)."""
    sure: bool

    def plain(self) -> dict[str, Any]:
        """As the contract writes it."""
        return {
            "type": self.type,
            "from": self.source.plain(),
            "to": self.target.plain(),
            "method": self.method,
            "reason": self.reason,
            "score": self.score,
            "sure": self.sure,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What moved between two places; `before` and `after` are its two proofs, None where there is no such side."""

    type: str
    before: Spot | None
    after: Spot | None
    field: str | None = None
    was: EventValue = None
    now: EventValue = None
    unit: str | None = None
    comparator: Comparator | None = None
    disclosed: bool | None = None
    sure: bool = True
    """False where it rests on a link that is not sure."""

    def plain(self) -> dict[str, Any]:
        """As the contract writes it: keys that say nothing are left out."""
        said: dict[str, Any] = {
            "type": self.type,
            "before": self.before.plain() if self.before else None,
            "after": self.after.plain() if self.after else None,
            "field": self.field,
            "from": self.was,
            "to": self.now,
            "unit": self.unit,
            "comparator": self.comparator,
            "disclosed": self.disclosed,
        }
        return {key: value for key, value in said.items() if value is not None} | {"sure": self.sure}


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """One line of the ledger: what was there for an agency, a year and a kind."""

    agency: AgencyId
    year: int
    kind: Literal["plan", "report"]
    state: SilenceState
    reason: str | None
    days_late: int | None
    """For a plan: days from the start of its period to the last signature, where positive."""
