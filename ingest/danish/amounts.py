"""What was reached, as a figure: "fald på 8,7 pct." is negative, a bare figure has the unit of what was asked."""

import re

from ingest.danish.quantities import find_quantities
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Amount

SCALES = ("index", "points", "percent")
"""Units that a report leaves out behind a figure when the target has named them."""


def read_amount(actual: str | None, target: str | None, vocabulary: Vocabulary) -> Amount | None:
    """The first figure of what was reached; None where it has none. `target` is what was asked, as printed."""
    figures = find_quantities(actual, vocabulary) if actual else []
    if not figures or actual is None:
        return None
    first = figures[0]
    value, unit = first.value, first.unit
    if unit == "count" and target:
        asked = [figure.unit for figure in find_quantities(target, vocabulary)]
        unit = asked[0] if asked and asked[0] in SCALES else unit
    down = "|".join(rf"{word}\w*" for role in ("down", "down_noun") for word in vocabulary.changes[role])
    fell = re.search(rf"\b(?:{down})\b[^.;,\d]{{0,30}}$", actual[: first.start].casefold())
    lower = re.match(rf"\s*(?:{'|'.join(vocabulary.changes['lower'])})\b", actual[first.end :].casefold())
    level = re.search(r"\btil\s*$", actual[: first.start].casefold())
    return Amount(value=-abs(value) if (fell or lower) and not level else value, unit=unit)
