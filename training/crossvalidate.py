"""How right the ranking is on articles it has not seen: `python -m training.crossvalidate EVALUATION_FOLDER OUT.jsonl`.

Trains on two thirds, predicts the last third, three times; then runs the corpus' own scorer on all predictions.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from archiver.quotes import doubts
from tests.quality import predict
from training.examples import articles
from training.train import all_models

FOLDS, SEED = 3, 1


def fold(folder: Path, number: int, *, unsure: bool = False) -> list[str]:
    """The predictions for one fold, a JSON line an article; with `unsure` everybody is named, as the ranking has it."""
    if unsure:
        doubts.NAMED_FROM = 0.0
    found = list(articles(folder / "data/polnear/train.jsonl.gz"))
    order = list(range(len(found)))
    random.Random(SEED).shuffle(order)
    left_out = set(order[number::FOLDS])
    weights = all_models(folder, set(order) - left_out)
    return [json.dumps(predict(found[at], weights)) for at in sorted(left_out)]


def main() -> None:
    """Writes the predictions, prints the scorer's table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--all", action="store_true", help="name everybody, for training.calibrate")
    given = parser.parse_args()
    with ProcessPoolExecutor(2) as workers:
        lines = [
            line for part in workers.map(partial(fold, given.folder, unsure=given.all), range(FOLDS)) for line in part
        ]
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    gold = given.folder / "data/polnear/train.jsonl.gz"
    subprocess.run([sys.executable, given.folder / "bin/score_quotes.py", gold, given.out, "--boot", "0"], check=True)


if __name__ == "__main__":
    main()
