"""Which capture of a page somebody means: by id, by a time, the first, the latest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.errors import BadQuery, NotFound
from archiver.records import SnapshotEntry

FIRST, LATEST = "first", "latest"
_TIME = re.compile(r"[0-9]{4,14}")


def chosen(captures: Sequence[SnapshotEntry], wanted: str, parameter: str, *, url: str) -> SnapshotEntry:
    """The capture that `wanted` names: a snapshot id, `first`, `latest`, or a time of 4 to 14 digits, which means the
    last capture up to the end of that time, else the first after it.

    `captures` are oldest first. Raises NotFound where the page has none or none of that id, and BadQuery for a
    `wanted` that is none of these.
    """
    if not captures:
        raise NotFound("no capture of this page has an article", where=url[:200])
    if wanted in {FIRST, LATEST}:
        return captures[0] if wanted == FIRST else captures[-1]
    if _TIME.fullmatch(wanted):
        return _at(captures, wanted)
    if re.fullmatch(r"s[a-z2-7]{20}", wanted):
        for row in captures:
            if row.snapshot.id == wanted:
                return row
        raise NotFound("this page has no such capture", where=wanted)
    raise BadQuery(
        f"{wanted[:40]!r} is not a capture",
        parameter=parameter,
        remedy=f"Give a snapshot id, {FIRST}, {LATEST}, or a time such as 20261110 or 20261110190214",
    )


def _at(captures: Sequence[SnapshotEntry], digits: str) -> SnapshotEntry:
    until = digits + "9" * (14 - len(digits))
    past = [row for row in captures if f"{row.snapshot.captured_at:%Y%m%d%H%M%S}" <= until]
    return past[-1] if past else captures[0]
