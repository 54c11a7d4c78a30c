"""Pages by drawn example: words, lines, reading order, panels, tables, and what Tesseract reads from images."""

import pytest
from drawn import (
    BOLD,
    GREEN,
    LEFT,
    RED,
    WHITE,
    YELLOW,
    Drawn,
    mismapped,
    scanned,
    shifted,
)
from drawn_read import cells

from ingest.pages.columns import find_gutter, reading_order
from ingest.pages.layout import Line, Table, cleaned, is_bullet, joined
from ingest.pages.opened import NotOpened, Opened
from ingest.pages.tabled import colour_name

LOREM = "Styrelsen svarer borgerne hurtigt og fejlfrit, og de samme mål gælder for alle dens kontorer i hele landet."


def page(drawn, number=1):
    """A page of a drawn document as the reader has it."""
    with Opened(drawn.pdf()) as opened:
        return opened.read(number)


def scan(drawn, number=1):
    """A page as Tesseract reads its image."""
    with Opened(drawn.pdf()) as opened:
        return opened.scan(number)


def texts(lines):
    """What lines say."""
    return [line.text for line in lines]


# Words and lines


def test_drawing_gives_the_same_bytes():
    """Drawn documents are the same byte for byte, so a failing one can be looked at."""
    assert Drawn().heading("Mål").text(LOREM).pdf() == Drawn().heading("Mål").text(LOREM).pdf()


def test_a_word_knows_its_place_and_face():
    """A word has its box from the top left, its size and whether it is bold."""
    drawn = Drawn()
    end = drawn.put("Driftsmål", LEFT, 200, size=14, font=BOLD)
    word = page(drawn).lines[0].words[0]
    assert (word.text, word.size, word.bold, word.italic) == ("Driftsmål", 14, True, False)
    assert word.box.x0 == pytest.approx(LEFT, abs=0.5)
    assert word.box.x1 == pytest.approx(end, abs=0.5)
    assert 197 < word.box.top < word.box.bottom < 217


def test_a_line_is_bold_where_all_its_words_are():
    """A bold label in front of plain words makes no bold line."""
    drawn = Drawn()
    end = drawn.put("Krav:", LEFT, 100, font=BOLD)
    drawn.put("svar inden for fem dage", end + 4, 100)
    drawn.put("Krav i alt", LEFT, 140, font=BOLD)
    assert [line.bold for line in page(drawn).lines] == [False, True]


def test_a_wide_gap_parts_two_lines():
    """Words far apart on one baseline belong to two columns; words a space apart to one line."""
    drawn = Drawn()
    drawn.put("Vægt i pct.", LEFT, 100)
    drawn.put("20", 400, 100)
    assert texts(page(drawn).lines) == ["Vægt i pct.", "20"]


def test_a_letter_spaced_heading_is_words():
    """Letters set far apart are joined, and the wider gaps between words kept."""
    assert texts(page(Drawn().spaced("MÅL OG RESULTATER")).lines) == ["MÅL OG RESULTATER"]


def test_a_raised_three_belongs_to_its_metre():
    """A raised 3 behind m is its power."""
    assert texts(page(Drawn().raised("Der fjernes 400 m", "3", "sand")).lines) == ["Der fjernes 400 m3 sand"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["mål- og resultat-", "planen"], "mål- og resultatplanen"),
        (["drifts-", "og udviklingsmål"], "drifts- og udviklingsmål"),
        (["en ø-", "rabat"], "en ø- rabat"),
        (["ingen", "deling"], "ingen deling"),
    ],
)
def test_hyphens_at_line_ends_are_healed(lines, text):
    """A word broken by a line's end is whole again; a suspended hyphen before "og" stays."""
    assert joined(lines) == text


def test_printed_signs_become_plain_letters():
    """Ligatures are opened, letters composed, soft hyphens gone, odd spaces and hyphens plain."""
    assert (
        cleaned("e\ufb00ektivitet a\u030ar\u00adlig 5\u00a0dage mål\u2011ene")
        == "effektivitet årlig 5 dage mål-ene"
    )


@pytest.mark.parametrize(
    ("mark", "is_one"), [("•", True), ("\uf0b7", True), ("–", True), ("a", False), ("1.", False)]
)
def test_list_marks(mark, is_one):
    """Bullets, dashes and Word's private signs are list marks; letters and numbers are none."""
    assert is_bullet(mark) is is_one


# Reading order


def test_the_left_column_is_read_first():
    """Two columns of text are read one after the other, between what runs over both."""
    left, right = [f"Venstre {LOREM}"] * 3, [f"Højre {LOREM}"] * 3
    drawn = Drawn().heading("Overskrift over begge spalter på hele siden").columns(left, right)
    drawn.text(f"Nederst {LOREM} {LOREM}")
    found = page(drawn)
    groups = [
        " ".join(item.text for item in group if isinstance(item, Line))
        for group in reading_order(list(found.lines), [])
    ]
    said = " ".join(groups)
    places = [said.index(word) for word in ("Overskrift", "Venstre", "Højre", "Nederst")]
    assert places == sorted(places)
    assert said.rindex("Venstre") < said.index("Højre")


def test_one_column_has_no_gutter():
    """Ordinary paragraphs are one column."""
    drawn = Drawn()
    for _ in range(8):
        drawn.text(f"{LOREM} {LOREM}")
    assert find_gutter(list(page(drawn).lines)) is None


def test_an_unruled_table_is_no_columns_of_text():
    """Narrow cells side by side are no columns of text: they are read row by row."""
    drawn = Drawn().table(
        [["Mål", "Krav"], *([f"Emne {n}", f"{n} pct."] for n in range(9))], [120, 120], rulings="none"
    )
    assert find_gutter(list(page(drawn).lines)) is None


# Panels


def test_panels_are_read_one_by_one():
    """What stands in a coloured box belongs together, though another box stands beside it."""
    drawn = Drawn()
    drawn.panel("Mål 1", f"Først. {LOREM}", width=210)
    drawn.panel("Mål 2", f"Siden. {LOREM}", x=300, width=210)
    found = page(drawn)
    assert len(found.panels) == 2
    groups = reading_order(list(found.lines), list(found.tables), found.panels)
    opening = [[item.text.split()[0] for item in group if isinstance(item, Line)][:2] for group in groups]
    assert opening == [["Mål", "Først."], ["Mål", "Siden."]]


def test_one_frame_is_no_panel():
    """A single box around the page's text is its frame and parts nothing."""
    assert page(Drawn().panel("Bemærk", LOREM)).panels == ()


# Tables


def test_a_ruled_table_has_its_cells():
    """Cells between rulings hold their words, lines of one cell joined; they are no lines of the page."""
    rows = [
        ["Nr.", "Mål", "Krav"],
        ["1", "Hurtige svar på borgernes breve og telefonopkald", "Mindst 95 pct."],
    ]
    found = page(Drawn().text("Tabellen viser målene.").table(rows, [40, 160, 100]))
    assert [cells(table) for table in found.tables] == [rows]
    assert texts(found.lines) == ["Tabellen viser målene."]


def test_a_merged_row_is_one_cell():
    """A group row merged over the columns is one cell, the others are not there."""
    rows = [["Nr.", "Mål", "Krav"], ["Kerneopgaver"], ["1", "Svar", "90 pct."]]
    assert cells(page(Drawn().table(rows, [40, 160, 100])).tables[0])[1] == ["Kerneopgaver", None, None]


def test_filled_cells_have_their_colour():
    """A cell filled green, yellow or red has the Danish name of its colour; others have none."""
    rows = [["Mål", "Status"], *([f"Mål {n}", ""] for n in range(3)), ["Mål 4", "-"]]
    fills = {(1, 1): GREEN, (2, 1): YELLOW, (3, 1): RED, (4, 1): WHITE}
    found = page(Drawn().table(rows, [200, 80], fills=fills.items())).tables[0]
    assert [row[1].fill for row in found.rows] == [None, "grøn", "gul", "rød", None]


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((0, 0.6, 0), "grøn"),
        ((1, 0.8, 0), "gul"),
        ((0.8, 0, 0.1), "rød"),
        ((0, 0, 1), None),
        ((0.5,), None),
        (None, None),
    ],
)
def test_colours_have_names(colour, name):
    """Hues are told by their angle; blue, grey and no colour have no name that a verdict has."""
    assert colour_name(colour) == name


def test_a_frame_around_a_paragraph_is_no_table():
    """A box with one text in it is a text box."""
    found = page(Drawn().table([["Bemærk"], ["Der er kun ét felt i bredden."]], [300]))
    assert found.tables == ()
    assert texts(found.lines) == ["Bemærk", "Der er kun ét felt i bredden."]


def test_a_table_stands_where_it_is_printed():
    """Tables take their place among the lines, from the top."""
    drawn = Drawn().text("Før.").table([["Mål", "Krav"], ["Svar", "90 pct."]], [100, 100]).text("Efter.")
    found = page(drawn)
    (group,) = reading_order(list(found.lines), list(found.tables))
    assert ["tabel" if isinstance(item, Table) else item.text for item in group] == [
        "Før.",
        "tabel",
        "Efter.",
    ]


# Files


@pytest.mark.parametrize(("body", "state"), [(b"<html>", "not_pdf"), (b"%PDF-1.7 og intet mere", "broken")])
def test_what_is_no_pdf_is_not_opened(body, state):
    """A file that begins otherwise is no PDF; one that only begins as one is broken."""
    with pytest.raises(NotOpened) as said:
        Opened(body)
    assert said.value.state == state


def test_a_picture_covers_its_page():
    """The share of a page that is an image tells scanned pages from printed ones."""
    with Opened(Drawn().image(scanned([("Mål", 20)])).page().text(LOREM).pdf()) as opened:
        assert [round(opened.glance(number).image_share, 1) for number in (1, 2)] == [1.0, 0.0]


def test_words_for_searching_alone_are_noticed():
    """A page whose words are invisible is an image with somebody's earlier reading behind it."""
    with Opened(
        Drawn().image(scanned([("Mål", 20)]), hidden="Maal 0g resu1tat").page().text(LOREM).pdf()
    ) as opened:
        assert [opened.invisible(number) for number in (1, 2)] == [True, False]


def test_one_line_is_read_without_its_page():
    """A heading's words, size and weight are those of a reading with care, and it stands in the same place."""
    drawn = Drawn().text(LOREM).heading("4. Bilag til årsregnskabet", 16).text(LOREM)
    with Opened(drawn.page().pdf()) as opened:
        found = opened.line(1, "4. Bilag til årsregnskabet")
        assert opened.line(1, "Bilag") is None
        (read,) = (line for line in opened.read(1).lines if line.size > 12)
    assert (found.text, found.size, found.bold, found.colour) == (
        read.text,
        read.size,
        read.bold,
        read.colour,
    )
    assert found.box == pytest.approx(read.box, abs=2)


def test_a_photograph_is_told_from_a_scanned_page():
    """What is nowhere as light as paper has no words to be read; light letters on a dark ground are light."""
    page, photograph = scanned([("Mål", 20)]), scanned([]).point(lambda _: 120)
    reversed_out = scanned([("Mål", 200)]).point(lambda tone: 255 - tone)
    drawn = Drawn()
    for picture in (page, photograph, reversed_out):
        drawn.image(picture).page()
    with Opened(drawn.text(LOREM).pdf()) as opened:
        assert [opened.is_dark(number) for number in (1, 2, 3)] == [False, True, False]


# Images


SCANNED = [
    ("Mål 1. Hurtige svar", 18),
    ("Mindst 95 pct. af brevene besvares inden for fem dage.", 12),
    ("Ældre sager afgøres først.", 12),
]


def test_a_scanned_page_is_read(tesseract):
    """Tesseract reads Danish, and its words stand where they are printed, in points."""
    found = scan(Drawn().image(scanned(SCANNED)))
    assert texts(found.lines) == [text for text, _ in SCANNED]
    first = found.lines[0].words[0]
    assert first.box.x0 == pytest.approx(LEFT, abs=3)
    assert 76 < first.box.top < 90
    assert first.font == "ocr"
    assert first.size > found.lines[1].words[0].size > 9


@pytest.mark.parametrize("skew", [-1.5, 2.0])
def test_a_skewed_scan_is_read_and_shown_as_it_lies(tesseract, skew):
    """A page laid askew on the glass is read as if upright; its boxes go back to where the words lie."""
    found = scan(Drawn().image(scanned(SCANNED * 4, skew=skew)))
    assert found.skew == pytest.approx(-skew, abs=0.25)
    assert texts(found.lines)[:2] == [text for text, _ in SCANNED[:2]]
    upright = scan(Drawn().image(scanned(SCANNED * 4)))
    last, straight = found.lines[-1].words[0], upright.lines[-1].words[0]
    shown = found.shown(last.box)
    assert abs(last.box.top - straight.box.top) < 6
    assert abs(shown.top - straight.box.top) > 2
    assert upright.shown(straight.box) == straight.box


def test_an_empty_image_says_nothing(tesseract):
    """A blank page is no words, not an error."""
    assert scan(Drawn().image(scanned([]))).lines == ()


def test_a_mismapped_font_reads_as_rubbish():
    """The drawn font without a usable character map is stored as other letters than it shows."""
    drawn = Drawn()
    drawn.put(shifted("Mission"), LEFT, 100, font=mismapped())
    assert texts(page(drawn).lines) == ["Njttjpo"]
