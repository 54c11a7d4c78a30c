"""Whole drawn documents through read_one, as the program reads them: scanned, hidden behind, mapped wrongly, printed."""

import pytest
from drawn import BOLD, LEFT, Drawn, mismapped, scanned, shifted
from drawn_read import shown

from ingest.read_one import Limits, read_one

LOREM = "Digestyrelsen vedligeholder landets diger og sluser og holder øje med vandstanden langs hele kysten."
GOALS = [
    ("1", "Hurtige svar", "Mindst 95 pct. af brevene skal besvares inden for 10 dage."),
    ("2", "Sikre diger", "Højst 3 diger må være i ringe stand ved årets udgang."),
    ("3", "Tilfredse brugere", "Mindst 80 pct. af brugerne skal være tilfredse."),
]
LINES = [
    ("Mål- og resultatplan 2020", 22),
    ("Digestyrelsen", 16),
    ("Digestyrelsen hører under Kystministeriet.", 11),
]
LINES += [line for key, title, text in GOALS for line in ((f"Mål {key}. {title}", 15), (text, 11))]


def titles(extraction):
    """Key and title of each goal."""
    return [(goal.key, goal.title) for goal in extraction.goals]


@pytest.mark.parametrize("skew", [0.0, 1.5])
def test_a_scanned_plan_is_read(tesseract, skew):
    """A plan that is nothing but an image, straight or askew, gives its goals, marked as read from images."""
    drawn = Drawn().image(scanned(LINES, skew=skew))
    found = read_one(drawn.pdf(), Limits())
    assert (found.document.state, found.document.text_layer, found.kind) == ("read", "ocr", "plan")
    assert titles(found) == [(key, title) for key, title, _ in GOALS]
    assert [int(goal.targets[0].value) for goal in found.goals] == [95, 3, 80]
    tops = [goal.quotes[0].box.top for goal in found.goals]
    assert tops == sorted(tops)


def test_an_earlier_reading_behind_the_image_is_set_aside(tesseract):
    """Rubbish that somebody's scanner put behind the picture is not what is read."""
    found = read_one(
        Drawn().image(scanned(LINES), hidden="Maa1- 0g resu1tatp1an 2O2O\nMaa1 1. Hurt1ge").pdf(), Limits()
    )
    assert found.document.text_layer == "ocr"
    assert titles(found) == [(key, title) for key, title, _ in GOALS]
    assert "0g" not in found.pages[0].text


def test_only_the_pages_that_need_it_are_scanned(tesseract):
    """A plan with one scanned page among printed ones is marked mixed, and read whole."""
    drawn = Drawn().heading("Mål- og resultatplan 2020", 24).heading("Digestyrelsen", 16)
    drawn.text("Digestyrelsen hører under Kystministeriet.").heading("Mål 1. Hurtige svar", 14).text(
        GOALS[0][2]
    ).page()
    drawn.image(scanned([line for line in LINES if line[0].startswith(("Mål 2", "Højst"))]))
    found = read_one(drawn.pdf(), Limits())
    assert found.document.text_layer == "mixed"
    assert titles(found) == [(key, title) for key, title, _ in GOALS[:2]]


def test_a_heading_font_without_a_map_is_read_and_said(tesseract):
    """Headings that store other letters than they show are read from the image, and a finding says so."""
    drawn = Drawn().heading("Mål- og resultatplan 2020", 24).heading("Digestyrelsen", 16)
    drawn.text("Digestyrelsen hører under Kystministeriet.")
    for key, title, text in (
        *GOALS,
        ("4", "Bedre vejledning og flere besøgende", "Mindst 40 pct. flere skal besøge sluserne."),
    ):
        drawn.at += 12
        drawn.put(shifted(f"Mål {key}. {title}"), LEFT, drawn.at, size=15, font=mismapped())
        drawn.at += 24
        drawn.text(f"{text} {LOREM}")
    found = read_one(drawn.pdf(), Limits())
    assert "broken_text" in [finding.code for finding in found.findings]
    assert titles(found)[:3] == [(key, title) for key, title, _ in GOALS]


def test_goals_are_proved_by_their_words():
    """Through the child and back: each goal's boxes hold its own words on the page, a target's its own sentence."""
    drawn = Drawn()
    drawn.put("Mål- og resultatplan 2020", LEFT, 250, size=26, font=BOLD)
    drawn.put("Digestyrelsen", LEFT, 300, size=16)
    drawn.page().text(LOREM)
    for key, title, text in GOALS:
        drawn.heading(f"Mål {key}. {title}", 14).text(f"{LOREM} {text}")
    found = read_one(drawn.pdf(), Limits())
    assert found.document.text_layer == "native"
    assert titles(found) == [(key, title) for key, title, _ in GOALS]
    for goal, (key, title, text) in zip(found.goals, GOALS, strict=True):
        assert shown(drawn, goal.quotes) == f"Mål {key}. {title} {LOREM} {text}"
        assert [shown(drawn, target.quotes) for target in goal.targets[:1]] == [text]


def test_a_goal_tables_cells_are_its_proof():
    """A row's boxes hold the words of its cells and of no other row."""
    drawn = Drawn()
    drawn.put("Resultatkontrakt 2020", LEFT, 250, size=26, font=BOLD)
    drawn.put("Digestyrelsen", LEFT, 300, size=16)
    drawn.page().text(LOREM).heading("Mål for 2020", 16)
    drawn.table([["Nr.", "Mål", "Krav"], *map(list, GOALS)], [40, 140, 250])
    found = read_one(drawn.pdf(), Limits())
    assert titles(found) == [(key, title) for key, title, _ in GOALS]
    for goal, row in zip(found.goals, GOALS, strict=True):
        assert sorted(shown(drawn, goal.quotes).split()) == sorted(" ".join(row).split())
