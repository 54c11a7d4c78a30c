"""Known faults of the reader, each with the drawn page that shows it. A fault that is mended fails here: take its mark away."""

import pytest
from drawn import LEFT, Drawn
from drawn_read import cells, pages, records, structure
from test_facts_drawn import cover
from test_plans_drawn import THREE, THREE_READ, plan, titles
from test_reports_drawn import HEADER, READ, ROWS, WIDTHS, report, verdicts

LOREM = "Digestyrelsen vedligeholder landets diger og sluser og holder øje med vandstanden langs hele kysten."


def fault(reason):
    """A test that must fail until the fault is mended."""
    return pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)


def test_a_footnotes_figure_is_no_word():
    """A small raised figure behind a word marks a footnote and is left out."""
    (page,) = pages(Drawn().raised("Mindst 95 pct. af sagerne", "2", "afgøres"))
    assert page.lines[0].text == "Mindst 95 pct. af sagerne afgøres"


def test_single_figures_are_no_letter_spacing():
    """A row with numbers of one digit keeps its spaces."""
    row = ["2", "Sikre diger", "Højst 3 diger", "4 diger", "Delvist opfyldt"]
    (page,) = pages(Drawn().table([HEADER, row, ROWS[0]], WIDTHS, rulings="rows"))
    assert cells(page.tables[0])[1] == row


@fault("a table of one row is taken for a heading and never given back")
def test_a_tables_last_row_alone_on_a_page():
    """A single row on the next page without heading is a goal of the table before."""
    header, widths = ["Nr.", "Mål", "Krav"], [40, 140, 240]
    drawn = plan().heading("2. Mål for 2020", 16).table([header, *map(list, THREE[:2])], widths).page()
    assert titles(records(drawn.table([list(THREE[2])], widths, bold=0))) == THREE_READ


def test_a_quarter_in_a_title_is_no_date():
    """Genre, quarter and year on a cover are the title, not the place and date of signing."""
    assert (
        records(cover(("Driftsdokument 1. kvartal 2018", 26), ("Digestyrelsen", 18))).genre
        == "driftsdokument"
    )


@fault("the headings of goals below a chapter pass for its label for the target")
def test_a_chapter_of_goals_is_no_result():
    """A chapter whose sections are goals is none itself."""
    drawn = report().heading("2.4 Analyser", 16)
    for key, title, _, actual, verdict in ROWS:
        drawn.heading(f"Mål {key}. {title} – {verdict.lower()}", 12).text(f"Resultat: {actual}")
    assert verdicts(records(drawn)) == READ


def test_a_chapter_named_goals_is_no_goal():
    """A heading "2. Resultatmål" above numbered sentences is their chapter."""
    drawn = plan("Resultatkontrakt 2020").heading("2. Resultatmål", 16)
    for number, (_, _, text) in enumerate(THREE, 1):
        drawn.text(f"{number}. {text}")
    assert [goal.key for goal in records(drawn).goals] == ["1", "2", "3"]


@fault("where most paragraphs are one line their distance passes for the leading")
def test_short_paragraphs_stay_apart():
    """A page of paragraphs of one line each, set apart by space, is as many paragraphs."""
    drawn = Drawn()
    for number in range(14):
        drawn.text(f"Emne nr. {number} drøftes i maj.")
    drawn.put("Slut.", LEFT, drawn.at)
    assert len(structure(drawn.text(LOREM)).blocks) >= 14


def test_the_figure_beside_an_indicator_is_the_target():
    """In a table with both columns the figure is what is demanded, the indicator what is counted."""
    rows = [["Nr.", "Mål", "Indikator", "Måltal"]]
    rows += [
        [key, title, "Andel i året", figure]
        for (key, title, _), figure in zip(THREE, ("95 pct.", "98 pct.", "80 pct."), strict=True)
    ]
    found = records(plan().heading("2. Mål for 2020", 16).table(rows, [40, 140, 140, 80]))
    assert [[int(target.value) for target in goal.targets] for goal in found.goals] == [[95], [98], [80]]


def test_a_sentence_that_begins_as_a_goal_is_text():
    """A sentence with a full stop that happens to begin with a goal's number is no heading."""
    drawn = Drawn().text(f"Mål 1.1 er aftalt med departementet i foråret. {LOREM}")
    assert [block.text for block in structure(drawn).blocks if block.heading] == []
