"""Tags: what a search filters by, as short words that both indexes hold with each row and only compare.

A tag is a letter that says which filter it answers, a colon-free mark, nothing else; long or odd values (URLs, outlets)
become marks of fixed length, so that nothing a page or a user writes can be too long, or mean something, to an engine.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

from archiver.index.urls import url_key
from archiver.records import Entry, Kind, Query, QuoteState, SnapshotEntry, SnapshotQuery

EVERY = "all"  # on every row: what is left when only exclusions are asked for
LISTED = "listed"  # on every row that a search finds unless told otherwise
LISTED_KINDS = frozenset({Kind.DIRECT, Kind.FRAGMENT})

Clause = tuple[str, ...]  # one of these tags
UNKNOWN_LANGUAGE = "l"


def mark(value: str) -> str:
    """80 bits of a text's digest as 16 characters."""
    digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return base64.b32encode(digest).decode("ascii").lower()


def language_tag(language: str | None) -> str:
    """The tag of rows in a language; None for those whose language is unknown."""
    return UNKNOWN_LANGUAGE if language is None else f"l{mark(language)}"


def quote_tags(entry: Entry, urls: Iterable[str]) -> list[str]:
    """The tags of a quote, each once."""
    quote = entry.quote
    listed = quote.state is QuoteState.CURRENT and quote.kind in LISTED_KINDS and entry.repeat_of is None
    found = [
        EVERY,
        *([LISTED] if listed else []),
        f"k{quote.kind.value}",
        f"s{quote.state.value}",
        "rno" if entry.repeat_of is None else "ryes",
        "ano" if quote.speaker.name is None else "ayes",
        language_tag(entry.language),
        f"i{mark(entry.site)}",
        f"n{mark(entry.snapshot_id)}",
        *([f"o{mark(entry.outlet)}"] if entry.outlet is not None else []),
        *_url_tags(entry.url_keys, urls),
    ]
    return list(dict.fromkeys(found))


def snapshot_tags(entry: SnapshotEntry, urls: Iterable[str]) -> list[str]:
    """The tags of a snapshot, each once."""
    found = [
        EVERY,
        f"t{entry.snapshot.status}",
        f"s{entry.state.value}",
        *([f"w{entry.reason.value}"] if entry.reason else []),
        language_tag(entry.language),
        f"i{mark(entry.site)}",
        *_url_tags(entry.url_keys, urls),
    ]
    return list(dict.fromkeys(found))


def quote_clauses(query: Query) -> list[Clause]:
    """What a search over quotes demands of the tags: one of each clause."""
    found: list[Clause] = []
    kinds, states = set(query.kind), set(query.state)
    if kinds == LISTED_KINDS and states == {QuoteState.CURRENT} and not query.repeats:
        found.append((LISTED,))
    else:
        found += _clause("k", [kind.value for kind in Kind if kind in kinds] if kinds < set(Kind) else [])
        found += _clause(
            "s", [state.value for state in QuoteState if state in states] if states < set(QuoteState) else []
        )
        found += [] if query.repeats else [("rno",)]
    if query.attributed is not None:
        found.append(("ayes" if query.attributed else "ano",))
    found += _clause("i", [mark(_site(site)) for site in query.site])
    found += _clause("o", [mark(outlet) for outlet in query.outlet])
    found += _clause("n", [mark(snapshot) for snapshot in query.snapshot])
    found += _clause("l", [mark(language) for language in query.language])
    return found + _url_clauses(query)


def snapshot_clauses(query: SnapshotQuery) -> list[Clause]:
    """What a search over snapshots demands of the tags: one of each clause."""
    return [
        *_clause("i", [mark(_site(site)) for site in query.site]),
        *_clause("l", [mark(language) for language in query.language]),
        *_clause("t", [str(status) for status in query.status]),
        *_clause("s", [state.value for state in query.state]),
        *_clause("w", [reason.value for reason in query.reason]),
        *_url_clauses(query),
    ]


def url_clause(url: str) -> Clause:
    """Rows of this URL under any of its disguises."""
    return (f"u{mark(url_key(url))}",)


def _url_tags(url_keys: Iterable[str], urls: Iterable[str]) -> list[str]:
    return [*(f"u{mark(key)}" for key in url_keys), *(f"e{mark(url)}" for url in urls)]


def _url_clauses(query: Query | SnapshotQuery) -> list[Clause]:
    keys = [mark(url_key(url)) for url in query.url]
    return [*_clause("u", keys), *_clause("e", [mark(url) for url in query.url_exact])]


def _clause(letter: str, values: Sequence[str]) -> list[Clause]:
    return [tuple(f"{letter}{value}" for value in dict.fromkeys(values))] if values else []


def _site(site: str) -> str:
    """A site as somebody may write it: with capitals or `www.`."""
    return site.strip().lower().removeprefix("www.")
