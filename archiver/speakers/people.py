"""Persons out of names: the spellings that likeness connects.

A person is a connected component of `Likeness.SAME`: names in full, in any script. A surname alone joins nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from archiver.speakers.keys import spelling_keys
from archiver.speakers.names import Likeness, likeness
from archiver.speakers.spelling import folded_name

MAX_SPELLINGS = 50
"""Spellings of one person that are looked for."""

NamesLike = Callable[[Iterable[str]], Iterable[str]]
"""The names of an archive that have one of these keys."""


def spellings(name: str, names_like: NamesLike) -> tuple[str, ...]:
    """The spellings of the person that a name means, the name itself among them where the archive has it; sorted."""
    found, waiting = set[str](), [name]
    looked = set[str]()
    while waiting and len(found) < MAX_SPELLINGS:
        one = waiting.pop()
        looked.add(one)
        for other in names_like(spelling_keys(one)):
            if other not in found and (other == one or likeness(one, other) is Likeness.SAME):
                found.add(other)
                if other not in looked:
                    waiting.append(other)
    return tuple(sorted(found))


def meant_by(name: str, names_like: NamesLike) -> tuple[str, ...]:
    """The names that somebody may mean by this one: its spellings; for a word alone all names it is short for."""
    if len(folded_name(name).split()) > 1:
        return spellings(name, names_like)
    found = (other for other in names_like(spelling_keys(name)) if likeness(name, other) is not Likeness.OTHER)
    return tuple(sorted(set(found)))
