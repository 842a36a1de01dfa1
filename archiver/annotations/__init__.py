"""What the archive asserts about a snapshot, as WARC records: its text, its quotes as W3C annotations, people's word.

`ids` gives quotes their lasting ids · `records` makes the `conversion` and `metadata` records of an extraction and
reads them again · `decisions` does so with what people decided.
"""

from archiver.annotations.decisions import Decided, decision_of, decision_record, is_decision
from archiver.annotations.ids import identified, quote_id
from archiver.annotations.records import Assertion, from_record, is_annotation, stored_texts, to_records

__all__ = [
    "Assertion",
    "Decided",
    "decision_of",
    "decision_record",
    "from_record",
    "identified",
    "is_annotation",
    "is_decision",
    "quote_id",
    "stored_texts",
    "to_records",
]
