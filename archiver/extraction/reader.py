"""The program of a child process: reads pages that come down its standard input, a socket.

    python -m archiver.extraction.reader SECONDS BYTES

It loads everything once; a copy of it (a fork, quick) then reads some 200 pages and makes way for the next copy, so
that anything a library leaves behind in memory goes with it. A copy that dies takes the whole child with it, which
reports to the parent.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from archiver.articles import PageReading, plain_article, read_page
from archiver.extraction.children import FRAME, NO_MEMORY, READY, exactly
from archiver.extraction.provenance import extractor_name
from archiver.extraction.set_apart import find_all
from archiver.languages import pack_for
from archiver.quotes import has_too_many
from archiver.records import UNDATED, Article, Dated, Extraction, ExtractionState, Precision, Quote, Reason
from archiver.values import to_json

PAGES = 200
END, RENEW = 0, 3
MEMORY_FACTOR = 10
"""Parsing a page takes about this many times its size in memory."""

SPARE_SECONDS = 5
"""Seconds of processor time beyond the parent's deadline after which the system ends a child that nobody watches."""


def main(seconds: float, memory: int) -> int:
    """Reads until the socket closes; returns the exit code."""
    extraction_of({"url": "", "is_text": True}, b"Loads what is loaded on first use.")
    line = socket.socket(fileno=os.dup(0))
    line.sendall(FRAME.pack(len(READY), 0) + READY)
    gc.collect()
    gc.freeze()
    while True:
        copy = os.fork()
        if not copy:
            os._exit(_guarded(lambda: _serve(line, seconds, memory)))
        _, status = os.waitpid(copy, 0)
        if (code := os.waitstatus_to_exitcode(status)) != RENEW:
            return abs(code)


def _guarded(serve: Callable[[], int]) -> int:
    try:
        return serve()
    except MemoryError:
        return NO_MEMORY


def _serve(line: socket.socket, seconds: float, memory: int) -> int:
    _limit(resource.RLIMIT_AS, _address_space() + memory)
    _limit(resource.RLIMIT_CORE, 0)
    for _ in range(PAGES):
        _limit(resource.RLIMIT_CPU, int(time.process_time() + seconds) + SPARE_SECONDS)
        try:
            _answer(line)
        except (EOFError, ConnectionError):  # the parent is gone
            return END
    return RENEW


def _answer(line: socket.socket) -> None:
    head, length = FRAME.unpack(exactly(line, FRAME.size))
    request = orjson.loads(exactly(line, head))
    page = exactly(line, length)
    answer, fault = _extracted(request, page)
    line.sendall(FRAME.pack(len(answer), len(fault)) + answer + fault)


def _extracted(request: dict[str, Any], page: bytes) -> tuple[bytes, bytes]:
    """The extraction as JSON, or the fault of our own program at this page: its type and where it arose."""
    try:
        return to_json(extraction_of(request, page)), b""
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - reported to the parent, which logs it
        _check_memory(page)
        place = traceback.extract_tb(error.__traceback__)[-1]
        return b"", f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}".encode()


def _check_memory(page: bytes) -> None:
    """Raises MemoryError where a page of this size has no room: parsers in C then fail in ways of their own."""
    bytearray(MEMORY_FACTOR * len(page))


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    with contextlib.suppress(ValueError, OSError):  # a system without this limit has the parent's deadline still
        resource.setrlimit(what, (value, hard))


def _address_space() -> int:
    """Bytes of address space that this process already has."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 1 << 30
    return pages * resource.getpagesize()


def extraction_of(request: dict[str, Any], page: bytes) -> Extraction:
    """What a page (or a plain text) holds; the keys of `request` are those that Extractor sends."""
    reading = reading_of(request, page)
    made_at = datetime.now(UTC)
    extractor = extractor_name(reading.article.language if reading.article else None, reading.found_by)
    state, reason = _state(reading)
    quotes = _quotes_in(reading)
    digest = reading.article.text_digest if reading.article else ""
    return Extraction(
        snapshot_id=request.get("snapshot_id", ""),
        state=state,
        reason=reason,
        article=reading.article,
        quotes=tuple(replace(quote, text_digest=digest, extractor=extractor, extracted_at=made_at) for quote in quotes),
        extractor=extractor,
        made_at=made_at,
    )


def reading_of(request: dict[str, Any], page: bytes) -> PageReading:
    """What was read of a page, or of a plain text."""
    return _text_reading(request, page) if request.get("is_text") else _page_reading(request, page)


def _quotes_in(reading: PageReading) -> tuple[Quote, ...]:
    """The quotes of an article; what a page sets apart as somebody's words is among them."""
    if reading.article is None:
        return ()
    return find_all(reading.article, reading.passages)


def _page_reading(request: dict[str, Any], page: bytes) -> PageReading:
    captured_at = request.get("captured_at")
    reading = read_page(
        page,
        url=request["url"],
        content_type=request.get("content_type"),
        status=request.get("status"),
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
        plain=bool(request.get("plain")),
    )
    return replace(reading, article=_with_overrides(reading.article, request)) if reading.article else reading


def _with_overrides(article: Article, request: dict[str, Any]) -> Article:
    """The article, with the day and language that the caller knows where the page does not say them."""
    published = article.published if article.published.value else _day_given(request)
    return replace(article, published=published, language=request.get("language") or article.language)


def _text_reading(request: dict[str, Any], page: bytes) -> PageReading:
    published, language = _day_given(request), request.get("language")
    article = plain_article(page.decode(), url=request["url"], published=published, language=language)
    return PageReading(article=article, reason=None)


def _day_given(request: dict[str, Any]) -> Dated:
    day = request.get("published")
    return Dated(value=day, precision=Precision.DAY, printed=day) if day else UNDATED


def _state(reading: PageReading) -> tuple[ExtractionState, Reason | None]:
    if reading.article is None:
        return ExtractionState.NONE, reading.reason
    if reading.reason in {Reason.DEPTH, Reason.PAYWALL}:
        return ExtractionState.LIMITED, reading.reason
    if has_too_many(reading.article):  # to look at them all would take too long
        return ExtractionState.LIMITED, Reason.TIME
    return ExtractionState.DONE, None if pack_for(reading.article.language) else Reason.NO_LANGUAGE_PACK


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2])))
