"""Tables of a page: cells between rulings, and what is drawn in them."""

import colorsys
import re
from itertools import pairwise
from typing import Any

from pdfplumber.table import Table as Ruled  # noqa: TID251 - its second home
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells  # noqa: TID251

from ingest.pages.layout import Cell, Table, Word, around
from ingest.pages.walls import undrawn_walls
from ingest.pages.words import lines_of
from ingest.records import Box


def ruled_tables(
    page: Any, number: int, words: list[Word], left: float, top: float
) -> list[tuple[Table, list[Word]]]:
    """Tables that the PDF draws with lines or filled boxes; each with the words inside. `left` and `top` are
    the crop box's corner.
    """
    if len(page.rects) + len(page.lines) + len(page.curves) < 3:
        return []
    marks = [
        (mark, name)
        for mark in (*page.rects, *page.curves)
        if mark.get("fill") and (name := colour_name(mark.get("non_stroking_color")))
    ]
    found = []
    walls, tops = undrawn_walls(page.edges, [_placed(word.box, left, top) for word in words])
    settings = {
        "snap_tolerance": 4,
        "join_tolerance": 4,
        "explicit_vertical_lines": [_edge(box, "v") | {"object_type": "line"} for box in walls],
        "explicit_horizontal_lines": [_edge(box, "h") | {"object_type": "line"} for box in tops],
    }
    for table in page.find_tables(settings):
        rows, used = [], []
        for row in table.rows:
            cells: list[Cell | None] = []
            for place in row.cells:
                if place is None:
                    cells.append(None)
                    continue
                box = Box(place[0] - left, place[1] - top, place[2] - left, place[3] - top)
                inside = [word for word in words if _inside(word.box, box)]
                used += inside
                cells.append(Cell(box=box, lines=tuple(lines_of(inside, number)), fill=_fill(place, marks)))
            rows.append(tuple(cells))
        rows = [part for row in rows for part in _counted(row)]
        # A heading that is repeated over a page break may leave an empty row above it.
        rows = [row for row in rows if any(cell and cell.lines for cell in row)]
        if _tabular(rows):
            boxes = [cell.box for row in rows for cell in row if cell]
            found.append((Table(page=number, box=around(boxes), rows=tuple(rows)), used))
    return found


COUNTED = re.compile(r"(?:[A-ZÆØÅ]\.?)?\d+(?:\.\d+)*\.?[a-z]?")


def _counted(row: tuple[Cell | None, ...]) -> list[tuple[Cell | None, ...]]:
    """A row whose first cell counts on several lines, as so many rows: no ruling is drawn between them."""
    first = row[0]
    if first is None or len(first.lines) < 2 or not all(COUNTED.fullmatch(line.text) for line in first.lines):
        return [row]
    tops = [first.box.top, *(line.box.top - 1 for line in first.lines[1:]), first.box.bottom + 1]
    made: list[tuple[Cell | None, ...]] = []
    for upper, lower in pairwise(tops):
        cells: list[Cell | None] = []
        for cell in row:
            lines = (
                tuple(line for line in cell.lines if upper <= (line.box.top + line.box.bottom) / 2 < lower)
                if cell
                else ()
            )
            box = Box(cell.box.x0, upper, cell.box.x1, lower) if cell else None
            cells.append(Cell(box=box, lines=lines, fill=cell.fill) if cell and box else None)
        made.append(tuple(cells))
    return made


def drawn_tables(
    horizontal: list[Box], vertical: list[Box], words: list[Word], number: int
) -> list[tuple[Table, list[Word]]]:
    """Tables between rulings that were found in a page's image; each with the words inside."""
    if len(horizontal) < 2 or len(vertical) < 2:
        return []
    edges = [_edge(box, "h") for box in horizontal] + [_edge(box, "v") for box in vertical]
    cells = intersections_to_cells(edges_to_intersections(edges, 5, 5))
    found = []
    for group in cells_to_tables(cells):
        rows, used = [], []
        for row in Ruled(None, group).rows:  # type: ignore[arg-type]
            made: list[Cell | None] = []
            for place in row.cells:
                box = Box(*place) if place else None
                inside = [word for word in words if box and _inside(word.box, box)]
                used += inside
                made.append(Cell(box=box, lines=tuple(lines_of(inside, number)), fill=None) if box else None)
            rows.append(tuple(made))
        if _tabular(rows):
            boxes = [cell.box for row in rows for cell in row if cell]
            found.append((Table(page=number, box=around(boxes), rows=tuple(rows)), used))
    return found


def _placed(box: Box, left: float, top: float) -> Box:
    """A box of the page as displayed where it lies on the page as it was made."""
    return Box(box.x0 + left, box.top + top, box.x1 + left, box.bottom + top)


def _edge(box: Box, orientation: str) -> dict[str, Any]:
    if orientation == "h":
        middle = (box.top + box.bottom) / 2
        return {
            "x0": box.x0,
            "x1": box.x1,
            "top": middle,
            "bottom": middle,
            "orientation": "h",
            "width": box.x1 - box.x0,
            "height": 0,
        }
    middle = (box.x0 + box.x1) / 2
    return {
        "x0": middle,
        "x1": middle,
        "top": box.top,
        "bottom": box.bottom,
        "orientation": "v",
        "width": 0,
        "height": box.bottom - box.top,
    }


def _tabular(rows: list[tuple[Cell | None, ...]]) -> bool:
    """Whether words stand side by side: a frame round a paragraph is a text box, no table."""
    filled = [sum(bool(cell and cell.lines) for cell in row) for row in rows]
    return any(count >= 2 for count in filled)


def _inside(word: Box, cell: Box) -> bool:
    middle_x, middle_y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return cell.x0 <= middle_x <= cell.x1 and cell.top <= middle_y <= cell.bottom


def _fill(place: tuple[float, float, float, float], marks: list[tuple[Any, str]]) -> str | None:
    """The colour of what is drawn in a cell and is no wider than it."""
    for mark, name in marks:
        x, y = (mark["x0"] + mark["x1"]) / 2, (mark["top"] + mark["bottom"]) / 2
        if (
            place[0] < x < place[2]
            and place[1] < y < place[3]
            and mark["x1"] - mark["x0"] <= place[2] - place[0] + 2
        ):
            return name
    return None


def colour_name(colour: Any) -> str | None:
    """`grøn`, `gul` or `rød` by hue; None for grey, white, black and other hues."""
    try:
        red, green, blue = (float(part) for part in colour)
    except (TypeError, ValueError):
        return None
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.25 or not 0.1 < light < 0.93:
        return None
    degrees = hue * 360
    if degrees < 20 or degrees > 340:
        return "rød"
    if degrees < 70:
        return "gul"
    return "grøn" if degrees < 170 else None
