"""What cannot be true together in a folder of sources, one clause each; no clause means that it is sound."""

import itertools
import re
from collections.abc import Iterable
from datetime import date
from graphlib import CycleError, TopologicalSorter
from urllib.parse import urlsplit

from crawler.names import folded
from crawler.records import Agency, AgencyId, AgencyName, Attachment, Registry, Source


def contradictions(registry: Registry, sources: Iterable[Source]) -> list[str]:
    """What cannot be true together, one clause each."""
    found = []
    for kind, records in (
        ("ministry", registry.ministries),
        ("agency", registry.agencies),
        ("source", sources),
    ):
        ids = [record.id for record in records]
        found += [f"two of {kind} are called {id}" for id in sorted({id for id in ids if ids.count(id) > 1})]
    ministries = {ministry.id for ministry in registry.ministries}
    for agency in registry.agencies:
        found += [
            f"{agency.id} belongs to {item.ministry}, which does not exist"
            for item in agency.ministries
            if item.ministry not in ministries
        ]
        found += _backwards(agency.id, (*agency.names, *agency.ministries))
        found += _names_at_once(agency.id, agency.names)
    for ministry in registry.ministries:
        found += _backwards(ministry.id, ministry.names)
        found += _names_at_once(ministry.id, ministry.names)
    found += _relations(registry.agencies)
    found += _one_name_of_two(registry.agencies)
    for source in sources:
        found += _unusable(source)
    return found


def _unusable(source: Source) -> list[str]:
    """What keeps a source from being crawled as it is written."""
    found = []
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


def _relations(agencies: tuple[Agency, ...]) -> list[str]:
    """Predecessors and successors that do not exist, that only one side names, or that come round again."""
    known = {agency.id: agency for agency in agencies}
    found = []
    for agency in agencies:
        others = (
            *agency.predecessors,
            *agency.successors,
            *(id for step in agency.changes for id in step.agencies),
        )
        found += [
            f"{agency.id} names {id}, which does not exist" for id in dict.fromkeys(others) if id not in known
        ]
        found += [
            f"{agency.id} names the successor {id}, which does not name it as a predecessor"
            for id in agency.successors
            if id in known and agency.id not in known[id].predecessors
        ]
        found += [
            f"{agency.id} names the predecessor {id}, which does not name it as a successor"
            for id in agency.predecessors
            if id in known and agency.id not in known[id].successors
        ]
    try:
        TopologicalSorter({agency.id: agency.predecessors for agency in agencies}).prepare()
    except CycleError as error:
        found.append(f"{error.args[1][0]} is among its own predecessors")
    return found


def _backwards(owner: str, periods: Iterable[AgencyName | Attachment]) -> list[str]:
    return [
        f"{owner} has a period that ends on {item.end} before it begins on {item.start}"
        for item in periods
        if item.start is not None and item.end is not None and item.end < item.start
    ]


def _names_at_once(owner: str, names: tuple[AgencyName, ...]) -> list[str]:
    official = [name for name in names if name.official]
    found = [] if official else [f"{owner} has no official name"]
    found += [
        f"{owner} has two official names on one day: {one.text} and {other.text}"
        for one, other in itertools.combinations(official, 2)
        if _meet(one, other)
    ]
    return found


def _one_name_of_two(agencies: tuple[Agency, ...]) -> list[str]:
    """An official name that two bodies have on one day, unless both mark it as shared."""
    bearers: dict[str, list[tuple[AgencyId, AgencyName]]] = {}
    for agency in agencies:
        for name in agency.names:
            if name.official:
                bearers.setdefault(folded(name.text), []).append((agency.id, name))
    return [
        f"{first} and {second} have the official name {one.text} on one day"
        for same in bearers.values()
        for (first, one), (second, other) in itertools.combinations(same, 2)
        if first != second and _meet(one, other) and not (one.shared and other.shared)
    ]


def _meet(one: AgencyName, other: AgencyName) -> bool:
    """Whether there is a day on which both are valid."""
    return (one.end is None or (other.start or date.min) <= one.end) and (
        other.end is None or (one.start or date.min) <= other.end
    )
