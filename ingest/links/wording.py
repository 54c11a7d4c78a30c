"""How alike two wordings are: titles, sentences, demands, number, group, weight and order, each from 0 to 1.

Words count by their rarity among the wordings at hand (a family of agencies), so what every goal says weighs
nothing and no word list is needed. Figures and dates are set aside: they are what changes from year to year.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz

from ingest.links.matrices import cosines
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


@lru_cache(maxsize=1 << 16)
def word_pieces(word: str) -> tuple[str, ...]:
    """Every run of letters of a word, with its edges; a short word whole."""
    padded = f" {word} "
    return tuple(padded[start : start + GRAM] for start in range(max(1, len(padded) - GRAM + 1)))


def pieces(text: str) -> Counter[str]:
    """How often each run of letters stands in a text."""
    return Counter(chain.from_iterable(map(word_pieces, text.split())))


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
        count = 0
        holding: Counter[str] = Counter()
        for wording in wordings:
            count += 1
            holding.update(wording.pieces.keys())
        self._unseen = math.log((1 + count) / 0.5)
        self._told = {piece: math.log((1 + count) / (0.5 + times)) for piece, times in holding.items()}

    def __call__(self, piece: str) -> float:
        """0 for a piece that every wording holds, more the rarer it is."""
        return self._told.get(piece, self._unseen)

    def weighed(self, counted: Mapping[str, float]) -> dict[str, float]:
        """Counts times rarity, of length one; empty where nothing tells."""
        told, unseen = self._told, self._unseen
        found = {piece: count * told.get(piece, unseen) for piece, count in counted.items()}
        length = math.sqrt(sum(value * value for value in found.values()))
        return {piece: value / length for piece, value in found.items()} if length else {}

    def mass(self, text: str) -> float:
        """How much a text tells in all, each piece of a word once."""
        told, unseen = self._told, self._unseen
        return sum(max(0.0, told.get(piece, unseen)) for piece in pieces(text))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A wording with what its sentences tell: made once, compared often. `row` is its place in the space."""

    wording: Wording
    row: int
    masses: tuple[float, ...]


class Space:
    """The wordings of a family, each beside each: the cosines of all pairs are made at once."""

    def __init__(self, wordings: Sequence[Wording], rarity: Rarity) -> None:
        self.rarity = rarity
        self.title = cosines([rarity.weighed(wording.title_pieces) for wording in wordings])
        self.whole = cosines([rarity.weighed(wording.pieces) for wording in wordings])
        self.weighed = tuple(
            Weighed(wording, row, tuple(rarity.mass(sentence) for sentence in wording.sentences))
            for row, wording in enumerate(wordings)
        )


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The cosine of two vectors of length one; 0 where one is empty."""
    if len(other) < len(one):
        one, other = other, one
    return sum(value * other[piece] for piece, value in one.items() if piece in other)


def contained(short: Wording, long: Wording, rarity: Rarity) -> float:
    """The part of a title's pieces, by rarity, that a longer title holds too."""
    mass = sum(max(0.0, rarity(piece)) for piece in short.title_pieces)
    shared = sum(max(0.0, rarity(piece)) for piece in short.title_pieces if piece in long.title_pieces)
    return shared / mass if mass else 0.0


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


def features(one: Weighed, other: Weighed, space: Space) -> tuple[float, ...]:
    """The likenesses of two wordings, in the order of FEATURES."""
    title_words, words, unit, comparator, key, weight, order = quick(one, other, space)
    a, b = one.wording, other.wording
    return (
        fuzz.token_sort_ratio(a.title, b.title) / 100 if a.title and b.title else 0.0,
        title_words,
        words,
        shared_sentences(one, other),
        best_ratio(a.demands, b.demands),
        unit,
        comparator,
        key,
        fuzz.token_set_ratio(a.group, b.group) / 100 if a.group and b.group else 0.0,
        weight,
        order,
    )


QUICK = ("title_words", "words", "unit", "comparator", "key", "weight", "order")
"""Those of FEATURES that cost nothing: most pairs of a family are told apart by them."""


def quick(one: Weighed, other: Weighed, space: Space) -> tuple[float, ...]:
    """The likenesses of QUICK, in its order."""
    a, b = one.wording, other.wording
    same_key = 0.0 if a.key is None or b.key is None else 1.0 if a.key == b.key else -1.0
    return (
        space.title[one.row][other.row],
        space.whole[one.row][other.row],
        overlap(a.units, b.units),
        overlap(a.comparators, b.comparators),
        same_key,
        1.0 if a.weight and a.weight == b.weight else 0.0,
        1.0 - abs(a.order - b.order),
    )
