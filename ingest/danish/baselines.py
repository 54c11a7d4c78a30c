"""Where a measure stood before: in the target's own sentence, or told in one beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.danish.dates import YEAR
from ingest.danish.numbers import read_number
from ingest.danish.quantities import NUMBER, Quantity, find_quantities
from ingest.danish.roles import aside_year
from ingest.danish.sentence import Context
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Baseline

STEM = 6
"""Letters that two words of one thing share: "fraværet" and "fraværsdage"."""


def baseline_of(context: Context, quantity: Quantity | None) -> Baseline | None:
    """What a target's own sentence compares it with; a bare year leaves value and unit None."""
    sentence, vocabulary = context.sentence, context.vocabulary
    said = sentence.casefold()
    index = re.search(rf"\({YEAR}\s*=\s*({NUMBER})\)", said)
    if index:
        return Baseline(value=read_number(index[2], vocabulary), unit="index", year=int(index[1]))
    spans = find_quantities(sentence, vocabulary)
    for span in spans:
        # Such as "højst 1,5 pct. (3,2 pct. i 2021)": what stands aside is where it was, of the figure before it.
        aside = aside_year(context, span)
        before = [other for other in spans if other.start < span.start and aside_year(context, other) is None]
        if aside is not None and (quantity is None or not before or before[-1].start == quantity.start):
            unit = quantity.unit if quantity and span.unit == "count" else span.unit
            return Baseline(value=span.value, unit=unit, year=aside[0])
    relative = re.search(
        rf"\b(?:som|der|hvor)\b[^,.;]*\b(?:{context.words('past')})\b(?:[^,;.]|[.,](?=\d)|(?<=pct)\.|(?<=kr)\.)*",
        said,
    )
    inside = [span for span in spans if relative and relative.start() < span.start < relative.end()]
    if relative and inside and (quantity is None or inside[0].start != quantity.start):
        told = re.search(YEAR, relative[0])
        if told:
            return Baseline(value=inside[0].value, unit=inside[0].unit, year=int(told[1]))
    started = _started(sentence, spans, quantity)
    if started is not None:
        return started
    doubled = re.search(rf"\bfra\s+{YEAR}\s+til\s+{YEAR}", said)
    if doubled:
        return Baseline(value=None, unit=None, year=int(doubled[1]))
    # "Mod" and "end" stand in other senses as well: what says plainly that it compares goes first.
    weak = vocabulary.clauses["reference_weak"]
    plain = [word for word in vocabulary.clauses["reference"] if word not in weak]
    found = _referred(said, plain) or _referred(said, weak)
    if found is None:
        return None
    years = [year for year in found.groups()[1:] if year and len(year) == 4]
    year = int(years[-1])
    inside = [span for span in spans if found.start() <= span.start < found.end()]
    told = re.match(r"[^.;]{0,10},\s*hvor\b", said[found.end() :])
    behind = [span for span in spans if told and found.end() <= span.start <= found.end() + 60]
    for span in (*inside, *behind):
        if quantity is None or span.start != quantity.start:
            return Baseline(value=span.value, unit=span.unit, year=year)
    return Baseline(value=None, unit=None, year=year)


def _referred(said: str, words: Sequence[str]) -> re.Match[str] | None:
    reference = "|".join(re.escape(word) for word in words)
    return re.search(
        rf"(?<!frem )\b(?:{reference})\s+(?:(?<=mod )|(?!(?!{YEAR}|[12]\.\s*halvår)\d))(?P<what>(?:[^.;:,]|(?<=pct)\.|[.,](?=\d)){{0,60}}?)"
        rf"\b(?:i\s+|ultimo\s+|år\s+|af\s+|[12]\.\s*halvår\s+)*{YEAR}(?:\s*(?:-|–|til)\s*{YEAR})?",
        said,
    )


def _started(sentence: str, spans: list[Quantity], quantity: Quantity | None) -> Baseline | None:
    """Such as "fra 12 i 2017 til mindst 20", "fra 41.000 ton i 2017", "fra 24 til 18 procent"."""
    for span in spans:
        if quantity is not None and span.start == quantity.start:
            continue
        before, after = sentence[: span.start].casefold(), sentence[span.end :].casefold()
        if not re.search(r"\bfra\s+(?:ca\.?\s*|omkring\s*)?$", before):
            continue
        year = re.match(
            rf"(?:[^.;,\d]|(?<=\bpr)\.){{0,30}}\b(?:i|ultimo|primo|udgangen af|indgangen til)\s+(?:år\s+|[12]\.\s*halvår\s+)?{YEAR}",
            after,
        )
        if year or re.match(r"(?:[^.;]|(?<=\bpr)\.){0,30}\btil\b", after):
            unit = quantity.unit if quantity and span.unit == "count" else span.unit
            return Baseline(value=span.value, unit=unit, year=int(year[1]) if year else None)
    return None


@dataclass(frozen=True, slots=True)
class Told:
    """Where something stood, as a sentence tells it; `words` are beginnings of what it speaks of."""

    baseline: Baseline
    words: frozenset[str]
    labelled: bool

    def is_about(self, words: frozenset[str], vocabulary: Vocabulary) -> bool:
        """Whether a demand with these words is measured by it: both name the same thing, or the sentence names none."""
        return self.labelled or bool(self.words & words) or self.words <= set(vocabulary.clauses["common"])


def stems_of(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Beginnings of the longer words of a text, without those that any measure is told with."""
    words = re.findall(r"[a-zæøå]{5,}", text.casefold())
    # Short ones are whole words: "efter" is no beginning of "efterslæbet".
    common = tuple(word for word in vocabulary.clauses["common"] if len(word) >= STEM)
    return frozenset(
        word[:STEM]
        for word in words
        if not word.startswith(common) and word not in vocabulary.clauses["common"]
    )


def told_baseline(sentence: str, vocabulary: Vocabulary, *, labelled: bool = False) -> Told | None:
    """A sentence in the past tense with one year and one figure: "I 2018 var gennemsnittet 11"."""
    said = sentence.casefold()
    past = "|".join(re.escape(word) for word in vocabulary.clauses["past"])
    if re.search(r"\b(?:skal|mindst|højst|senest)\b", said) or not (
        labelled or re.search(rf"\b(?:{past})\b", said) or re.search(rf"\bi {YEAR}$", said.rstrip(" ."))
    ):
        return None
    years = [(found.start(), int(found[1])) for found in re.finditer(YEAR, said)]
    spans = find_quantities(sentence, vocabulary)
    if not spans or not (years or labelled):
        return None
    figure = spans[0]
    if len({year for _, year in years}) > 1:
        # "8,7 dage i 2015 og 8,9 dage i 2016": the last year's figure; "henholdsvis 66 og 69" is told apart by nobody.
        place, latest = max(years, key=lambda placed: placed[1])
        if len(spans) < len(years) or "henholdsvis" in said:
            return None
        figure = min(spans, key=lambda span: abs(span.start - place))
        years = [(place, latest)]
    baseline = Baseline(value=figure.value, unit=figure.unit, year=years[0][1] if years else None)
    return Told(baseline, stems_of(sentence, vocabulary), labelled)
