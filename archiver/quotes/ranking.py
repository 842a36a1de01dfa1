"""The trained ranking: weights of features that are named by structure and role, never by a word.

`weights.json` is made by `training/train.py`. Each model is a table from feature to weight; a candidate's score is the
sum over its features, its probability the softmax over the candidates (a conditional log-linear model).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from math import exp

Weights = Mapping[str, Mapping[str, float]]


def load() -> Weights:
    """The weights that come with the program."""
    found: dict[str, dict[str, float]] = json.loads(
        (resources.files(__package__) / "weights.json").read_text(encoding="utf-8")
    )
    return found


WEIGHTS: Weights = load()


def probabilities(model: Mapping[str, float], candidates: Sequence[Iterable[str]]) -> list[float]:
    """How likely each candidate is, given the features of all of them."""
    get = model.get
    scores = [sum([get(feature, 0.0) for feature in features]) for features in candidates]
    top = max(scores, default=0.0)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def probability(model: Mapping[str, float], features: Iterable[str]) -> float:
    """How likely yes is, of a yes or no (logistic)."""
    get = model.get
    score = sum([get(feature, 0.0) for feature in features])
    return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, score))))
