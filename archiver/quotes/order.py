"""Word order made one, so that one set of weights serves every language: verbs after subjects, sources after cues.

«X は「…」と述べた» reads as «X said “…”», «Am Montag sagte X» as «On Monday X said», «X’e göre» as «according to X». A
word that moves leaves its width behind: its token has none, and `moved` tells where the text prints it.
"""

from __future__ import annotations

from archiver.languages import (
    AFTER,
    BEFORE,
    BODY,
    DETERMINER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    QUOTATIVE,
    ROLE,
    SAY,
    SUBJECT_MARK,
    Pack,
)
from archiver.quotes.model import CAPITALIZED, QUOTE, SENTENCE_END, WORD
from archiver.quotes.patterns import (
    CLOSING_VERB,
    ECHO,
    LEADING_ON,
    OPEN_VERB,
    PASSIVE,
    SAYING,
    SECOND_HAND,
    SECOND_VERB,
    SOURCE_BEFORE_POSTPOSITION,
)
from archiver.quotes.tokens import Token, codes_of

_PHRASE = 5  # words of a noun phrase before a quotation
_TOPIC = 8  # words of the subject that opens a sentence
_PASSIVE = 14  # tokens between the verb of a passive, its agent and the quotation
_TOPICS = frozenset(("は", "는", "은"))  # particles of whom a sentence is about
_NEAR = 60  # tokens before a quotation in which its subject is looked for


def in_order(found: list[Token], pack: Pack, moved: dict[int, tuple[int, int]]) -> list[Token]:
    """The tokens of a paragraph in the order that the ranking knows.

    `moved` takes the printed range of each word that moves, by the offset at which it is read.
    """
    codes = codes_of(found)
    quotes = QUOTE in codes
    if quotes:
        found = _second_hand(_agents_marked(_echoes_joined(found, codes), pack))
        codes = codes_of(found)
    order = _Order(found, codes, pack, moved)
    if pack.verb_second:
        order.verbs_from_second_place()
    if pack.verb_final and quotes:
        order.verbs_from_the_end()
    if AFTER in codes:
        order.postpositions()
    return order.tokens()


def _echoes_joined(found: list[Token], codes: str) -> list[Token]:
    """«…». Lo ha detto X: a sentence that only gives the quotation its speaker continues with it."""
    ends = {match.start() + 1 for match in ECHO.finditer(codes) if " " in found[match.end() - 1].low}
    return [token for place, token in enumerate(found) if place not in ends] if ends else found


def _second_hand(found: list[Token]) -> list[Token]:
    """«According to the agency, X said “…”» is X's: the words before the comma only tell where it was read."""
    places = {match.start() for match in SECOND_HAND.finditer(codes_of(found))}
    return [t.classed(PREPOSITION) if at in places else t for at, t in enumerate(found)] if places else found


def _agents_marked(found: list[Token], pack: Pack) -> list[Token]:
    """«was called “…” by X»: the preposition of a passive leads to who speaks, as «according to» does."""
    places = [at for at, token in enumerate(found) if token.code == PREPOSITION and token.low in pack.agents]
    if not places:
        return found
    codes, out = codes_of(found), list(found)
    for at in places:
        if codes[at + 1 : at + 2] == QUOTE:
            continue  # «sprach von “…”»
        begun = max(codes.rfind(SENTENCE_END, 0, at) + 1, at - _PASSIVE)
        passive = PASSIVE.search(codes, begun, at)
        ended = codes.find(SENTENCE_END, at) if SENTENCE_END in codes[at:] else len(codes)
        quoted = codes.find(QUOTE, passive.start(), min(ended, at + _PASSIVE)) if passive else -1
        clause = found[begun : min(ended, at + _PASSIVE)]
        if quoted >= 0 or (pack.verb_second and _closes_passive(clause, at - begun, pack)):
            out[at] = found[at].classed(BEFORE)
    return out


def _closes_passive(clause: list[Token], at: int, pack: Pack) -> bool:
    """«wurde von X als “…” bezeichnet»: the verb of the passive is behind the quotation."""
    quoted = next((n for n in range(at, len(clause) - 1) if clause[n].code == QUOTE), -1)
    led = any(token.low in pack.passive for token in clause[:at])
    return led and quoted >= 0 and clause[quoted + 1].code in SAYING


class _Order:
    """What is put in before which token, and what is left out."""

    def __init__(self, found: list[Token], codes: str, pack: Pack, moved: dict[int, tuple[int, int]]) -> None:
        self.found, self.codes, self.pack, self.moved = found, codes, pack, moved
        self.put_in: dict[int, Token] = {}
        self.left_out: set[int] = set()

    def tokens(self) -> list[Token]:
        """All of them in their new order."""
        if not self.put_in and not self.left_out:
            return self.found
        out: list[Token] = []
        for place, token in enumerate(self.found):
            out += [self.put_in[place]] if place in self.put_in else []
            out += [token] if place not in self.left_out else []
        return out + ([self.put_in[len(self.found)]] if len(self.found) in self.put_in else [])

    def verbs_from_second_place(self) -> None:
        """«Gestern sagte X» is «gestern, X sagte»."""
        for match in SECOND_VERB.finditer(self.codes):
            verb, last = self.found[match.start(1)], self.found[match.end() - 1]
            self.left_out.add(match.start(1))
            self.put_in[match.start(1)] = _comma(verb.start)
            self.put_in[match.end()] = self._move(verb, match[1], last.end)

    def verbs_from_the_end(self) -> None:
        """«X “…” dedi» is «X dedi “…”»; a verb whose subject is missing is left out: the speaker continues."""
        self._verbs_that_lead_on()
        for match in CLOSING_VERB.finditer(self.codes):
            quote, verb = match.start(), max(match.start(1), match.start(2))
            self.left_out.update(range(quote + 1, match.end()))
            if verb < 0:
                verb = self._unknown_verb(match.end())
            place = self._place_of_verb(quote) if verb >= 0 else -1
            if place >= 0:
                place = quote if place in self.put_in else place
                self.put_in[place] = self._move(self.found[verb], match[1] or SAY, self.found[place].start)

    def _verbs_that_lead_on(self) -> None:
        """«기자가 “…”라고 묻자 X는 …»: the verb of a clause that is followed by another."""
        ends = self.pack.converbs
        for match in LEADING_ON.finditer(self.codes) if ends else ():
            quote, verb = match.start(), match.end() - 1
            place = self._behind_subject(quote) if self.found[verb].low.endswith(ends) else -1
            if place >= 0:
                self.left_out.update(range(quote + 1, match.end()))
                self.put_in[place] = self._move(self.found[verb], match[1], self.found[place].start)

    def _unknown_verb(self, at: int) -> int:
        """The word after a quotative that leads to no noun, where the clause ends with what the pack does not know."""
        quotative = self.found[at - 1]
        if quotative.code != QUOTATIVE or quotative.low in self.pack.quotative_of_noun or at >= len(self.found):
            return -1
        if self.pack.spaces and self.codes[at] == WORD and self.found[at + 1 : at + 2] and self.found[at + 1].capital:
            self.found[at] = self.found[at].classed(SAY)  # «“…” diye gülen X»
            return -1
        named = self.found[at].low in self.pack.scare or self.found[at].low in self.pack.works_nouns
        return at if OPEN_VERB.match(self.codes, at) and not named else -1

    def _place_of_verb(self, quote: int) -> int:
        """Behind the subject of the sentence that a quotation is in, or of the one before; -1 without one."""
        place = self._behind_subject(quote)
        if place >= 0 or self.codes[quote - 1 : quote] != SENTENCE_END:
            return place
        place = self._behind_subject(quote - 1)
        return -1 if place in self.put_in else place

    def _behind_subject(self, quote: int) -> int:
        codes = self.codes
        first = max(quote - _NEAR, *(codes.rfind(end, 0, quote) + 1 for end in "$!"))
        if self.pack.subject:
            marked = [place for place in range(first, quote) if codes[place] == SUBJECT_MARK or self._is_marked(place)]
            told = [place for place in marked if place and (codes[place - 1] in "ObohH" or self._is_marked(place))]
            topics = [place for place in marked if place and codes[place - 1] in "ObohHW"]
            past = codes.rfind(QUOTE, first, quote)
            new = [place for place in topics if place > past and (place in told or self.found[place].low in _TOPICS)]
            if past >= 0 and new:
                return new[-1] + 1  # «기자가 “…”라고 묻자 X는 “…”고 답했다»
            if len(topics) > 1 and codes[topics[0] + 1] == ",":
                return topics[0] + 1  # «報道官は、市長は「…」と述べた»: the first one speaks
            return (told or marked or [-2])[-1] + 1
        if self.pack.dropped and (topic := self._topic(first, quote)) >= 0:
            return topic
        if codes[quote - 1] == "," and self._is_noun_phrase(first, quote - 1):
            return quote - 1  # «Köylü bir usta, “…” dedi»
        for place in range(quote - 1, first - 1, -1):
            if codes[place + 1] == PREPOSITION:
                continue  # «Toroğlu için “…” dedi»
            named = self.found[place].capital or codes[place] in (ROLE, BODY)
            if named and codes[place] in "WobhHi" and codes[place + 1] not in "sWobh":
                return place + 1 + (codes[place + 1] == "c")  # «X da “…” dedi»
        return -1

    def _is_marked(self, place: int) -> bool:
        """«그는»: a pronoun that has its subject particle written onto it."""
        return (
            self.codes[place] == PERSON_PRONOUN
            and self.pack.spaces
            and self.found[place].low.endswith(self.pack.subject)
        )

    def _topic(self, first: int, quote: int) -> int:
        """Behind the name that opens a sentence before a comma: «Güneş, maçtan sonra … “…” dedi»; else -1."""
        past = first
        while past < quote and self.codes[past] in (CAPITALIZED, ROLE, BODY, WORD) and past - first < _TOPIC:
            past += 1
        named = past > first and self.found[past - 1].capital and self.codes[past - 1] == CAPITALIZED
        return past if named and past < quote and self.codes[past] == "," else -1

    def _is_noun_phrase(self, first: int, past: int) -> bool:
        """Whether an article and a noun end before `past`."""
        begun = max(first, past - _PHRASE)
        article = self.codes.rfind(DETERMINER, begun, past - 1)
        return article >= 0 and all(code in (WORD, ROLE, BODY) for code in self.codes[article + 1 : past])

    def postpositions(self) -> None:
        """«X に よると» is «according to X»; a case ending before the postposition is no part of the name."""
        for match in SOURCE_BEFORE_POSTPOSITION.finditer(self.codes):
            first, last = match.start(), match.end(1) - 1
            first -= self.codes[first - 1 : first] in (DETERMINER, POSSESSIVE)  # «dem Abgeordneten zufolge»
            cue, source = self.found[match.end() - 1], self.found[last]
            self.left_out.update(range(last + 1, match.end()))
            self.put_in[match.end()] = _comma(cue.end)
            case = next((one for one in self.pack.cases if source.code == CAPITALIZED and source.low.endswith(one)), "")
            self.found[last] = source.reaching(source.end - len(case), source.low.removesuffix(case))
            self.put_in[first] = self._move(cue, BEFORE, self.found[first].start)

    def _move(self, token: Token, code: str, at: int) -> Token:
        self.moved[at] = (token.start, token.end)
        return Token(code, at, at, token.low, False)


def _comma(at: int) -> Token:
    return Token(",", at, at, ",", False)
