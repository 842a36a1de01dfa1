"""A requested capture, and its state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


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
