"""Each goal to the goal it continues: threads of one goal through the plans of a family.

Plans are gone through in order of time. All threads that a plan could take up and all its goals are solved as one
assignment; a thread remembers its earlier wordings, so that a goal may return to words of three plans ago.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.links.families import Kinship, Part, next_plan
from ingest.links.matrices import assign
from ingest.links.weights import Weights
from ingest.links.wording import QUICK, Space, Weighed, features, quick

NO_RIVAL = -5.0
"""What is taken for the next best gain where every other pair is hopeless: what such pairs have at most."""
Occurrence = tuple[int, int]
"""A part's place in the list of plans, and a goal's place in its document."""


@dataclass(slots=True)
class Thread:
    """One goal through the years within one body, with what its predecessors said."""

    body: str
    occurrences: list[Occurrence]
    heirs: set[str] = field(default_factory=set)
    """Successor bodies that have taken it up."""
    ended: bool = False
    """Split or merged: what came of it are threads of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One goal taken up by a later one: `kind` is `one`, `split` or `merged`."""

    before: Occurrence
    after: Occurrence
    kind: str
    pair: tuple[float, ...]
    """Features of the likest wording of the thread."""
    gain: float
    """Log odds of the pair."""
    margin: float
    """How much better than the next best choice of either side."""


class Lineage:
    """Threads and steps of a family's plans, `parts` in order of place."""

    def __init__(
        self,
        parts: Sequence[Part],
        wordings: Mapping[Occurrence, Weighed],
        space: Space,
        kinship: Kinship,
        weights: Weights,
    ) -> None:
        self.parts, self._wordings, self._space = parts, wordings, space
        self._kinship, self._weights = kinship, weights
        with_goals = [part for part in parts if part.goals]
        self.following = [next_plan(part, with_goals, kinship) for part in parts]
        self.threads: list[Thread] = []
        self.steps: list[Step] = []
        for index in range(len(parts)):
            self._take_up(index)

    def _open_threads(self, part: Part) -> list[tuple[Thread, Occurrence]]:
        """Threads that a plan could take up, each with the place where it was last."""
        ancestors = self._kinship.ancestors(part.body)
        found = []
        for thread in self.threads:
            inherited = thread.body in ancestors and part.body not in thread.heirs
            if thread.ended or not (thread.body == part.body or inherited):
                continue
            before = [place for place in thread.occurrences if self.parts[place[0]].start < part.start]
            if before:
                found.append((thread, before[-1]))
        return found

    def _fresh(self, part: Part) -> set[int]:
        """The plans that no other plan of their body or its successors follows before this one begins."""
        return {
            index
            for index, other in enumerate(self.parts)
            if other.start < part.start
            and ((following := self.following[index]) is None or following.start >= part.start)
        }

    def _take_up(self, index: int) -> None:
        part = self.parts[index]
        places = [(index, goal) for goal in part.goals]
        opened = self._open_threads(part)
        last = self._fresh(part)
        pairs: dict[tuple[int, int], tuple[float, ...]] = {}
        gains: dict[tuple[int, int], float] = {}
        for row, (thread, tip) in enumerate(opened):
            history = self._history(thread, tip)
            dormant = 0.0 if tip[0] in last else 1.0
            for column, place in enumerate(places):
                mine = self._wordings[place]
                near = [one for one in history if self._near(one, mine)]
                if not near:
                    continue
                likest = max((features(one, mine, self._space) for one in near), key=self._weights.likeness)
                pairs[row, column] = (*likest, dormant)
                gains[row, column] = self._weights.gain(pairs[row, column])
        self._settle(opened, places, pairs, gains, self._choose(opened, places, pairs, gains), last)

    def _near(self, one: Weighed, other: Weighed) -> bool:
        return not self._weights.hopeless(quick(one, other, self._space), QUICK)

    def _choose(
        self,
        opened: list[tuple[Thread, Occurrence]],
        places: list[Occurrence],
        pairs: Mapping[tuple[int, int], tuple[float, ...]],  # noqa: ARG002 - benchmarks/links/learn.py reads them
        gains: Mapping[tuple[int, int], float],
    ) -> list[tuple[int, int]]:
        above = {pair: gain - self._weights.least for pair, gain in gains.items()}
        return assign(above, len(opened), len(places))

    def _history(self, thread: Thread, tip: Occurrence) -> list[Weighed]:
        end = thread.occurrences.index(tip) + 1
        return [
            self._wordings[place] for place in thread.occurrences[max(0, end - self._weights.memory) : end]
        ]

    def _settle(
        self,
        opened: list[tuple[Thread, Occurrence]],
        places: list[Occurrence],
        pairs: Mapping[tuple[int, int], tuple[float, ...]],
        gains: Mapping[tuple[int, int], float],
        chosen: list[tuple[int, int]],
        last: set[int],
    ) -> None:
        by_row, by_column = dict(chosen), {column: row for row, column in chosen}
        kinds = dict.fromkeys(chosen, "one")
        more = self._more(
            gains, by_row, by_column, {row for row, (_, tip) in enumerate(opened) if tip[0] in last}
        )
        for pair, kind in more.items():
            kinds[pair] = kind
            other = (pair[0], by_row[pair[0]]) if kind == "split" else (by_column[pair[1]], pair[1])
            kinds[other] = kind
        for (row, column), kind in sorted(kinds.items()):
            thread, tip = opened[row]
            rivals = [
                gain for (r, c), gain in gains.items() if (r == row) != (c == column) and (r, c) not in kinds
            ]
            gain = gains[row, column]
            self.steps.append(
                Step(
                    before=tip,
                    after=places[column],
                    kind=kind,
                    pair=pairs[row, column],
                    gain=gain,
                    margin=gain - max(rivals, default=NO_RIVAL),
                )
            )
            self._grow(thread, places[column], kind)
        for column, place in enumerate(places):
            if column not in {pair[1] for pair in kinds}:
                self.threads.append(Thread(self.parts[place[0]].body, [place]))

    def _more(
        self,
        gains: Mapping[tuple[int, int], float],
        by_row: Mapping[int, int],
        by_column: Mapping[int, int],
        fresh: set[int],
    ) -> dict[tuple[int, int], str]:
        """Second pairs: a goal nobody continues that fits a taken one (merged), and the reverse (split)."""
        found: dict[tuple[int, int], str] = {}
        for (row, column), gain in sorted(gains.items(), key=lambda item: -item[1]):
            if row not in fresh or gain < self._weights.second:
                continue
            if row not in by_row and column in by_column and by_column[column] in fresh:
                partner = (by_column[column], column)
                kind = "merged"
            elif row in by_row and column not in by_column:
                partner = (row, by_row[row])
                kind = "split"
            else:
                continue
            if gains[partner] > self._weights.whole or partner[0] not in fresh:
                continue
            if any(row == r or column == c for r, c in found):
                continue
            found[row, column] = kind
        return found

    def _grow(self, thread: Thread, place: Occurrence, kind: str) -> None:
        body = self.parts[place[0]].body
        if kind == "one" and thread.body == body:
            thread.occurrences.append(place)
            return
        # What came of a split, a merger or a predecessor's goal is a thread of its own with the old words behind it.
        known = next((one for one in self.threads if one.occurrences[-1] == place), None)
        if known is None:
            self.threads.append(Thread(body, [*thread.occurrences, place]))
        else:
            known.occurrences[:-1] = [*known.occurrences[:-1], *thread.occurrences]
        if kind == "one":
            thread.heirs.add(body)
        elif thread.body == body:
            thread.ended = True
        else:
            thread.heirs.add(body)
