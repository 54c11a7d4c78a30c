"""Words on a page that is an image, read by Tesseract: a page image in, words with boxes out.

Tesseract runs as a program of its own, in Danish and English. Boxes are points from the top left of the page as
displayed, like everywhere. Rulings are looked for in the image, so that tables of scans have cells.
"""

import io
import math
import os
import re
import subprocess
from dataclasses import replace
from statistics import median
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt

from ingest.pages.layout import Word, cleaned
from ingest.records import Box

DPI = 300
LANGUAGES = "dan+eng"
PATIENCE_SECONDS = 50
SURE = 25
"""Tesseract's own word confidence, of 100, below which a mark is noise."""

HEAVIER = 1.28
"""How much more ink than the page's usual word has, for its height, makes a word bold."""

SHORTEST = 60, 22
"""Points: the shortest run of dark that is a ruling across, and down (letters are lower)."""

THICKEST = 24
"""Pixels: a thicker band of dark is a picture or the edge of the paper."""

SIZE = 0.96
"""Tesseract's x_size (ascender to descender, in pixels) to a font's size."""

Pixels = npt.NDArray[np.bool_]


def scan(image: Any, scale: float) -> list[Word]:
    """The words of a page image (Pillow's, `scale` pixels a point); empty where nothing is read."""
    gray = image.convert("L")
    buffer = io.BytesIO()
    gray.save(buffer, "PNG", dpi=(DPI, DPI))
    command = [
        "tesseract",
        "stdin",
        "stdout",
        "-l",
        LANGUAGES,
        "--dpi",
        str(round(72 * scale)),
        "--psm",
        "3",
        "-c",
        "hocr_font_info=0",
        "hocr",
    ]
    try:
        done = subprocess.run(
            command,
            input=buffer.getvalue(),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired:
        return []
    if done.returncode != 0:
        return []
    dark = np.asarray(gray) < 128
    return words_of(done.stdout.decode("utf-8", "replace"), dark, scale)


def words_of(hocr: str, dark: Pixels, scale: float) -> list[Word]:
    """Tesseract's hOCR as words; the weight of the ink tells bold from regular."""
    found: list[tuple[str, Box, float, float]] = []
    for line in ET.fromstring(hocr).iter():  # noqa: S314 - made by our own program, from an image
        if not line.get("class", "").startswith(("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")):
            continue
        size = _number(line.get("title", ""), "x_size") / scale * SIZE
        for word in line.iter():
            if word.get("class") != "ocrx_word":
                continue
            text = cleaned("".join(word.itertext())).strip()
            title = word.get("title", "")
            place = re.search(r"bbox (\d+) (\d+) (\d+) (\d+)", title)
            if not text or place is None or _number(title, "x_wconf") < SURE:
                continue
            x0, top, x1, bottom = (int(value) for value in place.groups())
            ink = float(dark[top:bottom, x0:x1].mean()) if x1 > x0 and bottom > top else 0.0
            box = Box(*(round(value / scale, 2) for value in (x0, top, x1, bottom)))
            found.append((text, box, size, ink))
    usual = (
        median(ink for text, _, _, ink in found if len(text) > 2)
        if any(len(f[0]) > 2 for f in found)
        else 1.0
    )
    return [
        Word(
            text=text,
            box=box,
            size=round(size * 2) / 2,
            bold=len(text) > 1 and ink > HEAVIER * usual,
            italic=False,
            colour="",
            font="ocr",
        )
        for text, box, size, ink in found
    ]


def _number(title: str, name: str) -> float:
    found = re.search(rf"\b{name} (-?[\d.]+)", title)
    return float(found[1]) if found else 0.0


def find_skew(image: Any) -> float:
    """The angle, in degrees counter-clockwise, that sets a page image upright: its lines then stand out most."""
    small = image.convert("L")
    small.thumbnail((900, 900))
    dark = small.point(lambda level: 255 if level < 128 else 0)

    def contrast(angle: float) -> float:
        rows = np.asarray(dark.rotate(angle, fillcolor=0), dtype=np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    coarse = max((step / 2 for step in range(-6, 7)), key=contrast)
    fine = max((coarse + step / 10 for step in range(-5, 6)), key=contrast)
    return fine if contrast(fine) > 1.05 * contrast(0) else 0.0


def turned(word: Word, skew: float, width: float, height: float) -> Word:
    """A word as it lies when the page (size in points) is turned by `skew` degrees counter-clockwise."""
    if not skew:
        return word
    turn = math.radians(skew)
    x = (word.box.x0 + word.box.x1) / 2 - width / 2
    y = (word.box.top + word.box.bottom) / 2 - height / 2
    middle_x = width / 2 + x * math.cos(turn) + y * math.sin(turn)
    middle_y = height / 2 - x * math.sin(turn) + y * math.cos(turn)
    half = (word.box.x1 - word.box.x0) / 2, (word.box.bottom - word.box.top) / 2
    box = Box(
        *(
            round(v, 2)
            for v in (middle_x - half[0], middle_y - half[1], middle_x + half[0], middle_y + half[1])
        )
    )
    return replace(word, box=box)


def find_rulings(image: Any, scale: float) -> tuple[list[Box], list[Box]]:
    """Horizontal and vertical rulings of a page image (`scale` pixels a point), as thin boxes in points."""
    dark = np.asarray(image.convert("L")) < 140
    across, down = _runs(dark, SHORTEST[0] * scale), _runs(dark.T, SHORTEST[1] * scale)
    return (
        [Box(x0 / scale, y0 / scale, x1 / scale, y1 / scale) for x0, y0, x1, y1 in across],
        [Box(y0 / scale, x0 / scale, y1 / scale, x1 / scale) for x0, y0, x1, y1 in down],
    )


def _runs(dark: Pixels, shortest: float) -> list[tuple[float, float, float, float]]:
    """Long horizontal runs of dark pixels; neighbouring rows and touching pieces of one ruling are one."""
    found: list[tuple[float, float, float, float]] = []
    # A ruling may be broken by a pixel or two; closing small gaps first keeps it whole.
    closed = dark.copy()
    closed[:, 1:-1] |= dark[:, :-2] & dark[:, 2:]
    for row in np.flatnonzero(closed.sum(axis=1) >= shortest):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], closed[row].astype(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start < shortest:
                continue
            x0, x1, y0, y1 = float(start), float(end), float(row), float(row + 1)
            for at in range(len(found) - 1, max(len(found) - 40, -1), -1):
                other = found[at]
                if y0 - other[3] < 8 and x0 < other[2] + 12 and x1 > other[0] - 12:
                    x0, x1 = min(x0, other[0]), max(x1, other[2])
                    y0 = other[1]
                    del found[at]
            found.append((x0, y0, x1, y1))
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in found if y1 - y0 < THICKEST]
