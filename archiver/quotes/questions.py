"""Who asks: who put a question in the sentence before does not answer, and who hears one did not put it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from archiver.languages import Pack
from archiver.quotes.model import QUESTION_MARKS, QUOTE, SENTENCE_END, Chunks, Mention
from archiver.quotes.patterns import WORDS, sentence_start

_BEHIND_SUBJECT = 60  # letters between a name and its verb
_STRETCH = 60  # code points before marks, or behind them, in which somebody is asked
_SIGNS = 12  # the same before them where words have no spaces
_LAST = 3  # words before the marks, among which such a phrase ends
_CLOSING, _OPENING = "”’»\"'」』 ", "“‘«„\"'「『：:，、 "  # marks and what is beside them


@lru_cache(maxsize=64)
def _verbs(pack: Pack) -> re.Pattern[str] | None:
    """The verbs that put a question to somebody, longest first."""
    verbs = sorted(pack.questioning | pack.questioning_with, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, verbs))})\b", re.IGNORECASE) if verbs else None


def has_asked(chunks: Chunks, asker: Mention, at: int) -> bool:
    """«The judge asked X about it. “No,” he said»: whether a subject asks somebody before the quotation at `at`."""
    end = _end_before(chunks.codes, at)
    start = sentence_start(chunks.codes, end - 1)
    if end < 1 or not start <= asker.chunk < end or QUOTE in chunks.codes[start:end] or _asks(chunks, at):
        return False
    verbs, behind = _verbs(chunks.pack), chunks.text[asker.end : chunks.starts[end - 1]]
    verb = verbs.search(behind, 0, _BEHIND_SUBJECT) if verbs else None
    if verb is None or _is_passive(chunks.pack, behind[: verb.start()]):
        return False
    following = re.findall(r"\w+|[^\w\s]", behind[verb.end() :].lower())
    asked = bool(following) and following[0] not in chunks.pack.question_words and following[0] not in ",:"
    alone = verb[0].lower() in chunks.pack.questioning
    return asked and (alone or not chunks.pack.question_words.isdisjoint(following))


def _end_before(codes: str, at: int) -> int:
    """The end of the sentence right before a quotation, in its paragraph or the one before."""
    end = at - (codes[at - 1 : at] == "\n")
    return end if codes[end - 1 : end] == SENTENCE_END else -1


def _is_passive(pack: Pack, before: str) -> bool:
    """Whether the word before a verb makes it passive: «was asked»."""
    return not pack.passive.isdisjoint(before.lower().split()[-1:])


def _asks(chunks: Chunks, at: int) -> bool:
    """Whether a question is among the words in marks."""
    return any(sign in chunks.text[chunks.starts[at] : chunks.ends[at]] for sign in QUESTION_MARKS)


def is_question(chunks: Chunks, at: int) -> bool:
    """Whether the words in marks that are chunk `at` end as a question, which is the asker's."""
    place = bisect_left(chunks.quote_at, at)
    if chunks.quote_at[place : place + 1] != [at]:
        return False
    mark = chunks.marked[place]
    return chunks.text[mark.start : mark.end].rstrip(" \u00a0\u202f")[-1:] in QUESTION_MARKS


def is_asked_of_somebody(chunks: Chunks, at: int) -> bool:
    """«X was asked: “Why?”», «auf die Frage „Warum?“ schwieg X»: words that somebody hears, in the marks at `at`."""
    pack, start = chunks.pack, chunks.starts[sentence_start(chunks.codes, at)]
    before = chunks.text[max(start, chunks.starts[at] - _STRETCH) : chunks.starts[at]].lower()
    behind = chunks.text[chunks.ends[at] : chunks.ends[at] + _STRETCH].lower().lstrip(_CLOSING)
    if behind.startswith(tuple(pack.put_to_behind)):
        return True
    if not pack.spaces:
        return any(before[-_SIGNS:].rstrip(_OPENING).endswith(phrase) for phrase in pack.put_to)
    words = WORDS.findall(before.replace("’", "'"))
    return any(_are_in_order(phrase.split(), words) for phrase in pack.put_to)


def _are_in_order(phrase: list[str], words: list[str]) -> bool:
    """Whether words are among others in their order, the last of them near the end."""
    if phrase[-1] not in words[-_LAST:]:
        return False
    left = iter(words)
    return all(word in left for word in phrase)
