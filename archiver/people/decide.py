"""Joining and separating speakers: what a person decides is checked, stored as an assertion, and indexed.

Joining says that the spellings of two persons are one person's; separating, that some of a person's spellings are
another person's. Each can be taken back by the other. What is printed, and which quotes have a speaker at all, stays
as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from archiver.annotations import speaker_record
from archiver.errors import BadQuery
from archiver.index.protocol import Index
from archiver.ingest.decide import Author, DecideContext, checked_reason
from archiver.ingest.index import index_assertions
from archiver.people.person import names_like, spellings_of
from archiver.records import SpeakerAct, SpeakerDecision
from archiver.speakers.keys import person_id, spelling_keys
from archiver.warcs.writer import new_record_id

_ID = re.compile(r"p[a-z2-7]{20}")
_ONE_SPELLING = "To say that a quote is somebody else's, review it with that person's full name"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerWish:
    """Who decides about speakers, and why."""

    author: Author
    reason: str


def id_of(speaker: str) -> str:
    """The id that a speaker is given by: itself, or that of a name in full."""
    return speaker if _ID.fullmatch(speaker) else person_id(speaker)


def join(context: DecideContext, seen: Index, speaker: str, other: str, wish: SpeakerWish) -> SpeakerDecision:
    """Makes one person of two, each given by an id or a name; durable when this returns. `seen` is who decides' view.

    Raises NotFound, BadQuery where they are one already, StorageError and SearchError.
    """
    names, others = spellings_of(seen, id_of(speaker)), spellings_of(seen, id_of(other))
    if set(names) & set(others):
        raise BadQuery(f"{other!r} is this person already", parameter="speaker")
    return _store(context, SpeakerAct.JOIN, names, others, wish)


def separate(
    context: DecideContext, seen: Index, speaker: str, spellings: Sequence[str], wish: SpeakerWish
) -> SpeakerDecision:
    """Makes some spellings of a person another person's; durable when this returns. `seen` is who decides' view.

    Raises NotFound, BadQuery where they are none of the person's spellings or all of them, StorageError, SearchError.
    """
    held = spellings_of(seen, id_of(speaker))
    wanted = {id_of(each.strip()) for each in spellings}
    names = tuple(name for name in held if person_id(name) in wanted)
    others = tuple(name for name in held if person_id(name) not in wanted)
    known = f"The spellings are {', '.join(held)}"
    if unknown := sorted(wanted - {person_id(name) for name in held}):
        given = [each for each in spellings if id_of(each.strip()) in unknown]
        raise BadQuery(f"{', '.join(given)!r} is not a spelling of this person", parameter="spellings", remedy=known)
    if not names or not others:
        remedy = _ONE_SPELLING if len(held) == 1 else known
        raise BadQuery("must be some of the person's spellings, not all", parameter="spellings", remedy=remedy)
    return _store(context, SpeakerAct.SEPARATE, names, others, wish)


def _store(
    context: DecideContext, act: SpeakerAct, names: tuple[str, ...], others: tuple[str, ...], wish: SpeakerWish
) -> SpeakerDecision:
    decision = SpeakerDecision(
        id=new_record_id(),
        act=act,
        names=names,
        others=others,
        at=_now_after(context.index.speaker_decisions()),
        by=wish.author.name,
        role=wish.author.role,
        reason=checked_reason(wish.reason),
    )
    (locator,) = context.assertions().append([speaker_record(decision)])
    index_assertions(context.folder, context.index, [locator.warc])
    context.index.refresh()
    return decision


def _now_after(earlier: Sequence[SpeakerDecision]) -> datetime:
    """Our own clock's time, but later than every decision before."""
    now = datetime.now(UTC)
    return max(now, earlier[-1].at + timedelta(microseconds=1)) if earlier else now


def decisions_about(index: Index, seen: Index, speaker: str) -> tuple[SpeakerDecision, ...]:
    """What people decided about a person, oldest first, with the spellings that `seen` has. Raises NotFound.

    A decision of which nothing may be seen on one of its sides is left out.
    """
    ids = set(map(person_id, spellings_of(seen, id_of(speaker))))
    found = []
    for each in index.speaker_decisions():
        if ids & set(map(person_id, (*each.names, *each.others))):
            names, others = _visible(seen, each.names), _visible(seen, each.others)
            if names and others:
                found.append(replace(each, names=names, others=others))
    return tuple(found)


def _visible(seen: Index, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in names_like(seen, spelling_keys(name)))
