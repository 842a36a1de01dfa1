"""The trained ranking: weights of features that are named by structure and role, never by a word.

`weights.json` is made by `training/train.py`. Each model is a table from feature to weight; a candidate's score is the
sum over its features, its probability the softmax over the candidates (a conditional log-linear model). English has
models of its own, from a corpus of its news; the other languages have theirs together, from that corpus and from
articles in all of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from math import exp, log

Weights = dict[str, dict[str, float]]


def load() -> Weights:
    """The weights that come with the program."""
    found: dict[str, dict[str, float]] = json.loads(
        (resources.files(__package__) / "weights.json").read_text(encoding="utf-8")
    )
    return found


WEIGHTS: Weights = load()
ENGLISH = "en"
OTHERS = " of others"  # behind the name of a model of the languages other than English


def of_language(weights: Weights, code: str) -> Weights:
    """The models of a language, under their names alone."""
    if code == ENGLISH:
        return weights
    return weights | {name.removesuffix(OTHERS): model for name, model in weights.items() if name.endswith(OTHERS)}


def probabilities(model: dict[str, float], candidates: Sequence[list[str]]) -> list[float]:
    """How likely each candidate is, given the features of all of them."""
    scores = [_score(model, features) for features in candidates]
    top = max(scores, default=0.0)
    powers = [exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def _score(model: dict[str, float], features: list[str]) -> float:
    total = 0.0
    for feature in features:
        weight = model.get(feature)
        if weight is not None:
            total += weight
    return total


def probability(model: dict[str, float], features: list[str]) -> float:
    """How likely yes is, of a yes or no (logistic)."""
    score = _score(model, features)
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
