"""Goals in tables: one table for all of them, or one a goal.

A column's role comes from its heading's words; a table without heading goes on with the columns of the one
before it, when it has as many. Money tables have no such headings and are passed by.
"""

import re
from dataclasses import replace

from ingest.danish.lines import read_heading, read_key, read_weight
from ingest.danish.targets import read_targets
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, items_of, quotes_of
from ingest.finders.columns import KEYED, Columns, read_columns, with_one_header
from ingest.finders.headed import Goals
from ingest.finders.listed import stands_elsewhere
from ingest.outline import Section
from ingest.pages.layout import Cell, Line, Table, joined


def find_goal_tables(root: Section, goals: Goals, vocabulary: Vocabulary) -> list[GoalCandidate]:
    """Goal candidates of every table that has columns for goals, or is one goal's own; `goals` are the sections
    that are goals themselves: what stands in a table below one of them is its text, unless its rows are numbered.
    """
    reader = _Reader(vocabulary)
    own = set(map(id, goals.sections))
    for section in [root, *root.descendants()]:
        # A goal's own table is a goal's wherever it stands; lists of goals are not read where goals are only listed.
        reader.cards_only = stands_elsewhere(section, vocabulary)
        reader.enter(section, inside=id(section) in own or any(id(one) in own for one in section.ancestors()))
        for block in section.body:
            if block.table is not None:
                reader.read(block.table)
    return reader.found


class _Reader:
    """Reads tables in order; a table without heading goes on with the columns of the one before it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.found: list[GoalCandidate] = []
        self._vocabulary = vocabulary
        self._columns: Columns | None = None
        self._card: GoalCandidate | None = None
        self._group: tuple[str, ...] = ()
        self._inside = False
        self.cards_only = False
        self._loose = False

    def enter(self, section: Section, *, inside: bool) -> None:
        """The heading above the tables that follow is their group, unless it opens the chapter of goals."""
        above = [one for one in (*section.ancestors(), section) if one.heading is not None]
        held = [one for one in above if one.role != "goals" and one.level > 0]
        self._group = (held[-1].title,) if held and held[-1] is section and above[:-1] else ()
        self._card, self._inside = None, inside
        self._loose = not inside and not any(one.role == "goals" for one in above)

    def read(self, table: Table) -> None:
        """Add the goals of a table, where it holds any."""
        rows = with_one_header(table.rows)
        if _is_card(rows, self._vocabulary) or (
            self._card is not None and _is_rest_of_card(rows, self._vocabulary)
        ):
            self._card = _read_card(rows, self._card, self._group, self.found, self._vocabulary)
            return
        header = read_columns(rows[0], self._vocabulary, rows[1:])
        if self.cards_only and not (header and "weight" in header.roles and not DEMANDS & set(header.roles)):
            # A table of weights behind the signatures weighs goals all the same.
            return
        if header is not None:
            self._columns, rows = header, rows[1:]
        elif self._columns is None or len(rows[0]) != self._columns.count:
            self._columns = None
            return
        roles = set(self._columns.roles)
        if self._reports(roles) or not (
            {"target", "weight", "text", "met"} & roles or self._titles_demand(rows, self._columns)
        ):
            self._columns = None
            return
        if self._inside and "key" not in roles and "weight" not in roles:
            return
        self._rows(rows, self._columns)

    def _reports(self, roles: set[str]) -> bool:
        """Whether a table tells what came of goals; "Opgørelse" beside a demand says how it will be measured."""
        told = self._columns.headings if self._columns else {}
        measured = not TELLING.match(told.get("actual", "resultat")) and "target" in roles
        return "status" in roles or ("actual" in roles and not measured)

    def _titles_demand(self, rows: tuple[tuple[Cell | None, ...], ...], columns: Columns) -> bool:
        """Whether numbered rows are demands themselves: "S1 | Museet besvarer mindst 90 pct. af …"."""
        if not {"key", "title"} <= set(columns.roles):
            return False
        titles = [cell.text for row in rows if (cell := columns.cell(row, "title")) and cell.text]
        asked = [
            title
            for title in titles
            if read_targets(title, period=None, vocabulary=self._vocabulary, demanded=False)
        ]
        return len(asked) >= 2 and 2 * len(asked) >= len(titles)

    def _rows(self, rows: tuple[tuple[Cell | None, ...], ...], columns: Columns) -> None:
        for row in rows:
            filled = [cell for cell in row if cell and cell.text]
            if read_columns(row, self._vocabulary) is not None:
                # The heading again, below the name of a group or over a page break.
                continue
            if (len(filled) == 1 and row[0] is filled[0] and columns.cell(row, "key") is filled[0]) or (
                len(filled) == 1 and sum(cell is not None for cell in row) == 1
            ):
                self._group = (filled[0].text,)
                continue
            before = len(self.found)
            _read_row(row, columns, self._group, self.found, self._vocabulary)
            for candidate in self.found[before:]:
                candidate.loose, candidate.tabled = self._loose, True


DEMANDS = {"target", "text", "met", "actual", "status"}
TELLING = re.compile(r"result|opnå|reali|faktisk|nået|målt")

WEIGHT = re.compile(r"\d{1,3}(?:,\d+)?\s*(?:pct\.?|%|procent|point)")
"""A cell that is nothing but a share or points."""


def _lines(cell: Cell | None) -> tuple[Line, ...]:
    return cell.lines if cell else ()


def _read_row(
    row: tuple[Cell | None, ...],
    columns: Columns,
    group: tuple[str, ...],
    found: list[GoalCandidate],
    vocabulary: Vocabulary,
) -> None:
    key_cell, title_cell = columns.cell(row, "key"), columns.cell(row, "title")
    if any(cell and vocabulary.is_total(cell.text) for cell in (key_cell, title_cell)):
        return
    named, told = named_and_told(title_cell)
    heading = read_heading(joined([line.text for line in named]), vocabulary)
    key = (key_cell.text or None) if key_cell else heading.key
    title = heading.title
    if found and _goes_on(row, columns, key, title):
        if title_cell and title_cell.text:
            found[-1].pieces.insert(0, Piece(text=title_cell.text, lines=title_cell.lines, demanded=False))
        _add_pieces(found[-1], row, columns)
        return
    if not title and not key:
        return
    weight_cell = columns.cell(row, "weight")
    weight = read_weight(weight_cell.text, vocabulary, labelled=True) if weight_cell else heading.weight
    if weight and columns.points and weight_cell and not re.search(r"%|pct|procent", weight_cell.text):
        weight = replace(weight, unit="points")
    candidate = GoalCandidate(
        key=read_key(key, vocabulary) if key else None,
        title=title,
        title_lines=(*_lines(key_cell), *named),
        group=group,
        shared=heading.shared,
        weight=weight,
        weight_quotes=quotes_of(_lines(weight_cell)),
        weights_only=not {"target", "text"} & set(columns.roles),
    )
    if told:
        text = joined([line.text for line in told])
        candidate.pieces.append(Piece(text=text, lines=told, demanded=False, label="text"))
    _add_pieces(candidate, row, columns)
    found.append(candidate)


def named_and_told(cell: Cell | None) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a cell that name the goal, and those under them in lighter type that tell of it."""
    lines = _lines(cell)
    heavy = next((at for at, line in enumerate(lines) if not line.bold), len(lines))
    return (lines[:heavy], lines[heavy:]) if 0 < heavy < len(lines) else (lines, ())


def _goes_on(row: tuple[Cell | None, ...], columns: Columns, key: str | None, title: str) -> bool:
    """Whether a row is the rest of the one before it, which a page broke: it has no number, and no weight."""
    weight = columns.cell(row, "weight")
    if key is None and not title:
        return True
    return "key" in columns.roles and key is None and not (weight and weight.text)


def _add_pieces(candidate: GoalCandidate, row: tuple[Cell | None, ...], columns: Columns) -> None:
    for role in ("text", "baseline", "target", "met", "partly_met", "deadline", "actual"):
        cell = columns.cell(row, role)
        if cell and role == "baseline" and columns.baseline_year and cell.text:
            year = str(columns.baseline_year)
            candidate.pieces.append(
                Piece(text=cell.text, lines=cell.lines, demanded=False, label=role, title=year)
            )
            continue
        measure = columns.cell(row, "measure") if role == "target" else None
        if cell and measure and measure.text and cell.text:
            text, lines = joined([measure.text, cell.text]), (*measure.lines, *cell.lines)
            candidate.pieces.append(Piece(text=text, lines=lines, demanded=True, label=role))
        elif cell and candidate.pieces and _is_open(candidate.pieces[-1], role, cell):
            last = candidate.pieces[-1]
            last.text, last.lines = joined([last.text, cell.text]), (*last.lines, *cell.lines)
        elif cell and re.search(r"\w", cell.text) and not cell.text.casefold().startswith("se mål"):
            candidate.pieces += _pieces(cell, role)


def _pieces(cell: Cell, label: str | None) -> list[Piece]:
    """A piece an item of a cell's list; one for a cell without a list."""
    return [
        Piece(
            text=joined([line.text for line in lines]),
            lines=lines,
            demanded=label in ("target", "measure", "met", "partly_met"),
            label=label,
        )
        for lines in items_of(cell.lines)
    ]


def _is_open(piece: Piece, role: str, cell: Cell) -> bool:
    """Whether a cell's words go on in this one: no stop at its end, and a small letter here."""
    same = piece.label == role and bool(piece.lines) and bool(cell.lines)
    broken = same and piece.lines[-1].page != cell.lines[0].page
    return broken and re.search(r"[.:;!?]$", piece.text) is None


def _read_part(
    row: tuple[Cell | None, ...],
    key: str,
    card: GoalCandidate,
    found: list[GoalCandidate],
    vocabulary: Vocabulary,
) -> None:
    """A row of a goal's own table that is a part of the goal: "Delmål B.2.a | title and text | 12 point"."""
    cells = [cell for cell in row[1:] if cell and cell.text]
    weighed = [cell for cell in cells if WEIGHT.fullmatch(cell.text)]
    told = [cell for cell in cells if cell not in weighed]
    named, text = named_and_told(told[0] if told else None)
    part = GoalCandidate(
        key=key,
        title=joined([line.text for line in named]),
        title_lines=named,
        group=card.group,
        shared=card.shared,
        weight=read_weight(weighed[0].text, vocabulary, labelled=True) if weighed else None,
        weight_quotes=quotes_of(_lines(weighed[0])) if weighed else (),
        binding=card.binding,
    )
    if text:
        part.pieces.append(Piece(text=joined([line.text for line in text]), lines=text, demanded=True))
    found.append(part)


def _label(cell: Cell | None, vocabulary: Vocabulary) -> str | None:
    return vocabulary.label(cell.text, dated=True) if cell else None


def _is_card(rows: tuple[tuple[Cell | None, ...], ...], vocabulary: Vocabulary) -> bool:
    first = [cell for cell in rows[0] if cell and cell.text]
    if not first or len(rows) < 2:
        return False
    heading = read_heading(first[0].text, vocabulary)
    labelled = sum(_label(row[0], vocabulary) is not None for row in rows[1:])
    # "D5 | Kundetilfredshed" above rows of labels: a number in a cell of its own, without a goal's word.
    keyed = KEYED.fullmatch(first[0].text) is not None and len(first) == 2 and first[0] is rows[0][0]
    return (heading.is_goal and labelled >= 1) or (keyed and 2 * labelled > len(rows) - 1)


def _is_rest_of_card(rows: tuple[tuple[Cell | None, ...], ...], vocabulary: Vocabulary) -> bool:
    return all(_label(row[0], vocabulary) is not None for row in rows)


def _read_card(
    rows: tuple[tuple[Cell | None, ...], ...],
    card: GoalCandidate | None,
    group: tuple[str, ...],
    found: list[GoalCandidate],
    vocabulary: Vocabulary,
) -> GoalCandidate | None:
    if _is_card(rows, vocabulary):
        first = [cell for cell in rows[0] if cell and cell.text]
        weighed = [
            cell for cell in first[1:] if WEIGHT.fullmatch(cell.text) or read_weight(cell.text, vocabulary)
        ]
        named = [cell for cell in first if cell not in weighed]
        heading = read_heading(" ".join(cell.text for cell in named), vocabulary)
        weight = heading.weight or (
            read_weight(weighed[0].text, vocabulary, labelled=True) if weighed else None
        )
        proof = weighed[0] if weighed else first[0]
        card = GoalCandidate(
            key=heading.key,
            title=heading.title,
            title_lines=tuple(line for cell in named for line in cell.lines),
            group=group,
            shared=heading.shared,
            weight=weight,
            weight_quotes=quotes_of(_lines(proof)) if weight else (),
        )
        found.append(card)
        rows = rows[1:]
    if card is None:
        return None
    for row in rows:
        part = read_heading(row[0].text if row[0] else "", vocabulary)
        if part.is_goal and part.key and not part.title:
            _read_part(row, part.key, card, found, vocabulary)
            continue
        label = _label(row[0], vocabulary)
        for cell in row[1:]:
            if cell is None or not cell.text:
                continue
            if label in ("weight", "deadline") and (beside := _label(cell, vocabulary)):
                # "Vægt | 15 pct. | Frist | 31. december": two labels in one row.
                label = beside
                continue
            if label == "weight":
                card.weight = read_weight(cell.text, vocabulary, labelled=True)
                card.weight_quotes = quotes_of(cell.lines)
            else:
                card.pieces += _pieces(cell, label)
    return card
