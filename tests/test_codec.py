"""Records become JSON and come back; a wrong key or type is named with its place."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_made import extraction, goal, quote, result

from crawler.codec import Codec
from ingest.records import Extraction, Passage, Weight

words = st.text(max_size=20)
values = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9)


@given(words, words, values)
def test_extractions_come_back(title, text, value):
    """Every extraction is read back equal from its JSON."""
    weight = Weight(value=value.normalize() + 0, unit="percent", quotes=(quote(),))
    record = extraction(
        mission=Passage(text=text, quotes=(quote(2),)),
        goals=(goal(title=title, weight=weight, field_quotes={"title": (quote(),)}),),
        results=(result(goal_title=title),),
    )
    codec = Codec()
    assert codec.loads(codec.dumps(record), Extraction) == record


@pytest.mark.parametrize(
    ("value", "printed"), [("1732.5", "1732.5"), ("9300000000", "9300000000"), ("4.0", "4")]
)
def test_numbers_are_json_numbers(value, printed):
    """A whole Decimal is printed without a fraction, any other with it."""
    assert (
        Codec()
        .dumps(Weight(value=Decimal(value), unit="points", quotes=()))
        .startswith(f'{{"value":{printed},')
    )


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"key":"1"', '"key":1', "$.goals[0].key"),
        ('"shared":false', '"shared":0', "$.goals[0].shared"),
        ('"binding":true', '"binding":true,"bindng":true', "bindng"),
        ('"page":1', '"page":"x"', "$.goals[0].quotes[0].page"),
    ],
)
def test_mistakes_are_named(old, new, place):
    """A misspelt key or a wrong type is an error that names where it stands."""
    text = Codec().dumps(extraction(goals=(goal(),)))
    with pytest.raises(ValueError, match=place.replace("$", r"\$").replace("[", r"\[")):
        Codec().loads(text.replace(old, new, 1), Extraction)
