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
    """Whether a printed heading line names a group of goals, and is no goal itself."""
    heading = read_heading(text, vocabulary)
    if heading.is_goal:
        return False
    said = heading.title.casefold().strip(" .")
    notes = vocabulary.goal_notes
    bare = said.rstrip(" :")
    if bare in notes["group_alone"]:
        return True
    number = r"(?:\d+(?:\.\d+)*|[ivx]+|[a-zæøå])"
    after = rf"(?:$|\s+{number}\b|\s*[:–—]|\s+-\s|\s+om\b)"
    named = re.match(rf"{_any(notes['group_words'])}{after}", said)
    if named or any(said.startswith(f"{word} ") for word in notes["group_words"] if " " in word):
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
    return said.endswith(":") and 4 <= words and len(said) < LONGEST_PHRASE and vocabulary.label(said) is None


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
