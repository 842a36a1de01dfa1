"""What people keep for their own work, in `desk.sqlite` of the archive's folder: folders and saved searches.

It is backed up with the archive and is never evidence: nothing in it says what was said. Everything belongs to an owner
(a key's id, or this machine) and is private to that one unless it is shared by its link.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archiver.errors import NotFound, StorageUnwritable

VERSION = 1
BUSY_SECONDS = 5.0
MAX_ITEMS = 10_000
FIRST_PAUSE, MAX_PAUSE = timedelta(minutes=1), timedelta(hours=12)
"""How long after a delivery that failed the next one is tried: twice as long each time."""
_SCHEMA = """
CREATE TABLE folders (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, share TEXT UNIQUE, made_at TEXT NOT NULL
) STRICT;
CREATE TABLE items (
    folder TEXT NOT NULL REFERENCES folders (id) ON DELETE CASCADE, item TEXT NOT NULL, note TEXT NOT NULL,
    put_at TEXT NOT NULL, PRIMARY KEY (folder, item)
) STRICT;
CREATE TABLE searches (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, webhook TEXT,
    secret TEXT NOT NULL, made_at TEXT NOT NULL, reached TEXT NOT NULL,
    seen TEXT NOT NULL DEFAULT '[]', delivered INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0, problem TEXT, next_at TEXT NOT NULL
) STRICT;
CREATE INDEX searches_due ON searches (next_at) WHERE webhook IS NOT NULL;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A quote or snapshot in a folder, with a note."""

    id: str
    note: str
    put_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A folder; `share` is the secret part of its link where it is shared."""

    id: str
    owner: str
    name: str
    share: str | None
    made_at: datetime
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search and where its news go. What came until `reached` was delivered; `seen` are ids of that very moment."""

    id: str
    owner: str
    name: str
    query: dict[str, Any]
    webhook: str | None
    secret: str
    made_at: datetime
    reached: datetime
    seen: tuple[str, ...]
    delivered: int
    failures: int
    problem: str | None
    next_at: datetime


class Desk:
    """The store. Any number of processes and threads may use it. Raises StorageUnwritable where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "desk.sqlite"

    # Folders

    def add_folder(self, owner: str, name: str) -> Collection:
        """A new, empty folder."""
        values = (_name("f"), owner, name, None, _now())
        with self._writing() as db:
            db.execute("INSERT INTO folders VALUES (?, ?, ?, ?, ?)", values)
        return self.folder(values[0], owner=owner)

    def folders(self, owner: str) -> tuple[Collection, ...]:
        """The folders of an owner, newest first."""
        with self._reading() as db:
            rows = db.execute("SELECT * FROM folders WHERE owner = ? ORDER BY made_at DESC, id", (owner,)).fetchall()
            return tuple(_folder(db, row) for row in rows)

    def folder(self, folder_id: str, *, owner: str | None = None, share: str | None = None) -> Collection:
        """A folder of this owner, or one that is shared by this link. Raises NotFound for others' too."""
        with self._reading() as db:
            row = db.execute("SELECT * FROM folders WHERE id = ?", (folder_id,)).fetchone()
            shared = row is not None and row["share"] is not None and share is not None
            if row is None or not (row["owner"] == owner or (shared and secrets.compare_digest(row["share"], share))):
                raise NotFound("there is no such folder", where=folder_id[:100])
            return _folder(db, row)

    def share(self, folder: Collection, *, shared: bool) -> Collection:
        """Makes a link for a folder, or removes it permanently."""
        token = folder.share or secrets.token_urlsafe(16) if shared else None
        with self._writing() as db:
            db.execute("UPDATE folders SET share = ? WHERE id = ?", (token, folder.id))
        return self.folder(folder.id, owner=folder.owner)

    def put(self, folder: Collection, item: str, note: str) -> Collection:
        """Puts a quote or snapshot into a folder, or changes its note."""
        with self._writing() as db:
            statement = (
                "INSERT INTO items SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM items WHERE folder = ?) < ?"
                " ON CONFLICT (folder, item) DO UPDATE SET note = excluded.note"
            )
            db.execute(statement, (folder.id, item, note, _now(), folder.id, MAX_ITEMS))
        return self.folder(folder.id, owner=folder.owner)

    def take(self, folder: Collection, item: str) -> Collection:
        """Takes a quote or snapshot out of a folder."""
        with self._writing() as db:
            db.execute("DELETE FROM items WHERE folder = ? AND item = ?", (folder.id, item))
        return self.folder(folder.id, owner=folder.owner)

    def remove_folder(self, folder: Collection) -> None:
        """Removes a folder; what it held stays in the archive."""
        with self._writing() as db:
            db.execute("DELETE FROM folders WHERE id = ?", (folder.id,))

    # Saved searches

    def add_search(self, owner: str, name: str, query: dict[str, Any], webhook: str | None) -> SavedSearch:
        """Saves a search; its news are what comes from now on."""
        search_id, now = _name("w"), _now()
        values = (search_id, owner, name, json.dumps(query), webhook, secrets.token_urlsafe(32), now, now, now)
        with self._writing() as db:
            db.execute(
                "INSERT INTO searches (id, owner, name, query, webhook, secret, made_at, reached, next_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        return self.search(search_id, owner)

    def searches(self, owner: str) -> tuple[SavedSearch, ...]:
        """The saved searches of an owner, newest first; those whose deliveries fail are among them and say so."""
        with self._reading() as db:
            rows = db.execute("SELECT * FROM searches WHERE owner = ? ORDER BY made_at DESC, id", (owner,)).fetchall()
            return tuple(_search(row) for row in rows)

    def search(self, search_id: str, owner: str) -> SavedSearch:
        """A saved search of this owner. Raises NotFound for others' too."""
        with self._reading() as db:
            row = db.execute("SELECT * FROM searches WHERE id = ? AND owner = ?", (search_id, owner)).fetchone()
        if row is None:
            raise NotFound("there is no such saved search", where=search_id[:100])
        return _search(row)

    def remove_search(self, search: SavedSearch) -> None:
        """Ends a saved search and its deliveries."""
        with self._writing() as db:
            db.execute("DELETE FROM searches WHERE id = ?", (search.id,))

    def due(self, pause: timedelta) -> SavedSearch | None:
        """A search whose news are to be looked for now; nobody else is given it before `pause` is over."""
        now = datetime.now(UTC)
        with self._writing() as db:
            row = db.execute(
                "UPDATE searches SET next_at = ? WHERE id = (SELECT id FROM searches WHERE webhook IS NOT NULL"
                " AND next_at <= ? ORDER BY next_at LIMIT 1) RETURNING *",
                (_text(now + pause), _text(now)),
            ).fetchone()
        return None if row is None else _search(row)

    def delivered(self, search: SavedSearch, *, reached: datetime, seen: tuple[str, ...], count: int) -> None:
        """Notes that everything up to a moment has arrived."""
        statement = (
            "UPDATE searches SET reached = ?, seen = ?, delivered = delivered + ?, failures = 0, problem = NULL"
            " WHERE id = ?"
        )
        with self._writing() as db:
            db.execute(statement, (_text(reached), json.dumps(seen), count, search.id))

    def failed(self, search: SavedSearch, problem: str) -> None:
        """Notes a delivery that failed; it is tried again, later each time, and never given up."""
        pause = min(FIRST_PAUSE * 2 ** min(search.failures, 20), MAX_PAUSE)
        statement = "UPDATE searches SET failures = failures + 1, problem = ?, next_at = ? WHERE id = ?"
        with self._writing() as db:
            db.execute(statement, (problem[:500], _text(datetime.now(UTC) + pause), search.id))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
            try:
                db.row_factory = sqlite3.Row
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA foreign_keys = ON")
                _prepare(db)
                yield db
            finally:
                db.close()
        except (sqlite3.Error, OSError) as error:
            remedy = "Check the archive directory"
            raise StorageUnwritable(f"cannot be used ({error})", where="desk.sqlite", remedy=remedy) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")


def _prepare(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    if db.execute("PRAGMA user_version").fetchone()[0] == 0:
        for statement in filter(str.strip, _SCHEMA.split(";")):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
    db.execute("COMMIT")


def _folder(db: sqlite3.Connection, row: sqlite3.Row) -> Collection:
    items = db.execute("SELECT * FROM items WHERE folder = ? ORDER BY put_at, item", (row["id"],)).fetchall()
    return Collection(
        id=row["id"],
        owner=row["owner"],
        name=row["name"],
        share=row["share"],
        made_at=datetime.fromisoformat(row["made_at"]),
        items=tuple(
            Item(id=each["item"], note=each["note"], put_at=datetime.fromisoformat(each["put_at"])) for each in items
        ),
    )


def _search(row: sqlite3.Row) -> SavedSearch:
    times: dict[str, Any] = {name: datetime.fromisoformat(row[name]) for name in ("made_at", "reached", "next_at")}
    plain = {
        name: row[name] for name in ("id", "owner", "name", "webhook", "secret", "delivered", "failures", "problem")
    }
    return SavedSearch(**plain, **times, query=json.loads(row["query"]), seen=tuple(json.loads(row["seen"])))


def _name(letter: str) -> str:
    return letter + secrets.token_hex(10)


def _now() -> str:
    return _text(datetime.now(UTC))


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")
