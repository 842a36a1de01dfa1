"""Erasure destroys the bytes and nothing else; interrupted anywhere it is not done, or the next to open finishes it."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import StorageFull, WithdrawnByLaw
from archiver.ingest import erase
from archiver.ingest.decide import Author, Wish
from archiver.records import Act, Change, Entry, Query, SnapshotQuery, WarcRecord
from archiver.warcs.tombstones import erased_on, tombstone
from tests.site.serve import Site

EDITOR = Author(name="", role="operator")
WORDS = ("never put to tender", "nobody asked why")


@pytest.fixture
def archive(config: Config, site: Site) -> Iterator[Archive]:
    with Archive(replace(config, fetch_allow=site.allow)) as archive:
        for path in ("/2026/11/ferry-contract", "/2026/11/night-ward"):
            archive.capture(next(url for url in site.urls if url.endswith(path)))
        yield archive


def target(archive: Archive) -> Entry:
    return archive.search(Query(q='"put to tender"')).entries[0]


def held(folder: Path) -> bytes:
    """Every byte of the WARC files, decompressed as far as possible."""
    found = []
    for path in sorted(folder.glob("*/*.warc.gz*")):
        with gzip.open(path) as file:
            found.append(file.read())
    return b"".join(found)


def neighbours(archive: Archive, gone: str) -> dict[str, tuple[str, str, int]]:
    rows = archive.snapshots(SnapshotQuery(limit=1000)).entries
    return {
        row.snapshot.id: (row.snapshot.payload_digest, row.snapshot.locator.warc, row.snapshot.locator.offset)
        for row in rows
        if row.snapshot.id != gone
    }


@pytest.mark.parametrize("closed", [False, True], ids=["while it is written", "closed"])
def test_the_bytes_are_destroyed_and_the_neighbours_keep_their_places(archive: Archive, closed: bool) -> None:
    entry = target(archive)
    archive.decide(
        Wish(act=Act.REVIEW, author=EDITOR, reason="so", changes=(Change(path="review", value="confirmed"),)),
        str(entry.quote.id),
    )
    before = neighbours(archive, entry.snapshot_id)
    if closed:
        archive.close()
    assert WORDS[0].encode() in held(archive.config.archive)
    erased = archive.erase(entry.snapshot_id, author=EDITOR, reason="Judgment 12/26")
    assert erased.records == 6
    for words in WORDS:
        assert words.encode() not in held(archive.config.archive)
    with pytest.raises(WithdrawnByLaw, match="erased on"):
        archive.quote(str(entry.quote.id))
    assert neighbours(archive, entry.snapshot_id) == before
    archive.rebuild()
    with pytest.raises(WithdrawnByLaw, match="Judgment 12/26"):
        archive.quote(str(entry.quote.id))
    with pytest.raises(WithdrawnByLaw):
        archive.record(entry.snapshot_id)
    assert neighbours(archive, entry.snapshot_id) == before
    archive.reextract()
    assert archive.search(Query(q='"put to tender"')).entries == ()
    archive.close()
    findings = list(archive.verify())
    assert all(finding.ok for finding in findings), [finding for finding in findings if not finding.ok]
    assert sum("erased on" in finding.what for finding in findings) == 6


def test_the_index_files_are_free_of_the_words_after_two_rebuilds(archive: Archive) -> None:
    def in_index() -> bool:
        files = [path for path in archive.config.archive.glob("index/*") if path.is_file()]
        return any(b"tender" in path.read_bytes() for path in files)

    entry = target(archive)
    archive.erase(entry.snapshot_id, author=EDITOR, reason="Judgment 12/26")
    archive.close()
    assert in_index()
    for _ in range(2):
        archive.rebuild()
        archive.close()
    assert not in_index()


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(8))
def test_interrupted_anywhere_it_is_not_done_or_finished_by_the_next(
    archive: Archive, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = target(archive)
    archive.close()
    calls = 0
    for module, name in [(erase, "_write_journal"), (erase, "assert_decisions"), (erase, "_enter"), (os, "pwrite")]:
        real = getattr(module, name)

        def dying(*args: object, real: object = real, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == step + 1:
                raise Killed
            return real(*args, **more)  # type: ignore[operator]

        monkeypatch.setattr(module, name, dying)
    with pytest.raises(Killed):
        archive.erase(entry.snapshot_id, author=EDITOR, reason="Judgment 12/26")
    monkeypatch.undo()
    archive.close()
    with Archive(archive.config) as again:
        again.catch_up()
        decided = bool(again.decisions(entry.snapshot_id))
        assert (WORDS[0].encode() in held(archive.config.archive)) is not decided
        assert not (archive.config.archive / "erasing.json").exists()
        assert bool(again.search(Query(q='"put to tender"')).entries) is not decided
    assert decided is (step >= 2)
    assert all(finding.ok for finding in Archive(archive.config).verify())


def test_a_full_disk_leaves_it_undone(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = target(archive)

    def full(*_: object, **__: object) -> None:
        raise StorageFull("the disk is full")

    monkeypatch.setattr(erase, "assert_decisions", full)
    with pytest.raises(StorageFull):
        archive.erase(entry.snapshot_id, author=EDITOR, reason="Judgment 12/26")
    monkeypatch.undo()
    archive.close()
    with Archive(archive.config) as again:
        assert again.quote(str(entry.quote.id)) == entry


@pytest.mark.parametrize("size", [*range(240, 250), 1239, 1240, 1241, 99_999])
def test_a_tombstone_is_as_long_as_what_it_takes_the_place_of(size: int) -> None:
    at = datetime(2026, 11, 27, tzinfo=UTC)
    record = WarcRecord(type="response", record_id="urn:uuid:1", date=at, target_uri=None, content_type=None, block=b"")
    assert len(tombstone(record, b"x" * size, at)) == size
    member = tombstone(record, b"\x1f\x8b" + b"x" * (size - 2), at)
    assert len(member) == size
    plain = gzip.decompress(member)
    assert b"<urn:uuid:1>" in plain
    block = plain.partition(b"\r\n\r\n")[2][:-4]
    told = replace(record, content_type="application/vnd.onrecord.erased", block=block)
    assert erased_on(told) == "2026-11-27"
