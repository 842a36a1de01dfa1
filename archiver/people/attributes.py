"""The administrator's own table of people: a CSV with a column `name` and any others (party, wikidata, gender …).

Its columns are attributes of speakers: shown, filtered and exported as such, and never part of what the archive
asserts. A row counts for every spelling of its name, and for those that somebody joined with it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from archiver.errors import BadQuery, ConfigError
from archiver.speakers.decided import UNDECIDED, JoinedPeople
from archiver.speakers.keys import spelling_keys
from archiver.speakers.names import Likeness

NAME = "name"
MAX_ROWS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """A table of people; empty where the settings name none."""

    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    by_key: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    people: JoinedPeople = UNDECIDED

    def of(self, name: str | None) -> dict[str, str]:
        """The attributes of a speaker, all columns "" where the table does not know the name."""
        row = self._row(name) if name else None
        return {column: (row or {}).get(column, "") for column in self.columns}

    def _row(self, name: str) -> Mapping[str, str] | None:
        names = (name, *self.people.same_as(name))
        places = {place for each in names for key in spelling_keys(each) for place in self.by_key.get(key, ())}
        same = (self.rows[place] for place in sorted(places))
        return next((row for row in same if self.people.likeness(row[NAME], name) is Likeness.SAME), None)

    def names_with(self, wanted: str) -> tuple[str, ...]:
        """The names whose attribute is `column=value`, case aside. Raises BadQuery if there is no such column."""
        column, _, value = wanted.partition("=")
        if column not in self.columns:
            known = f"Choose from {', '.join(self.columns)}" if self.columns else "ONRECORD_PEOPLE is not set"
            raise BadQuery(f"{column!r} is not a column of the table of people", parameter="attribute", remedy=known)
        return tuple(row[NAME] for row in self.rows if (row[column] or "").casefold() == value.casefold())


NO_ATTRIBUTES = Attributes()


def read_attributes(path: Path) -> Attributes:
    """The table in a CSV file (UTF-8, with a heading), read again once it changes. Raises ConfigError."""
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", where=str(path)) from error
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Attributes:
    remedy = "Give a CSV file with a heading, one of its columns called name"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns = tuple(reader.fieldnames or ())
            if NAME not in columns or len(set(columns)) < len(columns):
                raise ConfigError("has no column `name`, or one column twice", where=str(path), remedy=remedy)
            rows = tuple(row for row in reader if (row[NAME] or "").strip())
    except OSError as error:
        raise ConfigError(f"cannot be read ({error.strerror})", where=str(path), remedy=remedy) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise ConfigError(f"is not a CSV file in UTF-8 ({error})", where=str(path), remedy=remedy) from error
    if len(rows) > MAX_ROWS:
        raise ConfigError(f"has more than {MAX_ROWS:,} rows", where=str(path), remedy=remedy)
    keys: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for key in spelling_keys(row[NAME]):
            keys.setdefault(key, []).append(place)
    return Attributes(
        columns=tuple(column for column in columns if column != NAME),
        rows=rows,
        by_key={key: tuple(places) for key, places in keys.items()},
    )
