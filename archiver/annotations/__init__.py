"""What the archive asserts about a snapshot, as WARC records: its text and its quotes as W3C annotations.

`values` turns the values of `archiver.records` into JSON and back, strictly · `ids` gives quotes their lasting ids ·
`records` makes the `conversion` and `metadata` records and reads them again.
"""

from archiver.annotations.ids import identified, quote_id
from archiver.annotations.records import Assertion, from_record, is_annotation, stored_texts, to_records
from archiver.annotations.values import Malformed, from_plain, to_plain

__all__ = [
    "Assertion",
    "Malformed",
    "from_plain",
    "from_record",
    "identified",
    "is_annotation",
    "quote_id",
    "stored_texts",
    "to_plain",
    "to_records",
]
