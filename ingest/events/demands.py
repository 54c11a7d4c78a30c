"""The targets of two wordings of one goal: which measures the same, and what became of it.

A target is measured as before where unit and comparator agree and the words have something in common; all pairs
of the two goals are solved as one assignment. Targets of single years and thresholds of partial fulfilment are
left out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz import fuzz

from ingest.links.matrices import assign
from ingest.links.wording import Rarity, cosine, dimension, folded, pieces
from ingest.records import Goal, Target

Direction = Literal["harder", "easier", "other", "same"]

NOTHING_SHARED = 0.3
"""Figures whose words are less alike than this measure different things, even in one unit."""
DELIVERY_SHARED = 0.12
"""Deliveries have no unit to go by: they must share a telling word, by its rarity among the family's goals."""
MOST_SHARED = 0.6
LONG_WORD = 7
SAME_WORD = 75
REVERSED_SHARED = 0.45
"""A share and its rest, or a count at least and exactly: other comparators need more of the same words."""
WHOLE = Decimal(100)
SCALES = frozenset({"points", "index", "percent"})


@dataclass(frozen=True, slots=True)
class Compared:
    """The targets of two goals: pairs measured alike, and what is left on either side, in their order."""

    same: tuple[tuple[Target, Target], ...]
    gone: tuple[Target, ...]
    come: tuple[Target, ...]


def comparable(goal: Goal) -> tuple[Target, ...]:
    """The targets that are compared: no single year's, no threshold of partial fulfilment."""
    return tuple(target for target in goal.targets if target.period is None and target.degree != "partly_met")


def likeness(one: Target, other: Target) -> float:
    """How alike the words of two targets are, figures aside, in any order."""
    return fuzz.token_set_ratio(folded(one.text), folded(other.text)) / 100


def reversed_share(one: Target, other: Target) -> bool:
    """Whether one asks for a share at least and the other for its rest at most: 92 right, 8 wrong."""
    shares = one.unit == other.unit == "percent"
    return shares and {one.comparator, other.comparator} == {"at_least", "at_most"}


def telling(one: Target, other: Target, rarity: Rarity) -> float:
    """How much of what two targets say is the same, each piece of a word by its rarity."""
    return cosine(*(rarity.weighed(pieces(folded(target.text))) for target in (one, other)))


def same_delivery(one: Target, other: Target, rarity: Rarity) -> bool:
    """Whether two deliveries are of one thing: they share what is rare, and a long word or most of all they say.

    In a family of two plans everything is rare, also "er godkendt senest"; a long word is what the thing is called.
    """
    shared = telling(one, other, rarity)
    words, others = (
        [word for word in folded(target.text).split() if len(word) >= LONG_WORD] for target in (one, other)
    )
    called = any(fuzz.ratio(word, word_there) >= SAME_WORD for word in words for word_there in others)
    return shared >= MOST_SHARED or (shared >= DELIVERY_SHARED and called)


def measured_alike(one: Target, other: Target, rarity: Rarity, *, only: bool = False) -> float | None:
    """How well two targets go together, or None where they measure different things.

    `only`: each is its goal's only one of that unit and comparator, so the words may differ as they like.
    """
    alike = likeness(one, other)
    if one.comparator == "done" or other.comparator == "done":
        both = one.comparator == other.comparator
        return 1.0 + alike if both and same_delivery(one, other, rarity) else None
    if one.unit != other.unit or (alike < NOTHING_SHARED and not only):
        return None
    if one.comparator == other.comparator:
        return 1.5 + alike + (0.2 if one.value == other.value else 0.0)
    if reversed_share(one, other):
        rest = one.value is not None and other.value is not None and one.value + other.value == WHOLE
        return 1.0 + alike if rest or alike >= REVERSED_SHARED else None
    counted = {one.comparator, other.comparator} <= {"at_least", "exactly", "about"}
    return 0.8 + alike if counted and alike >= REVERSED_SHARED else None


def compare(before: Sequence[Target], after: Sequence[Target], rarity: Rarity) -> Compared:
    """Pair the targets of two goals."""
    kinds = [Counter((target.unit, target.comparator) for target in side) for side in (before, after)]
    gains = {
        (row, column): gain
        for row, one in enumerate(before)
        for column, other in enumerate(after)
        if (
            gain := measured_alike(
                one,
                other,
                rarity,
                only=kinds[0][one.unit, one.comparator] == kinds[1][other.unit, other.comparator] == 1,
            )
        )
        is not None
    }
    pairs = assign(gains, len(before), len(after))
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return Compared(
        same=tuple((before[row], after[column]) for row, column in pairs),
        gone=tuple(target for row, target in enumerate(before) if row not in rows),
        come=tuple(target for column, target in enumerate(after) if column not in columns),
    )


def direction(before: Target, after: Target) -> Direction:
    """Whether the later demand is harder: by the comparator alone, since only it says which way is better."""
    if before.comparator == after.comparator == "between":
        both = (before.value, before.value_to) == (after.value, after.value_to)
        return "same" if both else "other"
    one, other = before.value, after.value
    if one is None or other is None:
        return "same"
    if reversed_share(before, after):
        other = WHOLE - other
    if one == other:
        return "same"
    judges: dict[str, Callable[[], Direction]] = {
        "at_least": lambda: "harder" if other > one else "easier",
        "at_most": lambda: "harder" if other < one else "easier",
        "change_by": lambda: _change(one, other),
    }
    same = before.comparator == after.comparator or reversed_share(before, after)
    return judges[before.comparator]() if same and before.comparator in judges else "other"


def _change(one: Decimal, other: Decimal) -> Direction:
    """-4 to -6 asks for more, as 4 to 6 does; from growth to fall is another demand."""
    if one * other < 0:
        return "other"
    return "harder" if abs(other) > abs(one) else "easier"


def swapped(before: Target, after: Target) -> bool:
    """Whether two targets measure the same in different units: days and weeks, days and a share of the time."""
    if (
        before.comparator != after.comparator
        or not before.unit
        or not after.unit
        or before.unit == after.unit
    ):
        return False
    units = {before.unit, after.unit}
    kinds = {dimension(unit) for unit in units}
    if kinds == {"time"} or (units <= SCALES and "percent" not in units):
        return True
    return kinds == {"time", "percent"} and before.comparator == "at_most"
