"""The reporter's words before and after a stretch in marks: what `polarity` reads."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from archiver.languages import PERSON_PRONOUN, Pack
from archiver.quotes.model import NAME, Chunks
from archiver.quotes.patterns import WORDS
from archiver.quotes.trail import PolarityRule
from archiver.records import Kind, Span

CLAUSE_END = re.compile(r"[,;:(–—]|[.!?…。](?=\s|$)|\n")
_REACH = 60  # chunks of the sentence on either side that are looked at
_LONGEST = 3  # words of a phrase
_MARKS = "”\"'’»“"

Word = tuple[str, int, int]  # a word of the reporter in lower case, its offsets
Found = tuple[PolarityRule, Span] | None


@lru_cache(maxsize=64)
def _phrases(pack: Pack) -> frozenset[str]:
    """Those of the words of negation and doubt that are several."""
    return frozenset(word for word in _telling(pack) if " " in word)


@lru_cache(maxsize=64)
def _beginnings(pack: Pack) -> frozenset[str]:
    """The first words of those."""
    return frozenset(phrase.split()[0] for phrase in _phrases(pack))


@lru_cache(maxsize=64)
def _telling(pack: Pack) -> frozenset[str]:
    """All words without one of which, in a language with blanks and the verb inside, nothing is denied or doubted."""
    doubted = pack.disputes | pack.hypotheticals | pack.conditional | pack.promises | pack.ascribing
    return pack.negations | pack.denials | pack.refusals | pack.rejections | doubted


class Surroundings:
    """The reporter's words before and after a stretch in marks, in its sentence."""

    def __init__(self, chunks: Chunks, quote: int, cue: Span | None, kind: Kind) -> None:
        self.chunks, self.pack, self.cue, self.kind = chunks, chunks.pack, cue, kind
        mark = chunks.marked[quote]
        self.start, self.end = mark.outer_start, mark.outer_end
        self.following = chunks.marked[quote + 1] if quote + 1 < len(chunks.marked) else None
        at, codes = chunks.quote_at[quote], chunks.codes
        first = max(0, at - _REACH)
        start = max(max(codes.rfind(end, first, at) for end in "$\n") + 1, first)
        last = min(len(codes), at + _REACH)
        stop = min((place for end in "$\n" if (place := codes.find(end, at, last)) >= 0), default=last)
        self.before = self._words(chunks.ends[start - 1] if start else 0, mark.outer_start)
        past = chunks.starts[stop] if stop < len(codes) else chunks.ends[-1]  # with small words that are no chunks
        self.after = self._words(mark.outer_end, max(past, mark.outer_end))
        low = bisect_left(chunks.mentions, start, key=lambda mention: mention.chunk)
        high = bisect_left(chunks.mentions, stop, key=lambda mention: mention.chunk)
        self.mentions = [mention for mention in chunks.mentions[low:high] if mention.kind in "XOi"]
        self.apposed = self._commas_around_names()
        self.closed = chunks.text[mark.outer_end : mark.outer_end + 3].lstrip(_MARKS)
        self.gap = chunks.text[max(0, mark.outer_start - 12) : mark.outer_start]

    def _commas_around_names(self) -> frozenset[int]:
        """The commas of «the deputy, Ana Paz, said», which part no clause."""
        text, found = self.chunks.text, []
        for mention in self.mentions:
            if mention.kind == NAME and text[mention.end : mention.end + 1] == "," and mention.start > 1:
                before = text.rfind(",", mention.start - 2, mention.start)
                found += [before, mention.end] if before >= 0 else []
        return frozenset(found)

    def _words(self, start: int, end: int) -> list[Word]:
        """The words between two offsets that are outside marks."""
        marked = self.chunks.marked
        first = bisect_left(marked, start, key=lambda mark: mark.outer_start)
        last = bisect_left(marked, end, key=lambda mark: mark.outer_start)
        starts = [mark.outer_start for mark in marked[first:last]]
        ends = [0, *[mark.outer_end for mark in marked[first:last]]]
        found = [
            (match[0].lower().replace("’", "'"), match.start(), match.end())
            for match in WORDS.finditer(self.chunks.text, start, end)
            if not self._is_month(match)
        ]
        return self._joined(
            [word for word in found if word[1] >= ends[bisect_right(starts, word[1])]] if starts else found
        )

    def _is_month(self, word: re.Match[str]) -> bool:
        """«On 4 May he wrote»: whether a word is no verb but a month, behind a day."""
        day = word[0].istitle() and self.chunks.text[max(0, word.start() - 2) : word.start()].rstrip()[-1:].isdigit()
        return day and word[0].lower() in self.pack.dates.months

    def _joined(self, words: list[Word]) -> list[Word]:
        """The same with the phrases that the pack knows as one word each: «at no point», «stimmt nicht»."""
        phrases, begin = _phrases(self.pack), _beginnings(self.pack)
        if not any(word in begin for word, _, _ in words):
            return words
        out: list[Word] = []
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST, len(words) - at), 1, -1):
                part = words[at : at + size]
                phrase = " ".join(word for word, _, _ in part)
                if phrase in phrases and not CLAUSE_END.search(self.chunks.text, part[0][1], part[-1][2]):
                    out.append((phrase, part[0][1], part[-1][2]))
                    at += size
                    break
            else:
                out.append(words[at])
                at += 1
        return out

    def _tells(self) -> bool:
        """Whether a word is there that may turn round what is said."""
        telling = _telling(self.pack)
        return any(word in telling for word, _, _ in self.before) or any(word in telling for word, _, _ in self.after)

    def _class(self, word: str) -> str:
        return self.pack.lexicon.get(word) or "w"

    def _negates(self, word: str) -> bool:
        return word in self.pack.negations or word.partition("-")[0] in self.pack.negations  # «n-a spus» (Romanian)

    def _clause_start(self, verb: int) -> int:
        """The first word of the verb's clause."""
        place = verb
        while place > 0 and not self._break(place - 1, place):
            place -= 1
        return place

    def _break(self, first: int, second: int) -> bool:
        return self._is_break(self.before, first, second)

    def _is_break(self, words: list[Word], first: int, second: int) -> bool:
        ends = CLAUSE_END.finditer(self.chunks.text, words[first][2], words[second][1])
        return any(end.start() not in self.apposed for end in ends)

    def _is_mention(self, word: Word) -> bool:
        """Whether a word is a part of a name or noun phrase, «le juge» holds no verb; not «(he) said» in one word."""
        return any(one.start <= word[1] < one.end for one in self.mentions if one.head or one.kind != PERSON_PRONOUN)

    @staticmethod
    def _told(rule: PolarityRule, word: Word) -> Found:
        return rule, Span(start=word[1], end=word[2])
