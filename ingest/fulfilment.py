"""The weighted fulfilment of a plan, worked out anew from the report's verdicts and the plan's weights.

A report's own figure is often of the goals it reports; here every goal of the plan counts, and one that is never
answered counts as nothing shown. What a partly met goal counts is the plan's rule, or unknown: then there are two
figures, without and with it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.danish.vocabulary import Vocabulary
from ingest.records import Goal, Result, Status

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilled:
    """Shares of the plan's whole weight, in per cent, rounded to a tenth."""

    met: Decimal
    partly: Decimal
    not_met: Decimal
    other: Decimal
    """Dropped, not assessed, or of a class that cannot be split."""
    unanswered: Decimal
    weighted: bool
    """False where the plan gives no weights, and each goal counts alike."""
    low: Decimal
    """The fulfilment if a partly met goal counts nothing, or as the plan's rule has it."""
    high: Decimal
    """The fulfilment if it counts whole, or the same as `low` where the plan has a rule."""
    rule: str | None
    """The plan's own words on what a partly met goal counts."""


def partly_rule(text: str, words: Vocabulary) -> str | None:
    """The sentence in which a plan says that a partly met goal counts half; None where it says nothing of it."""
    for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
        said = sentence.casefold()
        if any(word in said for word in words.partly_half) and any(
            word in said for word in words.status["partly_met"]
        ):
            return " ".join(sentence.split())
    return None


def fulfilled(
    goals: Sequence[Goal], answers: Mapping[int, Sequence[Result]], rule: str | None
) -> Fulfilled | None:
    """The fulfilment of top-level goals; `answers` are the results of each by its place. None without any answer.

    A goal is judged by the worst verdict of its results; one without verdict is `other`.
    """
    counted = [index for index, goal in enumerate(goals) if goal.binding and goal.parent is None]
    if not counted or not any(answers.get(index) for index in counted):
        return None
    weights = {index: goals[index].weight for index in counted}
    weighted = all(weight is not None and weight.value > 0 for weight in weights.values())
    share = {
        index: weight.value if weighted and weight is not None else Decimal(1)
        for index, weight in weights.items()
    }
    sums = dict.fromkeys(("met", "partly", "not_met", "other", "unanswered"), Decimal(0))
    for index in counted:
        sums[_class(answers.get(index, ()))] += share[index]
    whole = sum(share.values())
    part = {name: _tenth(value * 100 / whole) for name, value in sums.items()}
    half = _tenth(part["met"] + part["partly"] * HALF)
    return Fulfilled(
        met=part["met"],
        partly=part["partly"],
        not_met=part["not_met"],
        other=part["other"],
        unanswered=part["unanswered"],
        weighted=weighted,
        low=half if rule else part["met"],
        high=half if rule else _tenth(part["met"] + part["partly"] + part["other"]),
        rule=rule,
    )


def _class(results: Sequence[Result]) -> str:
    if not results:
        return "unanswered"
    order: tuple[tuple[Status | None, str], ...] = (
        ("not_met", "not_met"),
        ("partly_met", "partly"),
        ("met", "met"),
    )
    statuses = {result.status for result in results}
    return next((name for status, name in order if status in statuses), "other")


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))
