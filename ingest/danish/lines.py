"""What single printed lines say: weights, verdicts, titles and goal headings. Never raises."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from crawler.records import Period
from ingest.danish.dates import read_period
from ingest.danish.numbers import read_number
from ingest.danish.vocabulary import Vocabulary
from ingest.records import Kind, Score, Status

KEY = r"\d+(?:\.\d+){0,3}\.?[a-z]?|[A-ZÆØÅ]{1,2}\.?\d+(?:\.\d+)?(?:\.?[a-z](?![a-zæøå]))?|\([IVX]+\)|[IVX]+(?=[.:)])|(?:II|III|IV|VI{0,3}|IX)(?=\s+[A-ZÆØÅ])|[A-ZÆØÅ](?=[.:)](?:\s|$))"
MARKS = re.compile(
    r"\s*(?:\((?P<mark>(?:koncern(?:fælles|mål|fælles mål)?|fælles(?:mål| mål)?|ny[t]?|vægt[^)]*|\d+\s*/\s*\d+|\d+(?:,\d+)?\s*(?:pct\.?|%|point|procent)))\)"
    r"|\s+(?P<tag>koncernfælles(?: mål)?|koncernmål|fælles mål)"
    r"|(?:\s*[–—:,-]\s*|\s+)(?P<tail>vægt(?:ning|et)?:?\s[^()]{0,20}?\d+(?:,\d+)?\s*(?:pct\.?|%|point|procent)))\s*$",
    re.IGNORECASE,
)
BRACKETED_KEY = re.compile(r"\s+\((?:[a-zæøå]+\s)?(?P<key>[IVX]+|\d+(?:\.\d+)*[a-z]?|[A-ZÆØÅ]\.?\d+)\)$")


MOST_WEIGHT = 100

WEIGHED = re.compile(
    r"\b(?:tæller|indgår med|point:|(?:kan )?(?:maksimalt |højst )?(?:opnås|gives|udløser)(?: maksimalt| op til)?)"
)
"""How a sentence gives a weight in front of its figure."""

WEIGHED_BEHIND = re.compile(
    r"(?:(?:af|i) (?:den |kontraktens |planens )?samlede (?:vægt\w*|målopfyldelse|resultatkontrakt|vurdering|plan|kontrakt)"
    r"|ud af (?:i alt )?100 point|af 100 point)"
)
"""And behind it: "20 pct. af kontraktens samlede vægt"."""

LONGEST_VERDICT = 6
"""Words; a longer text is a sentence, not a verdict's own phrase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightReading:
    """A weight and where its words lie in the text."""

    value: Decimal
    unit: Literal["percent", "points"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingReading:
    """A printed heading line, taken apart."""

    key: str | None
    title: str
    is_goal: bool
    shared: bool
    weight: WeightReading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleReading:
    """A printed title of a document."""

    kind: Kind
    genre: str | None
    genre_printed: str | None
    period: Period | None
    frame: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictReading:
    """A verdict and the words that say it."""

    status: Status
    printed: str
    score: Score | None


def read_weight(text: str, vocabulary: Vocabulary, *, labelled: bool = False) -> WeightReading | None:
    """A share of the whole: "Vægtning: 15 point", "(15 pct.)", "3/12". `labelled` where a label or column says so."""
    said = re.sub(r"\s+", " ", text.casefold())
    told = WEIGHED.search(said) or re.search(r"\bvægt", said)
    if re.search(r"\b(?:lægge[rs]?|lagt)\b[^.]*\bvægt på\b", said):
        return None
    fraction = re.search(r"\b(\d+)\s*/\s*(\d+)\b", said)
    if fraction and int(fraction[2]) and (labelled or told) and int(fraction[1]) <= int(fraction[2]):
        value = round(Decimal(100 * int(fraction[1])) / int(fraction[2]), 2)
        return WeightReading(value=value, unit="percent", start=fraction.start(), end=fraction.end())
    number = r"(?P<number>\d+(?:,\d+)?)(?P<third>⅓|⅔)?\s*(?P<unit>pct\.?|%|procent|point\b|p\.)?"
    found = re.search(rf"(?:^|\b)vægt(?:ning|en|ningen|es|er)?\b(?! på\b)[^\d]{{0,40}}?{number}", said)
    found = found or re.search(rf"{WEIGHED.pattern}[^\d]{{0,20}}{number}", said)
    found = found or re.search(rf"{number}\s+{WEIGHED_BEHIND.pattern}", said)
    if found is None and labelled:
        found = re.search(number, said)
    bare = found is not None and not found["unit"]
    if found is None or (bare and not (labelled or re.search(r"\bvægt|^point:", said))):
        return None
    value_read = read_number(found["number"], vocabulary)
    if value_read is None or value_read > MOST_WEIGHT:
        return None
    if bare and value_read < 1:
        # "Vægt 0,15" is a share of one.
        value_read *= 100
    value_read += {"⅓": Decimal("0.33"), "⅔": Decimal("0.67")}.get(found["third"] or "", Decimal(0))
    points = found["unit"] in ("point", "p.") or bool(
        re.match(r"point\b", said) or re.search(r"i point|\(point\)", said)
    )
    unit: Literal["percent", "points"] = "points" if points else "percent"
    return WeightReading(value=value_read, unit=unit, start=found.start("number"), end=found.end())


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeadingForms:
    """How headings of goals and groups are printed."""

    worded: re.Pattern[str]
    numbered: re.Pattern[str]
    numbered_anyhow: re.Pattern[str]
    """The same, capitals or not."""
    reversed_word: re.Pattern[str]
    named: re.Pattern[str]


@cache
def _heading_forms(vocabulary: Vocabulary) -> _HeadingForms:
    both = (*vocabulary.goal_words, *vocabulary.goal_notes["group"])
    words = "|".join(sorted((re.escape(word) for word in both), key=len, reverse=True))
    goals = "|".join(re.escape(word) for word in sorted(vocabulary.goal_words, key=len, reverse=True))
    numbered = rf"(?P<word>(?:{words})(?:\s+|(?=\d)))?(?P<key>{KEY}|(?<=\s)[IVX]+(?=\s)|(?<=mål\s)[A-HK](?=\s+[A-ZÆØÅ]|$))(?P<stop>[.:)]?\s*[–—:-]?\s+|[.:)]?$)(?P<title>.*)$"
    return _HeadingForms(
        worded=re.compile(rf"(?:{words})[\s\d]", re.IGNORECASE),
        numbered=re.compile(numbered),
        numbered_anyhow=re.compile(numbered, re.IGNORECASE),
        reversed_word=re.compile(rf"(?P<key>{KEY})[.:)]?\s+(?:{words})[.:]?", re.IGNORECASE),
        named=re.compile(rf"(?:{goals})\s*[:–—]\s*(?P<title>.+)$", re.IGNORECASE),
    )


def read_heading(text: str, vocabulary: Vocabulary) -> HeadingReading:
    """Key, title and marks of a heading; `is_goal` where a goal word introduces it."""
    groups = vocabulary.goal_notes["group"]
    said = _heading_forms(vocabulary)
    plain, named_shared = _plain_goal_word(text, vocabulary)
    title, shared, weight = _without_marks(re.sub(r"\s+", " ", plain).strip(), vocabulary)
    found = (said.numbered_anyhow if said.worded.match(title) else said.numbered).match(title)
    reversed_word = said.reversed_word.fullmatch(title)
    key: str | None = None
    is_goal = False
    if reversed_word and title.rstrip(".").split()[-1].isupper():
        key, title, is_goal = reversed_word["key"].rstrip("."), "", True
    elif found and _numbers(found, vocabulary):
        key, title, is_goal = (
            found["key"].rstrip("."),
            found["title"].strip(),
            bool(found["word"]) and found["word"].strip().casefold() not in groups,
        )
    elif named := said.named.match(title):
        title, is_goal = named["title"].strip(), True
    mark = re.match(r"\((?:nyt?|ændret|revideret)\)[.:]?\s+(?P<title>.+)$", title, re.IGNORECASE)
    title = mark["title"] if mark else title
    bracketed = BRACKETED_KEY.search(title)
    if bracketed and key is None:
        key = f"({bracketed['key']})" if bracketed["key"][0] in "IVX" else bracketed["key"]
        title = title[: bracketed.start()]
    return HeadingReading(
        key=key, title=title, is_goal=is_goal, shared=shared or (is_goal and named_shared), weight=weight
    )


@cache
def _goal_words(vocabulary: Vocabulary) -> re.Pattern[str]:
    kinds = "|".join(sorted(map(re.escape, vocabulary.goal_notes["kinds"]), key=len, reverse=True))
    plain = "|".join(sorted(map(re.escape, vocabulary.goal_words), key=len, reverse=True))
    return re.compile(
        rf"(?:ad\s+)?(?P<kind>(?:{kinds})\s+)?(?P<word>{plain}|[a-zæøå]+(?:mål|målet|krav|målsætning))(?P<nr>\s+nr\.?)?"
        r"(?P<rest>\s+\d.*|\s*[:–—]\s+.*)$",
        re.IGNORECASE,
    )


def _plain_goal_word(text: str, vocabulary: Vocabulary) -> tuple[str, bool]:
    """A heading with its goal word made plain: "Pligtigt mål 1: …", "Mål nr. 8. …", "Effektmål 2 – …" are "Mål 1: …".

    With it whether the word says that the goal is shared ("Koncernfælles mål 2").
    """
    flat = re.sub(r"\s+", " ", text).strip()
    behind = re.match(rf"(?P<key>{KEY})[.:)]?\s+(?P<word>[A-ZÆØÅ]+)\s*:\s+(?P<title>.+)$", flat)
    if behind and behind["word"].casefold() in vocabulary.goal_words:
        return f"{behind['word']} {behind['key']}: {behind['title']}", False
    found = _goal_words(vocabulary).match(flat)
    if found is None or (
        found["word"].casefold() in vocabulary.goal_words
        and not (found["kind"] or found["nr"] or flat[:3].casefold() == "ad ")
    ):
        return re.sub(r"^(\D+\d[\d.]*)\s+([.:])\s", r"\1\2 ", flat), False
    if (
        not re.match(r"\s*\d", found["rest"])
        and not found["kind"]
        and found["word"].casefold() not in vocabulary.goal_words
    ):
        # "Finanslovsmål: Besvarede henvendelser": without a number the word belongs to the name.
        return flat, False
    said = f"{found['kind'] or ''}{found['word']}".casefold()
    return f"Mål{found['rest']}", "koncern" in said or "fælles" in said


def read_key(cell: str, vocabulary: Vocabulary) -> str | None:
    """The number of a goal in a cell of its own: "1.2", "Mål 3", "IV."; None for other words."""
    roman = re.fullmatch(r"([IVX]+|[A-ZÆØÅ])\.?", cell.strip())
    return roman[1] if roman else read_heading(f"{cell} x", vocabulary).key


def _without_marks(title: str, vocabulary: Vocabulary) -> tuple[str, bool, WeightReading | None]:
    shared, weight = False, None
    while mark := MARKS.search(title):
        said = (mark["mark"] or mark["tag"] or mark["tail"]).casefold()
        if "koncern" in said or "fælles" in said:
            shared = True
        elif not said.startswith("ny"):
            weight = read_weight(said, vocabulary, labelled=True)
        title = title[: mark.start()].rstrip()
    return title, shared, weight


def _numbers(found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether the figure in front is the heading's number, not part of its words."""
    rest = found["title"].casefold()
    if rest.startswith(("instans", "kvartal", "halvår", "del:")):
        return False
    if found["word"]:
        return True
    if re.fullmatch(r"(?:19|20)\d\d", found["key"]):
        return False
    month = any(rest.startswith(name) for name in vocabulary.months)
    unit = re.match(r"[^\s]+", rest)
    return not month and not (unit and unit[0] in vocabulary.units and not found["stop"].strip())


def read_title(text: str, vocabulary: Vocabulary) -> TitleReading:
    """Kind, genre and period of a document's printed title; the first of two genres counts."""
    text = _mended_title(text, vocabulary)
    said = re.sub(r"\s+", " ", text.casefold())
    if any(said.startswith(word) for word in vocabulary.genres["none"]):
        return TitleReading(kind="other", genre=None, genre_printed=None, period=None, frame=None)
    kinds: tuple[Kind, ...] = ("plan", "report")
    best: tuple[int, str, Kind] | None = None
    for kind in kinds:
        for genre in vocabulary.genres[kind]:
            # "mål- og resultatplaner" speaks of such papers, and is none.
            named = re.search(rf"{re.escape(genre)}(?!er)", said)
            at = named.start() if named else -1
            if at >= 0 and (best is None or (at, -len(genre)) < (best[0], -len(best[1]))):
                best = (at, genre, kind)
    period, frame = read_period(text, vocabulary)
    if best is None:
        return TitleReading(kind="other", genre=None, genre_printed=None, period=None, frame=None)
    at, genre, kind = best
    before = said[:at]
    if kind == "plan" and any(
        re.search(rf"(?:^|\b){re.escape(word)}", before) for word in vocabulary.genres["amendment"]
    ):
        kind = "amendment"
    flat = re.sub(r"\s+", " ", text)
    return TitleReading(
        kind=kind, genre=genre, genre_printed=flat[at : at + len(genre)], period=period, frame=frame
    )


def _mended_title(text: str, vocabulary: Vocabulary) -> str:
    """A title with letter-spaced words and broken lines joined, without a day of signing, short names written out."""
    text = re.sub(r"(?<=[a-zæøåA-ZÆØÅ])[-‐]\s*\n\s*(?!og\b|OG\b)", "", text).replace("‐", "-")
    text = re.sub(r"(?<!\S)(?:\S ){2,}\S(?!\S)", lambda spaced: spaced[0].replace(" ", ""), text)
    months = "|".join(vocabulary.months)
    text = re.sub(rf"[A-ZÆØÅ][\wæøå]+,?\s+den\s+\d{{1,2}}\.\s*(?:{months})\s+\d{{4}}", " ", text)
    for short, long in vocabulary.short_genres.items():
        text = re.sub(rf"(?<![\wæøå-]){re.escape(short)}(?![\wæøå-])", long, text, flags=re.IGNORECASE)
    return text


def read_verdict(text: str, vocabulary: Vocabulary) -> VerdictReading | None:
    """Which verdict a cell or phrase gives; None where it gives none."""
    said = re.sub(r"\s+", " ", text.casefold()).strip()
    score = read_score(said, vocabulary) or _score_within(said, vocabulary)
    found = _verdict_word(said, vocabulary)
    if found is None and score is not None and score.of:
        # All points are full attainment and none is none; what lies between is partial.
        share: Status = "met" if score.value == score.of else "not_met" if not score.value else "partly_met"
        return VerdictReading(status=share, printed=text.strip(), score=score)
    if found is None:
        return None
    status, start, end = found
    flat = re.sub(r"\s+", " ", text).strip()
    # Of a whole sentence the words that judge are the verdict; a cell or phrase is one as it stands.
    core = flat[start:end] if len(flat.split()) > LONGEST_VERDICT else flat
    return VerdictReading(status=status, printed=core, score=score)


def read_score(text: str, vocabulary: Vocabulary) -> Score | None:
    """Points given, of how many: "16,5 af 25", "20/20", "4 ud af 5 point"; None for anything else."""
    points = re.fullmatch(
        r"(\d+(?:,\d+)?)\s*(?:point\s*)?(?:(?:ud\s+)?af|/)\s*(\d+(?:,\d+)?)(?:\s*(?:mulige\s+)?point)?\.?",
        text.casefold().strip(),
    )
    value = read_number(points[1], vocabulary) if points else None
    return Score(value=value, of=read_number(points[2], vocabulary)) if points and value is not None else None


def _score_within(said: str, vocabulary: Vocabulary) -> Score | None:
    """Points beside a verdict: "opfyldt (10/10)", "delvist opfyldt – 7,5 point ud af 15 mulige"."""
    found = re.search(
        r"\b(\d+(?:,\d+)?)\s*(?:point\s*)?(?:/|(?:ud )?af)\s*(\d+(?:,\d+)?)(?:\s*(?:mulige|point)\b|\)|\.|$)",
        said,
    )
    if found is None or not (re.search(r"\bpoint|\bmulige|/", found[0])):
        return None
    value, of = read_number(found[1], vocabulary), read_number(found[2], vocabulary)
    return Score(value=value, of=of) if value is not None and of is not None and value <= of else None


def _verdict_word(said: str, vocabulary: Vocabulary) -> tuple[Status, int, int] | None:
    """The longest word of verdict with its place; "ikke" before it belongs to it."""
    best: tuple[Status, int, int] | None = None
    for status, words in vocabulary.status.items():
        for word in words:
            found = re.search(rf"(?<![a-zæøå]){re.escape(word)}(?![a-zæøå])", said)
            if word == "–" and said != "–":
                continue
            if found and (best is None or len(word) > best[2] - best[1]):
                best = (status, found.start(), found.end())  # type: ignore[assignment]
    if best is None:
        return None
    status, start, end = best
    part = re.search(r"\b(\w+)\s+(?:ud\s+)?af\s+(?:de\s+)?(\w+)\b", said)
    if part and status in ("met", "not_met"):
        some, whole = (read_number(number, vocabulary) for number in part.groups())
        if some is not None and whole is not None and 0 < some < whole:
            return "partly_met", start, end
    if status == "met" and re.search(r"§|\blov(?:en|ens|s)?\b", said):
        return None
    if status == "met" and re.search(r"\b(?:ikke|ej|hverken)\b", said):
        # "er dermed ikke nået" is no; what is hardly so is left to a person.
        near = re.search(
            r"\b(?:ikke|ej)\s+(?:at være\s+|blevet\s+|blev\s+|helt\s+)?(?:opfyldt|nået|indfriet|opnået|overholdt|fastholdt)\b",
            said,
        )
        return ("not_met", near.start(), near.end()) if near else None
    if status == "met" and re.search(r"\b(?:næsten|endnu|kun)\b", said):
        return None
    return best
