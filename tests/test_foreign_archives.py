"""Files of everybody: what they hold is found, kept separate and replayed, in any order of adding."""

from __future__ import annotations

import gzip
import hashlib
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.serving import make_server

from api.app import create_app
from api.cli import main
from archiver.archive import Archive
from archiver.config import Config
from archiver.extraction import Extractor
from archiver.ingest.watch import Watch
from archiver.records import Origin, Query, QuoteState, Reason, SnapshotQuery, Truncation
from tests.test_warc_reader import packed, raw, sha1_of

URL = "http://quay.example/story"
REVISIT = {"WARC_Type": "revisit", "WARC_Block_Digest": None}
LATER = {"WARC_Date": "2026-03-13T10:00:00Z"}


def page(name: str) -> bytes:
    text = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name} quay</title>
<meta property="article:published_time" content="2026-03-10T18:20:00+01:00"></head><body><article><h1>{name} quay</h1>
<p>The council of Saltmere spoke about the {name} quay on Tuesday, and its harbour master presented a report.</p>
<p>“The {name} quay will be opened again in spring,” said Ada Marlow, the harbour master of the town.</p>
<p>The council met for three hours and heard forty residents before it voted on the plan.</p>
</article></body></html>"""
    return text.encode()


def answer(body: bytes = b"", status: str = "200 OK", *fields: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(fields or ("Content-Type: text/html; charset=utf-8",))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(number: int, block: bytes, url: str = URL, **changes: Any) -> bytes:
    given = {"WARC_Date": "2026-03-12T10:00:00Z", "WARC_Target_URI": url, "WARC_Block_Digest": None, **changes}
    return raw(number, block, **given)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """One extractor for all archives of this module: a child takes a second to start."""
    from archiver.config import load

    extractor = Extractor(load({}, {"archive": str(tmp_path_factory.mktemp("none")), "extract_processes": "1"}))

    class Shared:
        extract_many = staticmethod(extractor.extract_many)

        def close(self) -> None:
            """The last test does it."""

    yield lambda _config: Shared()
    extractor.close()


@pytest.fixture
def archive(config: Config, shared: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr("archiver.extraction.Extractor", shared)
    with Archive(config) as archive:
        yield archive


def added(archive: Archive, tmp_path: Path, data: bytes, name: str = "file.warc") -> Any:
    (tmp_path / name).write_bytes(data)
    return archive.add(tmp_path / name)


def bodies(archive: Archive) -> dict[str, bytes]:
    rows = archive.snapshots(SnapshotQuery(limit=100, sort="captured")).entries
    return {row.snapshot.url: archive.page(row.snapshot.id).body for row in rows}


def client_of(archive: Archive) -> FlaskClient:
    return create_app(archive, archive.config).test_client()


# --- kinds of files and records


def test_arc_files_are_read_plain_and_compressed(archive: Archive, tmp_path: Path) -> None:
    about = b"1 0 Museum\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20260312100000 text/plain %d\n" % len(about) + about + b"\n"
    block = answer(page("Old"))
    line = b"%s 192.0.2.1 20260312100000 text/html %d\n" % (URL.encode(), len(block))
    added(archive, tmp_path, head + line + block + b"\n", "x.arc")
    (row,) = archive.snapshots(SnapshotQuery()).entries
    assert (row.snapshot.status, row.quote_count, archive.page(row.snapshot.id).body) == (200, 1, page("Old"))
    again = added(archive, tmp_path, packed(head) + packed(line + block + b"\n"), "x.arc.gz")
    assert (again.kept, again.report.already) == ((), 1)  # the same record has the same id


@pytest.mark.parametrize("with_dictionary", [True, False])
def test_zstandard_files_are_read(archive: Archive, tmp_path: Path, with_dictionary: bool) -> None:
    records = [record(n, answer(page(f"Pier{n}")), f"{URL}/{n}") for n in range(40)]
    dictionary = zstandard.train_dictionary(2048, [*records, *records]) if with_dictionary else None
    packing = zstandard.ZstdCompressor(dict_data=dictionary) if dictionary else zstandard.ZstdCompressor()
    raw_dictionary = zstandard.ZstdCompressor().compress(dictionary.as_bytes()) if dictionary else b""
    front = struct.pack("<II", 0x184D2A5D, len(raw_dictionary)) + raw_dictionary if dictionary else b""
    added(archive, tmp_path, front + b"".join(map(packing.compress, records[:3])), "x.warc.zst")
    assert bodies(archive) == {f"{URL}/{n}": page(f"Pier{n}") for n in range(3)}
    assert all(finding.ok for finding in archive.verify())


def test_packages_within_a_package_are_read(archive: Archive, tmp_path: Path) -> None:
    outer = BytesIO()
    with zipfile.ZipFile(outer, "w") as package:
        for name in ("one", "two"):
            inner = BytesIO()
            with zipfile.ZipFile(inner, "w") as within:
                within.writestr("archive/data.warc.gz", packed(record(1, answer(page(name)), f"{URL}/{name}")))
            package.writestr(f"{name}.wacz", inner.getvalue())
    added(archive, tmp_path, outer.getvalue(), "all.wacz")
    assert bodies(archive) == {f"{URL}/{name}": page(name) for name in ("one", "two")}


def test_an_answer_without_a_status_line_is_read(archive: Archive, tmp_path: Path) -> None:
    (kept,) = added(archive, tmp_path, record(1, page("Bare"))).kept
    assert (kept.snapshot.status, kept.quotes, archive.page(kept.snapshot.id).body) == (None, 1, page("Bare"))


def test_a_zip_file_of_warc_files_is_read_as_a_package_is(archive: Archive, tmp_path: Path) -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("2026/crawl.warc.gz", packed(record(1, answer(page("Zipped")))))
    added(archive, tmp_path, made.getvalue(), "crawls.zip")
    assert bodies(archive) == {URL: page("Zipped")}


def test_a_record_that_was_cut_when_it_was_captured_is_sound_evidence(tmp_path: Path) -> None:
    (tmp_path / "cut.warc").write_bytes(record(1, answer(page("Cut")), WARC_Truncated="length"))
    environment = {"ONRECORD_ARCHIVE": str(tmp_path / "archive")}
    told = CliRunner().invoke(main, ["add", str(tmp_path / "cut.warc")], env=environment)
    assert (told.exit_code, "1 snapshot cut short" in told.output) == (0, True), "adding it again would change nothing"


def test_a_segmented_record_is_joined_and_said_to_be_cut_where_a_segment_is_missing(
    archive: Archive, tmp_path: Path
) -> None:
    whole = answer(page("Long"))
    pieces = [whole[:120], whole[120:300], whole[300:]]
    first = record(1, pieces[0], WARC_Segment_Number="1", WARC_Payload_Digest=sha1_of(page("Long")))
    of_first = {"WARC_Type": "continuation", "WARC_Segment_Origin_ID": f"<urn:uuid:{ID}1>"}
    further = [record(n, piece, WARC_Segment_Number=str(n), **of_first) for n, piece in enumerate(pieces[1:], 2)]
    further[-1] = further[-1].replace(b"WARC-Type", b"WARC-Segment-Total-Length: %d\r\nWARC-Type" % len(whole))
    (kept,) = added(archive, tmp_path, first + b"".join(further)).kept
    assert (archive.page(kept.snapshot.id).body, kept.snapshot.truncated) == (page("Long"), None)
    assert all(finding.ok for finding in archive.verify([kept.snapshot.id]))
    lone = first.replace(b"/story", b"/other")
    (kept,) = added(archive, tmp_path, lone + further[0], "b.warc").kept
    assert kept.snapshot.truncated is Truncation.UNSPECIFIED


ID = "00000000-0000-4000-8000-00000000000"


def test_an_html_resource_is_a_snapshot_and_others_are_told(archive: Archive, tmp_path: Path) -> None:
    resource = record(1, page("Kept"), WARC_Type="resource", Content_Type="text/html; charset=utf-8")
    image = record(2, b"\x89PNG", WARC_Type="resource", Content_Type="image/png")
    local = [record(n, answer(b"x"), f"file:///{n}") for n in range(3, 11)]
    outcome = added(archive, tmp_path, resource + image + b"".join(local))
    (kept,) = outcome.kept
    assert (kept.snapshot.status, kept.snapshot.origin, kept.quotes) == (200, Origin.ADDED, 1)
    assert outcome.report.skipped == {("resource", "they are not HTML"): 1, ("response", "their URLs are file:"): 8}
    environment = {"ONRECORD_ARCHIVE": str(tmp_path / "b")}
    printed = CliRunner().invoke(main, ["add", str(tmp_path / "file.warc")], env=environment)
    assert "8 response records skipped: their URLs are file:" in printed.output


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b" CDX N b a m s k r M S V g\n", "a CDX index"),
        (b'{"log": {"version": "1.2"}}', "a HAR file"),
        (b"From: <Saved>\nMIME-Version: 1.0\n\n", "an MHTML file"),
        (b"%PDF-1.7\n", "a PDF file"),
        (gzip.compress(b"<!doctype html><p>x", mtime=0), "an HTML page, compressed"),
    ],
)
def test_what_is_refused_is_refused_by_its_name(archive: Archive, tmp_path: Path, data: bytes, name: str) -> None:
    with pytest.raises(Exception, match=f"not a WARC, ARC or WACZ file: it is {name}"):
        added(archive, tmp_path, data)
    assert archive.folder.added() == ()


def test_damage_in_a_package_names_the_member_and_the_place(archive: Archive, tmp_path: Path) -> None:
    inside = packed(record(1, answer(page("Whole")))) + packed(record(2, answer(page("Torn"))))[:-9]
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as package:
        package.writestr("archive/crawl.warc.gz", inside)
    told = CliRunner().invoke(main, ["add", str(tmp_path / "a.wacz")], env={"ONRECORD_ARCHIVE": str(tmp_path / "b")})
    assert told.exit_code == 5
    place = len(packed(record(1, answer(page("Whole")))))
    assert f"byte {place:,} of archive/crawl.warc.gz" in told.output


# --- what is odd, kept, and said


def test_a_payload_digest_that_differs_is_kept_and_never_hidden(archive: Archive, tmp_path: Path) -> None:
    outcome = added(archive, tmp_path, record(1, answer(page("Odd")), WARC_Payload_Digest=sha1_of(b"another")))
    (kept,) = outcome.kept
    assert kept.snapshot.remarks == ("payload digest does not match",)
    answered = client_of(archive).get(f"/v1/snapshots/{kept.snapshot.id}").get_json()
    assert answered["remarks"] == ["payload digest does not match"]
    assert all(finding.ok for finding in archive.verify())  # a remark of the archive's
    shown = client_of(archive).get(f"/snapshots/{kept.snapshot.id}").get_data(as_text=True)
    assert "payload digest does not match" in shown
    (finding,) = archive.verify([kept.snapshot.id])
    assert (finding.ok, finding.what) == (False, "already so when added: payload digest does not match")


def test_the_same_id_and_block_with_another_url_or_date_are_other_snapshots(archive: Archive, tmp_path: Path) -> None:
    block = answer(page("Same"))
    data = record(1, block) + record(1, block, f"{URL}/2") + record(1, block, **LATER) + record(1, block)
    outcome = added(archive, tmp_path, data)
    assert (len(outcome.kept), outcome.report.already) == (3, 1)


# --- revisits


def revisit(number: int, block: bytes = b"", *, url: str = URL, **changes: Any) -> bytes:
    return record(number, block or answer(), url, **{**REVISIT, **LATER, **changes})


REFERENCES: dict[str, dict[str, Any]] = {
    "id": {"WARC_Refers_To": f"<urn:uuid:{ID}1>"},
    "url and date": {"WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": "2026-03-12T10:00:00Z"},
    "digest": {"WARC_Payload_Digest": sha1_of(page("First"))},
}


@pytest.mark.parametrize("kind", REFERENCES)
@pytest.mark.parametrize("original_first", [True, False])
def test_a_revisit_finds_its_original_in_another_file_whichever_came_first(
    archive: Archive, tmp_path: Path, kind: str, original_first: bool
) -> None:
    files = {"a.warc": record(1, answer(page("First"))), "b.warc": revisit(2, url=f"{URL}/again", **REFERENCES[kind])}
    outcomes = {name: added(archive, tmp_path, files[name], name) for name in sorted(files, reverse=not original_first)}
    assert bodies(archive) == {URL: page("First"), f"{URL}/again": page("First")}
    assert (outcomes["b.warc"].report.unresolved, outcomes["a.warc"].report.resolved) == (
        (0, 0) if original_first else (1, 1)
    )
    (entry,) = archive.search(Query(snapshot=(snapshot_of(archive, f"{URL}/again"),), repeats=True)).entries
    assert entry.quote.speaker.name == "Ada Marlow"
    assert all(finding.ok for finding in archive.verify())


def snapshot_of(archive: Archive, url: str) -> str:
    return archive.captures(url)[-1].snapshot.id


def test_a_claimed_digest_never_resolves_a_revisit(archive: Archive, tmp_path: Path) -> None:
    liar = record(1, answer(page("Liar")), WARC_Payload_Digest=sha1_of(page("True")))
    outcome = added(archive, tmp_path, liar + revisit(2, WARC_Payload_Digest=sha1_of(page("True"))))
    assert outcome.report.unresolved == 1
    lost = archive.captures(URL)[-1]
    assert (lost.reason, lost.snapshot.payload) == (Reason.NO_ORIGINAL, None)
    shown = client_of(archive).get(f"/snapshots/{lost.snapshot.id}").get_data(as_text=True)
    assert "it repeats a page that is not in the archive" in shown
    listed = [finding.what for finding in archive.verify() if "not in the archive" in finding.what]
    assert len(listed) == 1
    cdx = client_of(archive).get(f"/cdx?url={URL}&fl=timestamp,mime&output=text").get_data(as_text=True)
    assert cdx.splitlines() == ["20260312100000 text/html", "20260313100000 warc/revisit"]


def test_a_capture_of_our_own_resolves_a_revisit_of_others(
    archive: Archive, config: Config, tmp_path: Path, shared: Any
) -> None:
    added(archive, tmp_path, record(1, answer(page("Live"))))
    with served(archive) as other:
        allowed = replace(config, archive=tmp_path / "mine", fetch_allow=(other,), fetch_robots=False)
        with Archive(allowed) as mine:
            lost = revisit(2, WARC_Payload_Digest=sha1_of(page("Live")))
            assert added(mine, tmp_path, lost, "lost.warc").report.unresolved == 1
            mine.capture(f"http://{other}/web/20260312100000id_/{URL}")
            (row,) = mine.captures(URL)
            assert mine.page(row.snapshot.id).body == page("Live")


def test_an_empty_payload_is_the_original_of_nothing(archive: Archive, tmp_path: Path) -> None:
    data = record(1, answer()) + revisit(2, url=f"{URL}/2", WARC_Payload_Digest=sha1_of(b""))
    assert added(archive, tmp_path, data).report.unresolved == 1


def test_a_revisit_into_a_member_of_many_records_gives_the_one_referred_to(archive: Archive, tmp_path: Path) -> None:
    member = packed(b"".join(record(n, answer(page(f"N{n}")), f"{URL}/{n}") for n in (1, 2, 3)))
    data = member + packed(revisit(4, url=f"{URL}/again", WARC_Refers_To=f"<urn:uuid:{ID}2>"))
    added(archive, tmp_path, data, "x.warc.gz")
    assert bodies(archive)[f"{URL}/again"] == page("N2")
    assert all(finding.ok for finding in archive.verify([snapshot_of(archive, f"{URL}/again")]))


FILES = {
    "a.warc": record(1, answer(page("First"))) + record(2, answer(page("Second")), f"{URL}/2"),
    "b.warc": revisit(3, url=f"{URL}/b", WARC_Payload_Digest=sha1_of(page("First"))),
    "c.warc.gz": packed(record(1, answer(page("First"))) + record(4, answer(page("First")), f"{URL}/c")),
    "d.warc": revisit(5, url=f"{URL}/c", **REFERENCES["url and date"], WARC_Payload_Digest=sha1_of(page("First"))),
    "e.warc": record(6, answer(b"", "301 Moved", f"Location: {URL}/"), URL)
    + revisit(7, answer(b"", "304 Not Modified"), WARC_Refers_To=f"<urn:uuid:{ID}2>"),
}


def answers(archive: Archive) -> dict[str, Any]:
    """Everything that is answered, but who added what and where it is."""
    rows = archive.snapshots(SnapshotQuery(limit=100, sort="captured")).entries
    client = client_of(archive)
    quotes = archive.search(Query(limit=100, repeats=True, state=tuple(QuoteState))).entries
    urls = sorted({row.snapshot.url for row in rows})
    return {
        "snapshots": sorted(
            (each.id, each.url, each.status, each.payload_digest, each.revisit_of, each.payload_of)
            for each in (row.snapshot for row in rows)
        ),
        "states": sorted((row.snapshot.id, row.state, row.reason or "", row.quote_count) for row in rows),
        "bodies": {each.id: archive.page(each.id).body for each in (row.snapshot for row in rows)},
        "quotes": sorted((entry.quote.id or "", entry.snapshot_id, entry.repeat_of or "") for entry in quotes),
        "timemaps": [client.get(f"/timemap/link/{url}").get_data() for url in urls],
        "cdx": client.get("/cdx?url=quay.example&matchType=host&fl=urlkey,timestamp,mime,status,digest").get_data(),
    }


@settings(max_examples=4)
@given(order=st.permutations(sorted(FILES)))
def test_files_added_in_any_order_give_the_same_ids_and_answers(
    order: list[str], config: Config, shared: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("archiver.extraction.Extractor", shared)
        for names in (sorted(FILES), order):
            folder = tmp_path_factory.mktemp("order")
            with Archive(replace(config, archive=folder / "archive")) as archive:
                for name in names:
                    added(archive, folder, FILES[name], name)
                found.append(answers(archive))
    assert found[0] == found[1]
    assert len(found[0]["snapshots"]) == 7


# --- mementos


def test_each_capture_of_one_second_has_its_own_address(archive: Archive, tmp_path: Path) -> None:
    pages = [page(name) for name in ("One", "Two", "Three")]
    added(archive, tmp_path, b"".join(record(n, answer(body)) for n, body in enumerate(pages)))
    client = client_of(archive)
    listed = client.get(f"/timemap/link/{URL}").get_data(as_text=True)
    addresses = [line.partition(">")[0].strip("<") for line in listed.split(",\n") if 'memento"' in line]
    shown = [client.get(address.removeprefix(archive.config.base_url)) for address in addresses]
    assert sorted(each.get_data() for each in shown) == sorted(pages)
    assert {each.headers["Memento-Datetime"] for each in shown} == {"Thu, 12 Mar 2026 10:00:00 GMT"}
    walked: list[str] = []
    key = ""
    while True:
        query = f"/cdx?url={URL}&fl=digest&output=text&limit=1&showResumeKey=true"
        query += f"&resumeKey={key}" if key else ""
        line, _, key = client.get(query).get_data(as_text=True).strip().partition("\n\n")
        walked.append(line)
        if not key:
            break
    assert sorted(walked) == sorted(f"sha256:{hashlib.sha256(body).hexdigest()}" for body in pages)


def test_a_redirect_to_its_own_key_is_passed_over(archive: Archive, tmp_path: Path) -> None:
    redirect = answer(b"", "301 Moved Permanently", "Location: https://www.quay.example/story/")
    data = record(1, answer(page("Real")), "https://www.quay.example/story/") + record(2, redirect)
    added(archive, tmp_path, data)
    client = client_of(archive)
    led = client.get(f"/timegate/{URL}")
    shown = client.get(led.headers["Location"].removeprefix(archive.config.base_url))
    assert (shown.status_code, shown.get_data()) == (200, page("Real"))


# --- a folder that is watched, and copies from other archives


def test_a_file_is_finished_once_it_has_stayed_the_same(tmp_path: Path) -> None:
    now = [100.0]
    watch = Watch(tmp_path, settle=10, clock=lambda: now[0])
    (tmp_path / "a.warc.gz").write_bytes(b"x")
    (tmp_path / "b.warc.gz.open").write_bytes(b"x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "notes.txt").write_bytes(b"x")
    assert list(watch.finished()) == []
    now[0] += 9
    (tmp_path / "a.warc.gz").write_bytes(b"xy")  # the crawler continues
    assert list(watch.finished()) == []
    now[0] += 9
    assert list(watch.finished()) == []
    now[0] += 1
    assert list(watch.finished()) == [tmp_path / "a.warc.gz"]
    assert list(watch.finished()) == []
    (tmp_path / "b.warc.gz.open").rename(tmp_path / "sub" / "b.warc.gz")
    list(watch.finished())
    now[0] += 10
    assert list(watch.finished()) == [tmp_path / "sub" / "b.warc.gz"]


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    """The archive over real HTTP; gives its host and port."""
    server = make_server("127.0.0.1", 0, create_app(archive, archive.config), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_another_archives_memento_is_kept_as_such(archive: Archive, config: Config, tmp_path: Path) -> None:
    added(archive, tmp_path, record(1, answer(page("Elsewhere"))))
    with served(archive) as other:
        allowed = replace(config, archive=tmp_path / "mine", fetch_allow=(other,), fetch_robots=False)
        with Archive(allowed) as mine:
            uri_m = f"http://{other}/web/20260312100000id_/{URL}"
            outcome = mine.copy_memento(uri_m)
            assert outcome.problem is None
            (kept,) = outcome.kept
            snapshot = kept.snapshot
            assert (snapshot.url, snapshot.origin, snapshot.copied_from.url) == (URL, Origin.ADDED, uri_m)
            assert format_datetime(snapshot.captured_at, usegmt=True) == "Thu, 12 Mar 2026 10:00:00 GMT"
            assert mine.page(snapshot.id).body == page("Elsewhere")
            assert mine.folder.warcs("captures") == ()
            problem = mine.copy_memento(f"http://{other}/docs").problem
            assert problem is not None
            assert "not a memento" in problem.message
