"""Every way a child can die becomes an Extraction with one named finding; the parent never raises."""

import sys

import pytest

from ingest import read_one as module
from ingest.read_one import Limits, read_one

SHORT = Limits(silence_seconds=2.0, total_seconds=4.0)

CHILDREN = {
    "dies": ("import os; os.abort()", "crashed"),
    "exits": ("import sys; sys.exit(3)", "crashed"),
    "hangs in silence": ("import time; time.sleep(60)", "timeout"),
    "talks for ever": (
        "import sys, time\nwhile True: print('page', file=sys.stderr, flush=True); time.sleep(.1)",
        "timeout",
    ),
    "answers rubbish": ("print('{]')", "crashed"),
    "answers nothing": ("pass", "crashed"),
    "runs out of memory": ("raise MemoryError", "memory"),
    "ignores its input": ("import sys; sys.stdin.close(); sys.exit(1)", "crashed"),
}


@pytest.mark.parametrize("name", CHILDREN)
def test_a_child_that_dies_costs_only_itself(monkeypatch, name):
    """Death, silence, rubbish and memory each give their state, one finding, and the document's own hash."""
    code, state = CHILDREN[name]
    monkeypatch.setattr(module, "_command", lambda *_, **__: [sys.executable, "-c", code])
    found = read_one(b"%PDF-1.7 " + b"x" * 200_000, SHORT)
    assert found.document.state == state
    assert len(found.findings) == 1
    assert found.document.bytes == 200_009


@pytest.mark.parametrize(("megabytes", "state"), [(750, "memory"), (300, "crashed")])
def test_an_abort_for_want_of_memory_is_told(monkeypatch, megabytes, state):
    """PDFium aborts where memory ends: an abort with nearly all of the limit in use is `memory`, any other is not."""
    code = f"import os; held = b'x' * ({megabytes} << 20); os.abort()"
    monkeypatch.setattr(module, "_command", lambda *_, **__: [sys.executable, "-c", code])
    found = read_one(b"%PDF-1.7", Limits(memory_bytes=768 << 20))
    assert found.document.state == state


def test_no_bytes_are_an_empty_document():
    """A file without bytes is `empty`, without starting anything."""
    assert read_one(b"", SHORT).document.state == "empty"
