"""Draws pages for tests: what stands on them is known, so what is read can be compared. The same calls, the same bytes.

Everything goes from the top down, in points from the top left, as the records count. The module makes PDFs with
ReportLab, and images of pages with Pillow.
"""

import io
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, 525.0, 80.0, 760.0
REGULAR, BOLD = "Helvetica", "Helvetica-Bold"
DPI = 200
"""Of a page that is drawn as an image."""

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
GREEN, YELLOW, RED, GREY, WHITE = (
    (0.2, 0.7, 0.3),
    (0.95, 0.8, 0.1),
    (0.85, 0.15, 0.15),
    (0.9, 0.9, 0.9),
    (1, 1, 1),
)


class Drawn:
    """A document while it is drawn; `at` is where the next thing goes, in points from the top of the page."""

    def __init__(self, running=None, footer=None):
        """`running` and `footer` stand on every page; `#` in them is the page's number."""
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=0)
        self._running, self._footer = running, footer
        self._number = 1
        self._begin()

    def _begin(self):
        self.at = TOP
        for text, top in ((self._running, 40), (self._footer, 805)):
            if text:
                self.put(text.replace("#", str(self._number)), LEFT, top, size=8)

    def page(self):
        """Go on with a new page."""
        self._canvas.showPage()
        self._number += 1
        self._begin()
        return self

    def pdf(self):
        """The finished document's bytes; nothing can be drawn after."""
        if not self._buffer.getvalue():
            self._canvas.save()
        return self._buffer.getvalue()

    def put(self, text, x, top, *, size=10.0, font=REGULAR, colour=(0, 0, 0)):
        """One line at a place; `top` is the top of its letters. Gives the x behind it."""
        self._canvas.setFont(font, size)
        self._canvas.setFillColorRGB(*colour)
        self._canvas.drawString(x, HEIGHT - top - 0.75 * size, text)
        return x + pdfmetrics.stringWidth(text, font, size)

    def heading(self, text, size=14.0, *, colour=(0, 0, 0)):
        """A bold line with space around."""
        self.at += 8
        self.put(text, LEFT, self.at, size=size, font=BOLD, colour=colour)
        self.at += 1.5 * size
        return self

    def text(self, text, *, x=LEFT, right=RIGHT, size=10.0, font=REGULAR):
        """A paragraph, broken into lines; a newline in it is a line's end."""
        for part in text.split("\n"):
            for line in simpleSplit(part, font, size, right - x):
                self.put(line, x, self.at, size=size, font=font)
                self.at += 1.3 * size
        self.at += 6
        return self

    def bullets(self, items, mark="•"):
        """A list; every item's lines hang behind its mark."""
        for item in items:
            self.put(mark, LEFT, self.at)
            self.text(item, x=LEFT + 14)
        return self

    def columns(self, left, right):
        """Two columns of paragraphs, side by side."""
        start, ends = self.at, []
        for paragraphs, x in ((left, LEFT), (right, 310.0)):
            self.at = start
            for paragraph in paragraphs:
                self.text(paragraph, x=x, right=x + 215)
            ends.append(self.at)
        self.at = max(ends)
        return self

    def spaced(self, text, *, size=16.0, gap=4.0):
        """A letter-spaced heading: each letter set alone, words three gaps apart."""
        x = LEFT
        for letter in text:
            x = x + 2 * gap if letter == " " else self.put(letter, x, self.at, size=size, font=BOLD) + gap
        self.at += 2 * size
        return self

    def raised(self, before, mark, after):
        """A line with a small raised mark in it: a footnote's figure, the 3 of m³."""
        x = self.put(before, LEFT, self.at)
        x = self.put(mark, x, self.at - 1.5, size=6)
        self.put(after, x + 3, self.at)
        self.at += 20
        return self

    def box(self, x, top, width, height, fill=None, *, stroke=False):
        """A rectangle, filled or framed."""
        self._canvas.setLineWidth(0.7)
        if fill:
            self._canvas.setFillColorRGB(*fill)
        self._canvas.rect(x, HEIGHT - top - height, width, height, stroke=int(stroke), fill=int(bool(fill)))
        return self

    def panel(self, heading, text, *, x=LEFT, width=455.0, height=90.0, fill=GREY):
        """A coloured box with a heading and a paragraph; `at` stays, so that another may stand beside it."""
        top = self.at
        self.box(x, top, width, height, fill)
        self.at = top + 10
        self.put(heading, x + 8, self.at, size=11, font=BOLD)
        self.at += 18
        self.text(text, x=x + 8, right=x + width - 8)
        self.at = top
        return self

    def table(self, rows, widths, *, rulings="all", fills=(), bold=1):
        """A table; a row of one text is merged over all columns, None is an empty cell.

        `rulings` are `all`, `rows` (lines across alone) or `none`; `fills` colours by (row, column); `bold` is how
        many rows are the heading.
        """
        for number, row in enumerate(rows):
            merged = len(row) == 1
            spans = [sum(widths)] if merged else widths
            font = BOLD if number < bold else REGULAR
            texts = [
                simpleSplit(cell or "", font, 9, span - 8) for cell, span in zip(row, spans, strict=True)
            ]
            height = 12 * max(len(lines) for lines in texts) + 6
            x = LEFT
            for column, (lines, span) in enumerate(zip(texts, spans, strict=True)):
                fill = dict(fills).get((number, column))
                if rulings == "all" or fill:
                    self.box(x, self.at, span, height, fill, stroke=rulings == "all")
                for at, line in enumerate(lines):
                    self.put(line, x + 4, self.at + 4 + 12 * at, size=9, font=font)
                x += span
            if rulings == "rows":
                for y in (self.at, self.at + height):
                    self._canvas.line(LEFT, HEIGHT - y, x, HEIGHT - y)
            self.at += height
        self.at += 12
        return self

    def contents(self, entries):
        """A contents list: titles with dots and page numbers."""
        self.heading("Indhold")
        for title, number in entries:
            end = self.put(title, LEFT, self.at)
            dots = int((500 - end) / pdfmetrics.stringWidth(".", REGULAR, 10))
            self.put("." * dots, end + 2, self.at)
            self.put(str(number), 515, self.at)
            self.at += 16
        return self

    def crop(self, left, top):
        """Crop this page at its left and top edges, in points."""
        self._canvas.setCropBox((left, 0, WIDTH, HEIGHT - top))
        return self

    def sideways(self, text, x, top):
        """Store this page sideways, and put a line where it stands upright on the page as displayed."""
        self._canvas.setPageRotation(90)
        self._canvas.saveState()
        self._canvas.translate(top + 7.5, x)
        self._canvas.rotate(90)
        self._canvas.setFont(REGULAR, 10)
        self._canvas.drawString(0, 0, text)
        self._canvas.restoreState()
        return self

    def image(self, picture, *, hidden=""):
        """A picture over the whole page, and words behind it that are there for searching alone."""
        if hidden:
            layer = self._canvas.beginText(LEFT, HEIGHT - TOP)
            layer.setFont(REGULAR, 10)
            layer.setTextRenderMode(3)
            layer.textLines(hidden)
            self._canvas.drawText(layer)
        self._canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
        return self


def scanned(lines, *, skew=0.0):
    """A picture of a page: (text, size in points) a line, turned by `skew` degrees counter-clockwise."""
    scale = DPI / 72
    picture = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(picture)
    top = TOP
    for text, size in lines:
        pen.text(
            (LEFT * scale, top * scale), text, fill=0, font=ImageFont.truetype(str(VERA), round(size * scale))
        )
        top += 1.8 * size
    return picture.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC) if skew else picture


def mismapped(name="Mismapped"):
    """A font whose letters look right and are stored as their right neighbours: give it `shifted` words."""
    if name not in pdfmetrics.getRegisteredFontNames():
        font = TTFont(name, str(VERA))
        face = font.face
        glyphs, widths = dict(face.charToGlyph), dict(face.charWidths)
        for letter in map(ord, "abcdefghijklmnopqrstuvwxyABCDEFGHIJKLMNOPQRSTUVWXY"):
            face.charToGlyph[letter + 1] = glyphs[letter]
            face.charWidths[letter + 1] = widths[letter]
        pdfmetrics.registerFont(font)
    return name


def shifted(text):
    """Words as a mismapped font stores them."""
    return "".join(
        chr(ord(letter) + 1) if letter.isascii() and letter.isalpha() else letter for letter in text
    )
