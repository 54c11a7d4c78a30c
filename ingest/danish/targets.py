"""Danish target sentences: how much, by when, against what. Text in, readings out; never raises."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from crawler.records import Period
from ingest.danish.dates import YEAR, read_deadline
from ingest.danish.numbers import read_number
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Baseline, Comparator

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
TIMES = ("days", "weeks", "months", "hours", "minutter", "sekunder")
DEMAND = re.compile(
    r"\b(?:skal|er|være|bliver|udgør|holdes|gennemføres|afholdes|leveres|offentliggøres|opnås|afsluttes|implementeres|"
    r"udarbejdes|godkendt|underskrevet|taget i brug|igangsat|etableret|nedbringes|øges|reduceres|stiger|falder|fastholdes)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetReading:
    """What a clause demands; `start` and `end` are places of its sentence in the text that was read."""

    start: int
    end: int
    comparator: Comparator
    value: Decimal | None
    value_to: Decimal | None
    unit: str | None
    deadline: date | None
    baseline: Baseline | None


@dataclass(frozen=True, slots=True)
class _Figure:
    start: int
    end: int
    value: Decimal
    value_to: Decimal | None
    unit: str | None
    comparator: Comparator | None


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence lies; "pct." and "1. maj" end none."""
    cuts = [0]
    for found in re.finditer(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])|\n+", text):
        before = text[: found.start()]
        if (
            not re.search(
                r"(?:\bca|\bpct|\bkr|\bmio|\bmia|\bnr|\bstk|\bbl\.a|\bf\.eks|\binkl|\b\d{1,2})\.$", before
            )
            or "\n" in found[0]
        ):
            cuts += [found.start(), found.end()]
    cuts.append(len(text))
    return [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if text[a:b].strip()]


def read_targets(
    text: str, *, period: Period | None, vocabulary: Vocabulary, demanded: bool
) -> tuple[TargetReading, ...]:
    """The targets of a text, in order. `demanded` where the text stands in a place for demands
    (under a label, in a target column, as a bullet): then a figure without a comparing word counts too.
    """
    found = []
    for start, end in sentences(text):
        reading = _read_sentence(text[start:end], period, vocabulary, demanded=demanded)
        found += [
            TargetReading(
                start=start,
                end=end,
                comparator=target.comparator,
                value=target.value,
                value_to=target.value_to,
                unit=target.unit,
                deadline=target.deadline,
                baseline=target.baseline,
            )
            for target in reading
        ]
    return tuple(found)


def _read_sentence(
    sentence: str, period: Period | None, vocabulary: Vocabulary, *, demanded: bool
) -> list[TargetReading]:
    said = sentence.casefold()
    if len(said) < 4 or (
        re.search(r"\b(?:var|blev|havde)\b", said) and not re.search(r"\bskal\b|mindst|højst", said)
    ):
        return []
    figures = _figures(sentence, vocabulary)
    baseline = _baseline(said)
    deadline = read_deadline(said, period, vocabulary)
    change = re.search(
        r"\b(?:øges|stiger|forøges|vokse|vokser)\s+(?:\w+\s+)?med\b|\b(?:reduceres|nedbringes|falder|sænkes|mindskes)\s+(?:\w+\s+)?med\b|\bhalver",
        said,
    )
    compared = [figure for figure in figures if figure.comparator is not None]
    chosen = compared or (figures if demanded or change else [])
    if not chosen:
        if deadline is not None and (demanded or "senest" in said or "inden" in said) and DEMAND.search(said):
            return [_target("done", None, None, None, deadline, baseline)]
        if (
            demanded
            and DEMAND.search(said)
            and not figures
            and re.search(r"\bskal\b|\balle\b", said)
            and deadline
        ):
            return [_target("done", None, None, None, deadline, baseline)]
        return []
    main = chosen[0]
    if main.unit in TIMES and any(figure.unit == "percent" for figure in figures):
        # "95 pct. inden 30 dage" is one target of 95 percent.
        main = next(figure for figure in figures if figure.unit == "percent")
    comparator = main.comparator or _implied(main.unit)
    value = main.value
    if change:
        comparator = "change_by"
        if re.search(r"reduceres|nedbringes|falder|sænkes|mindskes", change.group()):
            value = -abs(value)
    if re.search(r"\bmellem\b", said) and main.value_to is not None:
        comparator = "between"
    if "øges til" in said or "stiger til" in said or "hæves til" in said:
        comparator = main.comparator or "at_least"
    if re.search(r"(?:falder|nedbringes|reduceres|sænkes) til", said):
        comparator = "at_most"
    return [_target(comparator, value, main.value_to, main.unit, deadline, baseline)]


def _target(
    comparator: Comparator,
    value: Decimal | None,
    value_to: Decimal | None,
    unit: str | None,
    deadline: date | None,
    baseline: Baseline | None,
) -> TargetReading:
    return TargetReading(
        start=0,
        end=0,
        comparator=comparator,
        value=value,
        value_to=value_to,
        unit=unit,
        deadline=deadline,
        baseline=baseline,
    )


def _implied(unit: str | None) -> Comparator:
    if unit == "percent":
        return "at_least"
    return "at_most" if unit in TIMES else "exactly"


def _figures(sentence: str, vocabulary: Vocabulary) -> list[_Figure]:
    units = "|".join(sorted((re.escape(word) for word in vocabulary.units), key=len, reverse=True))
    words = "|".join(re.escape(word) for word in vocabulary.number_words if len(word) > 2)
    pattern = re.compile(
        rf"(?<![\w.,/-])(?P<first>{NUMBER}|(?:{words})\b)(?:\s*(?:-|–|og|til)\s*(?P<second>{NUMBER})(?!\.\s*\w+ber))?"
        rf"\s*(?P<scale>mio\.|mia\.|t\.)?\s*(?P<unit>(?:{units})(?![a-zæøå]))?",
        re.IGNORECASE,
    )
    found: list[_Figure] = []
    for match in pattern.finditer(sentence):
        before, after = sentence[: match.start()].casefold(), sentence[match.end() :]
        bare = match["unit"] is None and match["scale"] is None
        if bare and (
            _is_date(match["first"], before, after, vocabulary)
            or re.search(r"(?:§|nr\.|mål|krav|bilag|kapitel|afsnit|side|niveau|skala fra)\s*$", before)
        ):
            continue
        value = read_number(match["first"], vocabulary)
        second = read_number(match["second"], vocabulary) if match["second"] else None
        if value is None:
            continue
        scale = {"mio.": 10**6, "mia.": 10**9, "t.": 10**3}.get((match["scale"] or "").casefold(), 1)
        unit = vocabulary.units.get((match["unit"] or "").casefold().strip())
        if unit is None:
            unit = "DKK" if match["scale"] else "count"
        between = second is not None and re.search(r"mellem\s*$", before) is not None
        found.append(
            _Figure(
                match.start(),
                match.end(),
                value * scale,
                second * scale if between and second is not None else None,
                unit,
                "between" if between else _comparator(before, after, vocabulary),
            )
        )
    return found


def _is_date(number: str, before: str, after: str, vocabulary: Vocabulary) -> bool:
    months = "|".join(vocabulary.months)
    if re.fullmatch(YEAR, number):
        return True
    return bool(re.match(rf"\.?\s*(?:{months}|kvartal|halvår|[a-zæøå]+ kvartal)", after, re.IGNORECASE)) or (
        bool(re.match(r"\.\s*[a-zæøå]", after)) and not before.rstrip().endswith(("mindst", "højst"))
    )


def _comparator(before: str, after: str, vocabulary: Vocabulary) -> Comparator | None:
    near = re.sub(r"\s+", " ", before)[-40:]
    best = ""
    for word in vocabulary.comparators:
        if re.search(rf"(?:^|[\s(]){re.escape(word)}(?: (?:på|end|i gennemsnit))?\s*$", near) and len(
            word
        ) > len(best):
            best = word
    if best:
        return vocabulary.comparators[best]  # type: ignore[return-value]
    if re.match(r"\s*(?:eller derover|eller mere|eller flere)", after, re.IGNORECASE):
        return "at_least"
    if re.match(r"\s*(?:eller derunder|eller mindre|eller færre)", after, re.IGNORECASE):
        return "at_most"
    return None


def _baseline(said: str) -> Baseline | None:
    found = re.search(
        rf"(?:i forhold til|sammenlignet med|målt mod|fra)\s+(?:[\w ]{{0,30}}?)(?:i\s+)?{YEAR}", said
    )
    if not found:
        return None
    year = int(found[1])
    return Baseline(value=None, unit=None, year=year)


def read_number_with_unit(text: str, vocabulary: Vocabulary) -> tuple[Decimal, str | None] | None:
    """The first figure of a text with its unit; None where there is none."""
    figures = _figures(text, vocabulary)
    return (figures[0].value, figures[0].unit) if figures else None
