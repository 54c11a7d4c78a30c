"""What the document is: kind, genre, title, parties, ministry, period, signatures."""

import re
from dataclasses import dataclass

from ingest.danish.dates import read_date
from ingest.danish.lines import TitleReading, read_title
from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Line, Page, joined
from ingest.records import AgencyPrinted, Signature
from ingest.structure import Structure


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Document facts as candidates."""

    reading: TitleReading
    title: str | None
    agencies: tuple[AgencyPrinted, ...]
    ministry: str | None
    signatures: tuple[Signature, ...]


def find_facts(pages: list[Page], structure: Structure, vocabulary: Vocabulary) -> Facts:
    """Read the first page's largest lines, then the rest of it."""
    first = list(pages[0].lines) if pages else []
    title, reading = _title(first, structure.body_size, vocabulary)
    opening = " ".join(line.text for line in first)
    text = joined([line.text for page in pages[:2] for line in page.lines])
    return Facts(
        reading=reading,
        title=title,
        agencies=_agencies((title or "", opening, text), vocabulary),
        ministry=_ministry((opening, text), vocabulary),
        signatures=tuple(_signatures(pages, vocabulary)),
    )


def _title(lines: list[Line], body: float, vocabulary: Vocabulary) -> tuple[str | None, TitleReading]:
    large = [line for line in lines if line.size > body + 2]
    large = large or [line for line in lines if line.bold][:3]
    text = joined([_unspaced(line.text) for line in large])
    reading = read_title(text, vocabulary)
    if reading.kind != "other" and reading.period is None:
        whole = read_title(joined([line.text for line in lines[:25]]), vocabulary)
        reading = TitleReading(
            kind=reading.kind,
            genre=reading.genre,
            genre_printed=reading.genre_printed,
            period=whole.period,
            frame=whole.frame,
        )
    return text or None, reading


def _unspaced(text: str) -> str:
    """A letter-spaced heading joined: "R e s u l t a t" is one word; wider gaps part words."""
    letters = text.split(" ")
    if len(letters) >= 6 and sum(len(letter) == 1 for letter in letters) > 0.8 * len(letters):
        return text.replace(" ", "")
    return text


def _agencies(texts: tuple[str, ...], vocabulary: Vocabulary) -> tuple[AgencyPrinted, ...]:
    """The bodies that the first of these texts names which names any; two parties at most."""
    body = rf"[A-ZÆØÅ][\wæøåÆØÅ-]*(?:{'|'.join(vocabulary.body_endings)})"
    for said in texts:
        names = list(dict.fromkeys(re.findall(body, said)))
        if names:
            return tuple(AgencyPrinted(name_printed=name, agency=None) for name in names[:2])
    return ()


def _ministry(texts: tuple[str, ...], vocabulary: Vocabulary) -> str | None:
    ending = "|".join(vocabulary.ministry_endings)
    ministry = rf"(?:[A-ZÆØÅ][\wæøå]*-,? (?:og )?)*[A-ZÆØÅ][\wæøå-]*(?:{ending})"
    return next((found.group() for said in texts if (found := re.search(ministry, said))), None)


def _signatures(pages: list[Page], vocabulary: Vocabulary) -> list[Signature]:
    found = []
    for page in pages[1:]:
        for line in page.lines:
            match = re.match(
                r"(?P<place>[A-ZÆØÅ][\wæøå ]+?)?,?\s*den\s+(?P<date>\d{1,2}\.\s*\w+\s+\d{4})", line.text
            )
            if match and len(line.text) < 60:
                found.append(
                    Signature(
                        name=None, role=None, date=read_date(match["date"], vocabulary), place=match["place"]
                    )
                )
    return found
