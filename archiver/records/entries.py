"""The rows of the index: a snapshot, a quote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.records.articles import UNDATED, Dated
from archiver.records.assertions import StoredAssertion, StoredText
from archiver.records.quotes import Quote, Tombstone
from archiver.records.snapshots import Locator, Snapshot
from archiver.records.terms import ExtractionState, Reason, TextManifest, TextSource, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotEntry:
    """One row of the snapshots index: a snapshot, what its newest extraction says of the article, and its texts.

    `text` is given to the index to find the article by its words; it is empty in what the index gives back. `assertion`
    is where the annotation record is that the row was made from.
    """

    snapshot: Snapshot
    site: str
    url_keys: tuple[str, ...]
    state: ExtractionState
    reason: Reason | None
    extractor: str | None
    extracted_at: datetime | None
    quote_count: int
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    canonical_url: str | None = None
    published: Dated = UNDATED
    modified: Dated = UNDATED
    language: str | None = None
    text_digest: str | None = None
    agency: str | None = None
    text_source: TextSource | None = None
    text_manifest: TextManifest | None = None
    texts: tuple[StoredText, ...] = ()
    assertion: Locator | None = None
    visibility: Visibility = Visibility.PUBLIC
    text: str = ""
    assertions: tuple[StoredAssertion, ...] = ()
    withdrawn: Tombstone | None = None

    @property
    def is_erased(self) -> bool:
        """Whether its bytes were destroyed."""
        return self.withdrawn is not None and self.withdrawn.erased


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the quotes index: the quote, and of its snapshot what a search filters and sorts by.

    `learnt_at` is when the archive got the snapshot: when it was captured, or its file imported.
    """

    quote: Quote
    snapshot_id: str
    url: str
    url_keys: tuple[str, ...]
    site: str
    outlet: str | None
    title: str | None
    language: str | None
    published: str | None
    captured_at: datetime
    repeat_of: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    learnt_at: datetime | None = None
