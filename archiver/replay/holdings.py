"""What the archive has of what a saved page names: style sheets, images, fonts, the pages that its links lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from archiver.articles.charset import decode
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.ingest.scan import body_of
from archiver.records import Snapshot, SnapshotQuery
from archiver.replay.documents import Held
from archiver.replay.styles import addresses, imports
from archiver.warcs.files import Folder

MAX_LOOKED_UP = 400
"""Addresses of a kind that are looked up for a page."""

SAME_CAPTURE = 600.0
"""Seconds within which a page's requisites were captured with it."""

MAX_SHEET = 1 << 20
_AT_A_TIME = 100
_LEVELS = 3
"""What a page asks for, what its style sheets ask for, what these import asks for."""

_SHOWN = re.compile(
    r"\s*(image/[\w.+-]+|font/[\w.+-]+|application/(x-)?font[\w.+-]*|application/vnd\.ms-fontobject)\b", re.I
)
_SHEET = re.compile(r"\s*text/css\b", re.I)

Nearest = dict[str, Snapshot]


def held(
    folder: Folder,
    index: Index,
    snapshot: Snapshot,
    wanted: Sequence[str],
    links: Sequence[str],
    *,
    requisite: Callable[[str], str],
    memento: Callable[[Snapshot], str],
) -> Held:
    """What there is: `requisite` and `memento` say where the archive shows an image and a page."""
    there = nearest(index, snapshot, islice(wanted, MAX_LOOKED_UP))
    sheets = dict(_sheets(folder, there))
    imported = {each for url, sheet in sheets.items() for each in imports(sheet, url)} - set(sheets)
    sheets |= dict(_sheets(folder, nearest(index, snapshot, islice(sorted(imported), MAX_LOOKED_UP))))
    named = {url for text, base in ((sheet, url) for url, sheet in sheets.items()) for url in addresses(text, base)}
    there |= nearest(index, snapshot, islice(sorted(named - set(there)), MAX_LOOKED_UP))
    pages = nearest(index, snapshot, islice(links, MAX_LOOKED_UP))
    return Held(
        requisites={url: requisite(url) for url, found in there.items() if is_requisite(found)},
        pages={url: memento(found) for url, found in pages.items()},
        sheets=_joined(sheets),
    )


def captured_with(folder: Folder, index: Index, snapshot: Snapshot, urls: Sequence[str]) -> tuple[Snapshot, ...]:
    """What was captured with a page: its style sheets, what they ask for, images and fonts, within minutes of it."""
    there: Nearest = {}
    wanted: Sequence[str] = urls
    for _ in range(_LEVELS):
        new = nearest(index, snapshot, islice(wanted, MAX_LOOKED_UP))
        there |= new
        named = {each for url, sheet in _sheets(folder, new) for each in (*imports(sheet, url), *addresses(sheet, url))}
        wanted = sorted(named - set(there))
    shown = (each for each in there.values() if is_requisite(each) or _SHEET.match(each.content_type or ""))
    return tuple(each for each in shown if _apart(each, snapshot) <= SAME_CAPTURE)


def nearest(index: Index, snapshot: Snapshot, urls: Iterable[str]) -> Nearest:
    """Of each address the answer 200 that was captured nearest to the page, if there is one."""
    found: Nearest = {}
    left = iter(dict.fromkeys(urls))
    while batch := tuple(islice(left, _AT_A_TIME)):
        page = index.snapshots(SnapshotQuery(url_exact=batch, status=(200,), limit=1000))
        for row in page.entries:
            for url in {row.snapshot.url, row.snapshot.requested_url} & set(batch):
                known = found.get(url)
                if known is None or _apart(row.snapshot, snapshot) < _apart(known, snapshot):
                    found[url] = row.snapshot
    return found


def _apart(one: Snapshot, other: Snapshot) -> float:
    return abs((one.captured_at - other.captured_at).total_seconds())


def is_requisite(snapshot: Snapshot) -> bool:
    """Whether it is an image or a font: the only things that a shown page loads by themselves."""
    return snapshot.status == 200 and _SHOWN.match(snapshot.content_type or "") is not None


def _sheets(folder: Folder, there: Nearest) -> Iterator[tuple[str, str]]:
    for url, found in there.items():
        if _SHEET.match(found.content_type or ""):
            try:
                body = body_of(folder, found)
            except WarcError:
                continue
            yield url, decode(body.page[:MAX_SHEET], body.content_type).text


def _joined(sheets: dict[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """The style sheets, each after those that it imports, one level deep, as (address, text)."""
    return {
        url: (*((each, sheets[each]) for each in imports(text, url) if each in sheets and each != url), (url, text))
        for url, text in sheets.items()
    }
