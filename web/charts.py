"""Charts as the server draws them: places in an SVG, and nothing that is not in the table under it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

AIR = 20.0
"""Between the frame and the first and the last year."""
MOST_LINES = 6
YEAR_ROOM = 44.0
"""How wide a year's label is, with air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How large a chart is, and how much of it is for the labels at its edges."""

    width: float
    height: float
    left: float
    right: float = 8
    top: float = 16
    bottom: float = 40


WIDE = Frame(width=1136, height=320, left=72)
NARROW = Frame(width=358, height=260, left=48)


class Given(NamedTuple):
    """A plan's figures for its first year: target, result and verdict, None where there is none."""

    id: str
    year: int
    target: Decimal | None
    actual: Decimal | None
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was given, with its place; no height where there is no figure."""

    given: Given
    x: float
    target_y: float | None
    actual_y: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A line between two figures of a kind; `sure` is false where it is only thought that they belong together."""

    kind: Literal["target", "actual"]
    start: tuple[float, float]
    end: tuple[float, float]
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Target and result over the years in one unit; `lines` are heights with the figure that stands there."""

    unit: str
    frame: Frame
    points: tuple[Point, ...]
    lines: tuple[tuple[float, Decimal], ...]
    years: tuple[tuple[float, int], ...]
    stretches: tuple[Stretch, ...]


def chart(
    unit: str, given: Sequence[Given], joined: Iterable[tuple[str, str, bool]], *, frame: Frame = WIDE
) -> Chart | None:
    """The chart of these figures; `joined` are (from, to, sure) by id. None where there are no two to draw.

    A line is drawn only between figures that belong together directly: one in another unit between them breaks it.
    """
    figures = [value for one in given for value in (one.target, one.actual) if value is not None]
    years = sorted({one.year for one in given})
    if len(figures) < 2 or len(years) < 2:
        return None
    steps = _steps(min(figures), max(figures))
    low, high = steps[0], steps[-1]
    start, end = frame.left + AIR, frame.width - frame.right - AIR

    def x(year: int) -> float:
        return round(start + (end - start) * (year - years[0]) / (years[-1] - years[0]), 1)

    def y(value: Decimal) -> float:
        return round(
            frame.top + (frame.height - frame.top - frame.bottom) * float((high - value) / (high - low)), 1
        )

    points = {
        one.id: Point(
            given=one,
            x=x(one.year),
            target_y=None if one.target is None else y(one.target),
            actual_y=None if one.actual is None else y(one.actual),
        )
        for one in given
    }
    return Chart(
        unit=unit,
        frame=frame,
        points=tuple(points.values()),
        lines=tuple((y(step), step) for step in steps),
        years=tuple((x(year), year) for year in _labelled(years, end - start)),
        stretches=tuple(
            stretch
            for source, target, sure in joined
            if source in points and target in points
            for stretch in _stretches(points[source], points[target], sure=sure)
        ),
    )


def _steps(low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """Round figures that hold both, evenly apart and no more than MOST_LINES."""
    span = high - low or abs(high) or Decimal(1)
    size = Decimal(10) ** (math.floor(math.log10(span)) - 1)
    for factor in (1, 2, 5, 10, 20, 50):
        step = size * factor
        first, last = math.floor(low / step), math.ceil(high / step)
        if first == last:
            last += 1
        if last - first < MOST_LINES:
            break
    # normalize() alone would write 60 as 6E+1.
    decimals = min(step.normalize(), Decimal(1))
    return tuple((step * at).quantize(decimals) for at in range(first, last + 1))


def _labelled(years: Sequence[int], width: float) -> list[int]:
    """The years that have room for a label; the first and every so many after it."""
    every = max(1, math.ceil(YEAR_ROOM * (years[-1] - years[0]) / width))
    return [year for year in range(years[0], years[-1] + 1) if (year - years[0]) % every == 0]


def _stretches(before: Point, after: Point, *, sure: bool) -> Iterable[Stretch]:
    if before.target_y is not None and after.target_y is not None:
        yield Stretch(
            kind="target", start=(before.x, before.target_y), end=(after.x, after.target_y), sure=sure
        )
    if before.actual_y is not None and after.actual_y is not None:
        yield Stretch(
            kind="actual", start=(before.x, before.actual_y), end=(after.x, after.actual_y), sure=sure
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a bar: what it counts, how many, and where it stands."""

    name: str
    count: int
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One year's bar, its parts from the ground up."""

    year: int
    x: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts over the years, stacked; a year without a plan has no bar."""

    frame: Frame
    width: float
    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, Decimal], ...]
    years: tuple[tuple[float, int], ...]


def bars(given: Sequence[tuple[int, Sequence[tuple[str, int]]]], *, frame: Frame = WIDE) -> Bars:
    """Stacked bars of (year, counts by name), the years in order and evenly apart."""
    first, last = given[0][0], given[-1][0]
    room = (frame.width - frame.left - frame.right) / (last - first + 1)
    steps = _steps(Decimal(0), Decimal(max(sum(count for _, count in counts) for _, counts in given)))
    ground, scale = frame.height - frame.bottom, float(steps[-1] - steps[0]) or 1.0

    def y(value: float) -> float:
        return round(ground - (ground - frame.top) * value / scale, 1)

    def middle(year: int) -> float:
        return round(frame.left + room * (year - first + 0.5), 1)

    drawn = []
    for year, counts in given:
        parts, below = [], 0
        for name, count in counts:
            if count:
                top = y(below + count)
                parts.append(Part(name=name, count=count, y=top, height=round(y(below) - top, 1)))
            below += count
        drawn.append(Bar(year=year, x=middle(year), parts=tuple(parts)))
    labelled = _labelled((first, last), room * max(1, last - first))
    return Bars(
        frame=frame,
        width=round(min(room * 0.7, 56), 1),
        bars=tuple(drawn),
        lines=tuple((y(float(step)), step) for step in steps if step == int(step)),
        years=tuple((middle(year), year) for year in labelled),
    )
