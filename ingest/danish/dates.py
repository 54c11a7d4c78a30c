"""Danish dates, deadlines and periods, as docs/records.md reads them."""

import calendar
import re
from collections.abc import Iterator
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
        found = re.search(rf"\b(\d{{1,2}})[./-](\d{{1,2}})[./ -]\s?{YEAR}\b", text)
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        found = re.search(rf"\b{YEAR}-(\d\d)-(\d\d)\b", text)
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def read_deadline(text: str, period: Period | None, vocabulary: Vocabulary) -> date | None:
    """By when, in the clause of a target; None where it names no time. Of several the first that is firm counts:
    "senest i september og senest den 1. december" is September, a bare year is what is left.
    """
    said = _unreferred(text.casefold(), period, vocabulary)
    months = "|".join(vocabulary.months)
    firm = [*_days(said, months, period, vocabulary), *_months(said, months, period, vocabulary)]
    firm += [*_parts_of_year(said, period), *_ends(said, period)]
    found = min(firm, key=lambda placed: placed[0])[1] if firm else _bare_year(said)
    return found if found is None or period is None or found >= period.start else None


def _unreferred(said: str, period: Period | None, vocabulary: Vocabulary) -> str:
    """The words without times that something is compared with: "i forhold til 2015", "fra 12 i 2017", "(7 i 2016)"."""
    reference = "|".join(re.escape(word) for word in vocabulary.clauses["reference"])
    stop = r"(?:\b[mk][ir]o|\bkr|\bpr|\bca|\bpct)"
    said = re.sub(
        rf"(?<!frem )\b(?:{reference}|fra|før|efter|siden)\s+(?!\d{{1,2}}\s+\w+\s+i\b)"
        rf"(?:(?!\b(?:senest|inden|ved udgangen|skal)\b)(?:[^.;:,]|[.,](?=\d)|(?<=\d)\.(?=\s\w)|{stop}\.)){{0,40}}?"
        rf"{YEAR}(?:\s*(?:-|–)\s*{YEAR})?",
        " ",
        said,
    )
    said = re.sub(rf"\({YEAR}\s*=\s*\d+\)|\([^)]*\bi\s+{YEAR}\)", " ", said)
    for aside in re.findall(r"\([^()]*\)", said):
        years = [int(year) for year in re.findall(YEAR, aside)]
        if period and years and max(years) < period.start.year:
            said = said.replace(aside, " ")
    months = "|".join(vocabulary.months)
    # A span of days is when something happens, not by when.
    return re.sub(
        rf"\bfra\s+(?:den\s+)?\d{{1,2}}\.\s*(?:(?:{months})\s+)?til\s+(?:den\s+)?\d{{1,2}}\.\s*(?:{months})(?:\s+{YEAR})?",
        " ",
        said,
    )


def _days(
    said: str, months: str, period: Period | None, vocabulary: Vocabulary
) -> Iterator[tuple[int, date]]:
    for found in re.finditer(rf"\b(\d{{1,2}})\.\s*({months})(?:\s+{YEAR})?", said):
        year = int(found[3]) if found[3] else (period.start.year if period else None)
        made = _day(year, vocabulary.months.index(found[2]) + 1, int(found[1]))
        if made is not None:
            yield found.start(), made
    for found in re.finditer(rf"\b(\d{{1,2}})[./-](\d{{1,2}})[./ -]\s?{YEAR}\b", said):
        made = _day(int(found[3]), int(found[2]), int(found[1]))
        if made is not None:
            yield found.start(), made


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return None if year is None else date(year, month, day)
    except ValueError:
        return None


def _months(
    said: str, months: str, period: Period | None, vocabulary: Vocabulary
) -> Iterator[tuple[int, date]]:
    for found in re.finditer(
        rf"(?P<part>primo|medio|ultimo|udgangen af|senest(?: i)?|inden|i|til)\s+(?P<month>{months})(?:\s+{YEAR})?\b",
        said,
    ):
        year = int(found[3]) if found[3] else (period.start.year if period else None)
        if year is not None:
            month = vocabulary.months.index(found["month"]) + 1
            # The middle of a month is its 15th.
            yield found.start(), date(year, month, 15) if found["part"] == "medio" else month_end(year, month)


def _parts_of_year(said: str, period: Period | None) -> Iterator[tuple[int, date]]:
    year_of = r"(?:\s+(?:af|i)(?:\s+året)?)?(?:\s+" + YEAR + r")?"
    for found in re.finditer(
        rf"(?<![-–\d] )(?<!\d)(?<!efter )(?<!ved )([1-4])\.\s*(?:kvartal|kvt\.?){year_of}", said
    ):
        year = int(found[2]) if found[2] else (period.start.year if period else None)
        if year is not None:
            yield found.start(), month_end(year, 3 * int(found[1]))
    for found in re.finditer(rf"\b([12]|første|andet)\.?\s*halvår{year_of}", said):
        year = int(found[2]) if found[2] else (period.start.year if period else None)
        if year is not None:
            yield found.start(), month_end(year, 6 if found[1] in ("1", "første") else 12)
    for found in re.finditer(rf"(primo|medio|ultimo)\s+{YEAR}", said):
        yield found.start(), month_end(int(found[2]), {"primo": 1, "medio": 6, "ultimo": 12}[found[1]])
    for found in re.finditer(rf"\b(forår|sommer|efterår)\w*(?:\s+i)?\s+{YEAR}", said):
        yield found.start(), month_end(int(found[2]), {"forår": 5, "sommer": 8, "efterår": 11}[found[1]])


def _ends(said: str, period: Period | None) -> Iterator[tuple[int, date]]:
    for found in re.finditer(
        rf"(?:udgangen af|inden udløbet af|senest i|senest|inden|løbet af)\s+(?:år\s+)?{YEAR}", said
    ):
        yield found.start(), date(int(found[1]), 12, 31)
    ended = re.search(
        r"(?:ved|inden) årets udgang|(?:ved|inden) udgangen af året|inden årsskiftet|inden året er omme|inden årets udløb",
        said,
    )
    if ended and period and period.end:
        yield ended.start(), period.end


def _bare_year(said: str) -> date | None:
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
    school = re.search(
        rf"(?:skole|studie|undervisnings)år(?:et)?\s+{YEAR}\s*[/-]\s*(?:{YEAR}|(\d\d))\b", said
    )
    if school:
        return Period(start=date(int(school[1]), 8, 1), end=date(int(school[1]) + 1, 7, 31)), None
    ahead = re.search(rf"{YEAR}\s+med\s+sigtelin\w+\s+(?:for\s+)?{YEAR}(?:\s*-\s*{YEAR})?", said)
    if ahead:
        last = int(ahead[3] or ahead[2])
        return year_period(int(ahead[1])), Period(start=date(int(ahead[1]), 1, 1), end=date(last, 12, 31))
    years = re.search(rf"{YEAR}\s*(?:-|til)\s*{YEAR}", said)
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
