"""What the archive asserts about a snapshot, as WARC records: its text and its quotes as W3C annotations.

`ids` gives quotes their lasting ids · `records` makes the `conversion` and `metadata` records and reads them again.
"""

from archiver.annotations.ids import identified, quote_id
from archiver.annotations.records import Assertion, from_record, is_annotation, stored_texts, to_records

__all__ = ["Assertion", "from_record", "identified", "is_annotation", "quote_id", "stored_texts", "to_records"]
