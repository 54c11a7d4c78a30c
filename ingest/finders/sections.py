"""Mission, vision, strategic picture and follow-up: the text under a heading of that sense."""

from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import quotes_of
from ingest.pages.layout import Line, joined
from ingest.records import Passage
from ingest.structure import Structure

ROLES = ("mission", "vision", "strategic_picture", "ministry_mission", "ministry_vision", "follow_up")


def find_sections(structure: Structure, vocabulary: Vocabulary) -> dict[str, Passage]:
    """The first passage of each role, up to the next heading."""
    found: dict[str, Passage] = {}
    role: str | None = None
    paragraphs: list[str] = []
    lines: list[Line] = []

    def close() -> None:
        if role in ROLES and role not in found and paragraphs:
            found[role] = Passage(text="\n".join(paragraphs), quotes=quotes_of(lines))
        paragraphs.clear()
        lines.clear()

    for block in structure.blocks:
        if block.heading is not None:
            close()
            role = vocabulary.role(block.text)
        elif block.table is None:
            paragraphs.append(joined([line.text for line in block.lines]))
            lines += block.lines
    close()
    return found
