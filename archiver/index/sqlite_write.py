# ruff: noqa: S608 - statements are put together from names of our own tables and columns; values are bound
"""Writing the SQLite index: rows, documents and words of snapshots and their quotes, in one transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from archiver.index import rows, tags
from archiver.index.packing import packed
from archiver.index.rows import Placed, Prepared, Row
from archiver.index.search import Search
from archiver.index.sqlite_read import (
    ARTICLES,
    QUOTES,
    SNAPSHOTS,
    Shelf,
    SqliteAnswer,
    documents,
    held,
    places_of,
    sharing,
)
from archiver.records import Entry, Kind, SnapshotEntry
from archiver.values import from_json, to_json

_QUOTE_COLUMNS = (
    *("order", "speaker", "site", "outlet", "language", "kind", "polarity", "review", "published"),
    *("said", "captured", "learnt", "repeat_key", "document"),
)
_SNAPSHOT_COLUMNS = (
    *("order", "id", "site", "outlet", "language", "status", "state", "reason", "visibility"),
    *("published_first", "published_last", "captured", "article", "document"),
)
_ARTICLES = "articles"  # the fact that counts the numbers given to articles
_WORDS = tuple(f"{part}_{form}" for form in ("words", "stems") for part in QUOTES.parts)


_MAX_KNOWN = 1 << 17


class LearningConnection(sqlite3.Connection):
    """A connection that remembers words which its file has, by table, so that they need not be put in again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {"vocabulary": set[str](), "article_vocabulary": set[str]()}

    def learn(self, words: Mapping[str, set[str]]) -> None:
        """Notes words that are in the file now: what put them in is committed."""
        for table, new in words.items():
            if len(self.known[table]) > _MAX_KNOWN:
                self.known[table].clear()
            self.known[table] |= new


def add(db: LearningConnection, given: Sequence[tuple[SnapshotEntry, Sequence[Entry]]]) -> Mapping[str, set[str]]:
    """Replaces the snapshots, then marks the repeats among all quotes that share words with what came or went.

    Returns the words that came in, by table.
    """
    change = _Change(db)
    earlier = places_of(db, SNAPSHOTS, (snapshot.snapshot.id for snapshot, _ in given))
    vocabulary = change.words["vocabulary"]
    old = change.quotes_at(quotes_of(db, earlier))
    change.remove_quotes(old)
    change.insert_snapshots([snapshot for snapshot, _ in given], earlier)
    new = rows.prepared(rows.placed(given), vocabulary)
    others = change.quotes_at(_sharing(db, (*old.values(), *new)))
    marked, again = rows.marked(new, others)
    change.remove_quotes({place: others[place] for place in again})
    change.insert_quotes([*marked, *again.values()])
    change.finish()
    return change.words


def quotes_of(db: sqlite3.Connection, snapshot_ids: Iterable[str]) -> list[int]:
    """The orders of the quotes of some snapshots."""
    marks = tuple(f"#n{tags.mark(each)}" for each in snapshot_ids)
    return SqliteAnswer(db, QUOTES, Search(clauses=(marks,))).places() if marks else []


def _sharing(db: sqlite3.Connection, changed: Iterable[Prepared]) -> list[int]:
    """The orders of the quotes that one of those which came or went may repeat, or be repeated by."""
    keys = {each.key: each.said.page for each in changed if each.said is not None and each.key is not None}
    return sharing(db, set(keys.values()), keys)


def holding(size: int) -> str:
    """The statements that make FTS5 hold so many bytes of words before it writes them out."""
    tables = (QUOTES.words, ARTICLES.words)
    return "; ".join(f"INSERT INTO {each} ({each}, rank) VALUES ('hashsize', {size})" for each in tables)


class _Change:
    """One transaction's changes; what is counted and collected on the way is written by `finish`."""

    def __init__(self, db: LearningConnection) -> None:
        self.db = db
        self.coverage = Counter[tuple[str, str, str]]()
        self.words = {table: set[str]() for table in db.known}
        self.years: dict[str, tuple[int, int]] = {}
        self.articles = int(db.execute(f"SELECT value FROM facts WHERE name = '{_ARTICLES}'").fetchone()[0])

    def quotes_at(self, places: Sequence[int]) -> dict[int, Prepared]:
        """The quotes at some places, ready to be removed or written again."""
        found = (from_json(Placed, each) for each in documents(self.db, QUOTES, places))
        return dict(zip(places, rows.prepared(found, self.words["vocabulary"]), strict=True))

    def remove_quotes(self, old: Mapping[int, Prepared]) -> None:
        """Removes quotes. `old` are complete rows, because the index needs the words again to delete them."""
        for place, each in old.items():
            self._count_quote(each.placed.entry, -1)
            values = ("delete", place, *quote_values(each))
            _insert(self.db, "quote_words", ("quote_words", "rowid", "tags", *_WORDS), [values])
        _delete(self.db, QUOTES, old)

    def insert_quotes(self, new: Sequence[Prepared]) -> None:
        """Writes quotes in their order, which is quickest; a place that is taken gives way to the next."""
        made = [(rows.quote_row(each), packed(to_json(each.placed)), quote_values(each)) for each in new]
        made.sort(key=lambda each: (each[0]["order"], each[0]["id"]))
        _settle(self.db, QUOTES, [row for row, *_ in made])
        _put_in(self.db, QUOTES, _QUOTE_COLUMNS, [(row, document) for row, document, _ in made])
        words = [(row["order"], *values) for row, _, values in made]
        _insert(self.db, "quote_words", ("rowid", "tags", *_WORDS), words)
        for each in new:
            self._count_quote(each.placed.entry, 1)
        for letter, column in ((tags.PUBLISHED, "published"), (tags.SAID, "said"), (tags.CAPTURED, "captured")):
            self._reach(letter, {row[column] for row, *_ in made})

    def insert_snapshots(self, new: Sequence[SnapshotEntry], earlier: Mapping[str, int]) -> None:
        """Writes snapshots in place of those that were there under their ids (with their orders)."""
        old = dict(zip(earlier.values(), self._snapshots_at(list(earlier.values())), strict=True))
        kept = self._articles_at(earlier)
        for place, each in old.items():
            self._count(_snapshot_counts(each), -1)
            gone = ("delete", place, " ".join(_snapshot_tags(each)))
            _insert(self.db, "snapshot_words", ("snapshot_words", "rowid", "tags"), [gone])
        self.db.executemany("DELETE FROM articles WHERE number = ?", [(number,) for number in kept.values()])
        _delete(self.db, SNAPSHOTS, old)
        before = {each.snapshot.id: each for each in old.values()}
        pairs = [(rows.snapshot_row(each), each) for each in new]
        pairs.sort(key=lambda pair: (pair[0]["order"], pair[0]["id"]))
        _settle(self.db, SNAPSHOTS, [row for row, _ in pairs])
        found, fresh = [], []
        for row, each in pairs:
            self._count(_snapshot_counts(each), 1)
            tagged = _snapshot_tags(each)
            found.append((row["order"], " ".join(tagged)))
            same = _same_article(before.get(each.snapshot.id), each)
            row["article"] = kept.get(each.snapshot.id) if same else None
            if row["article"] is None and each.text:
                row["article"] = self.articles = self.articles + 1
                fresh.append((self.articles, " ".join(_of_article(tagged)), each))
        shown = [(row, packed(to_json(rows.without_text(each)))) for row, each in pairs]
        _put_in(self.db, SNAPSHOTS, _SNAPSHOT_COLUMNS, shown)
        _insert(self.db, "snapshot_words", ("rowid", "tags"), found)
        self._put_in_articles(fresh)
        numbers = [(row["article"], row["order"]) for row, _ in pairs if row["article"] is not None]
        _insert(self.db, "articles", ("number", "order"), numbers)
        self._reach(tags.PUBLISHED, {row[end] for row, _ in pairs for end in ("published_first", "published_last")})
        self._reach(tags.CAPTURED, {row["captured"] for row, _ in pairs})

    def _put_in_articles(self, new: Sequence[tuple[int, str, SnapshotEntry]]) -> None:
        """The words of articles, each under its number and with its tags."""
        seen = self.words["article_vocabulary"]
        words = [(number, tagged, rows.article_words(entry, seen)) for number, tagged, entry in new]
        values = [(number, tagged, each["text_words"], each["text_stems"]) for number, tagged, each in words]
        _insert(self.db, "article_words", ("rowid", "tags", "text_words", "text_stems"), values)

    def finish(self) -> None:
        """Writes what was counted and collected."""
        self.db.execute(f"UPDATE facts SET value = ? WHERE name = '{_ARTICLES}'", (self.articles,))
        self.db.executemany(
            'INSERT INTO coverage VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "rows" = "rows" + excluded."rows"',
            [(*key, count) for key, count in self.coverage.items() if count],
        )
        for table, words in self.words.items():
            new = to_json(sorted(words - self.db.known[table])).decode()
            self.db.execute(f"INSERT OR IGNORE INTO {table} SELECT value FROM json_each(?)", (new,))
        self.db.executemany(
            "INSERT INTO years VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
            " SET first = min(first, excluded.first), last = max(last, excluded.last)",
            [(letter, *reach) for letter, reach in self.years.items()],
        )

    def _snapshots_at(self, places: Sequence[int]) -> list[SnapshotEntry]:
        return [from_json(SnapshotEntry, each) for each in documents(self.db, SNAPSHOTS, places)]

    def _articles_at(self, places: Mapping[str, int]) -> dict[str, int]:
        """The numbers of the articles of snapshots, by the ids of those that have one."""
        statement = 'SELECT article FROM snapshots WHERE "order" = ?'
        found = {name: self.db.execute(statement, (place,)).fetchone()[0] for name, place in places.items()}
        return {name: number for name, number in found.items() if number is not None}

    def _count_quote(self, entry: Entry, change: int) -> None:
        self._count(_quote_counts(entry), change)
        if tags.is_listed(entry):
            self._count(("listed", entry.visibility, entry.language or ""), change)

    def _count(self, key: tuple[str, str, str], change: int) -> None:
        self.coverage[key] += change

    def _reach(self, letter: str, dates: Iterable[int | None]) -> None:
        years = {digits // 10000 for digits in dates if digits is not None}
        if years:
            years.update(self.years.get(letter, ()))
            self.years[letter] = (min(years), max(years))


def _same_article(old: SnapshotEntry | None, new: SnapshotEntry) -> bool:
    """Whether the words that the index has of an article are still those of the new row."""
    return (
        old is not None
        and (old.text_digest, old.language) == (new.text_digest, new.language)
        and _of_article(_snapshot_tags(old)) == _of_article(_snapshot_tags(new))
    )


def _quote_counts(entry: Entry) -> tuple[str, str, str]:
    """What a quote is counted under: its state, or, of reported speech, which is counted apart, its kind."""
    what = entry.quote.kind if entry.quote.kind is Kind.INDIRECT else entry.quote.state
    return what, entry.visibility, entry.language or ""


def _snapshot_counts(entry: SnapshotEntry) -> tuple[str, str, str]:
    return "snapshots", entry.visibility, entry.language or ""


def quote_values(prepared: Prepared) -> tuple[str, ...]:
    """The tags and words of a quote, as its table of words has them."""
    entry = prepared.placed.entry
    found = (tags.id_tag(entry.quote.id or ""), *tags.quote_tags(entry, prepared.placed.urls, prepared.spoken))
    ready = [prepared.words[part] for part in QUOTES.parts]
    return (" ".join(found), *[each.words for each in ready], *[each.stems for each in ready])


def _snapshot_tags(entry: SnapshotEntry) -> list[str]:
    return tags.snapshot_tags(entry, rows.urls_of(entry))


def _of_article(tagged: Iterable[str]) -> list[str]:
    """Those of a snapshot's tags that are with the words of its article too."""
    return [tag for tag in tagged if not tags.is_rare(tag)]


def _settle(db: sqlite3.Connection, shelf: Shelf, new: Sequence[Row]) -> None:
    """Gives each row an order that no other one has, and its document a number that no other one ever had."""
    statement = f'SELECT 1 FROM {shelf.table} WHERE "order" = ?'
    taken = set(held(db, shelf, [row["order"] for row in new]))
    number = db.execute(f"SELECT coalesce(max(number), 0) FROM {shelf.documents}").fetchone()[0]
    for row in new:
        if row["order"] in taken:
            while row["order"] in taken or db.execute(statement, (row["order"],)).fetchone():
                row["order"] += 1
        taken.add(row["order"])
        row["document"] = number = number + 1


def _put_in(db: sqlite3.Connection, shelf: Shelf, columns: Sequence[str], new: Sequence[tuple[Row, bytes]]) -> None:
    """Writes rows and their documents, which are packed."""
    of = itemgetter(*columns)
    _insert(db, shelf.table, columns, [of(row) for row, _ in new])
    entries = [(row["document"], document) for row, document in new]
    _insert(db, shelf.documents, ("number", "entry"), entries)


def _delete(db: sqlite3.Connection, shelf: Shelf, places: Iterable[int]) -> None:
    values = [(place,) for place in places]
    here = f'(SELECT document FROM {shelf.table} WHERE "order" = ?)'
    db.executemany(f"DELETE FROM {shelf.documents} WHERE number = {here}", values)
    db.executemany(f'DELETE FROM {shelf.table} WHERE "order" = ?', values)


def _insert(db: sqlite3.Connection, table: str, columns: Sequence[str], values: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    db.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", values)
