"""What the document is: kind, genre, title, parties, ministry, period, signatures."""

from dataclasses import dataclass

from ingest.danish.lines import TitleReading
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.parties import find_agencies, find_ministry
from ingest.finders.signatures import find_signatures
from ingest.finders.titles import find_title
from ingest.pages.layout import Page, joined
from ingest.records import AgencyPrinted, Signature
from ingest.structure import Structure

FIRST_PAGES = 6
"""How far parties are looked for: contents and foreword come before the first words on the body itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Document facts as candidates."""

    reading: TitleReading
    title: str | None
    agencies: tuple[AgencyPrinted, ...]
    ministry: str | None
    signatures: tuple[Signature, ...]


def find_facts(pages: list[Page], structure: Structure, vocabulary: Vocabulary) -> Facts:
    """Read the first page's title, then the rest of the first pages."""
    title, reading = find_title(pages, structure.body_size, vocabulary)
    opening = "\n".join(line.text for page in pages[:1] for line in page.lines)
    text = joined([line.text for page in pages[:FIRST_PAGES] for line in page.lines])
    agencies = find_agencies(title or "", opening, text, vocabulary)
    return Facts(
        reading=reading,
        title=title,
        agencies=agencies,
        ministry=find_ministry((title or "", opening, text), agencies, vocabulary),
        signatures=find_signatures(pages, vocabulary),
    )
