"""What a snapshot inherits from other captures of its page: that they, or their quotes, are withdrawn or private.

A decision covers what is there when it is made (`ingest.covered`). A snapshot that is added later gets a decision of
its own, stored together with its first extraction. What was decided while it was being added, or by versions that did
not do this, is applied afterwards, with nobody deciding in the meantime.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from archiver.annotations import Decided
from archiver.errors import WarcError
from archiver.index.protocol import Index
from archiver.ingest.covered import covered, is_copy
from archiver.ingest.decide import Author, Wish, decided_about, program_quotes
from archiver.ingest.index import index_assertions
from archiver.ingest.store import assert_decisions, stored_decision
from archiver.records import (
    Act,
    Decision,
    Kind,
    Query,
    Quote,
    QuoteState,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
    StoredAssertion,
    Visibility,
)
from archiver.warcs.files import Folder, one_at_a_time
from archiver.warcs.writer import Writer

_BACK = {Visibility.WITHDRAWN: Act.RESTORE, Visibility.PRIVATE: Act.RELEASE}
_WITHDRAWN_QUOTES = Query(
    visibility=(Visibility.WITHDRAWN,),
    state=tuple(QuoteState),
    kind=tuple(Kind),
    repeats=True,
    limit=1000,
)


def inherited(
    folder: Folder, sources: Sequence[SnapshotEntry], row: SnapshotEntry, quotes: Sequence[Quote]
) -> tuple[Decided, ...]:
    """The decisions that a snapshot lacks; none where its `sources` are public, or it is hidden as much itself.

    `sources` are the captures that it takes after (`sources_of`), `quotes` its own as the program found them. Where
    somebody has restored or released this very snapshot or quote since, that stays.
    """
    for source in sources:
        if (whole := _whole(folder, source, row)) is not None:
            return (whole,)
    if row.visibility is Visibility.WITHDRAWN:
        return ()
    return tuple(each for source in sources for each in _quotes(folder, source, row, quotes))


def _whole(folder: Folder, source: SnapshotEntry, row: SnapshotEntry) -> Decided | None:
    is_revisit = row.snapshot.payload_of == source.snapshot.id
    if source.visibility is Visibility.PUBLIC or row.visibility in {Visibility.WITHDRAWN, source.visibility}:
        return None
    if (source.visibility is Visibility.PRIVATE and not is_revisit) or _released_since(folder, source, row):
        return None
    buried = source.withdrawn
    wish = Wish(
        act=Act.WITHDRAW if buried else Act.PRIVATE,
        author=Author(name="", role=buried.role if buried else "archive"),
        reason=buried.reason if buried else "It shows a payload that is private",
        legal=bool(buried and buried.legal),
    )
    return decided_about(row, wish, ())


def _released_since(folder: Folder, source: SnapshotEntry, row: SnapshotEntry) -> bool:
    hidden_at = source.withdrawn.at if source.withdrawn else _newest(source.assertions, Act.PRIVATE)
    back = _decisions(folder, row, {_BACK[source.visibility]})
    return any(each.quote_id is None and (hidden_at is None or each.at > hidden_at) for each in back)


def _newest(assertions: Iterable[StoredAssertion], act: Act) -> datetime | None:
    return max((each.at for each in assertions if each.act is act), default=None)


def _quotes(folder: Folder, source: SnapshotEntry, row: SnapshotEntry, quotes: Sequence[Quote]) -> Iterator[Decided]:
    """The withdrawals of quotes of a source, for the same words here."""
    of_source = _last_word(folder, source)
    withdrawn = {each: decision for each, decision in of_source.items() if decision.act is Act.WITHDRAW}
    if not withdrawn:
        return
    words = {quote.text: withdrawn[quote.id] for quote in program_quotes(folder, source) if quote.id in withdrawn}
    own = _last_word(folder, row)
    for quote in quotes:
        decision, last = words.get(quote.text), own.get(quote.id)
        if decision is None or (last is not None and (last.act is Act.WITHDRAW or last.at > decision.at)):
            continue
        author = Author(name="", role=decision.role)
        wish = Wish(act=Act.WITHDRAW, author=author, reason=decision.reason, legal=decision.legal, quote_id=quote.id)
        yield decided_about(row, wish, ())


def _last_word(folder: Folder, row: SnapshotEntry) -> dict[str | None, Decision]:
    """By quote, the last decision about its being withdrawn."""
    found = sorted(_decisions(folder, row, {Act.WITHDRAW, Act.RESTORE}), key=lambda each: (each.at, each.id))
    return {each.quote_id: each for each in found if each.quote_id is not None}


def _decisions(folder: Folder, row: SnapshotEntry, acts: set[Act]) -> Iterator[Decision]:
    for stored in row.assertions:
        if stored.act in acts:
            try:
                yield stored_decision(folder, stored)
            except WarcError:  # what cannot be read lets nothing be seen
                continue


def sources_of(index: Index, snapshots: Sequence[Snapshot]) -> dict[str, tuple[SnapshotEntry, ...]]:
    """By id, the captures that snapshots take after: the one whose payload a revisit shows, and of the same address
    with the same payload those that are withdrawn, or have withdrawn quotes. Raises SearchError.
    """
    originals = index.snapshots_by_id({each.payload_of for each in snapshots if each.payload_of})
    withdrawn = _withdrawn(index, tuple(dict.fromkeys(each.url for each in snapshots)))
    found = {}
    for each in snapshots:
        original = originals.get(each.payload_of or "")
        copies = (row for row in withdrawn if row is not original and is_copy(row.snapshot, each))
        found[each.id] = (*((original,) if original else ()), *copies)
    return found


def _withdrawn(index: Index, urls: tuple[str, ...]) -> list[SnapshotEntry]:
    """The snapshots of some addresses (none: of all) that are withdrawn, or have withdrawn quotes."""
    if urls and not _any_withdrawn(index):
        return []
    rows = {row.snapshot.id: row for row in _hidden(index, (Visibility.WITHDRAWN,), urls)}
    query: Query | None = replace(_WITHDRAWN_QUOTES, url=urls)
    while query is not None:
        page = index.search(query)
        new = {entry.snapshot_id for entry in page.entries} - set(rows)
        rows |= index.snapshots_by_id(new) if new else {}
        query = replace(query, cursor=page.next) if page.next else None
    return list(rows.values())


def _any_withdrawn(index: Index) -> bool:
    """Whether anything is: in most archives nothing, which is quickly seen; many addresses are not."""
    snapshots = SnapshotQuery(visibility=(Visibility.WITHDRAWN,), limit=1)
    return bool(index.snapshots(snapshots).entries or index.search(replace(_WITHDRAWN_QUOTES, limit=1)).entries)


def _hidden(index: Index, visibility: tuple[Visibility, ...], urls: tuple[str, ...]) -> Iterator[SnapshotEntry]:
    query: SnapshotQuery | None = SnapshotQuery(visibility=visibility, url=urls, sort="captured", limit=1000)
    while query is not None:
        page = index.snapshots(query)
        yield from page.entries
        query = replace(query, cursor=page.next) if page.next else None


def cover(folder: Folder, index: Index, assertions: Callable[[], Writer], snapshots: Sequence[Snapshot]) -> None:
    """Applies what was decided about other captures while these were being added. Raises StorageError, SearchError."""
    sources = sources_of(index, snapshots) if snapshots else {}
    if not any(sources.values()):
        return
    index.refresh()
    with one_at_a_time(folder.path / "decisions.lock"):
        rows = list(index.snapshots_by_id([each for each in sources if sources[each]]).values())
        again = sources_of(index, [row.snapshot for row in rows])
        _store(folder, index, assertions, [(again[row.snapshot.id], row) for row in rows])


def cover_all(folder: Folder, index: Index, assertions: Callable[[], Writer]) -> None:
    """Makes up for it in the whole archive. Raises StorageError, SearchError."""
    index.refresh()
    with one_at_a_time(folder.path / "decisions.lock"):
        withdrawn = [(row, Act.WITHDRAW) for row in _withdrawn(index, ())]
        private = [(row, Act.PRIVATE) for row in _hidden(index, (Visibility.PRIVATE,), ())]
        pairs = [((row,), other) for row, act in (*withdrawn, *private) for other in covered(index, row, act)]
        _store(folder, index, assertions, pairs)


def _store(
    folder: Folder,
    index: Index,
    assertions: Callable[[], Writer],
    pairs: Iterable[tuple[Sequence[SnapshotEntry], SnapshotEntry]],
) -> None:
    decided: dict[tuple[str, str | None], Decided] = {}  # once, where several sources say the same
    for sources, row in pairs:
        for each in inherited(folder, sources, row, program_quotes(folder, row)):
            decided.setdefault((row.snapshot.id, each.decision.quote_id), each)
    if not decided:
        return
    locators = assert_decisions(list(decided.values()), assertions())
    index_assertions(folder, index, sorted({locator.warc for locator in locators}))
    index.refresh()
