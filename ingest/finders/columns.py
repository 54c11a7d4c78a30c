"""Which column of a table says what, from the words of its heading row."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Cell

ORDER = (
    "status",
    "actual",
    "score",
    "weight",
    "key",
    "met",
    "partly_met",
    "target",
    "baseline",
    "deadline",
    "text",
    "title",
)
"""Where a heading fits several roles and its place does not decide, the first of these that is free is taken."""

LONGEST_HEADING = 3
"""Words of a heading that is told by its last word alone."""

REPORTED = ("", "r", "resultat", "realiseret", "regnskab", "niveau", "målt")
"""What may stand beside the year of a column that tells where it stood."""

LONGEST_PHRASE = 5
"""Words of a heading that is told by what stands before its preposition."""

KEY_FIRST = re.compile(r"(?:(?:[A-ZÆØÅ]\.?)?\d+(?:\.\d+)*|\d+[a-z])[.:]?\s+[A-ZÆØÅ]")

LONGEST_SUBHEAD = 30
"""Letters of a heading in a second line, below a merged cell."""

LONGEST_DEGREE = 7

KEYED = re.compile(r"(?:[A-ZÆØÅ]{1,2}\.?)?\d+(?:\.\d+)*\.?[a-z]?|\(?[IVX]+\)?\.?|[A-ZÆØÅ]\.?")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column has which role, and how many there are."""

    roles: Mapping[str, int]
    count: int
    points: bool = False
    """Whether the heading of the weights says points."""
    headings: Mapping[str, str] = field(default_factory=dict)
    """The heading of each role, squeezed."""
    baseline_year: int = 0
    """Of a column that is headed by an earlier year alone; 0 where there is none."""

    def cell(self, row: tuple[Cell | None, ...], role: str) -> Cell | None:
        """The row's cell of that role."""
        at = self.roles.get(role)
        return row[at] if at is not None and at < len(row) else None


def squeezed(text: str) -> str:
    """Lower case without years, brackets, spaces and stops: a heading broken in a narrow column is still the same."""
    plain = re.sub(r"\([^)]*\)|\b(?:for|i|pr\.?)?\s*(?:19|20)\d\d\b", " ", text.casefold())
    return re.sub(r"[\s.:/-]", "", plain)


@cache
def _headings(vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    """The known headings of each role, squeezed."""
    found = {**vocabulary.columns, "text": (*vocabulary.columns.get("text", ()), *vocabulary.labels["text"])}
    return {role: frozenset(map(squeezed, words)) for role, words in found.items()}


Row = tuple[Cell | None, ...]


def with_one_header(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows with a heading of two lines made one: below a merged cell the second line names the columns."""
    if len(rows) < 3 or len(rows[0]) != len(rows[1]) or all(cell is not None for cell in rows[0]):
        return rows
    upper, lower = rows[0], rows[1]
    hanging = any(cell is None for cell in lower) and any(cell is not None for cell in lower)
    whole = all(one is not None or other is not None for one, other in zip(upper, lower, strict=True))
    below = [other for one, other in zip(upper, lower, strict=True) if one is None]
    worded = all(
        cell is not None and not re.search(r"\d", cell.text) and len(cell.text) < LONGEST_SUBHEAD
        for cell in below
    )
    if not (hanging and whole and worded and upper[0] is not None and lower[0] is None):
        return rows
    merged = tuple(
        other if other is not None and other.text else one for one, other in zip(upper, lower, strict=True)
    )
    return (merged, *rows[2:])


def _fits(row: Row, said: list[str], vocabulary: Vocabulary) -> list[set[str]]:
    """The roles that each heading may have; `said` are the headings squeezed."""
    words = _headings(vocabulary)
    fits = [{role for role in ORDER if text and text in words[role]} for text in said]
    for at, cell in enumerate(row):
        # "Krav i kontrakten", "Opnået i 2014": the words in front of the preposition name the column.
        head = re.split(r"\s+(?:i|for|pr\.?|ved|på|til|ultimo)\s+", cell.text.casefold())[0] if cell else ""
        if not fits[at] and head and cell and len(cell.text.split()) <= LONGEST_PHRASE:
            fits[at] = {role for role in ORDER if squeezed(head) in words[role]}
    for at, text in enumerate(said):
        # "Foreløbigt resultat", "Opnåede resultater 2016": what came of it, whatever stands before.
        short = (cell := row[at]) is not None and len(cell.text.split()) <= LONGEST_HEADING
        if not fits[at] and short and re.search(r"resultat(?:et|er)?$", text):
            fits[at] = {"actual"}
        degree = _degree(cell.text.casefold()) if cell and len(cell.text.split()) <= LONGEST_DEGREE else None
        if degree:
            fits[at] = {degree}
    return fits


def read_columns(
    row: tuple[Cell | None, ...],
    vocabulary: Vocabulary,
    below: tuple[tuple[Cell | None, ...], ...] = (),
) -> Columns | None:
    """The roles of a heading row; None where too few cells are headings. `below` are the rows under it: a column
    of numbers is the key, whatever its heading says.
    """
    said = [squeezed(cell.text) if cell else "" for cell in row]
    fits = _fits(row, said, vocabulary)
    roles: dict[str, int] = {}
    keyed = _key_column(row, below, said, vocabulary)
    if keyed is not None:
        roles["key"] = keyed
        fits[keyed] = {"key"}
    if any("partly_met" in fit for fit in fits):
        # Beside a column for partial fulfilment "Opfyldt" is a threshold, not a verdict.
        fits = [fit & {"met", "partly_met"} or fit for fit in fits]
    # Of two columns that may both hold the goal, the left one names it and the right one measures it.
    years = [_year(cell) for cell in row]
    naming = [at for at, fit in enumerate(fits) if "title" in fit and not years[at]]
    if naming:
        # "Opgave" before "Resultatmål": the numbered ones are goals, what stands before them names their groups.
        numbered = [sum(bool(KEY_FIRST.match(text)) for text in _column_texts(below, at)) for at in naming]
        grouping = len(naming) > 1 and numbered[0] == 0 and numbered[1] > 1
        roles["title"] = naming[1] if grouping else naming[0]
        fits = [set() if grouping and at == naming[0] else fit for at, fit in enumerate(fits)]
    for role in ORDER:
        free = [at for at, fit in enumerate(fits) if role in fit and at not in roles.values()]
        if free and role not in roles and (role != "title" or not years[free[0]]):
            # Of "Resultat 2016" and "Resultat 2017" the later is the report's own.
            # What can be nothing else is it before what may name a goal as well.
            roles[role] = max(free, key=lambda at: (years[at], -len(fits[at]), -at))
    if "title" not in roles and len(roles) >= 2 and said[0] and 0 not in roles.values():
        roles["title"] = 0
    if "score" in roles and "weight" not in roles and not {"actual", "status"} & set(roles):
        # "Point" without a verdict beside it is what a goal counts for.
        roles["weight"] = roles.pop("score")
    counted = [at for at, fit in enumerate(fits) if {"title", "target"} <= fit and at not in roles.values()]
    if counted and "target" in roles and "title" in roles and "actual" not in roles:
        # Beside a figure the indicator says what it is a figure of.
        roles["measure"] = counted[0]
    filled = [text for text in said if text]
    if len(roles) < 2 or len(roles) * 2 < len(filled) or not ({"title", "key"} & set(roles)):
        return None
    if "title" not in roles and "target" not in roles and "actual" not in roles:
        return None
    before = _year_before(said, years, roles)
    if before is not None:
        roles["baseline"] = before
    headings = {role: said[at] for role, at in roles.items()}
    points = "weight" in roles and "point" in headings["weight"]
    return Columns(roles, len(row), points, headings, years[before] if before is not None else 0)


def _column_texts(rows: tuple[tuple[Cell | None, ...], ...], at: int) -> list[str]:
    cells = [row[at] for row in rows if at < len(row)]
    return [cell.text for cell in cells if cell and cell.text]


def _degree(said: str) -> str | None:
    """The degree whose threshold a heading announces: "Målet er delvist opfyldt, hvis"; None for other headings."""
    if not re.search(r"opfyld|nået|målopfyldelse", said) or re.search(
        r"\b(?:ikke|manglende)\b|\?|grad", said
    ):
        return None
    if re.search(r"\bdelvis", said):
        return "partly_met"
    return "met" if re.search(r"\b(?:hvis|når|fuld\w*|helt)\b", said) else None


def _year_before(said: list[str], years: list[int], roles: Mapping[str, int]) -> int | None:
    """Of columns headed by nothing but an earlier year, the last before the target's: where it stood."""
    asked = years[roles["target"]] if "target" in roles else 0
    earlier = [
        at
        for at, text in enumerate(said)
        if years[at] and text in REPORTED and at not in roles.values() and (not asked or years[at] < asked)
    ]
    return max(earlier, key=lambda at: years[at]) if earlier and "baseline" not in roles and asked else None


def _year(cell: Cell | None) -> int:
    found = re.search(r"\b((?:19|20)\d\d)\b", cell.text) if cell else None
    return int(found[1]) if found else 0


def _key_column(
    row: tuple[Cell | None, ...],
    below: tuple[tuple[Cell | None, ...], ...],
    said: list[str],
    vocabulary: Vocabulary,
) -> int | None:
    """The first column, where it holds nothing but numbers of goals; rows of one cell are groups, the last may sum up."""
    rows = [cells for cells in below if sum(bool(cell and cell.text) for cell in cells) > 1]
    first = [cells[0].text for cells in rows if cells[0] and cells[0].text]
    first = [text for text in first if not vocabulary.is_total(text)]
    if len(first) >= 2 and len(row) >= 2 and said and all(KEYED.fullmatch(text) for text in first):
        return 0
    return None
