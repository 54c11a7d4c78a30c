"""Mission, vision, strategic picture and follow-up: the text under a heading of that sense, or behind its word."""

import re

from ingest.danish.targets import sentences
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import lines_with, quotes_of
from ingest.outline import Section
from ingest.pages.layout import Line, joined
from ingest.records import Passage
from ingest.structure import Block

SIGNED = re.compile(
    r"^[A-ZÆØÅ][\wæøåÆØÅ]+(?: [A-ZÆØÅ][\wæøå]+){0,2}(?:, ?(?:den )?| den )(?:\d{1,2}\.|_+|\.{2,}|\d{4}|$)"
)
SHORT = 120
"""Letters: a place and a date for each party."""

ROLES = ("mission", "vision", "strategic_picture", "ministry_mission", "ministry_vision", "follow_up")
FOLLOWED = re.compile(
    r"\b(?:følge[rs]? op|følges op|opfølgning\w*|afrapporter\w*|gør status|status på|redegør\w*|årsrapporten|årsberetningen"
    r"|kvartalsvis\w*|hvert kvartal|halvårlig\w*)\b",
    re.IGNORECASE,
)


class _Gathered:
    """The passages found so far; the first of a role counts."""

    def __init__(self) -> None:
        self.paragraphs: dict[str, list[str]] = {}
        self.lines: dict[str, list[Line]] = {}
        self.closed: set[str] = set()

    def add(self, role: str | None, lines: list[Line]) -> None:
        """Another paragraph of a role that is still open."""
        if role in ROLES and role not in self.closed and lines:
            self.paragraphs.setdefault(role, []).append(joined([line.text for line in lines]))
            self.lines.setdefault(role, []).extend(lines)

    def close(self) -> None:
        """What has a text is whole."""
        self.closed |= set(self.paragraphs)

    def passages(self) -> dict[str, Passage]:
        """Each role's text with its proof."""
        return {
            role: Passage(text="\n".join(texts), quotes=quotes_of(self.lines[role]))
            for role, texts in self.paragraphs.items()
        }


def find_sections(root: Section, vocabulary: Vocabulary) -> dict[str, Passage]:
    """The first passage of each role, up to the next heading of another."""
    gathered = _Gathered()
    for section in [root, *root.descendants()]:
        if any(passage_role(above, vocabulary) in ROLES for above in section.ancestors()) and not (
            passage_role(section, vocabulary)
        ):
            continue
        gathered.close()
        _read(section, passage_role(section, vocabulary), gathered, vocabulary)
    found = gathered.passages()
    if "follow_up" not in found:
        said = _said(root)
        if said is not None:
            found["follow_up"] = said
    return found


def passage_role(section: Section, vocabulary: Vocabulary) -> str | None:
    """The role of a heading; a mission or vision is the ministry's where it or a heading above says so."""
    role = section.role
    said = section.title.casefold()
    if role is None and len(said.split()) <= 4:
        ending = re.search(r"\b(mission|vision)$", said)
        role = ending[1] if ending else None
    if role in ("mission", "vision", "ministry_mission", "ministry_vision"):
        above = " ".join([*(one.title.casefold() for one in section.ancestors()[-1:]), said])
        ours = role.removeprefix("ministry_")
        theirs = re.search(rf"(?:{'|'.join(vocabulary.headings['ministry'])})\w*\s.*{ours}", above)
        return f"ministry_{ours}" if theirs else ours
    return role


def _read(section: Section, role: str | None, gathered: _Gathered, vocabulary: Vocabulary) -> None:
    """A section's own text, and that of sections below it that have no role of their own."""
    theirs = bool(role and role.startswith("ministry_"))
    current = role
    for block in section.body:
        if block.table is not None:
            continue
        if SIGNED.search(block.text) and len(block.text) < SHORT:
            # What follows a place and a date are names: the section is over.
            return
        current = _paragraph(block, role, current, gathered, vocabulary, theirs=theirs)
    for child in section.children:
        below = passage_role(child, vocabulary)
        if role in ROLES and below is None and child.role is None:
            _read(child, role, gathered, vocabulary)


def _paragraph(
    block: Block,
    role: str | None,
    current: str | None,
    gathered: _Gathered,
    vocabulary: Vocabulary,
    *,
    theirs: bool,
) -> str | None:
    """A paragraph of the section, or one that opens with its own word: "Mission. We …"; gives what goes on."""
    alone = _run_in(block.text.strip(" .:"), vocabulary, theirs=theirs)
    if alone:
        gathered.close()
        return alone
    lines: list[Line] = []
    opened = False
    for line in block.lines:
        word, count = _opens(line, vocabulary, theirs=theirs)
        if word is None:
            lines.append(line)
            continue
        gathered.add(current, lines)
        gathered.close()
        current, opened = word, True
        lines = [Line(page=line.page, words=line.words[count:])]
    gathered.add(current, lines)
    if opened and role not in ("mission", "vision", "ministry_mission", "ministry_vision"):
        # One paragraph behind the word is the passage; what follows is the section's own again.
        gathered.close()
        return role
    return current


def _run_in(text: str, vocabulary: Vocabulary, *, theirs: bool) -> str | None:
    said = text.casefold()
    owned = re.fullmatch(r"(?:(?P<who>[\wæøå-]+s)\s+)?(?P<role>mission|vision)(?:\s+er)?", said)
    if owned:
        whose = any(word in (owned["who"] or "") for word in vocabulary.headings["ministry"])
        return f"ministry_{owned['role']}" if theirs or whose else owned["role"]
    role = vocabulary.role(said) if len(said) < 25 else None
    if role not in ("mission", "vision") or said not in vocabulary.headings[role]:
        return role if role in ("ministry_mission", "ministry_vision") else None
    return f"ministry_{role}" if theirs else role


def _opens(line: Line, vocabulary: Vocabulary, *, theirs: bool) -> tuple[str | None, int]:
    """The role of the words before a line's first stop or colon, and how many they are; (None, 0) for none."""
    for count in range(1, min(4, len(line.words))):
        opening = " ".join(word.text for word in line.words[:count])
        if opening.endswith((".", ":")):
            role = _run_in(opening.rstrip(".:"), vocabulary, theirs=theirs)
            return (role, count) if role else (None, 0)
    return None, 0


def _said(root: Section) -> Passage | None:
    """Without a heading: the sentences of one paragraph that say how the plan is followed up."""
    for section in reversed(list(root.descendants())):
        if section.role in ("goals", "mission", "vision", "strategic_picture") or section.key:
            continue
        for block in section.body:
            text = joined([line.text for line in block.lines])
            told = [text[a:b] for a, b in sentences(text) if len(FOLLOWED.findall(text[a:b])) >= 1]
            if len(told) >= 2 or (told and len(FOLLOWED.findall(text)) >= 2):
                start, end = text.find(told[0]), text.find(told[-1]) + len(told[-1])
                said = text[start:end]
                return Passage(text=said, quotes=quotes_of(lines_with(said, block.lines)))
    return None
