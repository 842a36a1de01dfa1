"""`Archive`: an open archive, with one method per verb, each a call into another module of this package."""

from __future__ import annotations

import copy
import getpass
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archiver.archive.reading import Reading
from archiver.archive.resources import Resources
from archiver.archive.values import Hear, Outcome, Part, Progress, Rebuilt, ReplayedPage, silent, unheard
from archiver.config import Config
from archiver.errors import NotFound, OnRecordError, StorageError
from archiver.records import (
    Bucket,
    DateOf,
    Decision,
    Entry,
    Histogram,
    Interval,
    Page,
    Query,
    Quote,
    Searched,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
)
from archiver.viewer import OPERATOR, Viewer
from archiver.warcs.files import Folder

MAX_COMPARED = 2000
"""Names of speakers that are compared with what is typed in another script."""

if TYPE_CHECKING:
    from archiver.archive.comparisons import Comparisons
    from archiver.archive.deciding import Deciding
    from archiver.archive.persons import Persons
    from archiver.archive.proofs import Proofs
    from archiver.archive.replaying import Replaying
    from archiver.archive.signing import Signing
    from archiver.archive.writing import Writing
    from archiver.extraction import Extractor
    from archiver.index import Index
    from archiver.ingest.decide import Author, Wish
    from archiver.ingest.erase import Erased
    from archiver.people.attributes import Attributes
    from archiver.people.person import QuotedPerson
    from archiver.verification.findings import Finding
    from archiver.verification.values import Verification
    from archiver.warcs.storage import Storage

_log = logging.getLogger(__name__)


class Archive:
    """An open archive. Thread-safe; any number of processes may have the same folder open.

    Opening it recovers what a killed process left behind. With `create`, a missing folder is made; without, NotFound
    says how to make one. `storage` keeps closed WARC files elsewhere than in the folder, `extractor` reads pages and
    stays open. Raises StorageUnwritable where the folder cannot be written.
    """

    def __init__(
        self, config: Config, *, create: bool = True, storage: Storage | None = None, extractor: Extractor | None = None
    ) -> None:
        self.config = config
        self.viewer = OPERATOR
        self.actor = f"account {getpass.getuser()}"
        self.folder = Folder(config.archive, storage)
        self.resources = Resources(config, self.folder, extractor)
        if not create and not self.folder.path.is_dir():
            raise NotFound(
                "there is no archive here",
                where=str(config.archive),
                remedy="Make one with: onrecord capture URL, or name yours with --archive",
            )
        self.folder.create()
        self.recovered = self.folder.recover()
        if (self.folder.path / "erasing.json").exists():
            from archiver.archive.deciding import finish_erasing

            finish_erasing(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes what was opened, the last first: WARC files, children, connections. One failure stops no other.

        What was closed is signed, where a key is set.
        """
        try:
            self._sign_or_log()
        finally:
            self.resources.close()
        self._sign_or_log()

    def _sign_or_log(self) -> None:
        try:
            self.signing.sign()
        except OnRecordError as error:
            _log.warning("not signed yet: %s", error)

    def seen_by(self, viewer: Viewer, actor: str | None = None) -> Archive:
        """The same archive as somebody else sees it, who acts on it as `actor`; it is closed with this one."""
        view = copy.copy(self)
        view.viewer = viewer
        view.actor = actor or self.actor
        return view

    def _note(self, action: str, target: str) -> None:
        """Adds a line to the audit log. The action itself is durable by then, so a full disk fails nothing."""
        from archiver.audit import Action, Audit

        try:
            Audit(self.folder.path).note(Action(action), by=self.actor, target=target)
        except StorageError as error:
            _log.error("done, but missing in the audit log: %s of %s by %s: %s", action, target, self.actor, error)

    @property
    def index(self) -> Index:
        """The index that the settings name, opened at first use."""
        return self.resources.index

    @property
    def extractor(self) -> Extractor:
        """The children that read pages, started at the first page."""
        return self.resources.extractor

    # Writing

    @property
    def _writing(self) -> Writing:
        from archiver.archive.writing import Writing

        return Writing(self.resources, self._note)

    def capture(
        self, url: str, *, max_age: timedelta | None = None, private: bool = False, assets: bool = False
    ) -> Outcome:
        """Fetches a page and keeps it; with `max_age`, gives the newest capture that is no older instead.

        With `private`, only those with a key see it until it is released. With `assets` its style sheets, images and
        fonts are kept too, as snapshots of their own.

        What could not be fetched is the outcome's `problem`; StorageError is raised, because then nothing can be kept.
        """
        return self._writing.capture(url, max_age=max_age, private=private, assets=assets)

    def copy_memento(self, uri_m: str) -> Outcome:
        """Fetches another web archive's copy of a page and adds it as such, never as a capture of its own.

        What could not be fetched is the outcome's `problem`. Raises StorageError.
        """
        return self._writing.copy_memento(uri_m, progress=silent)

    def add(
        self,
        path: Path,
        *,
        in_place: bool = False,
        by: str | None = None,
        progress: Progress = silent,
        hear: Hear = unheard,
    ) -> Outcome:
        """Imports a WARC, WARC.gz or WACZ file and extracts what it contains.

        `by` is who supplied it; by default the account that runs this program.
        `progress` is called for each snapshot; `hear` gets what was read from it, which the outcome of a file has only
        in figures. Raises NotFound, WarcError (no WARC file) and StorageError.
        """
        return self._writing.add(path, in_place=in_place, by=by, progress=progress, hear=hear)

    def catch_up(self, *, progress: Progress = silent) -> Rebuilt:
        """Finishes what an earlier run left undone: indexes assertions, extracts snapshots that were not yet extracted.

        Raises SearchError where the index is unreachable.
        """
        from archiver.ingest.pending import is_behind

        if not is_behind(self.folder, self.index):
            self.index.refresh()
            self.signing.sign()
            return Rebuilt(snapshots=0, quotes=0)
        return self._writing.catch_up(sign=self.signing.sign, progress=progress)

    def rebuild(self, *, progress: Progress = silent) -> Rebuilt:
        """Rebuilds the index from the WARC files; readers use the old one until the new one is complete.

        What could not be read is in `broken`. Raises StorageUnwritable where another process is rebuilding already.
        """
        return self._writing.rebuild(progress=progress)

    def reextract(self, ids: Sequence[str] | None = None, *, progress: Progress = silent) -> Rebuilt:
        """Extracts snapshots again, all or those named; existing ids stay resolvable. Raises NotFound."""
        return self._writing.reextract(ids, sign=self.signing.sign, progress=progress)

    # People's decisions

    @property
    def _deciding(self) -> Deciding:
        from archiver.archive.deciding import Deciding

        return Deciding(self.resources, self._note)

    def decide(
        self, wish: Wish, target: str, *, check: Callable[[Entry | SnapshotEntry], None] | None = None
    ) -> Decision:
        """Stores what a person decides about a quote or a snapshot (`target`), and indexes it.

        `check` looks at the target first; nobody else decides until then. Raises NotFound, Withdrawn, BadQuery,
        StorageError and SearchError, and what `check` raises.
        """
        return self._deciding.decide(wish, target, self.viewer, check=check)

    def erase(self, snapshot_id: str, *, author: Author, reason: str, progress: Progress = silent) -> Erased:
        """Destroys the bytes of a snapshot in all files, its texts, annotations and quotes, as the law requires.

        What was erased before is erased again if a file that was added since contains it. `progress` is called for each
        record that is looked at. Raises NotFound, Withdrawn where nothing is left to erase, WarcError where they cannot
        be replaced in their place, StorageError, SearchError.
        """
        return self._deciding.erase(snapshot_id, author=author, reason=reason, progress=progress)

    def decisions(self, target: str) -> tuple[Decision, ...]:
        """What people decided about a quote or a snapshot, in the order in which it counts. Raises NotFound."""
        return self._deciding.decisions(target, self.viewer)

    def read_by_program(self, quote_id: str) -> Quote:
        """A quote as the newest extraction has it, without what people decided. Raises NotFound and Withdrawn."""
        return self._deciding.read_by_program(self.quote(quote_id))

    # Reading

    @property
    def reading(self) -> Reading:
        """The archive as this viewer sees it."""
        return Reading(self.resources, self.viewer)

    @property
    def seen(self) -> Index:
        """The index as this archive's viewer sees it."""
        return self.reading.index

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters. Raises BadQuery and the other SearchErrors."""
        return self.reading.search(query)

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by filter. Raises BadQuery and the other SearchErrors."""
        return self.seen.snapshots(query)

    def histogram(self, query: Query, interval: Interval, by: DateOf) -> Histogram:
        """How many quotes each day, month or year has. Raises BadQuery and the other SearchErrors."""
        return self.seen.histogram(self.reading.widened(query), interval, by)

    def searched(self) -> Searched:
        """What the index covers."""
        return self.seen.searched()

    def quote(self, quote_id: str) -> Entry:
        """One quote, superseded or not. Raises NotFound, Withdrawn."""
        return self.reading.quote(quote_id)

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot that are not withdrawn, in text order. Raises NotFound, Withdrawn."""
        return self.reading.quotes_of(snapshot_id)

    def snapshot(self, snapshot_id: str) -> SnapshotEntry:
        """One snapshot. Raises NotFound, Withdrawn."""
        return self.reading.snapshot(snapshot_id)

    def imported_by(self, snapshot: Snapshot) -> str | None:
        """Who imported the file that a snapshot is from: an account of the machine, or a key."""
        line = self.folder.manifest.files().get(snapshot.locator.warc)
        return line.by if line else None

    def snapshots_by_id(self, ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """Several snapshots by id; what is unknown, withdrawn or not for this viewer is left out."""
        return self.seen.snapshots_by_id(ids)

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL, oldest first."""
        return self.seen.captures(url)

    def check_withdrawn(self, url: str, named: str | None = None) -> None:
        """Raises Withdrawn where a snapshot of this URL that was withdrawn is meant.

        `named` is its id or its second in 14 digits; None means any snapshot of the URL.
        """
        self.reading.check_withdrawn(url, named)

    def text(self, snapshot_id: str, digest: str | None = None) -> bytes:
        """The article's text that quotes count in (UTF-8), the newest or the one with this digest.

        Raises NotFound, Withdrawn, KeyRequired.
        """
        return self.reading.text(snapshot_id, digest)

    def record(self, snapshot_id: str) -> bytes:
        """The WARC record of a snapshot, uncompressed, its digests checked.

        Raises NotFound, Withdrawn, KeyRequired, WarcError.
        """
        return self.reading.record(snapshot_id)

    def page(self, snapshot_id: str) -> ReplayedPage:
        """The page of a snapshot as it was answered, codings undone.

        Raises NotFound, Withdrawn, KeyRequired, WarcError.
        """
        return self.reading.page(snapshot_id)

    @property
    def replaying(self) -> Replaying:
        """Saved pages shown again."""
        from archiver.archive.replaying import Replaying

        return Replaying(self.folder, self.reading)

    # People who are quoted

    def speakers(self, prefix: str, limit: int) -> tuple[Bucket, ...]:
        """Names of speakers with a word that begins with `prefix`, commonest first.

        Where no name does, those that begin so in another script or transcription, of the `MAX_COMPARED` commonest.
        """
        from archiver.speakers.completion import beginning_alike

        found = self.seen.speakers(prefix, limit)
        return found or beginning_alike(prefix, self.seen.speakers("", MAX_COMPARED), limit)

    def person(self, speaker_id: str) -> QuotedPerson:
        """The person that the id of any spelling leads to, whoever was joined. Raises NotFound."""
        from archiver.people.person import person

        return person(self.seen, speaker_id)

    @property
    def persons(self) -> Persons:
        """Speakers whom people join or separate."""
        from archiver.archive.persons import Persons

        return Persons(self.resources, self.reading, self._note)

    def attributes(self) -> Attributes:
        """The administrator's own table of people; empty without one. Raises ConfigError where it cannot be read."""
        return self.reading.attributes()

    # Comparing and proving

    @property
    def comparisons(self) -> Comparisons:
        """Claims, statements and captures of a page beside each other."""
        from archiver.archive.comparisons import Comparisons

        return Comparisons(self.reading, lambda: self.extractor)

    @property
    def _proofs(self) -> Proofs:
        from archiver.archive.proofs import Proofs

        return Proofs(self.resources, self.reading, self.signing.stamp)

    def verify(self, targets: Sequence[str] = (), *, progress: Progress = silent) -> Iterator[Finding]:
        """Reads the evidence again, all of it or what is named (files, ids), and says what it finds.

        Raises NotFound for what is neither a file nor an id.
        """
        return self._proofs.verify(targets, progress=progress)

    def verification(self, identifier: str, *, max_file: int | None = None) -> Verification:
        """The chain of proof of one quote or snapshot, link by link.

        Files larger than `max_file` are not read whole. Raises NotFound.
        """
        return self._proofs.verification(identifier, max_file=max_file)

    def evidence(self, ids: Sequence[str]) -> bytes:
        """The evidence package of quotes and snapshots: the same bytes every time except for signature and time.

        Raises NotFound, and WarcError where a record cannot be read.
        """
        return self._proofs.evidence(ids)

    @property
    def signing(self) -> Signing:
        """The archive's signing keys and signatures."""
        from archiver.archive.signing import Signing

        return Signing(self.resources)

    def health(self) -> tuple[Part, ...]:
        """What works and what does not, by part."""
        from archiver.archive.health import health

        return health(self.resources)
