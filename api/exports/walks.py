"""Every row of a search, page by page, as the API answers it. As many as the total says, however many these are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from api.answers import Document, quote_items, snapshot_answer
from api.exports.columns import QUOTE_COLUMNS, SNAPSHOT_COLUMNS, Column, own_columns
from api.links import Links
from archiver.records import Entry, Page, Query, SnapshotQuery

if TYPE_CHECKING:
    from archiver.archive import Archive

PAGE_ROWS = 1000
QueryT = TypeVar("QueryT", Query, SnapshotQuery)
Rows = Iterator[list[Document]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSet:
    """What is exported: its name, its columns, its rows in pages."""

    name: str
    columns: tuple[Column, ...]
    rows: Rows


def quotes(archive: Archive, query: Query, links: Links) -> ResultSet:
    """Every quote of a search. What is wrong with the query is raised here, before any row."""
    endless = _endless(query)
    first = archive.search(endless)

    def rows() -> Rows:
        page = first
        while True:
            yield quote_documents(archive, page, links)
            if page.next is None:
                return
            page = archive.search(replace(endless, cursor=page.next))

    columns = (*QUOTE_COLUMNS, *own_columns(archive.attributes()))
    return ResultSet(name="quotes", columns=columns, rows=rows())


def quote_documents(archive: Archive, page: Page[Entry], links: Links) -> list[Document]:
    """The quotes of one page."""
    held = archive.snapshots_by_id({entry.snapshot_id for entry in page.entries})
    return quote_items(page, held, links)


def snapshots(archive: Archive, query: SnapshotQuery, links: Links) -> ResultSet:
    """Every snapshot of a search, those without quotes too."""
    endless = _endless(query)
    first = archive.snapshots(endless)

    def rows() -> Rows:
        page = first
        while True:
            yield [snapshot_answer(row, links) for row in page.entries]
            if page.next is None:
                return
            page = archive.snapshots(replace(endless, cursor=page.next))

    return ResultSet(name="snapshots", columns=SNAPSHOT_COLUMNS, rows=rows())


def _endless(query: QueryT) -> QueryT:
    """The query in an order that can be walked to its end, without what costs time and is not exported."""
    changes: dict[str, Any] = {"limit": PAGE_ROWS, "cursor": None, "facet": ()}
    if query.sort == "relevance":
        changes["sort"] = "-published"
    return replace(query, **changes)
