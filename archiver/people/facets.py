"""The facet of speakers with each person once, under the commonest spelling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archiver.index.search import MAX_BUCKETS, facet_of
from archiver.records import Bucket, Entry, Facet, Page, Query, Relation
from archiver.speakers.decided import JoinedPeople
from archiver.speakers.keys import spelling_keys
from archiver.speakers.names import Likeness

SPEAKER = "speaker"


def with_all_names(query: Query) -> Query:
    """A query that counts enough spellings to add up those of one person."""
    return replace(query, facet_size=MAX_BUCKETS) if SPEAKER in query.facet else query


def by_person(page: Page[Entry], query: Query, people: JoinedPeople) -> Page[Entry]:
    """A page of what `with_all_names(query)` asks for, as `query` does, the speakers' counts those of persons."""
    if SPEAKER not in query.facet:
        return page
    facets = {name: _cut(facet, query.facet_size) for name, facet in page.facets.items()}
    facets[SPEAKER] = _joined(page.facets[SPEAKER], people, query.facet_size)
    return replace(page, facets=facets)


def _cut(facet: Facet, size: int) -> Facet:
    rest = sum(bucket.count for bucket in facet.buckets[size:])
    return replace(facet, buckets=facet.buckets[:size], others=facet.others + rest)


def _joined(facet: Facet, people: JoinedPeople, size: int) -> Facet:
    counts = ((names[0].value, sum(bucket.count for bucket in names)) for names in _persons(facet.buckets, people))
    found = facet_of(counts, complete=facet.relation is Relation.EXACT, size=size)
    return replace(found, others=found.others + facet.others)


def _persons(buckets: Sequence[Bucket], people: JoinedPeople) -> list[list[Bucket]]:
    """The buckets of each person, commonest spelling first."""
    persons: list[list[Bucket]] = []
    by_key: dict[str, list[list[Bucket]]] = {}
    for bucket in buckets:
        names = (bucket.value, *people.same_as(bucket.value))
        keys = frozenset().union(*map(spelling_keys, names))
        near = [person for key in keys for person in by_key.get(key, ())]
        person = next((each for each in near if _is_theirs(bucket, each, people)), None)
        if person is None:
            persons.append(person := [])
        person.append(bucket)
        for key in keys:
            by_key.setdefault(key, []).append(person)
    return persons


def _is_theirs(bucket: Bucket, person: Sequence[Bucket], people: JoinedPeople) -> bool:
    return any(people.likeness(bucket.value, other.value) is Likeness.SAME for other in person)
