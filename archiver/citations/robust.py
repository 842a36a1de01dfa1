"""Names of the archived copy that outlive an address: a Robust Link, and a PWID (persistent web identifier)."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from archiver.citations.works import Work


def robust_link(work: Work) -> str:
    """A link to the article that carries its archived copy and time along (robustlinks.mementoweb.org), as HTML."""
    url, memento = escape(_web(work.url)), escape(work.addresses.memento)
    facts = f'data-originalurl="{url}" data-versionurl="{memento}" data-versiondate="{work.capture_time}"'
    return f'<a href="{url}" {facts}>{escape(work.title)}</a>'


def pwid(work: Work) -> str:
    """The PWID URN: archive, time of capture, and that it is one file (`part`) rather than a rendered page."""
    archive = urlsplit(work.addresses.page).hostname or "localhost"
    return f"urn:pwid:{archive}:{work.capture_time}:part:{work.url}"


def _web(url: str) -> str:
    """The address where a browser may be sent to it; `#` in place of anything but http and https."""
    return url if urlsplit(url).scheme in {"http", "https"} else "#"
