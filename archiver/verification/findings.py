"""Reads the evidence again and says what is not as it was stored: file, offset, record.

Three links are recomputed, independent of the index and of the libraries that extracted: file → manifest (digest of the
whole file), record → bytes (block and payload digests), quote → text → record (the quoted letters are in the answered
page, in order). Damage that a file already had when it was added is reported, but not counted as the archive's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from archiver.annotations import Assertion
from archiver.articles.charset import decode
from archiver.errors import WarcError
from archiver.ingest.scan import body_of, original_of, record_of
from archiver.ingest.store import BrokenAssertion, Read, read_assertions
from archiver.records import (
    PAYLOAD_DIFFERS,
    Locator,
    Quote,
    Snapshot,
    SnapshotEntry,
    StoredAssertion,
    StoredText,
    WarcRecord,
)
from archiver.sha256 import sha256_of
from archiver.verification.pages import PageLetters, contains_words
from archiver.warcs import wacz
from archiver.warcs.files import ADDED, ASSERTIONS, CAPTURES, Folder
from archiver.warcs.kinds import refusal, why_refused
from archiver.warcs.manifest import Line
from archiver.warcs.reader import Damage, record_at, scan
from archiver.warcs.snapshots import payload_digest
from archiver.warcs.storage import Ranges, any_file
from archiver.warcs.tombstones import erased_on

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found at one place: `ok`, or what is wrong there."""

    file: str
    offset: int | None
    record_id: str | None
    what: str
    ok: bool


class _Seen:
    """Where each record id was met first; a record that has one again is compared with what is there."""

    def __init__(self, read: Callable[[Locator], WarcRecord]) -> None:
        self._read = read
        self._first: dict[str, Locator] = {}

    def conflicts(self, record: WarcRecord) -> bool:
        """Whether another record has the same id but different content."""
        if record.record_id is None or record.locator is None:
            return False
        first = self._first.setdefault(record.record_id, record.locator)
        return first is not record.locator and self._read(first).block != record.block


def _stored(folder: Folder) -> Callable[[Locator], WarcRecord]:
    def read(locator: Locator) -> WarcRecord:
        with folder.opened(locator.warc) as opened:
            return record_at(opened, locator)

    return read


def of_archive(folder: Folder, *, progress: Progress) -> Iterator[Finding]:
    """Everything: the manifest's chains, each file's digest and records, each quote of the newest assertions."""
    yield from _chains(folder)
    there = [*folder.warcs(CAPTURES), *folder.warcs(ASSERTIONS), *folder.added()]
    lines = folder.manifest.files()
    for name in sorted(set(lines) - set(there)):
        yield _damaged(name, None, "the file is in the manifest, and missing")
    seen = _Seen(_stored(folder))
    for warc in there:
        yield from _file(folder, warc, lines.get(warc), progress, seen)
    yield from _newest_quotes(folder, progress)


def file(folder: Folder, warc: str, *, progress: Progress) -> Iterator[Finding]:
    """One file of the archive."""
    yield from _file(folder, warc, folder.manifest.files().get(warc), progress, _Seen(_stored(folder)))


def foreign_file(path: Path, *, progress: Progress) -> Iterator[Finding]:
    """A WARC or WACZ file anywhere, by the digests it contains. Raises WarcError where it is neither."""
    with any_file(path) as opened:
        _check_kind(opened, str(path))
        yield from _records(opened, str(path), progress, _Seen(lambda locator: record_at(opened, locator)))


def _check_kind(file: Ranges, name: str) -> None:
    """Raises WarcError for a file without any record, but not for a damaged one."""
    what = why_refused(file, warc=name)
    if what is not None and all(isinstance(found, Damage) for found in scan(file, warc=name)):
        raise WarcError(refusal(what), where=name)


def quotes(folder: Folder, row: SnapshotEntry, found: Sequence[Quote]) -> Iterator[Finding]:
    """A snapshot's record, and of some of its quotes whether their words are in its text and in the page."""
    snapshot = row.snapshot
    place = (snapshot.locator.warc, snapshot.locator.offset, snapshot.record_id)
    try:
        problem = _record_problem(folder, snapshot)
    except WarcError as error:
        problem = error.what
    if problem:
        yield _damaged(*place[:2], problem, place[2])
        return
    yield Finding(file=place[0], offset=place[1], record_id=place[2], what="record and payload are as stored", ok=True)
    yield from _standing(folder, snapshot, row.texts, found)


def _record_problem(folder: Folder, snapshot: Snapshot) -> str | None:
    record_of(folder, snapshot)
    if payload_digest(original_of(folder, snapshot)) != snapshot.payload_digest:
        return "the payload is not the one that was extracted"
    if snapshot.remarks:
        return f"already so when added: {'; '.join(snapshot.remarks)}"
    return None


def _chains(folder: Folder) -> Iterator[Finding]:
    """The manifest's chains, one for each machine that wrote."""
    files = 0
    for line in folder.manifest.lines():
        if isinstance(line, Line):
            files += 1
        else:
            yield _damaged("manifest", line.offset, f"{line.file}, line {line.number}: {line.what}")
    chains = len(folder.manifest.chains())
    if files:
        what = f"{chains} {'chain' if chains == 1 else 'chains'} with {files} closed files read to the end"
        yield Finding(file="manifest", offset=None, record_id=None, what=what, ok=True)


def _file(folder: Folder, warc: str, line: Line | None, progress: Progress, seen: _Seen) -> Iterator[Finding]:
    try:
        with folder.opened(warc) as opened:
            found = list(_records(opened, warc, progress, seen, is_open=folder.is_open(warc)))
            problem = None if line is None else _digest_problem(folder, line)
    except WarcError as error:
        yield _damaged(warc, None, error.what)
        return
    if line is None and not folder.is_open(warc):
        problem = "the file is closed but not in the manifest"
    came_so = problem is None and warc.startswith(f"{ADDED}/")
    for finding in found:
        if not finding.ok and came_so:
            yield replace(finding, what=f"already damaged when it was added; unchanged since: {finding.what}", ok=True)
        elif problem is None or not finding.ok:
            yield finding
    if problem:
        yield _damaged(warc, None, problem)


def _digest_problem(folder: Folder, line: Line) -> str | None:
    return None if folder.digest(line.file)[1] == line.digest else "the file does not match the manifest"


def _records(opened: Ranges, warc: str, progress: Progress, seen: _Seen, *, is_open: bool = False) -> Iterator[Finding]:
    """Every byte of a file. `seen` knows the record ids met so far."""
    sound, damaged = 0, False
    try:
        package = wacz.contents(opened, warc=warc)
    except WarcError as error:
        yield _damaged(warc, None, error.what)
        return
    for what in package.damage:
        damaged = True
        yield _damaged(warc, None, what)
    for member in package.members:
        for found in scan(opened, warc=warc, start=member.start, end=member.end):
            progress(1)
            if isinstance(found, Damage):
                if not (found.torn and is_open):
                    damaged = True
                    inside = f" (byte {found.offset - member.start:,} of {member.name})" if member.name else ""
                    yield _damaged(warc, found.offset, f"{found.what}{inside}")
                continue
            offset, name, erased = found.locator.offset if found.locator else None, found.record_id, erased_on(found)
            if erased is None and seen.conflicts(found):
                damaged = True
                yield _damaged(warc, offset, "another record has the same id but different content", name)
                continue
            sound += 1
            if erased is not None:
                yield Finding(file=warc, offset=offset, record_id=name, what=f"erased on {erased}", ok=True)
            if PAYLOAD_DIFFERS in found.remarks:
                yield _damaged(warc, offset, PAYLOAD_DIFFERS, name)
    remarks = f", {', '.join(package.remarks)}" if package.remarks else ""
    if sound or not damaged:
        what = f"{'the other ' if damaged else ''}{sound} {'record is' if sound == 1 else 'records are'} sound{remarks}"
        yield Finding(file=warc, offset=None, record_id=None, what=what, ok=True)


def _newest_quotes(folder: Folder, progress: Progress) -> Iterator[Finding]:
    """The quotes of each snapshot's newest assertion that are current: words → text → page."""
    newest: dict[str, StoredAssertion] = {}
    for warc in folder.warcs(ASSERTIONS):
        for read in read_assertions(folder, warc):
            if isinstance(read, BrokenAssertion):
                yield _damaged(read.warc, read.offset, read.what)
            elif isinstance(read, Read) and isinstance(read.asserted, Assertion):
                known = newest.get(read.snapshot.id)
                if known is None or (read.stored.at, read.stored.id) >= (known.at, known.id):
                    newest[read.snapshot.id] = read.stored
    sound = 0
    for asserted in _assertions_at(folder, {each.locator for each in newest.values()}):
        yield from _revisit(folder, asserted.snapshot)
        for finding in _standing(folder, asserted.snapshot, asserted.texts, asserted.extraction.quotes):
            progress(1)
            sound += finding.ok
            if not finding.ok:
                yield finding
    yield Finding(
        file=ASSERTIONS, offset=None, record_id=None, what=f"{sound} quotes were found in their pages", ok=True
    )


def _assertions_at(folder: Folder, places: Set[Locator]) -> Iterator[Assertion]:
    """The assertions at some places, read again: all of them together may be more than memory holds."""
    for warc in folder.warcs(ASSERTIONS):
        for read in read_assertions(folder, warc):
            if isinstance(read, Read) and isinstance(read.asserted, Assertion) and read.stored.locator in places:
                yield read.asserted


def _revisit(folder: Folder, snapshot: Snapshot) -> Iterator[Finding]:
    """Whether a revisit still leads to the payload that was read; those whose original is not here are listed."""
    if snapshot.refers_to is None:
        return
    place = (snapshot.locator.warc, snapshot.locator.offset)
    if snapshot.is_unresolved:
        what = "a revisit of a record that is not in the archive: it shows no page until that is added"
        yield Finding(file=place[0], offset=place[1], record_id=snapshot.record_id, what=what, ok=True)
        return
    try:
        if payload_digest(original_of(folder, snapshot)) == snapshot.payload_digest:
            return
        problem = "the payload that this revisit refers to is another one than was extracted"
    except WarcError as error:
        problem = error.what
    yield _damaged(*place, problem, snapshot.record_id)


def _standing(
    folder: Folder, snapshot: Snapshot, texts: Sequence[StoredText], found: Sequence[Quote]
) -> Iterator[Finding]:
    """Of each quote, whether its words are in its text and in the answered page."""
    places = {text.digest: text.locator for text in texts}
    page = _letters_of_page(folder, snapshot) if found else None
    place = (snapshot.locator.warc, snapshot.locator.offset, snapshot.record_id)
    read = dict[Locator, bytes]()
    for quote in found:
        locator = places.get(quote.text_digest)
        if locator is None:
            yield _damaged(*place[:2], f"{quote.id}: the text it counts in is not in the archive", place[2])
            continue
        try:
            if locator not in read:
                read[locator] = _stored(folder)(locator).block
        except WarcError as error:
            yield _damaged(locator.warc, locator.offset, f"{quote.id}: {error.what}")
            continue
        yield _quote(quote, read[locator], page, place)


def _quote(quote: Quote, text: bytes, page: PageLetters | None, place: tuple[str, int, str]) -> Finding:
    problem = _quote_problem(quote, text, page)
    if problem:
        return _damaged(*place[:2], f"{quote.id}: {problem}", place[2])
    what = f"{quote.id}: its words are in the text and in the page"
    return Finding(file=place[0], offset=place[1], record_id=place[2], what=what, ok=True)


def _quote_problem(quote: Quote, text: bytes, page: PageLetters | None) -> str | None:
    if quote.text_digest != sha256_of(text):
        return "the text has another digest"
    words = text.decode()
    exact = [selector.exact for selector in quote.selectors]
    if exact and exact != [words[span.start : span.end] for span in quote.spans]:
        return "its spans do not hold its words"
    if page is None:
        return "the page cannot be read"
    if not contains_words([words[span.start : span.end] for span in quote.spans], page):
        return "its words were not found in the page"
    return None


def _letters_of_page(folder: Folder, snapshot: Snapshot) -> PageLetters | None:
    try:
        body = body_of(folder, snapshot)
    except WarcError:
        return None
    return PageLetters(decode(body.page, body.content_type).text)


def _damaged(file: str, offset: int | None, what: str, record_id: str | None = None) -> Finding:
    return Finding(file=file, offset=offset, record_id=record_id, what=what, ok=False)
