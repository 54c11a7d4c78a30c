"""Children that are forked from a process with the reader imported read as those started cold, and fail as they do."""

import os
import signal
from pathlib import Path

import pytest
from drawn import Drawn
from test_extract import document

from ingest.children import Warm
from ingest.executor import open_executor
from ingest.read_one import Limits, read_one
from ingest.sample import sample_pdfs

PLAN = "mrp19_digestyrelsen"
PLANS = (PLAN, "Færgefartsstyrelsen MRP 2019", "Havnetilsynet MRP 2019")


@pytest.fixture
def warm():
    """Warm processes, ended after the test."""
    with Warm() as pool:
        yield pool


def test_a_forked_child_reads_as_one_started_cold(warm):
    """The same record of the same document, whichever way its child was started, and however many came before."""
    for name in PLANS:
        pdf = document(name)
        assert read_one(pdf, Limits(), warm=warm) == read_one(pdf, Limits())


def test_a_warm_process_reads_papers_of_its_own_first():
    """A plan and a report, so that what both need at first use is there before a child is forked."""
    plan, report = (read_one(pdf, Limits()) for pdf in sample_pdfs())
    assert (plan.kind, [goal.key for goal in plan.goals]) == ("plan", ["1", "2", "3"])
    assert report.kind == "report"
    assert {"met", "not_met"} <= {result.status for result in report.results}


@pytest.mark.parametrize(
    ("limits", "state"),
    [
        (Limits(total_seconds=0.0, silence_seconds=0.0), "timeout"),
        (Limits(memory_bytes=64 << 20), "crashed"),
    ],
    ids=["time", "abort"],
)
def test_a_forked_child_that_dies_costs_only_itself(warm, limits, state):
    """Its limits are its own; the next child of the same process reads."""
    assert read_one(document(PLAN), limits, warm=warm).document.state == state
    assert read_one(document(PLAN), Limits(), warm=warm).goals


def test_a_lost_process_is_replaced(warm):
    """Where the process that forks is gone, the next document is read by a child of another."""
    child = warm.start([])
    child.stdin.close()
    forker = parent_of(child.pid)
    os.kill(forker, signal.SIGKILL)
    child.ended()
    child.stdout.close()
    child.stderr.close()
    assert read_one(Drawn().text("Kun en side.").page().pdf(), Limits(), warm=warm).document.state == "read"


def parent_of(pid):
    """The number of a process's parent."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[1])


def test_each_worker_has_a_process_of_its_own(warm):
    """Two at once read what one after the other reads."""
    pdfs = [document(name) for name in PLANS]
    found = dict(open_executor("processes:2").each(lambda pdf: read_one(pdf, Limits(), warm=warm), pdfs))
    assert all(found[pdf].goals for pdf in pdfs)
