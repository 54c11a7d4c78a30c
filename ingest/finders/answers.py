"""Results in a report's sections: one section a goal, with labels ("Mål", "Resultat", "Vurdering"), with the
verdict behind the title, or in the sentences of its analysis.
"""

import re
from dataclasses import dataclass, field

from crawler.records import Period
from ingest.danish.amounts import read_amount
from ingest.danish.dates import YEAR
from ingest.danish.lines import VerdictReading, read_heading, read_score, read_verdict
from ingest.danish.targets import sentences
from ingest.danish.vocabulary import Vocabulary
from ingest.finders.candidates import lines_with, quotes_of
from ingest.finders.legend import Legend
from ingest.outline import Section
from ingest.pages.layout import Line, joined
from ingest.records import Passage, Result
from ingest.structure import Block

ASKED = re.compile(
    r"\b(?:måtte|skulle|målet(?: for (?:19|20)\d\d)? var|kravet(?: for (?:19|20)\d\d)? var)\b", re.IGNORECASE
)
"""What a report's prose says of the demand, in the past tense."""


FEWEST_JUDGED, JUDGED = 3, 0.6
"""So many sections of a level, and such a share of them, judge a goal before all of them are answers."""


@dataclass(slots=True)
class Answer:
    """What a section says of a goal, while it is gathered; `texts` and `lines` by label role."""

    section: Section
    title: str
    verdict: VerdictReading | None
    texts: dict[str, list[str]] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, role: str, lines: list[Line]) -> None:
        """Another paragraph of a role."""
        if lines:
            self.texts.setdefault(role, []).append(joined([line.text for line in lines]))
            self.lines.setdefault(role, []).extend(lines)

    def text(self, role: str) -> str | None:
        """The paragraphs of a role as one text."""
        return "\n".join(self.texts[role]) if self.texts.get(role) else None


def find_answers(
    root: Section, period: Period | None, agencies: tuple[str, ...], legend: Legend, vocabulary: Vocabulary
) -> list[Result]:
    """A result a section that says what was aimed at and what came of it, or gives its verdict in the heading."""
    found = []
    judged = judged_levels(root, vocabulary)
    for section in root.descendants():
        answer = read_answer(section, vocabulary)
        said = {"target", "actual", "status"} & set(answer.texts)
        goal = section.heading is not None and (
            section.heading.is_goal
            or (
                section.key is not None
                and section.level in judged
                and not section.title.casefold().startswith(vocabulary.telling)
            )
        )
        if not said and answer.verdict is None and goal:
            told = told_result(answer, period, agencies, legend, vocabulary)
            found += [told] if told else []
        elif len(said) >= 2 or (answer.verdict is not None and (said or section.key)):
            found.append(_result(answer, period, agencies, legend, vocabulary))
    return found


def judged_levels(root: Section, vocabulary: Vocabulary) -> set[int]:
    """The levels whose numbered sections mostly end in a judgement on a goal, without a goal word in their headings."""
    told: dict[int, list[bool]] = {}
    for section in root.descendants():
        text = " ".join(block.text for block in section.body if block.table is None)
        if section.key and text:
            told.setdefault(section.level, []).append(sentence_verdict(text, vocabulary) is not None)
    return {
        level
        for level, verdicts in told.items()
        if sum(verdicts) >= FEWEST_JUDGED and sum(verdicts) >= JUDGED * len(verdicts)
    }


def read_answer(section: Section, vocabulary: Vocabulary) -> Answer:
    """A section's blocks sorted by what their labels say; unlabelled paragraphs explain."""
    title, verdict = split_verdict(section.title, vocabulary)
    answer = Answer(section, title, verdict)
    role = "explanation"
    for block in section.body:
        if block.table is None:
            role = _add(answer, block, role, vocabulary)
    # The last such heading judges; an earlier one may head a column ("Nået").
    judging = next((child for child in reversed(section.children) if _judged(child, vocabulary)), None)
    for child in section.children:
        if child is judging and answer.verdict is None:
            answer.verdict = _judged(child, vocabulary)
            answer.lines.setdefault("status", []).extend(child.lines)
            for block in child.body:
                if block.table is None:
                    _add(answer, block, "explanation", vocabulary)
            continue
        opened = split_label(child.lines, vocabulary)
        if opened is None and judging is None:
            break
        if opened is None:
            continue
        if all(re.fullmatch(YEAR, word.text) for line in opened[1] for word in line.words):
            # "Mål 2021 | 2020 | Resultat 2021" heads figures side by side; which is whose is not told by lines.
            continue
        answer.add(*opened)
        for block in child.body:
            if block.table is None:
                _add(answer, block, "explanation", vocabulary)
    return answer


def _judged(section: Section, vocabulary: Vocabulary) -> VerdictReading | None:
    """The verdict that is all of a heading, with or without a mark before it: "● Delvist opfyldt"."""
    said = re.sub(r"^\W+", "", section.title)
    whole = any(said.casefold().strip(" .") in words for words in vocabulary.status.values())
    return read_verdict(said, vocabulary) if whole else None


def _add(answer: Answer, block: Block, role: str, vocabulary: Vocabulary) -> str:
    alone = vocabulary.answer(block.text)
    if alone:
        return alone
    opened = split_label(block.lines, vocabulary)
    if opened is not None:
        answer.add(*opened)
        return "explanation"
    answer.add(role, list(block.lines))
    return "explanation"


def split_label(lines: tuple[Line, ...], vocabulary: Vocabulary) -> tuple[str, list[Line]] | None:
    """The role of the label in front of a paragraph, and the lines behind it; None for other paragraphs.

    A colon ends a label, or its own face does ("Måltal 2018: 22 %" with the word in bold).
    """
    words = lines[0].words if lines else ()
    for count in range(min(4, len(words) - 1), 0, -1):
        printed = " ".join(word.text for word in words[:count])
        said = printed.casefold().rstrip(":").strip()
        parted = printed.endswith(":") or (
            words[0].bold != words[count].bold
            or not words[count].text[0].isalpha()
            or words[count].text[0].isupper()
        )
        role = vocabulary.answer(said)
        if role and parted:
            return role, [Line(page=lines[0].page, words=words[count:]), *lines[1:]]
    return None


def split_verdict(title: str, vocabulary: Vocabulary) -> tuple[str, VerdictReading | None]:
    """A title and the verdict behind its last dash or in a bracket: "Sagsbehandlingstid – delvist opfyldt"."""
    found = re.match(r"(?P<title>.+?)\s+(?:[–—-]\s+|\((?=.*\)$))(?P<verdict>[^–—()]+)\)?$", title)
    verdict = read_verdict(found["verdict"], vocabulary) if found else None
    if found is None or verdict is None or len(found["verdict"]) > 60:
        return title, None
    return found["title"].strip(), verdict


def first_verdict(text: str, vocabulary: Vocabulary) -> VerdictReading | None:
    """The first sentence under the label of a verdict that gives one."""
    readings = [read_verdict(text[a:b], vocabulary) for a, b in sentences(text)]
    return next((reading for reading in readings if reading is not None), None)


def sentence_verdict(text: str, vocabulary: Vocabulary) -> VerdictReading | None:
    """The verdict of an analysis: the last sentence that speaks of the goal itself and judges it."""
    subjects = "|".join(re.escape(word) for word in vocabulary.answers["subjects"])
    for start, end in reversed(sentences(text)):
        sentence = text[start:end]
        if re.search(rf"\b(?:{subjects})\b", sentence.casefold()):
            verdict = read_verdict(sentence, vocabulary)
            if verdict is not None:
                return verdict
    return None


def told_result(
    answer: Answer, period: Period | None, agencies: tuple[str, ...], legend: Legend, vocabulary: Vocabulary
) -> Result | None:
    """A goal's section in plain prose: the sentence that says what was asked, the next one what came of it."""
    text = answer.text("explanation")
    if not text or sentence_verdict(text, vocabulary) is None:
        return None
    parts = [text[a:b] for a, b in sentences(text)]
    asked = next((at for at, part in enumerate(parts) if ASKED.search(part)), None)
    lines = tuple(answer.lines["explanation"])
    if asked is not None:
        answer.texts["target"], answer.lines["target"] = [parts[asked]], lines_with(parts[asked], lines)
        if asked + 1 < len(parts):
            after = parts[asked + 1]
            answer.texts["actual"], answer.lines["actual"] = [after], lines_with(after, lines)
    return _result(answer, period, agencies, legend, vocabulary)


def of_year(text: str | None, period: Period | None) -> str | None:
    """The figure of the report's own year out of "2018: 22 % 2019: 20 %"; other texts as they are."""
    if text is None or period is None or period.end is None:
        return text
    pairs = list(re.finditer(rf"\b{YEAR}:\s*", text))
    for at, pair in enumerate(pairs):
        if int(pair[1]) == period.end.year:
            end = pairs[at + 1].start() if at + 1 < len(pairs) else len(text)
            return text[pair.end() : end].strip(" ,;") or None
    return None if len(pairs) >= 2 else text


def _result(
    answer: Answer, period: Period | None, agencies: tuple[str, ...], legend: Legend, vocabulary: Vocabulary
) -> Result:
    target = of_year(answer.text("target"), period)
    actual = of_year(answer.text("actual"), period)
    said = answer.text("status")
    explained = answer.text("explanation")
    verdict = answer.verdict or legend.read(said)
    if verdict is None and said:
        verdict = first_verdict(said, vocabulary)
        if explained is None and len(sentences(said)) > 1:
            # "Målet er opfyldt. Den milde november …": the judgement explains itself.
            explained = said
            answer.lines["explanation"] = answer.lines["status"]
    if verdict is None and explained:
        verdict = sentence_verdict(explained, vocabulary)
    points = answer.text("score")
    score = read_score(points, vocabulary) if points else None
    heading = answer.section.heading
    key = answer.section.key or (read_heading(answer.title, vocabulary).key)
    lines = [*answer.section.lines]
    for role in ("target", "actual", "status", "score"):
        lines += _proof(answer, role, target if role == "target" else actual if role == "actual" else None)
    above = [one.title for one in answer.section.ancestors()]
    agency = next((name for title in reversed(above) for name in agencies if name in title), None)
    return Result(
        goal_key=key,
        goal_title=answer.title if heading and heading.key else read_heading(answer.title, vocabulary).title,
        agency=agency,
        target_printed=target,
        actual_printed=actual,
        actual=read_amount(actual, target, vocabulary),
        status=verdict.status if verdict else None,
        status_printed=verdict.printed if verdict else None,
        score=score or (verdict.score if verdict else None),
        explanation=Passage(text=explained, quotes=quotes_of(answer.lines["explanation"]))
        if explained
        else None,
        section="part2",
        quotes=quotes_of(lines),
        field_quotes={"status": quotes_of(answer.lines.get("status", []))},
    )


def _proof(answer: Answer, role: str, said: str | None) -> list[Line]:
    """The lines of a role, only the words of `said` where it is given."""
    lines = answer.lines.get(role, [])
    return lines_with(said, tuple(lines)) if said else lines
