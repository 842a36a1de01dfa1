"""What all annotation records share: the terms of our own beside W3C's, and the way from JSON-LD bytes to values.

Where a person decides, the annotation is one of a form too: its creator, when, the reason as its body, and as its
target what the decision is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import orjson

from archiver.errors import WarcDamaged
from archiver.records import Decision, SpeakerDecision, WarcRecord
from archiver.values import Malformed, to_plain

MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
"""The media type of annotations (Web Annotation Protocol §4.1)."""

OURS = "urn:onrecord:"
FORMAT = 1
"""Raised when the shape of a record changes so that older programs misread it."""

Value = TypeVar("Value")


def context(*terms: str) -> list[Any]:
    """The `@context` of an annotation that has values of ours under these terms."""
    own = {f"onrecord:{term}": {"@id": OURS + term, "@type": "@json"} for term in terms}
    return ["http://www.w3.org/ns/anno.jsonld", {"onrecord": OURS, **own}]


def packed(document: Mapping[str, Any]) -> bytes:
    """The block of a record."""
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)


def document_of(record: WarcRecord, kind: str) -> dict[str, Any]:
    """The JSON object of a record whose `type` is `kind`. Raises Malformed."""
    try:
        plain = orjson.loads(record.block)
    except ValueError:
        raise Malformed("block", "is not JSON") from None
    if not isinstance(plain, dict) or plain.get("type") != kind:
        raise Malformed("type", f"is not {kind}")
    if plain.get("onrecord:format") != FORMAT:
        raise Malformed("onrecord:format", f"is not {FORMAT}")
    return plain


def read(record: WarcRecord, reader: Callable[[WarcRecord], Value], what: str, remedy: str) -> Value:
    """What `reader` makes of a record. Raises WarcDamaged naming the field, and what to do."""
    try:
        return reader(record)
    except Malformed as problem:
        raise WarcDamaged(
            f"{what} {record.record_id}: {problem}",
            where=record.locator.warc if record.locator else None,
            remedy=remedy,
            offset=record.locator.offset if record.locator else None,
        ) from None


def decision_annotation(
    decision: Decision | SpeakerDecision,
    *,
    motivation: str,
    target: str | list[str],
    target_uri: str,
    content_type: str,
    values: Mapping[str, Any],
    fields: Iterable[tuple[str, str]] = (),
) -> WarcRecord:
    """The record of a person's decision; `values` are what it carries by our terms. Same values, same bytes."""
    document = {
        "@context": context(*sorted(values)),
        "id": decision.id,
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Person", "name": decision.by or decision.role},
        "created": to_plain(decision.at),
        "body": {"type": "TextualBody", "value": decision.reason, "format": "text/plain"},
        "target": target,
        "onrecord:format": FORMAT,
        **{f"onrecord:{term}": to_plain(value) for term, value in values.items()},
    }
    return WarcRecord(
        type="metadata",
        record_id=decision.id,
        date=decision.at,
        target_uri=target_uri,
        content_type=content_type,
        block=packed(document),
        fields=tuple(fields),
    )
