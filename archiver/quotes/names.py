"""Names in scripts with case: which words in a row are one, whose it is, and what only looks like one."""

from __future__ import annotations

import re
from itertools import pairwise

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    CONJUNCTION,
    DETERMINER,
    FIRST_PRONOUN,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    ROLE,
    THAT,
    TITLE,
)
from archiver.quotes.bodies import low_end
from archiver.quotes.cases import bare, first_name_stems, is_declined, is_genitive_of_hers, is_in_case
from archiver.quotes.chunker import VERBS
from archiver.quotes.model import CAPITALIZED, NAME, NOUN_PHRASE, SENTENCE_END, WORD
from archiver.quotes.patterns import SAYING
from archiver.quotes.spelling import fold
from archiver.quotes.titles import TitledNames
from archiver.quotes.tokens import Token

_GENITIVE, _WEAK = ("s", "z", "x"), ("a", "e")  # ends of owners, and of adjectives of what is owned
_ADJECTIVES = 2  # words between an owner and who is theirs
_GENITIVES = ("ého", "ího", "iego", "ого", "его", "ога", "oga", "ої", "ой")  # ends of Slavic adjectives in the genitive
_OPENING, _CLOSING = re.compile('[“„«"”]'), re.compile('[”“»"]')
_ACTS = (*SAYING, AUXILIARY)
_RELATIVE = ("," + RELATIVE, "," + THAT)
_TOLD = 3  # words of a run of capitals that begins with who is told, at least
_MAX_NAME = 4  # words of a name all in capitals; more are a heading


class CasedNames(TitledNames):
    """Reads the names of a text whose script has case."""

    def _name(self, found: list[Token], at: int) -> int:
        """A run of capitals: titles and roles in front are distinguished from the name. 0 if there is no name."""
        past = self._apart(found, at, self._run(found, at))
        if passed := self._pass_over(found, at, past):
            return passed
        last_role = self._last_role(found, at, past)
        if last_role == past - 1 or (last_role >= at and self._leads_to_complement(found, last_role + 1)):
            return 0
        first = self._first_of_name(found, at, last_role, past)
        words = found[first:past]
        body = self._is_body(found, at, words)
        if self._is_heading(words) or (body and self._is_common_noun(found, words, past)):
            return 0
        if self.pack.case == "nouns" and not body and not self._is_name(found, at, first, past):
            several = self._is_group(found, at, past)
            return self._mention(NOUN_PHRASE, found, at, past, gender="p", head=found[at].low) if several else 0
        if len(words) == 1 and first == at and self._opens_before_postposition(found, at):
            if body:
                return 0  # «Hallituksen mukaan»
            if not self._is_named_elsewhere(found, at):
                return self._mention(NOUN_PHRASE, found, at, past, head=words[0].low, bare=True)
        if len(words) == 1 and first == at and self._only_begins(found, at, past, body=body):
            acts = not body and self._acts_first(found, past)
            return self._mention(NOUN_PHRASE, found, at, past, head=words[0].low, bare=True) if acts else 0
        if len(words) == 1 and self._is_adjective_of_body(found, first, past):
            return 0
        if len(words) == 1 and (self._qualifies(found, past) or self._is_party(found, at, past)):
            return 0
        if body and past == first + 1 == at + 1 and self.body_first and not self.pack.title_case:
            before = "".join(self.codes[-2:-1]) if self.last == DETERMINER else self.last
            past = low_end(found, past, self.pack, told=before in SAYING + BEFORE)
        return self._write_name(found, at, first, past, body=body)

    def _only_begins(self, found: list[Token], at: int, past: int, *, body: bool) -> bool:
        """Whether a lone capital tells no more than that a sentence begins."""
        if body:
            return self.last in "\n$"
        return self._opens_sentence(found, at, past) and not self._is_named_by_verb(found, at, past)

    def _is_adjective_of_body(self, found: list[Token], at: int, past: int) -> bool:
        """«Ředitelka Českého svazu …»: an adjective in the genitive between a role and a noun in small letters."""
        behind = found[past] if past < len(found) else None
        led = self.last in (ROLE, NOUN_PHRASE) or (at > 0 and found[at - 1].code == ROLE)
        led = led and behind is not None and behind.code in (WORD, BODY)
        low = found[at].low
        return (
            led
            and low.endswith(_GENITIVES)
            and not (behind.capital if behind else True)
            and bool(self.pack.nominatives)
        )

    def _pass_over(self, found: list[Token], at: int, past: int) -> int:
        """Writes what only stands before a name in its run as plain words; returns the token behind, 0 without any."""
        if self._only_opens(found, at, past) or self._is_told(found, at, past) or self.is_participle(found, at):
            self._chunk(WORD, found[at].start, found[at].end)
            return at + 1
        closed = self._behind_marks(found, at, past) if past > at + 1 else 0
        for token in found[at:closed]:
            self._chunk(WORD, token.start, token.end)
        return closed

    def _first_of_name(self, found: list[Token], at: int, last_role: int, past: int) -> int:
        """The first word of a name behind the titles and roles of its run, of which the last is `last_role`."""
        if self.pack.case == "nouns":
            return self._first_word(found, at, last_role + 1, past)
        behind_role = last_role >= at or self._is_behind_role(found, at)
        return self._begin(found, last_role + 1, past, behind_role=behind_role)

    def _is_behind_role(self, found: list[Token], at: int) -> bool:
        """Whether a role is right before a token."""
        of_body = self.body_first and not self.pack.articles and self.last in (ROLE, NOUN_PHRASE)
        return at > 0 and (found[at - 1].code == ROLE or (of_body and found[at - 1].code == BODY))

    def _is_body(self, found: list[Token], at: int, words: list[Token]) -> bool:
        """Whether the words of a name, in a run that begins at a token, are those of a body."""
        if not any(token.code in (BODY, "&") for token in words):
            return False
        return not self._is_called(words, behind_role=self._is_behind_role(found, at))

    def _is_heading(self, words: list[Token]) -> bool:
        """Whether so many words all in capitals are more than a name."""
        return len(words) > _MAX_NAME and all(self._is_shouted(token) for token in words)

    def _is_common_noun(self, found: list[Token], words: list[Token], past: int) -> bool:
        """«Verlag», a noun as any other; «Bakanlık yetkilileri», the ministry's officials."""
        if len(words) != 1:
            return False
        if self.pack.case == "nouns" and not self._is_acronym(words):
            return True
        behind = found[past] if past < len(found) else None
        if behind is None or self.pack.articles:
            return False
        declined = (
            bool(self.pack.nominatives) and behind.code == WORD and behind.low.endswith(self.pack.body_complements)
        )
        return behind.code == ROLE or (declined and self.last == NOUN_CUE)  # «в заявлении Министерства обороны»

    def _write_name(self, found: list[Token], at: int, first: int, past: int, *, body: bool) -> int:
        """Writes the name from token `first` to before `past`, and what is in front of it from `at`."""
        titled = first > at
        of_body = not titled and self._names_body_before(found, first)
        past += of_body and self._goes_on_low(found, first, past)
        words = found[first:past]
        front = at - 1 if titled and self._is_behind_role(found, at) else at  # «posłanka (Lewicy) X»
        role = self._printed_role(found, front, first - 1) if titled else self._role_before(found, at)
        start = first if titled and found[first - 1].code in (ROLE, CAPITALIZED) and not body else at
        if len(words) > 1 and not body:
            self.surnames.add(self._stem(words[-1].low))
        if start > at and self.pack.case == "nouns" and not body:
            self.trades.update(token.low for token in found[at:start] if token.code == CAPITALIZED)
        if start > at:
            self._chunk(ROLE, found[at].start, found[start - 1].end)
        past = self._mention(
            NAME,
            found,
            start,
            past,
            name=tuple(self.chunks.text[token.start : token.end] for token in self._without_nickname(words)),
            role=role,
            gender=self._gender(found[at:first], role, words) or self._gender_of_article(found, at, words, body=body),
            is_organization=body or self._is_acronym(words) or of_body,
            head=self._surname(words),
            oblique=not body and self._is_oblique(words),
        )
        if self._owns_next(found, past):
            self._chunk(OWNER, found[past - 1].end, found[past - 1].end)
        return past

    def _owns_next(self, found: list[Token], past: int) -> bool:
        """«Holms (gamla) tränare»: whether a name in the genitive that has no apostrophe is right before somebody."""
        pack, at, kin = self.pack, past, self.pack.households | self.pack.representatives
        if not (pack.verb_second and pack.case == "names") or not found[past - 1].low.endswith(_GENITIVE):
            return False
        while at < len(found) and at - past < _ADJECTIVES and self._is_adjective(found[at], kin):
            at += 1
        if at == len(found) or found[at].capital:
            return False
        low = found[past - 1].low
        hers = low not in self.surnames and low.removesuffix("s") in self.surnames  # «Holms lärling», of Eva Holm
        return found[at].code in (ROLE, BODY) or found[at].low in kin or (hers and found[at].code == WORD)

    def _is_adjective(self, token: Token, nouns: frozenset[str]) -> bool:
        """Whether a word may be an adjective before what is owned."""
        return token.code == WORD and token.low.endswith(_WEAK) and token.low not in nouns

    def _names_body_before(self, found: list[Token], first: int) -> bool:
        """«Le collectif Eau libre»: a name right behind a noun for a body that no preposition leads to."""
        pack, mentions = self.pack, self.chunks.mentions
        if self.last != NOUN_PHRASE or self.codes[-2:-1] == [PREPOSITION] or pack.title_case or not pack.articles:
            return False
        return mentions[-1].is_organization and not self._is_first_name(found[first].low)

    def _goes_on_low(self, found: list[Token], first: int, past: int) -> bool:
        """«Le collectif Eau [libre] dénonce»: whether one more word of such a name is before the verb."""
        behind = "".join(token.code for token in found[past : past + 3])
        return past == first + 1 and behind[:1] == WORD and (behind[1:2] in _ACTS or behind[1:] in _RELATIVE)

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

    def _surname(self, words: list[Token]) -> str:
        """The last word that is no «Jr.»."""
        return next((token.low for token in reversed(words) if token.low not in self.pack.suffixes), words[-1].low)

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

    def _is_oblique(self, words: list[Token]) -> bool:
        """Whether a name after a role has case endings, so that it is nobody's who acts: «mluvčí Radima Fialy»."""
        low, last, pack = words[0].low, words[-1].low, self.pack
        if len(words) < 2 or self.last not in (ROLE, NOUN_PHRASE) or low[-1] in "oо":
            return False  # a name in -o of either script is no case form
        if pack.nominatives and is_genitive_of_hers(low, pack) and not last.endswith(self.her_surname_ends):
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
        return (relative and not owned) or not last.endswith(self.her_surname_ends)

    def _is_name(self, found: list[Token], at: int, first: int, past: int) -> bool:
        """Whether words that have their capital as nouns are a name."""
        lows = [token.low for token in found[first:past]]
        if lows[0] in self.pack.alone:
            return False  # «Niemand sagte …»
        glosses = self.chunks.glosses
        glossed = bool(glosses) and past == first + 1 and fold(lows[0]) in glosses
        if first > at or glossed or lows[0] in self.pack.first_names or any(low in self.known for low in lows):
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
