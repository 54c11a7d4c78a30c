"""Why a link is thought to hold: one word, and a sentence that a person can check against the two places."""

import re
from collections.abc import Sequence

from ingest.links.weights import Weights

METHODS = {
    "title": ("title", "title_words"),
    "text": ("words", "sentences"),
    "target": ("demand", "unit", "comparator"),
    "key": ("key",),
}
"""The words of `method`, and the features that each stands for."""
CLOSE = 2.0
"""A rival this near makes a choice one that should be looked at."""
PHRASES = {
    "same_title": "the same title",
    "titles_alike": "titles {n} alike",
    "other_title": "another title",
    "same_sentences": "{n} of the sentences the same",
    "words_alike": "words {n} alike",
    "same_number": "the same number",
    "other_number": "another number",
    "same_unit": "the same kind of unit",
    "other_unit": "another unit",
    "not_between": "not in the plan between",
    "rival": "another came near",
    "plan_unread": "a plan between could not be read",
}
"""What a reason is made of, by name; `{n}` is a share in per cent."""


def method_of(pair: Sequence[float], weights: Weights) -> str:
    """What spoke most for the link: `title`, `text`, `target` or `key`."""
    spoke = {
        method: sum(
            weights.pair[weights.names.index(name)] * pair[weights.names.index(name)] for name in names
        )
        for method, names in METHODS.items()
    }
    # The same title is what a person looks at first, even where the words below it weigh more.
    if pair[weights.names.index("title")] == 1.0:
        return "title"
    return max(spoke, key=lambda method: spoke[method])


def reason_of(pair: Sequence[float], margin: float, weights: Weights, *, over_gap: bool) -> str:
    """The likenesses in words, what speaks against, and whether another came near."""
    value = dict(zip(weights.names, pair, strict=True))
    said: list[tuple[str, float]] = []
    if value["title"] == 1.0:
        said.append(("same_title", 1))
    else:
        said.append(("titles_alike" if value["title"] >= 0.5 else "other_title", value["title"]))
    if value["sentences"] >= 0.15:
        said.append(("same_sentences", value["sentences"]))
    said.append(("words_alike", value["words"]))
    for name, same, other in (("key", "same_number", "other_number"), ("unit", "same_unit", "other_unit")):
        if value[name]:
            said.append((same if value[name] > 0 else other, value[name]))
    if value["dormant"]:
        said.append(("not_between", 1))
    if margin < CLOSE:
        said.append(("rival", margin))
    if over_gap:
        said.append(("plan_unread", 1))
    sentence = ", ".join(PHRASES[name].replace("{n}", f"{share:.0%}") for name, share in said)
    return sentence[0].upper() + sentence[1:] + "."


def phrases_of(reason: str) -> tuple[tuple[str, int | None], ...] | None:
    """The names of a reason's phrases with their share in per cent, in order; None where one is no phrase of ours.

    The record carries the sentence alone; whoever says it in another language reads it back here.
    """
    found: list[tuple[str, int | None]] = []
    for part in reason.rstrip(".").split(", "):
        bare = re.sub(r"\d+%", "{n}", part[:1].lower() + part[1:])
        name = next((name for name, phrase in PHRASES.items() if phrase == bare), None)
        if name is None:
            return None
        share = re.search(r"(\d+)%", part)
        found.append((name, int(share[1]) if share else None))
    return tuple(found)
