"""What a sentence demands without a figure: a level kept or shared with others, a delivery by a day."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from ingest.danish.changes import change_of, kept_level
from ingest.danish.dates import YEAR, read_deadline
from ingest.danish.quantities import Quantity
from ingest.danish.sentence import Context, TargetReading, clauses_of, make_reading


def undemanded(context: Context, said: str, quantities: list[Quantity]) -> list[TargetReading]:
    """A level kept, a level like others', a delivery by a day; nothing where the sentence says none of it."""
    kept = kept_level(context.sentence, context.vocabulary)
    if kept is not None:
        return [make_reading(context, (0, len(context.sentence)), "change_by", Decimal(0), None, None, kept)]
    average = re.search(rf"\b(?:{context.words('average')})\b", said)
    strong = {
        "mindst": "at_least",
        "højst": "at_most",
        "ikke højere end": "at_most",
        "ikke lavere end": "at_least",
    }
    for word, comparator in strong.items():
        if average and not quantities and re.search(rf"\b{word}\b", said[: average.start()]):
            whole = (0, len(context.sentence))
            return [make_reading(context, whole, comparator, None, None, None, None)]  # type: ignore[arg-type]
    return _deliveries(context, said)


def _deliveries(context: Context, said: str) -> list[TargetReading]:
    """Milestones: each clause that has its own day is one."""
    firm = re.search(
        rf"\b(?:senest|inden|ultimo|medio|primo|udgangen af|årets udgang|årsskiftet)\b|\bden \d{{1,2}}\.\s*[a-z]+ {YEAR}",
        said,
    )
    planned = context.demanded and re.search(
        r"\b(?:er|bliver|skal|har|foreligger|kan)\b|\w+(?:es|et|te)\b", said
    )
    if not (firm or planned or re.search(rf"\bi\s+{YEAR}\s+(?:er|skal)\b", said)):
        return []
    found: list[TargetReading] = []
    for start, end in _dated_parts(context):
        clause = context.sentence[start:end]
        deadline = read_deadline(clause, context.period, context.vocabulary)
        if deadline is None or (context.period and deadline < context.period.start):
            continue
        if not re.search(
            r"\b(?:er|bliver|skal|har|foreligger|kan|være)\b|\w+(?:es|et|te)\b", clause.casefold()
        ):
            continue
        found.append(make_reading(context, (start, end), "done", None, None, None, None))
    if len(found) < 2 and found:
        found = [replace(found[0], start=0, end=len(context.sentence))]
    return found


def _dated_parts(context: Context) -> list[tuple[int, int]]:
    """The clauses of a sentence, parted where each part has a thing and a day of its own: "fase 1 den 1. april, fase 2
    den 1. september". Days that follow each other without a thing between are one delivery's.
    """
    months = "|".join(context.vocabulary.months)
    dated = (
        rf"\b\d{{1,2}}\.\s*(?:{months})|\b[1-4]\.\s*(?:kvartal|halvår)|\b(?:primo|medio|ultimo|udgangen af)\b"
    )
    parts: list[tuple[int, int]] = []
    for start, end in clauses_of(context.sentence):
        clause = context.sentence[start:end]
        cuts = [0]
        for found in re.finditer(r",\s+(?:og\s+)?|\s+og\s+", clause):
            before, after = clause[cuts[-1] : found.start()], clause[found.end() :]
            thing = re.match(
                r"(?!\d)(?!(?:senest|inden|den|ultimo|primo|medio|i)\b)[a-zæøå]{4,}", after, re.IGNORECASE
            )
            if thing and re.search(dated, before.casefold()) and re.search(dated, after.casefold()):
                cuts.append(found.end())
        parts += [(start + one, start + other) for one, other in pairwise([*cuts, len(clause)])]
    return parts


def beside(context: Context, found: list[TargetReading], quantities: list[Quantity]) -> list[TargetReading]:
    """Deliveries and foldings in clauses that none of the found demands stands in."""
    more: list[TargetReading] = []
    clauses = clauses_of(context.sentence)
    for start, end in clauses if len(clauses) > 1 else []:
        clause = context.sentence[start:end]
        if any(start <= quantity.start < end for quantity in quantities):
            continue
        change = change_of(clause, None, context.vocabulary)
        if change is not None:
            more.append(make_reading(context, (start, end), "change_by", change.value, None, "percent", None))
            continue
        deadline = read_deadline(clause, context.period, context.vocabulary)
        firm = re.search(r"\b(?:senest|inden|ultimo|medio|primo|udgangen)\b", clause.casefold())
        if deadline is not None and firm and not any(target.deadline == deadline for target in found):
            more.append(make_reading(context, (start, end), "done", None, None, None, None))
    return more
