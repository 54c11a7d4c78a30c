"""Whole documents of the demo, read as they are printed."""

import json
from pathlib import Path

import pytest

from ingest.executor import open_executor
from ingest.read_one import Limits, read_one

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "tests" / "truth"
DEMO = ROOT / "maalspor" / "demo" / "site"

PLANS = [
    "Driftsdokument_2015_Havnetilsynet",
    "MRP-2018-Digestyrelsen",
    "MRP_Digestyrelsen_2017",
    "maal-og-resultatplan-2020-digestyrelsen",
    "Mål- og resultatplan for Digestyrelsen 2023 (endelig)",
]
"""Label lines, labelled paragraphs, one table a goal, one table for all, bullets."""


def document(name):
    """A demo document's bytes."""
    return next(path for path in DEMO.rglob("*.pdf") if path.stem == name).read_bytes()


@pytest.mark.parametrize("name", PLANS)
def test_plans_are_read(name):
    """Every goal of the plan is found by number and title, and nothing else is taken for one."""
    truth = json.loads((TRUTH / f"{name}.json").read_text(encoding="utf-8"))
    found = read_one(document(name), Limits())
    assert (found.kind, found.genre) == (truth["kind"], truth["genre"])
    assert [(goal.key, goal.title) for goal in found.goals] == [
        (g["key"], g["title"]) for g in truth["goals"]
    ]
    assert all(
        quote.page in range(1, found.document.pages + 1) for goal in found.goals for quote in goal.quotes
    )


def test_a_report_is_read():
    """Every row of a report's overview is a result with its verdict."""
    truth = json.loads((TRUTH / "aarsrapport-2016-digestyrelsen.json").read_text(encoding="utf-8"))
    found = read_one(document("aarsrapport-2016-digestyrelsen"), Limits())
    assert found.kind == "report"
    assert [(r.goal_title, r.status) for r in found.results] == [
        (r["goal_title"], r["status"]) for r in truth["results"]
    ]


@pytest.mark.parametrize(
    "name", ["Budget_2017_Kystministeriet", "stillingsopslag_digeinspektoer", "Strategi 2025 Havnetilsynet"]
)
def test_other_papers_give_no_goals(name):
    """A budget, a job advert and a strategy are full of figures, and give none."""
    assert read_one(document(name), Limits()).goals == ()


def test_real_danish_papers_give_no_goals():
    """Of 37 real papers from 2002 to 2023, one of them a strategy with vision and goals, none is a plan or a report."""
    papers = sorted((ROOT.parent / "shared" / "real" / "danish").rglob("*.pdf"))
    if not papers:
        pytest.skip("needs ../shared/real/danish")
    read = open_executor("processes:2").each(lambda path: read_one(path.read_bytes(), Limits()), papers)
    found = {path.name: (one.document.state, one.kind, len(one.goals)) for path, one in read}
    assert found == dict.fromkeys((path.name for path in papers), ("read", "other", 0))
