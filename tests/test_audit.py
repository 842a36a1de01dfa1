"""What was done is noted in a chain; where it cannot be noted, what is kept stays kept."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from dataclasses import replace

import pytest

from archiver.archive import Archive
from archiver.audit import Action, Audit
from archiver.config import Config
from archiver.errors import StorageFull, WarcDamaged
from archiver.ingest.decide import Author, Wish
from archiver.records import Act
from archiver.viewer import Viewer
from tests.site.serve import Site

WITHDRAWAL = Wish(act=Act.WITHDRAW, author=Author(name="", role="editor"), reason="A court said so")


@pytest.fixture
def archive(config: Config, site: Site) -> Iterator[Archive]:
    with Archive(replace(config, fetch_allow=site.allow)) as archive:
        yield archive


def noted(archive: Archive) -> list[tuple[Action, str]]:
    return [(line.action, line.target) for line in Audit(archive.config.archive).lines()]


@pytest.mark.parametrize("disk", ["full", "full after some bytes", "nothing can be opened"])
def test_what_is_kept_stays_kept_where_it_cannot_be_noted(
    archive: Archive, site: Site, disk: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url = next(url for url in site.urls if url.endswith("/ferry-contract"))
    archive.capture(url)
    before, real = noted(archive), os.pwrite
    log = archive.config.archive / "audit.jsonl"

    def full(descriptor: int, data: bytes, offset: int) -> int:
        if disk == "full after some bytes":
            return real(descriptor, data[:20], offset)
        raise OSError(errno.ENOSPC, "No space left on device")

    if disk == "nothing can be opened":
        log.rename(log.with_suffix(".away"))
        log.mkdir()
    else:
        monkeypatch.setattr(os, "pwrite", full)
    with caplog.at_level(logging.ERROR):
        outcome = archive.capture(url)
        archive.decide(WITHDRAWAL, outcome.kept[-1].snapshot.id)
    monkeypatch.undo()
    assert outcome.indexed
    assert outcome.kept[-1].snapshot.id not in {each.snapshot.id for each in archive.captures(url)}
    assert archive.seen_by(Viewer()).snapshots_by_id([outcome.kept[-1].snapshot.id]) == {}
    told = [record.getMessage() for record in caplog.records if "missing in the audit log" in record.getMessage()]
    assert [each.split(" by account")[0] for each in told] == [
        f"done, but missing in the audit log: {act} of {target}"
        for act, target in [("capture", url), ("withdraw", outcome.kept[-1].snapshot.id)]
    ]
    if disk == "nothing can be opened":
        log.rmdir()
        log.with_suffix(".away").rename(log)
    assert noted(archive) == before
    archive.capture(url)
    assert noted(archive) == [*before, (Action.CAPTURE, url)]


def test_a_line_that_cannot_be_written_whole_is_an_error_for_who_writes_it(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.archive.mkdir()
    monkeypatch.setattr(os, "pwrite", lambda *_: 1)
    with pytest.raises(StorageFull):
        Audit(config.archive).note(Action.CAPTURE, by="account a", target="x")


def test_a_line_that_was_changed_or_taken_out_is_found(config: Config) -> None:
    config.archive.mkdir()
    for target in ("one", "two", "three"):
        Audit(config.archive).note(Action.CAPTURE, by="account a", target=target)
    path = config.archive / "audit.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for broken in ([lines[0], lines[2]], [lines[0].replace(b"one", b"eins"), *lines[1:]]):
        path.write_bytes(b"".join(broken))
        with pytest.raises(WarcDamaged, match="does not follow"):
            list(Audit(config.archive).lines())
