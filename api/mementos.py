"""The mementos of a URL: which there are, which one is meant, and under which address each is found (RFC 7089).

14 digits and a URL name a memento where it is the only one, or the best, of its second; every other one is named by its
snapshot's id. A redirect whose target is the same page by its key (http to https, a slash, `www.`) is no memento of its
own while the page itself is held: to follow it would lead to itself forever.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from api.links import Links
from api.timestamps import http_date, timestamp
from archiver.index.urls import exact_key, url_key
from archiver.records import Snapshot, SnapshotEntry

LINK_FORMAT = "application/link-format"
PAGE = 5000
"""Mementos in a TimeMap; what is beyond that is in further ones."""


@dataclass(frozen=True)
class Mementos:
    """The mementos of `url` that can be shown, oldest first."""

    url: str
    rows: tuple[SnapshotEntry, ...]
    links: Links

    def nearest(self, time: datetime | None) -> int:
        """The place of the one nearest in time, or of the newest; of several in one second the best."""
        if not self.rows:
            raise LookupError(self.url)
        if time is None:
            second = timestamp(self.rows[-1].snapshot.captured_at)
        else:
            whole = [row.snapshot.captured_at.replace(microsecond=0) for row in self.rows]
            at = min(range(len(whole)), key=lambda place: (abs(whole[place] - time), -place))
            second = timestamp(self.rows[at].snapshot.captured_at)
        return self._best(second, self.url)

    def _best(self, second: str, url: str) -> int:
        """Of the mementos of one second: the one with exactly this URL, else the last."""
        places = self._seconds[second]
        return max(places, key=lambda place: (self.rows[place].snapshot.url == url, place))

    @cached_property
    def _seconds(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, row in enumerate(self.rows):
            found.setdefault(timestamp(row.snapshot.captured_at), []).append(place)
        return found

    def where(self, place: int, modifier: str = "") -> str:
        """The address of the memento at a place (URI-M)."""
        snapshot = self.rows[place].snapshot
        second = timestamp(snapshot.captured_at)
        if self._best(second, snapshot.url) == place:
            return self.links.memento(second, snapshot.url, modifier)
        return self.links.memento(snapshot.id, snapshot.url, modifier)

    def link_header(self, at: int, *, is_memento: bool) -> str:
        """Where to go from here (RFC 7089 §2.2): original, TimeGate, TimeMap, and the mementos around this one."""
        places = {"first": 0, "last": len(self.rows) - 1}
        if is_memento:
            places |= {"prev": at - 1} if at > 0 else {}
            places |= {"next": at + 1} if at + 1 < len(self.rows) else {}
        named: dict[int, list[str]] = {place: [] for place in (at, *places.values())}
        for name, place in places.items():
            named[place].append(name)
        around = [self._memento(place, " ".join([*names, "memento"])) for place, names in sorted(named.items())]
        timegate = [self._timegate()] if is_memento else []
        snapshot = f'<{self.links.snapshot(self.rows[at].snapshot.id)}>; rel="describedby"; type="application/json"'
        return ", ".join([self._original(), *timegate, self._timemap(1, "timemap"), *around, snapshot])

    def timemap(self, page: int) -> Iterator[str]:
        """The lines of a TimeMap, or of one page of it (from 1)."""
        yield self._original()
        yield self._timemap(page, "self")
        yield self._timegate()
        yield from (self._timemap(other, "timemap") for other in range(1, self.pages + 1) if other != page)
        last = len(self.rows) - 1
        for place in range((page - 1) * PAGE, min(page * PAGE, len(self.rows))):
            names = [name for name, end in (("first", 0), ("last", last)) if end == place]
            yield self._memento(place, " ".join([*names, "memento"]))

    @property
    def pages(self) -> int:
        """How many TimeMaps it takes."""
        return -(-len(self.rows) // PAGE)

    def _original(self) -> str:
        return f'<{self.links.original(self.url)}>; rel="original"'

    def _timegate(self) -> str:
        return f'<{self.links.timegate(self.url)}>; rel="timegate"'

    def _timemap(self, page: int, relation: str) -> str:
        part = self.rows[(page - 1) * PAGE : page * PAGE] if self.pages > 1 else self.rows
        first, last = (http_date(row.snapshot.captured_at) for row in (part[0], part[-1]))
        where = self.links.timemap("link", self.url, page)
        return f'<{where}>; rel="{relation}"; type="{LINK_FORMAT}"; from="{first}"; until="{last}"'

    def _memento(self, place: int, relation: str) -> str:
        time = http_date(self.rows[place].snapshot.captured_at)
        return f'<{self.where(place)}>; rel="{relation}"; datetime="{time}"'


def mementos_of(url: str, captures: Sequence[SnapshotEntry], links: Links) -> Mementos:
    """The mementos of a URL among the captures that an archive has of it.

    Captures with the URL's own letter case come before those without; revisits of what is not here cannot be shown.
    """
    key, exact = url_key(url), exact_key(url)
    rows = [row for row in captures if url_key(row.snapshot.url) == key and not row.snapshot.is_unresolved]
    rows = [row for row in rows if exact_key(row.snapshot.url) == exact] or rows
    rows = [row for row in rows if not leads_to_itself(row.snapshot)] or rows
    return Mementos(url, tuple(sorted(rows, key=lambda row: capture_order(row.snapshot))), links)


def address_of(snapshot: Snapshot, captures: Sequence[SnapshotEntry], links: Links) -> str:
    """The address of exactly this snapshot (URI-M): by its time where that suffices, else by its id."""
    found = mementos_of(snapshot.url, captures, links)
    place = next((place for place, row in enumerate(found.rows) if row.snapshot.id == snapshot.id), None)
    return links.memento(snapshot.id, snapshot.url) if place is None else found.where(place)


def leads_to_itself(snapshot: Snapshot) -> bool:
    """Whether this is a redirect to the same page by its key."""
    target = snapshot.redirects_to
    return target is not None and url_key(target) == url_key(snapshot.url)


def capture_order(snapshot: Snapshot) -> tuple[datetime, str, int, int]:
    """Captures in order: by time, then as they are in their files."""
    locator = snapshot.locator
    return snapshot.captured_at, locator.warc, locator.offset, locator.within or 0
