"""What denies or supposes some words where the verb closes the sentence, or where no blanks part words.

「…」と呼んだことを否定した, “…” dediğini yalanladı, 「…」と言えば, 如果部长说“不行”, 马振国否认对消防员说过：“…”
"""

from __future__ import annotations

import re
from functools import lru_cache

from archiver.languages import CALL, CONJUNCTION, OWNER, SAY, TELL, Pack
from archiver.quotes.patterns import WORDS
from archiver.quotes.reporting import Reporting
from archiver.quotes.surroundings import CLAUSE_END, Found
from archiver.quotes.trail import PolarityRule
from archiver.records import Span

VERBS = (SAY, TELL, CALL)
_SIGN_END = re.compile("[，、；。！？]")  # what parts clauses without blanks
_ANY_END = re.compile(f"{CLAUSE_END.pattern}|{_SIGN_END.pattern}")
_SIGNS = 40  # signs of a clause before the marks, in scripts without blanks
_NEAR = 3  # words behind the marks among which a condition is
_BEHIND = re.compile('[^、，,;；:。.!?！？\\n「『“‘"()（）]{1,40}')  # the rest of a clause behind the marks


@lru_cache(maxsize=64)
def _of_class(pack: Pack, code: str) -> tuple[str, ...]:
    """The words of one class."""
    return tuple(sorted(word for word, known in pack.lexicon.items() if known == code))


@lru_cache(maxsize=256)
def _longest_first(words: frozenset[str]) -> tuple[str, ...]:
    """Words to look for in a text, in an order that is the same in every run."""
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


class Closing(Reporting):
    """The rules for such scripts and orders of words."""

    def _told_at_the_end(self) -> Found:
        """Where the verb closes the sentence: 「…」と呼んだことを否定した, “…” dediğini yalanladı, 「…」と言えば."""
        pack, found = self.pack, _BEHIND.match(self.chunks.text, self.end)
        stretch = found[0].lower() if found else ""
        for denial in _longest_first(pack.denials):
            place = stretch.find(denial)
            inside = pack.spaces and stretch[place - 1 : place].isalnum()
            if place >= 0 and not inside and (self._says(stretch[:place]) or self._is_negated_verb(denial, place)):
                return PolarityRule.DENIAL, Span(start=self.end + place, end=self.end + place + len(denial))
        for rule, telling in ((PolarityRule.DOUBT, pack.disputes), (PolarityRule.UNREAL, pack.promises)):
            for word in _longest_first(telling):
                place = stretch.find(word)
                if place > 0 and self._says(stretch[:place]):  # 「…」と話す動画は偽物, “…”고 말할 작정이다
                    return rule, Span(start=self.end + place, end=self.end + place + len(word))
        words = WORDS.findall(stretch)[:_NEAR] if pack.spaces else []
        for word in _longest_first(pack.hypotheticals):
            whole = word in words or (" " in word and word in stretch)  # «“…” deyip demediğini sordu»
            place = stretch.find(word) if whole or (not pack.spaces and stretch.endswith(word)) else -1
            if place >= 0:
                return PolarityRule.CONDITION, Span(start=self.end + place, end=self.end + place + len(word))
        return None

    def _has_colon(self) -> bool:
        return self.gap.rstrip().endswith((":", "："))

    def _says(self, stretch: str) -> bool:
        """Whether a verb of saying is in a stretch behind the marks."""
        lexicon = self.pack.lexicon
        if self.pack.spaces:
            return any(
                VERBS.count(lexicon.get(form, "")) for word in WORDS.findall(stretch) for form in (word, word[:-1])
            )
        return bool(stretch) and any(code in VERBS and word in stretch for word, code in lexicon.items())

    def _is_negated_verb(self, denial: str, place: int) -> bool:
        """«“…” demedi»: right behind the marks a word that denies and is no verb of saying."""
        return self.pack.spaces and place <= 1 and self.pack.lexicon.get(denial) not in VERBS

    def _opened_as_condition(self) -> Found:
        """如果部长说“不行”: without blanks, a clause that a condition opens."""
        text, start = self.chunks.text, self._clause_in_signs()
        word = next((one for one in _longest_first(self.pack.hypotheticals) if text.startswith(one, start)), "")
        return (PolarityRule.CONDITION, Span(start=start, end=start + len(word))) if word else None

    def _clause_in_signs(self) -> int:
        """Where the clause begins that leads to the marks, without blanks."""
        text, low = self.chunks.text, max(0, self.start - _SIGNS)
        return max(low - 1, *(text.rfind(sign, low, self.start) for sign in "。！？，、\n；”」")) + 1

    def _denied_in_signs(self) -> Found:
        """Without blanks the negation is part of the verb's form: 「…」とは言っていない."""
        text, cue = self.chunks.text, self.cue
        if cue is None:
            return None
        if not self.pack.verb_final and (found := self._denied_in_clause() or self._false_behind()):
            return found
        between = text[cue.end : self.start]
        if _SIGN_END.search(between) and self._says(between):
            return None  # 马振国否认收过钱，并补充说：“…”
        low, high = (cue.start - 4, cue.end) if cue.end <= self.start else (cue.start, cue.end + 4)
        low = max(low, *(mark.outer_end for mark in self.chunks.marked if low < mark.outer_end <= cue.start), 0)
        stretch = _ANY_END.split(text[max(0, low) : high])[0 if cue.start > self.start else -1]
        for rule, words in ((PolarityRule.NEGATED, self.pack.negations), (PolarityRule.DENIAL, self.pack.denials)):
            for word in _longest_first(words):
                place = stretch.find(word)
                at = text.index(word, max(0, low)) if place >= 0 else -1
                if at >= 0 and not self._is_said_so(rule, at, at + len(word)):
                    return rule, Span(start=at, end=at + len(word))
        return None

    def _is_said_so(self, rule: PolarityRule, start: int, end: int) -> bool:
        """「知らない」と否認した denies with these words; within a name or before a colon nothing is negated."""
        cue = self.cue
        own = cue is not None and cue.start <= start and end <= cue.end
        named = any(one.start <= start and end <= one.end for one in self.mentions)
        plain = cue is not None and self._class(self.chunks.text[cue.start : cue.end].lower()) in VERBS
        return named or (own and rule is PolarityRule.DENIAL) or (not plain and self._has_colon())

    def _denied_in_clause(self) -> Found:
        """马振国否认对消防员说过：“…”, 高平打算对球迷说：“…”: without blanks, before the verb in its clause."""
        text, pack = self.chunks.text, self.pack
        start = self._clause_in_signs()
        for rule, telling in (
            (PolarityRule.DENIAL, pack.denials),
            (PolarityRule.NEGATED, frozenset(word for word in pack.negations if len(word) > 1)),
            (PolarityRule.UNREAL, pack.promises),
            (PolarityRule.DOUBT, pack.disputes),
        ):
            for word in _longest_first(telling):
                place = text.find(word, start, self.start)
                behind = text[place + len(word) : self.start]
                joined = any(sign in behind for sign in _of_class(pack, CONJUNCTION))
                if place >= 0 and not joined and self._says(behind):
                    return rule, Span(start=place, end=place + len(word))
        return None

    def _false_behind(self) -> Found:
        """马振国说“…”的视频是伪造的: what holds the words is false."""
        found = _BEHIND.match(self.chunks.text, self.end)
        stretch = found[0] if found and found[0].startswith(_of_class(self.pack, OWNER)) else ""
        for word in _longest_first(self.pack.disputes):
            place = stretch.find(word)
            if place >= 0:
                return PolarityRule.DOUBT, Span(start=self.end + place, end=self.end + place + len(word))
        return None
