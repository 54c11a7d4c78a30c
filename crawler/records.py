"""What can be known without opening a PDF: institutions, sources, and the notes of every answer.

Frozen, keyword only, tuples never lists; absent is None. JSON and TOML are made in `crawler.codec`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NewType

Sha256 = NewType("Sha256", str)
"""64 hex digits: the identity of a document."""
AgencyId = NewType("AgencyId", str)
"""Made once, never changed, whatever the agency's name does."""
MinistryId = NewType("MinistryId", str)

Mark = Literal["seen", "title", "inferred"]
"""How an address was come by: itself seen, a document listed by title there, or only known or guessed."""
Evidence = Literal["seen", "title", "deduced", "background"]
"""What a step of history rests on; `background` is general knowledge that nobody has checked."""
ChangeKind = Literal["founded", "renamed", "merged", "split", "moved", "closed"]

DOCUMENT_ID_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `start` to `end`, both included; no end means still running."""

    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.start <= day and (self.end is None or day <= self.end)

    def years(self) -> tuple[int, ...]:
        """Every calendar year that the period touches; an open period has its first year only."""
        last = self.start.year if self.end is None else self.end.year
        return tuple(range(self.start.year, last + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyName:
    """One name as printed on documents; aliases and abbreviations are not `official`.

    `wrong` is a popular mistake; `background` says that name or period is general knowledge, not checked;
    `shared` that another body has the same official name on the same days, and that this is no slip.
    """

    text: str
    start: date | None
    end: date | None
    official: bool
    wrong: bool
    background: bool
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The ministry an agency belongs to from day to day; `background` as for names."""

    ministry: MinistryId
    start: date | None
    end: date | None
    background: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPublicPlan:
    """Years for which the agency, or the registry, says that no public plan exists; no years means all."""

    years: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPlan:
    """Years for which the plan exists only as a web page; no years means all."""

    years: tuple[int, ...]
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where documents of a body were met, or may be; `what` says which."""

    address: str
    mark: Mark
    what: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A step of a body's history: the first day of the new state, and the other bodies it concerns.

    `address` is where it was seen.
    """

    kind: ChangeKind
    start: date | None
    agencies: tuple[AgencyId, ...]
    evidence: Evidence
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A public body that signs plans. At most one official name a day.

    Not `listed` is a body that no source names: it is known by the name its documents print.
    """

    id: AgencyId
    names: tuple[AgencyName, ...]
    ministries: tuple[Attachment, ...]
    predecessors: tuple[AgencyId, ...]
    successors: tuple[AgencyId, ...]
    no_public_plan: tuple[NoPublicPlan, ...]
    html_only: tuple[HtmlPlan, ...]
    changes: tuple[Change, ...]
    addresses: tuple[Address, ...]
    note: str | None
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ministry:
    """A department: the other party of the plans of its agencies."""

    id: MinistryId
    names: tuple[AgencyName, ...]
    addresses: tuple[Address, ...]
    note: str | None
    fictional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """All institutions of the sources folder, in the order of its files."""

    ministries: tuple[Ministry, ...]
    agencies: tuple[Agency, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where to look. A source never `verified` is crawled only when named."""

    id: str
    start_urls: tuple[str, ...]
    allowed_hosts: tuple[str, ...]
    shape: str
    """The page shape it has; a replica of that shape lies in tests/sites/<shape>."""
    link_pattern: str
    """Regular expression an address or link text must match to be asked for as a document."""
    next_page: str | None
    detail_page: str | None
    delay_seconds: float
    page_budget: int
    expect_min: int
    expect_max: int
    verified: date | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What link, heading, address and file name say; settled by reading the document."""

    agency: AgencyId | None
    year: int | None


ProblemName = Literal[
    "not_found", "removed", "refused", "server_error", "bot_check", "soft_not_found", "not_pdf", "wrong_content_type",
    "truncated", "too_large", "unlinked", "robots", "no_answer", "other_host", "refused_address",
    "too_many_redirects", "page_budget", "too_many_queries", "too_deep",
]  # fmt: skip
"""What each means, and what to do about it: docs/manual.md, "Problems"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One answer, or one address put in by hand; never changed after."""

    source: str
    """The source's id; `added` for files put in from disk."""
    url: str
    found_on: str | None
    link_text: str | None
    heading: str | None
    guess: Guess
    fetched_at: datetime
    """UTC, whole seconds."""
    status: int | None
    """HTTP status; None where no answer came, or for a file from disk."""
    sha256: Sha256 | None
    """Of what was kept (for 304: of what is kept already); None where nothing was."""
    kind: Literal["pdf", "html", "list"] | None
    """What the answer is: a kept document (`pdf`, `html`), or a page that only led further."""
    size_bytes: int | None
    etag: str | None
    last_modified: str | None
    content_type: str | None
    problem: ProblemName | None
    """Why nothing was kept, or what was odd about what was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDocument:
    """The bytes are the identity; `fetches` in order of time."""

    sha256: Sha256
    kind: Literal["pdf", "html"]
    size_bytes: int
    fetches: tuple[Fetch, ...]


def document_id(sha256: str) -> str:
    """The first 16 hex digits: what addresses call a document. The store refuses a collision."""
    return sha256[:DOCUMENT_ID_LENGTH]
