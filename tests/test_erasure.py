"""Erasure destroys the bytes and nothing else; interrupted anywhere it is not done, or the next to open finishes it."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import StorageFull, WarcError, WithdrawnByLaw
from archiver.ingest import erase
from archiver.ingest.decide import Author, Wish
from archiver.records import Act, Change, Entry, Query, SnapshotQuery, WarcRecord
from archiver.warcs import tombstones
from archiver.warcs.tombstones import erased_on
from tests.site.serve import Site
from tests.test_archive import wacz
from tests.test_foreign_archives import ID, URL, answer, page, record
from tests.test_passages import SITE, small_site
from tests.test_warc_reader import raw

AT = datetime(2026, 11, 27, tzinfo=UTC)
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


def record_of(kind: str = "response") -> WarcRecord:
    return WarcRecord(type=kind, record_id="urn:uuid:1", date=AT, target_uri=None, content_type=None, block=b"")


@pytest.mark.parametrize("size", [*range(240, 250), 1239, 1240, 1241, 99_999])
def test_a_tombstone_is_as_long_as_what_it_takes_the_place_of(size: int) -> None:
    shortest = tombstones.shortest(record_of(), AT)
    assert len(tombstones.plain(record_of(), b"WARC/1.1".ljust(size), AT)) == size
    assert len(tombstones.plain(record_of(), b"http://a".ljust(size), AT)) == size
    member, frame = tombstones.member(shortest, size), tombstones.frame(shortest, size)
    assert (len(member), len(frame)) == (size, size)
    assert gzip.decompress(member) == shortest == zstandard.ZstdDecompressor().decompressobj().decompress(frame)
    assert b"<urn:uuid:1>" in shortest
    block = shortest.partition(b"\r\n\r\n")[2][:-4]
    told = replace(record_of(), content_type="application/vnd.onrecord.erased", block=block)
    assert erased_on(told) == "2026-11-27"


def files(tmp_path: Path) -> Iterator[tuple[str, bytes]]:
    """Two pages, the first of which is to be erased, in each kind of file."""
    request = raw(7, b"GET /hafen/ HTTP/1.1\r\n\r\n", WARC_Type="request", WARC_Concurrent_To=f"<urn:uuid:{ID}1>")
    one, other = record(1, answer(page("First"))), record(2, answer(page("Second")), f"{URL}/2")
    yield "plain.warc", one + request + other
    yield "members.warc.gz", b"".join(map(gzip.compress, (one, request, other)))
    yield "one-member.warc.gz", gzip.compress(one + request + other)
    yield "frames.warc.zst", b"".join(zstandard.ZstdCompressor().compress(each) for each in (one, request, other))
    yield "one-frame.warc.zst", zstandard.ZstdCompressor().compress(one + request + other)
    block = answer(page("First"))
    arc = b"filedesc://a.arc 0.0.0.0 20260312100000 text/plain 0\n\n"
    for url, held in ((URL, block), (f"{URL}/2", answer(page("Second")))):
        arc += f"{url} 192.0.2.1 20260312100000 text/html {len(held)}\n".encode() + held + b"\n"
    yield "old.arc", arc
    yield "old.arc.gz", b"".join(gzip.compress(each) for each in (arc[: arc.index(URL.encode())], *arc_records(arc)))
    lists = {
        "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages"}\n'
        + b'{"url": "%s", "ts": "2026-03-12T10:00:00Z", "title": "First quay", "text": "The First quay"}\n'
        % URL.encode()
        + b'{"url": "%s/2", "ts": "2026-03-12T10:00:00Z", "title": "Second quay"}\n' % URL.encode(),
    }
    for name, data in (
        ("members", b"".join(map(gzip.compress, (one, request, other)))),
        ("plain", one + request + other),
    ):
        suffix = ".warc.gz" if name == "members" else ".warc"
        made = wacz(tmp_path, {f"archive/data{suffix}": data, **lists}, name=f"{name}.wacz")
        yield f"{name}.wacz", made.read_bytes()


def arc_records(arc: bytes) -> list[bytes]:
    starts = [arc.index(URL.encode()), arc.index(f"{URL}/2 ".encode())]
    return [arc[starts[0] : starts[1]], arc[starts[1] :]]


KINDS = [
    *("plain.warc", "members.warc.gz", "one-member.warc.gz", "frames.warc.zst", "one-frame.warc.zst"),
    *("old.arc", "old.arc.gz", "members.wacz", "plain.wacz"),
]


@pytest.mark.parametrize("name", KINDS)
def test_records_are_erased_in_every_kind_of_file(config: Config, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(dict(files(tmp_path))[name])
    original = path.read_bytes()
    with Archive(config) as archive:
        kept = {each.snapshot.url: each.snapshot for each in archive.add(path).kept}
        second = archive.page(kept[f"{URL}/2"].id)
        erased = archive.erase(kept[URL].id, author=EDITOR, reason="Judgment 12/26")
        assert erased.records >= (3 if name.startswith("old") else 4)
        (stored,) = [each for each in (config.archive / "added").rglob("*") if each.is_file()]
        assert b"First" not in unpacked(stored)
        assert b"Second quay will be opened" in unpacked(stored)
        for rebuilt in (False, True):
            if rebuilt:
                archive.rebuild()
            assert archive.snapshot(kept[f"{URL}/2"].id).snapshot == kept[f"{URL}/2"]
            assert archive.page(kept[f"{URL}/2"].id) == second
            with pytest.raises(WithdrawnByLaw):
                archive.snapshot(kept[URL].id)
        archive.close()
        findings = list(archive.verify())
        assert all(finding.ok for finding in findings), [finding for finding in findings if not finding.ok]
        assert any("erased on" in finding.what and finding.file.startswith("added/") for finding in findings)
        assert not [finding for finding in findings if "damaged" in finding.what]
        path.rename(tmp_path / f"again-{name}")
        assert archive.add(tmp_path / f"again-{name}").already
        assert len([each for each in (config.archive / "added").rglob("*") if each.is_file()]) == 1
    assert (tmp_path / f"again-{name}").read_bytes() == original


def unpacked(path: Path) -> bytes:
    """Every byte of a file, decompressed."""
    data = path.read_bytes()
    if path.suffix == ".wacz":
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            held = {name: package.read(name) for name in package.namelist()}
        listed = {each["path"]: each["hash"] for each in json.loads(held["datapackage.json"])["resources"]}
        assert {name: "sha256:" + hashlib.sha256(held[name]).hexdigest() for name in listed} == listed
        inner = [gzip.decompress(each) if each[:2] == b"\x1f\x8b" else each for each in held.values()]
        return data + b"".join(inner)
    if path.suffix == ".gz":
        return gzip.decompress(data)
    if path.suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    return data


def test_a_package_of_packages_is_refused_and_left_as_it_is(config: Config, tmp_path: Path) -> None:
    inner = wacz(tmp_path, {"archive/a.warc": record(1, answer(page("First")))}, name="inner.wacz").read_bytes()
    outer = tmp_path / "outer.wacz"
    with zipfile.ZipFile(outer, "w") as package:
        package.writestr("inner.wacz", inner)
    with Archive(config) as archive:
        (kept,) = archive.add(outer).kept
        with pytest.raises(WarcError, match="Unpack it"):
            archive.erase(kept.snapshot.id, author=EDITOR, reason="Judgment 12/26")
        assert archive.snapshot(kept.snapshot.id).withdrawn is None
        assert not (config.archive / "erasing.json").exists()
        assert archive.page(kept.snapshot.id).body == page("First")


def test_what_a_page_alone_shows_goes_with_it_and_what_others_show_stays(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, body = SITE["/page"]
    monkeypatch.setitem(SITE, "/other", (kind, body.replace(b"picture.png", b"only.png")))
    monkeypatch.setitem(SITE, "/only.png", ("image/png", b"Only this page shows it"))
    with small_site() as site:
        allow = (site.url.removeprefix("http://"),)
        with Archive(replace(config, fetch_allow=allow, fetch_robots=False)) as archive:
            page_id = archive.capture(f"{site.url}/page", assets=True).kept[-1].snapshot.id
            other_id = archive.capture(f"{site.url}/other", assets=True).kept[-1].snapshot.id
            (only,) = archive.captures(f"{site.url}/only.png")
            sheets = archive.captures(f"{site.url}/style.css")
            assert (len(sheets), sheets[1].snapshot.payload_of) == (2, sheets[0].snapshot.id)
            erased = archive.erase(other_id, author=EDITOR, reason="Judgment 12/26")
            assert {f"{site.url}/style.css"} <= {each.url for each in erased.shared}
            assert b"Only this page" not in held(config.archive)
            with pytest.raises(WithdrawnByLaw):
                archive.page(only.snapshot.id)
            for sheet in sheets:
                assert archive.page(sheet.snapshot.id).body == SITE["/style.css"][1]
            assert archive.page(page_id).body == body
            archive.erase(page_id, author=EDITOR, reason="Judgment 13/26")
            assert SITE["/picture.png"][1] not in held(config.archive)
            archive.close()
            assert all(finding.ok for finding in archive.verify())


def test_a_record_in_two_files_is_erased_in_both_and_again_in_one_that_comes_later(
    config: Config, tmp_path: Path
) -> None:
    request = raw(7, b"GET /hafen/ HTTP/1.1\r\n\r\n", WARC_Type="request", WARC_Concurrent_To=f"<urn:uuid:{ID}1>")
    one, other = record(1, answer(page("First"))), record(2, answer(page("Second")), f"{URL}/2")
    held_in = {"a.warc": one + other, "b.warc.gz": gzip.compress(other + request + one), "c.warc": request + one}
    paths = {name: tmp_path / name for name in held_in}
    for name, path in paths.items():
        path.write_bytes(held_in[name])
    package = wacz(tmp_path, {"archive/d.warc.gz": gzip.compress(request) + gzip.compress(one)}, name="d.wacz")
    with Archive(config) as archive:
        kept = {each.snapshot.url: each.snapshot for each in archive.add(paths["a.warc"]).kept}
        assert archive.add(package, in_place=True).kept == archive.add(paths["b.warc.gz"]).kept == ()
        erased = archive.erase(kept[URL].id, author=EDITOR, reason="Judgment 12/26")
        assert erased.records == 5
        assert [Path(each).name for each in erased.elsewhere] == ["d.wacz"]
        stored = {each.name: each for each in (config.archive / "added").rglob("*.warc*")}
        assert all(b"First" not in unpacked(each) and b"GET " not in unpacked(each) for each in stored.values())
        assert archive.page(kept[f"{URL}/2"].id).body == page("Second")
        package.write_bytes(b"")
        later = archive.add(paths["c.warc"])
        assert later.report
        assert f"onrecord erase {kept[URL].id} again" in later.report.remarks[0]
        again = archive.erase(kept[URL].id, author=EDITOR, reason="Judgment 12/26")
        assert (again.records, [Path(each).name for each in again.unread]) == (2, ["d.wacz"])
        with pytest.raises(WithdrawnByLaw, match="erased on"):
            archive.erase(kept[URL].id, author=EDITOR, reason="Judgment 12/26")
        assert not any(b"First" in each.read_bytes() for each in (config.archive / "added").rglob("*.warc"))
        archive.rebuild()
        assert archive.snapshot(kept[f"{URL}/2"].id).snapshot == kept[f"{URL}/2"]
        archive.close()
        damaged = [finding for finding in archive.verify() if not finding.ok]
        assert [Path(each.file).name for each in damaged] == ["d.wacz"]
