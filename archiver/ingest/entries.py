"""Index rows out of snapshots and extractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from archiver.index.urls import site_of, url_key
from archiver.ingest.fold import State, fold, newest_extraction
from archiver.records import (
    Article,
    Entry,
    ExtractionState,
    Quote,
    Reason,
    Snapshot,
    SnapshotEntry,
    StoredAssertion,
    StoredText,
    Visibility,
)

_OF_ARTICLE = {each.name for each in fields(Article)} & {each.name for each in fields(SnapshotEntry)}


def entries_of(
    snapshot: Snapshot, state: State, texts: Sequence[StoredText] = (), assertions: Sequence[StoredAssertion] = ()
) -> tuple[SnapshotEntry, tuple[Entry, ...]]:
    """The index rows of a snapshot: its own and one for each quote in any state.

    `texts` are the stored texts that its quotes count in, `assertions` those that made the state. A state without
    extraction is that of a snapshot that nobody looked at yet.
    """
    extraction = state.extraction
    article = extraction.article if extraction else None
    keys = _url_keys(snapshot, article)
    quotes = extraction.quotes if extraction else ()
    row = SnapshotEntry(
        snapshot=snapshot,
        site=site_of(snapshot.url),
        url_keys=keys,
        state=extraction.state if extraction else ExtractionState.NONE,
        reason=extraction.reason if extraction else None,
        extractor=extraction.extractor if extraction else None,
        extracted_at=extraction.made_at if extraction else None,
        quote_count=sum(quote.counts for quote in quotes),
        texts=tuple(texts),
        assertion=newest.locator if (newest := newest_extraction(assertions)) else None,
        assertions=tuple(assertions),
        visibility=state.visibility,
        withdrawn=state.withdrawn,
        **_article_fields(article),
    )
    return row, tuple(_entry(row, quote) for quote in quotes)


def unreadable_rows(snapshot: Snapshot) -> tuple[SnapshotEntry, tuple[Entry, ...]]:
    """The rows of a snapshot whose stored extraction may be among those that cannot be read."""
    row, quotes = entries_of(snapshot, fold(snapshot, None, ()))
    return replace(row, state=ExtractionState.FAILED, reason=Reason.ERROR), quotes


def _url_keys(snapshot: Snapshot, article: Article | None) -> tuple[str, ...]:
    """What `url=` finds the snapshot by: requested, final and canonical URL, each once."""
    urls = [snapshot.requested_url, snapshot.url, article.canonical_url if article else None]
    return tuple(dict.fromkeys(url_key(url) for url in urls if url))


def _article_fields(article: Article | None) -> dict[str, Any]:
    if article is None:
        return {}
    return {name: getattr(article, name) for name in _OF_ARTICLE}


def _entry(row: SnapshotEntry, quote: Quote) -> Entry:
    return Entry(
        quote=quote,
        snapshot_id=row.snapshot.id,
        url=row.snapshot.url,
        url_keys=row.url_keys,
        site=row.site,
        outlet=row.outlet,
        title=row.title,
        language=row.language,
        published=row.published.value,
        captured_at=row.snapshot.captured_at,
        learnt_at=row.snapshot.added.at if row.snapshot.added else row.snapshot.captured_at,
        visibility=Visibility.WITHDRAWN if quote.withdrawn else row.visibility,
    )
