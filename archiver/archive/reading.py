"""What an archive holds, as one viewer sees it: searches, single quotes and snapshots, texts, records, pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archiver.archive.resources import Resources
from archiver.archive.values import ReplayedPage
from archiver.errors import KeyRequired, NotFound, WarcError, Withdrawn
from archiver.records import Entry, Page, Query, SnapshotEntry
from archiver.viewer import SeenIndex, Viewer, withdrawn

if TYPE_CHECKING:
    from archiver.index import Index
    from archiver.people.attributes import Attributes
    from archiver.speakers.decided import JoinedPeople
    from archiver.statements.collapse import Collapsed


@dataclass(frozen=True, slots=True)
class Reading:
    """An archive as a viewer sees it."""

    resources: Resources
    viewer: Viewer

    @property
    def index(self) -> Index:
        """The index, without what the viewer may not see."""
        return SeenIndex(self.resources.index, self.viewer)

    def search(self, query: Query) -> Page[Entry]:
        """See Archive.search."""
        if query.collapse:
            return self.collapsed(query).page
        if not query.facet:
            return self.index.search(self.widened(query))
        from archiver.people.facets import by_person, with_all_names

        return by_person(self.index.search(with_all_names(self.widened(query))), query, self.people)

    def collapsed(self, query: Query) -> Collapsed:
        """The statements among the matches of a search, each once. Raises BadQuery and the other SearchErrors."""
        from archiver.people.facets import by_person, with_all_names
        from archiver.statements.collapse import collapsed

        found = collapsed(self.index, with_all_names(self.widened(query)))
        return replace(found, page=by_person(found.page, query, self.people)) if query.facet else found

    @property
    def people(self) -> JoinedPeople:
        """Who is one person, or two, because somebody decided so."""
        from archiver.speakers.decided import people_of

        return people_of(self.resources.index.speaker_decisions())

    def widened(self, query: Query) -> Query:
        """The query with every spelling of the people it names."""
        if not query.speaker and not query.attribute and self.resources.config.people is None:
            return query
        from archiver.people.person import widened

        return widened(self.index, query, self.attributes())

    def quote(self, quote_id: str) -> Entry:
        """See Archive.quote."""
        entry = self.resources.index.quote(quote_id)
        if entry is None:
            raise _no_quote(quote_id)
        if entry.quote.withdrawn is not None:
            self.viewer.check_known(existing(self.resources.index, entry.snapshot_id), quote_id)
        return self.viewer.check_entry(entry)

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """See Archive.quotes_of."""
        self.snapshot(snapshot_id)
        return self.index.quotes_of(snapshot_id)

    def snapshot(self, snapshot_id: str) -> SnapshotEntry:
        """See Archive.snapshot."""
        return self.viewer.check_row(existing(self.resources.index, snapshot_id))

    def check_withdrawn(self, url: str, named: str | None) -> None:
        """See Archive.check_withdrawn."""
        for row in self.resources.index.captures(url):
            names = {None, row.snapshot.id, f"{row.snapshot.captured_at:%Y%m%d%H%M%S}"}
            if row.withdrawn is not None and named in names and self.viewer.knows(row):
                raise withdrawn(row.withdrawn, row.snapshot.id)

    def attributes(self) -> Attributes:
        """See Archive.attributes."""
        from archiver.people.attributes import Attributes, read_attributes

        table = self.resources.config.people
        return replace(read_attributes(table), people=self.people) if table else Attributes()

    def whole(self, snapshot_id: str) -> SnapshotEntry:
        """A snapshot whose text, record and page this viewer may read. Raises NotFound, Withdrawn, KeyRequired."""
        row = self.snapshot(snapshot_id)
        self.viewer.check_whole()
        return row

    def text(self, snapshot_id: str, digest: str | None = None) -> bytes:
        """See Archive.text."""
        from archiver.warcs.reader import record_at

        row = self.whole(snapshot_id)
        wanted = digest or row.text_digest
        locator = next((text.locator for text in row.texts if text.digest == wanted), None)
        if locator is None:
            raise NotFound("there is no such text", where=f"{snapshot_id} {digest or ''}".strip())
        with self.resources.folder.opened(locator.warc) as file:
            return record_at(file, locator).block

    def article_text(self, snapshot_id: str) -> str | None:
        """The newest text of a snapshot's article; None where it has none or it cannot be read."""
        try:
            return self.text(snapshot_id).decode()
        except (KeyRequired, NotFound, WarcError, Withdrawn):
            return None

    def record(self, snapshot_id: str) -> bytes:
        """See Archive.record."""
        from archiver.warcs.reader import raw_record

        snapshot = self.whole(snapshot_id).snapshot
        with self.resources.folder.opened(snapshot.locator.warc) as file:
            return raw_record(file, snapshot.locator, snapshot.record_id or None)

    def page(self, snapshot_id: str) -> ReplayedPage:
        """See Archive.page."""
        from archiver.http.head import read_head
        from archiver.http.message import message_of, payload_of
        from archiver.ingest.scan import original_of, record_of

        snapshot, folder = self.whole(snapshot_id).snapshot, self.resources.folder
        record, original = record_of(folder, snapshot), original_of(folder, snapshot)
        head, page = (each.head or read_head(each.block) for each in (record, original))
        body = payload_of(message_of(original.block, page)).body
        headers = head.headers if head.status == snapshot.status else page.headers
        return ReplayedPage(status=snapshot.status, headers=headers, content_type=snapshot.content_type, body=body)


def existing(index: Index, snapshot_id: str) -> SnapshotEntry:
    """A snapshot, withdrawn or not. Raises NotFound."""
    row = index.snapshot(snapshot_id)
    if row is None:
        raise NotFound("there is no such snapshot", where=snapshot_id[:100])
    return row


def decidable(index: Index, target: str) -> Entry | SnapshotEntry:
    """A quote or snapshot, withdrawn or not. Raises NotFound."""
    if not target.startswith("q"):
        return existing(index, target)
    entry = index.quote(target)
    if entry is None:
        raise _no_quote(target)
    return entry


def _no_quote(quote_id: str) -> NotFound:
    return NotFound("there is no such quote", where=quote_id[:100])
