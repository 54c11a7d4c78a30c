"""Which pages of a long document are worth careful reading: cheap text in, page numbers out.

A page is left out only where nothing on it can become part of a record. Left out pages still stand among the
others, empty but for running lines, so that page numbers, contents lists and running lines are what they would be.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.danish.lines import read_heading
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.facts import FIRST_PAGES
from ingest.finders.signatures import DATED
from ingest.finders.titles import find_title
from ingest.pages.layout import EDGE, Line, Page
from ingest.records import PageText
from ingest.repair import doubtful_fonts
from ingest.structure import baseline_steps, body_size

SHORT = 12
"""Pages: a document with no more is read whole."""

LONGEST_HEADING = 90
"""Letters of a printed line that may be a heading, a label or a place and a date."""

PARTS = (
    "goals", "mission", "vision", "strategic_picture", "signatures", "ministry_mission", "ministry_vision",
)  # fmt: skip
"""Headings that open something to be read in plans and reports."""

CHAPTER = re.compile(r"(?:\d{1,2}\.?|[IVX]+\.)\s+[A-ZÆØÅ]\D{3,60}")
""""4. Regnskab": what stands after it belongs to that chapter, however far."""

NEAREST = 2
"""So many pages between two chosen ones are read as well: what stands between goals is about them."""

STEPS = 40
"""Steps from baseline to baseline, before the leading is known."""

FIGURES = 0.55
"""Share of a page's words that are figures, from which it is a table of figures and no prose."""

NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")

HEADING = 0.8
"""Points above the body's size, from which a line is a heading."""

LOST = re.compile(r"[\ue000-\uefff]{2}")
"""Letters of a private alphabet: what they are is told by the image of every page that has them."""

RUNNING = 3
"""Pages with the same line; a heading may stand on its own page and in the contents list."""

VERDICT = 25
"""Letters that may stand behind a title in its heading."""

SHORTEST_RUNNING = 4
"""Letters and figures; a shorter running line is a page number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The pages of one document: their cheap texts, and how to read one with care or look at a part of it."""

    texts: tuple[PageText, ...]
    read: Callable[[int], Page]
    edges: Callable[[int], str]
    """The words in the outer strips of a page, where running lines stand."""
    heading: Callable[[int, str], Line | None]
    """A printed line of a page with its place, size and weight; None where it cannot be told."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The pages that were read, by number, and of others the heading that each begins with."""

    pages: dict[int, Page]
    headings: dict[int, Line]


def chosen_pages(shelf: Shelf, vocabulary: Vocabulary) -> Choice | None:
    """The pages that can hold fields; None where the whole document must be read."""
    if len(shelf.texts) <= SHORT or any(LOST.search(text.text) for text in shelf.texts):
        return None
    pages = {text.number: shelf.read(text.number) for text in shelf.texts[:FIRST_PAGES]}
    choice = Choice(pages, {})
    opening = list(pages.values())
    _, reading = find_title(opening, body_size(opening), vocabulary)
    if reading.kind != "other":
        if reading.period is None:
            # Any page may say what the paper is valid for.
            return None
        held, marked = _wanted(set(pages), shelf, vocabulary, report=reading.kind == "report")
        for number in sorted(held):
            _read(number, pages, shelf)
        choice.headings.update(_headings(marked, pages, shelf))
        near = _with_neighbours(held, len(shelf.texts)) | set(marked)
        for number in sorted(near - set(choice.headings)):
            _read(number, pages, shelf)
        _close(choice, shelf)
        _settle_leading(pages, shelf)
    return None if doubtful_fonts(list(pages.values())) else choice


def _headings(marked: Mapping[int, str], pages: Mapping[int, Page], shelf: Shelf) -> dict[int, Line]:
    """The headings of chapters that begin at the top of their page: all that is told of such a page is told by them."""
    least = body_size(list(pages.values())) + HEADING
    found: dict[int, Line] = {}
    for number, said in marked.items():
        text = shelf.texts[number - 1].text
        running = _bare(shelf.edges(number))
        first = all(_bare(line) in running for line in text[: text.find(said)].split("\n"))
        line = shelf.heading(number, said) if first else None
        if line is not None and line.size > least:
            found[number] = line
    return found


def _settle_leading(pages: dict[int, Page], shelf: Shelf) -> None:
    """Read more pages of prose until there are steps enough to know the leading from."""
    rest = [text.number for text in shelf.texts if text.number not in pages and _is_prose(text.text)]
    while rest and sum(baseline_steps(list(pages.values())).values()) < STEPS:
        _read(rest.pop(0), pages, shelf)


def _wanted(
    opening: set[int], shelf: Shelf, vocabulary: Vocabulary, *, report: bool
) -> tuple[set[int], dict[int, str]]:
    """The numbers of pages with fields, and of others the line that opens a chapter or an annex."""
    stems = re.compile(rf"\b(?:{_stems(vocabulary)})")
    parts = PARTS if report else (*PARTS, "follow_up")
    held, marked = opening.copy(), {}
    for page in shelf.texts:
        lines = [line.strip() for line in page.text.split("\n") if len(line) <= LONGEST_HEADING]
        if (
            stems.search(page.text.casefold())
            or any(_opens(line, parts, vocabulary) for line in lines)
            # A plan's goals may be known by how often headings of one level demand something: all of them count.
            or (not report and _is_prose(page.text))
        ):
            held.add(page.number)
        elif opened := [
            line for line in lines if CHAPTER.fullmatch(line) or vocabulary.role(line) == "annex"
        ]:
            marked[page.number] = opened[0]
    return held, marked


def with_titled(choice: Choice, titles: Iterable[str], shelf: Shelf) -> bool:
    """Read the pages that print one of these titles as well; whether there were any.

    A goal's analysis may stand far from the table that gives its verdict, under nothing but its title.
    """
    wanted = [bare for title in titles if len(bare := _bare(title)) >= SHORTEST_RUNNING]
    pages = choice.pages
    before = len(pages)
    for text in shelf.texts:
        if text.number not in pages and _is_headed_by(text.text, wanted):
            for number in (text.number - 1, text.number, text.number + 1):
                _read(number, pages, shelf)
    if len(pages) > before:
        _close(choice, shelf)
    return len(pages) > before


def _is_headed_by(text: str, titles: list[str]) -> bool:
    """Whether one to three lines of a page are one of these titles, with a number before it or a verdict behind."""
    lines = [_bare(line).lstrip("#") for line in text.split("\n")]
    for at in range(len(lines)):
        for count in (1, 2, 3):
            said = "".join(lines[at : at + count])
            if any(said.startswith(title) and len(said) <= len(title) + VERDICT for title in titles):
                return True
    return False


def all_pages(choice: Choice, shelf: Shelf) -> list[Page]:
    """The whole document in order: pages that were read, and the others with nothing but running lines and headings."""
    running: dict[str, Line] = {}
    for page in choice.pages.values():
        for line in page.lines:
            at_edge = line.box.bottom < EDGE * page.height or line.box.top > (1 - EDGE) * page.height
            if at_edge and len(_bare(line.text)) >= SHORTEST_RUNNING:
                running.setdefault(_bare(line.text), line)
    return [choice.pages.get(text.number) or _left_out(text, running, choice, shelf) for text in shelf.texts]


def _left_out(text: PageText, running: Mapping[str, Line], choice: Choice, shelf: Shelf) -> Page:
    """A page that was not read, with those of the running lines that it prints, and the heading of a chapter."""
    said = _bare(shelf.edges(text.number)) if running else ""
    lines = [replace(line, page=text.number) for key, line in running.items() if key in said]
    if text.number in choice.headings:
        lines.append(choice.headings[text.number])
    return Page(
        number=text.number,
        width=text.width,
        height=text.height,
        lines=tuple(lines),
        tables=(),
        image_share=0.0,
    )


def _read(number: int, pages: dict[int, Page], shelf: Shelf) -> None:
    if number not in pages and 1 <= number <= len(shelf.texts):
        pages[number] = shelf.read(number)


def _bare(text: str) -> str:
    """Letters and figures alone, every figure alike: PDFium and pdfplumber part words differently."""
    return re.sub(r"\d+", "#", re.sub(r"[\W_]+", "", text.casefold()))


def _stems(vocabulary: Vocabulary) -> str:
    """What goals, their targets and verdicts are told with, wherever it stands in a line."""
    words = {word for word in (*vocabulary.goal_words, *vocabulary.answers["subjects"]) if len(word) > 3}
    return "|".join(sorted(map(re.escape, {*words, *vocabulary.telling})))


def _opens(line: str, parts: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether a short line is a heading or label of something to be read, or a place and a date."""
    heading = read_heading(line, vocabulary)
    label = vocabulary.label(line.split(":", maxsplit=1)[0])
    return (
        vocabulary.role(line) in parts
        or (heading.is_goal and heading.key is not None)
        or label not in (None, "text", "total")
        or (DATED.match(line) is not None and re.search(r",|\bden\b|\bd\.", line) is not None)
    )


def _is_prose(text: str) -> bool:
    """Whether a page is more than a table of figures."""
    words = text.split()
    figures = sum(word[:1].isdigit() or word[:1] in "-–§" for word in words)
    return figures < FIGURES * len(words)


def _with_neighbours(wanted: set[int], last: int) -> set[int]:
    """The pages next to chosen ones, and short gaps between them: tables and texts go on over pages."""
    found = {number + step for number in wanted for step in (-1, 0, 1)} & set(range(1, last + 1))
    for before, after in pairwise(sorted(found)):
        if after - before <= NEAREST + 1:
            found |= set(range(before, after))
    return found


def _close(choice: Choice, shelf: Shelf) -> None:
    """Read on from each stretch of chosen pages, both ways, to a page with a heading: where its sections end.

    Forward a chapter that begins at the top of a page is such an end; backward the page belongs to what was chosen.
    """
    pages = choice.pages
    body = body_size(list(pages.values()))
    seen = Counter(key for page in pages.values() for key in {_bare(line.text) for line in page.lines})
    for step in (1, -1):
        for number in sorted(pages, reverse=step < 0):
            at = number
            while (
                1 <= at + step <= len(shelf.texts)
                and at + step not in pages
                and not (step > 0 and at + step in choice.headings)
                and not _headed(pages[at], body, seen)
            ):
                at += step
                _read(at, pages, shelf)


def _headed(page: Page, body: float, seen: Mapping[str, int]) -> bool:
    """Whether a heading stands on a page that is no running line: a larger line, or a bold one with a number."""
    return any(
        (line.size > body + HEADING or (line.bold and NUMBERED.match(line.text) is not None))
        and re.search(r"[^\W\d_]{3}", line.text) is not None
        and seen.get(_bare(line.text), 0) < RUNNING
        for line in page.lines
    )
