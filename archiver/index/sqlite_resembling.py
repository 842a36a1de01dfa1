"""Quotes that share the rare words of a text, in SQLite: what a check and a statement look among.

A word costs as much as it is common, so the common ones are left out: the rare ones tell. Where a text has hardly any,
its pairs of neighbouring words are used instead.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from archiver.index.search import Search
from archiver.index.sqlite_match import quoted
from archiver.index.sqlite_read import QUOTES, Answer
from archiver.index.words import folded

MAX_COMMON = 4_000
"""Quotes that may hold a word for it to be a rare one."""
MAX_UNITS = 40
"""Different words of a text that are looked at, longest first."""
ENOUGH = 12
"""Rare words, rarest first, that the likest quotes are found by."""
MIN_RARE = 3


def resembling(db: sqlite3.Connection, search: Search, text: str, limit: int) -> list[int]:
    """The orders of the quotes that share most rare words with a text, likest first; equally like ones newest first."""
    words = folded(text)
    units = sorted({(word,) for word in words}, key=lambda unit: (-len(unit[0]), unit))[:MAX_UNITS]
    held = _rare(db, search, units)
    if len(held) < min(MIN_RARE, len(units)):
        held += _rare(db, search, sorted(set(pairwise(words)))[:MAX_UNITS], whole=False)
    score = Counter[int]()
    for places in sorted(held, key=len)[:ENOUGH]:
        weight = math.log(1 + MAX_COMMON / len(places))
        for place in places:
            score[place] += weight  # type: ignore[assignment]
    ranked = sorted(score.items(), key=lambda each: (-each[1], -each[0]))
    return [place for place, _ in ranked[:limit]]


def _rare(
    db: sqlite3.Connection, search: Search, units: Iterable[Sequence[str]], *, whole: bool = True
) -> list[list[int]]:
    """The orders of the quotes with each unit, newest first; a unit of too many is left out, or `whole` false cut."""
    answer = Answer(db, QUOTES, search)
    narrowed = " AND ".join(answer.where)
    found = []
    for unit in units:
        values = [f"({answer.values[0]}) AND ({{text_words}} : {quoted(unit)})", *answer.values[1:]]
        statement = (
            f"SELECT {answer.order} FROM {answer.source} WHERE {narrowed}"  # noqa: S608 - our own names
            f" ORDER BY {answer.order} DESC LIMIT {MAX_COMMON + 1}"
        )
        places = [row[0] for row in db.execute(statement, values)]
        if places and (len(places) <= MAX_COMMON or not whole):
            found.append(places[:MAX_COMMON])
    return found
