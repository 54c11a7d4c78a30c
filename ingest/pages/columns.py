"""Reading order on a page: where lines stand in two columns of text, the left one is read before the right one.

Full-width lines part the page into bands; within a band each column is read from the top. Cells of a table that
has no rulings stand side by side as well, but are narrow: columns of text are wide on both sides.
"""

from statistics import median

from ingest.pages.layout import Line, Table, by_rows
from ingest.pages.panels import panel_of
from ingest.records import Box

FEWEST = 6
"""Lines on either side, before a gap down the page is a gutter."""

NARROWEST = 0.27
"""Of the text's width: what the middle line of a column of text is at least as wide as."""


def reading_order(
    lines: list[Line], tables: list[Table], panels: tuple[Box, ...] = ()
) -> list[list[Line | Table]]:
    """Lines and tables in reading order, one list a column, panel or full-width stretch."""
    if panels:
        return _by_panels(lines, tables, panels)
    gutter = find_gutter(lines)
    parted = lines if gutter is None else split_at(lines, gutter)
    items: list[Line | Table] = [*parted, *tables]
    items = by_rows(items)
    if gutter is None:
        return [items] if items else []
    groups: list[list[Line | Table]] = []
    band: tuple[list[Line | Table], list[Line | Table], list[Line | Table]] = ([], [], [])
    for item in items:
        side = 0 if item.box.x1 <= gutter + 1 else 1 if item.box.x0 >= gutter - 1 else 2
        if (side == 2) != bool(band[2]):
            # Full-width lines end the columns above them, and the other way round.
            groups += [group for group in band if group]
            band = ([], [], [])
        band[side].append(item)
    return [*groups, *(group for group in band if group)]


def _by_panels(lines: list[Line], tables: list[Table], panels: tuple[Box, ...]) -> list[list[Line | Table]]:
    """Each panel as one piece, where it stands among what is outside of them."""
    inside: list[list[Line | Table]] = [[] for _ in panels]
    outside: list[Line | Table] = []
    items: list[Line | Table] = [*lines, *tables]
    for item in by_rows(items):
        at = panel_of(item.box, panels)
        (inside[at] if at < len(panels) else outside).append(item)
    pieces: list[tuple[float, float, list[Line | Table]]] = [
        (round(panel.top / 6), panel.x0, held) for panel, held in zip(panels, inside, strict=True) if held
    ]
    beside = [item for item in outside if isinstance(item, Line)]
    others: list[Table] = [item for item in outside if isinstance(item, Table)]
    for group in reading_order(beside, others):
        pieces += _cut(group, panels)
    return [piece for _, _, piece in sorted(pieces, key=lambda placed: (placed[0], placed[1]))]


def _cut(group: list[Line | Table], panels: tuple[Box, ...]) -> list[tuple[float, float, list[Line | Table]]]:
    """A stretch outside of the panels, cut where a panel begins between two of its lines."""
    found: list[tuple[float, float, list[Line | Table]]] = []
    last: float | None = None
    for item in group:
        between = last is not None and any(last <= panel.top <= item.box.top for panel in panels)
        if last is None or between:
            found.append((round(item.box.top / 6), item.box.x0, []))
        found[-1][2].append(item)
        last = item.box.top
    return found


def find_gutter(lines: list[Line]) -> float | None:
    """The x of a gap between two columns of text, in points; None where there is one column."""
    if len(lines) < 2 * FEWEST:
        return None
    edges = [line.box.x0 for line in lines], [line.box.x1 for line in lines]
    width = max(edges[1]) - min(edges[0])
    middle = [x for x in edges[0] if 0.3 * width < x - min(edges[0]) < 0.7 * width]
    best: tuple[int, float] | None = None
    for x in sorted(set(middle)):
        gutter = x - 2
        parted = split_at(lines, gutter)
        left = [line for line in parted if line.box.x1 <= gutter]
        right = [line for line in parted if line.box.x0 >= gutter]
        if min(len(left), len(right)) < FEWEST:
            continue
        top = max(_span(left)[0], _span(right)[0])
        bottom = min(_span(left)[1], _span(right)[1])
        beside = [line for line in parted if top <= line.box.top <= bottom]
        crossing = [line for line in beside if line.box.x0 < gutter < line.box.x1]
        if len(crossing) > 0.3 * max(len(beside), 1):
            continue
        if _wide(left, width) and _wide(right, width) and _side_by_side(left, right):
            fit = len(left) + len(right)
            if best is None or fit > best[0]:
                best = (fit, gutter)
    return best[1] if best else None


def split_at(lines: list[Line], gutter: float) -> list[Line]:
    """Lines that run over a gutter as two, where a word of theirs begins right behind it after a gap."""
    found: list[Line] = []
    for line in lines:
        at = next((i for i, word in enumerate(line.words) if abs(word.box.x0 - gutter - 2) < 2), 0)
        gap = line.words[at].box.x0 - line.words[at - 1].box.x1 if at else 0.0
        if at and gap > 0.6 * line.size:
            found.append(Line(page=line.page, words=line.words[:at]))
            found.append(Line(page=line.page, words=line.words[at:]))
        else:
            found.append(line)
    return found


def _wide(column: list[Line], width: float) -> bool:
    return median(line.box.x1 - line.box.x0 for line in column) >= NARROWEST * width


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    """Whether the two columns share most of the shorter one's height."""
    one, other = _span(left), _span(right)
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0.5 * min(one[1] - one[0], other[1] - other[0])


def _span(column: list[Line]) -> tuple[float, float]:
    boxes: list[Box] = [line.box for line in column]
    return min(box.top for box in boxes), max(box.bottom for box in boxes)
