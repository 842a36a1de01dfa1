"""Scripts with case: names, noun phrases and pronouns joined from tokens."""

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
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.names import IN_NAME, CasedNames
from archiver.quotes.patterns import PARTICIPLES, SAYING
from archiver.quotes.sentences import Token

_ALONE = {code: code for code in "pctaAqms,$:-;()Q!"} | dict.fromkeys("0/&H", WORD) | {FUNCTION: ""}
_SUBJECTS = frozenset("dyobhikW")
_PAST = ("ò", "ó", "ì")  # ends of verbs of the past, in languages without subjects, that no noun of saying has
_ASIDE = 12  # chunks of a subject and a clause about it
_ASIDE_BEFORE = re.compile(rf"[{NAME}{NOUN_PHRASE}],[{RELATIVE}{THAT}][^,$\n{QUOTE}]+,\Z")
_SUBJECT_AND_QUOTE = re.compile(rf"(?:[{NAME}{NOUN_PHRASE}]{QUOTE}|[{NAME}{NOUN_PHRASE}],{QUOTE},?)$")
_ASIDE = 14  # chunks of a subject and the aside behind it
_SUBJECT_AND_ASIDE = re.compile(rf"[\n$][owW]{{0,3}}{NAME},[^,$\n{QUOTE}]{{1,9}},$")
_OR_ARTICLE = frozenset((OBJECT_PRONOUN, PERSON_PRONOUN, AUXILIARY))  # classes of words that may be articles too
_NOUNS = frozenset("wWobgh")
_OWNED = frozenset("Oowg")  # what an owner may be right behind
_OF_THEM = frozenset((OBJECT_PRONOUN, PERSON_PRONOUN, OTHER_PRONOUN))
_IN_NOUN_PHRASE = frozenset("wWob0gfh&/")


class CasedChunker(CasedNames):
    """Joins the tokens of a text whose script has case."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.alone = _ALONE
        # «šéfka poslanců»: what somebody heads is after the role
        self.head_first = not self.pack.articles and len(self.pack.endings) > 1
        self._gendered = tuple(end for end, gender in self.pack.role_endings if gender)

    def join(self, found: list[Token], at: int) -> int:
        """A name, a noun phrase, a pronoun or a plain word."""
        token = found[at]
        code, start, end, low, capital = token.code, token.start, token.end, token.low, token.capital
        if code in _OR_ARTICLE and (article := self._article(found, at)):
            found[at] = token.classed(article)
            code = article
        if self.last == NAME and code == CAPITALIZED and at and self._has_owner(found[at - 1], token):
            return self._mention(NOUN_PHRASE, found, at, at + 1, head=low, role=self.chunks.text[start:end])
        if capital and (past := self._body_goes_on(found, at)):
            return past
        if (code in "WbohX" and (capital or code == TITLE)) or (code == TIME and self._is_month_of_name(found, at)):
            past = self._name(found, at)
            if past:
                return past
        if code == TITLE and self._is_told_of(token):
            role = self.chunks.text[start:end]
            gender = self.pack.genders.get(low, "")
            return self._mention(NOUN_PHRASE, found, at, at + 1, head=low, role=role, role_noun=True, gender=gender)
        if code in (DETERMINER, POSSESSIVE) and (
            self._body_name(found, at + 1) or self._name_behind_noun(found, at + 1)
        ):
            self._chunk(code, start, end)
            return at + 1
        if code == DETERMINER and self.last in VERBS and "".join(t.code for t in found[at + 1 : at + 2]) in "$,":
            return self._mention(OTHER_PRONOUN, found, at, at + 1, gender="p", head=low)  # «“…”, lovar de.»
        if code == DETERMINER and " " in low and self._are_of_them(found, at + 1):
            several = "p" if low in self.pack.several else ""  # «One of them said»
            return self._mention(NOUN_PHRASE, found, at, at + 2, gender=several, head=low.partition(" ")[0])
        if code == DETERMINER and self._acts_alone(found, at):
            return self._mention(OTHER_PRONOUN, found, at, at + 1, head=low)  # «Ten odparł: „…”»: somebody else
        if code == DETERMINER and self._is_object(found, at):
            self._chunk(OBJECT_PRONOUN, start, end)
            return at + 1
        if code == POSSESSIVE and low in self.pack.genders and self._owns_nothing(found, at):
            self._chunk(OBJECT_PRONOUN, start, end)  # «told her the ship was full»
            return at + 1
        if code in (DETERMINER, POSSESSIVE, ROLE, BODY) or (code == "g" and self.last in "dys"):
            past = self._noun_phrase(found, at)
            if past:
                return past
        if code == PERSON_PRONOUN and " " in low:
            self._chunk(BEFORE, start, start)  # «по его словам»
        if code in PRONOUNS and (self._is_emphatic(found, at) or self._is_same(found, at)):
            self._chunk(WORD, start, end)
            return at + 1
        if code == PERSON_PRONOUN and self._are_several(found, at):
            return self._mention(OTHER_PRONOUN, found, at, at + 1, gender="p", head=low)
        if code in PRONOUNS:
            return self._mention(code, found, at, at + 1, gender=self.pack.genders.get(low, ""), head=low)
        if code == OBJECT_PRONOUN and self.last in SAYING and self._says_next(found, at + 1):
            return self._mention(PERSON_PRONOUN, found, at, at + 1, gender=self.pack.genders.get(low, ""), head=low)
        if code == OBJECT_PRONOUN and self.last == BEFORE and low in self.pack.genders:
            return self._mention(PERSON_PRONOUN, found, at, at + 1, gender=self.pack.genders[low], head=low)
        if code in (SAY, TELL) and (
            low in self.pack.subject_inside or (self.pack.dropped and self._lacks_subject(found, at))
        ):
            self._left_out(found[at])
        if code == "x" and self._behind_quote() and found[at + 1 : at + 2] and found[at + 1].code in "xSTLi":
            return at + 1  # «…», a déclaré X: the verb alone
        if code == "x" and self._is_within_verb(found, at):
            return at + 1  # «…», zlobí se lékařka
        behind = self.last == OWNER or (self.last in "dy" and self._is_noun(found[at]))
        if code in VERBS and (behind or self._is_compound(found, at)):
            code = NOUN_CUE
        self._chunk(WORD if code == CAPITALIZED else code, start, end)
        return at + 1

    def _body_goes_on(self, found: list[Token], at: int) -> int:
        """The name of a body that goes on in small letters, «Министерство обороны края»; 0 without one."""
        word = self.chunks.text[found[at].start : found[at].end]
        opens = self.last in "\n$:-Q(" and not (word in self.inside or ("-" in word and self.pack.body_owners))
        past = body_end(found, at, self.pack, opens=opens)
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

    def _are_of_them(self, found: list[Token], at: int) -> bool:
        """«One of them said»: a pronoun before a verb."""
        beside = found[at : at + 2]
        return len(beside) > 1 and beside[0].code in _OF_THEM and beside[1].code in SAYING + AUXILIARY + FUNCTION + TIME

    def _are_several(self, found: list[Token], at: int) -> bool:
        """«…, sagten sie» are several, «…, sagte sie» is she: what the verb beside a pronoun for both tells."""
        return self.pack.genders.get(found[at].low) == "f" and self._has_plural_verb(found, at, at + 1)

    def _has_plural_verb(self, found: list[Token], at: int, past: int) -> bool:
        """«“…”, riefen die Leute»: the verb beside the words of a subject is that of several."""
        plural = self.pack.plural_verbs
        if not (plural and self.pack.verb_second):
            return False
        beside = [found[place] for place in (at - 1, past) if 0 <= place < len(found)]
        return any(token.code in SAYING + AUXILIARY and token.low.endswith(plural) for token in beside)

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
        for token in found[medium : medium + MAX_PHRASE]:
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
        if at < len(found) and found[at].code == WORD and found[at].capital:
            at += 1
        if self.pack.case != "names" or at >= len(found) or not (found[at].capital and found[at].code in IN_NAME):
            return False
        run = found[at : self._run(found, at)]
        if len(run) == 1:
            return run[0].code == BODY and self.last != "\n"
        return any(token.code == BODY for token in run) and (run[-1].code != ROLE or run[-2].code != CAPITALIZED)

    def _noun_phrase(self, found: list[Token], at: int) -> int:
        """A determiner and what follows up to a head, or a role or body alone; 0 where it only leads up to a name."""
        past = at + (found[at].code in (DETERMINER, POSSESSIVE))
        first, head = past, -1
        while past < len(found) and past - at < MAX_PHRASE:
            token = found[past]
            if token.code in (DETERMINER,) and past == first and first > at:
                first += 1
            elif token.code == "s" and head >= 0 and self._owns(found, past):
                head = -1
            elif token.code in VERBS and past == first and first > at and self.pack.articles and self._is_noun(token):
                head = past
            elif head >= 0 and found[head].code in (ROLE, BODY) and token.low.endswith(self.pack.oblique_endings):
                break  # «A szakszervezet közleményében»
            elif head >= 0 and self._is_called(found[past : past + 2], behind_role=found[head].code == ROLE):
                break  # «cellist Yuri Banks»
            elif self.pack.with_articles and token.code == WORD and not token.capital and _are_names(found[first:past]):
                return 0  # «Ο Μανώλης Καραβίτης χτίζει»
            elif token.code not in _IN_NOUN_PHRASE or (head >= 0 and self._ends_phrase(found, head, past)):
                break
            elif token.code in (ROLE, BODY, "g") or token.code in "wW":
                head = past
            past += 1
        if head < 0 or (found[at].code not in "dyobg"):
            return 0
        if self._begins_name(found, head, head + 1):
            return self._emit(found, at, head + 1)
        past = self._completed(found, head + 1) if found[head].code == ROLE else head + 1
        following = found[past] if past < len(found) else None
        if (
            following
            and following.capital
            and following.code in IN_NAME
            and found[head].code == ROLE
            and (following.code == CAPITALIZED or self._names_somebody(found, past))
        ):
            return self._emit(found, at, past)
        if found[head].code == CAPITALIZED and found[head].capital and self.pack.case == "names":
            return 0
        token = found[head]
        if token.code == "g" and self.last == "p" and self.codes[-2:-1] in ([], [SENTENCE_END], ["\n"]):
            self._chunk("g", found[at].start, token.end)  # «in a statement» tells where, not who
            return head + 1
        if token.low in self.pack.listeners or token.low.endswith(self.pack.oblique_endings):
            self._chunk(WORD, found[at].start, token.end)  # «(рассказала) корреспонденту», «a gyárkapuban»
            return head + 1
        if token.low in self.pack.dates.periods and (not token.capital or self.pack.case == "nouns"):
            self._chunk(TIME, found[at].start, token.end)
            return head + 1
        determined = self.pack.determiner_genders.get(found[at].low, "")
        several = found[at].low in self.pack.several or self._are_many(token)
        several = several or self._has_plural_verb(found, at, head + 1)
        gender = "p" if several else self._gender_of_noun(token) or determined
        end = head + 1 + self._possessed(found, head)
        aged = token.code == ROLE and self._tells_age(found, at)
        definite = gender != "p" and (
            found[at].low in self.pack.definite or aged or (self.last == "s" and token.code == ROLE)
        )
        return self._mention(
            NOUN_PHRASE,
            found,
            at,
            end,
            definite=definite,
            role_noun=token.code == ROLE
            or any(found[i].low[:1].isdigit() and found[i].code != "0" for i in range(at, head)),
            gender=gender,
            is_organization=token.code in (BODY, "g"),
            head=token.low,
            role=self.chunks.text[found[min(first, head)].start : token.end],
        )

    def _are_many(self, token: Token) -> bool:
        """«A szurkolók»: a role in the plural, where its end alone tells."""
        low, ends = token.low, () if self.pack.title_case else self.pack.plural_endings
        return any(low.endswith(end) and self.pack.lexicon.get(low.removesuffix(end)) == ROLE for end in ends)

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
