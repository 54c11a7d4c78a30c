"""Bytes to an Extraction: open, look, learn, find, join, check. Runs in the child alone."""

import dataclasses
import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from crawler.records import Sha256
from ingest.checks import check
from ingest.danish.vocabulary import Vocabulary, load_vocabulary
from ingest.finders.answers import find_answers
from ingest.finders.facts import Facts, find_facts
from ingest.finders.headed import find_headed
from ingest.finders.legend import find_legend
from ingest.finders.result_tables import find_result_tables
from ingest.finders.sections import find_sections
from ingest.finders.tables import find_goal_tables
from ingest.join import join_goals
from ingest.join_results import join_results
from ingest.outline import Section, outline
from ingest.pages.layout import Page
from ingest.pages.opened import NotOpened, Opened
from ingest.records import (
    DocumentFacts,
    Extraction,
    Finding,
    Goal,
    PageText,
    Result,
    State,
    TextLayer,
    unread,
)
from ingest.structure import Structure, learn

SCANNED_SHARE = 0.85
DANISH = re.compile(r"\b(?:og|det|af|til|er|der|med|ikke|på|være|skal|år)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|and|of|to|in|is|that|for|with|on|are|be)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What is wanted of one reading."""

    max_pages: int
    max_text_bytes: int
    draw: Path | None
    draw_pages: tuple[int, ...] | None
    thorough: bool


def read_document(body: bytes, wishes: Wishes) -> Extraction:
    """Read a PDF; a file that will not open gives its named state."""
    sha256 = Sha256(hashlib.sha256(body).hexdigest())
    try:
        with Opened(body) as opened:
            if not len(opened):
                return failed(sha256, len(body), "empty", "The file holds no page.")
            extraction = _read(opened, sha256, len(body), wishes)
            if wishes.draw is not None:
                wanted = wishes.draw_pages or tuple(quoted_pages(extraction))
                for number in opened.draw(lambda page: page in wanted, wishes.draw):
                    sign(number)
            return extraction
    except NotOpened as error:
        return failed(sha256, len(body), error.state, str(error))


def failed(sha256: Sha256, size: int, state: State, message: str) -> Extraction:
    """What is said of a file that could not be read."""
    return unread(sha256, size, state, Finding(code=state, level="error", message=message, page=None))


def sign(number: int) -> None:
    """A line on stderr: this child makes progress."""
    print(f"page {number}", file=sys.stderr, flush=True)  # noqa: T201 - the parent listens for it


def quoted_pages(extraction: Extraction) -> list[int]:
    """The pages that carry a quote of a goal, a result or a passage."""
    quotes = [quote for goal in extraction.goals for quote in goal.quotes]
    quotes += [quote for goal in extraction.goals if goal.weight for quote in goal.weight.quotes]
    quotes += [quote for result in extraction.results for quote in result.quotes]
    for passage in (
        extraction.mission,
        extraction.vision,
        extraction.strategic_picture,
        extraction.follow_up,
    ):
        quotes += passage.quotes if passage else ()
    return sorted({quote.page for quote in quotes})


def language_of(text: str) -> str | None:
    """`da` or `en` by their commonest words; None where there is too little text."""
    danish, english = len(DANISH.findall(text)), len(ENGLISH.findall(text))
    if danish + english < 3:
        return None
    return "da" if danish >= english else "en"


def _read(opened: Opened, sha256: Sha256, size: int, wishes: Wishes) -> Extraction:
    vocabulary = load_vocabulary()
    findings: list[Finding] = []
    texts: list[PageText] = []
    scanned = 0
    total = 0
    for number in range(1, min(len(opened), wishes.max_pages) + 1):
        width, height = opened.size(number)
        text = opened.text(number)
        total += len(text.encode())
        if total > wishes.max_text_bytes:
            findings.append(
                Finding(
                    code="too_much_text",
                    level="warning",
                    message="The rest of the text is left out.",
                    page=number,
                )
            )
            break
        if opened.image_share(number) > SCANNED_SHARE:
            scanned += 1
            text = ""
        texts.append(PageText(number=number, width=round(width, 2), height=round(height, 2), text=text))
        sign(number)
    if len(opened) > wishes.max_pages:
        findings.append(
            Finding(
                code="too_many_pages",
                level="warning",
                message=f"Only the first {wishes.max_pages} pages are read.",
                page=None,
            )
        )
    whole = "\n".join(page.text for page in texts)
    layer: TextLayer | None = None if scanned == len(texts) or not whole.strip() else "native"
    if layer is None:
        findings.append(
            Finding(
                code="no_text_layer",
                level="warning",
                message="The pages are images without usable text.",
                page=None,
            )
        )
    facts = DocumentFacts(
        sha256=sha256,
        bytes=size,
        pages=len(opened),
        language=language_of(whole),
        text_layer=layer,
        state="read",
    )
    empty = unread(sha256, size, "read", Finding(code="", level="info", message="", page=None))
    base = dataclasses.replace(empty, document=facts, findings=tuple(findings), pages=tuple(texts))
    if layer is None or facts.language != "da":
        return base
    return _careful(opened, base, vocabulary)


def _careful(opened: Opened, base: Extraction, vocabulary: Vocabulary) -> Extraction:
    pages: list[Page] = []
    for text in base.pages:
        pages.append(opened.read(text.number))
        sign(text.number)
    structure = learn(pages, vocabulary)
    facts: Facts = find_facts(pages, structure, vocabulary)
    kind = facts.reading.kind
    if kind == "other":
        return dataclasses.replace(base, title=facts.title)
    root = outline(structure, vocabulary)
    sections = find_sections(root, vocabulary)
    goals: tuple[Goal, ...] = ()
    if kind in ("plan", "amendment"):
        headed = find_headed(root, facts.reading.period, vocabulary)
        candidates = [*headed, *find_goal_tables(structure, vocabulary)]
        goals = join_goals(candidates, facts.reading.period, vocabulary)
    read = dataclasses.replace(
        base,
        kind=kind,
        genre=facts.reading.genre,
        genre_printed=facts.reading.genre_printed,
        title=facts.title,
        agencies=facts.agencies,
        ministry_printed=facts.ministry,
        period=facts.reading.period,
        frame=facts.reading.frame,
        signatures=facts.signatures,
        mission=sections.get("mission"),
        vision=sections.get("vision"),
        strategic_picture=sections.get("strategic_picture"),
        ministry_mission=sections.get("ministry_mission"),
        ministry_vision=sections.get("ministry_vision"),
        follow_up=sections.get("follow_up") if kind != "report" else None,
        goals=goals,
        results=_results(root, structure, facts, vocabulary) if kind == "report" else (),
    )
    return dataclasses.replace(read, findings=(*read.findings, *check(read)))


def _results(root: Section, structure: Structure, facts: Facts, vocabulary: Vocabulary) -> tuple[Result, ...]:
    legend = find_legend(structure, vocabulary)
    names = tuple(agency.name_printed for agency in facts.agencies)
    agencies = names if len(names) > 1 else ()
    found = find_result_tables(structure, agencies, legend, vocabulary)
    found += find_answers(root, facts.reading.period, agencies, legend, vocabulary)
    return join_results(found, root, vocabulary)
