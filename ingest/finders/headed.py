"""Goals that stand under headings of their own, numbered or not, in one chapter or many.

A goal word with a number or a colon ("Mål 1.2", "Resultatmål: …") opens a goal wherever it stands. Where a plan
prints none, the goals are the headings of that level whose own text demands something most often.
"""

import re
from collections import Counter
from dataclasses import dataclass

from crawler.records import Period
from ingest.danish.lines import WeightReading, read_weight
from ingest.danish.targets import read_targets
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import GoalCandidate, quotes_of
from ingest.finders.gathered import gather
from ingest.finders.listed import find_listed, find_weighed, stands_elsewhere
from ingest.finders.shared_rows import share_rows
from ingest.finders.years import is_money, read_years
from ingest.outline import Section
from ingest.pages.layout import joined

SHARE = 0.6
"""So many of a level's headings must demand something, for all of them to be goals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """The sections that are goals, in reading order, and how sure their kind is: `worded` by a goal word."""

    sections: tuple[Section, ...]
    worded: bool


def find_headed(
    root: Section, goals: Goals, period: Period | None, vocabulary: Vocabulary
) -> list[GoalCandidate]:
    """Goal candidates in reading order, each with its own text and that of sections below it that are no goals."""
    listed = [] if goals.worded else find_weighed(root, vocabulary)
    listed = listed or ([] if goals.worded else find_listed(root, goals.sections, period, vocabulary))
    if listed:
        return listed
    chosen = set(map(id, goals.sections))
    found: list[GoalCandidate] = []
    for section in goals.sections:
        candidate = _candidate(section, goals, vocabulary)
        gather(candidate, section, chosen, period, vocabulary)
        sisters = [
            other for one, other in zip(goals.sections, found, strict=False) if one.parent is section.parent
        ]
        share_rows(candidate, sisters, period, vocabulary)
        found.append(candidate)
    _weigh_cards(found, vocabulary)
    return [candidate for candidate in found if candidate.title]


WEIGHT_ALONE = re.compile(r"\d{1,2}(?:,\d+)?\s*(?:%|pct\.?|procent|point)")
CARDS = 0.6
"""Share of the goals that have such a line each, before it is their weight."""


def _weigh_cards(found: list[GoalCandidate], vocabulary: Vocabulary) -> None:
    """A share alone in a corner of every goal's card is its weight, with or without a word."""
    shares = [
        next((piece for piece in goal.pieces if WEIGHT_ALONE.fullmatch(piece.text)), None) for goal in found
    ]
    bare = [goal for goal in found if goal.weight is None]
    if len(bare) < len(found) or sum(share is not None for share in shares) < max(CARDS * len(found), 3):
        return
    for goal, share in zip(found, shares, strict=True):
        if share is not None:
            goal.weight = read_weight(share.text, vocabulary, labelled=True)
            goal.weight_quotes = quotes_of(share.lines)
            goal.pieces.remove(share)


def choose_goals(root: Section, period: Period | None, vocabulary: Vocabulary) -> Goals:
    """The goals among a document's sections."""
    sections = [section for section in root.descendants() if not stands_elsewhere(section, vocabulary)]
    worded = [section for section in sections if _worded(section, vocabulary)]
    if worded:
        more = [
            section
            for section in sections
            if section not in worded and _keyed_like(section, worded, vocabulary)
        ]
        return Goals(sections=_ordered(root, [*worded, *more]), worded=True)
    level = _level(sections, period, vocabulary)
    if level is None:
        return Goals(sections=(), worded=False)
    chapter = [section for section in sections if _in_goals(section)]
    pool = chapter if any(section.level == level for section in chapter) else sections
    found = [section for section in pool if section.level == level and _has_text(section)]
    if pool is sections:
        found = _demanding_families(found, period, vocabulary)
    below = [
        section
        for section in pool
        if section.level > level and section.key and any(above in found for above in section.ancestors())
    ]
    over = [
        section
        for section in pool
        if section.level < level
        and section.key
        and section.heading
        and section.heading.weight
        and any(below.parent is section for below in found)
    ]
    return Goals(sections=_ordered(root, [*found, *below, *over]), worded=False)


def _demanding_families(found: list[Section], period: Period | None, vocabulary: Vocabulary) -> list[Section]:
    """Of headings of one level, those whose sisters mostly demand something: an annex of descriptions does not."""
    kept = []
    for parent in {id(section.parent): section.parent for section in found}.values():
        family = [section for section in found if section.parent is parent]
        asked = sum(demands(section, period, vocabulary) for section in family)
        kept += family if asked >= SHARE * len(family) else []
    return kept


def _ordered(root: Section, chosen: list[Section]) -> tuple[Section, ...]:
    wanted = set(map(id, chosen))
    return tuple(section for section in root.descendants() if id(section) in wanted)


def _worded(section: Section, vocabulary: Vocabulary) -> bool:
    heading = section.heading
    if heading is None or not (heading.key or section.title):
        return False
    if not heading.is_goal and not (heading.weight and heading.key and _group_worded(section, vocabulary)):
        return False
    said = section.title.casefold()
    return not any(said.startswith(word) for word in vocabulary.goal_notes["amending"])


def _group_worded(section: Section, vocabulary: Vocabulary) -> bool:
    """Such as "Indsatsområde 1: …", a group of goals, unless it has a weight of its own."""
    said = section.lines[0].text.casefold() if section.lines else ""
    return any(said.startswith(f"{word} ") for word in vocabulary.goal_notes["group"])


def _in_goals(section: Section) -> bool:
    return any(above.role == "goals" for above in section.ancestors())


def _keyed_like(section: Section, worded: list[Section], vocabulary: Vocabulary) -> bool:
    """A numbered heading in a chapter of goals, of a goal's level or below one."""
    if not section.key or not section.title or section.role == "goals":
        return False
    goals = [above for above in section.ancestors() if above in worded]
    if _group_worded(section, vocabulary):
        # "Aktivitet 1.1" below goal 1 is a part of it; "Produktområde 101" is where goals stand.
        return any(above.key and section.key.startswith(f"{above.key}.") for above in goals)
    inside = bool(goals)
    same = any(section.level == other.level for other in worded)
    return inside or (same and _in_goals(section) and _has_text(section))


def _has_text(section: Section) -> bool:
    return any(block.text or block.table for block in section.body) or any(map(_has_text, section.children))


def demands(section: Section, period: Period | None, vocabulary: Vocabulary) -> bool:
    """Whether a section's heading carries a weight, or its own text a demand."""
    if section.heading and section.heading.weight:
        return True
    for block in section.body:
        if block.table is not None:
            if read_years(block.table.rows[0], period, vocabulary) and not is_money(block.table, ""):
                return True
            labels = [vocabulary.label(row[0].text, dated=True) for row in block.table.rows if row[0]]
            # A goal's number in the first row makes the table a goal, not the section.
            if (
                labels[:1] != [None]
                and "target" in labels
                and sum(label is not None for label in labels) * 2 > len(labels)
            ):
                # A goal's own table of labels below its heading.
                return True
            continue
        said = block.text.casefold()
        if vocabulary.label(said.split(":")[0]) in ("weight", "target") and ":" in said:
            return True
        if read_targets(
            joined([line.text for line in block.lines]), period=period, vocabulary=vocabulary, demanded=False
        ):
            return True
    return False


def _level(sections: list[Section], period: Period | None, vocabulary: Vocabulary) -> int | None:
    """The level whose headings demand most often; in the chapters of goals, where there are any."""
    chapter = [section for section in sections if _in_goals(section)]
    for pool in (chapter, [section for section in sections if section.role is None]):
        counted: Counter[int] = Counter(section.level for section in pool if _has_text(section))
        asked: Counter[int] = Counter(
            section.level for section in pool if demands(section, period, vocabulary)
        )
        fit = [
            (asked[level], -level)
            for level, number in counted.items()
            if asked[level] >= 2 and asked[level] >= SHARE * number
        ]
        if fit:
            return -max(fit)[1]
    return None


def _candidate(section: Section, goals: Goals, vocabulary: Vocabulary) -> GoalCandidate:
    heading = section.heading
    groups = group_of(section, goals, vocabulary)
    # A card's weight in large type stands above its title, and looks like a heading of it.
    shares = [above for above in section.ancestors() if WEIGHT_ALONE.fullmatch(above.title) and not above.key]
    groups = tuple(group for group in groups if not WEIGHT_ALONE.fullmatch(group))
    intended = any(
        word in said.casefold()
        for said in (*groups, section.title)
        for word in vocabulary.goal_notes["intended"]
    )
    return GoalCandidate(
        key=section.key,
        title=section.title,
        title_lines=section.lines,
        group=groups,
        shared=bool(heading and heading.shared),
        weight=_weight_of(section, shares, vocabulary),
        weight_quotes=quotes_of(
            section.lines if heading and heading.weight else shares[-1].lines if shares else ()
        ),
        binding=not intended,
    )


def _weight_of(section: Section, shares: list[Section], vocabulary: Vocabulary) -> WeightReading | None:
    if section.heading and section.heading.weight:
        return section.heading.weight
    return read_weight(shares[-1].title, vocabulary, labelled=True) if shares else None


def group_of(section: Section, goals: Goals, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The headings above a goal that are neither goals nor the chapter that holds them all."""
    above = [one for one in section.ancestors() if one not in goals.sections]
    held = [one for one in above if all(one in goal.ancestors() or one is goal for goal in goals.sections)]
    chapter = next((at for at, one in enumerate(held) if one.role == "goals"), len(held) - 1)
    return tuple(_named(one, vocabulary) for one in above if one not in held[: chapter + 1] and one.title)


def _named(section: Section, vocabulary: Vocabulary) -> str:
    """A group's heading as printed: its word belongs to its name ("Kerneopgave 2")."""
    printed = joined([line.text for line in section.lines])
    return printed if _group_worded(section, vocabulary) else section.title
