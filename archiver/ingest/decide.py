"""What people decide about quotes and snapshots: checked, stored as assertions, indexed.

A decision covers other captures of the same page too (`ingest.covered`), each by a decision of its own, so that the
records of a snapshot alone say what holds of it. Later snapshots inherit it (`ingest.inherited`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from archiver.annotations import Decided
from archiver.errors import BadQuery, NotFound, WarcError
from archiver.index.protocol import Index
from archiver.ingest.covered import covered
from archiver.ingest.fold import REVIEWABLE, heads, in_order, newest_extraction
from archiver.ingest.index import index_assertions
from archiver.ingest.store import assert_decisions, stored_decision, stored_extraction
from archiver.records import (
    Act,
    Change,
    Decision,
    Entry,
    Kind,
    Polarity,
    Quote,
    Review,
    SnapshotEntry,
)
from archiver.viewer import withdrawn
from archiver.warcs.files import Folder
from archiver.warcs.writer import Writer, new_record_id

MAX_TEXT = 500
"""Characters of a name or role that a review gives."""

MAX_REASON = 2000
"""Characters of a reason."""

_ENUMS: dict[str, type[StrEnum]] = {"kind": Kind, "polarity": Polarity, "review": Review}


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who decides: the name that is shown in public, empty for none, and the role."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideContext:
    """What deciding needs: the archive's folder, its index, and the writer of assertions."""

    folder: Folder
    index: Index
    assertions: Callable[[], Writer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be decided: about a whole snapshot, or about one quote of it."""

    act: Act
    author: Author
    reason: str
    quote_id: str | None = None
    changes: tuple[Change, ...] = ()
    legal: bool = False


def decide(context: DecideContext, row: SnapshotEntry, wish: Wish) -> Decision:
    """Stores a decision and indexes it: durable when this returns. Raises BadQuery, StorageError, SearchError."""
    decided = [decided_about(row, wish, wish.changes)]
    if wish.act is not Act.REVIEW:
        for other in covered(context.index, row, wish.act):
            decided += [decided_about(other, each, ()) for each in _about_other(context.folder, row, wish, other)]
    locators = assert_decisions(decided, context.assertions())
    index_assertions(context.folder, context.index, sorted({locator.warc for locator in locators}))
    context.index.refresh()
    return decided[0].decision


def _about_other(folder: Folder, row: SnapshotEntry, wish: Wish, other: SnapshotEntry) -> Iterator[Wish]:
    """The wish about another capture of the page: all of it, or where it is about a quote, the same words there."""
    if wish.quote_id is None:
        yield wish
        return
    words = {quote.text for quote in program_quotes(folder, row) if quote.id == wish.quote_id}
    for quote in program_quotes(folder, other):
        if quote.text in words:
            yield replace(wish, quote_id=quote.id)


def program_quotes(folder: Folder, row: SnapshotEntry) -> tuple[Quote, ...]:
    """The quotes of the newest extraction as the program made it, without people's decisions; none if it is damaged."""
    newest = newest_extraction(row.assertions)
    try:
        return () if newest is None else stored_extraction(folder, newest).quotes
    except WarcError:  # which `verify` reports
        return ()


def decided_about(row: SnapshotEntry, wish: Wish, changes: tuple[Change, ...]) -> Decided:
    """A decision about a snapshot, with what is to be remembered of it. Raises BadQuery."""
    return Decided(row.snapshot, _decision(row, replace(wish, changes=changes), checked_reason(wish.reason)))


def _decision(row: SnapshotEntry, wish: Wish, reason: str) -> Decision:
    return Decision(
        id=new_record_id(),
        act=wish.act,
        snapshot_id=row.snapshot.id,
        quote_id=wish.quote_id,
        at=_now_after(row),
        by=wish.author.name,
        role=wish.author.role,
        reason=reason,
        based_on=heads(row.assertions),
        legal=wish.legal,
        changes=wish.changes,
    )


def _now_after(row: SnapshotEntry) -> datetime:
    """Our own clock's time, but later than everything asserted before."""
    newest = max((each.at for each in row.assertions), default=None)
    now = datetime.now(UTC)
    return now if newest is None else max(now, newest + timedelta(microseconds=1))


def checked_reason(reason: str) -> str:
    """The reason without spaces around it. Raises BadQuery where it is missing or too long."""
    kept = reason.strip()
    if not kept or len(kept) > MAX_REASON or _has_controls(kept):
        raise BadQuery(f"must be text of 1 to {MAX_REASON} characters", parameter="reason")
    return kept


def changes_of(values: Mapping[str, Any], quote: Quote) -> tuple[Change, ...]:
    """A review as changes: `values` has paths (`speaker.name`) and their new values, None for no value.

    Who confirms or disputes without further values speaks of what the quote says now, so that this is kept with it: a
    later extraction that says something else does not inherit the confirmation. Raises BadQuery naming the path.
    """
    for path in values:
        if path not in REVIEWABLE:
            raise BadQuery("cannot be reviewed", parameter=path, remedy=f"Known are {', '.join(REVIEWABLE)}")
    if not values:
        raise BadQuery("no change is given", parameter="review", remedy=f"Give {', '.join(REVIEWABLE)}")
    kept = {path: _checked(path, value) for path, value in values.items()}
    corrected = set(kept) - {"review"}
    if "review" not in kept:
        kept["review"] = Review.CORRECTED.value
    if kept["review"] == Review.CONFIRMED and corrected:
        raise BadQuery("a review with changes must be a correction", parameter="review")
    if kept["review"] == Review.CORRECTED and not corrected:
        raise BadQuery("a correction must include a change", parameter="review")
    if kept["review"] == Review.CONFIRMED:
        kept |= {path: _current(quote, path) for path in REVIEWABLE if path != "review"}
    return tuple(Change(path=path, value=kept[path]) for path in REVIEWABLE if path in kept)


def _current(quote: Quote, path: str) -> str | None:
    if path.startswith("speaker."):
        value: str | None = getattr(quote.speaker, path.removeprefix("speaker."))
        return value
    if path == "said_on":
        return quote.said_on.value
    return str(getattr(quote, path))


def _checked(path: str, value: Any) -> str | None:
    if path in _ENUMS:
        known = [str(each) for each in _ENUMS[path]]
        if value not in known:
            raise BadQuery(f"is not one of {', '.join(known)}", parameter=path)
        return str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadQuery("is not text", parameter=path)
    if path == "said_on":
        return _checked_day(value)
    kept = value.strip()
    if not kept or len(kept) > MAX_TEXT or _has_controls(kept):
        raise BadQuery(f"must be text of 1 to {MAX_TEXT} characters; null means there is none", parameter=path)
    return kept


def _checked_day(value: str) -> str:
    if re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", value, re.ASCII):
        return value
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadQuery("is not a day such as 2026-11-10, nor a month or year", parameter="said_on") from None


def _has_controls(text: str) -> bool:
    return any(not char.isprintable() and char != "\n" for char in text)


def about(wish: Wish, found: Entry | SnapshotEntry) -> Wish:
    """The wish, about the quote or snapshot that was found. Raises BadQuery where that cannot be decided about it."""
    if isinstance(found, SnapshotEntry):
        if wish.act is Act.REVIEW:
            raise BadQuery("is not a quote; only quotes can be reviewed", parameter="id")
        return wish
    if wish.act not in {Act.REVIEW, Act.WITHDRAW, Act.RESTORE}:
        raise BadQuery("is a quote; only snapshots can be released or erased", parameter="id")
    if wish.act is Act.REVIEW and found.quote.withdrawn is not None:
        raise withdrawn(found.quote.withdrawn, found.quote.id or "")
    changes = (
        changes_of({change.path: change.value for change in wish.changes}, found.quote)
        if wish.act is Act.REVIEW
        else ()
    )
    return replace(wish, quote_id=found.quote.id, changes=changes)


def decisions_of(folder: Folder, row: SnapshotEntry, target: str) -> tuple[Decision, ...]:
    """The decisions about a snapshot and all its quotes, or those that concern one quote. Raises WarcError."""
    found = [stored_decision(folder, each) for each in in_order(row.assertions) if each.act is not None]
    if target == row.snapshot.id:
        return tuple(found)
    return tuple(each for each in found if each.quote_id in {None, target})


def by_program(folder: Folder, row: SnapshotEntry, quote_id: str) -> Quote:
    """A quote as the newest extraction has it. Raises NotFound, WarcError."""
    newest = newest_extraction(row.assertions)
    quotes = stored_extraction(folder, newest).quotes if newest else ()
    for quote in quotes:
        if quote.id == quote_id:
            return quote
    raise NotFound("there is no such quote", where=quote_id)
