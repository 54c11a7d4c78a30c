"""Tables without rulings: a row of column headings we know, and under it words that keep to those columns."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ingest.danish.dates import YEAR
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.columns import read_columns, squeezed
from ingest.pages.layout import Cell, Line, Page, Table, Word, around
from ingest.pages.words import lines_of

FEWEST_COLUMNS = 3
FEWEST_ROWS = 2
FEWEST_YEARS = 3
APART = 1.3
"""Of the usual distance of two baselines in the table: a wider one parts two rows."""


@dataclass(frozen=True, slots=True)
class _Baseline:
    """The words on one baseline, from the left."""

    words: tuple[Word, ...]

    @property
    def bottom(self) -> float:
        return max(word.box.bottom for word in self.words)

    @property
    def size(self) -> float:
        lettered = [word.size for word in self.words if any(letter.isalnum() for letter in word.text)]
        return max(lettered, default=self.words[0].size)

    @property
    def heads(self) -> bool:
        """Whether it is one heavy phrase: a row that names the group of those below it."""
        return len(_parts(self.words)) == 1 and all(word.bold for word in self.words)


def with_unruled(page: Page, vocabulary: Vocabulary) -> Page:
    """The page with such tables as tables; their lines stand in them alone."""
    heads = [table for table in page.tables if len(table.rows) == 1]
    if heads:
        # A filled heading row looks like a table of its own; its body has no rulings.
        loose = [line for table in heads for cell in table.rows[0] if cell for line in cell.lines]
        kept = tuple(table for table in page.tables if table not in heads)
        page = replace(page, lines=(*page.lines, *loose), tables=kept)
    baselines = _baselines(page)
    found: list[Table] = []
    used: set[int] = set()
    at = 0
    while at < len(baselines):
        table = _table_at(baselines, at, page.number, vocabulary)
        if table is None:
            at += 1
            continue
        made, end = table
        found.append(made)
        used |= {id(word) for baseline in baselines[at:end] for word in baseline.words}
        at = end
    if found:
        rest = [word for line in page.lines for word in line.words if id(word) not in used]
        page = replace(page, lines=tuple(lines_of(rest, page.number)), tables=(*page.tables, *found))
    return _with_headings(page, vocabulary)


def _with_headings(page: Page, vocabulary: Vocabulary) -> Page:
    """The page with headings that stand right above a table, outside of its rulings, as its first row."""
    lines, tables = list(page.lines), []
    for table in page.tables:
        header = _heading_above(table, lines, vocabulary)
        if header is None:
            tables.append(table)
            continue
        cells, used = header
        boxes = [table.box, *(cell.box for cell in cells if cell)]
        tables.append(replace(table, box=around(boxes), rows=(cells, *table.rows)))
        lines = [line for line in lines if line not in used]
    return page if len(lines) == len(page.lines) else replace(page, lines=tuple(lines), tables=tuple(tables))


def _heading_above(
    table: Table, lines: list[Line], vocabulary: Vocabulary
) -> tuple[tuple[Cell | None, ...], list[Line]] | None:
    """The heading row of a table that has none, and the lines that are it."""
    if read_columns(table.rows[0], vocabulary, table.rows[1:]) is not None:
        return None
    widest = max(table.rows, key=lambda row: sum(cell is not None for cell in row))
    if any(cell is None for cell in widest) or len(widest) < FEWEST_COLUMNS:
        return None
    starts = [cell.box.x0 for cell in widest if cell]
    upper = table.box.top + 2
    used: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.box.bottom):
        near = upper - 1.8 * line.size < line.box.bottom <= table.box.top + 2
        # A section's heading is larger than a table's.
        same = not used or abs(line.size - used[0].size) < 1
        if near and same and starts[0] - 6 < line.box.x0 < table.box.x1:
            used.append(line)
            upper = min(upper, line.box.top)
    placed: list[list[Word]] = [[] for _ in starts]
    for line in reversed(used):
        for word in line.words:
            placed[_column(word, starts)].append(word)
    cells = tuple(_cell(words, table.page) for words in placed)
    columns = read_columns(cells, vocabulary, table.rows)
    known = columns is not None and len(columns.roles) >= FEWEST_COLUMNS
    return (cells, used) if used and (known or _is_yearly(cells)) else None


def _baselines(page: Page) -> list[_Baseline]:
    rows: list[list[Word]] = []
    words = [word for line in page.lines for word in line.words]
    for word in sorted(words, key=lambda word: (word.box.bottom, word.box.x0)):
        if rows and abs(rows[-1][0].box.bottom - word.box.bottom) < 0.35 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_Baseline(tuple(sorted(row, key=lambda word: word.box.x0))) for row in rows]


def _parts(words: tuple[Word, ...]) -> list[list[Word]]:
    """Words of a baseline parted at gaps wider than between words."""
    parts = [[words[0]]]
    for word in words[1:]:
        if word.box.x0 - parts[-1][-1].box.x1 > 0.9 * word.size:
            parts.append([])
        parts[-1].append(word)
    return parts


@cache
def _known_headings(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(squeezed(word) for found in vocabulary.columns.values() for word in found)


def _header_parts(words: tuple[Word, ...], vocabulary: Vocabulary) -> list[list[Word]]:
    """The headings of a heading row; those that stand close are parted where each word is one we know."""
    known = _known_headings(vocabulary)
    parts: list[list[Word]] = []
    for part in _parts(words):
        whole = squeezed(" ".join(word.text for word in part))
        if len(part) > 1 and whole not in known and all(squeezed(word.text) in known for word in part):
            parts += [[word] for word in part]
        else:
            parts.append(part)
    return parts


def _cell(words: list[Word], page: int) -> Cell | None:
    if not words:
        return None
    return Cell(box=around([word.box for word in words]), lines=tuple(lines_of(words, page)), fill=None)


def _table_at(
    baselines: list[_Baseline], at: int, page: int, vocabulary: Vocabulary
) -> tuple[Table, int] | None:
    """The table whose heading row begins at a baseline, and where it ends; None where none does."""
    parts = _header_parts(baselines[at].words, vocabulary)
    if len(parts) < FEWEST_COLUMNS:
        return None
    starts = [part[0].box.x0 for part in parts]
    header = [list(part) for part in parts]
    end = at + 1
    if end < len(baselines) and _continues_header(baselines[at], baselines[end], starts):
        for word in baselines[end].words:
            header[_column(word, starts)].append(word)
        end += 1
    cells = tuple(_cell(words, page) for words in header)
    columns = read_columns(cells, vocabulary)
    yearly = _is_yearly(cells)
    if not yearly and (columns is None or len(columns.roles) < FEWEST_COLUMNS):
        return None
    body: list[_Baseline] = []
    while end < len(baselines) and _keeps(baselines[end], starts, body or [baselines[at]]):
        if _is_header(baselines[end], baselines[at]) or _heads_columns(baselines[end], page, vocabulary):
            break
        body.append(baselines[end])
        end += 1
    rows = [tuple(_cell(words, page) for words in row) for row in _rows(body, starts)]
    if len(rows) < (1 if yearly else FEWEST_ROWS):
        return None
    boxes = [cell.box for row in (cells, *rows) for cell in row if cell]
    return Table(page=page, box=around(boxes), rows=(cells, *rows)), end


def _is_yearly(cells: tuple[Cell | None, ...]) -> bool:
    """Whether a heading row is a word and years: "Indikator | 2022 | 2023 | 2024"."""
    years = [cell is not None and re.fullmatch(YEAR, cell.text) is not None for cell in cells[1:]]
    first = cells[0].text if cells[0] else ""
    return sum(years) >= FEWEST_YEARS and all(years) and re.search(r"[^\W\d_]{3}", first) is not None


def _continues_header(first: _Baseline, second: _Baseline, starts: list[float]) -> bool:
    """A heading of two lines: the second is as heavy, close, and begins where columns begin."""
    close = second.bottom - first.bottom < 1.5 * first.size
    heavy = all(word.bold for word in first.words) and all(word.bold for word in second.words)
    return (
        close
        and heavy
        and all(min(abs(part[0].box.x0 - x) for x in starts) < 6 for part in _parts(second.words))
    )


def _is_header(baseline: _Baseline, header: _Baseline) -> bool:
    return [word.text for word in baseline.words] == [word.text for word in header.words]


def _heads_columns(baseline: _Baseline, page: int, vocabulary: Vocabulary) -> bool:
    """Whether a line is the heading row of a table of its own."""
    parts = _header_parts(baseline.words, vocabulary)
    if len(parts) < FEWEST_COLUMNS:
        return False
    columns = read_columns(tuple(_cell(words, page) for words in parts), vocabulary)
    return columns is not None and len(columns.roles) >= FEWEST_COLUMNS


def _column(word: Word, starts: list[float]) -> int:
    return max((i for i, x in enumerate(starts) if word.box.x0 >= x - 4), default=0)


def _keeps(baseline: _Baseline, starts: list[float], above: list[_Baseline]) -> bool:
    """Whether a line goes on with the table: no larger than it, no word over the edge of a column, not far below."""
    if baseline.size > above[-1].size + 1.5 or baseline.bottom - above[-1].bottom > 5 * baseline.size:
        return False
    if baseline.words[0].box.x0 < starts[0] - 6:
        return False
    if baseline.heads and baseline.words[0].box.x0 < starts[0] + 6 and baseline.size < above[-1].size + 0.8:
        return True
    for before, word in zip(baseline.words, baseline.words[1:], strict=False):
        crossed = next((x for x in starts[1:] if before.box.x0 < x - 4 <= word.box.x0), None)
        if crossed is not None and (before.box.x1 > crossed - 1 or abs(word.box.x0 - crossed) > 14):
            # Running text does not stop where a column begins.
            return len(_parts(baseline.words)) > 1 and before.box.x1 <= crossed - 1
    return not any(word.box.x0 < x - 4 and word.box.x1 > x + 4 for word in baseline.words for x in starts[1:])


def _rows(body: list[_Baseline], starts: list[float]) -> list[list[list[Word]]]:
    """Baselines gathered into rows: at a wider gap, or where every line begins a row of its own."""
    steps = sorted(after.bottom - before.bottom for before, after in pairwise(body))
    usual = steps[len(steps) // 4] if steps else 0.0
    spaced = bool(steps) and steps[-1] > APART * usual
    rows: list[list[list[Word]]] = []
    for number, baseline in enumerate(body):
        placed: list[list[Word]] = [[] for _ in starts]
        for word in baseline.words:
            placed[0 if baseline.heads else _column(word, starts)].append(word)
        step = baseline.bottom - body[number - 1].bottom if number else 0.0
        opened = step > APART * usual if spaced else bool(placed[0])
        if not rows or opened or baseline.heads or body[number - 1].heads or _numbered(placed[0]):
            rows.append(placed)
        else:
            for column, words in enumerate(placed):
                rows[-1][column] += words
    return rows


def _numbered(words: list[Word]) -> bool:
    return (
        bool(words)
        and re.fullmatch(r"(?:[A-Z]\.?)?\d+(?:\.\d+)+[a-z]?\.?|\d{1,2}\.", words[0].text) is not None
    )
