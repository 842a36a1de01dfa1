"""A whole text as claims: every quote in it, with the speaker that the text names."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from typing import Any

from archiver.checks.check import Claim, checked_claim
from archiver.errors import BadQuery
from archiver.records import Extraction, Quote

PLAIN, HTML = "text/plain", "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = (PLAIN, HTML, DOCX)
MAX_MARKUP = 1 << 20
_UNSEEN = frozenset({"script", "style", "template", "title", "noscript"})
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "wbr"),
    }
)


def claims_in(extraction: Extraction) -> Iterator[Claim]:
    """The quotes of a text as claims, in its order; those too short to be checked are left out."""
    return claims_of(extraction.quotes, extraction.article.language if extraction.article else None)


def claims_of(quotes: Iterable[Quote], language: str | None) -> Iterator[Claim]:
    """Quotes as claims; those too short to be checked are left out."""
    for quote in quotes:
        claim = Claim(text=quote.text, speaker=quote.speaker.name, language=language)
        with suppress(BadQuery):
            if quote.counts:
                yield checked_claim(claim)


def docx_text(data: bytes) -> str:
    """The paragraphs of a .docx file, those of tables too, a line each.

    Raises BadQuery if it is not one or python-docx is missing.
    """
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError:
        raise BadQuery(
            "reading .docx needs python-docx", parameter="body", remedy="Install it with: pip install python-docx"
        ) from None
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise BadQuery(f"is not a .docx file ({error})"[:200], parameter="body") from error
    return "\n".join(_lines(document))


def _lines(holder: Any) -> Iterator[str]:
    """The paragraphs of a document or a cell in their order; a cell that spans several is read once."""
    for block in holder.iter_inner_content():
        if not hasattr(block, "rows"):
            yield block.text
            continue
        cells = {id(cell._tc): cell for row in block.rows for cell in row.cells}
        for cell in cells.values():
            yield from _lines(cell)


def html_text(data: bytes) -> str:
    """The words of a piece of HTML that is no article, a line for each block; "" for one that is very long."""
    if len(data) > MAX_MARKUP:
        return ""
    reader = _Words()
    reader.feed(data.decode("utf-8", "replace"))
    reader.close()
    return re.sub(r"[ \t]*\n\s*", "\n", "".join(reader.words)).strip()


class _Words(HTMLParser):
    """Collects what a reader sees, and breaks lines at blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _attrs: Any) -> None:
        self._unseen += tag in _UNSEEN
        self.words += [] if tag in _INLINE else ["\n"]

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self.words += [] if tag in _INLINE else ["\n"]

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(re.sub(r"\s+", " ", data))


def decoded(data: bytes) -> str:
    """Plain text in UTF-8, a byte order mark left out. Raises BadQuery where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQuery(f"is not UTF-8 (byte {error.start})", parameter="body") from error
