"""A drawn page with boxes on it, for finding out why it was read as it was."""

from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageDraw

from ingest.records import Box

COLOURS = {"lines": "#1f77b4", "tables": "#2ca02c", "panels": "#9467bd", "quotes": "#d62728"}
"""By what a box is around; those last named are drawn on top."""

WIDTHS = {"lines": 1, "tables": 3, "panels": 3, "quotes": 2}
"""Of the frames, in pixels."""


def draw_boxes(drawn: Path, boxes: tuple[float, Mapping[str, list[Box]]], target: Path) -> None:
    """Draw boxes on the image of a page, and keep it as PNG. `boxes` are the page's width in points, and boxes by
    what they are around. Raises OSError where the target cannot be written.
    """
    page_width, kinds = boxes
    with Image.open(drawn, formats=["WEBP"]) as opened:
        image = opened.convert("RGB")
    scale = image.width / page_width
    pen = ImageDraw.Draw(image)
    for kind, colour in COLOURS.items():
        for box in kinds.get(kind, []):
            frame = [round(edge * scale) for edge in box]
            pen.rectangle((frame[0], frame[1], frame[2], frame[3]), outline=colour, width=WIDTHS[kind])
    image.save(target, "PNG")
