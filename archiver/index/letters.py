"""Documents that the index refused for good: a list beside the index, which `verify` shows and `rebuild` clears.

A refused document never stops what comes after it, and is always reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import orjson

from archiver.records import Refused
from archiver.values import Malformed, from_plain, to_plain


@dataclass(frozen=True, slots=True)
class Letters:
    """The list in one file, a JSON line each."""

    path: Path

    def add(self, refused: Iterable[Refused]) -> None:
        """Appends to the list."""
        lines = b"".join(orjson.dumps(to_plain(each), option=orjson.OPT_APPEND_NEWLINE) for each in refused)
        if lines:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                file.write(lines)

    def all(self) -> tuple[Refused, ...]:
        """The list, each document once; a line that was cut off is passed over."""
        found: dict[tuple[str, str], Refused] = {}
        with suppress(FileNotFoundError):
            for line in self.path.read_bytes().splitlines():
                with suppress(orjson.JSONDecodeError, Malformed):
                    refused = from_plain(Refused, orjson.loads(line))
                    found[refused.index, refused.id] = refused
        return tuple(found.values())

    def become(self, other: Letters) -> None:
        """Makes the other list this one."""
        if other.path.exists():
            other.path.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)

    def delete(self) -> None:
        """Forgets the list."""
        self.path.unlink(missing_ok=True)
