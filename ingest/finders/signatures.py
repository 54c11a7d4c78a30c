"""Who signed, as what, where and when: a place and a date, and a name and a role in the same column near them."""

import re
from dataclasses import dataclass

from ingest.danish.dates import read_date
from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Line, Page
from ingest.records import Signature

DATED = re.compile(
    r"(?:(?=[Dd]en\s|[Dd]\.\s)|[Dd]ato:?\s+(?=\d)|(?=\d)|(?P<place>[A-ZÆØÅ][\wæøåÆØÅ]+(?:[ -][A-ZÆØÅ]?[\wæøå]+){0,2}?),?\s+)(?:[Dd]\.|[Dd]en)?\s*"
    r"(?P<date>\d{1,2}\.\s*[a-zæøå]+\s+\d{4}|\d{1,2}[./-]\d{1,2}[./ -]\s?\d{4}|[_.…\s]*(?:[a-zæøå]+\s+)?(?:19|20)\d\d|[_.…]{2,}.*)?$"
)
NAME = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ.'-]*(?:\s+(?:[A-ZÆØÅ][\wæøåÆØÅ.'-]*|af|von|de)){1,4}")
CLOSE = 24
"""Points above a date, within which the name before it stands."""

HEIGHT = 130
"""Points below a date, within which its name and role stand."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line or the line of a table's cell, by its place."""

    text: str
    x0: float
    x1: float
    top: float


def find_signatures(pages: list[Page], vocabulary: Vocabulary) -> tuple[Signature, ...]:
    """Signatures in reading order; what is blank on paper is None."""
    found: list[Signature] = []
    for page in pages:
        pieces = _pieces(page)
        dates = [piece for piece in pieces if _dated(piece.text)]
        for piece in dates:
            signature = _signature(piece, pieces, dates, vocabulary)
            if signature is not None:
                found.append(signature)
                if len(dates) == 1:
                    found += _beside(signature, pieces, vocabulary)
    return tuple(found)


def _pieces(page: Page) -> list[_Piece]:
    lines: list[Line] = list(page.lines)
    for table in page.tables:
        for row in table.rows:
            for cell in row:
                lines += cell.lines if cell else ()
    pieces: list[_Piece] = []
    for line in sorted(lines, key=lambda line: (round(line.box.top / 4), line.box.x0)):
        last = pieces[-1] if pieces else None
        gap = line.box.x0 - last.x1 if last else 0.0
        if (
            last
            and abs(last.top - line.box.top) < 4
            and 0 < gap < 8 * line.size
            and _blank_between(last, line)
        ):
            pieces[-1] = _Piece(f"{last.text} {line.text}", last.x0, line.box.x1, last.top)
        else:
            pieces.append(_Piece(line.text, line.box.x0, line.box.x1, line.box.top))
    return pieces


def _blank_between(last: _Piece, line: Line) -> bool:
    """Such as "Havnsted, den      2017": a blank date is two lines to the eye of the page reader."""
    return (
        last.text.rstrip(" _.").endswith((", den", " d.", ","))
        and re.match(r"[_.\s]*(?:[a-zæøå]+ )?\d{4}$|[_.]+$", line.text) is not None
    )


def _dated(text: str) -> re.Match[str] | None:
    found = DATED.match(text.strip())
    if found is None or len(text) > 70:
        return None
    # A day alone, or behind "Dato:", is one too, where a name stands below it.
    named = re.search(r",|\bden\b|\bd\.|^\s*(?:dato:?\s+)?\d{1,2}\D", text, re.IGNORECASE)
    return found if found["date"] and named else None


def _signature(
    piece: _Piece, pieces: list[_Piece], dates: list[_Piece], vocabulary: Vocabulary
) -> Signature | None:
    match = _dated(piece.text)
    if match is None:
        return None
    below = [
        other
        for other in pieces
        if 0 < other.top - piece.top < HEIGHT and other not in dates and _same_column(piece, other)
    ]
    until = [other.top for other in dates if other.top > piece.top + 4 and _same_column(piece, other)]
    if until:
        below = [other for other in below if other.top < min(until)]
    name, role = _name_and_role([other.text.strip(" _.…") for other in below], vocabulary)
    over = _above(piece, pieces, dates)
    if over is not None:
        # "Jonas Tofthøj, direktør" over "Havnsund, den 7. februar": who signed stands before where and when.
        name, role = _name_and_role([over.text], vocabulary)
    place = match["place"]
    day = read_date(match["date"], vocabulary) if match["date"] else None
    plain = re.match(r"\s*\d", piece.text) is not None
    if (name is None and day is None) or (plain and name is None):
        return None
    return Signature(name=name, role=role, date=day, place=place)


def _above(piece: _Piece, pieces: list[_Piece], dates: list[_Piece]) -> _Piece | None:
    """The line right above a date, where it is a name with its role and every date of the column has one."""

    def over(date: _Piece) -> _Piece | None:
        near = [
            other
            for other in pieces
            if 4 < date.top - other.top < CLOSE and other not in dates and _same_column(date, other)
        ]
        last = max(near, key=lambda other: other.top, default=None)
        head, _, tail = last.text.partition(",") if last else ("", "", "")
        return last if tail.strip() and NAME.fullmatch(head.strip()) else None

    column = [date for date in dates if _same_column(piece, date)]
    return over(piece) if all(over(date) is not None for date in column) else None


def _beside(first: Signature, pieces: list[_Piece], vocabulary: Vocabulary) -> list[Signature]:
    """Others who signed on the same day: names on the same line, each with the role under it."""
    row = next((piece for piece in pieces if first.name and first.name in piece.text), None)
    found = []
    for piece in pieces if row else []:
        if row is None or piece is row or abs(piece.top - row.top) > 3:
            continue
        under = [
            other.text for other in pieces if 0 < other.top - piece.top < 40 and _same_column(piece, other)
        ]
        name, role = _name_and_role([piece.text, *under], vocabulary)
        if name is not None:
            found.append(Signature(name=name, role=role, date=first.date, place=first.place))
    return found


def _same_column(one: _Piece, other: _Piece) -> bool:
    return abs(one.x0 - other.x0) < 30 or (
        other.x0 < one.x1 and other.x1 > one.x0 and abs(one.x0 - other.x0) < 90
    )


def _name_and_role(texts: list[str], vocabulary: Vocabulary) -> tuple[str | None, str | None]:
    """The first line that is a name, and the role before it, behind its comma or on the next line."""
    roles = "|".join(vocabulary.signing_roles)
    for at, text in enumerate(texts):
        # "For departementet: Claus Ærenfeldt, departementschef", "Navn Kirstine Havgaard".
        said = re.sub(r"^(?:for\s+[^:]{3,60}:|navn:?)\s+", "", text, flags=re.IGNORECASE)
        if not said:
            continue
        head, _, tail = said.partition(",")
        titled = re.match(rf"(?P<role>(?:{roles}))\s+(?P<name>.+)$", head.strip(), re.IGNORECASE)
        if titled and NAME.fullmatch(titled["name"]):
            return titled["name"], titled["role"]
        if not NAME.fullmatch(head.strip()):
            if at > 1:
                break
            continue
        if tail.strip():
            return head.strip(), tail.strip()
        after = next((following for following in texts[at + 1 :] if following), None)
        role = after if after and len(after) < 70 and not re.search(r"\d", after) else None
        return head.strip(), role
    return None, None
