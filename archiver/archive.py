"""The one noun: opens an archive's folder and has one method per verb, each a call into a room.

The order of work (nothing acknowledged is lost): capture appended and fsynced → kept → extracted → assertion appended
and fsynced → indexed. Whatever stops half-way is taken up by `catch_up`.
"""

from __future__ import annotations

import copy
import getpass
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from archiver.config import SOFTWARE, Config
from archiver.errors import (
    ConfigError,
    FetchError,
    KeyRequired,
    NotFound,
    OnRecordError,
    SearchError,
    StorageError,
    Unreachable,
    WarcError,
    Withdrawn,
)
from archiver.records import (
    Act,
    Bucket,
    DateOf,
    Decision,
    Entry,
    Extraction,
    Histogram,
    Interval,
    Origin,
    Page,
    Query,
    Quote,
    QuoteState,
    Reason,
    Searched,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
    Visibility,
)
from archiver.viewer import OPERATOR, Viewer, withdrawn
from archiver.warcs.files import Folder, one_at_a_time

if TYPE_CHECKING:
    from archiver.capture import Capturer
    from archiver.checks.check import Claim
    from archiver.checks.report import CheckReport
    from archiver.evidence.digest import Seal
    from archiver.evidence.package import Proven
    from archiver.extraction import Extractor
    from archiver.history.differences import PageDifference
    from archiver.history.edits import Edits
    from archiver.history.observations import Observation
    from archiver.index import Index
    from archiver.ingest.decide import Author, DecideContext, Wish
    from archiver.ingest.erase import Erased
    from archiver.ingest.extract import IngestContext
    from archiver.ingest.scan import ScanReport
    from archiver.ingest.store import Broken
    from archiver.people.attributes import Attributes
    from archiver.people.person import Person
    from archiver.replay.documents import ShownPage
    from archiver.signing.ledger import PublicKey
    from archiver.statements.collapse import Collapsed
    from archiver.statements.occurrences import Occurrence, Statement
    from archiver.verification.findings import Finding
    from archiver.verification.scrub import Scrubber
    from archiver.verification.values import Verification
    from archiver.warcs.reader import Damage
    from archiver.warcs.storage import Storage
    from archiver.warcs.writer import Writer

MIN_FREE = 256 << 20
"""Bytes of disk below which the archive's health is bad."""

_log = logging.getLogger(__name__)
_NAME_A_FILE = "Name one outside the archive: ONRECORD_SIGNING_KEY=~/.onrecord/signing-key.pem"
Progress = Callable[[int], None]
Made = TypeVar("Made")


def _silent(_count: int) -> None:
    """Progress that nobody looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A snapshot and what was read from it; `fresh` where an earlier capture was young enough."""

    snapshot: Snapshot
    extraction: Extraction | None
    fresh: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one URL or file: what is kept, whether it is indexed, and the problem if there was one."""

    kept: tuple[Kept, ...] = ()
    problem: OnRecordError | None = None
    indexed: bool = True
    already: bool = False
    report: ScanReport | None = None
    file_digest: str | None = None

    @property
    def damage(self) -> tuple[Damage, ...]:
        """What of a file could not be read."""
        return tuple(self.report.damage) if self.report else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How much was taken in, and which assertions could not be read."""

    snapshots: int
    quotes: int
    broken: tuple[Broken, ...] = ()
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedPage:
    """A page as it was answered: status, fields as sent, and the payload with transfer and content codings undone."""

    status: int | None
    headers: tuple[tuple[str, str], ...]
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the archive, whether it is well, and what there is to say of it."""

    name: str
    ok: bool
    detail: str


class Archive:
    """An open archive. Thread-safe; any number of processes may have the same folder open.

    Opening it recovers what a killed process left behind. With `create`, a missing folder is made; without, NotFound
    says how to make one. `storage` keeps closed WARC files elsewhere than in the folder, `extractor` reads pages and
    stays open. Raises StorageUnwritable where
    the folder cannot be written.
    """

    def __init__(
        self, config: Config, *, create: bool = True, storage: Storage | None = None, extractor: Extractor | None = None
    ) -> None:
        self.config = config
        self.viewer = OPERATOR
        self.actor = f"account {getpass.getuser()}"
        self._lock = threading.RLock()
        self._open = ExitStack()
        self._made: dict[str, Any] = {} if extractor is None else {"extractor": extractor}
        self.folder = Folder(config.archive, storage)
        if not create and not self.folder.path.is_dir():
            raise NotFound(
                "there is no archive here",
                where=str(config.archive),
                remedy="Make one with: onrecord capture URL, or name yours with --archive",
            )
        self.folder.create()
        self.recovered = self.folder.recover()
        if (self.folder.path / "erasing.json").exists():
            self._finish_erasing()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def index(self) -> Index:
        """The index that the settings name, opened at the first question."""
        from archiver.index import open_index

        return self._once("index", lambda: open_index(self.config))

    @property
    def extractor(self) -> Extractor:
        """The children that read pages, started at the first page."""
        from archiver.extraction import Extractor

        return self._once("extractor", lambda: Extractor(self.config))

    @property
    def _captures(self) -> Writer:
        return self._once("captures", lambda: self._writer("captures"))

    @property
    def _assertions(self) -> Writer:
        return self._once("assertions", lambda: self._writer("assertions"))

    def _writer(self, room: str) -> Writer:
        from archiver.warcs.writer import Writer

        return Writer(self.folder, room, max_bytes=self.config.warc_bytes)

    @property
    def _capturer(self) -> Capturer:
        from archiver.capture import Capturer
        from archiver.fetch.engine import HttpEngine

        return self._once("capturer", lambda: Capturer(self.config, self._captures, HttpEngine(self.config)))

    @property
    def _scrubber(self) -> Scrubber:
        from archiver.verification.scrub import Scrubber

        return self._once("scrubber", lambda: Scrubber(self.folder))

    @property
    def _context(self) -> IngestContext:
        from archiver.ingest.extract import IngestContext

        return IngestContext(folder=self.folder, index=self.index, assertions=lambda: self._assertions, read=self._read)

    def _read(self, pages: Iterable[tuple[Snapshot, bytes, str | None]]) -> Iterator[tuple[Snapshot, Extraction]]:
        return self.extractor.extract_many(pages)

    def _once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` makes, made by the first thread that needs it; closed with the archive."""
        with self._lock:
            if name not in self._made:
                self._made[name] = made = make()
                if hasattr(made, "close"):
                    self._open.callback(_close, made)
            return cast("Made", self._made[name])

    def close(self) -> None:
        """Closes what was opened, the last first: WARC files, children, connections. What fails stops no other.

        What was closed is signed, where a key is set.
        """
        with self._lock:
            opened, self._open = self._open, ExitStack()
            self._made.clear()
        with opened:
            self._sign_or_log()
        self._sign_or_log()

    def _sign_or_log(self) -> None:
        try:
            self.sign()
        except OnRecordError as error:
            _log.warning("not signed yet: %s", error)

    # Writing

    def capture(
        self, url: str, *, max_age: timedelta | None = None, private: bool = False, assets: bool = False
    ) -> Outcome:
        """Fetches a page and keeps it; with `max_age`, gives the newest capture that is no older instead.

        With `private`, only those with a key see it until it is released. With `assets` its style sheets, images and
        fonts are kept too, as snapshots of their own.

        What could not be fetched is the outcome's `problem`; StorageError is raised, for then nothing can be kept.
        """
        from archiver.ingest import extract

        if max_age is not None and (fresh := self._fresh(url, max_age)):
            return fresh
        captured = self._capturer.capture(url, private=private, assets=assets, known=self._known_payload)
        self._note("capture", url)
        stored, warcs = extract.store(self._context, captured.snapshots, {})
        _, others = extract.store(self._context, captured.requisites, {})
        indexed = self._index_warcs(tuple(dict.fromkeys((*warcs, *others))))
        if indexed:
            extract.settle(self._context, captured.snapshots, captured.requisites)
        return Outcome(kept=_kept(stored), problem=captured.problem, indexed=indexed)

    def _known_payload(self, url: str, digest: str) -> Snapshot | None:
        """This archive's capture of an address with this payload digest; None if there is none or it is unknown.

        A private one does not count: anyone fetching the same page now may see it.
        """
        try:
            captures = self.index.captures(url)
            rows = [row.snapshot for row in captures if row.visibility is not Visibility.PRIVATE]
            same = [each for each in rows if each.payload_digest == digest and each.status == 200]
            ours = [each for each in same if each.payload is None and each.origin is Origin.CAPTURED and each.record_id]
        except SearchError:
            return None
        return ours[0] if ours else None

    def copy_memento(self, uri_m: str) -> Outcome:
        """Fetches another web archive's copy of a page and adds it as such, never as a capture of its own.

        What could not be fetched is the outcome's `problem`. Raises StorageError.
        """
        from archiver import mementos
        from archiver.fetch.engine import HttpEngine

        try:
            with mementos.copied(uri_m, HttpEngine(self.config), self.folder) as file:
                return self.add(file)
        except FetchError as problem:
            return Outcome(problem=problem)

    def _fresh(self, url: str, max_age: timedelta) -> Outcome | None:
        """The newest capture of exactly this URL, at the end of its redirects, unless that is too old."""
        since = datetime.now(UTC) - max_age
        try:
            rows = [row.snapshot for row in self.index.captures(url)]
        except SearchError:
            return None
        young = [each for each in rows if each.requested_url == url and each.captured_at >= since]
        if not young:
            return None
        return Outcome(kept=(Kept(snapshot=young[-1], extraction=None, fresh=True),), already=True)

    def _index_warcs(self, warcs: Sequence[str]) -> bool:
        from archiver.ingest.index import index_assertions

        try:
            index_assertions(self.folder, self.index, warcs)
            self.index.refresh()
        except SearchError as error:
            _log.warning("kept, not yet indexed: %s", error)
            return False
        return True

    def add(
        self, path: Path, *, in_place: bool = False, by: str | None = None, progress: Progress = _silent
    ) -> Outcome:
        """Takes in a WARC, WARC.gz or WACZ file from elsewhere and extracts what it holds.

        `by` is who supplied it, without it the account that runs this.
        `progress` hears of each snapshot. Raises NotFound, WarcError (no WARC file) and StorageError.
        """
        from archiver.ingest import extract, imports
        from archiver.ingest.scan import Pages, ScanReport

        imported = imports.import_file(
            path, self.folder, self._assertions, by=by or getpass.getuser(), in_place=in_place
        )
        self._note("import", imported.warc)
        kept, indexed = list[tuple[Snapshot, Extraction]](), True
        pages = None
        try:
            pages = Pages(self.folder, imported.warc, added=imported.added)
            kept.extend(extract.extract_new(self._context, pages, progress=progress))
            self.index.refresh()
        except SearchError as error:
            _log.warning("kept, not yet indexed: %s", error)
            indexed = False
        report = pages.report if pages else ScanReport()
        return Outcome(
            kept=_kept(kept),
            indexed=indexed,
            already=imported.already and not kept,
            report=report,
            file_digest=imported.added.file_digest,
        )

    def catch_up(self, *, progress: Progress = _silent) -> Rebuilt:
        """Takes up what an earlier run left: assertions that are not indexed, snapshots that are not yet extracted.

        Raises SearchError where the index is unreachable.
        """
        from archiver.ingest import extract

        caught_up = extract.catch_up(self._context, progress=progress)
        self.index.refresh()
        self.sign()
        return _counted(caught_up.extractions, caught_up.broken)

    def rebuild(self, *, progress: Progress = _silent) -> Rebuilt:
        """Rebuilds the index from the WARC files; readers use the old one until the new one is complete.

        What could not be read is in `broken`. Raises StorageUnwritable where another process is rebuilding already.
        """
        from archiver.ingest import rebuild

        broken = rebuild.rebuild(self._context, progress=progress)
        self.index.refresh()
        searched = self.index.searched()
        return Rebuilt(snapshots=searched.snapshots, quotes=searched.quotes, broken=broken)

    def reextract(self, ids: Sequence[str] | None = None, *, progress: Progress = _silent) -> Rebuilt:
        """Extracts snapshots again, all or those named; existing ids stay resolvable. Raises NotFound."""
        from archiver.ingest import extract

        self.catch_up(progress=progress)
        read = list(extract.reextract(self._context, ids, progress=progress))
        self.index.refresh()
        return _counted(read)

    # People's word

    def decide(
        self, wish: Wish, target: str, *, check: Callable[[Entry | SnapshotEntry], None] | None = None
    ) -> Decision:
        """Stores what a person decides about a quote or a snapshot (`target`), and indexes it.

        `check` looks at what is there first; nobody else decides until then. Raises NotFound, Withdrawn, BadQuery,
        StorageError and SearchError, and what `check` raises.
        """
        from archiver.ingest import decide

        with one_at_a_time(self.folder.path / "decisions.lock"):
            found = self._decidable(target)
            if check is not None:
                check(found)
            row = found if isinstance(found, SnapshotEntry) else self._row(found.snapshot_id)
            decided = decide.decide(self._deciding, row, decide.about(wish, found))
            self._note(wish.act, target)
            return decided

    @property
    def _deciding(self) -> DecideContext:
        from archiver.ingest.decide import DecideContext

        return DecideContext(folder=self.folder, index=self.index, assertions=lambda: self._assertions)

    def erase(self, snapshot_id: str, *, author: Author, reason: str) -> Erased:
        """Destroys the bytes of a snapshot, its texts, annotations and quotes, as the law requires.

        Raises NotFound, WarcError where they cannot be replaced in their place, StorageError, SearchError.
        """
        from archiver.ingest import erase
        from archiver.ingest.decide import Wish

        wish = Wish(act=Act.ERASE, author=author, reason=reason, legal=True)
        with one_at_a_time(self.folder.path / "decisions.lock"):
            row = self._row(snapshot_id)
            if row.withdrawn is not None and row.withdrawn.erased:
                raise withdrawn(row.withdrawn, snapshot_id)
            rows = [row, *self._revisits(row)]
            ids = {each.snapshot.id: self._quote_ids(each.snapshot.id) for each in rows}
            erased = erase.erase(self._deciding, row, wish, ids)
            self._note(Act.ERASE, snapshot_id)
            return erased

    def _revisits(self, row: SnapshotEntry) -> Iterator[SnapshotEntry]:
        from archiver.ingest.decide import revisits_of

        return revisits_of(self.index, row)

    def _quote_ids(self, snapshot_id: str) -> list[str]:
        return [str(entry.quote.id) for entry in self.index.quotes_of(snapshot_id)]

    def _finish_erasing(self) -> None:
        """An erasure that an earlier run began is finished, or forgotten where it was not decided yet."""
        from archiver.ingest.erase import recover

        with one_at_a_time(self.folder.path / "decisions.lock"):
            recover(self.folder)

    def _decidable(self, target: str) -> Entry | SnapshotEntry:
        """A quote or snapshot, withdrawn or not. Raises NotFound."""
        if not target.startswith("q"):
            return self._row(target)
        entry = self.index.quote(target)
        if entry is None:
            raise NotFound("there is no such quote", where=target[:100])
        return entry

    def decisions(self, target: str) -> tuple[Decision, ...]:
        """What people decided about a quote or a snapshot, in the order in which it counts. Raises NotFound."""
        from archiver.ingest import decide

        found = self._decidable(target)
        row = found if isinstance(found, SnapshotEntry) else self._row(found.snapshot_id)
        if row.visibility is Visibility.PRIVATE:
            self.viewer.check_row(row)
        return decide.decisions_of(self.folder, row, target)

    def read_by_program(self, quote_id: str) -> Quote:
        """A quote as the newest extraction has it, without the word of people. Raises NotFound and Withdrawn."""
        from archiver.ingest import decide

        entry = self.quote(quote_id)
        return decide.by_program(self.folder, self._row(entry.snapshot_id), quote_id)

    # Reading

    def seen_by(self, viewer: Viewer, actor: str | None = None) -> Archive:
        """The same archive as somebody else sees it, who acts on it as `actor`; it is closed with this one."""
        view = copy.copy(self)
        view.viewer = viewer
        view.actor = actor or self.actor
        return view

    def _note(self, action: str, target: str) -> None:
        """A line of the audit log. What it tells of is durable by then, so that a disk that is full fails nothing."""
        from archiver.audit import Action, Audit

        try:
            Audit(self.folder.path).note(Action(action), by=self.actor, target=target)
        except StorageError as error:
            _log.error("done, but missing in the audit log: %s of %s by %s: %s", action, target, self.actor, error)

    @property
    def seen(self) -> Index:
        """The index as this archive's viewer sees it."""
        from archiver.viewer import SeenIndex

        return SeenIndex(self.index, self.viewer)

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters. Raises BadQuery and the other SearchErrors."""
        from archiver.people.person import widened

        if query.collapse:
            return self.collapsed(query).page
        return self.seen.search(widened(self.seen, query, self.attributes()))

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by filter. Raises BadQuery and the other SearchErrors."""
        return self.seen.snapshots(query)

    def histogram(self, query: Query, interval: Interval, by: DateOf) -> Histogram:
        """How many quotes each day, month or year has. Raises BadQuery and the other SearchErrors."""
        return self.seen.histogram(query, interval, by)

    def searched(self) -> Searched:
        """What the index covers."""
        return self.seen.searched()

    def quote(self, quote_id: str) -> Entry:
        """One quote, superseded or not. Raises NotFound, Withdrawn."""
        entry = self.index.quote(quote_id)
        if entry is None:
            raise NotFound("there is no such quote", where=quote_id[:100])
        return self.viewer.check_entry(entry)

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot that are not withdrawn, in text order. Raises NotFound, Withdrawn."""
        self.snapshot(snapshot_id)
        return self.seen.quotes_of(snapshot_id)

    def snapshot(self, snapshot_id: str) -> SnapshotEntry:
        """One snapshot. Raises NotFound, Withdrawn."""
        return self.viewer.check_row(self._row(snapshot_id))

    def _row(self, snapshot_id: str) -> SnapshotEntry:
        row = self.index.snapshot(snapshot_id)
        if row is None:
            raise NotFound("there is no such snapshot", where=snapshot_id[:100])
        return row

    def snapshots_by_id(self, ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """Several snapshots by id; what is unknown, withdrawn or not for this viewer is left out."""
        return self.seen.snapshots_by_id(ids)

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL, oldest first."""
        return self.seen.captures(url)

    def check_withdrawn(self, url: str, named: str | None = None) -> None:
        """Raises Withdrawn where a snapshot of this URL that was withdrawn is meant.

        `named` is its id or its second in 14 digits; without, any of the URL.
        """
        for row in self.index.captures(url):
            names = {None, row.snapshot.id, f"{row.snapshot.captured_at:%Y%m%d%H%M%S}"}
            if row.withdrawn is not None and named in names:
                raise withdrawn(row.withdrawn, row.snapshot.id)

    def speakers(self, prefix: str, limit: int) -> tuple[Bucket, ...]:
        """Names of speakers with a word that begins with `prefix`, commonest first."""
        return self.seen.speakers(prefix, limit)

    def check(self, claim: Claim) -> CheckReport:
        """What the archive says to a claim. Raises BadQuery and the other SearchErrors."""
        from archiver.checks import report

        return report.check(self.seen, claim, text_of=self._article_text)

    def check_text(self, data: bytes, kind: str) -> Iterator[CheckReport]:
        """Every quote of a text beside the archive; `kind` is a media type of `checks.texts.KINDS`.

        Raises BadQuery where the text cannot be read.
        """
        from archiver.checks import texts

        if kind == texts.HTML:
            found = self.extractor.read(data, url="", content_type=kind, published=None, language=None)
        else:
            text = texts.docx_text(data) if kind == texts.DOCX else texts.decoded(data)
            found = self.extractor.read_text(text, url="", published=None, language=None)
        for claim in texts.claims_in(found):
            yield self.check(claim)

    def check_snapshot(self, snapshot_id: str) -> Iterator[CheckReport]:
        """Every quote of a snapshot beside the rest of the archive. Raises NotFound."""
        from archiver.checks import report, texts

        row = self.snapshot(snapshot_id)
        quotes = [entry.quote for entry in self.quotes_of(snapshot_id)]
        for claim in texts.claims_of(quotes, row.language):
            yield report.check(self.seen, claim, text_of=self._article_text, without=snapshot_id)

    def statement(self, statement_id: str) -> Statement:
        """The statement that the id of any of its wordings leads to. Raises NotFound."""
        from archiver.statements import lookup
        from archiver.statements.occurrences import statement_of

        return statement_of(lookup.cluster(self.seen, statement_id))

    def collapsed(self, query: Query) -> Collapsed:
        """The statements among the matches of a search, each once. Raises BadQuery and the other SearchErrors."""
        from archiver.people.person import widened
        from archiver.statements.collapse import collapsed

        return collapsed(self.seen, widened(self.seen, query, self.attributes()))

    def other_outlets(self, entry: Entry) -> tuple[str, ...]:
        """The outlets that print a quote's statement beside its own, oldest printing first."""
        from archiver.statements import lookup

        members = lookup.cluster_of_entry(self.seen, entry).members
        own = entry.outlet or entry.site
        return tuple(dict.fromkeys(name for each in members if (name := each.outlet or each.site) != own))

    def occurrences(self, quote_id: str) -> tuple[Statement, tuple[Occurrence, ...]]:
        """The statement of a quote, and all its printings, oldest first. Raises NotFound."""
        from archiver.statements import lookup
        from archiver.statements.occurrences import occurrences, statement_of

        entry = self.quote(quote_id)
        cluster = lookup.cluster_of_entry(self.seen, entry)
        return statement_of(cluster), occurrences(entry, cluster, self._article_text)

    def history(self, quote_id: str) -> tuple[Observation, ...]:
        """A quote through the captures of its page, oldest first. Raises NotFound."""
        from archiver.history.observations import observations

        entry = self.quote(quote_id)
        captures = self.captures(entry.url)
        found = observations(entry, captures, quotes_of=self.seen.quotes_of, text_of=self._article_text)
        return tuple(found)

    def difference(self, url: str, before: str, after: str) -> PageDifference:
        """Two captures of a page side by side (`history.choice.chosen` says how they are named).

        Raises NotFound and BadQuery.
        """
        from archiver.history.choice import chosen
        from archiver.history.differences import page_difference
        from archiver.history.edits import readable

        self.viewer.check_whole()
        held = readable(self.captures(url))
        return page_difference(
            chosen(held, before, parameter="from", url=url),
            chosen(held, after, parameter="to", url=url),
            quotes_of=self.seen.quotes_of,
            text_of=self._article_text,
        )

    def edits(self, site: tuple[str, ...] = (), cursor: str | None = None) -> Edits:
        """The captures in which a page's article changed, newest first. Raises BadQuery."""
        from archiver.history.edits import edits

        return edits(self.seen, site, cursor)

    def attributes(self) -> Attributes:
        """The administrator's own table of people; empty without one. Raises ConfigError where it cannot be read."""
        from archiver.people.attributes import Attributes, read_attributes

        return read_attributes(self.config.people) if self.config.people else Attributes()

    def person(self, speaker_id: str) -> Person:
        """The person that the id of any spelling leads to. Raises NotFound."""
        from archiver.people.person import person

        return person(self.seen, speaker_id)

    def _article_text(self, snapshot_id: str) -> str | None:
        """The newest text of a snapshot's article; None where it has none or it cannot be read."""
        try:
            return self.text(snapshot_id).decode()
        except (KeyRequired, NotFound, WarcError, Withdrawn):
            return None

    def text(self, snapshot_id: str, digest: str | None = None) -> bytes:
        """The article's text that quotes count in (UTF-8), the newest or the one with this digest.

        Raises NotFound, Withdrawn, KeyRequired.
        """
        from archiver.warcs.reader import record_at

        row = self._whole(snapshot_id)
        wanted = digest or row.text_digest
        locator = next((text.locator for text in row.texts if text.digest == wanted), None)
        if locator is None:
            raise NotFound("there is no such text", where=f"{snapshot_id} {digest or ''}".strip())
        with self.folder.opened(locator.warc) as file:
            return record_at(file, locator).block

    def record(self, snapshot_id: str) -> bytes:
        """The WARC record of a snapshot, uncompressed, its digests checked.

        Raises NotFound, Withdrawn, KeyRequired, WarcError.
        """
        from archiver.warcs.reader import raw_record

        snapshot = self._whole(snapshot_id).snapshot
        with self.folder.opened(snapshot.locator.warc) as file:
            return raw_record(file, snapshot.locator, snapshot.record_id or None)

    def page(self, snapshot_id: str) -> ReplayedPage:
        """The page of a snapshot as it was answered, codings undone.

        Raises NotFound, Withdrawn, KeyRequired, WarcError.
        """
        from archiver.http.head import read_head
        from archiver.http.message import message_of, payload_of
        from archiver.ingest.scan import original_of, record_of

        snapshot = self._whole(snapshot_id).snapshot
        record, original = record_of(self.folder, snapshot), original_of(self.folder, snapshot)
        head, page = (each.head or read_head(each.block) for each in (record, original))
        body = payload_of(message_of(original.block, page)).body
        headers = head.headers if head.status == snapshot.status else page.headers
        return ReplayedPage(status=snapshot.status, headers=headers, content_type=snapshot.content_type, body=body)

    def _whole(self, snapshot_id: str) -> SnapshotEntry:
        row = self.snapshot(snapshot_id)
        self.viewer.check_whole()
        return row

    def shown_page(
        self,
        quote: Quote,
        row: SnapshotEntry,
        *,
        requisite: Callable[[str], str],
        memento: Callable[[Snapshot], str],
        plain: bool = False,
    ) -> ShownPage:
        """The saved page of a quote for a frame of its own, the words marked. Raises WarcError, SearchError."""
        from archiver.replay.saved import shown_page

        row = self._whole(row.snapshot.id)
        return shown_page(self.folder, self.seen, row, quote, requisite=requisite, memento=memento, plain=plain)

    def requisite(self, snapshot_id: str, url: str) -> ReplayedPage | None:
        """An image or font as it was answered nearest to a snapshot; None if there is none. Raises NotFound."""
        from archiver.replay.holdings import is_requisite, nearest

        snapshot = self._whole(snapshot_id).snapshot
        found = nearest(self.seen, snapshot, [url]).get(url)
        return self.page(found.id) if found is not None and is_requisite(found) else None

    def captured_by(self, snapshot: Snapshot) -> str | None:
        """The program that wrote the file of a snapshot, by that file's own word."""
        from archiver.replay.saved import captured_by

        return captured_by(self.folder, snapshot)

    def verify(self, targets: Sequence[str] = (), *, progress: Progress = _silent) -> Iterator[Finding]:
        """Reads the evidence again, all of it or what is named (files, ids), and says what it finds.

        Raises NotFound for what is neither a file nor an id.
        """
        from archiver.verification import findings

        if not targets:
            yield from findings.of_archive(self.folder, progress=progress)
            yield from self._refused()
        for target in targets:
            yield from self._verified(target, progress)

    def _refused(self) -> Iterator[Finding]:
        """What the index would not take: nothing is lost, but it is not found until a rebuild."""
        from archiver.verification.findings import Finding

        for refused in self.index.refused():
            what = f"the index refused it ({refused.reason}); the archive has it, and `onrecord rebuild` tries again"
            yield Finding(file=refused.index, offset=None, record_id=refused.id, what=what, ok=True)

    def _verified(self, target: str, progress: Progress) -> Iterator[Finding]:
        from archiver.verification import findings

        if Path(target).is_file():
            return verify_file(Path(target), self.config, progress=progress)
        if self.folder.holds(target):
            return findings.file(self.folder, target, progress=progress)
        if target.startswith("q"):
            entry = self.quote(target)
            return findings.quotes(self.folder, self.snapshot(entry.snapshot_id), [entry.quote])
        row = self.snapshot(target)
        return findings.quotes(self.folder, row, [entry.quote for entry in self.quotes_of(target)])

    def verification(self, identifier: str, *, max_file: int | None = None) -> Verification:
        """The chain of proof of one quote or snapshot, link by link.

        Files larger than `max_file` are not read whole. Raises NotFound.
        """
        from archiver.signing.timestamps import read_roots
        from archiver.verification.checks import UNLIMITED, Verifier

        roots = read_roots(self.config.timestamp_roots)
        verifier = Verifier(folder=self.folder, roots=roots, max_file=UNLIMITED if max_file is None else max_file)
        if identifier.startswith("q"):
            entry = self.quote(identifier)
            return verifier.quote(self.snapshot(entry.snapshot_id), entry.quote)
        row = self.snapshot(identifier)
        return verifier.snapshot(row, [entry.quote for entry in self.quotes_of(identifier)])

    def evidence(self, ids: Sequence[str]) -> bytes:
        """The evidence package of quotes and snapshots: the same bytes every time except for signature and time.

        Raises NotFound, and WarcError where a record cannot be read.
        """
        from archiver.citations.works import is_citable
        from archiver.evidence import package
        from archiver.evidence.digest import Seal
        from archiver.signing.keys import load_key

        proven = list(self._proven(ids))
        self.viewer.check_whole()
        base = self.config.base_url if is_citable(self.config.public_url) else None
        made = package.draft(proven, base_url=base)
        path = self.config.signing_key
        if path is None or not path.exists():
            return package.sealed(made)
        key = load_key(path)
        place = (made.digest, key.id)
        known = self._seals.get(place)
        at = known.signature.at if known else datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

        def sign(digest: str) -> Seal:
            if known is not None:
                return known
            signature = key.sign(digest, at=at)
            seal = Seal(signature=signature, software=SOFTWARE, timestamp=self._stamp(signature.raw))
            self._seals[place] = seal
            return seal

        return package.sealed(made, at=at, sign=sign)

    @property
    def _seals(self) -> dict[tuple[str, str], Seal]:
        """The seals of packages that were made, so that a package that is requested again is the same file."""
        return self._once("seals", dict[tuple[str, str], "Seal"])

    def _proven(self, ids: Sequence[str]) -> Iterator[Proven]:
        """Each snapshot once, in the order requested, with those of its quotes that were requested."""
        from archiver.evidence.gather import gather
        from archiver.evidence.package import Proven
        from archiver.replay.saved import requisite_places

        wanted: dict[str, list[Quote]] = {}
        for identifier in dict.fromkeys(ids):
            if identifier.startswith("q"):
                entry = self.quote(identifier)
                wanted.setdefault(entry.snapshot_id, []).append(entry.quote)
            else:
                wanted.setdefault(self.snapshot(identifier).snapshot.id, [])
        for snapshot_id, quotes in wanted.items():
            row = self.snapshot(snapshot_id)
            entries = self.index.quotes_of(snapshot_id)
            withdrawn = any(entry.quote.state is QuoteState.WITHDRAWN for entry in entries)
            shown = quotes or [entry.quote for entry in entries if entry.quote.state is QuoteState.CURRENT]
            places = requisite_places(self.folder, self.index, row.snapshot)
            gathered = gather(self.folder, row, withdrawn=withdrawn, assets=places)
            yield Proven(row=row, quotes=tuple(shown), gathered=gathered)

    # Signing

    def new_signing_key(self) -> PublicKey:
        """Makes a signing key and asserts its public part; the key before it, if any, is kept and its signatures hold.

        Raises ConfigError where no file outside the archive is named for it.
        """
        from archiver.signing import ledger
        from archiver.signing.keys import new_key

        if self.config.signing_key is None:
            raise ConfigError("no file is named for the key", where="ONRECORD_SIGNING_KEY", remedy=_NAME_A_FILE)
        key = new_key(self.config.signing_key, self.folder.path)
        return ledger.assert_key(self.folder, key, self._assertions)

    def signing_keys(self) -> tuple[PublicKey, ...]:
        """The keys that the archive asserts, oldest first."""
        from archiver.signing import ledger

        return ledger.keys(self.folder)

    def sign(self) -> int:
        """Signs the closed files that no key has signed yet, where a key is set; how many. Raises ConfigError.

        Where a time stamp authority is set, signatures without a time stamp get one; if it does not answer, later.
        """
        if self.config.signing_key is None or not self.config.signing_key.exists():
            return 0
        from archiver.signing import ledger
        from archiver.signing.keys import load_key

        return ledger.sign_lines(self.folder, load_key(self.config.signing_key), self._stamp)

    def _stamp(self, signature: bytes) -> bytes | None:
        """A time stamp over a signature; None where no authority is set or it does not answer."""
        if self.config.timestamp_url is None:
            return None
        from archiver.signing.timestamps import request_stamp

        try:
            return request_stamp(self.config.timestamp_url, signature)
        except Unreachable as error:
            _log.warning("%s", error)
            return None

    def health(self) -> tuple[Part, ...]:
        """What works and what does not, by part."""
        return (self._folder_health(), self._evidence_health(), self._index_health(), _fetch_health(self.config))

    def _folder_health(self) -> Part:
        try:
            free = shutil.disk_usage(self.folder.path).free
        except OSError as error:
            return Part(name="archive", ok=False, detail=f"the folder cannot be used ({error.strerror})")
        writable = os.access(self.folder.path / "captures", os.W_OK)
        detail = f"{free / (1 << 30):.1f} GiB free" if writable else "the folder cannot be written"
        return Part(name="archive", ok=writable and free > MIN_FREE, detail=detail)

    def _evidence_health(self) -> Part:
        found = self._scrubber.look()
        if found.damaged:
            name, problem = found.damaged[0]
            more = f", and {len(found.damaged) - 1} more" if len(found.damaged) > 1 else ""
            return Part(name="evidence", ok=False, detail=f"{name} is damaged: {problem}{more}. Run: onrecord verify")
        return Part(
            name="evidence", ok=True, detail=f"{found.checked} of {found.files} closed files checked, none damaged"
        )

    def _index_health(self) -> Part:
        try:
            searched = self.index.searched()
        except SearchError as error:
            return Part(name="index", ok=False, detail=error.what)
        return Part(name="index", ok=True, detail=f"{searched.snapshots} snapshots, {searched.quotes} quotes")


def verify_file(path: Path, config: Config, *, progress: Progress = _silent) -> Iterator[Finding]:
    """A WARC or WACZ file anywhere, checked by what it says itself; no archive is needed. Raises ConfigError."""
    from archiver.evidence import inspection
    from archiver.signing.timestamps import read_roots
    from archiver.verification import findings
    from archiver.warcs.storage import any_file

    roots = read_roots(config.timestamp_roots)
    with any_file(path) as file:
        if inspection.is_evidence(file):
            yield from inspection.inspect(file, str(path), roots)
            return
    yield from findings.foreign_file(path, progress=progress)


def _fetch_health(config: Config) -> Part:
    few = len(config.fetch_allow)  # how many, not which: anybody may read this
    allowed = f"public addresses, and {few} private ones that the settings name"
    return Part(name="fetch", ok=True, detail=allowed if few else "public addresses only")


def _kept(stored: Iterable[tuple[Snapshot, Extraction]]) -> tuple[Kept, ...]:
    return tuple(Kept(snapshot=snapshot, extraction=extraction) for snapshot, extraction in stored)


def _counted(read: Sequence[Extraction], broken: tuple[Broken, ...] = ()) -> Rebuilt:
    quotes = sum(quote.counts for extraction in read for quote in extraction.quotes)
    failed = sum(extraction.reason is Reason.ERROR for extraction in read)
    return Rebuilt(snapshots=len(read), quotes=quotes, broken=broken, failed=failed)


def _close(made: Any) -> None:
    made.close()
