"""An archive end to end: captured over real HTTP, added from elsewhere, rebuilt, extracted again, verified."""

from __future__ import annotations

import gzip
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive, Outcome
from archiver.config import Config, software
from archiver.errors import NoSuchRecord, NotFound, Unreachable, WarcError
from archiver.extraction import Extractor
from archiver.ingest import extract
from archiver.ingest.store import assertion_of
from archiver.records import Entry, Extraction, Query, QuoteState, Reason, Snapshot, SnapshotEntry, SnapshotQuery
from tests.index_fixtures import lose_index
from tests.site.serve import Site
from tests.test_warc_reader import packed, raw

PAGE = """<!doctype html><html lang="en"><head><title>Ferry contract</title>
<meta property="article:published_time" content="2026-11-10T18:20:00+01:00"></head><body><article>
<h1>Ferry contract</h1>
<p>The city council reopened the ferry contract on Tuesday. Its auditor, Ada Marlow, had presented her report.</p>
<p>“The contract was never put to tender,” Marlow told the council, “and nobody asked why.”</p>
<p>The mayor’s office declined to comment on the report and on the contract.</p></article></body></html>"""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
RESPONSE = HEAD + PAGE.encode()
EVERYTHING = Query(limit=1000, repeats=True, state=tuple(QuoteState))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with Site(0) as site:
        yield site


@pytest.fixture
def config(config: Config, site: Site) -> Config:
    return replace(config, fetch_allow=site.allow)


@pytest.fixture
def archive(config: Config) -> Iterator[Archive]:
    with Archive(config) as archive:
        yield archive


def page_at(site: Site, path: str) -> str:
    return next(url for url in site.urls if url.endswith(path))


def captured(archive: Archive, site: Site, *paths: str) -> list[Outcome]:
    return [archive.capture(page_at(site, path)) for path in paths]


def rows(archive: Archive) -> tuple[list[Entry], list[SnapshotEntry]]:
    """All that the index says, in an order that does not hang on it."""
    entries = sorted(archive.search(EVERYTHING).entries, key=lambda entry: entry.quote.id or "")
    return entries, sorted(archive.snapshots(SnapshotQuery(limit=1000)).entries, key=lambda row: row.snapshot.id)


def warc(tmp_path: Path, *records: bytes, name: str = "crawl.warc.gz") -> Path:
    path = tmp_path / name
    path.write_bytes(b"".join(map(packed, records)))
    return path


def wacz(tmp_path: Path, members: dict[str, bytes], *, name: str = "page.wacz", digests: bool = True) -> Path:
    path = tmp_path / name
    listed = [{"path": each, "hash": f"sha256:{sha256(data).hexdigest()}"} for each, data in members.items()]
    listing = json.dumps({"profile": "data-package", "resources": listed}).encode()
    seal = json.dumps({"path": "datapackage.json", "hash": f"sha256:{sha256(listing).hexdigest()}"}).encode()
    with zipfile.ZipFile(path, "w") as package:
        for each, data in members.items():
            package.writestr(each, data)
        if digests:
            package.writestr("datapackage.json", listing)
            package.writestr("datapackage-digest.json", seal)
    return path


def test_a_captured_page_is_a_snapshot_with_its_quotes(archive: Archive, site: Site) -> None:
    (outcome,) = captured(archive, site, "/2026/11/ferry-contract")
    (kept,) = outcome.kept
    assert outcome.indexed
    assert kept.extraction is not None
    found = [entry.quote.text for entry in archive.search(Query(q="tender")).entries]
    assert "The contract was never put to tender, and nobody asked why." in found
    assert archive.snapshot(kept.snapshot.id).quote_count == len(kept.extraction.quotes)


def test_each_quote_can_be_followed_to_the_bytes_it_was_read_from(archive: Archive, site: Site) -> None:
    captured(archive, site, "/2026/11/night-ward")
    for entry in archive.search(EVERYTHING).entries:
        text = archive.text(entry.snapshot_id, entry.quote.text_digest)
        assert "sha256:" + sha256(text).hexdigest() == entry.quote.text_digest
        words = [text.decode()[span.start : span.end] for span in entry.quote.spans]
        assert words == [selector.exact for selector in entry.quote.selectors]
        assert words[0][:20].encode() in archive.page(entry.snapshot_id).body
        assert archive.record(entry.snapshot_id).startswith(b"WARC/1.1\r\n")


def test_every_hop_of_a_redirect_is_a_snapshot(archive: Archive, site: Site) -> None:
    (outcome,) = captured(archive, site, "/news/bells")
    assert [kept.snapshot.status for kept in outcome.kept] == [301, 200]
    assert {kept.snapshot.requested_url for kept in outcome.kept} == {page_at(site, "/news/bells")}
    assert len(archive.captures(page_at(site, "/news/bells"))) == 2


def test_a_page_captured_twice_gives_two_snapshots_and_repeats(archive: Archive, site: Site) -> None:
    captured(archive, site, "/2026/11/night-ward", "/2026/11/night-ward")
    once = archive.search(Query(limit=1000)).total.value
    assert archive.search(Query(limit=1000, repeats=True)).total.value == 2 * once > 0


def test_what_is_fresh_is_not_fetched_again(archive: Archive, site: Site) -> None:
    (first,) = captured(archive, site, "/news/bells")
    again = archive.capture(page_at(site, "/news/bells"), max_age=timedelta(hours=1))
    assert [kept.snapshot.id for kept in again.kept] == [first.kept[-1].snapshot.id]
    assert again.already
    assert archive.searched().snapshots == 2
    archive.capture(page_at(site, "/news/bells"), max_age=timedelta(0))
    assert archive.searched().snapshots == 4


def test_an_unreachable_page_is_a_problem_and_nothing_is_kept(config: Config, site: Site) -> None:
    with Archive(replace(config, fetch_allow=("127.0.0.1:9",))) as archive:
        outcome = archive.capture("http://127.0.0.1:9/")
        assert isinstance(outcome.problem, Unreachable)
        assert outcome.kept == ()


def test_a_rebuilt_index_is_the_one_that_grew(index_config: Config, site: Site, tmp_path: Path) -> None:
    config = replace(index_config, fetch_allow=site.allow, fetch_pause=0.0, extract_processes=1)
    with Archive(config) as archive:
        captured(archive, site, "/2026/11/ferry-contract", "/2026/11/ferry-contract", "/news/bells")
        archive.add(warc(tmp_path, raw(1, RESPONSE)))
        archive.reextract()
        before = rows(archive)
        archive.rebuild()
        assert rows(archive) == before
    lose_index(config)
    with Archive(config) as moved:
        moved.rebuild()
        assert rows(moved) == before


def test_an_archive_moved_by_copying_its_folder_gives_the_same_answers(
    archive: Archive, config: Config, site: Site, tmp_path: Path
) -> None:
    captured(archive, site, "/2026/11/ferry-contract", "/sante/maternite")
    before = rows(archive)
    archive.close()
    shutil.copytree(config.archive, tmp_path / "copy", ignore=shutil.ignore_patterns("index", "jobs*"))
    with Archive(replace(config, archive=tmp_path / "copy")) as copy:
        copy.rebuild()
        assert rows(copy) == before
        assert not [finding for finding in copy.verify() if not finding.ok]


def test_extracting_again_keeps_every_id_resolvable(
    archive: Archive, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    (outcome,) = captured(archive, site, "/2026/11/night-ward")
    snapshot_id = outcome.kept[0].snapshot.id
    before = {entry.quote.id: entry.quote for entry in archive.index.quotes_of(snapshot_id)}
    gone = next(quote_id for quote_id, quote in before.items() if quote.counts)
    monkeypatch.setattr(extract, "assertion_of", _without(before[gone].text, assertion_of))
    archive.reextract([snapshot_id])
    after = {entry.quote.id: entry.quote for entry in archive.index.quotes_of(snapshot_id)}
    assert set(after) == set(before)
    assert after[gone].state is QuoteState.SUPERSEDED
    assert archive.quote(gone or "").quote.text == before[gone].text
    assert archive.snapshot(snapshot_id).quote_count == sum(quote.counts for quote in before.values()) - 1
    archive.rebuild()
    assert {entry.quote.id: entry.quote for entry in archive.index.quotes_of(snapshot_id)} == after


def _without(words: str, real: Any) -> Any:
    """An extractor that does not see some words any more."""

    def stored(snapshot: Snapshot, extraction: Extraction, *rest: Any, **named: Any) -> Any:
        kept = tuple(quote for quote in extraction.quotes if quote.text != words)
        return real(snapshot, replace(extraction, quotes=kept), *rest, **named)

    return stored


def test_an_unchanged_text_is_stored_once(archive: Archive, site: Site) -> None:
    (outcome,) = captured(archive, site, "/2026/11/night-ward")
    archive.reextract()
    row = archive.snapshot(outcome.kept[0].snapshot.id)
    assert len(row.texts) == 1
    assert row.extractor is not None
    assert row.extractor.startswith(software())


def test_unknown_ids_are_not_found(archive: Archive) -> None:
    for ask in (archive.quote, archive.snapshot, archive.text, archive.record, archive.page):
        with pytest.raises(NotFound):
            ask("q" + "a" * 20)
    with pytest.raises(NotFound):
        archive.reextract(["s" + "a" * 20])
    with pytest.raises(NotFound):
        list(archive.verify(["no-such-file"]))


def test_an_added_file_is_kept_byte_for_byte_and_indexed(archive: Archive, tmp_path: Path) -> None:
    path = warc(tmp_path, raw(0, b"software: other\r\n", WARC_Type="warcinfo"), raw(1, RESPONSE))
    outcome = archive.add(path)
    (kept,) = outcome.kept
    assert kept.snapshot.origin == "added"
    assert kept.snapshot.added is not None
    assert kept.snapshot.added.file_digest == "sha256:" + sha256(path.read_bytes()).hexdigest()
    assert outcome.report is not None
    assert outcome.report.passed_over == {"warcinfo": 1}
    assert (archive.folder.path / kept.snapshot.locator.warc).read_bytes() == path.read_bytes()
    (entry,) = archive.search(Query(q="tender")).entries
    assert (entry.quote.speaker.name, entry.site) == ("Ada Marlow", "harbour.example")


def test_a_file_added_twice_adds_nothing_whatever_its_name(archive: Archive, tmp_path: Path) -> None:
    path = warc(tmp_path, raw(1, RESPONSE))
    archive.add(path)
    before = rows(archive)
    path.rename(tmp_path / "renamed.warc.gz")
    again = archive.add(tmp_path / "renamed.warc.gz")
    assert again.already
    assert rows(archive) == before
    unpacked = tmp_path / "unpacked.warc"
    unpacked.write_bytes(raw(1, RESPONSE))
    other = archive.add(unpacked)
    assert not other.kept
    assert rows(archive) == before


def test_a_file_left_in_place_is_read_there_and_its_absence_told(archive: Archive, tmp_path: Path) -> None:
    path = warc(tmp_path, raw(1, RESPONSE))
    (kept,) = archive.add(path, in_place=True).kept
    assert archive.page(kept.snapshot.id).body == PAGE.encode()
    assert not [finding for finding in archive.verify() if not finding.ok]
    path.rename(tmp_path / "elsewhere")
    with pytest.raises(WarcError):
        archive.page(kept.snapshot.id)
    assert [finding.what for finding in archive.verify() if not finding.ok]


def test_a_truncated_file_is_added_as_far_as_it_is_sound(archive: Archive, tmp_path: Path) -> None:
    path = warc(tmp_path, raw(1, RESPONSE), raw(2, RESPONSE))
    path.write_bytes(path.read_bytes()[:-20])
    outcome = archive.add(path)
    assert len(outcome.kept) == 1
    assert [piece.torn for piece in outcome.damage] == [True]
    archive.close()
    findings = list(archive.verify())
    assert not [finding for finding in findings if not finding.ok]
    assert any(finding.what.startswith("already damaged when it was added") for finding in findings)


@pytest.mark.parametrize(
    "data", [b"", b"<html>no WARC</html>", gzip.compress(b"no WARC", mtime=0), b"\x1f\x8bnonsense"]
)
def test_what_is_no_warc_is_refused_and_nothing_is_kept(archive: Archive, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file.warc.gz"
    path.write_bytes(data)
    with pytest.raises(WarcError):
        archive.add(path)
    assert archive.folder.added() == ()


def test_a_revisit_shows_the_page_that_it_refers_to(archive: Archive, tmp_path: Path) -> None:
    revisit = raw(
        2,
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n",
        WARC_Type="revisit",
        WARC_Date="2026-11-12T08:00:00Z",
        WARC_Target_URI="https://harbour.example/1",
        WARC_Profile="http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        WARC_Refers_To="<urn:uuid:00000000-0000-4000-8000-000000000001>",
    )
    orphan = raw(3, b"", WARC_Type="revisit", WARC_Refers_To="<urn:uuid:nowhere>")
    outcome = archive.add(warc(tmp_path, revisit, raw(1, RESPONSE), orphan))
    original, later, lost = (kept.snapshot for kept in outcome.kept)
    assert later.payload == original.locator
    assert later.payload_digest == original.payload_digest
    assert archive.page(later.id).body == PAGE.encode()
    assert outcome.report is not None
    assert (outcome.report.unresolved, archive.snapshot(lost.id).reason) == (1, Reason.NO_ORIGINAL)
    with pytest.raises(NoSuchRecord):
        archive.page(lost.id)
    (entry,) = archive.search(Query(q="tender", repeats=True, snapshot=(later.id,))).entries
    assert entry.repeat_of is not None


def test_a_revisit_of_a_record_in_another_file_is_read_too(archive: Archive, tmp_path: Path) -> None:
    archive.add(warc(tmp_path, raw(1, RESPONSE)))
    revisit = raw(
        2,
        HEAD,
        WARC_Type="revisit",
        WARC_Target_URI="https://harbour.example/1",
        WARC_Refers_To_Target_URI="https://harbour.example/1",
        WARC_Refers_To_Date="2026-11-10T19:02:14Z",
    )
    (kept,) = archive.add(warc(tmp_path, revisit, name="later.warc.gz")).kept
    assert archive.page(kept.snapshot.id).body == PAGE.encode()


def test_a_package_is_read_where_it_lies_and_said_to_be_unsigned(archive: Archive, tmp_path: Path) -> None:
    inner = b"".join(map(packed, (raw(1, RESPONSE), raw(2, RESPONSE))))
    outcome = archive.add(wacz(tmp_path, {"archive/data.warc.gz": inner, "pages/pages.jsonl": b"{}"}))
    assert len(outcome.kept) == 2
    assert outcome.report is not None
    assert outcome.report.remarks == ["unsigned"]
    assert archive.page(outcome.kept[1].snapshot.id).body == PAGE.encode()
    assert not [finding for finding in archive.verify() if not finding.ok]


def test_a_package_whose_digests_do_not_agree_is_told(archive: Archive, tmp_path: Path) -> None:
    inner = packed(raw(1, RESPONSE))
    path = wacz(tmp_path, {"archive/data.warc.gz": inner, "pages/pages.jsonl": b"before"})
    path.write_bytes(path.read_bytes().replace(b"before", b"after!"))
    outcome = archive.add(path)
    assert len(outcome.kept) == 1
    assert any("pages/pages.jsonl" in piece.what for piece in outcome.damage)


@pytest.mark.parametrize("name", ["../../escape.warc.gz", "/etc/escape.warc.gz", "archive/../../escape.warc.gz"])
def test_names_in_a_package_never_become_paths(archive: Archive, tmp_path: Path, name: str) -> None:
    archive.add(wacz(tmp_path, {name: packed(raw(1, RESPONSE)), "archive/a.warc.gz": packed(raw(2, RESPONSE))}))
    assert not list(tmp_path.rglob("escape*"))


def test_a_package_that_has_a_name_twice_or_compresses_its_records_is_not_read(
    archive: Archive, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "twice.wacz", "w") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("archive/a.warc.gz", packed(raw(1, RESPONSE)))
        package.writestr("archive/a.warc.gz", packed(raw(2, RESPONSE)))
    with pytest.raises(WarcError):
        archive.add(tmp_path / "twice.wacz")
    with zipfile.ZipFile(tmp_path / "deflated.wacz", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/a.warc.gz", packed(raw(1, RESPONSE)))
    outcome = archive.add(tmp_path / "deflated.wacz")
    assert not outcome.kept
    assert outcome.damage


def test_a_forged_assertion_in_an_added_file_is_passed_over(archive: Archive, config: Config, tmp_path: Path) -> None:
    with Archive(replace(config, archive=tmp_path / "other")) as other:
        other.add(warc(tmp_path, raw(1, RESPONSE)))
        forged = other.folder.path / other.folder.warcs("assertions")[0]
        source = forged if forged.exists() else forged.with_name(forged.name + ".open")
        shutil.copy(source, tmp_path / "forged.warc.gz")
    outcome = archive.add(tmp_path / "forged.warc.gz")
    assert outcome.report is not None
    assert outcome.report.passed_over["metadata"] == 2
    archive.rebuild()
    assert archive.searched().quotes == 0


def test_what_an_interrupted_run_left_is_taken_up(config: Config, site: Site) -> None:
    with Archive(config) as archive:
        archive.resources.capturer.capture(
            page_at(site, "/2026/11/night-ward")
        )  # kept, and then the process was killed
    with Archive(config) as archive:
        assert archive.searched().snapshots == 0
        assert archive.catch_up().snapshots == 1
        assert archive.searched().quotes > 0
        assert archive.catch_up().snapshots == 0


def test_without_an_index_captures_go_on_and_are_indexed_later(config: Config, site: Site) -> None:
    away = replace(config, index=("http://127.0.0.1:9",))
    with Archive(away) as archive:
        (outcome,) = captured(archive, site, "/2026/11/night-ward")
        assert not outcome.indexed
        assert [part.ok for part in archive.health() if part.name == "index"] == [False]
    with Archive(config) as archive:
        archive.catch_up()
        assert archive.searched().snapshots == 1


def test_verify_names_the_file_of_any_flipped_bit(archive: Archive, site: Site, tmp_path: Path) -> None:
    captured(archive, site, "/2026/11/night-ward")
    added = archive.add(warc(tmp_path, raw(1, RESPONSE))).kept[0].snapshot.locator.warc
    archive.close()
    chains = [path.relative_to(archive.folder.path).as_posix() for path in archive.folder.manifest.chains()]
    for name in (*archive.folder.warcs("captures"), *archive.folder.warcs("assertions"), added, *chains):
        path = archive.folder.path / name
        sound = path.read_bytes()
        path.chmod(0o644)
        for place in range(0, len(sound), max(1, len(sound) // 25)):
            flipped = bytearray(sound)
            flipped[place] ^= 1 << place % 8
            path.write_bytes(bytes(flipped))
            bad = [finding for finding in archive.verify() if not finding.ok]
            assert bad, (name, place)
            assert name in chains or name in {finding.file for finding in bad}, (name, place)
        path.write_bytes(sound)
    assert not [finding for finding in archive.verify() if not finding.ok]


def test_verify_finds_a_file_that_is_gone_and_a_line_that_was_changed(archive: Archive, site: Site) -> None:
    captured(archive, site, "/2026/11/night-ward")
    archive.close()
    there = archive.folder.path / archive.folder.warcs("captures")[0]
    there.rename(archive.folder.path / "aside" / "moved")
    assert any("missing" in finding.what for finding in archive.verify() if not finding.ok)
    (archive.folder.path / "aside" / "moved").rename(there)
    manifest = archive.folder.manifest.chains()[0]
    lines = manifest.read_bytes().splitlines(keepends=True)
    manifest.write_bytes(b"".join([lines[0].replace(b'"size":', b'"size":1'), *lines[1:]]))
    assert any(finding.file == "manifest" for finding in archive.verify() if not finding.ok)


def test_verify_of_one_quote_names_its_record(archive: Archive, site: Site) -> None:
    captured(archive, site, "/2026/11/night-ward")
    (entry, *_) = archive.search(Query()).entries
    findings = list(archive.verify([entry.quote.id or ""]))
    assert [finding.ok for finding in findings] == [True, True]
    assert findings[0].record_id == archive.snapshot(entry.snapshot_id).snapshot.record_id


def _no_warc(package: zipfile.ZipFile) -> None:
    package.writestr("archive/index.cdxj", b"")


def _linked(package: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("archive/link.warc.gz")
    info.external_attr = 0o120777 << 16
    package.writestr(info, "/etc/passwd")


def _nested(package: zipfile.ZipFile) -> None:
    package.writestr("archive/inner.wacz", b"PK\x03\x04 a package in a package")


def test_a_package_without_warc_files_is_refused_by_name(archive: Archive, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "odd.wacz", "w") as package:
        _no_warc(package)
    with pytest.raises(WarcError, match="a ZIP package without WARC files"):
        archive.add(tmp_path / "odd.wacz")
    assert archive.folder.added() == ()


@pytest.mark.parametrize("fill", [_linked, _nested])
def test_a_package_without_a_sound_warc_file_keeps_nothing_and_says_so(
    archive: Archive, tmp_path: Path, fill: Callable[[zipfile.ZipFile], None]
) -> None:
    with zipfile.ZipFile(tmp_path / "odd.wacz", "w") as package:
        fill(package)
    outcome = archive.add(tmp_path / "odd.wacz")
    assert not outcome.kept
    assert outcome.damage


@pytest.mark.parametrize("harm", ["cut", "encrypted", "overlapping", "crowded", "no directory"])
def test_a_package_that_cannot_be_trusted_is_refused_before_anything_is_kept(
    archive: Archive, tmp_path: Path, harm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = wacz(
        tmp_path, {"archive/a.warc.gz": packed(raw(1, RESPONSE)), "archive/b.warc.gz": packed(raw(2, RESPONSE))}
    )
    data = bytearray(path.read_bytes())
    directory = data.find(b"PK\x01\x02")
    if harm == "cut":
        del data[directory + 10 :]
    elif harm == "encrypted":
        data[directory + 8] |= 1
    elif harm == "overlapping":  # the second member begins where the first does
        second = data.find(b"PK\x01\x02", directory + 1)
        data[second + 42 : second + 46] = (1).to_bytes(4, "little")
    elif harm == "crowded":
        monkeypatch.setattr("archiver.warcs.wacz.MAX_MEMBERS", 1)
    else:
        del data[directory:]
    path.write_bytes(bytes(data))
    with pytest.raises(WarcError):
        archive.add(path)
    assert archive.folder.added() == ()


def test_a_member_that_would_decompress_to_far_more_is_not_decompressed(archive: Archive, tmp_path: Path) -> None:
    zeros = bytes(64 << 20)
    path = wacz(tmp_path, {"archive/a.warc.gz": packed(raw(1, RESPONSE))})
    listing = json.dumps({"resources": [{"path": "pages/bomb", "hash": f"sha256:{sha256(zeros).hexdigest()}"}]})
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/a.warc.gz", packed(raw(1, RESPONSE)))
        package.writestr("datapackage.json", listing)
        package.writestr("pages/bomb", zeros, zipfile.ZIP_DEFLATED)
    outcome = archive.add(path)
    assert len(outcome.kept) == 1
    assert any("not decompressed" in piece.what for piece in outcome.damage)


def test_two_records_of_one_id_and_other_content_are_both_kept_and_told(archive: Archive, tmp_path: Path) -> None:
    other = RESPONSE.replace(b"nobody asked why", b"everybody asked why")
    outcome = archive.add(warc(tmp_path, raw(1, RESPONSE), raw(1, other)))
    assert len({kept.snapshot.id for kept in outcome.kept}) == 2
    assert len(archive.search(Query(q="asked", repeats=True)).entries) == 2
    archive.close()
    assert any("the same id but different content" in finding.what for finding in archive.verify())


def test_archives_of_many_tests_share_one_reader_of_pages(config: Config) -> None:
    """Of our own tests: a reader takes more than a second of a processor to start (`tests/kept_children.py`)."""
    started = set()
    for _ in range(2):
        with Extractor(config) as extractor:
            extractor.read(b"<p>The council met.", url="https://a.example/", content_type="text/html")
            child = extractor._idle.get()
            extractor._idle.put(child)
            assert child._process
            started.add(child._process.pid)
    assert len(started) == 1
