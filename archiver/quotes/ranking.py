"""The trained ranking: weights of features that are named by structure and role, never by a word.

`weights.json` is made by `training/train.py`. Each model is a table from feature to weight; a candidate's score is the
sum over its features, its probability the softmax over the candidates (a conditional log-linear model).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from math import exp, log

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


_MIN_SHARE, _MAX_SHARE = 0.02, 0.995  # between these the ranking's own probability tells something


def log_odds(share: float) -> float:
    """The logarithm of the odds, of shares that are neither nothing nor all."""
    share = min(max(share, _MIN_SHARE), _MAX_SHARE)
    return log(share / (1.0 - share))


def calibrated(model: Mapping[str, float], share: float, via: str, family: str) -> float:
    """How often names that the ranking gives with this share are right, by the way to the name and the script.

    `model` was fitted on articles that the ranking had not seen (`training/calibrate.py`); an empty one leaves the
    share as it is.
    """
    if via not in model:
        return share
    score = model[via] + model.get(via + "*", 1.0) * log_odds(share) + model.get("script-" + family, 0.0)
    return 1.0 / (1.0 + exp(-score))
