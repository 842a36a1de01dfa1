"""Noun phrases in scripts with case: a determiner and what follows up to its noun, or a role or body alone."""

from __future__ import annotations

from archiver.languages import AUXILIARY, BODY, DETERMINER, POSSESSIVE, ROLE, TIME, TITLE
from archiver.quotes.chunker import MAX_PHRASE, PRONOUNS, VERBS
from archiver.quotes.model import CAPITALIZED, NOUN_PHRASE, SENTENCE_END, WORD, Chunks
from archiver.quotes.names import CasedNames
from archiver.quotes.patterns import SAYING
from archiver.quotes.runs import IN_NAME
from archiver.quotes.tokens import Token

_IN_NOUN_PHRASE = frozenset("wWob0gfh&/")
_HEADS = frozenset((ROLE, BODY, "g", "w", "W"))


class CasedPhrases(CasedNames):
    """Reads the noun phrases of a text whose script has case."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        # «šéfka poslanců»: what somebody heads is after the role
        self.head_first = not self.pack.articles and len(self.pack.endings) > 1
        self._gendered = tuple(end for end, gender in self.pack.role_endings if gender)

    def _noun_phrase(self, found: list[Token], at: int) -> int:
        """A determiner and what follows up to a head, or a role or body alone; 0 where it only leads up to a name."""
        first, head = self._head(found, at)
        if head < 0 or (found[at].code not in "dyobg"):
            return 0
        if self._begins_name(found, head, head + 1):
            return self._emit(found, at, head + 1)
        if past := self._up_to_name(found, head):
            return self._emit(found, at, past)
        if found[head].code == CAPITALIZED and found[head].capital and self.pack.case == "names":
            return 0
        if code := self._code_of_nobody(found[head]):
            self._chunk(code, found[at].start, found[head].end)
            return head + 1
        return self._write_phrase(found, at, first, head)

    def _head(self, found: list[Token], at: int) -> tuple[int, int]:
        """The first word of a noun phrase behind its determiners, and its head: -1 without one."""
        past = at + (found[at].code in (DETERMINER, POSSESSIVE))
        first, head = past, -1
        while past < len(found) and past - at < MAX_PHRASE:
            token = found[past]
            if token.code == DETERMINER and past == first and first > at:
                first += 1
            elif token.code == "s" and head >= 0 and self._owns(found, past):
                head = -1
            elif token.code in VERBS and past == first and first > at and self.pack.articles and self._is_noun(token):
                head = past
            elif head >= 0 and self._is_beside_head(found, head, past):
                break
            elif self.pack.with_articles and token.code == WORD and not token.capital and _are_names(found[first:past]):
                return first, -1  # «Ο Μανώλης Καραβίτης χτίζει»
            elif token.code not in _IN_NOUN_PHRASE or (head >= 0 and self._ends_phrase(found, head, past)):
                break
            elif token.code in _HEADS:
                head = past
            past += 1
        return first, head

    def _is_beside_head(self, found: list[Token], head: int, at: int) -> bool:
        """«A szakszervezet | közleményében», «cellist | Yuri Banks»: a word of its own behind a phrase with a head."""
        if found[head].code in (ROLE, BODY) and found[at].low.endswith(self.pack.oblique_endings):
            return True
        return self._is_called(found[at : at + 2], behind_role=found[head].code == ROLE)

    def _up_to_name(self, found: list[Token], head: int) -> int:
        """Where the name of somebody begins behind a role and what completes it; 0 without one."""
        if found[head].code != ROLE:
            return 0
        past = self._completed(found, head + 1)
        if past >= len(found) or not found[past].capital or found[past].code not in IN_NAME:
            return 0
        return past if found[past].code == CAPITALIZED or self._names_somebody(found, past) else 0

    def _code_of_nobody(self, noun: Token) -> str:
        """The code of a phrase that is nobody who speaks, by its head; nothing if it may be somebody."""
        if noun.code == "g" and self.last == "p" and self.codes[-2:-1] in ([], [SENTENCE_END], ["\n"]):
            return "g"  # «in a statement» tells where, not who
        if noun.low in self.pack.listeners or noun.low.endswith(self.pack.oblique_endings):
            return WORD  # «(рассказала) корреспонденту», «a gyárkapuban»
        period = noun.low in self.pack.dates.periods and (not noun.capital or self.pack.case == "nouns")
        return TIME if period else ""

    def _write_phrase(self, found: list[Token], at: int, first: int, head: int) -> int:
        """Writes the noun phrase from token `at` to its head, as printed from `first`."""
        noun = self._body_of(found, first, head) or found[head]
        gender = self._gender_of_phrase(found, at, head)
        return self._mention(
            NOUN_PHRASE,
            found,
            at,
            head + 1 + self._possessed(found, head),
            definite=gender != "p" and self._is_definite(found, at, noun),
            role_noun=noun.code == ROLE
            or noun.low in self.trades
            or any(found[i].low[:1].isdigit() and found[i].code != "0" for i in range(at, head)),
            gender=gender,
            is_organization=noun.code in (BODY, "g"),
            head=noun.low,
            role=self.chunks.text[found[min(first, head)].start : noun.end],
        )

    def _body_of(self, found: list[Token], first: int, head: int) -> Token | None:
        """«L'associazione [Amici] del Lago»: a noun for a body, whose name a role with a capital opens."""
        if head == first or not self._is_role_of_body(found, head):
            return None
        return Token(BODY, found[head].start, found[head].end, found[head - 1].low, capital=True)

    def _gender_of_phrase(self, found: list[Token], at: int, head: int) -> str:
        """What the words of a noun phrase and the verb beside it tell: "p" that there are several, else a gender."""
        several = found[at].low in self.pack.several or self._are_many(found[head])
        if several or self._has_plural_verb(found, at, head + 1):
            return "p"
        if self.pack.declined and (told := self._of_declined(found[at].low, found[head].low)):
            return told
        return self._gender_of_noun(found[head]) or self.pack.determiner_genders.get(found[at].low, "")

    def _is_definite(self, found: list[Token], at: int, noun: Token) -> bool:
        """Whether a noun phrase means somebody known: by its determiner, an age or its owner."""
        if found[at].low in self.pack.definite:
            return True
        return noun.code == ROLE and (self.last == "s" or self._tells_age(found, at))

    def _are_many(self, token: Token) -> bool:
        """«A szurkolók»: a role in the plural, where its end alone tells."""
        low, ends = token.low, () if self.pack.title_case else self.pack.plural_endings
        return any(low.endswith(end) and self.pack.lexicon.get(low.removesuffix(end)) == ROLE for end in ends)

    def _has_plural_verb(self, found: list[Token], at: int, past: int) -> bool:
        """«“…”, riefen die Leute», «nannten sie die Leute “…”»: the verb beside a subject is that of several."""
        plural = self.pack.plural_verbs
        if not (plural and self.pack.verb_second):
            return False
        before = at - 2 if at > 1 and found[at - 1].code in PRONOUNS else at - 1
        beside = [found[place] for place in (before, past) if 0 <= place < len(found)]
        return any(token.code in SAYING + AUXILIARY and token.low.endswith(plural) for token in beside)

    def _is_noun(self, token: Token) -> bool:
        """Whether a form of a verb behind a determiner is a noun: «the claim», not «(das) teilte»."""
        return token.capital or self.pack.case != "nouns"

    def _begins_name(self, found: list[Token], head: int, at: int) -> bool:
        """«O barbeiro Horácio Pimenta fechou», «advokat Henrik Bonde»: a name in full behind a noun."""
        if at + 1 >= len(found) or found[at].code != CAPITALIZED:
            return False
        if found[at + 1].code != CAPITALIZED and (found[at + 1].code != ROLE or self.pack.case == "nouns"):
            return False
        if found[head].code not in (WORD, CAPITALIZED, ROLE) or not (found[at].capital and found[at + 1].capital):
            return False
        noun = found[head].capital == (self.pack.case == "nouns")
        led = self.pack.case == "names" and self.pack.articles and not self.pack.title_case and head == at - 1
        return noun and (found[at].low in self.pack.first_names or led)

    def _tells_age(self, found: list[Token], at: int) -> bool:
        """«29-letnia napastniczka», «29-åringen»: an age tells that somebody known is meant, where no article does."""
        if found[at].low[:1].isdigit():
            return True
        before = found[at - 1].low if at else ""
        return not self.pack.articles and before[:1].isdigit() and before[-1:].isalpha()

    def _gender_of_noun(self, noun: Token) -> str:
        """What a role tells, or its ending."""
        told = self.pack.genders.get(noun.low, "")
        if told or not noun.low.endswith(self._gendered):
            return told
        return next(gender for end, gender in self.pack.role_endings if gender and noun.low.endswith(end))

    def _ends_phrase(self, found: list[Token], head: int, at: int) -> bool:
        """Whether the word at `at` is no part of the phrase any more that has its head already."""
        code = found[head].code
        if (code == ROLE and self.head_first) or self._begins_name(found, head, at):
            return True
        if self.pack.case == "nouns" and found[head].capital and not found[at].capital:
            return True  # «der Mesner verschmitzt»
        if found[at].code in (ROLE, BODY, "g"):
            return False
        adverb = found[at].code == "f" and found[head].capital and code == CAPITALIZED  # «the Tribune recently ran …»
        return adverb or (code in (ROLE, BODY) and not self._leads_on(found, at))

    def _names_somebody(self, found: list[Token], at: int) -> bool:
        """Whether the capitals from here end in a name: «(spokesman) Navy Capt. Jeff Davis»."""
        past = self._run(found, at)
        return (
            past > at + 1
            and found[past - 1].code == CAPITALIZED
            and any(t.code in (ROLE, TITLE) for t in found[at:past])
        )

    def _completed(self, found: list[Token], at: int) -> int:
        """Where the office that completes a role ends: «minister rolnictwa X», «ministro dell'Interno X»."""
        past = at
        while past < len(found) and (found[past].low in self.pack.offices or found[past].code in "pdc"):
            past += 1
        return past if past > at and found[past - 1].low in self.pack.offices else at

    def _possessed(self, found: list[Token], head: int) -> int:
        """Whether a possessive is after its noun: «forleggeren hennes»."""
        if found[head].code != ROLE or head + 2 >= len(found) or found[head + 1].code != POSSESSIVE:
            return 0
        return int(found[head + 2].code in ",$STLx")

    def _owns(self, found: list[Token], at: int) -> bool:
        """Whether a possessive ending leads on to another noun: «the museum's director»."""
        following = found[at + 1] if at + 1 < len(found) else None
        return len(found[at].low) > 1 and following is not None and not following.capital and following.code in "wobg"

    def _leads_on(self, found: list[Token], at: int) -> bool:
        """Whether a word after a role still leads to another role or body: «party chief executive»."""
        for i in range(at + 1, min(at + 4, len(found))):
            if found[i].code in (ROLE, BODY):
                return i == at + 1 or (i + 1 < len(found) and found[i + 1].capital and found[i + 1].code == CAPITALIZED)
            if found[i].code != WORD:
                return False
        return False

    def _emit(self, found: list[Token], at: int, past: int) -> int:
        """Chunks without a mention: the role in front of a name."""
        if found[at].code in "dy":
            self._chunk(found[at].code, found[at].start, found[at].end)
            at += 1
        if at < past:
            self._chunk(ROLE, found[at].start, found[past - 1].end)
        return past


def _are_names(words: list[Token]) -> bool:
    """Two words or more with capitals that nothing else is known of."""
    return len(words) > 1 and all(token.code == CAPITALIZED and token.capital for token in words)
