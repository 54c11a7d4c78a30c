"""Who the paper is about: the bodies named in its title, and the department that is the other party.

A name is what the title holds beside genre, period and small words; it counts where the text names it again.
"""

import re
from collections import Counter

from ingest.danish.vocabulary import Vocabulary
from ingest.records import AgencyPrinted

WORD = r"[A-ZÆØÅ][\wæøåÆØÅ-]*"
NAMED_AGAIN = 3
NAMED = rf"{WORD}(?:(?:,| og| samt)\s+{WORD})*"


def find_agencies(title: str, opening: str, text: str, vocabulary: Vocabulary) -> tuple[AgencyPrinted, ...]:
    """The bodies of a document, two at most; empty where none is named.

    `opening` is the first page, `text` the first pages.
    """
    for said in (_between(title, vocabulary), _residue(title, vocabulary), _between(opening, vocabulary)):
        names = [name for name in _parted(said, text, vocabulary) if _is_body(name, text, vocabulary)]
        if names:
            return _printed([_with_ministry(_in_small(name, text), text, vocabulary) for name in names])
    for line in opening.split("\n"):
        # A cover's small line may be nothing but the name.
        name = line.strip()
        again = len(re.findall(rf"\b{re.escape(name)}", text)) >= NAMED_AGAIN
        if again and _residue(name, vocabulary) == name and _is_body(name, text, vocabulary):
            return _printed([_in_small(name, text)])
    for said in (title, opening, text):
        bodies = [name for name, _ in Counter(_bodies(said, vocabulary)).most_common(2)]
        if bodies:
            return _printed(sorted(bodies, key=said.find)[: 2 if said is title else 1])
    return ()


def _with_ministry(name: str, text: str, vocabulary: Vocabulary) -> str:
    """A body whose name begins with its ministry's: "Værnsministeriets Ejendomstjeneste"."""
    found = re.findall(
        rf"\b({WORD}(?:{'|'.join(vocabulary.ministry_endings)})s {re.escape(name)})(?![a-zæøå])", text
    )
    alone = len(re.findall(rf"\b{re.escape(name)}(?![a-zæøå])", text))
    return str(found[0]) if len(found) >= 2 and 2 * len(found) > alone else name


def _in_small(name: str, text: str) -> str:
    """A cover's name in capitals as the text prints it."""
    if not name.isupper():
        return name
    printed = Counter(
        found for found in re.findall(re.escape(name), text, re.IGNORECASE) if not found.isupper()
    )
    return printed.most_common(1)[0][0] if printed else name


def _printed(names: list[str]) -> tuple[AgencyPrinted, ...]:
    return tuple(AgencyPrinted(name_printed=name, agency=None) for name in dict.fromkeys(names))[:2]


def _between(title: str, vocabulary: Vocabulary) -> str:
    """The party that is no ministry in "mellem X og Y"."""
    found = re.search(
        r"\bmellem\s+(?P<parties>.{8,160}?)(?:\.|,? (?:om|der|som|for perioden)\b|$)", title, re.IGNORECASE
    )
    if not found:
        return ""
    ministry = re.search(_ministry_pattern(vocabulary) + r"s?(?:\s+departement)?", found["parties"])
    rest = found["parties"].replace(ministry[0], " ") if ministry else found["parties"]
    return _residue(rest, vocabulary)


def _residue(title: str, vocabulary: Vocabulary) -> str:
    """A title without genre words, periods and small words."""
    said = re.sub(_ministry_pattern(vocabulary) + r"s?(?:\s+departement)?\b", " ", title)
    for kind in ("plan", "report", "amendment", "also"):
        for genre in sorted(vocabulary.genres[kind], key=len, reverse=True):
            said = re.sub(rf"\b{re.escape(genre)}\w*", " ", said, flags=re.IGNORECASE)
    months = "|".join(vocabulary.months)
    said = re.sub(rf"\b(?:\d{{1,2}}\.\s*)?(?:{months})\b", " ", said, flags=re.IGNORECASE)
    said = re.sub(
        r"\(.*?\)|\b\d[\d.\-–/]*\b\.?|\b(?:kvartal|halvår|kvt\.?)\b", " ", said, flags=re.IGNORECASE
    )
    said = re.sub(r"\s+", " ", said).strip(" .,:;–—-")
    small = r"(?:for|mellem|og|til|af|i|den|departement|departementet|direktøren|samlet|fælles|gældende)"
    while stripped := re.match(rf"{small}\b\s*", said, re.IGNORECASE):
        said = said[stripped.end() :].strip(" .,:;–—-")
    return re.sub(rf"(?:\s+{small})+$", "", said, flags=re.IGNORECASE).strip(" .,:;–—-")


def _parted(said: str, text: str, vocabulary: Vocabulary) -> list[str]:
    """One name, or two where each part of "X og Y" is a body of its own."""
    parts = re.split(r"\s+og\s+|,\s+", said)
    if len(parts) == 2 and all(_ends_as_body(part, vocabulary) for part in parts):
        return [_nominative(part, text) for part in parts]
    return [_nominative(said, text)] if said else []


def _nominative(name: str, text: str) -> str:
    """Such as "Lygtevæsenets": it is "Lygtevæsenet" where the text has that name without its s."""
    bare = name.removesuffix("s")
    if bare != name and re.search(rf"\b{re.escape(bare)}\b(?!s)", text):
        return bare
    return name


def _ends_as_body(name: str, vocabulary: Vocabulary) -> bool:
    endings = "|".join(vocabulary.body_endings)
    openings = "|".join(vocabulary.body_openings)
    return (
        re.search(rf"(?:{endings})s?$", name) is not None or re.match(rf"(?:{openings})\b", name) is not None
    )


def _is_body(name: str, text: str, vocabulary: Vocabulary) -> bool:
    """Whether a title's words are a name: capital first, few words, and said again in the text."""
    if (
        not re.match(r"[A-ZÆØÅ]", name)
        or len(name.split()) > 9
        or len(name) < 3
        or "ministeri" in name.casefold()
        or re.match(rf"(?:{'|'.join(vocabulary.genres['papers'])})\b", name.casefold())
    ):
        return False
    again = len(re.findall(re.escape(name), text)) >= 2
    return _ends_as_body(name, vocabulary) or again


def _bodies(said: str, vocabulary: Vocabulary) -> list[str]:
    """Names that end or open as bodies do: "Digestyrelsen", "Styrelsen for Vandløb og Diger"."""
    endings = "|".join(vocabulary.body_endings)
    openings = "|".join(vocabulary.body_openings)
    pattern = rf"\b(?:{openings})\s+for\s+{NAMED}|(?:[A-ZÆØÅ][\wæøå]*-\s+og\s+)?(?:Statens\s+)?[A-ZÆØÅ][\wæøåÆØÅ-]+(?:{endings})\b"
    return [found.removesuffix(" og").strip(" ,") for found in re.findall(pattern, said)]


def _ministry_pattern(vocabulary: Vocabulary) -> str:
    ending = "|".join(vocabulary.ministry_endings)
    return rf"(?:Ministeriet for\s+{WORD}(?:,\s+{WORD})*(?:[^\S\n]+og[^\S\n]+{WORD}(?:[^\S\n]+{WORD})?)?|(?:{WORD}-,?\s+(?:og\s+)?)*{WORD}(?:{ending}))"


def find_ministry(
    texts: tuple[str, ...], agencies: tuple[AgencyPrinted, ...], vocabulary: Vocabulary
) -> str | None:
    """The ministry that the first of these texts names beside the bodies themselves; None where none does."""
    for printed in texts:
        said = printed
        for agency in agencies:
            said = said.replace(agency.name_printed, "|")
        found = re.findall(_ministry_pattern(vocabulary) + r"(?=s?\b)", said)
        if found:
            name = re.sub(r"\s+", " ", Counter(found).most_common(1)[0][0]).strip(" ,")
            return name.removesuffix("s") if name.removesuffix("s") in found or name.endswith("ers") else name
    return None
