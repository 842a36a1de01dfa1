"""Ids for citing: a quote keeps its id through every later extraction.

An id is `q` and 20 characters of lower-case base32 of a SHA-256 over snapshot id, occurrence number and exact words, as
they were the first time the quote was seen. It is computed once; afterwards it is inherited by matching the words with
what is before and after them, never by counting again: the same words may be said twice, by two people.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from archiver.records import Quote, QuoteState

SAME_PLACE = 100.0
"""Least sum of the likenesses (0 to 100 each) of prefix and suffix at which equal words are the same quote."""

SAME_WORDS = 60.0
"""Least likeness (0 to 100) of the words at which a quote counts as the successor of one no longer seen."""


def quote_id(snapshot_id: str, words: str, occurrence: int) -> str:
    """The id of the quote with exactly these `words`, the `occurrence`-th (from 0) in its snapshot."""
    digest = hashlib.sha256(f"{snapshot_id} {occurrence} {words}".encode("utf-8", "surrogatepass")).digest()
    return "q" + base64.b32encode(digest[:15]).decode("ascii").lower()[:20]


def is_id(text: str) -> bool:
    """Whether the text has the form of an id, of a quote or a snapshot."""
    return re.fullmatch(r"[qs][a-z2-7]{20}", text) is not None


def identified(snapshot_id: str, quotes: Sequence[Quote], earlier: Sequence[Quote] = ()) -> tuple[Quote, ...]:
    """The quotes of a new extraction with their ids, then those of `earlier` that it no longer sees.

    `earlier` are all quotes of the snapshot's extraction before this one, in any state. One seen again is
    current again (a withdrawn one stays withdrawn); one unseen comes back `superseded`, with its successor where there
    is one.
    """
    inherited = _inherited(quotes, earlier)
    taken = {quote.id for quote in earlier}
    ordinal: Counter[str] = Counter()
    current = []
    for place, quote in enumerate(quotes):
        ancestor = inherited.get(place)
        if ancestor is None:
            fresh = _fresh(snapshot_id, quote.text, ordinal[quote.text], taken)
            current.append(replace(quote, id=fresh, state=QuoteState.CURRENT, superseded_by=None))
            taken.add(fresh)
        else:
            current.append(_renewed(quote, ancestor))
        ordinal[quote.text] += 1
    seen = {quote.id for quote in current}
    return (*current, *(_superseded(quote, current) for quote in earlier if quote.id not in seen))


def _fresh(snapshot_id: str, words: str, occurrence: int, taken: set[str | None]) -> str:
    while (fresh := quote_id(snapshot_id, words, occurrence)) in taken:
        occurrence += 1
    return fresh


def _renewed(quote: Quote, ancestor: Quote) -> Quote:
    state = QuoteState.WITHDRAWN if ancestor.state is QuoteState.WITHDRAWN else QuoteState.CURRENT
    return replace(quote, id=ancestor.id, state=state, superseded_by=None)


def _inherited(quotes: Sequence[Quote], earlier: Sequence[Quote]) -> dict[int, Quote]:
    """Place in `quotes` → the earlier quote it continues: the best matching pairs first, each quote once."""
    pairs = sorted(_pairs(quotes, earlier), key=lambda pair: (-pair[0], pair[1], pair[2]))
    matched: dict[int, Quote] = {}
    spent: set[int] = set()
    for _, place, ancestor in pairs:
        if place not in matched and ancestor not in spent:
            matched[place] = earlier[ancestor]
            spent.add(ancestor)
    return matched


def _pairs(quotes: Sequence[Quote], earlier: Sequence[Quote]) -> Iterator[tuple[float, int, int]]:
    by_words: dict[str, list[int]] = {}
    for ancestor, quote in enumerate(earlier):
        by_words.setdefault(quote.text, []).append(ancestor)
    for place, quote in enumerate(quotes):
        for ancestor in by_words.get(quote.text, ()):
            likeness = _likeness(quote, earlier[ancestor])
            if likeness >= SAME_PLACE:
                yield likeness, place, ancestor


def _likeness(one: Quote, other: Quote) -> float:
    (prefix, suffix), (other_prefix, other_suffix) = _around(one), _around(other)
    return fuzz.ratio(prefix, other_prefix) + fuzz.ratio(suffix, other_suffix)


def _around(quote: Quote) -> tuple[str, str]:
    if not quote.selectors:
        return quote.before[-32:], quote.after[:32]
    return quote.selectors[0].prefix, quote.selectors[-1].suffix


def _superseded(quote: Quote, current: Sequence[Quote]) -> Quote:
    if quote.state is QuoteState.WITHDRAWN:
        return quote
    successor = quote.superseded_by or _successor(quote, current)
    return replace(quote, state=QuoteState.SUPERSEDED, superseded_by=successor)


def _successor(quote: Quote, current: Sequence[Quote]) -> str | None:
    """The id of the current quote with the most characters in common, else of the one with the likest words."""
    overlaps = [(_overlap(quote, other), other.id) for other in current if other.text_digest == quote.text_digest]
    best, successor = max(overlaps, key=lambda pair: pair[0], default=(0, None))
    if best:
        return successor
    likenesses = [(fuzz.ratio(quote.text, other.text), other.id) for other in current]
    likeness, successor = max(likenesses, key=lambda pair: pair[0], default=(0.0, None))
    return successor if likeness >= SAME_WORDS else None


def _overlap(one: Quote, other: Quote) -> int:
    return sum(
        max(0, min(left.end, right.end) - max(left.start, right.start)) for left in one.spans for right in other.spans
    )
