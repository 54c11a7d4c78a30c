"""Goals in tables: one table for all of them, or one a goal; results in a report's overview table.

A column's role comes from its heading's words; a table without heading goes on with the columns of the one
before it, when it has as many. Money tables have no such headings and are passed by.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.danish.lines import read_heading, read_verdict, read_weight
from ingest.danish.targets import read_number_with_unit
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, quotes_of
from ingest.pages.layout import Cell, Line, Table
from ingest.records import Amount, Quotes, Result, Section
from ingest.structure import Structure

ORDER = ("status", "actual", "weight", "key", "target", "text", "title")
"""Where a heading's word fits two roles, the first free one of these that the table still lacks is taken."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column has which role, and how many there are."""

    roles: Mapping[str, int]
    count: int

    def cell(self, row: tuple[Cell | None, ...], role: str) -> Cell | None:
        """The row's cell of that role."""
        at = self.roles.get(role)
        return row[at] if at is not None and at < len(row) else None


def squeezed(text: str) -> str:
    """Lower case without spaces and stops: a heading broken in a narrow column is still the same word."""
    return re.sub(r"[\s.:-]", "", text.casefold())


def read_columns(row: tuple[Cell | None, ...], vocabulary: Vocabulary) -> Columns | None:
    """The roles of a heading row; None where too few cells are headings."""
    words = {role: {squeezed(word) for word in found} for role, found in vocabulary.columns.items()}
    words["text"] = {squeezed(word) for word in vocabulary.labels["text"]}
    said = [squeezed(cell.text) if cell else "" for cell in row]
    roles: dict[str, int] = {}
    filled = [text for text in said if text]
    for role in ORDER:
        for at, text in enumerate(said):
            free = at not in roles.values() and role not in roles
            if text and text in words[role] and free and (at > 0 or role in ("title", "key")):
                roles[role] = at
    if (
        "title" not in roles
        and "target" in roles
        and said[0]
        and roles["target"] != 0
        and said[0] in words["title"]
    ):
        roles["title"] = 0
    known = len(roles)
    if known < 2 or known * 2 < len(filled) or not ({"title", "key"} & set(roles)):
        return None
    return Columns(roles, len(row))


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
        header = read_columns(rows[0], vocabulary)
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


def find_results(structure: Structure, vocabulary: Vocabulary) -> list[Result]:
    """A result a row of every table that says what was reached."""
    found: list[Result] = []
    columns: Columns | None = None
    section: Section = "part1"
    annex: str | None = None
    for block in structure.blocks:
        table: Table | None = block.table
        if table is None:
            if block.heading is not None:
                key, title = block.heading.key, block.heading.title
                if vocabulary.role(title) == "annex":
                    annex = key or ""
                inside = annex is not None and (not annex or key is None or key.split(".")[0] == annex)
                section = "annex" if inside else "part1"
            continue
        rows = table.rows
        header = read_columns(rows[0], vocabulary)
        if header is not None:
            columns, rows = header, rows[1:]
        elif columns is None or len(rows[0]) != columns.count:
            columns = None
            continue
        if "title" not in columns.roles or not {"actual", "status"} & set(columns.roles):
            columns = None
            continue
        for row in rows:
            result = _read_result(row, columns, section, vocabulary)
            if result is not None:
                found.append(result)
    return found


def _read_result(
    row: tuple[Cell | None, ...], columns: Columns, section: Section, vocabulary: Vocabulary
) -> Result | None:
    title_cell, key_cell = columns.cell(row, "title"), columns.cell(row, "key")
    if title_cell is None or not title_cell.text or sum(bool(cell and cell.text) for cell in row) < 2:
        return None
    heading = read_heading(title_cell.text, vocabulary)
    actual_cell, target_cell = columns.cell(row, "actual"), columns.cell(row, "target")
    status_cell = columns.cell(row, "status")
    said = (
        status_cell.text if status_cell and status_cell.text else (status_cell.fill if status_cell else None)
    )
    verdict = read_verdict(said, vocabulary) if said else None
    number = read_number_with_unit(actual_cell.text, vocabulary) if actual_cell else None
    key = key_cell.text if key_cell and key_cell.text else heading.key
    quotes: Quotes = quotes_of(
        [
            *_lines(key_cell),
            *_lines(title_cell),
            *_lines(target_cell),
            *_lines(actual_cell),
            *_lines(status_cell),
        ]
    )
    return Result(
        goal_key=read_heading(f"{key} x", vocabulary).key if key else None,
        goal_title=heading.title,
        agency=None,
        target_printed=(target_cell.text or None) if target_cell else None,
        actual_printed=(actual_cell.text or None) if actual_cell else None,
        actual=Amount(value=number[0], unit=number[1]) if number else None,
        status=verdict.status if verdict else None,
        status_printed=verdict.printed if verdict else None,
        score=verdict.score if verdict else None,
        explanation=None,
        section=section,
        quotes=quotes,
        field_quotes={"status": quotes_of(_lines(status_cell))},
    )
