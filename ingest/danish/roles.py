"""What each figure of a sentence is: a demand, a limit beside it, what it is compared with, or no demand at all."""

import re
from typing import Literal

from ingest.danish.changes import change_of
from ingest.danish.comparators import bound_words
from ingest.danish.dates import YEAR
from ingest.danish.quantities import TIMES, Quantity
from ingest.danish.sentence import Context

Role = Literal["demand", "limit", "reference", "restated", "definite"]


def near_before(context: Context, start: int) -> str:
    """The last seventy letters before a place, in lower case, spaces made one."""
    return re.sub(r"\s+", " ", context.sentence[:start].casefold())[-70:]


def role_of(quantity: Quantity, others: list[Quantity], context: Context) -> Role:
    """The role of one of a sentence's quantities; `others` are all of them."""
    near, after = near_before(context, quantity.start), context.sentence[quantity.end :].casefold()
    near = re.sub(r"(?:\bca\.?|\bomkring|\bkun|\bgodt|\bknap|\bi alt)\s*$", "", near)
    if _is_told(quantity, near, context) or _is_granted(quantity, context):
        return "reference"
    if re.search(rf"\b(?:{context.words('restated')})\b[^,;.]{{0,40}}$", near):
        return "restated"
    if _is_definite(quantity, near, context):
        return "definite"
    if _is_threshold(quantity, others, near, after, context):
        return "reference"
    if _is_compared(quantity, near, after, context):
        return "reference"
    if quantity.unit in TIMES:
        if re.search(r"\b(?:inden|inden for|indenfor|senest)\s*$", near):
            return "limit"
        if re.search(r"\befter\s*$", near):
            return "reference"
        aged = quantity.unit == "years" and re.search(r"\b(?:over|under|fra|til|på|fylder|er)\s*$", near)
        if aged and len(others) > 1:
            return "reference"
    return "demand"


def _is_told(quantity: Quantity, near: str, context: Context) -> bool:
    """Whether a clause tells the figure ("hvor der var 12", "som i 2019 lå på 143"), or a bracket where it stood."""
    past = context.words("past")
    if re.search(rf"\b(?:hvor(?:af)?|som|der)\b[^,.;]*\b(?:{past})\b[^,.;]*$", near):
        return True
    if quantity.worded and re.search(r"\b(?:i|på|over|med|om|af|hos|fra)\s*$", near):
        return True
    return aside_year(context, quantity) is not None


def aside_year(context: Context, quantity: Quantity) -> tuple[int | None] | None:
    """The year of a bracket that tells where a measure stood: "(2016: 41 dage)", "(3,2 pct. i 2021)".

    In a tuple, for the year may be missing ("(baseline: 8 uger)"); None where the quantity stands in no such bracket.
    """
    said = context.sentence.casefold()
    start = said.rfind("(", 0, quantity.start)
    end = said.find(")", quantity.end)
    if start < 0 or end < 0 or ")" in said[start : quantity.start]:
        return None
    inside = said[start + 1 : end]
    if re.search(r"\b(?:mål|måltal|krav|maks|max|min|mindst|højst|skala|heraf|svarende)\b", inside):
        return None
    years = [int(year) for year in re.findall(YEAR, inside)]
    if any(re.search(rf"\b{re.escape(word)}(?!\w)", inside) for word in context.vocabulary.clauses["stood"]):
        return (years[-1] if years else None,)
    told = re.match(rf"\s*(?:i\s+)?{YEAR}\s*:", inside) or re.search(
        rf"\b(?:i|ultimo|primo)\s+(?:[12]\.\s*halvår\s+)?{YEAR}\s*$", inside
    )
    late = context.period is not None and years and min(years) >= context.period.start.year
    return (years[-1],) if told and not late else None


def _is_granted(quantity: Quantity, context: Context) -> bool:
    """Whether a sum is what a body is given: "Driftstilskuddet udgør 47,3 mio. kr."."""
    if quantity.unit != "DKK":
        return False
    said = context.sentence.casefold()
    granted = "|".join(re.escape(word) for word in context.vocabulary.clauses["granted"])
    asked = rf"\b(?:{context.words('demand')}|mindst|højst|maksimalt|under|over|inden for|overskride\w*)\b"
    return re.search(granted, said[: quantity.start]) is not None and not re.search(asked, said)


def _is_definite(quantity: Quantity, near: str, context: Context) -> bool:
    """Whether the things are known ones, whose number is no demand: "de 12 springvand", "alle med mindst 2 ansatte"."""
    if re.search(
        r"\b(?:alle|samtlige)\b[^,.;]*\b(?:med|på|over|under)\s+(?:mindst|over|mere end|flere end)?\s*$", near
    ):
        return True
    return (
        not (quantity.share or quantity.unit in TIMES)
        and re.search(rf"(?:\b(?:{context.words('definite')})|\b[a-zæøå]+(?:ens|ets|ernes|enes))\s*$", near)
        is not None
    )


THRESHOLD = (
    r"\b(?:(?:ældre|yngre|mere|flere|længere|større|højere|mindre|færre|lavere|kortere)\s+end|over|under)\s*$"
)
STRONG = r"\b(?:mindst|højst|maksimalt|minimum|halver\w*|fordobl\w*|skal|må)\b"


def _is_threshold(
    quantity: Quantity, others: list[Quantity], near: str, after: str, context: Context
) -> bool:
    """Whether the figure says which things are meant: "sager ældre end 30 dage", "prognosen 24 timer frem"."""
    if quantity.unit in TIMES and re.match(r"\s*(?:frem|forud|gaml\w*|gammel|tidligere)\b", after):
        return True
    if re.search(
        r"\b\w*prøven?\s+(?:på|med|af)\s*$|\b(?:eksklusive|ekskl\.|bortset fra|undtagen)\b[^,.;]*$", near
    ):
        return True
    found = re.search(THRESHOLD, near)
    shared = [other for other in others if other.share and other.start < quantity.start]
    if shared and re.search(r"\bligge[rn]?\s+(?:mellem|inden for|over|under)\s*$", near):
        # "I mindst 97 % af målingerne ligger den mellem 35 og 50 %": which measurements count.
        return True
    if (
        re.search(r"\b(?:alle|samtlige|dem|dømte|de)\b[^,.;]*,\s+(?:der|som)\s+(?:skal\s+)?[^,.;]*$", near)
        and quantity.unit in TIMES
    ):
        return True
    relative = re.search(
        r"(?<!\ber )(?<!\bat )\b(?:der|som)\s+(?P<said>(?:\w+\s+){0,3})$",
        near[: found.start()] if found else "",
    )
    if relative and not re.search(r"\b(?:ikke|ingen|højst|må)\b", relative["said"]):
        return True
    if found is None or re.search(
        r"\b(?:ikke|ingen|intet|aldrig|være|er|ligge|ligger|bliver)\b[^,.;]*$", near[: found.start()]
    ):
        return False
    rest = context.sentence.casefold()
    rest = rest[: quantity.start][: -len(found[0])] + "¤" + after
    measured = [
        other for other in others if other is not quantity and (other.share or other.unit != quantity.unit)
    ]
    folded = change_of(context.sentence, None, context.vocabulary) is not None
    later = any(other.start > quantity.start for other in measured)
    return (
        folded
        or (later and re.search(STRONG, rest) is not None)
        or (later and re.search(r"\b(?:der|som)\b[^,.;]*$", near[: found.start()]) is not None)
    )


def _is_compared(quantity: Quantity, near: str, after: str, context: Context) -> bool:
    """Whether the figure is what another is set against, or a price per so many."""
    moved = "|".join((*context.vocabulary.changes["lower"], *context.vocabulary.changes["higher"]))
    # "18 større undersøgelser" are a size, "18 større" is a difference.
    differs = re.match(rf"\s*(?:{moved})\b(?!\s+[a-zæøå]{{4,}})", after) and not change_of(
        context.sentence, quantity, context.vocabulary
    )
    if re.search(r"\bpr\.?\s*$", near) or differs:
        return True
    if re.search(r"\bfra\s+(?:indeks\s*)?$|\bfra$", near) and re.search(
        r"\btil\b|\bi\s+(?:19|20)\d\d", after
    ):
        return True
    compared = re.search(r"\b(?P<word>[a-zæøå]+)\s+end\s*(?:de\s*)?$", near)
    against = re.search(r"(?<!\bop )\bmod\s*(?:de\s*)?$", near)
    return against is not None or (
        compared is not None and compared["word"] not in bound_words(context.vocabulary)
    )
