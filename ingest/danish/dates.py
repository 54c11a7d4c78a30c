"""Danish dates, deadlines and periods, as docs/records.md reads them."""

import calendar
import re
from datetime import date

from crawler.records import Period
from ingest.danish.vocabulary import Vocabulary

YEAR = r"((?:19|20)\d\d)"


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def year_period(year: int) -> Period:
    """The calendar year."""
    return Period(start=date(year, 1, 1), end=date(year, 12, 31))


def read_date(text: str, vocabulary: Vocabulary) -> date | None:
    """The first full date in a text: "1. juni 2015", "01.06.2015", "2015-06-01"; None where there is none."""
    months = "|".join(vocabulary.months)
    found = re.search(rf"\b(\d{{1,2}})\.?\s*({months})\s+{YEAR}", text, re.IGNORECASE)
    try:
        if found:
            return date(int(found[3]), vocabulary.months.index(found[2].casefold()) + 1, int(found[1]))
        found = re.search(rf"\b(\d{{1,2}})[./-](\d{{1,2}})[./-]{YEAR}\b", text)
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        found = re.search(rf"\b{YEAR}-(\d\d)-(\d\d)\b", text)
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def read_deadline(text: str, period: Period | None, vocabulary: Vocabulary) -> date | None:
    """By when, in the clause of a target; None where it names no time."""
    reference = "|".join(re.escape(word) for word in vocabulary.clauses["reference"])
    # A year that something is compared with is no deadline: "i forhold til 2015", "end i 2013", "fra 12 i 2017".
    said = re.sub(
        rf"(?<!frem )\b(?:{reference}|fra|før|efter|siden)\s+(?!\d{{1,2}}\s+\w+\s+i\b)(?:[^.;:,]|[.,](?=\d)|(?<=\b[mk][ir]o)\.|(?<=\bkr)\.|(?<=\bpr)\.|(?<=\bca)\.|(?<=\bpct)\.){{0,40}}?{YEAR}(?:\s*(?:-|–)\s*{YEAR})?",
        " ",
        text.casefold(),
    )
    said = re.sub(rf"\({YEAR}\s*=\s*\d+\)|\([^)]*\bi\s+{YEAR}\)", " ", said)
    months = "|".join(vocabulary.months)
    full = re.search(rf"\b(\d{{1,2}})\.\s*({months})(?:\s+{YEAR})?", said)
    if full:
        year = int(full[3]) if full[3] else (period.start.year if period else None)
        try:
            return None if year is None else date(year, vocabulary.months.index(full[2]) + 1, int(full[1]))
        except ValueError:
            return None
    return _part_of_month(said, months, period, vocabulary) or _part_of_year(said) or _end_of(said, period)


def _part_of_month(said: str, months: str, period: Period | None, vocabulary: Vocabulary) -> date | None:
    found = re.search(
        rf"(?:primo|medio|ultimo|udgangen af|senest(?: i)?|inden|i|til)\s+({months})(?:\s+{YEAR})?\b", said
    )
    year = int(found[2]) if found and found[2] else (period.start.year if period else None)
    if not found or year is None:
        return None
    return month_end(year, vocabulary.months.index(found[1]) + 1)


def _part_of_year(said: str) -> date | None:
    found = re.search(rf"([1-4])\.\s*kvartal(?:\s+af)?\s+{YEAR}", said)
    if found:
        return month_end(int(found[2]), 3 * int(found[1]))
    found = re.search(rf"\b([12]|første|andet)\.?\s*halvår(?:\s+af)?(?:\s+i)?\s+{YEAR}", said)
    if found:
        return month_end(int(found[2]), 6 if found[1] in ("1", "første") else 12)
    found = re.search(rf"(primo|medio|ultimo)\s+{YEAR}", said)
    if found:
        return month_end(int(found[2]), {"primo": 1, "medio": 6, "ultimo": 12}[found[1]])
    return None


def _end_of(said: str, period: Period | None) -> date | None:
    found = re.search(rf"(?:udgangen af|inden udløbet af|senest i|inden|løbet af)\s+(?:år\s+)?{YEAR}", said)
    if found:
        return date(int(found[1]), 12, 31)
    if re.search(r"(?:ved|inden) årets udgang|ved udgangen af året|inden årsskiftet", said):
        return period.end if period else None
    found = re.search(rf"\b(?:i|år|frem mod|frem til|inden|senest|til|mod|af)\s+(?:år\s+)?{YEAR}", said)
    return date(int(found[1]), 12, 31) if found else None


def read_period(text: str, vocabulary: Vocabulary) -> tuple[Period | None, Period | None]:
    """The period and the longer frame that a printed title names; None where it names none."""
    said = text.casefold().replace("–", "-")
    months = "|".join(vocabulary.months)
    span = re.search(
        rf"(\d{{1,2}})\.\s*({months})(?:\s+{YEAR})?\s*(?:til|-|indtil)\s*(?:den\s+)?(\d{{1,2}})\.\s*({months})\s+{YEAR}",
        said,
    )
    if span:
        first = int(span[3] or span[6])
        start = date(first, vocabulary.months.index(span[2]) + 1, int(span[1]))
        return Period(
            start=start, end=date(int(span[6]), vocabulary.months.index(span[5]) + 1, int(span[4]))
        ), None
    frame = None
    said = re.sub(rf"\b{YEAR}\s*-\s*(\d\d)(?!\d)", lambda found: f"{found[1]}-{found[1][:2]}{found[2]}", said)
    years = re.search(rf"{YEAR}\s*-\s*{YEAR}", said)
    if years and int(years[2]) > int(years[1]):
        frame = Period(start=date(int(years[1]), 1, 1), end=date(int(years[2]), 12, 31))
    valid = re.search(rf"gældende for\s+{YEAR}", said)
    if valid:
        return year_period(int(valid[1])), frame
    rolling = re.search(rf"{YEAR}\s*\(\s*-\s*{YEAR}\s*\)", said)
    if rolling:
        frame = Period(start=date(int(rolling[1]), 1, 1), end=date(int(rolling[2]), 12, 31))
        return year_period(int(rolling[1])), frame
    if frame:
        return frame, None
    half = re.search(rf"(1|2|første|andet)\.?\s*halvår(?:\s+af)?\s+{YEAR}", said)
    if half:
        first_month = 1 if half[1] in ("1", "første") else 7
        return Period(
            start=date(int(half[2]), first_month, 1), end=month_end(int(half[2]), first_month + 5)
        ), None
    quarters = re.search(rf"([1-4])\.?\s*(?:og|-|til)\s*([1-4])\.\s*(?:kvartal|kvt\.?)\s+{YEAR}", said)
    if quarters:
        of_year, last_quarter = int(quarters[3]), int(quarters[2])
        start = date(of_year, 3 * int(quarters[1]) - 2, 1)
        return Period(start=start, end=month_end(of_year, 3 * last_quarter)), None
    quarter = re.search(rf"([1-4])\.\s*kvartal\s+{YEAR}", said)
    if quarter:
        last = 3 * int(quarter[1])
        return Period(start=date(int(quarter[2]), last - 2, 1), end=month_end(int(quarter[2]), last)), None
    year = re.search(YEAR, said)
    return (year_period(int(year[1])), None) if year else (None, None)
