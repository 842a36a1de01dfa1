"""Whether an article denies that some words were said: «did not say “…”», «denied having said “…”»."""

from __future__ import annotations

from archiver.languages import AUXILIARY, CALL, CONJUNCTION, FUNCTION, PREPOSITION, SAY, TELL, THAT, TIME
from archiver.quotes import governing
from archiver.quotes.closing import VERBS, Closing
from archiver.quotes.reporting import CONTENT, OBJECT
from archiver.quotes.surroundings import CLAUSE_END, Found, Word
from archiver.quotes.trail import PolarityRule
from archiver.records import Kind

_NEAR = 3  # words between a negation and the verb of saying that it turns round
_BEHIND_CLAUSE = 16  # words behind the marks among which the verb is that denies a clause with «that»
_FAR = 6  # words between «nobody» and the verb
_CLAUSE = 6  # words of a clause with «that» before the marks
_DENIED = 12  # words before the marks in which a denial is looked for
_CLAIMED = 3  # words between a word that rejects and the noun for what is claimed
_OF_CLAUSES = (*VERBS, AUXILIARY, THAT)  # what a clause has and an aside has not; a constant, for mypyc
_COMMAS, _ASIDE = 2, 6  # commas around an aside, and its words
_INFINITIVE = 4  # words behind the marks among which is what leads to an infinitive


class Denials(Closing):
    """The rules for negations and for words that deny."""

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
        if verb >= 0 and (found := self._negated(verb) or self._denied_to_say(verb)):
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
            or self._refused()
            or self._unheard()
        )

    def _unheard(self) -> Found:
        """«Nobody ever heard X say “…”», «Niemand hat X je „…“ sagen hören»: with a negation."""
        heard = [word[0] for word in (*self.before, *self.after[: _NEAR + 1]) if word[0] in self.pack.hearing]
        if not heard or self._has_colon():
            return None
        for place, word in enumerate(self.before):
            if self._negates(word[0]) and not self._break(place, len(self.before) - 1):
                return self._told(PolarityRule.NEGATED, word)
        return None

    def _refused(self) -> Found:
        """«refused to call it “…”», «weigerte sich, es „…“ zu nennen»: not said, unless that is negated in turn."""
        refusals = self.pack.refusals
        if not any(word.partition("-")[0] in refusals for word, _, _ in self.before):
            return None
        place = governing.promise(self._led(), self.pack, refusals)
        if place < 0 and self.pack.verb_second and self.after and self._class(self.after[0][0]) not in VERBS:
            led = [self._class(word) for word, _, _ in self.after[:2]]  # «zu nennen», «te noemen»
            closes = led[0] == PREPOSITION and led[-1] in VERBS
            last = len(self.before) - 1
            found = (at for at in range(last, -1, -1) if self.before[at][0] in refusals)
            place = next(found, -1) if closes else -1
        if place < 0 or self._negated_before(self.before[place]):
            return None
        return self._told(PolarityRule.DENIAL, self.before[place])

    def _denied_to_say(self, verb: int) -> Found:
        """«nega haver dit, com es llegeix avui, que …»: a denial right before the verb, with anything behind it."""
        place = verb - 1
        while place > 0 and self._class(self.before[place][0]) == AUXILIARY:
            place -= 1
        denial = self.before[place] if 0 <= place < verb - 1 and self.before[place][0] in self.pack.denials else None
        return self._told(PolarityRule.DENIAL, denial) if denial and not self._negated_before(denial) else None

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

    def _verb_between(self, first: int, verb: int) -> bool:
        """Whether another verb takes the negation: «did not hesitate to say», «bestätigte das nicht und nannte es»."""
        between = [word for word, _, _ in self.before[first + 1 : verb]]
        verbs = [word for word in between if self._class(word) != AUXILIARY]
        if verbs and verbs[0] in self.pack.short_of and len(verbs) < _NEAR:
            return False  # «no llegó a decir»
        closes = self.pack.verb_second or self.pack.dropped
        joined = closes and [self._class(word) for word in between] == [CONJUNCTION]
        return joined or len(between) > 1 or any(self._class(word) in "STL" for word in between)

    def _neither(self) -> Found:
        """«Ni Ana ni Luis dijeron “…”»: the word that opens the sentence stands again before the second of them."""
        words = [word for word, _, _ in self.before]
        if len(words) < OBJECT or not self._negates(words[0]) or words[0] not in words[1:]:
            return None
        again = len(words) - 1 - words[::-1].index(words[0])
        clause = self.before[again + 2 :]
        if self._break(again, len(words) - 1):
            return None
        whole = len(clause) <= CONTENT and not any(self._class(word) in "ctr" for word, _, _ in clause)
        return self._told(PolarityRule.NEGATED, self.before[0]) if whole else None

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

    def _marked_behind(self, word: Word) -> bool:
        """Whether another stretch in marks is between a word and this one: «said not “yes” but “no”»."""
        return any(word[1] < mark.outer_start < self.start for mark in self.chunks.marked)

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
        if not (self.before and self.pack.verb_second):
            return None
        first = self._clause_start(len(self.before) - 1)
        gap = self.chunks.text[self.before[first - 1][2] : self.before[first][1]] if first else ";"
        first = first if ";" in gap else 0  # «…; dass er „…“ gerufen habe, bestreitet er»
        if self._class(self.before[first][0]) != THAT:
            return None
        telling = self.pack.negations | self.pack.denials | self.pack.rejections
        for word in self.after[:_BEHIND_CLAUSE]:
            if word[0] in telling and CLAUSE_END.search(self.chunks.text, self.end, word[1]):
                return self._told(PolarityRule.DENIAL, word)
        return None

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
            if self._tells_anew(noun):
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

    def _denied_behind(self) -> Found:
        """«“…” sagte er nie»: the verb and its negation are after."""
        start = self.cue.start if self.cue else -1
        verb = next((place for place, (_, at, _end) in enumerate(self.after) if at == start), -1)
        if verb < 0 or (self.kind is Kind.DIRECT and self.closed[:1] in ",!?"):
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

    def _is_parted_by_aside(self, place: int, last: int) -> bool:
        """«smentisce invece, tramite l’ufficio stampa, di aver detto “…”»: nothing but an aside is between commas."""
        breaks = [at for at in range(place, last) if self._break(at, at + 1)]
        if len(breaks) != _COMMAS or breaks[0] > place + 1 or breaks[1] - breaks[0] > _ASIDE:
            return False
        aside = self.before[breaks[0] + 1 : breaks[1] + 1]
        behind = [self._class(word) for word, _, _ in self.before[breaks[1] + 1 :]]
        verbs = [self._class(word[0]) for word in aside if not self._is_mention(word)]  # «su abogado» has none
        told = any(code in _OF_CLAUSES for code in verbs)
        return not told and behind[0] in (PREPOSITION, AUXILIARY) and any(code in VERBS for code in behind)

    def _reaches(self, place: int) -> bool:
        """Whether no comma parts a denial from the marks, but one right before them or before a «that»."""
        last = len(self.before) - 1
        if self._tells_anew(place):
            return False
        if self._is_parted_by_aside(place, last):
            return True
        if self.before[last][0] in self.pack.likening and not self._break(place, last):
            return False  # «avviser det som “…”»
        if place == last or not self._break(place, last):
            return True
        if not self._break(place, place + 1) and self._only_connects(place + 1):
            place += 1  # «bestritt jedoch, …»
        if place < last and self._break(place + 1, last):
            return False
        opened = self._class(self.before[place + 1][0]) == THAT  # «popírá, že»
        behind = [word for word, _, _ in self.after[:_INFINITIVE]]
        infinitive = bool(self.pack.infinitive) and self.pack.infinitive in behind
        return opened or infinitive or any(word in self.pack.reported_mood for word, _, _ in self.before[place:])

    def _is_judged(self, place: int) -> bool:
        """«ha respinto le accuse come “assurde”»: what leads to the marks likens, and no verb of saying is denied."""
        told = any(self._class(word) in VERBS for word, _, _ in (*self.before[place + 1 :], *self.after[:1]))
        return self.before[-1][0] in self.pack.likening and not told

    def _tells_anew(self, place: int) -> bool:
        """«odbacio je optužbe i rekao da su “…”»: another verb of saying is joined to the denial."""
        classes = [self._class(word) for word, _, _ in self.before[place + 1 :]]
        if self._only_connects(place + 1):
            classes[0] = FUNCTION
        return any(code in VERBS and CONJUNCTION in classes[max(0, at - 2) : at] for at, code in enumerate(classes))

    def _only_connects(self, place: int) -> bool:
        """«zaprzeczyła jednak, że», «negou, porém, ter dito»: a word that joins nothing behind a denial."""
        if place + 1 >= len(self.before) or self._class(self.before[place][0]) not in (CONJUNCTION, FUNCTION, TIME):
            return False
        return self._break(place, place + 1) or self._class(self.before[place + 1][0]) == THAT

    def _negated_before(self, word: Word) -> bool:
        """«did not deny having said»."""
        place = self.before.index(word)
        return any(self._negates(one[0]) for one in self.before[max(0, place - 2) : place])
