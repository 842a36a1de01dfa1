"""A package checked by itself, without an archive: not a byte of it may differ from what it must be.

The ZIP file is built again from its members and compared, every member with its digest, the digest with the signature,
every record with its own digests, and every quote with the text and the page in the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography import x509

from archiver.articles.charset import decode
from archiver.errors import WarcError
from archiver.evidence.container import first_difference, packed, unpacked
from archiver.evidence.digest import DIGEST, PACKAGE, Seal, digest_file, digest_of, read_seal
from archiver.evidence.package import ASSERTIONS, CAPTURES, QUOTES
from archiver.http.message import message_of, payload_digest, payload_of
from archiver.records import Locator, Quote, WarcRecord
from archiver.sha256 import labelled
from archiver.signing.timestamps import check_stamp
from archiver.values import Malformed, from_plain
from archiver.verification.findings import Finding
from archiver.verification.pages import PageLetters, contains_words
from archiver.warcs.reader import Damage, record_at, scan
from archiver.warcs.storage import Ranges

_OURS = re.compile(rb'"software": "onrecord/[^"]*"')
_SNIFFED = 1 << 20


@dataclass(slots=True)
class _Bytes:
    """Bytes as a file for the WARC reader."""

    data: bytes

    @property
    def size(self) -> int:
        """Their number."""
        return len(self.data)

    def at(self, offset: int, count: int) -> bytes:
        """`count` bytes from `offset` on."""
        return self.data[offset : offset + count]


def is_evidence(file: Ranges) -> bool:
    """Whether a file looks like one of our packages, damaged or not."""
    if file.at(0, 4) != b"PK\x03\x04" and not file.at(0, 64).count(b"archive/"):
        return False
    start = max(0, file.size - _SNIFFED)
    tail = file.at(start, file.size - start)
    return QUOTES.encode() in tail or _OURS.search(tail) is not None


def inspect(file: Ranges, name: str, roots: Sequence[x509.Certificate]) -> Iterator[Finding]:
    """What is wrong with a package, or that nothing is."""
    data = file.at(0, file.size)

    def finding(what: str, *, ok: bool = False, offset: int | None = None) -> Finding:
        return Finding(file=name, offset=offset, record_id=None, what=what, ok=ok)

    try:
        members = unpacked(data)
        again = packed(members)
    except (ValueError, UnicodeError) as error:
        yield finding(str(error))
        return
    at = first_difference(data, again)
    if at is not None:
        yield finding("the ZIP file is not the one that its members make", offset=at)
    else:
        yield finding("the ZIP file is the one that its members make, byte for byte", ok=True)
    problems = [*_listed(members), *_sealed(members)]
    yield from (finding(problem) for problem in problems)
    if not problems:
        yield finding(f"{len(members)} files have the digests that the package states", ok=True)
    yield from (finding(what, ok=ok) for what, ok in _signed(members, roots))
    yield from (finding(what, ok=ok) for what, ok in _records(members))
    yield from (finding(what, ok=ok) for what, ok in _quotes(members))


def _listed(members: Mapping[str, bytes]) -> Iterator[str]:
    """Whether `datapackage.json` lists every member with its digest and nothing else."""
    try:
        package = orjson.loads(members[PACKAGE])
        listed = {each["path"]: (each["hash"], each["bytes"]) for each in package["resources"]}
    except (KeyError, TypeError, ValueError):
        yield f"{PACKAGE} cannot be read"
        return
    for path, data in members.items():
        if path in {PACKAGE, DIGEST}:
            continue
        if path not in listed:
            yield f"{path} is not listed in {PACKAGE}"
        elif listed[path] != (digest_of(data), len(data)):
            yield f"{path} does not match {PACKAGE}"
    yield from (f"{path} is listed but missing" for path in sorted(set(listed) - set(members)))


def _seal(members: Mapping[str, bytes]) -> Seal | None:
    return read_seal(orjson.loads(members[DIGEST]))


def _sealed(members: Mapping[str, bytes]) -> Iterator[str]:
    """Whether `datapackage-digest.json` is, byte for byte, what follows from `datapackage.json` and the signature."""
    try:
        seal = _seal(members)
        package = orjson.loads(members[PACKAGE])
        again = digest_file(members[PACKAGE], seal)
        created, software = package["created"], package["software"]
    except (KeyError, TypeError, ValueError, AttributeError):
        yield f"{DIGEST} or {PACKAGE} cannot be read"
        return
    if again != members[DIGEST]:
        yield f"{DIGEST} does not belong to {PACKAGE}"
    if seal is not None and seal.signature.digest != digest_of(members[PACKAGE]):
        yield f"the signature is over another {PACKAGE}"
    if seal is not None and (seal.signature.at, seal.software) != (created, software):
        yield f"the signature names another time or program than {PACKAGE}"


def _signed(members: Mapping[str, bytes], roots: Sequence[x509.Certificate]) -> Iterator[tuple[str, bool]]:
    try:
        seal = _seal(members)
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # said already
    if seal is None:
        yield "not signed: only the digests vouch for it", True
        return
    if not seal.signature.is_valid():
        yield "the signature is wrong", False
        return
    yield f"signed by the holder of key {seal.signature.key_id} on {seal.signature.at}", True
    if seal.timestamp is None:
        yield "no time stamp", True
        return
    stamp = check_stamp(seal.timestamp, seal.signature.raw, roots)
    if stamp.problem:
        yield f"the time stamp {stamp.problem}", False
    elif stamp.trusted is None:
        yield (
            f"time stamp of {stamp.at}, over this signature; its authority was not checked (ONRECORD_TIMESTAMP_ROOTS)",
            True,
        )
    else:
        yield f"time stamp of {stamp.at} by a trusted authority", True


def _records(members: Mapping[str, bytes]) -> Iterator[tuple[str, bool]]:
    for name in (f"archive/{CAPTURES}", f"archive/{ASSERTIONS}"):
        if name not in members:
            continue
        sound = 0
        for found in scan(_Bytes(members[name]), warc=name):
            if isinstance(found, Damage):
                yield f"{name} at byte {found.offset:,}: {found.what}", False
            else:
                sound += 1
        yield f"{name}: {sound} sound records", True


def _quotes(members: Mapping[str, bytes]) -> Iterator[tuple[str, bool]]:
    """Whether the words of each quote are in its text and in its page, both from the package."""
    try:
        lines = [orjson.loads(line) for line in members[QUOTES].splitlines()]
    except (KeyError, ValueError):
        yield f"{QUOTES} cannot be read", False
        return
    for line in lines:
        try:
            yield from _quote(members, line)
        except (KeyError, TypeError, ValueError, Malformed, WarcError) as error:
            yield f"{line.get('id') if isinstance(line, dict) else line}: cannot be checked ({error})", False


def _quote(members: Mapping[str, bytes], line: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    quote = from_plain(Quote, line["quote"], "quote")
    block = _record(members, line["text"]).block
    page = _record(members, line["record"])
    text = block.decode()
    words = [text[span.start : span.end] for span in quote.spans]
    message = message_of(page.block, page.head)
    shown = decode(payload_of(message).body, message.head.header("content-type")).text
    problems = {
        "its text has another digest": digest_of(block) != quote.text_digest,
        "its spans do not hold its words": "".join(" ".join(words).split()) != "".join(quote.text.split()),
        "its words were not found in the page": not contains_words(words, PageLetters(shown)),
        "its page has another digest": labelled(payload_digest("sha256", message)) != line["payload_digest"],
    }
    found = [what for what, wrong in problems.items() if wrong]
    yield from ((f"{quote.id}: {what}", False) for what in found)
    if not found:
        yield f"{quote.id}: its words are in the text and in the page", True


def _record(members: Mapping[str, bytes], place: dict[str, Any]) -> WarcRecord:
    locator = Locator(warc=place["file"], offset=place["offset"], length=place["length"])
    return record_at(_Bytes(members[place["file"]]), locator)
