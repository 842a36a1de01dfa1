"""Trains the ranking: `python -m training.train EVALUATION_FOLDER` writes `archiver/quotes/weights.json`.

English has models of its own; `--others` makes those of the other languages alone, from the same and from the cases of
`training/own/cases`, which are in all languages.

Conditional log-linear models with a sum over the right candidates (all mentions of the speaker are right), L2 penalty,
L-BFGS. The corpus is PolNeAR (see NOTICE); only weights of structural features leave it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from archiver.quotes.ranking import OTHERS, Weights, of_language
from training.examples import Example, case_examples, examples, own_examples

WEIGHTS = Path(__file__).parents[1] / "archiver" / "quotes" / "weights.json"
PENALTY = {"speaker": 6.0, "pronoun": 1.0, "quote": 2.0}
SEEN = {"speaker": 8, "pronoun": 5, "quote": 5}  # a feature needs this many candidates
OWN_COUNTS = 2  # times that an example of our own counts
SMALLEST = 0.04  # weights below are left out


def train(found: list[Example], model: str) -> dict[str, float]:
    """The weights of one model."""
    counts = Counter(feature for example in found for features in example.candidates for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count >= SEEN[model])
    index = {name: number for number, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    right: list[bool] = []
    starts: list[int] = []
    for example in found:
        starts.append(len(right))
        for features, ok in zip(example.candidates, example.right, strict=True):
            columns += (known := [index[f] for f in features if f in index])
            rows += [len(right)] * len(known)
            right.append(ok)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(right), len(names)))
    solve = _logistic if model == "quote" else _ranking
    result = minimize(solve, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 150},
                      args=(matrix, np.array(right), np.array(starts), PENALTY[model]))  # fmt: skip
    return {name: round(float(w), 2) for name, w in zip(names, result.x, strict=True) if abs(w) >= SMALLEST}


def _ranking(weights: Any, matrix: Any, right: Any, starts: Any, penalty: float) -> tuple[float, Any]:
    scores = matrix @ weights
    sizes = np.diff(np.append(starts, len(scores)))
    powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    likely = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
    good = powers * right
    goodly = np.add.reduceat(good, starts)
    wanted = good / np.repeat(goodly, sizes)
    loss = -np.log(np.add.reduceat(likely * right, starts)).sum() + penalty * 0.5 * weights @ weights
    return loss, matrix.T @ (likely - wanted) + penalty * weights


def _logistic(weights: Any, matrix: Any, right: Any, starts: Any, penalty: float) -> tuple[float, Any]:
    scores = matrix @ weights
    loss = np.logaddexp(0, np.where(right, -scores, scores)).sum() + penalty * 0.5 * weights @ weights
    return loss, matrix.T @ (1 / (1 + np.exp(-scores)) - right) + penalty * weights


def all_models(folder: Path, kept: set[int] | None = None, rounds: int = 2) -> Weights:
    """Every model, from the articles in `kept`. A second round sees pronouns as the first one resolves them."""
    weights: Weights = {model: {} for model in PENALTY}
    for _ in range(rounds):
        found = list(examples(folder, folder / "data/polnear/train.jsonl.gz", weights, kept))
        found += OWN_COUNTS * list(own_examples(folder, weights))
        weights = {model: train([e for e in found if e.model == model], model) for model in weights}
    return weights


def models_of_others(folder: Path, known: Weights) -> Weights:
    """Those of the languages other than English, from everything there is; `known` resolve pronouns in the corpus."""
    found = list(examples(folder, folder / "data/polnear/train.jsonl.gz", known))
    found += OWN_COUNTS * list(own_examples(folder, known))
    found += case_examples(folder, of_language(known, ""))
    return {model + OTHERS: train([each for each in found if each.model == model], model) for model in PENALTY}


def main() -> None:
    """Trains on everything and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--others", action="store_true", help="leave the models of English as they are")
    given = parser.parse_args()
    known = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.is_file() else {}
    weights = known if given.others else known | all_models(given.folder)  # `training/calibrate.py` makes «sure»
    weights |= models_of_others(given.folder, weights)
    print({model: len(table) for model, table in weights.items()})
    given.out.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
