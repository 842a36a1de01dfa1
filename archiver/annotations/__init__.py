"""What the archive asserts about a snapshot, as WARC records: text, quotes as W3C annotations, people's decisions.

`ids` gives quotes their lasting ids · `records` makes the `conversion` and `metadata` records of an extraction and
reads them again · `decisions` does so with what people decided about these,
`speakers` with whom they joined or separated · `jsonld` is what the three share.
"""

from archiver.annotations.decisions import Decided, decision_of, decision_record, is_decision
from archiver.annotations.ids import identified, quote_id
from archiver.annotations.records import Assertion, from_record, is_annotation, stored_texts, to_records
from archiver.annotations.speakers import is_speaker_decision, speaker_decision_of, speaker_record

__all__ = [
    "Assertion",
    "Decided",
    "decision_of",
    "decision_record",
    "from_record",
    "identified",
    "is_annotation",
    "is_decision",
    "is_speaker_decision",
    "quote_id",
    "speaker_decision_of",
    "speaker_record",
    "stored_texts",
    "to_records",
]
