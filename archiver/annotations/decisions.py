"""What a person decided, as a WARC record, and back.

A decision is a `metadata` record whose block is one W3C annotation in JSON-LD: its creator, when, the reason as its
body, and as its target the quote or the snapshot. It carries the snapshot's facts, so that it can be read before, and
without, the snapshot's extraction.
"""

from __future__ import annotations

from typing import NamedTuple

from archiver.annotations.jsonld import MEDIA_TYPE, OURS, decision_annotation, document_of, read
from archiver.records import Act, Decision, Snapshot, WarcRecord
from archiver.values import Malformed, from_plain

DECISION_TYPE = f"{MEDIA_TYPE}; onrecord=decision"
"""The media type of decisions; the parameter keeps them apart from the annotations of an extraction."""

_MOTIVATIONS = {
    Act.REVIEW: "assessing",
    Act.WITHDRAW: "moderating",
    Act.RESTORE: "moderating",
    Act.PRIVATE: "moderating",
    Act.RELEASE: "moderating",
    Act.ERASE: "moderating",
}


class Decided(NamedTuple):
    """A decision and the snapshot that it is about."""

    snapshot: Snapshot
    decision: Decision


def is_decision(record: WarcRecord) -> bool:
    """Whether it is one of the records that `decision_record` makes."""
    return record.type == "metadata" and record.content_type == DECISION_TYPE


def decision_record(snapshot: Snapshot, decision: Decision) -> WarcRecord:
    """The record of a decision. Same values, same bytes."""
    return decision_annotation(
        decision,
        motivation=_MOTIVATIONS[decision.act],
        target=f"{OURS}{decision.quote_id or decision.snapshot_id}",
        target_uri=snapshot.url,
        content_type=DECISION_TYPE,
        values={"snapshot": snapshot, "decision": decision},
        fields=(("WARC-Refers-To", f"<{snapshot.record_id}>"),) if snapshot.record_id else (),
    )


def decision_of(record: WarcRecord) -> Decided:
    """What `decision_record` was given. Raises WarcDamaged naming the field."""
    return read(record, _decided, "decision record", "The snapshot itself is not affected; make the decision again")


def _decided(record: WarcRecord) -> Decided:
    plain = document_of(record, "Annotation")
    snapshot = from_plain(Snapshot, plain.get("onrecord:snapshot"), "onrecord:snapshot")
    decision = from_plain(Decision, plain.get("onrecord:decision"), "onrecord:decision")
    if decision.id != record.record_id or decision.snapshot_id != snapshot.id:
        raise Malformed("onrecord:decision", "is not about this record's snapshot")
    return Decided(snapshot, decision)
