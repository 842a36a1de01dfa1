"""What is run under faults. Each works on a prepared archive and acknowledges the ids of what is kept for good."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.server
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from archiver.archive import Archive
from archiver.config import Config, load
from archiver.extraction import Extractor
from archiver.extraction.reader import extraction_of
from archiver.ingest.decide import Author, Wish
from archiver.people.decide import SpeakerWish
from archiver.records import Act, Change, Entry, Extraction, Snapshot

DECIDED = "decided:"
"""What an acknowledgement of a decision begins with; others are ids of snapshots."""

EDITOR = Author(name="", role="editor")
Acknowledge = Callable[[str], None]

NAMES = ("capture", "add", "rebuild", "catch up", "review", "withdraw", "erase", "join")

PAGE = """<!doctype html><html lang="en"><head><title>Ferry contract {number}</title>
<meta property="article:published_time" content="2026-11-10T18:20:00+01:00"></head><body><article>
<h1>Ferry contract {number}</h1>
<p>The city council reopened the ferry contract on Tuesday. Its auditor, {first} {last}, had presented her report.</p>
<p>“Contract number {number} was never put to tender,” {last} told the council, “and nobody asked why.”</p>
<p>The mayor’s office declined to comment on the report and on the contract.</p></article></body></html>"""


def page(number: int) -> bytes:
    """A page of the site; on those with even numbers somebody else speaks."""
    first, last = ("Ada", "Marlow") if number % 2 else ("Ines", "Calloway")
    return PAGE.format(number=number, first=first, last=last).encode()


class InThisProcess:
    """Extracts with the real reader, in the process that is followed: a child's start would be most of a run's time."""

    def extract_many(
        self, pages: Iterable[tuple[Snapshot, bytes | Extraction, str | None]]
    ) -> Iterator[tuple[Snapshot, Extraction]]:
        """As `Extractor.extract_many` does."""
        for snapshot, page, content_type in pages:
            if isinstance(page, Extraction):
                yield snapshot, page
                continue
            request = {
                "snapshot_id": snapshot.id,
                "url": snapshot.url,
                "content_type": content_type,
                "status": snapshot.status,
                "captured_at": snapshot.captured_at.astimezone(UTC).isoformat(),
            }
            yield snapshot, extraction_of(request, page)

    def close(self) -> None:
        """Nothing to close."""


class Scenarios:
    """The scenarios, on a site at `port` of this machine."""

    def __init__(self, port: int, inputs: Path) -> None:
        extraction_of({"url": "", "is_text": True}, b"Loads what is loaded on first use, before anything is forked.")
        self._port = port
        self._file = inputs / "crawl.warc.gz"
        self._file.write_bytes(b"".join(_response(number) for number in range(3)))
        self._again = inputs / "again.warc.gz"
        self._again.write_bytes(b"".join(_response(number) for number in (0, 3)))

    def all(self) -> dict[str, tuple[Callable[[Path], None], Callable[[Path, Acknowledge], None]]]:
        """By name: how the archive is prepared, and what is run under faults."""
        steps = (
            (self.prepare_nothing, self.capture),
            (self.prepare_nothing, self.add),
            (self.prepare_pages, self.rebuild),
            (self.prepare_left_behind, self.catch_up),
            (self.prepare_decidable, self.review),
            (self.prepare_decidable, self.withdraw),
            (self.prepare_decidable, self.erase),
            (self.prepare_decidable, self.join),
        )
        return dict(zip(NAMES, steps, strict=True))

    def config(self, folder: Path) -> Config:
        """Small files, so that closing one is among the points."""
        allow = f"127.0.0.1:{self._port}"
        return load({}, {"archive": str(folder), "fetch_allow": allow, "fetch_pause": "0", "warc_bytes": "3000"})

    @contextmanager
    def archive(self, folder: Path) -> Iterator[Archive]:
        """An archive that extracts in this process."""
        with Archive(self.config(folder), extractor=cast("Extractor", InThisProcess())) as archive:
            yield archive

    def url(self, number: int) -> str:
        """A page of the site."""
        return f"http://127.0.0.1:{self._port}/{number}"

    def prepare_nothing(self, folder: Path) -> None:
        """An archive that has one page."""
        with self.archive(folder) as archive:
            archive.capture(self.url(0))

    def prepare_pages(self, folder: Path) -> None:
        """An archive that has several."""
        with self.archive(folder) as archive:
            for number in range(3):
                archive.capture(self.url(number))
            archive.add(self._file)

    def prepare_left_behind(self, folder: Path) -> None:
        """Pages that were kept, and neither extracted nor indexed."""
        with self.archive(folder) as archive:
            archive.resources.capturer.capture(self.url(1))
            archive.resources.capturer.capture(self.url(2))

    def capture(self, folder: Path, acknowledge: Acknowledge) -> None:
        """Two pages, one behind a redirect; then closes."""
        with self.archive(folder) as archive:
            archive.catch_up()
            for url in (self.url(1), f"http://127.0.0.1:{self._port}/to/2"):
                for kept in archive.capture(url).kept:
                    acknowledge(kept.snapshot.id)

    def add(self, folder: Path, acknowledge: Acknowledge) -> None:
        """A file from elsewhere."""
        with self.archive(folder) as archive:
            archive.catch_up()
            for kept in archive.add(self._file).kept:
                acknowledge(kept.snapshot.id)

    def rebuild(self, folder: Path, acknowledge: Acknowledge) -> None:
        """Everything there is stays acknowledged all the while."""
        with self.archive(folder) as archive:
            archive.rebuild()

    def catch_up(self, folder: Path, acknowledge: Acknowledge) -> None:
        """What was left behind."""
        with self.archive(folder) as archive:
            archive.catch_up()

    def prepare_decidable(self, folder: Path) -> None:
        """Pages of ours, and others in two files from elsewhere, one of them in both; all of it is closed."""
        with self.archive(folder) as archive:
            archive.capture(self.url(1))
            archive.capture(self.url(2))
            archive.add(self._file)
            archive.add(self._again)

    def review(self, folder: Path, acknowledge: Acknowledge) -> None:
        """A correction of a quote, then a dispute of it."""
        with self.archive(folder) as archive:
            archive.catch_up()
            entry = self._first(archive)
            for changes in (
                Change(path="speaker.name", value="Ines Calloway"),
                Change(path="review", value="disputed"),
            ):
                wish = Wish(act=Act.REVIEW, author=EDITOR, reason="The minutes say so", changes=(changes,))
                acknowledge(f"{DECIDED}{archive.decide(wish, str(entry.quote.id)).id}")

    def withdraw(self, folder: Path, acknowledge: Acknowledge) -> None:
        """A withdrawal of a snapshot, and of a quote that is restored."""
        with self.archive(folder) as archive:
            archive.catch_up()
            entry = self._first(archive)
            for act, target in (
                (Act.WITHDRAW, str(entry.quote.id)),
                (Act.RESTORE, str(entry.quote.id)),
                (Act.WITHDRAW, entry.snapshot_id),
            ):
                decided = archive.decide(Wish(act=act, author=EDITOR, reason="A mistake of ours"), target)
                acknowledge(f"{DECIDED}{decided.id}")

    def erase(self, folder: Path, acknowledge: Acknowledge) -> None:
        """An erasure of a page of ours, and of one in two files from elsewhere."""
        with self.archive(folder) as archive:
            archive.catch_up()
            added = archive.captures("https://harbour.example/0")[0].snapshot.id
            for target in (self._first(archive).snapshot_id, added):
                erased = archive.erase(target, author=EDITOR, reason="Judgment 12/26")
                acknowledge(f"{DECIDED}{erased.decision.id}")

    def join(self, folder: Path, acknowledge: Acknowledge) -> None:
        """Two speakers joined, and separated again."""
        with self.archive(folder) as archive:
            archive.catch_up()
            wish = SpeakerWish(author=EDITOR, reason="The registry says so")
            acknowledge(f"{DECIDED}{archive.persons.join('Ada Marlow', 'Ines Calloway', wish).id}")
            acknowledge(f"{DECIDED}{archive.persons.separate('Ada Marlow', ['Ines Calloway'], wish).id}")

    def _first(self, archive: Archive) -> Entry:
        return archive.quotes_of(archive.captures(self.url(1))[0].snapshot.id)[0]


def _response(number: int) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "WARC-Date": datetime(2026, 11, 10, 19, number, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Target-URI": f"https://harbour.example/{number}",
        "Content-Type": "application/http;msgtype=response",
        "WARC-Block-Digest": "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode(),
        "Content-Length": str(len(block)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


class _Pages(http.server.BaseHTTPRequestHandler):
    """`/N` is a page, `/to/N` a redirect to it, robots.txt is missing."""

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        if not name.isdigit():
            self.send_error(404)
        elif self.path.startswith("/to/"):
            self.send_response(301)
            self.send_header("Location", f"/{name}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            body = page(int(name))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def site() -> Iterator[int]:
    """Serves the pages from a process of its own; gives the port."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    child = os.fork()
    if not child:
        try:
            server.serve_forever()
        finally:
            os._exit(0)
    server.server_close()
    try:
        yield server.server_port
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
