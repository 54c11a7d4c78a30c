"""The course of a goal: what of its history is drawn and told, in the words of the page's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.history import LINEAGE, History, Stage
from ingest.store_tables import GoalRow
from web import river
from web.answers import answer_to
from web.inferred import HARMLESS
from web.river import End, River, Stop, Tie, TieKind, Void
from web.site import agency_name, document_name, site, speaker

Plain = dict[str, Any]
Place = tuple[str, int]
SHAPED = ("goal_returned", "goal_split", "goals_merged")
"""Events that say what the link itself says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A link that leads to a stage, from where, and what moved on that way."""

    link: Plain
    source: Stage
    events: tuple[Plain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stage as the table shows it; `others` are parts of a split or a merger that are no part of this history."""

    stage: Stage
    agency: str | None
    """Whose plan it is, where that is not whose the one before is."""
    arrivals: tuple[Arrival, ...]
    others: tuple[GoalRow, ...]
    report_read: bool
    """Whether a report on that year was read at all."""
    ended: Plain | None
    """The event that says the goal was dropped after this plan, where nothing of it went on."""


def rivers(rows: Sequence[Row], voids: Sequence[Void]) -> dict[str, River]:
    """The drawing for wide screens and paper, and for narrow ones."""
    stops = [_stop(row) for row in rows]
    ties = [_tie(arrival, row) for row in rows for arrival in row.arrivals]
    ends = [_end(row.stage, row.ended) for row in rows if row.ended]
    measures = {"wide": river.WIDE, "tall": river.NARROW}
    return {
        name: river.river(stops, ties, voids=voids, ends=ends, measure=measure)
        for name, measure in measures.items()
    }


def _where(stage: Stage) -> Place:
    return stage.goal.document.sha256, stage.goal.index


def _end_of(end: Plain | None) -> Place | None:
    return (end["sha256"], end["goal"]) if end and "goal" in end else None


def rows_of(found: History, asked: Stage) -> list[Row]:
    """A history's stages in order of their years, and within one year of their agencies."""
    links, events = site().store.derived.about(asked.goal.document.sha256)
    lineage = [link for link in links if link["type"] in LINEAGE]
    stages = {_where(stage): stage for stage in found.stages}
    # Of several bodies each keeps its place from year to year.
    ordered = sorted(found.stages, key=lambda one: (one.goal.document.years[:1], one.goal.document.agencies))
    rows: list[Row] = []
    for at, stage in enumerate(ordered):
        here, bodies = _where(stage), stage.goal.document.agencies
        earlier = ordered[at - 1].goal.document.agencies if at else bodies
        goes_on = any(_end_of(link["from"]) == here for link in lineage)
        rows.append(
            Row(
                stage=stage,
                agency=None if set(bodies) & set(earlier) or not bodies else bodies[0],
                arrivals=tuple(
                    Arrival(
                        link=link,
                        source=source,
                        events=tuple(
                            event for event in stage.events if _end_of(event["before"]) == _where(source)
                        ),
                    )
                    for link in stage.links
                    if (source := stages.get(_end_of(link["from"]) or here))
                ),
                others=tuple(_others(here, lineage, stages)),
                report_read=answer_to(stage.goal).report_read,
                ended=None
                if goes_on
                else next(
                    (
                        event
                        for event in events
                        if event["type"] == "goal_dropped" and _end_of(event["before"]) == here
                    ),
                    None,
                ),
            )
        )
    return rows


def _others(here: Place, lineage: Iterable[Plain], stages: dict[Place, Stage]) -> Iterator[GoalRow]:
    """Goals that a part of this one went to or came from, and that are not drawn."""
    for link in lineage:
        ends = _end_of(link["from"]), _end_of(link["to"])
        other = ends[1] if ends[0] == here else ends[0] if ends[1] == here else None
        if other is not None and other not in stages:
            rows = site().store.goals_of(other[0])
            yield next(row for row in rows if row.index == other[1])


def when(stage: Stage) -> str:
    """The plan's years in figures: 2015, or 2015–2018; a question mark where none is known."""
    years = stage.goal.document.years
    if not years:
        return "?"
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _stop(row: Row) -> Stop:
    stage, say = row.stage, speaker()
    goal, years = stage.goal.goal, stage.goal.document.years
    notes = [agency_name(row.agency, years[0] if years else None)] if row.agency else []
    notes += [f"{say('river_other')}: {_named(other)}" for other in row.others]
    return Stop(
        id=str(stage.goal.id),
        year=years[0] if years else None,
        when=when(stage),
        number=goal.key,
        title=goal.title,
        asked=goal.targets[0].text if goal.targets and goal.targets[0].text != goal.title else "",
        note="; ".join(notes),
        **_result(row),
    )


def _result(row: Row) -> dict[str, Any]:
    """What the report says: its figure and its verdict, after "perhaps" where the link is not sure."""
    say = speaker()
    if not row.stage.results:
        silent = say("never_reported_long") if row.report_read else say("river_no_report")
        return {"result": silent, "result_id": None, "status": None}
    found, link = row.stage.results[0]
    figure = " ".join((found.result.actual_printed or say("result")).split())
    told = f"{figure}, {say(found.result.status or 'no_verdict').lower()}"
    return {
        "result": told if link["sure"] else _perhaps(told),
        "result_id": str(found.id),
        "status": found.result.status,
    }


def _perhaps(words: str) -> str:
    return f"{speaker()('perhaps').capitalize()}: {words[:1].lower()}{words[1:]}"


def _named(other: GoalRow) -> str:
    years = " ".join(str(year) for year in other.document.years[:1])
    return f"{years} »{other.goal.title}«".strip()


def _tie(arrival: Arrival, row: Row) -> Tie:
    say, link = speaker(), arrival.link
    types = [event["type"] for event in arrival.events if event["type"] not in SHAPED]
    words = [say(f"river_{link['type']}")] if link["type"] != "continues" else []
    words += dict.fromkeys(say(f"event_{name}") for name in types if name != "reworded")
    if not words:
        words = [say("river_reworded" if "reworded" in types else "river_same")]
    if len(row.arrivals) > 1:
        words[-1] += f" ({plan_words(arrival.source, row.stage)})"
    told = ", ".join([words[0], *(word.lower() for word in words[1:])])
    return Tie(
        source=str(arrival.source.goal.id),
        target=str(row.stage.goal.id),
        kind=_kind(link["type"], types),
        sure=bool(link["sure"]),
        words=told if link["sure"] else _perhaps(told),
    )


def plan_words(stage: Stage, beside: Stage) -> str:
    """A plan and its number of the goal in a few words; whose it is only where that is another body."""
    document, key = stage.goal.document, stage.goal.goal.key
    other = not set(document.agencies) & set(beside.goal.document.agencies)
    whose = [agency_name(id, document.years[0] if document.years else None) for id in document.agencies[:1]]
    return " ".join(
        (*(whose if other else ()), when(stage), *((speaker()("number_short"), key) if key else ()))
    )


def _kind(link: str, types: Iterable[str]) -> TieKind:
    if link in ("split", "merged", "returned"):
        kind: TieKind = link  # type: ignore[assignment]
        return kind
    if any(name not in HARMLESS for name in types):
        return "changed"
    return "renumbered" if "goal_renumbered" in types else "same"


def _end(stage: Stage, event: Plain) -> End:
    """Where a goal was dropped; `after` of such an event is the whole plan that lacks it."""
    say = speaker()
    document = site().store.document(event["after"]["sha256"][:16])
    told = f"{say('river_ended')} {document_name(document) if document else ''}".strip()
    return End(
        source=str(stage.goal.id),
        words=told if event["sure"] else _perhaps(told),
        address=f"/document/{document.id}" if document else None,
        sure=bool(event["sure"]),
    )


def voids_of(found: History) -> list[Void]:
    """The years between two plans that have the goal, with what is known of the plan of each."""
    dated = [stage for stage in found.stages if stage.goal.document.years]
    covered = {year for stage in dated for year in stage.goal.document.years}
    voids: list[Void] = []
    for before, after in pairwise(dated):
        for year in range(before.goal.document.years[-1] + 1, after.goal.document.years[0]):
            if year not in covered:
                bodies = dict.fromkeys((*before.goal.document.agencies, *after.goal.document.agencies))
                voids.append(_void(year, list(bodies)))
                covered.add(year)
    return voids


def table_lines(rows: Iterable[Row], voids: Iterable[Void]) -> list[Row | Void]:
    """The table's rows: the plans, and before each the years that have none."""
    waiting = list(voids)
    lines: list[Row | Void] = []
    for row in rows:
        while waiting and row.stage.goal.document.years[:1] > (waiting[0].year,):
            lines.append(waiting.pop(0))
        lines.append(row)
    return lines


def _void(year: int, bodies: Iterable[Any]) -> Void:
    say = speaker()
    states = {
        body: row.state
        for body in bodies
        for row in site().store.derived.silence(body)
        if row.year == year and row.kind == "plan"
    }
    read = next((body for body, state in states.items() if state == "found"), None)
    if read is not None:
        return Void(year=year, words=say("river_not_in_plan"), address=f"/agency/{read}/{year}")
    state = next(iter(states.values()), "not_looked")
    return Void(year=year, words=f"{say('river_no_plan')} ({say('silence_' + state).lower()})", address=None)
