# ruff: noqa: S608 - statements are put together from names of our own tables and columns; values are bound
"""The index in one file: SQLite FTS5.

Rows lie in the order of their dates, so that the newest come first without sorting. Each thread has a connection of
its own, which looks before every use whether a rebuild has put another file in its place.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from rapidfuzz.distance import OSA

import mappings
from archiver.errors import IndexOutdated, IndexUnavailable
from archiver.index import order, rows, sqlite_match, tags, words
from archiver.index.cursors import cursor_after
from archiver.index.generations import REMEDY, Generations
from archiver.index.protocol import Index
from archiver.index.repeats import marked
from archiver.index.rows import Row
from archiver.index.search import (
    COUNTED,
    Search,
    counted,
    facet_of,
    quote_search,
    snapshot_search,
    speakers_search,
    total_of,
)
from archiver.index.syntax import Fuzzy, read_as
from archiver.records import Bucket, Entry, Facet, Page, Query, QuoteState, Searched, SnapshotEntry, SnapshotQuery

BUSY_SECONDS = 5.0
MOST_SPELLINGS = 1000
RANKED = 10_000  # the newest matches, among which the best are looked for
_CACHE_KIB = 64 * 1024


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A table of rows, the words to find them by, and which columns hold lists."""

    table: str
    words: str
    lists: frozenset[str]

    def read(self, row: sqlite3.Row) -> Row:
        """A row as it went in."""
        found: Row = dict(zip(row.keys(), row, strict=True))
        for name in self.lists:
            if found.get(name) is not None:
                found[name] = orjson.loads(found[name])
        return found


_QUOTES = _Shelf(
    "quotes",
    "quote_words",
    frozenset(["url_keys", "urls", "spans", "selectors", "cue_span", "speaker_span", "said_on_span", "trail"]),
)
_SNAPSHOTS = _Shelf(
    "snapshots",
    "snapshot_words",
    frozenset(["url_keys", "locator", "payload", "added", "authors", "published", "modified", "texts"]),
)


class SqliteIndex:
    """An index in the folder `index` of an archive. Threads and processes may share it."""

    def __init__(self, folder: Path, only: Path | None = None) -> None:
        """With `only`, the file of one generation, current or not."""
        self._generations = Generations(folder)
        self._only = only
        self._lock = threading.Lock()
        self._open: dict[threading.Thread, tuple[Path, sqlite3.Connection]] = {}

    def add(self, given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> None:
        """Puts snapshots with their entries in, in one transaction; see Index.add."""
        with self._writing() as db:
            _add(db, given)

    def has(self, snapshot_id: str) -> bool:
        """Whether the snapshot was added whole."""
        return self.snapshot(snapshot_id) is not None

    def snapshot(self, snapshot_id: str) -> SnapshotEntry | None:
        """The row of one snapshot."""
        return self.snapshots_by_id([snapshot_id]).get(snapshot_id)

    def snapshots_by_id(self, snapshot_ids: Iterable[str]) -> dict[str, SnapshotEntry]:
        """The rows of several snapshots by id; unknown ids are left out."""
        with self._reading() as db:
            found = _by(db, _SNAPSHOTS, "id", snapshot_ids)
        return {row["id"]: rows.snapshot_entry_of(row) for row in found}

    def captures(self, url: str) -> tuple[SnapshotEntry, ...]:
        """All snapshots of a URL, oldest first."""
        search = Search(clauses=(tags.url_clause(url),))
        with self._reading() as db:
            found = [_SNAPSHOTS.read(row) for row in _Answer(db, _SNAPSHOTS, search).all()]
        return tuple(
            rows.snapshot_entry_of(row) for row in sorted(found, key=lambda row: (row["captured_at"], row["id"]))
        )

    def snapshots(self, query: SnapshotQuery) -> Page[SnapshotEntry]:
        """Snapshots by filter."""
        search = snapshot_search(query)
        with self._reading() as db:
            answer = _Answer(db, _SNAPSHOTS, search)
            found, more = answer.page()
            return Page(
                entries=tuple(rows.snapshot_entry_of(row) for row in found),
                total=total_of(answer.count()),
                searched=_searched(db),
                facets=answer.facets(),
                next=cursor_after((found[-1]["order"],), query) if more else None,
            )

    def quote(self, quote_id: str) -> Entry | None:
        """One quote, whatever its state."""
        with self._reading() as db:
            found = _by(db, _QUOTES, "id", [quote_id])
        return rows.placed_of(found[0]).entry if found else None

    def quotes_of(self, snapshot_id: str) -> tuple[Entry, ...]:
        """All quotes of a snapshot, whatever their state, in text order."""
        with self._reading() as db:
            found = _by(db, _QUOTES, "snapshot_id", [snapshot_id])
        return tuple(sorted((rows.placed_of(row).entry for row in found), key=rows.text_order))

    def search(self, query: Query) -> Page[Entry]:
        """Quotes by words and filters."""
        search = quote_search(query)
        with self._reading() as db:
            answer = _Answer(db, _QUOTES, search)
            found, more = answer.page()
            return Page(
                entries=tuple(rows.placed_of(row).entry for row in found),
                total=total_of(answer.count()),
                searched=_searched(db),
                read_as=read_as(search.tree),
                facets=answer.facets(),
                next=cursor_after((found[-1]["order"],), query) if more and not search.by_relevance else None,
            )

    def speakers(self, prefix: str, limit: int) -> tuple[Bucket, ...]:
        """Names of speakers with words that begin so, commonest first."""
        search = speakers_search(prefix)
        with self._reading() as db:
            if search is None:
                return ()
            names = (row[0] for row in _Answer(db, _QUOTES, search).newest(["speaker_name"]))
            return facet_of(counted(names), complete=True, size=limit).buckets

    def searched(self) -> Searched:
        """What the index covers."""
        with self._reading() as db:
            return _searched(db)

    def position(self, warc: str) -> int:
        """Up to which byte an assertions file is taken in."""
        with self._reading() as db:
            row = db.execute('SELECT "offset" FROM positions WHERE warc = ?', (warc,)).fetchone()
        return row[0] if row else 0

    def advance(self, warc: str, offset: int) -> None:
        """Notes that everything before `offset` of `warc` is taken in."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO positions VALUES (?, ?)", (warc, offset))

    def refresh(self) -> None:
        """Nothing: what was added is visible at once."""

    @contextmanager
    def rebuild(self) -> Iterator[Index]:
        """A fresh index that takes the place of this one when the context ends without an error."""
        with self._answering():
            path = self._created()
        fresh = SqliteIndex(self._generations.folder, only=path)
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
        """The file in use, as far as that can be told."""
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
        """Folds the log into the file, so that the file alone is the index."""
        with self._answering():
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the index from beginning to end."""
        with self._transaction("BEGIN") as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write, and whose changes come all or not at all."""
        with self._transaction("BEGIN IMMEDIATE") as db:
            yield db

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
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
        except orjson.JSONDecodeError as error:
            raise IndexUnavailable("a row cannot be read", where="the index", remedy=REMEDY) from error
        except OSError as error:
            raise IndexUnavailable(f"cannot be written ({error.strerror})", where="the index") from error

    def _connection(self) -> sqlite3.Connection:
        path = self._only or self._generations.current() or self._first()
        me = threading.current_thread()
        held = self._open.get(me)
        if held and held[0] == path:
            return held[1]
        connection = _connected(path)
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
        path = self._created()
        if not self._generations.begin(path):
            self._generations.delete(path)
        return self._generations.current() or path

    def _created(self) -> Path:
        path = self._generations.fresh()
        db = sqlite3.connect(path, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.executescript(f"BEGIN; {mappings.schema()}")
            db.execute("INSERT INTO facts VALUES ('shape', ?)", (mappings.shape(words.VERSION),))
            db.execute("COMMIT")
        except sqlite3.Error:
            self._generations.delete(path)
            raise
        finally:
            db.close()
        return path


class _Answer:
    """The rows that a search finds, looked at in the several ways that make a page."""

    def __init__(self, db: sqlite3.Connection, shelf: _Shelf, search: Search) -> None:
        self.db, self.shelf, self.search = db, shelf, search
        self.join = f'{shelf.words} CROSS JOIN {shelf.table} ON {shelf.table}."order" = {shelf.words}.rowid'
        self.where = [f"{shelf.words} MATCH ?"]
        self.values: list[str | int] = [self._expression()]
        for demand in search.ranges:
            self._narrow(f"{demand.first} >= ?", demand.low)
            self._narrow(f"{demand.last} <= ?", demand.high)
            if demand.first == "published_first" and shelf is _QUOTES:
                self._narrow(f"{shelf.words}.rowid >= ?", None if demand.low is None else order.first_order(demand.low))
                self._narrow(
                    f"{shelf.words}.rowid <= ?", None if demand.high is None else order.last_order(demand.high)
                )

    def page(self) -> tuple[list[Row], bool]:
        """The rows of the page, and whether there are more."""
        found = self._best() if self.search.by_relevance else self._next()
        limit = self.search.limit
        return [self.shelf.read(row) for row in found[:limit]], len(found) > limit

    def all(self) -> list[sqlite3.Row]:
        """Every row."""
        return self._select(f"{self.shelf.table}.*", "")

    def count(self) -> int:
        """How many there are; above 10,000 just that."""
        source = self.join if self.search.ranges else self.shelf.words
        inner = f"SELECT 1 FROM {source} WHERE {' AND '.join(self.where)} LIMIT {COUNTED + 1}"
        return int(self.db.execute(f"SELECT count(*) FROM ({inner})", self.values).fetchone()[0])

    def facets(self) -> dict[str, Facet]:
        """The facets over the newest 10,000."""
        if not self.search.facets:
            return {}
        names, columns = zip(*self.search.facets, strict=True)
        found = self.newest(columns, COUNTED + 1)
        complete = len(found) <= COUNTED
        each = list(zip(*found[:COUNTED], strict=True)) or [()] * len(names)
        return {name: facet_of(counted(values), complete=complete) for name, values in zip(names, each, strict=True)}

    def newest(self, columns: Sequence[str], limit: int = COUNTED) -> list[sqlite3.Row]:
        """Some columns of the newest rows."""
        listed = ", ".join(f"{self.shelf.table}.{column}" for column in columns)
        return self._select(listed, f"ORDER BY {self.shelf.words}.rowid DESC LIMIT {limit}")

    def _next(self) -> list[sqlite3.Row]:
        way, beyond = ("DESC", "<") if self.search.newest_first else ("ASC", ">")
        where, values = self.where, self.values
        if self.search.after is not None:
            where, values = [*where, f"{self.shelf.words}.rowid {beyond} ?"], [*values, *self.search.after]
        return self._select(
            f"{self.shelf.table}.*",
            f"ORDER BY {self.shelf.words}.rowid {way} LIMIT {self.search.limit + 1}",
            where,
            values,
        )

    def _best(self) -> list[sqlite3.Row]:
        words_table = self.shelf.words
        newest = (
            f"SELECT {words_table}.rowid AS place, bm25({words_table}, 0.0) AS score FROM {self.join}"
            f" WHERE {' AND '.join(self.where)} ORDER BY {words_table}.rowid DESC LIMIT {RANKED}"
        )
        best = f"SELECT place FROM ({newest}) ORDER BY score, place DESC LIMIT {self.search.limit}"
        places = [row[0] for row in self.db.execute(best, self.values)]
        found = {row["order"]: row for row in _where_in(self.db, self.shelf, '"order"', places)}
        return [found[place] for place in places]

    def _select(
        self, columns: str, end: str, where: Sequence[str] | None = None, values: Sequence[Any] | None = None
    ) -> list[sqlite3.Row]:
        statement = f"SELECT {columns} FROM {self.join} WHERE {' AND '.join(where or self.where)} {end}"
        return self.db.execute(statement, values or self.values).fetchall()

    def _narrow(self, condition: str, value: int | None) -> None:
        if value is not None:
            self.where.append(condition)
            self.values.append(value)

    def _expression(self) -> str:
        return sqlite_match.expression(self.search, self._languages(), self._spell)

    def _languages(self) -> list[str | None]:
        """The languages of the quotes there are, of those that the search is for."""
        if self.search.tree is None:
            return []
        found = self.db.execute("SELECT DISTINCT language FROM coverage WHERE what <> 'snapshots' AND \"rows\" > 0")
        held = [row[0] or None for row in found]
        return [each for each in held if self.search.languages is None or each in self.search.languages]

    def _spell(self, fuzzy: Fuzzy) -> list[str]:
        """The words of the index at most so many slips away, nearest first."""
        first = fuzzy.word[0]
        known = self.db.execute(
            "SELECT term FROM vocabulary WHERE term >= ? AND term < ? AND abs(length(term) - ?) <= ?",
            (first, chr(ord(first) + 1), len(fuzzy.word), fuzzy.edits),
        )
        near = ((OSA.distance(fuzzy.word, row[0], score_cutoff=fuzzy.edits), row[0]) for row in known)
        return [word for slips, word in sorted(near) if slips <= fuzzy.edits][:MOST_SPELLINGS]


def _add(db: sqlite3.Connection, given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> None:
    """Replaces the snapshots, then marks the repeats among all quotes that share words with what came or went."""
    ids = [snapshot.snapshot.id for snapshot, _ in given]
    old = _by(db, _QUOTES, "snapshot_id", ids)
    _take_out_quotes(db, old)
    _take_out_snapshots(db, _by(db, _SNAPSHOTS, "id", ids))
    _put_in_snapshots(db, [snapshot for snapshot, _ in given])
    new = [rows.quote_row(placed) for placed in rows.placed(given)]
    others = _sharing(db, [*old, *new])
    written = marked(new, others)
    ids_written = {row["id"] for row in written}
    _take_out_quotes(db, [row for row in others if row["id"] in ids_written])
    _put_in_quotes(db, written)


def _sharing(db: sqlite3.Connection, changed: Iterable[Row]) -> list[Row]:
    """The rows of the same page with the same words and speaker."""
    keys = sorted({(row["page"], row["repeat_words"]) for row in changed if row["repeat_words"] is not None})
    statement = "SELECT * FROM quotes WHERE page = ? AND repeat_words = ?"
    return [_QUOTES.read(row) for key in keys for row in db.execute(statement, key)]


def _put_in_quotes(db: sqlite3.Connection, new: Iterable[Row]) -> None:
    """Writes rows in their order, which is quickest; a place that is taken gives way to the next."""
    taken: set[int] = set()
    for row in sorted(new, key=lambda row: (row["order"], row["id"])):
        row["order"] = _free(db, "quotes", row["order"], taken)
        _insert(db, "quotes", row)
        _insert(db, "quote_words", _quote_index(row))


def _take_out_quotes(db: sqlite3.Connection, old: Iterable[Row]) -> None:
    for row in old:
        _insert(db, "quote_words", {"quote_words": "delete", **_quote_index(row)})
        db.execute('DELETE FROM quotes WHERE "order" = ?', (row["order"],))


def _put_in_snapshots(db: sqlite3.Connection, new: Iterable[SnapshotEntry]) -> None:
    taken: set[int] = set()
    for row in sorted(map(rows.snapshot_row, new), key=lambda row: (row["order"], row["id"])):
        row["order"] = _free(db, "snapshots", row["order"], taken)
        _insert(db, "snapshots", row)
        _insert(db, "snapshot_words", _snapshot_index(row))


def _take_out_snapshots(db: sqlite3.Connection, old: Iterable[Row]) -> None:
    for row in old:
        _insert(db, "snapshot_words", {"snapshot_words": "delete", **_snapshot_index(row)})
        db.execute('DELETE FROM snapshots WHERE "order" = ?', (row["order"],))


def _quote_index(row: Row) -> Row:
    placed = rows.placed_of(row)
    found = " ".join(tags.quote_tags(placed.entry, placed.urls))
    return {"rowid": row["order"], "tags": found, **rows.quote_words(placed.entry)}


def _snapshot_index(row: Row) -> Row:
    entry = rows.snapshot_entry_of(row)
    return {"rowid": row["order"], "tags": " ".join(tags.snapshot_tags(entry, rows.urls_of(entry)))}


def _free(db: sqlite3.Connection, table: str, wanted: int, taken: set[int]) -> int:
    while wanted in taken or db.execute(f'SELECT 1 FROM {table} WHERE "order" = ?', (wanted,)).fetchone():
        wanted += 1
    taken.add(wanted)
    return wanted


def _insert(db: sqlite3.Connection, table: str, row: Row) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    values = [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row.values()]
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", values)


def _by(db: sqlite3.Connection, shelf: _Shelf, column: str, names: Iterable[str]) -> list[Row]:
    """The rows with these ids; a name with characters that no id has is of none."""
    return [shelf.read(row) for row in _where_in(db, shelf, column, [name for name in names if name.isascii()])]


def _where_in(db: sqlite3.Connection, shelf: _Shelf, column: str, values: Sequence[str | int]) -> list[sqlite3.Row]:
    found: list[sqlite3.Row] = []
    for start in range(0, len(values), 500):
        some = values[start : start + 500]
        marks = ", ".join("?" * len(some))
        found += db.execute(f"SELECT * FROM {shelf.table} WHERE {column} IN ({marks})", some).fetchall()
    return found


def _searched(db: sqlite3.Connection) -> Searched:
    statement = 'SELECT coalesce(sum("rows"), 0) FROM coverage WHERE what = ?'
    first, last = db.execute(
        "SELECT (SELECT min(published_first) FROM snapshots), (SELECT max(published_last) FROM snapshots)"
    ).fetchone()
    return Searched(
        quotes=db.execute(statement, (QuoteState.CURRENT.value,)).fetchone()[0],
        snapshots=db.execute(statement, ("snapshots",)).fetchone()[0],
        published_from=order.day_text(first),
        published_to=order.day_text(last),
    )


def _connected(path: Path) -> sqlite3.Connection:
    """A connection to an index of our shape. Raises IndexOutdated for one of another."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = FULL")
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
        return IndexUnavailable("the disk is full", where="the index", remedy="Make room, then: onrecord rebuild")
    return IndexUnavailable(f"cannot be read ({error})", where="the index", remedy=REMEDY)
