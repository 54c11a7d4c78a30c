"""One goal through the years as a river: places in an SVG, time downwards, and nothing that the table lacks.

Every plan that has the goal is a stop with a row of its own; parts of a goal that was split run in lanes side by
side. All figures are units of the drawing's own viewBox; letters are counted, not measured, so a line is broken
rather too early than too late.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TieKind = Literal["same", "changed", "renumbered", "split", "merged", "returned"]
LineKind = Literal["title", "asked", "note", "result", "tie", "void", "end"]
BEND = 44.0
"""The longest stretch in which a band changes lanes; the rest of its way is straight down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """The goal in one plan: when, its number, its title and its first target in the plan's own words."""

    id: str
    year: int | None
    when: str
    number: str | None
    title: str
    asked: str
    note: str
    """Whose plan it is where that changed, and which other parts are not shown; "" for nothing."""
    result: str
    """What the report says of it; "" where none answers."""
    result_id: str | None
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """From one stop to a later one, with what it is called; `sure` is false where it is only thought so."""

    source: str
    target: str
    kind: TieKind
    sure: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """A year between stops that has none, and why."""

    year: int
    words: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """Where a goal ends: the stop that is its last, and the plan that lacks it."""

    source: str
    words: str
    address: str | None
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text that begins at (x, y), y on its base."""

    kind: LineKind
    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A stop as it is drawn: the middle of its mark, and its lines."""

    stop: Stop
    x: float
    y: float
    year_y: float
    lines: tuple[Line, ...]
    result: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A tie as it is drawn: its outline, the place of its mark, and its words."""

    tie: Tie
    path: str
    x: float
    y: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shore:
    """A year without the goal: a strip across the drawing."""

    void: Void
    top: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mouth:
    """An end as it is drawn: a short band and a bar across it."""

    end: End
    x: float
    top: float
    bottom: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One width of the drawing: where lanes begin, how wide they and their marks are, how large its letters."""

    width: float
    first_lane: float
    lane: float
    mark: tuple[float, float]
    band: float
    letter: float
    results_x: float | None
    """Where results stand in a column of their own; None: below the goal's words."""


WIDE = Measure(width=1136, first_lane=104, lane=60, mark=(44, 26), band=18, letter=16, results_x=760)
NARROW = Measure(width=358, first_lane=64, lane=34, mark=(32, 24), band=11, letter=14, results_x=None)
LETTER = 0.52
"""How wide a letter is beside its size, in the mean of Danish text."""
SIGN = 22.0
"""The room of a verdict's mark before its words."""
LANES_AT_MOST = 4
"""So many lanes have their full width; more share the room of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """The whole drawing."""

    measure: Measure
    height: float
    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    shores: tuple[Shore, ...]
    mouths: tuple[Mouth, ...]


def lanes(stops: Sequence[Stop], ties: Sequence[Tie]) -> dict[str, int]:
    """The lane of each stop, from 0: the first to continue a stop has its lane, every other one a free one."""
    order = {stop.id: at for at, stop in enumerate(stops)}
    found: dict[str, int] = {}
    for at, stop in enumerate(stops):
        heirs = sorted({tie.target for tie in ties if tie.source == stop.id}, key=order.__getitem__)
        if stop.id not in found:
            found[stop.id] = _free(found, order, ties, at)
        inherited = False
        for heir in heirs:
            if heir in found:
                continue
            found[heir] = _free(found, order, ties, at) if inherited else found[stop.id]
            inherited = True
    return found


def _free(found: dict[str, int], order: dict[str, int], ties: Sequence[Tie], at: int) -> int:
    """The first lane that no stop from this row on has, and that no tie passes on its way down."""
    taken = {lane for id, lane in found.items() if order[id] >= at}
    taken |= {found[tie.source] for tie in ties if tie.source in found and order[tie.target] > at}
    return next(lane for lane in range(len(order) + 1) if lane not in taken)


class _Drawing:
    """The drawing while it grows downwards."""

    def __init__(self, measure: Measure, lane_of: dict[str, int]) -> None:
        self.measure = measure
        self.lane_of = lane_of
        count = max(lane_of.values(), default=0) + 1
        self.step = measure.lane * min(1.0, LANES_AT_MOST / count)
        self.text_x = measure.first_lane + self.step * (count - 1) + measure.mark[0] / 2 + 16
        self.y = 8.0
        self.places: dict[str, tuple[float, float]] = {}
        self.nodes: list[Node] = []
        self.bands: list[Band] = []
        self.shores: list[Shore] = []
        self.mouths: list[Mouth] = []

    def x(self, stop: str) -> float:
        return round(self.measure.first_lane + self.step * self.lane_of[stop], 1)

    def written(self, kind: LineKind, text: str, most: int, x: float | None = None) -> tuple[Line, ...]:
        """The lines of a text from here down; the drawing grows by them. Too long a text ends in an ellipsis."""
        left = self.text_x if x is None else x
        right = self.measure.results_x if x is None and self.measure.results_x else self.measure.width
        size = self.measure.letter - (0 if kind == "title" else 2)
        letters = max(12, int((right - 16 - left) / (size * LETTER)))
        step = round(size * 1.4, 1)
        lines = []
        for part in textwrap.wrap(text, letters, max_lines=most, placeholder=" …"):
            self.y += step
            lines.append(Line(kind=kind, x=left, y=round(self.y - step * 0.28, 1), text=part))
        return tuple(lines)

    def told(self, stop: Stop, top: float) -> tuple[Line, ...]:
        """What the report says: in its own column beside the goal's words, or below them, with room for a mark."""
        if not stop.result:
            return ()
        if self.measure.results_x is None:
            return self.written("result", stop.result, 2, self.text_x + SIGN)
        below, self.y = self.y, top
        lines = self.written("result", stop.result, 3, self.measure.results_x + SIGN)
        self.y = max(self.y, below)
        return lines

    def stop(self, stop: Stop, ties: Sequence[Tie]) -> None:
        """A row: the words of what leads here, then the stop's own."""
        above = self.y
        self.y += 8
        arriving = [(tie, self.written("tie", tie.words, 3)) for tie in ties]
        self.y = max(self.y + 8, above + (34 if ties else 12))
        top, middle = self.y, self.y + self.measure.letter * 0.7
        lines = self.written("title", stop.title, 3)
        lines += self.written("asked", stop.asked, 3) if stop.asked else ()
        lines += self.written("note", stop.note, 3) if stop.note else ()
        result = self.told(stop, top)
        x, y = self.x(stop.id), round(middle, 1)
        self.places[stop.id] = (x, y)
        self.nodes.append(Node(stop=stop, x=x, y=y, year_y=round(y + 5, 1), lines=lines, result=result))
        for tie, said in arriving:
            self.bands.append(self.band(tie, said))
        self.y = max(self.y, y + self.measure.mark[1] / 2)

    def band(self, tie: Tie, lines: tuple[Line, ...]) -> Band:
        """The outline of a tie between two stops that are placed, down one edge and up the other."""
        (x1, y1), (x2, y2) = self.places[tie.source], self.places[tie.target]
        y1, y2 = y1 + self.measure.mark[1] / 2, y2 - self.measure.mark[1] / 2
        bend = min(BEND, y2 - y1)
        # A part that was split off leaves at once; one that is merged keeps its own lane to the last, if that is free.
        late = tie.kind == "merged" and not any(x == x1 and y1 < y < y2 for x, y in self.places.values())
        start, end = (y2 - bend, y2) if late else (y1, y1 + bend)
        half, middle = self.measure.band / 2, (start + end) / 2
        down = f"M{_at(x1 - half, y1)}V{start:.1f}C{_at(x1 - half, middle)} {_at(x2 - half, middle)} {_at(x2 - half, end)}V{y2:.1f}"
        up = f"H{x2 + half:.1f}V{end:.1f}C{_at(x2 + half, middle)} {_at(x1 + half, middle)} {_at(x1 + half, start)}V{y1:.1f}Z"
        # Its mark stands near its words, which are above the stop that it leads to.
        sign = y2 - min(18, (y2 - y1) / 2)
        return Band(tie=tie, path=down + up, x=x2, y=round(sign, 1), lines=lines)

    def void(self, void: Void) -> None:
        """A strip for a year that has no stop."""
        self.y += 8
        top = self.y
        self.y += 4
        lines = self.written("void", void.words, 2)
        self.y += 6
        self.shores.append(Shore(void=void, top=top, height=round(self.y - top, 1), lines=lines))

    def end(self, end: End) -> None:
        """Below a stop: its lane ends, and what is said of it."""
        x, y = self.places[end.source]
        self.y += 10
        lines = self.written("end", end.words, 3)
        top, bottom = y + self.measure.mark[1] / 2, lines[0].y - 5 if lines else self.y
        self.mouths.append(Mouth(end=end, x=x, top=round(top, 1), bottom=round(bottom, 1), lines=lines))


def _at(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"


def river(
    stops: Sequence[Stop],
    ties: Sequence[Tie],
    *,
    voids: Sequence[Void] = (),
    ends: Sequence[End] = (),
    measure: Measure = WIDE,
) -> River:
    """The drawing of these stops, in their order, which is that of their years."""
    drawing = _Drawing(measure, lanes(stops, ties))
    waiting = sorted(voids, key=lambda void: void.year)
    for stop in stops:
        while waiting and stop.year is not None and waiting[0].year < stop.year:
            drawing.void(waiting.pop(0))
        drawing.stop(stop, [tie for tie in ties if tie.target == stop.id])
        for end in ends:
            if end.source == stop.id:
                drawing.end(end)
    return River(
        measure=measure,
        height=round(drawing.y + 8, 1),
        nodes=tuple(drawing.nodes),
        bands=tuple(drawing.bands),
        shores=tuple(drawing.shores),
        mouths=tuple(drawing.mouths),
    )
