"""Danish words: tokens, folding, lemmas and compound parts, for index and query alike.

Folding æ→ae, ø→oe, å→aa joins Ålborg and Aalborg, and collides in 103 of 753,490 Danish forms.
"""

import hashlib
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files

import simplemma

from search.query import LONGEST_WORD, WORD, Clause, Mark, Query

FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"})
SHORTEST_COMPOUND = 8
SHORTEST_PART = 3
CODE = ("words.py", "query.py", "entries.py", "synonyms.toml", "whole_words.toml")
"""What decides how a text becomes tokens: a change of any of it makes every index old."""
SNIPPET_LETTERS = 240


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Forms:
    """What one word is indexed and looked up as."""

    exact: str
    lemma: str
    parts: tuple[str, ...]


def fold(word: str) -> str:
    """NFC, lower case, Danish letters as digraphs."""
    return unicodedata.normalize("NFC", word).casefold().translate(FOLDS)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a hyphenated word is one token, and its halves are its parts."""
    return [Token(found.group()[:LONGEST_WORD], found.start(), found.end()) for found in WORD.finditer(text)]


def words_version() -> str:
    """A digest of the code and data that make tokens: entries indexed under another one are old."""
    digest = hashlib.sha256(version("simplemma").encode())
    for name in CODE:
        digest.update(files("search").joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


class Words:
    """Lemmas and compound parts, each word looked up once; holds its own memory, so make one and share it."""

    def __init__(self) -> None:
        self._forms: dict[str, Forms] = {}
        self._known: dict[str, bool] = {}
        self._synonyms: dict[str, tuple[str, ...]] | None = None
        kept = tomllib.loads(files("search").joinpath("whole_words.toml").read_text(encoding="utf-8"))
        self._whole, self._endings = frozenset(kept["words"]), frozenset(kept["endings"])

    def forms(self, word: str) -> Forms:
        """A word's folded form, lemma and parts; a word that is no compound has no parts."""
        found = self._forms.get(word)
        if found is None:
            low = unicodedata.normalize("NFC", word).casefold()
            lemma = self._lemma(low)
            parts = [
                part for half in re.split(r"[-'’]", low) if half != low for part in (half, *self._split(half))
            ]
            parts += self._split(lemma)
            folded = dict.fromkeys(fold(self._lemma(part)) for part in parts if len(part) >= SHORTEST_PART)
            found = Forms(exact=fold(low), lemma=fold(lemma), parts=tuple(folded))
            if len(self._forms) < 200_000:
                self._forms[word] = found
        return found

    def synonyms(self, lemma: str) -> tuple[str, ...]:
        """Lemmas that mean the same as this one."""
        if self._synonyms is None:
            text = files("search").joinpath("synonyms.toml").read_text(encoding="utf-8")
            groups = [[self.forms(word).lemma for word in group] for group in tomllib.loads(text)["groups"]]
            self._synonyms = {
                word: tuple(other for other in dict.fromkeys(group) if other != word)
                for group in groups
                for word in group
            }
        return self._synonyms.get(lemma, ())

    def _lemma(self, low: str) -> str:
        return str(simplemma.lemmatize(low, lang="da")).casefold()

    def _is_word(self, low: str) -> bool:
        known = self._known.get(low)
        if known is None:
            known = (
                len(low) >= SHORTEST_PART
                and low not in self._endings
                and bool(simplemma.is_known(low, lang="da"))
            )
            if len(self._known) < 500_000:
                self._known[low] = known
        return known

    def _split(self, word: str) -> tuple[str, ...]:
        """The fewest known words that make up this one, with a linking s or e between; () for none."""
        if len(word) < SHORTEST_COMPOUND or word in self._whole:
            return ()
        for at in range(len(word) - SHORTEST_PART - 1, SHORTEST_PART, -1):
            head, tail = word[:at], word[at:]
            if not self._is_word(tail) or len(tail) < 4:
                continue
            for stem in (head, head.removesuffix("s"), head.removesuffix("e"), head.removesuffix("s") + "e"):
                if len(stem) >= 4 and self._is_word(stem):
                    return (*(self._split(stem) or (stem,)), *(self._split(tail) or (tail,)))
        return ()

    def marks(self, text: str, query: Query) -> tuple[Mark, ...]:
        """Where the query's words stand in a text: the same word, or the same lemma, or as a compound's part."""
        wanted = [self._wanted(clause) for clause in query.clauses if not clause.exclude]
        if not wanted:
            return ()
        exact = {form.exact for forms in wanted for form in forms}
        lemmas = {form.lemma for forms in wanted for form in forms}
        lemmas |= {other for lemma in lemmas for other in self.synonyms(lemma)}
        found = []
        for token in tokens(text):
            forms = self.forms(token.text)
            if forms.exact in exact or forms.lemma in lemmas or lemmas & set(forms.parts):
                found.append(Mark(start=token.start, end=token.end))
        return tuple(found)

    def _wanted(self, clause: Clause) -> list[Forms]:
        return [self.forms(word) for word in clause.words]


def snippet(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
    """A piece of text around the first mark, from the start of its sentence where that is near, cut at words."""
    first = marks[0].start if marks else 0
    start = max(0, first - SNIPPET_LETTERS // 2)
    if start:
        sentence = max(text.rfind(end, start, first) + len(end) for end in (". ", "\n"))
        start = sentence if sentence > start else text.find(" ", start, first) + 1 or first
    end = min(len(text), start + SNIPPET_LETTERS)
    if end < len(text):
        cut = text.rfind(" ", first, end)
        end = cut if cut > start else end
    inside = tuple(
        Mark(start=mark.start - start, end=mark.end - start)
        for mark in marks
        if mark.start >= start and mark.end <= end
    )
    return text[start:end], inside
