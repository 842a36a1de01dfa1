"""What a person decided, as a WARC record, and back.

A decision is a `metadata` record whose block is one W3C annotation in JSON-LD: its creator, when, the reason as its
body, and as its target the quote or the snapshot. It carries the snapshot's facts, so that it can be read before, and
without, the snapshot's extraction.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import orjson

from archiver.errors import WarcDamaged
from archiver.records import Act, Decision, Snapshot, WarcRecord
from archiver.values import Malformed, from_plain, to_plain

DECISION_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"; onrecord=decision'
"""The media type of decisions; the parameter keeps them apart from the annotations of an extraction."""

OURS = "urn:onrecord:"
FORMAT = 1
"""Raised when the shape of the record changes so that older programs misread it."""

_MOTIVATIONS = {
    Act.REVIEW: "assessing",
    Act.WITHDRAW: "moderating",
    Act.RESTORE: "moderating",
    Act.PRIVATE: "moderating",
    Act.RELEASE: "moderating",
    Act.ERASE: "moderating",
}
_OWN_TERMS = ("decision", "snapshot")
_CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "onrecord": OURS,
        **{f"onrecord:{term}": {"@id": OURS + term, "@type": "@json"} for term in ("decision", "snapshot")},
    },
]


class Decided(NamedTuple):
    """A decision and the snapshot that it is about."""

    snapshot: Snapshot
    decision: Decision


def is_decision(record: WarcRecord) -> bool:
    """Whether it is one of the records that `decision_record` makes."""
    return record.type == "metadata" and record.content_type == DECISION_TYPE


def decision_record(snapshot: Snapshot, decision: Decision) -> WarcRecord:
    """The record of a decision. Same values, same bytes."""
    plain = to_plain(decision)
    document = {
        "@context": _CONTEXT,
        "id": decision.id,
        "type": "Annotation",
        "motivation": _MOTIVATIONS[decision.act],
        "creator": {"type": "Person", "name": decision.by or decision.role},
        "created": plain["at"],
        "body": {"type": "TextualBody", "value": decision.reason, "format": "text/plain"},
        "target": f"{OURS}{decision.quote_id or decision.snapshot_id}",
        "onrecord:format": FORMAT,
        "onrecord:snapshot": to_plain(snapshot),
        "onrecord:decision": plain,
    }
    return WarcRecord(
        type="metadata",
        record_id=decision.id,
        date=decision.at,
        target_uri=snapshot.url,
        content_type=DECISION_TYPE,
        block=orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE),
        fields=(("WARC-Refers-To", f"<{snapshot.record_id}>"),) if snapshot.record_id else (),
    )


def decision_of(record: WarcRecord) -> Decided:
    """What `decision_record` was given. Raises WarcDamaged naming the field."""
    try:
        return _decided(record)
    except Malformed as problem:
        raise WarcDamaged(
            f"decision record {record.record_id}: {problem}",
            where=record.locator.warc if record.locator else None,
            remedy="The snapshot itself is not affected; make the decision again",
            offset=record.locator.offset if record.locator else None,
        ) from None


def _decided(record: WarcRecord) -> Decided:
    try:
        plain = orjson.loads(record.block)
    except ValueError:
        raise Malformed("block", "is not JSON") from None
    if not isinstance(plain, dict) or plain.get("type") != "Annotation":
        raise Malformed("type", "is not Annotation")
    if plain.get("onrecord:format") != FORMAT:
        raise Malformed("onrecord:format", f"is not {FORMAT}")
    snapshot = from_plain(Snapshot, plain.get("onrecord:snapshot"), "onrecord:snapshot")
    decision = from_plain(Decision, plain.get("onrecord:decision"), "onrecord:decision")
    if decision.id != record.record_id or decision.snapshot_id != snapshot.id:
        raise Malformed("onrecord:decision", "is not about this record's snapshot")
    return Decided(snapshot, decision)
