"""Whether the article says that the words were said: they may be denied, supposed or in doubt instead.

Only the reporter's words around the marks count, and only those of the clause that reports: «did not say “…”»,
«denied having said “…”», «if she says “…”», «the claim that he said “…” is false».
"""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    CALL,
    CONJUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    PREPOSITION,
    RELATIVE,
    SAY,
    TELL,
    THAT,
)
from archiver.quotes import governing
from archiver.quotes.closing import VERBS, Closing
from archiver.quotes.model import Chunks
from archiver.quotes.surroundings import CLAUSE_END, Found, Word
from archiver.quotes.trail import PolarityRule, step
from archiver.records import Kind, Polarity, Span, Step

_DASH = re.compile("[–—]|--")
_NEAR = 3  # words between a negation and the verb of saying that it turns round
_BEHIND_CLAUSE = 12  # words behind the marks among which the verb is that denies a clause with «that»
_FAR = 6  # words between «nobody» and the verb
_CLAUSE = 6  # words of a clause with «that» before the marks
_OBJECT = 3  # words between a verb of saying and the marks that are its object
_CONTENT = 8  # words of what was said that are before marks inside it
_OTHER_VERB = re.compile("x.{3}")  # an auxiliary that is far from the verb of saying has a verb of its own
_DENIED = 9  # words before the marks in which a denial is looked for
_CLAIMED = 3  # words between a word that rejects and the noun for what is claimed
_FALSE = 4  # words behind the marks that call them false
_ASIDE = 6  # words of an aside behind a condition
_ASKED = re.compile(r"\s*[?？]")
_OPENING = (CONJUNCTION, THAT, PREPOSITION, OBJECT_PRONOUN)  # classes of words that open a clause with a condition
_CLAIMING = (NOUN_CUE, THAT, RELATIVE)  # «the claim that he said “…”», «the video in which he says “…”»
_MARKS = "”\"'’»“"
_POLARITIES = {
    PolarityRule.NEGATED: Polarity.DENIED,
    PolarityRule.CONTRASTED: Polarity.DENIED,
    PolarityRule.DENIAL: Polarity.DENIED,
    PolarityRule.CONDITION: Polarity.HYPOTHETICAL,
    PolarityRule.UNREAL: Polarity.HYPOTHETICAL,
    PolarityRule.ASKED: Polarity.HYPOTHETICAL,
    PolarityRule.DOUBT: Polarity.DISPUTED,
}


def polarity_of(chunks: Chunks, quote: int, cue: Span | None, kind: Kind) -> tuple[Polarity, Step | None]:
    """What the article says about the words of stretch `quote`, reported by the words at `cue`."""
    found = _Rules(chunks, quote, cue, kind).rule()
    if found is None:
        return Polarity.ASSERTED, None
    rule, span = found
    return _POLARITIES[rule], step("polarity", rule, chunks.text, span)


class _Rules(Closing):
    """What the words around a stretch tell of it."""

    def rule(self) -> Found:
        """The first rule that holds."""
        if self.pack.spaces and not self.pack.verb_final and not self._tells():
            return self._asked()
        behind = self._told_at_the_end() if self.pack.verb_final else None
        opened = None if self.pack.spaces else self._opened_as_condition()
        denied = self._contrasted() or self._denied()
        return denied or behind or opened or self._supposed() or self._promised() or self._doubted()

    def _asked(self) -> Found:
        """«Did the mayor say “never”?»"""
        asked = self.cue and self.kind is not Kind.DIRECT and _ASKED.match(self.closed.lstrip(_MARKS))
        return self._supposed() if asked else None

    def _leads_here(self, place: int) -> bool:
        """Whether the reporting word at `place` has the marks for its object: almost nothing is in between."""
        between = self.before[place + 1 :]
        if _DASH.search(self.chunks.text, self.before[place][2], self.start):
            return False
        verbs = [word for word in between if not self._is_mention(word)]  # «the offer» is no verb
        return len(between) <= _OBJECT and not any(self._class(word) in "STLxrtg" for word, _, _ in verbs)

    def _holds(self, place: int) -> bool:
        """Whether a few words in marks are inside what was said: «never said that the town is “dead”»."""
        between = self.before[place + 1 :]
        if self.kind is not Kind.FRAGMENT or not 0 < len(between) <= _CONTENT:
            return False
        classes = [self._class(word) for word, _, _ in between]
        opened = classes[0] == "t" or any(word in self.pack.reported_mood for word, _, _ in between)
        return opened and not any(code in "STLrg" for code in classes)

    def _verb_at(self) -> int:
        """The place of the reporting word among the words before the marks; -1 where it is elsewhere."""
        last = len(self.before) - 1
        for place in range(last, max(-1, last - _OBJECT - 1), -1):
            if self._class(self.before[place][0]) in "STL" and not self._is_mention(self.before[place]):
                return place
        start = self.cue.start if self.cue else -1
        return next((place for place, (_, at, _end) in enumerate(self.before) if at == start), -1)

    def _contrasted(self) -> Found:
        """«said not “…” but», «hat nie „…“ gesagt»: the negation is right before the marks."""
        if not self.before or not self._negates(self.before[-1][0]) or not self.gap.endswith((" ", "\u00a0")):
            return None
        verb = self._verb_at()
        if verb >= 0 and verb == len(self.before) - 2:
            return self._told(PolarityRule.CONTRASTED, self.before[-1])
        return self._told(PolarityRule.NEGATED, self.before[-1]) if verb < 0 and self._closes() else None

    def _denied(self) -> Found:
        if not self.pack.spaces:
            return self._denied_in_signs()
        verb = self._verb_at()
        if verb >= 0 and (self._leads_here(verb) or self._holds(verb)) and (found := self._negated(verb)):
            return found
        verb = self._verb_of_clause()
        if verb >= 0 and (found := self._negated(verb)):
            return found
        if not self._has_colon() and not self.pack.verb_final:
            for place, word in enumerate(self.before[-_DENIED:], max(0, len(self.before) - _DENIED)):
                turned = self._negated_before(word) or self._is_judged(place)
                if word[0] in self.pack.denials and not turned and self._reaches(place):
                    return self._told(PolarityRule.DENIAL, word)
        return (
            self._denies_doing()
            or self._neither()
            or self._fronted()
            or self._negated_inside()
            or self._denied_far()
            or self._claim_rejected()
            or self._denied_behind()
            or self._governed()
        )

    def _denies_doing(self) -> Found:
        """«niega haber dicho: “…”»: a denial and its infinitive before a colon."""
        if not self._has_colon() or self.pack.verb_final:
            return None
        classes = [self._class(word) for word, _, _ in self.before]
        for place, word in enumerate(self.before):
            behind = classes[place + 1 :]
            told = next((at for at, code in enumerate(behind) if code in VERBS), -1)
            whole = told > 0 and AUXILIARY in behind[:told] and not self._break(place, len(self.before) - 1)
            if (
                word[0] in self.pack.denials
                and whole
                and not self._negated_before(word)
                and not self._tells_anew(place)
            ):
                return self._told(PolarityRule.DENIAL, word)
        return None

    def _fronted(self) -> Found:
        """«Dass er „…“ gerufen habe, bestreitet er»: what denies the clause with «that» that opens the sentence."""
        if not (self.before and self.pack.verb_second and self._class(self.before[0][0]) == THAT):
            return None
        telling = self.pack.negations | self.pack.denials | self.pack.rejections
        for word in self.after[:_BEHIND_CLAUSE]:
            if word[0] in telling and CLAUSE_END.search(self.chunks.text, self.end, word[1]):
                return self._told(PolarityRule.DENIAL, word)
        return None

    def _neither(self) -> Found:
        """«Ni Ana ni Luis dijeron “…”»: the word that opens the sentence stands again before the second of them."""
        words = [word for word, _, _ in self.before]
        if len(words) < _OBJECT or not self._negates(words[0]) or words[0] not in words[1:]:
            return None
        again = len(words) - 1 - words[::-1].index(words[0])
        clause = self.before[again + 2 :]
        if self._break(again, len(words) - 1):
            return None
        whole = len(clause) <= _CONTENT and not any(self._class(word) in "ctr" for word, _, _ in clause)
        return self._told(PolarityRule.NEGATED, self.before[0]) if whole else None

    def _governed(self) -> Found:
        """«denied on Friday that he had called her “…”», «denied the words that a paper ascribed to her: “…”»."""
        before = self._led()
        denial = governing.denial_from_afar(before, self.pack)
        if denial >= 0:
            return self._told(PolarityRule.DENIAL, self.before[denial])
        ascribed = governing.ascription(before, self.pack)
        if ascribed is None:
            return None
        place, denied = ascribed
        return self._told(PolarityRule.DENIAL if denied else PolarityRule.DOUBT, self.before[place])

    def _led(self) -> governing.Before:
        """The words before the marks, as what governs their clause is read from them."""
        words = tuple(word for word, _, _ in self.before)
        parted = tuple(self._break(place, place + 1) for place in range(len(words) - 1))
        return governing.Before(words, tuple(map(self._class, words)), (*parted, False), self._has_colon())

    def _has_colon(self) -> bool:
        return self.gap.rstrip().endswith(":")

    def _negated_inside(self) -> Found:
        """«betonte, er habe den Dom nie „…“ genannt»: the negation before the marks, its verb right behind them."""
        if not self.pack.verb_second or not self.after or self._class(self.after[0][0]) not in "STL":
            return None
        if CLAUSE_END.search(self.chunks.text, self.end, self.after[0][1]):
            return None
        near = range(max(0, len(self.before) - _NEAR), len(self.before))
        found = (place for place in near if self._negates(self.before[place][0]))
        negation = next((place for place in found if not self._break(place, len(self.before) - 1)), -1)
        return self._told(PolarityRule.NEGATED, self.before[negation]) if negation >= 0 else None

    def _denied_far(self) -> Found:
        """«denies that he told a podcast that his rival was “…”»: nothing but clauses with «that» is behind it."""
        words = [self._class(word) for word, _, _ in self.before]
        for place, word in enumerate(self.before[:-1]):
            alone = words[place + 1] == THAT and not any(code in "cr" for code in words[place + 1 :])
            if word[0] in self.pack.denials and alone and not self._break(place + 1, len(self.before) - 1):
                return None if self._negated_before(word) else self._told(PolarityRule.DENIAL, word)
        return None

    def _claim_rejected(self) -> Found:
        """«rejected claims that he said “…”», «wies den Vorwurf zurück, er habe …», «no proof for the claim that …»."""
        for noun, (word, _, _) in enumerate(self.before):
            told = any(self._class(one) in VERBS for one, _, _ in self.before[noun + 1 :])
            if word not in self.pack.claims or (self._has_colon() and not told):  # «respinge ogni accusa: “…”»
                continue
            if not self._reaches(noun) and not (noun + 1 < len(self.before) and self._reaches(noun + 1)):
                continue
            near = range(max(0, noun - _CLAIMED), min(noun + 1 + _CLAIMED, len(self.before)))
            if self.before[-1][0] in self.pack.likening:
                return None  # «dismissed reports as “nonsense”»
            for place in near:
                if self.before[place][0] in self.pack.rejections and not self._negated_before(self.before[place]):
                    return self._told(PolarityRule.DENIAL, self.before[place])
            negation = next(
                (one for one in self.before[self._clause_start(noun) : noun] if self._negates(one[0])), None
            )
            if negation is not None and self._class(self.before[min(noun + 1, len(self.before) - 1)][0]) == THAT:
                return self._told(PolarityRule.NEGATED, negation)
        return None

    def _verb_of_clause(self) -> int:
        """The verb of saying whose «that» opens the clause around the marks: «did not say, as some claim, that …»."""
        words = [self._class(word) for word, _, _ in self.before]
        that = max((place for place, code in enumerate(words) if code == THAT), default=-1)
        if that < 1 or any(code in "STLgr" for code in words[that + 1 :]) or len(words) - that > _CLAUSE:
            return -1
        aside = self._break(that - 1, that)
        verb = max((place for place, code in enumerate(words[:that]) if code in ("S", "T")), default=-1)
        if aside:  # the verb before the aside, if there is one
            before = (place for place, code in enumerate(words[:verb]) if code in ("S", "T"))
            verb = max((place for place in before if self._break(place, place + 1)), default=verb)
        return verb if that - verb < _FAR + 2 else -1

    def _reaches(self, place: int) -> bool:
        """Whether no comma parts a denial from the marks, but one right before them or before a «that»."""
        last = len(self.before) - 1
        if self._tells_anew(place):
            return False
        if self.before[last][0] in self.pack.likening and not self._break(place, last):
            return False  # «avviser det som “…”»
        if place == last or not self._break(place, last):
            return True
        if self._break(place + 1, last):
            return False
        opened = self._class(self.before[place + 1][0]) == THAT  # «popírá, že»
        infinitive = self.pack.infinitive and any(word == self.pack.infinitive for word, _, _ in self.after[:_FALSE])
        return opened or bool(infinitive) or any(word in self.pack.reported_mood for word, _, _ in self.before[place:])

    def _is_judged(self, place: int) -> bool:
        """«ha respinto le accuse come “assurde”»: what leads to the marks likens, and no verb of saying is denied."""
        told = any(self._class(word) in VERBS for word, _, _ in (*self.before[place + 1 :], *self.after[:1]))
        return self.before[-1][0] in self.pack.likening and not told

    def _tells_anew(self, place: int) -> bool:
        """«odbacio je optužbe i rekao da su “…”»: another verb of saying is joined to the denial."""
        classes = [self._class(word) for word, _, _ in self.before[place + 1 :]]
        return any(code in VERBS and CONJUNCTION in classes[max(0, at - 2) : at] for at, code in enumerate(classes))

    def _negated(self, verb: int) -> Found:
        """A negation before the verb of saying, or right after it, with no other verb in between."""
        clause = self._clause_start(verb)
        if self._is_no_denial(verb, clause):
            return None
        for place in range(max(clause, verb - _NEAR - 1), verb + 1):
            if self._negates(self.before[place][0]) and not self._verb_between(place, verb):
                return self._told(PolarityRule.NEGATED, self.before[place])
        first = self.before[clause]
        fronted = " " in first[0]  # «at no point did she say»
        if self._negates(first[0]) and verb - clause <= _FAR and (fronted or not self._has_subject(verb)):
            return self._told(PolarityRule.NEGATED, first)  # «nobody expects him to say»
        for place in range(verb + 1, min(verb + 1 + _NEAR, len(self.before))):
            late = self.pack.verb_second or self.pack.verb_final or place == verb + 1
            word = self.before[place]
            if late and self._negates(word[0]) and not self._break(verb, place) and not self._marked_behind(word):
                return self._told(PolarityRule.NEGATED, word)
        return None

    def _is_no_denial(self, verb: int, clause: int) -> bool:
        """«no se queja: “…”», «dijo que no entiende que “…”»: with this verb a negation does not deny the words."""
        if not self.pack.stating or self.before[verb][0] in self.pack.stating:
            return False
        if self.kind is Kind.DIRECT and self.gap.rstrip().endswith(":"):
            return True
        classes = [self._class(word) for word, _, _ in self.before[clause:verb]]
        that = next((place for place, code in enumerate(classes) if code == THAT), -1)
        told = classes[: max(that, 0)]
        leads = verb + 1 < len(self.before) and self._class(self.before[verb + 1][0]) == THAT
        plain = leads or self._class(self.before[verb][0]) != CALL
        return plain and any(code in (SAY, TELL) for code in told)

    def _has_subject(self, verb: int) -> bool:
        """Whether somebody is right before the verb, who then is its subject."""
        start, end = self.before[verb - 1][1:]
        return verb > 0 and any(start < mention.end <= end for mention in self.mentions)

    def _marked_behind(self, word: Word) -> bool:
        """Whether another stretch in marks is between a word and this one: «said not “yes” but “no”»."""
        return any(word[1] < mark.outer_start < self.start for mark in self.chunks.marked)

    def _denied_behind(self) -> Found:
        """«“…” sagte er nie»: the verb and its negation are after."""
        start = self.cue.start if self.cue else -1
        verb = next((place for place, (_, at, _end) in enumerate(self.after) if at == start), -1)
        if verb < 0 or (self.kind is Kind.DIRECT and self.closed.lstrip(_MARKS)[:1] in ",!?"):
            return None
        for place in range(max(0, verb - 1), min(verb + 1 + _NEAR, len(self.after))):
            word = self.after[place]
            apart = place > verb and self._class(word[0]) == PREPOSITION  # «she says without looking up»
            if (
                self._negates(word[0])
                and not apart
                and not self._is_break(self.after, min(place, verb), max(place, verb))
            ):
                return self._told(PolarityRule.NEGATED, word)
            if word[0] in self.pack.denials and place > verb:
                return self._told(PolarityRule.DENIAL, word)
        return None

    def _negated_before(self, word: Word) -> bool:
        """«did not deny having said»."""
        place = self.before.index(word)
        return any(self._negates(one[0]) for one in self.before[max(0, place - 2) : place])

    def _verb_between(self, first: int, verb: int) -> bool:
        """Whether another verb takes the negation: «did not hesitate to say», «bestätigte das nicht und nannte es»."""
        between = [word for word, _, _ in self.before[first + 1 : verb]]
        verbs = [word for word in between if self._class(word) != AUXILIARY]
        if verbs and verbs[0] in self.pack.short_of and len(verbs) < _NEAR:
            return False  # «no llegó a decir»
        closes = self.pack.verb_second or self.pack.dropped
        joined = closes and [self._class(word) for word in between] == [CONJUNCTION]
        return joined or len(between) > 1 or any(self._class(word) in "STL" for word in between)

    def _supposed(self) -> Found:
        verb = self._verb_at()
        behind = verb < 0 and self._closes()
        if behind:
            verb = len(self.before)  # «wenn X “…” sagt»: the verb closes the clause that the words before open
        if verb < 0 or not self.before or not (behind or self._leads_here(verb)):
            return None
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
            if opens and first and self._is_first_verb(place, verb):  # «if X says», «and if X says»
                return self._told(PolarityRule.CONDITION, word)
            between = [one for one in self.before[place + 1 : verb] if not self._is_mention(one)]
            near = (len(between) < _NEAR or behind) and not self._is_mention(word)  # «the plan»
            if not opens and near and self._is_unreal(place, verb) and not self._is_content(place, verb):
                return self._told(PolarityRule.UNREAL, word)
        if self.cue and self.kind is not Kind.DIRECT and _ASKED.match(self.closed.lstrip(_MARKS)) and clause == 0:
            return PolarityRule.ASKED, self.cue
        return None

    def _is_left_open(self, place: int) -> bool:
        """«It is unclear whether X said “…”», not «X says she would go if they “…”»: nobody says so before."""
        return not self.pack.verb_second and not any(self._class(word) in VERBS for word, _, _ in self.before[:place])

    def _is_asked(self, place: int) -> bool:
        """«le preguntó si había dicho “…”»: a verb of saying leads to the condition, which then is a question."""
        near = (word for word, _, _ in self.before[max(0, place - _OBJECT) : place])
        return any(self._class(part) in (SAY, TELL) for word in near for part in (word, word.partition("-")[0]))

    def _promised(self) -> Found:
        """«would say: “…”», «promises to say only “…”»: a verb that is conditional itself, or a plan to say it."""
        for place in range(max(0, len(self.before) - _OBJECT - 1), len(self.before)):
            if self.before[place][0] in self.pack.conditional and not self._break(place, len(self.before) - 1):
                return self._told(PolarityRule.UNREAL, self.before[place])
        verb = self._verb_at()
        if not self.pack.articles and 0 <= verb < len(self.before) - 1 and not self._break(verb, verb + 1):
            behind = self.before[verb + 1]
            if behind[0] in self.pack.hypotheticals and self._class(behind[0]) not in _OPENING:
                return self._told(PolarityRule.UNREAL, behind)  # «сказал бы»
        place = governing.promise(self._led(), self.pack) if self.pack.promises else -1
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

    def _closes(self) -> bool:
        """Whether the reporting word is after the marks and closes the clause, as in German and Turkish."""
        if self.cue is None or self.cue.start < self.start:
            return False
        between = self.chunks.text[self.end : self.cue.start]
        if not (self.pack.verb_second or self.pack.verb_final):
            whole = self.chunks.text[self.end - 2 : self.end - 1] in (",", "!", "?")
            return between in (" ", "\u00a0") and not whole  # «Ha a miniszter „nemet” mond»
        return not CLAUSE_END.search(between) and len(between) < 25

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
        if self.kind is not Kind.FRAGMENT or plain:
            return False
        for place in range(modal - 1, 0, -1):
            word = self.before[place]
            if self._class(word[0]) in ("S", "T") and not self._is_mention(word):
                near = self.before[max(0, place - _NEAR) : place]
                return not any(self._negates(one) or one in self.pack.hypotheticals for one, _, _ in near)
        return False

    def _called_false(self) -> Found:
        """«“…” was invented», «“…” is a hoax»: a verb without a subject behind the marks calls them so."""
        behind = [self._class(word) for word, _, _ in self.after[:_FALSE]]
        if behind[:1] != ["x"] or CLAUSE_END.match(self.chunks.text, self.end):
            return None
        for word in self.after[1:_FALSE]:
            if word[0] in self.pack.disputes:
                return self._told(PolarityRule.DOUBT, word)
        return None

    def _doubted(self) -> Found:
        if found := self._called_false():
            return found
        for word in self.before:
            if word[0] in self.pack.disputes and self.cue and self._near_cue(word):
                return self._told(PolarityRule.DOUBT, word)
        claimed = any(self.pack.lexicon.get(word) in _CLAIMING for word, _, _ in self.before)
        for word in self.after[:6]:
            if word[0] in self.pack.disputes and claimed:
                return self._told(PolarityRule.DOUBT, word)
        return None

    def _near_cue(self, word: Word) -> bool:
        """Whether the doubt and the reporting word are neighbours: «allegedly said»."""
        verb = self._verb_at()
        if verb < 0:
            return False
        place = self.before.index(word)
        behind = [self._class(one) for one, _, _ in self.before[place + 1 : min(place + 1 + _NEAR, verb)]]
        led = any(code in (RELATIVE, THAT) for code in behind)  # «un vídeo falso en el que X dice “…”»
        return (led or abs(place - verb) <= 2) and not self._break(min(place, verb), max(place, verb))
