"""A search that lists each statement once: its first match in the order requested, and how widely it is printed.

Matches are joined by the rule on pairs among themselves, up to MAX_MATCHES of them; the total counts statements, and is
a lower bound (`gte`) where there are more matches. Facets count quotes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archiver.index.cursors import cursor_after, key_of
from archiver.index.protocol import Index
from archiver.records import Entry, Page, Query, Relation, Total
from archiver.speakers.decided import people_of
from archiver.statements.clusters import components

MAX_MATCHES = 2000
PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """How widely the matches of one statement are printed."""

    quotes: int
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Collapsed:
    """A page of statements, each as its first match, and how often each is printed, by quote id."""

    page: Page[Entry]
    printed: dict[str, Printed]


def collapsed(index: Index, query: Query) -> Collapsed:
    """The statements among the matches of a search. Raises BadQuery as the search does."""
    start = _offset(query)
    first, matches, whole = _matches(index, query)
    groups = components(matches, people_of(index.speaker_decisions()))
    shown = groups[start : start + query.limit]
    more = start + query.limit < len(groups)
    total = Total(value=len(groups), relation=Relation.EXACT if whole else Relation.AT_LEAST)
    page = replace(
        first,
        entries=tuple(group[0] for group in shown),
        total=total,
        next=cursor_after((start + query.limit,), query) if more else None,
    )
    return Collapsed(page=page, printed={group[0].quote.id or "": _printed(group) for group in shown})


def _offset(query: Query) -> int:
    key = key_of(query)
    return int(key[0]) if key else 0


def _matches(index: Index, query: Query) -> tuple[Page[Entry], list[Entry], bool]:
    """The first page, all matches in order, and whether they are all there are."""
    first_page = replace(query, limit=PAGE, cursor=None)
    first = page = index.search(first_page)
    found = list(page.entries)
    while page.next is not None and len(found) < MAX_MATCHES:
        page = index.search(replace(first_page, facet=(), cursor=page.next))
        found += page.entries
    return first, found, page.next is None and first.total.value <= len(found)


def _printed(group: Sequence[Entry]) -> Printed:
    return Printed(quotes=len(group), outlets=len({entry.outlet or entry.site for entry in group}))
