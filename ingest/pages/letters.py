"""pdfplumber's pages with letters that know only what words are made of: text, place, size and font.

pdfplumber makes an object of pdfminer's and then a dictionary of twenty values of each letter. Shapes are left to it.
"""

from collections.abc import Generator
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_rect, mult_matrix
from pdfplumber.page import Page, fix_fontname_bytes  # noqa: TID251 - its third home
from pdfplumber.pdf import PDF  # noqa: TID251
from pdfplumber.utils.exceptions import PdfminerException  # noqa: TID251

from ingest.pages.content import Interpreter

Letter = dict[str, Any]
Glyphs = dict[PDFFont, dict[int, tuple[str, float]]]
"""Text and width of each letter of a font, by its number in it."""


class Pages:
    """The pages of an open PDF, each looked up when it is wanted: a report has eighty, and few are read."""

    def __init__(self, pdf: PDF) -> None:
        self._pdf = pdf
        self._glyphs: Glyphs = {}
        self._coming = PDFPage.create_pages(pdf.doc)
        self._found: list[PDFPage] = []

    def page(self, number: int) -> "LetteredPage":
        """A page by its number. Raises IndexError where there is none, PdfminerException where it is broken."""
        while len(self._found) < number:
            try:
                following = next(self._coming, None)
            except Exception as error:
                raise PdfminerException(error) from error
            if following is None:
                raise IndexError(f"there is no page {number}")
            self._found.append(following)
        return LetteredPage(self._pdf, self._found[number - 1], number, self._glyphs)


class LetteredPage(Page):
    """A page of pdfplumber whose `chars` have no colours, matrices and marks; `doctop` counts from its own top."""

    def __init__(self, pdf: PDF, page: PDFPage, number: int, glyphs: Glyphs) -> None:
        super().__init__(pdf, page, number)
        self._glyphs = glyphs

    @property
    def layout(self) -> LTPage:
        """What pdfminer makes of the page, letters as dictionaries. Raises PdfminerException."""
        if not hasattr(self, "_layout"):
            device = _Device(self, self._glyphs)
            try:
                Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:
                raise PdfminerException(error) from error
            self._layout = device.get_result()
        return self._layout

    def iter_layout_objects(self, layout_objects: list[Any]) -> Generator[Letter, None, None]:
        """Letters as they are, all else as pdfplumber has it."""
        for item in layout_objects:
            if type(item) is dict:
                yield item
            else:
                yield from super().iter_layout_objects([item])


class _Device(PDFPageAggregator):
    """Takes what an interpreter shows."""

    def __init__(self, page: LetteredPage, glyphs: Glyphs) -> None:
        super().__init__(page.pdf.rsrcmgr, pageno=page.page_number, laparams=None)
        self._page_number = page.page_number
        self._glyphs = glyphs
        left, top = page.mediabox[:2]
        self._place = left, page.height, top, page.initial_doctop

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        """Place the letters of a string, as pdfminer does; those of vertical fonts are left to it."""
        font = textstate.font
        if font.is_vertical():
            super().render_string(textstate, seq, ncs, graphicstate)
            return
        glyphs = self._glyphs.setdefault(font, {})
        size = textstate.fontsize
        scaling = textstate.scaling * 0.01
        charspace = textstate.charspace * scaling
        wordspace = 0 if font.is_multibyte() else textstate.wordspace * scaling
        step = 0.001 * size * scaling
        low = font.get_descent() * size + textstate.rise
        name = font.fontname
        name = fix_fontname_bytes(name) if isinstance(name, bytes) else name
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm)
        style = {"fontname": name, "upright": a * d * scaling > 0 and b * c <= 0}
        straight = not b and not c
        letters: list[Any] = self.cur_item._objs  # noqa: SLF001 - a figure's `add` wants more than letters
        x, y = textstate.linematrix
        spaced = False
        for part in seq:
            if isinstance(part, (int, float)):
                x -= part * step
                spaced = True
                continue
            if not isinstance(part, bytes):
                continue
            for number in font.decode(part):
                if spaced:
                    x += charspace
                glyph = glyphs.get(number)
                if glyph is None:
                    glyph = glyphs[number] = self._glyph(font, number)
                text, width = glyph
                advance = width * size * scaling
                at_x, at_y = x * a + y * c + e, x * b + y * d + f
                if straight:
                    box = at_x, d * low + at_y, a * advance + at_x, d * (low + size) + at_y
                else:
                    box = apply_matrix_rect((a, b, c, d, at_x, at_y), (0, low, advance, low + size))
                letters.append(self._letter(text, box, style))
                x += advance
                if number == 32 and wordspace:
                    x += wordspace
                spaced = True
        textstate.linematrix = (x, y)

    def _glyph(self, font: PDFFont, number: int) -> tuple[str, float]:
        try:
            text = font.to_unichr(number)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, number)
        return text, font.char_width(number)

    def _letter(self, text: str, box: tuple[float, float, float, float], style: Letter) -> Letter:
        left, height, offset, above = self._place
        x0, y0, x1, y1 = box
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        top = (height - y1) + offset
        return {
            "object_type": "char",
            "text": text,
            "x0": x0 + left,
            "x1": x1 + left,
            "top": top,
            "bottom": (height - y0) + offset,
            "doctop": above + top,
            "size": y1 - y0,
            **style,
        }
