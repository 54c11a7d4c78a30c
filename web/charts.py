"""Charts as the server draws them: places in an SVG, and nothing that is not in the table under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 1136, 320
LEFT, RIGHT, TOP, BOTTOM = 72, 24, 24, 48
STEPS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure of a year: the plan's target and the report's result, each with its height; None where there is none."""

    year: int
    x: float
    target: Decimal | None
    target_y: float | None
    actual: Decimal | None
    actual_y: float | None
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Target and result over the years in one unit; `lines` are heights with the figure that stands there."""

    unit: str
    points: tuple[Point, ...]
    lines: tuple[tuple[float, Decimal], ...]
    stretches: tuple[tuple[tuple[float, float], ...], ...]
    """The target's line, broken where a plan has no figure in this unit."""
    width: int = WIDTH
    height: int = HEIGHT


Given = tuple[int, Decimal | None, Decimal | None, str | None]
"""Year, target, result and verdict."""


def chart(unit: str, given: Sequence[Given]) -> Chart | None:
    """The chart of these years, in their order; None where there are no two figures to draw."""
    figures = [value for _, target, actual, _ in given for value in (target, actual) if value is not None]
    if len(figures) < 2 or len(given) < 2:
        return None
    low, high = min(figures), max(figures)
    air = (high - low) / 6 or abs(high) / 10 or Decimal(1)
    low, high = low - air, high + air
    first, last = given[0][0], given[-1][0]
    if first == last:
        return None

    def x(year: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (year - first) / (last - first), 1)

    def y(value: Decimal | None) -> float | None:
        if value is None:
            return None
        return round(TOP + (HEIGHT - TOP - BOTTOM) * float((high - value) / (high - low)), 1)

    points = tuple(
        Point(
            year=year,
            x=x(year),
            target=target,
            target_y=y(target),
            actual=actual,
            actual_y=y(actual),
            status=status,
        )
        for year, target, actual, status in given
    )
    steps = [low + (high - low) * step / STEPS for step in range(STEPS + 1)]
    return Chart(
        unit=unit,
        points=points,
        lines=tuple((y(step) or 0.0, _round(step, high - low)) for step in steps),
        stretches=_stretches(points),
    )


def _round(value: Decimal, span: Decimal) -> Decimal:
    return value.quantize(Decimal(1) if span >= 8 else Decimal("0.1"))


def _stretches(points: Sequence[Point]) -> tuple[tuple[tuple[float, float], ...], ...]:
    found: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point.target_y is None:
            found.append([])
        else:
            found[-1].append((point.x, point.target_y))
    return tuple(tuple(some) for some in found if len(some) > 1)
