"""Quotes and articles into an SQLite index: how quickly, beside SQLite alone with the same words, and how large."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import mappings
from archiver.index import open_index, rows
from archiver.index.sqlite_write import quote_values
from tests.bench.made_up import PER_ARTICLE, SCALE, batches, config_at, plain_batches
from tests.bench.table import Row

ARTICLES = 10_000  # for the bytes of an article: with fewer, the list of words weighs more than their places
ARTICLE_WORDS = 400


def adding() -> list[Row]:
    """The rate of adding at both ends of the scale, and the sizes."""
    with tempfile.TemporaryDirectory() as name:
        given = list(plain_batches(SCALE))
        ours, size = _ours(Path(name), given)
        raw = _raw(Path(name) / "raw.sqlite", given)
        quotes = sum(len(batch) for batch in given) * PER_ARTICLE
        articles, letters = _articles(Path(name) / "articles")
    return [
        Row(what=f"adding {quotes:,} quotes: quotes a second of CPU", ratio=quotes / ours, goal="(no goal)"),
        Row(what="adding: rate / rate of SQLite alone with the same words and tags", ratio=raw / ours, goal=">= 0.333"),
        Row(what="bytes a quote", ratio=size / quotes, goal="<= 1,300"),
        Row(what=f"bytes of an article of {ARTICLE_WORDS} words / its text", ratio=articles / letters, goal="<= 1.2"),
    ]


def _ours(path: Path, given: Sequence[Sequence[rows.Given]]) -> tuple[float, int]:
    index = open_index(config_at(path))
    began = time.process_time()
    for batch in given:
        index.add(batch)
    taken = time.process_time() - began
    index.close()
    return taken, _size(path)


def _raw(path: Path, given: Sequence[Sequence[rows.Given]]) -> float:
    """The words and tags of the same quotes put into a table of words and nothing else."""
    prepared = [rows.prepared(rows.placed(batch)) for batch in given]
    values = [
        [(place, *quote_values(each)) for place, each in enumerate(batch, 1 + 10_000 * n)]
        for n, batch in enumerate(prepared)
    ]
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(mappings.schema())
        marks = ", ".join("?" * (len(values[0][0]) - 1))
        columns = [row[1] for row in db.execute("PRAGMA table_info(quote_words)")]
        statement = f"INSERT INTO quote_words (rowid, {', '.join(columns)}) VALUES (?, {marks})"
        began = time.process_time()
        for batch in values:
            db.execute("BEGIN")
            db.executemany(statement, batch)
            db.execute("COMMIT")
        return time.process_time() - began


def _articles(path: Path) -> tuple[float, float]:
    """What the words of an article add to the index, and what its text measures in UTF-8."""
    sizes = []
    letters = 0
    for words in (ARTICLE_WORDS, 0):
        here = path / str(words)
        index = open_index(config_at(here))
        for batch in itertools.islice(batches(ARTICLES * PER_ARTICLE, article_words=words), ARTICLES // 100):
            index.add([(row, ()) for row, _ in batch])
            letters += sum(len(row.text.encode()) for row, _ in batch)
        index.close()
        sizes.append(_size(here))
    return sizes[0] - sizes[1], letters


def _size(path: Path) -> int:
    """The bytes of the index, without what its pages have free."""
    total = 0
    for each in (path / "index").glob("*.sqlite"):
        with sqlite3.connect(each) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            pages, free, size = (
                db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
            )
            total += (pages - free) * size
        db.close()
    return total
