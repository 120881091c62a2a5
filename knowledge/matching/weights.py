"""The fitted weights of the decision, and how likely they make each candidate of a question.

They are in `weights.json`, written by `make fit`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights.json"
MOST_SCORE = 30.0
"""Scores beyond it make no difference."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a feature, and the probabilities from which a candidate is told (`tell`) or offered (`offer`)."""

    of: Mapping[str, float]
    bias: float
    tell: float
    offer: float
    fitted_on: str = ""

    def probabilities(self, told: Sequence[Mapping[str, float]], free: Sequence[bool]) -> list[float]:
        """How likely each candidate with these features is the right one: a softmax over those that are `free` of vetoes
        and over that none is right. One with a veto is weighed as if it alone had none."""
        scores = [
            self.bias + sum(self.of.get(name, 0.0) * value for name, value in one.items()) for one in told
        ]
        weighed = [exp(max(-MOST_SCORE, min(MOST_SCORE, score))) for score in scores]
        whole = 1 + sum(weight for weight, one in zip(weighed, free, strict=True) if one)
        return [
            weight / (whole if one else whole + weight) for weight, one in zip(weighed, free, strict=True)
        ]


def load_weights(path: Path = WEIGHTS) -> Weights:
    """The weights of a file; without one every candidate is as likely as any other."""
    if not path.exists():
        return Weights({}, 0.0, 0.5, 0.3)
    stored = json.loads(path.read_text(encoding="utf-8"))
    return Weights(stored["weights"], stored["bias"], stored["tell"], stored["offer"], stored["fitted_on"])
