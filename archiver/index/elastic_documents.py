"""Documents in Elasticsearch: made of rows, and read again by id or by query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import elasticsearch
import orjson
from elasticsearch import Elasticsearch

from archiver.errors import IndexUnavailable
from archiver.index import rows, tags
from archiver.index.elastic_match import Body
from archiver.index.elastic_read import REMEDY, complete
from archiver.index.order import DRAW_BITS, digits_of, id_bits, month_text, year_text
from archiver.index.rows import Placed, Prepared, Row
from archiver.records import SnapshotEntry
from archiver.values import from_row, to_json

PAGE = 1000
_KEEP = "1m"  # how long a point in time waits for its next page

ARTICLE = "#article"  # on snapshots with words to find
_PARTS = ("text", "speaker", "role", "before", "after", "title")


class Documents:
    """Documents of a server. Methods raise the client's own errors; `seconds` is the time limit of a search."""

    def __init__(self, client: Elasticsearch, seconds: float) -> None:
        self._client = client
        self._seconds = seconds

    def by_id(self, index: str, ids: Iterable[str]) -> list[Row]:
        """Documents by id, refreshed or not."""
        wanted = list(dict.fromkeys(each for each in ids if 0 < len(each) <= 500 and each.isascii()))
        found: list[Row] = []
        for start in range(0, len(wanted), PAGE):
            answer = self._client.mget(index=index, ids=wanted[start : start + PAGE])
            found += [each["_source"] for each in answer["docs"] if _is_there(each)]
        return found

    def matching(self, index: str, query: Body) -> list[Row]:
        """All rows that a query finds: by one request where they are few, else page by page of one point in time."""
        every: Body = {"query": query, "sort": ["_doc"], "size": PAGE, "track_total_hits": False}
        few = complete(self._client.search(index=index, **every).body, self._seconds)["hits"]["hits"]
        return (
            [hit["_source"] for hit in few] if len(few) < PAGE else self._all(index, {**every, "sort": ["_shard_doc"]})
        )

    def _all(self, index: str, rows: Mapping[str, Any]) -> list[Row]:
        found: list[Row] = []
        after: dict[str, Any] = {}
        pit = self._client.open_point_in_time(index=index, keep_alive=_KEEP)["id"]
        try:
            while True:
                page = self._client.search(pit={"id": pit, "keep_alive": _KEEP}, **rows, **after)
                answer = complete(page.body, self._seconds)
                pit, hits = answer["pit_id"], answer["hits"]["hits"]
                found += [hit["_source"] for hit in hits]
                if len(hits) < PAGE:
                    return found
                after = {"search_after": hits[-1]["sort"]}
        finally:
            with suppress(elasticsearch.ApiError, elasticsearch.TransportError):
                self._client.close_point_in_time(id=pit)

    def all_of_few(self, index: str) -> list[Row]:
        """All rows of an index that has few: one request where a page holds them."""
        answer = complete(self._client.search(index=index, size=PAGE, track_total_hits=False).body, self._seconds)
        found = [hit["_source"] for hit in answer["hits"]["hits"]]
        return found if len(found) < PAGE else self.matching(index, {"match_all": {}})

    def sharing(self, index: str, changed: Iterable[Prepared]) -> list[Row]:
        """The rows of the same page with the same words and speaker."""
        keys = sorted({each.key for each in changed if each.key is not None})
        found: list[Row] = []
        for start in range(0, len(keys), PAGE):
            found += self.matching(index, {"terms": {"repeat_key": keys[start : start + PAGE]}})
        return found


def with_tags(letter: str, values: Iterable[str]) -> Body:
    """The query for documents with one of these tags."""
    return {"bool": {"filter": [{"terms": {"tags": [f"{letter}{tags.mark(value)}" for value in values]}}]}}


def _is_there(answer: Mapping[str, Any]) -> bool:
    if "error" in answer:
        raise IndexUnavailable(f"cannot be used ({answer['error'].get('type')})", where="the index", remedy=REMEDY)
    return bool(answer["found"])


def placed_of(row: Mapping[str, Any]) -> Placed:
    """The entry of a quote's document."""
    return from_row(Placed, row["entry"])


def snapshot_entry_of(row: Mapping[str, Any]) -> SnapshotEntry:
    """The entry of a snapshot's document."""
    return from_row(SnapshotEntry, row["entry"])


def prepared_rows(found: Iterable[Row]) -> dict[str, Prepared]:
    """The rows by id, ready to be written again."""
    listed = list(found)
    entries = rows.prepared(map(placed_of, listed))
    return {row["id"]: each for row, each in zip(listed, entries, strict=True)}


def position_id(warc: str) -> str:
    """The id of the document that says how far an assertions file is indexed."""
    return tags.mark(warc)


def quote_document(prepared: Prepared) -> tuple[str, Body]:
    """The id and the document of a quote."""
    row, ready = rows.quote_row(prepared), prepared.words
    return row["id"], {
        **row,
        **_periods(row["published"]),
        "draw": id_bits(row["id"] or "") >> (100 - DRAW_BITS),
        "entry": _kept(prepared.placed),
        "tags": tags.quote_tags(prepared.placed.entry, prepared.placed.urls, prepared.spoken),
        "text_words": ready["text"].words,
        "text_stems": ready["text"].stems,
        "speaker_words": ready["speaker"].words,
        "passage_words": [ready[part].words for part in _PARTS],
        "passage_stems": [ready[part].stems for part in _PARTS],
    }


def _kept(value: Placed | SnapshotEntry) -> orjson.Fragment:
    """What is shown of a row, as JSON that goes into its document as it is."""
    return orjson.Fragment(to_json(value))


def _periods(published: int | None) -> Body:
    """The month and the year that facets count, which the other index computes."""
    return {"month": month_text(published), "year": year_text(published)}


def snapshot_document(entry: SnapshotEntry) -> Body:
    """The document of a snapshot."""
    found = [*tags.snapshot_tags(entry, rows.urls_of(entry)), *([ARTICLE] if entry.text else [])]
    periods = _periods(digits_of(entry.published.value))
    kept = _kept(rows.without_text(entry))
    return {**rows.snapshot_row(entry), **periods, "entry": kept, "tags": found, **rows.article_words(entry)}
