"""Results of one goal from overview, analysis and annex become one, with the quotes of each place."""

import dataclasses

from rapidfuzz import fuzz

from ingest.danish.vocabulary import Vocabulary
from ingest.finders.answers import read_answer, sentence_verdict
from ingest.finders.candidates import quotes_of
from ingest.outline import Section
from ingest.records import Passage, Result

SAME_TITLE = 88
"""Per cent of like letters, from which two printed titles are one."""


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two printed titles are one, small differences aside."""
    return bool(one and other) and fuzz.ratio((one or "").casefold(), (other or "").casefold()) >= SAME_TITLE


def join_results(found: list[Result], root: Section, vocabulary: Vocabulary) -> tuple[Result, ...]:
    """One result a goal, in reading order, each with what part 2 says of it."""
    results: list[Result] = []
    for result in found:
        at = next((i for i, other in enumerate(results) if _same(other, result)), None)
        if at is None:
            results.append(result)
        else:
            results[at] = _merge(results[at], result)
    sections = list(root.descendants())
    return tuple(_explained(result, sections, vocabulary) for result in results)


def _same(one: Result, other: Result) -> bool:
    if one.agency and other.agency and one.agency != other.agency:
        return False
    if one.goal_key is not None and one.goal_key == other.goal_key:
        return same_title(one.goal_title, other.goal_title) or _within(one.goal_title, other.goal_title)
    keyless = one.goal_key is None or other.goal_key is None
    return keyless and same_title(one.goal_title, other.goal_title)


def _within(one: str | None, other: str | None) -> bool:
    """Whether one title is the other shortened."""
    return (
        bool(one and other)
        and fuzz.partial_ratio((one or "").casefold(), (other or "").casefold()) >= SAME_TITLE
    )


def _merge(one: Result, other: Result) -> Result:
    verdict = one if one.status else other
    return dataclasses.replace(
        one,
        goal_key=one.goal_key or other.goal_key,
        agency=one.agency or other.agency,
        target_printed=one.target_printed or other.target_printed,
        actual_printed=one.actual_printed or other.actual_printed,
        actual=one.actual or other.actual,
        status=verdict.status,
        status_printed=verdict.status_printed,
        score=one.score or other.score,
        explanation=one.explanation or other.explanation,
        section=verdict.section,
        quotes=(*one.quotes, *other.quotes),
    )


def _explained(result: Result, sections: list[Section], vocabulary: Vocabulary) -> Result:
    """The analysis under a heading that is the goal's title, and the verdict in its sentences if there is no other."""
    if result.explanation is not None:
        return result
    for section in sections:
        answer = read_answer(section, vocabulary)
        text = answer.text("explanation")
        if not text or not same_title(answer.title, result.goal_title):
            continue
        if section.key and result.goal_key and section.key != result.goal_key:
            continue
        passage = Passage(text=text, quotes=quotes_of(answer.lines["explanation"]))
        verdict = answer.verdict or sentence_verdict(text, vocabulary)
        if result.status is not None or verdict is None:
            return dataclasses.replace(result, explanation=passage)
        return dataclasses.replace(
            result,
            explanation=passage,
            status=verdict.status,
            status_printed=verdict.printed,
            section="part2",
        )
    return result
