"""The index in Elasticsearch: three indexes (quotes, snapshots, positions) behind aliases.

Only features of the server's core are used, and its built-in `whitespace` analyzer: words arrive ready. A snapshot's
document is written after those of its quotes, so whoever finds it finds them too.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import elasticsearch
from elasticsearch import Elasticsearch

import mappings
from archiver.config import Config
from archiver.errors import IndexOutdated, IndexUnavailable
from archiver.index import rows, tags, words
from archiver.index.cursors import cursor_after, key_of
from archiver.index.elastic_client import connect
from archiver.index.elastic_match import Body, query_body
from archiver.index.elastic_read import REMEDY, Answer, Coverage, complete, coverage_of
from archiver.index.elastic_resembling import resembling, spelled
from archiver.index.elastic_write import Bulk
from archiver.index.letters import Letters
from archiver.index.protocol import Index
from archiver.index.rows import Prepared, Row
from archiver.index.search import (
    COUNTED,
    MAX_HISTOGRAM,
    Search,
    periods_of,
    quote_search,
    relation_of,
    snapshot_search,
    speakers_search,
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
    Visibility,
)

KINDS = ("quotes", "snapshots", "positions")
PAGE = 1000
_KEEP = "1m"  # how long a point in time waits for its next page

_PUBLIC = (Visibility.PUBLIC,)
_ARTICLE = "#article"  # on snapshots with words to find
_PARTS = ("text", "speaker", "role", "before", "after", "title")


@dataclass(frozen=True, slots=True)
class Names:
    """What the three indexes are called: aliases, or the indexes of one generation."""

    quotes: str
    snapshots: str
    positions: str
    alias: bool

    @classmethod
    def of(cls, prefix: str, generation: str | None = None) -> Names:
        """The aliases, or the names of a generation."""
        quotes, snapshots, positions = (f"{prefix}-{kind}{f'-{generation}' if generation else ''}" for kind in KINDS)
        return cls(quotes, snapshots, positions, alias=generation is None)

    def each(self) -> dict[str, str]:
        """The names by what they hold."""
        return {"quotes": self.quotes, "snapshots": self.snapshots, "positions": self.positions}


class ElasticIndex:
    """An index behind the addresses that the settings name. Threads and processes may share it."""

    def __init__(self, config: Config, *, client: Elasticsearch | None = None, names: Names | None = None) -> None:
        """With `names`, one generation, current or not; with `client`, through that."""
        self._config = config
        self._client = client or connect(config)
        self._names = names or Names.of(config.index_prefix)
        self._looked = names is not None
        self._lock = threading.Lock()
        self._seconds = config.search_seconds
        name = "refused.jsonl" if self._names.alias else f"refused-{self._names.quotes}.jsonl"
        self._letters = Letters(config.archive / "index" / name)
        self._bulk = Bulk(
            client=self._client,
            letters=self._letters,
            where=", ".join(config.index),
            aliases=self._names.alias,
        )

    def add(self, given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> None:
        """Puts snapshots with their entries in: quotes, then what is left of earlier ones away, then the snapshots."""
        with self._answering():
            self._client.indices.refresh(index=self._names.quotes)
            ids = {snapshot.snapshot.id for snapshot, _ in given}
            old = _prepared(self._all(_with_tags("#n", ids)))
            new = rows.prepared(rows.placed(given))
            others = _prepared(self._sharing([*old.values(), *new]))
            others = {name: each for name, each in others.items() if each.placed.entry.snapshot_id not in ids}
            marked, again = rows.marked(new, others)
            written = dict(map(_quote_document, (*marked, *again.values())))
            self._bulk.write(self._names.quotes, written)
            self._bulk.write(self._names.quotes, dict.fromkeys(sorted(set(old) - set(written))))
            self._bulk.write(
                self._names.snapshots, {snapshot.snapshot.id: _snapshot_document(snapshot) for snapshot, _ in given}
            )

    def has(self, snapshot_id: str) -> bool:
        """Whether the snapshot was added completely: its document comes last."""
        return self.snapshot(snapshot_id) is not None

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """The row of one snapshot."""
        return self.snapshots_by_id([snapshot_id]).get(snapshot_id)

    def snapshots_by_id(self, snapshot_ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """The rows of several snapshots by id; unknown ids are left out."""
        found = self._documents(self._names.snapshots, snapshot_ids)
        return {row["id"]: rows.snapshot_entry_of(row["entry"]) for row in found}

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL, oldest first."""
        with self._answering():
            found = self._all(query_body(Search(clauses=(tags.url_clause(url),)), (), {}), self._names.snapshots)
        return tuple(sorted((rows.snapshot_entry_of(row["entry"]) for row in found), key=rows.capture_order))

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by filter."""
        search = snapshot_search(query, key_of(query))
        if search.tree is not None:
            search = replace(search, clauses=(*search.clauses, (_ARTICLE,)))
        with self._answering():
            coverage = self._coverage(query.visibility)
            answer = self._answer(self._names.snapshots, search, coverage, coverage.article_languages)
            return Page(
                entries=tuple(rows.snapshot_entry_of(row["entry"]) for row in answer.rows),
                total=total_of(answer.count),
                searched=coverage.searched,
                read_as=read_as(search.tree),
                facets=answer.facets(),
                next=cursor_after(answer.last, query) if answer.last else None,
            )

    def quote(self, quote_id: str) -> Entry | None:
        """One quote in any state."""
        found = self._documents(self._names.quotes, [quote_id])
        return rows.placed_of(found[0]["entry"]).entry if found else None

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot, in any state, in text order."""
        with self._answering():
            found = self._all(_with_tags("#n", [snapshot_id]))
        return tuple(sorted((rows.placed_of(row["entry"]).entry for row in found), key=rows.text_order))

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters."""
        search = quote_search(query, key_of(query))
        with self._answering():
            coverage = self._coverage(query.visibility)
            answer = self._answer(self._names.quotes, search, coverage, coverage.languages)
            return Page(
                entries=tuple(rows.placed_of(row["entry"]).entry for row in answer.rows),
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
            return tuple(rows.placed_of(row["entry"]).entry for row in found)

    def speakers_spelled(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The names of speakers that have one of these keys, sorted."""
        with self._answering():
            return spelled(self._client, self._names.quotes, keys, self._seconds)

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
            answer = Answer(self._client, self._names.quotes, query, search, counted=COUNTED, seconds=self._seconds)
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
    ) -> Answer:
        languages = [each for each in held if search.languages is None or each in search.languages]
        query = query_body(search, languages, coverage.years)
        return Answer(self._client, index, query, search, counted=counted, seconds=self._seconds)

    def position(self, warc: str) -> int:
        """Up to which byte an assertions file is taken in."""
        found = self._documents(self._names.positions, [_position_id(warc)])
        return int(found[0]["offset"]) if found else 0

    def advance(self, warc: str, offset: int) -> None:
        """Notes that everything before `offset` of `warc` is taken in."""
        with self._answering():
            self._bulk.write(self._names.positions, {_position_id(warc): {"warc": warc, "offset": offset}})

    def refresh(self) -> None:
        """Makes what was added visible to searches."""
        with self._answering():
            self._client.indices.refresh(index=list(self._names.each().values()))

    @contextmanager
    def rebuild(self) -> Iterator[Index]:
        """Fresh indexes that take the aliases when the context ends without an error."""
        prefix = self._config.index_prefix
        with self._translated():
            held = self._generations()
            number = max((int(generation.partition("-")[0]) for generation in held), default=0) + 1
            names = Names.of(prefix, f"{number:06d}-{secrets.token_hex(4)}")
            self._create(names)
        fresh = ElasticIndex(self._config, client=self._client, names=names)
        try:
            yield fresh
            fresh.refresh()
            with self._translated():
                before = self._aliased()
                self._take_aliases(names)
            self._letters.become(fresh._letters)
        except BaseException:
            fresh._letters.delete()
            with self._translated():
                self._client.indices.delete(index=list(names.each().values()), ignore_unavailable=True)
            raise
        with self._translated():
            self._delete_but({*names.each().values(), *before})
        self._looked = False

    def close(self) -> None:
        """Lets go of connections."""
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
            raise self._refusal(error) from error
        except elasticsearch.TransportError as error:
            where = ", ".join(self._config.index)
            raise IndexUnavailable(
                f"does not answer ({type(error).__name__})", where=where, remedy="Start it, or wait until it is up"
            ) from error

    def _refusal(self, error: elasticsearch.ApiError) -> IndexUnavailable:
        where = ", ".join(self._config.index)
        reason = _reason(error)
        if error.status_code in {429, 502, 503, 504}:
            return IndexUnavailable(f"is too busy ({reason})", where=where, remedy="Try again in a moment")
        if reason == "cluster_block_exception":
            return IndexUnavailable(
                "does not accept writes at the moment",
                where=where,
                remedy="Free some disk space on its server, then try again",
            )
        return IndexUnavailable(f"cannot be used ({reason})", where=where, remedy=REMEDY)

    def _look(self) -> None:
        """Makes the first indexes if there are none, and refuses those of another shape."""
        if self._looked:
            return
        with self._lock:
            names = self._aliased()
            if not names:
                if self._generations():
                    raise IndexUnavailable(
                        "its aliases are missing", where=", ".join(self._config.index), remedy=REMEDY
                    )
                self._create(Names.of(self._config.index_prefix, "000001"), aliased=True)
            held = self._client.indices.get_mapping(index=self._names.quotes)
            shapes = {each["mappings"].get("_meta", {}).get("shape") for each in held.values()}
            if shapes != {mappings.shape(words.VERSION)}:
                raise IndexOutdated("was made by another version", where=", ".join(self._config.index), remedy=REMEDY)
            self._looked = True

    def _aliased(self) -> set[str]:
        """The indexes that the aliases name now."""
        aliases = ",".join(Names.of(self._config.index_prefix).each().values())
        held = self._client.indices.get_alias(index=f"{self._config.index_prefix}-*", expand_wildcards="all")
        return {name for name, each in held.items() if set(each["aliases"]) & set(aliases.split(","))}

    def _generations(self) -> set[str]:
        """The generations that there are indexes of."""
        prefix = f"{self._config.index_prefix}-quotes-"
        held = self._client.indices.get_alias(index=f"{prefix}*", expand_wildcards="all")
        return {name.removeprefix(prefix) for name in held if name.removeprefix(prefix)[:6].isdigit()}

    def _create(self, names: Names, *, aliased: bool = False) -> None:
        """Makes the indexes of a generation; another process may be making the first ones at the same time."""
        aliases = Names.of(self._config.index_prefix).each()
        for kind, name in reversed(names.each().items()):  # quotes last: they are what is looked for
            shape = mappings.mapping(kind)
            shape["mappings"]["_meta"] = {"shape": mappings.shape(words.VERSION)}
            shape["settings"]["index.number_of_shards"] = self._config.index_shards
            shape["settings"]["index.number_of_replicas"] = self._config.index_replicas
            try:
                self._client.indices.create(
                    index=name,
                    mappings=shape["mappings"],
                    settings=shape["settings"],
                    aliases={aliases[kind]: {}} if aliased else None,
                )
            except elasticsearch.BadRequestError as error:
                if _reason(error) != "resource_already_exists_exception" or not aliased:
                    raise

    def _take_aliases(self, names: Names) -> None:
        actions: list[Body] = []
        for kind, alias in Names.of(self._config.index_prefix).each().items():
            actions.append({"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}})
            actions.append({"add": {"index": names.each()[kind], "alias": alias}})
        self._client.indices.update_aliases(actions=actions)

    def _delete_but(self, kept: set[str]) -> None:
        for alias in Names.of(self._config.index_prefix).each().values():
            held = self._client.indices.get_alias(index=f"{alias}-*", expand_wildcards="all")
            if gone := sorted(set(held) - kept):
                self._client.indices.delete(index=gone, ignore_unavailable=True)

    # Reading and writing documents

    def _documents(self, index: str, ids: Iterable[str]) -> list[Row]:
        """Documents by id, refreshed or not."""
        wanted = list(dict.fromkeys(each for each in ids if 0 < len(each) <= 500 and each.isascii()))
        found: list[Row] = []
        with self._answering():
            for start in range(0, len(wanted), PAGE):
                answer = self._client.mget(index=index, ids=wanted[start : start + PAGE])
                found += [each["_source"] for each in answer["docs"] if _is_there(each)]
        return found

    def _all(self, query: Body, index: str | None = None) -> list[Row]:
        """All rows that a query finds, page by page."""
        found: list[Row] = []
        after: dict[str, Any] = {}
        pit = self._client.open_point_in_time(index=index or self._names.quotes, keep_alive=_KEEP)["id"]
        try:
            while True:
                answer = complete(
                    self._client.search(
                        pit={"id": pit, "keep_alive": _KEEP},
                        query=query,
                        sort=["_shard_doc"],
                        size=PAGE,
                        track_total_hits=False,
                        **after,
                    ).body,
                    self._seconds,
                )
                pit, hits = answer["pit_id"], answer["hits"]["hits"]
                found += [hit["_source"] for hit in hits]
                if len(hits) < PAGE:
                    return found
                after = {"search_after": hits[-1]["sort"]}
        finally:
            with suppress(elasticsearch.ApiError, elasticsearch.TransportError):
                self._client.close_point_in_time(id=pit)

    def _sharing(self, changed: Iterable[Prepared]) -> list[Row]:
        """The rows of the same page with the same words and speaker."""
        keys = sorted({each.key for each in changed if each.key is not None})
        found: list[Row] = []
        for start in range(0, len(keys), PAGE):
            found += self._all({"terms": {"repeat_key": keys[start : start + PAGE]}})
        return found

    def refused(self) -> tuple[Refused, ...]:
        """What the server would not take."""
        return self._letters.all()

    def _coverage(self, visibility: Sequence[Visibility]) -> Coverage:
        names = self._names
        return coverage_of(self._client, names.quotes, names.snapshots, visibility, self._seconds)


def _is_there(answer: Mapping[str, Any]) -> bool:
    if "error" in answer:
        raise IndexUnavailable(f"cannot be used ({answer['error'].get('type')})", where="the index", remedy=REMEDY)
    return bool(answer["found"])


def _reason(error: elasticsearch.ApiError) -> str:
    body = error.body
    kind = body.get("error", {}) if isinstance(body, dict) else {}
    return str(kind.get("type", error.status_code)) if isinstance(kind, dict) else str(error.status_code)


def _with_tags(letter: str, values: Iterable[str]) -> Body:
    return {"bool": {"filter": [{"terms": {"tags": [f"{letter}{tags.mark(value)}" for value in values]}}]}}


def _prepared(found: Iterable[Row]) -> dict[str, Prepared]:
    """The rows by id, ready to be written again."""
    listed = list(found)
    entries = rows.prepared(rows.placed_of(row["entry"]) for row in listed)
    return {row["id"]: each for row, each in zip(listed, entries, strict=True)}


def _position_id(warc: str) -> str:
    return tags.mark(warc)


def _quote_document(prepared: Prepared) -> tuple[str, Body]:
    row, ready = rows.quote_row(prepared), prepared.words
    return row["id"], {
        **row,
        "tags": tags.quote_tags(prepared.placed.entry, prepared.placed.urls, prepared.spoken),
        "text_words": ready["text_words"],
        "text_stems": ready["text_stems"],
        "speaker_words": ready["speaker_words"],
        "passage_words": [ready[f"{part}_words"] for part in _PARTS],
        "passage_stems": [ready[f"{part}_stems"] for part in _PARTS],
    }


def _snapshot_document(entry: SnapshotEntry) -> Body:
    found = [*tags.snapshot_tags(entry, rows.urls_of(entry)), *([_ARTICLE] if entry.text else [])]
    return {**rows.snapshot_row(entry), "tags": found, **rows.article_words(entry)}
