"""Overviews of what is inferred: an agency's score over the years, its picture, the silence ledger, recurring goals."""

import re
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from crawler.records import AgencyId
from ingest.comparison import Comparison, compare_year
from ingest.derived import Silence
from ingest.fulfilment import Fulfilled
from ingest.records import Goal, Passage, Result, Target
from ingest.store_tables import DocumentRow, GoalRow, ResultRow
from web import charts
from web.answers import answer_to
from web.joint import belongs, own_part
from web.site import (
    agency_of,
    answer,
    documents,
    documents_of,
    ministries_now,
    registry,
    site,
    speaker,
    takes,
)
from web.subjects import load_subjects
from web.tables import as_csv
from web.wording import Piece, word_diff

CLASSES = ("met", "partly_met", "not_met", "other", "unsure", "unanswered", "no_report")
"""What became of a goal, as the scorecard counts it; `unsure`: what answers it is only thought to.

The last two are silence, and no failure.
"""
PER_PAGE = 100
PASSAGES = ("mission", "vision", "strategic_picture")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One year of an agency: how many of its top-level goals fell in each class, and the fulfilment."""

    year: int
    counts: tuple[tuple[str, int], ...]
    total: int
    fulfilled: Fulfilled | None
    stated: str | None


def scorecard(id: str) -> ResponseReturnValue:
    """Met, partly, not met and silent over the years, weighted and not."""
    agency = agency_of(id)
    years = sorted({year for row in documents_of(agency.id) for year in row.years if row.kind == "plan"})
    scores = [
        _score(own_part(compare_year(site().store, AgencyId(id), year), registry().agencies))
        for year in years
    ]
    scores = [score for score in scores if score.total]
    if not scores:
        abort(404)
    if request.path.endswith(".csv"):
        return as_csv(
            ("year", *CLASSES, "weighted_low", "weighted_high", "stated"),
            (
                (
                    score.year,
                    *(count for _, count in score.counts),
                    score.fulfilled.low if score.fulfilled else None,
                    score.fulfilled.high if score.fulfilled else None,
                    score.stated,
                )
                for score in scores
            ),
            f"{id}-scorecard",
        )
    given = [(score.year, score.counts) for score in scores]
    drawn = {
        "wide": charts.bars(given, frame=charts.WIDE),
        "tall": charts.bars(given, frame=charts.NARROW),
    }
    return answer(
        "scorecard.html", lambda: scores, agency=agency, scores=scores, classes=CLASSES, charts=drawn
    )


def _score(found: Comparison) -> Score:
    counts = dict.fromkeys(CLASSES, 0)
    for plan in found.plans:
        for line in plan.lines:
            goal = line.goal.goal
            if goal.parent is not None or not goal.binding:
                continue
            statuses = {answer.result.result.status for answer in line.answers if answer.link["sure"]}
            if not found.reports:
                counts["no_report"] += 1
            elif not line.answers:
                counts["unanswered"] += 1
            elif not statuses:
                counts["unsure"] += 1
            else:
                first = ("not_met", "partly_met", "met")
                counts[next((name for name in first if name in statuses), "other")] += 1
    return Score(
        year=found.year,
        counts=tuple(counts.items()),
        total=sum(counts.values()),
        fulfilled=next((plan.fulfilled for plan in found.plans if plan.fulfilled), None),
        stated=found.stated[0][1].printed if found.stated else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One plan's passage against that of the plan before; `changed` is None for the first."""

    document: DocumentRow
    passage: Passage
    pieces: tuple[Piece, ...]
    changed: bool | None


def pictures(id: str) -> ResponseReturnValue:
    """Mission, vision and strategic picture of an agency through the years, each against the one before."""
    agency = agency_of(id)
    plans = [row for row in documents_of(agency.id) if row.kind == "plan" and row.years]
    found: dict[str, list[Picture]] = {name: [] for name in PASSAGES}
    for row in sorted(plans, key=lambda row: row.years[0]):
        extraction = site().store.extraction(row.id)
        for name in PASSAGES:
            passage: Passage | None = getattr(extraction, name, None)
            if passage is None:
                continue
            before = found[name][-1].passage.text if found[name] else None
            pieces = word_diff(before if before is not None else passage.text, passage.text)
            changed = None if before is None else any(piece.kind != "same" for piece in pieces)
            found[name].append(Picture(document=row, passage=passage, pieces=tuple(pieces), changed=changed))
    shown = {name: some for name, some in found.items() if some}
    if not shown:
        abort(404)
    runs = {name: _runs(some) for name, some in shown.items()}
    return answer("pictures.html", lambda: shown, agency=agency, found=runs)


def _runs(some: list[Picture]) -> list[tuple[Picture, list[Picture]]]:
    """Each wording with the plans after it that have it word for word."""
    found: list[tuple[Picture, list[Picture]]] = []
    for one in some:
        if one.changed is False and found:
            found[-1][1].append(one)
        else:
            found.append((one, []))
    return found


@takes("agency", "ministry", "state", "kind", "year", "page")
def silence() -> ResponseReturnValue:
    """The ledger: what is there for an agency, a year and a kind, and what is not."""
    number = request.args.get("page", "1")
    if not number.isdigit() or not 1 <= int(number) <= 10_000:
        abort(400, speaker()("page_numbers"))
    chosen = {
        name: request.args.get(name) or None for name in ("agency", "ministry", "state", "kind", "year")
    }
    agency = chosen["agency"]
    every = site().store.derived.silence(AgencyId(agency) if agency else None)
    # What nobody looked for says least: it comes last.
    rows = sorted((r for r in every if _wanted(r, chosen)), key=lambda row: row.state == "not_looked")
    if request.path.endswith(".csv"):
        return as_csv(
            ("agency", "year", "kind", "state", "reason", "days_late"),
            ((r.agency, r.year, r.kind, r.state, r.reason, r.days_late) for r in rows),
            "silence",
        )
    offset = (int(number) - 1) * PER_PAGE
    return answer(
        "silence.html",
        lambda: rows,
        rows=rows[offset : offset + PER_PAGE],
        total=len(rows),
        number=int(number),
        last=-(-len(rows) // PER_PAGE),
        chosen=chosen,
        ministries=[one.id for one in registry().ministries if one.id in set(ministries_now().values())],
        papers=_papers,
        states=sorted({row.state for row in every} | ({chosen["state"]} if chosen["state"] else set())),
        agencies=[one.id for one in registry().agencies],
        years=sorted({year for row in documents() for year in row.years}, reverse=True),
    )


def _papers(row: Silence) -> list[DocumentRow]:
    """The documents that a line of the ledger speaks of."""
    kinds = ("plan", "amendment") if row.kind == "plan" else ("report",)
    return [one for one in documents_of(row.agency) if row.year in one.years and one.kind in kinds]


def _wanted(row: Silence, chosen: dict[str, str | None]) -> bool:
    if chosen["ministry"] and ministries_now().get(row.agency) != chosen["ministry"]:
        return False
    return all(chosen[name] in (None, str(getattr(row, name))) for name in ("state", "kind", "year"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A goal of a subject in one year of an agency: its first target, and the result if a report answers it."""

    row: GoalRow
    target: Target | None
    answered: ResultRow | None
    sure: bool

    @property
    def result(self) -> Result | None:
        """What the report says of it."""
        return self.answered.result if self.answered else None


@takes("subject")
def recurring() -> ResponseReturnValue:
    """Goals that come again everywhere, agency by year, with target and result."""
    subjects = load_subjects()
    subject = request.args.get("subject") or next(iter(subjects))
    if subject not in subjects:
        abort(400, speaker()("no_such_subject"))
    words = re.compile("|".join(map(re.escape, subjects[subject])), re.IGNORECASE)
    plans = [row for row in documents() if row.kind == "plan" and row.goals and row.years and row.agencies]
    grid: dict[AgencyId, dict[int, Recurring]] = {}
    for row in plans:
        for goal in site().store.goals_of(row.id):
            if words.search(goal.goal.title) or _demands(goal.goal, words):
                target, said = next(iter(goal.goal.targets), None), answer_to(goal)
                cell = Recurring(row=goal, target=target, answered=said.result, sure=said.sure)
                for id in row.agencies:
                    if belongs(row, goal.goal.agency, id, registry().agencies):
                        grid.setdefault(id, {}).setdefault(row.years[0], cell)
    years = sorted({year for cells in grid.values() for year in cells})
    if request.path.endswith(".csv"):
        return as_csv(
            ("agency", "year", "goal", "title", "comparator", "value", "unit", "status", "actual"),
            (
                _cell(agency, year, cell)
                for agency, cells in grid.items()
                for year, cell in sorted(cells.items())
            ),
            f"recurring-{subject}",
        )
    return answer(
        "recurring.html",
        lambda: [
            {
                "agency": agency,
                "year": year,
                "goal": cell.row.id,
                "target": cell.target,
                "result": cell.result,
            }
            for agency, cells in grid.items()
            for year, cell in sorted(cells.items())
        ],
        grid=grid,
        years=years,
        subject=subject,
        subjects=list(subjects),
    )


def _demands(goal: Goal, words: re.Pattern[str]) -> bool:
    return any(words.search(target.text) for target in goal.targets)


def _cell(agency: str, year: int, cell: Recurring) -> tuple[Any, ...]:
    target, result = cell.target, cell.result
    return (
        agency,
        year,
        cell.row.id,
        cell.row.goal.title,
        target.comparator if target else None,
        target.value if target else None,
        target.unit if target else None,
        result.status if result else None,
        result.actual_printed if result else None,
    )


ROUTES = (
    ("/agency/<id>/scorecard.json", scorecard),
    ("/agency/<id>/scorecard.csv", scorecard),
    ("/agency/<id>/scorecard", scorecard),
    ("/agency/<id>/picture.json", pictures),
    ("/agency/<id>/picture", pictures),
    ("/silence.json", silence),
    ("/silence.csv", silence),
    ("/silence", silence),
    ("/recurring.json", recurring),
    ("/recurring.csv", recurring),
    ("/recurring", recurring),
)
