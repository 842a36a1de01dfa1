"""Words of somebody whom nobody knows: «“Louder!” someone shouted», «said another», «“…”, se oyó en la sala».

Whoever was named before did not say them.
"""

from __future__ import annotations

import re
from itertools import islice

from archiver.languages import AUXILIARY
from archiver.quotes.model import NAME, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import SAYING, WORDS, sentence_start

_BEHIND = 60  # code points behind the marks that are looked at
_PHRASE = 3  # words of a phrase that tells of a voice
_CLAUSE = 6  # words of a clause in which somebody stands
_UNSPACED = 12  # code points of such a clause where words have no spaces
_SIGNS = "!,-"  # what may be between the marks and their verb


def is_a_voice(chunks: Chunks, speaker: int, at: int, *, body: bool) -> bool:
    """Whether the clause beside a quotation, chunk `at`, gives it to nobody known, and not to chunk `speaker`.

    A document, «“…”, it says there», may well be that of a `body` of which the text has just told.
    """
    if chunks.words(speaker, speaker + 1).lower() in chunks.pack.others:
        return True  # «druga», «altul»
    end = _end_of_clause(chunks.codes, at)
    behind = chunks.text[chunks.ends[at] : min(chunks.starts[end], chunks.ends[at] + _BEHIND)].lower()
    sounds = not body and _begins_as_voice(chunks, behind) and not _names_anybody(chunks, at, end)
    told = any(code in SAYING for code in chunks.codes[at + 1 : end])
    if not at < speaker < end and (sounds or _has_somebody(chunks, behind, told=told)):
        return True
    if chunks.codes[at - 1 : at] != ":":
        return False
    start = sentence_start(chunks.codes, at)
    before = chunks.text[chunks.starts[start] : chunks.starts[at]].lower()
    if start <= speaker < at:
        return False
    heard = not body and _holds_voice(chunks, before) and not _names_anybody(chunks, start - 1, at)
    return heard or _has_somebody(chunks, before[:_BEHIND], told=True)


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


def _holds_voice(chunks: Chunks, before: str) -> bool:
    """«Iz klupe začuo se smijeh, a zatim i poruka:», «Then a voice rang out:»."""
    words = f" {' '.join(WORDS.findall(before))} "
    return any(f" {voice} " in words for voice in chunks.pack.voices)


def _names_anybody(chunks: Chunks, first: int, last: int) -> bool:
    """«lød det fra kusinen»: whether a name or a role is between two chunks."""
    places = (place for place in chunks.mention_at[first + 1 : last] if place >= 0)
    return any(chunks.mentions[place].kind == NAME or chunks.mentions[place].role_noun for place in places)


def _has_somebody(chunks: Chunks, clause: str, *, told: bool) -> bool:
    """Whether «someone» is among the first words of a clause, or «another» where it has a verb of saying (`told`)."""
    pack = chunks.pack
    if not pack.spaces:
        return any(word in clause[:_UNSPACED] for word in pack.somebody)
    found = islice(WORDS.finditer(clause.replace("’", "'")), _CLAUSE)
    return any(word[0] in pack.somebody or (told and _is_another(chunks, clause, word)) for word in found)


def _is_another(chunks: Chunks, clause: str, word: re.Match[str]) -> bool:
    """«said another.», «others said», «a répliqué l’autre»: a word for others, no noun behind it."""
    if word[0].rpartition("'")[2] not in chunks.pack.others:
        return False
    rest = clause[word.end() :].lstrip()
    following = WORDS.match(rest)
    return following is None or chunks.pack.lexicon.get(following[0], WORD) in SAYING + AUXILIARY
