"""Danish words for change: how much more or less than before, or a level to be kept."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.danish.dates import YEAR
from ingest.danish.quantities import Quantity
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Baseline, Comparator


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change and where its word stands. `firm` where the wording itself demands it."""

    start: int
    value: Decimal
    firm: bool


def _stems(words: tuple[str, ...]) -> str:
    return "|".join(rf"{re.escape(word)}\w*" for word in words)


def change_of(sentence: str, quantity: Quantity | None, vocabulary: Vocabulary) -> Change | None:
    """The change that a quantity measures; without a quantity a halving or doubling. None for a level."""
    if quantity is None:
        return _folded(sentence.casefold(), vocabulary)
    words = vocabulary.changes
    before, after = sentence[: quantity.start].casefold(), sentence[quantity.end :].casefold()
    filler = r"(?:\s+(?:i gennemsnit|yderligere|mindst|højst|ca\.|cirka|årligt|omkring|i alt|samlet|netto))*"
    for role, sign in (("down", -1), ("up", 1)):
        verb = rf"\b(?:{_stems(words[role])})"
        by = re.search(rf"{verb}(?:\s+(?:[a-zæøå.]+|{YEAR})){{0,6}}{filler}\s+med{filler}\s*$", before)
        direct = re.search(rf"{verb}{filler}\s*$", before) and quantity.unit in (
            "percent",
            "percentage_points",
        )
        nouns = "|".join(map(re.escape, words[role + "_noun"]))
        noun = rf"\b[a-zæøå]*(?:{nouns})(?:en|et|s)?(?![a-zæøå])"
        named = re.search(rf"{noun}(?:\s+(?:af|i)\s+[^.;,\d]{{1,60}})?\s+på{filler}\s*$", before) or re.match(
            rf"\s*(?:s\s+)?{noun}", after
        )
        if by or direct or named:
            return Change(start=quantity.start, value=sign * abs(quantity.value), firm=True)
    set_against = re.search(r"\b(?:i forhold til|ift\.?|sammenlignet med)\b", before + after)
    if quantity.value < 0 and quantity.value_to is None and set_against:
        return Change(start=quantity.start, value=quantity.value, firm=True)
    return _compared(quantity, after, vocabulary)


def _compared(quantity: Quantity, after: str, vocabulary: Vocabulary) -> Change | None:
    """Such as "15 pct. færre ulykker end i 2014", "3 procentpoint lavere end", "en dag lavere pr. ÅV end"."""
    for role, sign in (("lower", -1), ("higher", 1)):
        word = "|".join(vocabulary.changes[role])
        found = re.match(rf"\s*(?:{word})\b(?P<rest>[^.;]*)", after)
        if found is None:
            continue
        against = re.search(r"\bend\b|\bi forhold til\b|\bsammenlignet med\b", found["rest"])
        if against or (role == "lower" and re.match(r"\s+[a-zæøå]", found["rest"])):
            return Change(start=quantity.start, value=sign * abs(quantity.value), firm=bool(against))
    return None


def _folded(said: str, vocabulary: Vocabulary) -> Change | None:
    for role, value in (("half", -50), ("double", 100), ("triple", 200)):
        found = re.search(rf"\b(?:{_stems(vocabulary.changes[role])})", said)
        if found and not re.search(r"svare[rn]\w* til (?:en )?$", said[: found.start()]):
            return Change(start=found.start(), value=Decimal(value), firm=True)
    return None


def level_direction(sentence: str, quantity: Quantity, vocabulary: Vocabulary) -> Comparator | None:
    """Such as "øges til 38" is a floor, "falder til 8" and "ned på 3" a ceiling; None without such a verb."""
    before = sentence[: quantity.start].casefold()
    if re.search(r"\bned\s+på\s*(?:ca\.\s*)?$", before):
        return "at_most"
    for role, comparator in (("down", "at_most"), ("up", "at_least")):
        verb = rf"\b(?:{_stems(vocabulary.changes[role])})"
        if re.search(
            rf"{verb}(?:\s+(?:[^.;]|\.(?=\d|\s[a-zæøå0-9])){{0,60}})?\s+til\s*(?:ca\.\s*)?$", before
        ):
            return comparator  # type: ignore[return-value]
    return None


def kept_level(sentence: str, vocabulary: Vocabulary) -> Baseline | None:
    """The year whose level is to be kept: "fastholdes på niveau med 2013"; None where nothing is kept."""
    said = sentence.casefold()
    kept = "|".join(vocabulary.changes["kept"])
    found = re.search(rf"\b(?:{kept})\b[^.;]{{0,60}}?\b{YEAR}|\bsamme niveau som (?:i |ultimo )?{YEAR}", said)
    if found is None or re.search(r"\bvar\b|\bblev\b", said):
        return None
    return Baseline(value=None, unit=None, year=int(found[1] or found[2]))
