"""Reported speech without a verb of saying: «laut X», «nach Angaben der Polizei», «Berichten zufolge», «demnach»."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from archiver.languages import Pack
from archiver.quotes.model import QUOTE, WORD, Chunks
from archiver.quotes.patterns import WORDS
from archiver.quotes.reported import CAPITALS, VERB, Reported, clause_of, new_mention
from archiver.quotes.trail import ReportedRule

_LEAD = 5  # code points before a source that leads its sentence
_NEAR = 3  # chunks between a preposition and the noun that makes a source of it
_SOURCE = re.compile("[doy]{0,2}(?P<source>[XOi])")


def by_source(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«Nach Angaben der Polizei wurden …», «… sind laut X …», «… Berichten zufolge …», «… soll demnach …»."""
    if hearsay := _hearsay(chunks, first, end):
        word = chunks.mentions[hearsay]
        start = word.end if word.start <= chunks.starts[first] else 0
        return clause_of(chunks, (first, end), word.chunk, hearsay, ReportedRule.HEARSAY, 0.8, start=start)
    for at in range(first, end):
        if chunks.codes[at] != "a" or (
            0 < chunks.ends[at] - chunks.starts[at] < _NEAR and chunks.codes[at - 1] not in ",-"
        ):
            continue
        source = _source_behind(chunks, at, end)
        source = source if source >= 0 else _source_before(chunks, at, first)
        if source >= 0:
            return _told_by(chunks, (first, end), at, source, chunks.mentions[source].end)
    return _by_noun(chunks, first, end)


def _by_noun(chunks: Chunks, first: int, end: int) -> Reported | None:
    """«nach einem Bericht der Zeitung», «Polizeiangaben zufolge», «ihrer Meinung nach»."""
    pattern = _sources_of(chunks.pack)
    low = chunks.starts[first]
    found = pattern.search(chunks.text, low, chunks.ends[end - 1]) if pattern else None
    if found is None:
        return None
    start, stop = found.span("noun") if found["noun"] else found.span("opinion")
    at = max(first, bisect_right(chunks.starts, found.start(), first, end) - 1)
    if chunks.codes[at] == QUOTE:
        return None
    behind = bisect_left(chunks.starts, stop, first, end)
    owner = _SOURCE.match(chunks.codes, behind + (chunks.codes[behind : behind + 1] == "p"), end)
    near = (
        owner is not None
        and found["noun"]
        and len(chunks.text[stop : chunks.starts[owner.start()]].split()) <= (chunks.codes[behind : behind + 1] == "p")
    )
    source = chunks.mention_at[owner.start("source")] if owner and near else -1
    if source < 0:
        chunk = max(first, bisect_right(chunks.starts, start, first, end) - 1)
        source = chunks.mention_at[chunk] if chunks.mention_at[chunk] >= 0 else new_mention(chunks, chunk, start, stop)
    return _told_by(chunks, (first, end), at, source, max(stop, chunks.mentions[source].end))


def _told_by(chunks: Chunks, sentence: tuple[int, int], at: int, source: int, behind: int) -> Reported | None:
    """What the source at chunk `at` reports: what follows it where it leads the sentence, else the whole sentence."""
    first, end = sentence
    begun = chunks.ends[first - 1] if first else 0
    if chunks.codes[at - 1] == "," and "," not in chunks.codes[at:end] and at > first + 1:
        return clause_of(chunks, (first, at - 1), at, source, ReportedRule.SOURCE_LAST, 0.9)  # «…, so X»
    if chunks.starts[at] - begun > _LEAD or chunks.mentions[source].start < chunks.starts[at]:
        return clause_of(chunks, (first, end), at, source, ReportedRule.SOURCE_LAST, 0.8)
    chunk = bisect_right(chunks.starts, behind, first, end) - 1
    if chunks.codes[chunk] == WORD and chunks.ends[chunk] > behind + 1:  # «Nach Polizeiangaben kam …»
        return clause_of(chunks, (chunk, end), at, source, ReportedRule.SOURCE_FIRST, 0.8, start=behind)
    comma = next((n for n in range(chunk, min(chunk + 2, end)) if chunks.codes[n] == ","), -1)
    if comma >= 0:  # «Nach Angaben von X, einem Manager, wurde …»
        chunk = next((n for n in range(comma + 1, end) if chunks.codes[n] == ","), comma)
    verb = VERB.search(chunks.codes, chunk + 1, end)
    return clause_of(chunks, (verb.start() if verb else first, end), at, source, ReportedRule.SOURCE_FIRST, 0.8)


@lru_cache(maxsize=64)
def _sources_of(pack: Pack) -> re.Pattern[str] | None:
    """What makes a source of a noun: a preposition before it, or after it where somebody's opinion is meant."""
    if not pack.source_prepositions or not pack.source_nouns:
        return None
    prepositions, nouns = "|".join(sorted(pack.source_prepositions)), "|".join(sorted(pack.source_nouns))
    return re.compile(
        rf"(?i)\b(?:(?:{prepositions})\s+(?:[\w-]+\s+){{0,3}}?(?P<noun>[\w-]*(?:{nouns}))\b"
        rf"|(?P<opinion>\w+\s+(?:{nouns}))\s+(?:{prepositions})\b(?=[\s,.]))"
    )


def _source_behind(chunks: Chunks, at: int, end: int) -> int:
    found = _SOURCE.match(chunks.codes, at + 1, end)
    if found:
        return chunks.mention_at[found.start("source")]
    if chunks.codes[at + 1 : at + 2] == QUOTE:
        return new_mention(chunks, at + 1, chunks.starts[at + 1], chunks.ends[at + 1])
    if chunks.codes[at + 1 : at + 2] not in tuple("wgdO"):
        return -1
    behind = at + 1 + (chunks.codes[at + 1] == "d")
    words = CAPITALS.match(chunks.text, chunks.starts[behind], chunks.ends[behind]) if behind < end else None
    return new_mention(chunks, behind, words.start(), words.end()) if words else -1


def _source_before(chunks: Chunks, at: int, first: int) -> int:
    """The noun before a postposition: «Berichten zufolge»."""
    if at == first:
        return -1
    if chunks.mention_at[at - 1] >= 0:
        return chunks.mention_at[at - 1]
    if chunks.codes[at - 1] not in "wg":
        return -1
    start, end = chunks.starts[at - 1], chunks.ends[at - 1]
    return new_mention(chunks, at - 1, chunks.text.rfind(" ", start, end) + 1 or start, end)


def _hearsay(chunks: Chunks, first: int, end: int) -> int:
    """The mention that a word like «demnach» is; 0 for none (the first mention is never one)."""
    for match in WORDS.finditer(chunks.text, chunks.ends[first - 1] if first else 0, chunks.ends[end - 1]):
        if match[0].lower() in chunks.pack.hearsay:
            chunk = max(first, bisect_right(chunks.starts, match.start(), first, end) - 1)
            if chunks.codes[chunk] != QUOTE and chunks.mentions:
                return new_mention(chunks, chunk, match.start(), match.end())
    return 0
