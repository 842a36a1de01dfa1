"""What a decision about a snapshot covers beside it.

What is withdrawn or erased is so in every capture of the same address with the same payload, and in every revisit of
these at any address: which of them somebody happens to name makes no difference. What is private is so in the revisits
of its payload alone, because whoever captures the same page in public may show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from archiver.index.protocol import Index
from archiver.index.references import names_of
from archiver.index.urls import url_key
from archiver.records import Act, Snapshot, SnapshotEntry, SnapshotQuery, Visibility

_OF_CONTENT = {Act.WITHDRAW, Act.RESTORE, Act.ERASE}


def covered(index: Index, row: SnapshotEntry, act: Act) -> tuple[SnapshotEntry, ...]:
    """The other snapshots that a decision about this one covers, each once; none that is erased. Raises SearchError."""
    same = [row, *(copies_of(index, row) if act in _OF_CONTENT else ())]
    found = {each.snapshot.id: each for each in same}
    for each in same:
        found |= {revisit.snapshot.id: revisit for revisit in revisits_of(index, each)}
    return tuple(each for each in found.values() if each.snapshot.id != row.snapshot.id and not each.is_erased)


def copies_of(index: Index, row: SnapshotEntry) -> Iterator[SnapshotEntry]:
    """The other captures of the same address with the same payload."""
    yield from (other for other in index.captures(row.snapshot.url) if is_copy(other.snapshot, row.snapshot))


def is_copy(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots are captures of one address with one payload."""
    if one.id == other.id or one.is_unresolved or other.is_unresolved:
        return False
    return one.payload_digest == other.payload_digest and url_key(one.url) == url_key(other.url)


def revisits_of(index: Index, row: SnapshotEntry) -> Iterator[SnapshotEntry]:
    """The snapshots that show the payload of this one."""
    names = names_of(row.snapshot)
    cursor = None
    while names:
        query = SnapshotQuery(refers_to=tuple(names), visibility=tuple(Visibility), limit=1000, cursor=cursor)
        page = index.snapshots(query)
        yield from (other for other in page.entries if other.snapshot.payload_of == row.snapshot.id)
        cursor = page.next
        if cursor is None:
            return
