"""Scripts without case: a title, a role, a family name or a subject marker tells a name."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BODY,
    DETERMINER,
    FUNCTION,
    PREPOSITION,
    ROLE,
    SUBJECT_MARK,
    TIME,
    TITLE,
    TITLE_AFTER,
    Pack,
)
from archiver.quotes.chunker import MAX_PHRASE, PRONOUNS, VERBS, Chunker
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, WORD, Chunks
from archiver.quotes.patterns import SAYING, TITLES, TITLES_BEHIND_BODY
from archiver.quotes.tokens import Token

_SIZES, _GIVEN_SIGNS = (4, 3, 2), (1, 2)  # signs of a name, and of its given name
_BEHIND_NAME = (*SAYING, TITLE_AFTER, FUNCTION, TIME)
_MOSTLY = 3  # one sign in so many of a foreign name may be one that few have
_LONG = 4  # signs of a family name and a given one, at most: behind which no particle is part of it
_SHORT = 2  # signs of a foreign name that the text has to have twice
_ALONE = {code: code for code in "pctaAqs,$:-;()Q!efgjxSTL"} | dict.fromkeys("0/&", WORD)
_WORKPLACE = 2  # words between a name and a role
_PLACES = tuple("시군구도청읍면동부처원과팀실국고대법사회당측")  # ends of Korean places and bodies
_FACTION = "계"  # the end of a Korean word for those who follow somebody
_PAIR = 2  # an unknown word and its body
_SIGN_OF_BODY = re.compile("[A-Z]{2,6}|[ァ-ヺー]{7,}")


def begins_with_family_name(low: str, pack: Pack) -> bool:
    """Whether two to four signs begin with a family name of the pack; after two signs of it four more may follow."""
    longest = 6 if low[:2] in pack.surnames and not pack.spaces else 4
    return 2 <= len(low) <= longest and (low[:1] in pack.surnames or low[:2] in pack.surnames)


class CaselessChunker(Chunker):
    """Joins the tokens of a text whose script has no case."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.alone = _ALONE
        self.titled: dict[int, int] = {}  # how many tokens from a name, by its end, are its age and title

    def join(self, found: list[Token], at: int) -> int:
        """Words, roles and bodies in a row are one mention; a title or role indicates the name."""
        code, start, end, low = found[at].code, found[at].start, found[at].end, found[at].low
        if code in "WobHh":
            past = at
            while past < len(found) and found[past].code in "WobHh&・" and past - at < MAX_PHRASE:
                past += 1
            if self.pack.trade_signs:
                past += self._trades_apart(found, at, past)
                past += self._surname_apart(found, at, past)
                past = self._behind_lone_surname(found, at, past)
            self._title_behind_reading(found, past)
            return self._run_without_case(found, at, past)
        if (
            code in (DETERMINER, BODY)
            and found[at + 1 : at + 2]
            and found[at + 1].code == TITLE_AFTER
            and self._is_known_for(low)
        ):
            found[at] = found[at].classed(CAPITALIZED)  # «이 후보» is candidate Lee, where a Lee is named
            return self.join(found, at)
        if code == DETERMINER and at + 1 < len(found) and found[at + 1].code in "WobHh":
            past = self.join(found, at + 1)
            if self.last == NOUN_PHRASE:
                self._determined(found[at])
            return past
        if code in PRONOUNS:
            return self._mention(code, found, at, at + 1, gender=self.pack.genders.get(low, ""), head=low)
        if code == SUBJECT_MARK and self.chunks.mention_at[-1:] not in ([], [-1]):
            if at + 1 == len(found) or found[at + 1].code not in VERBS:
                self._chunk(AUXILIARY, start, end)  # a subject, as before an auxiliary
            return at + 1
        self._chunk(code, start, end)
        return at + 1

    def _is_known_for(self, family_name: str) -> bool:
        return family_name in self.pack.surnames and any(name.startswith(family_name) for name in self.known)

    def _determined(self, determiner: Token) -> None:
        """The last mention begins with its determiner."""
        chunks = self.chunks
        chunks.starts[-1] = chunks.mentions[-1].start = determiner.start
        chunks.mentions[-1].definite = determiner.low in self.pack.definite

    def _title_behind_reading(self, found: list[Token], past: int) -> None:
        """«尹錫悦（ユン・ソンニョル）大統領»: the title after the chunks in brackets indicates the name.

        Where blanks part words it is read with the name: «박순임(68) 씨», «최영배(57) 상인회장».
        """
        if past >= len(found) or found[past].code != "(" or found[past - 1].code != CAPITALIZED:
            return
        close = next((at for at in range(past, min(past + 8, len(found))) if found[at].code == ")"), -1)
        if not 0 <= close < len(found) - 1:
            return
        named = self.pack.spaces and self._is_surname(found[past - 1].low)
        if found[close + 1].code == TITLE_AFTER or (named and found[close + 1].code == ROLE):
            self.titled[found[past - 1].end] = close + 2 - past if self.pack.spaces else 0

    def _run_without_case(self, found: list[Token], at: int, past: int) -> int:
        run = found[at:past]
        codes = "".join(token.code for token in run)
        titled = run[-1].end in self.titled or self._is_sign_of_body(run)
        aged = self.titled.get(run[-1].end, 0)
        name = (len(run) - 1, len(run)) if titled else self._name_without_case(run, codes)
        if name is None and self._is_body_name(run, codes):
            whole = self.chunks.text[run[0].start : run[-1].end]
            return self._mention(NAME, found, at, past, name=(whole,), is_organization=True, head=run[-1].low)
        if name is None:
            told = any(code in "obH" for code in codes)
            if not told and not (past < len(found) and found[past].code in SUBJECT_MARK + SAYING):
                self._chunk(WORD, run[0].start, run[-1].end)
                return past
            return self._mention(
                NOUN_PHRASE,
                found,
                at,
                past,
                is_organization=codes[-1] == BODY,
                head=run[-1].low,
                role_noun=codes[-1] in (ROLE, TITLE_AFTER),
                role=self.chunks.text[run[0].start : run[-1].end],
            )
        first, last = name
        role = (" " if self.pack.spaces else "").join(
            self.chunks.text[t.start : t.end]
            for t in (*run, *found[past : past + aged])
            if t.code in "obH" and t.low not in self.pack.honorifics
        ) or None
        gender = next((g for g in (self.pack.genders.get(t.low, "") for t in run) if g), "")
        words = tuple(self.chunks.text[t.start : t.end] for t in run[first:last])
        if first:
            self._chunk(ROLE, run[0].start, run[first - 1].end)
        title = (TITLES_BEHIND_BODY if self.pack.spaces else TITLES).match(codes, last)
        past = past + aged if aged else at + (title.end() if title else last)
        if self.pack.spaces and codes[last:] and codes[-1] == ROLE and codes[-1] not in codes[last:-1] and not aged:
            past = at + len(codes)  # «강민호 해림시 도시재생과장»
        return self._mention(
            NAME, found, at + first, past, name=words, role=role, gender=gender, head=run[last - 1].low
        )

    def _name_without_case(self, run: list[Token], codes: str) -> tuple[int, int] | None:
        """The words of a name in a run: before a title, after a role, with a dot inside, or after a family name."""
        title = codes.find(TITLE_AFTER)
        while self.pack.spaces and title > 1 and codes[title - 1] in (BODY, ROLE):
            title -= 1  # «한혜란 농림부 장관»
        if title > 0 and codes[title - 1] == CAPITALIZED and (found := self._before_title(run, codes, title)):
            return found
        role = max(map(codes.rfind, (ROLE, TITLE, TITLE_AFTER)))
        if 0 <= role < len(codes) - 1 and codes[role + 1] == CAPITALIZED:
            alone = self._is_surname(run[role + 1].low) and not self.pack.spaces
            full = len(run[role + 1].low) > _SHORT and self._is_surname(run[role + 1].low)
            foreign = codes[role + 1 :] == CAPITALIZED * 2
            if codes[role] == ROLE and self.pack.spaces and not (full or foreign):
                return None  # «기존 상인 우선 입주»
            if not (alone or self._may_be_foreign(run[role + 1].low)):
                return None
            return role + 1, role + 2 if alone else len(codes)
        if codes[-1] == ROLE and len(codes) > 1 and (place := self._before_role(run, codes)) >= 0:
            return place, place + 1
        for at, token in enumerate(run):
            if token.code == CAPITALIZED and ("・" in token.low or "·" in token.low or token.low in self.known):
                return at, at + 1
        return None

    def _before_role(self, run: list[Token], codes: str) -> int:
        """Which word before a role is a name; -1 if none.

        With blanks it may have a place of work behind it, «강민호 해림시 도시재생과장»; two signs alone, or a word that
        ends as such places do, are no name: «기존 상인», «홍보팀 관계자».
        """
        last = len(codes) - 2
        if not self.pack.spaces:
            return last if codes[last] == CAPITALIZED and self._is_surname(run[last].low) else -1
        first = last
        while first > 0 and last - first < _WORKPLACE and (codes[first] == BODY or run[first].low.endswith(_PLACES)):
            first -= 1
        full = (at for at in range(first, last + 1) if codes[at] == CAPITALIZED and len(run[at].low) > _SHORT)
        return next((at for at in full if self._is_surname(run[at].low) and not run[at].low.endswith(_PLACES)), -1)

    def _trades_apart(self, found: list[Token], at: int, past: int) -> int:
        """«邮递员贺长林说»: an unknown word that ends in a name behind the sign of a trade is two; how many are."""
        count = len(found)
        for place in range(past - 1, at - 1, -1):
            token = found[place]
            size = next((size for size in _SIZES if self._ends_in_name(token, size)), 0)
            behind = found[place + 1].code if place + 1 < len(found) else ""
            if size and token.code == CAPITALIZED and behind in _BEHIND_NAME:
                cut = token.end - size
                found[place : place + 1] = [
                    Token(ROLE, token.start, cut, token.low[:-size]),
                    Token(CAPITALIZED, cut, token.end, token.low[-size:]),
                ]
        return len(found) - count

    def _surname_apart(self, found: list[Token], at: int, past: int) -> int:
        """«常客李女士»: a family name alone before its title is not one word with what she is; how many are two."""
        count, surnames = len(found), self.pack.surnames
        for place in range(past - 2, at - 1, -1):
            token, low = found[place], found[place].low
            titled = found[place + 1].code == TITLE_AFTER
            alone = len(low) > _SHORT and low[-1] in surnames and not self._is_surname(low) and low not in self.known
            if titled and alone and token.code == CAPITALIZED and len(low) == token.end - token.start:
                cut = token.end - 1
                found[place : place + 1] = [
                    Token(ROLE, token.start, cut, low[:-1]),
                    Token(CAPITALIZED, cut, token.end, low[-1]),
                ]
        return len(found) - count

    def _behind_lone_surname(self, found: list[Token], at: int, past: int) -> int:
        """Where «(常客)李女士|拎来» ends: nothing goes on behind the title of a family name alone."""
        for place in range(at + 1, past - 1):
            alone = len(found[place - 1].low) == 1 and found[place - 1].low in self.pack.surnames
            if alone and found[place].code == TITLE_AFTER and self.pack.genders.get(found[place].low):
                return place + 1
        return past

    def _ends_in_name(self, token: Token, size: int) -> bool:
        """Whether so many signs are a whole name behind the sign of a trade."""
        low = token.low
        behind = len(low) > size and low[-size - 1] in self.pack.trade_signs and len(low) == token.end - token.start
        family = 2 if low[-size:][:2] in self.pack.surnames else 1
        return behind and low[-size:][:family] in self.pack.surnames and size - family in _GIVEN_SIGNS

    def _may_be_foreign(self, low: str) -> bool:
        """Whether a word that no family name begins may be a name where blanks part no words: not «负责人拒绝»."""
        if self.pack.spaces or self.pack.subject or low in self.known:
            return True
        foreign = self.pack.foreign_signs.issuperset(low)
        odd = sum(sign not in self.pack.foreign_signs for sign in low if sign.isalpha())
        return (len(low) > _SHORT and (len(low) == _SHORT + 1 or odd * _MOSTLY <= len(low))) or (
            len(low) == _SHORT and (foreign or self.chunks.text.count(low) > 1)
        )

    def _before_title(self, run: list[Token], codes: str, title: int) -> tuple[int, int] | None:
        """The words of a name in front of its title: a family name's word, one sign, else a foreign name's words."""
        first = title
        while first > 0 and codes[first - 1] == CAPITALIZED:
            first -= 1
        if self.pack.trade_signs and run[title - 1].low.endswith(tuple(self.pack.not_names)):
            return None  # «金谷队教练邵磊»
        if run[title - 1].low in self.known and not self._is_surname(run[title - 1].low):
            return max(first, title - 2), title
        if self.pack.spaces:
            for at in range(title - 1, first - 1, -1):
                if len(run[at].low) == 3 and self._is_surname(run[at].low):
                    return at, at + 1
            last = run[title - 1].low
            ends = (last[-2:], last[-3:-1])  # with «는» behind it or not
            if last.endswith(_FACTION) and not self._is_surname(last):
                return None  # «친청계 최고위원»
            if len(last) > _LONG and any(self.pack.lexicon.get(end) == PREPOSITION for end in ends):
                return None  # «(군청) 안팎에서는 군수가»
            if last in self.known or (len(last) == 1 and last in self.pack.surnames):
                return title - 1, title
            trade = title - 2 >= first and run[title - 2].low.endswith(self.pack.agent_endings or (" ",))
            return (title - 1 if trade else max(first, title - 2), title) if len(last) > _SHORT else None
        if self.pack.surnames and not self.pack.subject and not self._is_surname(run[title - 1].low):
            return None
        return first, title

    def _is_sign_of_body(self, run: list[Token]) -> bool:
        """«NHK», «イオンフィナンシャル»: capitals of another script, or a long word in katakana, name a body."""
        word = self.chunks.text[run[0].start : run[0].end]
        return len(run) == 1 and run[0].code == CAPITALIZED and bool(_SIGN_OF_BODY.fullmatch(word))

    def _is_body_name(self, run: list[Token], codes: str) -> bool:
        """Whether a run names a body: an unknown word before an end that makes names of bodies, «国土交通省»."""
        whole = self.chunks.text[run[0].start : run[-1].end]
        led = not self.pack.spaces and codes[-2:] == CAPITALIZED + BODY and len(run) == _PAIR and len(run[0].low) > 1
        unknown = run[-1].low not in self.pack.lexicon or led  # «冠峰集团»
        return codes[-1] == BODY and unknown and len(whole) > 1 and whole.endswith(self.pack.body_endings)

    def _is_surname(self, low: str) -> bool:
        return begins_with_family_name(low, self.pack)
