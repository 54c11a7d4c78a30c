"""Did you mean: another wording for a query that finds nothing, only ever one that finds something."""

import dataclasses
import re

from ingest.store import Store
from search.engine import SearchEngine
from search.query import Query, parse
from search.run import find
from search.words import fold


def did_you_mean(query: Query, engine: SearchEngine, store: Store) -> str | None:
    """The query's text with each unknown word in place of a near one, as the documents print it.

    None where a word has no near one, or the new wording finds nothing under the query's own filters.
    """
    text = query.text
    for word in {word for clause in query.clauses if not clause.exclude for word in clause.words}:
        if engine.search(parse(f'"{word}"'), limit=0).total:
            continue
        near = next(
            (printed for other in engine.near(fold(word)) if (printed := _printed(other, engine, store))),
            None,
        )
        if near is None:
            return None
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", near, text)
    if text == query.text:
        return None
    asked = dataclasses.replace(parse(text, query.filters), text=text)
    return text if engine.search(asked, limit=0).total else None


def _printed(word: str, engine: SearchEngine, store: Store) -> str | None:
    """A folded word as a document prints it, in lower case: from the marks of what it finds."""
    for hit in find(parse(word), engine, store, limit=3).hits:
        said = [hit.snippet[mark.start : mark.end] for mark in hit.marks]
        said += [hit.title[mark.start : mark.end] for mark in hit.title_marks]
        exact = next((text.casefold() for text in said if fold(text) == word), None)
        if exact:
            return exact
    return None
