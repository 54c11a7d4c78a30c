"""What is there and what is not: the states of the silence ledger."""

import dataclasses
from datetime import date

import pytest
from linked_made import agency, official, registry

from crawler.records import HtmlPlan, NoPublicPlan
from ingest.silence import Found, Looked, ledger

NOTHING = Looked(agencies=frozenset(), dead_ends={}, pages=frozenset())
LOOKED = Looked(
    agencies=frozenset({"dige"}), dead_ends={("dige", 2016, "report"): "dead link"}, pages=frozenset()
)


def found(year=2016, **fields) -> Found:
    """A plan of `dige` that is there and was read."""
    empty = Found(
        agency="dige", years=(year,), kind="plan", read=True, reports=True, start=date(year, 1, 1), signed=None,
        fate="there",
    )  # fmt: skip
    return dataclasses.replace(empty, **fields)


def states(known, documents, looked=LOOKED):
    """State by year and kind."""
    return {(row.year, row.kind): row.state for row in ledger(known, documents, looked)}


CASES = {
    "found": ([found()], "plan", "found"),
    "an unread file": ([found(read=False)], "plan", "found_not_read"),
    "a report of accounts": ([found(kind="report", reports=False), found()], "report", "reports_nothing"),
    "gone": ([found(fate="gone")], "plan", "vanished"),
    "another year's now": ([found(fate="overwritten")], "plan", "overwritten"),
    "one of two is left": ([found(fate="gone"), found()], "plan", "found"),
    "looked for": ([found()], "report", "not_found"),
}


@pytest.mark.parametrize("case", CASES)
def test_states(case):
    """Each state is told from what is kept and what its address answers."""
    documents, kind, state = CASES[case]
    assert states(registry(), documents)[2016, kind] == state


def test_not_looked_is_not_not_found():
    """An agency that no visit concerned was not looked for."""
    known = registry(agency("dige"), agency("havn"))
    rows = {(row.agency, row.kind): row for row in ledger(known, [found()], LOOKED)}
    assert rows["havn", "plan"].state == "not_looked"
    assert rows["dige", "report"].reason == "dead link"


def test_what_the_sources_say():
    """A body without public plans says so; a page that holds a later year was overwritten."""
    silent = dataclasses.replace(agency("fyr"), no_public_plan=(NoPublicPlan(years=(), reason="classified"),))
    page = dataclasses.replace(
        agency("klit"), html_only=(HtmlPlan(years=(), address="http://demo.example/"),)
    )
    looked = dataclasses.replace(LOOKED, pages=frozenset({("klit", 2016)}))
    rows = ledger(registry(silent, page), [found(2015), found(2017)], looked)
    told = {(row.agency, row.year): (row.state, row.reason) for row in rows if row.kind == "plan"}
    assert told["fyr", 2016] == ("no_public_plan", "classified")
    assert told["klit", 2015][0] == "overwritten"
    assert told["klit", 2016][0] == "html_only"


def test_a_body_has_rows_while_it_exists():
    """No row before the first or after the last official name."""
    name = dataclasses.replace(official("Dige"), start=date(2016, 6, 1), end=date(2017, 3, 1))
    known = registry(dataclasses.replace(agency("dige"), names=(name,)))
    assert {year for year, _ in states(known, [found(2014), found(2019)])} == {2016, 2017}


def test_days_late():
    """Lateness runs from the first day of the plan's period to the last signature, and only where positive."""
    late = found(signed=date(2016, 1, 31))
    early = found(2017, signed=date(2016, 12, 20))
    rows = {row.year: row for row in ledger(registry(), [late, early], LOOKED) if row.kind == "plan"}
    assert (rows[2016].days_late, rows[2017].days_late) == (30, None)


def test_nothing_known_is_nothing_said():
    """Without any document there are no years to speak of."""
    assert ledger(registry(), [], NOTHING) == ()
