"""The stages of one page as text for a person, and the boxes to draw on it."""

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.codec import Codec
from ingest.outline import Section
from ingest.overheard import Overheard
from ingest.pages.layout import Cell, Line, Page, Word
from ingest.records import Box, Extraction, Quote
from ingest.structure import Block, Structure

WORDY = {"quotes", "field_quotes", "lines", "title_lines", "weight_quotes"}
"""Fields of candidates and records that say where, not what."""


def tell(overheard: Overheard, read: Extraction, number: int) -> str:
    """Every stage of a page, each under a heading; a stage that was not reached says so."""
    return "\n".join(_lines(overheard, read, number)) + "\n"


def _lines(overheard: Overheard, read: Extraction, number: int) -> Iterator[str]:
    facts = read.document
    yield f"page {number} of {facts.pages}, {facts.text_layer or 'no'} text layer, language {facts.language}"
    yield f"document: kind {read.kind}, genre {read.genre}, period {_plain(read.period)}"
    yield "\n== text by PDFium, or by OCR"
    yield from (page.text for page in read.pages if page.number == number)
    page = _page(overheard, number)
    if page is None:
        yield "\n== not read with care: this page cannot hold a plan or report, or the document is not Danish"
        yield from _records(read, number)
        return
    before, after = page
    yield f"\n== words (page {before.width} x {before.height}, images cover {before.image_share:.2f}, skew {before.skew})"
    yield from (_word(word) for line in _all_lines(before) for word in line.words)
    yield "\n== lines"
    yield from (
        f"{_box(line.box)} {line.size:5.1f}{' bold' if line.bold else ''} {line.text}"
        for line in before.lines
    )
    yield "\n== tables"
    for table in after.tables:
        yield f"{_box(table.box)} {'ruled' if table in before.tables else 'without rulings'}"
        yield from ("  " + " | ".join(map(_cell, row)) for row in table.rows)
    yield "\n== panels"
    yield from map(_box, before.panels)
    yield from _structure(overheard.made("learn"), after)
    yield from _outline(overheard, number)
    yield from _candidates(overheard, number)
    yield from _records(read, number)


def _structure(structure: Structure | None, page: Page) -> Iterator[str]:
    if structure is None:
        return
    blocks = [block for block in structure.blocks if _on(block, page.number)]
    yield f"\n== blocks (body {structure.body_size} points, contents on pages {list(structure.contents_pages)})"
    for block in blocks:
        if block.table is not None:
            yield f"table of {len(block.table.rows)} rows"
        else:
            heading = f"heading level {block.level} {_said(block.heading)}" if block.heading else "text"
            yield f"{heading}: {block.text}"
    kept = {id(line) for block in blocks for line in block.lines}
    yield "\n== left out: running lines, contents"
    yield from (line.text for line in page.lines if id(line) not in kept)


def _outline(overheard: Overheard, number: int) -> Iterator[str]:
    root: Section | None = overheard.made("outline")
    if root is None:
        yield "\n== no outline: the document is neither plan nor report"
        return
    chosen = overheard.made("choose_goals")
    goals = set(map(id, chosen.sections)) if chosen else set()
    yield f"\n== outline (* on page {number}, G a goal)"
    for section in root.descendants():
        here = "*" if any(line.page == number for line in section.lines) else " "
        goal = "G" if id(section) in goals else " "
        depth = "  " * len(section.ancestors())
        role = f" [{section.role}]" if section.role else ""
        yield f"{here}{goal} {depth}{section.key or '-'} {section.title}{role} (level {section.level})"


def _candidates(overheard: Overheard, number: int) -> Iterator[str]:
    for name, calls in overheard.calls.items():
        if not name.startswith("find_"):
            continue
        yield f"\n== candidates of {name}"
        for found in calls[-1][1]:
            if number in set(_pages_of(found)):
                yield _said(found)


def _records(read: Extraction, number: int) -> Iterator[str]:
    yield f"\n== records on page {number}"
    for name, record in _named(read):
        if number in set(_pages_of(record)):
            yield f"{name}: {_said(record)}"
    yield from (f"finding: {_said(finding)}" for finding in read.findings if finding.page in (number, None))


def _named(read: Extraction) -> Iterator[tuple[str, Any]]:
    for name in (
        "mission",
        "vision",
        "strategic_picture",
        "ministry_mission",
        "ministry_vision",
        "follow_up",
    ):
        yield name, getattr(read, name)
    yield "fulfilment", read.fulfilment
    yield from ((f"goal {index}", goal) for index, goal in enumerate(read.goals))
    yield from ((f"result {index}", result) for index, result in enumerate(read.results))


def boxes_of(overheard: Overheard, read: Extraction, number: int) -> tuple[float, Mapping[str, list[Box]]]:
    """The page's width in points, and boxes by what they are around, as on the page displayed."""
    quotes = [quote.box for quote in _walk(read, Quote) if quote.page == number]
    page = _page(overheard, number)
    if page is None:
        width = next(text.width for text in read.pages if text.number == number)
        return width, {"quotes": quotes}
    before, after = page
    found = {
        "lines": [line.box for line in _all_lines(before)],
        "tables": [table.box for table in after.tables],
        "panels": list(before.panels),
    }
    shown = {kind: [before.shown(box) for box in boxes] for kind, boxes in found.items()}
    return before.width, {**shown, "quotes": quotes}


def _page(overheard: Overheard, number: int) -> tuple[Page, Page] | None:
    """A page before and after tables without rulings were looked for."""
    pages = overheard.calls.get("with_unruled", [])
    return next(((before, after) for before, after in pages if before.number == number), None)


def _on(block: Block, number: int) -> bool:
    return block.page == number or any(line.page == number for line in block.lines)


def _all_lines(page: Page) -> Iterator[Line]:
    yield from page.lines
    for table in page.tables:
        yield from (line for row in table.rows for cell in row if cell for line in cell.lines)


def _walk(value: Any, kind: type[Any]) -> Iterator[Any]:
    """Every value of a type inside a record."""
    if isinstance(value, kind):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name), kind)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _walk(item, kind)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _walk(item, kind)


def _pages_of(record: Any) -> Iterator[int]:
    for kind in (Quote, Line):
        yield from (one.page for one in _walk(record, kind))


def _word(word: Word) -> str:
    style = f"{word.size:5.1f}{' bold' if word.bold else ''}{' italic' if word.italic else ''}"
    return f"{_box(word.box)} {style} {word.font or '-'} {word.colour} {word.text}"


def _cell(cell: Cell | None) -> str:
    return "·" if cell is None else f"{cell.text}{f' [{cell.fill}]' if cell.fill else ''}"


def _box(box: Box) -> str:
    return " ".join(f"{edge:6.1f}" for edge in box)


def _said(record: Any) -> str:
    return json.dumps(_without(_plain(record)), ensure_ascii=False)


def _plain(record: Any) -> Any:
    return Codec().plain(record)


def _without(data: Any) -> Any:
    """Plain data without what says where, and without what is not there."""
    if isinstance(data, dict):
        return {
            key: _without(value)
            for key, value in data.items()
            if key not in WORDY and value not in (None, "", [], {})
        }
    return [_without(item) for item in data] if isinstance(data, list) else data
