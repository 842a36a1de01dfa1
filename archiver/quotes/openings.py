"""Where a name begins in a run of capitals: a sentence, a role, a place or a heading may have opened the run."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import Levenshtein

from archiver.languages import AUXILIARY, BEFORE, BODY, CONJUNCTION, DETERMINER, PREPOSITION, ROLE, SAY, TELL, TIME
from archiver.quotes.cases import bare, first_name_stems, may_be_first_name
from archiver.quotes.chunker import Chunker
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import CAPITALIZED, NOUN_PHRASE, SENTENCE_END, WORD, Chunks
from archiver.quotes.patterns import INVERTED_SUBJECT, SAYING, WORDS
from archiver.quotes.tokens import Token

_INSIDE = re.compile(rf" (?<=[\w,;’')] )([{CAPITALS}][\w-]*)")  # capitals inside a sentence
_PAIR = re.compile(rf"([{CAPITALS}][\w-]+) (?=([{CAPITALS}][\w-]+))")
_FIRST = re.compile(rf"(?:^|[.!?…] |[.!?…][”“»\"] )([{CAPITALS}][\w-]*)", re.MULTILINE)  # words that open a sentence
_PLACE_AND_VERB = re.compile(f"{PREPOSITION}{DETERMINER}?[{CAPITALIZED}{WORD}{BODY}{ROLE}]{{1,3}}[{SAYING}]")
_PLACE, _SUBJECT = 7, "ikIdy"  # words of a complement and the verb behind it; what begins a subject behind a verb
_LONG_RUN, _SHORT_NAME = 3, 3  # capitals in a row that are more than a name; words of a name behind an office

_FIRMS = frozenset(("pt", "cv", "ud", "ооо", "оао", "зао", "пао", "тов"))  # legal forms before a firm's name
_SAID_NEXT = frozenset("tdyikI:Qp\n$" + TIME + CAPITALIZED)  # what is behind a verb of saying that is no noun
_ONE = "s"  # the end of a verb of saying, where verbs tell nothing else of how many speak: «(she) says»
_LETTER = 1  # letters by which a misprint differs, at most
_NAMED = 4  # letters of a capital that its verb alone shows to be a name, at least
_VOWELS = ("a", "e", "o", "u", "é", "è")
_FORM = 6  # letters that the cases of a word share
OF_KIND = ("ische", "ischen", "ischer", "isches", "liche", "lichen")  # ends of German adjectives in names of bodies
_COMPOUNDS = ("-based", "-backed", "-led", "-run", "-owned", "-controlled", "-linked", "-funded", "-listed", "-born")
_PARTICIPLES = tuple(end.removeprefix("-") for end in _COMPOUNDS)
_TELLING = 2  # letters of an ending that tells a case; fewer may be those of a nominative


class Openings(Chunker):
    """Tells what only opens a run of capitals from the name in it; knows the text's own names."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.surnames: set[str] = set()
        self.trades: set[str] = set()  # nouns that stood between an article and a name: «der Reeder Jost Ahlers»
        self.stems = first_name_stems(self.pack)
        complements = [end for end in self.pack.body_complements if len(end) > _TELLING]
        hers = [end for end, _, gender in self.pack.nominatives if gender == "f" and len(end) > _TELLING + 1]
        self.in_case = (*complements, *hers)  # ends of words that are in the genitive
        pack = self.pack  # what completes a noun for a body is behind it
        in_cases = bool(pack.nominatives) and not pack.with_articles
        first = not (pack.verb_second or pack.verb_final or in_cases or (pack.title_case and pack.articles))
        self.body_first = pack.case == "names" and first
        tell = self.pack.case == "names"  # elsewhere capitals tell nothing
        self.inside: frozenset[str] = frozenset(_INSIDE.findall(chunks.text) if tell else ())
        self.begun: frozenset[str] | None = None
        self.small: frozenset[str] | None = None
        self.called = self._first_names_by_surname() if tell else {}
        self.firsts = Counter([first.lower() for first in _FIRST.findall(chunks.text)] if tell else [])

    def _first_names_by_surname(self) -> dict[str, set[str]]:
        """The words that are before a surname inside a sentence, or that are known first names."""
        found: dict[str, set[str]] = {}
        for match in _PAIR.finditer(self.chunks.text):
            first, last = match[1].lower(), match[2].lower()
            if match[1] in self.inside or self._is_first_name(first):
                found.setdefault(self._stem(last), set()).add(first)
        return found

    def _only_opens(self, found: list[Token], at: int, past: int) -> bool:
        """«Afterwards Sandell laughed»: a word that opens a sentence before a surname of the article; or an adverb."""
        if past > at + 1 and self.last in "\n$:-Q" and self._is_in_place(found[at].low):
            return True
        opens = past == at + 2 and self.pack.case == "names" and self.last in "\n$:-Q("
        if not opens or found[at].code != CAPITALIZED or found[past - 1].code != CAPITALIZED:
            return False
        low, first = found[at].low, self.chunks.text[found[at].start : found[at].end]
        if first in self.inside or self._is_first_name(low):
            return False
        if self.pack.adverbs and low.endswith(self.pack.adverbs):
            return True
        if len(self.pack.endings) > 1 and low[:_FORM] in self._beginnings():
            return False  # «Миленко …», of whom the text has «Миленков» too
        if past < len(found) and found[past].code == "," and not self.pack.articles:
            return False  # «Darto Wignyo, a cousin of Sulastri Wignyo»
        others = self.called.get(self._stem(found[past - 1].low), set()) - {low}
        return bool(others) and not may_be_first_name(low, self.pack)

    def _is_role_of_body(self, found: list[Token], at: int) -> bool:
        """«Asociația Pescarilor», «Paguyuban Pedagang X»: a role with a capital right behind the noun for a body."""
        if not self.body_first or found[at].code != ROLE or not found[at].capital or found[at - 1].code != BODY:
            return False
        return at + 1 == len(found) or not (found[at + 1].capital and self._is_first_name(found[at + 1].low))

    def is_participle(self, found: list[Token], at: int) -> bool:
        """«The Oslo-based Peace Institute», «the state-run Times»: a compound before a name, told by its end."""
        if not self.pack.title_case or at >= len(found) or not found[at].low.endswith(_PARTICIPLES):
            return False
        word = self.chunks.text[found[at].start : found[at].end].lower()
        return word.endswith(_COMPOUNDS) and at + 1 < len(found) and found[at + 1].capital

    def _is_in_place(self, low: str) -> bool:
        """«Kasabadaki Esnaf Odası», «Çıraklarından Davut Ertekin»: an ending that no name has, where verbs are last."""
        endings = self.pack.oblique_endings if self.pack.verb_final else ()
        return bool(endings) and low.endswith(endings) and not self._is_first_name(low)

    def _beginnings(self) -> frozenset[str]:
        """The first letters of the capitals inside sentences that are long enough to tell a word in another case."""
        if self.begun is None:
            self.begun = frozenset(word[:_FORM].lower() for word in self.inside if len(word) >= _FORM)
        return self.begun

    def _begin(self, found: list[Token], first: int, past: int, *, behind_role: bool) -> int:
        """Where the name begins in a run of capitals: after countries, places, bodies or ages."""
        articles = self.pack.articles
        if behind_role and past - first > 2 and self._is_workplace(found, first):
            return first + 1
        if not articles and past - first > 1 and behind_role:
            return self._behind_country(found, first, past)
        if found[first].low in _FIRMS:
            return first  # «PT Samudra Lestari»
        behind_body = not articles and found[first].code == BODY  # «МИД Мария Лесная»
        if past - first == 2 and (self._is_role_of_first_name(found, first) or self._owns_first_name(found, first)):
            return first + 1
        if past - first > 2 and self._is_role(found, first):
            return first + 1  # «Astronaut Vera Lind», «Üretici Satılmış Kocadağlı»
        behind_complement = not articles and self.last == WORD and self.codes[-2:-1] == [NOUN_PHRASE]
        if past - first > 2 and (self.last in ("p" if articles else "p\n$:-Q") or behind_body or behind_complement):
            named = self._at_first_name(found, first, past)  # «in Zalesie Ewa Nowicka said», «Nioårige Kalle Holm»
            return named if named > first else first + self._opens_with_role(found, first)
        if past - first > 2 and self.pack.nominatives and (named := self._at_first_name(found, first, past)) > first:
            return named  # «dyrektor Zarządu Dróg Krzysztof Lipka»
        if articles and self.pack.title_case and past - first > _LONG_RUN:
            return self._behind_office(found, first, past)
        return first + (past - first > 2 and self._opens_with_role(found, first))

    def _is_workplace(self, found: list[Token], first: int) -> bool:
        """«Direktur RSUD Gita Purnamasari»: an acronym between a role and a name."""
        text, acronym, given = self.chunks.text, found[first], found[first + 1]
        shouted = text[acronym.start : acronym.end].isupper() and acronym.end - acronym.start > 1
        return shouted and not text[given.start : given.end].isupper() and not acronym.low.endswith(".")

    def _is_role_of_first_name(self, found: list[Token], first: int) -> bool:
        """«Одинадцятикласник Назар»: a trade that opens the sentence before a first name alone, told by its end."""
        low, second = found[first].low, found[first + 1].low
        ends = bool(self.pack.agent_endings) and low.endswith(self.pack.agent_endings)
        alone = second in self.pack.first_names and not self._is_first_name(low)
        return ends and alone and not self.pack.articles and self.last in "\n$"

    def _owns_first_name(self, found: list[Token], first: int) -> bool:
        """«Tornan Santeri»: a club or family in the genitive before a first name alone."""
        low, ends = found[first].low, self.pack.body_owners
        owns = bool(ends) and low.endswith(ends) and not self._is_first_name(low)
        return owns and found[first + 1].low in self.pack.first_names

    def _opens_before_postposition(self, found: list[Token], at: int) -> bool:
        """Whether a word opens the sentence before «according to» that follows it, where no article tells nouns.

        «Yhtiön mukaan»: the postposition was put in front; behind a name an apostrophe may tell it from its case.
        """
        led = self.last == BEFORE and at > 0 and found[at - 1].start == found[at - 1].end and not self.pack.articles
        apostrophe = self.chunks.text[found[at].end : found[at].end + 1] in tuple("'’")
        return led and not apostrophe and "".join(self.codes[-2:-1]) in "\n$:-Q("

    def _is_named_elsewhere(self, found: list[Token], at: int) -> bool:
        """Whether a capital that opens a sentence is a name, in any case: the text has it inside a sentence too."""
        low = found[at].low
        return self._is_known(low) or self._stem(low) in {self._stem(word.lower()) for word in self.inside}

    def _behind_office(self, found: list[Token], first: int, past: int) -> int:
        """Where the name begins in «Tarn County Recorder Helen Purcell»: at a first name among the last words."""
        named, words = self._at_first_name(found, first, past), found[first:past]
        office = named - first > 1 and past - named <= _SHORT_NAME
        linked = any(token.low in self.pack.connectors for token in words)
        return named if office and not linked and all(token.code != BODY for token in found[named:past]) else first

    def _opens_with_role(self, found: list[Token], first: int) -> bool:
        """Whether a sentence opens with a word before a name that no list has, «Seppä Aarne-Olavi Kuusinen»."""
        opening, second = found[first], found[first + 1]
        word = self.chunks.text[opening.start : opening.end]
        if self.last not in "\n$:-Q" or self._is_first_name(opening.low) or word in self.inside or "-" in word:
            return False
        if opening.code == BODY and self.body_first:
            return False  # «Liga Studenților din Iași»
        parts = second.low.split("-")
        called = len(parts) > 1 and any(self._is_first_name(part) for part in parts)
        unlike = not may_be_first_name(opening.low, self.pack) and may_be_first_name(second.low, self.pack)
        return called or (unlike and second.low not in self.pack.particles)

    def _is_role(self, found: list[Token], first: int) -> bool:
        """Whether a word that nobody has for a first name is before one: a role or a nationality."""
        low, following = found[first].low, found[first + 1].low
        initial = len(low.strip(".")) < 3 or "-" in low  # called: not «Ailsa Mac Giolla»
        called = self.pack.articles and self._is_first_name(following) and following not in self.pack.particles
        agent = bool(self.pack.agent_endings) and low.endswith(self.pack.agent_endings)  # «Swimmer Orla Holm»
        opens = self.last in "\n$" and not self._is_shouted(found[first])
        return not initial and not self._is_first_name(low) and (called or (agent and opens))

    def _first_word(self, found: list[Token], at: int, first: int, past: int) -> int:
        """Where a name begins after nouns that the pack does not know: at a first name, or after «der Chirurg»."""
        if found[first].low in self.pack.aliases and past > first + 1:
            return first + 1  # «(unter dem Pseudonym) Klara»
        named = next((i for i in range(first + 1, past - 1) if found[i].low in self.pack.first_names), first)
        if (
            named == first
            and first == at
            and past - first > 2
            and at
            and found[at - 1].code in "dy"
            and not any(token.code == BODY for token in found[first:past])
            and found[at].low not in self.pack.first_names
            and not self._is_of_kind(found[at].low)
        ):
            return first + 1
        trade = bool(self.pack.agent_endings) and found[first].low.endswith(self.pack.agent_endings)
        surnamed = past - first == 2 and found[first + 1].low in self.surnames  # «vom Reeder Ahlers»
        if (
            named == first
            and (past - first > 2 or surnamed)
            and trade
            and found[first].low not in self.pack.first_names
        ):
            return first + 1  # «Managerin Wanja Zoll»
        return named if found[first].low not in self.pack.first_names else first

    def _is_of_kind(self, low: str) -> bool:
        """«die Islamische Gemeinschaft Moosach»: an adjective with a capital, unlike «der Chirurg Amir Haddad»."""
        return low.endswith(OF_KIND) and not any(low.endswith(role) for _, role in self.pack.declined)

    def _behind_country(self, found: list[Token], first: int, past: int) -> int:
        """«президент Франции Эммануэль Макрон»: the name begins at the first name, or after a word in the genitive."""
        if self._is_first_name(found[first].low):
            return first
        named = self._at_first_name(found, first, past)
        if named == first and found[first].code == BODY and found[past - 1].low.endswith(self.in_case):
            return first  # «prezes Towarzystwa Kolejki Zaborzeckiej» names a body alone
        return (
            first + 1 if named == first and past - first > 2 and found[first].low.endswith(self.pack.endings) else named
        )

    def _at_first_name(self, found: list[Token], first: int, past: int) -> int:
        """Where a run of capitals comes to a first name, if it does not begin with one."""
        if self._is_first_name(found[first].low):
            return first
        words = range(first + 1, past - 1)  # «din» is a word, «Din» somebody
        return next((i for i in words if found[i].capital and self._is_first_name(found[i].low)), first)

    def _is_first_name(self, low: str) -> bool:
        return low in self.pack.first_names or (bool(self.stems) and bare(low, self.pack.endings) in self.stems)

    def _opens_sentence(self, found: list[Token], at: int, past: int) -> bool:
        """Whether a lone capital only shows that a sentence begins: nowhere else written so, and no verb follows."""
        if self.last not in "\n$:-Q(" or self.pack.case != "names":
            return False
        following = found[past].code if past < len(found) else SENTENCE_END
        if past < len(found) and found[past].start == found[past].end:
            following = SENTENCE_END  # a verb that was read earlier than it is printed tells nothing
        word = self.chunks.text[found[at].start : found[at].end]
        if word in self.inside or word[1:] != word[1:].lower():
            return False  # «McLenney» has a capital inside
        if following in "Sx" and self._is_inverted(found, past):
            return True
        if following in "STLx":
            return not self._is_known(found[at].low)
        if following in ",:" and not self._is_known(found[at].low):
            return True  # «Poté, co …», «Auditor: ferry deal 'was never put to tender'»
        return following not in "(,-:s"

    def _acts_first(self, found: list[Token], past: int) -> bool:
        """Whether the word that opens a sentence is the subject of the verb of saying behind it: «Mængden råbte»."""
        if past == len(found):
            return False
        if found[past].code == PREPOSITION:
            return self._acts_behind_place(found, past)
        if found[past].code not in SAYING:
            return False
        if found[past].start == found[past].end:
            return self._opens_as_subject(found, past)
        if self._is_inverted(found, past):
            return False
        following = found[past + 1 : past + 2]
        inverted = self.pack.verb_second and bool(following) and (following[0].capital or following[0].code in _SUBJECT)
        return not inverted  # «Da sa hun»

    def _acts_behind_place(self, found: list[Token], at: int) -> bool:
        """«Regulators in Brussels said they had “…”»: a complement, then the verb, and no subject behind it."""
        behind = _PLACE_AND_VERB.match("".join(token.code for token in found[at : at + _PLACE]))
        if (
            behind is None
            or self.pack.verb_final
            or self.pack.dropped
            or found[at - 1].low.endswith(self.pack.adverbs or ("\n",))
        ):
            return False
        following = found[at + behind.end() : at + behind.end() + 1]
        inverted = self.pack.verb_second and following != [] and following[0].code in _SUBJECT
        return not inverted and not (following and following[0].capital)

    def _opens_as_subject(self, found: list[Token], past: int) -> bool:
        """«Klerides, “…” dedi», not «Törende “…” dedi»: where the verb is last, a comma or no case tells."""
        comma = "".join(token.code for token in found[past + 1 : past + 2]) == ","
        return self.pack.verb_final and (comma or not found[past - 1].low.endswith(self.pack.clitics))

    def _is_named_by_verb(self, found: list[Token], at: int, past: int) -> bool:
        """«Holm said that …»: a capital that opens a sentence is a name where a noun had an article, by a verb of one.

        Not where the text has the word in small letters.
        """
        pack, low = self.pack, found[at].low
        if not pack.articles or pack.with_articles or self.last not in "\n$" or not self.number or len(low) < _NAMED:
            return False
        verb = past + (found[past : past + 1] != [] and found[past].code == AUXILIARY and not pack.verb_second)
        if verb + 1 >= len(found) or found[verb].code not in SAY + TELL or found[verb].start == found[verb].end:
            return False
        if low in pack.alone or low in pack.not_names or low.endswith((*pack.adverbs, *pack.alone_endings)):
            return False
        adjective = pack.dropped and low.rstrip("s").endswith(_VOWELS)  # «Contenta dijo …», who is left out
        unlike = low not in self._small_words() and not self._is_misprint(low)
        return not adjective and unlike and self._speaks_alone(found, at, past, verb)

    def _is_misprint(self, low: str) -> bool:
        """«Wines said», where the text has told of Leslie Wimes: one letter more, less or other than a surname."""
        near = (one for one in self.surnames if one != low and abs(len(one) - len(low)) <= _LETTER)
        return any(Levenshtein.distance(one, low, score_cutoff=_LETTER) <= _LETTER for one in near)

    def _speaks_alone(self, found: list[Token], at: int, past: int, verb: int) -> bool:
        """Whether the verb of a capital that opens a sentence is that of one, and has no subject behind it."""
        pack, said, following = self.pack, found[verb].low, found[verb + 1].code
        if following in CONJUNCTION + WORD + AUXILIARY + ",;" or (pack.verb_second and following in _SUBJECT):
            return False
        if not pack.plural_endings:
            return not (pack.plural_verbs and found[past].low.endswith(pack.plural_verbs))
        if said.endswith(_ONE):
            return following in _SAID_NEXT and pack.lexicon.get(said.removesuffix(_ONE)) in (SAY, TELL)
        several = found[at].low.endswith(pack.plural_endings) or pack.lexicon.get(said + _ONE) in (SAY, TELL)
        return not several and said.endswith(pack.dates.told)

    def _small_words(self) -> frozenset[str]:
        """The words of the text that it has in small letters."""
        if self.small is None:
            self.small = frozenset(word for word in WORDS.findall(self.chunks.text) if word.islower())
        return self.small

    def _is_known(self, low: str) -> bool:
        """Whether more than its place shows a capital to be a name: a first name, a longer name, or that it recurs."""
        return self._is_first_name(low) or self._stem(low) in self.surnames or self.firsts[low] > 1

    def _stem(self, low: str) -> str:
        """A surname without its case ending, where names have cases."""
        return bare(low, self.pack.endings) if len(self.pack.endings) > 1 else low

    def _is_inverted(self, found: list[Token], verb: int) -> bool:
        """«Cauto si è mostrato l'ingegnere Hans Gruber.»: after the verb comes its subject, a full name."""
        if found[verb - 1].low in self.pack.first_names:
            return False
        codes = "".join(CAPITALIZED if t.capital and t.code == CAPITALIZED else t.code for t in found[verb : verb + 12])
        return bool(INVERTED_SUBJECT.match(codes))

    def _is_shouted(self, token: Token) -> bool:
        return self.chunks.text[token.start : token.end].isupper()
