"""The finders' parts, by drawn tables and lines: columns, years, shared rows, repairs, boxes as shown, checks."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from drawn import LEFT, Drawn, mismapped, shifted
from drawn_read import WORDS, pages, records
from test_plans_drawn import plan

from crawler.records import Period
from ingest.checks import check
from ingest.finders.candidates import GoalCandidate, lines_with
from ingest.finders.columns import read_columns, squeezed
from ingest.finders.shared_rows import share_rows
from ingest.finders.years import is_money, read_years, year_pieces
from ingest.pages.layout import Page
from ingest.pages.opened import Opened
from ingest.records import Box, Quote
from ingest.repair import broken_fonts, page_text, repaired, spelled
from ingest.shown import as_shown

YEAR = Period(start=date(2020, 1, 1), end=date(2020, 12, 31))
LOREM = "Digestyrelsen vedligeholder landets diger og sluser og holder øje med vandstanden langs hele kysten."


def table(*rows):
    """A ruled table as the reader has it."""
    (found,) = pages(Drawn().table([list(row) for row in rows], [430 / len(rows[0])] * len(rows[0])))[
        0
    ].tables
    return found


def roles(*rows):
    """Which column has which role, by the words of the first row."""
    found = read_columns(table(*rows).rows[0], WORDS, table(*rows).rows[1:])
    return dict(found.roles) if found else None


# Columns


@pytest.mark.parametrize(
    ("header", "read"),
    [
        (("Nr.", "Mål", "Krav", "Vægt"), {"key": 0, "title": 1, "target": 2, "weight": 3}),
        (("Mål", "Baseline", "Måltal", "Frist"), {"title": 0, "baseline": 1, "target": 2, "deadline": 3}),
        (("Mål", "Opfyldt", "Delvist opfyldt", "Vægt"), {"title": 0, "met": 1, "partly_met": 2, "weight": 3}),
        (("Mål", "Krav", "Resultat", "Målopfyldelse"), {"title": 0, "target": 1, "actual": 2, "status": 3}),
        (("Mål", "Krav", "Foreløbigt resultat", "Point"), {"title": 0, "target": 1, "actual": 2, "score": 3}),
        (("Mål", "Krav", "Ansvarlig", "Point"), {"title": 0, "target": 1, "text": 2, "weight": 3}),
    ],
)
def test_columns_by_their_headings(header, read):
    """A heading's words give a column its role; what another column says may change it."""
    assert roles(header, ("a", "b", "c", "d")) == read


def test_unknown_headings_are_no_columns():
    """A table of money, or one whose headings say nothing here, has no roles."""
    assert roles(("Mio. kr.", "2019", "2020"), ("Løn", "60", "61")) is None
    assert roles(("By", "Land", "Vej"), ("Havnsted", "Kystland", "3")) is None


def test_a_column_of_numbers_is_the_key():
    """A column that holds nothing but numbers of goals is the key, whatever its heading says."""
    found = roles(("Delmål", "Mål", "Krav"), ("1.1", "Svar", "90 pct."), ("1.2", "Diger", "3 diger"))
    assert found == {"key": 0, "title": 1, "target": 2}


def test_headings_are_compared_without_years_and_breaks():
    """A year, brackets, spaces and stops do not change what a heading says."""
    assert squeezed("Resultat for 2020 (pct.)") == squeezed("Re sultat") == "resultat"


# Years


def test_a_column_a_year_with_what_was():
    """Columns that name years are the years'; the one before the plan, or of results, tells where it stood."""
    found = read_years(
        table(("", "Resultat 2019", "2020", "2021"), ("Svar", "88", "90", "92")).rows[0], YEAR, WORDS
    )
    assert (dict(found.years), set(found.before)) == ({1: 2019, 2: 2020, 3: 2021}, {1})


def test_one_year_is_no_year_table():
    """A single column with a year is an ordinary heading."""
    assert read_years(table(("Mål", "Måltal 2020"), ("Svar", "90")).rows[0], YEAR, WORDS) is None


@pytest.mark.parametrize(
    ("corner", "above", "money"), [("Mio. kr.", "", True), ("", "Bevilling", True), ("Andel", "", False)]
)
def test_money_is_told_by_its_words(corner, above, money):
    """The table's corner or the line above says that its figures are money."""
    assert is_money(table((corner, "2020", "2021"), ("Løn", "60", "61")), above) is money


def test_a_row_of_years_is_one_piece():
    """Label and cells are one line of text; each cell knows its year and whether it tells what was."""
    rows = table(("", "2019", "2020"), ("Svar i tide", "88 pct.", "90 pct.")).rows
    columns = read_years(rows[0], YEAR, WORDS)
    (piece,) = year_pieces(rows[1:], columns)
    assert (piece.title, piece.text) == ("Svar i tide", "Svar i tide 88 pct. 90 pct.")
    assert [(cell.text, cell.period.start.year, cell.baseline) for cell in piece.cells] == [
        ("88 pct.", 2019, True),
        ("90 pct.", 2020, False),
    ]


def test_rows_below_several_goals_go_to_each():
    """One table under the last of three goals is shared out by its labels, in order."""
    rows = table(
        ("", "2019", "2020"),
        ("Svar i tide", "88", "90"),
        ("Diger i ringe stand", "5", "3"),
        ("Tilfredse brugere", "70", "80"),
    ).rows
    pieces = year_pieces(rows[1:], read_years(rows[0], YEAR, WORDS))
    goals = [
        GoalCandidate(
            key=None, title=title, title_lines=(), group=(), shared=False, weight=None, weight_quotes=()
        )
        for title in ("Svar til borgerne", "Sikre diger", "Brugernes tilfredshed")
    ]
    goals[-1].pieces += pieces
    share_rows(goals[-1], goals[:-1], YEAR, WORDS)
    assert [[piece.title for piece in goal.pieces] for goal in goals] == [
        ["Svar i tide"],
        ["Diger i ringe stand"],
        ["Tilfredse brugere"],
    ]


# Words of a sentence


def test_a_sentences_own_words_are_cut_out():
    """Of three lines only the words of the sentence are its proof; another sentence's words are not."""
    sentence = "Mindst 95 pct. af de mange breve skal besvares af kontoret inden for ti dage efter modtagelsen i huset."
    (page,) = pages(Drawn().text(f"Kort sagt er det sådan: {LOREM} {sentence} {LOREM}"))
    found = lines_with(sentence, page.lines)
    assert " ".join(line.text for line in found) == sentence
    assert len(found) >= 2


# Fonts without a usable character map


def mapped_wrongly():
    """A page whose headings are in a font that shows one thing and stores another."""
    drawn = Drawn()
    for text in (
        "Mission og vision for Digestyrelsen",
        "Opgaver i de kommende femten år",
        "Sluser, broer og vandstande",
    ):
        drawn.put(shifted(text), LEFT, drawn.at, size=16, font=mismapped())
        drawn.at += 30
        drawn.text(LOREM)
    return drawn


def test_a_font_that_stores_rubbish_is_noticed():
    """Letters that make no language give the font away; the body's font is not suspected."""
    (font,) = broken_fonts(pages(mapped_wrongly()))
    assert font.endswith("BitstreamVeraSans-Roman")
    assert broken_fonts(pages(Drawn().text(f"{LOREM} " * 5))) == set()


def test_few_letters_prove_nothing():
    """A font with a word or two is not judged."""
    drawn = Drawn()
    drawn.put(shifted("Vægt"), LEFT, 100, font=mismapped())
    assert broken_fonts(pages(drawn)) == set()


def test_rubbish_is_read_from_the_image(tesseract):
    """The lines of such a font are read from the page's image; their size and the other lines stay."""
    drawn = mapped_wrongly()
    found = pages(drawn)
    with Opened(drawn.pdf()) as opened:
        mended = repaired(found[0], broken_fonts(found), opened.scan)
    assert mended.lines[0].text == "Mission og vision for Digestyrelsen"
    assert mended.lines[0].size == found[0].lines[0].size
    assert mended.lines[1] == found[0].lines[1]


def test_a_page_without_the_font_is_left():
    """Nothing is scanned where nothing is wrong."""
    (page,) = pages(Drawn().text(LOREM))
    assert repaired(page, {"Other"}, lambda number: pytest.fail(f"page {number} was scanned")) is page


def test_the_fields_own_words_are_spelled_right():
    """What Tesseract reads without its rings and strokes is put right, where it is a word of the field."""
    drawn = Drawn().text("Mal 1. Hurtige svar")
    drawn.text("Vegt: 20 pct. Maler og bil")
    (page,) = pages(drawn)
    assert page_text(spelled(page, WORDS)) == "Mål 1. Hurtige svar\nVægt: 20 pct. Maler og bil"


# Boxes as shown


def test_boxes_of_a_turned_page_go_back():
    """A quote on a page that was turned lies where the page as displayed has its words; others are left."""
    turned = Page(number=2, width=595, height=842, lines=(), tables=(), image_share=1.0, skew=2.0)
    box = Box(70, 100, 120, 112)
    quotes = (Quote(page=1, box=box), Quote(page=2, box=box))
    first, second = as_shown(quotes, {2: turned})
    assert first == quotes[0]
    assert second == Quote(page=2, box=turned.shown(box))
    assert second.box != box


# Checks


def codes(extraction):
    """What was found, in order."""
    return [(finding.code, finding.page) for finding in check(extraction)]


def checked(*goals):
    """A signed plan with goals (key, weight)."""
    drawn = plan().heading("2. Mål for 2020", 16)
    for key, weight in goals:
        drawn.heading(f"Mål {key}. Emne nr. {key} ({weight} pct.)", 12).text(
            f"Mindst {80 + int(weight)} pct. skal nås. {LOREM}"
        )
    drawn.heading("3. Påtegning", 16).text("Havnsted, den 3. december 2019").text("Ove Dyrup").text(
        "Departementschef"
    )
    return records(drawn)


FIVE = [(str(key), "20") for key in range(1, 6)]


def test_a_plan_in_order_gives_no_findings():
    """Five goals, numbered without a gap, weights of a hundred, signed before the year."""
    assert codes(checked(*FIVE)) == []


@pytest.mark.parametrize(
    ("goals", "code"),
    [
        (FIVE[:4], "goals_outside_5_10"),
        ([*FIVE[:4], ("5", "10")], "weights_do_not_sum"),
        ([*FIVE[:4], ("6", "20")], "numbering_disagrees"),
    ],
)
def test_what_a_person_should_look_at(goals, code):
    """Too few goals, weights that do not sum and a number left out are each named."""
    assert code in [found for found, _ in codes(checked(*goals))]


def test_signing_late_is_found():
    """The days from the period's start to the last signature stand in the finding."""
    extraction = checked(*FIVE)
    late = dataclasses.replace(extraction.signatures[0], date=date(2020, 2, 1))
    (finding,) = check(dataclasses.replace(extraction, signatures=(late,)))
    assert (finding.code, "31 days" in finding.message) == ("signed_late", True)
    (finding,) = check(dataclasses.replace(extraction, signatures=()))
    assert finding.code == "not_signed"


def test_figures_of_a_weight_are_exact():
    """A weight is a decimal, as printed."""
    assert [goal.weight.value for goal in checked(*FIVE).goals] == [Decimal(20)] * 5
