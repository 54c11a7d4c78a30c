"""A page's content stream as operations: pdfminer's own reading of it, in fewer steps.

Two thirds of what a page costs pdfminer goes into single signs. One regular expression takes whole tokens; a stream
with anything but plain tokens (an inline image, a hash in a name, brackets within a string) is left to pdfminer.
"""

import re
from collections.abc import Sequence
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import LIT

Operation = tuple[str, list[Any]]
"""An operator and what stands before it."""

TOKEN = re.compile(
    rb"(?:[\s\x00]++|%[^\r\n]*+)*+(?:"
    rb"([-+]?(?:\d++\.?\d*+|\.\d++))"
    rb"|([A-Za-z][^#/%\[\]()<>{}\s]*+(?!\#)|['\"])"
    rb"|<([0-9A-Fa-f]*+)>"
    rb"|(\[|\]|<<|>>)"
    rb"|/([^#/%\[\]()<>{}\s]*+)(?!\#)"
    rb"|\(((?:[^()\\]++|\\.)*+)\)"
    rb")",
    re.DOTALL,
)
NUMBER, KEYWORD, HEXADECIMAL, BRACKET, NAME, STRING = range(1, 7)

NOTHING = re.compile(rb"(?:[\s\x00]++|%[^\r\n]*+)*+")

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
    end = 0
    scanner = TOKEN.scanner(data)  # type: ignore[attr-defined] # undocumented, and twice as fast as match in a loop
    try:
        while (token := scanner.match()) is not None:
            end = token.end()
            kind = token.lastindex
            said = token[kind]
            if kind == NUMBER:
                operands.append(float(said) if b"." in said else int(said))
            elif kind == KEYWORD and said in TRUTH:
                operands.append(TRUTH[said])
            elif kind == KEYWORD:
                if open_lists or said == INLINE_IMAGE:
                    return None
                found.append((said.decode("ascii"), operands))
                operands = []
            elif kind == BRACKET:
                operands = _bracket(said, operands, open_lists)
            else:
                operands.append(_operand(kind, said))
    except (_OddError, ValueError):
        return None
    rest = NOTHING.match(data, end)
    return found if rest is not None and rest.end() == len(data) and not open_lists else None


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
    if kind == HEXADECIMAL:
        return bytes.fromhex(said.decode("ascii"))
    if kind == NAME:
        return LIT(said.decode("utf-8"))
    return ESCAPED.sub(_letter, said) if b"\\" in said else said


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
