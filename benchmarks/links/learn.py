"""Learns the weights of ingest/vocabulary/links.toml from a corpus whose links are known, and prints the file.

`PYTHONPATH=. python benchmarks/links/learn.py CORPUS PDFS > ingest/vocabulary/links.toml`. Weights of likeness come
from every pair of goals of a family, those of a gap from the threads as they really went, and those of the score
from runs that left the family at hand out: so the score is honest about agencies that were never seen.
"""

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # noqa: TID251 - a benchmark is no part of the product
from truth import records

from crawler.agencies import read_sources
from crawler.records import Guess
from ingest.links.answers import answers, plans_of
from ingest.links.families import Kinship, Naming, Part, families, paper, parts
from ingest.links.find import Words, words_of
from ingest.links.lineage import Lineage, Occurrence, Thread
from ingest.links.weights import Weights
from ingest.links.wording import FEATURES, features
from maalspor.settings import packaged_sources

NAMES = (*FEATURES, "dormant")
START = Weights(
    names=NAMES, pair=(1.0, 1.0, 5.0, 2.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, -2.0), bias=-8.0,
    least=-2.0, second=-1.0, whole=8.0, memory=2, score=(1.0, 0.0, 0.0), sure=0.97,
)  # fmt: skip
LINEAGE = ("continues", "returned", "split", "merged")
Spot = tuple[str, int]
BLURS = ("", "bare", "untitled", "unquoted", "unnumbered", "renumbered", "regrouped", "apart")


class Corpus:
    """The families of a corpus with their known links."""

    def __init__(self, folder: Path, pdfs: Path) -> None:
        registry = read_sources(packaged_sources()).registry
        self.read = dict(records(folder / "truth", pdfs))
        self.name = {extraction.document.sha256: name for name, extraction in self.read.items()}
        known = json.loads((folder / "links.json").read_text(encoding="utf-8"))
        self.links: dict[tuple[Spot, Spot], str] = {}
        for link in known["links"]:
            source, target = (
                (place["file"].removesuffix(".pdf"), place.get("goal", place.get("result")))
                for place in (link["from"], link["to"])
            )
            self.links[source, target] = link["type"]
        self.chain = {
            (place["file"].removesuffix(".pdf"), place["goal"]): chain["concept"]
            for chain in known["chains"]
            for place in chain["goals"]
        }
        naming = Naming(registry)
        papers = [
            paper(one, Guess(agency=None, year=None), None, naming)
            for one in self.read.values()
            if one.kind in ("plan", "report")
        ]
        self.kinship = Kinship(registry)
        family = families([paper.bodies for paper in papers], registry)
        self.families: dict[str, list[Part]] = {}
        for part in parts(papers, registry):
            self.families.setdefault(family[part.body], []).append(part)

    def plans(self, family: str, how: str = "") -> tuple[list[Part], list[Part], Words]:
        """The plans and reports of a family and their wordings, blurred as `how` says."""
        plans, reports = (
            [blurred(part, how) for part in self.families[family] if part.paper.extraction.kind == kind]
            for kind in ("plan", "report")
        )
        return plans, reports, words_of(plans, reports)

    def spot(self, plans: list[Part], place: Occurrence) -> Spot:
        """An occurrence as the corpus names it."""
        return self.name[plans[place[0]].sha256], place[1]


def blurred(part: Part, how: str) -> Part:
    """The part as a poorer reader would give it: without texts, titles, quoted targets or numbers, in another
    order, or with every other goal and result lost, so that most have nothing to go with.

    A corpus is read perfectly and real documents are not: what was learned from it alone leans on every field.
    """
    said = part.paper.extraction
    goals, results = said.goals, said.results
    if how == "bare":
        goals = tuple(dataclasses.replace(goal, text="", targets=()) for goal in goals)
    elif how == "untitled":
        results = tuple(dataclasses.replace(result, goal_title=None) for result in results)
    elif how == "unquoted":
        results = tuple(dataclasses.replace(result, target_printed=None, actual=None) for result in results)
    elif how == "unnumbered":
        goals = tuple(dataclasses.replace(goal, key=None) for goal in goals)
    elif how == "renumbered":
        goals = tuple(dataclasses.replace(goal, key=f"X.{n}") for n, goal in enumerate(goals))
    elif how == "regrouped":
        part = dataclasses.replace(part, results=part.results[1::2] + part.results[::2])
    elif how == "apart":
        part = dataclasses.replace(part, goals=part.goals[::2], results=part.results[1::2])
    read = dataclasses.replace(said, goals=goals, results=results)
    return dataclasses.replace(part, paper=dataclasses.replace(part.paper, extraction=read))


def fitted(rows: np.ndarray, right: np.ndarray, decay: float) -> np.ndarray:
    """Weights of a logistic regression, the last one alone; `decay` draws them to 0.

    None is under 0: what is alike never speaks against, however the features of this corpus go together.
    """
    design = np.c_[rows, np.ones(len(rows))]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = design @ weights
        slope = design.T @ (1 / (1 + np.exp(-odds)) - right) + decay * np.r_[weights[:-1], 0]
        cost = np.logaddexp(0, -(2 * right - 1) * odds).sum() + decay * (weights[:-1] ** 2).sum() / 2
        return cost, slope

    bounds = [(0, None)] * rows.shape[1] + [(None, None)]
    return minimize(loss, np.zeros(design.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x


def pairs(corpus: Corpus, family: str) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Every pair of goals of two plans of a family, and whether they are of one concept."""
    plans, _, words = corpus.plans(family)
    parted = {
        frozenset((corpus.chain.get(a), corpus.chain.get(b)))
        for (a, b), kind in corpus.links.items()
        if kind in ("split", "merged")
    }
    rows, right = [], []
    places = sorted(words.goals)
    for number, one in enumerate(places):
        for other in places[number + 1 :]:
            a, b = (corpus.chain.get(corpus.spot(plans, place)) for place in (one, other))
            if one[0] != other[0] and frozenset((a, b)) not in parted:
                rows.append(features(words.goals[one], words.goals[other], words.space))
                right.append(a is not None and a == b)
    return rows, right


class Taught(Lineage):
    """Follows the known links, and keeps every pair that was to choose from."""

    def __init__(self, corpus: Corpus, family: str, weights: Weights) -> None:
        self.rows: list[tuple[float, ...]] = []
        self.right: list[bool] = []
        self._corpus = corpus
        plans, _, words = corpus.plans(family)
        super().__init__(plans, words.goals, words.space, corpus.kinship, weights)

    def _near(self, *_: Any) -> bool:
        return True

    def _choose(
        self,
        opened: list[tuple[Thread, Occurrence]],
        places: list[Occurrence],
        pairs: Mapping[tuple[int, int], tuple[float, ...]],
        gains: Mapping[tuple[int, int], float],  # noqa: ARG002 - what is known needs no gain
    ) -> list[tuple[int, int]]:
        chosen = []
        for (row, column), values in pairs.items():
            spots = [self._corpus.spot(list(self.parts), place) for place in (opened[row][1], places[column])]
            kind = self._corpus.links.get((spots[0], spots[1]))
            if kind not in ("split", "merged"):
                self.rows.append(values)
                self.right.append(kind is not None)
                chosen += [(row, column)] if kind else []
        return chosen

    def _more(self, *_: Any) -> dict[tuple[int, int], str]:
        return {}


def lineage_weights(corpus: Corpus, among: Iterable[str]) -> Weights:
    """Weights of lineage from the families named."""
    among = list(among)
    found = [pairs(corpus, family) for family in among]
    rows = np.array([row for some, _ in found for row in some])
    right = np.array([one for _, some in found for one in some], float)
    likeness = fitted(rows, right, 0.1)
    start = dataclasses.replace(START, pair=(*likeness[:-1], -2.0), bias=likeness[-1])
    taught = [Taught(corpus, family, start) for family in among]
    rows = np.array([row for one in taught for row in one.rows])
    right = np.array([one for some in taught for one in some.right], float)
    both = np.c_[rows[:, :-1] @ likeness[:-1] + likeness[-1], -rows[:, -1]]
    slope, dormant, alone = fitted(both, right, 0.01)
    return dataclasses.replace(
        start, pair=(*(likeness[:-1] * slope), -dormant), bias=likeness[-1] * slope + alone
    )


def lineage_outcomes(corpus: Corpus, family: str, weights: Weights) -> list[tuple[float, float, bool]]:
    """Gain, margin and truth of every link found in a family."""
    plans, _, words = corpus.plans(family)
    found = Lineage(plans, words.goals, words.space, corpus.kinship, weights)
    return [
        (
            step.gain,
            step.margin,
            (corpus.spot(plans, step.before), corpus.spot(plans, step.after)) in corpus.links,
        )
        for step in found.steps
    ]


def answer_pairs(
    corpus: Corpus, family: str, weights: Weights | None, how: str = ""
) -> tuple[list[tuple[float, ...]], list[bool], list[tuple[float, float, bool]]]:
    """Every goal with every result of its year, whether it is answered, and what the weights made of it."""
    plans, reports, words = corpus.plans(family, how)
    rows, right, outcomes = [], [], []
    for number, report in enumerate(reports):
        results = {index: words.results[number, index] for index in report.results}
        running = plans_of(report, plans, corpus.kinship)
        goals = {place: words.goals[place] for place in words.goals if place[0] in running}
        here = corpus.name[report.sha256]
        for place in sorted(goals):
            for index in sorted(results):
                rows.append((*features(goals[place], results[index], words.space), 0.0))
                right.append((corpus.spot(plans, place), (here, index)) in corpus.links)
        if weights is not None:
            outcomes += [
                (one.gain, one.margin, (corpus.spot(plans, one.goal), (here, one.result)) in corpus.links)
                for one in answers(results, goals, words.space, weights)
            ]
    return rows, right, outcomes


def answer_weights(corpus: Corpus, among: Iterable[str]) -> Weights:
    """Weights of answers from the families named."""
    found = [answer_pairs(corpus, family, None, how) for family in among for how in BLURS]
    rows = np.array([row for some, _, _ in found for row in some])
    right = np.array([one for _, some, _ in found for one in some], float)
    weights = fitted(rows, right, 0.3)
    return dataclasses.replace(START, pair=tuple(weights[:-1]), bias=weights[-1], least=-1.5, memory=1)


def answer_outcomes(corpus: Corpus, family: str, weights: Weights) -> list[tuple[float, float, bool]]:
    """Gain, margin and truth of every answer found in a family, read well and read poorly."""
    return [one for how in BLURS for one in answer_pairs(corpus, family, weights, how)[2]]


def scored(weights: Weights, outcomes: list[tuple[float, float, bool]]) -> Weights:
    """The weights with the score that these outcomes teach."""
    rows = np.array([(min(gain, 12.0), min(margin, 12.0)) for gain, margin, _ in outcomes])
    found = fitted(rows, np.array([right for *_, right in outcomes], float), 0.5)
    return dataclasses.replace(weights, score=(found[0], found[1], found[2]))


def written(kind: str, weights: Weights) -> str:
    """A table of links.toml."""
    lines = [f"[{kind}]"]
    lines += [
        f"{name} = {round(float(getattr(weights, name)), 3)}" for name in ("bias", "least", "second", "whole")
    ]
    lines += [f"memory = {weights.memory}", f"sure = {weights.sure}", "", f"[{kind}.features]"]
    lines += [
        f"{name} = {round(float(value), 3)}" for name, value in zip(weights.names, weights.pair, strict=True)
    ]
    lines += ["", f"[{kind}.score]"]
    lines += [
        f"{name} = {round(float(value), 3)}"
        for name, value in zip(("gain", "margin", "alone"), weights.score, strict=True)
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    corpus = Corpus(Path(sys.argv[1]), Path(sys.argv[2]))
    among = sorted(corpus.families)
    made = []
    for kind, learn, outcomes in (
        ("lineage", lineage_weights, lineage_outcomes),
        ("answers", answer_weights, answer_outcomes),
    ):
        apart = [
            outcome
            for family in among
            for outcome in outcomes(
                corpus, family, learn(corpus, [other for other in among if other != family])
            )
        ]
        right = sum(one for *_, one in apart)
        known = sum(
            (kind == "answers") == (found == "answers")
            for found in corpus.links.values()
            if found != "amends"
        )
        print(f"{kind}, family left out: {right} right of {len(apart)} found, {known} known", file=sys.stderr)
        made.append(written(kind, scored(learn(corpus, among), apart)))
    print("# Made by benchmarks/links/learn.py; see ingest/links/weights.py for what each figure means.\n")
    print("\n".join(made), end="")


if __name__ == "__main__":
    main()
