"""Persons out of names: the spellings in an archive that are one person's.

A person is a connected component of `Likeness.SAME`: names in full, in any script, and those that somebody joined. A
surname alone joins nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archiver.speakers.decided import UNDECIDED, JoinedPeople
from archiver.speakers.keys import spelling_keys
from archiver.speakers.names import Likeness
from archiver.speakers.spelling import folded_name

MAX_SPELLINGS = 50
"""Spellings of one person that are looked for."""

NamesLike = Callable[[Iterable[str]], Iterable[str]]
"""The names of an archive that have one of these keys."""


def spellings(name: str, names_like: NamesLike, people: JoinedPeople = UNDECIDED) -> tuple[str, ...]:
    """The spellings of the person that a name means, the name itself among them where the archive has it; sorted."""
    found, waiting = set[str](), [name, *people.same_as(name)]
    looked = set[str]()
    while waiting and len(found) < MAX_SPELLINGS:
        one = waiting.pop()
        if one in looked:
            continue
        looked.add(one)
        for other in names_like(spelling_keys(one)):
            if other not in found and (other == one or people.likeness(one, other) is Likeness.SAME):
                found.add(other)
                waiting += (other, *people.same_as(other))
    return tuple(sorted(found))


def meant_by(name: str, names_like: NamesLike, people: JoinedPeople = UNDECIDED) -> tuple[str, ...]:
    """The names that somebody may mean by this one: its spellings; for a word alone all names it is short for."""
    if len(folded_name(name).split()) > 1 or people.same_as(name):
        return spellings(name, names_like, people)
    found = {other for other in names_like(spelling_keys(name)) if people.likeness(name, other) is not Likeness.OTHER}
    joined = (spellings(other, names_like, people) for other in sorted(found) if people.same_as(other))
    return tuple(sorted(found.union(*joined)))
