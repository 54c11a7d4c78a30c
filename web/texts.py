"""Words, dates and figures of the pages, in Danish and English; the words themselves are data."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from typing import Literal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from ingest.links.reasons import phrases_of
from ingest.records import Finding, Target

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")


def load_texts() -> Mapping[str, tuple[str, str]]:
    """Every text by its key: (Danish, English)."""
    folder = resources.files("web") / "translations"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )
    read = [tomllib.loads(file.read_text(encoding="utf-8"))["texts"] for file in files]
    return {key: (both[0], both[1]) for texts in read for key, both in texts.items()}


ISO_DAY = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One language's words."""

    language: Language
    texts: Mapping[str, tuple[str, str]]

    def __call__(self, key: str) -> str:
        """The text of a key. Raises KeyError for one that no file has."""
        return self.texts[key][LANGUAGES.index(self.language)]

    def word(self, key: str) -> str:
        """The text of a key, or the key itself: for units printed as they are."""
        both = self.texts.get(key)
        return key if both is None else both[LANGUAGES.index(self.language)]

    def pages(self, count: int) -> str:
        """A number of pages in words: 1 side, 31 sider."""
        return f"{self.figure(count)} {self('page_one' if count == 1 else 'pages').lower()}"

    def finding(self, finding: Finding) -> str | None:
        """A finding in words, with the first figure of its own message; None for a code that has no words.

        The record carries its values in an English message only (docs/records.md), so the figure is read there.
        """
        both = self.texts.get(f"finding_{finding.code}")
        if both is None:
            return None
        words = both[LANGUAGES.index(self.language)]
        figure = FIGURE.search(finding.message)
        if "{n}" not in words:
            return words
        return words.replace("{n}", self.figure(Decimal(figure[0]))) if figure else None

    def reason(self, reason: str) -> str | None:
        """A link's reason in words; None for a sentence that is not made of the linker's phrases."""
        phrases = phrases_of(reason)
        if phrases is None:
            return None
        said = ", ".join(
            self(f"reason_{name}").replace("{n}", "" if share is None else str(share))
            for name, share in phrases
        )
        return said[:1].upper() + said[1:] + "."

    def ledger(self, reason: str) -> str | None:
        """Why something is missing, in words; None for a sentence that has none here."""
        both = self.texts.get("ledger_" + re.sub(r"[^a-z]+", "_", reason.casefold()).strip("_"))
        return None if both is None else both[LANGUAGES.index(self.language)]

    def day(self, day: date) -> str:
        """A date in words: 31. december 2018."""
        return format_date(day, "d. MMMM y" if self.language == "da" else "d MMMM y", locale=self.language)

    def first_day(self, day: date) -> str:
        """A day on which something begins: the year alone for its first day."""
        return str(day.year) if (day.month, day.day) == (1, 1) else self.day(day)

    def span(self, start: date | None, end: date | None) -> str:
        """A period in words: 2012 – 30. september 2014; a whole year stands bare, and no period is empty."""
        first = (
            "" if start is None else str(start.year) if start.timetuple().tm_yday == 1 else self.day(start)
        )
        last = "" if end is None else str(end.year) if (end.month, end.day) == (12, 31) else self.day(end)
        if first and last:
            return first if first == last else f"{first} – {last}"
        return f"{self('from')} {first}" if first else f"{self('until')} {last}" if last else ""

    def moment(self, moment: datetime) -> str:
        """A time in words, UTC."""
        pattern = "d. MMMM y 'kl.' HH.mm 'UTC'" if self.language == "da" else "d MMMM y 'at' HH:mm 'UTC'"
        return str(format_datetime(moment, pattern, locale=self.language))

    def figure(self, value: Decimal | int) -> str:
        """A number as the language writes it."""
        return str(format_decimal(value, locale=self.language, decimal_quantization=False))

    def iso(self, text: str) -> str | None:
        """A date from JSON in words; None where the text is none."""
        return self.day(date.fromisoformat(text)) if ISO_DAY.fullmatch(text) else None

    def number(self, value: float) -> str:
        """A number from JSON as the language writes it."""
        return self.figure(Decimal(str(value)))

    def amount(self, target: Target) -> str:
        """A target's figure and unit; for a delivery only the word."""
        value, unit = self.values(target), target.unit or ""
        return value if unit == "count" or not value else f"{value}\u00a0{self.word(unit)}".strip()

    def values(self, target: Target) -> str:
        """A target's figure or figures without the unit; "" for a delivery."""
        if target.value is None:
            return ""
        value = self.figure(target.value)
        return value if target.value_to is None else f"{value}–{self.figure(target.value_to)}"

    def comparator(self, target: Target) -> str:
        """The comparator in words."""
        return self("about_c" if target.comparator == "about" else target.comparator)
