"""Danish words: tokens, folding, lemmas, parts, marks and snippets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import parse
from search.words import Words, fold, snippet, tokens


@pytest.fixture(scope="module")
def words():
    """One set of words for all tests: it loads its lexicon once."""
    return Words()


@given(st.text(max_size=300))
def test_tokens_stand_where_they_say(text):
    """Tokens come in order, do not overlap, and begin with the text of their place."""
    end = 0
    for token in tokens(text):
        assert token.start >= end
        assert text[token.start : token.end].startswith(token.text)
        end = token.end


@pytest.mark.parametrize(("one", "other"), [("Ålborg", "aalborg"), ("ÆLDRE", "aeldre"), ("a\u030ar", "år")])
def test_folding_joins(one, other):
    """Spellings of the Danish letters are one word."""
    assert fold(one) == fold(other)


def test_combining_marks_stay_in_the_word():
    """A letter and its ring, as files print them, are one letter of one word."""
    assert [token.text for token in tokens("ma\u030al og")] == ["ma\u030al", "og"]


@pytest.mark.parametrize(("one", "other"), [("børn", "barn"), ("årene", "år"), ("styrelserne", "styrelse")])
def test_lemmas_join_forms(words, one, other):
    """Inflected forms share a lemma."""
    assert words.forms(one).lemma == words.forms(other).lemma


def test_compounds_have_parts(words):
    """A compound is found by its parts; a short or a whole word has none."""
    assert "fravaer" in words.forms("sygefravær").parts
    assert words.forms("mål").parts == ()
    assert words.forms("forsvar").parts == ()
    assert "drift" in words.forms("it-drift").parts


@given(text=st.text(alphabet="sygefraværet målene .,-\n", max_size=400), typed=st.text(max_size=40))
def test_marks_and_snippets_lie_in_the_text(text, typed):
    """Every mark is a non-empty run of the text, in the snippet as well."""
    marks = Words().marks(text, parse(typed + " sygefravær"))
    assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)
    piece, inside = snippet(text, marks)
    assert piece in text
    assert all(0 <= mark.start < mark.end <= len(piece) for mark in inside)


def test_marks_find_forms_and_parts(words):
    """What matched is marked: the word in another form, and the compound it is part of."""
    text = "Sygefraværet er lavt; fravær måles."
    marks = words.marks(text, parse("fravær -måles"))
    assert [text[mark.start : mark.end] for mark in marks] == ["Sygefraværet", "fravær"]
