"""How alike two wordings are: titles, sentences, demands, number, group, weight and order, each from 0 to 1.

Words count by their rarity among the wordings at hand (a family of agencies), so what every goal says weighs
nothing and no word list is needed. Figures and dates are set aside: they are what changes from year to year.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.records import Goal, Result

GRAM = 4
"""Letters of a piece of a word: compounds such as sagsbehandlingstid and behandlingstid share most of them."""
MOST_SENTENCES = 16
"""Of one wording; a longer one is annexed prose whose first sentences say what it is about."""
ALIKE = 0.55
"""Sentences less alike than this by letters share nothing but grammar."""
SENTENCE = re.compile(r"(?<=[a-zæøåé.)][.!?])\s+(?=[A-ZÆØÅ])|\n")
NUMBERS = re.compile(r"\d+(?:[.,:]\d+)*\.?")
WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is compared of one goal or result; all texts case-folded and without figures."""

    key: str | None
    title: str
    title_pieces: Mapping[str, float]
    pieces: Mapping[str, float]
    sentences: tuple[str, ...]
    demands: tuple[str, ...]
    units: frozenset[str]
    comparators: frozenset[str]
    group: str
    weight: tuple[str, str] | None
    order: float
    """Place in the document, from 0 (first) to 1 (last)."""


def folded(text: str) -> str:
    """Case-folded, figures set aside, one space between words."""
    return " ".join(WORDS.findall(NUMBERS.sub(" ", text.casefold())))


def dimension(unit: str) -> str:
    """What a unit measures: days, weeks and months are all time, a share and its points a share."""
    if unit in ("hours", "days", "weeks", "months", "years", "minutter", "sekunder"):
        return "time"
    return "percent" if unit == "percentage_points" else unit


def sentences(text: str) -> tuple[str, ...]:
    """The folded sentences of a text, in order, without those that held figures alone."""
    found = [folded(part) for part in SENTENCE.split(text)]
    return tuple(part for part in found if len(part) > 3)[:MOST_SENTENCES]


def pieces(text: str) -> Counter[str]:
    """Every run of letters of each word, short words whole; a word's pieces together count as one word."""
    found: Counter[str] = Counter()
    for word in text.split():
        padded = f" {word} "
        runs = [padded[start : start + GRAM] for start in range(max(1, len(padded) - GRAM + 1))]
        for run in runs:
            found[run] += 1
    return found


def goal_wording(goal: Goal, order: float) -> Wording:
    """What is compared of a goal; `order` is its place among its document's goals, 0 to 1."""
    title = folded(goal.title)
    said = sentences(goal.text)
    demands = tuple(folded(target.text) for target in goal.targets)
    return Wording(
        key=goal.key,
        title=title,
        title_pieces=pieces(title),
        pieces=pieces(" ".join((title, title, *said))),
        sentences=said,
        demands=demands,
        units=frozenset(dimension(target.unit) for target in goal.targets if target.unit),
        comparators=frozenset(target.comparator for target in goal.targets),
        group=folded(" ".join(goal.group)),
        weight=(str(goal.weight.value), goal.weight.unit) if goal.weight else None,
        order=order,
    )


def result_wording(result: Result, order: float) -> Wording:
    """What is compared of a result: its goal's title and target as the report prints them."""
    title = folded(result.goal_title or "")
    said = sentences(result.target_printed or "")
    return Wording(
        key=result.goal_key,
        title=title,
        title_pieces=pieces(title),
        pieces=pieces(" ".join((title, title, *said))),
        sentences=said,
        demands=said,
        units=frozenset([dimension(result.actual.unit)] if result.actual and result.actual.unit else []),
        comparators=frozenset(),
        group="",
        weight=None,
        order=order,
    )


class Rarity:
    """How much a piece of a word tells, learned from all wordings of a family."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._count = 0
        self._holding: Counter[str] = Counter()
        for wording in wordings:
            self._count += 1
            self._holding.update(wording.pieces.keys())

    def __call__(self, piece: str) -> float:
        """0 for a piece that every wording holds, more the rarer it is."""
        return math.log((1 + self._count) / (0.5 + self._holding.get(piece, 0)))

    def weighed(self, counted: Mapping[str, float]) -> dict[str, float]:
        """Counts times rarity, of length one; empty where nothing tells."""
        found = {piece: count * self(piece) for piece, count in counted.items()}
        length = math.sqrt(sum(value * value for value in found.values()))
        return {piece: value / length for piece, value in found.items()} if length else {}

    def mass(self, text: str) -> float:
        """How much a text tells in all."""
        return sum(max(0.0, self(piece)) for piece in pieces(text))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A wording with its vectors by rarity: made once, compared often."""

    wording: Wording
    title: Mapping[str, float]
    whole: Mapping[str, float]
    masses: tuple[float, ...]


def weigh(wording: Wording, rarity: Rarity) -> Weighed:
    """Prepare a wording for comparing within its family."""
    return Weighed(
        wording,
        rarity.weighed(wording.title_pieces),
        rarity.weighed(wording.pieces),
        tuple(rarity.mass(sentence) for sentence in wording.sentences),
    )


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of length one; 0 where one is empty."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[piece] for piece, value in one.items() if piece in other)


def contained(one: Mapping[str, float], other: Mapping[str, float], rarity: Rarity) -> float:
    """The part of the shorter side's pieces, by rarity, that the longer side holds too."""
    masses = [sum(max(0.0, rarity(piece)) for piece in side) for side in (one, other)]
    shared = sum(max(0.0, rarity(piece)) for piece in one if piece in other)
    return shared / min(masses) if min(masses) else 0.0


def shared_sentences(one: Weighed, other: Weighed) -> float:
    """The part of the shorter wording's telling sentences that the other says too, almost word by word."""
    if sum(one.masses) > sum(other.masses):
        one, other = other, one
    total = sum(one.masses)
    if not total or not other.wording.sentences:
        return 0.0
    said = 0.0
    for sentence, mass in zip(one.wording.sentences, one.masses, strict=True):
        best = max(fuzz.ratio(sentence, theirs) for theirs in other.wording.sentences) / 100
        said += mass * max(0.0, (best - ALIKE) / (1 - ALIKE))
    return said / total


def best_ratio(ones: Sequence[str], others: Sequence[str]) -> float:
    """The likeness of the two most alike texts, words in any order; 0 where one side has none."""
    return max(
        (fuzz.token_set_ratio(one, other) / 100 for one in ones for other in others if one and other),
        default=0.0,
    )


def overlap(ones: frozenset[str], others: frozenset[str]) -> float:
    """1 where the sides share something, -1 where both say something and share nothing, else 0."""
    if not ones or not others:
        return 0.0
    return 1.0 if ones & others else -1.0


FEATURES = (
    "title",
    "title_words",
    "title_within",
    "words",
    "sentences",
    "demand",
    "unit",
    "comparator",
    "key",
    "group",
    "weight",
    "order",
)
"""The likenesses that `features` gives, each from -1 or 0 to 1."""


def features(one: Weighed, other: Weighed, rarity: Rarity) -> tuple[float, ...]:
    """The likenesses of two wordings, in the order of FEATURES."""
    a, b = one.wording, other.wording
    same_key = 0.0 if a.key is None or b.key is None else 1.0 if a.key == b.key else -1.0
    return (
        fuzz.token_sort_ratio(a.title, b.title) / 100 if a.title and b.title else 0.0,
        cosine(one.title, other.title),
        contained(one.title, other.title, rarity),
        cosine(one.whole, other.whole),
        shared_sentences(one, other),
        best_ratio(a.demands, b.demands),
        overlap(a.units, b.units),
        overlap(a.comparators, b.comparators),
        same_key,
        fuzz.token_set_ratio(a.group, b.group) / 100 if a.group and b.group else 0.0,
        1.0 if a.weight and a.weight == b.weight else 0.0,
        1.0 - abs(a.order - b.order),
    )
