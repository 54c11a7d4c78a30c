"""Words a letter or two away from a misspelt one, from the words that are indexed."""

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST, LONG = 4, 7
"""Below SHORTEST letters everything is near everything; from LONG letters on two may differ."""


def nearest(word: str, counts: Mapping[str, int], *, limit: int = 5) -> list[str]:
    """Folded words near this folded one: nearest first, then by how many entries have them, then by name.

    Near is one insertion, deletion, change or swap of neighbours; two in a word of seven letters or more.
    """
    if len(word) < SHORTEST:
        return []
    most = 2 if len(word) >= LONG else 1
    found = process.extract(
        word, counts.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None
    )
    ordered = sorted((distance, -counts[other], other) for other, distance, _ in found if distance)
    return [other for _, _, other in ordered[:limit]]
