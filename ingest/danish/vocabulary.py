"""Reads the Danish words from vocabulary/da.toml; which words mean what is data, not code."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

LONGEST_LABEL = 60
"""Letters; a longer text is no label."""

SUPERSCRIPTS = str.maketrans("²³", "23")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """Words by role; all lower case."""

    headings: Mapping[str, tuple[str, ...]]
    goal_words: tuple[str, ...]
    goal_notes: Mapping[str, tuple[str, ...]]
    """What headings say of goals: that they are amended, stand elsewhere, are intentions only; `group_…` gather them."""
    labels: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[str, ...]]
    """Labels of a report's section on one goal, and what its verdicts speak of."""
    telling: tuple[str, ...]
    """Beginnings of words that are hardly printed where goals or results are not told of."""
    genres: Mapping[str, tuple[str, ...]]
    short_genres: Mapping[str, str]
    """Other ways to print a genre, and the way that it is known by."""
    status: Mapping[str, tuple[str, ...]]
    units: Mapping[str, str]
    """Printed unit to the contract's name."""
    comparators: Mapping[str, str]
    """Printed word to the contract's name."""
    number_words: Mapping[str, int]
    unit_articles: tuple[str, ...]
    """Number words that are articles as well: they count before a unit of time alone ("mindst en uge")."""
    fractions: Mapping[str, int]
    """"tredjedel" is 3."""
    ordinals: Mapping[str, int]
    """"hver tredje" is one in 3."""
    changes: Mapping[str, tuple[str, ...]]
    """Words that say which way something moves, and how they stand to the figure."""
    clauses: Mapping[str, tuple[str, ...]]
    """Words that part a sentence, or say whether it demands, tells or compares."""
    months: tuple[str, ...]
    body_endings: tuple[str, ...]
    """How the names of public bodies end, in one word."""
    body_openings: tuple[str, ...]
    """How names of several words begin: "Styrelsen for …"."""
    ministry_endings: tuple[str, ...]
    signing_roles: tuple[str, ...]
    """What those who sign are, where it stands before their names."""
    partly_half: tuple[str, ...]
    """How a plan says that a partly met goal counts half."""
    disclosed: tuple[str, ...]
    """How a report says that a goal or its target was changed; parts of words."""

    def role(self, heading: str) -> str | None:
        """Which part of a document a heading opens: the longest word that it begins with decides."""
        said = re.sub(r"^(?:\d+(?:\.\d+)*\.?|[IVX]+\.)\s+", "", heading.casefold().strip())
        openings, inner = _heading_words(self)
        if not (said.startswith(openings) or any(word in said for word in inner)):
            # Nearly all lines that are asked are no headings.
            return None
        best = [
            (len(word), role)
            for role, words in self.headings.items()
            for word in words
            if role != "ministry"
            if said.startswith(word)
            or said == word.strip()
            or (role.startswith("ministry_") and word in said)
        ]
        return max(best)[1] if best else None

    def answer(self, text: str) -> str | None:
        """What a label in a report's section on one goal says: `target`, `actual`, `status` …; None for other words."""
        said = text.casefold().strip().rstrip(":").strip()
        return next(
            (
                role
                for role, words in self.answers.items()
                if role not in ("subjects", "yes", "no") and said in words
            ),
            None,
        )

    def is_total(self, text: str) -> bool:
        """Whether a row's first words say that it sums up the others."""
        return text.casefold().strip(" :.") in self.labels["total"]

    def label(self, text: str, *, dated: bool = False) -> str | None:
        """What a label says of the text behind it: `target`, `text`, `weight` …; None for other words.

        `dated` where a year or bracket may follow the word ("Måltal 2019"): as a heading that would open a chapter.
        """
        said = text.casefold().strip().rstrip(":").strip()
        if len(said) > LONGEST_LABEL:
            return None
        bare = re.sub(r"\s*\((?:[^)]*\d[^)]*|%|pct\.?|procent)\)", "", said)
        if dated:
            bare = re.sub(r"\s*\([^)]*\)|\s+(?:(?:for|i|pr\.?|ultimo)\s+)?(?:19|20)\d\d$", "", bare)
        bare = bare.strip(" :")
        return next((role for role, words in self.labels.items() if said in words or bare in words), None)


@cache
def _heading_words(vocabulary: Vocabulary) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What headings with a role begin with, and what may stand anywhere in them."""
    openings = tuple(word.strip() for words in vocabulary.headings.values() for word in words)
    inner = [words for role, words in vocabulary.headings.items() if role.startswith("ministry_")]
    return openings, tuple(word for words in inner for word in words)


@cache
def load_vocabulary() -> Vocabulary:
    """Read the packaged words."""
    text = (resources.files("ingest") / "vocabulary" / "da.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)

    def by_role(table: str) -> dict[str, tuple[str, ...]]:
        return {role: tuple(words) for role, words in data[table].items()}

    units = {word: name for name, words in data["units"].items() if name != "printed" for word in words}
    units |= {word: word.rstrip(".").translate(SUPERSCRIPTS) for word in data["units"]["printed"]}
    return Vocabulary(
        headings=by_role("headings"),
        goal_words=tuple(data["goal_words"]["words"]),
        goal_notes={role: tuple(words) for role, words in data["goal_words"].items() if role != "words"},
        labels=by_role("labels"),
        columns=by_role("columns"),
        answers=by_role("answers"),
        telling=tuple(data["pages"]["telling"]),
        genres=by_role("genres"),
        short_genres=data["short_genres"],
        status=by_role("status"),
        units=units,
        comparators={word: name for name, words in data["comparators"].items() for word in words},
        number_words=data["numbers"]["words"],
        unit_articles=tuple(data["numbers"]["articles"]),
        fractions=data["numbers"]["fractions"],
        ordinals=data["numbers"]["ordinals"],
        changes=by_role("changes"),
        clauses=by_role("clauses"),
        months=tuple(data["months"]["names"]),
        body_endings=tuple(data["bodies"]["endings"]),
        body_openings=tuple(data["bodies"]["openings"]),
        ministry_endings=tuple(data["bodies"]["ministry_endings"]),
        signing_roles=tuple(data["bodies"]["signing_roles"]),
        partly_half=tuple(data["partly_half"]["words"]),
        disclosed=tuple(data["disclosed"]["words"]),
    )
