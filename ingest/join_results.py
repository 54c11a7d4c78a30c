"""Results of one goal from overview, analysis and annex become one, with the quotes of each place."""

import dataclasses

from rapidfuzz import fuzz

from ingest.finders.candidates import quotes_of
from ingest.pages.layout import Line, joined
from ingest.records import Passage, Result
from ingest.structure import Structure

SAME_TITLE = 88


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two printed titles are one, small differences aside."""
    return bool(one and other) and fuzz.ratio((one or "").casefold(), (other or "").casefold()) >= SAME_TITLE


def join_results(found: list[Result], structure: Structure) -> tuple[Result, ...]:
    """One result a goal, in reading order, each with what part 2 says of it."""
    results: list[Result] = []
    for result in found:
        at = next((i for i, other in enumerate(results) if _same(other, result)), None)
        if at is None:
            results.append(result)
        else:
            results[at] = _merge(results[at], result)
    return tuple(_explained(result, structure) for result in results)


def _same(one: Result, other: Result) -> bool:
    if not same_title(one.goal_title, other.goal_title):
        return False
    return one.goal_key == other.goal_key or one.goal_key is None or other.goal_key is None


def _merge(one: Result, other: Result) -> Result:
    verdict = one if one.status else other
    return dataclasses.replace(
        one,
        goal_key=one.goal_key or other.goal_key,
        target_printed=one.target_printed or other.target_printed,
        actual_printed=one.actual_printed or other.actual_printed,
        actual=one.actual or other.actual,
        status=verdict.status,
        status_printed=verdict.status_printed,
        score=one.score or other.score,
        section=verdict.section,
        quotes=(*one.quotes, *other.quotes),
    )


def _explained(result: Result, structure: Structure) -> Result:
    """The text under a heading that is the goal's title, up to the next heading."""
    lines: list[Line] = []
    paragraphs: list[str] = []
    inside = False
    for block in structure.blocks:
        if block.heading is not None:
            if inside and paragraphs:
                break
            inside = same_title(block.heading.title, result.goal_title)
        elif inside and block.table is None:
            paragraphs.append(joined([line.text for line in block.lines]))
            lines += block.lines
    if not paragraphs:
        return result
    return dataclasses.replace(
        result, explanation=Passage(text="\n".join(paragraphs), quotes=quotes_of(lines))
    )
