"""Ids of goals and results, made of what cannot change: bytes and place.

A table-free promise: `<document>/<page>-<top>-<left>` of the first quote in whole points, `~2` for a second
record of the same kind at the same point, in reading order.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawler.records import document_id
from ingest.records import Extraction, Goal, GoalId, Result, ResultId

NEAR_POINTS = 36


class Place(NamedTuple):
    """A record's point on its page, in whole points from the top left; `turn` counts records at one point."""

    page: int
    top: int
    left: int
    turn: int

    def __str__(self) -> str:
        """As in an address: `3-412-72`, or `3-412-72~2`."""
        return f"{self.page}-{self.top}-{self.left}" + (f"~{self.turn}" if self.turn > 1 else "")


def parse_place(text: str) -> Place:
    """Read `3-412-72` or `3-412-72~2`. Raises ValueError for anything else."""
    point, _, turn = text.partition("~")
    page, top, left = point.split("-")
    place = Place(int(page), int(top), int(left), int(turn or 1))
    if str(place) != text:
        raise ValueError(f"{text!r} is no place such as 3-412-72")
    return place


def places(records: Iterable[Goal | Result]) -> tuple[Place, ...]:
    """The place of each record, in their order; a record without a quote lies at 0-0-0."""
    seen: dict[tuple[int, int, int], int] = {}
    found = []
    for record in records:
        point = (0, 0, 0)
        if record.quotes:
            first = record.quotes[0]
            point = (first.page, round(first.box.top), round(first.box.x0))
        seen[point] = seen.get(point, 0) + 1
        found.append(Place(*point, seen[point]))
    return tuple(found)


def goal_ids(extraction: Extraction) -> tuple[GoalId, ...]:
    """The id of each goal, in the order of `goals`."""
    start = document_id(extraction.document.sha256)
    return tuple(GoalId(f"{start}/{place}") for place in places(extraction.goals))


def result_ids(extraction: Extraction) -> tuple[ResultId, ...]:
    """The id of each result, in the order of `results`."""
    start = document_id(extraction.document.sha256)
    return tuple(ResultId(f"{start}/{place}") for place in places(extraction.results))


def nearest(place: Place, among: Sequence[Place]) -> Place | None:
    """The place of the same page nearest to this point, within 36 points; None where there is none."""
    same = [
        (((other.top - place.top) ** 2 + (other.left - place.left) ** 2) ** 0.5, other)
        for other in among
        if other.page == place.page
    ]
    near = [pair for pair in same if pair[0] <= NEAR_POINTS]
    return min(near)[1] if near else None
