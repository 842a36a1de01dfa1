"""What is appended is there whole, byte for byte, and nothing in it can forge a record."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archiver.errors import StorageUnwritable, WarcError
from archiver.records import Locator, WarcRecord
from archiver.warcs.fields import checked, date_of, date_text, uri
from archiver.warcs.files import Folder
from archiver.warcs.reader import Damage, raw_record, record_at, scan
from archiver.warcs.writer import Writer, new_record_id

WHEN = datetime(2026, 11, 10, 19, 2, 14, 123456, tzinfo=UTC)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>kept</p>"

# The shapes that warcio rewrites or refuses when it is given parsed headers.
SHAPES = {
    "plain": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nx",
    "no blank after the colon": b"HTTP/1.1 200 OK\r\nContent-Type:text/html\r\n\r\nx",
    "blanks before the colon": b"HTTP/1.1 200 OK\r\nContent-Type : text/html\r\n\r\nx",
    "trailing blanks": b"HTTP/1.1 200 OK\r\nX-A: b  \t \r\n\r\nx",
    "not ASCII": "HTTP/1.1 200 OK\r\nX-A: Fähre\r\n\r\nx".encode(),
    "latin-1": b"HTTP/1.1 200 OK\r\nX-A: F\xe4hre\r\n\r\nx",
    "no colon": b"HTTP/1.1 200 OK\r\nnonsense\r\nX-A: b\r\n\r\nx",
    "folded": b"HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\n\r\nx",
    "LF alone": b"HTTP/1.1 200 OK\nX-A: b\n\nx",
    "lower-case version": b"http/1.1 200 ok\r\nx-a: b\r\n\r\nx",
    "twice": b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nx",
    "no reason": b"HTTP/1.1 200\r\n\r\nx",
    "no HTTP": b"ICY 200 OK\r\n\r\n\x00\xff",
    "empty": b"",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
    "a record in the body": b"HTTP/1.1 200 OK\r\n\r\n\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n"
    b"Content-Length: 0\r\n\r\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "archive")
    folder.create()
    return folder


@pytest.fixture
def writer(folder: Folder) -> Iterator[Writer]:
    writer = Writer(folder, "captures", max_bytes=1 << 30, about=(("robots", "obeyed"),))
    yield writer
    writer.close()


def record(block: bytes = HTTP, **changes: object) -> WarcRecord:
    values: dict[str, object] = {
        "type": "response",
        "record_id": new_record_id(),
        "date": WHEN,
        "target_uri": "https://harbour.example/ferry",
        "content_type": "application/http;msgtype=response",
        "block": block,
    }
    return WarcRecord(**{**values, **changes})  # type: ignore[arg-type]


def read_back(folder: Folder, locator: Locator) -> WarcRecord:
    with folder.opened(locator.warc) as file:
        return record_at(file, locator)


def records_of(folder: Folder, warc: str) -> list[WarcRecord | Damage]:
    with folder.opened(warc) as file:
        return list(scan(file, warc=warc))


@pytest.mark.parametrize("shape", SHAPES)
def test_http_bytes_come_back_as_they_crossed_the_wire(folder: Folder, writer: Writer, shape: str) -> None:
    (locator,) = writer.append([record(SHAPES[shape])])
    assert read_back(folder, locator).block == SHAPES[shape]


def test_a_file_begins_with_a_warcinfo_that_says_what_wrote_it_and_how(folder: Folder, writer: Writer) -> None:
    (locator,) = writer.append([record()])
    info, kept = records_of(folder, locator.warc)
    assert isinstance(info, WarcRecord)
    assert isinstance(kept, WarcRecord)
    assert info.type == "warcinfo"
    assert b"software: onrecord/" in info.block
    assert b"robots: obeyed\r\n" in info.block
    assert kept.field("WARC-Warcinfo-ID") == f"<{info.record_id}>"


def test_values_come_back(folder: Folder, writer: Writer) -> None:
    given = record(fields=(("WARC-IP-Address", "127.0.0.1"), ("WARC-Truncated", "length")))
    (locator,) = writer.append([given])
    back = read_back(folder, locator)
    assert (back.type, back.record_id, back.date, back.target_uri) == (
        "response",
        given.record_id,
        WHEN,
        given.target_uri,
    )
    assert (back.field("warc-ip-address"), back.field("WARC-Truncated")) == ("127.0.0.1", "length")


@settings(max_examples=60)
@given(target=st.text(), value=st.text(), block=st.binary(max_size=200))
def test_any_url_and_value_give_one_record_with_our_fields_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, target: str, value: str, block: bytes
) -> None:
    folder = Folder(tmp_path_factory.mktemp("archive"))
    folder.create()
    writer = Writer(folder, "captures", max_bytes=1 << 30)
    given = record(block, target_uri=target or "x", fields=(("WARC-IP-Address", value),))
    try:
        (locator,) = writer.append([given])
    except WarcError:
        (locator,) = writer.append([record(block, target_uri=target or "x")])
    writer.close()
    data = (folder.path / locator.warc).read_bytes()
    by_warcio = [rec.rec_headers for rec in ArchiveIterator(BytesIO(data))]
    by_fastwarc = [rec.record_id for rec in FastIterator(BytesIO(data), parse_http=False)]
    assert len(by_warcio) == len(by_fastwarc) == 2
    names = {name for name, _ in by_warcio[1].headers}
    assert names <= {
        "WARC-Type",
        "WARC-Record-ID",
        "WARC-Date",
        "WARC-Target-URI",
        "WARC-Warcinfo-ID",
        "WARC-IP-Address",
        "WARC-Block-Digest",
        "Content-Type",
        "Content-Length",
    }
    assert by_warcio[1].get_header("WARC-Target-URI").isascii()
    assert read_back(folder, locator).block == block


@given(st.text())
def test_a_uri_is_ascii_without_blanks_or_controls_and_encoding_it_again_changes_nothing(text: str) -> None:
    encoded = uri(text)
    assert encoded.isascii()
    assert all(0x21 <= ord(char) < 0x7F and char not in '<>"{}|\\^`' for char in encoded)
    assert uri(encoded) == encoded


@pytest.mark.parametrize("name", ["", "a b", "a:b", "a\r\nb", "ä", "a\x00"])
def test_a_name_that_is_no_token_is_refused(name: str) -> None:
    with pytest.raises(WarcError):
        checked(name, "value")


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_date_comes_back_to_the_microsecond(moment: datetime) -> None:
    assert date_of(date_text(moment)) == moment


def test_the_raw_record_holds_the_block_between_its_fields_and_two_line_ends(folder: Folder, writer: Writer) -> None:
    (locator,) = writer.append([record()])
    with folder.opened(locator.warc) as file:
        raw = raw_record(file, locator)
    head, _, rest = raw.partition(b"\r\n\r\n")
    assert head.startswith(b"WARC/1.1\r\nWARC-Type: response\r\n")
    assert rest == HTTP + b"\r\n\r\n"


def test_a_file_is_closed_when_it_is_full_read_only_and_in_the_manifest(folder: Folder) -> None:
    writer = Writer(folder, "captures", max_bytes=1)
    locators = [writer.append([record()])[0] for _ in range(3)]
    writer.close()
    warcs = folder.warcs("captures", closed=True)
    assert {locator.warc for locator in locators} == set(warcs)
    assert len(warcs) == 3
    assert set(folder.manifest.files()) == set(warcs)
    assert all((folder.path / warc).stat().st_mode & 0o222 == 0 for warc in warcs)
    assert [read_back(folder, locator).block for locator in locators] == [HTTP] * 3


def test_locators_hold_while_the_file_is_open_and_after_it_was_closed(folder: Folder) -> None:
    writer = Writer(folder, "captures", max_bytes=1 << 30)
    (locator,) = writer.append([record()])
    assert folder.is_open(locator.warc)
    assert read_back(folder, locator).block == HTTP
    writer.close()
    assert not folder.is_open(locator.warc)
    assert read_back(folder, locator).block == HTTP


def test_what_cannot_be_written_whole_is_cut_back_and_the_next_append_works(folder: Folder, writer: Writer) -> None:
    (first,) = writer.append([record()])
    with pytest.raises(WarcError):
        writer.append([record(), record(fields=(("bad name", "x"),))])
    (second,) = writer.append([record()])
    found = records_of(folder, first.warc)
    assert [each.type for each in found if isinstance(each, WarcRecord)] == ["warcinfo", "response", "response"]
    assert second.offset == first.offset + first.length


def test_a_full_disk_is_told_and_leaves_no_torn_record(tmp_path: Path) -> None:
    program = """
import resource, signal, sys
from pathlib import Path
from archiver.errors import StorageFull
from archiver.warcs.files import Folder
from archiver.warcs.writer import Writer
from tests.test_warc_writer import record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Folder(Path(sys.argv[1])); folder.create()
writer = Writer(folder, "captures", max_bytes=1 << 30)
writer.append([record()])
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, resource.RLIM_INFINITY))
import os
try:
    writer.append([record(os.urandom(9000))])
except StorageFull as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
writer.append([record()])
writer.close()
"""
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True)
    assert "the disk is full" in done.stdout
    folder = Folder(tmp_path)
    (warc,) = folder.warcs("captures")
    found = records_of(folder, warc)
    assert [each.type for each in found if isinstance(each, WarcRecord)] == ["warcinfo", "response", "response"]


def test_a_disk_that_fails_to_sync_costs_the_file_not_the_record(
    folder: Folder, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = writer.append([record()])
    real, failures = os.fsync, [OSError(5, "Input/output error")]

    def failing(descriptor: int) -> None:
        if failures:
            raise failures.pop()
        real(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    given = record()
    (second,) = writer.append([given])
    assert second.warc != first.warc
    assert read_back(folder, second).record_id == given.record_id
    ids = [each.record_id for warc in folder.warcs("captures") for each in records_of(folder, warc)]  # type: ignore[union-attr]
    assert ids.count(given.record_id) == 1


def test_a_folder_that_cannot_be_written_is_told_with_the_line_that_mends_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnwritable):
        Folder(tmp_path / "file" / "archive").create()


def _write_many(path: Path, count: int) -> None:
    folder = Folder(path)
    writer = Writer(folder, "captures", max_bytes=4000)
    for _ in range(count):
        writer.append([record()])
    writer.close()


def test_four_processes_write_at_once_and_nothing_is_lost_or_doubled(folder: Folder) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(folder.path, 25)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for _ in range(20):
        folder.recover()  # another process starts in the meantime: it must leave living files alone
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    folder.recover()
    found = [each for warc in folder.warcs("captures") for each in records_of(folder, warc)]
    assert not [each for each in found if isinstance(each, Damage)]
    ids = [each.record_id for each in found if isinstance(each, WarcRecord) and each.type == "response"]
    assert len(ids) == len(set(ids)) == 100
