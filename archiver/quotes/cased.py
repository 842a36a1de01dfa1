"""Scripts with case: names, noun phrases, pronouns and plain words joined from tokens."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    FUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
    SAY,
    TELL,
    THAT,
    TIME,
    TITLE,
)
from archiver.quotes.bodies import body_end
from archiver.quotes.chunker import MAX_PHRASE, MIN_NOUN, PRONOUNS, VERBS
from archiver.quotes.mastheads import PAPER
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import PARTICIPLES, SAYING
from archiver.quotes.phrases import CasedPhrases
from archiver.quotes.runs import IN_NAME
from archiver.quotes.spelling import fold
from archiver.quotes.tokens import Token

_ALONE = {code: code for code in "pctaAqms,$:-;()Q!"} | dict.fromkeys("0/&H", WORD) | {FUNCTION: ""}
_SUBJECTS = frozenset("dyobhikW")
_PAST = ("ò", "ó", "ì")  # ends of verbs of the past, in languages without subjects, that no noun of saying has
_ASIDE_BEFORE = re.compile(rf"[{NAME}{NOUN_PHRASE}],[{RELATIVE}{THAT}][^,$\n{QUOTE}]+,\Z")
_SUBJECT_AND_QUOTE = re.compile(rf"(?:[{NAME}{NOUN_PHRASE}]{QUOTE}|[{NAME}{NOUN_PHRASE}],{QUOTE},?)$")
_ASIDE = 14  # chunks of a subject and the aside behind it
_SUBJECT_AND_ASIDE = re.compile(rf"[\n$][owWd]{{0,3}}[{NAME}{NOUN_PHRASE}][wp]{{0,2}},[^,$\n{QUOTE}]{{1,9}},$")
_OR_ARTICLE = frozenset((OBJECT_PRONOUN, PERSON_PRONOUN, AUXILIARY))  # classes of words that may be articles too
_NOUNS = frozenset("wWobgh")
_OWNED = frozenset("Oowg")  # what an owner may be right behind
_OF_THEM = frozenset((OBJECT_PRONOUN, PERSON_PRONOUN, OTHER_PRONOUN))


class CasedChunker(CasedPhrases):
    """Joins the tokens of a text whose script has case."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.alone = _ALONE
        self.or_article = _OR_ARTICLE | {DETERMINER} if self.pack.personal_articles else _OR_ARTICLE

    def join(self, found: list[Token], at: int) -> int:
        """A name, a noun phrase, a pronoun or a plain word."""
        if found[at].code == PAPER:
            name = tuple(self.chunks.text[found[at].start : found[at].end].split())
            return self._mention(NAME, found, at, at + 1, name=name, is_organization=True)
        if found[at].low in self.accounts:
            return self._account(found, at)
        if found[at].code in self.or_article and (article := self._article(found, at)):
            found[at] = found[at].classed(article)
        past = self._somebody_named(found, at) or self._somebody_described(found, at) or self._pronoun(found, at)
        return past or self._plain(found, at)

    def _somebody_named(self, found: list[Token], at: int) -> int:
        """A name, or whoever speaks for its owner; 0 without one, as what follows."""
        token = found[at]
        code = token.code
        if self.last in (NAME, OWNER) and code == CAPITALIZED and at and self._is_whose(found[at - 1], token):
            role = self.chunks.text[token.start : token.end]
            return self._mention(NOUN_PHRASE, found, at, at + 1, head=token.low, role=role)
        if token.capital and (past := self._body_goes_on(found, at)):
            return past
        opens = code in "WbohX" and (token.capital or code == TITLE)
        opens = opens or (code == WORD and token.capital and self._is_land_of_body(found, at))
        return self._name(found, at) if opens or (code == TIME and self._is_month_of_name(found, at)) else 0

    def _is_whose(self, owner: Token, token: Token) -> bool:
        """«Vargas Büro», «Roths Nachfolger»: whether a noun right behind its owner is somebody else."""
        ends = self.pack.agent_endings
        return self._has_owner(owner, token) or (self.last == OWNER and bool(ends) and token.low.endswith(ends))

    def _somebody_described(self, found: list[Token], at: int) -> int:
        """A noun phrase, or what a determiner or a title is where it leads to none."""
        token = found[at]
        code = token.code
        if code == TITLE and self._is_told_of(token):
            role, gender = self.chunks.text[token.start : token.end], self.pack.genders.get(token.low, "")
            return self._mention(
                NOUN_PHRASE, found, at, at + 1, head=token.low, role=role, role_noun=True, gender=gender
            )
        if code in (DETERMINER, POSSESSIVE) and (past := self._without_noun(found, at)):
            return past
        if code in (DETERMINER, POSSESSIVE, ROLE, BODY) or (code == "g" and self.last in "dys"):
            return self._noun_phrase(found, at)
        return 0

    def _without_noun(self, found: list[Token], at: int) -> int:
        """A determiner or possessive that a name follows, or that is a pronoun."""
        token = found[at]
        titled = "".join(each.code for each in found[at + 1 : at + 3]) == TITLE + CAPITALIZED  # «The Rev Anne Stone»
        acronym = found[at + 1 : at + 2] != [] and self._is_glossed(found[at + 1])
        if titled or acronym or self._body_name(found, at + 1) or self._name_behind_noun(found, at + 1):
            self._chunk(token.code, token.start, token.end)
            return at + 1
        if token.code == DETERMINER and (past := self._as_pronoun(found, at)):
            return past
        her = token.code == POSSESSIVE and token.low in self.pack.genders and self._owns_nothing(found, at)
        if her or (token.code == DETERMINER and self._is_object(found, at)):
            self._chunk(OBJECT_PRONOUN, token.start, token.end)  # «told her the ship was full»
            return at + 1
        return 0

    def _is_glossed(self, token: Token) -> bool:
        """«Der DWD warnt»: whether a word is an acronym of which the article gives what it stands for."""
        known = self.chunks.glosses
        return bool(known) and token.capital and fold(token.low) in known and self._is_acronym([token])

    def _as_pronoun(self, found: list[Token], at: int) -> int:
        """A determiner that is somebody without a noun."""
        low = found[at].low
        if self.last in VERBS and "".join(t.code for t in found[at + 1 : at + 2]) in "$,":
            return self._mention(OTHER_PRONOUN, found, at, at + 1, gender="p", head=low)  # «“…”, lovar de.»
        if " " in low and self._are_of_them(found, at + 1):
            several = "p" if low in self.pack.several else ""  # «One of them said»
            return self._mention(NOUN_PHRASE, found, at, at + 2, gender=several, head=low.partition(" ")[0])
        if self._acts_alone(found, at):
            return self._mention(OTHER_PRONOUN, found, at, at + 1, head=low)  # «Ten odparł: „…”»: somebody else
        return 0

    def _pronoun(self, found: list[Token], at: int) -> int:
        """A pronoun that is a subject, or that may be one."""
        token = found[at]
        code, low = token.code, token.low
        gender = self.pack.genders.get(low, "")
        if code == OBJECT_PRONOUN:
            recalled = self.last in SAYING and self._says_next(found, at + 1)
            meant = recalled or (self.last == BEFORE and low in self.pack.genders)
            return self._mention(PERSON_PRONOUN, found, at, at + 1, gender=gender, head=low) if meant else 0
        if code not in PRONOUNS:
            return 0
        if code == PERSON_PRONOUN and " " in low:
            self._chunk(BEFORE, token.start, token.start)  # «по его словам»
        if self._is_emphatic(found, at) or self._is_same(found, at):
            self._chunk(WORD, token.start, token.end)
            return at + 1
        if code == PERSON_PRONOUN and self._are_several(found, at):
            return self._mention(OTHER_PRONOUN, found, at, at + 1, gender="p", head=low)
        return self._mention(code, found, at, at + 1, gender=gender, head=low)

    def _plain(self, found: list[Token], at: int) -> int:
        """A word that is nobody, a verb with the pronoun that it leaves out."""
        token = found[at]
        code, subjectless = token.code, token.low in self.pack.subject_inside
        if code in (SAY, TELL) and (subjectless or (self.pack.dropped and self._lacks_subject(found, at))):
            self._left_out(token)
        if code == AUXILIARY and self._is_part_of_verb(found, at):
            return at + 1
        behind = self.last == OWNER or (self.last in "dy" and self._is_noun(token))
        if code in VERBS and (behind or self._is_compound(found, at)):
            code = NOUN_CUE
        self._chunk(WORD if code == CAPITALIZED else code, token.start, token.end)
        return at + 1

    def _is_part_of_verb(self, found: list[Token], at: int) -> bool:
        """«…», a déclaré X · «…», zlobí se lékařka: of a verb of two words the one of saying counts alone."""
        if self._behind_quote() and found[at + 1 : at + 2] and found[at + 1].code in "xSTLi":
            return True
        return self._is_within_verb(found, at)

    def _body_goes_on(self, found: list[Token], at: int) -> int:
        """The name of a body that goes on in small letters, «Министерство обороны края»; 0 without one."""
        word = self.chunks.text[found[at].start : found[at].end]
        opens = self.last in "\n$:-Q(" and not (word in self.inside or ("-" in word and self.pack.body_owners))
        past = body_end(found, at, self.pack, opens=opens, told=self.last in SAYING)
        if not past:
            return 0
        name = tuple(self.chunks.text[token.start : token.end] for token in found[at:past])
        return self._mention(NAME, found, at, past, name=name, is_organization=True, head=found[past - 1].low)

    def _is_told_of(self, token: Token) -> bool:
        """«– przekazał mecenas»: a title without a name behind a verb of saying is somebody, where no article tells."""
        noun = not (token.capital or self.pack.articles or token.low.endswith("."))
        return noun and self.last in VERBS and len(token.low) > MIN_NOUN

    def _acts_alone(self, found: list[Token], at: int) -> bool:
        """«Ten odparł»: a determiner without a noun that opens the sentence of a verb of saying, without articles."""
        if self.pack.articles or self.last not in "\n$":
            return False
        behind = "".join(token.code for token in found[at + 1 : at + 3])
        return behind[:1] in tuple(SAY + TELL) or (behind[:1] == AUXILIARY and behind[1:] in tuple(SAY + TELL))

    def _article(self, found: list[Token], at: int) -> str:
        """The class of an article that is a pronoun or an auxiliary too, before a noun: «του εφοπλιστή».

        One that leads from a noun to its owner is a preposition, as «of the» is.
        """
        code, low, following = found[at].code, found[at].low, found[at + 1] if at + 1 < len(found) else None
        if code == DETERMINER:  # «en Pere», «en un comunicat»
            alone = low in self.pack.personal_articles and not (following and following.capital)
            return PREPOSITION if alone else ""
        if following is None or following.code not in _NOUNS:
            return ""
        if low not in self.pack.oblique:
            return DETERMINER if code != AUXILIARY and low in self.pack.definite else ""
        owner = not self.pack.genitive_endings or following.low.endswith(self.pack.genitive_endings)
        return PREPOSITION if owner and self.last in _OWNED else ""

    def _is_object(self, found: list[Token], at: int) -> bool:
        """«la calificó de “…”»: an article that is a pronoun before a verb, in languages with endings for persons."""
        verb = found[at + 1 : at + 2]
        if self.pack.dropped and verb and verb[0].code in VERBS and verb[0].low.endswith(_PAST):
            return True  # «le gridò “…”»
        called = bool(verb) and verb[0].code == CALL and not verb[0].capital and verb[0].low not in self.pack.scare
        behind = "".join(token.code for token in found[at + 2 : at + 4])
        leads = behind[:1] == QUOTE or (behind[:1] in (PREPOSITION, CONJUNCTION) and behind[1:] == QUOTE)
        return called and leads and (self.pack.dropped or bool(self.pack.elisions))

    def _owns_nothing(self, found: list[Token], at: int) -> bool:
        """«told her the ship was full»: «her» before another determiner or a pronoun, which is whom somebody tells."""
        following = found[at + 1].code if at + 1 < len(found) else SENTENCE_END
        adverb = at + 1 < len(found) and bool(self.pack.adverbs) and found[at + 1].low.endswith(self.pack.adverbs)
        return self.last in SAYING and (
            (adverb and following == WORD)
            or following in (DETERMINER, PERSON_PRONOUN, OTHER_PRONOUN, THAT, SENTENCE_END)
            or (following == QUOTE and self.last == CALL)
        )

    def _are_of_them(self, found: list[Token], at: int) -> bool:
        """«One of them said»: a pronoun before a verb."""
        beside = found[at : at + 2]
        return len(beside) > 1 and beside[0].code in _OF_THEM and beside[1].code in SAYING + AUXILIARY + FUNCTION + TIME

    def _are_several(self, found: list[Token], at: int) -> bool:
        """«…, sagten sie» are several, «…, sagte sie» is she: what the verb beside a pronoun for both tells."""
        return self.pack.genders.get(found[at].low) == "f" and self._has_plural_verb(found, at, at + 1)

    def _is_emphatic(self, found: list[Token], at: int) -> bool:
        """«La métropole assure, elle, que …»: a pronoun between commas only stresses the subject."""
        parted = self.last == "," and found[at + 1 : at + 2] != [] and found[at + 1].code == ","
        return parted and not self._behind_quote()

    def _is_same(self, found: list[Token], at: int) -> bool:
        """«η ίδια εταιρεία»: what is a pronoun behind its article is none before a noun."""
        return self.last == DETERMINER and found[at + 1 : at + 2] != [] and found[at + 1].code in _NOUNS

    def _is_within_verb(self, found: list[Token], at: int) -> bool:
        """Whether a small word belongs to the verb of saying before it, whose subject follows: «…», rekla je X."""
        told = self.last in SAYING and "".join(self.codes[-2:-1]) in tuple(",!-Q")
        following = found[at + 1] if at + 1 < len(found) else None
        last = found[at + 2 : at + 3] == [] or found[at + 2].code in "$,"
        noun = last and not self.pack.articles and following is not None and following.code == WORD
        return told and following is not None and (noun or following.capital or following.code in _SUBJECTS)

    def _is_compound(self, found: list[Token], at: int) -> bool:
        """«Paris attack suspect 'acted alone'»: behind a name the form without «s» is no verb, before a role a noun."""
        token, role = found[at], found[at + 1 : at + 2]
        led = self.last == NAME and bool(role) and role[0].code == ROLE
        return led and token.code == CALL and self.pack.lexicon.get(token.low + "s") == CALL

    def _lacks_subject(self, found: list[Token], at: int) -> bool:
        """Whether a verb of saying beside a quotation has no subject: «…», afirmó. · Dodal: «…».

        Where the paragraph has named somebody, and the verb tells no gender, the ranking finds who it is.
        """
        told, following = self._told_by(found[at].low), "".join(token.code for token in found[at + 1 : at + 3])
        if not told and any(m.kind == NAME for m in self.chunks.mentions[-MAX_PHRASE:] if m.paragraph == self.number):
            return False
        if told == "p" and following[:1] == PREPOSITION and self._behind_quote():
            return True  # «…», aseguran desde el ministerio
        medium = at + 1 + (following[:1] == QUOTE and self._behind_quote())  # «…», — сообщила «Интерфаксу» прокурор X
        for place, token in enumerate(found[medium : medium + MAX_PHRASE], medium):
            if token.code == CONJUNCTION and self._is_first_of_many(found, place):
                return False
            if token.code in ",$:-!" or token.code in (QUOTE, CONJUNCTION, RELATIVE, THAT):
                break
            noun = token.code == WORD and not self.pack.articles
            if token.capital or noun or token.code in _SUBJECTS:
                return False
        if _SUBJECT_AND_QUOTE.search("".join(self.codes[-4:])):
            return False  # «A miniszter „nemet” mond», «Bir tüccar, “…,” dedi»
        if self._behind_quote():
            return True
        if self.last == "," and _SUBJECT_AND_ASIDE.search("".join(self.codes[-_ASIDE:])):
            return False  # «Актёр Пётр Сомов, сыгравший рыбака, смеялся: «…»»
        leads = following[:1] == QUOTE or following in (":" + QUOTE, "," + QUOTE, THAT + QUOTE)
        if self.last == "," and _ASIDE_BEFORE.search("".join(self.codes[-_ASIDE:])):
            return False  # «Un vicino, che preferisce restare anonimo, conferma: “…”»
        return leads and self.last in "\n$,c-"

    def _is_first_of_many(self, found: list[Token], at: int) -> bool:
        """«…», napsal jako první jeden z uživatelů: a word like «as» and one more before the subject."""
        behind = found[at + 1 : at + 3]
        return len(behind) > 1 and behind[0].code == WORD and (behind[1].capital or behind[1].code in _SUBJECTS)

    def _told_by(self, verb: str) -> str:
        """What a verb tells of its subject: "p" that there are several, else its gender, else nothing."""
        plural = self.pack.plural_verbs
        return "p" if plural and verb.endswith(plural) else self.pack.gender_of_verb(verb)

    def _left_out(self, verb: Token) -> None:
        """The pronoun that a verb leaves out or ends in, as a mention of no width that the verb prints."""
        mentions = self.chunks.mentions
        gender = self._told_by(verb.low)
        mentions.append(
            Mention(PERSON_PRONOUN, verb.start, verb.end, len(self.codes), self.number, self.sentence, gender=gender)
        )
        self._chunk(PERSON_PRONOUN, verb.start, verb.start, len(mentions) - 1)

    def _says_next(self, found: list[Token], at: int) -> bool:
        """Whether a verb of saying or a small word and one follow: «(recalls him) saying», «(quoted him) as saying»."""
        codes = "".join(token.code for token in found[at : at + 2])
        recalled = codes[:1] in tuple(SAYING) and found[at].low.endswith(PARTICIPLES)
        return recalled or (codes[:1] in tuple("wcp") and codes[1:] in tuple(SAYING))

    def _name_behind_noun(self, found: list[Token], at: int) -> bool:
        """«(den) Chirurgen Amir Haddad»: where every noun has a capital, a name may be after one."""
        if self.pack.case != "nouns" or at >= len(found) or found[at].code != CAPITALIZED or not found[at].capital:
            return False
        return self._first_word(found, at, at, self._run(found, at)) > at

    def _body_name(self, found: list[Token], at: int) -> bool:
        """Whether the name of a body begins here: «(the) Department of Justice»."""
        if at < len(found) and ((found[at].code == WORD and found[at].capital) or self.is_participle(found, at)):
            at += 1
        if self.pack.case != "names" or at >= len(found) or not (found[at].capital and found[at].code in IN_NAME):
            return False
        run = found[at : self._run(found, at)]
        if len(run) == 1:
            return run[0].code == BODY and self.last != "\n"
        return any(token.code == BODY for token in run) and (run[-1].code != ROLE or run[-2].code != CAPITALIZED)
