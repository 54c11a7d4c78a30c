"""One goal through the years: every plan that has it, what came of it, and what moved from one to the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crawler.codec import Codec
from ingest.comparison import document_plain
from ingest.records import GoalId
from ingest.store import Store
from ingest.store_tables import GoalRow, ResultRow

LINEAGE = ("continues", "returned", "split", "merged")
Plain = dict[str, Any]
Place = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The goal in one plan; `links` lead to it from the plans before, `events` say what moved on the way."""

    goal: GoalRow
    links: tuple[Plain, ...]
    events: tuple[Plain, ...]
    results: tuple[tuple[ResultRow, Plain], ...]
    """Each with the link that says it answers."""
    amended: GoalRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The stages in order of the plans' first years; `asked` is the goal that was asked for."""

    asked: GoalId
    stages: tuple[Stage, ...]


def trace_goal(store: Store, id: str) -> History | None:
    """The history of a goal: all that it came from and all that came of it; None where no goal has this id."""
    asked = store.goal(id)
    if asked is None:
        return None
    links, events = store.derived.about(asked.document.sha256)
    here = (asked.document.sha256, asked.index)
    lineage = [link for link in links if link["type"] in LINEAGE]
    places = {here} | _reached(here, lineage, "to", "from") | _reached(here, lineage, "from", "to")
    goals = {
        place: goal
        for sha256 in {sha256 for sha256, _ in places}
        for goal in store.goals_of(sha256)
        if (place := (sha256, goal.index)) in places
    }
    results: dict[Place, ResultRow] = {
        (result.document.sha256, result.index): result
        for sha256 in {
            link["to"]["sha256"]
            for link in links
            if link["type"] == "answers" and _place(link["from"]) in places
        }
        for result in store.results_of(sha256)
    }
    stages = [
        _stage(store, place, goal, links, events, results)
        for place, goal in sorted(
            goals.items(), key=lambda item: (item[1].document.years[:1], item[0][0], item[0][1])
        )
    ]
    return History(asked=asked.id, stages=tuple(stages))


def _place(end: Plain) -> Place:
    return end["sha256"], end["goal"]


def _reached(start: Place, lineage: Iterable[Plain], near: str, far: str) -> set[Place]:
    """Every place that links lead to from `start`, in one direction of time."""
    ways: dict[Place, list[Place]] = {}
    for link in lineage:
        ways.setdefault(_place(link[near]), []).append(_place(link[far]))
    found: set[Place] = set()
    waiting = [start]
    while waiting:
        for place in ways.get(waiting.pop(), ()):
            if place not in found:
                found.add(place)
                waiting.append(place)
    return found


def _stage(
    store: Store,
    place: Place,
    goal: GoalRow,
    links: Iterable[Plain],
    events: Iterable[Plain],
    results: dict[Place, ResultRow],
) -> Stage:
    end = {"sha256": place[0], "goal": place[1]}
    answered = [link for link in links if link["type"] == "answers" and link["from"] == end]
    restated = [link["to"] for link in links if link["type"] == "amends" and link["from"] == end]
    amended = None
    if restated:
        others = store.goals_of(restated[0]["sha256"])
        amended = next((other for other in others if other.index == restated[0]["goal"]), None)
    return Stage(
        goal=goal,
        links=tuple(link for link in links if link["type"] in LINEAGE and link["to"] == end),
        events=tuple(event for event in events if event.get("after") == end and event.get("before")),
        results=tuple(
            (results[link["to"]["sha256"], link["to"]["result"]], link)
            for link in answered
            if (link["to"]["sha256"], link["to"]["result"]) in results
        ),
        amended=amended,
    )


def history_plain(found: History, codec: Codec) -> dict[str, Any]:
    """A goal's history as JSON, oldest first."""
    return {
        "goal": found.asked,
        "stages": [
            {
                "id": stage.goal.id,
                "document": document_plain(stage.goal.document),
                "goal": codec.plain(stage.goal.goal),
                "results": [
                    {"id": row.id, "result": codec.plain(row.result), "inferred": {"link": link}}
                    for row, link in stage.results
                ],
                "amended": stage.amended.id if stage.amended else None,
                "inferred": {"links": list(stage.links), "events": list(stage.events)},
            }
            for stage in found.stages
        ],
    }
