"""Goals in tables: one table for all of them, or one a goal.

A column's role comes from its heading's words; a table without heading goes on with the columns of the one
before it, when it has as many. Money tables have no such headings and are passed by.
"""

from ingest.danish.lines import read_heading, read_weight
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, quotes_of
from ingest.finders.columns import Columns, read_columns
from ingest.pages.layout import Cell, Line
from ingest.structure import Structure


def find_goal_tables(structure: Structure, vocabulary: Vocabulary) -> list[GoalCandidate]:
    """Goal candidates of every table that has columns for goals, or is one goal's own."""
    found: list[GoalCandidate] = []
    columns: Columns | None = None
    group: tuple[str, ...] = ()
    card: GoalCandidate | None = None
    for block in structure.blocks:
        table = block.table
        if table is None:
            if block.heading is not None:
                group, card = (), None
            continue
        rows = table.rows
        if _is_card(rows, vocabulary) or (card is not None and _is_rest_of_card(rows, vocabulary)):
            card = _read_card(rows, card, found, vocabulary)
            continue
        header = read_columns(rows[0], vocabulary, rows[1:])
        if header is not None:
            columns, rows = header, rows[1:]
        elif columns is None or len(rows[0]) != columns.count:
            columns = None
            continue
        if {"actual", "status"} & set(columns.roles) or not {"target", "weight", "text"} & set(columns.roles):
            columns = None
            continue
        for row in rows:
            filled = [cell for cell in row if cell and cell.text]
            if (len(filled) == 1 and row[0] is filled[0] and columns.cell(row, "key") is filled[0]) or (
                len(filled) == 1 and sum(cell is not None for cell in row) == 1
            ):
                group = (filled[0].text,)
                continue
            _read_row(row, columns, group, found, vocabulary)
    return found


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
    heading = read_heading(title_cell.text if title_cell else "", vocabulary)
    key = (key_cell.text or None) if key_cell else heading.key
    title = heading.title
    if not title and not key:
        if found:
            _add_pieces(found[-1], row, columns)
        return
    weight_cell = columns.cell(row, "weight")
    weight = read_weight(weight_cell.text, vocabulary, labelled=True) if weight_cell else heading.weight
    candidate = GoalCandidate(
        key=read_heading(f"{key} x", vocabulary).key if key else None,
        title=title,
        title_lines=(*_lines(key_cell), *_lines(title_cell)),
        group=group,
        shared=heading.shared,
        weight=weight,
        weight_quotes=quotes_of(_lines(weight_cell)),
        weights_only="weight" in columns.roles and not {"target", "text"} & set(columns.roles),
    )
    _add_pieces(candidate, row, columns)
    found.append(candidate)


def _add_pieces(candidate: GoalCandidate, row: tuple[Cell | None, ...], columns: Columns) -> None:
    for role in ("text", "target"):
        cell = columns.cell(row, role)
        if cell and cell.text:
            candidate.pieces.append(Piece(text=cell.text, lines=cell.lines, demanded=role == "target"))


def _label(cell: Cell | None, vocabulary: Vocabulary) -> str | None:
    said = cell.text.casefold().strip(" :") if cell else ""
    return next((role for role, words in vocabulary.labels.items() if said in words), None)


def _is_card(rows: tuple[tuple[Cell | None, ...], ...], vocabulary: Vocabulary) -> bool:
    first = [cell for cell in rows[0] if cell and cell.text]
    if not first or len(rows) < 2:
        return False
    heading = read_heading(first[0].text, vocabulary)
    labelled = sum(_label(row[0], vocabulary) is not None for row in rows[1:])
    return heading.is_goal and labelled >= 1


def _is_rest_of_card(rows: tuple[tuple[Cell | None, ...], ...], vocabulary: Vocabulary) -> bool:
    return all(_label(row[0], vocabulary) is not None for row in rows)


def _read_card(
    rows: tuple[tuple[Cell | None, ...], ...],
    card: GoalCandidate | None,
    found: list[GoalCandidate],
    vocabulary: Vocabulary,
) -> GoalCandidate | None:
    if _is_card(rows, vocabulary):
        first = [cell for cell in rows[0] if cell and cell.text]
        heading = read_heading(" ".join(cell.text for cell in first), vocabulary)
        card = GoalCandidate(
            key=heading.key,
            title=heading.title,
            title_lines=tuple(line for cell in first for line in cell.lines),
            group=(),
            shared=heading.shared,
            weight=heading.weight,
            weight_quotes=quotes_of(_lines(first[0])) if heading.weight else (),
        )
        found.append(card)
        rows = rows[1:]
    if card is None:
        return None
    for row in rows:
        label = _label(row[0], vocabulary)
        for cell in row[1:]:
            if cell is None or not cell.text:
                continue
            if label == "weight":
                card.weight = read_weight(cell.text, vocabulary, labelled=True)
                card.weight_quotes = quotes_of(cell.lines)
            else:
                card.pieces.append(Piece(text=cell.text, lines=cell.lines, demanded=label == "target"))
    return card
