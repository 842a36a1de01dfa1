"""Words of somebody whom nobody knows: «“Louder!” someone shouted», «“…”, se oyó en la sala», «rief es im Saal».

Whoever was named before did not say them.
"""

from __future__ import annotations

from archiver.quotes.model import NAME, QUOTE, SENTENCE_END, Chunks
from archiver.quotes.patterns import WORDS, sentence_start

_BEHIND = 60  # code points behind the marks that are looked at
_PHRASE = 3  # words of a phrase that tells of a voice
_CLAUSE = 6  # words of a clause in which somebody stands
_UNSPACED = 12  # code points of such a clause where words have no spaces
_SIGNS = "!,-"  # what may be between the marks and their verb


def is_a_voice(chunks: Chunks, speaker: int, at: int) -> bool:
    """Whether the clause beside a quotation, chunk `at`, gives it to nobody known; chunk `speaker` is not in it."""
    end = _end_of_clause(chunks.codes, at)
    behind = chunks.text[chunks.ends[at] : min(chunks.starts[end], chunks.ends[at] + _BEHIND)].lower()
    sounds = _begins_as_voice(chunks, behind) and not _names_anybody(chunks, at, end)
    if not at < speaker < end and (sounds or _has_somebody(chunks, behind)):
        return True
    if chunks.codes[at - 1 : at] != ":":
        return False
    start = sentence_start(chunks.codes, at)
    before = chunks.text[chunks.starts[start] : chunks.starts[at]].lower()
    return not start <= speaker < at and _has_somebody(chunks, before[:_BEHIND])


def _end_of_clause(codes: str, at: int) -> int:
    """The end of the clause behind marks: the next marks, or the end of the sentence or of the line."""
    end = at + 1
    while end < len(codes) - 1 and codes[end] in _SIGNS:
        end += 1
    while end < len(codes) - 1 and codes[end] not in (SENTENCE_END, QUOTE, "\n"):
        end += 1
    return end


def _begins_as_voice(chunks: Chunks, behind: str) -> bool:
    """«se oyó», «klonk het», «came a voice»."""
    voices = tuple(chunks.pack.voices)
    return bool(voices) and " ".join(WORDS.findall(behind)[:_PHRASE]).startswith(voices)


def _names_anybody(chunks: Chunks, first: int, last: int) -> bool:
    """«lød det fra kusinen»: whether a name or a role is between two chunks."""
    places = (place for place in chunks.mention_at[first + 1 : last] if place >= 0)
    return any(chunks.mentions[place].kind == NAME or chunks.mentions[place].role_noun for place in places)


def _has_somebody(chunks: Chunks, clause: str) -> bool:
    """Whether «someone» is among the first words of a clause."""
    pack = chunks.pack
    if not pack.spaces:
        return any(word in clause[:_UNSPACED] for word in pack.somebody)
    return not pack.somebody.isdisjoint(WORDS.findall(clause.replace("’", "'"))[:_CLAUSE])
