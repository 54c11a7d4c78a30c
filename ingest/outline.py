"""The document as a tree of sections: a heading, what stands under it, and the sections below it.

Levels come from the styles that structure learned. A line that is nothing but a goal's number ("2a. MÅLEPUNKT",
"Mål 3:") is one heading with the title behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.danish.lines import HeadingReading
from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Line, joined
from ingest.structure import Block, Structure

WEIGHT_LINE = re.compile(r"vægt(?:ning|et)?:?\s*\d+(?:,\d+)?\s*(?:%|pct\.?|procent|point)?", re.IGNORECASE)
"""A weight alone, in whatever face: it is no heading."""

LONGEST_TITLE = 160
"""Letters; a longer paragraph behind a bare number is text."""


@dataclass(slots=True, kw_only=True, eq=False)
class Section:
    """A heading with its own blocks; `children` are the sections below it, in order."""

    heading: HeadingReading | None
    title: str
    lines: tuple[Line, ...]
    level: int
    role: str | None
    parent: "Section | None"
    body: list[Block] = field(default_factory=list)
    children: list["Section"] = field(default_factory=list)

    @property
    def key(self) -> str | None:
        """The printed number, without its word."""
        return self.heading.key if self.heading else None

    def ancestors(self) -> list["Section"]:
        """From the outermost in; the document itself is none."""
        found: list[Section] = []
        above = self.parent
        while above is not None and above.heading is not None:
            found.insert(0, above)
            above = above.parent
        return found

    def descendants(self) -> Iterator["Section"]:
        """Every section below, in reading order."""
        for child in self.children:
            yield child
            yield from child.descendants()


def outline(structure: Structure, vocabulary: Vocabulary) -> Section:
    """The document's root; its body is what stands before the first heading."""
    root = Section(heading=None, title="", lines=(), level=-1, role=None, parent=None)
    current = root
    for block in structure.blocks:
        if block.heading is None:
            if _is_title_of(current, block):
                current.title = joined([line.text for line in block.lines])
                current.lines += block.lines
            else:
                current.body.append(block)
        elif current is not root and (
            vocabulary.label(block.text) or vocabulary.answer(block.text) or WEIGHT_LINE.fullmatch(block.text)
        ):
            current.body.append(block)
        elif _wants_title(current) and not (block.heading.key or block.heading.is_goal):
            current.title = joined([block.heading.title])
            current.lines += block.lines
            current.heading = _with_marks(current.heading, block.heading)
            _move(current, block.level)
        else:
            current = _section(block, current, vocabulary)
    return root


def _wants_title(section: Section) -> bool:
    return section.heading is not None and not section.title and not section.body


def _is_title_of(section: Section, block: Block) -> bool:
    return (
        _wants_title(section)
        and block.table is None
        and len(block.text) < LONGEST_TITLE
        and section.heading is not None
        and section.heading.is_goal
    )


def _with_marks(number: HeadingReading | None, title: HeadingReading) -> HeadingReading | None:
    if number is None:
        return title
    return HeadingReading(
        key=number.key,
        title=title.title,
        is_goal=number.is_goal,
        shared=number.shared or title.shared,
        weight=number.weight or title.weight,
    )


def _above(section: Section, level: int) -> Section:
    while section.level >= level and section.parent is not None:
        section = section.parent
    return section


def _numbered_above(section: Section, level: int, key: str) -> Section | None:
    """The section of the same style whose number this one's begins with: "101" above "101.1"."""
    while section.level >= level and section.parent is not None:
        if section.level == level and section.key and key.startswith(f"{section.key}."):
            return section
        section = section.parent
    return None


def _section(block: Block, current: Section, vocabulary: Vocabulary) -> Section:
    heading = block.heading
    numbered = heading and heading.key and _numbered_above(current, block.level, heading.key)
    parent = numbered or _above(current, block.level)
    made = Section(
        heading=heading,
        title=joined([heading.title]) if heading else "",
        lines=block.lines,
        level=block.level,
        role=vocabulary.role(block.text),
        parent=parent,
    )
    parent.children.append(made)
    return made


def _move(section: Section, level: int) -> None:
    """Give a section that began with a bare number the level of its title."""
    if section.parent is None or level == section.level:
        return
    section.parent.children.remove(section)
    section.level = level
    section.parent = _above(section.parent, level)
    section.parent.children.append(section)
