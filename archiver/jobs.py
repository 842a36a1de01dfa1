"""The queue of captures requested from a server, kept in `jobs.sqlite` of the archive's folder.

Each server has one thread that takes jobs, one at a time. Several servers may work on one queue: a job belongs to who
wrote its name into it, and that server holds a lock on a file of its own as long as it lives, so that no clock has to
be trusted. Jobs of a server that is gone are taken up again, and given up after the third time. A job stays as long as
the archive.
"""

from __future__ import annotations

import fcntl
import json
import logging
import secrets
import sqlite3
import threading
import time
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from archiver.errors import NotFound, OnRecordError, SearchError, StorageFull, StorageUnwritable
from archiver.fetch.gate import Gate

if TYPE_CHECKING:
    from archiver.archive import Archive, Outcome

CAPACITY = 600  # jobs that may wait: a list of 500 addresses, and some
TRIES = 3  # servers that may end in the middle of a job before it is given up
IDLE_SECONDS = 2.0  # between two looks for jobs that other servers were given or left behind
STOP_SECONDS = 5.0  # for the current job when the server stops
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

_log = logging.getLogger(__name__)


class JobStatus(StrEnum):
    """The state of a requested capture."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A capture that was requested. `error` is the class name of what stopped it, `detail` says it to a person.

    `snapshots` are the ids of what was kept, redirect hops in order, also where something went wrong after them. Of an
    import `url` is the name of its file, `file` where it waits, `supplied_by` who sent it, `report` what was noticed.
    """

    id: str
    url: str
    max_age: timedelta | None
    status: JobStatus
    step: str
    created_at: datetime
    ended_at: datetime | None = None
    snapshots: tuple[str, ...] = ()
    error: str | None = None
    detail: str | None = None
    started_at: datetime | None = None
    tries: int = 0
    file: str | None = None
    supplied_by: str | None = None
    report: dict[str, Any] | None = None
    private: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.status in {JobStatus.DONE, JobStatus.FAILED}


class Jobs:
    """The queue of an archive, and this server's thread that works on it within `with`. Thread-safe.

    Methods raise StorageFull or StorageUnwritable where `jobs.sqlite` cannot be written.
    """

    def __init__(self, archive: Archive, *, capacity: int = CAPACITY) -> None:
        self._archive = archive
        self._capacity = capacity
        self._gate = Gate(archive.config.fetch_allow)
        self._path = archive.config.archive / "jobs.sqlite"
        self._owner = _random_name("w")
        self._behind = True
        self._ending = threading.Event()
        self._wake = threading.Event()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="onrecord-jobs", daemon=True)
        with self._reading() as db:
            _migrate(db)

    def __enter__(self) -> Self:
        self._lock = _own_lock(_lock_path(self._path, self._owner))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends the thread; a job that does not come to its end in time goes back into the queue."""
        self._ending.set()
        self._wake.set()
        self._thread.join(STOP_SECONDS)
        with self._writing() as db:
            back = "UPDATE jobs SET status = 'queued', step = 'waiting', owner = NULL, tries = tries - 1"
            db.execute(f"{back} WHERE owner = ? AND status = 'running'", (self._owner,))
        self._lock.close()
        _lock_path(self._path, self._owner).unlink(missing_ok=True)

    def submit(
        self, url: str, max_age: timedelta | None = None, *, token: str | None = None, private: bool = False
    ) -> Job | None:
        """Queues the capture of a URL; None where too many are waiting.

        A job for the same URL that still waits is returned again; the same `token` always returns the job first queued
        with it, for any URL. Where `max_age` is given and the archive has a capture
        that is no older, the job is done at once. Raises AddressRefused.
        """
        self._gate.target(url)
        fresh = self._fresh(url, max_age)
        with self._writing() as db:
            job = _job_of_token(db, token)
            if job is None and not fresh:
                job = self._waiting(db, url, max_age, private)
            if job is None and (fresh or self._has_room(db)):
                job = self._insert(db, url, max_age, fresh, private)
            if job is not None and token is not None:
                noted = "INSERT OR IGNORE INTO tokens SELECT ?, number FROM jobs WHERE id = ?"
                db.execute(noted, (token, job.id))
        self._wake.set()
        return job

    def submit_import(self, file: Path, *, name: str, by: str) -> Job | None:
        """Queues the import of a file, which is deleted when it is in; None where too many are waiting."""
        with self._writing() as db:
            if not self._has_room(db):
                return None
            statement = (
                "INSERT INTO jobs (id, url, created_at, status, step, file, supplied_by)"
                " VALUES (?, ?, ?, 'queued', 'waiting', ?, ?) RETURNING *"
            )
            job = _job(db.execute(statement, (_random_name("j"), name, _now(), str(file), by)).fetchone())
        self._wake.set()
        return job

    def job(self, job_id: str) -> Job:
        """A job by its id. Raises NotFound."""
        with self._reading() as db:
            row = db.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise NotFound("there is no such job", where=job_id[:100])
        return _job(row)

    def wait(self, job_id: str, seconds: float) -> Job:
        """The job as soon as it has ended, or as it is after so many seconds. Raises NotFound."""
        end = time.monotonic() + seconds
        while not (job := self.job(job_id)).ended and (left := end - time.monotonic()) > 0:
            with self._changed:
                self._changed.wait(min(left, 0.2))
        return job

    def counts(self) -> dict[JobStatus, int]:
        """How many jobs there are of each status."""
        with self._reading() as db:
            found = dict(db.execute("SELECT status, count(*) FROM jobs GROUP BY status").fetchall())
        return {status: found.get(status.value, 0) for status in JobStatus}

    @property
    def working(self) -> bool:
        """Whether this server's thread takes jobs."""
        return self._thread.is_alive() and not self._ending.is_set()

    def _fresh(self, url: str, max_age: timedelta | None) -> tuple[str, ...]:
        if max_age is None:
            return ()
        since = datetime.now(UTC) - max_age
        rows = (row.snapshot for row in self._archive.captures(url))
        return tuple(row.id for row in rows if row.requested_url == url and row.captured_at >= since)[-1:]

    def _waiting(self, db: sqlite3.Connection, url: str, max_age: timedelta | None, private: bool) -> Job | None:
        same = "SELECT * FROM jobs WHERE url = ? AND max_age IS ? AND private = ? AND status = 'queued'"
        row = db.execute(same, (url, _seconds(max_age), private)).fetchone()
        return None if row is None else _job(row)

    def _has_room(self, db: sqlite3.Connection) -> bool:
        waiting: int = db.execute("SELECT count(*) FROM jobs WHERE status = 'queued'").fetchone()[0]
        return waiting < self._capacity

    def _insert(
        self,
        db: sqlite3.Connection,
        url: str,
        max_age: timedelta | None,
        fresh: tuple[str, ...],
        private: bool,
    ) -> Job:
        now = _now()
        state = (JobStatus.DONE.value, "already held", now) if fresh else (JobStatus.QUEUED.value, "waiting", None)
        statement = (
            "INSERT INTO jobs (id, url, max_age, created_at, status, step, ended_at, snapshots, private)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *"
        )
        values = (_random_name("j"), url, _seconds(max_age), now, *state, json.dumps(fresh), private)
        return _job(db.execute(statement, values).fetchone())

    def _work(self) -> None:
        """The thread: takes up what an earlier run left, then jobs until the server ends."""
        while not self._ending.is_set():
            try:
                self._catch_up()
                job = self._claim()
                if job is not None:
                    self._run(job)
                    continue
                self._adopt()
            except OnRecordError:
                _log.exception("the queue of captures cannot be used now")
            self._wake.wait(IDLE_SECONDS)
            self._wake.clear()

    def _catch_up(self) -> None:
        """Indexes what is kept and not yet indexed, once the index answers."""
        if self._behind:
            try:
                self._archive.catch_up()
                self._behind = False
            except SearchError as error:
                _log.warning("saved records cannot be indexed now: %s", error)

    def _claim(self) -> Job | None:
        """Takes the job that waits longest, so that nobody else does."""
        statement = (
            "UPDATE jobs SET status = 'running', step = 'capturing', owner = ?, tries = tries + 1,"
            " started_at = coalesce(started_at, ?) WHERE status = 'queued' AND number ="
            " (SELECT min(number) FROM jobs WHERE status = 'queued') RETURNING *"
        )
        with self._writing() as db:
            row = db.execute(statement, (self._owner, _now())).fetchone()
        return None if row is None else _job(row)

    def _run(self, job: Job) -> None:
        try:
            outcome = self._outcome(job)
        except OnRecordError as error:
            self._end(job, error=type(error).__name__, detail=_told(error))
        except Exception:  # noqa: BLE001 - the thread must live on; the log has it all
            _log.exception("job %s failed", job.id)
            self._end(
                job, error=OnRecordError.__name__, detail="Internal server error; the server's log has the details"
            )
        else:
            self._end_well(job, outcome)

    def _outcome(self, job: Job) -> Outcome:
        if job.file is None:
            return self._archive.capture(job.url, max_age=_age_allowed(job), assets=True, private=job.private)
        try:
            outcome = self._archive.add(Path(job.file), by=job.supplied_by)
        finally:
            if not self._ending.is_set():
                Path(job.file).unlink(missing_ok=True)
        with self._writing() as db:
            db.execute("UPDATE jobs SET report = ? WHERE id = ?", (json.dumps(_report(outcome)), job.id))
        return outcome

    def _end_well(self, job: Job, outcome: Outcome) -> None:
        kept = tuple(each.snapshot.id for each in outcome.kept)
        self._behind = self._behind or not outcome.indexed
        if outcome.problem is not None:
            self._end(job, kept, error=type(outcome.problem).__name__, detail=_told(outcome.problem))
        else:
            self._end(job, kept, step="indexed" if outcome.indexed else "kept, not yet indexed")

    def _end(
        self,
        job: Job,
        kept: tuple[str, ...] = (),
        *,
        step: str = "capturing",
        error: str | None = None,
        detail: str | None = None,
    ) -> None:
        """Writes how the job ended, unless it was taken from us in the meantime."""
        status = JobStatus.FAILED if error else JobStatus.DONE
        statement = (
            "UPDATE jobs SET status = ?, step = ?, ended_at = ?, snapshots = ?, error = ?, detail = ?"
            " WHERE id = ? AND owner = ? AND status = 'running'"
        )
        values = (status.value, step, _now(), json.dumps(kept), error, detail, job.id, self._owner)
        with self._writing() as db:
            db.execute(statement, values)
        with self._changed:
            self._changed.notify_all()

    def _adopt(self) -> None:
        """Takes up what servers that are gone left behind."""
        with self._reading() as db:
            rows = db.execute("SELECT DISTINCT owner FROM jobs WHERE status = 'running'").fetchall()
        for owner in (row[0] for row in rows):
            lock = _lock_path(self._path, owner)
            if owner != self._owner and _is_gone(lock):
                self._take_over(owner)
                lock.unlink(missing_ok=True)

    def _take_over(self, owner: str) -> None:
        given_up = f"The server ended {TRIES} times in the middle of it"
        with self._writing() as db:
            db.execute(
                "UPDATE jobs SET status = 'failed', ended_at = ?, error = ?, detail = ?"
                " WHERE owner = ? AND status = 'running' AND tries >= ?",
                (_now(), OnRecordError.__name__, given_up, owner, TRIES),
            )
            back = "UPDATE jobs SET status = 'queued', step = 'waiting', owner = NULL"
            db.execute(f"{back} WHERE owner = ? AND status = 'running'", (owner,))
        self._wake.set()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
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
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write; its changes come all or not at all, and are durable."""
        with self._reading() as db:
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


def _report(outcome: Outcome) -> dict[str, Any]:
    """What an import noticed, by record type and reason, as `add` says it."""
    report = outcome.report
    if report is None:
        return {}
    return {
        "already": report.already,
        "skipped": [
            {"type": kind, "reason": why, "count": count} for (kind, why), count in sorted(report.skipped.items())
        ],
        "not_snapshots": [{"type": kind, "count": count} for kind, count in sorted(report.passed_over.items())],
        "tolerated": [{"what": what, "count": count} for what, count in sorted(report.quirks.items())],
        "damage": [{"offset": each.offset, "length": each.length, "what": each.what} for each in report.damage],
        "remarks": list(report.remarks),
    }


def _job_of_token(db: sqlite3.Connection, token: str | None) -> Job | None:
    row = db.execute("SELECT jobs.* FROM tokens JOIN jobs USING (number) WHERE token = ?", (token,)).fetchone()
    return None if row is None else _job(row)


def _age_allowed(job: Job) -> timedelta | None:
    """How old a capture may be; one from an earlier, interrupted try is this job's own."""
    if job.tries < 2 or job.started_at is None:
        return job.max_age
    since_start = datetime.now(UTC) - job.started_at
    return max(since_start, job.max_age or since_start)


def _told(error: OnRecordError) -> str:
    return f"{error.what}. {error.remedy}" if error.remedy else error.what


def _job(row: Any) -> Job:
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _seconds(age: timedelta | None) -> float | None:
    return None if age is None else age.total_seconds()


def _random_name(letter: str) -> str:
    """A letter and 20 characters of base32: 100 random bits."""
    return letter + b32encode(secrets.token_bytes(13)).decode("ascii").lower()[:20]


def _lock_path(database: Path, owner: str) -> Path:
    return database.with_name(f"{database.name}-{owner}.lock")


def _own_lock(path: Path) -> Any:
    """A locked file that only this process has; the system lets go of it when the process ends, however it ends."""
    try:
        held = path.open("x")
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise StorageUnwritable(f"cannot be locked ({error.strerror})", where=str(path)) from error
    return held


def _is_gone(path: Path) -> bool:
    """Whether nobody holds the lock."""
    try:
        with path.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


def _storage_error(error: sqlite3.Error) -> OnRecordError:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return StorageFull("the disk is full", where="jobs.sqlite", remedy="Free some disk space, then try again")
    return StorageUnwritable(f"cannot be used ({error})", where="jobs.sqlite", remedy="Check the archive directory")
