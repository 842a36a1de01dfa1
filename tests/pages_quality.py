"""How well pages are read: fields that are right per kind, and on saved pages words, days and quoted spans.

    python -m tests.pages_quality [EVALUATION-FOLDER]

Our own small pages (`tests/pages`) are always read. The folder holds `data/cases/pages` (the same form) and
`data/pages` with `manifest.jsonl` (one object a line: `file`, `url`, `publishing_date`, `body`, `title`, `authors`,
`language`, `doubts`), on which trafilatura alone is measured too. Exits 1 below the floors. Quoted spans are those of
three words or more (in scripts without blanks: eight characters), compared without case and punctuation.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import trafilatura

from archiver.articles import PageReading, read_page
from tests.page_cases import OWN, cases_in, shares

FLOORS = {
    "published days right": 0.97,
    "languages right": 0.98,
    "quoted spans kept": 0.993,
    "word F1": 0.95,
}
FIELDS_FLOOR = 0.95
"""Share of the fields of small pages, of each kind, that must be right."""

TIME_CEILING = 0.65
"""Processor time of the whole article step, in that of trafilatura with metadata on the same bytes."""

_MARKS = tuple(zip('“„„«»「『‘‚"', '”“”»«」』’‘"', strict=True))
_WORD = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af]|[^\W\u2e80-\u9fff\uac00-\ud7af]+")
_QUOTED = re.compile("|".join(f"{re.escape(a)}([^{re.escape(a + b)}\n]{{1,2000}}){re.escape(b)}" for a, b in _MARKS))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--misses", action="store_true", help="name the pages")
    options = parser.parse_args()
    below = _fields("our own small pages", OWN)
    if options.folder is not None:
        below += _fields("handed small pages", options.folder / "data" / "cases" / "pages")
        below += _saved(options.folder / "data" / "pages", misses=options.misses)
    for line in below:
        _say(f"BELOW ITS FLOOR {line}")
    return 1 if below else 0


def _fields(name: str, folder: Path) -> list[str]:
    """Prints the fields that are right, by kind; returns the kinds below the floor."""
    figures, wrong = shares(cases_in(folder))
    _say(name)
    for field in wrong:
        _say(f"    {field.case}: {field.name}: {str(field.found)[:120]}")
    _say("  " + "  ".join(f"{kind} {right}/{asked}" for kind, (right, asked) in figures.items()))
    right, asked = (sum(figures[kind][place] for kind in figures if kind != "case") for place in (0, 1))
    return [f"{name}: fields {right}/{asked}"] if right < FIELDS_FLOOR * asked else []


def _saved(folder: Path, *, misses: bool) -> list[str]:
    """The same for saved pages, beside trafilatura alone."""
    counts: Counter[str] = Counter()
    for page, reading in _readings(folder, counts):
        for cause, number in _judged(page, reading).items():
            counts[cause] += number
            if misses and number and cause not in _EXPECTED:
                _say(f"  {page['id']}: {cause} {number}")
    return _report(counts)


_EXPECTED = {
    *("pages", "dates", "dates right", "spans", "spans kept", "titles right", "authors right", "languages right"),
    *("words F1", "quoted beyond the reference"),
}


def _readings(folder: Path, counts: Counter[str]) -> Iterator[tuple[dict[str, Any], PageReading]]:
    with (folder / "manifest.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            data = gzip.decompress((folder / page["file"]).read_bytes())
            captured_at = datetime.fromisoformat(page["captured_at"])
            began = time.thread_time_ns()
            reading = read_page(data, url=page["url"], content_type="text/html; charset=utf-8", captured_at=captured_at)
            counts["time"] += time.thread_time_ns() - began
            began = time.thread_time_ns()
            alone: Any = trafilatura.bare_extraction(data, with_metadata=True)
            counts["time alone"] += time.thread_time_ns() - began
            counts["let in alone"] += _let_in(page, "" if alone is None else str(alone.text or ""))
            yield page, reading


def _let_in(page: dict[str, Any], text: str) -> int:
    """Quoted spans of a text that the reference does not have."""
    known = _folded(page["title"] + page["body"])
    return sum(_folded(span) not in known for span in _spans(text))


def _word_f1(text: str, reference: str) -> float:
    """How far two texts have the same words, as often; of scripts without blanks, signs."""
    ours, theirs = (Counter(_WORD.findall(unicodedata.normalize("NFKC", one).casefold())) for one in (text, reference))
    return 2 * (ours & theirs).total() / max(ours.total() + theirs.total(), 1)


def _judged(page: dict[str, Any], reading: PageReading) -> Counter[str]:
    found = Counter({"pages": 1})
    spans = [_folded(span) for span in _spans(page["body"])]
    found["spans"] = len(spans)
    found["dates"] = int("publishing_date" not in page["doubts"])
    article = reading.article
    if article is None:
        found["lost"] = 1
        found[f"spans lost: {reading.reason}"] = len(spans)
        found["dates missing: no article"] = found["dates"]
        return found
    text = _folded(article.text)
    found["spans kept"] = sum(span in text for span in spans)
    found[f"spans lost: {reading.found_by}"] = len(spans) - found["spans kept"]
    found["quoted beyond the reference"] = _let_in(page, article.text)
    found["words F1"] = round(1e6 * _word_f1(article.text.removeprefix(article.title or ""), page["body"]))
    if found["dates"]:
        found[_date_cause(article.published.value, article.published.source, page["publishing_date"])] = 1
    found["titles right" if _folded(article.title or "") == _folded(page["title"]) else "titles other"] = 1
    found["authors right" if set(article.authors) == set(page["authors"]) else "authors other"] = 1
    found["languages right" if article.language == page["language"] else "languages wrong"] = 1
    return found


def _date_cause(value: str | None, source: str | None, reference: str) -> str:
    if value is None:
        return "dates missing: none found"
    return "dates right" if _same_day(value, reference) else f"dates wrong: {source}"


def _same_day(value: str, reference: str) -> bool:
    """The day as printed, or the same instant in another zone."""
    if value[:10] == reference[:10]:
        return True
    ours, theirs = datetime.fromisoformat(value), datetime.fromisoformat(reference)
    return ours.tzinfo is not None and theirs.tzinfo is not None and abs((ours - theirs).total_seconds()) < 60


def _spans(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        span = next(group for group in match.groups() if group)
        unspaced = len(span) >= 8 and any(ord(char) > 0x3000 for char in span)
        if len(span.split()) >= 3 or unspaced:
            yield span


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _report(counts: Counter[str]) -> list[str]:
    pages = max(counts["pages"], 1)
    figures = {
        "published days right": counts["dates right"] / max(counts["dates"], 1),
        "languages right": counts["languages right"] / pages,
        "quoted spans kept": counts["spans kept"] / max(counts["spans"], 1),
        "word F1": counts["words F1"] / 1e6 / pages,
    }
    ratio = counts["time"] / max(counts["time alone"], 1)
    let_in, alone = counts["quoted beyond the reference"], counts["let in alone"]
    _say(f"saved pages {counts['pages']}, lost {counts['lost']}")
    for name, figure in figures.items():
        _say(f"  {name} {figure:.1%} (floor {FLOORS[name]:.1%})")
    _say(f"  quoted spans let in {let_in} (trafilatura alone {alone})")
    _say(f"  time {ratio:.2f} of trafilatura's ({counts['time'] / 1e6 / pages:.1f} ms a page, ceiling {TIME_CEILING})")
    for cause, number in sorted(counts.items()):
        if number and not cause.startswith(("time", "pages", "words", "let in")):
            _say(f"    {cause}: {number}")
    below = [f"{name} {figure:.1%}" for name, figure in figures.items() if figure < FLOORS[name]]
    below += [f"spans let in {let_in}"] if let_in > alone else []
    below += [f"pages lost {counts['lost']}"] if counts["lost"] else []
    return below + ([f"time {ratio:.2f}"] if ratio > TIME_CEILING else [])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
