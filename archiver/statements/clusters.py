"""Clusters of quotes: the connected components of the rule on pairs, the same in every order of arrival.

A cluster is found from any member by looking for what resembles it, again and again, until nothing new comes. Its name
is the least statement id in it; the id of every member leads to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archiver.checks.words import said_wording
from archiver.index.identity import statement_id
from archiver.records import Entry
from archiver.speakers.decided import UNDECIDED, JoinedPeople
from archiver.statements.pairs import is_one_statement

MAX_MEMBERS = 2000
"""Quotes of one cluster that are looked at; `Cluster.whole` says whether there are more."""

MAX_SHARED = 200
"""Quotes that share one stretch of words; those of more are joined through the stretches they share with fewer."""

Resembling = Callable[[Entry], Iterable[Entry]]
"""The quotes that share most of an entry's rare words, itself perhaps among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A statement: its canonical id and its quotes, oldest first."""

    id: str
    members: tuple[Entry, ...]
    whole: bool = True


def cluster_of(start: Sequence[Entry], resembling: Resembling, people: JoinedPeople = UNDECIDED) -> Cluster:
    """The cluster that the entries of one statement id belong to."""
    found = {entry.quote.id: entry for entry in start}
    waiting, looked = list(start), set[str]()
    while waiting and len(found) < MAX_MEMBERS:
        entry = waiting.pop()
        wording = statement_id(entry.quote)
        if wording in looked:
            continue
        looked.add(wording)
        for other in resembling(entry):
            if other.quote.id in found:
                continue
            if is_one_statement(entry.quote, other.quote, entry.language, people):
                found[other.quote.id] = other
                waiting.append(other)
    members = tuple(sorted(found.values(), key=said_order))
    return Cluster(
        id=min(statement_id(entry.quote) for entry in members), members=members, whole=len(found) < MAX_MEMBERS
    )


def components(entries: Sequence[Entry], people: JoinedPeople = UNDECIDED) -> tuple[tuple[Entry, ...], ...]:
    """The clusters among the entries given, each in the order given, the first member deciding their order."""
    parent = list(range(len(entries)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in _pairs(entries):
        first, second = root(one), root(other)
        if first == second:
            continue
        if is_one_statement(entries[one].quote, entries[other].quote, entries[one].language, people):
            parent[max(first, second)] = min(first, second)
    groups: dict[int, list[Entry]] = {}
    for place, entry in enumerate(entries):
        groups.setdefault(root(place), []).append(entry)
    return tuple(tuple(group) for group in groups.values())


def _pairs(entries: Sequence[Entry]) -> Iterable[tuple[int, int]]:
    """The pairs that share a stretch of three words, which every two quotes of one statement do, or all their words."""
    holders: dict[tuple[str, ...], list[int]] = {}
    for place, entry in enumerate(entries):
        for stretch in stretches(entry):
            holders.setdefault(stretch, []).append(place)
    seen = set[tuple[int, int]]()
    for places in holders.values():
        for nth, one in enumerate(places[:MAX_SHARED]):
            for other in places[nth + 1 : MAX_SHARED]:
                if (one, other) not in seen:
                    seen.add((one, other))
                    yield one, other


def stretches(entry: Entry) -> set[tuple[str, ...]]:
    """Every three words in a row of a quote; all of it where it has fewer."""
    words = said_wording(entry.quote.text, entry.language).folded
    return {words[place : place + 3] for place in range(max(1, len(words) - 2))}


def said_order(entry: Entry) -> tuple[str, str, str]:
    """Oldest first: by the day said, else published, else captured; then by id."""
    return (
        entry.quote.said_on.value or entry.published or entry.captured_at.isoformat(),
        entry.captured_at.isoformat(),
        entry.quote.id or "",
    )
