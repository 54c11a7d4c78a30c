"""Where cells end that are drawn without vertical rulings: cell by cell from below, or between full rulings by gaps.

All places are points of the page as it was made, from the top.
"""

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Any

from ingest.records import Box

NARROWEST_CELL = 8
"""Points; a shorter piece of ruling is a mark or an end of a dash."""

FEWEST_WALLS = 3
"""A row of two cells has one on each side and one between."""

MOST_HEADING_LINES = 3

FEWEST_BANDS = 3
TALLEST_BAND = 220
"""Points; a taller stretch between two rulings is a page's text, no row."""

MUCH_TALLER, TALL = 2.5, 60
"""Times the usual height of a row, and points."""

GAP = 7
"""Points without a word in any row: wider than the space between words, so it parts two columns."""

Rulings = dict[float, list[tuple[float, float]]]


def undrawn_walls(edges: list[dict[str, Any]], boxes: list[Box]) -> tuple[list[Box], list[Box]]:
    """The walls of cells that no vertical ruling draws, and the upper ends of heading rows without a ruling.

    `edges` are pdfplumber's, `boxes` those of the page's words.
    """
    lines: Rulings = {}
    for edge in edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > NARROWEST_CELL:
            place = next((y for y in lines if abs(y - edge["top"]) < 1.5), edge["top"])
            lines.setdefault(place, []).append((edge["x0"], edge["x1"]))
    walls, tops = parted_walls(lines, edges, boxes)
    for run in _runs(lines, edges, {wall.top for wall in walls}):
        for part in _tables(run, lines[run[0]][0], boxes):
            walls += banded_walls(part, lines[run[0]][0], boxes)
    return walls, tops


def _tables(run: list[float], width: tuple[float, float], boxes: list[Box]) -> list[list[float]]:
    """A run of rulings cut where running text stands between two of them: one table ends there, another begins."""
    parts: list[list[float]] = [[run[0]]]
    usual = median(lower - upper for upper, lower in pairwise(run))
    for upper, lower in pairwise(run):
        row = _between(boxes, width, upper, lower)
        height = max((box.bottom - box.top for box in row), default=0.0)
        tall = bool(row) and max(box.bottom for box in row) - min(box.top for box in row) > 1.6 * height
        # What is far taller than the rows around it holds a heading, text and the next table's head.
        apart = lower - upper > max(MUCH_TALLER * usual, TALL)
        if (len(_spans(row)) == 1 and tall) or apart:
            parts.append([])
        parts[-1].append(lower)
    return [part for part in parts if len(part) >= FEWEST_BANDS]


def _between(boxes: list[Box], width: tuple[float, float], upper: float, lower: float) -> list[Box]:
    return [
        box
        for box in boxes
        if upper < (box.top + box.bottom) / 2 < lower and width[0] - 3 < box.x0 < width[1]
    ]


def _walled(edges: Iterable[dict[str, Any]], upper: float, lower: float) -> bool:
    return any(
        edge["orientation"] == "v" and edge["top"] < upper + 2 and edge["bottom"] > lower - 2
        for edge in edges
    )


def _runs(lines: Rulings, edges: list[dict[str, Any]], done: set[float]) -> list[list[float]]:
    """Rulings of one width below each other, with no vertical ones between."""
    runs: list[list[float]] = []
    for place in sorted(lines):
        pieces = lines[place]
        whole = min(start for start, _ in pieces), max(end for _, end in pieces)
        same = (
            runs
            and max(
                abs(whole[0] - min(start for start, _ in lines[runs[-1][-1]])),
                abs(whole[1] - max(end for _, end in lines[runs[-1][-1]])),
            )
            < 3
        )
        near = runs and place - runs[-1][-1] < TALLEST_BAND
        inner = [edge for edge in edges if whole[0] + 5 < edge["x0"] < whole[1] - 5]
        if same and near and runs[-1][-1] not in done and not _walled(inner, runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len(run) > FEWEST_BANDS]


def banded_walls(run: list[float], width: tuple[float, float], boxes: list[Box]) -> list[Box]:
    """The walls between full rulings: where no word of any row stands; none where the text runs across.

    A row that is one phrase keeps its width: it names the group of those below it.
    """
    rows = [_between(boxes, width, upper, lower) for upper, lower in pairwise(run)]
    spans = [_spans(row) for row in rows]
    parted = [row for row, found in zip(rows, spans, strict=True) if len(found) > 1]
    if len(parted) < FEWEST_BANDS - 1:
        return []
    # The headings of narrow columns may stand closer than what is under them.
    columns = _spans([box for row in parted[1:] for box in row])
    if len(columns) < 2:
        return []
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    walls: list[Box] = []
    for (upper, lower), found in zip(pairwise(run), spans, strict=True):
        if found:
            places = (width[0], *(inner if len(found) > 1 else ()), width[1])
            walls += [Box(x, upper, x, lower) for x in places]
    return walls


def _spans(boxes: list[Box]) -> list[tuple[float, float]]:
    """Stretches from left to right that words cover, parted at gaps."""
    spans: list[tuple[float, float]] = []
    for box in sorted(boxes, key=lambda box: box.x0):
        if spans and box.x0 - spans[-1][1] < GAP:
            spans[-1] = spans[-1][0], max(spans[-1][1], box.x1)
        else:
            spans.append((box.x0, box.x1))
    return spans


def parted_walls(
    lines: Rulings, edges: list[dict[str, Any]], boxes: list[Box]
) -> tuple[list[Box], list[Box]]:
    """Where cells end between two horizontal rulings that are drawn cell by cell: each piece is one cell's border.

    Such rows have no vertical rulings; the places where pieces of both rulings meet part their columns. What lies
    between two tables is no row: its words run across the columns or stand in one. With the walls come the upper
    ends of heading rows that have no ruling above them.
    """
    walls: list[Box] = []
    tops: list[Box] = []
    above: list[float] = []
    for upper, lower in pairwise(sorted(lines)):
        ends = [_ends(lines[upper]), _ends(lines[lower])]
        shared = [x for x in ends[0] if any(abs(x - other) < 2 for other in ends[1])]
        # A row with rulings of its own has the cells that it has: a heading across the table stays one.
        if (
            len(shared) < FEWEST_WALLS
            or _walled(edges, upper, lower)
            or not _is_row(boxes, shared, upper, lower)
        ):
            above = []
            continue
        if not above:
            headed = _headed_from(boxes, shared, upper)
            if headed < upper:
                tops.append(Box(shared[0], headed, shared[-1], headed))
                walls += [Box(x, headed, x, upper) for x in shared]
        walls += [Box(x, upper, x, lower) for x in shared]
        above = shared
    return walls, tops


def _is_row(boxes: list[Box], shared: list[float], upper: float, lower: float, touching: float = 0.0) -> bool:
    """Whether the words between two heights stand in two cells at least, and none runs from one into the next.

    `touching` is the share of words that may: two headings of narrow columns may be one word.
    """
    inside = [box for box in boxes if upper < (box.top + box.bottom) / 2 < lower]
    inside = [box for box in inside if shared[0] - 2 < box.x0 and box.x1 < shared[-1] + 2]
    crossed = sum(box.x0 + 1 < x < box.x1 - 1 for box in inside for x in shared)
    return len({sum(x < box.x1 for x in shared) for box in inside}) > 1 and crossed <= touching * len(inside)


def _headed_from(boxes: list[Box], shared: list[float], upper: float) -> float:
    """The upper end of a heading row that stands right above a table's first ruling; `upper` where none does."""
    height = upper
    for _ in range(MOST_HEADING_LINES):
        near = [
            box
            for box in boxes
            if shared[0] - 2 < box.x0 < shared[-1] and height - 14 < (box.top + box.bottom) / 2 < height
        ]
        if not near or not _is_row(boxes, shared, min(box.top for box in near) - 1, height, 0.25):
            break
        height = min(box.top for box in near) - 1
    return height


def _ends(pieces: list[tuple[float, float]]) -> list[float]:
    """Both ends of a ruling and where its pieces meet, from the left; empty where it is one piece."""
    met = sorted(
        {
            start
            for start, _ in pieces
            if any(abs(end - start) < 1.5 and begun < start for begun, end in pieces)
        }
    )
    return [min(pieces)[0], *met, max(end for _, end in pieces)] if met else []
