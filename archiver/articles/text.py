"""The article's text out of a page: trafilatura's only door, mended where others hold quoted words that it lacks.

trafilatura loses whole layouts rather than single words. So its text is held against Resiliparse's main text and the
`articleBody` of the page's JSON-LD, and what they have inside quotation marks and it lacks is put in or taken instead.
(On 101 saved pages this raised the quoted spans kept from 96.3 % to 99.3 %.)
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
from lxml.etree import ErrorTypes
from resiliparse.extract.html2text import extract_plain_text

TRAFILATURA = f"trafilatura {version('trafilatura')}"
RESILIPARSE = f"resiliparse {version('resiliparse')}"
JSON_LD = "json-ld"

PARAGRAPH = 60
"""Least weight of a paragraph that is put in: shorter ones beside an article are mostly links to other articles."""

_QUOTED = re.compile(
    "“([^“”\n]{1,3000})”|„([^„“”\n]{1,3000})[“”]|«([^«»\n]{1,3000})»|»([^«»\n]{1,3000})«"
    '|「([^「」\n]{1,3000})」|『([^『』\n]{1,3000})』|‘([^‘’\n]{1,3000})’|"([^"\n]{1,3000})"'
)

_NO_LETTERS = re.compile(r"[\W_]+")
_SYLLABLES = re.compile("[\u1100-\U0010ffff]+")

# It says on its logger what it returns anyway; our callers have no use for that on their terminal.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Paragraphs one per line, who found them, and whether the page was nested too deeply to be sure of all of it.

    `date` and `author` are what trafilatura found on the page, for want of better.
    """

    text: str
    found_by: str
    too_deep: bool = False
    date: str | None = None
    author: str | None = None


def parse(html: str) -> tuple[Any, bool]:
    """The page's tree (lxml; None where there is no element) and whether libxml2 dropped what was nested too deeply.

    libxml2 leaves out everything past 256 levels or behind a script, comment or text of 10 MB, the tail of the page
    included, and says so in its log alone; with `huge_tree` past 2,048 levels and 1 GB.
    """
    parser = lxml.html.HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = lxml.html.document_fromstring(html.encode(), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        if "memory" in str(error).lower():
            raise MemoryError from error
        tree = None
    return tree, any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def article_text(html: str, *, tree: Any, too_deep: bool, url: str, bodies: Sequence[str]) -> Text:
    """The article's text; `tree` and `too_deep` are from `parse` (the tree is used up), `bodies` the JSON-LD's."""
    main = plain_text(html, too_deep=too_deep)
    if tree is None or too_deep:
        return Text(text=main, found_by=RESILIPARSE, too_deep=too_deep)
    found = _trafilatura(tree, url)
    text, found_by = _mended(found.text, main)
    text, found_by = _taken(text, found_by, bodies)
    return Text(text=text, found_by=found_by, date=found.date, author=found.author)


def plain_text(html: str, *, too_deep: bool = False) -> str:
    """Resiliparse's main text: quick, proof against any depth of nesting, with more clutter around the article.

    What is the main text takes time squared in the depth of nesting: where a page is `too_deep`, it is all its text.
    """
    return _lines(
        extract_plain_text(
            html, main_content=not too_deep, preserve_formatting=True, list_bullets=False, alt_texts=False
        )
    )


def _trafilatura(tree: Any, url: str) -> Text:
    try:
        document: Any = trafilatura.bare_extraction(tree, url=url, include_comments=False, with_metadata=True)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it has no errors of its own; whatever page breaks it is read without it
        document = None
    if document is None:
        return Text(text="", found_by=TRAFILATURA)
    return Text(text=_lines(document.text or ""), found_by=TRAFILATURA, date=document.date, author=document.author)


def _lines(text: str) -> str:
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def folded(text: str) -> str:
    """Letters and digits alone, case folded: what two extractors must agree in."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def quoted(text: str) -> list[str]:
    """What stands in quotation marks, folded, where it is more than a word or two."""
    spans = (next(group for group in match.groups() if group) for match in _QUOTED.finditer(text))
    return [folded(span) for span in spans if weight(span) >= 12]


def weight(text: str) -> int:
    """Letters, those of scripts that write a syllable or word with each counted as three."""
    letters = _NO_LETTERS.sub("", text)
    return len(letters) + (0 if letters.isascii() else 2 * sum(map(len, _SYLLABLES.findall(letters))))


def _mended(text: str, other: str) -> tuple[str, str]:
    """`text` with the paragraphs of `other` put in that it lacks, if one of these holds quoted words."""
    have = folded(text)
    if not have:
        return other, RESILIPARSE
    if not _lacking(quoted(other), have):
        return text, TRAFILATURA
    paragraphs = other.split("\n")
    known = [weight(paragraph) >= 25 and folded(paragraph) in have for paragraph in paragraphs]
    if True not in known:
        return text, TRAFILATURA
    first, last = known.index(True), len(known) - 1 - known[::-1].index(True)
    lacking = [place for place, paragraph in enumerate(paragraphs) if _lost(paragraph, have)]
    tail = [place for place in lacking if place > last]
    end = tail[-1] if len(tail) > 1 else last
    if not any(first < place <= end for place in lacking):
        return text, TRAFILATURA
    return _with(text, paragraphs[first : end + 1], have), f"{TRAFILATURA}, {RESILIPARSE}"


def _lacking(spans: Iterable[str], have: str) -> bool:
    return any(span not in have for span in spans)


def _lost(paragraph: str, have: str) -> bool:
    return weight(paragraph) >= 2 * PARAGRAPH and _lacking(quoted(paragraph), have)


def _with(text: str, paragraphs: Sequence[str], have: str) -> str:
    """`text` with those of `paragraphs` that it lacks, each behind the one it follows."""
    lines = text.split("\n")
    folds = [folded(line) for line in lines]
    after = 0
    for paragraph in paragraphs:
        fold = folded(paragraph)
        if fold in have:
            after = next((place + 1 for place in range(after, len(folds)) if fold in folds[place]), after)
        elif weight(paragraph) >= PARAGRAPH:
            lines.insert(after, paragraph)
            folds.insert(after, fold)
            after += 1
    return "\n".join(lines)


def _taken(text: str, found_by: str, bodies: Sequence[str]) -> tuple[str, str]:
    """The `articleBody` instead, where it has quoted words that `text` lacks, or its paragraphs, and misses nothing."""
    have, spans = folded(text), quoted(text)
    for body in bodies:
        lines = _lines(body)
        fold = folded(lines)
        if _lacking(spans, fold):
            continue
        if _lacking(quoted(lines), have) or (have in fold and lines.count("\n") > text.count("\n")):
            return lines, JSON_LD
    return text, found_by
