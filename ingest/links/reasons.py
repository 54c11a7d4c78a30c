"""Why a link is thought to hold: one word, and a sentence that a person can check against the two places."""

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
    said = []
    if value["title"] == 1.0:
        said.append("the same title")
    elif value["title"] >= 0.5:
        said.append(f"titles {value['title']:.0%} alike")
    else:
        said.append("another title")
    if value["sentences"] >= 0.15:
        said.append(f"{value['sentences']:.0%} of the sentences the same")
    said.append(f"words {value['words']:.0%} alike")
    if value["key"]:
        said.append("the same number" if value["key"] > 0 else "another number")
    if value["unit"]:
        said.append("the same kind of unit" if value["unit"] > 0 else "another unit")
    if value["dormant"]:
        said.append("not in the plan between")
    if margin < CLOSE:
        said.append("another came near")
    if over_gap:
        said.append("a plan between could not be read")
    sentence = ", ".join(said)
    return sentence[0].upper() + sentence[1:] + "."
