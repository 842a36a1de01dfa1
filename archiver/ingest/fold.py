"""The state of a snapshot: a fold over its assertions.

The newest extraction by the program says what the page holds; the decisions of people are laid over it, each over the
state that it was based on. A decision comes after those that it refers to, then by time, then by record id, so that the
same assertions give the same state in any order.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archiver.records import (
    Act,
    By,
    Change,
    Decision,
    Extraction,
    ExtractionState,
    Kind,
    Polarity,
    Precision,
    Quote,
    QuoteState,
    Review,
    SaidOn,
    Snapshot,
    Speaker,
    StoredAssertion,
    Tombstone,
    Visibility,
)

_HIDING = {Act.WITHDRAW, Act.RESTORE}
SPEAKER_FIELDS = ("name", "role", "represents")
REVIEWABLE = (*(f"speaker.{name}" for name in SPEAKER_FIELDS), "kind", "polarity", "said_on", "review")
"""The paths that a review may set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What holds of a snapshot now: its extraction with people's decisions laid over it, and who may see it."""

    extraction: Extraction | None
    visibility: Visibility
    withdrawn: Tombstone | None = None


def in_order(assertions: Iterable[StoredAssertion]) -> tuple[StoredAssertion, ...]:
    """Assertions as the fold takes them: each after those it is based on, else by time and id.

    References to what is not there, or in a circle, are passed over.
    """
    there = {each.id: each for each in assertions}
    if len(there) < 2:
        return tuple(there.values())
    waiting = {name: {ref for ref in each.based_on if ref in there and ref != name} for name, each in there.items()}
    ready = [_rank(each) for name, each in there.items() if not waiting[name]]
    heapq.heapify(ready)
    done: dict[str, StoredAssertion] = {}
    while len(done) < len(there):
        if not ready:  # a circle, which no version of this program makes: the earliest breaks it
            ready = [min(_rank(each) for name, each in there.items() if name not in done)]
        name = heapq.heappop(ready)[1]
        if name in done:
            continue
        done[name] = there[name]
        for other, refs in waiting.items():
            if name in refs:
                refs.discard(name)
                if not refs and other not in done:
                    heapq.heappush(ready, _rank(there[other]))
    return tuple(done.values())


def _rank(assertion: StoredAssertion) -> tuple[str, str]:
    return (assertion.at.isoformat(timespec="microseconds"), assertion.id)


def heads(assertions: Iterable[StoredAssertion]) -> tuple[str, ...]:
    """What a new decision is based on: the newest extraction, and the decisions that none refers to yet."""
    ordered = in_order(assertions)
    referred = {ref for each in ordered for ref in each.based_on}
    newest = newest_extraction(ordered)
    free = [each.id for each in ordered if each.act is not None and each.id not in referred]
    return (*((newest.id,) if newest else ()), *free)


def newest_extraction(assertions: Iterable[StoredAssertion]) -> StoredAssertion | None:
    """The extraction that counts: the latest by time, then by id."""
    return max((each for each in assertions if each.act is None), key=_rank, default=None)


def fold(snapshot: Snapshot, extraction: Extraction | None, decisions: Sequence[Decision]) -> State:
    """The state after `decisions`, which are in the order of `in_order`."""
    if not decisions:
        return State(extraction=extraction, visibility=Visibility.PRIVATE if snapshot.private else Visibility.PUBLIC)
    tombstone, private = None, snapshot.private
    of_quotes: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.quote_id is not None:
            of_quotes.setdefault(decision.quote_id, []).append(decision)
        elif decision.act in {Act.PRIVATE, Act.RELEASE}:
            private = decision.act is Act.PRIVATE
        else:
            tombstone = _tombstone(tombstone, decision)
    visibility = Visibility.WITHDRAWN if tombstone else Visibility.PRIVATE if private else Visibility.PUBLIC
    if tombstone is not None and tombstone.erased:
        return State(extraction=_erased(snapshot, decisions, tombstone), visibility=visibility, withdrawn=tombstone)
    if extraction is not None and (extraction.quotes or tombstone):
        buried = _withdrawn_quotes(extraction.quotes, of_quotes)
        quotes = tuple(
            _quote(quote, of_quotes.get(quote.id or "", ()), tombstone or buried.get(quote.id or ""))
            for quote in extraction.quotes
        )
        article = None if tombstone else extraction.article
        extraction = replace(extraction, quotes=quotes, article=article)
    return State(extraction=extraction, visibility=visibility, withdrawn=tombstone)


def _erased(snapshot: Snapshot, decisions: Sequence[Decision], tombstone: Tombstone) -> Extraction:
    """What is left of an erased snapshot: the ids of its quotes, which the decision remembers."""
    ids = [change.value for each in decisions if each.act is Act.ERASE for change in each.changes]
    quotes = tuple(_buried(each, Kind.DIRECT, tombstone) for each in dict.fromkeys(ids) if each)
    return Extraction(
        snapshot_id=snapshot.id,
        state=ExtractionState.NONE,
        reason=None,
        article=None,
        quotes=quotes,
        extractor="",
        made_at=tombstone.at,
    )


def _tombstone(before: Tombstone | None, decision: Decision) -> Tombstone | None:
    """What is withdrawn after a decision; what was erased cannot come back."""
    if before is not None and before.erased:
        return before
    if decision.act is Act.RESTORE:
        return None
    if decision.act in {Act.WITHDRAW, Act.ERASE}:
        erased = decision.act is Act.ERASE
        return Tombstone(
            at=decision.at, reason=decision.reason, role=decision.role, legal=decision.legal or erased, erased=erased
        )
    return before


def _withdrawn_quotes(quotes: Sequence[Quote], decisions: Mapping[str, Sequence[Decision]]) -> dict[str, Tombstone]:
    """The quotes that are withdrawn by themselves, and those that a later extraction has in their place.

    A successor about which somebody decided by itself is as that decision says.
    """
    said = {name: _of_quote(each) for name, each in decisions.items() if any(one.act in _HIDING for one in each)}
    found = {name: tombstone for name, tombstone in said.items() if tombstone is not None}
    successors = {quote.id: quote.superseded_by for quote in quotes if quote.superseded_by}
    for name, tombstone in list(found.items()):
        after = successors.get(name)
        while after and after not in said and after not in found:
            found[after] = tombstone
            after = successors.get(after)
    return found


def _of_quote(decisions: Iterable[Decision]) -> Tombstone | None:
    tombstone = None
    for decision in decisions:
        tombstone = _tombstone(tombstone, decision)
    return tombstone


def _quote(quote: Quote, decisions: Sequence[Decision], tombstone: Tombstone | None) -> Quote:
    if tombstone is not None:
        return _redacted(quote, tombstone)
    for decision in decisions:
        if decision.act is Act.REVIEW:
            quote = reviewed(quote, decision.changes)
    return quote


def _redacted(quote: Quote, tombstone: Tombstone) -> Quote:
    buried = _buried(quote.id or "", quote.kind, tombstone)
    return replace(buried, extractor=quote.extractor, extracted_at=quote.extracted_at)


def _buried(quote_id: str, kind: Kind, tombstone: Tombstone) -> Quote:
    """A withdrawn quote holds nothing of what was said, so that nothing of it can reach anybody by mistake."""
    return Quote(
        id=quote_id,
        text="",
        printed="",
        kind=kind,
        spans=(),
        state=QuoteState.WITHDRAWN,
        withdrawn=tombstone,
    )


def reviewed(quote: Quote, changes: Sequence[Change]) -> Quote:
    """The quote with a person's word beside the program's: what the person says as the program does stays as it is."""
    values = {change.path: change.value for change in changes}
    quote = _with_speaker(quote, values)
    if (kind := values.get("kind")) is not None:
        quote = replace(quote, kind=Kind(kind))
    if (polarity := values.get("polarity")) is not None:
        quote = replace(quote, polarity=Polarity(polarity))
    if "said_on" in values and values["said_on"] != quote.said_on.value:
        quote = replace(quote, said_on=_said_on(values["said_on"]))
    if (review := values.get("review")) is not None:
        quote = replace(quote, review=Review(review))
    return quote


def _with_speaker(quote: Quote, values: Mapping[str, str | None]) -> Quote:
    said = {name: values[f"speaker.{name}"] for name in SPEAKER_FIELDS if f"speaker.{name}" in values}
    found = {name: getattr(quote.speaker, name) for name in SPEAKER_FIELDS}
    if all(found[name] == value for name, value in said.items()):
        return quote
    merged = {**found, **said}
    if "name" in said and said["name"] != found["name"]:  # another person: nothing that points at the first is kept
        merged = {**dict.fromkeys(SPEAKER_FIELDS), **said}
        speaker = Speaker(**merged)
    else:
        speaker = replace(quote.speaker, **merged)
    speakers = (speaker, *quote.speakers[1:]) if quote.speakers else ()
    return replace(quote, speaker=speaker, speakers=speakers, speaker_by=By.PERSON)


def _said_on(value: str | None) -> SaidOn:
    precisions = {4: Precision.YEAR, 7: Precision.MONTH}
    return SaidOn() if value is None else SaidOn(value=value, precision=precisions.get(len(value), Precision.DAY))
