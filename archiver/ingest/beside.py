"""The records beside an answer: its request, and the metadata that say of themselves that they belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Set

from archiver.records import WarcRecord
from archiver.warcs import wacz
from archiver.warcs.fields import bare
from archiver.warcs.files import Folder
from archiver.warcs.reader import scan

KINDS = {"request", "metadata"}
"""The types of records that are beside an answer."""

_NAMED_IN = ("WARC-Concurrent-To", "WARC-Refers-To")


def beside(folder: Folder, warc: str, record_ids: Set[str]) -> Iterator[WarcRecord]:
    """The requests and metadata of one file that belong to these records. Raises WarcError."""
    if not record_ids:
        return
    with folder.opened(warc) as file:
        for member in wacz.contents(file, warc=warc).members:
            for record in scan(file, warc=warc, start=member.start, end=member.end):
                if isinstance(record, WarcRecord) and record.type in KINDS and answer_of(record) & record_ids:
                    yield record


def answer_of(record: WarcRecord) -> set[str]:
    """The ids of the records that this one says it belongs to."""
    return {bare(name) for each in _NAMED_IN if (name := record.field(each))}
