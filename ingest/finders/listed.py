"""Goals that are nothing but numbered sentences: "1. Antallet af fejl er nedbragt til 350."."""

import re
from dataclasses import dataclass

from crawler.records import Period
from ingest.danish.lines import read_heading
from ingest.danish.targets import read_targets, sentences
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, lines_with, quotes_of
from ingest.outline import Section
from ingest.pages.layout import Line, is_bullet, joined
from ingest.structure import Block

ELSEWHERE = (
    "mission", "vision", "ministry_mission", "ministry_vision", "follow_up", "signatures", "contents",
)  # fmt: skip
"""Roles of parts that hold no goals, whatever figures stand in them."""

FEWEST = 3
"""Numbered sentences in a row, before they are a list of goals."""

NUMBERED = re.compile(r"(?P<key>\d{1,2})[.)]\s+(?=[A-ZÆØÅ])")


def stands_elsewhere(section: Section, vocabulary: Vocabulary) -> bool:
    """Whether a section lies in a part that holds no goals, or that lists goals printed elsewhere."""
    for above in (*section.ancestors(), section):
        if any(word in above.title.casefold() for word in vocabulary.goal_notes["elsewhere"]):
            return True
        if above.role == "goals":
            # Below a chapter of goals a title is a goal's own: "Opfølgning på påbud".
            return False
        if above.role in ELSEWHERE:
            return True
    return False


@dataclass(slots=True)
class _Item:
    section: Section
    key: int
    blocks: list[Block]


def find_listed(
    root: Section, sections: tuple[Section, ...], period: Period | None, vocabulary: Vocabulary
) -> list[GoalCandidate]:
    """The items of the one list that counts up through the document; none where half of them demand nothing.

    `sections` are the headings that would be goals otherwise: a list inside a single one of them is its text.
    """
    items = _items(root, vocabulary)
    asked = [item for item in items if _demands(item, period, vocabulary)]
    if len(items) < FEWEST or 2 * len(asked) < len(items):
        return []
    if (
        sections
        and len({id(item.section) for item in items}) * FEWEST > len(items)
        and len(sections) > len(items)
    ):
        return []
    chapters = [item.section for item in items]
    return [_candidate(item, chapters, vocabulary) for item in items]


def find_weighed(root: Section, vocabulary: Vocabulary) -> list[GoalCandidate]:
    """Goals that are list items with a weight each: "- Kontrolrapporten sendes inden 10 dage i 95 % af tilfældene (15 %)"."""
    found: list[GoalCandidate] = []
    items = 0
    for section in root.descendants():
        if stands_elsewhere(section, vocabulary):
            continue
        for block in section.body:
            if block.table is not None or not is_bullet(block.lines[0].words[0].text):
                continue
            items += 1
            goal = _weighed_item(block, section, vocabulary)
            found += [goal] if goal else []
    return found if len(found) >= FEWEST and 2 * len(found) > items else []


def _weighed_item(block: Block, section: Section, vocabulary: Vocabulary) -> GoalCandidate | None:
    first = block.lines[0]
    lines = (Line(page=first.page, words=first.words[1:]), *block.lines[1:]) if len(first.words) > 1 else ()
    text = joined([line.text for line in lines])
    whole = read_heading(text.rstrip("."), vocabulary)
    if whole.weight is None:
        return None
    start, end = sentences(whole.title)[0]
    titled = lines_with(whole.title[start:end], lines)
    goal = GoalCandidate(
        key=whole.key,
        title=whole.title[start:end],
        title_lines=tuple(titled),
        group=_group(section, []),
        shared=whole.shared,
        weight=whole.weight,
        weight_quotes=quotes_of(lines[-1:]),
    )
    rest = whole.title[end:].strip()
    if rest:
        goal.pieces.append(Piece(text=rest, lines=tuple(lines_with(rest, lines)), demanded=True))
    return goal


def _items(root: Section, vocabulary: Vocabulary) -> list[_Item]:
    """The longest run of blocks that are numbered 1, 2, 3 …, with the paragraphs behind each."""
    runs: list[list[_Item]] = [[]]
    for section in root.descendants():
        if stands_elsewhere(section, vocabulary):
            continue
        inside = False
        for block in section.body:
            number = NUMBERED.match(block.text) if block.table is None else None
            if number is None:
                if inside and runs[-1]:
                    runs[-1][-1].blocks.append(block)
                continue
            key = int(number["key"])
            if not runs[-1] or key != runs[-1][-1].key + 1:
                runs.append([])
            inside = key == 1 or bool(runs[-1])
            if inside:
                runs[-1].append(_Item(section, key, [block]))
    return max(runs, key=len)


def _demands(item: _Item, period: Period | None, vocabulary: Vocabulary) -> bool:
    text = joined([line.text for line in item.blocks[0].lines])
    text = text[NUMBERED.match(text).end() :] if NUMBERED.match(text) else text  # type: ignore[union-attr]
    return bool(read_targets(text, period=period, vocabulary=vocabulary, demanded=False))


def _candidate(item: _Item, chapters: list[Section], vocabulary: Vocabulary) -> GoalCandidate:
    first = item.blocks[0].lines[0]
    lines = (Line(page=first.page, words=first.words[1:]), *item.blocks[0].lines[1:])
    text = joined([line.text for line in lines])
    start, end = sentences(text)[0]
    if read_heading(lines[0].text, vocabulary).weight is not None:
        # "1. Plejeplaner (30 point)" on a line of its own, in the face of the text below it.
        start, end = 0, len(lines[0].text)
    heading = read_heading(text[start:end], vocabulary)
    title_lines = lines_with(text[start:end], lines)
    goal = GoalCandidate(
        key=str(item.key),
        title=heading.title,
        title_lines=tuple(title_lines),
        group=_group(item.section, chapters),
        shared=heading.shared,
        weight=heading.weight,
        weight_quotes=quotes_of(title_lines) if heading.weight else (),
    )
    rest = text[end:].strip()
    if rest:
        goal.pieces.append(Piece(text=rest, lines=tuple(lines_with(rest, lines)), demanded=False))
    for block in item.blocks[1:]:
        if block.table is None:
            goal.pieces.append(
                Piece(text=joined([line.text for line in block.lines]), lines=block.lines, demanded=False)
            )
    return goal


def _group(section: Section, chapters: list[Section]) -> tuple[str, ...]:
    """The headings above an item, without those that hold all of them."""
    above = [*section.ancestors(), section]
    return tuple(
        one.title
        for one in above
        if one.level > 0
        and not (chapters and all(one is chapter or one in chapter.ancestors() for chapter in chapters))
    )
