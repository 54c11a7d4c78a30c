"""What a document teaches about itself: body size, running lines, contents pages, headings, sections.

Nothing here knows an agency or a genre; which headings open which part is vocabulary.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.contents import contents_lines
from ingest.danish.lines import HeadingReading, read_heading
from ingest.danish.vocabulary import Vocabulary
from ingest.pages.columns import reading_order
from ingest.pages.layout import EDGE, Line, Page, Table

LONGEST_WORDED = 120
"""Letters of a goal's heading that only its word and number tell from the body."""

LONGEST_RUN_IN = 14
"""Words of a heading that its paragraph goes on with."""

LEADING = 0.4
"""Of the commonest step from baseline to baseline, how many there are at least of the leading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of the document in reading order: lines of one paragraph, or a table."""

    page: int
    lines: tuple[Line, ...]
    table: Table | None
    heading: HeadingReading | None
    """None for body text; headings are read for their number and words."""
    level: int
    """0 is the largest heading of the document; body text has 99."""

    @property
    def text(self) -> str:
        """The words, line ends as spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The document in reading order, without running lines and contents pages."""

    blocks: tuple[Block, ...]
    body_size: float
    contents_pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """What body text of this document looks like: its font size, and from one baseline to the next, in points."""

    size: float
    leading: float


def learn(pages: list[Page], vocabulary: Vocabulary, teachers: Collection[int] | None = None) -> Structure:
    """Learn the structure of pages in order. `teachers` are the numbers of those that show what body text looks like:
    the same whether the others were read or not. None for all pages.
    """
    running = running_lines(pages)
    listed = {page.number: contents_lines(page, len(pages), vocabulary) for page in pages}
    teaching = [page for page in pages if teachers is None or page.number in teachers]
    # Rows of a contents list stand closer, or farther, than lines of text.
    texts = [page for page in teaching if not listed[page.number]]
    habits = Habits(body_size(teaching), leading_of(texts))
    body = habits.size
    contents = tuple(number for number, lines in listed.items() if lines)
    styles: Counter[tuple[float, bool, str]] = Counter()
    for page in pages:
        for line in page.lines:
            if line.box.top >= 0 and _outstanding(line, body):
                styles[_style(line)] += 1
    order = sorted(styles, key=lambda style: (-style[0], not style[1], style[2]))
    levels = {style: level for level, style in enumerate(order)}
    blocks: list[Block] = []
    for page in pages:
        kept = [
            line
            for line in page.lines
            if (page.number, line.text, line.box.top) not in running
            and id(line) not in listed[page.number]
            and not _is_footnote(line, page, body, vocabulary)
        ]
        blocks += _page_blocks(page, kept, habits, levels, vocabulary)
    blocks = [part for block in continued(blocks) for part in run_in(block, vocabulary)]
    return Structure(blocks=tuple(blocks), body_size=body, contents_pages=contents)


def body_size(pages: list[Page]) -> float:
    """The font size that most letters have, in points."""
    letters = letters_of(pages)
    return letters.most_common(1)[0][0] if letters else 10.0


def letters_of(pages: list[Page]) -> Counter[float]:
    """How many letters there are of each font size, in half points; those in tables count half."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[round(line.size * 2) / 2] += len(line.text)
        for table in page.tables:
            for row in table.rows:
                for cell in row:
                    for line in cell.lines if cell else ():
                        letters[round(line.size * 2) / 2] += len(line.text) // 2
    return letters


def leading_of(pages: list[Page]) -> float:
    """The commonest distance of two baselines of body text in one column, in points; 0 where none is common."""
    seen = baseline_steps(pages)
    if sum(seen.values()) < 12:
        return 0.0
    # Narrower steps within a paragraph are many; of near equals the smallest is the leading.
    commonest = seen.most_common(1)[0][1]
    return min(step for step, count in seen.items() if count >= LEADING * commonest)


def baseline_steps(pages: list[Page]) -> Counter[float]:
    """How often baselines of body text stand so far apart, in half points."""
    body = body_size(pages)
    seen: Counter[float] = Counter()
    for page in pages:
        lines = [line for line in page.lines if abs(line.size - body) < 0.6]
        for before, line in pairwise(sorted(lines, key=lambda line: (line.box.x0 // 12, line.box.bottom))):
            step = line.box.bottom - before.box.bottom
            if 0.9 * body < step < 2.2 * body and abs(line.box.x0 - before.box.x0) < 12:
                seen[round(step * 2) / 2] += 1
    return seen


def running_lines(pages: list[Page]) -> set[tuple[int, str, float]]:
    """Lines at a page's edge that come back on other pages (figures aside), and bare page numbers."""
    seen: dict[str, set[int]] = {}
    edges: list[tuple[str, Page, Line]] = []
    for page in pages:
        for line in page.lines:
            if line.box.bottom < EDGE * page.height or line.box.top > (1 - EDGE) * page.height:
                key = re.sub(r"\d+", "#", line.text.casefold())
                seen.setdefault(key, set()).add(page.number)
                edges.append((key, page, line))
    return {
        (page.number, line.text, line.box.top)
        for key, page, line in edges
        if len(seen[key]) >= 2 or re.fullmatch(r"(?:side )?#(?: (?:af|/) #)?", key)
    }


def _is_footnote(line: Line, page: Page, body: float, vocabulary: Vocabulary) -> bool:
    """A small line in the lower part of a page that its number begins; what it says is no text of a goal."""
    low = line.box.top > 0.6 * page.height and line.size < 0.86 * body
    if not low or read_heading(line.text, vocabulary).is_goal:
        return False
    return re.match(r"\d{1,2}[.)]?\s?[A-ZÆØÅ]|\*{1,3}\)?\s", line.text) is not None


def _style(line: Line) -> tuple[float, bool, str]:
    return round(line.size * 2) / 2, line.bold, line.colour


def _outstanding(line: Line, body: float) -> bool:
    larger = line.size > body + 0.8
    return larger or (line.bold and line.size >= 0.82 * body)


def _page_blocks(
    page: Page,
    lines: list[Line],
    habits: Habits,
    levels: dict[tuple[float, bool, str], int],
    vocabulary: Vocabulary,
) -> list[Block]:
    blocks: list[Block] = []
    gathered: list[Line] = []

    def close() -> None:
        if gathered:
            blocks.append(_block(page.number, gathered, habits.size, levels, vocabulary))
            gathered.clear()

    for group in reading_order(lines, list(page.tables), page.panels):
        close()
        for item in group:
            if isinstance(item, Table):
                close()
                blocks.append(Block(page=page.number, lines=(), table=item, heading=None, level=99))
                continue
            if (gathered and not _together(gathered[-1], item, habits)) or (
                gathered and _parted_by_label(gathered[-1], item, vocabulary)
            ):
                close()
            gathered.append(item)
    close()
    return blocks


def _parted_by_label(before: Line, line: Line, vocabulary: Vocabulary) -> bool:
    """A label begins a paragraph ("Baggrund" under a goal's bold title, "Krav: …"); a weight's line is one alone."""
    for one in (before, line):
        if vocabulary.label(one.text):
            return True
    heading = read_heading(before.text, vocabulary)
    if _worded(heading, before.text, 1, vocabulary) and line.text[0].isupper():
        # "Resultatmål: Inspektioner" above its text in the text's own style.
        return True
    opened = re.match(r"([^:]{3,40}):(?:\s|$)", line.text)
    if opened and vocabulary.label(opened[1]):
        return True
    weight = re.match(r"([^:\d]{3,20}?):?\s+\d[\d,]*\s*(?:pct\.?|%|procent|point)?$", before.text)
    return weight is not None and vocabulary.label(weight[1]) == "weight"


def continued(blocks: list[Block]) -> list[Block]:
    """Paragraphs that a page or column breaks, whole again: the first part ends open, the second begins small."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if before is not None and _goes_on(before, block):
            found[-1] = replace(before, lines=before.lines + block.lines)
        else:
            found.append(block)
    return found


def run_in(block: Block, vocabulary: Vocabulary) -> list[Block]:
    """A paragraph that a goal's number and title open ("Resultatkrav 1. Driftssikkerhed. Fyrene …") as heading and text."""
    if block.table is not None or block.heading is not None or not block.lines:
        return [block]
    first = block.lines[0]
    for count in range(2, min(len(first.words), LONGEST_RUN_IN)):
        said = " ".join(word.text for word in first.words[:count])
        if not said.endswith((".", ":")) or first.words[count - 1].text.rstrip(".:").isdigit():
            continue
        heading = read_heading(said.rstrip(".:"), vocabulary)
        if not heading.is_goal or heading.key is None:
            return [block]
        if heading.title and heading.title[0].isupper():
            head = Line(page=first.page, words=first.words[:count])
            rest = Line(page=first.page, words=first.words[count:])
            lines = (rest, *block.lines[1:])
            return [
                Block(page=block.page, lines=(head,), table=None, heading=heading, level=98),
                Block(page=block.page, lines=lines, table=None, heading=None, level=99),
            ]
    return [block]


def _goes_on(before: Block, block: Block) -> bool:
    if before.table or block.table or before.heading or block.heading:
        return False
    last, first = before.lines[-1], block.lines[0]
    broken = last.page != first.page or first.box.top < last.box.top
    return (
        broken
        and re.search(r"[.:;!?]$", last.text) is None
        and re.match(r"[a-zæøå(]", first.text) is not None
        and abs(last.size - first.size) < 0.6
    )


def _together(before: Line, line: Line, habits: Habits) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    body = habits.size
    if _outstanding(before, body) != _outstanding(line, body):
        return False
    if line.box.x0 > before.box.x1 or line.box.x1 < before.box.x0:
        return False
    if _outstanding(line, body) and _style(before) != _style(line):
        return False
    if (
        re.match(r"[•●▪■□‣\uf000-\uf0ff]\s|(?:[–—-]|\d{1,2}[.)])\s+(?=\D)", line.text)
        and not _is_rest_of_date(before, line)
    ) or re.match(r"(?:mål|resultatkrav|delkrav) \d", line.text.casefold()):
        return False
    if line.box.top < before.box.top - 1:
        return False
    if abs(line.size - body) < 0.6 and habits.leading:
        return line.box.bottom - before.box.bottom < 1.14 * habits.leading
    height = max(before.box.bottom - before.box.top, 1)
    return line.box.top - before.box.bottom < 0.62 * height


def _is_rest_of_date(before: Line, line: Line) -> bool:
    """Whether a line begins with the day of a date that the line before leads to: "senest den" / "30. juni 2011"."""
    return before.words[-1].text.casefold() in ("den", "d.") and re.match(r"\d{1,2}\.", line.text) is not None


def _block(
    number: int,
    lines: list[Line],
    body: float,
    levels: dict[tuple[float, bool, str], int],
    vocabulary: Vocabulary,
) -> Block:
    text = " ".join(line.text for line in lines)
    plain = len(text) < 200 and not text.rstrip().endswith((".", ";"))
    headed = plain and all(_outstanding(line, body) for line in lines)
    heading = read_heading(text, vocabulary)
    worded = not headed and _worded(heading, text, len(lines), vocabulary)
    return Block(
        page=number,
        lines=tuple(lines),
        table=None,
        heading=heading if headed or worded else None,
        level=levels.get(_style(lines[0]), 98) if headed else 98 if worded else 99,
    )


def _worded(heading: HeadingReading, text: str, lines: int, vocabulary: Vocabulary) -> bool:
    """Whether a line in the body's own style is a goal's heading: "Mål 1.1 Title", "2a. MÅLEPUNKT"."""
    if not heading.is_goal or lines > 2 or len(text) > LONGEST_WORDED:
        return False
    if heading.key is None and (not heading.title or len(heading.title.split()) > 8):
        return False
    if (
        heading.key is None
        and text.split(":", maxsplit=1)[0].casefold().strip() not in vocabulary.goal_notes["named"]
    ):
        # "Krav: …" is a label before a demand; "Resultatmål: Inspektioner" names a goal.
        return False
    if not heading.title:
        return True
    return not text.rstrip().endswith((".", ";", ",")) and heading.title[0].isupper()
