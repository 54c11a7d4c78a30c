"""Coloured or framed boxes with text: what stands in one belongs together, whatever stands beside it."""

from typing import Any

from ingest.pages.layout import Line, Word, by_rows
from ingest.pages.words import lines_of
from ingest.records import Box

SMALLEST = 110, 55
"""Points, width and height: smaller shapes are cells, bars and marks."""

LARGEST = 0.62
"""Of the page: a larger shape is its background."""


def find_panels(
    page: Any, size: tuple[float, float], corner: tuple[float, float], tables: list[Box]
) -> list[Box]:
    """The panels of a pdfplumber page that hold no other, in reading order; tables have cells, no panels.

    `size` is the page's as displayed, `corner` its crop box's, in points.
    """
    width, height = size
    found: list[Box] = []
    for shape in (*page.rects, *page.curves):
        box = Box(
            round(shape["x0"] - corner[0], 2),
            round(shape["top"] - corner[1], 2),
            round(shape["x1"] - corner[0], 2),
            round(shape["bottom"] - corner[1], 2),
        )
        wide, high = box.x1 - box.x0, box.bottom - box.top
        if wide < SMALLEST[0] or high < SMALLEST[1] or wide * high > LARGEST * width * height:
            continue
        if any(_overlap(box, table) for table in tables) or any(_same(box, other) for other in found):
            continue
        found.append(box)
    inner = [box for box in found if not any(other is not box and _holds(box, other) for other in found)]
    return sorted(inner, key=lambda box: (box.top, box.x0)) if len(inner) > 1 else []


def panel_lines(words: list[Word], panels: list[Box], number: int) -> list[Line]:
    """Words in lines, those of a panel apart from those beside it."""
    groups: list[list[Word]] = [[] for _ in (*panels, None)]
    for word in words:
        groups[panel_of(word.box, panels)].append(word)
    lines = [line for group in groups if group for line in lines_of(group, number)]
    return by_rows(lines)


def panel_of(box: Box, panels: list[Box] | tuple[Box, ...]) -> int:
    """Which panel a box lies in, by its middle; one more than the last for none."""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    inside = (at for at, p in enumerate(panels) if p.x0 <= x <= p.x1 and p.top <= y <= p.bottom)
    return next(inside, len(panels))


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) < 4 for a, b in zip(one, other, strict=True))


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 <= inner.x0 + 1 and outer.top <= inner.top + 1 and outer.x1 >= inner.x1 - 1
        and outer.bottom >= inner.bottom - 1
    )  # fmt: skip


def _overlap(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom
