"""Snapshots → extractions, in order and as they come: pages are read while those before them are stored."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archiver.config import software
from archiver.errors import WarcError
from archiver.ingest.scan import Body, Found, body_of, page_in
from archiver.records import Extraction, ExtractionState, Reason, Snapshot
from archiver.warcs.files import Folder

_NEVER_HTML = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/javascript",
    "application/javascript",
    "application/json",
    "application/pdf",
    "application/font",
    "application/x-javascript",
    "text/plain",
)
"""Declared types that are not looked into: such a body is never read as a page."""

ToRead = tuple[Snapshot, bytes | Extraction, str | None]
"""A snapshot with its page and content type; instead of a page its extraction, where there is nothing to read."""

Read = Callable[[Iterable[ToRead]], Iterator[tuple[Snapshot, Extraction]]]
"""Extracts pages, in order: `Extractor.extract_many`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReader:
    """Reads the pages of an archive's snapshots: from records that are at hand, else from `folder`."""

    folder: Folder
    read: Read

    def extractions(self, found: Iterable[Found]) -> Generator[tuple[Snapshot, Extraction]]:
        """Each snapshot with its extraction, in order; what contains no page is not sent to be read."""
        cut = set[str]()
        for snapshot, extraction in self.read(self._to_read(found, cut)):
            if snapshot.id in cut:
                cut.discard(snapshot.id)
                yield snapshot, _limited(extraction)
            else:
                yield snapshot, extraction

    def _to_read(self, found: Iterable[Found], cut: set[str]) -> Iterator[ToRead]:
        """What to read of each snapshot; `cut` notes those whose page decompresses to more than is read."""
        for each in found:
            snapshot = each.snapshot
            if (reason := _nothing_to_read(snapshot)) is not None:
                yield snapshot, _without_page(snapshot, reason), None
                continue
            body = self._body(each)
            if body.cut:
                cut.add(snapshot.id)
            yield snapshot, body.page, body.content_type

    def _body(self, found: Found) -> Body:
        """The page; nothing where it cannot be read any more, which `verify` reports."""
        if found.record is not None:
            return page_in(found.record, found.snapshot)
        try:
            return body_of(self.folder, found.snapshot)
        except WarcError:
            return Body(page=b"", content_type=found.snapshot.content_type)


def _nothing_to_read(snapshot: Snapshot) -> Reason | None:
    """Why a snapshot contains no page, where its head alone says so."""
    if snapshot.is_unresolved:
        return Reason.NO_ORIGINAL
    declared = (snapshot.content_type or "").partition(";")[0].strip().lower()
    if declared.startswith(_NEVER_HTML):
        return Reason.NOT_HTML if snapshot.status == 200 else Reason.HTTP_ERROR
    return None


def _without_page(snapshot: Snapshot, reason: Reason) -> Extraction:
    return Extraction(
        snapshot_id=snapshot.id,
        state=ExtractionState.NONE,
        reason=reason,
        article=None,
        quotes=(),
        extractor=software(),
        made_at=datetime.now(UTC),
    )


def _limited(extraction: Extraction) -> Extraction:
    if extraction.state is not ExtractionState.DONE:
        return extraction
    return replace(extraction, state=ExtractionState.LIMITED, reason=Reason.MEMORY)
