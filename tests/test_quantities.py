"""Danish quantities as a small language: each form of real documents, by example; what we print we read back."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.danish.dates import year_period
from ingest.danish.quantities import find_quantities
from ingest.danish.targets import read_targets
from ingest.danish.vocabulary import load_vocabulary

WORDS = load_vocabulary()
YEAR = year_period(2020)


def read(text, *, demanded=False):
    """The readings of a text for a plan of 2020."""
    return read_targets(text, period=YEAR, vocabulary=WORDS, demanded=demanded)


def short(value):
    """A figure as a plain number."""
    return None if value is None else float(value)


@pytest.mark.parametrize(
    ("text", "comparator", "value", "value_to", "unit"),
    [
        ("Mindst 9 ud af 10 breve besvares indenfor 3 arbejdsdage.", "at_least", 90, None, "percent"),
        ("Bedømmelsen er mindst 7,3 ud af 10 point.", "at_least", 7.3, None, "points"),
        ("Mindst hver tredje gæst er under 25 år.", "at_least", 33.33, None, "percent"),
        ("Mindst tre fjerdedele af vejen er målt op.", "at_least", 75, None, "percent"),
        ("Ventetiden i telefonen er højst 2:30 minutter.", "at_most", 2.5, None, "minutter"),
        ("Årets forbrug ligger mellem 98 og 101 pct. af budgettet.", "between", 98, 101, "percent"),
        ("Vurderingen skal ligge i intervallet mellem 3,8 og 4,4 på en skala fra 1 til 5.", "between", 3.8, 4.4, "points"),
        ("Tilfredsheden er mindst indeks 70.", "at_least", 70, None, "index"),
        ("Arbejdsglæden er mindst 72 på en indeksskala fra 0 til 100.", "at_least", 72, None, "index"),
        ("Omgørelsesprocenten er ikke over 10.", "at_most", 10, None, "percent"),
        ("Frafaldet nedbringes til maksimalt 18 procent.", "at_most", 18, None, "percent"),
        ("Antallet af møl bringes ned på 3.", "at_most", 3, None, "count"),
        ("Antallet øges til 38.", "at_least", 38, None, "count"),
        ("Sygefraværet må ikke overstige 7,8 dage.", "at_most", 7.8, None, "days"),
        ("Ingen sag må være ældre end 8 mdr.", "at_most", 8, None, "months"),
        ("Tilfredsheden er ikke lavere end 70.", "at_least", 70, None, "count"),
        ("90 pct. eller mere af bidragene er der til tiden.", "at_least", 90, None, "percent"),
        ("Tabet er 1,5 % af mængden eller derunder.", "at_most", 1.5, None, "percent"),
        ("Pladserne er tilsammen højst lukket i 40 dage.", "at_most", 40, None, "days"),
        ("Som minimum skal 70 procent have bestået.", "at_least", 70, None, "percent"),
        ("Hver medarbejder får mindst en uges oplæring.", "at_least", 1, None, "weeks"),
        ("Der er mindst 320 km² kortlagt havbund.", "at_least", 320, None, "km2"),
        ("Udgifterne er højst 2,5 mio. kr.", "at_most", 2500000, None, "DKK"),
        ("Elforbruget falder 15 pct. sammenlignet med 2018.", "change_by", -15, None, "percent"),
        ("I forhold til 2015 falder tilskuddet pr. passager med 4 pct.", "change_by", -4, None, "percent"),
        ("Der er 10 pct. flere frivillige end i 2015.", "change_by", 10, None, "percent"),
        ("Sygefraværet er mindst en dag lavere end i 2013.", "change_by", -1, None, "days"),
        ("Første etape er en reduktion på 20 procent.", "change_by", -20, None, "percent"),
        ("Vi halverer forbruget af varme.", "change_by", -50, None, "percent"),
        ("Vi fordobler antallet af udlån fra 2018 til 2022.", "change_by", 100, None, "percent"),
        ("Antallet fastholdes på samme niveau som i 2018.", "change_by", 0, None, None),
    ],
)  # fmt: skip
def test_forms(text, comparator, value, value_to, unit):
    """One sentence of each form, and the one demand it states."""
    found = [(t.comparator, short(t.value), short(t.value_to), t.unit) for t in read(text)]
    assert found == [(comparator, value, value_to, unit)]


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Gennemførelsen hæves fra 61 til 66 procent.", [("at_least", 66, "percent")]),
        ("Frafaldet nedbringes fra 17,2 procent i 2013 til 15 procent i 2017.", [("at_most", 15, "percent")]),
        ("Andelen er mellem 3,6 pct. og 4,5 pct.", [("between", 3.6, "percent")]),
        ("Over 8 pct., men højst 11 pct.", [("between", 8, "percent")]),
        ("Mindst 2/3 af besøgene er uanmeldte.", [("at_least", 66.67, "percent")]),
        ("Ventetiden er højst 2½ minut.", [("at_most", 2.5, "minutter")]),
        ("Afvigelsen er højst ±1,5 %", [("at_most", 1.5, "percent")]),
        ("Vi digitaliserer 1,2 mio. sider.", [("exactly", 1200000, "count")]),
        ("Højst 75 dage (2014: 98 dage).", [("at_most", 75, "days")]),
        ("Højst 900 sager, der er ældre end to år.", [("at_most", 900, "count")]),
        ("Mindst 96 pct. af stikprøven på 250 samlinger.", [("at_least", 96, "percent")]),
        (
            "mindst 1.150 hyldemeter samt 40 versioner",
            [("at_least", 1150, "hyldemeter"), ("at_least", 40, "count")],
        ),
        ("Revisionen afgiver mellem 15 og 18 større undersøgelser.", [("between", 15, "count")]),
        ("Sygedage pr. medarbejder: under 7,8", [("at_most", 7.8, "days")]),
        ("Driftstilskuddet udgør 47,3 mio. kr. i 2015.", []),
        ("Udgifterne er steget med 22 pct. siden 2004.", []),
        ("Regeringen har som mål, at byrderne er reduceret med 25 pct. i 2020.", []),
    ],
)
def test_figures_by_the_part_they_play(text, demands):
    """What is told, granted, compared, sampled or another's goal demands nothing; halves, ranges and shares are read."""
    found = [(target.comparator, short(target.value), target.unit) for target in read(text, demanded=True)]
    assert found == [(comparator, pytest.approx(value), unit) for comparator, value, unit in demands]


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("80% inden 5 døgn, og 100% inden 15 døgn.", [80, 100]),
        ("mindst 120 lygter i Lyngborg, 45 i Birkerum og 30 i Sivtved", [120, 45, 30]),
        ("Kommunerne får svar inden 21 dage, dog 14 dage for sager om skel.", [21, 14]),
        ("Antallet bringes ned på 41 i år 2021 og på 20 i år 2030.", [41, 20]),
        ("Måltal for artikler: 2019: 4, 2020: 5, 2021: 6.", [5, 6]),
    ],
)
def test_many_demands_in_one_sentence(text, demands):
    """Clauses of one sentence that each demand something are a target each."""
    assert [short(t.value) for t in read(text, demanded=True)] == demands


@pytest.mark.parametrize(
    ("text", "value", "unit", "year"),
    [
        ("Antallet skal vokse fra 12 i 2017 til mindst 20 i 2020.", 12, "count", 2017),
        ("Indekset er mindst 102 (2011 = 100).", 100, "index", 2011),
        ("Udledningen falder 10 pct. fra 41.000 ton i 2017.", 41000, "ton", 2017),
        ("Der anmeldes 15 pct. færre ulykker end de 64 i 2014.", 64, "count", 2014),
        ("Udledningen reduceres med 8 pct. i forhold til 2017, hvor den var 41.000 ton.", 41000, "ton", 2017),
        ("Produktiviteten stiger med 2 pct. i forhold til 2018.", None, None, 2018),
        ("I 2018 var gennemsnittet 11.\nAntallet af møl bringes ned på 3.", 11, "count", 2018),
    ],
)
def test_baselines(text, value, unit, year):
    """Where it stood before, in the sentence or told in one beside it."""
    baseline = read(text)[-1].baseline
    assert (short(baseline.value), baseline.unit, baseline.year) == (value, unit, year)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Havnene er screenet inden udgangen af 2020.", date(2020, 12, 31)),
        ("Udledningen halveres frem mod 2030 i forhold til 2010.", date(2030, 12, 31)),
        ("Mindst 60 broer er efterset inden udgangen af juni.", date(2020, 6, 30)),
        ("Sygefraværet er mindst en dag lavere end i 2013.", None),
    ],
)
def test_deadlines_beside_baselines(text, deadline):
    """A year that something is compared with is no deadline."""
    assert [t.deadline for t in read(text)] == [deadline]


@pytest.mark.parametrize(
    "text",
    [
        "I 2019 blev der meldt 11.240 fejl, og godt halvdelen af dem kom fra fodgængere.",
        "Museets samling er på 48.000 stykker.",
        "En lampe bruger en tredjedel af det, en gammel lampe bruger.",
        "Frafaldet var 24 procent i 2016.",
        "Vi er 61 ansatte, og halvdelen af os er over 55 år.",
        "Antallet falder år for år.",
        "Målet følger af § 12, stk. 3.",
    ],
)
def test_figures_that_demand_nothing(text):
    """What was, what is, and a direction without a figure are no targets in running text."""
    assert read(text) == ()


@given(st.integers(1, 10**9), st.integers(0, 9))
def test_what_is_printed_is_read_back(whole, tenth):
    """A figure written the Danish way, with thousands parted by stops, is read as itself."""
    printed = f"{whole:,}".replace(",", ".") + (f",{tenth}" if tenth else "")
    (found,) = find_quantities(f"mindst {printed} pct. af sagerne", WORDS)
    assert (found.value, found.unit) == (Decimal(f"{whole}.{tenth}"), "percent")
