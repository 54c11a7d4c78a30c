"""Goals under numbered or lettered headings that a goal word introduces, or that stand in a chapter of goals."""

import re

from ingest.danish.lines import read_weight
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, quotes_of
from ingest.pages.layout import Line, is_bullet, joined
from ingest.structure import Block, Structure


def find_numbered(structure: Structure, vocabulary: Vocabulary) -> list[GoalCandidate]:
    """Goal candidates in reading order, each with the text up to the next heading of its level or above."""
    found: list[GoalCandidate] = []
    current: GoalCandidate | None = None
    group: tuple[str, ...] = ()
    level, chapter, demanded = 99, False, False
    chapter_level = 99
    for block in structure.blocks:
        heading = block.heading
        if heading is not None:
            role = vocabulary.role(block.text)
            label = _label(block.text, vocabulary)
            if label and current is not None:
                demanded = label == "target"
                continue
            goal_like = heading.is_goal or (
                chapter and heading.key is not None and block.level > chapter_level
            )
            if (goal_like and heading.title) or (heading.is_goal and heading.key):
                current = GoalCandidate(
                    key=heading.key,
                    title=joined([heading.title]),
                    title_lines=block.lines,
                    group=group,
                    shared=heading.shared,
                    weight=heading.weight,
                    weight_quotes=quotes_of(block.lines) if heading.weight else (),
                )
                found.append(current)
                level, demanded = block.level, False
                continue
            if current is not None and not current.title and block.level >= level:
                current.title, current.title_lines = heading.title, current.title_lines + block.lines
                continue
            if role == "goals":
                chapter, chapter_level, current, group = True, block.level, None, ()
            elif role is not None or block.level <= chapter_level:
                chapter, current, group = False, None, ()
                chapter_level = 99
            elif chapter:
                group, current = (heading.title,), None
            continue
        if current is not None:
            demanded = _gather(current, block, vocabulary, demanded=demanded)
    return [candidate for candidate in found if candidate.title]


def _label(text: str, vocabulary: Vocabulary) -> str | None:
    said = text.casefold().strip().rstrip(":").strip()
    return next((role for role, words in vocabulary.labels.items() if said in words), None)


def _gather(goal: GoalCandidate, block: Block, vocabulary: Vocabulary, *, demanded: bool) -> bool:
    """Add a block to a goal; gives whether what follows stands under a demand's label."""
    if block.table is not None:
        return demanded
    label = _label(block.text, vocabulary)
    if label:
        return label == "target"
    lines = list(block.lines)
    first = lines[0]
    if re.match(r"vægt(?:ning)?\b", block.text.casefold()) and len(block.text) < 60:
        weight = read_weight(block.text, vocabulary)
        if weight:
            goal.weight, goal.weight_quotes = weight, quotes_of(lines)
            return demanded
    inline = re.match(r"(?P<label>[A-ZÆØÅ][a-zæøå ]{2,25}):\s+(?P<rest>.+)$", first.text)
    if inline and _label(inline["label"], vocabulary):
        demanded = _label(inline["label"], vocabulary) == "target"
        words = len(inline["label"].split())
        lines[0] = Line(page=first.page, words=first.words[words:])
    bulleted = is_bullet(lines[0].words[0].text) and len(lines[0].words) > 1
    if bulleted:
        lines[0] = Line(page=lines[0].page, words=lines[0].words[1:])
    if not goal.title:
        goal.title, goal.title_lines = joined([line.text for line in lines]), goal.title_lines + tuple(lines)
        return demanded
    text = joined([line.text for line in lines])
    goal.pieces.append(Piece(text=text, lines=tuple(lines), demanded=demanded or bulleted))
    return demanded
