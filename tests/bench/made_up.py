"""Made-up quotes and articles: words as common and as rare as in a language, dates over six years, many sites.

`SCALE` in the environment says how many quotes there are (100,000). The index of a scale is made once and kept under
the system's folder for temporary files, or in `ONRECORD_TEST_BENCH`; another shape of the index makes another one.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
import tempfile
from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import mappings
from archiver.config import Config, load
from archiver.index import Index, open_index, words
from archiver.records import Entry, Kind, SaidOn, SnapshotEntry, Speaker
from tests.factories import make_dated, make_quote, make_rows

SCALE = int(os.environ.get("SCALE", "100000"))
PER_ARTICLE = 10  # quotes
BATCH = 100  # articles added at a time, as `rebuild` does
WORDS = 50_000
NAMES = 5_000
SITES = 250
FIRST = datetime(2020, 1, 1, tzinfo=UTC)
DAYS = 6 * 365
LANGUAGES = ["en", "en", "en", "de", "fr", "es"]

Rows = tuple[SnapshotEntry, tuple[Entry, ...]]


@cache
def word(rank: int) -> str:
    """The word of a rank; neighbours in rank are spelled differently."""
    syllables = [first + second for first in "bdfghklmnprstvwz" for second in "aeiou"]
    number, letters = rank * 7919 % 512_000, ""
    for _ in range(3):
        letters += syllables[number % 80]
        number //= 80
    return letters


@cache
def _weights() -> list[float]:
    return list(itertools.accumulate(1 / (rank + 2.7) for rank in range(WORDS)))


def text(chance: random.Random, size: int) -> str:
    """So many words, the common ones often."""
    weights = _weights()
    return " ".join(word(bisect(weights, chance.random() * weights[-1])) for _ in range(size))


def name(chance: random.Random) -> str:
    """A speaker, some of whom speak often."""
    rank = int(NAMES ** chance.random())
    return f"{word(rank).title()} {word(rank + 20_000).title()}"


def articles(scale: int, *, article_words: int = 100) -> Iterator[Rows]:
    """Articles with ten quotes each, always the same."""
    chance = random.Random(scale)
    for number in range(scale // PER_ARTICLE):
        published = FIRST + timedelta(minutes=chance.randrange(DAYS * 24 * 60))
        language = chance.choice(LANGUAGES)
        quotes = [
            make_quote(
                f"{number} {place}",
                text=text(chance, 21),
                before=text(chance, 12),
                after=text(chance, 8),
                kind=chance.choices(list(Kind), weights=[7, 2, 1])[0],
                speaker=Speaker(name=name(chance), role=word(chance.randrange(2000)), printed="she", confidence=0.9),
                said_on=SaidOn(value=published.date().isoformat() if chance.random() < 0.4 else None),
            )
            for place in range(PER_ARTICLE)
        ]
        yield make_rows(
            number,
            *quotes,
            url=f"https://site{chance.randrange(SITES)}.example/{number}",
            captured_at=published + timedelta(minutes=chance.randrange(3000)),
            published=make_dated(published.isoformat(timespec="minutes")),
            title=text(chance, 6),
            outlet=f"Outlet {chance.randrange(SITES)}",
            language=language,
            text=text(chance, article_words) if article_words else "",
        )


def batches(scale: int, *, article_words: int = 100) -> Iterator[list[Rows]]:
    """The same, a batch at a time."""
    rows = articles(scale, article_words=article_words)
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


def plain_batches(scale: int) -> Iterator[list[Rows]]:
    """Ten quotes an article whose words are all equally common, with the same words around them: what sizes and rates
    were first measured with.
    """
    chance = random.Random(2)
    some = [f"word{number}" for number in range(4000)]
    for start in range(0, scale, BATCH * PER_ARTICLE):
        batch = []
        for number in range(start, start + BATCH * PER_ARTICLE, PER_ARTICLE):
            texts = [" ".join(chance.choices(some, k=21)) for _ in range(PER_ARTICLE)]
            quotes = [make_quote(f"{number} {place}", text=words) for place, words in enumerate(texts)]
            captured_at = FIRST + timedelta(hours=number)
            url = f"https://x{number % SITES}.example/{number}"
            batch.append(make_rows(number, *quotes, captured_at=captured_at, url=url))
        yield batch


def config_at(path: Path) -> Config:
    """The settings of an archive there."""
    return load({}, {"archive": str(path)})


def config_of(scale: int) -> Config:
    """The settings of the archive of a scale."""
    home = Path(os.environ.get("ONRECORD_TEST_BENCH") or Path(tempfile.gettempdir()) / "onrecord-bench")
    return config_at(home / f"{mappings.shape(words.VERSION)[:12]}-{scale}")


def kept_index(scale: int = SCALE) -> Index:
    """The index of a scale, made if there is none yet."""
    config = config_of(scale)
    done = config.archive / "complete"
    index = open_index(config)
    if not done.exists():
        for number, batch in enumerate(batches(scale)):
            index.add(batch)
            if number % 100 == 0:
                print(f"making {scale:,} quotes: {number * BATCH * PER_ARTICLE:,}", end="\r", file=sys.stderr)
        done.touch()
    return index
