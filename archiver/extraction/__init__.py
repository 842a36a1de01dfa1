"""Pages → extractions, in child processes that can be killed.

`reader` is the program of a child: it reads articles and finds quotes · `children` starts, asks and ends one · the
Extractor here holds several, watches the time and reports pages that exceeded a limit · `set_apart` finds quotes in
what a page sets apart without marks · `provenance` names everything that can change a result.
"""

from __future__ import annotations

import logging
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, NamedTuple, Self

import orjson

from archiver.config import Config, software
from archiver.extraction.children import NO_MEMORY, Child, Died, Late
from archiver.records import Dated, Extraction, ExtractionState, Reason, Snapshot
from archiver.values import from_json

__all__ = ["Extractor"]

FIRST_TRY = 0.75
"""The share of a page's time that the first try may take; the rest is for the quick way."""

_NO_MEMORY = {NO_MEMORY, signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}
"""What a child under a limit of memory ends with: a library that gets none aborts or crashes, the system kills."""

_log = logging.getLogger(__name__)

AHEAD = 32
"""Pages for each child that are being read, or held ready, before the first of them is waited for."""

MAX_AHEAD = 64 << 20
"""Bytes of pages that are held so; more than one for each child are only held within it."""

Request = dict[str, Any]


class _Ahead(NamedTuple):
    """A snapshot whose page is being read, or was read, or needs no reading."""

    snapshot: Snapshot
    size: int
    result: Extraction | Future[Extraction]

    @property
    def extraction(self) -> Extraction:
        """Waits for it."""
        return self.result if isinstance(self.result, Extraction) else self.result.result()

    def cancel(self) -> None:
        """Gives up on a page that is not being read yet."""
        if isinstance(self.result, Future):
            self.result.cancel()


class InternalFault(Exception):
    """Our own program failed at the page: the type of the error, and where."""


class Extractor:
    """Reads pages in at most `config.extract_processes` children at a time. May be used by any number of threads.

    A page that takes most of `config.extract_seconds`, or more than `config.extract_bytes`, is tried once more the
    quick way in what is left of the time: then it is `limited`, else `failed`, with the reason. A page at which our own
    program fails is `failed` with the reason `error`, and logged.
    """

    def __init__(self, config: Config) -> None:
        self._size = config.extract_processes
        self._seconds = config.extract_seconds
        self._idle: queue.LifoQueue[Child] = queue.LifoQueue()
        for _ in range(self._size):
            self._idle.put(Child(seconds=config.extract_seconds, memory=config.extract_bytes))
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def extract(self, snapshot: Snapshot, page: bytes, content_type: str | None = None) -> Extraction:
        """What a snapshot holds. `page` is its body, content coding undone; `content_type` overrules the snapshot's."""
        return self.read(
            page,
            url=snapshot.url,
            content_type=content_type or snapshot.content_type,
            status=snapshot.status,
            captured_at=snapshot.captured_at,
            snapshot_id=snapshot.id,
        )

    def extract_many(
        self, pages: Iterable[tuple[Snapshot, bytes | Extraction, str | None]]
    ) -> Iterator[tuple[Snapshot, Extraction]]:
        """Each snapshot with its extraction, in the order given, as many at a time as there are children.

        What has an extraction in place of a page is given back as it is. Some pages more are held ready, so that
        children have work while their caller is busy with what it was given.
        """
        with ThreadPoolExecutor(self._size, thread_name_prefix="extraction") as threads:
            ahead = deque[_Ahead]()
            held = 0
            try:
                for snapshot, page, content_type in pages:
                    if isinstance(page, Extraction):
                        ahead.append(_Ahead(snapshot, 0, page))
                    else:
                        future = threads.submit(self.extract, snapshot, page, content_type)
                        ahead.append(_Ahead(snapshot, len(page), future))
                        held += len(page)
                    while len(ahead) > AHEAD * self._size or (held > MAX_AHEAD and len(ahead) > self._size):
                        first = ahead.popleft()
                        held -= first.size
                        yield first.snapshot, first.extraction
                while ahead:
                    first = ahead.popleft()
                    yield first.snapshot, first.extraction
            finally:
                for each in ahead:
                    each.cancel()

    def read(
        self,
        page: bytes,
        *,
        url: str,
        content_type: str | None,
        status: int | None = 200,
        captured_at: datetime | None = None,
        snapshot_id: str = "",
        published: Dated | None = None,
        language: str | None = None,
    ) -> Extraction:
        """What a page holds that is not, or not yet, a snapshot.

        `published` is the day where the page states none, `language` what it is written in.
        """
        request = {
            "snapshot_id": snapshot_id,
            "url": url,
            "content_type": content_type,
            "status": status,
            "captured_at": None if captured_at is None else captured_at.astimezone(UTC).isoformat(),
            "published": None if published is None else published.value,
            "language": language,
        }
        return self._asked(request, page)

    def read_text(
        self, text: str, *, url: str = "", published: Dated | None = None, language: str | None = None
    ) -> Extraction:
        """What a plain text holds; its first line is the headline and spans count in it as it is."""
        stated = None if published is None else published.value
        return self._asked({"url": url, "published": stated, "language": language, "is_text": True}, text.encode())

    def close(self) -> None:
        """Ends the children; pages that other threads are having read are waited for."""
        self._closed.set()
        children = [self._idle.get() for _ in range(self._size)]
        for child in children:
            child.close()
            self._idle.put(child)

    def _asked(self, request: Request, page: bytes) -> Extraction:
        child = self._idle.get()
        try:
            if self._closed.is_set():
                raise RuntimeError("this extractor is closed")
            return _read(child, request, page, self._seconds)
        finally:
            self._idle.put(child)


def _read(child: Child, request: Request, page: bytes, seconds: float) -> Extraction:
    """One deadline for both readings; the time that a child needs for starting does not count."""
    began = time.monotonic()
    try:
        child.start()
        began = time.monotonic()
        return _answer(child, request, page, seconds * FIRST_TRY)
    except (Late, Died, InternalFault) as problem:
        reason = _reason(problem)
        if reason is Reason.ERROR:
            _log_fault(request, problem)
            return _failed(request, reason)
    return _read_quickly(child, request, page, seconds - (time.monotonic() - began), reason)


def _read_quickly(child: Child, request: Request, page: bytes, seconds: float, reason: Reason) -> Extraction:
    """The page read the quick way, after the thorough way failed for `reason`."""
    if seconds <= 0:
        return _failed(request, reason)
    try:
        found = _answer(child, {**request, "plain": True}, page, seconds)
    except (Late, Died):
        return _failed(request, reason)
    except InternalFault as problem:
        _log_fault(request, problem)
        return _failed(request, Reason.ERROR)
    if found.article is None:
        return _failed(request, reason)
    return replace(found, state=ExtractionState.LIMITED, reason=reason)


def _log_fault(request: Request, problem: Exception) -> None:
    name = request.get("snapshot_id") or request.get("url") or "a page"
    _log.error("reading %s failed: %s %s", name, type(problem).__name__, problem)


def _reason(problem: Late | Died | InternalFault) -> Reason:
    if isinstance(problem, Late):
        return Reason.TIME
    if isinstance(problem, InternalFault):
        return Reason.ERROR
    code = abs(problem.code or 0)
    if code == signal.SIGXCPU:
        return Reason.TIME
    return Reason.MEMORY if code in _NO_MEMORY else Reason.ERROR


def _answer(child: Child, request: Request, page: bytes, seconds: float) -> Extraction:
    answer, fault = child.ask(orjson.dumps(request), page, seconds=seconds)
    if fault:
        raise InternalFault(fault.decode())
    return from_json(Extraction, answer)


def _failed(request: Request, reason: Reason) -> Extraction:
    return Extraction(
        snapshot_id=request.get("snapshot_id", ""),
        state=ExtractionState.FAILED,
        reason=reason,
        article=None,
        quotes=(),
        extractor=software(),
        made_at=datetime.now(UTC),
    )
