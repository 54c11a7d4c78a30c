"""What the linker has learned: the weight of each likeness, and how log odds become a share that is right.

The figures lie in ingest/vocabulary/links.toml, made by benchmarks/links/learn.py.
"""

import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights of one kind of link, all in log odds."""

    names: tuple[str, ...]
    """The features in order: those of `ingest.links.wording.FEATURES`, then `dormant`, 1 where the plan before
    lacks the goal."""
    pair: tuple[float, ...]
    """One weight a name."""
    bias: float
    least: float
    """A pair of less gain is never linked; below 0 since an assignment leaves few to choose among."""
    second: float
    """The least gain of the second part of a split or merger."""
    whole: float
    """A pair with more gain than this is the same goal whole, whatever else looks like it."""
    memory: int
    """How many earlier wordings of a goal are compared."""
    score: tuple[float, float, float]
    """Of gain, of margin, and alone: the log odds that a link is right."""
    sure: float
    """A link of at least this score may be stated without "perhaps"."""

    def likeness(self, pair: Sequence[float]) -> float:
        """The log odds that two wordings are of one goal."""
        return self.bias + sum(weight * value for weight, value in zip(self.pair, pair, strict=False))

    def hopeless(self, quick: Sequence[float], names: Sequence[str]) -> bool:
        """Whether a pair stays under `least` whatever the other likenesses are."""
        known = dict(zip(names, quick, strict=True))
        best = self.bias + sum(
            weight * known.get(name, 1.0 if name != "dormant" else 0.0)
            for name, weight in zip(self.names, self.pair, strict=True)
        )
        return best < self.least

    def gain(self, pair: Sequence[float]) -> float:
        """The same of features and `dormant`."""
        assert len(pair) == len(self.pair)
        return self.likeness(pair)

    def share(self, gain: float, margin: float) -> float:
        """How many of the links with this gain and margin are right, from 0 to 1, in thousandths."""
        by_gain, by_margin, alone = self.score
        odds = by_gain * min(gain, 12.0) + by_margin * min(margin, 12.0) + alone
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 3)

    def most(self, pair: Sequence[float], among: Sequence[str]) -> str:
        """Which of the named features spoke most for this pair."""
        spoke = {
            name: weight * value for name, weight, value in zip(self.names, self.pair, pair, strict=True)
        }
        return max(among, key=lambda name: spoke[name])


def load_weights() -> dict[str, Weights]:
    """The packaged weights, by kind: `lineage` and `answers`."""
    text = (resources.files("ingest") / "vocabulary" / "links.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    return {
        kind: Weights(
            names=tuple(table["features"]),
            pair=tuple(float(value) for value in table["features"].values()),
            bias=float(table["bias"]),
            least=float(table["least"]),
            second=float(table["second"]),
            whole=float(table["whole"]),
            memory=int(table["memory"]),
            score=(
                float(table["score"]["gain"]),
                float(table["score"]["margin"]),
                float(table["score"]["alone"]),
            ),
            sure=float(table["sure"]),
        )
        for kind, table in data.items()
    }
