"""Everything that can go wrong, as one tree.

Each error stores its facts and builds its message: what, where, what to do.

    OnRecordError
    ├── ConfigError
    ├── FetchError
    │   ├── AddressRefused
    │   ├── RobotsDisallowed
    │   ├── TooLarge
    │   └── Unreachable
    ├── WarcError
    │   ├── WarcDamaged
    │   └── NoSuchRecord
    ├── StorageError
    │   ├── StorageFull
    │   └── StorageUnwritable
    ├── LanguageError
    ├── SearchError
    │   ├── BadQuery
    │   ├── QueryTooHeavy
    │   ├── IndexUnavailable
    │   └── IndexOutdated
    ├── NotFound
    ├── ReadingFailed
    ├── Withdrawn
    │   └── WithdrawnByLaw
    ├── KeyRequired
    └── Conflict

HTTP statuses are known to api/errors.py alone, exit codes to api/run.py alone.
"""

from __future__ import annotations

from datetime import datetime


class OnRecordError(Exception):
    """The root. `what` happened, `where` (a URL, a file, a setting), and the `remedy`: what to do next."""

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """One line for a person: `where: what. remedy`."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.remedy}" if self.remedy else head

    def __str__(self) -> str:
        return self.message


class ConfigError(OnRecordError):
    """A setting is unknown or has a value that cannot be used."""


class FetchError(OnRecordError):
    """A page could not be fetched."""


class AddressRefused(FetchError):
    """The URL, or an address its name resolves to, may not be fetched."""


class RobotsDisallowed(FetchError):
    """The site's robots.txt asks not to fetch this URL."""


class TooLarge(FetchError):
    """The answer passed the size limit; what came before the limit is kept."""


class Unreachable(FetchError):
    """No usable answer was received: no name, no connection, no HTTP, or not in time."""


class WarcError(OnRecordError):
    """A WARC file or record cannot be read."""


class WarcDamaged(WarcError):
    """Bytes of a WARC file are not what they should be. `offset` is the byte offset in the file, where known."""

    def __init__(
        self, what: str, *, where: str | None = None, remedy: str | None = None, offset: int | None = None
    ) -> None:
        self.offset = offset
        super().__init__(what if offset is None else f"{what} (at byte {offset})", where=where, remedy=remedy)


class NoSuchRecord(WarcError):
    """There is no record at the place where one is said to be."""


class StorageError(OnRecordError):
    """The archive's folder could not be written."""


class StorageFull(StorageError):
    """The disk or quota is full."""


class StorageUnwritable(StorageError):
    """The folder is read-only, not ours, or held by another process."""


class LanguageError(OnRecordError):
    """A language pack is malformed, or there is none for the language."""


class SearchError(OnRecordError):
    """A search could not be answered."""


class BadQuery(SearchError):
    """A parameter, cursor or date of the query is malformed. `parameter` names it."""

    def __init__(self, what: str, *, parameter: str | None = None, remedy: str | None = None) -> None:
        self.parameter = parameter
        super().__init__(what, where=parameter, remedy=remedy)


class QueryTooHeavy(SearchError):
    """A search took longer than it may."""

    def __init__(self, seconds: float, *, remedy: str | None = None) -> None:
        self.seconds = seconds
        super().__init__(f"the search took longer than {seconds:g} s", remedy=remedy)


class IndexUnavailable(SearchError):
    """The index does not answer."""


class IndexOutdated(SearchError):
    """The index has another shape than this program's; `onrecord rebuild` rebuilds it."""


class NotFound(OnRecordError):
    """There is nothing under this id, URL or file name."""


class ReadingFailed(OnRecordError):
    """A page or text could not be read: it took too much, or our own program failed."""


class Withdrawn(OnRecordError):
    """A quote or snapshot was withdrawn `at` a time, for a `reason`, by somebody in a `role`."""

    def __init__(self, at: datetime, *, reason: str, role: str, erased: bool = False, where: str | None = None) -> None:
        self.at = at
        self.reason = reason
        self.role = role
        self.erased = erased
        what = "erased" if erased else "withdrawn"
        super().__init__(f"{what} on {at:%Y-%m-%d} by the {role}: {reason}", where=where)


class WithdrawnByLaw(Withdrawn):
    """The same, as required by law or a court order."""


class KeyRequired(OnRecordError):
    """Only those with a key of the archive may read this."""


class Conflict(OnRecordError):
    """What was to be changed is not any more as the caller saw it."""
