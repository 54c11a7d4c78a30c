"""Whole reports, drawn and read: results in tables and sections, verdicts as words, colours, signs and points."""

from decimal import Decimal

import pytest
from drawn import BOLD, GREEN, LEFT, RED, YELLOW, Drawn
from drawn_read import WORDS, records, shown, structure

from ingest.finders.legend import find_legend

LOREM = "Digestyrelsen vedligeholder landets diger og sluser og holder øje med vandstanden langs hele kysten."
WHY = f"{LOREM} {LOREM} {LOREM}"
HEADER = ["Nr.", "Mål", "Krav", "Resultat", "Målopfyldelse"]
WIDTHS = [35, 120, 110, 110, 80]
ROWS = [
    ["1", "Hurtige svar", "Mindst 95 pct.", "96,5 pct.", "Opfyldt"],
    ["2", "Sikre diger", "Højst 13 diger", "14 diger", "Delvist opfyldt"],
    ["3", "Tilfredse brugere", "Mindst 80 pct.", "71 pct.", "Ikke opfyldt"],
]


def report(title="Årsrapport 2020"):
    """A report with its cover, at the top of its second page."""
    drawn = Drawn()
    drawn.put(title, LEFT, 250, size=26, font=BOLD)
    drawn.put("Digestyrelsen", LEFT, 300, size=16)
    drawn.put("Kystministeriet", LEFT, 330, size=12)
    return drawn.page().heading("1. Påtegning", 16).text(LOREM)


def verdicts(extraction):
    """Key, title and verdict of each result, in order."""
    return [(result.goal_key, result.goal_title, result.status) for result in extraction.results]


READ = [
    ("1", "Hurtige svar", "met"),
    ("2", "Sikre diger", "partly_met"),
    ("3", "Tilfredse brugere", "not_met"),
]


# Tables


@pytest.mark.parametrize("rulings", ["all", "rows", "none"])
def test_results_in_a_table(rulings):
    """A row a result, with full, partial or no rulings: goal, demand, figure and verdict."""
    found = records(
        report().heading("2.4 Målrapportering", 14).table([HEADER, *ROWS], WIDTHS, rulings=rulings)
    )
    assert (found.kind, found.genre) == ("report", "årsrapport")
    assert verdicts(found) == READ
    first = found.results[0]
    assert (first.target_printed, first.actual_printed, first.status_printed) == (
        "Mindst 95 pct.",
        "96,5 pct.",
        "Opfyldt",
    )
    assert (first.actual.value, first.actual.unit) == (Decimal("96.5"), "percent")
    assert first.section == "part1"


def test_a_results_boxes_hold_its_row():
    """The boxes of a result hold the words of its row and of no other; those of the verdict the verdict."""
    drawn = report().heading("2.4 Målrapportering", 14).table([HEADER, *ROWS], WIDTHS)
    for result, row in zip(records(drawn).results, ROWS, strict=True):
        assert shown(drawn, result.quotes) == " ".join(row)
        assert shown(drawn, result.field_quotes["status"]) == row[-1]


def test_a_result_table_goes_on_over_a_page():
    """Rows on the next page without heading are results too."""
    drawn = report().heading("2.4 Målrapportering", 14).table([HEADER, ROWS[0]], WIDTHS).page()
    assert verdicts(records(drawn.table(ROWS[1:], WIDTHS, bold=0))) == READ


def test_a_row_that_sums_up_is_no_result():
    """The last row with the sum of points is no goal."""
    drawn = (
        report()
        .heading("2.4 Målrapportering", 14)
        .table([HEADER, *ROWS, ["", "I alt", "", "", "2 af 3"]], WIDTHS)
    )
    assert verdicts(records(drawn)) == READ


def test_filled_cells_are_verdicts():
    """A verdict may be nothing but a cell's colour; what is printed is then the colour's name."""
    fills = {(1, 4): GREEN, (2, 4): YELLOW, (3, 4): RED}
    rows = [HEADER, *([*row[:4], ""] for row in ROWS)]
    found = records(report().heading("2.4 Målrapportering", 14).table(rows, WIDTHS, fills=fills.items()))
    assert verdicts(found) == READ
    assert [result.status_printed for result in found.results] == ["grøn", "gul", "rød"]


def test_points_stand_beside_verdicts():
    """Points reached of those that could be are a score, not a figure of what was done."""
    rows = [
        [*HEADER, "Point"],
        *([*row, points] for row, points in zip(ROWS, ("30 af 30", "15 af 30", "0 af 40"), strict=True)),
    ]
    found = records(report().heading("2.4 Målrapportering", 14).table(rows, [30, 110, 90, 90, 75, 60]))
    assert [(result.score.value, result.score.of) for result in found.results] == [
        (30, 30),
        (15, 30),
        (0, 40),
    ]


def test_tables_of_an_annex_are_told():
    """A table under an annex's heading gives results of the annex."""
    found = records(report().heading("Bilag 1. Målopfyldelse", 14).table([HEADER, *ROWS], WIDTHS))
    assert {result.section for result in found.results} == {"annex"}


def test_accounts_give_no_results():
    """Accounts without goal reporting give none, and a finding says so."""
    drawn = report().heading("3. Regnskab", 16)
    found = records(
        drawn.table(
            [["Mio. kr.", "2019", "2020"], ["Løn", "60,1", "61,0"], ["Drift", "30,0", "29,8"]], [180, 80, 80]
        )
    )
    assert (found.kind, found.results) == ("report", ())
    assert [finding.code for finding in found.findings] == ["no_goal_reporting"]


# Sections


def test_a_section_a_result():
    """Labels in a goal's section tell the demand, what came of it, the verdict and why."""
    drawn = report().heading("2. Målene", 16)
    for key, title, target, actual, verdict in ROWS:
        drawn.heading(f"{key}. {title}", 12)
        drawn.text(f"Måltal: {target}").text(f"Resultat: {actual}").text(f"Vurdering: {verdict}").text(
            f"Forklaring: {WHY}"
        )
    found = records(drawn)
    assert verdicts(found) == READ
    first = found.results[0]
    assert (first.target_printed, first.actual_printed, first.section) == (
        "Mindst 95 pct.",
        "96,5 pct.",
        "part2",
    )
    assert first.explanation.text == WHY
    assert shown(drawn, first.explanation.quotes) == WHY


def test_a_label_with_a_demand_is_no_heading():
    """In a report a line "Mål: Højst 13 diger" is what was aimed at, not a section."""
    drawn = report().heading("2. Opnået", 16)
    for key, title, target, actual, verdict in ROWS:
        drawn.heading(f"{key}. {title}", 12)
        drawn.text(f"Mål: {target}").text(f"Resultat: {actual}").text(f"Vurdering: {verdict}").text(
            f"Forklaring: {WHY}"
        )
    assert verdicts(records(drawn)) == READ


def test_the_verdict_behind_the_title():
    """A verdict behind a heading's dash is the goal's, and no part of its title."""
    drawn = report().heading("2. Målene", 16)
    for key, title, _, actual, verdict in ROWS:
        drawn.heading(f"{key}. {title} – {verdict.lower()}", 12).text(f"Resultat: {actual}")
    assert verdicts(records(drawn)) == READ


def test_table_and_analysis_are_one_result():
    """A goal in the overview and again in its analysis is one result, with its explanation and boxes on both pages."""
    drawn = (
        report().heading("2.1 Oversigt", 14).table([HEADER, *ROWS], WIDTHS).page().heading("2.4 Analyser", 14)
    )
    for key, title, *_ in ROWS:
        drawn.heading(f"Mål {key}. {title}", 12).text(f"Forklaring til {title.lower()}: {LOREM}")
    found = records(drawn)
    assert verdicts(found) == READ
    assert [result.explanation is not None for result in found.results] == [True] * 3
    assert {quote.page for quote in found.results[0].explanation.quotes} == {3}


def test_two_agencies_in_one_report():
    """In a report on two bodies each table's results belong to the body that its heading names."""
    drawn = Drawn()
    drawn.put("Årsrapport 2020", LEFT, 250, size=26, font=BOLD)
    drawn.put("Digestyrelsen og Havnetilsynet", LEFT, 300, size=20)
    drawn.page().text(
        "Digestyrelsen og Havnetilsynet aflægger fælles årsrapport. Det er første gang, at de gør det."
    )
    drawn.heading("Målrapportering for Digestyrelsen", 14).table([HEADER, *ROWS[:2]], WIDTHS)
    drawn.heading("Målrapportering for Havnetilsynet", 14).table([HEADER, *ROWS[2:]], WIDTHS)
    found = records(drawn)
    assert [agency.name_printed for agency in found.agencies] == ["Digestyrelsen", "Havnetilsynet"]
    assert [result.agency for result in found.results] == ["Digestyrelsen", "Digestyrelsen", "Havnetilsynet"]


# Legends


def test_a_legend_gives_colours_their_sense():
    """What the report itself says of its colours counts: here grey is a verdict that was not given."""
    drawn = (
        Drawn()
        .text(f"{LOREM} {LOREM}")
        .text("Grøn: målet er opfyldt. Gul: målet er delvist opfyldt. Grå: ikke vurderet.")
    )
    legend = find_legend(structure(drawn), WORDS)
    assert dict(legend.signs) == {"grøn": "met", "gul": "partly_met", "grå": "not_assessed"}
    assert legend.read("Grå").status == "not_assessed"
    assert legend.read("Opfyldt") is None


def test_one_sign_is_no_legend():
    """A sentence with one colour in it explains nothing."""
    assert (
        find_legend(
            structure(Drawn().text(f"{LOREM} Trafiklyset blev grøn, og målet er opfyldt.")), WORDS
        ).signs
        == {}
    )
