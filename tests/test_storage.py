"""Where closed files are kept may be another place than the folder; several machines may write one archive."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.config import load
from archiver.errors import NoSuchRecord
from archiver.ingest.decide import Author
from archiver.records import WarcRecord
from archiver.verification import findings
from archiver.warcs.files import Folder
from archiver.warcs.manifest import BrokenLine, Line, Manifest
from archiver.warcs.storage import LocalStorage, Patch, Ranges, Rewriting, Storage, digest_of
from archiver.warcs.writer import Writer, new_record_id

PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    + """<!doctype html><html lang="en"><head><title>Quay reopens</title></head><body><article><h1>Quay reopens</h1>
<p>The council of Saltmere spoke about the quay on Tuesday, and its harbour master presented a report.</p>
<p>“The quay will be opened again in spring,” said Ada Marlow, the harbour master of the town.</p>
<p>The council met for three hours and heard forty residents before it voted on the plan.</p>
</article></body></html>""".encode()
)


class ObjectStore:
    """Files as objects in memory: no folders, no links, no descriptors, as an object store has none."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[Ranges]:
        if name not in self.objects:
            raise NoSuchRecord("no such object", where=name)
        yield _Object(self.objects[name])

    def list(self, room: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self.objects if name.startswith(f"{room}/")))

    def put(self, name: str, source: Path) -> bool:
        if name in self.objects:
            return False
        self.objects[name] = source.read_bytes()
        source.unlink()
        return True

    def digest(self, name: str) -> tuple[int, str]:
        with self.open(name) as file:
            return file.size, digest_of(file)

    def stamp(self, name: str) -> Hashable:
        return hash(self.objects[name]) if name in self.objects else None

    def rewrite(self, name: str, change: Rewriting) -> None:
        data = bytearray(self.objects[name])
        for each in change.patches:
            data[each.offset : each.offset + len(each.data)] = each.data
        self.objects[name] = bytes(data[: change.size])


class _Object:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size = len(data)

    def at(self, offset: int, count: int) -> bytes:
        return self._data[offset : offset + count]


def response(url: str) -> WarcRecord:
    return WarcRecord(
        type="response",
        record_id=new_record_id(),
        date=datetime(2026, 3, 12, 9, tzinfo=UTC),
        target_uri=url,
        content_type="application/http;msgtype=response",
        block=PAGE,
    )


@pytest.mark.parametrize("make", [LocalStorage, lambda _: ObjectStore()])
def test_a_store_keeps_what_is_put_and_never_replaces_it(make: Callable[[Path], Storage], tmp_path: Path) -> None:
    store: Storage = make(tmp_path)
    (tmp_path / "captures").mkdir()
    for number, expected in ((1, True), (2, False)):
        (tmp_path / "made").write_bytes(b"%d" % number * 10)
        assert store.put("captures/a.warc.gz", tmp_path / "made") is expected
    (tmp_path / "made").unlink(missing_ok=True)
    with store.open("captures/a.warc.gz") as file:
        assert (file.size, file.at(0, 99), file.at(8, 99), file.at(10, 1)) == (10, b"1" * 10, b"11", b"")
    assert store.list("captures") == ("captures/a.warc.gz",)
    assert store.digest("captures/a.warc.gz")[0] == 10
    with pytest.raises(NoSuchRecord), store.open("captures/b.warc.gz"):
        pass


@pytest.mark.parametrize("make", [LocalStorage, lambda _: ObjectStore()])
def test_a_store_changes_a_file_only_where_something_is_erased(make: Callable[[Path], Storage], tmp_path: Path) -> None:
    store: Storage = make(tmp_path)
    (tmp_path / "captures").mkdir()
    (tmp_path / "made").write_bytes(b"1" * 10)
    store.put("captures/a.warc.gz", tmp_path / "made")
    before = store.stamp("captures/a.warc.gz")
    assert store.stamp("captures/a.warc.gz") == before
    patches = (Patch(offset=2, data=b"22"), Patch(offset=8, data=b"3"))
    store.rewrite("captures/a.warc.gz", Rewriting(patches=patches, size=9))
    with store.open("captures/a.warc.gz") as file:
        assert file.at(0, 99) == b"112211113"
    assert store.stamp("captures/a.warc.gz") != before


def test_an_archive_lives_in_an_object_store(tmp_path: Path) -> None:
    store = ObjectStore()
    config = load({}, {"archive": str(tmp_path / "archive"), "extract_processes": "1"})
    given = Folder(tmp_path / "given")
    given.create()
    writer = Writer(given, "captures", max_bytes=1 << 30)
    writer.append([response("http://quay.example/added")])
    writer.close()
    foreign = given.path / given.warcs("captures")[0]
    with Archive(config, storage=store) as archive:
        outcome = archive.add(foreign)
        snapshot = outcome.kept[0].snapshot
        assert archive.page(snapshot.id).body == PAGE.partition(b"\r\n\r\n")[2]
    with Archive(config, storage=store) as archive:
        archive.rebuild()
        assert archive.searched().quotes == 1
        assert all(finding.ok for finding in archive.verify())
        assert archive.health()
        decided = archive.erase(snapshot.id, author=Author(name="", role="operator"), reason="Judgment 12/26")
        assert (decided.records, decided.elsewhere) == (3, ())
    with Archive(config, storage=store) as archive:
        assert all(finding.ok for finding in archive.verify())
    assert not any(b"Ada Marlow" in gzip.decompress(data) for data in store.objects.values())
    here = {path.name for path in (tmp_path / "archive").rglob("*.warc*")}
    assert here == set()
    assert {name.partition("/")[0] for name in store.objects} == {"added", "assertions"}


def test_each_machine_has_its_chain_and_all_are_read(tmp_path: Path) -> None:
    one, other = (Manifest(tmp_path / "manifests", writer=name) for name in ("one", "other"))
    one.enter("captures/a.warc.gz", 1, "sha256:aa")
    other.enter("captures/b.warc.gz", 2, "sha256:bb")
    one.enter("captures/c.warc.gz", 3, "sha256:cc")
    lines = list(one.lines())
    assert [line.file for line in lines if isinstance(line, Line)] == [
        "captures/a.warc.gz",
        "captures/c.warc.gz",
        "captures/b.warc.gz",
    ]
    assert not any(isinstance(line, BrokenLine) for line in lines)
    assert set(one.files()) == {"captures/a.warc.gz", "captures/b.warc.gz", "captures/c.warc.gz"}
    assert set(one.heads()) == {"one.jsonl", "other.jsonl"}


def test_a_line_that_goes_from_any_chain_is_found(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.create()
    for writer in ("one", "other"):
        chain = Manifest(tmp_path / "manifests", writer=writer)
        for number in range(3):
            chain.enter(f"captures/{writer}{number}.warc.gz", number, "sha256:00")
    for path in folder.manifest.chains():
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(lines[0] + lines[2])
        bad = [each for each in findings.of_archive(folder, progress=lambda _: None) if not each.ok]
        assert any(each.file == "manifest" and path.name in each.what for each in bad)
        path.write_bytes(b"".join(lines))


def test_the_one_chain_that_archives_had_before_is_still_read(tmp_path: Path) -> None:
    before = Manifest(tmp_path / "manifests", writer="before")
    before.enter("captures/a.warc.gz", 1, "sha256:aa")
    (tmp_path / "manifests" / "before.jsonl").rename(tmp_path / "manifest")
    folder = Folder(tmp_path)
    folder.manifest.enter("captures/b.warc.gz", 2, "sha256:bb")
    assert set(folder.manifest.files()) == {"captures/a.warc.gz", "captures/b.warc.gz"}
    assert not any(isinstance(line, BrokenLine) for line in folder.manifest.lines())
