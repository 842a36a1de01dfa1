"""The JSON of everything, as plain dicts: every key always there, unknown is None, objects and lists never are.

The fields are those of the values, written by the archive's one codec; links, highlights and what accompanies a value
are added here. The schemas in `api.schemas` describe the same shapes; a test holds every answer to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from api.links import Links, live_link
from archiver.index.highlights import highlight
from archiver.index.identity import statement_id
from archiver.records import (
    Added,
    Article,
    Bucket,
    Entry,
    Facet,
    Histogram,
    Page,
    Query,
    Quote,
    Searched,
    Snapshot,
    SnapshotEntry,
)
from archiver.speakers.keys import person_id
from archiver.statements.collapse import Printed
from archiver.values import to_plain
from archiver.verification.values import STATEMENT, Verification

Document = dict[str, Any]
NO_HIGHLIGHT: Document = {"text": None, "passage": None, "title": None}
NO_PASSAGE: Document = {"passage": None, "title": None}


def quote_answer(entry: Entry, row: SnapshotEntry, links: Links, marked: Document | None = None) -> Document:
    """A quote with its article, its snapshot and its links. `marked` is what `highlighted` made, if requested."""
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
    facts: Document = to_plain(quote)
    del facts["text_digest"]  # part of `article`
    del facts["withdrawn"]  # what is withdrawn is answered by its tombstone alone
    return {**facts, "repeat_of": None}


_OF_ROW = {each.name for each in fields(SnapshotEntry)} - {"text", "text_digest", "text_manifest"}
_ARTICLE = [each.name for each in fields(Article) if each.name in _OF_ROW]
_ALONE = ("truncated", "revisit_of", "added", "remarks", "copied_from")  # of a snapshot, not repeated with each quote
_HOW_FOUND = ("payload", "parts", "payload_parts", "digests", "refers_to", "payload_of", "redirects_to")
_INSIDE = (*_HOW_FOUND, "private")  # how a record's page is found, and what its answers' statuses say
_SNAPSHOT = [each.name for each in fields(Snapshot) if each.name not in (*_ALONE, *_INSIDE)]
_of_article, _of_snapshot = attrgetter(*_ARTICLE), attrgetter(*_SNAPSHOT)
_NOT_ADDED: Document = dict.fromkeys(each.name for each in fields(Added))


def article_answer(row: SnapshotEntry, text_digest: str | None) -> Document:
    """The article of a snapshot; `text_digest` names the text that this quote's offsets count in."""
    facts = zip(_ARTICLE, to_plain(_of_article(row)), strict=True)
    return {**dict(facts), "url": row.snapshot.url, "site": row.site, "text_digest": text_digest}


def article_facts(article: Article, *, site: str) -> Document:
    """An article that is not stored."""
    facts = zip(_ARTICLE, to_plain(_of_article(article)), strict=True)
    return {**dict(facts), "url": article.url, "site": site, "text_digest": article.text_digest}


def snapshot_facts(snapshot: Snapshot) -> Document:
    """A snapshot as part of a quote."""
    facts = dict(zip(_SNAPSHOT, to_plain(_of_snapshot(snapshot)), strict=True))
    del facts["locator"]["within"]
    return facts


def snapshot_answer(
    row: SnapshotEntry, links: Links, marked: Document | None = None, *, imported_by: str | None = None
) -> Document:
    """A snapshot by itself, with what was read from it; `imported_by` is who imported its file, where that is shown.

    `marked` is what was found in its article, if requested.
    """
    snapshot = row.snapshot
    return {
        **snapshot_facts(snapshot),
        "truncated": snapshot.truncated,
        "revisit_of": snapshot.revisit_of,
        "remarks": list(snapshot.remarks),
        "copied_from": to_plain(snapshot.copied_from),
        "added": _added(snapshot.added, imported_by),
        "text_manifest": row.text_manifest,
        "article": article_answer(row, row.text_digest),
        "extraction": {
            "state": row.state,
            "reason": row.reason,
            "extractor": row.extractor,
            "at": moment(row.extracted_at),
            "quotes": row.quote_count,
        },
        "highlight": marked or dict(NO_PASSAGE),
        "links": {
            "self": links.snapshot(snapshot.id),
            "page": links.snapshot_page(snapshot.id),
            "quotes": links.quotes_of(snapshot.id),
            "text": links.text(snapshot.id) if row.text_digest else None,
            "record": links.record(snapshot.id),
            "captures": links.captures(snapshot.url),
            "replay": links.replay(snapshot.captured_at, snapshot.url),
        },
    }


def histogram_answer(histogram: Histogram) -> Document:
    """How many matches each period has."""
    return {
        "by": histogram.by,
        "interval": histogram.interval,
        "buckets": bucket_answers(histogram.buckets),
        "undated": histogram.undated,
        "relation": histogram.relation,
        "total": to_plain(histogram.total),
        "read_as": histogram.read_as,
        "searched": searched_answer(histogram.searched),
    }


def page_answer(page: Page[Any], items: list[Document], following: str | None) -> Document:
    """A page of a list around its items; `following` is the link to the next page."""
    return {
        "items": items,
        "total": to_plain(page.total),
        "read_as": page.read_as,
        "searched": searched_answer(page.searched),
        "facets": {name: _facet(facet) for name, facet in page.facets.items()},
        "next": following,
    }


def searched_answer(searched: Searched) -> Document:
    """What the index covers."""
    facts: Document = to_plain(searched)
    return facts


def bucket_answers(buckets: Iterable[Bucket]) -> list[Document]:
    """Values and the number of matches of each."""
    return [to_plain(bucket) for bucket in buckets]


def quote_items(
    page: Page[Entry], rows: Mapping[str, SnapshotEntry], links: Links, query: Query | None = None
) -> list[Document]:
    """The quotes of a page; with `query`, its words are marked."""
    return [
        quote_answer(entry, rows[entry.snapshot_id], links, highlighted(entry, query) if query else None)
        for entry in page.entries
        if entry.snapshot_id in rows
    ]


def printed_answer(printed: Mapping[str, Printed]) -> Document:
    """How widely the statement of each quote is printed among the matches, by quote id."""
    return {quote_id: {"quotes": each.quotes, "outlets": each.outlets} for quote_id, each in printed.items()}


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
    """One of the archive's own times: UTC with `Z`."""
    return None if time is None else str(to_plain(time))


def _quote_links(quote: Quote, row: SnapshotEntry, links: Links) -> Document:
    quote_id, snapshot = quote.id or "", row.snapshot
    itself = links.quote(quote_id)
    older = quote.text_digest if quote.text_digest != row.text_digest else None
    words = [selector.exact for selector in quote.selectors] or [quote.text]
    return {
        "self": itself,
        "page": links.quote_page(quote_id),
        "snapshot": links.snapshot(snapshot.id),
        "text": links.text(snapshot.id, older),
        "record": links.record(snapshot.id),
        "live": live_link(snapshot.url, words),
        "replay": links.replay(snapshot.captured_at, snapshot.url),
        "statement": links.statement(statement_id(quote)),
        "occurrences": f"{itself}/occurrences",
        "history": f"{itself}/history",
        "speaker": links.speaker(person_id(quote.speaker.name)) if quote.speaker.name else None,
    }


def _facet(facet: Facet) -> Document:
    return {"buckets": bucket_answers(facet.buckets), "others": facet.others, "relation": facet.relation}


def _added(added: Added | None, imported_by: str | None) -> Document:
    """Who imported the file: a key by its name; an account of the machine only where its owner wants to know."""
    if added is None:
        return dict(_NOT_ADDED)
    facts: Document = to_plain(added)
    return {**facts, "by": imported_by or added.supplier}


def verification_answer(verification: Verification) -> Document:
    """What checking a quote or a snapshot found, link by link."""
    return {
        "overall": verification.overall,
        "checks": [
            {
                "check": check.check,
                "result": check.result,
                "expected": check.expected,
                "actual": check.actual,
                "detail": check.detail,
            }
            for check in verification.checks
        ],
        "statement": STATEMENT,
    }
