"""Ids are made of bytes and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records_made import goal, quote

from ingest.places import Place, nearest, parse_place, places

numbers = st.integers(1, 5000)


@given(numbers, numbers, numbers, st.integers(1, 9))
def test_places_read_back(page, top, left, turn):
    """What is printed in an address is read back."""
    place = Place(page, top, left, turn)
    assert parse_place(str(place)) == place


@pytest.mark.parametrize("text", ["", "3", "3-4", "3-4-5~1", "3-4-5~", "a-b-c", "3-04-5", "3-4-5-6"])
def test_other_texts_are_no_places(text):
    """A place has one spelling only; anything else is refused."""
    with pytest.raises(ValueError):
        parse_place(text)


def test_records_at_one_point_are_counted():
    """A second record at the same point gets ~2, in reading order."""
    twice = [goal(quotes=(quote(1, 72, 100),)), goal(quotes=(quote(1, 72, 100),)), goal(quotes=())]
    assert [str(place) for place in places(twice)] == ["1-100-72", "1-100-72~2", "0-0-0"]


def test_the_nearest_place_within_36_points_answers():
    """A moved record is found within 36 points on its page, and not beyond."""
    among = [Place(1, 100, 72, 1), Place(1, 140, 72, 1), Place(2, 101, 72, 1)]
    assert nearest(Place(1, 110, 72, 1), among) == among[0]
    assert nearest(Place(1, 200, 72, 1), among) is None
    assert nearest(Place(3, 100, 72, 1), among) is None
