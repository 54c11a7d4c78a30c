"""Where a section ends: at a heading, or where the parties sign."""

import pytest

from ingest.finders.sections import SIGNED


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("Havnsted, den 10. februar 2015", True),
        ("Kystby den 3. marts 2018", True),
        ("Molehavn, den ____ 2019", True),
        ("Status drøftes 1. juni og 1. december.", False),
        ("Der rapporteres hvert kvartal.", False),
    ],
)
def test_a_place_and_a_date_end_a_section(text, signed):
    """A signature has its comma or its "den"; a sentence with a date in it has neither."""
    assert bool(SIGNED.search(text)) is signed
