"""Made-up archives and queries in which everything meets everything, for comparing one index with another."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from archiver.records import (
    Days,
    Kind,
    Polarity,
    Query,
    QuoteState,
    Review,
    SaidOn,
    SnapshotQuery,
    Span,
    Speaker,
    Visibility,
)
from tests.factories import CAPTURED, make_dated, make_quote, make_rows

VOCABULARY = ["ferry", "ferries", "tax", "taxes", "Wasser", "waren", "école", "ecoles", "run", "running", "café"]
VOCABULARY += ["東京都", "京都", "la", "der", "contract-law"]
NAMES = ["Ada Marlow", "Tom Reyes", "Zoë Marlow", None, None]
SITES = ["harbour.example", "gazette.example", "tribune.example"]


def _text(rand: random.Random, most: int) -> str:
    return " ".join(rand.choices(VOCABULARY, k=rand.randint(1, most)))


def corpus(seed: int, size: int) -> list[Any]:
    """Captures of a few pages with a few words."""
    rand = random.Random(seed)
    found = []
    for number in range(size):
        quotes = [
            make_quote(
                (seed, number, n),
                text=_text(rand, 7),
                before=_text(rand, 4),
                after=_text(rand, 4),
                kind=rand.choice(list(Kind)),
                state=rand.choices(list(QuoteState), weights=[8, 1, 1])[0],
                speaker=Speaker(name=rand.choice(NAMES), role=rand.choice([None, "tax auditor"])),
                said_on=SaidOn(value=rand.choice([None, f"2026-11-{rand.randint(1, 9):02d}"])),
                spans=(Span(start=n, end=n + 1),),
                polarity=rand.choices(list(Polarity), weights=[8, 1, 1, 1])[0],
                review=rand.choices([None, *Review], weights=[8, 1, 1, 1])[0],
            )
            for n in range(rand.randint(0, 4))
        ]
        day = f"2026-{rand.randint(9, 11):02d}-{rand.randint(10, 28)}"
        published = rand.choice([None, day, f"{day}T{rand.randint(10, 23)}:30:00+0{rand.randint(1, 9)}:00"])
        found.append(
            make_rows(
                (seed, number),
                *quotes,
                url=f"https://{rand.choice(SITES)}/{rand.randint(1, 3)}",
                captured_at=CAPTURED + timedelta(minutes=rand.randint(0, 100_000)),
                published=make_dated(published),
                language=rand.choice(["en", "de", "fr", "ja", None]),
                outlet=rand.choice(["The Courier", "Gazette", None]),
                title=_text(rand, 4),
                visibility=rand.choices(list(Visibility), weights=[8, 1, 1])[0],
                text=rand.choice(["", _text(rand, 40)]),
            )
        )
    return found


WORD = st.sampled_from([*VOCABULARY, "taxi", "rune", "fer", "marlow", "auditor", "京", "caf"])
TERM = st.one_of(
    WORD,
    st.lists(WORD, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.builds(
        lambda words, gap: f'"{" ".join(words)}"~{gap}', st.lists(WORD, min_size=2, max_size=3), st.integers(0, 3)
    ),
    st.builds(lambda word, size: f"{word[:size]}*", WORD, st.integers(1, 4)),
    st.builds(lambda word, slips: f"{word}~{slips}", WORD, st.integers(0, 2)),
)
BOX = st.recursive(
    TERM,
    lambda inner: st.one_of(
        inner.map(lambda term: f"-{term}"),
        st.builds(lambda left, join, right: f"({left}{join}{right})", inner, st.sampled_from([" ", " | "]), inner),
    ),
    max_leaves=4,
)
DAYS = st.builds(
    Days,
    start=st.sampled_from([None, None, "2026-10-15", "2026-11-04"]),
    end=st.sampled_from([None, None, "2026-11-06", "2026-11-20"]),
)


def _some(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(()), st.lists(st.sampled_from(values), max_size=2).map(tuple))


QUERIES = st.builds(
    Query,
    q=st.one_of(st.just(""), BOX, BOX),
    in_passage=st.booleans(),
    exact=st.booleans(),
    speaker=_some(["marlow", "ADA", "reyes tom"]),
    attributed=st.sampled_from([None, None, True, False]),
    site=_some(SITES),
    outlet=_some(["Gazette"]),
    url=_some(["gazette.example/1", "https://www.tribune.example/2/"]),
    language=_some(["en", "de", "ja"]),
    kind=st.sampled_from([(Kind.DIRECT, Kind.FRAGMENT), tuple(Kind), (Kind.INDIRECT,)]),
    state=st.sampled_from([(QuoteState.CURRENT,), tuple(QuoteState), (QuoteState.WITHDRAWN, QuoteState.CURRENT)]),
    published=DAYS,
    said=DAYS,
    captured=DAYS,
    polarity=_some(list(Polarity)),
    review=_some(list(Review)),
    visibility=st.sampled_from([(Visibility.PUBLIC,), (Visibility.PUBLIC,), tuple(Visibility), (Visibility.PRIVATE,)]),
    repeats=st.booleans(),
    sort=st.sampled_from(["-published", "published"]),
    facet=st.just(("speaker", "site", "outlet", "language", "kind", "month", "year", "polarity", "review")),
    limit=st.sampled_from([1000, 1000, 7]),
)

ARTICLE_QUERIES = st.builds(
    SnapshotQuery,
    q=st.one_of(st.just(""), BOX, BOX),
    exact=st.booleans(),
    site=_some(SITES),
    outlet=_some(["Gazette"]),
    url=_some(["gazette.example/1"]),
    language=_some(["en", "de", "ja"]),
    published=DAYS,
    captured=DAYS,
    visibility=st.sampled_from([(Visibility.PUBLIC,), tuple(Visibility)]),
    sort=st.sampled_from(["-captured", "captured"]),
    facet=st.just(("site", "outlet", "language", "state", "month", "year")),
    limit=st.sampled_from([1000, 7]),
)
