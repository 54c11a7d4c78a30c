"""Danish target sentences: how much, by when, against what. Text in, readings out; never raises.

A sentence is read quantity by quantity. What each one is (a demand, a limit beside a share, a figure it is
compared with, the same demand in another unit) shows in the words around it, as docs/records.md reads them.
"""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from crawler.records import Period
from ingest.danish.baselines import Told, baseline_of, stems_of, told_baseline
from ingest.danish.changes import Change, change_of, level_direction
from ingest.danish.comparators import comparator_of, implied
from ingest.danish.dates import YEAR, year_period
from ingest.danish.deliveries import beside, undemanded
from ingest.danish.numbers import read_number
from ingest.danish.quantities import NUMBER, TIMES, Quantity, find_quantities
from ingest.danish.roles import Role, role_of
from ingest.danish.sentence import Context, TargetReading, clauses_of, make_reading
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Baseline, Comparator

DEGREE = re.compile(r"\b(?:opfyldt|målopfyldelse|opfyldelse):\s*$", re.IGNORECASE)
"""A label that says of which degree the threshold behind it is: it stays with its sentence."""

AMENDED = "nedsættes|ændres|hæves|sænkes|justeres|forhøjes|lempes"
ASKED = "kravet|målet|måltallet|målsætningen"
"""What is said of a demand's change is no demand: "nedsættes kravet fra 14 til 8 øvelser"."""


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence lies; "pct." and "1. maj" end none."""
    cuts = [0]
    for found in re.finditer(
        r"(?<=[.!?:])\s+(?=[A-ZÆØÅ])|(?<=;)\s+(?=i (?:19|20)\d\d )|(?:(?<=[a-zæøå]{4}\.)|(?<=[12]\d{3}\.))\s+(?=\d)|\n+",
        text,
    ):
        before = text[: found.start()]
        abbreviated = re.search(
            r"(?:\b(?:ca|pct|kr|mio|mia|nr|stk|bl\.a|f\.eks|inkl|ekskl|gns|mdr|max|maks|min|pr|kvt|jf|mv|dvs|evt)|\b\d{1,2})\.$",
            before,
        )
        if (before.endswith(":") and "\n" not in found[0]) or DEGREE.search(before):
            continue
        if not abbreviated or "\n" in found[0] or re.search(r"\b(?:pct|kr|mdr|stk)\.$", before):
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if text[a:b].strip()]


def read_targets(
    text: str, *, period: Period | None, vocabulary: Vocabulary, demanded: bool
) -> tuple[TargetReading, ...]:
    """The targets of a text, in order. `demanded` where the text stands in a place for demands
    (under a label, in a target column, as a bullet): then a figure without a comparing word counts too.
    """
    found: list[TargetReading] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        context = Context(sentence=sentence, period=period, vocabulary=vocabulary, demanded=demanded)
        readings = read_series(context) or _read_sentence(context)
        found += [
            replace(reading, start=start + reading.start, end=start + reading.end) for reading in readings
        ]
    return with_told(tuple(found), told_in(text, vocabulary), text, vocabulary)


def told_in(text: str, vocabulary: Vocabulary, *, labelled: bool = False) -> list[Told]:
    """Where things stood, as the sentences of a text tell it. `labelled` where the text stands under such a label."""
    told = [told_baseline(text[a:b], vocabulary, labelled=labelled) for a, b in sentences(text)]
    return [baseline for baseline in told if baseline is not None]


def with_told(
    readings: tuple[TargetReading, ...], told: list[Told], text: str, vocabulary: Vocabulary
) -> tuple[TargetReading, ...]:
    """A sentence that tells where it stood gives the baseline of a target in the same unit that has none. `text` is
    what the readings lie in, with the goal's title where it is known.
    """
    completed: list[TargetReading] = []
    words = stems_of(text, vocabulary)
    for reading in readings:
        told_of = [one.baseline for one in told if one.is_about(words, vocabulary)]
        completed.append(_completed(reading, completed[-1] if completed else None, told_of))
    return tuple(completed)


def _completed(reading: TargetReading, before: TargetReading | None, told: list[Baseline]) -> TargetReading:
    if reading.comparator == "change_by":
        if reading.baseline and reading.baseline.value is None:
            # "En reduktion på 5 pct. i forhold til 2011": the level of that year may be told beside it.
            of_year = [
                one
                for one in told
                if one.year == reading.baseline.year and one.value != abs(reading.value or 0)
            ]
            return replace(reading, baseline=of_year[-1]) if of_year else reading
        # "Første etape er en reduktion på 20 pct.": measured from where the change before it is.
        inherits = before and before.comparator == "change_by" and reading.baseline is None
        return replace(reading, baseline=before.baseline) if before and inherits else reading
    if reading.value is None or (reading.baseline and reading.baseline.value is not None):
        return reading
    same = [
        replace(baseline, unit=reading.unit)
        for baseline in told
        if (
            baseline.unit == reading.unit
            or (baseline.unit == "count" and reading.unit in ("points", "index"))
        )
        and baseline.value != reading.value
        and (reading.baseline is None or reading.baseline.year == baseline.year)
    ]
    return replace(reading, baseline=same[-1]) if same else reading


def read_series(context: Context) -> list[TargetReading]:
    """Such as "2018: 4, 2019: 5, 2020: 6": a target a year of the plan; the year before it is the baseline."""
    pairs = list(
        re.finditer(
            rf"\b{YEAR}:\s*(?P<word>mindst|højst|maks\.?|minimum)?\s*(?P<value>{NUMBER})(?!\d)",
            context.sentence,
        )
    )
    if len(pairs) < 2:
        return []
    first = context.period.start.year if context.period else None
    baseline: Baseline | None = None
    found = []
    for pair in pairs:
        year, value = int(pair[1]), read_number(pair["value"], context.vocabulary)
        if value is None:
            continue
        word = (pair["word"] or "").casefold()
        comparator: Comparator = "exactly" if not word else "at_least" if word.startswith("mi") else "at_most"
        if first is not None and year < first:
            baseline = Baseline(value=value, unit="count", year=year)
            continue
        found.append(
            TargetReading(
                start=pair.start(),
                end=pair.end(),
                comparator=comparator,
                value=value,
                value_to=None,
                unit="count",
                deadline=None,
                baseline=baseline,
                period=year_period(year),
            )
        )
    return found


def _read_sentence(context: Context) -> list[TargetReading]:
    said = context.sentence.casefold()
    if len(said) < 2 or _told(context, said):
        return []
    quantities = find_quantities(context.sentence, context.vocabulary)
    roles = [role_of(quantity, quantities, context) for quantity in quantities]
    demands, limits = _in_clauses(context.sentence, quantities, roles)
    change = change_of(context.sentence, None, context.vocabulary)
    if change is not None and (not demands or change.start < demands[0].start):
        return [_whole(context, change, None)]
    chosen = sorted([*demands, *limits], key=lambda quantity: quantity.start)
    found: list[TargetReading] = []
    for at, quantity in enumerate(chosen):
        clause = _clause(context.sentence, [q.start for q in chosen], at)
        reading = _read_quantity(quantity, clause, context, limits, found, chosen)
        if reading is not None:
            found.append(reading)
    if found:
        return found + beside(context, found, quantities)
    return [] if demands and not context.demanded else undemanded(context, said, quantities)


def _in_clauses(
    sentence: str, quantities: list[Quantity], roles: list[Role]
) -> tuple[list[Quantity], list[Quantity]]:
    """The demands and the time limits of a sentence. In one clause a limit beside a share or a count is part of
    its demand ("95 pct. inden 30 dage"); a clause of its own makes it one.
    """
    demands: list[Quantity] = []
    limits: list[Quantity] = []
    for start, end in clauses_of(sentence):
        inside = [
            (quantity, role)
            for quantity, role in zip(quantities, roles, strict=True)
            if start <= quantity.start < end
        ]
        asked = [quantity for quantity, role in inside if role == "demand"]
        timed = [quantity for quantity, role in inside if role == "limit"]
        if any(quantity.share for quantity in asked):
            asked = [quantity for quantity in asked if quantity.unit not in TIMES]
        if any(quantity.unit not in TIMES for quantity in asked):
            timed = []
        demands += asked
        limits += timed
    return demands, limits


def _told(context: Context, said: str) -> bool:
    """Whether the sentence tells what was or is, or what a law demands, and demands nothing itself."""
    if re.search(rf"\b(?:{context.words('define')})\b", said) and not context.demanded:
        return True
    if re.match(r"(?:ikke opfyldt|uopfyldt|manglende opfyldelse)\b", said):
        return True
    if re.search(r"\bhar\b[^.;]*\b(?:været|ligget|udgjort|haft)\b", said) and re.search(
        r"\b(?:de seneste|de senere|året før|tidligere|hidtil|siden)\b", said
    ):
        return True
    asked = rf"\b(?:{context.words('demand')}|mindst|højst|senest|minimum|maksimalt)\b"
    if re.search(rf"\b(?:{context.words('expected')})\b", said) and not re.search(asked, said):
        return True
    others, theirs = context.words("others"), context.words("theirs")
    if re.match(rf"(?:{others})\b", said) or re.search(rf"^[^,]*\b(?:{theirs})", said):
        return True
    if re.match(r"(?:efter|ifølge|i henhold til|i medfør af)\b[^,]*(?:§|\w*lov(?:en|ens)?\b)", said):
        return True
    if re.search(rf"\b(?:{AMENDED})\s+(?:{ASKED})\s+fra\b|\b(?:{ASKED})\s+(?:{AMENDED})\s+fra\b", said):
        return True
    if re.search(r"\b(?:er|har)\s+(?:\w+\s+)?(?:steget|faldet|vokset|øget|reduceret)\b.*\bsiden\b", said):
        return True
    main = re.sub(r"[,(]\s*(?:hvor|som|der|hvilket|da|fordi|selv om|end)\b.*$", "", said)
    main = re.sub(r"\b(?:mod|fra|end)\b[^,.;]*\bi dag\b", "", main)
    earlier = [int(year) for year in re.findall(YEAR, main)]
    gone = context.period is not None and any(year < context.period.start.year for year in earlier)
    verb = r"\b\w{2,}(?:ede|(?<!s)te)\s+(?:(?:i|siden|primo|ultimo)\s+)?" + YEAR
    if not (
        re.search(rf"\b(?:{context.words('past')})\b", main)
        or (gone and re.search(r"\b\w{3,}ede\s+(?:i|omkring|over|under|ca|til|\d)\b", main))
        or (gone and re.search(verb, main))
    ):
        return False
    return not re.search(asked, main) or bool(
        re.match(rf"(?:i|ved udgangen af|ultimo)\s+{YEAR}\s+(?:{context.words('past')})\b", main)
    )


def _clause(sentence: str, starts: list[int], at: int) -> tuple[int, int]:
    """The stretch of a sentence that belongs to one of its demands: cut at a comma or "og" between two."""
    first, last = 0, len(sentence)
    for before, after in pairwise(starts):
        between = sentence[before:after]
        cut = max(between.rfind(", "), between.rfind("; "), between.rfind(" og "))
        place = before + cut + 1 if cut >= 0 else after
        if after == starts[at]:
            first = place
        if before == starts[at]:
            last = place
    return first, last


def _read_quantity(
    quantity: Quantity,
    clause: tuple[int, int],
    context: Context,
    limits: list[Quantity],
    before: list[TargetReading],
    chosen: list[Quantity],
) -> TargetReading | None:
    """One quantity as a target; None where nothing demands it."""
    change = change_of(context.sentence, quantity, context.vocabulary)
    if change is not None:
        if not context.demanded and not change.firm:
            return None
        return _whole(context, change, quantity, clause if len(chosen) > 1 else None)
    comparator, strong = comparator_of(quantity, context.sentence, context.vocabulary)
    level = level_direction(context.sentence, quantity, context.vocabulary)
    limited = quantity in limits
    if comparator is None and level is not None:
        comparator, strong = level, True
    if comparator is None and before and before[-1].unit == quantity.unit:
        comparator, strong = before[-1].comparator, True
        if comparator in ("between", "change_by", "done"):
            return None
    if (
        comparator is None
        and before
        and before[-1].comparator in ("at_least", "at_most")
        and _listed(context, quantity, chosen)
    ):
        # "mindst 1.150 hyldemeter samt 40 versioner": one comparing word for figures of different things.
        comparator, strong = before[-1].comparator, True
    if limited and not quantity.worded:
        comparator, strong = "at_most", True
    if quantity.value_to is not None and (strong or _ranged(context, quantity)):
        comparator, strong = "between", True
    if comparator == "about" and context.sentence.rstrip().endswith(".") and not _is_asked(quantity, context):
        # "Samlingen rummer ca. 2,2 mio. genstande.": a sentence that describes.
        return None
    if comparator is None or not strong:
        said = context.sentence.casefold()
        delivers = rf"\b(?:{context.words('deliver')})\b"
        firm = not before and re.search(
            rf"{delivers}|\b(?:senest|inden udgangen|ved udgangen|ultimo|årets udgang|i løbet af)\b", said
        )
        asked = context.demanded or firm or _is_asked(quantity, context)
        if not asked or (quantity.worded and not context.demanded and not firm):
            return None
        if quantity.value_to is None and quantity.value == 0 and quantity.worded:
            comparator = "at_most"
        comparator = comparator or implied(quantity.unit)
    if quantity.value_to is not None and comparator != "change_by":
        comparator = "between"
    whole = clause if len(chosen) > 1 else (0, len(context.sentence))
    baseline = baseline_of(context, quantity)
    return make_reading(
        context, whole, comparator, quantity.value, quantity.value_to, quantity.unit, baseline
    )


def _listed(context: Context, quantity: Quantity, chosen: list[Quantity]) -> bool:
    """Whether nothing but what is counted, and "og" or "samt", stands between a figure and the demand before it."""
    last = [other for other in chosen if other.start < quantity.start][-1:]
    if not last or {quantity.unit, last[0].unit} & {*TIMES, "percent", "DKK"}:
        return False
    between = context.sentence[last[0].end : quantity.start].casefold()
    return re.fullmatch(r"\s*(?:[a-zæøå-]+\s+){0,4}(?:og|samt)\s+", between) is not None


def _is_asked(quantity: Quantity, context: Context) -> bool:
    """Whether a word of demand stands before a bare figure, or in its own stretch between commas."""
    said = context.sentence.casefold()
    stretch = re.split(r",\s", said[quantity.start :])[0]
    return re.search(rf"\b(?:{context.words('demand')})\b", said[: quantity.start] + stretch) is not None


def _whole(
    context: Context, change: Change, quantity: Quantity | None, clause: tuple[int, int] | None = None
) -> TargetReading:
    unit = quantity.unit if quantity is not None else "percent"
    baseline = baseline_of(context, quantity)
    return make_reading(
        context, clause or (0, len(context.sentence)), "change_by", change.value, None, unit, baseline
    )


def _ranged(context: Context, quantity: Quantity) -> bool:
    """Whether the words say that a range is meant as a bound: "mellem 98 og 101", "ligger i intervallet"."""
    before = context.sentence[: quantity.start].casefold()
    return re.search(r"\b(?:mellem|interval\w*|ligge[rn]?|udgør|holdes)\b", before) is not None


def read_number_with_unit(text: str, vocabulary: Vocabulary) -> tuple[Decimal, str | None] | None:
    """The first figure of a text with its unit; None where there is none."""
    figures = find_quantities(text, vocabulary)
    return (figures[0].value, figures[0].unit) if figures else None
