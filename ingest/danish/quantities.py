"""Quantities in a Danish sentence: figures with units, shares in words, ranges, clock times. Text in, places out.

Figures that measure nothing (dates, years, laws, the ends of a scale, a price per piece) are masked first.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ingest.danish.dates import YEAR
from ingest.danish.numbers import read_number
from ingest.danish.vocabulary import Vocabulary

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
DASH = r"\s?[-–]\s?"
TIMES = ("days", "weeks", "months", "hours", "years", "minutter", "sekunder")
SCALES = {"mio.": 10**6, "mio": 10**6, "mia.": 10**9, "mia": 10**9, "t.": 10**3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure and its place. `share` where it is a part of a whole, whatever its printed form."""

    start: int
    end: int
    value: Decimal
    value_to: Decimal | None
    unit: str
    share: bool
    worded: bool
    """Written as a word ("tre"): too common in prose to demand anything alone."""


@cache
def _masks(months: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(months)
    return re.compile(
        rf"\b\d{{1,2}}\.\s*(?:{names})(?:\s+{YEAR})?"
        rf"|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)\b|\b\d{{4}}-\d\d-\d\d\b"
        rf"|\b(?:[1-4]|[ivx]+|første|andet|tredje|fjerde)\.?(?:\s?(?:-|–|og|til)\s?[1-4]\.?)?\s*(?:kvartal\w*|kvt\.?|halvår\w*)"
        rf"|\b(?:på|efter)\s+(?:en|skalaen|et)?\s*(?:\w*skala\w*|indeks)\s+(?:fra\s+)?(?:(?:-?{NUMBER})(?:\s*(?:-|–|til|og)\s*))?(?:til\s+)?(?:{NUMBER})(?:,?\s+hvor\s+\d+\s+er\s+\w+)?"
        rf"|\({YEAR}\s*=\s*(?:{NUMBER})\)"
        rf"|\bpr\.?\s+(?:{NUMBER})|§+\s*[\d. ,stk]+|\bkl\.?\s*\d+(?:[.:]\d\d)?|\b\d{{3,4}}-tal\w*"
        rf"|\b(?:klasse|nr\.?|mål|delmål|krav|resultatkrav|bilag|kapitel|afsnit|side|s\.|niveau|trin|fase|etape|punkt|version|figur|tabel|uge|tema|opgave|pulje)\s+\d+(?:[.,]\d+)*(?:\s*(?:-|–|og|eller|til)\s*\d+(?:[.,]\d+)*)?(?![\d,]*\s*(?:pct|%|procent))"
        rf"|\b{YEAR}(?:\s*(?:-|–|/|og|til)\s*(?:{YEAR}|\d\d\b))?"
        rf"|\bco2|\bmed mere end (?:ét|et|en)\b|(?<![\d.])\b(?:en|to|tre|fire|\d+) gang(?:e)?\b(?= om | pr)",
        re.IGNORECASE,
    )


def masked(text: str, vocabulary: Vocabulary) -> str:
    """The text with what only looks like a quantity blanked; places stay the same."""
    return _masks(vocabulary.months).sub(lambda found: "¤" * len(found[0]), text)


@cache
def _figure(units: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    named = "|".join(re.escape(unit) for unit in units)
    spelled = "|".join(re.escape(word) for word in words)
    return re.compile(
        rf"(?<![\w.,/:-])(?P<minus>[-–−](?=\d))?(?:(?P<money>kr\.?|dkk)\s*)?"
        rf"(?:(?P<first>{NUMBER})|(?P<word>(?:{spelled})\b))"
        rf"(?:(?:{DASH}|\s+(?:til|og)\s+)(?P<second>{NUMBER}))?(?!\d)"
        rf"\s*(?P<scale>mio\b\.?|mia\b\.?|t\.(?=\s?kr))?\s*(?P<unit>(?:{named})(?![a-zæøå0-9]))?",
        re.IGNORECASE,
    )


@cache
def _shares(wholes: tuple[str, ...], ordinals: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    parts, every = "|".join(wholes), "|".join(ordinals)
    number = rf"(?:{NUMBER}|{'|'.join(re.escape(word) for word in words)})"
    return re.compile(
        rf"\b(?P<half>halvdelen)\b"
        rf"|\b(?P<count>{number})\s+(?P<part>{parts})(?:e)?\b"
        rf"|\bhver\s+(?P<every>{every})\b(?!\s+(?:dag|uge|måned|år|gang|time))"
        rf"|\b(?P<of>{number})\s+ud\s+af\s+(?P<whole>{number})(?!\d)(?P<points>\s+(?:mulige\s+)?point)?"
        rf"|\b(?P<minutes>\d{{1,2}}):(?P<seconds>\d\d)\s*(?P<clock>minutter|min\.?)",
        re.IGNORECASE,
    )


def find_quantities(text: str, vocabulary: Vocabulary) -> list[Quantity]:
    """Every quantity of a text, in order."""
    clean = masked(text, vocabulary)
    words = tuple(word for word in vocabulary.number_words if word not in vocabulary.unit_articles)
    found: list[Quantity] = []
    pattern = _shares(tuple(vocabulary.fractions), tuple(vocabulary.ordinals), tuple(vocabulary.number_words))
    for match in pattern.finditer(clean):
        quantity = _share(match, vocabulary)
        if quantity is not None:
            found.append(quantity)
            clean = clean[: match.start()] + "¤" * len(match[0]) + clean[match.end() :]
    units = tuple(sorted(vocabulary.units, key=len, reverse=True))
    pattern = _figure(units, (*words, *vocabulary.unit_articles))
    for match in pattern.finditer(clean):
        quantity = _read(match, text, clean, vocabulary)
        if quantity is not None:
            found.append(quantity)
    # "Ingen" is a figure where it is the only one: "Ingen påbud er åbne i mere end 6 måneder" counts months.
    none = [quantity for quantity in found if quantity.worded and not quantity.value]
    if len(found) > len(none):
        found = [quantity for quantity in found if quantity not in none]
    return sorted(found, key=lambda quantity: quantity.start)


def _share(match: re.Match[str], vocabulary: Vocabulary) -> Quantity | None:
    value: Decimal | None
    unit = "percent"
    if match["half"]:
        value = Decimal(50)
    elif match["part"]:
        count = read_number(match["count"], vocabulary)
        value = None if count is None else 100 * count / vocabulary.fractions[match["part"].casefold()]
    elif match["every"]:
        value = Decimal(100) / vocabulary.ordinals[match["every"].casefold()]
    elif match["of"]:
        part, whole = read_number(match["of"], vocabulary), read_number(match["whole"], vocabulary)
        if part is None or not whole:
            return None
        value, unit = (part, "points") if match["points"] else (100 * part / whole, "percent")
    else:
        value, unit = Decimal(match["minutes"]) + Decimal(match["seconds"]) / 60, "minutter"
    if value is None:
        return None
    return Quantity(
        start=match.start(),
        end=match.end(),
        value=_rounded(value),
        value_to=None,
        unit=unit,
        share=unit == "percent",
        worded=False,
    )


def _rounded(value: Decimal) -> Decimal:
    short = round(value, 2)
    return short.to_integral_value() if short == short.to_integral_value() else short


def _read(match: re.Match[str], text: str, clean: str, vocabulary: Vocabulary) -> Quantity | None:
    printed = match["first"] or match["word"]
    value = read_number(printed, vocabulary)
    second = read_number(match["second"], vocabulary) if match["second"] else None
    if value is None:
        return None
    before, after = clean[: match.start()].casefold(), text[match.end() :].casefold()
    unit = vocabulary.units.get((match["unit"] or "").casefold())
    if match["word"] and match["word"].casefold() in vocabulary.unit_articles and unit not in TIMES:
        return None
    bare = unit is None and not match["scale"] and not match["money"]
    if bare and match["first"] and re.match(r"\.\s*[a-zæøå]", after):
        return None
    scale = SCALES.get((match["scale"] or "").casefold(), 1)
    if second is not None and "." in (match["second"] or "") and value * 1000 <= second and value < 1000:
        value *= 1000
    joined = re.search(r"\bog\b|\btil\b", match[0][: match.end("second") - match.start()] if second else "")
    ranged = second is not None and (joined is None or re.search(r"\b(?:mellem|interval\w*)\s*$", before))
    end = match.end()
    if second is not None and not ranged:
        # "fra 12 til 8": two quantities; the second is read on its own.
        return _alone(match, value, text, vocabulary)
    if unit is None:
        unit = (
            "DKK" if match["scale"] or match["money"] else unit_around(text, match.start(), end, vocabulary)
        )
        # "Egenindtægter i mio. kr., mindst 7,6": the label has the scale.
        named = re.search(r"\b(mio|mia)\.?\s*kr\.?\)?[^\d]{0,20}$", before)
        if named and unit in ("count", "DKK"):
            unit, scale = "DKK", SCALES[named[1]]
    return Quantity(
        start=match.start(),
        end=end,
        value=-value * scale if match["minus"] else value * scale,
        value_to=second * scale if second is not None else None,
        unit=unit,
        share=unit == "percent",
        worded=match["word"] is not None,
    )


def _alone(match: re.Match[str], value: Decimal, text: str, vocabulary: Vocabulary) -> Quantity:
    """The first of two figures that "til" or "og" joins; it shares the second one's unit."""
    unit = vocabulary.units.get((match["unit"] or "").casefold())
    scale = SCALES.get((match["scale"] or "").casefold(), 1)
    if unit is None:
        unit = "DKK" if match["scale"] else unit_around(text, match.start(), match.end(), vocabulary)
    return Quantity(
        start=match.start(),
        end=match.end("first") if match["first"] else match.end("word"),
        value=value * scale,
        value_to=None,
        unit=unit,
        share=unit == "percent",
        worded=match["word"] is not None,
    )


def unit_around(text: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """The unit of a bare figure: of a scale behind it, of a word or bracket before it; else things are counted."""
    before, after = text[:start].casefold(), text[end:].casefold()
    if re.match(r"[^.;]{0,40}\bindeksskala", after) or re.search(r"\bindeks\s*$", before):
        return "index"
    if re.match(r"[^.;]{0,40}\b(?:på|efter)\s+(?:en\s+)?\w*skala", after):
        return "points"
    if re.search(r"\bskala\b[^;]{0,40}$", before):
        return "points"
    if re.search(r"indeks\w*[^.;\d]{0,40}$", before):
        return "index"
    known = {word: name for word, name in vocabulary.units.items() if name != "count"}
    bracket = re.search(r"(?:\(\s*(?:i\s+)?|\bi\s+)([a-zæøå.%]+)\s*\)?[^\d(]{0,30}$", before)
    if bracket and bracket[1] in known and bracket[1] != "dag":
        return known[bracket[1]]
    if re.search(r"procent(?:en|andel\w*)?\b[^.;\d]{0,60}$|\w+procenten\b", before):
        return "percent"
    return "count"
