"""What is cited: an article of a snapshot, with or without a quote in it, and the addresses that a citation gives."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from archiver.records import Quote, SnapshotEntry

MAX_WORDS = 30
"""Words of a quote that a citation repeats; of more, the first ones."""

MAX_CHARACTERS = 240
"""The same for text without spaces between its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the cited thing is found: its page, its JSON, the archived page. `citable` unless they are local."""

    page: str
    json: str
    memento: str
    citable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is cited. Without a quote it is the snapshot itself."""

    row: SnapshotEntry
    addresses: Addresses
    quote: Quote | None = None

    @property
    def id(self) -> str:
        """The id of the quote, else of the snapshot."""
        return self.quote.id or "" if self.quote else self.row.snapshot.id

    @property
    def title(self) -> str:
        """The article's title; a page without one goes by its address."""
        return _line(self.row.title or "") or self.row.snapshot.url

    @property
    def outlet(self) -> str:
        """What the page calls itself, else its host."""
        return _line(self.row.outlet or "") or self.row.site

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors as printed."""
        return tuple(filter(None, map(_line, self.row.authors)))

    @property
    def url(self) -> str:
        """The address of the article on the live web."""
        return self.row.snapshot.url

    @property
    def captured_at(self) -> datetime:
        """When the page was captured, UTC."""
        return self.row.snapshot.captured_at.astimezone(UTC)

    @property
    def capture_time(self) -> str:
        """The same as RFC 3339, to the second."""
        return self.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def published(self) -> tuple[int, ...]:
        """Year, month and day of publication as far as the page states them."""
        return date_parts(self.row.published.value)

    @property
    def digest(self) -> str:
        """The digest of the archived payload."""
        return self.row.snapshot.payload_digest

    @property
    def words(self) -> str | None:
        """The quoted words on one line, shortened."""
        return shortened(self.quote.text) if self.quote else None

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers by name; of an unnamed source the words that point at it; nobody: nothing."""
        if self.quote is None:
            return ()
        named = (each.name or each.printed for each in self.quote.speakers or (self.quote.speaker,))
        return tuple(dict.fromkeys(_line(name) for name in named if name))


def date_parts(value: str | None) -> tuple[int, ...]:
    """`2026-11-10T…` as (2026, 11, 10), `2026-11` as (2026, 11); nothing if there is no date."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value or "")
    return tuple(int(part) for part in match.groups() if part) if match else ()


def shortened(text: str) -> str:
    """The text on one line: its first 30 words, with an ellipsis where more follow."""
    words = text.split()
    kept = " ".join(words[:MAX_WORDS])
    if len(kept) > MAX_CHARACTERS:
        return kept[:MAX_CHARACTERS].rstrip() + "…"
    return kept if len(words) <= MAX_WORDS else kept.rstrip(",;:.") + " …"


def is_citable(public_url: str | None) -> bool:
    """Whether addresses under this base lead others to this archive: it is set, and is not this machine."""
    host = (urlsplit(public_url or "").hostname or "").rstrip(".")
    if not host or host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return True
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return not (mapped or address).is_loopback


def _line(text: str) -> str:
    return " ".join(text.split())
