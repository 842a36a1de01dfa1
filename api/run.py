"""One run of the program: its settings, exit code and errors, the same for every verb.

What only some verbs need is loaded by them: `onrecord --help` needs nothing of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from api import console
from archiver import errors

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.config import Config

EXIT_CODES: dict[type[errors.OnRecordError], int] = {
    errors.OnRecordError: 2,
    errors.ConfigError: 2,
    errors.FetchError: 3,
    errors.AddressRefused: 4,
    errors.RobotsDisallowed: 4,
    errors.TooLarge: 5,
    errors.Unreachable: 3,
    errors.WarcError: 2,
    errors.WarcDamaged: 5,
    errors.NoSuchRecord: 2,
    errors.StorageError: 8,
    errors.StorageFull: 8,
    errors.StorageUnwritable: 8,
    errors.LanguageError: 2,
    errors.SearchError: 9,
    errors.BadQuery: 2,
    errors.IndexUnavailable: 9,
    errors.IndexOutdated: 9,
    errors.QueryTooHeavy: 9,
    errors.NotFound: 2,
    errors.ReadingFailed: 5,
    errors.Withdrawn: 2,
    errors.WithdrawnByLaw: 2,
    errors.KeyRequired: 2,
    errors.Conflict: 2,
}
INCOMPLETE, NOT_INDEXED, DAMAGE_FOUND, INTERRUPTED = 5, 6, 7, 130
WORST_FIRST = (130, 8, 7, 9, 6, 5, 3, 4, 2, 0)


def exit_code(error: errors.OnRecordError) -> int:
    """The exit code of an error: its class's own, else that of the class it is one of."""
    return next(EXIT_CODES[each] for each in type(error).__mro__ if each in EXIT_CODES)


class Run:
    """One run of the program: its settings, and the worst exit code so far."""

    def __init__(self, options: dict[str, str]) -> None:
        self.options = options
        self.code = 0

    @property
    def config(self) -> Config:
        """The settings; ConfigError where one cannot be used."""
        from archiver.config import load

        return load(os.environ, self.options)

    def note(self, code: int) -> None:
        """Keeps the worst of the codes."""
        self.code = min(self.code, code, key=WORST_FIRST.index)

    @contextmanager
    def opened(self, *, writing: bool) -> Iterator[Archive]:
        """The archive, after finishing what an earlier run left undone.

        If the index is unreachable, writing continues without it; reading raises IndexUnavailable or IndexOutdated.
        """
        from api.terminal import keeping
        from archiver.archive import Archive

        with Archive(self.config, create=writing) as archive:
            for found in archive.recovered:
                console.say(keeping.recovered_line(found))
            try:
                for broken in archive.catch_up().broken:
                    console.say(keeping.broken_line(broken))
            except errors.SearchError as error:
                if not writing:
                    raise
                console.say(error.message)
            yield archive

    @contextmanager
    def continue_on_error(self, about: dict[str, str] | None = None) -> Iterator[None]:
        """Says what went wrong with one argument, notes its code and lets the verb continue with the next.

        With `about` a JSON line says it too.
        """
        try:
            yield
        except errors.OnRecordError as error:
            console.say(error.message)
            self.note(exit_code(error))
            if about is not None:
                import orjson

                console.out(orjson.dumps({**about, "snapshots": [], "quotes": 0, "problem": error.message}).decode())
