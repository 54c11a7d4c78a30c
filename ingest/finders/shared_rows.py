"""One table below several goals: its rows go to the goals they measure, in order."""

from rapidfuzz import fuzz

from crawler.records import Period
from ingest.danish.targets import read_targets
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, Piece


def share_rows(
    goal: GoalCandidate, sisters: list[GoalCandidate], period: Period | None, vocabulary: Vocabulary
) -> None:
    """Hand the rows of a goal's year table to it and to the sister goals right before it that demand nothing yet."""
    rows = [piece for piece in goal.pieces if piece.cells]
    if not rows:
        return
    waiting: list[GoalCandidate] = []
    for sister in reversed(sisters):
        if sister.pieces and any(_demands(piece, period, vocabulary) for piece in sister.pieces):
            break
        waiting.insert(0, sister)
    goals = [*waiting, goal]
    if len(goals) < 2 or len(rows) < len(goals):
        return
    goal.pieces = [piece for piece in goal.pieces if not piece.cells]
    for row, at in zip(rows, _in_order(rows, goals), strict=True):
        goals[at].pieces.append(row)


def _demands(piece: Piece, period: Period | None, vocabulary: Vocabulary) -> bool:
    return bool(
        piece.cells or read_targets(piece.text, period=period, vocabulary=vocabulary, demanded=piece.demanded)
    )


def _in_order(rows: list[Piece], goals: list[GoalCandidate]) -> list[int]:
    """The goal of each row: rows and goals in their printed order, no goal without a row, the likest words together."""
    told = [" ".join([goal.title, *(piece.text for piece in goal.pieces)]) for goal in goals]
    like = [[fuzz.partial_ratio(row.title.casefold(), text.casefold()) for text in told] for row in rows]
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (like[0][0], [0])}
    for row in range(1, len(rows)):
        for at in range(min(row + 1, len(goals))):
            before = [best[row - 1, other] for other in (at - 1, at) if (row - 1, other) in best]
            if before:
                score, path = max(before, key=lambda way: way[0])
                best[row, at] = (score + like[row][at], [*path, at])
    return best[len(rows) - 1, len(goals) - 1][1]
