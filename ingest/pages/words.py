"""Words into lines: baselines, gaps between columns, letter-spaced headings, hyphens set apart."""

import re
from dataclasses import replace
from itertools import pairwise

from ingest.pages.layout import Line, Word, around, by_rows

GAP_BETWEEN_COLUMNS = 2.2
"""In font sizes: a wider gap on one baseline parts two columns or cells."""


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
        spaced = _lowered(_hyphened(spaced))
        part = [spaced[0]]
        for word in spaced[1:]:
            if word.box.x0 - part[-1].box.x1 > GAP_BETWEEN_COLUMNS * max(word.size, 6):
                lines.append(Line(page=page, words=tuple(part)))
                part = []
            part.append(word)
        lines.append(Line(page=page, words=tuple(part)))
    return by_rows(lines)


def _hyphened(row: list[Word]) -> list[Word]:
    """A hyphen that another font set apart at a line's end, back on its word."""
    if len(row) < 2 or row[-1].text != "-" or not row[-2].text[-1].isalpha():
        return row
    last, mark = row[-2], row[-1]
    if mark.box.x0 - last.box.x1 > 0.4 * last.size:
        return row
    return [*row[:-2], replace(last, text=f"{last.text}-", box=around([last.box, mark.box]))]


def _lowered(row: list[Word]) -> list[Word]:
    """Small raised figures: "m" and a raised "3" are one unit, the mark of a footnote is no word."""
    found: list[Word] = []
    for word in row:
        last = found[-1] if found else None
        raised = (
            last is not None
            and re.fullmatch(r"\d{1,2}|\*{1,2}", word.text) is not None
            and word.size < 0.8 * last.size
            and word.box.x0 - last.box.x1 < 0.35 * last.size
            and word.box.bottom < last.box.bottom - 0.1 * last.size
        )
        if last is None or not raised:
            found.append(word)
        elif re.fullmatch(r"(?:[kcdm]?m)", last.text) and word.text in "23":
            found[-1] = replace(last, text=last.text + word.text, box=around([last.box, word.box]))
    return found


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
    if (
        len(alone) >= 3
        and sum(word.text.isalpha() for word in alone) >= 2
        and near
        and far
        and min(far) > 1.4 * max(near)
    ):
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
