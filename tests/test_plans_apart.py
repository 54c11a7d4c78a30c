"""Plans whose parts stand apart, drawn and read: weights behind the signatures, goals printed twice, columns, crops."""

import pytest
from drawn import HEIGHT, LEFT, WIDTH, Drawn
from drawn_read import page_words, pages, records, shown
from test_plans_drawn import LOREM, THREE, THREE_READ, demands, plan, titles


def headed(drawn, *, mark=""):
    """The three goals under headings of their own."""
    for key, title, text in THREE:
        drawn.heading(f"Mål {key}. {title}{mark}", 12).text(text)
    return drawn


def test_weights_in_a_table_behind_the_signatures():
    """A table of numbers and weights far from the goals gives each its weight, and makes no goals."""
    drawn = (
        headed(plan().heading("2. Mål for 2020", 16))
        .heading("3. Påtegning", 16)
        .text("Havnsted, den 3. december 2019")
    )
    rows = [
        ["Nr.", "Mål", "Vægt"],
        *(
            [key, title, weight]
            for (key, title, _), weight in zip(THREE, ("50 pct.", "30 pct.", "20 pct."), strict=True)
        ),
    ]
    drawn.page().heading("Bilag 1. Vægtning af målene", 16).table(rows, [40, 200, 80])
    found = records(drawn)
    assert titles(found) == THREE_READ
    assert [int(goal.weight.value) for goal in found.goals] == [50, 30, 20]
    assert {quote.page for goal in found.goals for quote in goal.weight.quotes} == {3}


def test_goals_printed_twice_count_once():
    """Goals in prose and again in a table are the same goals, shown in both places."""
    drawn = headed(plan().heading("2. Mål for 2020", 16)).page().heading("3. Oversigt over mål", 16)
    drawn.table([["Nr.", "Mål", "Krav"], *map(list, THREE)], [40, 140, 250])
    found = records(drawn)
    assert titles(found) == THREE_READ
    assert [len(goal.targets) for goal in found.goals] == [
        len(goal.targets) for goal in records(headed(plan().heading("2. Mål for 2020", 16))).goals
    ]


def test_goals_of_the_whole_ministry_are_marked():
    """A mark "(koncernfælles)" behind a title says that other bodies have the goal too, and is no part of the title."""
    found = records(headed(plan().heading("2. Mål for 2020", 16), mark=" (koncernfælles)"))
    assert titles(found) == THREE_READ
    assert [goal.shared for goal in found.goals] == [True] * 3


def test_intentions_are_not_binding():
    """Goals under a heading of intentions are told from those that bind."""
    drawn = headed(plan().heading("2. Mål for 2020", 16)).heading("Sigtelinjer", 16)
    drawn.heading("Mål 4. Flere sluser", 12).text("Mindst 2 sluser skal være bygget i 2025.")
    assert [goal.binding for goal in records(drawn).goals] == [True, True, True, False]


def test_groups_are_the_headings_above():
    """The heading between the chapter and its goals is their group."""
    drawn = plan().heading("2. Mål for 2020", 16).heading("Drift", 14)
    for key, title, text in THREE[:2]:
        drawn.heading(f"Mål {key}. {title}", 12).text(text)
    drawn.heading("Udvikling", 14).heading("Mål 3. Tilfredse brugere", 12).text(THREE[2][2])
    assert [goal.group for goal in records(drawn).goals] == [("Drift",), ("Drift",), ("Udvikling",)]


def test_goals_in_two_columns():
    """In two columns a goal's text goes down its column, not across."""
    drawn = plan().page().heading("2. Mål for 2020", 16)
    left = [
        "Mål 1. Hurtige svar",
        f"Mindst 95 pct. af brevene skal besvares inden for 10 dage. {LOREM} {LOREM}",
        LOREM,
    ]
    right = [
        "Mål 2. Sikre diger",
        f"Højst 3 diger må være i ringe stand ved årets udgang. {LOREM} {LOREM}",
        LOREM,
    ]
    found = records(drawn.columns(left, right))
    assert titles(found) == THREE_READ[:2]
    assert [demands(goal)[0][:2] for goal in found.goals] == [("at_least", 95), ("at_most", 3)]


def test_letter_spaced_headings_open_chapters():
    """A chapter's heading in letters set apart is its heading all the same."""
    drawn = (
        Drawn().heading("Mål- og resultatplan 2020", 24).heading("Digestyrelsen", 18).text(f"{LOREM} {LOREM}")
    )
    drawn.spaced("MISSION").text("Diger, der står, og sluser, der lukker.").spaced("MÅL FOR 2020")
    found = records(headed(drawn))
    assert found.mission.text == "Diger, der står, og sluser, der lukker."
    assert titles(found) == THREE_READ


@pytest.mark.parametrize(("left", "top"), [(0, 0), (30, 40)])
def test_boxes_count_from_the_crop_boxs_corner(left, top):
    """What lies outside the crop box is not on the page, and places are counted from its corner."""
    drawn = Drawn().crop(left, top)
    drawn.put("Skæremærke", 5, 5)
    drawn.put("Mål", LEFT, 200)
    (page,) = pages(drawn)
    found = {word.text: word.box for word in page_words(page)}
    assert found["Mål"].x0 == pytest.approx(LEFT - left, abs=0.5)
    assert found["Mål"].top == pytest.approx(200 - top, abs=3)
    assert ("Skæremærke" in found) is (left == 0)


def test_a_page_stored_sideways_is_read_as_displayed():
    """A page stored sideways and turned by its own mark is read as it is seen, with its boxes there."""
    (page,) = pages(Drawn().sideways("Mindst 95 pct. af brevene", 100, 200))
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    (line,) = page.lines
    assert line.text == "Mindst 95 pct. af brevene"
    assert line.box.x0 == pytest.approx(100, abs=1)
    assert line.box.top == pytest.approx(200, abs=3)


def test_a_quote_never_leaves_its_page():
    """Every box of a reading lies on the page that it names, and holds words."""
    drawn = headed(plan().heading("2. Mål for 2020", 16))
    sizes = {page.number: (page.width, page.height) for page in pages(drawn)}
    for goal in records(drawn).goals:
        for quote in (*goal.quotes, *(quote for target in goal.targets for quote in target.quotes)):
            width, height = sizes[quote.page]
            assert 0 <= quote.box.x0 < quote.box.x1 <= width
            assert 0 <= quote.box.top < quote.box.bottom <= height
            assert shown(drawn, [quote])
