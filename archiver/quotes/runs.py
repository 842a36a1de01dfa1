"""How far a name goes: the run of words that may belong to it, with the small words that lead on to another."""

from __future__ import annotations

import re

from archiver.languages import BODY, CONJUNCTION, DETERMINER, POSSESSIVE, PREPOSITION, ROLE, TIME, TITLE
from archiver.quotes.chunker import VERBS
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import CAPITALIZED, SENTENCE_END, WORD, Chunks
from archiver.quotes.openings import Openings
from archiver.quotes.tokens import Token

_SMALL = frozenset((CONJUNCTION, DETERMINER, POSSESSIVE, PREPOSITION))
IN_NAME = frozenset((CAPITALIZED, ROLE, BODY, TITLE))
_LINKS = 2  # small words between a first name and a surname, at most
_OF_FAMILY = re.compile(
    rf"([{CAPITALS}][\w-]+) (?:von|zu|van|de)(?: \w{{2,3}})? ([{CAPITALS}][\w-]+)"
)  # «Ida von Stein»


class Runs(Openings):
    """Tells which words in a row may be one name."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.links = self.pack.particles | self.pack.connectors
        nouns = self.pack.case == "nouns"
        self.of_family = frozenset(
            match[2].lower()
            for match in (_OF_FAMILY.finditer(chunks.text) if nouns else ())
            if match[1].lower() in self.pack.first_names
        )

    def _run(self, found: list[Token], at: int) -> int:
        """Where the run of words that may belong to one name ends."""
        past, body, first = at, False, at
        while past < len(found):
            token = found[past]
            if past > at and self._has_owner(found[past - 1], token):
                break  # «Vargas Büro»
            if (token.capital and self._is_of_name(found, past, body=body)) or (token.code == TITLE and past == at):
                within = body and self._is_role_of_body(found, past)
                body = token.code == BODY or (body and token.code not in (ROLE, TITLE)) or within
                past += 1
                first = past if token.code in (ROLE, TITLE) and not within else first
            elif past == at:
                break
            elif self._is_and_company(found, past):
                body, past = True, past + 2
            elif token.low in self.pack.suffixes or self._is_surname_of(found, at, past):
                past += 1
            elif self._is_body_behind(found, at, past):
                return past + 1
            elif past + 1 < len(found) and (skipped := self._linked(found, past, past - first, is_organization=body)):
                past += skipped
            else:
                break
        return max(past, at + 1)

    def _is_and_company(self, found: list[Token], at: int) -> bool:
        """«Hollis & Sons»: a sign for «and» between capitals of a firm."""
        beside = found[at + 1] if at + 1 < len(found) else None
        return found[at].code == "&" and self.pack.case == "names" and beside is not None and beside.capital

    def _has_owner(self, owner: Token, noun: Token) -> bool:
        """Whether a noun for who speaks for others is behind its owner, where nouns have capitals: «Vargas Büro»."""
        nouns = self.pack.case == "nouns" and owner.low.endswith("s")  # the name, or the ending parted from it
        return nouns and noun.low in self.pack.representatives

    def _is_body_behind(self, found: list[Token], first: int, at: int) -> bool:
        """«Bergen kommune», «Göta Alvs tingsrätt», not «Bergen kommunen»: a noun that a body's name ends in."""
        low, pack = found[at].low, self.pack
        if found[at].code != BODY or found[at - 1].code != CAPITALIZED or not pack.verb_second or pack.case != "names":
            return False
        if not pack.definite_endings:
            return False
        owner = found[first].low
        if owner.endswith("s") and (owner in self.surnames or owner.removesuffix("s") in self.surnames):
            return False  # «Moos parti», of Eva Moos
        if at - first > 1 and any(token.low in pack.first_names for token in found[first:at]):
            return False  # «Jonas Kvist styrer»
        stems = [low.removesuffix(end) for end in pack.definite_endings if low.endswith(end)]
        return not any(pack.lexicon.get(stem) == BODY or stem.endswith(pack.body_endings) for stem in stems)

    def _is_of_name(self, found: list[Token], at: int, *, body: bool) -> bool:
        """Whether a capital may be a part of a name; in that of a body an office may, «Ministerstwo Zdrowia»."""
        token = found[at]
        office = body and token.low in self.pack.offices
        within = self._is_inside_name(found, at) or self._is_land_of_body(found, at)
        return token.code in IN_NAME or office or within or self._is_month_of_name(found, at)

    def _is_inside_name(self, found: list[Token], at: int) -> bool:
        """«the group Save Our Verges said»: a small word with a capital between two others, small ones behind."""
        if not self.pack.title_case or found[at].code not in _SMALL or not 0 < at < len(found) - 1:
            return False
        beside = found[at - 1].code == CAPITALIZED == found[at + 1].code
        return beside and any(not token.capital and token.low.isalpha() for token in found[at + 2 : at + 5])

    def _is_land_of_body(self, found: list[Token], at: int) -> bool:
        """«Türkiye Ziraat Odaları Birliği», «Dansk Sejlmagerforbund»: a word that is no name before that of a body."""
        last = self.pack.verb_final or self.pack.verb_second
        if found[at].code != WORD or not found[at].capital or not (last and self.pack.case == "names"):
            return False
        past = at + 1
        while past < len(found) and found[past].capital and found[past].code in (CAPITALIZED, ROLE, BODY):
            past += 1
        if past == at + 1 or self.pack.verb_final:
            return past > at + 1 and found[past - 1].code == BODY
        ends = self.pack.body_endings
        first, end = found[at + 1], found[past - 1]
        return BODY in (first.code, end.code) or bool(ends and end.low.endswith(ends))

    def _is_month_of_name(self, found: list[Token], at: int) -> bool:
        """«Jan Weil», «June Holm», «Jan de Vries»: a first name that shortens or is a month, before another capital."""
        token, past = found[at], at + 1
        if token.code != TIME or not token.capital or token.low not in self.pack.first_names:
            return False
        while past < len(found) and past - at <= _LINKS and found[past].low in self.pack.particles:
            past += 1
        return past < len(found) and found[past].capital and found[past].code in (CAPITALIZED, ROLE)

    def _is_surname_of(self, found: list[Token], at: int, past: int) -> bool:
        """«Mark Christian said»: after a first name, a capital that elsewhere is no name is one."""
        last = found[past]
        if past != at + 1 or not last.capital or last.code != WORD:
            return False
        following = found[past + 1].code if past + 1 < len(found) else SENTENCE_END
        return following in "STLx,$s" and found[at].low in self.pack.first_names

    def _is_called_of(self, found: list[Token], at: int) -> bool:
        """«Hedwig von Stein», and «Wanja von Stein» too, where the text has such a family or the verb is before it."""
        if found[at - 1].low in self.pack.first_names:
            return True
        told = at > 1 and found[at - 2].code in VERBS
        return found[at + 1].low in self.of_family or (told and found[at - 1].code == CAPITALIZED)

    def _linked(self, found: list[Token], at: int, words: int, *, is_organization: bool) -> int:
        """How many small words (particles, or in the name of a body connectors) lead on to another word of the name.

        Where every noun has a capital, an article leads to a noun, and so does «von» after a name of two `words`.
        """
        if found[at].low not in self.links and found[at + 1].low != "'t":
            return 0
        nouns = self.pack.case == "nouns" and not is_organization
        called = words == 1 and found[at].code != DETERMINER and self._is_called_of(found, at)
        if nouns and not called and found[at - 1].low not in self.pack.particles:
            return 0
        if found[at].code == CONJUNCTION and words > 1 and self._is_first_name(found[at + 1].low):
            return 0  # «Ada Vieira e Luís Ortigão» are two
        if found[at].code == CONJUNCTION and found[at + 1].code == DETERMINER:
            return 0  # «la Fundación Ansúrez y el Museo de Cerrato» are two
        whole = words > 1 and not is_organization and not self._is_first_name(found[at - 1].low)
        if whole and self.pack.verb_second and self.pack.case == "names":
            return 0  # «Bas Lijnzaad van Opera Waterland»: where he works
        links = self.pack.particles if found[at - 1].code in (CAPITALIZED, TITLE, ROLE, TIME) else frozenset()
        links = links | self.pack.connectors if is_organization else links
        for count in (1, 2):
            if at + count >= len(found):
                return 0
            elided = count == 1 and found[at + 1].low == "'t" and "'t" in links  # «Ko in 't Hout»
            if found[at + count - 1].low not in links and not elided:
                return 0
            token = found[at + count]
            office = is_organization and token.low in self.pack.offices  # «Ministerio de Sanidad»
            if token.capital and (token.code in IN_NAME or office):
                return count
        return 0
