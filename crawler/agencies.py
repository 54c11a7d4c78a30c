"""Reads the sources folder, and knows which agency a name means on a day.

A name may belong to different bodies at different times; a document is settled by name *and* date.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.codec import Codec
from crawler.errors import SourcesError
from crawler.records import Agency, AgencyId, AgencyName, Guess, Ministry, Registry, Source

FIRST_YEAR, LAST_YEAR = 1990, 2049


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that a sources folder says, in the order of its files."""

    registry: Registry
    sources: tuple[Source, ...]


def _name(data: Any) -> Any:
    """A name may be written as bare text: official, and valid at all times."""
    if isinstance(data, str):
        return {"text": data, "start": None, "end": None, "official": True}
    return {"start": None, "end": None, "official": True, **data} if isinstance(data, dict) else data


def _ministry(data: dict[str, Any]) -> dict[str, Any]:
    return {"fictional": False, **data, "names": [_name(name) for name in data.get("names", [])]}


def _agency(data: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "predecessors": [],
        "successors": [],
        "no_public_plan": [],
        "html_only": [],
        "note": None,
    }
    attached = [{"start": None, "end": None, **item} for item in data.get("ministries", [])]
    absent = [{"years": [], **item} for item in data.get("no_public_plan", [])]
    html = [{"years": [], **item} for item in data.get("html_only", [])]
    names = [_name(name) for name in data.get("names", [])]
    return {
        **empty,
        **data,
        "names": names,
        "ministries": attached,
        "no_public_plan": absent,
        "html_only": html,
    }


def _source(data: dict[str, Any]) -> dict[str, Any]:
    empty = {
        "next_page": None,
        "detail_page": None,
        "delay_seconds": 2.0,
        "page_budget": 200,
        "expect_min": 1,
    }
    return {**empty, "expect_max": 10_000, "verified": None, "note": None, **data}


TABLES = {"ministry": (_ministry, Ministry), "agency": (_agency, Agency), "source": (_source, Source)}


def read_sources(folder: Path) -> Sources:
    """Read every `*.toml` of a folder. Raises SourcesError naming file and place of what is wrong."""
    if not folder.is_dir():
        raise SourcesError(f"{folder} is not a folder: give the folder that holds the source files.")
    found: dict[str, list[Any]] = {table: [] for table in TABLES}
    codec = Codec()
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SourcesError(f"{path} is not TOML: {error}.") from error
        for table, items in data.items():
            if table not in TABLES or not isinstance(items, list):
                raise SourcesError(f"{path}: {table!r} is none of [[ministry]], [[agency]], [[source]].")
            filled, record = TABLES[table]
            for index, item in enumerate(items):
                try:
                    found[table].append(codec.build(filled(item), record))
                except (ValueError, TypeError) as error:
                    named = item.get("id", index) if isinstance(item, dict) else index
                    raise SourcesError(f"{path}: [[{table}]] {named}: {error}.") from error
    if not any(found.values()):
        raise SourcesError(f"{folder} holds no source files: see docs/ministries.md.")
    registry = Registry(ministries=tuple(found["ministry"]), agencies=tuple(found["agency"]))
    sources = Sources(registry=registry, sources=tuple(found["source"]))
    wrong = contradictions(sources)
    if wrong:
        raise SourcesError(f"{folder}: {'; '.join(wrong)}.")
    return sources


def contradictions(sources: Sources) -> list[str]:
    """What cannot be true together, one clause each."""
    found = []
    registry = sources.registry
    for kind, records in (
        ("ministry", registry.ministries),
        ("agency", registry.agencies),
        ("source", sources.sources),
    ):
        ids = [record.id for record in records]
        found += [f"two of {kind} are called {id}" for id in sorted({id for id in ids if ids.count(id) > 1})]
    agencies = {agency.id for agency in registry.agencies}
    ministries = {ministry.id for ministry in registry.ministries}
    for agency in registry.agencies:
        relatives = (*agency.predecessors, *agency.successors)
        found += [
            f"{agency.id} names {other}, which does not exist" for other in relatives if other not in agencies
        ]
        found += [
            f"{agency.id} belongs to {item.ministry}, which does not exist"
            for item in agency.ministries
            if item.ministry not in ministries
        ]
        found += _names_at_once(agency.id, agency.names)
    for ministry in registry.ministries:
        found += _names_at_once(ministry.id, ministry.names)
    for source in sources.sources:
        for pattern in (source.link_pattern, source.next_page, source.detail_page):
            try:
                re.compile(pattern or "")
            except re.error as error:
                found.append(f"{source.id} has a pattern {pattern!r} that is none ({error})")
        if not source.start_urls:
            found.append(f"{source.id} has no start_urls")
        hosts = {host.split(":")[0] for host in source.allowed_hosts}
        found += [
            f"{source.id} starts at {url}, whose host is not in its allowed_hosts"
            for url in source.start_urls
            if urlsplit(url).hostname not in hosts
        ]
        if source.expect_min > source.expect_max:
            found.append(f"{source.id} expects at least {source.expect_min} and at most {source.expect_max}")
        if source.page_budget < len(source.start_urls):
            found.append(f"{source.id} has more start_urls than its page_budget of {source.page_budget}")
        if not 0 <= source.delay_seconds <= 3600:
            found.append(f"{source.id} has a delay of {source.delay_seconds} seconds")
    return found


def _names_at_once(owner: str, names: tuple[AgencyName, ...]) -> list[str]:
    official = [name for name in names if name.official]
    found = [] if official else [f"{owner} has no official name"]
    for index, one in enumerate(official):
        for other in official[index + 1 :]:
            first, second = sorted((one, other), key=lambda name: name.start or date.min)
            if first.end is None or (second.start or date.min) <= first.end:
                found.append(f"{owner} has two official names on one day: {one.text} and {other.text}")
    return found


def folded(text: str) -> str:
    """Letters and digits only, lower case, Danish letters as digraphs: Ålborg and Aalborg are alike."""
    text = unicodedata.normalize("NFC", unquote(text)).casefold()
    text = text.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def official_name(names: Iterable[AgencyName], day: date | None) -> str:
    """The official name on that day; without a day the last one."""
    official = [name for name in names if name.official]
    today = [name for name in official if day is not None and _valid(name, day)]
    last = max(official, key=lambda name: name.start or date.min)
    return (today[0] if today else last).text


def _valid(name: AgencyName, day: date) -> bool:
    return (name.start is None or name.start <= day) and (name.end is None or day <= name.end)


def settle(registry: Registry, name_printed: str, day: date | None) -> AgencyId | None:
    """Which agency this printed name means on this day; None where no source names it, or several fit.

    A name outside its days still counts where only one body ever had it: plans are printed ahead of a rename.
    """
    wanted = folded(name_printed)
    forms = {wanted, wanted.removesuffix("s")} if len(wanted) > 4 else {wanted}
    ever = [
        (agency.id, name)
        for agency in registry.agencies
        for name in agency.names
        if forms & {folded(name.text), folded(name.text).removesuffix("s")}
    ]
    then = {id for id, name in ever if day is not None and _valid(name, day)}
    for fitting in (then, {id for id, _ in ever}):
        if len(fitting) == 1:
            return next(iter(fitting))
    return None


def guess(registry: Registry, texts: Iterable[str | None]) -> Guess:
    """What link words, heading, address and file name say, the most telling first.

    The longest name wins; of two bodies with one name the one that has it in the guessed year.
    """
    said = [folded(text) for text in texts if text]
    year = next((found for text in said if (found := _year(text)) is not None), None)
    day = None if year is None else date(year, 7, 1)
    for text in said:
        squeezed = text.replace(" ", "")
        best: list[tuple[int, AgencyId, AgencyName]] = []
        for agency in registry.agencies:
            for name in agency.names:
                form = folded(name.text)
                short = len(form) <= 5
                if (short and f" {form} " in f" {text} ") or (
                    not short and form.replace(" ", "") in squeezed
                ):
                    best.append((len(form), agency.id, name))
        longest = max((length for length, _, _ in best), default=0)
        fitting = {id for length, id, _ in best if length == longest}
        if len(fitting) > 1 and day is not None:
            fitting = {id for length, id, name in best if length == longest and _valid(name, day)}
        if len(fitting) == 1:
            return Guess(agency=fitting.pop(), year=year)
    return Guess(agency=None, year=year)


def _year(text: str) -> int | None:
    """The year a text speaks of: "gældende 2014" before a span, a four-digit year, or two digits as in mrp19."""
    valid = re.search(r"gaeldende (?:for )?(20\d\d)", text)
    if valid:
        return int(valid.group(1))
    years = [int(found) for found in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text)]
    years = [found for found in years if FIRST_YEAR <= found <= LAST_YEAR]
    if years:
        return years[0]
    short = re.search(r"(?:mrp|rk|plan|kontrakt|rapport|dokument)[ ]?(\d\d)(?!\d)", text)
    return 2000 + int(short.group(1)) if short else None
