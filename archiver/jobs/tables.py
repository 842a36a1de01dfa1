"""`jobs.sqlite`: its tables, their versions, and rows as jobs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archiver.errors import OnRecordError, StorageFull, StorageUnwritable
from archiver.jobs.values import Job, JobStatus

_BUSY_SECONDS = 5.0

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL, max_age REAL, status TEXT NOT NULL,
    step TEXT NOT NULL, owner TEXT, tries INTEGER NOT NULL DEFAULT 0, created_at TEXT NOT NULL, started_at TEXT,
    ended_at TEXT, snapshots TEXT NOT NULL DEFAULT '[]', error TEXT, detail TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS jobs_by_status ON jobs (status, number);
"""
_MIGRATIONS = (
    "",  # version 1: as above
    "ALTER TABLE jobs ADD COLUMN file TEXT; ALTER TABLE jobs ADD COLUMN supplied_by TEXT;"
    "ALTER TABLE jobs ADD COLUMN report TEXT;",
    "ALTER TABLE jobs ADD COLUMN private INTEGER NOT NULL DEFAULT 0;",
)
"""What leads from each version of the schema to the next."""


class Database:
    """The database of the queue, brought to this program's version. Raises StorageFull and StorageUnwritable."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self.reading() as db:
            _migrate(db)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection."""
        try:
            db = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                db.row_factory = sqlite3.Row
                db.execute("PRAGMA journal_mode = WAL")
                yield db
            finally:
                db.close()
        except sqlite3.Error as error:
            raise _storage_error(error) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write; its changes come all or not at all, and are durable."""
        with self.reading() as db:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            yield db
            if db.in_transaction:
                db.execute("COMMIT")


def _migrate(db: sqlite3.Connection) -> None:
    """Brings the tables to this program's version, one step at a time; several processes may try at once."""
    db.execute("BEGIN IMMEDIATE")
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version > len(_MIGRATIONS):
        raise StorageUnwritable(
            "was written by a newer version of this program", where="jobs.sqlite", remedy="Update this one"
        )
    statements = [_SCHEMA] if version == 0 else []
    statements += _MIGRATIONS[max(version, 1) :]
    for statement in (each for text in statements for each in text.split(";") if each.strip()):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
    db.execute("COMMIT")


def job_of_token(db: sqlite3.Connection, token: str | None) -> Job | None:
    """The job that was first queued with a token."""
    row = db.execute("SELECT jobs.* FROM tokens JOIN jobs USING (number) WHERE token = ?", (token,)).fetchone()
    return None if row is None else job_from(row)


def job_from(row: Any) -> Job:
    """A row as a job."""
    return Job(
        id=row["id"],
        url=row["url"],
        max_age=None if row["max_age"] is None else timedelta(seconds=row["max_age"]),
        status=JobStatus(row["status"]),
        step=row["step"],
        created_at=datetime.fromisoformat(row["created_at"]),
        ended_at=_time(row["ended_at"]),
        snapshots=tuple(json.loads(row["snapshots"])),
        error=row["error"],
        detail=row["detail"],
        started_at=_time(row["started_at"]),
        tries=row["tries"],
        private=bool(row["private"]),
        file=row["file"],
        supplied_by=row["supplied_by"],
        report=json.loads(row["report"]) if row["report"] else None,
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def written_now() -> str:
    """The time, as rows have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def seconds_of(age: timedelta | None) -> float | None:
    """An age as rows have it."""
    return None if age is None else age.total_seconds()


def _storage_error(error: sqlite3.Error) -> OnRecordError:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return StorageFull("the disk is full", where="jobs.sqlite", remedy="Free some disk space, then try again")
    return StorageUnwritable(f"cannot be used ({error})", where="jobs.sqlite", remedy="Check the archive directory")
