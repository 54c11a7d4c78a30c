"""Who signed, as what, where and when: a place and a date, and a name and a role in the same column near them."""

import re
from dataclasses import dataclass

from ingest.danish.dates import read_date
from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Line, Page
from ingest.records import Signature

DATED = re.compile(
    r"(?:(?=[Dd]en\s|[Dd]\.\s)|(?P<place>[A-ZÆØÅ][\wæøåÆØÅ]+(?:[ -][A-ZÆØÅ]?[\wæøå]+){0,2}?),?\s+)(?:[Dd]\.|[Dd]en)?\s*"
    r"(?P<date>\d{1,2}\.\s*[a-zæøå]+\s+\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{4}|[_.…\s]*(?:[a-zæøå]+\s+)?(?:19|20)\d\d|[_.…]{2,}.*)?$"
)
NAME = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ.'-]*(?:\s+(?:[A-ZÆØÅ][\wæøåÆØÅ.'-]*|af|von|de)){1,4}")
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
                    found += _beside(signature, pieces)
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
    named = re.search(r",|\bden\b|\bd\.", text)
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
    name, role = _name_and_role([other.text.strip(" _.…") for other in below])
    place = match["place"]
    day = read_date(match["date"], vocabulary) if match["date"] else None
    if name is None and day is None:
        return None
    return Signature(name=name, role=role, date=day, place=place)


def _beside(first: Signature, pieces: list[_Piece]) -> list[Signature]:
    """Others who signed on the same day: names on the same line, each with the role under it."""
    row = next((piece for piece in pieces if first.name and piece.text.startswith(first.name)), None)
    found = []
    for piece in pieces if row else []:
        if row is None or piece is row or abs(piece.top - row.top) > 3:
            continue
        under = [
            other.text for other in pieces if 0 < other.top - piece.top < 40 and _same_column(piece, other)
        ]
        name, role = _name_and_role([piece.text, *under])
        if name is not None:
            found.append(Signature(name=name, role=role, date=first.date, place=first.place))
    return found


def _same_column(one: _Piece, other: _Piece) -> bool:
    return abs(one.x0 - other.x0) < 30 or (
        other.x0 < one.x1 and other.x1 > one.x0 and abs(one.x0 - other.x0) < 90
    )


def _name_and_role(texts: list[str]) -> tuple[str | None, str | None]:
    """The first line that is a name, and what stands behind its comma or on the next line."""
    for at, text in enumerate(texts):
        if not text:
            continue
        head, _, tail = text.partition(",")
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
