"""Candidates to one record a thing: same number or title is the same goal, and every quote is kept."""

import re
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from crawler.records import Period
from ingest.danish.dates import read_deadline
from ingest.danish.quantities import unit_in_label
from ingest.danish.sentence import TargetReading
from ingest.danish.targets import read_number_with_unit, read_targets, told_in, with_told
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece, lines_with, quotes_of
from ingest.records import Baseline, Goal, Target, Weight

ENOUGH = 3
"""Goals in their own chapters, from which rows of tables elsewhere add to goals but are none."""

NUMERAL = r"\d"
BOUND = r"\b(højst|mindst|maks|maksimalt|minimum)\b"
BOUNDS = {
    "højst": "at_most",
    "maks": "at_most",
    "maksimalt": "at_most",
    "mindst": "at_least",
    "minimum": "at_least",
}
"""What the label of a row of figures says of all of them: "Antal uheld (højst)"."""

COMPARING = r"\b(?:mindst|højst|under|over|mellem|maksimalt|minimum|eller|derover|derunder|mere|mindre)\b"

SAME_TITLE = 88
"""Per cent of like letters, from which two titles of one number are one goal."""


def join_goals(
    candidates: list[GoalCandidate], period: Period | None, vocabulary: Vocabulary
) -> tuple[Goal, ...]:
    """Goals in reading order; a parent is the goal whose number begins this one's."""
    goals: list[Goal] = []
    for candidate in merged(candidates):
        keys = [goal.key for goal in goals]
        parent = None
        if candidate.key and "." in candidate.key:
            above = candidate.key.rpartition(".")[0]
            parent = len(keys) - 1 - keys[::-1].index(above) if above in keys else None
        goals.append(_goal(candidate, parent, period, vocabulary))
    return tuple(goals)


def merged(candidates: list[GoalCandidate]) -> list[GoalCandidate]:
    """Candidates in reading order; the same goal printed twice is one, with the quotes of both places.

    A row of a weights table goes to the goal it names; only where nothing else gives goals are its rows the goals.
    """
    found: list[GoalCandidate] = []
    whole = [candidate for candidate in candidates if not candidate.weights_only]
    firm = sum(not candidate.loose for candidate in whole)
    for candidate in sorted(whole or candidates, key=_place):
        same = _same(candidate, found)
        if same is None and candidate.loose and firm >= ENOUGH:
            continue
        # Two goals may share a title; a row with the title of a heading is that goal printed again.
        apart = (
            same is not None and (candidate.key, same.key) == (None, None) and candidate.tabled == same.tabled
        )
        if same is None or (apart and candidate.pieces and same.pieces):
            found.append(candidate)
            continue
        same.title_lines += candidate.title_lines
        if same.weight is None:
            same.weight, same.weight_quotes = candidate.weight, candidate.weight_quotes
        if not same.pieces:
            same.pieces = candidate.pieces
    for row in candidates if whole else []:
        goal = _weighed(row, found) if row.weights_only else None
        below = [at for at, one in enumerate(found) if row.key and (one.key or "").startswith(f"{row.key}.")]
        if row.weights_only and goal is None and below and row.weight and row.title:
            # "A | Smitte skal opdages tidligt | 40 %": what has a number and a weight is a goal, above its parts.
            found.insert(below[0], row)
        if goal is not None:
            if goal.weight is None:
                goal.weight, goal.weight_quotes = row.weight, row.weight_quotes
            goal.pieces += row.pieces
    _weigh_parents(found)
    return [candidate for candidate in found if candidate.title]


def _weigh_parents(found: list[GoalCandidate]) -> None:
    """A weight at the end of a goal's scheme stands below its last part, and is the whole goal's."""
    for goal in found:
        parts = [one for one in found if goal.key and (one.key or "").rpartition(".")[0] == goal.key]
        weighed = [one for one in parts if one.weight is not None]
        if goal.weight is None and len(parts) > 1 and weighed == parts[-1:]:
            goal.weight, goal.weight_quotes = parts[-1].weight, parts[-1].weight_quotes
            parts[-1].weight, parts[-1].weight_quotes = None, ()


def _same(candidate: GoalCandidate, found: list[GoalCandidate]) -> GoalCandidate | None:
    for other in found:
        alike = fuzz.ratio(other.title.casefold(), candidate.title.casefold()) >= SAME_TITLE
        if alike and (other.key == candidate.key or other.key is None or candidate.key is None):
            return other
    return None


def _weighed(row: GoalCandidate, found: list[GoalCandidate]) -> GoalCandidate | None:
    """The goal that a row of a weights table names, by title or by a number that only one goal has."""
    titled = [
        goal
        for goal in found
        if row.title and fuzz.ratio(goal.title.casefold(), row.title.casefold()) >= SAME_TITLE
    ]
    keyed = [goal for goal in found if row.key and goal.key == row.key]
    for goals in (titled, keyed):
        if len(goals) == 1:
            return goals[0]
    return None


def _place(candidate: GoalCandidate) -> tuple[int, float, float]:
    line = candidate.title_lines[0] if candidate.title_lines else None
    return (line.page, line.box.top, line.box.x0) if line else (0, 0.0, 0.0)


def _goal(
    candidate: GoalCandidate, parent: int | None, period: Period | None, vocabulary: Vocabulary
) -> Goal:
    weight = None
    if candidate.weight is not None:
        weight = Weight(
            value=candidate.weight.value, unit=candidate.weight.unit, quotes=candidate.weight_quotes
        )
    lines = [line for piece in candidate.pieces for line in piece.lines]
    return Goal(
        key=candidate.key,
        title=candidate.title,
        text="\n".join(piece.text for piece in candidate.pieces),
        group=candidate.group,
        agency=None,
        parent=parent,
        weight=weight,
        shared=candidate.shared,
        binding=candidate.binding,
        targets=tuple(_goal_targets(candidate, period, vocabulary)),
        quotes=quotes_of([*candidate.title_lines, *lines]),
        field_quotes={"title": quotes_of(candidate.title_lines)},
    )


def _goal_targets(candidate: GoalCandidate, period: Period | None, vocabulary: Vocabulary) -> list[Target]:
    """Targets of the text; a title that is itself the demand is read as well. Where it stood may be told beside it."""
    pieces = list(candidate.pieces)
    sentence = candidate.title.rstrip().endswith(".") or not candidate.pieces
    if sentence and candidate.title_lines:
        pieces.insert(0, Piece(text=candidate.title, lines=candidate.title_lines, demanded=True))
    told = [
        baseline
        for piece in pieces
        for baseline in told_in(
            f"{piece.title}: {piece.text}" if piece.label == "baseline" and piece.title else piece.text,
            vocabulary,
            labelled=piece.label == "baseline",
        )
    ]
    deadline = next(
        (read_deadline(piece.text, period, vocabulary) for piece in pieces if piece.label == "deadline"), None
    )
    found: list[Target] = []
    asked = any(piece.label in ("target", "met") for piece in pieces)
    for piece in pieces:
        # An indicator says what is measured; it demands where nothing beside it does.
        if piece.label in ("baseline", "deadline", "not_met") or (
            piece.label in ("measure", "text") and asked
        ):
            continue
        if piece.cells:
            found += _row_targets(piece, period, vocabulary)
            continue
        said = piece.asked or piece.text
        readings = read_targets(said, period=period, vocabulary=vocabulary, demanded=piece.demanded)
        about = f"{candidate.title} {said}"
        partial = piece.label == "partly_met"
        for reading in readings if partial else with_told(readings, told, about, vocabulary):
            _add_target(found, _in_unit_of(_target(reading, piece, deadline), found))
    return _with_degrees(found, vocabulary)


def _in_unit_of(target: Target, found: list[Target]) -> Target:
    """A bare figure of a scheme of degrees is in the unit of the goal's demand."""
    if (
        target.degree is None
        or target.unit != "count"
        or not found
        or re.search(r"[a-zæøå]{4,}", re.sub(COMPARING, "", target.text.casefold()))
    ):
        return target
    return replace(target, unit=found[0].unit) if found[0].unit else target


def _add_target(found: list[Target], target: Target) -> None:
    """A demand that a sentence and a table both state is one target, with the proof of both places."""
    for at, other in enumerate(found):
        if target.comparator == other.comparator == "done" and target.degree == "met":
            # "Senest 1. september 2012" in a scheme of degrees says again what the text demands.
            if other.degree is None and other.deadline == target.deadline:
                found[at] = replace(other, degree="met", quotes=(*other.quotes, *target.quotes))
                return
            continue
        same = (
            target.value is not None
            and other.value is not None
            and abs(other.value) == abs(target.value)
            and (other.value_to, other.unit, other.period) == (target.value_to, target.unit, target.period)
            and target.degree != "partly_met"
            and other.degree != "partly_met"
        )
        if same and (other.comparator == target.comparator or target.degree == "met"):
            found[at] = replace(
                other,
                deadline=other.deadline or target.deadline,
                baseline=other.baseline or target.baseline,
                degree=other.degree or target.degree,
                quotes=(*other.quotes, *target.quotes),
            )
            return
    found.append(target)


def _with_degrees(targets: list[Target], vocabulary: Vocabulary) -> list[Target]:
    """Such as "Målet er delvist opfyldt, hvis …": it makes the sentence's figure a threshold, and the others those of the whole."""
    partly = "|".join(re.escape(word) for word in vocabulary.labels["partly_met"])
    marked = [
        replace(target, degree="partly_met")
        if target.degree is None and re.search(rf"\b(?:{partly})\b", target.text.casefold())
        else target
        for target in targets
    ]
    partial = {target.unit for target in marked if target.degree == "partly_met"}
    return [
        replace(target, degree="met") if target.degree is None and target.unit in partial else target
        for target in marked
    ]


def _target(reading: TargetReading, piece: Piece, deadline: date | None) -> Target:
    text = (piece.asked or piece.text)[reading.start : reading.end]
    return Target(
        text=text,
        comparator=reading.comparator,
        value=reading.value,
        value_to=reading.value_to,
        unit=reading.unit,
        period=reading.period,
        deadline=reading.deadline or deadline,
        baseline=reading.baseline,
        degree=piece.label if piece.label in ("met", "partly_met") else None,  # type: ignore[arg-type]
        quotes=quotes_of(lines_with(text, piece.lines)),
        field_quotes={},
    )


def _row_targets(piece: Piece, period: Period | None, vocabulary: Vocabulary) -> list[Target]:
    """A target a cell; the label tells the unit, an earlier column where it stood."""
    found: list[Target] = []
    before: Baseline | None = None
    for cell in piece.cells:
        text = f"{piece.title} {cell.text}"
        # Figures of the label say what is measured: "Andel unge (14-29 år)".
        read = f"{re.sub(NUMERAL, '#', piece.title)} {cell.text}"
        if cell.baseline:
            told = read_number_with_unit(read, vocabulary)
            before = Baseline(value=told[0], unit=told[1], year=cell.period.start.year) if told else None
            continue
        for reading in read_targets(read, period=period, vocabulary=vocabulary, demanded=True)[:1]:
            if reading.value is None:
                continue
            bound = re.search(BOUND, piece.title.casefold())
            bare = re.fullmatch(r"\W*[\d.,]+\s*(?:%|pct\.?|kr\.?)?\W*", cell.text) is not None
            comparator = BOUNDS[bound[1]] if bound and bare else reading.comparator
            found.append(
                Target(
                    text=text,
                    comparator=comparator,  # type: ignore[arg-type]
                    value=reading.value,
                    value_to=reading.value_to,
                    unit=unit_in_label(piece.title, vocabulary) or "count"
                    if reading.unit == "count"
                    else reading.unit,
                    period=cell.period if cell.period != period else None,
                    deadline=None,
                    baseline=before,
                    degree=None,
                    quotes=quotes_of([*piece.title_lines, *cell.lines]),
                    field_quotes={},
                )
            )
    return found
