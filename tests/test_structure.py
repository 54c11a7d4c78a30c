"""What a document teaches of itself, by drawn example: sizes, running lines, contents, headings, paragraphs, sections."""

import pytest
from drawn import BOLD, LEFT, TOP, Drawn
from drawn_read import cells, pages, sections, structure

from ingest.structure import body_size, leading_of, running_lines

LOREM = "Styrelsen svarer borgerne hurtigt og fejlfrit, og de samme regler gælder for alle dens kontorer i hele landet."


def headings(drawn):
    """Each heading's number, title and whether a goal word opens it."""
    found = [block.heading for block in structure(drawn).blocks if block.heading]
    return [(heading.key, heading.title, heading.is_goal) for heading in found]


def paragraphs(drawn):
    """The texts of what is neither heading nor table."""
    return [block.text for block in structure(drawn).blocks if block.heading is None and block.table is None]


def tree(section):
    """Titles as nested lists: a section is its title and the sections below it."""
    return [(child.title, tree(child)) if child.children else child.title for child in section.children]


# Sizes and running lines


def test_body_size_is_what_most_letters_have():
    """The body's size is the commonest, whatever stands large or small beside it."""
    drawn = (
        Drawn().heading("En stor overskrift", 24).text(f"{LOREM} {LOREM}", size=11).text("En note.", size=7)
    )
    assert body_size(pages(drawn)) == 11


def test_leading_is_the_commonest_step():
    """From one baseline to the next, in points; without enough lines nothing is said."""
    assert leading_of(pages(Drawn().text(f"{LOREM} " * 12))) == 13
    assert leading_of(pages(Drawn().text(LOREM))) == 0


def test_running_lines_are_no_text():
    """A header on every page, stale year and all, and bare page numbers are left out."""
    drawn = Drawn(running="Mål- og resultatplan 2014, side #", footer="#").text(f"Her. {LOREM}").page()
    found = paragraphs(drawn.text(f"Der. {LOREM}"))
    assert [text.split(".")[0] for text in found] == ["Her", "Der"]


def test_an_edge_line_of_one_page_is_text():
    """What stands at the edge of a single page comes back nowhere and is no running line."""
    drawn = Drawn().text(LOREM)
    drawn.put("Kun på denne side", LEFT, 800)
    assert running_lines(pages(drawn.page().text(LOREM))) == set()


# Contents lists


def test_a_contents_list_holds_no_headings():
    """A list of titles with page numbers is set aside; the headings count where they stand."""
    drawn = Drawn().contents(
        [("1 Indledning", 2), ("2 Mål for 2020", 2), ("3 Opfølgning", 3), ("4 Påtegning", 3)]
    )
    drawn.page().heading("1 Indledning").text(LOREM).heading("2 Mål for 2020").text(LOREM)
    drawn.page().heading("3 Opfølgning").text(LOREM).heading("4 Påtegning").text(LOREM)
    assert structure(drawn).contents_pages == (1,)
    assert [title for _, title, _ in headings(drawn)] == [
        "Indledning",
        "Mål for 2020",
        "Opfølgning",
        "Påtegning",
    ]


def test_a_contents_list_does_not_teach_how_far_lines_stand_apart():
    """Rows of a list stand closer than lines of text; paragraphs stay whole where there are more rows than lines."""
    rows = [(f"{number} Emne nummer {number}", 2) for number in range(1, 21)]
    spread = Drawn()
    for title, page in rows:
        spread.put(title, LEFT, spread.at)
        spread.put(str(page), 500, spread.at)
        spread.at += 12
    spread.page()
    for at in range(9):
        spread.put("Linjen hører til det samme afsnit" if at else "Det første", LEFT, TOP + 16 * at, size=10)
    texts = [block.text for block in structure(spread).blocks]
    assert texts[-1].count("Linjen") == 8


def test_a_column_of_figures_is_no_contents_list():
    """Sums of money that fall and rise are no page numbers."""
    drawn = Drawn()
    for name, figure in (("Løn i alt", "812"), ("Husleje", "95"), ("Rejser", "140"), ("Andet", "7")):
        drawn.put(name, LEFT, drawn.at)
        drawn.put(figure, 500, drawn.at)
        drawn.at += 16
    assert structure(drawn).contents_pages == ()


# Headings and paragraphs


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Mål 1. Hurtige svar", ("1", "Hurtige svar", True)),
        ("Resultatkrav 2.1 Færre fejl (15 pct.)", ("2.1", "Færre fejl", True)),
        ("2.4 Målrapportering", ("2.4", "Målrapportering", False)),
        ("IV. Digernes tilstand", ("IV", "Digernes tilstand", False)),
        ("A. Kerneopgaver", ("A", "Kerneopgaver", False)),
        ("Økonomi og personale", (None, "Økonomi og personale", False)),
    ],
)
def test_headings_give_number_and_title(printed, read):
    """Numbers, letters and Roman numerals part from titles; goal words are told; weights are not the title's."""
    assert headings(Drawn().heading(printed).text(f"{LOREM} {LOREM}")) == [read]


def test_larger_headings_stand_above():
    """Levels come from size and weight: the larger heading holds the smaller one."""
    drawn = (
        Drawn()
        .heading("Kapitel", 20)
        .text(LOREM)
        .heading("Afsnit", 14)
        .text(LOREM)
        .heading("Næste", 14)
        .text(LOREM)
    )
    assert tree(sections(drawn.heading("Andet kapitel", 20).text(LOREM))) == [
        ("Kapitel", ["Afsnit", "Næste"]),
        "Andet kapitel",
    ]


def test_a_goals_heading_may_be_in_the_bodys_face():
    """A short line with goal word and number is a heading though nothing sets it apart."""
    found = headings(Drawn().text("Mål 1.1 Hurtige svar").text(LOREM).text("Mål 1.2 Færre fejl").text(LOREM))
    assert found == [("1.1", "Hurtige svar", True), ("1.2", "Færre fejl", True)]


def test_paragraphs_part_at_space():
    """Lines close together are a paragraph; a wider gap begins another."""
    found = paragraphs(Drawn().text(f"Først. {LOREM}").text(f"Siden. {LOREM}"))
    assert [text.split(".")[0] for text in found] == ["Først", "Siden"]


def test_every_bullet_is_its_own():
    """Each item of a list is a paragraph with all of its lines."""
    found = paragraphs(Drawn().text(LOREM).bullets(["Det første.", f"Det andet. {LOREM}", "Det tredje."]))
    assert found[1:] == ["• Det første.", f"• Det andet. {LOREM}", "• Det tredje."]


def test_a_paragraph_goes_on_over_a_page():
    """A sentence broken by the page's end is one paragraph; a new one on the next page is not."""
    drawn = Drawn().text(f"{LOREM} Kontoret holder åbent").page().text("hele ugen, også om lørdagen.")
    assert paragraphs(drawn) == [f"{LOREM} Kontoret holder åbent hele ugen, også om lørdagen."]
    drawn = Drawn().text(LOREM).page().text("Kontoret holder åbent.")
    assert len(paragraphs(drawn)) == 2


def test_a_label_begins_a_paragraph():
    """A label on the line below a paragraph, as close as its other lines, begins a new one."""
    drawn = Drawn().text(f"{LOREM}\nBaggrund: Der kommer flere breve.")
    assert paragraphs(drawn)[-1] == "Baggrund: Der kommer flere breve."


# Tables without rulings


UNRULED = [
    ["Nr.", "Mål", "Krav", "Vægt"],
    ["1", "Hurtige svar på alle breve fra borgere og foreninger", "95 pct. inden for 5 dage", "60"],
    ["2", "Færre fejl", "Højst 3 pct.", "40"],
]


def test_known_column_headings_make_a_table():
    """Words that keep to columns under headings we know are a table though nothing is ruled."""
    (page,) = pages(Drawn().text(LOREM).table(UNRULED, [40, 150, 130, 50], rulings="none"))
    assert [cells(table) for table in page.tables] == [UNRULED]
    assert [line.text for line in page.lines][-1].endswith("landet.")


def test_rulings_across_alone_make_the_same_table():
    """A table with lines between its rows and none between columns has the same cells."""
    (page,) = pages(Drawn().text(LOREM).table(UNRULED, [40, 150, 130, 50], rulings="rows"))
    assert [cells(table) for table in page.tables] == [UNRULED]


def test_unknown_headings_make_no_table():
    """Words side by side under headings of no meaning here stay lines."""
    rows = [["By", "Land", "Vej"], ["Havnsted", "Kystland", "3"], ["Molehavn", "Kystland", "4"]]
    assert pages(Drawn().table(rows, [90, 90, 90], rulings="none"))[0].tables == ()


def test_text_below_a_table_is_not_its():
    """Running text that crosses the columns ends the table."""
    drawn = Drawn().table(UNRULED, [40, 150, 130, 50], rulings="none").text(f"Efter. {LOREM}")
    (page,) = pages(drawn)
    assert cells(page.tables[0]) == UNRULED
    assert page.lines[0].text.startswith("Efter.")


# The outline


def test_a_bare_number_takes_the_title_below():
    """A heading that is nothing but its number has its title on the next line."""
    drawn = Drawn().heading("Mål 3:", 12).heading("Digerne står", 12).text(LOREM)
    (section,) = sections(drawn).children
    assert (section.key, section.title, section.heading.is_goal) == ("3", "Digerne står", True)


def test_a_label_is_no_section():
    """Bold labels inside a goal's section are part of it."""
    drawn = Drawn().heading("Mål 1. Hurtige svar", 13).heading("Baggrund", 11).text(LOREM)
    root = sections(drawn)
    assert tree(root) == ["Hurtige svar"]
    assert [block.text for block in root.children[0].body] == ["Baggrund", LOREM]


def test_headings_open_parts_by_their_words():
    """Mission, goals, follow-up and signatures are told by the heading's words; others have no part."""
    drawn = Drawn()
    for title in ("1. Mission", "2. Mål for 2020", "3. Opfølgning", "4. Påtegning", "5. Bygningen"):
        drawn.heading(title).text(LOREM)
    assert [section.role for section in sections(drawn).children] == [
        "mission",
        "goals",
        "follow_up",
        "signatures",
        None,
    ]


def test_weight_tells_headings_apart():
    """Of two headings of one size the bold one stands above."""
    drawn = Drawn().heading("Fed", 14).text(LOREM)
    drawn.put("Mager", LEFT, drawn.at + 8, size=14)
    drawn.at += 30
    drawn.text(LOREM)
    drawn.put("Fed igen", LEFT, drawn.at + 8, size=14, font=BOLD)
    assert tree(sections(drawn)) == [("Fed", ["Mager"]), "Fed igen"]
