"""The query language: whatever is typed is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import LONGEST_WORD, MAX_CLAUSES, parse


def said(text):
    """The clauses of a query as plain tuples."""
    return [(clause.words, clause.phrase, clause.exclude) for clause in parse(text).clauses]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("sygefravær", [(("sygefravær",), False, False)]),
        ('"høj kvalitet"', [(("høj", "kvalitet"), True, False)]),
        ("-fravær", [(("fravær",), False, True)]),
        ('-"høj kvalitet"', [(("høj", "kvalitet"), True, True)]),
        ('"uafsluttet frase', [(("uafsluttet", "frase"), True, False)]),
        ("it-drift", [(("it-drift",), False, False)]),
        ("noget:andet", [(("noget",), False, False), (("andet",), False, False)]),
        ("a_b", [(("a",), False, False), (("b",), False, False)]),
        ("  ", []),
        ('"', []),
    ],
)
def test_clauses(text, clauses):
    """Words, phrases and minus are read; an unknown field is a word like any other."""
    assert said(text) == clauses


@pytest.mark.parametrize("text", ["år:2019", "year:2019", "ÅR:2019", 'år:"2019"', "a\u030ar:2019"])
def test_filters_have_danish_and_english_names(text):
    """A filter may be typed in either language, quoted, and in any normal form."""
    query = parse(text)
    assert query.filters == {"year": ("2019",)}
    assert query.clauses == ()


def test_filters_add_up():
    """Typed filters join those that were chosen, each value once."""
    query = parse("år:2018 år:2019", {"year": ("2019",), "kind": ("goal",)})
    assert query.filters == {"year": ("2019", "2018"), "kind": ("goal",)}


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('":- åÅæ²_')), max_size=1500))
def test_never_raises(text):
    """Whatever is typed gives a bounded query."""
    query = parse(text)
    assert len(query.clauses) <= MAX_CLAUSES
    assert all(0 < len(word) <= LONGEST_WORD for clause in query.clauses for word in clause.words)
