"""Pages read in fewer steps have the letters, boxes and shapes that pdfplumber itself finds."""

import io

import pdfplumber  # noqa: TID251 - what ours is compared with
import pytest
from drawn import Drawn, mismapped, shifted
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSEOF, PSKeyword, keyword_name
from test_extract import document

from ingest.pages.content import operations
from ingest.pages.letters import Pages

OF_LETTERS = ("text", "x0", "x1", "top", "bottom", "size", "upright", "fontname")

NOT_OURS = ("mcid", "tag", "name", "stream", "doctop")

TOKENS = st.sampled_from(
    [
        b"12", b"-3.5", b"+.5", b"7.", b"--2", b"1.2.3", b"/F1", b"/A#20B", b"(abc)", rb"(a\)b\\)", rb"(\345\12x\n)",
        b"(a(b)c)", b"(a(b(c))d)", b"(((())))", rb"(a(\)b)c)", b"<4142>", b"<414>", b"[", b"]", b"<<", b">>", b"Tj", b"TJ", b"T*", b"'", b"true", b"BI", b"%x\n",
        b"f*", b"{", b"\x00", b"(", b")", b"/", b"%", b"A#", b"<>", b"()", b"-", b"<4", b">",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["mrp19_digestyrelsen", "havn_aarsrapport_2020", "Digestyrelsens årsrapport 2018"],
)
def test_letters_and_shapes_are_those_of_pdfplumber(name):
    """Each letter has the text, place, size and font that pdfplumber gives it, to the last digit."""
    same_objects(document(name))


def test_odd_fonts_are_no_exception():
    """A font with a wrong map, shapes and words that are drawn turned."""
    drawn = Drawn(running="Side #")
    drawn.put(shifted("Mission og vision"), 70, 120, font=mismapped())
    same_objects(drawn.page().pdf())


def same_objects(pdf):
    """Compare every object of every page."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        pages = Pages(opened)
        for page in opened.pages:
            ours = pages.page(page.page_number).objects
            theirs = page.objects
            assert letters_of(ours) == letters_of(theirs)
            assert shapes_of(ours) == shapes_of(theirs)


def letters_of(objects):
    return [tuple(letter[key] for key in OF_LETTERS) for letter in objects.get("char", [])]


def shapes_of(objects):
    """What is no letter, without the marks of tagged contents and the place in the whole document; an inline image is
    named after its place in memory."""
    return {
        kind: [{key: repr(value) for key, value in item.items() if key not in NOT_OURS} for item in items]
        for kind, items in objects.items()
        if kind != "char"
    }


@given(st.lists(TOKENS, max_size=12), st.sampled_from([b" ", b"\n", b""]))
def test_a_stream_is_read_as_pdfminer_reads_it(tokens, between):
    """Whatever a content stream says is understood as pdfminer does, or left to it."""
    data = between.join(tokens)
    found = operations(data)
    if found is not None:
        assert [(name, plain(operands)) for name, operands in found] == theirs(data)


def plain(operands):
    """Operands without the contents of dictionaries, which nothing asks for; sorts of numbers are told apart."""
    return [
        {} if isinstance(one, dict) else plain(one) if isinstance(one, list) else (type(one), one)
        for one in operands
    ]


def theirs(data):
    """What pdfminer makes of a stream; operands behind the last operator are none."""
    parser = PDFContentParser([PDFStream({}, data)])
    found, operands = [], []
    while True:
        try:
            _, item = parser.nextobject()
        except PSEOF:
            return found
        if isinstance(item, PSKeyword):
            found.append((keyword_name(item), plain(operands)))
            operands = []
        else:
            operands.append(item)


def test_operands_stand_before_their_operator():
    """Numbers, names, strings with escapes and lists, in the stream's order."""
    assert operations(rb"/F1 9.5 Tf [(\345r) -20 <41>] TJ % done") == [
        ("Tf", [LIT("F1"), 9.5]),
        ("TJ", [[b"\345r", -20, b"A"]]),
    ]
