"""How a quantity is compared: "mindst", "ikke over", "eller derunder", or what its unit implies."""

import re

from ingest.danish.quantities import TIMES, Quantity
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Comparator


def implied(unit: str | None) -> Comparator:
    """How a bare figure of this unit is meant: a share is a floor, a time a ceiling, a count itself."""
    if unit == "percent":
        return "at_least"
    return "at_most" if unit in TIMES else "exactly"


def comparator_of(
    quantity: Quantity, sentence: str, vocabulary: Vocabulary
) -> tuple[Comparator | None, bool]:
    """The comparator around a quantity, and whether it demands by itself ("over" and "inden for" do not)."""
    near = re.sub(r"\s+", " ", sentence[: quantity.start].casefold())[-60:]
    about = re.search(r"\b(?:ca\.?|cirka|omkring|omtrent)\s*$", near)
    near = re.sub(
        r"(?:±|\b(?:ca\.?|cirka|omkring|omtrent|kr\.?|indeks|på|til|end|i gennemsnit|i snit|i alt|kun|et|en)\s*)+$",
        "",
        near,
    ).rstrip()
    after = sentence[quantity.end :].casefold()
    best = ""
    for word in vocabulary.comparators:
        ended = re.search(rf"(?:^|[\s(]){re.escape(re.sub(r' (?:på|end)$', '', word))}$", near)
        if ended and len(word) > len(best):
            best = word
    if re.match(r"[^.,;\d]{0,20}\beller\s+(?:derover|mere|flere|højere|større|længere)", after):
        return "at_least", True
    if re.match(r"[^.,;\d]{0,20}\beller\s+(?:derunder|mindre|færre|lavere|kortere)", after):
        return "at_most", True
    if not best and about:
        return "about", False
    if not best:
        return _distant(near, sentence[: quantity.start].casefold())
    named = vocabulary.comparators[best]
    weak = named in ("limit", "about") or best in (
        "over",
        "under",
        "mere end",
        "flere end",
        "min.",
        "min",
        "op på",
    )
    comparator: Comparator = "at_most" if named == "limit" else named  # type: ignore[assignment]
    clause = re.split(r"[,;]", near)[-1]
    turned = best.endswith(" end") or best in ("over", "under")
    if turned and not best.startswith("ikke") and re.search(r"\b(?:ikke|ingen|intet|aldrig)\b", clause):
        comparator = "at_most" if comparator == "at_least" else "at_least"
        weak = False
    if weak and re.search(r"\b(?:ligge|ligger|være|er|holdes|kommer)\s+(?:over|under)$", near):
        weak = False
    return comparator, not weak


def _distant(near: str, whole: str) -> tuple[Comparator | None, bool]:
    """Such as "højst lukket i 40 dage", "som minimum skal 70 procent": a few words may stand between."""
    found = re.search(
        r"\b(mindst|højst|højest|maksimalt|minimum|mindste)\s+(?:[a-zæøå-]+\s+){0,4}(?:[a-zæøå-]+)?$", near
    )
    if found:
        return ("at_least" if found[1] in ("mindst", "minimum", "mindste") else "at_most"), True
    noun = re.search(r"\b(maksimal|minimal)\w*\s+[a-zæøå]+\s+(?:på|af)?$", near)
    if noun:
        return ("at_least" if noun[1] == "minimal" else "at_most"), True
    if re.search(
        r"\bikke\s+(?:må\s+)?(?:overstige[rs]?|overskride[rs]?)\s+(?:[a-zæøå]+\s+){1,3}(?:på)?$", f"{near} "
    ):
        return "at_most", True
    # "Højst antal påbud, der ikke er efterkommet: 50": the label has the comparator.
    opened = re.match(r"(?:som )?(minimum|mindst|maksimum|maksimalt|højst|højest)\b[^\d;]{0,90}$", whole)
    if opened:
        return ("at_least" if opened[1] in ("minimum", "mindst") else "at_most"), True
    return None, False


def bound_words(vocabulary: Vocabulary) -> set[str]:
    """Words such as "lavere", behind which "end" leads to a bound, not to what it is compared with."""
    return {word.removesuffix(" end").split()[-1] for word in vocabulary.comparators if word.endswith(" end")}
