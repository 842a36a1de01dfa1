"""A saved page: its WARC record, where that is, and the snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from archiver.records.exchanges import Head
from archiver.records.terms import Origin, Truncation


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a record is: file relative to the archive's folder, byte offset, byte length as stored (compressed).

    `within` is set where a compressed member holds several records: the record's offset in what it decompresses to.
    """

    warc: str
    offset: int
    length: int
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A WARC record, to be written (`locator` None) or as it was read.

    `record_id` is the bare URI (`urn:uuid:…`), None where a foreign record has none. `fields` are the further named
    fields in order (`WARC-Refers-To`, `WARC-Payload-Digest`, …), without those that have a place of their own here and
    without the lengths and block digest, which the writer computes. `stated_date` is the value of WARC-Date as the
    record has it, None where it is to be written from `date`. `head` is what was read from the HTTP answer in the
    block, None where nobody read it. Of a block too large to hold in memory `omitted` is the size and `block` empty.
    `remarks` are the oddities that were tolerated when it was read.
    """

    type: str
    record_id: str | None
    date: datetime | None
    target_uri: str | None
    content_type: str | None
    block: bytes
    fields: tuple[tuple[str, str], ...] = ()
    locator: Locator | None = None
    omitted: int = 0
    stated_date: str | None = None
    head: Head | None = None
    remarks: tuple[str, ...] = ()

    def field(self, name: str) -> str | None:
        """The first value of a further named field, or None."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)


BY_KEY = "key "
"""How the `by` of a file begins that was imported with a key; its name follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Who imported a file, when, and the file's digest (`sha256:` and hex)."""

    at: datetime
    by: str
    file_digest: str

    @property
    def supplier(self) -> str | None:
        """The name of the key that supplied the file over HTTP."""
        return self.by.removeprefix(BY_KEY) if self.by.startswith(BY_KEY) else None

    def without_account(self) -> Added:
        """The same for records that others may get: accounts of the machine are named in the manifest alone."""
        return self if self.supplier else replace(self, by="")


PAYLOAD_DIFFERS = "payload digest does not match"
"""The remark on a record whose payload is not what its WARC-Payload-Digest says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a revisit says of its original: any of record id, URL and time, payload digests (`sha1:` and hex)."""

    record_id: str | None = None
    url: str | None = None
    at: datetime | None = None
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Another web archive's memento that a snapshot was copied from (URI-M), and when it was copied."""

    url: str | None = None
    at: datetime | None = None


NO_SOURCE = Source()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One saved state of one URL at one time: a memento in RFC 7089's sense.

    `payload_digest` is `sha256:` and hex of the payload after transfer decoding (WARC 1.1 §5.9), `digests` the ones by
    which revisits may refer to it. A revisit has `refers_to`, and as `payload` the record with its page, None where
    that is not in the archive; `revisit_of` is that record's id, or what the revisit names. `parts` and
    `payload_parts` are the further segments of a segmented record, `redirects_to` is where a redirect leads. `remarks`
    say what of it is doubtful. `payload_of` is the id of the snapshot whose payload a revisit shows. `private` says
    that it was captured so; whether it was released since is `SnapshotEntry.visibility`.
    """

    id: str
    record_id: str
    requested_url: str
    url: str
    captured_at: datetime
    status: int | None
    content_type: str | None
    payload_digest: str
    truncated: Truncation | None
    origin: Origin
    locator: Locator
    payload: Locator | None = None
    revisit_of: str | None = None
    payload_of: str | None = None
    added: Added | None = None
    parts: tuple[Locator, ...] = ()
    payload_parts: tuple[Locator, ...] = ()
    digests: tuple[str, ...] = ()
    refers_to: Reference | None = None
    redirects_to: str | None = None
    copied_from: Source = NO_SOURCE
    remarks: tuple[str, ...] = ()
    private: bool = False

    @property
    def is_unresolved(self) -> bool:
        """Whether this is a revisit whose original is not in the archive."""
        return self.refers_to is not None and self.payload is None
