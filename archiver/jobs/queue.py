"""The queue of captures requested from a server, and the thread that works on it.

Each server has one thread that takes jobs, one at a time. Several servers may work on one queue: a job belongs to who
wrote its name into it, and that server holds a lock on a file of its own as long as it lives, so that no clock has to
be trusted. Jobs of a server that is gone go back into the queue, and fail after the third time. A job stays as long as
the archive.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from archiver.errors import NotFound, OnRecordError, SearchError
from archiver.fetch.gate import Gate
from archiver.jobs.owners import is_gone, lock_path, own_lock, random_name
from archiver.jobs.tables import Database, job_from, job_of_token, seconds_of, written_now
from archiver.jobs.values import Job, JobStatus
from archiver.records import Visibility

if TYPE_CHECKING:
    from archiver.archive import Archive, Outcome


CAPACITY = 600  # jobs that may wait: a list of 500 addresses, and some
TRIES = 3  # servers that may end in the middle of a job before it is given up
IDLE_SECONDS = 2.0  # between two looks for jobs that other servers were given or left behind
STOP_SECONDS = 5.0  # for the current job when the server stops

_log = logging.getLogger(__name__)


class Jobs:
    """The queue of an archive, and this server's thread that works on it within `with`. Thread-safe.

    Methods raise StorageFull or StorageUnwritable where `jobs.sqlite` cannot be written.
    """

    def __init__(self, archive: Archive, *, capacity: int = CAPACITY) -> None:
        self._archive = archive
        self._capacity = capacity
        self._gate = Gate(archive.config.fetch_allow)
        self._path = archive.config.archive / "jobs.sqlite"
        self._database = Database(self._path)
        self._owner = random_name("w")
        self._behind = True
        self._ending = threading.Event()
        self._wake = threading.Event()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="onrecord-jobs", daemon=True)

    def __enter__(self) -> Self:
        self._lock = own_lock(lock_path(self._path, self._owner))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Ends the thread; a job that does not come to its end in time goes back into the queue."""
        self._ending.set()
        self._wake.set()
        self._thread.join(STOP_SECONDS)
        with self._database.writing() as db:
            back = "UPDATE jobs SET status = 'queued', step = 'waiting', owner = NULL, tries = tries - 1"
            db.execute(f"{back} WHERE owner = ? AND status = 'running'", (self._owner,))
        self._lock.close()
        lock_path(self._path, self._owner).unlink(missing_ok=True)

    def submit(
        self, url: str, max_age: timedelta | None = None, *, token: str | None = None, private: bool = False
    ) -> Job | None:
        """Queues the capture of a URL; None where too many are waiting.

        A job for the same URL that still waits is returned again; the same `token` always returns the job first queued
        with it, for any URL. Where `max_age` is given and the archive has a capture that is no older (a private one
        counts for a private one alone), the job is done at once. Raises AddressRefused.
        """
        self._gate.target(url)
        fresh = self._fresh(url, max_age, private=private)
        with self._database.writing() as db:
            job = job_of_token(db, token)
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
        with self._database.writing() as db:
            if not self._has_room(db):
                return None
            statement = (
                "INSERT INTO jobs (id, url, created_at, status, step, file, supplied_by)"
                " VALUES (?, ?, ?, 'queued', 'waiting', ?, ?) RETURNING *"
            )
            job = job_from(db.execute(statement, (random_name("j"), name, written_now(), str(file), by)).fetchone())
        self._wake.set()
        return job

    def job(self, job_id: str) -> Job:
        """A job by its id. Raises NotFound."""
        with self._database.reading() as db:
            row = db.execute("SELECT * FROM jobs WHERE id = ?", (job_id,)).fetchone()
        if row is None:
            raise NotFound("there is no such job", where=job_id[:100])
        return job_from(row)

    def wait(self, job_id: str, seconds: float) -> Job:
        """The job as soon as it has ended, or as it is after this many seconds. Raises NotFound."""
        end = time.monotonic() + seconds
        while not (job := self.job(job_id)).ended and (left := end - time.monotonic()) > 0:
            with self._changed:
                self._changed.wait(min(left, 0.2))
        return job

    def counts(self) -> dict[JobStatus, int]:
        """How many jobs there are of each status."""
        with self._database.reading() as db:
            found = dict(db.execute("SELECT status, count(*) FROM jobs GROUP BY status").fetchall())
        return {status: found.get(status.value, 0) for status in JobStatus}

    @property
    def working(self) -> bool:
        """Whether this server's thread takes jobs."""
        return self._thread.is_alive() and not self._ending.is_set()

    def _fresh(self, url: str, max_age: timedelta | None, *, private: bool) -> tuple[str, ...]:
        if max_age is None:
            return ()
        since = datetime.now(UTC) - max_age
        rows = (row.snapshot for row in self._archive.captures(url) if private or row.visibility is Visibility.PUBLIC)
        return tuple(row.id for row in rows if row.requested_url == url and row.captured_at >= since)[-1:]

    def _waiting(self, db: sqlite3.Connection, url: str, max_age: timedelta | None, private: bool) -> Job | None:
        same = "SELECT * FROM jobs WHERE url = ? AND max_age IS ? AND private = ? AND status = 'queued'"
        row = db.execute(same, (url, seconds_of(max_age), private)).fetchone()
        return None if row is None else job_from(row)

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
        at = written_now()
        state = (JobStatus.DONE.value, "already held", at) if fresh else (JobStatus.QUEUED.value, "waiting", None)
        statement = (
            "INSERT INTO jobs (id, url, max_age, created_at, status, step, ended_at, snapshots, private)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *"
        )
        values = (random_name("j"), url, seconds_of(max_age), at, *state, json.dumps(fresh), private)
        return job_from(db.execute(statement, values).fetchone())

    def _work(self) -> None:
        """The thread: finishes what an earlier run left undone, then takes jobs until the server ends."""
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
        with self._database.writing() as db:
            row = db.execute(statement, (self._owner, written_now())).fetchone()
        return None if row is None else job_from(row)

    def _run(self, job: Job) -> None:
        try:
            outcome = self._outcome(job)
        except OnRecordError as error:
            self._end(job, error=type(error).__name__, detail=_message_of(error))
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
        with self._database.writing() as db:
            db.execute("UPDATE jobs SET report = ? WHERE id = ?", (json.dumps(_report(outcome)), job.id))
        return outcome

    def _end_well(self, job: Job, outcome: Outcome) -> None:
        kept = tuple(each.snapshot.id for each in outcome.kept)
        self._behind = self._behind or not outcome.indexed
        if outcome.problem is not None:
            self._end(job, kept, error=type(outcome.problem).__name__, detail=_message_of(outcome.problem))
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
        values = (status.value, step, written_now(), json.dumps(kept), error, detail, job.id, self._owner)
        with self._database.writing() as db:
            db.execute(statement, values)
        with self._changed:
            self._changed.notify_all()

    def _adopt(self) -> None:
        """Puts the jobs of servers that are gone back into the queue."""
        with self._database.reading() as db:
            rows = db.execute("SELECT DISTINCT owner FROM jobs WHERE status = 'running'").fetchall()
        for owner in (row[0] for row in rows):
            lock = lock_path(self._path, owner)
            if owner != self._owner and is_gone(lock):
                self._take_over(owner)
                lock.unlink(missing_ok=True)

    def _take_over(self, owner: str) -> None:
        given_up = f"The server ended {TRIES} times in the middle of it"
        with self._database.writing() as db:
            db.execute(
                "UPDATE jobs SET status = 'failed', ended_at = ?, error = ?, detail = ?"
                " WHERE owner = ? AND status = 'running' AND tries >= ?",
                (written_now(), OnRecordError.__name__, given_up, owner, TRIES),
            )
            back = "UPDATE jobs SET status = 'queued', step = 'waiting', owner = NULL"
            db.execute(f"{back} WHERE owner = ? AND status = 'running'", (owner,))
        self._wake.set()


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


def _age_allowed(job: Job) -> timedelta | None:
    """How old a capture may be; one from an earlier, interrupted try is this job's own."""
    if job.tries < 2 or job.started_at is None:
        return job.max_age
    since_start = datetime.now(UTC) - job.started_at
    return max(since_start, job.max_age or since_start)


def _message_of(error: OnRecordError) -> str:
    return f"{error.what}. {error.remedy}" if error.remedy else error.what
