"""Opens a PDF and makes pages of it. PDFium answers cheap questions, pdfplumber reads with care.

Coordinates are points from the top left of the crop box, as displayed.
"""

import colorsys
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import pdfplumber  # noqa: TID251 - this is its home
import pypdfium2  # noqa: TID251 - this is its home
import pypdfium2.raw as pdfium  # noqa: TID251 - this is its home
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException  # noqa: TID251

from ingest.pages.layout import Cell, Line, Page, Table, Word, around, cleaned
from ingest.records import Box, State

SCALE = 2
LONGEST_SIDE_PIXELS = 4000
GAP_BETWEEN_COLUMNS = 2.2
"""In font sizes: a wider gap on one baseline parts two columns or cells."""


class NotOpened(Exception):  # noqa: N818 - says how it ended
    """The file would not open; `state` and `message` are those of the record contract."""

    def __init__(self, state: State, message: str) -> None:
        super().__init__(message)
        self.state: State = state


class Opened:
    """An open PDF. Use as a context manager."""

    def __init__(self, body: bytes) -> None:
        if b"%PDF-" not in body[:1024]:
            raise NotOpened("not_pdf", "The file is no PDF: it does not begin as one.")
        try:
            self._quick = pypdfium2.PdfDocument(body)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise NotOpened("encrypted", "The file is locked with a password.") from error
            raise NotOpened("broken", f"The file cannot be opened: {error}") from error
        self._body = body
        self._careful: Any = None

    def __enter__(self) -> Self:
        """The open file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close both libraries' views."""
        self._quick.close()
        if self._careful is not None:
            self._careful.close()

    def __len__(self) -> int:
        """How many pages."""
        return len(self._quick)

    def _page(self, number: int) -> Any:
        try:
            return self._quick[number - 1]
        except pypdfium2.PdfiumError as error:
            raise NotOpened("broken", f"Page {number} cannot be opened: {error}") from error

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page as displayed, in points."""
        page = self._page(number)
        width, height = page.get_size()
        return float(width), float(height)

    def text(self, number: int) -> str:
        """The page's text by PDFium, cleaned; lines joined by newlines."""
        page = self._page(number)
        textpage = page.get_textpage()
        text = cleaned(textpage.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
        textpage.close()
        return text

    def image_share(self, number: int) -> float:
        """How much of the page is covered by its largest image, 0 to 1."""
        page = self._page(number)
        width, height = page.get_size()
        share = 0.0
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
            left, bottom, right, top = item.get_bounds()
            share = max(share, abs((right - left) * (top - bottom)) / max(width * height, 1))
        return min(share, 1.0)

    def read(self, number: int) -> Page:
        """The page with words, lines and tables, by pdfplumber. Raises NotOpened where it cannot be read."""
        if self._careful is None:
            try:
                self._careful = pdfplumber.open(io.BytesIO(self._body))
            except PDFPasswordIncorrect as error:
                raise NotOpened("encrypted", "The file is locked with a password.") from error
            except PdfminerException as error:
                if isinstance(error.args[0], MemoryError):
                    raise MemoryError from error  # noqa: TRY004 - the library wrapped it
                raise NotOpened("broken", f"The file cannot be read: {error}") from error
        page = self._careful.pages[number - 1]
        try:
            width, height = self.size(number)
            return read_page(page, number, width, height, self.image_share(number))
        finally:
            page.close()

    def draw(self, numbers: Callable[[int], bool] | None, folder: Path) -> Iterator[int]:
        """Draw pages as WebP into a folder, each named by its number; yields each when done."""
        for number in range(1, len(self) + 1):
            if numbers is not None and not numbers(number):
                continue
            page = self._page(number)
            side = max(page.get_size())
            scale = min(SCALE, LONGEST_SIDE_PIXELS / side)
            image = page.render(scale=scale).to_pil()
            image.save(folder / f"{number}.webp", "WEBP", quality=60, method=4)
            page.close()
            yield number


def read_page(page: Any, number: int, width: float, height: float, image_share: float) -> Page:
    """A pdfplumber page as lines and tables; what lies outside the crop box is left out."""
    left, top = float(page.cropbox[0]), float(page.cropbox[1])
    found = page.extract_words(
        extra_attrs=["fontname", "size"], x_tolerance_ratio=0.18, keep_blank_chars=False, use_text_flow=False
    )
    words = []
    for item in found:
        text = cleaned(item["text"]).strip()
        box = Box(item["x0"] - left, item["top"] - top, item["x1"] - left, item["bottom"] - top)
        inside = box.x0 >= -1 and box.x1 <= width + 1 and box.top >= -1 and box.bottom <= height + 1
        if text and inside and item.get("upright", True):
            words.append(_word(text, box, item))
    tables = _tables(page, number, words, left, top)
    inside_tables = {id(word) for _, used in tables for word in used}
    rest = [word for word in words if id(word) not in inside_tables]
    return Page(
        number=number,
        width=round(width, 2),
        height=round(height, 2),
        lines=tuple(lines_of(rest, number)),
        tables=tuple(table for table, _ in tables),
        image_share=image_share,
    )


def _word(text: str, box: Box, item: dict[str, Any]) -> Word:
    font = str(item["fontname"])
    return Word(
        text=text,
        box=Box(*(round(value, 2) for value in box)),
        size=round(float(item["size"]), 1),
        bold=bool(re.search(r"bold|black|heavy|semibold|demi|CMBX|SFBX|[-,]B[id]?\b", font, re.IGNORECASE)),
        italic=bool(re.search(r"ital|obliq", font, re.IGNORECASE)),
        colour=str(item.get("non_stroking_color")),
    )


def lines_of(words: list[Word], page: int) -> list[Line]:
    """Words grouped into lines by baseline, parted at wide gaps, from the top."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.bottom, word.box.x0)):
        for row in reversed(rows[-4:]):
            other = row[-1].box
            overlap = min(word.box.bottom, other.bottom) - max(word.box.top, other.top)
            if overlap > 0.5 * min(word.box.bottom - word.box.top, other.bottom - other.top):
                row.append(word)
                break
        else:
            rows.append([word])
    lines = []
    for row in rows:
        spaced = respaced(sorted(row, key=lambda word: word.box.x0))
        spaced = _hyphened(spaced)
        part = [spaced[0]]
        for word in spaced[1:]:
            if word.box.x0 - part[-1].box.x1 > GAP_BETWEEN_COLUMNS * max(word.size, 6):
                lines.append(Line(page=page, words=tuple(part)))
                part = []
            part.append(word)
        lines.append(Line(page=page, words=tuple(part)))
    return sorted(lines, key=lambda line: (line.box.top, line.box.x0))


def _hyphened(row: list[Word]) -> list[Word]:
    """A hyphen that another font set apart at a line's end, back on its word."""
    if len(row) < 2 or row[-1].text != "-" or not row[-2].text[-1].isalpha():
        return row
    last, mark = row[-2], row[-1]
    if mark.box.x0 - last.box.x1 > 0.4 * last.size:
        return row
    return [*row[:-2], replace(last, text=f"{last.text}-", box=around([last.box, mark.box]))]


def respaced(row: list[Word]) -> list[Word]:
    """A letter-spaced line as words: letters that stand about as near as most are one word."""
    single = sum(len(word.text) == 1 for word in row)
    gaps = sorted(after.box.x0 - before.box.x1 for before, after in pairwise(row))
    if len(row) >= 6 and single >= 0.75 * len(row):
        usual = gaps[len(gaps) // 2]
        return _merged(row, 1.5 * usual + 0.12 * row[0].size)
    alone = [
        word for word in row if len(word.text) == 1 and word.text.isalnum() and word.text not in "iåøIÅØ"
    ]
    near = [gap for gap in gaps if gap < 0.3 * row[0].size]
    far = [gap for gap in gaps if gap >= 0.3 * row[0].size]
    if len(alone) >= 3 and near and far and min(far) > 1.4 * max(near):
        return _merged(row, max(near) + 0.01)
    return row


def _merged(row: list[Word], widest: float) -> list[Word]:
    """Neighbours with no wider gap than this as one word."""
    found = row[:1]
    for word in row[1:]:
        last = found[-1]
        if word.box.x0 - last.box.x1 > widest:
            found.append(word)
            continue
        found[-1] = replace(
            last, text=last.text + word.text, box=around([last.box, word.box]), colour=word.colour
        )
    return found


def _tables(
    page: Any, number: int, words: list[Word], left: float, top: float
) -> list[tuple[Table, list[Word]]]:
    if len(page.rects) + len(page.lines) + len(page.curves) < 3:
        return []
    marks = [
        (mark, name)
        for mark in (*page.rects, *page.curves)
        if mark.get("fill") and (name := colour_name(mark.get("non_stroking_color")))
    ]
    found = []
    for table in page.find_tables({"snap_tolerance": 4, "join_tolerance": 4}):
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
        if _tabular(rows) and len(used) >= 4:
            boxes = [cell.box for row in rows for cell in row if cell]
            found.append((Table(page=number, box=around(boxes), rows=tuple(rows)), used))
    return found


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
