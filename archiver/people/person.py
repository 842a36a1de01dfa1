"""A person in the index: all spellings, and what the quotes under them add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from archiver.errors import NotFound
from archiver.index.protocol import Index
from archiver.people.attributes import NO_ATTRIBUTES, Attributes
from archiver.records import Entry, Query, Total
from archiver.speakers.decided import JoinedPeople, people_of
from archiver.speakers.keys import person_id
from archiver.speakers.people import meant_by, spellings

NOBODY_ID = "nobody"
"""The id of no speaker."""
MAX_QUOTES = 10_000
"""The newest quotes of a person that roles, outlets and months are counted over."""
PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role under which a person is quoted, the first and latest day of it, and how often."""

    role: str
    first: str | None
    latest: str | None
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPerson:
    """One person. `months` are `YYYY-MM` with counts, without gaps; days are those of publication."""

    id: str
    name: str
    spellings: tuple[str, ...]
    roles: tuple[Role, ...]
    outlets: tuple[str, ...]
    first: str | None
    latest: str | None
    months: tuple[tuple[str, int], ...]
    total: Total


def names_like(index: Index, keys: Iterable[str]) -> tuple[str, ...]:
    """The names in the index that have one of these keys (`speakers.keys.spelling_keys`)."""
    wanted = tuple(sorted(keys))
    return index.speakers_spelled(wanted) if wanted else ()


def known_names(index: Index, name: str) -> tuple[str, ...]:
    """The names that somebody may mean who types this one."""
    return _known_names(index, name, people_of(index.speaker_decisions()))


def _known_names(index: Index, name: str, people: JoinedPeople) -> tuple[str, ...]:
    return meant_by(name, lambda keys: names_like(index, keys), people)


def widened(index: Index, query: Query, attributes: Attributes = NO_ATTRIBUTES) -> Query:
    """The query with every spelling of the speakers it names, and the people who have the attributes it asks for.

    Raises BadQuery for an attribute that the administrator's table does not have.
    """
    if not query.speaker and not query.attribute:
        return query
    people = people_of(index.speaker_decisions())
    found = [spelling for name in query.speaker for spelling in _known_names(index, name, people)]
    if query.attribute:
        query = replace(query, person=_with_attributes(index, query.attribute, attributes, people))
    return replace(query, spellings=tuple(dict.fromkeys(found))) if found else query


def _with_attributes(
    index: Index, wanted: Sequence[str], attributes: Attributes, people: JoinedPeople
) -> tuple[str, ...]:
    """The ids of the spellings of the people who have all of these attributes, each `column=value`."""
    held: set[str] | None = None
    for each in wanted:
        names = attributes.names_with(each)
        ids = {person_id(known) for name in names for known in (name, *_known_names(index, name, people))}
        held = ids if held is None else held & ids
    return tuple(sorted(held or {NOBODY_ID}))


def spellings_of(index: Index, identifier: str) -> tuple[str, ...]:
    """The spellings of the person that the id of any of them leads to, sorted. Raises NotFound."""
    people = people_of(index.speaker_decisions())
    first = index.search(Query(person=(identifier,), repeats=True, limit=1)).entries
    named = (entry.quote.speaker.name for entry in first)
    decided = (name for names in people.groups for name in names if person_id(name) == identifier)
    name = next(filter(None, (*named, *decided)), None)
    found = spellings(name, lambda keys: names_like(index, keys), people) if name else ()
    if not found:
        raise NotFound("there is no such speaker", where=identifier[:100])
    return found


def person(index: Index, identifier: str) -> QuotedPerson:
    """The person that the id of any of the spellings leads to. Raises NotFound."""
    spelled = spellings_of(index, identifier)
    ids = tuple(person_id(name) for name in spelled)
    entries = list(_quotes(index, ids))
    if not entries:
        raise NotFound("there is no such speaker", where=identifier[:100])
    names = Counter(entry.quote.speaker.name or "" for entry in entries)
    days = sorted(day for entry in entries if (day := _day(entry)))
    return QuotedPerson(
        id=min(ids),
        name=min(names, key=lambda name: (-names[name], name)),
        spellings=spelled,
        roles=_roles(entries),
        outlets=tuple(outlet for outlet, _ in Counter(entry.outlet or entry.site for entry in entries).most_common()),
        first=days[0] if days else None,
        latest=days[-1] if days else None,
        months=_months(days),
        total=index.search(Query(person=ids, limit=1)).total,
    )


def _quotes(index: Index, ids: Sequence[str]) -> Iterator[Entry]:
    query, seen = Query(person=tuple(ids), limit=PAGE), 0
    while seen < MAX_QUOTES:
        page = index.search(query)
        yield from page.entries
        seen += len(page.entries)
        if page.next is None:
            return
        query = replace(query, cursor=page.next)


def _day(entry: Entry) -> str | None:
    return (entry.published or "")[:10] or None


def _roles(entries: Sequence[Entry]) -> tuple[Role, ...]:
    held: dict[str, list[str]] = {}
    counts = Counter[str]()
    for entry in entries:
        if role := entry.quote.speaker.role:
            counts[role] += 1
            held.setdefault(role, []).extend(filter(None, [_day(entry)]))
    return tuple(
        Role(role=role, first=min(held[role], default=None), latest=max(held[role], default=None), quotes=count)
        for role, count in sorted(counts.items(), key=lambda each: (max(held[each[0]], default=""), each), reverse=True)
    )


def _months(days: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Counts by month from the first to the latest, zeros included."""
    counts = Counter(day[:7] for day in days if len(day) >= len("2026-11"))
    if not counts:
        return ()
    found, month, last = list[tuple[str, int]](), min(counts), max(counts)
    while month <= last:
        found.append((month, counts[month]))
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12:04d}-{number % 12 + 1:02d}"
    return tuple(found)
