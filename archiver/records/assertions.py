"""What programs and people assert about snapshots, as it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.records.snapshots import Locator
from archiver.records.terms import Act, SpeakerAct


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A text that quotes count in, and the `conversion` record that holds it."""

    digest: str
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that a review sets: the path of the field (`speaker.name`) and its value, None for no value."""

    path: str
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person asserts about a snapshot, or about one quote of it.

    `id` is the id of its record. `by` is the name that the person goes by in public, empty where none was given;
    `role` says in which role. `based_on` are the ids of the assertions that made the state which the person saw.
    """

    id: str
    act: Act
    snapshot_id: str
    quote_id: str | None
    at: datetime
    by: str
    role: str
    reason: str
    based_on: tuple[str, ...]
    legal: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerDecision:
    """What a person asserts about speakers: that `names` and `others`, all as printed, are one person's or two's.

    `id` is the id of its record. `by` is the name that the person goes by in public, empty where none was given.
    """

    id: str
    act: SpeakerAct
    names: tuple[str, ...]
    others: tuple[str, ...]
    at: datetime
    by: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssertion:
    """Where an assertion about a snapshot is: an extraction (`act` None) or a person's decision."""

    id: str
    at: datetime
    locator: Locator
    act: Act | None = None
    based_on: tuple[str, ...] = ()
