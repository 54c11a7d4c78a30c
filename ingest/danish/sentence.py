"""A sentence of a plan while it is read: its words by role, its clauses, and the readings made of them."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from crawler.records import Period
from ingest.danish.dates import read_deadline
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Baseline, Comparator


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReading:
    """What a clause demands; `start` and `end` are its places in the text that was read."""

    start: int
    end: int
    comparator: Comparator
    value: Decimal | None
    value_to: Decimal | None
    unit: str | None
    deadline: date | None
    baseline: Baseline | None
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known while one sentence is read. `demanded` where it stands in a place for demands."""

    sentence: str
    period: Period | None
    vocabulary: Vocabulary
    demanded: bool

    def words(self, role: str) -> str:
        """The clause words of a role as one pattern."""
        return "|".join(re.escape(word) for word in self.vocabulary.clauses[role])


def clauses_of(sentence: str) -> list[tuple[int, int]]:
    """The stretches of a sentence that say something of their own, as places in it, in order."""
    cuts = [
        0,
        *(found.end() for found in re.finditer(r"[,;] og |; |, (?=dog |heraf |mens )", sentence)),
        len(sentence),
    ]
    return list(pairwise(cuts))


def make_reading(
    context: Context,
    place: tuple[int, int],
    comparator: Comparator,
    value: Decimal | None,
    value_to: Decimal | None,
    unit: str | None,
    baseline: Baseline | None,
) -> TargetReading:
    """A reading of the words at `place` (start and end in the sentence), with the deadline that they name."""
    start, end = place
    clause = context.sentence[start:end]
    trimmed = clause.strip(" ,;")
    start += clause.find(trimmed) if trimmed else 0
    deadline = read_deadline(clause, context.period, context.vocabulary)
    return TargetReading(
        start=start,
        end=start + len(trimmed),
        comparator=comparator,
        value=value,
        value_to=value_to,
        unit=unit,
        deadline=deadline,
        baseline=baseline,
    )
