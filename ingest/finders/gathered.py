"""What stands under a goal's heading, as pieces: paragraphs, list items and what labels say of them."""

import re

from crawler.records import Period
from ingest.danish.lines import read_weight
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, quotes_of
from ingest.finders.columns import read_columns, with_one_header
from ingest.finders.years import is_money, read_years, year_pieces
from ingest.outline import Section
from ingest.pages.layout import Line, Table, is_bullet, joined
from ingest.structure import Block

LABEL = re.compile(r"(?P<label>[A-ZÆØÅ][\wæøå ,./-]{1,40}?)(?::\s+|:$)(?P<rest>.*)$")
LONGEST_FACED = 5
DEMANDING = ("target", "measure", "met", "partly_met")


def gather(
    goal: GoalCandidate, section: Section, goals: set[int], period: Period | None, vocabulary: Vocabulary
) -> None:
    """Add a section's blocks to a goal, and those of sections below it that are not in `goals` (ids)."""
    label = None
    for block in section.body:
        if block.table is not None:
            add_table(goal, block.table, period, vocabulary)
            continue
        label = add_block(goal, block, label, vocabulary)
    for child in section.children:
        if id(child) in goals:
            continue
        label = vocabulary.label(child.title)
        for block in child.body:
            if block.table is not None:
                add_table(goal, block.table, period, vocabulary)
            else:
                label = add_block(goal, block, label, vocabulary)
        for below in child.children:
            if id(below) not in goals:
                gather(goal, below, goals, period, vocabulary)


def add_block(goal: GoalCandidate, block: Block, label: str | None, vocabulary: Vocabulary) -> str | None:
    """Add one block; gives the label that what follows stands under, None for none."""
    said = vocabulary.label(block.text)
    if said:
        return said
    if _weight(goal, block, vocabulary):
        return label
    _weighed_behind(goal, block, vocabulary)
    lines = list(block.lines)
    first = lines[0]
    inline = LABEL.match(first.text)
    own = vocabulary.label(inline["label"], dated=True) if inline else None
    count = len(inline["label"].split()) if inline and own else _faced(first, vocabulary)
    if count:
        label = own = vocabulary.label(" ".join(word.text for word in first.words[:count]), dated=True)
        lines[0] = Line(page=first.page, words=first.words[count:])
        if not lines[0].words:
            lines = lines[1:]
    bulleted = bool(lines) and is_bullet(lines[0].words[0].text) and len(lines[0].words) > 1
    if bulleted:
        lines[0] = Line(page=lines[0].page, words=lines[0].words[1:])
    if not lines:
        return label
    if label == "weight":
        weight = read_weight(joined([line.text for line in lines]), vocabulary, labelled=True)
        if weight:
            goal.weight, goal.weight_quotes = weight, quotes_of(lines)
            return None
    goal.pieces.append(
        Piece(
            text=joined([line.text for line in lines]),
            lines=tuple(lines),
            demanded=label in DEMANDING or (bulleted and label != "text"),
            label=label,
        )
    )
    # A label in front of a paragraph says what that paragraph is; one that stands alone holds until the next.
    return None if own and label not in DEMANDING else label


def _faced(line: Line, vocabulary: Vocabulary) -> int:
    """How many words of a line are a label in a face of its own, without a colon: "**Opfyldt (100 %)** Fristen …"."""
    for count in range(min(LONGEST_FACED, len(line.words) - 1), 0, -1):
        apart = line.words[0].bold and not line.words[count].bold
        if apart and vocabulary.label(" ".join(word.text for word in line.words[:count]), dated=True):
            return count
    return 0


def add_table(goal: GoalCandidate, table: Table, period: Period | None, vocabulary: Vocabulary) -> None:
    """A table inside a goal: a column a year, labels with their values, or rows of text."""
    rows = with_one_header(table.rows)
    years = read_years(rows[0], period, vocabulary)
    columns = read_columns(rows[0], vocabulary, rows[1:])
    if columns is not None and {"weight", "key"} & set(columns.roles):
        return
    if years is not None:
        if not is_money(table, ""):
            goal.pieces += year_pieces(rows[1:], years)
        return
    for row in rows[1:] if columns is not None else rows:
        filled = [cell for cell in row if cell and cell.text]
        if not filled:
            continue
        label = vocabulary.label(filled[0].text, dated=True) if len(filled) > 1 else None
        if label == "weight":
            weight = read_weight(filled[1].text, vocabulary, labelled=True)
            goal.weight, goal.weight_quotes = weight, quotes_of(filled[1].lines)
            continue
        shown = filled[1:] if label else filled
        asked = (
            [columns.cell(row, role) for role in ("title", "measure", "target", "deadline")]
            if columns
            else []
        )
        known = columns is not None and "target" in columns.roles
        goal.pieces.append(
            Piece(
                text=" ".join(cell.text for cell in shown),
                asked=" ".join(cell.text for cell in asked if cell and cell.text) if known else "",
                lines=tuple(line for cell in shown for line in cell.lines),
                demanded=label in DEMANDING
                or (columns is not None and bool({"target", "title"} & set(columns.roles))),
                label=label,
            )
        )


def _weighed_behind(goal: GoalCandidate, block: Block, vocabulary: Vocabulary) -> None:
    """A weight in a bracket behind a paragraph: "… inden årets udgang. (Vægt: 10 pct.)"."""
    said = re.search(r"\((vægt[^()]*)\)\.?$", block.text.casefold())
    weight = read_weight(said[1], vocabulary) if said and goal.weight is None else None
    if weight is not None:
        goal.weight, goal.weight_quotes = weight, quotes_of(block.lines[-1:])


def _weight(goal: GoalCandidate, block: Block, vocabulary: Vocabulary) -> bool:
    """Whether a short line gives the goal's weight and nothing else."""
    if len(block.text) > 60 or not re.match(r"(?:vægt(?:ning|et|es|en er)?)\b", block.text.casefold()):
        return False
    weight = read_weight(block.text, vocabulary)
    if weight is None:
        return False
    goal.weight, goal.weight_quotes = weight, quotes_of(block.lines)
    return True
