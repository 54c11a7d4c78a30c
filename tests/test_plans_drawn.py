"""Whole plans, drawn and read: goals in every form that plans print them, their proof, and what is no goal."""

import pytest
from drawn import BOLD, LEFT, Drawn
from drawn_read import records, shown

LOREM = "Digestyrelsen vedligeholder landets diger og sluser og holder øje med vandstanden langs hele kysten."
AGENCY, MINISTRY = "Digestyrelsen", "Kystministeriet"


def plan(title="Mål- og resultatplan 2020"):
    """A plan with its cover, at the top of its second page."""
    drawn = Drawn()
    drawn.put(title, LEFT, 250, size=26, font=BOLD)
    drawn.put(f"mellem {MINISTRY} og {AGENCY}", LEFT, 300, size=16)
    return drawn.page().heading("1. Mission", 16).text(LOREM)


def titles(extraction):
    """Key and title of each goal, in order."""
    return [(goal.key, goal.title) for goal in extraction.goals]


def demands(goal):
    """What a goal's targets say, without their words."""
    return [(target.comparator, target.value, target.unit) for target in goal.targets]


THREE = [
    ("1", "Hurtige svar", "Mindst 95 pct. af henvendelserne skal besvares inden for 10 dage."),
    ("2", "Sikre diger", "Højst 3 diger må være i ringe stand ved årets udgang."),
    ("3", "Tilfredse brugere", "Mindst 80 pct. af brugerne skal være tilfredse med vejledningen."),
]
THREE_READ = [(key, title) for key, title, _ in THREE]


# Forms


def test_goals_under_headings():
    """A heading a goal, with goal word and number: each has its own text and targets."""
    drawn = plan().heading("2. Mål for 2020", 16)
    for key, title, text in THREE:
        drawn.heading(f"Mål {key}. {title}", 12).text(text)
    found = records(drawn)
    assert (found.kind, found.genre, found.document.state) == ("plan", "mål- og resultatplan", "read")
    assert titles(found) == THREE_READ
    assert [goal.text for goal in found.goals] == [text for _, _, text in THREE]
    assert demands(found.goals[1]) == [("at_most", 3, "count")]


def test_goals_without_numbers():
    """Where no goal has a number, the headings of the chapter whose text demands something are the goals."""
    drawn = plan().heading("2. Mål for 2020", 16)
    for _, title, text in THREE:
        drawn.heading(title, 12).text(text)
    assert titles(records(drawn)) == [(None, title) for _, title, _ in THREE]


def test_goals_on_three_levels():
    """A goal's number under another's makes it a part of that goal."""
    drawn = (
        plan()
        .heading("2. Mål for 2020", 16)
        .heading("Mål 1. Sikre diger", 14)
        .text("Digerne skal holde vandet ude.")
    )
    drawn.heading("Resultatkrav 1.1 Eftersyn", 12).text("Mindst 40 diger skal ses efter.")
    drawn.heading("Resultatkrav 1.2 Udbedring", 12).text("Højst 3 skader må stå åbne ved årets udgang.")
    found = records(drawn)
    assert titles(found) == [("1", "Sikre diger"), ("1.1", "Eftersyn"), ("1.2", "Udbedring")]
    assert [goal.parent for goal in found.goals] == [None, 0, 0]


def test_goals_in_one_ruled_table():
    """A row a goal, with columns for number, goal, demand and weight; group rows name the goals below them."""
    rows = [["Nr.", "Mål", "Krav", "Vægt"], ["Drift"]]
    rows += [
        [key, title, text, weight]
        for (key, title, text), weight in zip(THREE[:2], ("40 pct.", "35 pct."), strict=True)
    ]
    rows += [["Udvikling"], [*THREE[2], "25 pct."]]
    found = records(plan().heading("2. Mål for 2020", 16).table(rows, [40, 110, 200, 60]))
    assert titles(found) == THREE_READ
    assert [int(goal.weight.value) for goal in found.goals] == [40, 35, 25]
    assert [goal.group for goal in found.goals] == [("Drift",), ("Drift",), ("Udvikling",)]
    assert demands(found.goals[0])[0] == ("at_least", 95, "percent")


@pytest.mark.parametrize("repeated", [True, False])
def test_a_goal_table_goes_on_over_a_page(repeated):
    """Rows on the next page are goals too, whether the heading row is printed again or not."""
    header, widths = ["Nr.", "Mål", "Krav"], [40, 140, 240]
    drawn = plan().heading("2. Mål for 2020", 16).table([header, list(THREE[0])], widths).page()
    rest = [header, *map(list, THREE[1:])] if repeated else [*map(list, THREE[1:])]
    found = records(drawn.table(rest, widths, bold=int(repeated)))
    assert titles(found) == THREE_READ


def test_goals_in_an_unruled_table():
    """Columns under known headings are read as a table though nothing is ruled."""
    rows = [["Nr.", "Mål", "Krav"], *map(list, THREE)]
    found = records(plan().heading("2. Mål for 2020", 16).table(rows, [50, 140, 250], rulings="none"))
    assert titles(found) == THREE_READ


def test_one_table_a_goal():
    """A small table a goal: its heading row, then labels and what they say."""
    drawn = plan().heading("2. Mål for 2020", 16)
    for key, title, text in THREE:
        drawn.table(
            [[f"Mål {key}. {title}"], ["Baggrund", LOREM], ["Krav", text], ["Vægt", "20 pct."]], [90, 340]
        )
    found = records(drawn)
    assert titles(found) == THREE_READ
    assert [int(goal.weight.value) for goal in found.goals] == [20, 20, 20]
    assert demands(found.goals[2]) == [("at_least", 80, "percent")]


def test_goals_as_numbered_sentences():
    """A list that counts up and demands in every sentence is the goals themselves."""
    drawn = plan("Resultatkontrakt 2020").heading("2. Mål for 2020", 16)
    for number, text in enumerate(
        [
            "Højst 3 diger er i ringe stand.",
            "Mindst 95 pct. af brevene er besvaret.",
            "Sygefraværet er højst 8 dage.",
        ],
        1,
    ):
        drawn.text(f"{number}. {text}")
    assert [goal.key for goal in records(drawn).goals] == ["1", "2", "3"]


def test_goals_in_panels_side_by_side():
    """Each coloured box is a goal, with its own words and none of its neighbour's."""
    drawn = plan().heading("2. Mål for 2020", 16)
    for at, (key, title, text) in enumerate(THREE[:2]):
        drawn.panel(f"Mål {key}. {title}", text, x=LEFT + 230 * at, width=210)
    found = records(drawn)
    assert titles(found) == THREE_READ[:2]
    assert [goal.text for goal in found.goals] == [text for _, _, text in THREE[:2]]


def test_labels_sort_a_goals_text():
    """Label lines say what is background, what is demanded and what the goal weighs."""
    drawn = plan().heading("2. Mål for 2020", 16).heading("Mål 1. Sikre diger", 12)
    drawn.text(f"Baggrund: {LOREM}").text("Succeskriterium: Højst 3 diger er i ringe stand.").text(
        "Vægtning: 100 pct."
    )
    (goal,) = records(drawn).goals
    assert demands(goal) == [("at_most", 3, "count")]
    assert int(goal.weight.value) == 100
    assert "Vægtning" not in goal.text


def test_a_column_a_year():
    """In a table with a column a year each cell is the target of its year, and the year before is the baseline."""
    drawn = (
        plan("Resultatkontrakt 2020-2021")
        .heading("2. Mål", 16)
        .heading("Mål 1. Hurtige svar", 12)
        .text("Flere svar i tide.")
    )
    drawn.table(
        [["", "2019", "2020", "2021"], ["Svar inden for 10 dage, pct.", "88", "90", "92"]], [180, 70, 70, 70]
    )
    (goal,) = records(drawn).goals
    assert [(int(target.value), target.period.start.year) for target in goal.targets] == [
        (90, 2020),
        (92, 2021),
    ]


# What is no goal


def test_a_money_table_gives_no_goals():
    """Budgets have years and figures, and demand nothing."""
    drawn = (
        plan()
        .heading("2. Mål for 2020", 16)
        .heading("Mål 1. Sikre diger", 12)
        .text("Højst 3 diger må være i ringe stand.")
    )
    drawn.heading("3. Økonomi", 16).table(
        [["Mio. kr.", "2020", "2021"], ["Bevilling", "95,0", "92,5"], ["Løn", "60,1", "61,0"]], [180, 80, 80]
    )
    found = records(drawn)
    assert titles(found) == [("1", "Sikre diger")]
    assert demands(found.goals[0]) == [("at_most", 3, "count")]


def test_a_contents_list_gives_no_goals():
    """Goals listed in the front are counted once, where they stand."""
    drawn = Drawn()
    drawn.put("Mål- og resultatplan 2020", LEFT, 60, size=26, font=BOLD)
    drawn.put(AGENCY, LEFT, 95, size=16)
    drawn.at = 140
    drawn.contents([*((f"Mål {key}. {title}", 2) for key, title in THREE_READ), ("Opfølgning", 3)])
    drawn.page().heading("Mål for 2020", 16)
    for key, title, text in THREE:
        drawn.heading(f"Mål {key}. {title}", 12).text(text)
    assert titles(records(drawn.page().heading("Opfølgning", 16).text(LOREM))) == THREE_READ


def test_another_paper_gives_nothing():
    """A press note full of goals is no plan."""
    drawn = (
        Drawn().heading("Pressemeddelelse", 20).heading("Ny mål- og resultatplan 2020 for Digestyrelsen", 16)
    )
    drawn.text(LOREM).heading("Mål 1. Hurtige svar", 12).text(THREE[0][2])
    found = records(drawn)
    assert (found.kind, found.goals) == ("other", ())


def test_english_papers_are_not_read_for_goals():
    """A paper in English is named so, and gives no goals."""
    drawn = (
        Drawn()
        .heading("Performance plan 2020", 20)
        .text("The agency is to answer at least 95 per cent of the letters in time. ")
    )
    found = records(drawn)
    assert (found.document.language, found.kind, found.goals) == ("en", "other", ())


# Proof


def test_the_words_in_the_boxes_are_the_fields():
    """A goal's boxes hold its number, title and text, a target's its own sentence, a weight's its figure."""
    drawn = plan().heading("2. Mål for 2020", 16)
    for key, title, text in THREE:
        drawn.heading(f"Mål {key}. {title} (20 pct.)", 12).text(f"{LOREM} {text}")
    for goal, (key, title, text) in zip(records(drawn).goals, THREE, strict=True):
        assert shown(drawn, goal.quotes) == f"Mål {key}. {title} (20 pct.) {LOREM} {text}"
        (target, *_) = goal.targets
        assert shown(drawn, target.quotes) == text
        assert "(20 pct.)" in shown(drawn, goal.weight.quotes)


def test_a_goal_over_a_page_break_is_proved_on_both():
    """A paragraph that the page breaks is one text, with boxes on both pages."""
    drawn = (
        plan()
        .heading("2. Mål for 2020", 16)
        .heading("Mål 1. Hurtige svar", 12)
        .text("Mindst 95 pct. af alle")
    )
    (goal,) = records(drawn.page().text("henvendelser skal besvares inden for 10 dage.")).goals
    assert goal.text == "Mindst 95 pct. af alle henvendelser skal besvares inden for 10 dage."
    assert [quote.page for quote in goal.quotes] == [2, 2, 3]


def test_a_mission_is_its_section():
    """The text under the heading, with its boxes, up to the next heading."""
    drawn = plan().heading("2. Vision", 16).text("Ingen får våde fødder.").heading("3. Mål for 2020", 16)
    drawn.heading("Mål 1. Hurtige svar", 12).text(THREE[0][2])
    found = records(drawn)
    assert (found.mission.text, found.vision.text) == (LOREM, "Ingen får våde fødder.")
    assert shown(drawn, found.mission.quotes) == LOREM
