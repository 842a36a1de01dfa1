"""How sure names are: `python -m training.calibrate EVALUATION_FOLDER PREDICTIONS.jsonl` writes the model `sure`.

PREDICTIONS are those of `training.crossvalidate`, made by models that had not seen the articles, and name everybody
however unsure (`--all`). Fitted is, for each way to a name, how the ranking's own share turns into the share of names
that are right (Platt scaling); the models stay as they are.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from archiver.quotes.ranking import log_odds
from archiver.records import Via
from tests.quality import load_scorer
from training.train import WEIGHTS

CAUTION = {"script-none": -0.1}  # scripts without case have too few articles of their own to be fitted
PULL = 4.0  # towards the ranking's own share


def judged(folder: Path, predictions: Path) -> list[tuple[float, str, bool]]:
    """For each name given: the ranking's share, the way to the name, whether it is right."""
    scorer = load_scorer(folder)
    known, _ = scorer.load(str(predictions))
    found = []
    for document in scorer.read(str(folder / "data/polnear/train.jsonl.gz")):
        _, rows, _ = scorer.score_doc(document, known.get(document["id"]), Counter())
        for gold, verdict, quote in rows:
            if verdict and quote and quote["speaker"] and not gold.get("unscored"):
                found.append((quote["confidence"], quote["via"], bool(verdict["right"])))
    return found


def fitted(found: list[tuple[float, str, bool]]) -> dict[str, float]:
    """The intercept and slope of each way to a name."""
    ways = [via.value for via in Via]
    rows = np.zeros((len(found), 2 * len(ways)))
    for row, (share, via, _) in zip(rows, found, strict=True):
        row[2 * ways.index(via) : 2 * ways.index(via) + 2] = 1.0, log_odds(share)
    right = np.array([ok for _, _, ok in found], float)
    start = np.array([0.0, 1.0] * len(ways))

    def loss(weights: Any) -> tuple[float, Any]:
        scores = rows @ weights
        off = weights - start
        likely = 1 / (1 + np.exp(-scores))
        value = np.logaddexp(0, np.where(right > 0, -scores, scores)).sum() + PULL * 0.5 * off @ off
        return value, rows.T @ (likely - right) + PULL * off

    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    names = [name for via in ways for name in (via, via + "*")]
    return {name: round(float(value), 2) for name, value in zip(names, best, strict=True)} | CAUTION


def main() -> None:
    """Fits and writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("predictions", type=Path)
    given = parser.parse_args()
    weights = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    weights["sure"] = fitted(judged(given.folder, given.predictions))
    print(weights["sure"])
    WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
