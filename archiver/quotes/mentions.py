"""Who is named, described or stands as a pronoun: the tokens of a paragraph joined into chunks, one letter each."""

from __future__ import annotations

import re
from functools import lru_cache

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    DETERMINER,
    NOUN_CUE,
    OBJECT_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    ROLE,
    SUBJECT_MARK,
    TITLE,
    TITLE_AFTER,
    Pack,
)
from archiver.quotes.order import in_order
from archiver.quotes.model import Marked, Mention, Chunks
from archiver.quotes.sentences import CAPITALS, Token, tokens

_INSIDE = re.compile(rf"(?<=[\w,;’')] )[{CAPITALS}][\w-]*")  # capitals inside a sentence
_IN_NAME = frozenset(("W", ROLE, BODY, TITLE))
_IN_NOUN_PHRASE = frozenset("wWob0gfh-&/")
_VERBS = frozenset("STL")
_PRONOUNS = frozenset("ikIr")
_MAX_PHRASE = 9
_MAX_NAME = 4  # words of a name all in capitals; more are a heading
_SIGN_OF_BODY = re.compile("[A-Z]{2,6}|[ァ-ヺー]{7,}")
_TITLES, _TITLE_BEHIND = re.compile("H+"), re.compile("[bo]{0,2}H+")
_SPEAKS = re.compile("H|[Wwpf]{0,2}[STL]")
_TITLED = re.compile("[bo]{0,2}W?[bo]?H")


def read(text: str, pack: Pack, marked: list[Marked]) -> Chunks:
    """The text as chunks, with every mention outside the marks."""
    paragraphs, ranges = tokens(text, pack, marked)
    chunks = Chunks(text=text, pack=pack, marked=marked, paragraphs=ranges)
    tell = {"nouns": _name_words, "none": _family_names}.get(pack.case)
    known = tell(paragraphs, pack) if tell else frozenset()
    joiner = _Joiner(chunks, known)
    for number, found in enumerate(paragraphs):
        joiner.paragraph(number, found)
    chunks.codes = "".join(joiner.codes)
    return chunks


def _name_words(paragraphs: list[list[Token]], pack: Pack) -> frozenset[str]:
    """Where every noun has a capital: the words of names that stand in full or behind a title somewhere."""
    known: set[str] = set()
    for found in paragraphs:
        for at, (code, *_, low, _capital) in enumerate(found):
            if code != "W" or not found[at].capital:
                continue
            before = found[at - 1].code if at else "$"
            following = found[at + 1] if at + 1 < len(found) else None
            if before in (TITLE, ROLE) or low in pack.first_names:
                known.add(low)
            if (
                following
                and following.code == "W"
                and following.capital
                and (before not in "dy" or low in pack.first_names)
            ):
                known.update((low, following.low))
    return frozenset(known)


def _family_names(paragraphs: list[list[Token]], pack: Pack) -> frozenset[str]:
    """Without case: words that a family name begins and that somewhere stand beside a title, a role or a verb."""
    known: set[str] = set()
    second: set[str] = set()
    alone: set[str] = set()
    for found in paragraphs:
        for at, token in enumerate(found):
            if token.code != "W":
                continue
            behind = "".join(after.code for after in found[at + 1 : at + 4])
            before = found[at - 1].code if at else ""
            family = _begins_with_family_name(token.low, pack)
            if family and ((_TITLED if pack.spaces else _SPEAKS).match(behind) or before in (ROLE, TITLE_AFTER)):
                known.add(token.low)
            elif pack.spaces and len(token.low) > 1 and _TITLED.match(behind):
                (second if before == "W" else alone).add(token.low)
    return frozenset(known | (second & alone))  # «도널드 스미스 대통령», then «스미스 대통령»: a foreign name


def _begins_with_family_name(low: str, pack: Pack) -> bool:
    return 2 <= len(low) <= 4 and (low[:1] in pack.surnames or low[:2] in pack.surnames)


@lru_cache(maxsize=64)
def first_name_stems(pack: Pack) -> frozenset[str]:
    """First names without their ending, where names have cases."""
    return frozenset(_bare(name, pack.endings) for name in pack.first_names) if len(pack.endings) > 1 else frozenset()


def _bare(low: str, endings: tuple[str, ...]) -> str:
    return next((low[: -len(one)] for one in endings if len(low) > len(one) + 2 and low.endswith(one)), low)


class _Joiner:
    """Joins tokens into chunks and writes them into the chunks."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        self.chunks, self.pack, self.known = chunks, chunks.pack, known
        self.codes: list[str] = []
        self.head_first = (
            not self.pack.articles and len(self.pack.endings) > 1
        )  # «šéfka poslanců», what she heads behind
        self.surnames: set[str] = set()
        self.titled: set[int] = set()
        self.inside = frozenset(_INSIDE.findall(chunks.text))
        self.sentence = 0
        self.number = 0
        self.join = self._uncased if chunks.pack.case == "none" else self._cased

    def paragraph(self, number: int, found: list[Token]) -> None:
        """All chunks of one paragraph, and its end."""
        self.number, at = number, 0
        found = in_order(found, self.pack, self.chunks.moved)
        while at < len(found):
            token = found[at]
            if token.code == "w" and self.pack.case != "none" and not token.capital:
                self._chunk("w", token.start, token.end)  # nothing else comes of it
                at += 1
            else:
                at = self.join(found, at)
        end = self.chunks.paragraphs[number][1]
        self.chunks.line_end.append(len(self.codes))
        self._chunk("\n", end, end)
        self.sentence += 1

    def _chunk(self, code: str, start: int, end: int, mention: int = -1) -> None:
        chunks = self.chunks
        if code == "Q":
            chunks.quote_at.append(len(self.codes))
        elif code == "-" and self.codes[-2:] == ["Q", ","]:
            return  # «…», — сказал он: one sign of two
        elif code == "-" and self.codes[-1:] == ["$"] and self.pack.dash:
            return  # … сказал он. — «…»
        elif code == "w" and self.codes and self.codes[-1] == "w":
            chunks.ends[-1] = end
            return
        self.codes.append(code)
        chunks.starts.append(start)
        chunks.ends.append(end)
        chunks.mention_at.append(mention)
        chunks.paragraph_of.append(self.number)
        chunks.sentence_of.append(self.sentence)
        if code == "$":
            self.sentence += 1

    def _mention(self, kind: str, found: list[Token], first: int, last: int, **more: object) -> int:
        """One mention from token `first` to before token `last`; returns the place behind it."""
        start, end = found[first].start, found[last - 1].end
        mention = Mention(kind, start, end, len(self.codes), self.number, self.sentence, **more)  # type: ignore[arg-type]
        self.chunks.mentions.append(mention)
        self._chunk(kind, start, end, len(self.chunks.mentions) - 1)
        return last

    def _cased(self, found: list[Token], at: int) -> int:
        code, start, end, low, capital = found[at]
        if code in "WbohX" and (capital or code == TITLE):
            past = self._name(found, at)
            if past:
                return past
        if code in (DETERMINER, POSSESSIVE) and (
            self._body_name(found, at + 1) or self._name_behind_noun(found, at + 1)
        ):
            self._chunk(code, start, end)
            return at + 1
        if code in (DETERMINER, POSSESSIVE, ROLE, BODY) or (code == "g" and self._last() in "dys"):
            past = self._noun_phrase(found, at)
            if past:
                return past
        if code == PERSON_PRONOUN and " " in low:
            self._chunk(BEFORE, start, start)  # «по его словам»
        if code in _PRONOUNS:
            return self._mention(code, found, at, at + 1, gender=self.pack.genders.get(low, ""), head=low)
        if code == OBJECT_PRONOUN and self._last() == BEFORE and low in self.pack.genders:
            return self._mention(PERSON_PRONOUN, found, at, at + 1, gender=self.pack.genders[low], head=low)
        if code == "x" and self._behind_quote() and found[at + 1 : at + 2] and found[at + 1].code in "xSTLi":
            return at + 1  # «…», a déclaré X: the verb alone
        if code in _VERBS and self._last() in "dys" and self._last():
            code = NOUN_CUE
        if code == "W" or code in "0/&fH":
            code = "w" if code != "f" else ""
        if code:
            self._chunk(code, start, end)
        return at + 1

    def _name_behind_noun(self, found: list[Token], at: int) -> bool:
        """«(den) Chirurgen Amir Haddad»: where every noun has a capital, a name may stand behind one."""
        if self.pack.case != "nouns" or at >= len(found) or found[at].code != "W" or not found[at].capital:
            return False
        return self._first_word(found, at, at, self._run(found, at)) > at

    def _body_name(self, found: list[Token], at: int) -> bool:
        """Whether the name of a body begins here: «(the) Department of Justice»."""
        if at < len(found) and found[at].code == "w" and found[at].capital:
            at += 1
        if self.pack.case != "names" or at >= len(found) or not (found[at].capital and found[at].code in _IN_NAME):
            return False
        run = found[at : self._run(found, at)]
        if len(run) == 1:
            return run[0].code == BODY and self._last() != "\n"
        return any(token.code == BODY for token in run) and (run[-1].code != ROLE or run[-2].code != "W")

    def _behind_quote(self) -> bool:
        return self._last() == "Q" or (self._last() in ",!-" and self.codes[-2:-1] == ["Q"])

    def _last(self) -> str:
        return self.codes[-1] if self.codes else "\n"

    def _name(self, found: list[Token], at: int) -> int:
        """A run of capitals: titles and roles in front are told apart from the name. 0 where there is no name."""
        past = self._run(found, at)
        last_role = max((i for i in range(at, past) if found[i].code in (ROLE, TITLE)), default=at - 1)
        if last_role == past - 1:
            if last_role > at and self._is_surname_here(found[last_role - 1], found[last_role]):
                last_role = max((i for i in range(at, last_role) if found[i].code in (ROLE, TITLE)), default=at - 1)
            elif last_role == at and found[at].low in self.surnames:
                last_role = at - 1  # «King said», where the text has named a Stephen King
            elif last_role > at + 1 and found[last_role - 1].low in self.pack.connectors and found[at].code == BODY:
                last_role = at - 1  # «Department of Justice»
            else:
                return 0
        first = last_role + 1
        behind_role = at > 0 and found[at - 1].code == ROLE
        if self.pack.case == "nouns":
            first = self._first_word(found, at, first, past)
        else:
            first = self._begin(found, first, past, behind_role=last_role >= at or behind_role)
        last_role = max(last_role, first - 1)
        words = found[first:past]
        if len(words) > _MAX_NAME and all(self._is_shouted(token) for token in words):
            return 0
        body = any(token.code == BODY for token in words)
        if len(words) == 1 and body and not self.pack.articles and found[past : past + 1] and found[past].code == ROLE:
            return 0  # «Bakanlık yetkilileri»: the ministry's officials
        if self.pack.case == "nouns" and not body and not self._is_name(found, at, first, past):
            return 0
        if (
            len(words) == 1
            and first == at
            and (self._last() in "\n$" if body else self._opens_sentence(found, at, past))
        ):
            return 0
        if len(words) == 1 and (self._qualifies(found, past) or self._is_party(found, at, past)):
            return 0
        front = at - 1 if behind_role and last_role >= at else at  # «posłanka (Lewicy) X»
        role = self._printed_role(found, front, last_role) if last_role >= at else self._role_before(found, at)
        titles = [token.low for token in found[at:first] if token.code in (TITLE, ROLE)]
        titles += (role or "").lower().split()[-1:]
        gender = next((g for g in map(self.pack.genders.get, titles) if g), "") or self._first_name_gender(words)
        name = tuple(self.chunks.text[token.start : token.end] for token in words)
        if len(words) > 1 and not body:
            self.surnames.add(words[-1].low)
        start = first if last_role >= at and found[last_role].code in (ROLE, "W") and not body else at
        if start > at:
            self._chunk(ROLE, found[at].start, found[start - 1].end)
        return self._mention(
            "X",
            found,
            start,
            past,
            name=name,
            role=role,
            gender=gender,
            is_organization=body or self._is_acronym(words),
            head=self._surname(words),
        )

    def _begin(self, found: list[Token], first: int, past: int, *, behind_role: bool) -> int:
        """Where the name begins in a run of capitals: behind countries, places, bodies or ages."""
        articles = self.pack.articles
        if not articles and past - first > 1 and behind_role:
            return self._behind_country(found, first, past)
        behind_body = not articles and found[first].code == BODY  # «МИД Мария Лесная»
        if past - first > 2 and (self._last() in ("p" if articles else "p\n$:-Q") or behind_body):
            return self._at_first_name(found, first, past)  # «in Zalesie Ewa Nowicka said», «Nioårige Kalle Holm»
        return first

    def _printed_role(self, found: list[Token], at: int, last: int) -> str | None:
        """The role or title in front of a name; «Mr» and its like are none."""
        while at <= last and found[at].code == TITLE and found[at].low in self.pack.genders:
            at += 1
        return self.chunks.text[found[at].start : found[last].end] if at <= last else None

    def _is_surname_here(self, before: Token, last: Token) -> bool:
        """A title or role that ends a name is a surname: «Larry King», «Mr. Pope»."""
        return (
            before.code == TITLE
            or before.low in self.pack.first_names
            or before.low in self.pack.particles
            or (last.code == TITLE and before.code == "W" and not last.low.endswith("."))
        )

    def _surname(self, words: list[Token]) -> str:
        """The last word that is no «Jr.»."""
        return next((token.low for token in reversed(words) if token.low not in self.pack.suffixes), words[-1].low)

    def _run(self, found: list[Token], at: int) -> int:
        """Where the run of words that may belong to one name ends."""
        pack, past, body = self.pack, at, False
        while past < len(found):
            token = found[past]
            following = found[past + 1] if past + 1 < len(found) else None
            if (token.capital and token.code in _IN_NAME) or (token.code == TITLE and past == at):
                body = token.code == BODY or (body and token.code not in (ROLE, TITLE))
                past += 1
            elif past > at and (token.low in pack.suffixes or self._is_surname_of(found, at, past)):
                past += 1
            elif past > at and following and (skipped := self._linked(found, past, past - at, is_organization=body)):
                past += skipped
            else:
                break
        return max(past, at + 1)

    def _is_surname_of(self, found: list[Token], at: int, past: int) -> bool:
        """«Mark Christian said»: behind a first name, a capital that elsewhere is no name is one."""
        first, last = found[at], found[past]
        following = found[past + 1].code if past + 1 < len(found) else "$"
        alone = past == at + 1 and following in "STLx,$s"
        return alone and last.capital and last.code == "w" and first.low in self.pack.first_names

    def _first_word(self, found: list[Token], at: int, first: int, past: int) -> int:
        """Where a name begins behind nouns that the pack does not know: at a first name, or behind «der Chirurg»."""
        named = next((i for i in range(first + 1, past - 1) if found[i].low in self.pack.first_names), first)
        if (
            named == first
            and first == at
            and past - first > 2
            and at
            and found[at - 1].code in "dy"
            and found[at].low not in self.pack.first_names
        ):
            return first + 1
        return named if found[first].low not in self.pack.first_names else first

    def _behind_country(self, found: list[Token], first: int, past: int) -> int:
        """«президент Франции Эммануэль Макрон»: the name begins at the first name, or behind a word in the genitive."""
        if self._is_first_name(found[first].low):
            return first
        named = self._at_first_name(found, first, past)
        return (
            first + 1 if named == first and past - first > 2 and found[first].low.endswith(self.pack.endings) else named
        )

    def _at_first_name(self, found: list[Token], first: int, past: int) -> int:
        """Where a run of capitals comes to a first name, if it does not begin with one."""
        if self._is_first_name(found[first].low):
            return first
        return next((i for i in range(first + 1, past - 1) if self._is_first_name(found[i].low)), first)

    def _is_first_name(self, low: str) -> bool:
        return low in self.pack.first_names or _bare(low, self.pack.endings) in first_name_stems(self.pack)

    def _opens_sentence(self, found: list[Token], at: int, past: int) -> bool:
        """Whether a lone capital only shows that a sentence begins: nowhere else written so, and no verb follows."""
        if self._last() not in "\n$:-Q(" or self.pack.case != "names":
            return False
        following = found[past].code if past < len(found) else "$"
        word = self.chunks.text[found[at].start : found[at].end]
        return following not in "STLx(,-:s" and word not in self.inside and not word.isupper()

    def _linked(self, found: list[Token], at: int, words: int, *, is_organization: bool) -> int:
        """How many small words (particles, or in the name of a body connectors) lead on to another word of the name.

        Where every noun has a capital, an article leads to a noun, and so does «von» behind a name of two `words`.
        """
        nouns = self.pack.case == "nouns" and not body
        if nouns and (words > 1 or found[at].code == DETERMINER):
            return 0
        links = self.pack.particles if found[at - 1].code in ("W", TITLE, ROLE) else frozenset()
        links = links | self.pack.connectors if body else links
        for count in (1, 2):
            if at + count >= len(found) or found[at + count - 1].low not in links:
                return 0
            if found[at + count].capital and found[at + count].code in _IN_NAME:
                return count
        return 0

    def _is_name(self, found: list[Token], at: int, first: int, past: int) -> bool:
        """Whether words that have their capital as nouns are a name."""
        lows = [token.low for token in found[first:past]]
        if first > at or lows[0] in self.pack.first_names or any(low in self.known for low in lows):
            return True
        before = found[at - 1].code if at else "$"
        if past - first > 1:
            return before not in "dy"
        following = found[past].code if past < len(found) else "$"
        return before in (*_VERBS, ROLE, TITLE) or (following in _VERBS and before in "$,ca\n")

    def _first_name_gender(self, words: list[Token]) -> str:
        if len(words) < 2 and words[0].low not in self.pack.first_names:
            return ""
        low = words[0].low
        known = self.pack.first_names.get(low, "")
        if known or len(words) < 2:
            return known
        lows = (low, words[-1].low)
        return next(
            (g for ending, g in self.pack.name_endings if g and any(word.endswith(ending) for word in lows)), ""
        )

    def _qualifies(self, found: list[Token], past: int) -> bool:
        """«South Korean president»: a capital before one that is never a name."""
        return (
            past < len(found)
            and found[past].capital
            and found[past].low in self.pack.not_names
            and found[past].code == "w"
        )

    def _is_party(self, found: list[Token], at: int, past: int) -> bool:
        """«(R-Ohio)», «(D-Calif.)»: party and state."""
        return self._last() == "(" and "-" in found[at].low[:3] and past < len(found) and found[past].code in ")$"

    def _is_shouted(self, token: Token) -> bool:
        return self.chunks.text[token.start : token.end].isupper()

    def _is_acronym(self, words: list[Token]) -> bool:
        if len(words) != 1:
            return False
        word = self.chunks.text[words[0].start : words[0].end]
        return 2 <= len(word) <= 6 and word.isupper() and "." not in word

    def _role_before(self, found: list[Token], at: int) -> str | None:
        """«campaign manager X», «the auditor X»: a role in lower case directly before the name."""
        first, offices = at, self.pack.offices
        while first > 0 and at - first < (5 if self.pack.articles else 2):
            before, office = found[first - 1], first < at and found[first].low in offices
            capital = (
                before.capital and self.pack.case == "names" and before.code != ROLE and before.low not in offices
            )
            if capital or not (before.code in "wobgW" or (office and before.code in "pdc")):
                break
            first -= 1
        if not any(found[i].code == ROLE for i in range(first, at)) or found[at - 1].code not in (ROLE, "w"):
            return None
        return self.chunks.text[found[first].start : found[at - 1].end]

    def _noun_phrase(self, found: list[Token], at: int) -> int:
        """A determiner and what follows up to a head, or a role or body alone; 0 where it only leads up to a name."""
        past = at + (found[at].code in (DETERMINER, POSSESSIVE))
        first, head = past, -1
        while past < len(found) and past - at < _MAX_PHRASE:
            token = found[past]
            if token.code in (DETERMINER,) and past == first and first > at:
                first += 1
            elif token.code == "s" and head >= 0 and self._owns(found, past):
                head = -1
            elif token.code in _VERBS and past == first and first > at and self.pack.articles:
                head = past
            elif token.code not in _IN_NOUN_PHRASE - {"-"} or (head >= 0 and self._ends_phrase(found, head, past)):
                break
            elif token.code in (ROLE, BODY, "g") or token.code in "wW":
                head = past
            past += 1
        if head < 0 or (found[at].code not in "dyobg"):
            return 0
        past = self._completed(found, head + 1) if found[head].code == ROLE else head + 1
        following = found[past] if past < len(found) else None
        if (
            following
            and following.capital
            and following.code in _IN_NAME
            and found[head].code == ROLE
            and (following.code == "W" or self._names_somebody(found, past))
        ):
            return self._emit(found, at, past)
        if found[head].code == "W" and found[head].capital and self.pack.case == "names":
            return 0
        token = found[head]
        if token.code == "g" and self._last() == "p" and self.codes[-2:-1] in ([], ["$"], ["\n"]):
            self._chunk("g", found[at].start, token.end)  # «in a statement» tells where, not who
            return head + 1
        gender = self.pack.genders.get(token.low, "") or next(
            (g for e, g in self.pack.role_endings if g and token.low.endswith(e)), ""
        )
        end = head + 1 + self._possessed(found, head)
        definite = gender != "p" and (
            found[at].low in self.pack.definite or (self._last() == "s" and token.code == ROLE)
        )
        return self._mention(
            "O",
            found,
            at,
            end,
            definite=definite,
            role_noun=token.code == ROLE,
            gender=gender,
            is_organization=token.code in (BODY, "g"),
            head=token.low,
            role=self.chunks.text[found[min(first, head)].start : token.end],
        )

    def _ends_phrase(self, found: list[Token], head: int, at: int) -> bool:
        """Whether the word at `at` is no part of the phrase any more that has its head already."""
        code = found[head].code
        if code == ROLE and self.head_first:
            return True
        if found[at].code in (ROLE, BODY, "g"):
            return False
        adverb = found[at].code == "f" and found[head].capital and code == "W"  # «the Tribune recently ran …»
        return adverb or (code in (ROLE, BODY) and not self._leads_on(found, at))

    def _names_somebody(self, found: list[Token], at: int) -> bool:
        """Whether the capitals from here end in a name: «(spokesman) Navy Capt. Jeff Davis»."""
        past = self._run(found, at)
        return past > at + 1 and found[past - 1].code == "W" and any(t.code in (ROLE, TITLE) for t in found[at:past])

    def _completed(self, found: list[Token], at: int) -> int:
        """Where the office that completes a role ends: «minister rolnictwa X», «ministro dell'Interno X»."""
        past = at
        while past < len(found) and (found[past].low in self.pack.offices or found[past].code in "pdc"):
            past += 1
        return past if past > at and found[past - 1].low in self.pack.offices else at

    def _possessed(self, found: list[Token], head: int) -> int:
        """Whether a possessive stands behind its noun: «forleggeren hennes»."""
        following = "".join(token.code for token in found[head + 1 : head + 3])
        return int(found[head].code == ROLE and following[:1] == POSSESSIVE and following[1:] in tuple(",$STLx"))

    def _owns(self, found: list[Token], at: int) -> bool:
        """Whether a possessive ending leads on to another noun: «the museum's director»."""
        following = found[at + 1] if at + 1 < len(found) else None
        return len(found[at].low) > 1 and following is not None and not following.capital and following.code in "wobg"

    def _leads_on(self, found: list[Token], at: int) -> bool:
        """Whether a word behind a role still leads to another role or body: «party chief executive»."""
        for i in range(at + 1, min(at + 4, len(found))):
            if found[i].code in (ROLE, BODY):
                return i == at + 1 or (i + 1 < len(found) and found[i + 1].capital and found[i + 1].code == "W")
            if found[i].code != "w":
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

    def _uncased(self, found: list[Token], at: int) -> int:
        """Without capitals: words, roles and bodies in a row are one mention; a title or role tells the name."""
        code, start, end, low, _ = found[at]
        if code in "WobHh":
            past = at
            while past < len(found) and found[past].code in "WobHh&・" and past - at < _MAX_PHRASE:
                past += 1
            self._title_behind_reading(found, past)
            return self._run_without_case(found, at, past)
        if (
            code == DETERMINER
            and found[at + 1 : at + 2]
            and found[at + 1].code == TITLE_AFTER
            and self._is_known_for(low)
        ):
            found[at] = found[at]._replace(code="W")  # «이 후보» is candidate Lee, where a Lee is named
            return self._uncased(found, at)
        if code == DETERMINER and at + 1 < len(found) and found[at + 1].code in "WobHh":
            past = self._uncased(found, at + 1)
            if self._last() == "O":
                self._determined(found[at])
            return past
        if code in _PRONOUNS:
            return self._mention(code, found, at, at + 1, gender=self.pack.genders.get(low, ""), head=low)
        if code == SUBJECT_MARK and self.chunks.mention_at[-1:] not in ([], [-1]):
            if at + 1 == len(found) or found[at + 1].code not in _VERBS:
                self._chunk(AUXILIARY, start, end)  # a subject, as before an auxiliary
            return at + 1
        self._chunk("w" if code in "0/&" else code, start, end)
        return at + 1

    def _is_known_for(self, family_name: str) -> bool:
        return family_name in self.pack.surnames and any(name.startswith(family_name) for name in self.known)

    def _determined(self, determiner: Token) -> None:
        """The last mention begins with its determiner."""
        chunks = self.chunks
        chunks.starts[-1] = determiner.start
        definite = determiner.low in self.pack.definite
        chunks.mentions[-1] = chunks.mentions[-1]._replace(start=determiner.start, definite=definite)

    def _title_behind_reading(self, found: list[Token], past: int) -> None:
        """«尹錫悦（ユン・ソンニョル）大統領»: the title behind the chunks in brackets tells the name."""
        if past >= len(found) or found[past].code != "(" or found[past - 1].code != "W":
            return
        close = next((at for at in range(past, min(past + 8, len(found))) if found[at].code == ")"), -1)
        if 0 <= close < len(found) - 1 and found[close + 1].code == TITLE_AFTER:
            self.titled.add(found[past - 1].end)

    def _run_without_case(self, found: list[Token], at: int, past: int) -> int:
        run = found[at:past]
        codes = "".join(token.code for token in run)
        titled = run[-1].end in self.titled or self._is_sign_of_body(run)
        name = (len(run) - 1, len(run)) if titled else self._name_without_case(run, codes)
        if name is None and self._is_body_name(run, codes):
            whole = self.chunks.text[run[0].start : run[-1].end]
            return self._mention("X", found, at, past, name=(whole,), is_organization=True, head=run[-1].low)
        if name is None:
            told = any(code in "obH" for code in codes)
            if not told and not (past < len(found) and found[past].code in SUBJECT_MARK + "STL"):
                self._chunk("w", run[0].start, run[-1].end)
                return past
            return self._mention(
                "O",
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
            self.chunks.text[t.start : t.end] for t in run if t.code in "obH" and t.low not in self.pack.honorifics
        ) or None
        gender = next((g for g in (self.pack.genders.get(t.low, "") for t in run) if g), "")
        words = tuple(self.chunks.text[t.start : t.end] for t in run[first:last])
        if first:
            self._chunk(ROLE, run[0].start, run[first - 1].end)
        title = (_TITLE_BEHIND if self.pack.spaces else _TITLES).match(codes, last)
        past = at + (title.end() if title else last)
        return self._mention("X", found, at + first, past, name=words, role=role, gender=gender, head=run[last - 1].low)

    def _name_without_case(self, run: list[Token], codes: str) -> tuple[int, int] | None:
        """The words of a name in a run: before a title, behind a role, with a dot inside, or behind a family name."""
        title = codes.find(TITLE_AFTER)
        while self.pack.spaces and title > 1 and codes[title - 1] in (BODY, ROLE):
            title -= 1  # «한혜란 농림부 장관»
        if title > 0 and codes[title - 1] == "W" and (found := self._before_title(run, codes, title)):
            return found
        role = max(map(codes.rfind, (ROLE, TITLE, TITLE_AFTER)))
        if 0 <= role < len(codes) - 1 and codes[role + 1] == "W":
            alone = self._is_surname(run[role + 1].low) and not self.pack.spaces
            return role + 1, role + 2 if alone else len(codes)
        if codes[-1] == ROLE and len(codes) > 1 and codes[-2] == "W" and self._is_surname(run[-2].low):
            return len(codes) - 2, len(codes) - 1
        for at, token in enumerate(run):
            if token.code == "W" and ("・" in token.low or "·" in token.low or token.low in self.known):
                return at, at + 1
        return None

    def _before_title(self, run: list[Token], codes: str, title: int) -> tuple[int, int] | None:
        """The words of a name in front of its title: a family name's word, one sign, else a foreign name's words."""
        first = title
        while first > 0 and codes[first - 1] == "W":
            first -= 1
        if run[title - 1].low in self.known and not self._is_surname(run[title - 1].low):
            return max(first, title - 2), title
        if self.pack.spaces:
            for at in range(title - 1, first - 1, -1):
                if len(run[at].low) == 3 and self._is_surname(run[at].low):
                    return at, at + 1
            last = run[title - 1].low
            if last in self.known or (len(last) == 1 and last in self.pack.surnames):
                return title - 1, title
            return (max(first, title - 2), title) if len(last) > 2 else None
        if self.pack.surnames and not self._is_surname(run[title - 1].low):
            return None
        return first, title

    def _is_sign_of_body(self, run: list[Token]) -> bool:
        """«NHK», «イオンフィナンシャル»: capitals of another script, or a long word in katakana, name a body."""
        word = self.chunks.text[run[0].start : run[0].end]
        return len(run) == 1 and run[0].code == "W" and bool(_SIGN_OF_BODY.fullmatch(word))

    def _is_body_name(self, run: list[Token], codes: str) -> bool:
        """Whether a run names a body: an unknown word before an end that makes names of bodies, «国土交通省»."""
        whole = self.chunks.text[run[0].start : run[-1].end]
        return codes[-1] == BODY and run[-1].low not in self.pack.lexicon and whole.endswith(self.pack.body_endings)

    def _is_surname(self, low: str) -> bool:
        return _begins_with_family_name(low, self.pack)
