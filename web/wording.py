"""Two texts word by word: what fell out, what came in, what stayed."""

from difflib import SequenceMatcher
from typing import Literal, NamedTuple

PieceKind = Literal["same", "gone", "come"]


class Piece(NamedTuple):
    """Some words, in the order they are read."""

    kind: PieceKind
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """The pieces of both texts; those `same` and `gone` make up the first, `same` and `come` the second."""
    ours, theirs = before.split(), after.split()
    pieces: list[Piece] = []
    for change, a, b, c, d in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece("same", " ".join(ours[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", " ".join(ours[a:b])))
        if d > c:
            pieces.append(Piece("come", " ".join(theirs[c:d])))
    return pieces


def alike(before: str, after: str) -> bool:
    """Whether two texts say the same words, case, spaces and a stop at the end aside."""
    return bare(before) == bare(after)


def bare(text: str) -> str:
    """A text for comparing: without case, line breaks, and a stop at its end."""
    return " ".join(text.casefold().split()).rstrip(". ")
