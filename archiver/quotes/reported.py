"""A clause that reports speech without marks: where it begins and ends, and who may be the one that speaks.

`indirect`, `according` and `mood` find what leads to such a clause.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from archiver.languages import DETERMINER, POSSESSIVE, PREPOSITION, ROLE, TITLE
from archiver.quotes.model import NOUN_PHRASE, QUOTE, Chunks, Mention
from archiver.quotes.trail import ReportedRule

CAPITALS = re.compile(r"(?:[a-zäöü]\w+ )?[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)*")
VERB = re.compile("[xSTLw]")  # what may be the verb of a clause
MIN_WORDS = 4  # words of a reported clause
_PARTS = ",:;$\n"  # what parts a clause from the next


class Reported(NamedTuple):
    """A reported clause: its offsets, the chunk of the reporting words, the mention that speaks, rule, and how sure."""

    start: int
    end: int
    verb: int
    place: int
    rule: ReportedRule
    confidence: float


def clause_of(
    chunks: Chunks,
    content: tuple[int, int],
    verb: int,
    place: int,
    rule: ReportedRule,
    sure: float,
    *,
    start: int = 0,
) -> Reported | None:
    """The reported clause of the chunks of `content`, at the earliest from the offset `start` on."""
    offset = start
    start, end = trimmed(chunks, *content)
    if end <= start:
        return None
    low, high = printed(chunks, start, end)
    low = max(offset, low)
    while chunks.text[low].isspace():
        low += 1
    quoted = sum(chunks.ends[at] - chunks.starts[at] for at in range(start, end) if chunks.codes[at] == QUOTE)
    if quoted * 4 > 3 * (high - low) or len(chunks.text[low:high].split()) < MIN_WORDS:
        return None
    return Reported(low, high, verb, place, rule, sure)


def trimmed(chunks: Chunks, start: int, end: int) -> tuple[int, int]:
    """Two chunks without the commas, colons and brackets at either end of what is between them."""
    while start < end and chunks.codes[start] in ",:-)":
        start += 1
    while end > start and chunks.codes[end - 1] in ",:-(":
        end -= 1
    return start, end


def printed(chunks: Chunks, start: int, end: int) -> tuple[int, int]:
    """The offsets of chunks with the small words at either end that are no chunks: «liege fest», «auch die Fähre»."""
    low, high, codes = chunks.starts[start], chunks.ends[end - 1], chunks.codes
    if start and codes[start - 1] in _PARTS:
        low = chunks.ends[start - 1]
    if codes[end : end + 1] in tuple(_PARTS):
        high = chunks.starts[end]
    words = chunks.text[low:high]
    return low + len(words) - len(words.lstrip()), high - len(words) + len(words.rstrip())


def new_mention(chunks: Chunks, chunk: int, start: int, end: int) -> int:
    """A source that is no mention otherwise."""
    place = (chunks.paragraph_of[chunk], chunks.sentence_of[chunk])
    chunks.mentions.append(Mention(NOUN_PHRASE, start, end, chunk, *place, head=chunks.text[start:end].lower()))
    return len(chunks.mentions) - 1


def subject_of(chunks: Chunks, first: int, end: int) -> int:
    """The first mention between two chunks that may be a subject; -1 for none."""
    for chunk in range(first, end):
        if chunks.mention_at[chunk] >= 0 and may_be_subject(chunks, first, chunk):
            return chunks.mention_at[chunk]
    return -1


def may_be_subject(chunks: Chunks, first: int, chunk: int) -> bool:
    """Whether no preposition leads to a mention, its article is no object's, and it belongs to no such mention."""
    codes, lead = chunks.codes, chunk
    while lead > first and codes[lead - 1] in (DETERMINER, POSSESSIVE, ROLE, TITLE):
        lead -= 1
    words = chunks.text[chunks.starts[lead] : chunks.ends[chunk]].lower().split()
    if (lead > first and codes[lead - 1] == PREPOSITION) or (words and words[0] in chunks.pack.oblique):
        return False
    owned = lead > first and codes[lead - 1] == NOUN_PHRASE and codes[lead] in (NOUN_PHRASE, DETERMINER)
    return not owned or may_be_subject(chunks, first, lead - 1)
