"""A document's own title: the largest lines of its first page, without what only stands near them."""

import re
from dataclasses import replace

from ingest.danish.dates import YEAR
from ingest.danish.lines import TitleReading, read_heading, read_title
from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Line, Page, joined

COVER_WORDS = 70
"""A first page with no more words than this is a cover: all that is large on it belongs to the title."""

SMALLER = 0.45, 0.72
"""Of the largest line's size: what still belongs to the title on a cover, and on a page with text."""

LONGEST = 90
"""Letters of a line that names the paper, with its body."""

LONG = 60
"""Letters of a line that is text, not title."""


def find_title(pages: list[Page], body: float, vocabulary: Vocabulary) -> tuple[str | None, TitleReading]:
    """The title as one line, and what it says; the period from the page's other lines where it names none."""
    lines = list(pages[0].lines) if pages else []
    large = title_lines(lines, body, vocabulary)
    text = joined([line.text for line in large])
    reading = read_title(text, vocabulary)
    if reading.kind == "other":
        named = _named_below(lines, body, vocabulary)
        if named is not None:
            text, reading = named.text, read_title(named.text, vocabulary)
    if reading.kind != "other" and reading.period is None:
        reading = _with_period(reading, pages, vocabulary)
    if _not_ours(text, lines[:30], vocabulary):
        reading = TitleReading(kind="other", genre=None, genre_printed=None, period=None, frame=None)
    return text or None, reading


def _named_below(lines: list[Line], body: float, vocabulary: Vocabulary) -> Line | None:
    """A line of the first page that is larger or heavier than its text and begins with a genre and its year.

    The subject of a letter, or the small line of a cover whose large one is a slogan.
    """
    genres = "|".join(re.escape(word) for kind in ("plan", "report") for word in vocabulary.genres[kind])
    for line in lines:
        raised = line.size > body + 0.9 or line.bold
        if (
            raised
            and len(line.text) < LONGEST
            and re.match(rf"(?:{genres})\b.*\b{YEAR}\b", line.text, re.IGNORECASE)
        ):
            return line
    return None


def title_lines(lines: list[Line], body: float, vocabulary: Vocabulary) -> list[Line]:
    """The lines of the title, from the top."""
    large = [line for line in lines if line.size > body + 1.5]
    if not large:
        return [line for line in lines if line.bold][:3]
    largest = max(line.size for line in large)
    cover = sum(len(line.words) for line in lines) <= COVER_WORDS
    share = SMALLER[0] if cover else SMALLER[1]
    if cover:
        chosen = [line for line in large if line.size >= share * largest]
        return [
            line
            for line in chosen
            if not _place_and_date(line.text, vocabulary)
            and vocabulary.role(line.text) not in ("contents", "mission")
        ]
    started = False
    chosen = []
    for line in lines:
        goes_on = chosen and re.match(r"(?:for|mellem|og)\s", line.text) and line.size > body + 1.5
        if goes_on or (line.size >= share * largest and line.size > body + 1.5):
            if started and _is_heading(line, vocabulary):
                break
            started = True
            chosen.append(line)
        elif started and len(line.text) > LONG:
            break
    return chosen


def _is_heading(line: Line, vocabulary: Vocabulary) -> bool:
    heading = read_heading(line.text, vocabulary)
    return (heading.key is not None and bool(heading.title)) or vocabulary.role(line.text) is not None


def _place_and_date(text: str, vocabulary: Vocabulary) -> bool:
    """A cover's date of signing is no part of the title, nor of the period."""
    months = "|".join(vocabulary.months)
    return (
        re.fullmatch(
            rf"[A-ZÆØÅ][\wæøå]+,?\s+(?:den\s+)?(?:\d{{1,2}}\.\s+)?(?:{months})\s+\d{{4}}", text, re.IGNORECASE
        )
        is not None
    )


def _with_period(reading: TitleReading, pages: list[Page], vocabulary: Vocabulary) -> TitleReading:
    """The period that the first pages say the plan is valid for, then any year beside the title."""
    for page in pages:
        for line in page.lines:
            said = line.text.casefold()
            if re.search(r"\bgælde(?:r|nde)\b", said) or (
                len(said) < LONG and vocabulary.role(line.text) == "goals"
            ):
                found = read_title(f"{reading.genre} {line.text}", vocabulary)
                if found.period is not None:
                    return replace(reading, period=found.period, frame=found.frame)
    first = " ".join(line.text for line in pages[0].lines[:25])
    found = read_title(f"{reading.genre} {first}", vocabulary)
    return replace(reading, period=found.period, frame=found.frame)


def _not_ours(title: str, lines: list[Line], vocabulary: Vocabulary) -> bool:
    """Whether the first page says what else the paper is: in its title or a line's first words, or by its parties."""
    words = "|".join(map(re.escape, vocabulary.genres["none"]))
    if any(re.match(rf"(?:{words})\b", said.casefold()) for said in (title, *(line.text for line in lines))):
        return True
    parties = "|".join(map(re.escape, vocabulary.genres["other_parties"]))
    opening = joined([line.text for line in lines]).casefold()
    return re.search(rf"\b(?:kontrakt|aftale)\w*\b[^.]{{0,40}}\bmellem (?:{parties})\b", opening) is not None
