"""How right the quotes are: `python -m tests.quality [EVALUATION_FOLDER]`.

Runs `find_quotes` on our own gold and, where a folder of evaluation data is given, on its articles and pages through
their own scorers; prints the figures per language and phenomenon; ends with status 1 below a floor of
`tests/gold/floors.json`.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from archiver.languages import pack_for
from archiver.quotes import find_quotes
from archiver.quotes.model import NO_PACK
from archiver.quotes.ranking import WEIGHTS, Weights
from archiver.records import Kind
from tests import quality_sticks
from tests.gold import FOLDER, SURE, article_of, figures, languages, together

HALF = 0.5
FEWEST = 4  # words of a reported clause
FLOORS: dict[str, Any] = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    """0 where every figure keeps its floor, else 1; without a folder only our own gold."""
    below = own_gold()
    if arguments and arguments[0]:
        folder = Path(arguments[0])
        with tempfile.TemporaryDirectory() as temporary:
            below += articles(folder, Path(temporary)) + pages(folder, Path(temporary))
            below += sticks(folder, Path(temporary))
    for line in below:
        print("BELOW ITS FLOOR", line)
    return 1 if below else 0


def sticks(folder: Path, temporary: Path) -> list[str]:
    """German news, treebanks and small cases, each against its floors."""
    below: list[str] = []
    small = {"cases": folder / "data/cases/quotes/cases.jsonl"}
    small |= {
        name: FOLDER / name / "cases.jsonl"
        for name in ("later", "fresh", "fifth", "sixth", "seventh", "eighth", "ninth", "plain")
    }
    for name, shares in (
        ("german", quality_sticks.german(folder, temporary)),
        ("treebanks", quality_sticks.treebanks(folder)),
        *((name, quality_sticks.cases(folder, temporary, file)) for name, file in small.items()),
    ):
        print(f"{name}: " + "  ".join(f"{step} {share:.3f}" for step, share in shares.items()))
        below += _below(name, shares, FLOORS[name])
    return below


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
    below += _sealed()
    below += _kinds()
    return below


def _kinds() -> list[str]:
    """Kinds of fault in all languages together: in view while the finder was worked on, and kept away."""
    below: list[str] = []
    for name, folder in (("kinds", FOLDER / "kinds"), ("sealed kinds", FOLDER / "sealed" / "kinds")):
        shares = together(folder)
        print(f"{name}: " + "  ".join(f"{step} {share}" for step, share in shares.items()))
        below += _below(name, shares, FLOORS[name])
    return below


def _sealed() -> list[str]:
    """The figures of both golds that were kept away while the packs were made, and how much better our own does."""
    below: list[str] = []
    for kept in ("sealed", "unseen"):
        print(f"gold that was kept away ({kept}): share right, per step, and the difference to our own")
        joint: list[float] = []
        for file in sorted((FOLDER / kept).glob("*.txt")):
            shares, _ = figures(file, file.stem)
            own, _ = figures(FOLDER / file.name, file.stem)
            steps = "  ".join(f"{step} {share}" for step, share in shares.items())
            print(f"  {file.stem}  {steps}  difference {own['joint'] - shares['joint']:+.3f}")
            joint.append(shares["joint"])
            below += _below(f"{kept} {file.stem}", shares, FLOORS[kept].get(file.stem, {}))
        print(f"  mean joint {sum(joint) / len(joint):.3f}")
    return below


def articles(folder: Path, temporary: Path) -> list[str]:
    """The news articles with known speakers: the scorer's own table, ours by phenomenon, then the floors."""
    gold, predicted, scores = folder / "data/polnear/dev.jsonl.gz", temporary / "dev.jsonl", temporary / "scores.json"
    predict_articles(gold, predicted)
    options = ("--boot", "0", "--by", "where,mark,zone", "--json", str(scores))
    _run(folder / "bin/score_quotes.py", str(gold), str(predicted), *options)
    found = json.loads(scores.read_text(encoding="utf-8"))["figures"]
    judged = list(_judged(gold, predicted, folder))
    shares = {
        "joint": found["all"]["joint_f1"],
        "full": found["full"]["joint_f1"],
        "fragment": found["fragment"]["joint_f1"],
        "precision": found["all"]["precision"],
        "recall": found["all"]["recall"],
        **phenomena(judged),
        **confidence(judged),
        **reported(gold),
    }
    return _below("dev", shares, FLOORS["dev"])


def pages(folder: Path, temporary: Path) -> list[str]:
    """The saved pages with gold quotes, by their reference text."""
    predicted, scores = temporary / "pages.jsonl", temporary / "scores.json"
    predict_pages(folder / "data/pages", predicted)
    arguments = ("--gold", str(folder / "data/pages/gold.jsonl"), "--pages", str(folder / "data/pages"))
    _run(folder / "bin/score_pages.py", *arguments, str(predicted), "--json", str(scores))
    return _below("pages", json.loads(scores.read_text(encoding="utf-8"))["total"], FLOORS["pages"])


def _run(scorer: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, str(scorer), *arguments], check=True, capture_output=True, text=True)
    print(done.stdout)


def _below(what: str, shares: dict[str, Any], floors: dict[str, float]) -> list[str]:
    found = {step: shares.get(step) or 0.0 for step in floors}
    return [f"{what}: {step} {found[step]:.3f} < {floor}" for step, floor in floors.items() if found[step] < floor]


class Judged(NamedTuple):
    """A gold quote with its article's text, what was found for it (None: missed), and whether the speaker is right."""

    text: str
    gold: dict[str, Any]
    found: dict[str, Any] | None
    right: bool


def _judged(gold: Path, predicted: Path, folder: Path) -> Iterator[Judged]:
    scorer = load_scorer(folder)
    predictions, _ = scorer.load(str(predicted))
    for document in scorer.read(str(gold)):
        _, rows, _ = scorer.score_doc(document, predictions.get(document["id"]), Counter())
        for quote, verdict, found in rows:
            if not quote.get("unscored"):
                yield Judged(document["text"], quote, found if verdict else None, bool(verdict and verdict["right"]))


def load_scorer(folder: Path) -> ModuleType:
    """The corpus' own scorer, as a module."""
    spec = importlib.util.spec_from_file_location("score_quotes", folder / "bin" / "score_quotes.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PHENOMENA: dict[str, Callable[[dict[str, Any]], bool]] = {
    "he and she": lambda q: (q.get("source_text") or "").lower() in ("he", "she"),
    "it, they, I, who": lambda q: (
        q["speaker_kind"] == "pronoun" and (q.get("source_text") or "").lower() not in ("he", "she")
    ),
    "surname alone": lambda q: q["speaker_kind"] == "named" and len((q.get("source_text") or "").split()) == 1,
    "source of 5+ words": lambda q: len((q.get("source_text") or "").split()) >= 5,
    "noun phrase": lambda q: q["speaker_kind"] == "nominal",
    "organisation": lambda q: q.get("speaker_type") == "org",
    "no source": lambda q: q["speaker_kind"] == "none",
    "fragment of 1-2 words": lambda q: q["size"] == "fragment" and q["words"] <= 2,
    "mixed with indirect speech": lambda q: bool(q.get("mixed")),
    "interrupted": lambda q: bool(q.get("interrupted")),
    "source in another sentence": lambda q: "other-sentence" in (q.get("where") or ""),
    "source in another paragraph": lambda q: "other-paragraph" in (q.get("where") or ""),
    "several paragraphs": lambda q: q.get("group", -1) >= 0,
    "quotation inside": lambda q: any(mark in q["text"] for mark in '‘“"'),
    "headline": lambda q: q.get("zone") == "title",
    "single marks": lambda q: q.get("mark") == "single",
}


def phenomena(judged: list[Judged]) -> dict[str, float]:
    """The share of right speakers per phenomenon, and how many are missed and wrong."""
    shares = {}
    print("by phenomenon                   gold  missed  wrong  right")
    for name, holds in PHENOMENA.items():
        found = [one for one in judged if holds(one.gold)]
        if found:
            missed = sum(one.found is None for one in found)
            right = sum(one.right for one in found)
            shares[name] = right / len(found)
            print(f"  {name:<28} {len(found):>5} {missed:>7} {len(found) - missed - right:>6}  {shares[name]:.3f}")
    return shares


def confidence(judged: list[Judged]) -> dict[str, float]:
    """Whether what is surer is more often right: speakers in steps, then each part from 0.9 on."""
    found = [(one, one.found) for one in judged if one.found is not None]
    print("speaker confidence        quotes  mean   right")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        here = [(one, quote["confidence"]) for one, quote in found if low <= quote["confidence"] < high]
        if here:
            mean, right = sum(sure for _, sure in here) / len(here), sum(one.right for one, _ in here) / len(here)
            print(f"  {low:.1f} to {min(high, 1.0):.1f}             {len(here):>6}  {mean:.3f}  {right:.3f}")
    _diagram([(quote["confidence"], one.right) for one, quote in found if quote["speaker"]])
    sure = [one.right for one, quote in found if quote["confidence"] >= SURE]
    cues = [_has_cue(one, quote) for one, quote in found if quote["cue_confidence"] >= SURE and one.gold.get("cue")]
    shares = {"right where sure": sum(sure) / max(1, len(sure)), "cue right where sure": sum(cues) / max(1, len(cues))}
    print(f"  from {SURE} on: {len(sure) / max(1, len(found)):.0%} of speakers, {shares['right where sure']:.3f} right")
    print(f"  from {SURE} on: {len(cues)} cues, {shares['cue right where sure']:.3f} right")
    return shares


def _diagram(found: list[tuple[float, bool]]) -> None:
    """Of names given with a confidence the share that is right, drawn: the bar should end where its row begins."""
    print("  names: confidence | share right (each # is 2 %)")
    for low in (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        here = [right for share, right in found if low <= share < low + 0.05 or (low == 0.95 and share >= low)]
        if here:
            share = sum(here) / len(here)
            print(f"    {low:.2f} to {low + 0.05:.2f}  {'#' * round(50 * share):<50} {share:.3f} of {len(here)}")


def _has_cue(one: Judged, quote: dict[str, Any]) -> bool:
    start, end = quote["cue_span"]
    return any(start < last and first < end for first, last in one.gold["cue"])


def reported(gold: Path) -> dict[str, float]:
    """Reported speech against all attributions without marks: content (overlap from a half on, Jaccard), then source.

    The corpus attributes opinions, plans and acts too («wants», «attacked»), which are no speech: so the recall over
    those with a verb of saying and at least four words is printed next to the total.
    """
    counts: Counter[str] = Counter()
    for article in _lines(gold):
        counts += _reported(article)
    precision = counts["hit"] / max(1, counts["found"])
    recall = counts["hit"] / max(1, counts["gold"])
    shares = {
        "reported precision": precision,
        "reported f1": 2 * precision * recall / max(1e-9, precision + recall),
        "reported recall of speech": counts["speech hit"] / max(1, counts["speech"]),
        "reported source": counts["source"] / max(1, counts["sourced"]),
    }
    print(f"reported speech: {counts['gold']} in the gold, {counts['found']} found  "
          + "  ".join(f"{name.removeprefix('reported ')} {share:.3f}" for name, share in shares.items()))  # fmt: skip
    return shares


def _reported(article: dict[str, Any]) -> Counter[str]:
    text, marks = article["text"], [(quote["start"], quote["end"]) for quote in article["quotes"]]
    gold = [one for one in article["attributions"] if not _overlap(one["content"], marks)]
    mixed = [one["content"] for one in article["attributions"] if _overlap(one["content"], marks)]
    counts: Counter[str] = Counter(gold=len(gold))
    hits: set[int] = set()
    quotes = find_quotes(article_of(text, language="en", published=article["date"]), indirect=True)
    for quote in quotes:
        span = [(quote.spans[0].start, quote.spans[0].end)]
        if quote.kind is not Kind.INDIRECT or any(_overlap(span, content) for content in mixed):
            continue
        counts["found"] += 1
        likeness = {at: _jaccard(span, one["content"]) for at, one in enumerate(gold) if at not in hits}
        best = max(likeness, key=lambda at: likeness[at], default=-1)
        if best >= 0 and likeness[best] >= HALF:
            hits.add(best)
            counts["hit"] += 1
            counts["sourced"] += bool(gold[best]["source"])
            said = quote.speaker.span
            counts["source"] += bool(said and _overlap([(said.start, said.end)], gold[best]["source"]))
    lexicon = (pack_for("en") or NO_PACK).lexicon
    for at, one in enumerate(gold):
        cue = " ".join(text[start:end] for start, end in one["cue"]).lower()
        words = sum(len(text[start:end].split()) for start, end in one["content"])
        if one["source"] and words >= FEWEST and any(lexicon.get(word) in ("S", "T") for word in (cue, *cue.split())):
            counts["speech"] += 1
            counts["speech hit"] += at in hits
    return counts


Spans = Sequence[Sequence[int]]


def _overlap(one: Spans, other: Spans) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _jaccard(one: Spans, other: Spans) -> float:
    common = _overlap(one, other)
    return common / (sum(end - start for start, end in [*one, *other]) - common)


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
                "start": span.start, "end": span.end, "text": document["text"][span.start : span.end],
                "speaker": quote.speaker.name, "via": quote.speaker.via,
                "speaker_mention": [mention.start, mention.end] if mention else None,
                "cue": quote.cue.printed,
                "confidence": quote.speaker.confidence or 0.0,
                "span_confidence": quote.span_confidence, "kind": quote.kind,
                "cue_confidence": quote.cue.confidence if quote.cue.span else 0.0,
                "cue_span": [quote.cue.span.start, quote.cue.span.end] if quote.cue.span else None,
            })  # fmt: skip
    return {"id": document["id"], "quotes": found, "seconds": seconds}


def predict_articles(file: Path, out: Path) -> None:
    """Predictions for a file of gold articles."""
    out.write_text("".join(json.dumps(predict(article)) + "\n" for article in _lines(file)), encoding="utf-8")


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


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
