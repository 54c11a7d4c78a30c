"""Headings that gather goals under them: "Tema 1", "Økonomiske og administrative mål". Never raises.

The chapter that holds all goals ("Mål for 2019") gathers them too, and is no group: docs/records.md, Goal.
"""

import re
from collections.abc import Iterable

from ingest.danish.lines import read_heading
from ingest.danish.vocabulary import Vocabulary

LONGEST_PHRASE = 200
"""Letters; what is longer is a paragraph that happens to end in a colon."""


def is_group_heading(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a printed heading line names a group of goals."""
    notes = vocabulary.goal_notes
    said = re.sub(r"^(?:\d+(?:\.\d+)*\.?|[ivx]+\.)\s+", "", re.sub(r"\s+", " ", text.casefold().strip()))
    number = r"(?:\d+(?:\.\d+)*|[ivx]+|[a-zæøå])"
    after = rf"(?:$|\s+{number}\b|\s*[:–—]|\s+-\s|\s+om\b)"
    if re.match(rf"{_any(notes['group_words'])}{after}|{_any(notes['group_phrases'])}\s", said):
        return True
    heading = read_heading(text, vocabulary)
    if heading.is_goal:
        return False
    bare = heading.title.casefold().strip(" .:")
    if bare in notes["group_alone"]:
        return True
    kind = rf"{_any(notes['group_kinds'])}(?:\s*\([^)]*\))?"
    if re.fullmatch(
        rf"{kind}(?:(?:,\s+|\s+og\s+|\s+eller\s+|\s+){kind})*\s+{_any(notes['group_nouns'])}", bare
    ):
        return True
    return _opens_list(heading.title, vocabulary)


def _opens_list(title: str, vocabulary: Vocabulary) -> bool:
    """A phrase of several words that ends in a colon gathers what follows, unless it is a label."""
    said = title.strip()
    words = len(said.split())
    return said.endswith(":") and words >= 4 and len(said) < LONGEST_PHRASE and vocabulary.label(said) is None


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
