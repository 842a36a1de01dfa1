"""What a person decided about speakers, as a WARC record, and back.

A decision is a `metadata` record whose block is one W3C annotation in JSON-LD, as those about quotes are; its targets
are the spellings that it is about. It belongs to no snapshot: who is one person holds wherever the names are printed.
"""

from __future__ import annotations

from archiver.annotations.jsonld import MEDIA_TYPE, OURS, decision_annotation, document_of, read
from archiver.records import SpeakerAct, SpeakerDecision, WarcRecord
from archiver.speakers.keys import person_id
from archiver.values import Malformed, from_plain

SPEAKERS_TYPE = f"{MEDIA_TYPE}; onrecord=speakers"
"""The media type of these records; the parameter keeps them apart from other annotations."""

_MOTIVATIONS = {SpeakerAct.JOIN: "linking", SpeakerAct.SEPARATE: "identifying"}


def is_speaker_decision(record: WarcRecord) -> bool:
    """Whether it is one of the records that `speaker_record` makes."""
    return record.type == "metadata" and record.content_type == SPEAKERS_TYPE


def speaker_record(decision: SpeakerDecision) -> WarcRecord:
    """The record of a decision. Same values, same bytes."""
    return decision_annotation(
        decision,
        motivation=_MOTIVATIONS[decision.act],
        target=[f"{OURS}{person_id(name)}" for name in (*decision.names, *decision.others)],
        target_uri=f"{OURS}{person_id(decision.names[0])}",
        content_type=SPEAKERS_TYPE,
        values={"speakers": decision},
    )


def speaker_decision_of(record: WarcRecord) -> SpeakerDecision:
    """What `speaker_record` was given. Raises WarcDamaged naming the field."""
    return read(record, _decision, "decision record", "No snapshot is affected; make the decision again")


def _decision(record: WarcRecord) -> SpeakerDecision:
    plain = document_of(record, "Annotation")
    decision = from_plain(SpeakerDecision, plain.get("onrecord:speakers"), "onrecord:speakers")
    if decision.id != record.record_id or not decision.names or not decision.others:
        raise Malformed("onrecord:speakers", "is not a decision of this record")
    return decision
