"""Every stage of reading one page, told and drawn: `maalspor stages`."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]
PLAN = next((ROOT / "maalspor" / "demo" / "site").rglob("MRP-2018-Digestyrelsen.pdf"))
BUDGET = next((ROOT / "maalspor" / "demo" / "site").rglob("Budget_2017_Kystministeriet.pdf"))


def stages(*arguments, code=0):
    """Run the command; its output by the heading of each stage, or what it says when it ends with a code."""
    done = subprocess.run(
        [sys.executable, "-m", "maalspor", "stages", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    if code:
        return done.stderr
    parts = done.stdout.split("\n== ")
    return {part.split("\n")[0].split(" (")[0]: part.split("\n")[1:] for part in parts}


def test_every_stage_is_told():
    """Words with their type, lines, blocks with their reading, outline and records of the page, each as it was read."""
    told = stages(PLAN, "--page", "3")
    mission = "Digestyrelsen holder digerne stærke og hjælper dem, der bor bag dem."
    assert any("15.0 bold" in line and line.endswith("vision") for line in told["words"])
    assert any(line.endswith(f"10.5 {mission}") for line in told["lines"])
    assert f"text: {mission}" in told["blocks"]
    assert any(line.startswith('heading level 1 {"key": "2"') for line in told["blocks"])
    assert "Mål- og resultatplan 2018 · Digestyrelsen" in told["left out: running lines, contents"]
    outline = told["outline"]
    assert any(line.startswith("* ") and "Mission og vision [mission]" in line for line in outline)
    assert any(line.startswith(" G ") and "1.1 Rettidigt tilsyn med diger" in line for line in outline)
    assert f'mission: {{"text": "{mission}"}}' in told["records on page 3"]


def test_candidates_stand_on_their_page():
    """A goal's candidate is told on its own page, with its pieces and what they are."""
    told = stages(PLAN, "--page", "4")
    assert any('"title": "Rettidigt tilsyn med diger"' in line for line in told["candidates of find_headed"])
    assert any(line.startswith("goal 0: ") for line in told["records on page 4"])


def test_the_page_is_drawn_with_boxes(tmp_path):
    """The picture has frames around lines in one colour and around quotes in another."""
    stages(PLAN, "--page", "3", "--draw", tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as image:
        assert image.format == "PNG"
        colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert {(0x1F, 0x77, 0xB4), (0xD6, 0x27, 0x28)} <= colours


def test_a_document_that_is_neither_has_no_outline():
    """Of a budget the lines are told, and that there is no outline."""
    told = stages(BUDGET, "--page", "1")
    assert "no outline: the document is neither plan nor report" in told
    assert told["lines"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((PLAN, "--page", "99"), 2, "there is no page 99"),
        ((PLAN, "--page", "1", "--draw", "/nowhere/page.png"), 2, "/nowhere is no folder"),
        ((ROOT / "README.md", "--page", "1"), 5, "not_pdf"),
    ],
)
def test_mistakes(arguments, code, said):
    """A page that is not there, a folder that is not there and a file that is no PDF each give one sentence."""
    assert said in stages(*arguments, code=code)
