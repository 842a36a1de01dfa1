"""The index in one file: SQLite FTS5.

Rows are in the order of their dates, so that the newest come first without sorting. Each thread has a connection of
its own, which looks before every use whether a rebuild has put another file in its place.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import orjson
import zstandard

import mappings
from archiver.errors import IndexOutdated, IndexUnavailable, QueryTooHeavy
from archiver.index import rows, tags, words
from archiver.index.cursors import cursor_after, key_of
from archiver.index.generations import REMEDY, Generations
from archiver.index.protocol import Index
from archiver.index.rows import Placed
from archiver.index.search import (
    MAX_HISTOGRAM,
    NARROW,
    Search,
    counted,
    facet_of,
    periods_of,
    quote_search,
    relation_of,
    snapshot_search,
    speakers_search,
    spelled_search,
    total_of,
)
from archiver.index.sqlite_read import (
    ARTICLES,
    QUOTES,
    SNAPSHOTS,
    Document,
    SqliteAnswer,
    documents,
    places_of,
    searched,
    with_id,
)
from archiver.index.sqlite_resembling import resembling
from archiver.index.sqlite_write import LearningConnection, add, holding, quotes_of
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
from archiver.values import Malformed, from_json, to_json

BUSY_SECONDS = 5.0
_CACHE_KIB = 16 * 1024  # of each thread that reads
_WRITING_CACHE_KIB = 64 * 1024  # of one that has written: ids come in no order, so that every page is touched
_DRAFT = "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF"
"""How an index is written that is thrown away unless it is finished: nothing of it need be durable until then."""
_HASH_BYTES, _DRAFT_HASH_BYTES = 1 << 20, 1 << 24
"""Bytes of words that FTS5 holds before it writes them out: its own default, and what a draft takes."""
_STEPS = 10_000  # of SQLite's machine between two looks at the clock
_PUBLIC = (Visibility.PUBLIC,)


class SqliteIndex:
    """An index in the folder `index` of an archive. Threads and processes may share it."""

    def __init__(self, folder: Path, draft: Path | None = None, *, seconds: float = 10.0) -> None:
        """With `draft` one that is being made, which nobody else knows. A search may take this many `seconds`."""
        self._generations = Generations(folder)
        self._draft = draft
        self._seconds = seconds
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, tuple[Path, LearningConnection]] = {}

    def add(self, given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> None:
        """Puts snapshots with their entries in, in one transaction; see Index.add."""
        with self._writing() as db:
            words = add(db, given)
        db.learn(words)

    def has(self, snapshot_id: str) -> bool:
        """Whether the snapshot was added completely."""
        with self._reading() as db:
            return bool(places_of(db, SNAPSHOTS, [snapshot_id]))

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """The row of one snapshot."""
        return self.snapshots_by_id([snapshot_id]).get(snapshot_id)

    def snapshots_by_id(self, snapshot_ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """The rows of several snapshots by id; unknown ids are left out."""
        with self._reading() as db:
            places = places_of(db, SNAPSHOTS, snapshot_ids)
            found = documents(db, SNAPSHOTS, list(places.values()))
            return dict(zip(places, map(_snapshot_entry, found), strict=True))

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL, oldest first."""
        search = Search(clauses=(tags.url_clause(url),))
        with self._reading() as db:
            found = map(_snapshot_entry, SqliteAnswer(db, SNAPSHOTS, search).all())
            return tuple(sorted(found, key=rows.capture_order))

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by words and filters."""
        search = snapshot_search(query, key_of(query))
        with self._searching() as db:
            answer = SqliteAnswer(db, SNAPSHOTS if search.tree is None else ARTICLES, search)
            found, last = answer.page()
            return Page(
                entries=tuple(map(_snapshot_entry, found)),
                total=total_of(answer.count()),
                searched=searched(db, query.visibility),
                read_as=read_as(search.tree),
                facets=answer.facets(),
                next=cursor_after(last, query) if last else None,
            )

    def quote(self, quote_id: str) -> Entry | None:
        """One quote, in any state."""
        with self._reading() as db:
            found = map(_entry, with_id(db, quote_id))
            return next((each for each in found if each.quote.id == quote_id), None)

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot, in any state, in text order."""
        with self._reading() as db:
            found = documents(db, QUOTES, quotes_of(db, [snapshot_id]))
            return tuple(sorted(map(_entry, found), key=rows.text_order))

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters."""
        search = quote_search(query, key_of(query))
        with self._searching() as db:
            answer = SqliteAnswer(db, QUOTES, search)
            found, last = answer.page()
            return Page(
                entries=tuple(map(_entry, found)),
                total=total_of(answer.count()),
                searched=searched(db, query.visibility),
                read_as=read_as(search.tree),
                facets=answer.facets(),
                next=cursor_after(last, query) if last else None,
            )

    def resembling(self, query: Query, limit: int) -> tuple[Entry, ...]:
        """The quotes that share most of the rare words of `query.q`, likest first."""
        search = quote_search(replace(query, q=""))
        with self._searching() as db:
            places = resembling(db, search, query.q, limit)
            return tuple(map(_entry, documents(db, QUOTES, places)))

    def speakers_spelled(self, keys: Sequence[str], visibility: Sequence[Visibility] = _PUBLIC) -> tuple[str, ...]:
        """The names of speakers of what may be seen that have one of these keys, sorted."""
        with self._searching() as db:
            found = SqliteAnswer(db, QUOTES, spelled_search(keys, visibility)).newest(["speaker"], MAX_HISTOGRAM)
            return tuple(sorted({row[0] for row in found}))

    def add_speaker_decisions(self, decisions: Sequence[SpeakerDecision]) -> None:
        """Puts people's decisions about speakers in."""
        found = [(each.id, to_json(each).decode()) for each in decisions]
        with self._writing() as db:
            db.executemany("INSERT OR REPLACE INTO speaker_decisions VALUES (?, ?)", found)

    def speaker_decisions(self) -> tuple[SpeakerDecision, ...]:
        """All decisions of people about speakers, oldest first."""
        with self._reading() as db:
            held = db.execute("SELECT decision FROM speaker_decisions").fetchall()
        with self._answering():
            return rows.speaker_decisions_of(orjson.loads(row[0]) for row in held)

    def histogram(self, query: Query, interval: Interval, by: DateOf) -> Histogram:
        """How many quotes that a search finds each period has."""
        search = quote_search(query)
        with self._searching() as db:
            answer = SqliteAnswer(db, QUOTES, search)
            buckets, undated = periods_of(answer.dates(by.value), interval)
            count = answer.count(MAX_HISTOGRAM)
            return Histogram(
                by=by,
                interval=interval,
                buckets=buckets,
                undated=undated,
                relation=relation_of(count, MAX_HISTOGRAM),
                total=total_of(count),
                searched=searched(db, query.visibility),
                read_as=read_as(search.tree),
            )

    def speakers(self, prefix: str, limit: int, visibility: Sequence[Visibility] = _PUBLIC) -> tuple[Bucket, ...]:
        """Names of speakers with words that begin so, commonest first."""
        search = speakers_search(prefix, visibility)
        with self._searching() as db:
            if search is None:
                return ()
            names = (row[0] for row in SqliteAnswer(db, QUOTES, search).newest(["speaker"]))
            return facet_of(counted(names), complete=True, size=limit).buckets

    def searched(self, visibility: Sequence[Visibility] = _PUBLIC) -> Searched:
        """What the index covers of what may be seen."""
        with self._reading() as db:
            return searched(db, visibility)

    def position(self, warc: str) -> int:
        """Up to which byte an assertions file is indexed."""
        with self._reading() as db:
            row = db.execute('SELECT "offset" FROM positions WHERE warc = ?', (warc,)).fetchone()
        return row[0] if row else 0

    def advance(self, warc: str, offset: int) -> None:
        """Notes that everything before `offset` of `warc` is indexed."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO positions VALUES (?, ?)", (warc, offset))

    def refused(self) -> tuple[Refused, ...]:
        """Nothing: what cannot be written ends the transaction."""
        return ()

    def refresh(self) -> None:
        """Nothing: what was added is visible at once."""

    @contextmanager
    def rebuild(self) -> Iterator[Index]:
        """A fresh index that takes the place of this one when the context ends without an error."""
        with self._answering():
            path = self._created(_DRAFT, holding(_DRAFT_HASH_BYTES))
        fresh = SqliteIndex(self._generations.folder, draft=path, seconds=self._seconds)
        try:
            yield fresh
            fresh._finish()
            with self._answering():
                self._generations.change_to(path)
        except BaseException:
            fresh.close()
            if self._current_name() != path.name:
                self._generations.delete(path)
            raise

    def _current_name(self) -> str | None:
        """The file in use, as far as that is known."""
        with suppress(IndexUnavailable):
            current = self._generations.current()
            return None if current is None else current.name
        return None

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            held, self._open = self._open, {}
        for _, connection in held.values():
            connection.close()

    def _finish(self) -> None:
        """Makes the draft a file that many may read and one may write; durable is it when its generation is."""
        with self._answering():
            db = self._connection()
            db.executescript(holding(_HASH_BYTES))
            db.execute("PRAGMA journal_mode = WAL")
        self.close()

    @contextmanager
    def _searching(self) -> Iterator[LearningConnection]:
        """The same, for a search, within its time limit."""
        ends = time.monotonic() + self._seconds
        with self._reading() as db:
            db.set_progress_handler(lambda: time.monotonic() > ends, _STEPS)
            try:
                yield db
            except sqlite3.OperationalError as error:
                if time.monotonic() <= ends:
                    raise
                raise QueryTooHeavy(self._seconds, remedy=NARROW) from error
            finally:
                db.set_progress_handler(None, _STEPS)

    @contextmanager
    def _reading(self) -> Iterator[LearningConnection]:
        """A connection that sees one state of the index from beginning to end."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[LearningConnection]:
        """A connection that alone may write, and whose changes come all or not at all."""
        with self._answering():
            self._connection().execute(f"PRAGMA cache_size = -{_WRITING_CACHE_KIB}")
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[LearningConnection]:
        with self._answering():
            db = self._connection()
            db.execute(begin)
            try:
                yield db
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """The errors of SQLite and of the disk as ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise _unavailable(error) from error
        except (orjson.JSONDecodeError, zstandard.ZstdError, Malformed, LookupError) as error:
            raise IndexUnavailable("a row cannot be read", where="the index", remedy=REMEDY) from error
        except OSError as error:
            raise IndexUnavailable(f"cannot be written ({error.strerror})", where="the index") from error

    def _connection(self) -> LearningConnection:
        path = self._draft or self._generations.current() or self._first()
        me = threading.current_thread()
        held = self._open.get(me)
        if held and held[0] == path:
            return held[1]
        connection = _connected(path, is_draft=path == self._draft)
        with self._lock:
            self._drop({me, *(thread for thread in self._open if not thread.is_alive())})
            self._open[me] = (path, connection)
        return connection

    def _drop(self, threads: Iterable[threading.Thread]) -> None:
        for thread in threads:
            if held := self._open.pop(thread, None):
                held[1].close()

    def _first(self) -> Path:
        """The archive's first index, made by whoever asks first."""
        path = self._created("PRAGMA journal_mode = WAL")
        if not self._generations.begin(path):
            self._generations.delete(path)
        return self._generations.current() or path

    def _created(self, manner: str, settings: str = "") -> Path:
        path = self._generations.fresh()
        db = sqlite3.connect(path, isolation_level=None)
        try:
            db.executescript(manner)
            db.executescript(f"BEGIN; {mappings.schema()}; {settings}")
            db.execute("INSERT INTO facts VALUES ('shape', ?)", (mappings.shape(words.VERSION),))
            db.execute("COMMIT")
        except sqlite3.Error:
            self._generations.delete(path)
            raise
        finally:
            db.close()
        return path


def _entry(document: Document) -> Entry:
    return from_json(Placed, document).entry


def _snapshot_entry(document: Document) -> SnapshotEntry:
    return from_json(SnapshotEntry, document)


def _connected(path: Path, *, is_draft: bool) -> LearningConnection:
    """A connection to an index of our shape. Raises IndexOutdated for one of another."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=LearningConnection,
    )
    try:
        db.executescript(_DRAFT if is_draft else "PRAGMA synchronous = FULL")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        row = db.execute("SELECT value FROM facts WHERE name = 'shape'").fetchone()
        if row is None or row[0] != mappings.shape(words.VERSION):
            raise IndexOutdated("was made by another version", where="the index", remedy=REMEDY)
    except BaseException:
        db.close()
        raise
    return db


def _unavailable(error: sqlite3.Error) -> IndexUnavailable:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return IndexUnavailable("another process is writing to it", where="the index", remedy="Try again in a moment")
    if code == sqlite3.SQLITE_FULL:
        return IndexUnavailable(
            "the disk is full", where="the index", remedy="Free some disk space, then run: onrecord rebuild"
        )
    return IndexUnavailable(f"cannot be read ({error})", where="the index", remedy=REMEDY)
