"""Opens a PDF and makes pages of it. PDFium answers cheap questions, pdfplumber reads with care.

Coordinates are points from the top left of the crop box, as displayed.
"""

import ctypes
import io
import math
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import pypdfium2  # noqa: TID251 - this is its home
import pypdfium2.raw as pdfium  # noqa: TID251 - this is its home

from ingest.pages.layout import EDGE, Line, Page, Word, cleaned
from ingest.pages.mended import mended
from ingest.pages.panels import find_panels, panel_lines
from ingest.pages.words import lines_of
from ingest.records import Box, State

SCALE = 2
LONGEST_SIDE_PIXELS = 4000
LONGEST_SCAN_PIXELS = 5000
"""A page far larger than A4 is read at fewer dots an inch."""


LIGHT, LIGHTEST_SHARE = 200, 0.01
"""Of 255, the tone of paper in a scan at least; and the share of a page from which it may be paper or letters."""

LONGEST_FONT_NAME = 200

DEEPEST = 2
"""Levels of drawings within drawings that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What PDFium tells of a page in a millisecond."""

    width: float
    height: float
    text: str
    """Cleaned; lines joined by newlines."""
    edges: str
    """The words in the outer strips of the page; all words of a turned page."""
    image_share: float
    """How much of the page is covered by its largest image, 0 to 1."""


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
        self._last: tuple[int, Any] | None = None
        self._words: Any = None
        self._glances: dict[int, Glance] = {}

    def __enter__(self) -> Self:
        """The open file."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close both libraries' views."""
        self._close_page()
        self._quick.close()

    def __len__(self) -> int:
        """How many pages."""
        return len(self._quick)

    def _page(self, number: int) -> Any:
        """The page as PDFium has it; the last one is kept, for its size, text and images are asked for in turn."""
        if self._last is None or self._last[0] != number:
            self._close_page()
            try:
                self._last = number, self._quick[number - 1]
            except pypdfium2.PdfiumError as error:
                raise NotOpened("broken", f"Page {number} cannot be opened: {error}") from error
        return self._last[1]

    def _close_page(self) -> None:
        if self._words is not None:
            self._words.close()
            self._words = None
        if self._last is not None:
            self._last[1].close()
            self._last = None

    def _textpage(self, number: int) -> Any:
        """The words of a page as PDFium has them; the last page's are kept."""
        page = self._page(number)
        if self._words is None:
            self._words = page.get_textpage()
        return self._words

    def glance(self, number: int) -> Glance:
        """The page as PDFium sees it; looked at once."""
        if number not in self._glances:
            page = self._page(number)
            width, height = page.get_size()
            text = _plain(self._textpage(number).get_text_bounded())
            self._glances[number] = Glance(
                width=float(width),
                height=float(height),
                text=text,
                edges=text if page.get_rotation() else self._edges(number),
                image_share=_image_share(page.raw, width * height),
            )
        return self._glances[number]

    def _edges(self, number: int) -> str:
        left, bottom, right, top = self._page(number).get_bbox()
        strip = EDGE * (top - bottom)
        words = self._textpage(number)
        said = words.get_text_bounded(left, top - strip, right, top)
        return _plain(f"{said}\n{words.get_text_bounded(left, bottom, right, bottom + strip)}")

    def line(self, number: int, said: str) -> Line | None:
        """The first line of a page that says this, by PDFium; None where there is none, and on turned pages."""
        page, words = self._page(number), self._textpage(number)
        if page.get_rotation():
            return None
        # Letters are counted as PDFium counts them: a line ends with two.
        at = 0
        for printed in words.get_text_range().split("\r\n"):
            if _plain(printed).strip() == said:
                return _line(words, (at, at + len(printed)), number, page.get_cropbox())
            at += len(printed) + 2
        return None

    def read(self, number: int) -> Page:
        """The page with words, lines and tables, by pdfplumber. Raises NotOpened where it cannot be read."""
        page = self._lettered(number)
        try:
            seen = self.glance(number)
            read = read_page(page, number, seen.width, seen.height, seen.image_share)
            return mended(read, seen.text, lambda box: self._within(number, box))
        finally:
            page.close()

    def _lettered(self, number: int) -> Any:
        if self._careful is None:
            self._careful = _open_careful(self._body)
        try:
            return self._careful.page(number)
        except IndexError as error:
            raise NotOpened("broken", f"Page {number} is there for one reader alone.") from error

    def _within(self, number: int, box: Box) -> str:
        """PDFium's text in a box; empty on pages that are displayed turned, where boxes do not fit its own."""
        page = self._page(number)
        if page.get_rotation():
            return ""
        left, bottom, _, top = page.get_cropbox()
        text = self._textpage(number).get_text_bounded(
            left=left + box.x0 - 0.5, bottom=top - box.bottom, right=left + box.x1 + 0.5, top=top - box.top
        )
        return cleaned(text) if bottom < top else ""

    def invisible(self, number: int) -> bool:
        """Whether the page's text is there to be searched, not seen: an earlier reading of the image."""
        modes = [
            pdfium.FPDFTextObj_GetTextRenderMode(item)
            for kind, item in _objects(self._page(number).raw)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT
        ]
        return bool(modes) and modes.count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes) / 2

    def is_dark(self, number: int) -> bool:
        """Whether next to nothing on the page is as light as paper, or as letters on a dark ground: a photograph."""
        image = self._page(number).render(scale=0.5, grayscale=True).to_pil()
        tones: list[int] = image.convert("L").histogram()
        return sum(tones[LIGHT:]) < LIGHTEST_SHARE * sum(tones)

    def can_scan(self) -> bool:
        """Whether pages can be read from their image on this machine."""
        return shutil.which("tesseract") is not None

    def scan(self, number: int) -> Page:
        """The page as Tesseract reads its image; without lines where it reads nothing."""
        # NumPy is loaded for scanned pages alone: the child's memory is short.
        from ingest.pages.scanned import DPI, find_rulings, find_skew, scan, turned  # noqa: PLC0415
        from ingest.pages.tabled import drawn_tables  # noqa: PLC0415

        page, seen = self._page(number), self.glance(number)
        width, height = seen.width, seen.height
        scale = min(DPI / 72, LONGEST_SCAN_PIXELS / max(width, height))
        image = page.render(scale=scale, grayscale=True).to_pil()
        skew = find_skew(image)
        # Letters are read as they lie, rulings on the page set upright: turning an image blurs its letters.
        words = [turned(word, skew, width, height) for word in scan(image, scale)]
        if skew:
            image = image.rotate(skew, fillcolor=255, resample=2)
        horizontal, vertical = find_rulings(image, scale)
        tables = drawn_tables(horizontal, vertical, words, number)
        inside = {id(word) for _, used in tables for word in used}
        return Page(
            number=number,
            width=round(width, 2),
            height=round(height, 2),
            lines=tuple(lines_of([word for word in words if id(word) not in inside], number)),
            tables=tuple(table for table, _ in tables),
            image_share=seen.image_share,
            skew=skew,
        )

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
            self._close_page()
            yield number


def _plain(text: str) -> str:
    return cleaned(text).replace("\r\n", "\n").replace("\ufffe", "")


def _objects(page: Any, depth: int = 1) -> Iterator[tuple[int, Any]]:
    """What stands on a page, each with its kind. A page may have thousands, and pypdfium2 makes an object of each."""
    count, get = (
        (pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)
        if depth == 1
        else (pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject)
    )
    for index in range(count(page)):
        item = get(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        yield kind, item
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            yield from _objects(item, depth + 1)


def _image_share(page: Any, area: float) -> float:
    share = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for kind, item in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            covered = abs((right.value - left.value) * (top.value - bottom.value))
            share = max(share, covered / max(area, 1))
    return min(share, 1.0)


def _line(
    words: Any, letters: tuple[int, int], number: int, cropbox: tuple[float, float, float, float]
) -> Line | None:
    """Letters from one place to another as a line, in the style of the first."""
    start, end = letters
    boxes = [words.get_charbox(index) for index in range(start, end)]
    text = cleaned(words.get_text_range(start, end - start)).split()
    matrix = pdfium.FS_MATRIX()
    if not text or not pdfium.FPDFText_GetMatrix(words.raw, start, matrix):
        return None
    size = pdfium.FPDFText_GetFontSize(words.raw, start) * math.hypot(matrix.c, matrix.d)
    name = ctypes.create_string_buffer(LONGEST_FONT_NAME)
    pdfium.FPDFText_GetFontInfo(words.raw, start, name, LONGEST_FONT_NAME, ctypes.c_int())
    left, _, _, top = cropbox
    box = Box(
        round(min(box[0] for box in boxes) - left, 2),
        round(top - max(box[3] for box in boxes), 2),
        round(max(box[2] for box in boxes) - left, 2),
        round(top - min(box[1] for box in boxes), 2),
    )
    item = {"fontname": name.value.decode("utf-8", "replace"), "size": size}
    return Line(page=number, words=tuple(_word(word, box, item) for word in text))


def _open_careful(body: bytes) -> Any:
    # Half of a child's start is this import; papers in other languages and scans end without it.
    import pdfplumber  # noqa: PLC0415, TID251 - this is its home
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415, TID251

    from ingest.pages.letters import Pages  # noqa: PLC0415

    try:
        return Pages(pdfplumber.open(io.BytesIO(body)))
    except PDFPasswordIncorrect as error:
        raise NotOpened("encrypted", "The file is locked with a password.") from error
    except PdfminerException as error:
        if isinstance(error.args[0], MemoryError):
            raise MemoryError from error  # noqa: TRY004 - the library wrapped it
        raise NotOpened("broken", f"The file cannot be read: {error}") from error


def read_page(page: Any, number: int, width: float, height: float, image_share: float) -> Page:
    """A pdfplumber page as lines and tables; what lies outside the crop box is left out."""
    from ingest.pages.tabled import ruled_tables  # noqa: PLC0415 - with pdfplumber, see above

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
    tables = ruled_tables(page, number, words, left, top)
    inside_tables = {id(word) for _, used in tables for word in used}
    rest = [word for word in words if id(word) not in inside_tables]
    panels = find_panels(page, (width, height), (left, top), [table.box for table, _ in tables])
    return Page(
        number=number,
        width=round(width, 2),
        height=round(height, 2),
        lines=tuple(panel_lines(rest, panels, number)),
        tables=tuple(table for table, _ in tables),
        image_share=image_share,
        panels=tuple(panels),
    )


def _word(text: str, box: Box, item: dict[str, Any]) -> Word:
    font = str(item["fontname"])
    bold, italic = _weight(font)
    return Word(
        text=text,
        box=Box(*(round(value, 2) for value in box)),
        size=round(float(item["size"]), 1),
        bold=bold,
        italic=italic,
        colour=str(item.get("non_stroking_color")),
        font=font,
    )


@cache
def _weight(font: str) -> tuple[bool, bool]:
    """Whether a font is bold, and whether it is italic, by its name."""
    bold = re.search(r"bold|black|heavy|semibold|demi|CMBX|SFBX|[-,]B[id]?\b", font, re.IGNORECASE)
    return bold is not None, re.search(r"ital|obliq", font, re.IGNORECASE) is not None
