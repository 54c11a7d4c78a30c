"""Reads the sources folder, and knows which agency a name means on a day.

A name may belong to different bodies at different times; a document is settled by name *and* date.
"""

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from crawler.codec import Codec
from crawler.contradictions import contradictions
from crawler.errors import SourcesError
from crawler.names import folded, forms
from crawler.records import Agency, AgencyId, AgencyName, Guess, Ministry, MinistryId, Registry, Source

Id = TypeVar("Id", AgencyId, MinistryId)

FIRST_YEAR, LAST_YEAR = 1990, 2049
LONGEST_ID = 80
EVERYDAY = frozenset({"am", "and", "at", "ens", "fe", "fmn", "ft", "sit", "us"})
"""Abbreviations of bodies that are Danish or English words, too, or (ft.dk, fmn.dk) the address of many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything that a sources folder says, in the order of its files."""

    registry: Registry
    sources: tuple[Source, ...]


def _dated(item: Any) -> Any:
    """A period whose ends may be left out, or be a bare year where no more is known: its first, its last day."""
    if not isinstance(item, dict):
        return item
    filled = {"start": None, "end": None, **item}
    for key, month, day in (("start", 1, 1), ("end", 12, 31)):
        if isinstance(filled[key], int) and not isinstance(filled[key], bool):
            filled[key] = date(filled[key], month, day)
    return filled


def _name(data: Any) -> Any:
    """A name may be written as bare text: official, and valid at all times."""
    plain = {"text": data} if isinstance(data, str) else data
    if not isinstance(plain, dict):
        return plain
    return {"official": True, "wrong": False, "background": False, "shared": False, **_dated(plain)}


def _address(data: Any) -> Any:
    return {"what": None, **data} if isinstance(data, dict) else data


def _change(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    dated = _dated(data)
    del dated["end"]
    return {"agencies": [], "address": None, **dated}


def _each(data: dict[str, Any], key: str, fill: Callable[[Any], Any]) -> list[Any]:
    return [fill(item) for item in data.get(key, [])]


def _ministry(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "fictional": False,
        "note": None,
        **data,
        "names": _each(data, "names", _name),
        "addresses": _each(data, "addresses", _address),
    }


def _agency(data: dict[str, Any]) -> dict[str, Any]:
    if "listed" in data:
        raise ValueError("listed is not for a source file to say")
    return {
        "predecessors": [],
        "successors": [],
        "note": None,
        **data,
        "listed": True,
        "names": _each(data, "names", _name),
        "ministries": _each(data, "ministries", lambda item: {"background": False, **_dated(item)}),
        "no_public_plan": _each(data, "no_public_plan", lambda item: {"years": [], **item}),
        "html_only": _each(data, "html_only", lambda item: {"years": [], **item}),
        "changes": _each(data, "changes", _change),
        "addresses": _each(data, "addresses", _address),
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
    wrong = contradictions(registry, sources.sources)
    if wrong:
        raise SourcesError(f"{folder}: {'; '.join(wrong)}.")
    return sources


def lineage(registry: Registry, agency: Agency) -> tuple[tuple[Agency, date | None], ...]:
    """The predecessors of a body and theirs, nearest first, each once, with the day from which they no longer count.

    A body that gave only a part of itself away goes on: what it does after that day is no history of the new
    one. None where the body has ended by itself, or where nobody knows the day.
    """
    known = {body.id: body for body in registry.agencies}
    found: dict[AgencyId, tuple[Agency, date | None]] = {}
    waiting = [(id, agency) for id in agency.predecessors]
    while waiting:
        id, heir = waiting.pop(0)
        body = known.get(id)
        if body is None or id in found:
            continue
        goes_on = any(name.official and name.end is None for name in body.names)
        found[id] = (body, _first_day(heir) if goes_on else None)
        waiting += [(before, body) for before in body.predecessors]
    return tuple(found.values())


def _first_day(agency: Agency) -> date | None:
    starts = [name.start for name in agency.names if name.official]
    return None if None in starts else min(start for start in starts if start is not None)


def official_name(names: Iterable[AgencyName], day: date | None) -> str:
    """The official name on that day; without a day the last one."""
    official = [name for name in names if name.official]
    today = [name for name in official if day is not None and _valid(name, day)]
    last = max(official, key=lambda name: name.start or date.min)
    return (today[0] if today else last).text


def _valid(name: AgencyName, day: date) -> bool:
    return (name.start is None or name.start <= day) and (name.end is None or day <= name.end)


def settle(
    registry: Registry, name_printed: str, day: date | None, until: date | None = None
) -> AgencyId | None:
    """Which agency this printed name means on this day; None where no source names it, or several fit.

    Those that have the name on `day` are asked first, then those that get it before `until` (a plan's last day:
    plans are printed under the name that comes in March), then those that ever had it. In each step an official
    name goes before a short or popular one, and a step that fits several bodies is left to the next.
    """
    return _borne(((agency.id, agency.names) for agency in registry.agencies), name_printed, day, until)


def settle_ministry(registry: Registry, name_printed: str, day: date | None) -> MinistryId | None:
    """Which ministry this printed name means on this day, as `settle` does it for agencies."""
    named = name_printed.removesuffix(" departement")
    return _borne(((ministry.id, ministry.names) for ministry in registry.ministries), named, day, None)


def _borne(
    bodies: Iterable[tuple[Id, tuple[AgencyName, ...]]],
    name_printed: str,
    day: date | None,
    until: date | None,
) -> Id | None:
    wanted = forms(name_printed)
    ever = [(id, name) for id, names in bodies for name in names if wanted & forms(name.text)]
    then = [(id, name) for id, name in ever if day is not None and _valid(name, day)]
    soon = [
        (id, name)
        for id, name in ever
        if day is not None and until is not None and name.start is not None and day <= name.start <= until
    ]
    for fitting in (then, soon, ever):
        for found in ({id for id, name in fitting if name.official}, {id for id, _ in fitting}):
            if len(found) == 1:
                return found.pop()
    return None


def printed_id(registry: Registry, name_printed: str) -> AgencyId | None:
    """The id of a body that no source names, from its folded name alone, so that it stays the same everywhere.

    None where sources name several bodies so, or nothing of the name is left: then nobody can say who it is.
    It is the id that a source file would give the body, so that its addresses survive being listed.
    """
    form = folded(name_printed)
    listed = {agency.id: agency for agency in registry.agencies}
    if not form or any(
        forms(name_printed) & forms(name.text) for agency in listed.values() for name in agency.names
    ):
        return None
    slug = form.replace(" ", "-")
    if len(slug) > LONGEST_ID or slug in listed:
        slug = f"{slug[: LONGEST_ID - 9].strip('-')}-{hashlib.sha256(form.encode()).hexdigest()[:8]}"
    return AgencyId(slug)


def guess(registry: Registry, texts: Iterable[str | None]) -> Guess:
    """What link words, heading, address and file name say, the most telling first.

    The longest name wins; of two bodies with one name the one that has it in the guessed year.
    """
    given = [text for text in texts if text]
    said = [folded(text) for text in given]
    year = next((found for text in said if (found := _year(text)) is not None), None)
    day = None if year is None else date(year, 7, 1)
    for text, printed in zip(said, given, strict=True):
        squeezed = text.replace(" ", "")
        best: list[tuple[int, AgencyId, AgencyName]] = []
        for agency in registry.agencies:
            for name in agency.names:
                form = folded(name.text)
                if len(form) <= 5:
                    there = f" {form} " in f" {text} " and _means_it(name.text, form, printed)
                else:
                    there = form.replace(" ", "") in squeezed
                if there:
                    best.append((len(form), agency.id, name))
        longest = max((length for length, _, _ in best), default=0)
        fitting = {id for length, id, _ in best if length == longest}
        if len(fitting) > 1 and day is not None:
            fitting = {id for length, id, name in best if length == longest and _valid(name, day)}
        if len(fitting) == 1:
            return Guess(agency=fitting.pop(), year=year)
    return Guess(agency=None, year=year)


def _means_it(name: str, form: str, printed: str) -> bool:
    """Whether an abbreviation stands there, and not an everyday word: "AT" is a body, "at" is not.

    In running words it is written as its body writes it; in an address or file name in any case. A size such as
    "250 KB" is none, and of a line in capitals nobody can say which of its everyday words are bodies.
    """
    everyday = form in EVERYDAY
    if " " not in printed.strip() and not everyday:
        return True
    text = re.sub(r"\d\s*[KM]B\b", "", printed)
    written = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    return written and not (everyday and len(folded(printed)) > len(form) and printed == printed.upper())


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
