"""Names in scripts with case: the words of a name, its titles and roles in front, and what they tell of the person."""

from __future__ import annotations

import re
from itertools import pairwise

from archiver.languages import (
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    FIRST_PRONOUN,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    THAT,
    TIME,
    TITLE,
)
from archiver.quotes.cases import (
    bare,
    first_name_in_nominative,
    first_name_stems,
    is_declined,
    is_genitive_of_hers,
    is_in_case,
    surname_in_nominative,
)
from archiver.quotes.chunker import VERBS
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.openings import Openings
from archiver.quotes.patterns import SAYING
from archiver.quotes.sentences import Token

IN_NAME = frozenset((CAPITALIZED, ROLE, BODY, TITLE))
_OPENING, _CLOSING = re.compile('[“„«"”]'), re.compile('[”“»"]')
_OF_FAMILY = re.compile(
    rf"([{CAPITALS}][\w-]+) (?:von|zu|van|de)(?: \w{{2,3}})? ([{CAPITALS}][\w-]+)"
)  # «Ida von Stein»
_TRADE = 2  # words of a trade between its article and a name
_TOLD = 3  # words of a run of capitals that begins with who is told, at least
_MAX_NAME = 4  # words of a name all in capitals; more are a heading


def _last_of(found: list[Token], at: int, past: int) -> int:
    """The last title or role among tokens; `at` - 1 if there is none."""
    last = past - 1
    while last >= at and found[last].code not in (ROLE, TITLE):
        last -= 1
    return last


class CasedNames(Openings):
    """Reads the names of a text whose script has case."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.links = self.pack.particles | self.pack.connectors
        nouns = self.pack.case == "nouns"
        self.of_family = frozenset(
            match[2].lower()
            for match in (_OF_FAMILY.finditer(chunks.text) if nouns else ())
            if match[1].lower() in self.pack.first_names
        )
        self._her_surname_ends = tuple(end for end, sex in self.pack.name_endings if sex == "f")

    def _name(self, found: list[Token], at: int) -> int:
        """A run of capitals: titles and roles in front are distinguished from the name. 0 if there is no name."""
        past = self._apart(found, at, self._run(found, at))
        if self._only_opens(found, at, past) or self._is_told(found, at, past):
            self._chunk(WORD, found[at].start, found[at].end)
            return at + 1
        if past > at + 1 and (closed := self._behind_marks(found, at, past)):
            for token in found[at:closed]:
                self._chunk(WORD, token.start, token.end)
            return closed
        last_role = self._last_role(found, at, past)
        if last_role == past - 1:
            return 0
        first = last_role + 1
        if first > at and self._leads_to_complement(found, first):
            return 0
        behind_role = at > 0 and found[at - 1].code == ROLE
        if self.pack.case == "nouns":
            first = self._first_word(found, at, first, past)
        else:
            first = self._begin(found, first, past, behind_role=last_role >= at or behind_role)
        last_role = max(last_role, first - 1)
        words = found[first:past]
        if len(words) > _MAX_NAME and all(self._is_shouted(token) for token in words):
            return 0
        body = any(token.code in (BODY, "&") for token in words) and not self._is_called(words, behind_role=behind_role)
        if self.pack.case == "nouns" and body and len(words) == 1 and not self._is_acronym(words):
            return 0  # «Verlag», a noun as any other
        if len(words) == 1 and body and not self.pack.articles and found[past : past + 1] and found[past].code == ROLE:
            return 0  # «Bakanlık yetkilileri»: the ministry's officials
        if self.pack.case == "nouns" and not body and not self._is_name(found, at, first, past):
            several = self._is_group(found, at, past)
            return self._mention(NOUN_PHRASE, found, at, past, gender="p", head=found[at].low) if several else 0
        if len(words) == 1 and first == at and (self.last in "\n$" if body else self._opens_sentence(found, at, past)):
            acts = not body and self._acts_first(found, past)
            return self._mention(NOUN_PHRASE, found, at, past, head=words[0].low, bare=True) if acts else 0
        if len(words) == 1 and (self._qualifies(found, past) or self._is_party(found, at, past)):
            return 0
        front = at - 1 if behind_role and last_role >= at else at  # «posłanka (Lewicy) X»
        role = self._printed_role(found, front, last_role) if last_role >= at else self._role_before(found, at)
        start = first if last_role >= at and found[last_role].code in (ROLE, CAPITALIZED) and not body else at
        if len(words) > 1 and not body:
            self.surnames.add(self._stem(words[-1].low))
        if start > at:
            self._chunk(ROLE, found[at].start, found[start - 1].end)
        return self._mention(
            NAME,
            found,
            start,
            past,
            name=tuple(self.chunks.text[token.start : token.end] for token in self._without_nickname(words)),
            role=role,
            gender=self._gender(found[at:first], role, words) or self._gender_of_article(found, at),
            is_organization=body or self._is_acronym(words),
            head=self._surname(words),
            oblique=not body and self._is_oblique(words),
        )

    def _leads_to_complement(self, found: list[Token], at: int) -> bool:
        """«Vecinos de Lugo dicen»: a preposition behind a role; in Germanic languages «van» is part of a name."""
        led = found[at].code == PREPOSITION and not found[at].capital and found[at - 1].code == ROLE
        return led and not self.pack.verb_second

    def _is_called(self, words: list[Token], *, behind_role: bool = False) -> bool:
        """«Leroy Banks»: a first name and a noun for several bodies; not «Marie Curie Hospital», which is one."""
        if len(words) != 2 or words[1].code != BODY or not words[1].low.endswith(self.pack.plural_endings):
            return False
        likely = behind_role and words[0].code == CAPITALIZED
        return words[0].capital and words[1].capital and (likely or self._is_first_name(words[0].low))

    def _owns_nothing(self, found: list[Token], at: int) -> bool:
        """«told her the ship was full»: «her» before another determiner or a pronoun, which is whom somebody tells."""
        following = found[at + 1].code if at + 1 < len(found) else SENTENCE_END
        adverb = at + 1 < len(found) and bool(self.pack.adverbs) and found[at + 1].low.endswith(self.pack.adverbs)
        return self.last in SAYING and (
            (adverb and following == WORD)
            or following in (DETERMINER, PERSON_PRONOUN, OTHER_PRONOUN, THAT, SENTENCE_END)
            or (following == QUOTE and self.last == CALL)
        )

    def _without_nickname(self, words: list[Token]) -> list[Token]:
        """The words of «Samuel “The Anvil” Brodie» outside the marks."""
        text, kept, inside = self.chunks.text, words[:1], False
        for before, token in pairwise(words):
            between = text[before.end : token.start]
            inside = not _CLOSING.search(between) if inside else bool(_OPENING.search(between))
            kept = kept if inside else [*kept, token]
        return kept if kept[-1] is words[-1] else words

    def _is_told(self, found: list[Token], at: int, past: int) -> bool:
        """«powiedziała Timesowi Ewelina Gajda»: a word in another case before the first name of the subject."""
        told = self.last in SAYING or (self.last == CONJUNCTION and "".join(self.codes[-3:-2]) in SAYING)
        if not told or past - at < _TOLD or not self.pack.nominatives or self._is_first_name(found[at].low):
            return False
        return found[at + 1].low in self.pack.first_names and is_declined(found[at].low.replace("’", ""), self.pack)

    def _apart(self, found: list[Token], at: int, past: int) -> int:
        """Where the first of two names ends: «powtarza za Janem Kosem | Ewa Lipa», the first of them in a case."""
        if not self.pack.nominatives or past - at < _TOLD:
            return past
        if self.last in (ROLE, NOUN_PHRASE) and self._is_owner_of_next(found, at):
            return at + 2
        if self.last not in SAYING + PREPOSITION:
            return past
        called = found[at].low in self.pack.first_names
        if called or not self._is_first_name(found[at].low):
            return past
        return next((i for i in range(at + 2, past - 1) if found[i].low in self.pack.first_names), past)

    def _is_owner_of_next(self, found: list[Token], at: int) -> bool:
        """«Брат Ивана Косова | Адам»: a name in a case before another first name."""
        first, last = (self.chunks.text[token.start : token.end] for token in found[at : at + 2])
        return found[at + 2].low in self.pack.first_names and is_in_case((first, last), self.pack)

    def _behind_marks(self, found: list[Token], at: int, past: int) -> int:
        """The token behind a name in marks with which the run begins: «(spółki) „Wiatr” Jan Kolasa»; else 0."""
        text = self.chunks.text
        if not _OPENING.match(text, found[at].start - 1):
            return 0
        return next((i for i in range(at + 1, past) if _CLOSING.search(text, found[i - 1].end, found[i].start)), 0)

    def _gender(self, front: list[Token], role: str | None, words: list[Token]) -> str:
        """What the titles in front of a name, or its first name, tell."""
        words_of_role = (role or "").lower().split()  # «deputada federal»
        titles = [token.low for token in front if token.code in (TITLE, ROLE)] + words_of_role[-1:] + words_of_role[:1]
        told = next((g for g in map(self._gender_of_role, titles) if g), "")
        if told == "m" and self.pack.nominatives and self._is_her_name(words):
            return "f"  # «wójt Halina Rybacka»
        if told == "f" and self.pack.nominatives and self._is_his_name(words):
            return "m"  # «міський голова Степан Прядко»
        return told or self._first_name_gender(words)

    def _gender_of_article(self, found: list[Token], at: int) -> str:
        """What the article before a trade and its name tells: «o humorista Beto Malta»."""
        for trade in range(1, _TRADE + 1):
            if at <= trade or found[at - trade].capital or found[at - trade].code not in ROLE + WORD:
                return ""
            if found[at - trade - 1].code == DETERMINER:
                return self.pack.determiner_genders.get(found[at - trade - 1].low, "")
        return ""

    def _gender_of_role(self, low: str) -> str:
        """What a title or role tells, also by its end: «Nationaltrainer», «Landesrätin»."""
        ends = ((gender, end) for end, gender in self.pack.role_endings if gender)
        return self.pack.genders.get(low) or next((gender for gender, end in ends if low.endswith(end)), "")

    def _is_her_name(self, words: list[Token]) -> bool:
        """Whether a name in full is a woman's, and not that of a man in a case: not «Radka Hlavsy»."""
        if len(words) < 2 or self.pack.first_names.get(words[0].low) != "f":
            return False
        first, last = (self.chunks.text[token.start : token.end] for token in (words[0], words[-1]))
        given = first_name_in_nominative(first, "m", self.pack)
        return not (given and surname_in_nominative(last, "m", self.pack))

    def _is_his_name(self, words: list[Token]) -> bool:
        """Whether a name in full is a man's, with no ending that surnames of women have."""
        last = words[-1].low
        return (
            len(words) > 1
            and self.pack.first_names.get(words[0].low) == "m"
            and not last.endswith(self._her_surname_ends)
        )

    def _last_role(self, found: list[Token], at: int, past: int) -> int:
        """The last title or role in front of a name: `at` - 1 if none, the last of the run if it is no name."""
        last = _last_of(found, at, past)
        if last != past - 1:
            return at - 1 if self._names_body(found, at, last) else last
        if last > at and self._is_surname_here(found[last - 1], found[last]):
            return _last_of(found, at, last)
        if last == at and self._stem(found[at].low) in self.surnames:
            return at - 1  # «King said», where the text has named a Stephen King
        if last > at + 1 and found[last - 1].low in self.pack.connectors and found[at].code == BODY:
            return at - 1  # «Department of Justice»
        return last

    def _names_body(self, found: list[Token], at: int, last: int) -> bool:
        """Whether a role is a word in the name of a body: «Asociación de Vecinos de Río Bajo»."""
        if found[at].code != BODY or last <= at:
            return False
        linked = found[last - 1].low in self.pack.connectors or found[last - 1].low in self.pack.particles
        named = [token.code for token in found[last + 1 : last + 3]] == [
            CAPITALIZED,
            CAPITALIZED,
        ]  # «Dernek Başkanı X Y»
        genitive = last == at + 1 and self.pack.case == "names" and not (self.pack.title_case or named)
        return linked or genitive

    def _printed_role(self, found: list[Token], at: int, last: int) -> str | None:
        """The role or title in front of a name; «Mr» and its like are none."""
        while at <= last and found[at].code == TITLE and found[at].low in self.pack.genders:
            at += 1
        return self.chunks.text[found[at].start : found[last].end] if at <= last else None

    def _is_surname_here(self, before: Token, last: Token) -> bool:
        """A title or role that ends a name is a surname: «Larry King», «Mr. Pope»."""
        return (
            before.code == TITLE
            or last.low in self.pack.suffixes
            or before.low in self.pack.first_names
            or before.low in self.pack.particles
            or (last.code == TITLE and before.code == CAPITALIZED and not last.low.endswith("."))
        )

    def _surname(self, words: list[Token]) -> str:
        """The last word that is no «Jr.»."""
        return next((token.low for token in reversed(words) if token.low not in self.pack.suffixes), words[-1].low)

    def _run(self, found: list[Token], at: int) -> int:
        """Where the run of words that may belong to one name ends."""
        past, body, first = at, False, at
        while past < len(found):
            token = found[past]
            if past > at and self._has_owner(found[past - 1], token):
                break  # «Vargas Büro»
            if (token.capital and self._is_of_name(found, past, body=body)) or (token.code == TITLE and past == at):
                body = token.code == BODY or (body and token.code not in (ROLE, TITLE))
                past += 1
                first = past if token.code in (ROLE, TITLE) else first
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

    def _is_group(self, found: list[Token], at: int, past: int) -> bool:
        """«Analysten sprachen von …», not «Gemeinsam erklärten die Verbände»: a noun before a verb of several."""
        plural = self.pack.plural_verbs
        if past != at + 1 or past + 1 >= len(found) or self.last not in "\n$," or not plural:
            return False
        verb, behind = found[past], found[past + 1]
        if verb.code not in VERBS or verb.start == verb.end or not verb.low.endswith(plural):
            return False
        adverb = bool(self.pack.adverbs) and found[at].low.endswith(self.pack.adverbs)
        return not (adverb or behind.capital or behind.code in "dyikIob")

    def _has_owner(self, owner: Token, noun: Token) -> bool:
        """Whether a noun for who speaks for others is behind its owner, where nouns have capitals: «Vargas Büro»."""
        nouns = self.pack.case == "nouns" and owner.low.endswith("s")
        return nouns and noun.low in self.pack.representatives

    def _is_body_behind(self, found: list[Token], first: int, at: int) -> bool:
        """«Bergen kommune», «Göta Alvs tingsrätt», not «Bergen kommunen»: a noun that a body's name ends in."""
        low, pack = found[at].low, self.pack
        if found[at].code != BODY or found[at - 1].code != CAPITALIZED or not pack.verb_second or pack.case != "names":
            return False
        if not pack.definite_endings:
            return False
        if at - first > 1 and any(token.low in pack.first_names for token in found[first:at]):
            return False  # «Jonas Kvist styrer»
        stems = [low.removesuffix(end) for end in pack.definite_endings if low.endswith(end)]
        return not any(pack.lexicon.get(stem) == BODY or stem.endswith(pack.body_endings) for stem in stems)

    def _is_of_name(self, found: list[Token], at: int, *, body: bool) -> bool:
        """Whether a capital may be a part of a name; in that of a body an office may, «Ministerstwo Zdrowia»."""
        token = found[at]
        return token.code in IN_NAME or (body and token.low in self.pack.offices) or self._is_month_of_name(found, at)

    def _is_month_of_name(self, found: list[Token], at: int) -> bool:
        """«Jan Weil», «June Holm»: a first name that shortens or is a month, before another capital."""
        token = found[at]
        if token.code != TIME or not token.capital or at + 1 == len(found) or token.low not in self.pack.first_names:
            return False
        return found[at + 1].capital and found[at + 1].code in (CAPITALIZED, ROLE)  # «Jan Bakker»

    def _is_surname_of(self, found: list[Token], at: int, past: int) -> bool:
        """«Mark Christian said»: after a first name, a capital that elsewhere is no name is one."""
        last = found[past]
        if past != at + 1 or not last.capital or last.code != WORD:
            return False
        following = found[past + 1].code if past + 1 < len(found) else SENTENCE_END
        return following in "STLx,$s" and found[at].low in self.pack.first_names

    def _is_oblique(self, words: list[Token]) -> bool:
        """Whether a name after a role has case endings, so that it is nobody's who acts: «mluvčí Radima Fialy»."""
        low, last, pack = words[0].low, words[-1].low, self.pack
        if len(words) < 2 or self.last not in (ROLE, NOUN_PHRASE) or low[-1] in "oо":
            return False  # a name in -o of either script is no case form
        if pack.nominatives and is_genitive_of_hers(low, pack) and not last.endswith(self._her_surname_ends):
            return True
        declined = low != bare(low, pack.endings) and last != bare(last, pack.endings)
        if low in pack.first_names:
            return declined and self._is_his(low, last)
        return declined and first_name_stems(pack).get(bare(low, pack.endings)) == "m"

    def _is_his(self, low: str, last: str) -> bool:
        """«rzecznik Jana Nowaka»: a woman's first name that is a man's in a case, for the surname is no woman's.

        Whoever stands behind a relative without an owner is the owner: «жена Александра Гордеева».
        """
        pack, chunks = self.pack, self.chunks
        if not pack.nominatives or pack.first_names.get(bare(low, pack.endings)) != "m":
            return False
        relative = chunks.text[chunks.starts[-1] : chunks.ends[-1]].lower() in pack.kin
        owned = self.codes[-2:-1] in ([POSSESSIVE], [OBJECT_PRONOUN])
        return (relative and not owned) or not last.endswith(self._her_surname_ends)

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
        links = self.pack.particles if found[at - 1].code in (CAPITALIZED, TITLE, ROLE) else frozenset()
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

    def _is_name(self, found: list[Token], at: int, first: int, past: int) -> bool:
        """Whether words that have their capital as nouns are a name."""
        lows = [token.low for token in found[first:past]]
        if first > at or lows[0] in self.pack.first_names or any(low in self.known for low in lows):
            return True
        before = found[at - 1].code if at else SENTENCE_END
        if past - first > 1:
            return before not in "dy"
        following = found[past].code if past < len(found) else SENTENCE_END
        pronoun = past + 1 < len(found) and found[past + 1].code in (
            PERSON_PRONOUN,
            FIRST_PRONOUN,
        )  # «Tatsächlich sagte er»
        put_in = at > 0 and found[at - 1].start == found[at - 1].end and found[past : past + 1] != []
        if put_in and found[past].start < found[past].end:
            return False  # «Berichten zufolge Nebel gemeldet»: what is before the comma that was put in leads nowhere
        inverted = before in "$\n" and past + 1 < len(found) and found[past + 1].code in (ROLE, CAPITALIZED, TITLE)
        unlike = pronoun or inverted or self._is_inverted(found, past)  # «Währenddessen sprach Stadtrat Holl»
        if before in "$\n" and self.pack.adverbs and found[at].low.endswith(self.pack.adverbs):
            return False  # «Ähnlich sieht es X»
        several = before != CONJUNCTION and bool(self.pack.plural_verbs) and past < len(found)
        if several and following in VERBS and found[past].low.endswith(self.pack.plural_verbs):
            return False  # «Gemeinsam erklärten die Verbände»
        leads = following in VERBS and before in "$,ca\n" and not unlike
        return before in VERBS or before in (ROLE, TITLE) or leads

    def _first_name_gender(self, words: list[Token]) -> str:
        if len(words) < 2 and words[0].low not in self.pack.first_names:
            return ""
        low = words[0].low
        known = self.pack.first_names.get(low, "") or first_name_stems(self.pack).get(bare(low, self.pack.endings), "")
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
            and found[past].code == WORD
        )

    def _is_party(self, found: list[Token], at: int, past: int) -> bool:
        """«(R-Ohio)», «(D-Calif.)»: party and state."""
        return self.last == "(" and "-" in found[at].low[:3] and past < len(found) and found[past].code in ")$"

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
            capital = before.capital and self.pack.case == "names" and before.code != ROLE and before.low not in offices
            if capital or not (before.code in "wobgW" or (office and before.code in "pdc")):
                break
            first -= 1
        if not any(found[i].code == ROLE for i in range(first, at)) or found[at - 1].code not in (ROLE, WORD):
            return None
        return self.chunks.text[found[first].start : found[at - 1].end]
