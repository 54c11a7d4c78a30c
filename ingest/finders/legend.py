"""What a report's own signs mean: "● Målet er opfyldt. ○ Målet er ikke opfyldt.", "grå = ikke vurderet"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.danish.lines import VerdictReading, read_verdict
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Status
from ingest.structure import Structure

SIGN = r"[^\w\s.,;:()\[\]/\-–—%§&'\"+=<>*!?]"
COLOURS = r"\b(?:grøn|gul|rød|grå|hvid|blå)\b"


@dataclass(frozen=True, slots=True)
class Legend:
    """Signs and colour names to verdicts; empty where a report explains none."""

    signs: Mapping[str, Status]

    def read(self, text: str | None) -> VerdictReading | None:
        """The verdict of a cell or phrase that is, or ends in, one of the signs."""
        said = text.casefold().strip() if text else ""
        for sign, status in self.signs.items():
            if said == sign or (not sign.isalpha() and said.endswith(sign)):
                return VerdictReading(status=status, printed=sign, score=None)
        return None


def find_legend(structure: Structure, vocabulary: Vocabulary) -> Legend:
    """Read the lines that explain at least two signs."""
    signs: dict[str, Status] = {}
    for block in structure.blocks:
        said = block.text.casefold()
        marks = list(re.finditer(rf"(?P<sign>{SIGN}|{COLOURS})\s*(?:=|:|–|-|betyder|står for)?\s*", said))
        if len(marks) < 2 or len(said) > 400:
            continue
        found: dict[str, Status] = {}
        for mark, following in zip(marks, [*marks[1:], None], strict=True):
            end = following.start() if following else len(said)
            verdict = read_verdict(said[mark.end() : end].strip(" .,;"), vocabulary)
            if verdict is not None:
                found.setdefault(mark["sign"], verdict.status)
        if len(found) >= 2:
            signs |= found
    return Legend(signs)
