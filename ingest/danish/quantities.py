"""Quantities in a Danish sentence: figures with units, shares in words, ranges, clock times. Text in, places out.

Figures that measure nothing (dates, years, laws, the ends of a scale, a price per piece) are masked first.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ingest.danish.dates import YEAR
from ingest.danish.numbers import read_number
from ingest.danish.vocabulary import Vocabulary

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
DASH = r"\s?[-–]\s?"
TIMES = ("days", "weeks", "months", "hours", "years", "minutter", "sekunder")
SCALES = {"mio.": 10**6, "mio": 10**6, "mia.": 10**9, "mia": 10**9, "t.": 10**3}


COMPOUNDED = ("minutter", "sekunder", "årsværk", "fraværsdage", "sygedage", "arbejdsdage", "hverdage")
"""Units that other words are put before; "kursusdage" are counted, not measured in days."""


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
        rf"|\b(?:(?:på|efter)\s+(?:en|et)?\s*)?\w*skala\w*,?:?\s+(?:fra\s+)?(?:(?:[-–+]?{NUMBER})(?:\s*(?:-|–|til|og)\s*))?(?:til\s+)?[-–+]?(?:{NUMBER})(?![\d,]*\s*(?:pct|%))"
        rf"|\b(?:på|efter)\s+(?:en|et)?\s*indeks\s+fra\s+(?:{NUMBER})\s+til\s+(?:{NUMBER})"
        rf"|\b\w*opfølgning(?:en)?\s+\d\b(?!\s*(?:pct|%|dag|uge|måned))"
        rf"|\b\d+-(?:trins|punkts|points?)?skala\w*|\b\d+-årig\w*|\b\d+-års\w*"
        rf"|,?\s+hvor\s+\d+\s+er\s+\w+"
        rf"|\b\d\.\s?[-–]\s?\d{{1,2}}\.\s*(?:kvartal|halvår|semester|klasse|trin)\w*"
        rf"|\b\d{{1,2}}\.\s*(?:semester|klasse\w*|årgang\w*|instans\w*|generation\w*|version\w*)"
        rf"|\b(?:iso|en|ds)[ /-]*\d{{3,5}}(?:[-:]\d+)*|\b(?:opkald|ring\w*|kald)\s+(?:til|på)\s+\d{{3,4}}\b"
        rf"|\b\d{{1,2}}/\d{{1,2}}(?=\s+{YEAR}|\s*-\s*{YEAR})"
        rf"|\({YEAR}\s*=\s*(?:{NUMBER})\)"
        rf"|\bpr\.?\s+(?:{NUMBER})|§+\s*[\d. ,stk]+|\bkl\.?\s*\d+(?:[.:]\d\d)?|\b\d{{3,4}}-tal\w*"
        rf"|\b(?:klasse|nr\.?|mål|delmål|krav|resultatkrav|bilag|kapitel|afsnit|side|s\.|niveau|trin|fase|etape|punkt|version|figur|tabel|uge|tema|opgave|pulje|prio|prioritet|kategori|gruppe|type|spor|bølge|udrykning|model|pakke|runde|generation|zone|linje|indsatsområde|delprojekt|delrapport|rapport|leverance|milepæl|del|art|målgruppe|track|tier|ramme|produktområde|hovedområde|niveau)\s+\d+(?:[.,]\d+)*(?:\s*(?:-|–|og|eller|til)\s*\d+(?:[.,]\d+)*)?(?![\d,]*\s*(?:pct|%|procent))"
        rf"|\b{YEAR}(?:\s*(?:-|–|/|og|til)\s*{YEAR}|(?:-|–|/)\d\d\b(?![,.]\d))?"
        rf"|\bvægt(?:ning|es|er|en er)?\b(?! på)[^.;,\d]{{0,20}}\d+(?:,\d+)?\s*(?:pct\.?|%|procent|point)"
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
    compounded = "|".join(COMPOUNDED)
    return re.compile(
        rf"(?<![\w.,/:-])(?:(?P<both>±|\+/-)\s*)?(?P<minus>[-–−](?=\d))?\+?(?:(?P<money>kr\.?|dkk)\s*)?"
        rf"(?:(?P<first>{NUMBER})|(?P<word>(?:{spelled})\b))(?P<half>½)?"
        rf"(?:(?:{DASH}|\s+(?P<joint>til|og)\s+)\+?(?P<second>{NUMBER}))?(?!\d)"
        rf"\s*(?P<scale>mio\b\.?|mia\b\.?|t\.(?=\s?kr))?\s*(?P<unit>(?:{named}|[a-zæøå]{{3,}}(?:{compounded}))(?![a-zæøå0-9]))?",
        re.IGNORECASE,
    )


@cache
def _shares(wholes: tuple[str, ...], ordinals: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    parts, every = "|".join(wholes), "|".join(ordinals)
    number = rf"(?:{NUMBER}|{'|'.join(re.escape(word) for word in words)})"
    return re.compile(
        rf"\b(?P<half>halvdelen)\b|\b(?P<over>[1-9])/(?P<under>[2-9]|10)(?=\s+(?:del|af)\b)"
        rf"|\b(?P<halved>en halv|et halvt|halvanden|halvandet|et halvandet)(?=\s+[a-zæøå])"
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
            clean = clean[: quantity.start] + "¤" * (quantity.end - quantity.start) + clean[quantity.end :]
    units = tuple(sorted(vocabulary.units, key=len, reverse=True))
    pattern = _figure(units, (*words, *vocabulary.unit_articles))
    for match in pattern.finditer(clean):
        found += _read(match, text, clean, vocabulary)
    # "Ingen" is a figure where it is the only one: "Ingen påbud er åbne i mere end 6 måneder" counts months.
    none = [quantity for quantity in found if quantity.worded and not quantity.value]
    if len(found) > len(none):
        found = [quantity for quantity in found if quantity not in none]
    return _ranged(sorted(found, key=lambda quantity: quantity.start), clean)


def _ranged(found: list[Quantity], clean: str) -> list[Quantity]:
    """Ranges whose ends both have their unit as one: "mellem 3,6 pct. og 4,5 pct.", "over 8 pct., men højst 11 pct."."""
    ranged: list[Quantity] = []
    for quantity in found:
        last = ranged[-1] if ranged else None
        if last and last.value_to is None and last.unit == quantity.unit and last.value < quantity.value:
            before, between = clean[: last.start].casefold(), clean[last.end : quantity.start].casefold()
            joined = re.fullmatch(r"\s*(?:og|til|-|–)\s*", between) and re.search(
                r"\b(?:mellem|interval\w*)\s*$", before
            )
            bounded = re.fullmatch(
                r",?\s+(?:men|dog|og)\s+(?:højst|ikke over|under|maks\.?|maksimalt|max\.?|ikke mere end)\s+",
                between,
            ) and re.search(r"\b(?:over|mere end|mindst|fra)\s*$", before)
            if joined or bounded:
                ranged[-1] = replace(last, end=quantity.end, value_to=quantity.value)
                continue
        ranged.append(quantity)
    return ranged


def _share(match: re.Match[str], vocabulary: Vocabulary) -> Quantity | None:
    value: Decimal | None
    unit = "percent"
    if match["half"]:
        value = Decimal(50)
    elif match["halved"]:
        return _halved(match, vocabulary)
    elif match["over"]:
        value = 100 * Decimal(match["over"]) / Decimal(match["under"])
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


def _halved(match: re.Match[str], vocabulary: Vocabulary) -> Quantity | None:
    """Half a unit, or one and a half: "en halv dag"; None where it is half of anything else."""
    unit = re.match(r"\s+([a-zæøå]+)", match.string[match.end() :])
    named = vocabulary.units.get(unit[1].casefold()) if unit else None
    if unit is None or named is None:
        return None
    value = (
        Decimal("1.5") if "anden" in match[0].casefold() or "andet" in match[0].casefold() else Decimal("0.5")
    )
    end = match.end() + unit.end()
    return Quantity(
        start=match.start(), end=end, value=value, value_to=None, unit=named, share=False, worded=False
    )


def _rounded(value: Decimal) -> Decimal:
    short = round(value, 2)
    return short.to_integral_value() if short == short.to_integral_value() else short


def _read(match: re.Match[str], text: str, clean: str, vocabulary: Vocabulary) -> list[Quantity]:
    """One quantity, or two that "til" or "og" joins and that are no range."""
    printed = match["first"] or match["word"]
    value = read_number(printed, vocabulary)
    if value is None:
        return []
    value += Decimal("0.5") if match["half"] else 0
    second = read_number(match["second"], vocabulary) if match["second"] else None
    before, after = clean[: match.start()].casefold(), text[match.end() :].casefold()
    unit = unit_named(match["unit"], vocabulary)
    if match["word"] and match["word"].casefold() in vocabulary.unit_articles and unit not in TIMES:
        return []
    scaled = SCALES.get((match["scale"] or "").casefold(), 1)
    bare = unit is None and scaled == 1 and not match["money"]
    if bare and match["first"] and re.match(r"\.\s*[a-zæøå]", after):
        return []
    if unit is None:
        unit, scaled = _implied_unit(match, text, before, scaled, vocabulary)
    if second is not None and "." in (match["second"] or "") and value * 1000 <= second and value < 1000:
        value *= 1000
    value = -value * scaled if match["minus"] else value * scaled
    whole = Quantity(
        start=match.start(),
        end=match.end(),
        value=value,
        value_to=second * scaled if second is not None else None,
        unit=unit,
        share=unit == "percent",
        worded=match["word"] is not None,
    )
    if match["both"] and second is None and not re.search(r"\b(?:højst|maks\w*\.?|max\.?|under)\s*$", before):
        return [replace(whole, value=-abs(value), value_to=abs(value))]
    if second is None or match["joint"] is None or re.search(r"\b(?:mellem|interval\w*)\s*$", before):
        return [whole]
    return [
        replace(whole, end=match.end("first") if match["first"] else match.end("word"), value_to=None),
        replace(whole, start=match.start("second"), value=second * scaled, value_to=None, worded=False),
    ]


def unit_named(printed: str | None, vocabulary: Vocabulary) -> str | None:
    """The unit that a word names; of a compound its last part does: "afbrudsminutter", "fraværsdage"."""
    said = (printed or "").casefold()
    if said in vocabulary.units:
        return vocabulary.units[said]
    ends = [word for word in COMPOUNDED if said.endswith(word)]
    return vocabulary.units[max(ends, key=len)] if said and ends else None


def _implied_unit(
    match: re.Match[str], text: str, before: str, scaled: int, vocabulary: Vocabulary
) -> tuple[str, int]:
    """The unit and scale of a figure without one: money behind a scale, unless things are counted in millions."""
    counted = match["scale"] and re.match(r"\s*[a-zæøå]{4,}", text[match.end() :].casefold())
    if match["money"] or (match["scale"] and not counted):
        return "DKK", scaled
    unit = unit_around(text, match.start(), match.end(), vocabulary)
    # "Egenindtægter i mio. kr., mindst 7,6": the label has the scale.
    named = re.search(r"\b(mio|mia)\.?\s*kr\.?\)?[^\d]{0,20}$", before)
    if named and unit in ("count", "DKK"):
        return "DKK", SCALES[named[1]]
    return unit, scaled


COUNTED = (
    "days",
    "hours",
    "weeks",
    "months",
    "FTE",
    "minutter",
    "sekunder",
    "km",
    "km2",
    "hektar",
    "ha",
    "tons",
    "ton",
)
"""Units whose names stand as the thing counted: "Sygedage pr. medarbejder: under 7,8"."""


def _labelled_unit(before: str, vocabulary: Vocabulary) -> str | None:
    """The unit that a sentence begins with as what it counts; None where it begins otherwise or holds figures."""
    if re.search(r"\d", before):
        return None
    opened = re.match(
        r"(?:\W*(?:antal(?:let af)?|gennemsnitligt antal|gennemsnitlige?))?\s*([a-zæøå]+)", before
    )
    if opened is None:
        return None
    unit = unit_named(opened[1], vocabulary)
    return unit if unit in COUNTED else None


def unit_in_label(label: str, vocabulary: Vocabulary) -> str | None:
    """The unit that a row's label names behind a comma or in a bracket: "Sygefravær, dage pr. årsværk (højst)"."""
    for said in re.findall(r"[,(]\s*(?:i\s+)?([a-zæøå.%]+)", label.casefold()):
        unit = unit_named(said, vocabulary) or unit_named(said.rstrip("."), vocabulary)
        if unit is not None:
            return unit
    return None


def unit_around(text: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """The unit of a bare figure: of a scale behind it, of a word or bracket before it; else things are counted."""
    before, after = text[:start].casefold(), text[end:].casefold()
    if re.match(r"\s*\(?indeks\b|[^.;]{0,40}\bindeksskala", after) or re.search(r"\bindeks\s*$", before):
        return "index"
    if re.match(r"[^.;]{0,40}\b(?:på|efter)\s+(?:en\s+)?\w*skala", after):
        return "points"
    if re.search(r"\bskala\b[^;]{0,40}$", before):
        return "points"
    if re.search(r"indeks\w*[^.;\d]{0,40}$", before):
        return "index"
    scored = "|".join(map(re.escape, vocabulary.clauses["scored"]))
    if re.fullmatch(r"\d,\d{1,2}", text[start:end].strip()) and re.search(
        rf"(?:{scored})\w*\b[^.;\d]*$", before
    ):
        return "points"
    labelled = _labelled_unit(before, vocabulary)
    if labelled is not None:
        return labelled
    known = {word: name for word, name in vocabulary.units.items() if name != "count"}
    bracket = re.search(r"(?:\(\s*(?:i\s+)?|\bi\s+)([a-zæøå.%]+)\s*\)?[^\d(]{0,30}$", before)
    if bracket and bracket[1] in known and bracket[1] != "dag":
        return known[bracket[1]]
    if re.search(r"procent(?:en|andel\w*)?\b[^.;\d]{0,60}$|\w+procenten\b", before):
        return "percent"
    return "count"
