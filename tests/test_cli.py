"""The verbs as a person and a program meet them: what they print, where, and how they end."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from api import console
from api.app import openapi
from api.cli import TURN, VERBS, main
from api.terminal import comparing
from archiver.archive import Archive
from archiver.config import SETTINGS, load
from archiver.records import Entry, Extraction, ExtractionState, Reason
from tests.index_fixtures import lose_index
from tests.site.serve import FOLDER, Site

ONRECORD = Path(sys.executable).with_name("onrecord")
PROMISED = {"capture", "add", "quotes", "search", "check", "show", "verify", "rebuild", "reextract", "serve", "keys"}


def onrecord(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def mine(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an archive of the test's own, set in the environment, that may fetch the sample site."""
    folder = tmp_path / "archive"
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(folder))
    monkeypatch.setenv("ONRECORD_FETCH_ALLOW", ",".join(site.allow))
    monkeypatch.setenv("ONRECORD_FETCH_PAUSE", "0")
    monkeypatch.setenv("ONRECORD_EXTRACT_PROCESSES", "1")
    return folder


@pytest.fixture
def read_only(sample: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_ARCHIVE", str(sample.config.archive))


def page(site: Site, ending: str) -> str:
    return next(url for url in site.urls if url.endswith(ending))


def test_there_are_the_promised_verbs_and_each_has_help() -> None:
    assert set(VERBS) >= PROMISED
    for verb in VERBS:
        told = onrecord(verb, "--help")
        assert told.exit_code == 0
        assert len(told.stdout.splitlines()[2].strip()) > 10


def test_threads_of_the_program_make_way_for_each_other_soon() -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(10 * TURN)
    try:
        onrecord("--version")
        assert sys.getswitchinterval() == pytest.approx(TURN)
    finally:
        sys.setswitchinterval(before)


def test_every_option_says_what_it_does() -> None:
    def mute(command: click.Command, name: str) -> Iterator[str]:
        context = click.Context(command)
        yield from (
            f"{name} {each.opts[0]}" for each in command.params if isinstance(each, click.Option) and not each.help
        )
        if isinstance(command, click.Group):
            for part in command.list_commands(context):
                found = command.get_command(context, part)
                assert found is not None
                yield from mute(found, f"{name} {part}")

    assert list(mute(main, "onrecord")) == []


def test_every_setting_is_an_option_of_every_verb_that_needs_settings() -> None:
    told = re.sub(r"\s+", " ", onrecord("search", "--help").stdout)
    for setting in SETTINGS:
        assert f"{setting.option} " in told
        assert setting.variable in told


def test_capture_says_what_was_kept(mine: Path, site: Site) -> None:
    result = onrecord("capture", page(site, "/night-ward"), page(site, "/news/bells"), page(site, "/winter-timetable"))
    assert result.exit_code == 0, result.stderr
    told = result.stdout.splitlines()
    assert re.fullmatch(r"kept s[a-z2-7]{20} · \d+ quotes \(\d+ named\)", told[0])
    assert "redirect (301)" in told[1]
    assert "no quotes: the answer's status is not 200 (404)" in told[3]
    assert list((mine / "captures").iterdir())


def test_a_block_page_is_kept_and_says_what_to_do(mine: Path, site: Site) -> None:
    result = onrecord("capture", page(site, "/sound-line-results"))
    assert result.exit_code == 0
    assert "no quotes: block page (403). Save it in your browser, then: onrecord add page.wacz" in result.stdout


def test_capture_in_json_and_again_within_its_age(mine: Path, site: Site) -> None:
    url = page(site, "/arts/lantern-room")
    (first,) = lines(onrecord("capture", url, "--json"))
    assert first["url"] == url
    assert first["quotes"] > 0
    before = site.hits(url)
    (second,) = lines(onrecord("capture", url, "--json", "--max-age", "1h"))
    assert second == first
    assert site.hits(url) == before
    assert onrecord("capture", url, "--max-age", "1h").stdout.startswith(f"fresh {first['snapshots'][0]}")
    assert onrecord("capture", url, "--max-age", "soon").exit_code == 2


def test_one_failure_does_not_stop_the_others_and_the_worst_code_counts(mine: Path, site: Site) -> None:
    url = page(site, "/night-ward")
    result = onrecord("capture", "http://192.168.0.1/", url, "http://127.0.0.1:9/", "--json", "--fetch-allow",
                      f"{','.join(site.allow)},127.0.0.1:9")  # fmt: skip
    assert result.exit_code == 3, "unreachable is worse than refused"
    refused, kept, unreachable = lines(result)
    assert "not public" in refused["problem"]
    assert kept["snapshots"]
    assert "problem" not in kept
    assert unreachable["problem"]


def test_search_prints_words_who_when_and_where(read_only: None) -> None:
    result = onrecord("search", "never tender", "--speaker", "marlow")
    assert result.exit_code == 0
    assert "“The contract was never put to tender, and nobody asked why.”" in result.stdout
    assert "Ada Marlow" in result.stdout
    assert "said 2026-11-09" in result.stdout
    assert "/quotes/q" in result.stdout
    assert "searched" in result.stderr


def test_search_in_json_is_the_api_s_answer(read_only: None, app: Any) -> None:
    asked = {"q": "ferry", "in": "passage", "limit": "2", "published.from": "2026-11-01", "facet": ["speaker"]}
    result = onrecord("search", "ferry", "--in", "passage", "--limit", "2", "--published-from", "2026-11-01", "--facet",
                      "speaker", "--json")  # fmt: skip
    (answer,) = lines(result)
    expected = app.test_client().get("/v1/quotes", query_string=asked).get_json()
    assert {**answer, "next": None} == {**expected, "next": None}
    ours, theirs = (set(each["next"].split("?")[1].split("&")) for each in (answer, expected))
    assert {each for each in ours ^ theirs if not each.startswith("cursor=")} == set()  # the operator sees more


def test_nothing_found_ends_well_and_says_what_was_searched(read_only: None) -> None:
    result = onrecord("search", "zeppelin")
    assert (result.exit_code, result.stdout) == (0, "")
    assert re.search(r"0 quotes · searched \d+ quotes of \d+ snapshots", result.stderr)


def test_check_says_whether_it_was_said_and_shows_the_difference(read_only: None) -> None:
    result = onrecord("check", "The contract was put to tender, and nobody asked why.", "--speaker", "Marlow")
    assert result.exit_code == 0
    assert "not what was said (negation removed)" in result.stdout
    assert "The contract was [-never-] put to tender" in result.stdout
    (answer,) = lines(onrecord("check", "never put to tender", "--speaker", "Tom Reyes", "--json"))
    assert answer["verdict"] == "other_speaker"
    assert onrecord("check", "no").exit_code == onrecord("check").exit_code == 2


def test_check_takes_every_quote_of_a_text(read_only: None, tmp_path: Path) -> None:
    text = tmp_path / "draft.txt"
    text.write_text(
        "Again\n“The contract was never put to tender,” Ada Marlow said.\n“The sea is painted green,” she said.\n"
    )
    result = onrecord("check", "--file", str(text), "--csv")
    heading, *rows = result.stdout.splitlines()
    assert heading.startswith("text,speaker,verdict")
    assert len(rows) == 2
    found = lines(onrecord("check", "--file", str(text), "--json"))
    assert [each["verdict"] for each in found] == ["partial", "not_found"]


def test_show_tells_who_why_and_where_the_proof_lies(read_only: None, marlow: Entry) -> None:
    result = onrecord("show", str(marlow.quote.id), marlow.snapshot_id)
    assert result.exit_code == 0
    for word in ("Ada Marlow", "2026-11-09", "speakers:", "sha256:", "captures/", "Council reopens"):
        assert word in result.stdout
    both = lines(onrecord("show", str(marlow.quote.id), marlow.snapshot_id, "--json"))
    assert [each["id"] for each in both] == [marlow.quote.id, marlow.snapshot_id]


def test_a_quote_elsewhere_and_later_and_two_captures_of_its_page(read_only: None, marlow: Entry) -> None:
    quote_id = str(marlow.quote.id)
    elsewhere = onrecord("show", quote_id, "--elsewhere").stdout
    assert "4 printings" in elsewhere and "The Northern Ledger" in elsewhere
    shown = onrecord("show", quote_id, "--history").stdout
    assert shown.count("present on ") == 2 and "need not have been deleted" in shown
    (first, second) = (onrecord("show", quote_id, name, "--json") for name in ("--elsewhere", "--history"))
    assert lines(first)[0]["items"][0]["quote"]["id"] and lines(second)[0]["items"][0]["state"] == "present"
    found = onrecord("diff", marlow.url).stdout
    assert found.startswith("changed · s") and "added: “I signed that letter" in found and "{+" in found
    assert onrecord("diff", "http://nowhere.example/").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "qnone"], 2),
        (["show", "snone"], 2),
        (["search", "--limit", "0"], 2),
        (["search", "--published-from", "yesterday"], 2),
        (["search", "--cursor", "AAAA"], 2),
        (["search", "--colour", "red"], 2),
        (["quotes", "nowhere.html"], 2),
        (["add", "nowhere.warc"], 2),
        (["add", "/etc/hostname"], 2),
        (["fetch"], 2),
        (["capture"], 2),
        (["capture", "ftp://example.org/"], 4),
        (["search", "x", "--index", "http://127.0.0.1:9"], 9),
        (["search", "--port", "0"], 2),
        ([], 2),
    ],
)
def test_what_is_asked_wrong_ends_with_its_code_and_no_traceback(mine: Path, arguments: list[str], code: int) -> None:
    mine.mkdir()
    result = onrecord(*arguments)
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stderr.strip()
    assert "Traceback" not in result.output


def test_a_missing_archive_is_named_not_made_by_reading(mine: Path) -> None:
    for arguments in (["search"], ["show", "qx"], ["verify"], ["rebuild"], ["reextract"]):
        result = onrecord(*arguments)
        assert result.exit_code == 2
        assert "onrecord capture" in result.stderr
    assert not mine.exists()


def test_an_unknown_or_bad_setting_ends_before_anything_is_done(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_PORT", "many")
    assert onrecord("search").exit_code == 2
    monkeypatch.setenv("ONRECORD_PORT", "8000")
    monkeypatch.setenv("ONRECORD_COLOUR", "red")
    result = onrecord("capture", "http://127.0.0.1:9/")
    assert result.exit_code == 2
    assert "ONRECORD_COLOUR" in result.stderr
    assert not mine.exists()


def test_a_folder_that_cannot_be_written_ends_with_8(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file, not a folder")
    result = onrecord("capture", "http://127.0.0.1:9/", "--archive", str(tmp_path / "archive"))
    assert result.exit_code == 8, result.output
    assert "Traceback" not in result.output


def test_capture_without_its_index_keeps_the_page_and_a_rebuild_finds_it(mine: Path, site: Site) -> None:
    url = page(site, "/night-ward")
    kept = onrecord("capture", url, "--json", "--index", "http://127.0.0.1:9")
    assert kept.exit_code == 6, kept.output
    (line,) = lines(kept)
    assert line["problem"] == "kept, not yet indexed"
    found = onrecord("search", "--snapshot", line["snapshots"][0], "--json")
    assert lines(found)[0]["total"]["value"] == line["quotes"] > 0


def test_add_takes_a_foreign_file_once(mine: Path, tmp_path: Path, sample: Archive, site: Site) -> None:
    file = tmp_path / "crawl.warc.gz"
    shutil.copy(next((sample.config.archive / "captures").glob("*.warc.gz*")), file)
    first = onrecord("add", str(file), "--json")
    assert first.exit_code in {0, 5}, first.output
    (line,) = lines(first)
    assert line["file"] == str(file)
    assert len(line["snapshots"]) == sample.searched().snapshots
    again = onrecord("add", str(file))
    assert re.search(rf"already in the archive: .* · {len(line['snapshots'])} snapshots", again.stdout)
    assert lines(onrecord("search", "--json"))[0]["searched"]["snapshots"] == len(line["snapshots"])


def test_what_is_no_warc_is_told_on_its_line_and_the_next_goes_on(mine: Path, sample: Archive) -> None:
    warc = next((sample.config.archive / "captures").glob("*.warc.gz*"))
    result = onrecord("add", "/etc/hostname", str(warc), "--json")
    assert result.exit_code == 2
    wrong, right = lines(result)
    assert (wrong["file"], wrong["snapshots"], wrong["quotes"]) == ("/etc/hostname", [], 0)
    assert wrong["problem"]
    assert right["snapshots"]


def test_quotes_of_a_page_are_printed_and_nothing_is_stored(mine: Path) -> None:
    file = FOLDER / "harbour-courier" / "ferry-contract.2.html"
    result = onrecord("quotes", str(file))
    assert result.exit_code == 0
    found = lines(result)
    assert {line["source"] for line in found} == {str(file)}
    assert "Ada Marlow" in {line["speaker"]["name"] for line in found}
    assert {line["id"] for line in found} == {None}
    assert {line["article"]["published"]["value"][:10] for line in found} == {"2026-11-10"}
    assert not mine.exists()


def test_quotes_of_plain_text_count_in_the_file_itself(mine: Path, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    text = 'Ferry talks\nAda Marlow, the auditor, spoke on Monday. "Nobody asked why," she said.\n'
    file.write_text(text)
    (quote,) = lines(
        onrecord("quotes", str(file), "--published", "2026-11-10", "--language", "en", "--url", "http://a.example/")
    )
    start, end = quote["spans"][0]
    assert text[start:end] == quote["text"]
    assert quote["speaker"]["name"] == "Ada Marlow"
    assert quote["article"]["title"] == "Ferry talks"
    assert quote["article"]["site"] == "a.example"
    (piped,) = lines(onrecord("quotes", "-", "--published", "2026-11-10", "--language", "en", stdin=text.encode()))
    assert {**piped, "source": "", "extracted_at": "", "article": {}, "links": {}} == {
        **quote, "source": "", "extracted_at": "", "article": {}, "links": {},
    }  # fmt: skip
    assert onrecord("quotes", str(file), "--published", "Monday").exit_code == 2


def test_quotes_of_a_url_a_warc_and_an_id_agree(mine: Path, site: Site, sample: Archive, marlow: Entry) -> None:
    by_url = lines(onrecord("quotes", page(site, "/arts/lantern-room")))
    assert not mine.exists()
    warc = next((sample.config.archive / "captures").glob("*.warc.gz*"))
    by_warc = [
        line for line in lines(onrecord("quotes", str(warc))) if line["article"]["url"] == by_url[0]["article"]["url"]
    ]
    assert [line["text"] for line in by_warc] == [line["text"] for line in by_url]
    (by_id,) = lines(onrecord("quotes", str(marlow.quote.id), "--archive", str(sample.config.archive)))
    assert set(by_id) == set(by_url[0])
    assert by_id["id"] == marlow.quote.id


def test_rebuild_and_reextract_give_the_same_ids(mine: Path, site: Site) -> None:
    onrecord("capture", page(site, "/night-ward"), page(site, "/arts/lantern-room"))

    def ids() -> list[str]:
        return sorted(item["id"] for item in lines(onrecord("search", "--limit", "1000", "--json"))[0]["items"])

    before = ids()
    assert len(before) > 5
    lose_index(load({}, {"archive": str(mine)}))
    assert ids() == before, "a missing index is rebuilt"
    assert re.fullmatch(r"rebuilt: 2 snapshots, \d+ quotes\n", onrecord("rebuild").stdout)
    assert ids() == before
    assert onrecord("reextract").stdout.startswith("read again: 2 snapshots")
    assert ids() == before


def test_verify_finds_a_changed_byte(mine: Path, site: Site) -> None:
    onrecord("capture", page(site, "/night-ward"))
    assert onrecord("verify").exit_code == 0
    warc = next((mine / "captures").glob("*.warc.gz"))
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 1
    warc.write_bytes(data)
    damaged = onrecord("verify", "--json")
    assert damaged.exit_code == 7
    assert any(not line["ok"] and line["file"].startswith("captures/") for line in lines(damaged))


def test_openapi_prints_the_description(sample: Archive) -> None:
    (document,) = [json.loads(onrecord("openapi").stdout)]
    assert document == openapi(sample.config)


def test_archived_words_cannot_drive_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert console.safe("a\x1b[2Jb\u202ec\r\nd") == "a\\u001b[2Jb\\u202ec\\u000d\nd"
    quote = {"text": "x\x1b[2J", "speaker": {"name": "A\x1b[2J"}, "links": {"page": ""}}
    article = {"outlet": "O\x1b[2J", "site": "", "published": {"value": "2026-11-10"}}
    match = {"verdict": "exact", "quote": {**quote, "article": article}, "diff": []}
    claim: dict[str, Any] = {"claim": {"text": "x"}, "verdict": "exact", "reasons": [], "matches": [match]}
    comparing.print_check({**claim, "in_text": None, "note": ""})
    assert "\x1b" not in capsys.readouterr().out


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program while it runs; it is ended even if the test fails."""
    with subprocess.Popen([ONRECORD, *arguments], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        try:
            yield program
        finally:
            program.kill()


LOADED = """
import sys
from api.cli import main
try:
    main()
finally:
    print(*sys.modules)
"""


def test_a_search_loads_no_library_that_it_does_not_need(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    command = [sys.executable, "-c", LOADED, "search", "tender", "--archive", str(tmp_path / "archive")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    heavy = {"warcio", "urllib3", "elasticsearch", "trafilatura", "lxml", "cryptography", "rapidfuzz", "flask"}
    assert "archiver.index.sqlite" in loaded
    assert not loaded & {*heavy, "importlib.metadata", "anyascii", "archiver.ingest.extract", "archiver.languages"}


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_serve_answers_and_ends_cleanly(sample: Archive, sign: signal.Signals, free_port: int) -> None:
    with started("serve", "--port", str(free_port), "--archive", str(sample.config.archive)) as server:
        assert server.stdout
        assert server.stderr
        assert server.stdout.readline() == f"ready: http://127.0.0.1:{free_port}\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/v1/quotes?q=tender") as answer:
            assert json.load(answer)["items"]
        began = time.monotonic()
        server.send_signal(sign)
        assert server.wait(timeout=15) == 0
        assert time.monotonic() - began < 10
        assert "Traceback" not in server.stderr.read()


def test_serve_starts_without_its_index_and_says_so(sample: Archive, free_port: int, tmp_path: Path) -> None:
    settings = ["--port", str(free_port), "--archive", str(tmp_path / "archive"), "--index", "http://127.0.0.1:9"]
    with started("serve", *settings) as server:
        assert server.stdout
        assert server.stdout.readline().startswith("ready: ")
        with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/v1/health") as answer:
            health = json.load(answer)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{free_port}/v1/quotes")
        server.terminate()
        assert server.wait(timeout=15) == 0
    assert health["ok"] is False
    assert health["parts"]["index"]["ok"] is False
    assert refused.value.code == 503
    assert "127.0.0.1:9" not in refused.value.read().decode()


def test_serve_says_when_its_port_is_taken(sample: Archive, site: Site) -> None:
    with started("serve", "--port", str(site.port), "--archive", str(sample.config.archive)) as server:
        assert server.wait(timeout=30) == 2
        assert server.stderr
        assert "--port" in server.stderr.read()


def test_a_closed_pipe_is_no_error(sample: Archive) -> None:
    command = f"{ONRECORD} search --limit 1000 --repeats --archive {sample.config.archive} | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("“")
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_quotes_of_a_list_are_read_as_its_lines_say(mine: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("A vote\n“We will appeal the ruling,” Ada Marlow said on Monday.\n", encoding="utf-8")
    other.write_text("Eine Wahl\n„Wir gehen in Berufung“, sagte Ada Marlow am Montag.\n", encoding="utf-8")
    listing = tmp_path / "list.jsonl"
    lines = [
        {"file": str(one), "language": "en", "published": "2026-11-10"},
        {"file": str(other), "language": "de", "published": "2026-11-11", "url": "https://x.example/"},
    ]
    listing.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = onrecord("quotes", "--list", str(listing))
    assert result.exit_code == 0, result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["source"], each["article"]["language"]) for each in found] == [(str(one), "en"), (str(other), "de")]
    assert [each["said_on"]["value"] for each in found] == ["2026-11-09", "2026-11-09"]


def test_a_page_that_shows_an_error_is_no_fault_of_ours(mine: Path, tmp_path: Path) -> None:
    file = tmp_path / "error.html"
    file.write_text("<title>Internal Server Error</title><h1>Internal Server Error</h1><p>Try again later.</p>")
    result = onrecord("quotes", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no quotes found" in result.stderr


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason.TIME, "reading it took too long. Allow more with ONRECORD_EXTRACT_SECONDS"),
        (Reason.MEMORY, "reading it took too much memory. Allow more with ONRECORD_EXTRACT_BYTES"),
        (Reason.ERROR, "internal error"),
    ],
)
def test_a_page_that_could_not_be_read_is_told_by_quotes(
    mine: Path, tmp_path: Path, reason: Reason, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Extraction(
        snapshot_id="",
        state=ExtractionState.FAILED,
        reason=reason,
        article=None,
        quotes=(),
        extractor="",
        made_at=datetime(2026, 11, 10, tzinfo=UTC),
    )
    monkeypatch.setattr("archiver.extraction.Extractor.read_text", lambda *_, **__: failed)
    (tmp_path / "one.txt").write_text("A text", encoding="utf-8")
    result = onrecord("quotes", str(tmp_path / "one.txt"))
    assert result.exit_code == 5
    assert told in result.stderr


def test_a_bad_line_of_a_list_is_told_and_the_others_are_read(mine: Path, tmp_path: Path) -> None:
    text = tmp_path / "one.txt"
    text.write_text("A vote\n“We will appeal the ruling,” Ada Marlow said on Monday.\n", encoding="utf-8")
    name = json.dumps(str(text)).encode()
    bad = {
        b"not JSON": "not JSON",
        b'{"file": "\xff"}': "not JSON",
        b"[1]": 'not an object with a "file"',
        b'{"file": 5}': 'not an object with a "file"',
        b'{"file": %b, "colour": "red"}' % name: "unknown key 'colour'",
        b'{"file": %b, "language": 5}' % name: '"language" is not a string',
        b'{"file": %b, "url": [1]}' % name: '"url" is not a string',
        b'{"file": %b, "published": 2026}' % name: '"published" is not a string',
        b'{"file": %b, "published": "2026-02-30"}' % name: "published: '2026-02-30' is not a day",
        b'{"file": "gone.txt"}': "gone.txt: there is no such file",
    }
    good = b'{"file": %b, "language": null}' % name
    (tmp_path / "list.jsonl").write_bytes(b"\n".join([b"\xef\xbb\xbf" + good, b"", *bad, good]))
    result = onrecord("quotes", "--list", str(tmp_path / "list.jsonl"))
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 2
    told = result.stderr.splitlines()
    assert len(told) == len(bad)
    for number, (line, words) in enumerate(zip(told, bad.values(), strict=True), start=3):
        assert words in line
        assert line.startswith((f"--list, line {number}", "gone.txt"))


def test_a_received_file_is_verified_without_an_archive(mine: Path, tmp_path: Path, sample: Archive) -> None:
    file = tmp_path / "received.warc.gz"
    warc = next(iter(sample.folder.warcs("captures")))
    with sample.folder.opened(warc) as opened:
        file.write_bytes(opened.at(0, opened.size))
    result = onrecord("verify", str(file))
    assert result.exit_code == 0, result.stderr
    assert "no problems found" in result.stderr
    assert not mine.exists()
