"""Whether some words are only supposed: «if she says “…”», «would say “…”», «promises to say “…”»."""

from __future__ import annotations

import re

from archiver.languages import AUXILIARY, CONJUNCTION, NOUN_CUE, OBJECT_PRONOUN, PREPOSITION, SAY, TELL, THAT
from archiver.quotes import governing
from archiver.quotes.closing import VERBS
from archiver.quotes.denials import Denials
from archiver.quotes.model import QUESTION_MARKS
from archiver.quotes.reporting import OBJECT
from archiver.quotes.surroundings import CLAUSE_END, Found
from archiver.quotes.trail import PolarityRule
from archiver.records import Kind

_NEAR = 3  # words between a verb of saying and what makes it unreal
_OTHER_VERB = re.compile("x.{3}")  # an auxiliary that is far from the verb of saying has a verb of its own
_ASIDE = 6  # words of an aside behind a condition
_ASKED = re.compile(r"\s*[?？]")
_SENTENCE = re.compile(r"[^.!?？\n]*[.!?？]")  # the rest of one
_OPENING = (CONJUNCTION, THAT, PREPOSITION, OBJECT_PRONOUN)  # classes of words that open a clause with a condition


class Suppositions(Denials):
    """The rules for conditions, wishes, plans and questions."""

    def _asked(self) -> Found:
        """«Did the mayor say “never”?»"""
        return self._supposed() if self.cue and self._ends_in_question() else None

    def _ends_in_question(self) -> bool:
        """Whether the sentence around a few words in marks ends right behind them as a question."""
        if self.kind is Kind.DIRECT:
            return False
        if _ASKED.match(self.closed):
            return True
        first = self.before[0][0].partition("-")[0] if self.before else ""  # «A-t-il lancé … ?»
        opened = self._class(first) == AUXILIARY  # «Did X say “…”, as Y claims?»
        ended = _SENTENCE.match(self.chunks.text, self.end) if opened else None
        return ended is not None and ended[0][-1] in QUESTION_MARKS

    def _supposed(self) -> Found:
        verb = self._verb_at()
        behind = (verb < 0 and self._closes()) or self._is_infinitive_behind()
        if behind:
            verb = len(self.before)  # «wenn X “…” sagt»: the verb closes the clause that the words before open
        if verb < 0 or not self.before or not (behind or self._leads_here(verb)):
            return None
        if not behind and self._class(self.before[verb][0]) == NOUN_CUE and self._break(verb, len(self.before) - 1):
            return None  # «who may not give interviews, sees it otherwise: “…”»
        inner = self._clause_start(min(verb, len(self.before) - 1))
        clause = self._behind_aside(inner)
        aside = range(self._clause_start(inner - 1), inner) if clause < inner else range(0)
        for place in range(clause, verb):
            word = self.before[place]
            if word[0] not in self.pack.hypotheticals or place in aside:  # «X, der nicht genannt werden will, sagt»
                continue
            known = self._class(word[0])
            opens = known in _OPENING or "'" in word[0]  # «s'il»; «se» is a pronoun elsewhere, «om» a preposition
            first = place == clause or (known in "ct" and place == clause + 1) or self._is_asked(place)
            first = first or (known == CONJUNCTION and self._is_left_open(place))
            if opens and first and self._is_first_verb(place, verb) and not self._is_contrast():  # «if X says»
                return self._told(PolarityRule.CONDITION, word)
            between = [one for one in self.before[place + 1 : verb] if not self._is_mention(one)]
            near = (len(between) < _NEAR or behind) and not self._is_mention(word)  # «the plan»
            inverted = behind and place == clause and self._is_infinitive_behind()
            if not opens and near and self._is_unreal(place, verb) and (inverted or not self._is_content(place, verb)):
                return self._told(PolarityRule.UNREAL, word)
        if self.cue and self._ends_in_question() and clause == 0:
            return PolarityRule.ASKED, self.cue
        return None

    def _is_infinitive_behind(self) -> bool:
        """«Als hij het vraagt, zal X “sorry” zeggen»: the modal before the marks, its verb right behind them."""
        if not self.pack.verb_second or not self.after or self._class(self.after[0][0]) not in VERBS:
            return False
        clause = self.before[self._clause_start(len(self.before) - 1) :] if self.before else []
        opened = bool(clause) and clause[0][0] in self.pack.hypotheticals and self._class(clause[0][0]) == AUXILIARY
        return opened and not CLAUSE_END.search(self.chunks.text, self.end, self.after[0][1])

    def _is_contrast(self) -> bool:
        """«Si X évoque « un bien », sa cousine y voit « une eau »»: another says words in that sentence too."""
        last = self.after[-1][2] if self.after else self.end
        told = self.pack.hypotheticals | self.pack.promises | self.pack.conditional
        same = self.following is not None and self.following.outer_start <= last + 3
        return same and not any(word in told for word, _, _ in self.after)

    def _is_left_open(self, place: int) -> bool:
        """«It is unclear whether X said “…”», not «X says she would go if they “…”»: nobody says so before."""
        return not self.pack.verb_second and not any(self._class(word) in VERBS for word, _, _ in self.before[:place])

    def _is_asked(self, place: int) -> bool:
        """«le preguntó si había dicho “…”»: a verb of saying leads to the condition, which then is a question."""
        near = (word for word, _, _ in self.before[max(0, place - OBJECT) : place])
        return any(self._class(part) in (SAY, TELL) for word in near for part in (word, word.partition("-")[0]))

    def _promised(self) -> Found:
        """«would say: “…”», «promises to say only “…”»: a verb that is conditional itself, or a plan to say it."""
        for place in range(max(0, len(self.before) - OBJECT - 1), len(self.before)):
            if self.before[place][0] in self.pack.conditional and not self._break(place, len(self.before) - 1):
                return self._told(PolarityRule.UNREAL, self.before[place])
        verb = self._verb_at()
        if not self.pack.articles and 0 <= verb < len(self.before) - 1 and not self._break(verb, verb + 1):
            behind = self.before[verb + 1]
            if behind[0] in self.pack.hypotheticals and self._class(behind[0]) not in _OPENING:
                return self._told(PolarityRule.UNREAL, behind)  # «сказал бы»
        place = governing.promise(self._led(), self.pack, self.pack.promises) if self.pack.promises else -1
        if place < 0 or self._is_content(place, verb) or self._is_mention(self.before[place]):
            return None
        return self._told(PolarityRule.UNREAL, self.before[place])

    def _behind_aside(self, clause: int) -> int:
        """The clause's beginning before an aside: «if the coach, Ada Marlow, were to say»."""
        words = [self._class(word) for word, _, _ in self.before]
        if clause < 2 or words[clause] not in "xSTL":
            return clause
        opened = self._clause_start(clause - 1)
        if opened < 2 or clause - opened > _ASIDE:
            return clause
        return self._clause_start(opened - 1)

    def _is_first_verb(self, place: int, verb: int) -> bool:
        """Whether no other verb is between a condition and the verb of saying, but its own auxiliary."""
        between = [word for word in self.before[place + 1 : verb] if not self._is_mention(word)]
        codes = "".join(self._class(word) for word, _, _ in between)
        return not any(code in "STLr" for code in codes) and not _OTHER_VERB.search(codes)

    def _is_unreal(self, modal: int, verb: int) -> bool:
        """«could always say “…”»; «would only say» is not unreal, nor is a modal whose verb is another."""
        between = [word for word, _, _ in self.before[modal + 1 : verb]]
        said = (self.before + self.after)[verb][0] if verb < len(self.before) + len(self.after) else ""
        if self.before[modal][0] in self.pack.passive and said.endswith(self.pack.participles):
            return False  # «wird zitiert»
        return not any(self._class(word) in "STL" for word in between)

    def _is_content(self, modal: int, verb: int) -> bool:
        """«said she wanted to speak “directly to them”»: a few words in marks within what somebody has said.

        Not «añadió que habría dicho “…”».
        """
        plain = verb < len(self.before) and self.before[verb][0] in self.pack.stating
        between = [self._class(word) for word, _, _ in self.before[modal + 1 : verb]]
        if (
            between[-1:] == [AUXILIARY]
            and self._class(self.before[modal][0]) == AUXILIARY
            and verb == len(self.before) - 1
        ):
            return False  # «she joked that she would have written “…”»
        if self.kind is not Kind.FRAGMENT or plain:
            return False
        for place in range(modal - 1, 0, -1):
            word = self.before[place]
            if self._class(word[0]) in ("S", "T") and not self._is_mention(word):
                near = self.before[max(0, place - _NEAR) : place]
                return not any(self._negates(one) or one in self.pack.hypotheticals for one, _, _ in near)
        return False
