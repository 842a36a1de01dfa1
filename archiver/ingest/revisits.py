"""Revisits and their originals, across all files of the archive and in any order of adding.

A revisit says of its original any of record id, URL and time, payload digest. Digests are compared with those that we
computed, never with those that other records claim. Which original is taken depends on what the archive holds alone:
one that is added later, and fits better, is taken then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from archiver.index.protocol import Index
from archiver.index.references import ALL_REVISITS, names_of, references_of
from archiver.index.urls import url_key
from archiver.records import Origin, Snapshot, SnapshotEntry, SnapshotQuery, Visibility
from archiver.warcs.snapshots import comparable, resolved

MAX_CANDIDATES = 5000
"""Snapshots that are looked at for the revisits of one batch."""

_EVERYBODY = tuple(Visibility)
_NAMES_AT_A_TIME = 400


def resolve(index: Index, revisits: Sequence[Snapshot]) -> list[Snapshot]:
    """The revisits with the payload of the originals that the archive holds; others stay unresolved."""
    names = {name for each in revisits for name in references_of(each)}
    candidates: dict[str, dict[str, Snapshot]] = {}
    for row in _rows(index, SnapshotQuery(names=tuple(sorted(names)), visibility=_EVERYBODY)) if names else ():
        for name in names_of(row.snapshot):
            candidates.setdefault(name, {})[row.snapshot.id] = row.snapshot
    return [_resolved(each, candidates) for each in revisits]


def _resolved(revisit: Snapshot, candidates: dict[str, dict[str, Snapshot]]) -> Snapshot:
    found = [
        (step, original)
        for step, name in enumerate(references_of(revisit))
        for original in candidates.get(name, {}).values()
    ]
    if not found:
        return revisit
    best = min(found, key=lambda pair: _rank(revisit, pair[0], pair[1]))
    return resolved(revisit, best[1])


def _rank(revisit: Snapshot, step: int, original: Snapshot) -> tuple[object, ...]:
    """The same payload before another, named before matched, the same URL before others, our own captures first."""
    claims = set(revisit.refers_to.digests if revisit.refers_to else ())
    same = bool(claims & set(original.digests))
    differs = bool(claims) and not same and comparable(claims, original)
    referred = (revisit.refers_to.url if revisit.refers_to else None) or revisit.url
    url = 0 if original.url == referred else 1 if url_key(original.url) == url_key(referred) else 2
    apart = abs((revisit.captured_at - original.captured_at).total_seconds())
    later = original.captured_at > revisit.captured_at
    return (differs, not same, step, url, original.origin is not Origin.CAPTURED, later, apart, original.id)


def any_revisits(index: Index) -> bool:
    """Whether the archive holds any."""
    return bool(index.snapshots(SnapshotQuery(refers_to=(ALL_REVISITS,), visibility=_EVERYBODY, limit=1)).entries)


def reconsidered(index: Index, originals: Sequence[Snapshot]) -> Iterator[tuple[SnapshotEntry, Snapshot]]:
    """The rows of revisits that refer to some new snapshots and get another payload by them, with that payload."""
    names = list(dict.fromkeys(name for each in originals for name in names_of(each)))
    seen = set[str]()
    for start in range(0, len(names), _NAMES_AT_A_TIME):
        query = SnapshotQuery(refers_to=tuple(names[start : start + _NAMES_AT_A_TIME]), visibility=_EVERYBODY)
        rows = [row for row in _rows(index, query) if row.snapshot.id not in seen]
        seen.update(row.snapshot.id for row in rows)
        for row, again in zip(rows, resolve(index, [row.snapshot for row in rows]), strict=True):
            if again.payload != row.snapshot.payload:
                yield row, again


def _rows(index: Index, query: SnapshotQuery) -> Iterable[SnapshotEntry]:
    found, cursor = list[SnapshotEntry](), None
    while len(found) < MAX_CANDIDATES:
        page = index.snapshots(replace(query, sort="captured", limit=1000, cursor=cursor))
        found += page.entries
        cursor = page.next
        if cursor is None:
            break
    return found
