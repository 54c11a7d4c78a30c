"""Facts of a drawn document: title, genre, period, parties, signatures, and its passages."""

from datetime import date

import pytest
from drawn import BOLD, LEFT, Drawn
from drawn_read import records

LOREM = "Digestyrelsen vedligeholder landets diger og sluser og holder øje med vandstanden langs hele kysten."


def cover(*lines):
    """A cover with lines of (text, size), and a second page that names the body again."""
    drawn, top = Drawn(), 240
    for text, size in lines:
        drawn.put(text, LEFT, top, size=size, font=BOLD)
        top += 2 * size
    return (
        drawn.page()
        .heading("1. Indledning", 14)
        .text(f"{LOREM} Digestyrelsen har 120 ansatte, og det er færre end før.")
    )


@pytest.mark.parametrize(
    ("printed", "genre", "start", "end"),
    [
        ("Mål- og resultatplan 2020", "mål- og resultatplan", date(2020, 1, 1), date(2020, 12, 31)),
        ("Resultatkontrakt 2012-2013", "resultatkontrakt", date(2012, 1, 1), date(2013, 12, 31)),
        ("Resultatplan for 2. halvår 2016", "resultatplan", date(2016, 7, 1), date(2016, 12, 31)),
        ("Driftsdokument for 1. kvartal 2018", "driftsdokument", date(2018, 1, 1), date(2018, 3, 31)),
    ],
)
def test_titles_give_genre_and_period(printed, genre, start, end):
    """Years, spans of years, half-years and quarters in a title are the plan's period."""
    found = records(cover((printed, 26), ("Digestyrelsen", 18)))
    assert (found.kind, found.genre) == ("plan", genre)
    assert (found.period.start, found.period.end) == (start, end)


def test_an_amendment_is_told_from_its_plan():
    """A supplement to a plan is an amendment with the plan's genre."""
    found = records(cover(("Tillæg til mål- og resultatplan 2020", 22), ("Digestyrelsen", 18)))
    assert (found.kind, found.genre) == ("amendment", "mål- og resultatplan")


def test_body_and_ministry_are_told_apart():
    """Of the two parties the ministry is not the body that the plan is about."""
    found = records(cover(("Resultatkontrakt 2014", 26), ("mellem Kystministeriet og Digestyrelsen", 16)))
    assert [agency.name_printed for agency in found.agencies] == ["Digestyrelsen"]
    assert found.ministry_printed == "Kystministeriet"


def test_a_name_of_several_words():
    """A body whose name is several words, joined by "og" too, is one body."""
    drawn = cover(("Mål- og resultatplan 2021", 26), ("Styrelsen for Vandløb og Diger", 18))
    drawn.text("Styrelsen for Vandløb og Diger er en del af Kystministeriet.")
    assert [agency.name_printed for agency in records(drawn).agencies] == ["Styrelsen for Vandløb og Diger"]


def signed(*parties):
    """A plan that ends with signatures: (x, place and date, name, role) a party."""
    drawn = cover(("Resultatkontrakt 2014", 26), ("mellem Kystministeriet og Digestyrelsen", 16)).heading(
        "Påtegning", 14
    )
    for x, day, name, role in parties:
        for step, text in enumerate((day, name, role)):
            drawn.put(text, x, 400 + 40 * step)
    return records(drawn).signatures


def test_two_who_signed_side_by_side():
    """Each party's place, date, name and role stand in one column."""
    found = signed(
        (LEFT, "Havnsted, den 3. februar 2014", "Ove Dyrup", "Departementschef"),
        (320, "Molehavn, den 11. februar 2014", "Rita Vadum", "Direktør"),
    )
    assert [(one.name, one.role, one.date, one.place) for one in found] == [
        ("Ove Dyrup", "Departementschef", date(2014, 2, 3), "Havnsted"),
        ("Rita Vadum", "Direktør", date(2014, 2, 11), "Molehavn"),
    ]


def test_a_blank_date_is_none():
    """A line left blank for the date gives the name and no date."""
    (found,) = signed((LEFT, "Havnsted, den ____ 2014", "Ove Dyrup", "Departementschef"))
    assert (found.name, found.date) == ("Ove Dyrup", None)


def test_the_ministrys_mission_is_not_the_bodys():
    """Where both are printed each goes to its own field."""
    drawn = cover(("Mål- og resultatplan 2020", 26), ("Digestyrelsen", 18))
    drawn.heading("Ministeriets mission", 14).text("Et land uden våde fødder.")
    drawn.heading("Digestyrelsens mission", 14).text("Diger, der står.")
    found = records(drawn)
    assert (found.ministry_mission.text, found.mission.text) == (
        "Et land uden våde fødder.",
        "Diger, der står.",
    )


def test_a_passage_ends_where_the_parties_sign():
    """What stands under the follow-up's heading, up to place and date."""
    drawn = cover(("Mål- og resultatplan 2020", 26), ("Digestyrelsen", 18))
    drawn.heading("Opfølgning", 14).text("Der gøres status hvert kvartal.").text(
        "Havnsted, den 3. februar 2020"
    ).text("Ove Dyrup")
    assert records(drawn).follow_up.text == "Der gøres status hvert kvartal."


def test_a_heading_with_nothing_below_is_no_passage():
    """An empty heading gives no passage, not an empty one."""
    drawn = cover(("Mål- og resultatplan 2020", 26), ("Digestyrelsen", 18))
    assert (
        records(drawn.heading("Mission", 14).heading("Vision", 14).text("Diger, der står.")).mission is None
    )


def test_who_signed_stands_in_many_ways():
    """A role may stand before the name, the day alone or behind "Dato:", the party before a colon."""
    drawn = cover(("Mål- og resultatplan 2020", 26), ("Digestyrelsen", 18))
    drawn.heading("Underskrifter", 14).text(
        "Planen gælder for 2020 og følges op hvert kvartal af departementet."
    )
    drawn.text("Dato: 4. februar 2020\nDepartementschef Ove Dyrup")
    drawn.at += 140
    drawn.text("Havnsted, 17/12 2019\nFor styrelsen: Merete Voltmand, direktør")
    found = records(drawn).signatures
    assert [(one.name, str(one.date)) for one in found] == [
        ("Ove Dyrup", "2020-02-04"),
        ("Merete Voltmand", "2019-12-17"),
    ]
