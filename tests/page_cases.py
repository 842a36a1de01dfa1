"""Small pages with what a careful reader finds on them: `python -m tests.page_cases FOLDER…`.

A case is a folder with `page.html` and `expected.json`: `url`, `captured_at`, `content_type`, and what is expected, a
key only where it is asked: `state` (`done` or `none`), `reason`, `title`, `authors`, `agency`, `published`, `language`,
`canonical`, `text_contains`, `text_lacks`, `quotes` (`text`, `speaker`, `said_on`), `quotes_lack`, `text_source`,
`text_manifest`.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from archiver.extraction.reader import extraction_of
from archiver.records import Article, Extraction, ExtractionState

OWN = Path(__file__).parent / "pages"
"""Pages that were written, and their digests published, before the reading was worked on: thirty, then sixty-eight."""

KEPT = frozenset({ExtractionState.DONE, ExtractionState.LIMITED})


class Field(NamedTuple):
    """One expected field of one case: whether it is right, and what was found."""

    case: str
    name: str
    right: bool
    found: object


def judged(case: Path) -> Iterator[Field]:
    """Each field that a case asks for."""
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    request = {
        "url": expected["url"],
        "content_type": expected["content_type"],
        "status": 200,
        "captured_at": expected["captured_at"],
    }
    page = (case / "page.html").read_bytes()
    found = extraction_of(request, page)
    has_article = found.state in KEPT and found.article is not None
    reason = None if found.reason is None else found.reason.value
    yield Field(case.name, "state", has_article == (expected["state"] == "done"), (found.state.value, reason))
    if "reason" in expected:
        yield Field(case.name, "reason", reason == expected["reason"], reason)
    if "text_manifest" in expected:
        manifest = found.article and found.article.text_manifest
        yield Field(case.name, "text_manifest", manifest == expected["text_manifest"], manifest)
    if expected["state"] != "done":
        return
    article = found.article if has_article else None
    yield from (Field(case.name, *field) for field in _of_article(article, expected))
    yield from (Field(case.name, *field) for field in _of_quotes(found, expected))


def _of_article(article: Article | None, expected: dict[str, Any]) -> Iterator[tuple[str, bool, object]]:
    """Field by field, None being an article that was not found."""
    simple: dict[str, Any] = {}
    if article is not None:
        simple = {
            "title": article.title,
            "authors": list(article.authors),
            "agency": article.agency,
            "published": (article.published.value or "")[:10] or None,
            "language": article.language,
            "canonical": article.canonical_url,
            "text_source": article.text_source and article.text_source.value,
        }
    for name in ("title", "authors", "agency", "published", "language", "canonical", "text_source"):
        if name in expected:
            yield name, _same(simple.get(name), expected[name]) and article is not None, simple.get(name)
    text = folded(article.text if article else "")
    if expected.get("text_contains"):
        missing = [words for words in expected["text_contains"] if folded(words) not in text]
        yield "text_contains", not missing, missing
    if expected.get("text_lacks"):
        found = [words for words in expected["text_lacks"] if folded(words) in text]
        yield "text_lacks", not found, found


def _of_quotes(found: Extraction, expected: dict[str, Any]) -> Iterator[tuple[str, bool, object]]:
    if expected.get("quotes"):
        pairs = [
            (one, next((quote for quote in found.quotes if folded(one["text"]) in folded(quote.text)), None))
            for one in expected["quotes"]
        ]
        missing = [one["text"] for one, quote in pairs if quote is None]
        yield "quotes", not missing, missing
        names = [(one["speaker"], quote and quote.speaker.name) for one, quote in pairs if one.get("speaker")]
        if names:
            yield "speakers", all(_same(name, wanted) for wanted, name in names), names
        said = [(one["said_on"], quote and quote.said_on.value) for one, quote in pairs if one.get("said_on")]
        if said:
            yield "said_on", all((day or "")[:10] == wanted for wanted, day in said), said
    if expected.get("quotes_lack"):
        wrong = [
            words for words in expected["quotes_lack"] if any(_overlap(words, quote.text) for quote in found.quotes)
        ]
        yield "quotes_lack", not wrong, wrong


def _overlap(words: str, quoted: str) -> bool:
    one, other = folded(words), folded(quoted)
    return one in other or (len(other) > 12 and other in one)


def _same(found: object, wanted: object) -> bool:
    if isinstance(found, str) and isinstance(wanted, str) and not wanted.startswith("http"):
        return folded(found) == folded(wanted)
    if isinstance(found, list) and isinstance(wanted, list):
        return [folded(name) for name in found] == [folded(name) for name in wanted]
    return found == wanted


def folded(text: str) -> str:
    """Letters and digits alone, without case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def shares(cases: list[Path]) -> tuple[dict[str, tuple[int, int]], list[Field]]:
    """Right and requested by field, `case` among them, and the fields that are wrong."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong: list[Field] = []
    for case in cases:
        fields = list(judged(case))
        for field in fields:
            asked[field.name] += 1
            right[field.name] += field.right
        bad = [field for field in fields if not field.right]
        wrong += bad
        asked["case"] += 1
        right["case"] += not bad
    return {name: (right[name], asked[name]) for name in asked}, wrong


def cases_in(folder: Path) -> list[Path]:
    """The cases of a folder, in order."""
    return sorted(file.parent for file in folder.glob("*/expected.json"))


def main(arguments: list[str]) -> int:
    """Prints each field that is wrong and the figures."""
    for folder in arguments:
        figures, wrong = shares(cases_in(Path(folder)))
        for field in wrong:
            sys.stdout.write(f"{field.case}: {field.name}: {str(field.found)[:300]}\n")
        for name, (right, asked) in figures.items():
            sys.stdout.write(f"  {name:14} {right:4} / {asked}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
