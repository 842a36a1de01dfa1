"""Every byte of a WARC file is accounted for: a sound record, or damage with its place and reason."""

from __future__ import annotations

import base64
import gzip
import hashlib
import random
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zlib_ng import zlib_ng

from archiver.errors import NoSuchRecord, WarcDamaged
from archiver.records import Locator, WarcRecord
from archiver.warcs import reader
from archiver.warcs.fields import date_of
from archiver.warcs.reader import Damage, raw_record, record_at, scan
from archiver.warcs.storage import any_file

HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>\xe2\x80\x9cKept,\xe2\x80\x9d she said.</p>"


def raw(number: int = 0, block: bytes = HTTP, *, end: bytes = b"\r\n\r\n", **fields: str | None) -> bytes:
    """A WARC record; `fields` overrule the usual ones, None leaves one out."""
    named: dict[str, str | None] = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "WARC-Date": "2026-11-10T19:02:14Z",
        "WARC-Target-URI": f"https://harbour.example/{number}",
        "Content-Type": "application/http;msgtype=response",
        "WARC-Block-Digest": "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode(),
        "Content-Length": str(len(block)),
    }
    named.update({name.replace("_", "-"): value for name, value in fields.items()})
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + end


def packed(record: bytes) -> bytes:
    return gzip.compress(record, mtime=0)


RECORDS = [raw(number) for number in range(3)]
PACKED = packed(RECORDS[0])
FILES = {"gzip": b"".join(map(packed, RECORDS)), "plain": b"".join(RECORDS)}


def read(tmp_path: Path, data: bytes, told: Counter[str] | None = None) -> list[WarcRecord | Damage]:
    path = tmp_path / "file.warc.gz"
    path.write_bytes(data)
    with any_file(path) as file:
        return list(scan(file, warc=path.name, quirks=told))


def sound(found: list[WarcRecord | Damage]) -> list[WarcRecord]:
    return [each for each in found if isinstance(each, WarcRecord)]


def damaged(found: list[WarcRecord | Damage]) -> list[Damage]:
    return [each for each in found if isinstance(each, Damage)]


def all_bytes(found: list[WarcRecord | Damage]) -> list[tuple[int, int]]:
    """The stretches that were accounted for, each once."""
    places = {
        (each.offset, each.length) if isinstance(each, Damage) else (each.locator.offset, each.locator.length)  # type: ignore[union-attr]
        for each in found
    }
    return sorted(places)


def covers(found: list[WarcRecord | Damage], size: int, between: bytes = b"") -> bool:
    """Whether every byte was accounted for; `between` are bytes that belong to no record and are passed over."""
    end = 0
    for offset, length in all_bytes(found):
        if between[end:offset].strip(b"\r\n\xef\xbb\xbf") or (offset != end and not between):
            return False
        end = offset + length
    return end == size or (bool(between) and not between[end:].strip(b"\r\n"))


@pytest.mark.parametrize("kind", FILES)
def test_records_and_their_places(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, FILES[kind])
    assert [each.block for each in sound(found)] == [HTTP] * 3
    assert covers(found, len(FILES[kind]))
    for each in sound(found):
        assert each.locator is not None
        with any_file(tmp_path / "file.warc.gz") as file:
            assert record_at(file, each.locator).record_id == each.record_id
            assert raw_record(file, each.locator) in RECORDS


@pytest.mark.parametrize("kind", FILES)
def test_a_file_torn_at_any_byte_is_found_torn_and_the_records_before_are_kept(tmp_path: Path, kind: str) -> None:
    data = FILES[kind]
    ends = [offset + length for offset, length in all_bytes(read(tmp_path, data))]
    for cut in range(1, len(data)):
        found = read(tmp_path, data[:cut])
        behind = 4 if kind == "plain" else 0  # a record that only lacks its line ends is whole
        assert len(sound(found)) == sum(end - behind <= cut for end in ends), cut
        assert covers(found, cut, data[:cut]), cut
        whole = any(end - behind <= cut <= end for end in ends)
        assert [each.torn for each in damaged(found)] == ([] if whole else [True]), cut


@pytest.mark.parametrize("kind", FILES)
def test_what_was_appended_to_a_torn_file_is_found_and_the_torn_piece_told(tmp_path: Path, kind: str) -> None:
    data = FILES[kind]
    last = all_bytes(read(tmp_path, data))[-1]
    for cut in range(last[0] + 1, len(data), 7):
        found = read(tmp_path, data[:cut] + data)
        assert len(damaged(found)) == 1, cut
        assert damaged(found)[0].offset == last[0], cut
        assert len(sound(found)) == 5, cut
        assert covers(found, cut + len(data)), cut


def test_a_member_is_broken_or_sound_as_zlib_finds_it() -> None:
    chance = random.Random(8)
    for place in range(len(PACKED)):
        flipped = bytearray(PACKED)
        flipped[place] ^= 1 << chance.randrange(8)
        for data in (bytes(flipped), PACKED[:place], PACKED + PACKED[:place]):
            assert _inflated(zlib_ng, data) == _inflated(zlib, data)


def _inflated(library: ModuleType, data: bytes) -> tuple[bytes, bool, bytes] | None:
    inflate = library.decompressobj(library.MAX_WBITS | 16)
    try:
        return inflate.decompress(data), inflate.eof, inflate.unused_data
    except library.error:
        return None


@pytest.mark.parametrize("kind", FILES)
def test_a_flipped_bit_is_found_or_changes_nothing_that_is_read(tmp_path: Path, kind: str) -> None:
    data = FILES[kind]
    before = sound(read(tmp_path, data))
    for place in range(len(data)):
        flipped = bytearray(data)
        flipped[place] ^= 1 << (place % 8)
        found = read(tmp_path, bytes(flipped))
        assert covers(found, len(data)), place
        if not damaged(found):
            # A field that no digest covers, or a byte of gzip's own header that nobody reads: the manifest sees these.
            assert [each.block for each in sound(found)] == [each.block for each in before], place
        else:
            assert len(sound(found)) >= 1, place


@pytest.mark.parametrize(
    ("record", "what"),
    [
        (raw(WARC_Block_Digest="sha1:" + "A" * 32), "WARC-Block-Digest"),
        (raw(Content_Length=str(len(HTTP) + 1), WARC_Block_Digest=None), "length"),
        (raw(Content_Length=str(len(HTTP) - 1), WARC_Block_Digest=None), "length"),
        (raw(Content_Length="0", WARC_Block_Digest=None), "length"),
        (raw(Content_Length=None), "missing"),
        (raw(Content_Length="-1"), "Content-Length"),
        (raw(Content_Length="9" * 18), "declared"),
        (raw(Content_Length="1e3"), "Content-Length"),
        (raw(WARC_Type=None), "missing"),
        (raw().replace(b"\r\nContent-Type", b"\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type"), "twice"),
        (raw().replace(b"WARC/1.1", b"WARC-1.1"), "not the start of a WARC record"),
        (raw().replace(b"WARC-Type:", b"nonsense\r\nWARC-Type:"), "no name"),
        (raw(end=b"\n"), "length"),
        (raw(end=b"x\r\n\r\n"), "length"),
        (b"\x00" * 700, "not the start of a WARC record"),
        (b"junk between the records", "not the start of a WARC record"),
    ],
)
@pytest.mark.parametrize("compressed", [True, False])
def test_a_bad_record_is_told_and_those_around_it_are_read(
    tmp_path: Path, record: bytes, what: str, compressed: bool
) -> None:
    pieces = [raw(1), record, raw(2)]
    data = b"".join(map(packed, pieces) if compressed else pieces)
    found = read(tmp_path, data)
    assert covers(found, len(data))
    assert len(sound(found)) == 2
    assert [each.record_id for each in sound(found)] == [
        each.record_id for each in sound(read(tmp_path, raw(1) + raw(2)))
    ]
    if compressed or what not in {"length", "declared", "line ends"}:
        assert any(what in each.what for each in damaged(found)), damaged(found)
    assert damaged(found)


def test_a_length_that_is_merely_announced_is_not_allocated(tmp_path: Path) -> None:
    found = read(tmp_path, packed(raw(Content_Length=str(10 << 40))))
    assert len(damaged(found)) == 1


def sha1_of(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


@pytest.mark.parametrize(
    ("data", "quirk"),
    [
        (packed(raw(WARC_Target_URI="<https://harbour.example/0>")), None),
        (packed(raw(WARC_Block_Digest=None)), "no block digest"),
        (packed(raw(WARC_Block_Digest="blake9:abc")), "a digest of a kind that is not known"),
        (packed(raw().replace(b"\r\n", b"\n").replace(b"200 OK\n", b"200 OK\r\n")), None),
        (packed(raw(1) + raw(2)), "several records in one compressed member"),
        (packed(raw(1)) + packed(b"") + packed(raw(2)), "a compressed member without content"),
        (packed(raw(WARC_Record_ID=None)), None),
        (packed(raw().replace(b"WARC/1.1", b"WARC/2.0")), "version 2.0 of WARC"),
        (packed(raw(WARC_Block_Digest="sha1:not a digest")), "an unreadable digest"),
        (raw(1, end=b"\r\n") + raw(2, end=b""), "not two line ends after a record"),
        (packed(raw(end=b"")), "not two line ends after a record"),
        (b"\xef\xbb\xbf" + raw(), "a byte order mark before the first record"),
        (b"\r\n\n" + raw(1) + b"\r\n" + raw(2), "stray line ends between records"),
        (raw().replace(b"Content-Length: ", b"Content-Length:\r\n\t"), "a folded header line"),
        (
            raw().replace(b"WARC-Type:", b"warc-type: response\r\nWARC-Type:"),
            "a field that is there twice with one value",
        ),
        (raw(WARC_Payload_Digest="sha1:" + "A" * 32), "payload digest does not match"),
        (raw(WARC_Payload_Digest=sha1_of(HTTP)), "a payload digest over the whole block"),
        (raw(WARC_Date="2026-11-10T19:02:14"), "a WARC-Date without a zone"),
        (raw(WARC_Date="2026-11-10T19:02:14+01:00"), "a WARC-Date with an offset"),
        (raw(WARC_Date="20261110190214"), "a WARC-Date in digits"),
        (packed(raw(WARC_Block_Digest="sha256:" + hashlib.sha256(HTTP).hexdigest())), None),
        (packed(raw(WARC_Block_Digest="md5:" + hashlib.md5(HTTP).hexdigest())), None),
    ],
)
def test_quirks_of_other_tools_are_tolerated_and_told(tmp_path: Path, data: bytes, quirk: str | None) -> None:
    told: Counter[str] = Counter()
    found = read(tmp_path, data, told)
    if quirk:
        assert told[quirk]
        assert not damaged(found)
        assert found


def test_lines_that_end_in_lf_alone(tmp_path: Path) -> None:
    block = b"HTTP/1.1 200 OK\n\nx"
    told: Counter[str] = Counter()
    data = raw(block=block).replace(b"\r\n", b"\n")
    for form in (packed(data), data + data):
        assert all(each.block == block for each in sound(read(tmp_path, form, told)))
        assert not damaged(read(tmp_path, form))
    assert told["lines end in LF alone"]


def test_an_angle_bracketed_target_is_read_bare(tmp_path: Path) -> None:
    (record,) = sound(read(tmp_path, packed(raw(WARC_Target_URI="<https://harbour.example/0>"))))
    assert record.target_uri == "https://harbour.example/0"


def test_several_records_in_a_member_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    found = sound(read(tmp_path, packed(raw(1) + raw(2))))
    with any_file(tmp_path / "file.warc.gz") as file:
        for each, expected in zip(found, (raw(1), raw(2)), strict=True):
            assert each.locator is not None
            assert record_at(file, each.locator, each.record_id).target_uri == each.target_uri
            assert raw_record(file, each.locator, each.record_id) == expected


def test_a_block_too_large_to_hold_is_checked_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BLOCK", 10)
    (record,) = sound(read(tmp_path, packed(raw())))
    assert (record.block, record.omitted) == (b"", len(HTTP))
    assert damaged(read(tmp_path, packed(raw(WARC_Block_Digest="sha1:" + "A" * 32))))


def test_a_record_elsewhere_than_said_is_no_such_record(tmp_path: Path) -> None:
    path = tmp_path / "file.warc.gz"
    path.write_bytes(FILES["gzip"])
    with any_file(path) as file:
        with pytest.raises(NoSuchRecord):
            record_at(file, Locator(warc="file", offset=len(FILES["gzip"]), length=10))
        with pytest.raises(NoSuchRecord):
            record_at(file, Locator(warc="file", offset=0, length=len(packed(RECORDS[0]))), "urn:uuid:another")
        with pytest.raises(WarcDamaged):
            record_at(file, Locator(warc="file", offset=1, length=20))


@given(st.binary(max_size=400))
def test_any_bytes_are_accounted_for(tmp_path_factory: pytest.TempPathFactory, noise: bytes) -> None:
    data = noise + FILES["gzip"]
    found = read(tmp_path_factory.mktemp("noise"), data)
    assert covers(found, len(data), data)
    assert len(sound(found)) >= 2


DIGESTS: dict[str, Callable[[bytes], str]] = {
    "hex": lambda value: value.hex(),
    "HEX": lambda value: value.hex().upper(),
    "base32": lambda value: base64.b32encode(value).decode(),
    "base32 without padding": lambda value: base64.b32encode(value).decode().rstrip("="),
    "base32 in small letters": lambda value: base64.b32encode(value).decode().lower(),
    "base64": lambda value: base64.b64encode(value).decode(),
    "base64 for URLs": lambda value: base64.urlsafe_b64encode(value).decode().rstrip("="),
}


@pytest.mark.parametrize("spelling", DIGESTS)
@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "SHA-512", "md5"])
def test_a_digest_is_checked_in_every_spelling(tmp_path: Path, spelling: str, algorithm: str) -> None:
    def stated(data: bytes) -> str:
        value = hashlib.new(algorithm.lower().replace("-", ""), data, usedforsecurity=False).digest()
        return f"{algorithm}:{DIGESTS[spelling](value)}"

    (record,) = sound(read(tmp_path, raw(WARC_Block_Digest=stated(HTTP))))
    assert record.remarks == ()
    assert damaged(read(tmp_path, raw(WARC_Block_Digest=stated(b"another"))))


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("2026", "2026-01-01T00:00:00"),
        ("2026-03", "2026-03-01T00:00:00"),
        ("2026-03-12", "2026-03-12T00:00:00"),
        ("2026-03-12T10Z", "2026-03-12T10:00:00"),
        ("2026-03-12T10:05Z", "2026-03-12T10:05:00"),
        ("2026-03-12T10:05:06Z", "2026-03-12T10:05:06"),
        ("2026-03-12T10:05:06.5Z", "2026-03-12T10:05:06.500000"),
        ("2026-03-12T10:05:06.123456789Z", "2026-03-12T10:05:06.123456"),
        ("2026-03-12T10:05:06", "2026-03-12T10:05:06"),
        ("2026-03-12T00:05:06+02:00", "2026-03-11T22:05:06"),
        ("2026-03-12T23:05:06-0130", "2026-03-13T00:35:06"),
        ("20260312100506", "2026-03-12T10:05:06"),
        ("2026-06-30T23:59:60Z", "2026-06-30T23:59:59"),
        ("2026-02-30T10:05:06Z", None),
        ("2026-W11-4T10:05:06Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_date_of_every_precision_is_its_first_moment(stated: str, meant: str | None) -> None:
    moment = date_of(stated)
    assert (moment and moment.replace(tzinfo=None).isoformat()) == meant
