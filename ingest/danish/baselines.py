"""Where a measure stood before: in the target's own sentence, or told in one beside it."""

import re
from decimal import Decimal

from ingest.danish.dates import YEAR
from ingest.danish.numbers import read_number
from ingest.danish.quantities import NUMBER, Quantity, find_quantities
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Baseline


def baseline_of(sentence: str, quantity: Quantity | None, vocabulary: Vocabulary) -> Baseline | None:
    """What a target's own sentence compares it with; a bare year leaves value and unit None."""
    said = sentence.casefold()
    index = re.search(rf"\({YEAR}\s*=\s*({NUMBER})\)", said)
    if index:
        return Baseline(value=read_number(index[2], vocabulary), unit="index", year=int(index[1]))
    spans = find_quantities(sentence, vocabulary)
    aside = re.search(rf"\(([^()]*)\b(?:i|ultimo)\s+(?:[12]\.\s*halvår\s+)?{YEAR}\)", said)
    beside = [span for span in spans if aside and aside.start() < span.start < aside.end()]
    if aside and beside and (quantity is None or beside[0].start != quantity.start):
        # Such as "højst 1,5 pct. (3,2 pct. i 2021)": what stood aside is where it was.
        return Baseline(value=beside[0].value, unit=beside[0].unit, year=int(aside[2]))
    started = _started(sentence, spans, quantity)
    if started is not None:
        return started
    doubled = re.search(rf"\bfra\s+{YEAR}\s+til\s+{YEAR}", said)
    if doubled:
        return Baseline(value=None, unit=None, year=int(doubled[1]))
    reference = "|".join(re.escape(word) for word in vocabulary.clauses["reference"])
    found = re.search(
        rf"(?<!frem )\b(?:{reference})\s+(?:(?<=mod )|(?!(?!{YEAR})\d))(?P<what>(?:[^.;:,]|(?<=pct)\.|[.,](?=\d)){{0,60}}?)\b(?:i\s+|ultimo\s+|år\s+|af\s+)*{YEAR}(?:\s*(?:-|–|til)\s*{YEAR})?",
        said,
    )
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


def _started(sentence: str, spans: list[Quantity], quantity: Quantity | None) -> Baseline | None:
    """Such as "fra 12 i 2017 til mindst 20", "fra 41.000 ton i 2017", "fra 24 til 18 procent"."""
    for span in spans:
        if quantity is not None and span.start == quantity.start:
            continue
        before, after = sentence[: span.start].casefold(), sentence[span.end :].casefold()
        if not re.search(r"\bfra\s+(?:ca\.?\s*|omkring\s*)?$", before):
            continue
        year = re.match(rf"[^.;,\d]{{0,20}}\bi\s+(?:år\s+|[12]\.\s*halvår\s+)?{YEAR}", after)
        if year or re.match(r"[^.;]{0,30}\btil\b", after):
            return Baseline(value=span.value, unit=span.unit, year=int(year[1]) if year else None)
    return None


def told_baseline(sentence: str, vocabulary: Vocabulary, *, labelled: bool = False) -> Baseline | None:
    """A sentence in the past tense with one year and one figure: "I 2018 var gennemsnittet 11"."""
    said = sentence.casefold()
    past = "|".join(re.escape(word) for word in vocabulary.clauses["past"])
    if re.search(r"\b(?:skal|mindst|højst|senest)\b", said) or not (
        labelled or re.search(rf"\b(?:{past})\b", said) or re.search(rf"\bi {YEAR}$", said.rstrip(" ."))
    ):
        return None
    years = re.findall(YEAR, said)
    spans = find_quantities(sentence, vocabulary)
    if not spans or not (years or labelled):
        return None
    first: Decimal = spans[0].value
    return Baseline(value=first, unit=spans[0].unit, year=int(years[0]) if years else None)
