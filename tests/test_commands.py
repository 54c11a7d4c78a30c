"""The command line as a person uses it: files in, records out, and nothing lost when it is killed."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMES = ("MRP-2018-Digestyrelsen.pdf", "MRP_Digestyrelsen_2021.pdf", "aarsrapport-2016-digestyrelsen.pdf")

EXPORTS = ("goals", "results", "links", "events", "silence")


def maalspor(folder, *arguments, code=0):
    """Run a command in a folder; its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "maalspor", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


@pytest.fixture
def files(tmp_path):
    """Three documents of the demo in a folder of their own."""
    for name in NAMES:
        found = next((ROOT / "maalspor" / "demo" / "site").rglob(name))
        shutil.copy(found, tmp_path / name)
    return [tmp_path / name for name in NAMES]


def test_from_files_to_search(tmp_path, files):
    """PDFs from disk are kept, read, indexed, found, shown and exported."""
    maalspor(tmp_path, "add", *NAMES)
    maalspor(tmp_path, "ingest")
    maalspor(tmp_path, "index")
    found = json.loads(maalspor(tmp_path, "search", "sygefravær", "--json"))
    assert found["total"] >= 1
    goal = next(hit for hit in found["hits"] if hit["kind"] == "goal")
    assert json.loads(maalspor(tmp_path, "show", goal["id"]))["goal"]["title"] == goal["title"]
    assert len(maalspor(tmp_path, "export", "plans").splitlines()) == 2
    assert maalspor(tmp_path, "export", "results", "--format", "csv").startswith("id,sha256,")
    maalspor(tmp_path, "check")
    maalspor(tmp_path, "search", "xyzzy", code=9)
    maalspor(tmp_path, "show", "nobody", code=6)


def test_what_is_inferred(tmp_path, files):
    """A year is compared, a goal is traced, and links, events and the ledger are exported, also as CSV."""
    maalspor(tmp_path, "add", *NAMES)
    maalspor(tmp_path, "ingest")
    compared = json.loads(maalspor(tmp_path, "compare", "digestyrelsen", "2018", "--json"))
    assert compared["plans"][0]["goals"]
    assert not compared["reports"]
    goal = compared["plans"][0]["goals"][0]
    assert goal["goal"]["title"] in maalspor(tmp_path, "compare", "digestyrelsen", "2018")
    traced = json.loads(maalspor(tmp_path, "trace", goal["id"], "--json"))
    assert goal["id"] in {stage["id"] for stage in traced["stages"]}
    assert goal["goal"]["title"] in maalspor(tmp_path, "trace", goal["id"])
    links = [json.loads(line) for line in maalspor(tmp_path, "export", "links").splitlines()]
    assert {"type", "from", "to", "method", "reason", "score", "sure"} == set(links[0])
    events = [json.loads(line) for line in maalspor(tmp_path, "export", "events").splitlines()]
    assert all(event["before"] or event["after"] for event in events)
    ledger = maalspor(tmp_path, "export", "silence", "--format", "csv").splitlines()
    assert ledger[0] == "agency,year,kind,state,reason,days_late"
    assert any(line.startswith("digestyrelsen,2018,plan,found,") for line in ledger)
    maalspor(tmp_path, "compare", "digestyrelsen", "1999", code=6)
    maalspor(tmp_path, "trace", "0123456789abcdef/1-2-3", code=6)


def test_a_killed_ingest_loses_nothing(tmp_path, files):
    """Killed at random moments and run again, or made anew from the archive, every export is the same."""
    maalspor(tmp_path, "add", *NAMES)
    maalspor(tmp_path, "ingest")
    before = [maalspor(tmp_path, "export", what) for what in EXPORTS]
    for path in (tmp_path / "data").glob("maalspor.db*"):
        path.unlink()
    shutil.rmtree(tmp_path / "data" / "images")
    chance = random.Random(2026)
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-m", "maalspor", "ingest"], cwd=tmp_path, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(chance.uniform(0.2, 2.5))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    maalspor(tmp_path, "ingest")
    assert [maalspor(tmp_path, "export", what) for what in EXPORTS] == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("crawl", "nowhere"), 2),
        (("crawl", "fmn", "--later"), 2),
        (("run",), 2),
        (("extract", "missing.pdf"), 2),
        (("search", "x"), 8),
        (("--sources", "missing", "doctor"), 3),
        (("sources", "check"), 0),
    ],
)
def test_mistakes_have_their_codes(tmp_path, arguments, code):
    """Each mistake ends with the code of the manual and one sentence, never a traceback."""
    maalspor(tmp_path, *arguments, code=code)


def test_extract_needs_no_store(tmp_path, files):
    """One record a line, in the order of the files; one that is not read ends the command with 5."""
    (tmp_path / "page.pdf").write_bytes(b"<html>404</html>")
    lines = maalspor(tmp_path, "extract", NAMES[0], "page.pdf", code=5).splitlines()
    assert [json.loads(line)["document"]["state"] for line in lines] == ["read", "not_pdf"]
    assert not (tmp_path / "data").exists()
