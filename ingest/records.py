"""What is read out of a plan or a report: the record contract of docs/records.md, field by field.

Every `…_printed` field holds the document's own words, its neighbour our reading. Unknown is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, NewType

from crawler.records import AgencyId, Period, Sha256

GoalId = NewType("GoalId", str)
ResultId = NewType("ResultId", str)

Kind = Literal["plan", "report", "amendment", "other"]
State = Literal["read", "encrypted", "broken", "not_pdf", "empty", "timeout", "memory", "crashed"]
TextLayer = Literal["native", "ocr", "mixed"]
Comparator = Literal["at_least", "at_most", "exactly", "between", "about", "change_by", "done"]
Status = Literal["met", "partly_met", "not_met", "met_or_partly", "not_assessed", "dropped"]
Section = Literal["part1", "part2", "annex", "other"]
Level = Literal["info", "warning", "error"]


class Box(NamedTuple):
    """PDF points from the top left corner of the page as displayed (crop box and rotation applied)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A place that proves a field: page from 1, and one line or table cell on it."""

    page: int
    box: Box


Quotes = tuple[Quote, ...]
FieldQuotes = Mapping[str, Quotes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A cleaned text with its proof; paragraphs and list items are joined by one newline."""

    text: str
    quotes: Quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What the file is. `pages` is None if it would not open; `text_layer` None if no text could be read."""

    sha256: Sha256
    bytes: int
    pages: int | None
    language: str | None
    text_layer: TextLayer | None
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPrinted:
    """A party as printed on the cover; `agency` is settled by name and date against the registry."""

    name_printed: str
    agency: AgencyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature block; what is blank on paper is None."""

    name: str | None
    role: str | None
    date: date | None
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A goal's share of the whole, wherever in the document it stands."""

    value: Decimal
    unit: Literal["percent", "points"]
    quotes: Quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Where it stood; a year without a figure leaves value and unit None."""

    value: Decimal | None
    unit: str | None
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How much, by when. Units and comparators as docs/records.md lists them."""

    text: str
    comparator: Comparator
    value: Decimal | None
    value_to: Decimal | None
    unit: str | None
    period: Period | None
    deadline: date | None
    baseline: Baseline | None
    degree: Literal["met", "partly_met"] | None
    quotes: Quotes
    field_quotes: FieldQuotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal or sub-goal. `parent` is an index in the document's `goals`; `group` runs from the outside in."""

    key: str | None
    title: str
    text: str
    group: tuple[str, ...]
    agency: str | None
    parent: int | None
    weight: Weight | None
    shared: bool
    binding: bool
    targets: tuple[Target, ...]
    quotes: Quotes
    field_quotes: FieldQuotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A figure that was reached; a fall is negative."""

    value: Decimal
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Points or degrees given, of how many (None where not printed)."""

    value: Decimal
    of: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """A report's own figure for the whole."""

    value: Decimal
    of: Decimal | None
    printed: str
    quotes: Quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a report says of one goal, merged from part 1, part 2 and annex."""

    goal_key: str | None
    goal_title: str | None
    agency: str | None
    target_printed: str | None
    actual_printed: str | None
    actual: Amount | None
    status: Status | None
    status_printed: str | None
    score: Score | None
    explanation: Passage | None
    section: Section
    quotes: Quotes
    field_quotes: FieldQuotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person should look at; `page` is None where it concerns the whole document."""

    code: str
    level: Level
    message: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """One page as displayed: size in PDF points, and its text, lines joined by newlines."""

    number: int
    width: float
    height: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything read from one document. `pages` is stored and indexed, but no part of `maalspor extract`."""

    document: DocumentFacts
    kind: Kind
    genre: str | None
    genre_printed: str | None
    title: str | None
    agencies: tuple[AgencyPrinted, ...]
    ministry_printed: str | None
    period: Period | None
    frame: Period | None
    signatures: tuple[Signature, ...]
    mission: Passage | None
    vision: Passage | None
    strategic_picture: Passage | None
    ministry_mission: Passage | None
    ministry_vision: Passage | None
    follow_up: Passage | None
    fulfilment: Fulfilment | None
    goals: tuple[Goal, ...]
    results: tuple[Result, ...]
    findings: tuple[Finding, ...]
    pages: tuple[PageText, ...]
    field_quotes: FieldQuotes


def unread(sha256: Sha256, size_bytes: int, state: State, finding: Finding) -> Extraction:
    """The object that a file gives which could not be read: kind `other`, lists empty, one finding."""
    return Extraction(
        document=DocumentFacts(
            sha256=sha256, bytes=size_bytes, pages=None, language=None, text_layer=None, state=state
        ),
        kind="other",
        genre=None,
        genre_printed=None,
        title=None,
        agencies=(),
        ministry_printed=None,
        period=None,
        frame=None,
        signatures=(),
        mission=None,
        vision=None,
        strategic_picture=None,
        ministry_mission=None,
        ministry_vision=None,
        follow_up=None,
        fulfilment=None,
        goals=(),
        results=(),
        findings=(finding,),
        pages=(),
        field_quotes={},
    )
