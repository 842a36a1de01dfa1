"""The index in Elasticsearch: four indexes (quotes, snapshots, positions, speakers) behind aliases.

Only features of the server's core are used, and its built-in `whitespace` analyzer: words arrive ready. A snapshot's
document is written after those of its quotes, so whoever finds it finds them too.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import elasticsearch
from elasticsearch import Elasticsearch

from archiver.config import Config
from archiver.index import rows, tags
from archiver.index.cursors import cursor_after, key_of
from archiver.index.elastic_client import connect
from archiver.index.elastic_documents import (
    ARTICLE,
    Documents,
    placed_of,
    position_id,
    prepared_rows,
    quote_document,
    snapshot_document,
    snapshot_entry_of,
    with_tags,
)
from archiver.index.elastic_errors import refusal, silence
from archiver.index.elastic_generations import ElasticGenerations
from archiver.index.elastic_match import query_body
from archiver.index.elastic_names import Names
from archiver.index.elastic_read import Coverage, ElasticAnswer, coverage_of
from archiver.index.elastic_resembling import resembling, spelled
from archiver.index.elastic_write import Bulk
from archiver.index.letters import Letters
from archiver.index.protocol import Index
from archiver.index.rows import Row
from archiver.index.search import (
    COUNTED,
    MAX_HISTOGRAM,
    Search,
    periods_of,
    quote_search,
    relation_of,
    snapshot_search,
    speakers_search,
    spelled_search,
    total_of,
)
from archiver.index.syntax import read_as
from archiver.records import (
    Bucket,
    DateOf,
    Entry,
    Histogram,
    Interval,
    Page,
    Query,
    Refused,
    Searched,
    SnapshotEntry,
    SnapshotQuery,
    SpeakerDecision,
    Visibility,
)
from archiver.values import to_plain

_PUBLIC = (Visibility.PUBLIC,)


class ElasticIndex:
    """An index behind the addresses that the settings name. Threads and processes may share it."""

    def __init__(self, config: Config, *, client: Elasticsearch | None = None, names: Names | None = None) -> None:
        """With `names`, one generation, current or not; with `client`, through that."""
        self._config = config
        self._client = client or connect(config)
        self._names = names or Names.of(config.index_prefix)
        self._where = ", ".join(config.index)
        self._looked = names is not None
        self._lock = threading.Lock()
        self._seconds = config.search_seconds
        self._documents = Documents(self._client, self._seconds)
        self._generations = ElasticGenerations(self._client, config)
        name = "refused.jsonl" if self._names.alias else f"refused-{self._names.quotes}.jsonl"
        self._letters = Letters(config.archive / "index" / name)
        self._bulk = Bulk(
            client=self._client,
            letters=self._letters,
            where=self._where,
            aliases=self._names.alias,
        )

    def add(self, given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> None:
        """Puts snapshots with their entries in: quotes, then what is left of earlier ones away, then the snapshots.

        While the server looks for earlier ones, the new ones are made ready.
        """
        with self._answering(), ThreadPoolExecutor(1, thread_name_prefix="earlier") as aside:
            quotes = self._names.quotes
            ids = {snapshot.snapshot.id for snapshot, _ in given}
            earlier = aside.submit(self._quotes_of, ids)
            new = rows.prepared(rows.placed(given))
            old = prepared_rows(earlier.result())
            others = prepared_rows(self._documents.sharing(quotes, [*old.values(), *new]))
            others = {name: each for name, each in others.items() if each.placed.entry.snapshot_id not in ids}
            marked, again = rows.marked(new, others)
            written = (*marked, *again.values())
            gone = set(old) - {each.placed.entry.quote.id for each in written}
            self._bulk.write(quotes, map(quote_document, written))
            self._bulk.write(quotes, ((name, None) for name in sorted(gone)))
            self._bulk.write(self._names.snapshots, ((row.snapshot.id, snapshot_document(row)) for row, _ in given))

    def _quotes_of(self, snapshot_ids: Iterable[str]) -> list[Row]:
        self._client.indices.refresh(index=self._names.quotes)
        return self._documents.matching(self._names.quotes, with_tags("#n", snapshot_ids))

    def has(self, snapshot_id: str) -> bool:
        """Whether the snapshot was added completely: its document comes last."""
        return self.snapshot(snapshot_id) is not None

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """The row of one snapshot."""
        return self.snapshots_by_id([snapshot_id]).get(snapshot_id)

    def snapshots_by_id(self, snapshot_ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """The rows of several snapshots by id; unknown ids are left out."""
        found = self._by_id(self._names.snapshots, snapshot_ids)
        return {row["id"]: snapshot_entry_of(row) for row in found}

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL, oldest first."""
        with self._answering():
            captured = query_body(Search(clauses=(tags.url_clause(url),)), (), {})
            found = self._documents.matching(self._names.snapshots, captured)
        return tuple(sorted((snapshot_entry_of(row) for row in found), key=rows.capture_order))

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by filter."""
        search = snapshot_search(query, key_of(query))
        if search.tree is not None:
            search = replace(search, clauses=(*search.clauses, (ARTICLE,)))
        with self._answering():
            coverage = self._coverage(query.visibility)
            answer = self._answer(self._names.snapshots, search, coverage, coverage.article_languages)
            return Page(
                entries=tuple(snapshot_entry_of(row) for row in answer.rows),
                total=total_of(answer.count),
                searched=coverage.searched,
                read_as=read_as(search.tree),
                facets=answer.facets(),
                next=cursor_after(answer.last, query) if answer.last else None,
            )

    def quote(self, quote_id: str) -> Entry | None:
        """One quote in any state."""
        found = self._by_id(self._names.quotes, [quote_id])
        return placed_of(found[0]).entry if found else None

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot, in any state, in text order."""
        with self._answering():
            found = self._documents.matching(self._names.quotes, with_tags("#n", [snapshot_id]))
        return tuple(sorted((placed_of(row).entry for row in found), key=rows.text_order))

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters."""
        search = quote_search(query, key_of(query))
        with self._answering():
            coverage = self._coverage(query.visibility)
            answer = self._answer(self._names.quotes, search, coverage, coverage.languages)
            return Page(
                entries=tuple(placed_of(row).entry for row in answer.rows),
                total=total_of(answer.count),
                searched=coverage.searched,
                read_as=read_as(search.tree),
                facets=answer.facets(),
                next=cursor_after(answer.last, query) if answer.last else None,
            )

    def resembling(self, query: Query, limit: int) -> tuple[Entry, ...]:
        """The quotes that share most of the rare words of `query.q`, likest first."""
        search = quote_search(replace(query, q=""))
        with self._answering():
            coverage = self._coverage(query.visibility)
            body = query_body(search, coverage.languages, coverage.years)
            index, seconds = self._names.quotes, self._seconds
            found = resembling(self._client, index, body, query.q, limit=limit, seconds=seconds)
            return tuple(placed_of(row).entry for row in found)

    def speakers_spelled(self, keys: Sequence[str], visibility: Sequence[Visibility] = _PUBLIC) -> tuple[str, ...]:
        """The names of speakers of what may be seen that have one of these keys, sorted."""
        query = query_body(spelled_search(keys, visibility), (), {})
        with self._answering():
            return spelled(self._client, self._names.quotes, query, self._seconds)

    def add_speaker_decisions(self, decisions: Sequence[SpeakerDecision]) -> None:
        """Puts people's decisions about speakers in."""
        with self._answering():
            self._bulk.write(self._names.speakers, [(each.id, {"decision": to_plain(each)}) for each in decisions])

    def speaker_decisions(self) -> tuple[SpeakerDecision, ...]:
        """All decisions of people about speakers, oldest first."""
        with self._answering():
            found = self._documents.all_of_few(self._names.speakers)
            return rows.speaker_decisions_of(row["decision"] for row in found)

    def histogram(self, query: Query, interval: Interval, by: DateOf) -> Histogram:
        """How many quotes that a search finds each period has."""
        search = quote_search(query)
        with self._answering():
            coverage = self._coverage(query.visibility)
            answer = self._answer(self._names.quotes, search, coverage, coverage.languages, counted=MAX_HISTOGRAM)
            buckets, undated = periods_of(answer.dates(by.value), interval)
            return Histogram(
                by=by,
                interval=interval,
                buckets=buckets,
                undated=undated,
                relation=relation_of(answer.count, MAX_HISTOGRAM),
                total=total_of(answer.count),
                searched=coverage.searched,
                read_as=read_as(search.tree),
            )

    def speakers(self, prefix: str, limit: int, visibility: Sequence[Visibility] = _PUBLIC) -> tuple[Bucket, ...]:
        """Names of speakers with words that begin so, commonest first."""
        search = speakers_search(prefix, visibility)
        if search is None or limit < 1:
            self.searched()  # an unreachable index is unreachable for every question
            return ()
        with self._answering():
            query = query_body(search, (), {})
            answer = ElasticAnswer(
                self._client, self._names.quotes, query, search, counted=COUNTED, seconds=self._seconds
            )
            return answer.facet("speaker", limit).buckets

    def searched(self, visibility: Sequence[Visibility] = _PUBLIC) -> Searched:
        """What the index covers of what may be seen."""
        with self._answering():
            return self._coverage(visibility).searched

    def _answer(
        self,
        index: str,
        search: Search,
        coverage: Coverage,
        held: Sequence[str | None],
        counted: int = COUNTED,
    ) -> ElasticAnswer:
        languages = [each for each in held if search.languages is None or each in search.languages]
        query = query_body(search, languages, coverage.years)
        return ElasticAnswer(self._client, index, query, search, counted=counted, seconds=self._seconds)

    def position(self, warc: str) -> int:
        """Up to which byte an assertions file is indexed."""
        found = self._by_id(self._names.positions, [position_id(warc)])
        return int(found[0]["offset"]) if found else 0

    def advance(self, warc: str, offset: int) -> None:
        """Notes that everything before `offset` of `warc` is indexed."""
        with self._answering():
            self._bulk.write(self._names.positions, [(position_id(warc), {"warc": warc, "offset": offset})])

    def refresh(self) -> None:
        """Makes what was added visible to searches."""
        with self._answering():
            self._client.indices.refresh(index=list(self._names.each().values()))

    @contextmanager
    def rebuild(self) -> Iterator[Index]:
        """Fresh indexes that take the aliases when the context ends without an error."""
        with self._translated():
            names = self._generations.fresh()
        fresh = ElasticIndex(self._config, client=self._client, names=names)
        try:
            yield fresh
            fresh.refresh()
            with self._translated():
                before = self._generations.aliased()
                self._generations.take_aliases(names)
            self._letters.become(fresh._letters)
        except BaseException:
            fresh._letters.delete()
            with self._translated():
                self._generations.delete(names)
            raise
        with self._translated():
            self._generations.delete_but({*names.each().values(), *before})
        self._looked = False

    def close(self) -> None:
        """Closes its connections."""
        if self._names.alias:
            self._client.close()

    # What the server holds

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """The server's errors as ours, once it is known that its indexes are ours."""
        with self._translated():
            self._look()
            yield

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except elasticsearch.ApiError as error:
            self._looked = not self._names.alias
            raise refusal(error, self._where) from error
        except elasticsearch.TransportError as error:
            raise silence(error, self._where) from error

    def _look(self) -> None:
        """Makes the first indexes if there are none, and refuses those of another shape."""
        if not self._looked:
            with self._lock:
                self._generations.prepare()
                self._looked = True

    def _by_id(self, index: str, ids: Iterable[str]) -> list[Row]:
        with self._answering():
            return self._documents.by_id(index, ids)

    def refused(self) -> tuple[Refused, ...]:
        """What the server would not take."""
        return self._letters.all()

    def _coverage(self, visibility: Sequence[Visibility]) -> Coverage:
        names = self._names
        return coverage_of(self._client, names.quotes, names.snapshots, visibility, self._seconds)
