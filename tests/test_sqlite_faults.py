"""The SQLite index is a cache: gone, locked, of another shape or rotten, it says so, and a rebuild brings it back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import IndexOutdated, IndexUnavailable
from archiver.index import sqlite as sqlite_index
from archiver.index import sqlite_write
from archiver.index.order import quote_order, snapshot_order
from archiver.records import Query, SnapshotQuery
from tests.factories import make_quote, make_rows
from tests.test_archive import RESPONSE, warc
from tests.test_warc_reader import raw


@pytest.fixture
def archive(config: Config, tmp_path: Path) -> Iterator[Archive]:
    with Archive(config) as archive:
        archive.add(warc(tmp_path, raw(1, RESPONSE)))
        yield archive


def index_file(archive: Archive) -> Path:
    folder = archive.folder.path / "index"
    return folder / (folder / "current").read_text().strip()


def found(archive: Archive) -> list[str | None]:
    return [entry.quote.id for entry in archive.search(Query(q="tender")).entries]


def test_an_index_that_is_gone_is_rebuilt_from_the_files(archive: Archive) -> None:
    before = found(archive)
    archive.index.close()
    shutil.rmtree(archive.folder.path / "index")
    assert found(archive) == []
    archive.catch_up()
    assert found(archive) == before


def test_an_index_whose_file_is_gone_says_what_to_do(archive: Archive) -> None:
    before = found(archive)
    archive.index.close()
    index_file(archive).unlink()
    with pytest.raises(IndexUnavailable, match="onrecord rebuild"):
        found(archive)
    archive.rebuild()
    assert found(archive) == before


def test_an_index_of_another_shape_says_what_to_do(archive: Archive) -> None:
    before = found(archive)
    archive.index.close()
    with sqlite3.connect(index_file(archive)) as db:
        db.execute("UPDATE facts SET value = 'older' WHERE name = 'shape'")
    db.close()
    with pytest.raises(IndexOutdated, match="onrecord rebuild"):
        found(archive)
    archive.rebuild()
    assert found(archive) == before


@pytest.mark.parametrize("place", [0, 100, 5000])
def test_a_rotten_index_is_told_never_a_traceback_and_a_rebuild_mends_it(archive: Archive, place: int) -> None:
    before = found(archive)
    archive.index.close()
    path = index_file(archive)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    data = bytearray(path.read_bytes())
    data[place : place + 4000] = os.urandom(4000)
    path.write_bytes(bytes(data))
    try:
        found(archive)
    except (IndexUnavailable, IndexOutdated) as error:
        assert "rebuild" in str(error)
    archive.index.close()
    archive.rebuild()
    assert found(archive) == before


def test_an_index_that_another_process_writes_to_is_waited_for_then_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.index.close()
    monkeypatch.setattr(sqlite_index, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(index_file(archive), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(IndexUnavailable, match="another process is writing"):
        archive.index.advance("captures/x", 1)
    assert found(archive)  # readers continue
    monkeypatch.setattr(sqlite_index, "BUSY_SECONDS", 5.0)
    archive.index.close()
    threading.Timer(0.3, lambda: other.execute("ROLLBACK")).start()
    archive.index.advance("captures/x", 1)
    other.close()


def test_words_of_a_change_that_failed_are_put_in_by_the_next(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [make_rows("later", make_quote("q", text="A walrus surfaced."), text="A walrus surfaced.")]
    put_in = sqlite_write.add

    def fails(*arguments: Any) -> NoReturn:
        put_in(*arguments)
        raise RuntimeError("stopped")

    with monkeypatch.context() as patch:
        patch.setattr(sqlite_index, "add", fails)
        with pytest.raises(RuntimeError, match="stopped"):
            archive.index.add(given)
    archive.index.add(given)
    assert archive.index.search(Query(q="walros~1")).total.value == 1
    assert archive.index.snapshots(SnapshotQuery(q="walros~1")).total.value == 1


def test_orders_a_century_apart_are_near_enough_for_sqlite_to_go_through_them_backwards() -> None:
    first, last = datetime(1950, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
    for order in (lambda at: quote_order("", None, at), lambda at: snapshot_order("", at)):
        assert 0 < order(last) - order(first) < 1 << 56  # type: ignore[no-untyped-call]
