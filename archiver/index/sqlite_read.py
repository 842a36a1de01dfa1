# ruff: noqa: S608 - statements are put together from names of our own tables and columns; values are bound
"""Reading the SQLite index: the rows that a search finds, in order, counted, by facet and by period."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.index import order, sqlite_match, tags
from archiver.index.cursors import Key
from archiver.index.packing import unpacked
from archiver.index.search import COUNTED, MAX_HISTOGRAM, Search, counted, facet_of
from archiver.index.sqlite_match import Leaf
from archiver.index.syntax import Fuzzy
from archiver.records import Facet, QuoteState, Searched, Visibility

MAX_SPELLINGS = 1000
RANKED = 10_000  # the newest matches, among which the best are looked for
_ID_MASK = (1 << order.DRAW_BITS) - 1

Document = bytes  # JSON


@dataclass(frozen=True, slots=True)
class Shelf:
    """A narrow table of rows, their documents, and the words to find them by.

    `numbered` words go by numbers of their own, which the table `articles` turns into orders. `weights` are those of
    the columns of words, in their order: tags have none.
    """

    table: str
    documents: str
    words: str
    parts: tuple[str, ...] = ()
    vocabulary: str = ""
    numbered: bool = False
    weights: str = "0.0"
    published: str = "published_first"

    def column(self, name: str) -> str:
        """The column of a name, or how it is computed."""
        first = f"{self.table}.{self.published}"
        last = first if self.published == "published" else f"{self.table}.published_last"
        if name == "month":
            whole = f"{first} % 10000 > 0 AND {first} / 100 = {last} / 100"
            return f"CASE WHEN {whole} THEN printf('%04d-%02d', {first} / 10000, {first} / 100 % 100) END"
        if name == "year":
            return f"CASE WHEN {first} IS NOT NULL THEN printf('%04d', {first} / 10000) END"
        return f"{self.table}.{name}"


QUOTES = Shelf("quotes", "quote_documents", "quote_words", sqlite_match.PARTS, "vocabulary", published="published")
SNAPSHOTS = Shelf("snapshots", "snapshot_documents", "snapshot_words")
ARTICLES = Shelf(
    "snapshots",
    "snapshot_documents",
    "article_words",
    ("text",),
    "article_vocabulary",
    numbered=True,
    weights="1.0, 1.0, 0.0",
)


_ARTICLES_TAGGED = (
    f'SELECT article FROM {SNAPSHOTS.words} JOIN {SNAPSHOTS.table} ON "order" = {SNAPSHOTS.words}.rowid'
    f" WHERE {SNAPSHOTS.words} MATCH ? AND article IS NOT NULL"
)


class SqliteAnswer:
    """The rows that a search finds, looked at in the several ways that make a page."""

    def __init__(self, db: sqlite3.Connection, shelf: Shelf, search: Search) -> None:
        self.db, self.shelf, self.search = db, shelf, search
        self.order = 'articles."order"' if shelf.numbered else f"{shelf.words}.rowid"
        self.source = shelf.words
        if shelf.numbered:
            self.source += f" CROSS JOIN articles ON articles.number = {shelf.words}.rowid"
        rare = [clause for clause in search.clauses if shelf.numbered and tags.is_rare(clause[0])]
        clauses = [clause for clause in search.clauses if clause not in rare]
        self.where = [f"{shelf.words} MATCH ?"]
        self.values: list[str | int] = [self._expression(clauses)]
        if rare:
            self._narrow(f"{shelf.words}.rowid IN ({_ARTICLES_TAGGED})", sqlite_match.tagged(rare))
        for demand in search.ranges:
            if demand.letter == tags.PUBLISHED and shelf is QUOTES:
                low, high = order.order_bounds(demand.low, demand.high)
                self._narrow(f"{self.order} >= ?", low)
                self._narrow(f"{self.order} <= ?", high)

    def page(self) -> tuple[list[Document], Key | None]:
        """The documents of the page, and the key to continue after, None for the last page."""
        limit = self.search.limit
        if self.search.by_relevance:
            return self._documents(self._best()), None
        if self.search.draw is not None:
            return self._drawn(self.search.draw)
        if self.search.by_learnt:
            return self._learnt()
        places = self._next(limit + 1)
        more = len(places) > limit
        return self._documents(places[:limit]), (places[limit - 1],) if more else None

    def all(self) -> list[Document]:
        """Every document, newest first."""
        return self._documents(self.places())

    def places(self) -> list[int]:
        """The orders of all rows, newest first."""
        return self._places(f"ORDER BY {self.order} DESC")

    def count(self, limit: int = COUNTED) -> int:
        """How many there are; above the limit just that."""
        if self.search.is_usual and self.shelf is QUOTES:
            listed = self.db.execute("SELECT coalesce(sum(\"rows\"), 0) FROM coverage WHERE what = 'listed'")
            return min(int(listed.fetchone()[0]), limit + 1)
        inner = f"SELECT 1 FROM {self.source} WHERE {' AND '.join(self.where)} LIMIT {limit + 1}"
        return int(self.db.execute(f"SELECT count(*) FROM ({inner})", self.values).fetchone()[0])

    def facets(self) -> dict[str, Facet]:
        """The facets over the newest 10,000."""
        if not self.search.facets:
            return {}
        found = self.newest(self.search.facets, COUNTED + 1)
        complete = len(found) <= COUNTED
        each = list(zip(*found[:COUNTED], strict=True)) or [()] * len(self.search.facets)
        return {
            name: facet_of(counted(values), complete=complete, size=self.search.facet_size)
            for name, values in zip(self.search.facets, each, strict=True)
        }

    def dates(self, column: str) -> list[tuple[int | None, int]]:
        """How many of the newest 30,000 have each date (YYYYMMDD, 00 for what it does not name)."""
        inner = self._newest([column], MAX_HISTOGRAM)
        statement = f"SELECT {column}, count(*) FROM ({inner}) GROUP BY {column}"
        return [(row[0], row[1]) for row in self.db.execute(statement, self.values)]

    def newest(self, columns: Sequence[str], limit: int = COUNTED) -> list[sqlite3.Row]:
        """Some columns of the newest rows."""
        return self.db.execute(self._newest(columns, limit), self.values).fetchall()

    def _newest(self, columns: Sequence[str], limit: int) -> str:
        table = self.shelf.table
        listed = ", ".join(self.shelf.column(name) for name in columns)
        return (
            f'SELECT {listed} FROM {self.source} CROSS JOIN {table} ON {table}."order" = {self.order}'
            f" WHERE {' AND '.join(self.where)} ORDER BY {self.order} DESC LIMIT {limit}"
        )

    def _next(self, limit: int) -> list[int]:
        way, beyond = ("DESC", "<") if self.search.newest_first else ("ASC", ">")
        after = (f"{self.order} {beyond} ?", self.search.after[0]) if self.search.after else None
        return self._places(f"ORDER BY {self.order} {way} LIMIT {limit}", after)

    def _learnt(self) -> tuple[list[Document], Key | None]:
        """Those that the archive got last first."""
        limit, after = self.search.limit, self.search.after
        where = [*self.where, *(['(learnt, "order") < (?, ?)'] if after else [])]
        statement = (
            f'SELECT learnt, "order" FROM {self.source} CROSS JOIN quotes ON quotes."order" = {self.order}'
            f' WHERE {" AND ".join(where)} ORDER BY learnt DESC, "order" DESC LIMIT {limit + 1}'
        )
        found = self.db.execute(statement, [*self.values, *(after or ())]).fetchall()
        key = tuple(found[limit - 1]) if len(found) > limit else None
        return self._documents([place for _, place in found[:limit]]), key

    def _drawn(self, start: int) -> tuple[list[Document], Key | None]:
        """In the order of the ids' digits, beginning at `start` and ending before it."""
        limit = self.search.limit
        drawn = f"(({self.order} & {_ID_MASK}) + {_ID_MASK + 1 - start}) & {_ID_MASK}"
        after = None
        if self.search.after:
            after = (f"({drawn}, {self.order}) > ({int(self.search.after[0])}, ?)", self.search.after[1])
        places = self._places(f"ORDER BY {drawn}, {self.order} LIMIT {limit + 1}", after)
        last = places[limit - 1] if len(places) > limit else None
        key = None if last is None else ((last + _ID_MASK + 1 - start) & _ID_MASK, last)
        return self._documents(places[:limit]), key

    def _best(self) -> list[int]:
        newest = (
            f"SELECT {self.order} AS place, bm25({self.shelf.words}, {self.shelf.weights}) AS score FROM {self.source}"
            f" WHERE {' AND '.join(self.where)} ORDER BY {self.order} DESC LIMIT {RANKED}"
        )
        best = f"SELECT place FROM ({newest}) ORDER BY score, place DESC LIMIT {self.search.limit}"
        return [row[0] for row in self.db.execute(best, self.values)]

    def _places(self, end: str, more: tuple[str, int | str] | None = None) -> list[int]:
        where, values = self.where, self.values
        if more is not None:
            where, values = [*where, more[0]], [*values, more[1]]
        statement = f"SELECT {self.order} FROM {self.source} WHERE {' AND '.join(where)} {end}"
        return [row[0] for row in self.db.execute(statement, values)]

    def _documents(self, places: Sequence[int]) -> list[Document]:
        return documents(self.db, self.shelf, places)

    def _narrow(self, condition: str, value: int | str | None) -> None:
        if value is not None:
            self.where.append(condition)
            self.values.append(value)

    def _expression(self, clauses: Sequence[tags.Clause]) -> str:
        periods = [
            tags.period_clause(each.letter, each.low, each.high, self._years(each.letter))
            for each in self.search.ranges
        ]
        every = (*clauses, *periods)
        return sqlite_match.expression(self.search, every, self._languages(), self._spell, self.shelf.parts)

    def _years(self, letter: str) -> tuple[int, int]:
        row = self.db.execute("SELECT first, last FROM years WHERE letter = ?", (letter,)).fetchone()
        return (row[0], row[1]) if row else (1, 0)

    def _languages(self) -> list[str | None]:
        """The languages of the rows there are, of those that the search is for."""
        if self.search.tree is None:
            return []
        sign = "=" if self.shelf.numbered else "<>"
        statement = f"SELECT DISTINCT language FROM coverage WHERE what {sign} 'snapshots' AND \"rows\" > 0"
        held = [row[0] or None for row in self.db.execute(statement)]
        return [each for each in held if self.search.languages is None or each in self.search.languages]

    def _spell(self, leaf: Leaf) -> list[str]:
        """The words of the index that a leaf may mean: within this many edits, nearest first, or with a beginning.

        None where too many words begin so.
        """
        if isinstance(leaf, Fuzzy):
            return self._misspelled(leaf)
        begin = leaf.words[0]
        statement = f"SELECT word FROM {self.shelf.vocabulary} WHERE word >= ? AND word < ? LIMIT {MAX_SPELLINGS + 1}"
        found = [row[0] for row in self.db.execute(statement, (begin, begin + "\U0010ffff"))]
        return found if len(found) <= MAX_SPELLINGS else []

    def _misspelled(self, fuzzy: Fuzzy) -> list[str]:
        from rapidfuzz import process  # noqa: PLC0415 - few searches need it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        first, size = fuzzy.word[0], len(fuzzy.word)
        known = self.db.execute(
            f"SELECT word FROM {self.shelf.vocabulary} WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
            (first, chr(ord(first) + 1), size - fuzzy.edits, size + fuzzy.edits),
        )
        words = [row[0] for row in known]
        near = process.extract_iter(fuzzy.word, words, scorer=OSA.distance, score_cutoff=fuzzy.edits)
        return [word for _, word in sorted((slips, word) for word, slips, _ in near)][:MAX_SPELLINGS]


def documents(db: sqlite3.Connection, shelf: Shelf, places: Sequence[int]) -> list[Document]:
    """The documents of rows, in the order of `places`."""
    joined = f"{shelf.table} JOIN {shelf.documents} ON {shelf.documents}.number = {shelf.table}.document"
    found = dict(_chosen(db, f'SELECT "order", entry FROM {joined} WHERE "order"', places))
    return [unpacked(found[place]) for place in places]


def held(db: sqlite3.Connection, shelf: Shelf, places: Sequence[int]) -> list[int]:
    """Those of some orders that rows have already."""
    return [row[0] for row in _chosen(db, f'SELECT "order" FROM {shelf.table} WHERE "order"', places)]


def places_of(db: sqlite3.Connection, shelf: Shelf, ids: Iterable[str]) -> dict[str, int]:
    """The orders of rows by id; a name with characters that no id has is of none."""
    names = [name for name in ids if name.isascii()]
    return {row[0]: row[1] for row in _chosen(db, f'SELECT id, "order" FROM {shelf.table} WHERE id', names)}


def with_id(db: sqlite3.Connection, quote_id: str) -> list[Document]:
    """The documents of the quotes with an id that begins like this one."""
    if not (quote_id.isascii() and quote_id.isalnum()):
        return []
    return SqliteAnswer(db, QUOTES, Search(clauses=((tags.id_tag(quote_id),),))).all()


def sharing(db: sqlite3.Connection, pages: Iterable[str], keys: Iterable[int]) -> list[int]:
    """The orders of the quotes on these pages (keys of URLs) with these repeat keys."""
    clause = tags.pages_clause(pages)
    there = SqliteAnswer(db, QUOTES, Search(clauses=(clause,))).places() if clause else []
    wanted = set(keys)
    found = _chosen(db, 'SELECT "order", repeat_key FROM quotes WHERE "order"', there)
    return [place for place, key in found if key in wanted]


def _chosen(db: sqlite3.Connection, statement: str, values: Sequence[str | int]) -> list[Any]:
    """The rows that a statement ending in a column finds for these values of it."""
    found: list[Any] = []
    for start in range(0, len(values), 500):
        some = values[start : start + 500]
        found += db.execute(f"{statement} IN ({', '.join('?' * len(some))})", some).fetchall()
    return found


def searched(db: sqlite3.Connection, visibility: Sequence[Visibility]) -> Searched:
    """What the index covers of what may be seen."""
    statement = 'SELECT coalesce(sum("rows"), 0) FROM coverage WHERE what = ? AND visibility = ?'
    visible = [each.value for each in visibility or Visibility]
    quotes, snapshots = (
        sum(db.execute(statement, (what, each)).fetchone()[0] for each in visible)
        for what in (QuoteState.CURRENT.value, "snapshots")
    )
    first = [_extreme(db, "min(published_first)", each) for each in visible]
    last = [_extreme(db, "max(published_last)", each) for each in visible]
    return Searched(
        quotes=quotes,
        snapshots=snapshots,
        published_from=order.day_text(min((day for day in first if day is not None), default=None)),
        published_to=order.day_text(max((day for day in last if day is not None), default=None)),
    )


def _extreme(db: sqlite3.Connection, column: str, visibility: str) -> int | None:
    found: int | None = db.execute(f"SELECT {column} FROM snapshots WHERE visibility = ?", (visibility,)).fetchone()[0]
    return found
