"""Pages are read in child processes: what exceeds a limit is reported, and the next page is still read."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archiver.config import Config, load
from archiver.extraction import Extractor
from archiver.extraction import _read as reading
from archiver.extraction.children import Child, Late
from archiver.extraction.provenance import extractor_name
from archiver.extraction.reader import extraction_of
from archiver.records import Extraction, ExtractionState, Locator, Origin, Reason, Snapshot

HTML = "text/html; charset=utf-8"
URL = "https://harbour.example/ferry"
SPOKEN = "“The contract was never put to tender,” Ada Marlow told the council on Monday."
ROOT = Path(__file__).parent.parent


def page(spoken: str = SPOKEN, *, language: str = "en", more: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="{language}"><head><title>Ferry</title></head><body><article><h1>Ferry</h1>'
        "<p>The city council reopened the ferry contract on Tuesday after its auditor had presented her report.</p>"
        f"<p>{spoken}</p><p>The mayor’s office declined to comment on the report.</p>{more}</article></html>"
    ).encode()


def snapshot(number: int = 0, **changes: Any) -> Snapshot:
    facts: dict[str, Any] = {
        "id": f"s{number:020}",
        "record_id": f"urn:uuid:00000000-0000-4000-8000-{number:012}",
        "requested_url": URL,
        "url": URL,
        "captured_at": datetime(2026, 11, 10, tzinfo=UTC),
        "status": 200,
        "content_type": HTML,
        "payload_digest": "sha256:" + "0" * 64,
        "truncated": None,
        "origin": Origin.CAPTURED,
        "locator": Locator(warc="captures/c.warc.gz", offset=0, length=1),
    }
    return Snapshot(**{**facts, **changes})


@pytest.fixture(scope="module")
def extractor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extractor]:
    with Extractor(configured(tmp_path_factory.mktemp("archive"), processes=2)) as one:
        yield one


def configured(folder: Path, *, processes: int = 1, seconds: float = 20, memory: str = "1GiB") -> Config:
    options = {"extract_processes": str(processes), "extract_seconds": str(seconds), "extract_bytes": memory}
    return load({}, {"archive": str(folder), **options})


def read(extractor: Extractor, data: bytes) -> Extraction:
    return extractor.read(data, url=URL, content_type=HTML)


def test_an_extraction_holds_article_and_quotes_and_says_by_whom_and_when(extractor: Extractor) -> None:
    before = datetime.now(UTC)
    found = extractor.extract(snapshot(), page())
    assert (found.snapshot_id, found.state) == (snapshot().id, ExtractionState.DONE)
    assert found.article is not None
    assert SPOKEN in found.article.text
    assert found.extractor == extractor_name("en", "resiliparse")
    assert before <= found.made_at <= datetime.now(UTC)
    for quote in found.quotes:
        assert (quote.text_digest, quote.extractor, quote.extracted_at) == (
            found.article.text_digest,
            found.extractor,
            found.made_at,
        )
        assert quote.text == " ".join(found.article.text[span.start : span.end] for span in quote.spans)


@pytest.mark.parametrize(
    ("status", "content_type", "data", "reason"),
    [
        (404, HTML, page(), Reason.HTTP_ERROR),
        (200, "application/pdf", b"%PDF-1.7", Reason.NOT_HTML),
        (200, HTML, b"<p>hi", Reason.NO_ARTICLE),
        (403, HTML, b"<title>Just a moment...</title>", Reason.BLOCKED_PAGE),
    ],
    ids=["404", "pdf", "stub", "challenge"],
)
def test_nothing_to_read_is_an_answer(
    extractor: Extractor, status: int, content_type: str, data: bytes, reason: Reason
) -> None:
    found = extractor.extract(snapshot(status=status, content_type=content_type), data)
    assert (found.state, found.reason, found.article, found.quotes) == (ExtractionState.NONE, reason, None, ())


def test_a_language_without_pack_is_done_and_says_so(extractor: Extractor) -> None:
    basque = (
        "<p>Udal batzarrak ferryaren kontratua berriro ireki zuen asteartean, ikuskariak bere txostena aurkeztuta.</p>"
        "<p>Alkatearen bulegoak ez zuen txostenari buruzko iruzkinik egin nahi izan, eta kontratuari buruz ere ez.</p>"
    )
    found = read(extractor, f"<html lang=eu><title>Ferrya</title><body><article>{basque}</article>".encode())
    assert (found.state, found.reason) == (ExtractionState.DONE, Reason.NO_LANGUAGE_PACK)


def test_depth_is_limited_and_keeps_the_words(extractor: Extractor) -> None:
    found = read(
        extractor, page(more="<div>" * 3000 + "<p>“It was deep down here,” said Olu Bright.</p>" + "</div>" * 3000)
    )
    assert (found.state, found.reason) == (ExtractionState.LIMITED, Reason.DEPTH)
    assert found.article is not None
    assert "deep down here" in found.article.text


def test_a_plain_text_counts_in_itself(extractor: Extractor) -> None:
    found = extractor.read_text(f"Ferry contract\n\n{SPOKEN}\n", language="en")
    assert found.article is not None
    assert found.article.text == f"Ferry contract\n\n{SPOKEN}\n"


def test_many_come_back_in_order(extractor: Extractor) -> None:
    pages = [(snapshot(number), page(f"{SPOKEN} Number {number}."), None) for number in range(12)]
    found = list(extractor.extract_many(iter(pages)))
    assert [one.id for one, _ in found] == [one.id for one, _, _ in pages]
    assert [one.snapshot_id for _, one in found] == [one.id for one, _, _ in pages]
    assert all(
        f"Number {number}." in (one.article.text if one.article else "") for number, (_, one) in enumerate(found)
    )


def test_threads_share_one_extractor(extractor: Extractor) -> None:
    answers: dict[int, Extraction] = {}

    def work(number: int) -> None:
        answers[number] = extractor.extract(snapshot(number), page(f"{SPOKEN} Number {number}."))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: found.snapshot_id for number, found in answers.items()} == {n: snapshot(n).id for n in range(8)}


def test_copies_are_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Extractor(configured(tmp_path)) as extractor:
        found = [read(extractor, b"<p>hi").reason for _ in range(210)]
    assert found == [Reason.NO_ARTICLE] * 210


# --- pages that are too much


def test_a_page_that_takes_too_long_is_read_the_quick_way(tmp_path: Path) -> None:
    slow = page(more="<p>" + "&amp;<b>x</b>" * 400_000 + "</p>")
    with Extractor(configured(tmp_path, seconds=1)) as extractor:
        found = read(extractor, slow)
        assert found.reason is Reason.TIME
        assert found.state in {ExtractionState.LIMITED, ExtractionState.FAILED}
        assert found.article is None or SPOKEN in found.article.text
        assert read(extractor, page()).state is ExtractionState.DONE


def test_a_page_that_takes_too_much_memory_is_told(tmp_path: Path) -> None:
    with Extractor(configured(tmp_path, memory="24MiB")) as extractor:
        found = read(extractor, page(more="<p>word</p>" * 200_000))
        assert found.reason is Reason.MEMORY
        assert read(extractor, b"<p>hi").reason is Reason.NO_ARTICLE


def _only_child(extractor: Extractor) -> int:
    child = extractor._idle.queue[0]
    assert child._process is not None
    return child._process.pid


def test_a_killed_child_is_replaced(tmp_path: Path) -> None:
    with Extractor(configured(tmp_path)) as extractor:
        assert read(extractor, page()).state is ExtractionState.DONE
        os.killpg(_only_child(extractor), signal.SIGKILL)
        assert read(extractor, page()).article is not None
        assert read(extractor, page()).state is ExtractionState.DONE


def _gone(group: int) -> bool:
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_an_extractor_changes_nothing_of_the_process_that_holds_it(tmp_path: Path) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.004)
    try:
        with Extractor(configured(tmp_path)):
            assert sys.getswitchinterval() == pytest.approx(0.004)
    finally:
        sys.setswitchinterval(before)


def test_closing_ends_the_children_and_a_closed_extractor_says_so(tmp_path: Path) -> None:
    extractor = Extractor(configured(tmp_path))
    read(extractor, page())
    group = _only_child(extractor)
    extractor.close()
    extractor.close()
    assert _gone(group)
    with pytest.raises(RuntimeError, match="closed"):
        read(extractor, page())


# --- programs that use it


def _program(tmp_path: Path, lines: str) -> subprocess.Popen[str]:
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(lines), encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


START = """
    from archiver.config import load
    from archiver.extraction import Extractor
    extractor = Extractor(load({}, {"extract_processes": "1"}))
    print(extractor.read(b"<p>hi", url="https://a.example/", content_type="text/html").reason, flush=True)
    print(extractor._idle.queue[0]._process.pid, flush=True)
"""


def test_a_script_needs_no_main_guard_and_may_forget_to_close(tmp_path: Path) -> None:
    program = _program(tmp_path, START)
    out, errors = program.communicate(timeout=60)
    reason, group = out.split()
    assert (reason, program.returncode, errors) == ("home_page", 0, "")
    assert _gone(int(group))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_children_end_with_their_parent_whatever_happens_to_it(tmp_path: Path, how: signal.Signals) -> None:
    program = _program(tmp_path, START + "    import time; time.sleep(60)")
    assert program.stdout is not None
    assert program.stdout.readline().strip() == "home_page"
    group = int(program.stdout.readline())
    program.send_signal(how)
    _, errors = program.communicate(timeout=60)
    assert program.returncode != 0
    assert "archiver" not in errors
    assert _gone(group)


# --- in this process


def test_an_extractor_names_every_file_of_data_that_it_reads() -> None:
    """Checks, citations and packages read theirs later; a language reads its own pack alone."""
    rooms = [ROOT / "archiver" / room for room in ("articles", "extraction", "quotes", "languages")]
    files = [file for room in rooms for kind in ("toml", "json") for file in room.rglob(f"*.{kind}")]
    packs = {file for file in files if file.parent.name == "languages"} - {ROOT / "archiver/languages/en.toml"}
    for file in set(files) - packs:
        assert f"/{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}" in extractor_name("en"), file


def test_a_reading_that_came_to_nothing_has_no_quotes() -> None:
    found = extraction_of({"url": URL, "content_type": HTML, "status": 500}, page())
    assert (found.state, found.quotes, found.extractor) == (ExtractionState.NONE, (), extractor_name(None))


def test_a_fault_of_our_own_is_told_as_such_and_the_next_page_is_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Extractor(configured(tmp_path)) as extractor:
        found = extractor.read(page(), url="http://[", content_type=HTML)  # which no caller of ours sends
        assert (found.state, found.reason) == (ExtractionState.FAILED, Reason.ERROR)
        assert "ValueError at" in caplog.text
        assert read(extractor, page()).state is ExtractionState.DONE


def test_a_fault_in_the_second_try_is_told_as_a_fault(caplog: pytest.LogCaptureFixture) -> None:
    class Slow(Child):
        def __init__(self) -> None:
            self.tries = 0

        def start(self) -> None:
            pass

        def ask(self, request: bytes, page: bytes, *, seconds: float) -> tuple[bytes, bytes]:
            self.tries += 1
            if self.tries == 1:
                raise Late
            return b"", b"KeyError at text.py:1"

    found = reading(Slow(), {"snapshot_id": "s1", "url": URL}, page(), 1.0)
    assert (found.state, found.reason) == (ExtractionState.FAILED, Reason.ERROR)
    assert "reading s1 failed: InternalFault KeyError at text.py:1" in caplog.text


def test_what_starting_takes_does_not_count_and_both_readings_have_one_deadline() -> None:
    class Heavy(Child):
        def __init__(self) -> None:
            self.given: list[float] = []

        def start(self) -> None:
            time.sleep(0.3)

        def ask(self, request: bytes, page: bytes, *, seconds: float) -> tuple[bytes, bytes]:
            self.given.append(seconds)
            time.sleep(seconds)
            raise Late

    child = Heavy()
    found = reading(child, {"snapshot_id": "s1", "url": URL}, page(), 0.2)
    assert (found.state, found.reason) == (ExtractionState.FAILED, Reason.TIME)
    assert 0.1 < sum(child.given) <= 0.2
    assert len(child.given) == 2


def test_a_child_that_has_no_time_left_is_late_at_once(tmp_path: Path) -> None:
    child = Child(seconds=100, memory=1 << 30)
    child.start()
    began = time.monotonic()
    with pytest.raises(Late):
        child.ask(b"{}", b"", seconds=0)
    assert time.monotonic() - began < 50
    child.close()
