"""What adds to an archive: captures, files from elsewhere, what an earlier run left, a new index.

The order of work (nothing acknowledged is lost): capture appended and fsynced → kept → extracted → assertion appended
and fsynced → indexed. Whatever stops half-way is finished by `catch_up`.
"""

from __future__ import annotations

import getpass
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archiver.archive.resources import Resources
from archiver.archive.values import Hear, Kept, Note, Outcome, Progress, Rebuilt, counted, kept, kept_of_file, unheard
from archiver.errors import FetchError, SearchError
from archiver.ingest import extract, imports
from archiver.ingest import rebuild as rebuilding
from archiver.ingest.index import index_assertions
from archiver.ingest.scan import Pages, ScanReport
from archiver.records import Origin, Snapshot, Visibility

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writing:
    """The verbs that add to an archive; `note` writes the audit log."""

    resources: Resources
    note: Note

    def capture(self, url: str, *, max_age: timedelta | None, private: bool, assets: bool) -> Outcome:
        """See Archive.capture."""
        if max_age is not None and (fresh := self._fresh(url, max_age, private=private)):
            return fresh
        captured = self.resources.capturer.capture(url, private=private, assets=assets, known=self._known_payload)
        self.note("capture", url)
        context = self.resources.ingest
        stored = extract.store(context, captured.snapshots)
        others = extract.store(context, captured.requisites)
        indexed = self._index_warcs([each.begin.warc for each in (stored, others) if each.begin])
        if indexed:
            extract.settle(context, captured.snapshots, captured.requisites)
        found = tuple(kept(*each) for each in stored.extractions)
        return Outcome(kept=found, problem=captured.problem, indexed=indexed)

    def _known_payload(self, url: str, digest: str) -> Snapshot | None:
        """This archive's capture of an address with this payload digest; None if there is none or it is unknown.

        A private one does not count: anyone fetching the same page now may see it.
        """
        try:
            captures = self.resources.index.captures(url)
            rows = [row.snapshot for row in captures if row.visibility is not Visibility.PRIVATE]
            same = [each for each in rows if each.payload_digest == digest and each.status == 200]
            ours = [each for each in same if each.payload is None and each.origin is Origin.CAPTURED and each.record_id]
        except SearchError:
            return None
        return ours[0] if ours else None

    def _fresh(self, url: str, max_age: timedelta, *, private: bool) -> Outcome | None:
        """The newest capture of exactly this URL, at the end of its redirects, unless that is too old.

        A private one counts for a private one alone.
        """
        since = datetime.now(UTC) - max_age
        try:
            captures = self.resources.index.captures(url)
            rows = [row.snapshot for row in captures if private or row.visibility is not Visibility.PRIVATE]
        except SearchError:
            return None
        young = [each for each in rows if each.requested_url == url and each.captured_at >= since]
        if not young:
            return None
        return Outcome(kept=(Kept(snapshot=young[-1], extraction=None, fresh=True),), already=True)

    def _index_warcs(self, warcs: Sequence[str]) -> bool:
        try:
            index_assertions(self.resources.folder, self.resources.index, tuple(dict.fromkeys(warcs)))
            self.resources.index.refresh()
        except SearchError as error:
            _log.warning("kept, not yet indexed: %s", error)
            return False
        return True

    def copy_memento(self, uri_m: str, *, progress: Progress) -> Outcome:
        """See Archive.copy_memento."""
        from archiver import mementos
        from archiver.fetch.engine import HttpEngine

        try:
            with mementos.copied(uri_m, HttpEngine(self.resources.config), self.resources.folder) as file:
                return self.add(file, in_place=False, by=None, progress=progress)
        except FetchError as problem:
            return Outcome(problem=problem)

    def add(self, path: Path, *, in_place: bool, by: str | None, progress: Progress, hear: Hear = unheard) -> Outcome:
        """See Archive.add."""
        resources = self.resources
        imported = imports.import_file(
            path, resources.folder, resources.assertions, by=by or getpass.getuser(), in_place=in_place
        )
        self.note("import", imported.warc)
        found, indexed = list[Kept](), True
        pages = None
        try:
            pages = Pages(resources.folder, imported.warc, added=imported.added.without_account())
            for snapshot, extraction in extract.extract_new(resources.ingest, pages, progress=progress):
                hear(snapshot, extraction)
                found.append(kept_of_file(snapshot, extraction))
            resources.index.refresh()
        except SearchError as error:
            _log.warning("kept, not yet indexed: %s", error)
            indexed = False
        report = pages.report if pages else ScanReport()
        return Outcome(
            kept=tuple(found),
            indexed=indexed,
            already=imported.already and not found,
            report=report,
            file_digest=imported.added.file_digest,
        )

    def catch_up(self, *, sign: Callable[[], int], progress: Progress) -> Rebuilt:
        """See Archive.catch_up."""
        caught_up = extract.catch_up(self.resources.ingest, progress=progress)
        taken_up = counted(caught_up.extractions, caught_up.broken)
        self.resources.index.refresh()
        sign()
        return taken_up

    def rebuild(self, *, progress: Progress) -> Rebuilt:
        """See Archive.rebuild."""
        broken = rebuilding.rebuild(self.resources.ingest, progress=progress)
        self.resources.index.refresh()
        searched = self.resources.index.searched()
        return Rebuilt(snapshots=searched.snapshots, quotes=searched.quotes, broken=broken)

    def reextract(self, ids: Sequence[str] | None, *, sign: Callable[[], int], progress: Progress) -> Rebuilt:
        """See Archive.reextract."""
        self.catch_up(sign=sign, progress=progress)
        again = counted(extract.reextract(self.resources.ingest, ids, progress=progress))
        self.resources.index.refresh()
        return again
