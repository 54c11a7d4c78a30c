"""Single lines, read with the code that reads documents: `maalspor read`."""

import json
import subprocess
import sys

import pytest


def read(given, *arguments, code=0):
    """Give bytes or objects to `maalspor read`; its answers, or what it says on stderr when it ends with a code."""
    body = given if isinstance(given, bytes) else "\n".join(map(json.dumps, given)).encode()
    done = subprocess.run(
        [sys.executable, "-m", "maalspor", "read", *arguments], input=body, capture_output=True, check=False
    )
    assert done.returncode == code, done.stderr.decode()
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.stderr.decode() if code else answers


def test_targets_of_a_line():
    """A line gives Target objects with empty quotes; the year of the plan dates "inden årets udgang"."""
    lines = [
        {"id": "a", "text": "Mindst 95 pct. af sagerne afgøres inden 30 dage", "context_year": 2019},
        {"id": 2, "text": "Systemet er i drift inden årets udgang", "context_year": 2020},
        {"id": 3, "text": "Delvist opfyldt: mindst 80 pct."},
        {"id": 4, "text": "Styrelsen har mange opgaver.", "context_year": None},
    ]
    answers = read(lines, "--as", "targets", "--json", "-")
    assert [answer["id"] for answer in answers] == ["a", 2, 3, 4]
    assert answers[0]["targets"] == [
        {
            "text": "Mindst 95 pct. af sagerne afgøres inden 30 dage",
            "comparator": "at_least",
            "value": 95,
            "value_to": None,
            "unit": "percent",
            "period": None,
            "deadline": None,
            "baseline": None,
            "degree": None,
            "quotes": [],
            "field_quotes": {},
        }
    ]
    assert [(t["comparator"], t["deadline"]) for t in answers[1]["targets"]] == [("done", "2020-12-31")]
    assert [(t["value"], t["degree"]) for t in answers[2]["targets"]] == [(80, "partly_met")]
    assert answers[3]["targets"] == []


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Vægtning: 15 point", (15, "points")),
        ("(12,5 pct.)", (12.5, "percent")),
        ("3/12", (25, "percent")),
        ("Mål 1 Sygefravær (20 %)", (20, "percent")),
        ("Der lægges vægt på 3 forhold", None),
        ("95 pct. af sagerne", None),
    ],
)
def test_weights_of_a_line(text, weight):
    """A label line, a heading's mark and a bare cell give a weight; a share of cases gives none."""
    (answer,) = read([{"id": 1, "text": text}], "--as", "weights", "--json", "-")
    expected = {"value": weight[0], "unit": weight[1], "quotes": []} if weight else None
    assert answer == {"id": 1, "weight": expected}


def test_titles_and_verdicts():
    """A title gives kind, genre and period, a verdict its status and points; what gives none is null."""
    titles = read(
        [
            {"id": 1, "text": "Resultatkontrakt 2015 (-2018) for Havnetilsynet"},
            {"id": 2, "text": "Strategi 2025"},
        ],
        *("--as", "periods", "--json", "-"),
    )
    assert titles[0] == {
        "id": 1,
        "kind": "plan",
        "genre": "resultatkontrakt",
        "period": {"start": "2015-01-01", "end": "2015-12-31"},
        "frame": {"start": "2015-01-01", "end": "2018-12-31"},
    }
    assert titles[1] == {"id": 2, "kind": "other", "genre": None, "period": None, "frame": None}
    verdicts = read("Målet er ikke nået\n16 af 20\nKystvej\n".encode(), "--as", "verdicts")
    assert verdicts == [
        {"id": 1, "status": "not_met", "score": None},
        {"id": 2, "status": "partly_met", "score": {"value": 16, "of": 20}},
        {"id": 3, "status": None, "score": None},
    ]


GROUPS = """Tema 1
Kerneopgave 2: Tilsyn
Økonomiske og administrative mål
Eksterne (hårde) mål
2. Administrative mål
Produktområde 101 Tilsyn
Visionspunktet om sikker sejlads
Koncernmål der vedrører fraværet
Driftsmål
Mål for intern administration"""

NO_GROUPS = """Mål for 2019
Mål 1.2 Sygefravær (koncernmål)
Opfølgning på mål
Opgaver
Baggrund:
Sejlads og havne
1. instans"""


def test_headings():
    """A heading is taken apart, and said to gather goals where its words say so; a chapter of all goals does not."""
    found = read(f"{GROUPS}\n{NO_GROUPS}".encode(), "--as", "headings", "-")
    groups = len(GROUPS.splitlines())
    assert [answer["group"] for answer in found] == [True] * groups + [False] * (len(found) - groups)
    goal = next(answer for answer in found if answer["is_goal"])
    assert (goal["key"], goal["title"], goal["shared"]) == ("1.2", "Sygefravær", True)


@pytest.mark.parametrize(
    "line",
    [
        b"\xff",
        b"{",
        b"[1]",
        b'{"id": 2, "txt": "x"}',
        b'{"id": 1.5, "text": "x"}',
        b'{"id": 2, "text": "x", "context_year": "2019"}',
        b'{"id": 2, "text": "x", "context_year": 99999}',
        b'{"id": 2, "text": "\\ud800"}',
    ],
)
def test_a_bad_line_is_named(line):
    """A line that is not understood ends the command with 2 and one sentence that names it."""
    said = read(b'{"id": 1, "text": "x"}\n' + line, "--as", "targets", "--json", "-", code=2)
    assert said.startswith("maalspor: Line 2 ")
    assert said.count("\n") == 1


def test_lines_are_read_without_pdf_libraries():
    """Reading lines loads no PDF library."""
    code = "import sys, maalspor.__main__; print([m for m in sys.modules if m in ('pdfplumber', 'pypdfium2', 'pikepdf')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"
