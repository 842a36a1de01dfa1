"""The JSON of everything, as plain dicts: every key always there, unknown is None, objects and lists never are.

Built by hand because a page of quotes is asked for most: marshmallow's dump takes longer than the search. The schemas
in `api.schemas` describe the same shapes; a test holds every answer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from api.links import Links, live_link
from archiver.index.highlights import highlight
from archiver.records import (
    Added,
    Article,
    Bucket,
    Dated,
    Entry,
    Facet,
    Page,
    Query,
    Quote,
    Searched,
    Snapshot,
    SnapshotEntry,
    Span,
)

Document = dict[str, Any]
BY_KEY = "key "
"""What begins the name of whoever imported a file over HTTP; other names are accounts of the machine."""
NO_HIGHLIGHT: Document = {"text": None, "passage": None, "title": None}


def quote_answer(entry: Entry, row: SnapshotEntry, links: Links, marked: Document | None = None) -> Document:
    """A quote with its article, its snapshot and its links. `marked` is what `highlighted` made, if asked for."""
    quote = entry.quote
    return {
        **quote_facts(quote),
        "repeat_of": entry.repeat_of,
        "article": article_answer(row, quote.text_digest or row.text_digest),
        "snapshot": snapshot_facts(row.snapshot),
        "extractor": quote.extractor or row.extractor,
        "extracted_at": moment(quote.extracted_at or row.extracted_at),
        "highlight": marked or dict(NO_HIGHLIGHT),
        "links": _quote_links(quote, row, links),
    }


def quote_facts(quote: Quote) -> Document:
    """What a quote says by itself, without a store around it; `repeat_of` is None."""
    speaker, said, cue = quote.speaker, quote.said_on, quote.cue
    return {
        "id": quote.id,
        "state": quote.state,
        "superseded_by": quote.superseded_by,
        "repeat_of": None,
        "kind": quote.kind,
        "text": quote.text,
        "printed": quote.printed,
        "before": quote.before,
        "after": quote.after,
        "spans": [[span.start, span.end] for span in quote.spans],
        "span_confidence": quote.span_confidence,
        "selectors": [{"exact": each.exact, "prefix": each.prefix, "suffix": each.suffix} for each in quote.selectors],
        "speaker": {
            "name": speaker.name,
            "role": speaker.role,
            "printed": speaker.printed,
            "span": _span(speaker.span),
            "via": speaker.via,
            "confidence": speaker.confidence,
        },
        "cue": {"printed": cue.printed, "span": _span(cue.span), "confidence": cue.confidence},
        "said_on": {
            "value": said.value,
            "precision": said.precision,
            "basis": said.basis,
            "printed": said.printed,
            "span": _span(said.span),
            "confidence": said.confidence,
        },
        "trail": [
            {"step": step.step, "rule": step.rule, "printed": step.printed, "span": _span(step.span)}
            for step in quote.trail
        ],
    }


def article_answer(row: SnapshotEntry, text_digest: str | None) -> Document:
    """The article of a snapshot; `text_digest` names the text that the quote at hand counts in."""
    return {
        "title": row.title,
        "authors": list(row.authors),
        "outlet": row.outlet,
        "site": row.site,
        "url": row.snapshot.url,
        "canonical_url": row.canonical_url,
        "language": row.language,
        "published": dated_answer(row.published),
        "modified": dated_answer(row.modified),
        "text_digest": text_digest,
    }


def article_facts(article: Article, *, site: str) -> Document:
    """An article that is not stored."""
    return {
        "title": article.title,
        "authors": list(article.authors),
        "outlet": article.outlet,
        "site": site,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "language": article.language,
        "published": dated_answer(article.published),
        "modified": dated_answer(article.modified),
        "text_digest": article.text_digest,
    }


def dated_answer(dated: Dated) -> Document:
    """A date as a page states it."""
    return {
        "value": dated.value,
        "precision": dated.precision,
        "source": dated.source,
        "printed": dated.printed,
    }


def snapshot_facts(snapshot: Snapshot) -> Document:
    """A snapshot as it stands in a quote."""
    locator = snapshot.locator
    return {
        "id": snapshot.id,
        "record_id": snapshot.record_id,
        "requested_url": snapshot.requested_url,
        "url": snapshot.url,
        "captured_at": moment(snapshot.captured_at),
        "status": snapshot.status,
        "content_type": snapshot.content_type,
        "payload_digest": snapshot.payload_digest,
        "origin": snapshot.origin,
        "locator": {"warc": locator.warc, "offset": locator.offset, "length": locator.length},
    }


def snapshot_answer(row: SnapshotEntry, links: Links, *, verbose: bool = False) -> Document:
    """A snapshot by itself, with what was read from it; `verbose` names the account that imported its file."""
    snapshot = row.snapshot
    return {
        **snapshot_facts(snapshot),
        "truncated": snapshot.truncated,
        "revisit_of": snapshot.revisit_of,
        "added": _added(snapshot.added, verbose=verbose),
        "article": article_answer(row, row.text_digest),
        "extraction": {
            "state": row.state,
            "reason": row.reason,
            "extractor": row.extractor,
            "at": moment(row.extracted_at),
            "quotes": row.quote_count,
        },
        "links": {
            "self": links.snapshot(snapshot.id),
            "page": links.snapshot_page(snapshot.id),
            "quotes": links.quotes_of(snapshot.id),
            "text": links.text(snapshot.id) if row.text_digest else None,
            "record": links.record(snapshot.id),
            "captures": links.captures(snapshot.url),
        },
    }


def page_answer(page: Page[Any], items: list[Document], following: str | None) -> Document:
    """A page of a list around its items; `following` is the link to the next page."""
    return {
        "items": items,
        "total": {"value": page.total.value, "relation": page.total.relation},
        "read_as": page.read_as,
        "searched": searched_answer(page.searched),
        "facets": {name: _facet(facet) for name, facet in page.facets.items()},
        "next": following,
    }


def searched_answer(searched: Searched) -> Document:
    """What the index covers."""
    return {
        "quotes": searched.quotes,
        "snapshots": searched.snapshots,
        "published_from": searched.published_from,
        "published_to": searched.published_to,
    }


def bucket_answers(buckets: Iterable[Bucket]) -> list[Document]:
    """Values and how often each stands."""
    return [{"value": bucket.value, "count": bucket.count} for bucket in buckets]


def quote_items(
    page: Page[Entry], rows: Mapping[str, SnapshotEntry], links: Links, query: Query | None = None
) -> list[Document]:
    """The quotes of a page; with `query`, its words are marked."""
    return [
        quote_answer(entry, rows[entry.snapshot_id], links, highlighted(entry, query) if query else None)
        for entry in page.entries
        if entry.snapshot_id in rows
    ]


def highlighted(entry: Entry, query: Query) -> Document:
    """The fields that were searched, as escaped HTML with `<mark>` around the words found."""
    quote = entry.quote

    def marked(text: str) -> str:
        return highlight(text, query.q, entry.language, exact=query.exact)

    passage = query.in_passage
    return {
        "text": marked(quote.text),
        "passage": marked(quote.before + quote.printed + quote.after) if passage else None,
        "title": marked(entry.title) if passage and entry.title else None,
    }


def moment(time: datetime | None) -> str | None:
    """One of our own clock's times: UTC with `Z`."""
    return None if time is None else time.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _quote_links(quote: Quote, row: SnapshotEntry, links: Links) -> Document:
    quote_id, snapshot = quote.id or "", row.snapshot
    older = quote.text_digest if quote.text_digest != row.text_digest else None
    words = [selector.exact for selector in quote.selectors] or [quote.text]
    return {
        "self": links.quote(quote_id),
        "page": links.quote_page(quote_id),
        "snapshot": links.snapshot(snapshot.id),
        "text": links.text(snapshot.id, older),
        "record": links.record(snapshot.id),
        "live": live_link(snapshot.url, words),
    }


def _facet(facet: Facet) -> Document:
    return {"buckets": bucket_answers(facet.buckets), "others": facet.others, "relation": facet.relation}


def _added(added: Added | None, *, verbose: bool) -> Document:
    """Who imported the file: a key by its name; an account of the machine only where its owner wants to know."""
    if added is None:
        return {"at": None, "by": None, "file_digest": None}
    by = added.by if verbose else supplier(added)
    return {"at": moment(added.at), "by": by, "file_digest": added.file_digest}


def supplier(added: Added | None) -> str | None:
    """The name of the key that supplied a file over HTTP."""
    return added.by.removeprefix(BY_KEY) if added and added.by.startswith(BY_KEY) else None


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
