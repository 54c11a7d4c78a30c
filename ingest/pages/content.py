"""A page's content stream as operations: pdfminer's own reading of it, in fewer steps.

Two thirds of what a page costs pdfminer goes into single signs. One regular expression takes whole tokens; a stream
with anything but plain tokens (an inline image, a hash in a name, brackets in brackets within a string) is left to it.
"""

import re
from collections.abc import Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import LIT

Operation = tuple[str, list[Any]]
"""An operator and what stands before it."""

LETTERS = rb"(?:[^()\\]++|\\.)*+"
INNER = rb"(?:[^()\\]++|\\.|\(" + LETTERS + rb"\))*+"
"""What stands in a string: brackets in pairs, one within another at most, or with a stroke before each."""

PLAIN = (
    rb"(?:[-+]?(?:\d++\.?\d*+|\.\d++)"
    rb"|[A-Za-z][^#/%\[\]()<>{}\s]*+(?!\#)|['\"]"
    rb"|<[0-9A-Fa-f]*+>"
    rb"|\[|\]|<<|>>"
    rb"|/[^#/%\[\]()<>{}\s]*+(?!\#)"
    rb"|\((?:[^()\\]++|\\.|\(" + INNER + rb"\))*+\))"
)
ONE = re.compile(PLAIN, re.DOTALL)
TOKEN = re.compile(rb"(?:[\s\x00]++|%[^\r\n]*+)*+(" + PLAIN + rb"|[^\s\x00].*+|\Z)", re.DOTALL)
"""A token without the space and comments before it; from the first sign that begins none all the rest is one."""

NUMBER, KEYWORD, BRACKET, NAME, STRING, ODD = range(6)
BEGINNINGS = {
    NUMBER: b"0123456789+-.",
    KEYWORD: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'\"",
    BRACKET: b"[]<>",
    NAME: b"/",
    STRING: b"(",
}
KIND = [next((kind for kind, signs in BEGINNINGS.items() if sign in signs), ODD) for sign in range(256)]
"""What a token is by its first sign; `<` begins numbers of letters as well."""

ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
ESCAPES = {
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"f": b"\f",
    b"r": b"\r",
    b"(": b"(",
    b")": b")",
    b"\\": b"\\",
}

INLINE_IMAGE = b"BI"
CLOSED_BY = {b"[": b"]", b"<<": b">>"}
TRUTH = {b"true": True, b"false": False}


class _OddError(Exception):
    """A stream that pdfminer must read."""


def operations(data: bytes) -> list[Operation] | None:
    """What a content stream says to do, in order; None where it has more than plain tokens."""
    found: list[Operation] = []
    operands: list[Any] = []
    open_lists: list[tuple[bytes, list[Any]]] = []
    tokens = TOKEN.findall(data)
    while tokens and not tokens[-1]:
        tokens.pop()
    if tokens and not ONE.fullmatch(tokens[-1]):
        return None
    try:
        for said in tokens:
            kind = KIND[said[0]]
            if kind == NUMBER:
                operands.append(float(said) if b"." in said else int(said))
            elif kind == KEYWORD and said not in TRUTH:
                if open_lists or said == INLINE_IMAGE:
                    return None
                found.append((said.decode("ascii"), operands))
                operands = []
            elif kind == BRACKET and (len(said) < 3 and said != b"<>"):
                operands = _bracket(said, operands, open_lists)
            else:
                operands.append(_operand(kind, said))
    except (_OddError, ValueError):
        return None
    return None if open_lists else found


def _bracket(said: bytes, operands: list[Any], open_lists: list[tuple[bytes, list[Any]]]) -> list[Any]:
    """The list that is filled from here on; a closed one has become an operand of the one around it."""
    if said in CLOSED_BY:
        open_lists.append((CLOSED_BY[said], operands))
        return []
    wanted, outer = open_lists.pop() if open_lists else (b"", [])
    if said != wanted or (said == b">>" and len(operands) % 2):
        raise _OddError
    # Dictionaries mark contents, which nothing here asks for.
    outer.append(operands if said == b"]" else {})
    return outer


def _operand(kind: int, said: bytes) -> Any:
    if kind == STRING:
        return ESCAPED.sub(_letter, said[1:-1]) if b"\\" in said else said[1:-1]
    if kind == NAME:
        return LIT(said[1:].decode("utf-8"))
    if kind == KEYWORD:
        return TRUTH[said]
    if kind == BRACKET:
        return bytes.fromhex(said[1:-1].decode("ascii"))
    raise _OddError


def _letter(escape: re.Match[bytes]) -> bytes:
    if escape[1]:
        code = int(escape[1], 8)
        if code > 255:
            raise _OddError
        return bytes((code,))
    return ESCAPES.get(escape[2], b"") if escape[2] else b""


class Interpreter(PDFPageInterpreter):
    """pdfminer's interpreter over whole operations. Graphics states are not copied: its device keeps none."""

    def execute(self, streams: Sequence[object]) -> None:
        """Do what the streams say; a stream that is being executed is not begun again."""
        # pdfminer's guard against streams that call themselves, and what it leaves out.
        valid = [stream for stream in map(stream_value, streams) if self._is_new(stream)]
        found = operations(b"\n".join(stream.get_data() for stream in valid))
        if found is None:
            super().execute(streams)
            return
        self.stream_ids = {stream.objid for stream in valid if stream.objid is not None}
        known: dict[str, tuple[Any, int]] = {}
        for operator, operands in found:
            self.argstack += operands
            if operator not in known:
                known[operator] = self._method(operator)
            method, count = known[operator]
            if method is None:
                continue
            arguments = self.pop(count) if count else []
            if len(arguments) == count:
                method(*arguments)

    def _is_new(self, stream: PDFStream) -> bool:
        return stream.objid is not None and stream.objid not in self.parent_stream_ids

    def _method(self, operator: str) -> tuple[Any, int]:
        name = operator.replace("*", "_a").replace('"', "_w").replace("'", "_q")
        method = getattr(self, f"do_{name}", None)
        return method, method.__code__.co_argcount - 1 if method else 0

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - pdfminer's name
        """Show text."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)
