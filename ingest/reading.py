"""Bytes to an Extraction: open, look, learn, find, join, check. Runs in the child alone."""

import dataclasses
import hashlib
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from crawler.records import Sha256
from ingest.checks import check
from ingest.chosen import Shelf, all_pages, chosen_pages, with_titled
from ingest.danish.vocabulary import Vocabulary, load_vocabulary
from ingest.finders.answers import find_answers
from ingest.finders.facts import FIRST_PAGES, Facts, find_facts
from ingest.finders.headed import choose_goals, find_headed
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
from ingest.repair import broken_fonts, has_lost_words, page_text, repaired, spelled
from ingest.shown import as_shown
from ingest.structure import Structure, learn
from ingest.unruled import with_unruled

SCANNED_SHARE = 0.85
MOST_SCANS = 75
"""Pages read from their image in one document: each takes seconds, and a child has minutes."""
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
        extraction.ministry_mission,
        extraction.ministry_vision,
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


@dataclass(slots=True)
class _Looked:
    """The cheap look at every page: its text, and the pages that had to be read from their image."""

    texts: list[PageText] = field(default_factory=list)
    scans: dict[int, Page] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def layer(self) -> TextLayer | None:
        """Whose words these are; None where there are none."""
        said = {page.number for page in self.texts if page.text.strip()}
        if not said:
            return None
        scanned = said & set(self.scans)
        return "ocr" if scanned == said else "mixed" if scanned else "native"


def _look(opened: Opened, wishes: Wishes) -> _Looked:
    looked = _Looked()
    total = 0
    for number in range(1, min(len(opened), wishes.max_pages) + 1):
        seen = opened.glance(number)
        text = seen.text
        total += len(text.encode())
        if total > wishes.max_text_bytes:
            looked.findings.append(_warning("too_much_text", "The rest of the text is left out.", number))
            break
        if seen.image_share > SCANNED_SHARE and _is_scan(opened, number, text):
            text = _scanned(opened, number, looked)
        looked.texts.append(
            PageText(number=number, width=round(seen.width, 2), height=round(seen.height, 2), text=text)
        )
        sign(number)
    if len(opened) > wishes.max_pages:
        message = f"Only the first {wishes.max_pages} pages are read."
        looked.findings.append(_warning("too_many_pages", message, None))
    return looked


def _is_scan(opened: Opened, number: int, text: str) -> bool:
    """Whether a page that an image covers has words to be read from it: those behind it are an earlier reading.

    A photograph that parts two chapters has none; on the first pages it may be a cover with a title.
    """
    if text.strip():
        return opened.invisible(number)
    return number <= FIRST_PAGES or not opened.is_dark(number)


def _scanned(opened: Opened, number: int, looked: _Looked) -> str:
    """A page's words from its image; an earlier reading hidden behind it is set aside."""
    if not opened.can_scan() or len(looked.scans) >= MOST_SCANS:
        looked.unread.append(number)
        return ""
    sign(number)
    looked.scans[number] = spelled(opened.scan(number), load_vocabulary())
    return page_text(looked.scans[number])


def _warning(code: str, message: str, page: int | None) -> Finding:
    return Finding(code=code, level="warning", message=message, page=page)


def _read(opened: Opened, sha256: Sha256, size: int, wishes: Wishes) -> Extraction:
    vocabulary = load_vocabulary()
    looked = _look(opened, wishes)
    whole = "\n".join(page.text for page in looked.texts)
    if looked.layer is None:
        looked.findings.append(_warning("no_text_layer", "The pages are images without usable text.", None))
    elif looked.unread:
        message = f"{len(looked.unread)} pages are images that were not read."
        looked.findings.append(_warning("pages_without_text", message, looked.unread[0]))
    facts = DocumentFacts(
        sha256=sha256,
        bytes=size,
        pages=len(opened),
        language=language_of(whole),
        text_layer=looked.layer,
        state="read",
    )
    empty = unread(sha256, size, "read", Finding(code="", level="info", message="", page=None))
    base = dataclasses.replace(
        empty, document=facts, findings=tuple(looked.findings), pages=tuple(looked.texts)
    )
    if looked.layer is None or facts.language != "da":
        return base
    return _careful(opened, base, looked.scans, vocabulary, thorough=wishes.thorough)


def _careful(
    opened: Opened, base: Extraction, scans: dict[int, Page], vocabulary: Vocabulary, *, thorough: bool
) -> Extraction:
    done = dict(scans)

    def read_page(number: int) -> Page:
        sign(number)
        if number not in done:
            done[number] = opened.read(number)
        return done[number]

    shelf = Shelf(
        texts=base.pages,
        read=read_page,
        edges=lambda number: opened.glance(number).edges,
        heading=opened.line,
    )
    chosen = chosen_pages(shelf, vocabulary)
    # In both ways of reading the same pages teach what body text looks like.
    teachers = None if chosen is None else frozenset(chosen.pages)
    if chosen is None or thorough:
        pages = [read_page(text.number) for text in base.pages]
        base, pages = _repaired(opened, base, pages)
        read = _records(base, pages, teachers, vocabulary)
    else:
        pages = all_pages(chosen, shelf)
        read = _records(base, pages, teachers, vocabulary)
        titles = {result.goal_title or "" for result in read.results if result.explanation is None}
        if with_titled(chosen, titles, shelf):
            pages = all_pages(chosen, shelf)
            read = _records(base, pages, teachers, vocabulary)
    turned = {page.number: page for page in pages if page.skew}
    read = as_shown(read, turned) if turned else read
    return dataclasses.replace(read, findings=(*read.findings, *check(read)))


def _repaired(opened: Opened, base: Extraction, pages: list[Page]) -> tuple[Extraction, list[Page]]:
    """The pages with wrongly mapped fonts read again, and the finding that says so."""
    fonts = broken_fonts(pages)
    if not fonts and not has_lost_words(pages):
        return base, pages
    names = (
        "some words" if not fonts else ", ".join(sorted(re.sub(r"^[A-Z]{6}\+", "", font) for font in fonts))
    )
    said = "read from the image" if opened.can_scan() else "unreadable"
    finding = _warning("broken_text", f"The letters of {names} are mapped wrongly; they are {said}.", None)
    base = dataclasses.replace(base, findings=(*base.findings, finding))
    if not opened.can_scan():
        return base, pages
    mended = []
    for page in pages:
        sign(page.number)
        mended.append(repaired(page, fonts, opened.scan))
    texts = tuple(
        dataclasses.replace(text, text=page_text(page)) if page is not before else text
        for text, page, before in zip(base.pages, mended, pages, strict=True)
    )
    return dataclasses.replace(base, pages=texts), mended


def _records(
    base: Extraction, pages: list[Page], teachers: frozenset[int] | None, vocabulary: Vocabulary
) -> Extraction:
    pages = [with_unruled(page, vocabulary) for page in pages]
    structure = learn(pages, vocabulary, teachers)
    facts: Facts = find_facts(pages, structure, vocabulary)
    kind = facts.reading.kind
    if kind == "other":
        return dataclasses.replace(
            base, title=facts.title, agencies=facts.agencies, ministry_printed=facts.ministry
        )
    root = outline(structure, vocabulary)
    sections = find_sections(root, vocabulary)
    goals: tuple[Goal, ...] = ()
    if kind in ("plan", "amendment"):
        chosen = choose_goals(root, facts.reading.period, vocabulary)
        headed = find_headed(root, chosen, facts.reading.period, vocabulary)
        candidates = [*headed, *find_goal_tables(root, chosen, vocabulary)]
        goals = join_goals(candidates, facts.reading.period, vocabulary)
    return dataclasses.replace(
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


def _results(root: Section, structure: Structure, facts: Facts, vocabulary: Vocabulary) -> tuple[Result, ...]:
    legend = find_legend(structure, vocabulary)
    names = tuple(agency.name_printed for agency in facts.agencies)
    agencies = names if len(names) > 1 else ()
    found = find_result_tables(structure, agencies, legend, vocabulary)
    found += find_answers(root, facts.reading.period, agencies, legend, vocabulary)
    return join_results(found, root, vocabulary)
