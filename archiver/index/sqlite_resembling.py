"""Quotes that share the rare words of a text, in SQLite: what a check and a statement look among.

A word costs as much as it is common, so the common ones are left out: the rare ones decide. Where a text has few,
its pairs of neighbouring words are used instead.
"""

from __future__ import annotations

import heapq
import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from archiver.index.search import Search
from archiver.index.sqlite_match import quoted
from archiver.index.sqlite_read import QUOTES, SqliteAnswer
from archiver.index.words import folded

MAX_COMMON = 4_000
"""Quotes that may hold a word for it to be a rare one."""
MAX_UNITS = 40
"""Different words of a text that are looked at, longest first."""
ENOUGH = 12
"""Rare words, rarest first, that the likest quotes are found by."""
MIN_RARE = 3
MAX_LIKE = 250
"""The likest quotes that are held against the filters."""


def resembling(db: sqlite3.Connection, search: Search, text: str, limit: int) -> list[int]:
    """The orders of the quotes that share most rare words with a text, likest first; equally like ones newest first."""
    words = folded(text)
    units = sorted({(word,) for word in words}, key=lambda unit: (-len(unit[0]), unit))[:MAX_UNITS]
    held = _rare(db, units)
    if len(held) < min(MIN_RARE, len(units)):
        held += _rare(db, sorted(set(pairwise(words)))[:MAX_UNITS], whole=False)
    score = Counter[int]()
    for places in sorted(held, key=len)[:ENOUGH]:
        weight = math.log(1 + MAX_COMMON / len(places))
        for place in places:
            score[place] += weight  # type: ignore[assignment]
    likest = heapq.nsmallest(MAX_LIKE, score, key=lambda place: (-score[place], -place))
    fitting = _fitting(db, search, likest)
    return [place for place in likest if place in fitting][:limit]


def _rare(db: sqlite3.Connection, units: Iterable[Sequence[str]], *, whole: bool = True) -> list[list[int]]:
    """The orders of the quotes with each unit, newest first; a unit of too many is left out, or `whole` false cut."""
    statement = (
        f"SELECT rowid FROM {QUOTES.words} WHERE {QUOTES.words} MATCH ?"  # noqa: S608 - our own names
        f" ORDER BY rowid DESC LIMIT {MAX_COMMON + 1}"
    )
    found = []
    for unit in units:
        places = [row[0] for row in db.execute(statement, (f"{{text_words}} : {quoted(unit)}",))]
        if places and (len(places) <= MAX_COMMON or not whole):
            found.append(places[:MAX_COMMON])
    return found


def _fitting(db: sqlite3.Connection, search: Search, places: Sequence[int]) -> set[int]:
    """Those of the quotes that the filters of a search let through: a row at a time is quickest for so few."""
    answer = SqliteAnswer(db, QUOTES, search)
    statement = f"SELECT 1 FROM {answer.source} WHERE {' AND '.join(answer.where)} AND {answer.order} = ?"  # noqa: S608 - ours
    return {place for place in places if db.execute(statement, (*answer.values, place)).fetchone()}
