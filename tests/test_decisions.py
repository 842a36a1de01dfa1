"""What people decide is kept in the WARC files: it outlives rebuilding, extracting again and moving."""

from __future__ import annotations

import shutil
import sys
import tarfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from archiver.archive import Archive
from archiver.config import Config
from archiver.errors import NotFound, Withdrawn, WithdrawnByLaw
from archiver.ingest.decide import Author, Wish
from archiver.jobs import Jobs
from archiver.records import (
    Act,
    By,
    Change,
    Entry,
    Kind,
    Query,
    QuoteState,
    Review,
    SnapshotEntry,
    SnapshotQuery,
    Visibility,
)
from archiver.viewer import Viewer
from tests.index_fixtures import lose_index
from tests.site.serve import Site

EDITOR = Author(name="R. Calder", role="editor")
READER = Viewer()
EVERYTHING = Query(limit=1000, repeats=True, state=tuple(QuoteState), kind=tuple(Kind))
ARCHIVES = Path(__file__).parent / "archives"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(0) as site:
        yield site


@pytest.fixture
def archive(config: Config, site: Site) -> Iterator[Archive]:
    with Archive(replace(config, fetch_allow=site.allow)) as archive:
        yield archive


def page_at(site: Site, path: str) -> str:
    return next(url for url in site.urls if url.endswith(path))


def wish(act: Act, reason: str = "The minutes say so", **values: str | None) -> Wish:
    changes = tuple(Change(path=path.replace("__", "."), value=value) for path, value in values.items())
    return Wish(act=act, author=EDITOR, reason=reason, changes=changes)


def rows(archive: Archive) -> tuple[list[Entry], list[SnapshotEntry]]:
    found = sorted(archive.search(EVERYTHING).entries, key=lambda entry: entry.quote.id or "")
    return found, sorted(archive.snapshots(SnapshotQuery(limit=1000)).entries, key=lambda row: row.snapshot.id)


def named(archive: Archive, words: str = "tender") -> Entry:
    return archive.search(Query(q=words)).entries[0]


def test_people_s_word_outlives_rebuilding_extracting_again_and_moving(
    index_config: Config, site: Site, tmp_path: Path
) -> None:
    with Archive(replace(index_config, fetch_allow=site.allow)) as archive:
        for path in ("ferry-contract", "night-ward", "ferry-tender"):
            archive.capture(page_at(site, path))
        entry = named(archive)
        other = next(each for each in rows(archive)[0] if each.snapshot_id != entry.snapshot_id)
        quote_id = str(entry.quote.id)
        archive.decide(wish(Act.REVIEW, speaker__name="Ines Calloway"), quote_id)
        archive.decide(wish(Act.WITHDRAW), other.snapshot_id)
        archive.reextract()
        before = rows(archive)
        found = archive.quote(quote_id).quote
        assert (found.speaker.name, found.speaker_by, found.review) == ("Ines Calloway", By.PERSON, Review.CORRECTED)
        assert archive.read_by_program(quote_id).speaker == entry.quote.speaker
        assert other.snapshot_id not in {each.snapshot_id for each in before[0]}
        archive.rebuild()
        assert rows(archive) == before
        with pytest.raises(Withdrawn, match="The minutes say so"):
            archive.snapshot(other.snapshot_id)
        with pytest.raises(Withdrawn):
            archive.quote(str(other.quote.id))
    moved = tmp_path / "moved"
    shutil.copytree(index_config.archive, moved)
    with Archive(replace(index_config, archive=moved, index=(), fetch_allow=site.allow)) as archive:
        archive.rebuild()
        assert archive.quote(quote_id).quote.speaker.name == "Ines Calloway"
        (decision,) = archive.decisions(quote_id)
        assert (decision.by, decision.reason) == ("R. Calder", "The minutes say so")
        assert decision.based_on


def test_what_was_withdrawn_is_found_by_no_word_and_comes_back_as_it_was(archive: Archive, site: Site) -> None:
    archive.capture(page_at(site, "ferry-contract"))
    before, entry = rows(archive), named(archive)
    archive.decide(replace(wish(Act.WITHDRAW), legal=True), str(entry.quote.id))
    assert archive.search(replace(EVERYTHING, q="tender", facet=("speaker",))).entries == ()
    with pytest.raises(WithdrawnByLaw):
        archive.quote(str(entry.quote.id))
    archive.decide(wish(Act.RESTORE), str(entry.quote.id))
    after = rows(archive)
    assert after[0] == before[0]
    assert [each.quote_count for each in after[1]] == [each.quote_count for each in before[1]]


def test_what_is_private_is_there_for_those_with_a_key_until_it_is_released(archive: Archive, site: Site) -> None:
    archive.capture(page_at(site, "ferry-contract"))
    entry = named(archive)
    public = archive.seen_by(READER)
    archive.decide(wish(Act.PRIVATE), entry.snapshot_id)
    assert archive.quote(str(entry.quote.id)).visibility is Visibility.PRIVATE
    assert public.search(Query(q="tender")).total.value == 0
    assert public.captures(entry.url) == ()
    assert public.speakers("mar", 10) == ()
    assert public.searched().quotes == 0
    assert public.snapshots_by_id([entry.snapshot_id]) == {}
    with pytest.raises(NotFound):
        public.quote(str(entry.quote.id))
    with pytest.raises(NotFound):
        public.record(entry.snapshot_id)
    archive.decide(wish(Act.RELEASE), entry.snapshot_id)
    assert public.quote(str(entry.quote.id)).quote == entry.quote


@pytest.mark.parametrize("target", ["quote", "snapshot"])
def test_nobody_without_a_key_learns_of_what_is_private_by_its_withdrawal(
    archive: Archive, site: Site, target: str
) -> None:
    archive.capture(page_at(site, "ferry-contract"), private=True)
    entry = archive.index.quotes_of(archive.captures(page_at(site, "ferry-contract"))[-1].snapshot.id)[0]
    ids = str(entry.quote.id), entry.snapshot_id
    archive.decide(wish(Act.WITHDRAW), ids[0] if target == "quote" else ids[1])
    public = archive.seen_by(READER)
    for each in (lambda: public.quote(ids[0]), lambda: public.snapshot(ids[1]), lambda: public.decisions(ids[0])):
        with pytest.raises(NotFound):
            each()
    with pytest.raises(NotFound):
        public.decide(wish(Act.RESTORE), ids[1])
    public.check_withdrawn(entry.url)
    with pytest.raises(Withdrawn):
        archive.quote(ids[0])
    archive.decide(wish(Act.RELEASE), ids[1])
    with pytest.raises(Withdrawn):
        public.quote(ids[0])


def test_a_state_that_was_kept_in_a_damaged_record_is_told_and_not_written_over(archive: Archive, site: Site) -> None:
    archive.capture(page_at(site, "ferry-contract"))
    (row,) = rows(archive)[1]
    archive.close()
    (file,) = (archive.config.archive / "assertions").glob("*.warc.gz")
    damaged = bytearray(file.read_bytes())
    damaged[row.assertions[0].locator.offset + 40] ^= 1
    file.chmod(0o644)
    file.write_bytes(damaged)
    rebuilt = archive.rebuild()
    assert [(each.warc, each.offset) for each in rebuilt.broken] == [
        (row.assertions[0].locator.warc, row.assertions[0].locator.offset)
    ]
    assert len(list((archive.config.archive / "assertions").glob("*"))) == 1
    (left,) = archive.snapshots(SnapshotQuery()).entries
    assert (left.snapshot.id, left.state, left.reason) == (row.snapshot.id, "failed", "error")


@pytest.mark.parametrize("harm", ["record gone", "file empty", "file gone"])
def test_a_state_whose_record_is_gone_without_a_trace_is_told_and_not_written_over(
    archive: Archive, site: Site, harm: str
) -> None:
    archive.capture(page_at(site, "ferry-contract"))
    (row,) = rows(archive)[1]
    archive.close()
    (file,) = (archive.config.archive / "assertions").glob("*.warc.gz")
    place = row.assertions[0].locator
    data = file.read_bytes()
    left = data[: place.offset] + data[place.offset + place.length :] if harm == "record gone" else b""
    file.unlink()
    if harm != "file gone":
        file.write_bytes(left)
    for again in (archive.rebuild(), archive.rebuild()):
        assert [(each.warc, each.offset) for each in again.broken] == [(place.warc, len(left))]
    assert [path.name for path in (archive.config.archive / "assertions").glob("*")] == [
        path.name for path in [file] if path.exists()
    ]
    (found,) = archive.snapshots(SnapshotQuery()).entries
    assert (found.snapshot.id, found.state, found.reason) == (row.snapshot.id, "failed", "error")
    lose_index(archive.config)
    with Archive(archive.config) as other:
        assert [each.warc for each in other.catch_up().broken] == [place.warc]
        assert [each.state for each in other.snapshots(SnapshotQuery()).entries] == ["failed"]


@pytest.fixture
def old(config: Config) -> Config:
    """An archive that version 0.1.0 made, with its index and its queue."""
    with tarfile.open(ARCHIVES / "0.1.0.tar.xz") as packed:
        packed.extractall(config.archive.parent, filter="data")
    assert config.archive.is_dir()
    return config


def test_an_archive_of_version_0_1_0_is_opened_and_keeps_its_ids(old: Config) -> None:
    promised = orjson.loads((ARCHIVES / "0.1.0.json").read_bytes())
    with Archive(old) as archive:
        archive.rebuild()
        entries, found = rows(archive)
        assert {row.snapshot.record_id: row.snapshot.id for row in found} == promised["snapshots"]
        assert {each.quote.id: [each.quote.text, each.quote.speaker.name] for each in entries} == promised["quotes"]
        assert all(finding.ok for finding in archive.verify())
        with Jobs(archive) as jobs:
            assert [jobs.job(each).id for each in promised["jobs"]] == promised["jobs"]


def test_many_threads_make_one_index_one_extractor_one_writer(config: Config) -> None:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(20):
            with Archive(config) as archive, ThreadPoolExecutor(8) as threads:
                together = threading.Barrier(8)

                def made(archive: Archive = archive, together: threading.Barrier = together) -> tuple[int, ...]:
                    together.wait()
                    return (
                        id(archive.index),
                        id(archive.extractor),
                        id(archive.resources.captures),
                        id(archive.resources.assertions),
                    )

                assert len({each.result() for each in [threads.submit(made) for _ in range(8)]}) == 1
    finally:
        sys.setswitchinterval(interval)


def test_closing_goes_on_when_one_thing_fails_to_close(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(config)
    closed: list[str] = []
    monkeypatch.setattr(archive.index, "close", lambda: closed.append("index"))
    monkeypatch.setattr(archive.extractor, "close", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        archive.close()
    assert closed == ["index"]
