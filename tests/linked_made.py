"""Small plans and reports for tests of links and events: an agency's years in a few lines."""

import dataclasses
from datetime import date
from decimal import Decimal

from records_made import extraction, goal, result, sha

from crawler.records import Agency, AgencyId, AgencyName, Guess, Period, Registry
from ingest.derived import Event, Link
from ingest.links.families import Kinship, Naming, Paper, paper
from ingest.links.find import Linked, find_links
from ingest.links.weights import load_weights
from ingest.records import AgencyPrinted, Extraction, Goal, Result, Target

SICK = (
    "Lavere sygefravær",
    "Ledelsen følger fraværet hver måned.\nSygefraværet er højst {} dage pr. medarbejder.",
)
TIME = (
    "Hurtige svar",
    "Grundejere skal have svar i rimelig tid.\nSager afgøres i gennemsnit på højst {} dage.",
)
DIGITAL = "Digital selvbetjening", "Ansøgninger sendes på nettet.\nMindst {} pct. modtages gennem løsningen."
BUDGET = "Budgetoverholdelse", "God økonomistyring giver ro.\nForbruget er mindst {} pct. af bevillingen."


def target(text: str, comparator="at_most", value=None, unit="days", **fields) -> Target:
    """A target in words and figure."""
    empty = Target(
        text=text, comparator=comparator, value=None if value is None else Decimal(str(value)), value_to=None,
        unit=unit, period=None, deadline=None, baseline=None, degree=None, quotes=(), field_quotes={},
    )  # fmt: skip
    return dataclasses.replace(empty, **fields)


def said(concept: tuple[str, str], value, *, key=None, **fields) -> Goal:
    """A goal of one of the concepts above, with its figure; the last line of its text is its target."""
    title, text = concept
    unit = "percent" if "pct." in text else "days"
    comparator = "at_least" if "indst" in text else "at_most"
    demand = target(text.format(value).splitlines()[-1], comparator, value, unit)
    return goal(**{"key": key, "title": title, "text": text.format(value), "targets": (demand,), **fields})


def official(text: str) -> AgencyName:
    """An official name, valid at all times."""
    return AgencyName(
        text=text, start=None, end=None, official=True, wrong=False, background=False, shared=False
    )


def agency(id: str, *predecessors: str) -> Agency:
    """An agency of the registry."""
    return Agency(
        id=AgencyId(id), names=(official(id),), ministries=(),
        predecessors=tuple(AgencyId(other) for other in predecessors), successors=(), no_public_plan=(),
        html_only=(), changes=(), addresses=(), note=None, listed=True,
    )  # fmt: skip


def registry(*agencies: Agency) -> Registry:
    """A registry of these agencies, or of one called `dige`."""
    return Registry(ministries=(), agencies=agencies or (agency("dige"),))


def document(name: str, year: int, *, of="dige", kind="plan", years=1, **fields) -> Extraction:
    """A document of an agency for a year, or for several."""
    period = Period(start=date(year, 1, 1), end=date(year + years - 1, 12, 31))
    parties = (AgencyPrinted(name_printed=of, agency=AgencyId(of)),)
    return extraction(name, **{"kind": kind, "agencies": parties, "period": period, **fields})


def plan(name: str, year: int, *goals: Goal, **fields) -> Extraction:
    """A plan with these goals."""
    return document(name, year, goals=goals, **fields)


def report(name: str, year: int, *results: Result, **fields) -> Extraction:
    """A report with these results."""
    return document(name, year, kind="report", results=results, **fields)


def answer(of: Goal, **fields) -> Result:
    """A result that prints the goal's number, title and target."""
    printed = of.targets[0].text if of.targets else None
    return result(**{"goal_key": of.key, "goal_title": of.title, "target_printed": printed, **fields})


def papers(documents, known: Registry) -> list[Paper]:
    """The documents as the linker sees them, without notes."""
    naming = Naming(known)
    return [paper(one, Guess(agency=None, year=None), None, naming) for one in documents]


def linked(*documents: Extraction, known: Registry | None = None) -> Linked:
    """The family of these documents."""
    known = known or registry()
    return find_links(papers(documents, known), known, Kinship(known), load_weights())


NAMES = {sha(name): name for name in ("p1", "p2", "p3", "p4", "r1", "r2", "r3", "a1", "q1", "q2")}


def short(link: Link) -> str:
    """A link as `continues p1.0 p2.1`."""
    return f"{link.type} {spot(link.source)} {spot(link.target)}"


def spot(one) -> str:
    """A place as `p1.0`; a document as `p1`; nothing as `-`."""
    if one is None:
        return "-"
    index = one.goal if one.goal is not None else one.result
    return NAMES[one.sha256] + ("" if index is None else f".{index}")


def told(event: Event) -> str:
    """An event as `target_raised p1.0 p2.0 8 7`."""
    parts = [event.type, spot(event.before), spot(event.after)]
    return " ".join([*parts, *(str(value) for value in (event.was, event.now) if value is not None)])
