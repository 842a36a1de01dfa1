"""What an index can do, said once; one contract suite holds SQLite and Elasticsearch to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from archiver.records import (
    Bucket,
    DateOf,
    Entry,
    Histogram,
    Interval,
    Page,
    Query,
    Refused,
    Searched,
    SnapshotEntry,
    SnapshotQuery,
    SpeakerDecision,
    Visibility,
)


class Index(Protocol):
    """A searchable view of the assertions: a cache, never the truth.

    Every method raises IndexUnavailable when the engine does not answer and IndexOutdated when its shape is not ours;
    the searching ones raise BadQuery naming the parameter.
    """

    def add(self, rows: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> None:
        """Puts snapshots with their entries in, replacing what was there under the same snapshot id.

        Idempotent; durable when it returns; marks the repeats among all captures of these URLs again.
        `Entry.repeat_of` of the given entries is ignored: the index works it out. `SnapshotEntry.text` is the article
        to find by its words; it does not come back.
        """

    def has(self, snapshot_id: str) -> bool:
        """Whether the snapshot was added completely."""

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """The row of one snapshot."""

    def snapshots_by_id(self, snapshot_ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """The rows of several snapshots by id; unknown ids are left out."""

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL (compared as `url=` does), oldest first."""

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by filter and, with `q`, by the words of their articles."""

    def quote(self, quote_id: str) -> Entry | None:
        """One quote, in any state."""

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot, in any state, in text order."""

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters. Raises QueryTooHeavy where that takes longer than the setting allows."""

    def resembling(self, query: Query, limit: int) -> tuple[Entry, ...]:
        """The quotes that share most of the rare words of `query.q`, likest first; its filters narrow."""

    def speakers_spelled(
        self, keys: Sequence[str], visibility: Sequence[Visibility] = (Visibility.PUBLIC,)
    ) -> tuple[str, ...]:
        """The names of speakers of what may be seen that have one of these keys (`speakers.keys.spelling_keys`)."""

    def add_speaker_decisions(self, decisions: Sequence[SpeakerDecision]) -> None:
        """Puts people's decisions about speakers in. Idempotent; durable when it returns."""

    def speaker_decisions(self) -> tuple[SpeakerDecision, ...]:
        """All decisions of people about speakers, oldest first."""

    def histogram(self, query: Query, interval: Interval, by: DateOf) -> Histogram:
        """How many quotes that a search finds each period has; above 30,000 the newest are counted.

        `sort`, `facet`, `limit` and `cursor` of the query mean nothing here. Raises BadQuery for too many periods.
        """

    def speakers(
        self, prefix: str, limit: int, visibility: Sequence[Visibility] = (Visibility.PUBLIC,)
    ) -> tuple[Bucket, ...]:
        """Names of speakers with a word that begins with `prefix` (folded), commonest first."""

    def searched(self, visibility: Sequence[Visibility] = (Visibility.PUBLIC,)) -> Searched:
        """What the index covers of what may be seen."""

    def position(self, warc: str) -> int:
        """Up to which byte the assertions file `warc` (relative to the archive) is indexed; 0 if never seen."""

    def advance(self, warc: str, offset: int) -> None:
        """Notes that everything before `offset` of `warc` is indexed."""

    def refresh(self) -> None:
        """Makes what was added visible to searches (SQLite: nothing to do)."""

    def rebuild(self) -> AbstractContextManager[Index]:
        """A fresh, empty index to fill; it takes the place of this one when the context ends without an error.

        Readers of this index continue undisturbed and see the new one from their next call. On an error the half-built
        one is deleted and this one stays.
        """

    def refused(self) -> tuple[Refused, ...]:
        """Documents that the engine would not take; a rebuild tries them again (SQLite: never any)."""

    def close(self) -> None:
        """Closes its connections."""
