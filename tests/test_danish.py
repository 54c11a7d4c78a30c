"""Danish numbers, dates, targets, weights, verdicts and headings, by example."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.danish.dates import read_deadline, read_period, year_period
from ingest.danish.lines import read_heading, read_title, read_verdict, read_weight
from ingest.danish.numbers import read_number
from ingest.danish.targets import read_targets
from ingest.danish.vocabulary import load_vocabulary

WORDS = load_vocabulary()
YEAR = year_period(2019)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.732,5", "1732.5"), ("8,5", "8.5"), ("3.000", "3000"), ("tre", "3"), ("1.5", None), ("x", None)],
)
def test_numbers(text, value):
    """A full stop parts thousands, a comma decimals; "1.5" is refused."""
    assert read_number(text, WORDS) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("senest 1. juni 2019", date(2019, 6, 1)),
        ("senest 1. maj", date(2019, 5, 1)),
        ("inden udgangen af 2019", date(2019, 12, 31)),
        ("ultimo marts 2019", date(2019, 3, 31)),
        ("primo 2019", date(2019, 1, 31)),
        ("medio 2019", date(2019, 6, 30)),
        ("1. kvartal 2019", date(2019, 3, 31)),
        ("ved årets udgang", date(2019, 12, 31)),
        ("hurtigst muligt", None),
    ],
)
def test_deadlines(text, day):
    """Words for a time give its last day, as docs/records.md says."""
    assert read_deadline(text, YEAR, WORDS) == day


@pytest.mark.parametrize(
    ("text", "comparator", "value", "unit"),
    [
        ("Sygefraværet er højst 8,5 dage.", "at_most", "8.5", "days"),
        ("Mindst 95 pct. af sagerne afgøres inden for 30 dage.", "at_least", "95", "percent"),
        ("Der gennemføres mindst 150 inspektioner.", "at_least", "150", "count"),
        ("Restancerne er ikke over 8,5 mio. kr.", "at_most", "8500000", "DKK"),
        ("Kravspecifikationen er godkendt senest 1. juni 2019.", "done", None, None),
    ],
)
def test_targets(text, comparator, value, unit):
    """One sentence, one target: how it is compared, how much, in what."""
    found = read_targets(text, period=YEAR, vocabulary=WORDS, demanded=True)
    assert [(t.comparator, t.value, t.unit) for t in found] == [
        (comparator, None if value is None else Decimal(value), unit)
    ]


@pytest.mark.parametrize(
    "text", ["Målet følger af § 12, stk. 3.", "I 2018 blev 45 sager afsluttet.", "Borgerne skal have svar."]
)
def test_no_targets(text):
    """Law numbers, what was, and wishes without a measure are no targets."""
    assert read_targets(text, period=YEAR, vocabulary=WORDS, demanded=False) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Vægtning: 15 point", "15", "points"),
        ("Vægt: 12,5 pct.", "12.5", "percent"),
        ("Der lægges vægt på tempo i 2019", None, None),
        ("Styrelsen lægger vægt på 3 pct.", None, None),
    ],
)
def test_weights(text, value, unit):
    """A weight has its word and its unit; "lægge vægt på" is none."""
    found = read_weight(text, WORDS)
    assert (found and found.value, found and found.unit) == (value and Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "key", "title", "is_goal"),
    [
        ("Mål 1.2: Sygefravær", "1.2", "Sygefravær", True),
        ("Resultatkrav 10 Budget", "10", "Budget", True),
        ("3. Økonomi", "3", "Økonomi", False),
        ("Resultatmål: God skik", None, "God skik", True),
        ("1. instans", None, "1. instans", False),
        ("Mål 4 Energi (15 pct.)", "4", "Energi", True),
    ],
)
def test_headings(text, key, title, is_goal):
    """A heading's number, its title without marks, and whether a goal word opens it."""
    found = read_heading(text, WORDS)
    assert (found.key, found.title, found.is_goal) == (key, title, is_goal)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Opfyldt", "met"),
        ("Delvist opfyldt", "partly_met"),
        ("Ikke opfyldt", "not_met"),
        ("helt eller delvist opfyldt", "met_or_partly"),
        ("Udgået", "dropped"),
        ("20 af 20", "met"),
        ("12,5 af 25", "partly_met"),
        ("8,1 dage", None),
        ("ikke fuldt ud opfyldt", "partly_met"),
        ("næsten nået", None),
        ("Kravene i lovens § 5 er opfyldt", None),
    ],
)
def test_verdicts(text, status):
    """The longest word that a verdict holds decides; points are read against their whole."""
    found = read_verdict(text, WORDS)
    assert (found.status if found else None) == status


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("Mål- og resultatplan 2019 for Digestyrelsen", "plan", date(2019, 1, 1), date(2019, 12, 31)),
        ("Resultatkontrakt 2015 (-2018)", "plan", date(2015, 1, 1), date(2015, 12, 31)),
        ("Resultatkontrakt 2013-2016 (Gældende for 2014)", "plan", date(2014, 1, 1), date(2014, 12, 31)),
        ("Resultatplan 2. halvår 2016", "plan", date(2016, 7, 1), date(2016, 12, 31)),
        ("Tillæg til mål- og resultatplan 2020", "amendment", date(2020, 1, 1), date(2020, 12, 31)),
        ("Årsrapport 2018", "report", date(2018, 1, 1), date(2018, 12, 31)),
    ],
)
def test_titles(text, kind, start, end):
    """A title tells the kind and the period; a frame around it is not the period."""
    found = read_title(text, WORDS)
    assert (found.kind, found.period.start, found.period.end) == (kind, start, end)


@given(st.text(max_size=200))
def test_nothing_raises(text):
    """Whatever is printed, reading it never raises."""
    read_targets(text, period=YEAR, vocabulary=WORDS, demanded=True)
    read_heading(text, WORDS)
    read_title(text, WORDS)
    read_verdict(text, WORDS)
    read_weight(text, WORDS)
    read_deadline(text, YEAR, WORDS)
    read_period(text, WORDS)
