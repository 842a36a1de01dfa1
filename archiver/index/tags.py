"""Tags: what a search filters by, as short words that both indexes hold with each row and only compare.

A tag is `#`, a letter that says which filter it answers, and a value; long or odd values (URLs, outlets) become marks
of fixed length, so that nothing a page or a user writes can be too long, or mean something, to an engine. No word
begins with `#`, so that tags are never among the words.

A date has a tag for each period that it is in: its year, its month, its day. A range of days is the fewest whole
years, months and days that make it up: a row is in the range if its date is in one of them.
"""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from archiver.index.identity import statement_of
from archiver.index.order import digits_of, utc_day
from archiver.index.references import ALL_REVISITS, names_of, references_of
from archiver.index.urls import url_key
from archiver.records import (
    Entry,
    Kind,
    Polarity,
    Query,
    QuoteState,
    Snapshot,
    SnapshotEntry,
    SnapshotQuery,
    Visibility,
)
from archiver.speakers.keys import person_id, spelling_keys

EVERY = "#all"  # on every row: what is left when only exclusions are requested
LISTED = "#listed"  # on every row that a search finds unless it asks for others too
LISTED_KINDS = frozenset({Kind.DIRECT, Kind.FRAGMENT})
PUBLISHED, SAID, CAPTURED = "#p", "#d", "#c"

Clause = tuple[str, ...]  # one of these tags
UNKNOWN_LANGUAGE = "#l"


@lru_cache(maxsize=1 << 14)
def mark(value: str) -> str:
    """64 bits of a text's digest as 16 characters."""
    return hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def language_tag(language: str | None) -> str:
    """The tag of rows in a language; None for those whose language is unknown."""
    return UNKNOWN_LANGUAGE if language is None else f"#l{mark(language)}"


def quote_tags(entry: Entry, urls: tuple[str, ...], words: str) -> list[str]:
    """The tags of a quote, each once. `words` are its folded words and speaker, a line each."""
    quote = entry.quote
    return [
        EVERY,
        *([LISTED] if is_listed(entry) else []),
        f"#k{quote.kind}",
        f"#s{quote.state}",
        f"#v{entry.visibility}",
        "#rno" if entry.repeat_of is None else "#ryes",
        "#ano" if quote.speaker.name is None else "#ayes",
        *([] if quote.polarity is Polarity.ASSERTED else [f"#h{quote.polarity}"]),
        *([] if quote.review is None else [f"#j{quote.review}"]),
        *_date_tags(SAID, digits_of(quote.said_on.value)),
        *_page_tags(entry.snapshot_id, entry.site, (entry.outlet, entry.language), entry.published, entry.captured_at),
        *_url_tags(entry.url_keys, urls),
        statement_tag(statement_of(words)),
        *_speaker_tags(quote.speaker.name),
    ]


@lru_cache(maxsize=256)
def _page_tags(
    snapshot_id: str, site: str, claims: tuple[str | None, str | None], published: str | None, captured_at: datetime
) -> tuple[str, ...]:
    """What all quotes of a snapshot have in common; `claims` are its outlet and its language."""
    outlet, language = claims
    return (
        language_tag(language),
        f"#i{mark(site)}",
        f"#n{mark(snapshot_id)}",
        *([f"#o{mark(outlet)}"] if outlet is not None else []),
        *_date_tags(PUBLISHED, digits_of(published)),
        *_date_tags(CAPTURED, utc_day(captured_at)),
    )


@lru_cache(maxsize=1 << 12)
def _speaker_tags(name: str | None) -> tuple[str, ...]:
    """The id of a spelling, and the keys that other spellings of the name share."""
    if not name:
        return ()
    return (f"#b{person_id(name)}", *(f"#g{mark(key)}" for key in sorted(spelling_keys(name))))


def statement_tag(statement: str) -> str:
    """The tag of a wording's id, of which 65 bits are enough."""
    return f"#q{statement[:14]}"


def id_tag(quote_id: str) -> str:
    """What a quote is looked up by: so much of its id that hardly another one has it."""
    return f"#m{quote_id[:8]}"


def spelling_clause(keys: Iterable[str]) -> Clause:
    """Quotes whose speaker's name has one of these keys."""
    return tuple(f"#g{mark(key)}" for key in keys)


def is_listed(entry: Entry) -> bool:
    """Whether a search that asks for nothing else finds it."""
    quote = entry.quote
    return (
        quote.state is QuoteState.CURRENT
        and quote.kind in LISTED_KINDS
        and entry.repeat_of is None
        and entry.visibility is Visibility.PUBLIC
    )


def snapshot_tags(entry: SnapshotEntry, urls: tuple[str, ...]) -> list[str]:
    """The tags of a snapshot, each once."""
    found = [
        EVERY,
        f"#t{entry.snapshot.status}",
        f"#s{entry.state.value}",
        f"#v{entry.visibility.value}",
        *([f"#w{entry.reason.value}"] if entry.reason else []),
        language_tag(entry.language),
        f"#i{mark(entry.site)}",
        *([f"#o{mark(entry.outlet)}"] if entry.outlet is not None else []),
        *_date_tags(PUBLISHED, digits_of(entry.published.value)),
        *_date_tags(CAPTURED, utc_day(entry.snapshot.captured_at)),
        *_url_tags(entry.url_keys, urls),
        *(f"#x{mark(name)}" for name in names_of(entry.snapshot)),
        *(f"#y{mark(name)}" for name in _references(entry.snapshot)),
    ]
    return list(dict.fromkeys(found))


def is_rare(tag: str) -> bool:
    """Whether few snapshots have it: those of URLs and of names."""
    return tag.startswith(("#u", "#e", "#x", "#y"))


def _references(snapshot: Snapshot) -> tuple[str, ...]:
    return () if snapshot.refers_to is None else (ALL_REVISITS, *references_of(snapshot))


def quote_clauses(query: Query) -> list[Clause]:
    """What a search over quotes demands of the tags: one of each clause."""
    found: list[Clause] = []
    kinds, states, visible = set(query.kind), set(query.state), set(query.visibility)
    usual = kinds == LISTED_KINDS and states == {QuoteState.CURRENT} and visible == {Visibility.PUBLIC}
    if usual and not query.repeats:
        found.append((LISTED,))
    else:
        found += _chosen("#k", kinds, Kind)
        found += _chosen("#s", states, QuoteState)
        found += _chosen("#v", visible, Visibility)
        found += [] if query.repeats else [("#rno",)]
    if query.attributed is not None:
        found.append(("#ayes" if query.attributed else "#ano",))
    found += _polarity_clause(query.polarity)
    found += _clause("#j", [review.value for review in query.review])
    found += _clause("#i", [mark(_site(site)) for site in query.site])
    found += _clause("#o", [mark(outlet) for outlet in query.outlet])
    found += _clause("#n", [mark(snapshot) for snapshot in query.snapshot])
    found += _clause("#l", [mark(language) for language in query.language])
    found += _clause("", [statement_tag(each) for each in query.statement])
    found += _clause("#b", query.person)
    return found + _url_clauses(query)


def excluded_polarities(query: Query) -> Clause:
    """Tags that no row may have: the polarities that were not requested, where asserted words were."""
    wanted = set(query.polarity)
    if Polarity.ASSERTED not in wanted:
        return ()
    return tuple(f"#h{each.value}" for each in Polarity if each is not Polarity.ASSERTED and each not in wanted)


def _polarity_clause(wanted: Sequence[Polarity]) -> list[Clause]:
    """Asserted words have no tag of their own, because nearly all words are."""
    return [] if Polarity.ASSERTED in wanted else _clause("#h", [each.value for each in wanted])


def snapshot_clauses(query: SnapshotQuery) -> list[Clause]:
    """What a search over snapshots demands of the tags: one of each clause."""
    return [
        *_clause("#i", [mark(_site(site)) for site in query.site]),
        *_clause("#o", [mark(outlet) for outlet in query.outlet]),
        *_clause("#l", [mark(language) for language in query.language]),
        *_clause("#t", [str(status) for status in query.status]),
        *_clause("#s", [state.value for state in query.state]),
        *_clause("#w", [reason.value for reason in query.reason]),
        *_chosen("#v", set(query.visibility), Visibility),
        *_clause("#x", [mark(name) for name in query.names]),
        *_clause("#y", [mark(name) for name in query.refers_to]),
        *_url_clauses(query),
    ]


def period_clause(letter: str, low: int | None, high: int | None, years: tuple[int, int]) -> Clause:
    """The periods that make up a range of days (YYYYMMDD, None for open); `years` are the first and last that any row
    has a date in, so that an open range has an end.
    """
    first = max(low or 0, years[0] * 10000 + 101)
    last = min(high or 99991231, years[1] * 10000 + 1231)
    return tuple(f"{letter}{period}" for period in _periods(first, last)) or ("#none",)


def _periods(low: int, high: int) -> Iterator[str]:
    """The fewest whole years, months and days from one day to another, both included."""
    for year in range(low // 10000, high // 10000 + 1):
        if low <= year * 10000 + 101 and year * 10000 + 1231 <= high:
            yield f"{year:04d}"
            continue
        for month in range(1, 13):
            start = year * 10000 + month * 100
            end = start + monthrange(year, month)[1]
            if low <= start + 1 and end <= high:
                yield f"{year:04d}{month:02d}"
            else:
                yield from (f"{day:08d}" for day in range(max(low, start + 1), min(high, end) + 1))


def _date_tags(letter: str, digits: int | None) -> list[str]:
    """The periods that a date (YYYYMMDD, 00 for what it does not name) is in."""
    if digits is None:
        return []
    text = f"{digits:08d}"
    month = [f"{letter}{text[:6]}"] if digits % 10000 else []
    day = [f"{letter}{text}"] if digits % 100 else []
    return [f"{letter}{text[:4]}", *month, *day]


def url_clause(url: str) -> Clause:
    """Rows of this URL under any of its disguises."""
    return pages_clause((url_key(url),))


def pages_clause(keys: Iterable[str]) -> Clause:
    """Rows of URLs that have one of these keys."""
    return tuple(f"#u{mark(key)}" for key in keys)


@lru_cache(maxsize=256)
def _url_tags(url_keys: tuple[str, ...], urls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(f"#u{mark(key)}" for key in url_keys), *(f"#e{mark(url)}" for url in urls)]))


def _url_clauses(query: Query | SnapshotQuery) -> list[Clause]:
    keys = [mark(url_key(url)) for url in query.url]
    return [*_clause("#u", keys), *_clause("#e", [mark(url) for url in query.url_exact])]


def _chosen(letter: str, chosen: Iterable[str], known: Iterable[str]) -> list[Clause]:
    """A clause for those of a closed list that are chosen; none where all are."""
    wanted = set(chosen)
    return [] if wanted >= set(known) else _clause(letter, [str(each) for each in known if each in wanted])


def _clause(letter: str, values: Sequence[str]) -> list[Clause]:
    return [tuple(f"{letter}{value}" for value in dict.fromkeys(values))] if values else []


def _site(site: str) -> str:
    """A site as somebody may write it: with capitals or `www.`."""
    return site.strip().lower().removeprefix("www.")
