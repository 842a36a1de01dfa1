"""Rows: an entry as flat named values and back, the same for both indexes.

A row holds text, numbers, None and plain lists under the names of `mappings/quotes.json`, `mappings/snapshots.json` and
the columns of `mappings/index.sql`. Besides the entry's own values it holds what searching needs (`order`, days, month,
marks of the page and of the words that a repeat shares). Times are UTC text of one width, so that they sort.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from archiver.index.order import days_of, month_of, quote_order, snapshot_order, utc_day
from archiver.index.repeats import page_of, words_of
from archiver.index.tags import mark
from archiver.index.words import folded, stem
from archiver.records import (
    NO_CUE,
    NO_DAY,
    NOBODY,
    Added,
    Basis,
    Cue,
    Dated,
    Entry,
    ExtractionState,
    Kind,
    Locator,
    Origin,
    Precision,
    Quote,
    QuoteState,
    Reason,
    SaidOn,
    Selector,
    Snapshot,
    SnapshotEntry,
    Span,
    Speaker,
    Step,
    StoredText,
    Truncation,
    Via,
)

Row = dict[str, Any]
EnumT = TypeVar("EnumT", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry with the exact URLs that `url.exact` compares, as it goes into an index and comes out again."""

    entry: Entry
    urls: tuple[str, ...]


def urls_of(row: SnapshotEntry) -> tuple[str, ...]:
    """Requested, final and canonical URL of a snapshot, each once."""
    urls = (row.snapshot.requested_url, row.snapshot.url, row.canonical_url)
    return tuple(dict.fromkeys(url for url in urls if url))


def placed(given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> list[Placed]:
    """The entries of several snapshots, each with the snapshot's URLs."""
    return [Placed(entry=entry, urls=urls_of(snapshot)) for snapshot, entries in given for entry in entries]


def text_order(entry: Entry) -> tuple[int, str]:
    """What quotes of one text are sorted by."""
    spans = entry.quote.spans
    return (spans[0].start if spans else 0, entry.quote.id or "")


def quote_row(placed: Placed) -> Row:
    """The row of a quote."""
    entry, quote = placed.entry, placed.entry.quote
    published_first, published_last = days_of(entry.published)
    said_first, said_last = days_of(quote.said_on.value)
    words = words_of(entry)
    return {
        "order": quote_order(quote.id or "", entry.published, entry.captured_at),
        "id": quote.id,
        "speaker_name": quote.speaker.name,
        "site": entry.site,
        "outlet": entry.outlet,
        "language": entry.language,
        "kind": quote.kind.value,
        "month": month_of(entry.published),
        "published_first": published_first,
        "published_last": published_last,
        "said_first": said_first,
        "said_last": said_last,
        "captured_day": utc_day(entry.captured_at),
        "state": quote.state.value,
        "snapshot_id": entry.snapshot_id,
        "page": mark(page_of(entry)),
        "repeat_words": None if words is None else mark(words),
        "repeat_of": entry.repeat_of,
        "captured_at": _time(entry.captured_at),
        "published": entry.published,
        "url": entry.url,
        "url_keys": list(entry.url_keys),
        "urls": list(placed.urls),
        "title": entry.title,
        "text": quote.text,
        "printed": quote.printed,
        "spans": [_span(span) for span in quote.spans],
        "selectors": [[each.exact, each.prefix, each.suffix] for each in quote.selectors],
        "cue_printed": quote.cue.printed,
        "cue_span": _span(quote.cue.span),
        "cue_confidence": quote.cue.confidence,
        "speaker_role": quote.speaker.role,
        "speaker_printed": quote.speaker.printed,
        "speaker_span": _span(quote.speaker.span),
        "speaker_via": quote.speaker.via,
        "speaker_confidence": quote.speaker.confidence,
        "said_on_value": quote.said_on.value,
        "said_on_precision": quote.said_on.precision,
        "said_on_basis": quote.said_on.basis,
        "said_on_printed": quote.said_on.printed,
        "said_on_span": _span(quote.said_on.span),
        "said_on_confidence": quote.said_on.confidence,
        "before": quote.before,
        "after": quote.after,
        "trail": [[each.step, each.rule, each.printed, _span(each.span)] for each in quote.trail],
        "span_confidence": quote.span_confidence,
        "superseded_by": quote.superseded_by,
        "text_digest": quote.text_digest,
        "extractor": quote.extractor,
        "extracted_at": _time(quote.extracted_at),
    }


def placed_of(row: Mapping[str, Any]) -> Placed:
    """The entry that `quote_row` made the row from."""
    entry = Entry(
        quote=_quote_of(row),
        snapshot_id=row["snapshot_id"],
        url=row["url"],
        url_keys=tuple(row["url_keys"]),
        site=row["site"],
        outlet=row["outlet"],
        title=row["title"],
        language=row["language"],
        published=row["published"],
        captured_at=datetime.fromisoformat(row["captured_at"]),
        repeat_of=row["repeat_of"],
    )
    return Placed(entry=entry, urls=tuple(row["urls"]))


def _quote_of(row: Mapping[str, Any]) -> Quote:
    return Quote(
        id=row["id"],
        text=row["text"],
        printed=row["printed"],
        kind=Kind(row["kind"]),
        spans=tuple(Span(start=start, end=end) for start, end in row["spans"]),
        selectors=tuple(Selector(exact=exact, prefix=pre, suffix=post) for exact, pre, post in row["selectors"]),
        cue=_cue_of(row),
        speaker=_speaker_of(row),
        said_on=_said_on_of(row),
        before=row["before"],
        after=row["after"],
        trail=tuple(_step_of(*step) for step in row["trail"]),
        span_confidence=row["span_confidence"],
        state=QuoteState(row["state"]),
        superseded_by=row["superseded_by"],
        text_digest=row["text_digest"],
        extractor=row["extractor"],
        extracted_at=_moment(row["extracted_at"]),
    )


def _cue_of(row: Mapping[str, Any]) -> Cue:
    cue = Cue(printed=row["cue_printed"], span=_span_of(row["cue_span"]), confidence=row["cue_confidence"])
    return NO_CUE if cue == NO_CUE else cue


def _speaker_of(row: Mapping[str, Any]) -> Speaker:
    speaker = Speaker(
        name=row["speaker_name"],
        role=row["speaker_role"],
        printed=row["speaker_printed"],
        span=_span_of(row["speaker_span"]),
        via=_enum(Via, row["speaker_via"]),
        confidence=row["speaker_confidence"],
    )
    return NOBODY if speaker == NOBODY else speaker


def _said_on_of(row: Mapping[str, Any]) -> SaidOn:
    said_on = SaidOn(
        value=row["said_on_value"],
        precision=_enum(Precision, row["said_on_precision"]),
        basis=_enum(Basis, row["said_on_basis"]),
        printed=row["said_on_printed"],
        span=_span_of(row["said_on_span"]),
        confidence=row["said_on_confidence"],
    )
    return NO_DAY if said_on == NO_DAY else said_on


def _step_of(step: str, rule: str, printed: str | None, span: Sequence[int] | None) -> Step:
    return Step(step=step, rule=rule, printed=printed, span=_span_of(span))


def snapshot_row(entry: SnapshotEntry) -> Row:
    """The row of a snapshot."""
    snapshot = entry.snapshot
    published_first, published_last = days_of(entry.published.value)
    return {
        "order": snapshot_order(snapshot.id, snapshot.captured_at),
        "id": snapshot.id,
        "site": entry.site,
        "language": entry.language,
        "status": snapshot.status,
        "state": entry.state.value,
        "reason": entry.reason,
        "month": month_of(entry.published.value),
        "published_first": published_first,
        "published_last": published_last,
        "captured_day": utc_day(snapshot.captured_at),
        "captured_at": _time(snapshot.captured_at),
        "record_id": snapshot.record_id,
        "requested_url": snapshot.requested_url,
        "url": snapshot.url,
        "url_keys": list(entry.url_keys),
        "content_type": snapshot.content_type,
        "payload_digest": snapshot.payload_digest,
        "truncated": snapshot.truncated,
        "origin": snapshot.origin.value,
        "locator": _locator(snapshot.locator),
        "payload": _locator(snapshot.payload),
        "revisit_of": snapshot.revisit_of,
        "added": _added(snapshot.added),
        "extractor": entry.extractor,
        "extracted_at": _time(entry.extracted_at),
        "quote_count": entry.quote_count,
        "title": entry.title,
        "authors": list(entry.authors),
        "outlet": entry.outlet,
        "canonical_url": entry.canonical_url,
        "published": _dated(entry.published),
        "modified": _dated(entry.modified),
        "text_digest": entry.text_digest,
        "texts": [[text.digest, *_locator(text.locator)] for text in entry.texts],
    }


def snapshot_entry_of(row: Mapping[str, Any]) -> SnapshotEntry:
    """The snapshot entry that `snapshot_row` made the row from."""
    return SnapshotEntry(
        snapshot=_snapshot_of(row),
        site=row["site"],
        url_keys=tuple(row["url_keys"]),
        state=ExtractionState(row["state"]),
        reason=_enum(Reason, row["reason"]),
        extractor=row["extractor"],
        extracted_at=_moment(row["extracted_at"]),
        quote_count=row["quote_count"],
        title=row["title"],
        authors=tuple(row["authors"]),
        outlet=row["outlet"],
        canonical_url=row["canonical_url"],
        published=_dated_of(row["published"]),
        modified=_dated_of(row["modified"]),
        language=row["language"],
        text_digest=row["text_digest"],
        texts=tuple(_text_of(*text) for text in row["texts"]),
    )


def _snapshot_of(row: Mapping[str, Any]) -> Snapshot:
    return Snapshot(
        id=row["id"],
        record_id=row["record_id"],
        requested_url=row["requested_url"],
        url=row["url"],
        captured_at=datetime.fromisoformat(row["captured_at"]),
        status=row["status"],
        content_type=row["content_type"],
        payload_digest=row["payload_digest"],
        truncated=_enum(Truncation, row["truncated"]),
        origin=Origin(row["origin"]),
        locator=_locator_of(*row["locator"]),
        payload=_locator_of(*row["payload"]) if row["payload"] else None,
        revisit_of=row["revisit_of"],
        added=_added_of(*row["added"]) if row["added"] else None,
    )


def quote_words(entry: Entry) -> dict[str, str]:
    """The ready words of an entry's parts, parted by blanks: `<part>_words` folded, `<part>_stems` stemmed as well."""
    quote = entry.quote
    parts = {
        "text": quote.text,
        "speaker": quote.speaker.name,
        "role": quote.speaker.role,
        "before": quote.before,
        "after": quote.after,
        "title": entry.title,
    }
    ready: dict[str, str] = {}
    for name, text in parts.items():
        words = folded(text or "")
        ready[f"{name}_words"] = " ".join(words)
        ready[f"{name}_stems"] = " ".join(stem(word, entry.language) for word in words)
    return ready


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span_of(pair: Sequence[int] | None) -> Span | None:
    return None if pair is None else Span(start=pair[0], end=pair[1])


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _enum(kind: type[EnumT], value: str | None) -> EnumT | None:
    return None if value is None else kind(value)


def _locator(locator: Locator | None) -> list[Any]:
    return [locator.warc, locator.offset, locator.length] if locator else []


def _locator_of(warc: str, offset: int, length: int) -> Locator:
    return Locator(warc=warc, offset=offset, length=length)


def _added(added: Added | None) -> list[Any]:
    return [_time(added.at), added.by, added.file_digest] if added else []


def _added_of(at: str, by: str, file_digest: str) -> Added:
    return Added(at=datetime.fromisoformat(at), by=by, file_digest=file_digest)


def _dated(dated: Dated) -> list[str | None]:
    return [dated.value, dated.precision, dated.source, dated.printed]


def _dated_of(values: Sequence[str | None]) -> Dated:
    value, precision, source, printed = values
    return Dated(value=value, precision=_enum(Precision, precision), source=source, printed=printed)


def _text_of(digest: str, warc: str, offset: int, length: int) -> StoredText:
    return StoredText(digest=digest, locator=_locator_of(warc, offset, length))
