"""How well saved pages are read: published days that are right, quoted spans that are kept, and why the others are not.

    python -m tests.pages_quality EVALUATION-FOLDER

The folder holds `data/pages` with `manifest.jsonl` (one object a line: `file`, `url`, `publishing_date`, `body`,
`title`, `authors`, `language`, `doubts`). Exits 1 below the floors. Quoted spans are those of three words or more (in
scripts without blanks: eight characters), compared without case and punctuation.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from archiver.articles import Reading, read_page

DATES_FLOOR = 0.95
SPANS_FLOOR = 0.98

_MARKS = tuple(zip('“„„«»「『‘‚"', '”“”»«」』’‘"', strict=True))
_QUOTED = re.compile("|".join(f"{re.escape(a)}([^{re.escape(a + b)}\n]{{1,2000}}){re.escape(b)}" for a, b in _MARKS))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="name the pages")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for page, reading in _readings(options.folder / "data" / "pages"):
        for cause, number in _judged(page, reading).items():
            counts[cause] += number
            if options.misses and number and cause not in _EXPECTED:
                _say(f"  {page['id']}: {cause} {number}")
    return _report(counts)


_EXPECTED = {"pages", "dates", "dates right", "spans", "spans kept", "titles right", "authors right", "languages right"}


def _readings(folder: Path) -> Iterator[tuple[dict[str, Any], Reading]]:
    with (folder / "manifest.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            page = json.loads(line)
            data = gzip.decompress((folder / page["file"]).read_bytes())
            captured_at = datetime.fromisoformat(page["captured_at"])
            yield (
                page,
                read_page(data, url=page["url"], content_type="text/html; charset=utf-8", captured_at=captured_at),
            )


def _judged(page: dict[str, Any], reading: Reading) -> Counter[str]:
    found = Counter({"pages": 1})
    spans = [_folded(span) for span in _spans(page["body"])]
    found["spans"] = len(spans)
    found["dates"] = int("publishing_date" not in page["doubts"])
    article = reading.article
    if article is None:
        found[f"spans lost: {reading.reason}"] = len(spans)
        found["dates missing: no article"] = found["dates"]
        return found
    text = _folded(article.text)
    found["spans kept"] = sum(span in text for span in spans)
    found[f"spans lost: {reading.found_by}"] = len(spans) - found["spans kept"]
    found["quoted beyond the reference"] = sum(
        _folded(span) not in _folded(page["title"] + page["body"]) for span in _spans(article.text)
    )
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


def _report(counts: Counter[str]) -> int:
    dates = counts["dates right"] / max(counts["dates"], 1)
    spans = counts["spans kept"] / max(counts["spans"], 1)
    _say(f"pages {counts['pages']}")
    _say(f"published days right {dates:.1%} of {counts['dates']} (floor {DATES_FLOOR:.0%})")
    _say(f"quoted spans kept {spans:.1%} of {counts['spans']} (floor {SPANS_FLOOR:.0%})")
    for cause, number in sorted(counts.items()):
        if number and cause not in {"pages", "dates", "spans"}:
            _say(f"  {cause}: {number}")
    return 0 if dates >= DATES_FLOOR and spans >= SPANS_FLOOR else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
