"""Page images with numbered marks: which field was read where, and crops of the one place that matters.

All figures are PDF points from the top left corner of the page as displayed, so an SVG with the page's own
viewBox lies exactly over its image at every zoom.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.records import Box, Goal, Quote, Quotes, Result
from ingest.store_tables import DocumentRow, ResultRow
from web.site import site

MARGIN = 1.5
RADIUS, GAP = 9.0, 4.0
CROP_WIDTH, CROP_SHORTEST, CROP_TALLEST, CROP_AIR = 330.0, 54.0, 96.0, 16.0
"""A crop is as wide as the mock's: 330 points, with air for the lines around it."""
ROW_WIDTH = 480.0
"""A whole row of a table of results, as wide as an A4 page prints it."""
PAGE_SIZE = (595.0, 842.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field with places of its own: its number on the page image, and the key of its name in the texts."""

    number: int
    name: str
    quotes: Quotes

    @property
    def asks(self) -> bool:
        """Whether it is a target: these are drawn with the marker pen."""
        return self.name == "targets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One field's boxes on one page (x, y, width, height) and the middle of its number."""

    field: Field
    boxes: tuple[tuple[float, float, float, float], ...]
    x: float
    y: float
    first: bool
    """Whether this is the first page that has the field: there a pin leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page with its marks; `width` and `height` in points."""

    number: int
    width: float
    height: float
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A strip of a page around a place: its window and the boxes to be lit, in points of the page."""

    document: DocumentRow
    page: int
    window: tuple[int, int, int, int]
    boxes: tuple[tuple[float, float, float, float], ...]


def goal_fields(goal: Goal) -> dict[str, Field]:
    """The fields of a goal that have places of their own, numbered as they stand on its page.

    Keys: `group`, `title`, `text`, `target-0` and on, `weight`; a field without a place is left out.
    """
    asked = [target.quotes for target in goal.targets]
    weight = goal.weight.quotes if goal.weight else ()
    title = goal.field_quotes.get("title", ())
    rest = tuple(quote for quote in goal.quotes if quote not in title)
    # A target stands inside the text: the text keeps the lines that are its own, if any are.
    own = tuple(quote for quote in rest if not _lies_in(quote, (*weight, *(q for qs in asked for q in qs))))
    found = [
        ("group", "group", goal.field_quotes.get("group", ())),
        ("title", "number_title", title),
        ("text", "text", own or rest),
        *((f"target-{index}", "targets", quotes) for index, quotes in enumerate(asked)),
        ("weight", "weight", weight),
    ]
    return _numbered(found)


def result_fields(result: Result) -> dict[str, Field]:
    """The fields of a result that have places of their own; `row` is what no single field claims."""
    own = result.field_quotes
    told = result.explanation.quotes if result.explanation else ()
    claimed = (*told, *(quote for quotes in own.values() for quote in quotes))
    rest = tuple(quote for quote in result.quotes if not _lies_in(quote, claimed))
    found = [
        ("row", "row", rest),
        ("status", "status", own.get("status", ())),
        ("actual_printed", "result", own.get("actual_printed", ())),
        ("target_printed", "measured_against", own.get("target_printed", ())),
        ("explanation", "explanation", told),
    ]
    return _numbered(found)


def record_fields(records: Sequence[tuple[str, str, Quotes]]) -> dict[str, Field]:
    """Whole records on a page, as (id, key of the name, quotes)."""
    return _numbered(records)


def _numbered(found: Iterable[tuple[str, str, Quotes]]) -> dict[str, Field]:
    placed = [item for item in found if item[2]]
    return {
        key: Field(number=number, name=name, quotes=quotes)
        for number, (key, name, quotes) in enumerate(placed, 1)
    }


def _lies_in(quote: Quote, others: Iterable[Quote]) -> bool:
    x, y = (quote.box.x0 + quote.box.x1) / 2, (quote.box.top + quote.box.bottom) / 2
    return any(
        quote == other
        or (
            quote.page == other.page
            and other.box.x0 <= x <= other.box.x1
            and other.box.top <= y <= other.box.bottom
        )
        for other in others
    )


def sheets(row: DocumentRow, fields: Mapping[str, Field], quotes: Quotes = ()) -> list[Sheet]:
    """The pages that carry these fields or quotes, in order; the first page where nothing has a place."""
    places = [*quotes, *(quote for field in fields.values() for quote in field.quotes)]
    numbers = sorted({quote.page for quote in places}) or [1]
    return [sheet(row, number, fields) for number in numbers]


def sheet(row: DocumentRow, number: int, fields: Mapping[str, Field]) -> Sheet:
    """One page with the marks of the fields on it."""
    page = site().store.page(row.id, number)
    width, height = (page.width, page.height) if page else PAGE_SIZE
    marks: list[Mark] = []
    for field in fields.values():
        here = [quote.box for quote in field.quotes if quote.page == number]
        if here:
            x, y = _free_place(here[0], width, marks)
            first = number == min(quote.page for quote in field.quotes)
            marks.append(Mark(field=field, boxes=rectangles(here), x=x, y=y, first=first))
    return Sheet(
        number=number, width=width, height=height, text=page.text if page else "", marks=tuple(marks)
    )


def _free_place(box: Box, width: float, taken: Sequence[Mark]) -> tuple[float, float]:
    """Where a number stands: left of its box, else right of it, else further out, never over another."""
    y = round(min(box.bottom, box.top + 2 * RADIUS) / 2 + box.top / 2, 1)
    steps = range(1, 12, 2)
    sides = [x for step in steps for x in (box.x0 - step * RADIUS - GAP, box.x1 + step * RADIUS + GAP)]
    inside = [x for x in sides if RADIUS <= x <= width - RADIUS]
    for x in inside:
        if all(abs(mark.x - x) >= 2 * RADIUS or abs(mark.y - y) >= 2 * RADIUS for mark in taken):
            return round(x, 1), y
    return round(inside[0] if inside else box.x0, 1), y


def rectangles(boxes: Iterable[Box]) -> tuple[tuple[float, float, float, float], ...]:
    """Boxes as SVG has them: x, y, width, height, with a little air."""
    return tuple(
        (
            round(box.x0 - MARGIN, 1),
            round(box.top - MARGIN, 1),
            round(box.x1 - box.x0 + 2 * MARGIN, 1),
            round(box.bottom - box.top + 2 * MARGIN, 1),
        )
        for box in boxes
    )


def crop(row: DocumentRow, quotes: Quotes, *, widest: float = CROP_WIDTH) -> Crop | None:
    """The strip of a page around the first of these quotes; None without quotes or without a drawn page."""
    if not quotes:
        return None
    first = quotes[0]
    page = site().store.page(row.id, first.page)
    if page is None or not site().images.path(row.sha256, first.page).exists():
        return None
    lines = [quote.box for quote in quotes if quote.page == first.page]
    lines = [box for box in lines if box.bottom - first.box.top <= CROP_TALLEST - 2 * CROP_AIR] or [first.box]
    width = min(widest, page.width)
    left = min(box.x0 for box in lines)
    if max(box.x1 for box in lines) - left > width:
        # Not all of it fits: a sentence may begin at the end of a line, and the line below has more of it.
        left = max(lines, key=lambda box: min(box.x1 - box.x0, width)).x0
    left = max(0.0, min(left - CROP_AIR / 2, page.width - width))
    bottom = max(box.bottom for box in lines)
    height = min(max(bottom - first.box.top + 2 * CROP_AIR, CROP_SHORTEST), CROP_TALLEST, page.height)
    middle = (first.box.top + min(bottom, first.box.top + CROP_TALLEST)) / 2
    top = max(0.0, min(middle - height / 2, page.height - height))
    window = (int(left), int(top), int(left + width), int(top + height))
    shown = [box for box in lines if box.top < window[3] and box.x0 < window[2] and box.x1 > window[0]]
    return Crop(document=row, page=first.page, window=window, boxes=rectangles(shown))


def goal_place(goal: Goal) -> Quotes:
    """The place to show of a goal: its first target, else its text, else all of it."""
    fields = goal_fields(goal)
    chosen = fields.get("target-0") or fields.get("text") or fields.get("title")
    return chosen.quotes if chosen else ()


def result_place(result: Result) -> Quotes:
    """The place to show of a result: the row with its verdict, else what the report says of it."""
    own = result.field_quotes.get("status", ())
    if own:
        same = tuple(
            quote
            for quote in result.quotes
            if quote.page == own[0].page and abs(quote.box.top - own[0].box.top) < CROP_SHORTEST / 2
        )
        return same or own
    return result.quotes


def result_crop(said: ResultRow | None) -> Crop | None:
    """The row of a report's table that a result stands in, from its first column on."""
    if said is None:
        return None
    return crop(said.document, result_place(said.result), widest=ROW_WIDTH)
