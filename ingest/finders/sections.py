"""Mission, vision, strategic picture and follow-up: the text under a heading of that sense, or behind its word."""

import re

from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import quotes_of
from ingest.pages.layout import Line, joined
from ingest.records import Passage
from ingest.structure import Block, Structure

SIGNED = re.compile(r"^[A-ZÆØÅ][\wæøå ]{0,25}(?:, ?(?:den )?| den )(?:\d{1,2}\.|_+|\.{2,})")
SHORT = 120
"""Letters: a place and a date for each party."""

RUN_IN = re.compile(r"^(?P<word>[A-ZÆØÅ][\wæøå]*(?: [\wæøå]+){0,2})[.:]$")
ROLES = ("mission", "vision", "strategic_picture", "ministry_mission", "ministry_vision", "follow_up")


class _Gathered:
    """The passages found so far, and the one that is being read."""

    def __init__(self) -> None:
        self.found: dict[str, Passage] = {}
        self.role: str | None = None
        self._paragraphs: list[str] = []
        self._lines: list[Line] = []

    def turn(self, role: str | None) -> None:
        """Close the passage, and go on with another; the first passage of a role counts."""
        if self.role in ROLES and self.role not in self.found and self._paragraphs:
            self.found[self.role] = Passage(text="\n".join(self._paragraphs), quotes=quotes_of(self._lines))
        self.role = role
        self._paragraphs, self._lines = [], []

    def add(self, lines: list[Line]) -> None:
        """Another paragraph."""
        if lines:
            self._paragraphs.append(joined([line.text for line in lines]))
            self._lines += lines


def find_sections(structure: Structure, vocabulary: Vocabulary) -> dict[str, Passage]:
    """The first passage of each role, up to the next heading."""
    gathered = _Gathered()
    for block in structure.blocks:
        if block.heading is not None:
            gathered.turn(vocabulary.role(block.text))
        elif SIGNED.search(block.text) and len(block.text) < SHORT:
            # What follows a place and a date are names: the section is over.
            gathered.turn(None)
        elif block.table is None:
            _paragraph(block, gathered, vocabulary)
    gathered.turn(None)
    return gathered.found


def _paragraph(block: Block, gathered: _Gathered, vocabulary: Vocabulary) -> None:
    """A paragraph of the section, or one that opens with the section's own word: "Mission. We …"."""
    before = gathered.role
    run_in = False
    lines: list[Line] = []
    for line in block.lines:
        role, count = _opens(line, vocabulary)
        if role is not None:
            gathered.add(lines)
            gathered.turn(role)
            run_in = True
            lines = [Line(page=line.page, words=line.words[count:])]
        else:
            lines.append(line)
    gathered.add(lines)
    if run_in:
        gathered.turn(None if before in ROLES and before != "strategic_picture" else before)


def _opens(line: Line, vocabulary: Vocabulary) -> tuple[str | None, int]:
    """The role of the words before a line's first stop or colon, and how many they are; (None, 0) for none."""
    for count in range(1, min(4, len(line.words))):
        opening = RUN_IN.match(" ".join(word.text for word in line.words[:count]))
        if opening:
            role = vocabulary.role(opening["word"])
            return (
                (role, count)
                if role in ("mission", "vision", "ministry_mission", "ministry_vision")
                else (None, 0)
            )
    return None, 0
