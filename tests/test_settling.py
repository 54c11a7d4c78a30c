"""Which body a name means: by name and date, with the packaged sources, for the hard cases of real life."""

from datetime import date

import pytest
from registry_made import agency, attached, name, registry, short

from crawler.agencies import guess, official_name, printed_id, read_sources, settle, settle_ministry
from maalspor.settings import packaged_sources


@pytest.fixture(scope="module")
def known():
    """The institutions that ship with the project."""
    return read_sources(packaged_sources()).registry


SETTLED = {
    # One name, two bodies, one after the other: Økonomistyrelsen before 2011 and after 2020.
    "Økonomistyrelsen 2008": "oekonomistyrelsen-til-2011",
    "Økonomistyrelsen 2021": "moderniseringsstyrelsen",
    "Økonomistyrelsen 2020 (named in March)": "moderniseringsstyrelsen",
    "Økonomistyrelsen 2015": None,
    "Moderniseringsstyrelsen 2015": "moderniseringsstyrelsen",
    # One word, two ministries: the state's human resources and the forces'.
    "Personalestyrelsen 2004": "personalestyrelsen",
    "Personalestyrelsen 2018": "forsvarsministeriets-personalestyrelse",
    "Forsvarsministeriets Personalestyrelse 2018": "forsvarsministeriets-personalestyrelse",
    "Forsvarets Personeltjeneste 2010": "forsvarsministeriets-personalestyrelse",
    # A name that comes back to the same body.
    "Forsvarskommandoen 2010": "forsvarskommandoen",
    "Værnsfælles Forsvarskommando 2018": "forsvarskommandoen",
    "Forsvarskommandoen 2019": "forsvarskommandoen",
    # Popular wrong names.
    "Forsvarets Ejendomsstyrelse 2016": "forsvarsministeriets-ejendomsstyrelse",
    "Forsvarets Materiel- og Indkøbsstyrelse 2023": "forsvarsministeriets-materiel-og-indkoebsstyrelse",
    "Materiel- og Indkøbsstyrelsen 2019": "forsvarsministeriets-materiel-og-indkoebsstyrelse",
    # Renamed between plan, year and report: the report for 2016 came out under the name of February 2017.
    "NaturErhvervstyrelsen 2016": "naturerhvervstyrelsen",
    "Landbrugs- og Fiskeristyrelsen 2016": "naturerhvervstyrelsen",
    "Fiskeristyrelsen 2019": "fiskeristyrelsen",
    "Kort- og Matrikelstyrelsen 2005": "geodatastyrelsen",
    "Kort & Matrikelstyrelsen 2005": "geodatastyrelsen",
    "Geodatastyrelsen 2014": "geodatastyrelsen",
    "Trafik-, Bygge- og Boligstyrelsen 2018": "trafikstyrelsen",
    "Arbejdsmiljøinstituttet 2003": "det-nationale-forskningscenter-for-arbejdsmiljoe",
    # Closed, merged into another, and founded again.
    "Lægemiddelstyrelsen 2006": "laegemiddelstyrelsen",
    "Lægemiddelstyrelsen 2018": "laegemiddelstyrelsen",
    # Spelling, case, genitive, abbreviations.
    "LÆGEMIDDELSTYRELSENS 2018": "laegemiddelstyrelsen",
    "Faerdselsstyrelsen 2018": "faerdselsstyrelsen",
    "SKATs 2010": "skat",
    "AT 2019": "arbejdstilsynet",
    "Slots- og Ejendomsstyrelsen 2004": "slots-og-ejendomsstyrelsen",
    # Newspapers mix these two up; we do not.
    "Sundhedsstyrelsen 2017": "sundhedsstyrelsen",
    "Sundhedsdatastyrelsen 2017": "sundhedsdatastyrelsen",
    # No source names it.
    "Styrelsen for Havbundens Ro 2019": None,
}


@pytest.mark.parametrize("case", SETTLED)
def test_a_body_is_settled_by_name_and_date(known, case):
    """A printed name and the period of its document mean one body, or none where nobody can say."""
    text, year = case.split(" (")[0].rsplit(" ", 1)
    assert settle(known, text, date(int(year), 1, 1), date(int(year), 12, 31)) == SETTLED[case]


def test_an_abbreviation_of_two_bodies_goes_by_the_day():
    """Two bodies with one abbreviation are told apart by its days, and else not at all."""
    two = registry(
        agency("a", "Alfastyrelsen", short("ABS", "2000-01-01", "2009-12-31")),
        agency("b", "Betastyrelsen", short("ABS", "2010-01-01")),
    )
    assert settle(two, "ABS", date(2009, 1, 1)) == "a"
    assert settle(two, "ABS", date(2010, 1, 1)) == "b"
    assert settle(two, "ABS", None) is None
    both = registry(agency("a", "Alfastyrelsen", short("ABS")), agency("b", "Betastyrelsen", short("ABS")))
    assert settle(both, "ABS", date(2010, 1, 1)) is None


def test_an_official_name_goes_before_a_popular_one():
    """What is one body's official name and another's nickname means the first."""
    two = registry(agency("a", "Vejstyrelsen"), agency("b", "Statens Vejstyrelse", short("Vejstyrelsen")))
    assert settle(two, "Vejstyrelsen", date(2010, 1, 1)) == "a"


def test_a_name_printed_ahead_of_its_day_counts():
    """A plan printed under a name that begins next year means the only body that ever had it."""
    one = registry(agency("a", name("Gammel", end="2017-12-31"), name("Ny", "2018-01-01")))
    assert settle(one, "Ny", date(2017, 1, 1)) == "a"


@pytest.mark.parametrize(
    ("year", "said"),
    [(2013, "Forsvarskommandoen"), (2016, "Værnsfælles Forsvarskommando"), (2020, "Forsvarskommandoen")],
)
def test_a_body_is_called_what_it_was_called(known, year, said):
    """A body's official name is that of the day, never an abbreviation."""
    body = next(body for body in known.agencies if body.id == "forsvarskommandoen")
    assert official_name(body.names, date(year, 7, 1)) == said


def test_a_ministry_is_settled_by_name_and_date(known):
    """A printed department means its ministry, with or without its last word."""
    assert settle_ministry(known, "Finansministeriet", date(2018, 1, 1)) == "finansministeriet"
    assert settle_ministry(known, "Miljø- og Fødevareministeriets departement", date(2018, 1, 1)) == (
        "miljoe-og-foedevareministeriet"
    )
    assert settle_ministry(known, "Ministeriet for Sære Sager", date(2018, 1, 1)) is None


def test_a_body_that_no_source_names_is_known_by_its_name(known):
    """Its id is its folded name: alike for every spelling of it, and what a source file would call it."""
    assert printed_id(known, "Styrelsen for Havbundens Ro") == "styrelsen-for-havbundens-ro"
    assert printed_id(known, "STYRELSEN FOR  HAVBUNDENS RO") == "styrelsen-for-havbundens-ro"
    assert printed_id(known, "Øresundsvagtens Økonomi-tilsyn") == "oeresundsvagtens-oekonomi-tilsyn"
    assert printed_id(known, "§ 7") == "7"
    assert printed_id(known, "–") is None
    assert printed_id(known, "Økonomistyrelsen") is None


def test_a_printed_name_never_takes_the_id_of_another_body():
    """A name that folds to the id of a listed body of another name gets an id of its own, and so does a long one."""
    one = registry(agency("sand-2008", "Sandstyrelsen", ministries=(attached("m"),)))
    found = printed_id(one, "Sand 2008")
    assert found != "sand-2008"
    assert found == printed_id(one, "SAND 2008")
    long = [printed_id(one, "Styrelsen for " + "meget " * 30 + end) for end in ("sand", "grus")]
    assert len(set(long)) == 2
    assert all(len(id) <= 80 for id in long)


GUESSED = {
    "Mål- og resultatplan 2019 for Motorstyrelsen": ("motorstyrelsen", 2019),
    "MRP 2018 FES": ("forsvarsministeriets-ejendomsstyrelse", 2018),
    "https://www.fmi.dk/globalassets/mrp-2018.pdf": (
        "forsvarsministeriets-materiel-og-indkoebsstyrelse",
        2018,
    ),
    "https://docs.example/mrp_star_2015.pdf": ("styrelsen-for-arbejdsmarked-og-rekruttering", 2015),
    "Resultatkontrakt 2010 for Økonomistyrelsen": ("oekonomistyrelsen-til-2011", 2010),
    "Resultatkontrakt 2022 for Økonomistyrelsen": ("moderniseringsstyrelsen", 2022),
    "AT's resultatkontrakt 2012": ("arbejdstilsynet", 2012),
    "Plan for at nå målene i 2012": (None, 2012),
    "VÆRD AT VIDE OM 2012": (None, 2012),
    "Årsrapport 2014 (pdf, 250 KB)": (None, 2014),
    "https://www.ft.dk/samling/20141/almdel/index.htm": (None, None),
    "Forsvarsministeriet og dets styrelser": (None, None),
    "https://fmn.dk/globalassets/mrp-2018.pdf": (None, 2018),
    "Finansielt regnskab 2014, FMN": ("forsvarsministeriets-departement", 2014),
}


@pytest.mark.parametrize("text", GUESSED)
def test_links_and_file_names_are_guessed(known, text):
    """Link words and addresses say whose a document is; abbreviations that are everyday words do not."""
    found = guess(known, [text])
    assert (found.agency, found.year) == GUESSED[text]
