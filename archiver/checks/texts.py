"""A whole text as claims: every quote in it, with the speaker that the text names."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import suppress

from archiver.checks.check import Claim, checked_claim
from archiver.errors import BadQuery
from archiver.records import Extraction, Quote

PLAIN, HTML = "text/plain", "text/html"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = (PLAIN, HTML, DOCX)


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
    """The paragraphs of a .docx file, a line each. Raises BadQuery if it is not one or python-docx is missing."""
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError:
        raise BadQuery(
            "reading .docx needs python-docx", parameter="body", remedy="Install it with: pip install onrecord[docx]"
        ) from None
    try:
        document = docx.Document(io.BytesIO(data))
    except Exception as error:
        raise BadQuery(f"is not a .docx file ({error})"[:200], parameter="body") from error
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def decoded(data: bytes) -> str:
    """Plain text in UTF-8, a byte order mark left out. Raises BadQuery where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadQuery(f"is not UTF-8 (byte {error.start})", parameter="body") from error
