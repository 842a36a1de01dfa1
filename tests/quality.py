"""How right the quotes are: `python -m tests.quality [EVALUATION_FOLDER]`.

Runs `find_quotes` on our own gold and, where a folder of evaluation data is given, on its articles and pages through
their own scorers; prints the figures per language and phenomenon; ends with status 1 below a floor of
`tests/gold/floors.json`.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from archiver.quotes import find_quotes
from archiver.quotes.ranking import WEIGHTS, Weights
from tests.gold import FOLDER, article_of, figures, languages

FLOORS: dict[str, Any] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """0 where every figure keeps its floor, else 1; without a folder only our own gold."""
    below = own_gold()
    if arguments and arguments[0]:
        folder = Path(arguments[0])
        with tempfile.TemporaryDirectory() as temporary:
            below += articles(folder, Path(temporary)) + pages(folder, Path(temporary))
    for line in below:
        print("BELOW ITS FLOOR", line)
    return 1 if below else 0


def own_gold() -> list[str]:
    """The figures of `tests/gold`, a line per language."""
    below: list[str] = []
    print("our own gold: share right, per step")
    for language in languages():
        shares, wrong = figures(FOLDER / f"{language}.txt", language)
        print(f"  {language}  " + "  ".join(f"{step} {share}" for step, share in shares.items()))
        for line in wrong:
            print("      " + line.replace("\n", " ¶ "))
        below += _below(f"gold {language}", shares, FLOORS["gold"].get(language, {}))
    return below


def articles(folder: Path, temporary: Path) -> list[str]:
    """The news articles with known speakers: the scorer's own table, then the floors."""
    below: list[str] = []
    for split in ("dev",):
        gold, predicted, scores = (
            folder / f"data/polnear/{split}.jsonl.gz",
            temporary / f"{split}.jsonl",
            temporary / "scores.json",
        )
        predict_articles(gold, predicted)
        _run(
            folder / "bin/score_quotes.py",
            str(gold),
            str(predicted),
            "--boot",
            "0",
            "--by",
            "where,mark,zone",
            "--json",
            str(scores),
        )
        found = json.loads(scores.read_text(encoding="utf-8"))["figures"]
        shares = {
            "joint": found["all"]["joint_f1"], "full": found["full"]["joint_f1"], "fragment": found["fragment"]["joint_f1"],
            "precision": found["all"]["precision"], "recall": found["all"]["recall"], **_confidence(gold, predicted, folder),
        }  # fmt: skip
        print("  " + "  ".join(f"{name} {share:.3f}" for name, share in shares.items()))
        below += _below(split, shares, FLOORS[split])
    return below


def pages(folder: Path, temporary: Path) -> list[str]:
    """The saved pages with gold quotes, by their reference text."""
    predicted, scores = temporary / "pages.jsonl", temporary / "scores.json"
    predict_pages(folder / "data/pages", predicted)
    arguments = ("--gold", str(folder / "data/pages/gold.jsonl"), "--pages", str(folder / "data/pages"))
    printed = _run(folder / "bin/score_pages.py", *arguments, str(predicted), "--json", str(scores))
    last = json.loads(printed.strip().splitlines()[-1]) if printed.strip().endswith("}") else {}
    found = json.loads(scores.read_text(encoding="utf-8"))
    shares = {name: share for name, share in (found.get("all") or last).items() if isinstance(share, float)}
    return _below("pages", shares, FLOORS["pages"])


def _run(scorer: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, str(scorer), *arguments], check=True, capture_output=True, text=True)
    print(done.stdout)
    return done.stdout


def _below(what: str, shares: dict[str, float], floors: dict[str, float]) -> list[str]:
    return [
        f"{what}: {step} {shares.get(step, 0):.3f} < {floor}"
        for step, floor in floors.items()
        if shares.get(step, 0) < floor
    ]


def _confidence(gold: Path, predicted: Path, folder: Path) -> dict[str, float]:
    """Of the quotes whose speaker is sure by 0.9 and more, the share that is right; and he and she as sources."""
    sys.path.insert(0, str(folder / "bin"))
    import score_quotes  # type: ignore[import-not-found]  # noqa: PLC0415 - it lies in the evaluation folder

    predictions, _ = score_quotes.load(str(predicted))
    sure, pronouns = [], []
    for document in score_quotes.read(str(gold)):
        _, rows, _ = score_quotes.score_doc(document, predictions.get(document["id"]), score_quotes.Counter())
        for quote, verdict, found in rows:
            if quote.get("unscored"):
                continue
            if verdict and (found.get("confidence") or 0) >= 0.9:
                sure.append(bool(verdict["right"]))
            if (quote.get("source_text") or "").lower() in ("he", "she"):
                pronouns.append(bool(verdict and verdict["right"]))
    return {"right where sure": sum(sure) / max(1, len(sure)), "he and she": sum(pronouns) / max(1, len(pronouns))}


def predict(document: dict[str, Any], weights: Weights = WEIGHTS) -> dict[str, Any]:
    """The line that the scorer of articles reads: every span a unit of its own."""
    began = time.perf_counter()
    quotes = find_quotes(article_of(document["text"], language="en", published=document["date"]), weights)
    seconds = time.perf_counter() - began
    found = []
    for quote in quotes:
        mention = quote.speaker.span
        for span in quote.spans:
            found.append({
                "start": span.start, "end": span.end, "text": document["text"][span.start : span.end], "speaker": quote.speaker.name,
                "speaker_mention": [mention.start, mention.end] if mention else None, "cue": quote.cue.printed,
                "confidence": quote.speaker.confidence, "span_confidence": quote.span_confidence, "kind": quote.kind,
            })  # fmt: skip
    return {"id": document["id"], "quotes": found, "seconds": seconds}


def predict_articles(file: Path, out: Path) -> None:
    """Predictions for a file of gold articles."""
    with gzip.open(file, "rt", encoding="utf-8") as lines, out.open("w", encoding="utf-8") as written:
        for line in lines:
            written.write(json.dumps(predict(json.loads(line))) + "\n")


def predict_pages(folder: Path, out: Path) -> None:
    """Predictions for the pages: their reference text under their title."""
    with (folder / "manifest.jsonl").open(encoding="utf-8") as lines, out.open("w", encoding="utf-8") as written:
        for page in map(json.loads, lines):
            text = "\n".join(line for line in [page["title"] or "", *page["body"].split("\n")] if line.strip())
            published = (page["publishing_date"] or "")[:10] or None
            quotes = find_quotes(article_of(text, language=page["language"], published=published, title=page["title"]))
            found = [
                {"text": quote.text, "speaker": quote.speaker.name, "said_on": quote.said_on.value, "kind": quote.kind}
                for quote in quotes
            ]
            written.write(json.dumps({"id": page["id"], "quotes": found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
