"""Who is one person by people's word: decisions about speakers, laid over what their names alone say.

A decision joins the spellings of two persons, or separates those of one. Of two decisions about the same two spellings
the later one holds. Nothing here names anybody: it only says which names are one person's.

A spelling that nobody decided about belongs to a decided person if it is a spelling of one of that person's names, and
to nobody of them where it might be either of two whom somebody separated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from archiver.records import SpeakerAct, SpeakerDecision
from archiver.speakers.keys import person_id, spelling_keys
from archiver.speakers.names import Likeness, likeness

_RANKS = list(Likeness)
_Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPeople:
    """The names that were decided about, a group for each person, and which groups somebody separated."""

    groups: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[frozenset[int]] = frozenset()

    def likeness(self, one: str, other: str) -> Likeness:
        """How two names compare, people's word before the program's."""
        if not self.groups:
            return likeness(one, other)
        first, second = self._group(one), self._group(other)
        if first is None and second is None:
            return likeness(one, other)
        if first == second:
            return Likeness.SAME
        if frozenset({first, second}) in self.apart:
            return Likeness.OTHER
        pairs = product(self._names(first, one), self._names(second, other))
        found = min((likeness(*pair) for pair in pairs), key=_RANKS.index)
        sure = (first is None or second is None) and not self._is_separated(first, second)
        return found if sure or found is not Likeness.SAME else Likeness.VARIANT

    def are_separated(self, one: str, other: str) -> bool:
        """Whether somebody said that these are two people."""
        return frozenset({self._group(one), self._group(other)}) in self.apart

    def same_as(self, name: str) -> tuple[str, ...]:
        """The names that people's word says are this person's; none where nobody decided."""
        group = self._group(name)
        return () if group is None else self.groups[group]

    def _group(self, name: str) -> int | None:
        return _group_of(self, name)

    def _names(self, group: int | None, name: str) -> tuple[str, ...]:
        return (name,) if group is None else self.groups[group]

    def _is_separated(self, *groups: int | None) -> bool:
        return any(group in pair for pair in self.apart for group in groups)


UNDECIDED = JoinedPeople()
"""Nobody decided anything: names alone count."""


@lru_cache(maxsize=1 << 12)
def _group_of(people: JoinedPeople, name: str) -> int | None:
    if not name:
        return None
    wanted = person_id(name)
    for place, names in enumerate(people.groups):
        if wanted in map(person_id, names):
            return place
    found = [
        place
        for place, names in enumerate(people.groups)
        if any(likeness(name, other) is Likeness.SAME for other in names)
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=8)
def people_of(decisions: tuple[SpeakerDecision, ...]) -> JoinedPeople:
    """What decisions, in any order, say together."""
    ordered = sorted(decisions, key=lambda each: (each.at, each.id))
    names = {person_id(name): name for each in ordered for name in (*each.names, *each.others)}
    verdicts: dict[_Pair, SpeakerAct] = {}
    sides = set[_Pair]()
    for each in ordered:
        for pair in _pairs(each.names, each.others):
            verdicts.pop(pair, None)  # so that the newest come last
            verdicts[pair] = each.act
        for side in (each.names, each.others):
            sides.update(map(frozenset, combinations(sorted(map(person_id, side)), 2)))
    groups = _Groups(names, frozenset(pair for pair, act in verdicts.items() if act is SpeakerAct.SEPARATE))
    for pair in reversed([pair for pair, act in verdicts.items() if act is SpeakerAct.JOIN]):
        groups.unite(pair)
    alike = sorted((pair for pair in _alike(names) if pair not in verdicts), key=sorted)
    for pair in alike:
        if pair in sides:
            groups.unite(pair)
    groups.unite_where_undisputed(alike)
    return groups.people()


def _pairs(names: Iterable[str], others: Iterable[str]) -> Iterator[_Pair]:
    for one, other in product(map(person_id, names), map(person_id, others)):
        if one != other:
            yield frozenset({one, other})


def _alike(names: dict[str, str]) -> set[_Pair]:
    """The pairs of ids whose names are spellings of one another."""
    holders: dict[str, list[str]] = {}
    for each, name in names.items():
        for key in spelling_keys(name):
            holders.setdefault(key, []).append(each)
    pairs = {frozenset(pair) for held in holders.values() for pair in combinations(held, 2)}
    return {pair for pair in pairs if likeness(*(names[each] for each in pair)) is Likeness.SAME}


class _Groups:
    """Names by id, joined step by step, never across a separation."""

    def __init__(self, names: dict[str, str], apart: frozenset[_Pair]) -> None:
        self._names = names
        self._apart = apart
        self._of = {each: frozenset({each}) for each in names}

    def unite(self, pair: _Pair) -> None:
        """Joins the groups of two names, unless somebody separated them."""
        merged = frozenset().union(*(self._of[each] for each in pair))
        if not self._is_disputed(merged):
            self._of.update(dict.fromkeys(merged, merged))

    def unite_where_undisputed(self, pairs: Sequence[_Pair]) -> None:
        """Joins what these pairs connect; where that would lead to two who were separated, none of it."""
        reached = dict(self._of)
        for pair in pairs:
            merged = frozenset().union(*(reached[each] for each in pair))
            reached.update(dict.fromkeys(merged, merged))
        for group in set(reached.values()):
            if not self._is_disputed(group):
                self._of.update(dict.fromkeys(group, group))

    def _is_disputed(self, group: frozenset[str]) -> bool:
        return any(pair <= group for pair in self._apart)

    def people(self) -> JoinedPeople:
        """The groups in a fixed order."""
        ordered = sorted(set(self._of.values()), key=min)
        place = {each: nth for nth, group in enumerate(ordered) for each in group}
        return JoinedPeople(
            groups=tuple(tuple(sorted(self._names[each] for each in group)) for group in ordered),
            apart=frozenset(frozenset(place[each] for each in pair) for pair in self._apart),
        )
