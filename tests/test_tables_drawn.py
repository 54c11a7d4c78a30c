"""Tables of plans and reports in the forms that offices print them, drawn and read."""

from drawn import BOLD, LEFT, Drawn
from drawn_read import records

AGENCY, MINISTRY = "Digestyrelsen", "Kystministeriet"


def paper(title="Mål- og resultatplan 2020"):
    """A cover, and the next page's top."""
    drawn = Drawn()
    drawn.put(title, LEFT, 250, size=26, font=BOLD)
    drawn.put(f"mellem {MINISTRY} og {AGENCY}", LEFT, 300, size=16)
    return drawn.page().text(
        f"{AGENCY} vedligeholder landets diger og sluser og holder øje med vandstanden ved kysten."
    )


def plan():
    """A plan at the heading of its goals."""
    return paper().heading("1. Mål for 2020", 16)


def demands(goal):
    """What a goal's targets say, without their words."""
    return [(target.comparator, target.value, target.unit) for target in goal.targets]


ROWS = [
    ["1", "Hurtige svar", "Mindst 95 pct. besvares inden 10 dage", "40 pct."],
    ["2", "Sikre diger", "Højst 3 diger er i ringe stand", "60 pct."],
]


def test_rows_between_rulings_alone():
    """Lines across a table are enough: its columns lie where no row has a word."""
    drawn = plan().table(
        [["Nr.", "Mål", "Resultatkrav", "Vægt"], ["Drift"], *ROWS], [40, 120, 220, 70], rulings="rows"
    )
    found = records(drawn).goals
    assert [(goal.key, goal.title, goal.group) for goal in found] == [
        ("1", "Hurtige svar", ("Drift",)),
        ("2", "Sikre diger", ("Drift",)),
    ]
    assert [demands(goal) for goal in found] == [[("at_least", 95, "percent")], [("at_most", 3, "count")]]
    assert [goal.weight.value for goal in found] == [40, 60]


def test_a_heading_row_may_stand_above_the_rulings():
    """Headings printed right above a ruled table are its first row."""
    drawn = plan()
    for text, x in (("Nr.", 0), ("Mål", 40), ("Resultatkrav", 160), ("Vægt", 380)):
        drawn.put(text, LEFT + x + 4, drawn.at, size=9, font=BOLD)
    drawn.at += 13
    assert [goal.title for goal in records(drawn.table(ROWS, [40, 120, 220, 70], bold=0)).goals] == [
        "Hurtige svar",
        "Sikre diger",
    ]


def test_degrees_stand_in_columns_of_their_own():
    """The words "Målet er opfyldt, hvis" and "delvist opfyldt, hvis" head thresholds; each target says which."""
    head = ["Nr.", "Mål", "Målet er opfyldt, hvis", "Målet er delvist opfyldt, hvis"]
    rows = [
        ["1", "Ventetid", "Højst 10 dage", "Højst 14 dage"],
        ["2", "Øvelser", "Mindst 8 øvelser", "6 øvelser"],
    ]
    first = records(plan().table([head, *rows], [40, 120, 140, 150])).goals[0]
    assert [(target.value, target.degree) for target in first.targets] == [(10, "met"), (14, "partly_met")]


def test_a_table_of_weights_behind_the_signatures():
    """A weight is a goal's wherever its table stands."""
    drawn = plan().heading("Mål 1. Hurtige svar", 12).text("Mindst 95 pct. besvares inden 10 dage.")
    drawn.heading("Mål 2. Sikre diger", 12).text("Højst 3 diger må være i ringe stand ved årets udgang.")
    drawn.heading("2. Underskrifter", 16).text("Havnsted, den 12. december 2019")
    drawn.table([["Mål", "Vægt (pct.)"], ["1. Hurtige svar", "40"], ["2. Sikre diger", "60"]], [250, 100])
    assert [goal.weight.value for goal in records(drawn).goals] == [40, 60]


def test_items_of_a_cell_are_demands_of_their_own():
    """A list in a cell is read item by item: no deadline of one is another's."""
    drawn = plan()
    drawn.table(
        [
            ["Mål 1", "Nyt register"],
            ["Baggrund", "Ved udgangen af 2019 var 40 diger registreret."],
            [
                "Succeskriterium",
                "• Registeret er åbnet senest den 1. maj 2020. • Mindst 90 diger er registreret.",
            ],
        ],
        [120, 220],
        bold=0,
    )
    (goal,) = records(drawn).goals
    assert [(target.comparator, target.value, target.deadline) for target in goal.targets][1:] in (
        [("at_least", 90, None)],
        [],
    )
    assert goal.targets[0].deadline is not None


def test_a_number_alone_opens_a_label_table():
    """The words "D5 | Kundetilfredshed" above rows of labels is a goal, without a goal's word."""
    drawn = plan().table(
        [
            ["D5", "Tilfredse kunder"],
            ["Baggrund", "Kunder spørges hvert år."],
            ["Succeskriterium", "Mindst 80 pct. er tilfredse."],
        ],
        [120, 320],
        bold=0,
    )
    (goal,) = records(drawn).goals
    assert (goal.key, goal.title, demands(goal)) == ("D5", "Tilfredse kunder", [("at_least", 80, "percent")])


def test_years_before_the_goal_are_where_it_stood():
    """Of columns headed by years the last before the plan's own is the baseline."""
    head = ["Nr.", "Mål", "2018", "2019", "Mål 2020", "Point"]
    rows = [
        ["1", "Tilfredse borgere", "71 pct.", "74 pct.", "Mindst 80 pct.", "60"],
        ["2", "Øvelser", "6", "7", "Mindst 9", "40"],
    ]
    first = records(plan().table([head, *rows], [40, 130, 60, 60, 100, 50])).goals[0]
    assert demands(first) == [("at_least", 80, "percent")]
    assert (first.targets[0].baseline.value, first.targets[0].baseline.year) == (74, 2019)


def test_a_bound_in_a_label_is_every_years():
    """The words "Antal uheld (højst)" bounds the figure of each year."""
    drawn = plan().heading("Mål 1. Færre uheld", 12).text("Uheld skal blive færre.")
    drawn.table(
        [["Indikator", "2019", "2020", "2021"], ["Antal uheld (højst)", "41", "36", "34"]], [180, 60, 60, 60]
    )
    drawn.heading("Mål 2. Sikre diger", 12).text("Højst 3 diger må være i ringe stand ved årets udgang.")
    first = records(drawn).goals[0]
    assert demands(first) == [("at_most", 36, "count"), ("at_most", 34, "count")]
    assert {target.baseline.value for target in first.targets} == {41}


def test_weighed_bullets_are_goals():
    """List items that have a weight each are the goals, under whatever heading."""
    drawn = plan()
    items = [
        "Mindst 95 pct. af brevene besvares inden 10 dage (40 %).",
        "Højst 3 diger er i ringe stand (35 %).",
    ]
    drawn.heading("Kerneopgave A. Diger", 12).bullets([*items, "Der holdes otte øvelser (25 %)."])
    found = records(drawn).goals
    assert [goal.weight.value for goal in found] == [40, 35, 25]
    assert demands(found[0]) == [("at_least", 95, "percent")]


def test_a_letter_may_be_the_plan():
    """A letter's subject names the paper; its numbered lines with points are the goals."""
    drawn = Drawn()
    drawn.put(f"{MINISTRY}", LEFT, 80, size=10)
    drawn.at = 140
    drawn.put(f"Mål- og resultatplan 2020 for {AGENCY}", LEFT, drawn.at, size=12, font=BOLD)
    drawn.at += 30
    drawn.text(
        f"Kære direktør. Som aftalt sender jeg de mål, som {MINISTRY} og {AGENCY} har aftalt for 2020."
    )
    for number, (title, text) in enumerate(
        [
            ("Svar", "Mindst 95 pct. af brevene skal besvares inden 10 dage."),
            ("Diger", "Højst 3 diger må være i ringe stand."),
            ("Øvelser", "Der skal holdes mindst 8 øvelser."),
        ],
        1,
    ):
        drawn.text(f"{number}. {title} (30 point)\n{text}")
    found = records(drawn)
    assert (found.kind, found.period.start.year) == ("plan", 2020)
    assert [(goal.title, goal.weight.unit) for goal in found.goals] == [
        ("Svar", "points"),
        ("Diger", "points"),
        ("Øvelser", "points"),
    ]


def test_results_under_a_heading_of_two_lines():
    """Below a merged heading the second line names the columns; "Ja" answers whether a goal was met."""
    drawn = paper("Årsrapport 2020").heading("2.4 Målrapportering", 16)
    drawn.table(
        [
            ["Nr.", "Resultatkrav", "Mål 2020", "Resultat 2020", "Opfyldt"],
            ["1", "Hurtige svar", "95 pct.", "97 pct.", "Ja"],
            ["2", "Sikre diger", "Højst 3", "5", "Nej"],
        ],
        [40, 130, 90, 110, 70],
    )
    assert [(result.goal_title, result.status) for result in records(drawn).results] == [
        ("Hurtige svar", "met"),
        ("Sikre diger", "not_met"),
    ]


def test_money_is_no_result():
    """A table of money with a column for the year's result answers no goal."""
    drawn = paper("Årsrapport 2020").heading("2.3 Økonomi", 16)
    drawn.table(
        [
            ["Mio. kr.", "Bevilling", "Indtægter", "Resultat"],
            ["Tilsyn", "27,9", "12,7", "-0,2"],
            ["Drift", "8,5", "1,2", "0,4"],
        ],
        [130, 90, 90, 90],
    )
    assert records(drawn).results == ()


def test_a_group_column_is_not_the_goals():
    """Beside a column of numbered goals a column that runs over several rows names their groups."""
    drawn = paper("Årsrapport 2020").heading("2.4 Målrapportering", 16)
    head = ["Opgave", "Resultatmål", "Opnået resultat", "Målopfyldelse"]
    rows = [
        ["Tilsyn", "1.1 Hurtige svar", "97 pct.", "Opfyldt"],
        [None, "1.2 Sikre diger", "5 diger", "Ikke opfyldt"],
    ]
    found = records(drawn.table([head, *rows], [100, 140, 100, 100])).results
    assert [(result.goal_key, result.goal_title) for result in found] == [
        ("1.1", "Hurtige svar"),
        ("1.2", "Sikre diger"),
    ]
