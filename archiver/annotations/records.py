"""Assertions as WARC records, and back.

An extraction becomes a `conversion` record, the article's text (WARC 1.1 §6.7, as in Common Crawl's WET files), and a
`metadata` record, a W3C annotation collection in JSON-LD. Both name the snapshot's record in `WARC-Refers-To`. The
annotation record is the whole state of its snapshot: the snapshot's facts, the article's metadata, and every quote that
was ever seen, so that the newest one alone suffices.

A text that an earlier `conversion` record holds is not written again: the annotation says where it is. The text that
comes with the annotation has no place yet when the annotation is made; its locator is null there and is that of the
`conversion` record with the same digest appended right before.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from archiver.annotations.jsonld import FORMAT, MEDIA_TYPE, OURS, context, document_of, packed, read
from archiver.records import Article, Extraction, Locator, Quote, Snapshot, Span, StoredText, WarcRecord
from archiver.sha256 import sha256_of
from archiver.values import Json, Malformed, Outline, from_json, from_plain, from_stored, named, plain_of, to_plain

TEXT_TYPE = "text/plain; charset=utf-8"
ANNOTATION_TYPE = MEDIA_TYPE
"""No other record among assertions has it without a parameter."""

_TYPE = "AnnotationCollection"
_FACTS = ("state", "reason", "extractor", "made_at")
_OWN_TERMS = ("snapshot", "extraction", "article", "texts", "quote")


class Assertion(NamedTuple):
    """What an annotation record says: the snapshot, what was read from it, and where the texts are."""

    snapshot: Snapshot
    extraction: Extraction
    texts: tuple[StoredText, ...]


def is_annotation(record: WarcRecord) -> bool:
    """Whether it is one of the annotation records that `to_records` makes."""
    return record.type == "metadata" and record.content_type == ANNOTATION_TYPE


def _new_record_id() -> str:
    return f"urn:uuid:{uuid.uuid4()}"


def text_digest(text: bytes) -> str:
    """`sha256:` and the hex digest."""
    return sha256_of(text)


def to_records(
    snapshot: Snapshot,
    extraction: Extraction,
    *,
    texts: Sequence[StoredText] = (),
    new_id: Callable[[], str] = _new_record_id,
) -> tuple[WarcRecord, ...]:
    """The records to append in one go: the text, unless `texts` (those stored earlier) have it, then the annotations.

    Same values, same ids, same bytes.
    """
    article = extraction.article
    records = []
    if article is not None and article.text_digest not in {text.digest for text in texts}:
        records.append(_conversion(snapshot, extraction, article, new_id()))
    return (*records, _metadata(snapshot, extraction, texts, new_id()))


def stored_texts(
    records: Sequence[WarcRecord], locators: Sequence[Locator], earlier: Sequence[StoredText] = ()
) -> tuple[StoredText, ...]:
    """The texts of a snapshot after `records` (from `to_records`) were appended at `locators`: `earlier`, then new."""
    new = (
        StoredText(digest=text_digest(record.block), locator=locator)
        for record, locator in zip(records, locators, strict=True)
        if record.type == "conversion"
    )
    return (*earlier, *new)


def _conversion(snapshot: Snapshot, extraction: Extraction, article: Article, record_id: str) -> WarcRecord:
    return WarcRecord(
        type="conversion",
        record_id=record_id,
        date=extraction.made_at,
        target_uri=snapshot.url,
        content_type=TEXT_TYPE,
        block=article.text.encode(),
        fields=_refers_to(snapshot),
    )


def _metadata(snapshot: Snapshot, extraction: Extraction, texts: Sequence[StoredText], record_id: str) -> WarcRecord:
    collection = _collection(snapshot, extraction, texts, record_id)
    return WarcRecord(
        type="metadata",
        record_id=record_id,
        date=extraction.made_at,
        target_uri=snapshot.url,
        content_type=ANNOTATION_TYPE,
        block=packed(collection),
        fields=_refers_to(snapshot),
    )


def _refers_to(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    return (("WARC-Refers-To", f"<{snapshot.record_id}>"),) if snapshot.record_id else ()


def _collection(
    snapshot: Snapshot, extraction: Extraction, texts: Sequence[StoredText], record_id: str
) -> dict[str, Any]:
    return {
        "@context": context(*_OWN_TERMS),
        "id": record_id,
        "type": _TYPE,
        "label": f"Quotes in {snapshot.url}",
        "generator": {"type": "Software", "name": extraction.extractor},
        "generated": to_plain(extraction.made_at),
        "total": len(extraction.quotes),
        "onrecord:format": FORMAT,
        "onrecord:snapshot": to_plain(snapshot),
        "onrecord:extraction": {key: to_plain(getattr(extraction, key)) for key in _FACTS},
        "onrecord:article": _article(extraction.article),
        "onrecord:texts": _texts(extraction.article, texts),
        "first": {
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": [_annotation(snapshot, quote) for quote in extraction.quotes],
        },
    }


def _article(article: Article | None) -> dict[str, Any] | None:
    if article is None:
        return None
    plain: dict[str, Any] = to_plain(article)
    del plain["text"]
    return plain


def _texts(article: Article | None, texts: Sequence[StoredText]) -> list[dict[str, Any]]:
    plain = [{"digest": text.digest, "locator": to_plain(text.locator)} for text in texts]
    if article is not None and article.text_digest not in {text.digest for text in texts}:
        plain.append({"digest": article.text_digest, "locator": None})
    return plain


def _annotation(snapshot: Snapshot, quote: Quote) -> dict[str, Any]:
    plain = to_plain(quote)
    return {
        "id": f"{OURS}{quote.id}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {"type": "Dataset", "format": "application/json", "onrecord:quote": plain},
        "target": [_target(snapshot, quote, place, span) for place, span in enumerate(quote.spans)],
    }


def _target(snapshot: Snapshot, quote: Quote, place: int, span: Span) -> dict[str, Any]:
    """One span, anchored twice (Web Annotation Data Model §4.2.4, §4.2.5), in the state of the page that was read."""
    selectors: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    if place < len(quote.selectors):
        selectors.insert(0, {"type": "TextQuoteSelector", **to_plain(quote.selectors[place])})
    return {
        "type": "SpecificResource",
        "source": snapshot.url,
        "selector": selectors,
        "state": {"type": "TimeState", "sourceDate": _time(snapshot), "cached": snapshot.record_id},
    }


def _time(snapshot: Snapshot) -> str:
    return str(to_plain(snapshot.captured_at))


def from_record(record: WarcRecord, conversion: WarcRecord | None = None) -> Assertion:
    """What `to_records` was given, from the annotation record and the `conversion` record appended before it.

    Where the text is in an earlier record, or is not given, `Article.text` is empty (its digest is there); a new text
    that is not given is left out of `texts` too. Raises WarcDamaged naming the field.
    """
    remedy = "The snapshot itself is not affected; read it again with: onrecord reextract"
    return read(record, lambda given: _assertion(given, conversion), "annotation record", remedy)


def _assertion(record: WarcRecord, conversion: WarcRecord | None) -> Assertion:
    parts = _quick_parts(record) or _parts(record)
    digest = None if conversion is None else text_digest(conversion.block)
    text = "" if conversion is None else _text(conversion)
    article = _article_of(parts.article, text, digest)
    if not isinstance(parts.facts, dict):
        raise Malformed("onrecord:extraction", "is not an object")
    whole = {**parts.facts, "snapshot_id": parts.snapshot.id, "article": None, "quotes": []}
    extraction = from_plain(Extraction, whole, "onrecord:extraction")
    extraction = replace(extraction, article=article, quotes=parts.quotes)
    return Assertion(parts.snapshot, extraction, _texts_of(parts.texts, conversion, digest))


class _Parts(NamedTuple):
    """What an annotation record has of ours; `facts`, `article` and `texts` as JSON."""

    snapshot: Snapshot
    facts: Any
    article: Any
    texts: Any
    quotes: tuple[Quote, ...]


class _Body(Outline):
    quote: Json = named("onrecord:quote")


class _Item(Outline):
    id: str
    body: _Body


class _Page(Outline):
    items: list[_Item]


class _Collection(Outline):
    type: str
    first: _Page
    format: int = named("onrecord:format")
    snapshot: Json = named("onrecord:snapshot")
    facts: Json = named("onrecord:extraction")
    article: Json = named("onrecord:article")
    texts: Json = named("onrecord:texts")


def _quick_parts(record: WarcRecord) -> _Parts | None:
    """The parts of a sound record; None of any other, of which the slow way says what is wrong."""
    try:
        found = from_json(_Collection, record.block)
        if found.type != _TYPE or found.format != FORMAT:
            return None
        items = found.first.items
        quotes = tuple([from_stored(Quote, bytes(item.body.quote)) for item in items])
        if [item.id for item in items] != [f"{OURS}{quote.id}" for quote in quotes]:
            return None
        return _Parts(
            snapshot=from_stored(Snapshot, bytes(found.snapshot)),
            facts=plain_of(bytes(found.facts)),
            article=plain_of(bytes(found.article)),
            texts=plain_of(bytes(found.texts)),
            quotes=quotes,
        )
    except Malformed:
        return None


def _parts(record: WarcRecord) -> _Parts:
    plain = document_of(record, _TYPE)
    return _Parts(
        snapshot=from_plain(Snapshot, plain.get("onrecord:snapshot"), "onrecord:snapshot"),
        facts=plain.get("onrecord:extraction"),
        article=plain.get("onrecord:article"),
        texts=plain.get("onrecord:texts"),
        quotes=_quotes(plain),
    )


def _article_of(plain: Any, text: str, digest: str | None) -> Article | None:
    """The article, with `text` if its digest is the article's."""
    if plain is None:
        return None
    if not isinstance(plain, dict) or "text" in plain:
        raise Malformed("onrecord:article", "is not an object without text")
    words = text if digest == plain.get("text_digest") else ""
    return from_plain(Article, {**plain, "text": words}, "onrecord:article")


def _text(conversion: WarcRecord) -> str:
    try:
        return conversion.block.decode()
    except UnicodeDecodeError:
        raise Malformed("conversion", "is not UTF-8") from None


def _quotes(plain: dict[str, Any]) -> tuple[Quote, ...]:
    page = plain.get("first")
    items = page.get("items") if isinstance(page, dict) else None
    if not isinstance(items, list):
        raise Malformed("first.items", "is not a list")
    return tuple(_quote(item, f"first.items[{place}]") for place, item in enumerate(items))


def _quote(item: Any, path: str) -> Quote:
    body = item.get("body") if isinstance(item, dict) else None
    quote = from_plain(Quote, body.get("onrecord:quote") if isinstance(body, dict) else None, f"{path}.body.quote")
    if item["id"] != f"{OURS}{quote.id}":
        raise Malformed(f"{path}.id", "is not the id of its quote")
    return quote


def _texts_of(plain: Any, conversion: WarcRecord | None, digest: str | None) -> tuple[StoredText, ...]:
    """The stored texts; the new one, which has no place yet in the record, is `conversion` if its digest is right."""
    if not isinstance(plain, list):
        raise Malformed("onrecord:texts", "is not a list")
    texts = []
    for place, item in enumerate(plain):
        if not isinstance(item, dict) or item.get("locator", ...) is not None:
            texts.append(from_plain(StoredText, item, f"onrecord:texts[{place}]"))
        elif conversion is not None and conversion.locator is not None and item.get("digest") == digest:
            texts.append(StoredText(digest=item["digest"], locator=conversion.locator))
    return tuple(texts)
