"""Bodies, families and plans in order: who is compared with whom, and which plan is the next.

A body is an agency of the registry or, where no source names it, its printed name. Bodies joined by a merger, a
split or a common document are one family: the unit that is linked anew when one of its documents changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crawler.agencies import settle
from crawler.names import folded
from crawler.records import AgencyId, Guess, Period, Registry, Sha256
from ingest.records import Extraction, Goal, Result

NAME_PREFIX = "name:"
SHORT = 5
"""Abbreviations of so many letters stand in many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as the linker sees it. `bodies` and `period` fall back on what the notes say of the file."""

    extraction: Extraction
    bodies: tuple[str, ...]
    period: Period | None
    seen: datetime | None
    """When it was last met; of two versions of one plan the later met is in force."""

    @property
    def sha256(self) -> Sha256:
        """The document's hash."""
        return self.extraction.document.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one document holds for one body: a plan, an amendment or a report, with the places of its records."""

    paper: Paper
    body: str
    start: date
    end: date
    goals: tuple[int, ...]
    results: tuple[int, ...]

    @property
    def sha256(self) -> Sha256:
        """The document's hash."""
        return self.paper.sha256

    def goal(self, index: int) -> Goal:
        """The goal at that place of the document."""
        return self.paper.extraction.goals[index]

    def result(self, index: int) -> Result:
        """The result at that place of the document."""
        return self.paper.extraction.results[index]

    @property
    def place(self) -> tuple[date, date, Sha256]:
        """By start, then end, then hash: the order in which plans are gone through."""
        return (self.start, self.end, self.sha256)


def body_of(agency: AgencyId | None, name_printed: str) -> str:
    """The agency's id, or its printed name where no source names it."""
    return agency or NAME_PREFIX + folded(name_printed)


class Naming:
    """Which bodies a document is of: those on its cover, mended by what its notes say."""

    def __init__(self, registry: Registry) -> None:
        self._names = {
            agency.id: tuple(folded(name.text) for name in agency.names) for agency in registry.agencies
        }

    def bodies(self, parties: Iterable[tuple[AgencyId | None, str]], guess: Guess) -> tuple[str, ...]:
        """Each body once, in order; where the cover names none, the one that the notes mean.

        A printed name that no source has, but that holds a name of the body that the notes mean, is that body's:
        a cover read badly is no new body.
        """
        found = []
        for agency, name in parties:
            body = body_of(agency, name)
            meant = self._names.get(guess.agency, ()) if guess.agency else ()
            if agency not in self._names and any(
                len(one) > SHORT and f" {one} " in f" {folded(name)} " for one in meant
            ):
                body = str(guess.agency)
            found.append(body)
        return tuple(dict.fromkeys(found)) or ((str(guess.agency),) if guess.agency else ())


def paper(extraction: Extraction, guess: Guess, seen: datetime | None, naming: Naming) -> Paper:
    """A document with its bodies and period, or with what file name and link say where it prints none."""
    bodies = naming.bodies(((party.agency, party.name_printed) for party in extraction.agencies), guess)
    period = extraction.period
    if period is None and guess.year is not None:
        period = Period(start=date(guess.year, 1, 1), end=date(guess.year, 12, 31))
    return Paper(extraction=extraction, bodies=bodies, period=period, seen=seen)


def _shares(paper: Paper, names: Sequence[str | None], registry: Registry) -> dict[str, tuple[int, ...]]:
    """Which records are whose: by the agency printed beside them, else the first body's."""
    by_name = {
        folded(party.name_printed): body_of(party.agency, party.name_printed)
        for party in paper.extraction.agencies
    }
    found: dict[str, list[int]] = {body: [] for body in paper.bodies}
    for index, name in enumerate(names):
        body = paper.bodies[0]
        if name is not None:
            day = paper.period.start if paper.period else None
            settled = settle(registry, name, day)
            known = settled if settled in found else by_name.get(folded(name))
            body = known if known in found else body
        found[body].append(index)
    return {body: tuple(indices) for body, indices in found.items()}


def parts(papers: Iterable[Paper], registry: Registry) -> tuple[Part, ...]:
    """Every document with body and period, cut into one part a body, in order of `place`."""
    found = []
    for paper in papers:
        if not paper.bodies or paper.period is None:
            continue
        goals = _shares(paper, [goal.agency for goal in paper.extraction.goals], registry)
        results = _shares(paper, [result.agency for result in paper.extraction.results], registry)
        found += [
            Part(
                paper=paper,
                body=body,
                start=paper.period.start,
                end=paper.period.end or date(paper.period.start.year, 12, 31),
                goals=goals[body],
                results=results[body],
            )
            for body in paper.bodies
        ]
    return tuple(sorted(found, key=lambda part: (*part.place, part.body)))


class Kinship:
    """Which bodies came before which: predecessors of all degrees, by the registry or as inferred."""

    def __init__(self, registry: Registry, inferred: Iterable[tuple[str, str]] = ()) -> None:
        self._before: dict[str, set[str]] = {}
        self.inferred = frozenset(inferred)
        """Pairs of predecessor and successor that no source names."""
        for one, other in self.inferred:
            self._before.setdefault(other, set()).add(one)
        for agency in registry.agencies:
            self._before.setdefault(agency.id, set()).update(agency.predecessors)
            for successor in agency.successors:
                self._before.setdefault(successor, set()).add(agency.id)

    def direct(self, body: str) -> frozenset[str]:
        """The bodies that it took over from."""
        return frozenset(self._before.get(body, ()))

    def ancestors(self, body: str) -> frozenset[str]:
        """Predecessors, their predecessors and so on; never the body itself."""
        found: set[str] = set()
        waiting = list(self._before.get(body, ()))
        while waiting:
            one = waiting.pop()
            if one not in found and one != body:
                found.add(one)
                waiting += self._before.get(one, ())
        return frozenset(found)

    def descends(self, later: str, earlier: str) -> bool:
        """Whether `later` is `earlier` or took over from it, however long ago."""
        return later == earlier or earlier in self.ancestors(later)


def families(
    bodies: Iterable[Iterable[str]], registry: Registry, inferred: Iterable[tuple[str, str]] = ()
) -> Mapping[str, str]:
    """Each body's family, named by its first body in order of letters; `bodies` are those of each document."""
    parent: dict[str, str] = {}

    def root(body: str) -> str:
        parent.setdefault(body, body)
        while parent[body] != body:
            parent[body] = parent[parent[body]]
            body = parent[body]
        return body

    def join(group: Iterable[str]) -> None:
        roots = sorted({root(body) for body in group})
        for other in roots[1:]:
            parent[other] = roots[0]

    for agency in registry.agencies:
        join((agency.id, *agency.predecessors, *agency.successors))
    for group in (*bodies, *inferred):
        join(group)
    return {body: root(body) for body in parent}


class Gaps:
    """Plans that are known to be there and could not be read: across them nothing is certain."""

    def __init__(self, unread: Iterable[Part], plans: Sequence[Part], kinship: Kinship) -> None:
        self._kinship = kinship
        self._gaps = [
            part
            for part in unread
            if not any(
                plan.body == part.body and plan.start <= part.end and plan.end >= part.start
                for plan in plans
                if plan.goals
            )
        ]

    def between(self, before: Part, after: Part) -> bool:
        """Whether an unread plan of the same line lies between the two."""
        return any(
            before.start < gap.start < after.start
            and self._kinship.descends(after.body, gap.body)
            and self._kinship.descends(gap.body, before.body)
            for gap in self._gaps
        )

    def ahead(self, after: Part, earlier: Iterable[Part]) -> bool:
        """Whether an unread plan of the line lies before this one and after all the earlier ones."""
        last = max((part.start for part in earlier), default=None)
        return any(
            gap.start < after.start
            and (last is None or gap.start > last)
            and self._kinship.descends(after.body, gap.body)
            for gap in self._gaps
        )


def unread_plan(paper: Paper) -> bool:
    """Whether the document is, or by its notes may be, a plan of which no goal could be read."""
    extraction = paper.extraction
    silent = extraction.kind == "other" and extraction.document.text_layer is None
    return silent or (extraction.kind == "plan" and not extraction.goals)


def next_plan(part: Part, plans: Sequence[Part], kinship: Kinship) -> Part | None:
    """The first plan of the body or its successors that begins after this one's period has ended."""
    later = [other for other in plans if other.start > part.end and kinship.descends(other.body, part.body)]
    return min(later, key=lambda other: other.place, default=None)
