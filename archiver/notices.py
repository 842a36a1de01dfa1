"""News of saved searches, delivered to webhooks: signed, in order of arrival, again and again until they are taken."""

from __future__ import annotations

import hashlib
import hmac
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import orjson

from archiver.desk import Desk, SavedSearch
from archiver.errors import KeyRequired, OnRecordError
from archiver.fetch.deliver import post
from archiver.fetch.gate import Gate
from archiver.records import Entry, Query
from archiver.viewer import Viewer

if TYPE_CHECKING:
    from archiver.archive import Archive

EVERY = timedelta(minutes=1)
"""Between two looks for news of one search."""
IDLE_SECONDS = 5.0
MAX_QUOTES = 100
"""Quotes in one delivery; what is more follows with the next."""
SIGNATURE = "X-OnRecord-Signature"
_log = logging.getLogger(__name__)

Written = Callable[[Entry], dict[str, Any]]


def signature(secret: str, body: bytes) -> str:
    """What proves that a delivery is ours: HMAC-SHA256 of its body with the search's secret."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


class Notifier:
    """A thread that delivers, within `with`.

    `query_of` reads a saved query, `viewer_of` says what the owner of a search may see (None: nothing any more),
    `written` makes the JSON of a quote.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        query_of: Callable[[dict[str, Any]], Query],
        viewer_of: Callable[[str], Viewer | None],
        written: Written,
        every: timedelta = EVERY,
    ) -> None:
        self._archive = archive
        self._desk = Desk(archive.config.archive)
        self._gate = Gate(archive.config.fetch_allow)
        self._agent = archive.config.fetch_agent
        self._query_of, self._viewer_of, self._written, self._every = query_of, viewer_of, written, every
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="onrecord-notices", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ending.set()
        self._thread.join(IDLE_SECONDS)

    def _work(self) -> None:
        while not self._ending.is_set():
            try:
                if self.deliver_one():
                    continue
            except OnRecordError as error:
                _log.warning("saved searches cannot be delivered now: %s", error)
            self._ending.wait(IDLE_SECONDS)

    def deliver_one(self) -> bool:
        """Looks for the news of one search that is due and delivers them; whether there was one."""
        search = self._desk.due(self._every)
        if search is None:
            return False
        try:
            self._deliver(search)
        except OnRecordError as error:
            self._desk.failed(search, error.message)
        except Exception:  # noqa: BLE001 - one bad search must not end the others' deliveries; it is listed
            _log.exception("the news of %s cannot be delivered", search.id)
            self._desk.failed(search, "Internal server error")
        return True

    def _deliver(self, search: SavedSearch) -> None:
        news = self.news(search)
        if not news or search.webhook is None:
            return
        batch = news[:MAX_QUOTES]
        body = orjson.dumps(
            {"search": search.id, "name": search.name, "query": search.query, "quotes": [*map(self._written, batch)]}
        )
        signed = signature(search.secret, body)
        fields = {"Content-Type": "application/json", "User-Agent": self._agent, SIGNATURE: signed}
        post(self._gate, search.webhook, body, fields)
        reached = _learnt(batch[-1])
        same = tuple(entry.quote.id or "" for entry in batch if _learnt(entry) == reached)
        seen = (*search.seen, *same) if reached == search.reached else same
        self._desk.delivered(search, reached=reached, seen=seen, count=len(batch))

    def news(self, search: SavedSearch) -> list[Entry]:
        """What came since the last delivery, oldest first. Raises KeyRequired."""
        viewer = self._viewer_of(search.owner)
        if viewer is None:
            raise KeyRequired("the key that this search belongs to has expired or was revoked")
        archive = self._archive.seen_by(viewer)
        found: list[Entry] = []
        query = replace(self._query_of(search.query), sort="-learnt", limit=1000, cursor=None, facet=())
        floor = search.reached.replace(second=0, microsecond=0)  # the index orders by minutes
        while True:
            page = archive.search(query)
            found += [entry for entry in page.entries if self._is_news(entry, search)]
            if page.next is None or (page.entries and _learnt(page.entries[-1]) < floor):
                break
            query = replace(query, cursor=page.next)
        return sorted(found, key=lambda entry: (_learnt(entry), entry.quote.id or ""))

    @staticmethod
    def _is_news(entry: Entry, search: SavedSearch) -> bool:
        learnt = _learnt(entry)
        return learnt > search.reached or (learnt == search.reached and entry.quote.id not in search.seen)


def _learnt(entry: Entry) -> Any:
    return entry.learnt_at or entry.captured_at
