"""Contents lists: rows that end in a page number, one under the other, with numbers that never fall."""

import re
from collections import defaultdict

from ingest.danish.vocabulary import Vocabulary
from ingest.pages.layout import Line, Page

FEWEST = 4
"""Rows in a list, before it is one."""

FIRST_PAGES = 8
"""A contents list stands in the front of a document."""


def contents_lines(page: Page, pages: int, vocabulary: Vocabulary) -> set[int]:
    """The lines (by identity) of the contents list on a page of a document of `pages` pages; empty for none."""
    if page.number > FIRST_PAGES:
        return set()
    headed = [line for line in page.lines if vocabulary.role(line.text) == "contents"]
    rows = [row for row in _rows(page.lines) if _numbered(row, pages)]
    leaders = [row for row in rows if re.search(r"\.{4,}|(?:\. ){4,}", row[-1].text)]
    dotted = len(leaders) + sum(len(row) > 2 for row in rows if row not in leaders)
    run = leaders if len(leaders) >= FEWEST else _longest_rising(rows)
    if len(run) < FEWEST or not (headed or dotted >= FEWEST or len(run) * 2 > len(_rows(page.lines))):
        return set()
    found = {id(line) for row in run for line in row}
    return found | {id(line) for line in headed} | _wrapped(page.lines, run)


def _rows(lines: tuple[Line, ...]) -> list[list[Line]]:
    """Lines on one baseline, from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.box.bottom, line.box.x0)):
        last = rows[-1][-1] if rows else None
        if last is not None and abs(last.box.bottom - line.box.bottom) < 3:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box.x0) for row in rows]


def _numbered(row: list[Line], pages: int) -> bool:
    number = _page_number(row)
    if number is None or not 0 < number <= pages + 2:
        return False
    words = re.sub(r"[\d.\s]+$", "", " ".join(line.text for line in row))
    return bool(re.search(r"[A-Za-zÆØÅæøå]{3}", words)) and not re.search(r"\d{1,3},\d", words)


def _page_number(row: list[Line]) -> int | None:
    """The figure at the end of a row, alone or behind dots or a gap; a year is none."""
    found = re.search(r"(?:^|[^\d,/-])(\d{1,3})$", row[-1].text)
    if found is None or (len(row) == 1 and len(row[0].words) < 2):
        return None
    return int(found[1])


def _longest_rising(rows: list[list[Line]]) -> list[list[Line]]:
    """The longest run of rows whose numbers never fall and whose right edges stand in one line."""
    edges: dict[int, list[list[Line]]] = defaultdict(list)
    for row in rows:
        edges[round(row[-1].box.x1 / 8)].append(row)
    best: list[list[Line]] = []
    for edge, rows_there in edges.items():
        column = rows_there + edges.get(edge + 1, [])
        run: list[list[Line]] = []
        for row in sorted(column, key=lambda row: row[0].box.top):
            if not run or (_page_number(row) or 0) >= (_page_number(run[-1]) or 0):
                run.append(row)
        best = max(best, run, key=len)
    return best


def _wrapped(lines: tuple[Line, ...], run: list[list[Line]]) -> set[int]:
    """Lines between two rows of the list: a title of two lines has its number on the second."""
    first, last = run[0][0].box.top, run[-1][0].box.bottom
    return {id(line) for line in lines if first <= line.box.top <= last}
