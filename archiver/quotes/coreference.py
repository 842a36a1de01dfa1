"""Who a mention means: pronouns and titles are led back to the persons and organisations that `people` knows.

Pronouns are resolved by salience over the narrative before them, after Lappin and Leass (1994), with trained weights.
"""

from __future__ import annotations

from collections.abc import Mapping

from archiver.languages import (
    BODY,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SAY,
)
from archiver.quotes.apposition import Whose, is_own, name_behind, owner_before
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.patterns import (
    NAME_APPOSED,
    NAME_COMPLETES_ROLE,
    OWNED_BEHIND,
    SAYING,
    SUBJECT_AT_THE_END,
    WORDS,
)
from archiver.quotes.people import People, fold
from archiver.quotes.ranking import probabilities

_BY_ROLE, _BY_SALIENCE = 0.95, 0.65  # how sure a definite noun is of its person, with and without the role
_BY_SENTENCE = 0.9  # how sure a pronoun or a definite noun is of the one whom the sentence before is about
_PRONOUN_BEHIND = 8  # chunks from a quotation to the pronoun behind it
_LEADING_WORD = 40  # letters, at most, of the word before a name
_LEADING = "dowWbO,h"  # chunks between the beginning of a sentence and the name of its subject
_BY_NEIGHBOUR = 0.65  # how sure a noun is of the name that may be its complement's
_BY_SUBJECT = 0.8  # how sure «it» is of the organisation that the sentence before is about
HISTORY = 24  # mentions that a pronoun looks back on
PARAGRAPHS_BACK = 6

Antecedent = tuple[int, float, list[str]]  # a person, its share in the mention, features


class Coreference(People):
    """What each mention of an article resolves to."""

    def __init__(self, chunks: Chunks, weights: Mapping[str, Mapping[str, float]]) -> None:
        super().__init__(chunks)
        self.weights = weights
        self._possessives = {word for word, code in chunks.pack.lexicon.items() if code == POSSESSIVE}
        self._resolved: dict[int, tuple[int, list[tuple[int, float]]]] = {}
        self._next = 0
        self.last_speaker = -1
        self.last_chunk = -1
        self.last_paragraph = 0
        self.quoted: dict[int, int] = {}
        counts = [len(person.mentions) if not person.is_organization else 0 for person in self.persons]
        self.top = counts.index(max(counts)) if counts else -1

    def who(self, place: int) -> list[tuple[int, float]]:
        """The persons that mention `place` may be, each with its probability; empty where it stays a mere mention."""
        mention = self.chunks.mentions[place]
        if mention.kind == NAME:
            return [(self.person_at[place], 1.0)] if self.person_at[place] >= 0 else []
        known = self._resolved.get(place)
        if known is None or (known[0] != self.last_chunk and mention.chunk > self.last_chunk):
            self._up_to(place)
            known = self._resolved[place] = (self.last_chunk, self._resolve(place, mention))
        return known[1]

    def _up_to(self, place: int) -> None:
        """Resolves the pronouns before `place` first, in order, for they are mentions too."""
        first, self._next = self._next, max(self._next, place)
        for earlier in range(first, place):
            mention = self.chunks.mentions[earlier]
            if mention.kind == PERSON_PRONOUN and earlier not in self._resolved:
                self._resolved[earlier] = (self.last_chunk, self._resolve(earlier, mention))

    def spoke(self, person: int, chunk: int, paragraph: int) -> None:
        """Notes who said the last quotation, at which mention and in which paragraph."""
        self.last_speaker, self.last_chunk, self.last_paragraph = person, chunk, paragraph
        self.quoted[person] = self.quoted.get(person, 0) + 1

    def _resolve(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        if mention.kind == PERSON_PRONOUN:
            if self._relative_meant(place, mention) >= 0 or (mention.gender == "p" and not mention.head):
                return []  # «promettono»: several
            if (before := self._subject_before(place, mention)) >= 0:
                return [(before, _BY_SENTENCE)]
            earlier = [one for one in self._antecedents(place, mention) if not self.persons[one[0]].located]
            found = self.choose("pronoun", place, earlier, none=False)
            if all(self._contradicts(person, mention) for person, _ in found):
                return []  # «elle», where the article names Paul alone
            if any(self._agrees(person, mention) for person, _ in found):
                found = _shared([one for one in found if not self._contradicts(one[0], mention)])
            return found if mention.head else _sharpened(found)  # a verb without its subject means who is in view
        if mention.kind == "r":
            antecedent = self.antecedent(place)
            return self.who(antecedent) if antecedent != place else []
        if mention.kind == OTHER_PRONOUN and mention.gender in ("n", "p"):
            return self._body_before(place, mention)
        if mention.kind == NOUN_PHRASE:
            if (apposed := self._name_beside(mention)) >= 0:
                likely = _BY_NEIGHBOUR if self._names_another(mention, apposed) else 1.0
                return [(person, share * likely) for person, share in self.who(apposed)]
            bare = not self.chunks.pack.articles or mention.paragraph == 0  # headlines leave the article out
            if mention.role_noun and not mention.is_organization and (mention.definite or bare):
                named = not mention.definite or mention.head in self.chunks.pack.unnamed
                return self._definite(place, mention, named=named)
            if mention.definite and mention.is_organization:
                return self._same_body(place, mention)
        return []

    def _relative_meant(self, place: int, mention: Mention) -> int:
        """The mention of an unnamed relative, or of a capital alone, that is the subject shortly before; else -1.

        «His sister disagreed. “He never drives,” she said»: «she» is the sister, not the last woman named.
        """
        agreeing = False  # somebody of the pronoun's gender is nearer
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other = self.chunks.mentions[at]
            if mention.sentence - other.sentence > 2:
                return -1
            if other.kind == NOUN_PHRASE and other.bare:  # a capital that may be a name which nothing confirms
                return at
            if other.paragraph != mention.paragraph:
                return -1
            if other.kind == NAME and self._is_anothers(at):
                continue
            if other.kind == NOUN_PHRASE and other.head in self.chunks.pack.kin and self._is_owned(other):
                return -1 if mention.gender and other.gender and mention.gender != other.gender else at
            told = bool(mention.gender) and other.gender == mention.gender
            if other.kind == NOUN_PHRASE and (told or not agreeing) and self._is_somebody_new(at, other, mention):
                return at
            agreeing = agreeing or (other.kind == NAME and self._agrees(self.person_at[at], mention))
            if other.kind == NAME and self._could_be(self.person_at[at], mention) and self._spot(other) in "cs":
                return -1
        return -1

    def _is_anothers(self, place: int) -> bool:
        """Whether a name is that of a complement: «a spokesman for the minister, [X], declined»."""
        owner = owner_before(self.chunks, place)
        return owner is not None and owner[1] is Whose.COMPLEMENT

    def _subject_before(self, place: int, mention: Mention) -> int:
        """Whom the sentence before a quotation is about, if nobody else: «X disagreed. “Never,” she said»; else -1."""
        codes, mentions, at = self.chunks.codes, self.chunks.mentions, mention.chunk
        quote = codes.rfind(QUOTE, max(0, at - _PRONOUN_BEHIND), at)
        if quote < 2 or codes[quote - 1] != SENTENCE_END or SENTENCE_END in codes[quote:at]:
            return -1
        start = max(codes.rfind(end, 0, quote - 1) for end in (SENTENCE_END, "\n")) + 1
        if QUOTE in codes[start:quote]:
            return -1
        here = [one for one in range(max(0, place - HISTORY), place) if start <= mentions[one].chunk < quote]
        people = [
            one for one in here if mentions[one].kind == NAME and not self.persons[self.person_at[one]].is_organization
        ]
        if len(people) != 1 or not self._could_be(self.person_at[people[0]], mention):
            return -1
        other = mentions[people[0]]
        leads = set(codes[start : other.chunk]) <= set(_LEADING) and codes[other.chunk + 1] != "s"
        return self.person_at[people[0]] if leads and other.paragraph == mention.paragraph else -1

    def _is_somebody_new(self, place: int, other: Mention, mention: Mention) -> bool:
        """Whether the sentence before is about somebody unnamed: «A neighbour shrugged. “…,” he said»."""
        if not other.role_noun or other.is_organization or other.gender == "p" or other.head in self.chunks.pack.askers:
            return False
        if mention.gender and other.gender and mention.gender != other.gender:
            return False
        near = mention.sentence - other.sentence == 1 and (
            self._spot(other) in "cs" or (self._leads(other) and self.chunks.codes[other.chunk + 1] == PREPOSITION)
        )
        unknown = not other.definite or self._is_introduced(other)  # «The mayor of Ellery was unmoved. “…,” he said»
        return near and unknown and not self.who(place)

    def is_relative(self, place: int) -> bool:
        """Whether a noun phrase is somebody's relative: «her brother»."""
        noun = self.chunks.mentions[place]
        return noun.head in self.chunks.pack.kin and self._is_owned(noun)

    def _is_owned(self, noun: Mention) -> bool:
        """Whether a noun has an owner: «her brother», «broren hennes», «Reddy's widow», «the widow of Reddy»."""
        codes = self.chunks.codes
        owners = (POSSESSIVE, OWNER, OBJECT_PRONOUN)  # «haar broer», «o irmão dela» have the form of an object
        beside = codes[noun.chunk - 1 : noun.chunk] in owners or codes[noun.chunk + 1] in (POSSESSIVE, OBJECT_PRONOUN)
        if beside or self._is_in_genitive(noun.chunk - 1) or OWNED_BEHIND.match(codes, noun.chunk + 1):
            return True
        words = self.chunks.text[noun.start : noun.end].lower().split()
        return any(word in self._possessives for word in words)

    def _is_in_genitive(self, chunk: int) -> bool:
        """«Ofrets far»: whether a word has the ending of an owner, where names have that one alone."""
        endings = self.chunks.pack.endings
        owner = len(endings) == 1 and chunk >= 0 and self.chunks.codes[chunk] == WORD
        return owner and self.chunks.words(chunk, chunk + 1).endswith(endings)

    def _contradicts(self, person: int, mention: Mention) -> bool:
        """Whether a pronoun's gender is another than the person's: «elle» is not Paul."""
        known = self.persons[person].gender
        return mention.gender in ("m", "f") and known in ("m", "f") and known != mention.gender

    def _agrees(self, person: int, mention: Mention) -> bool:
        """Whether somebody's gender is known and that of the pronoun."""
        who = self.persons[person]
        return bool(mention.gender) and who.gender == mention.gender and self._could_be(person, mention)

    def _body_before(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«It» or «they» is the body that was the subject of this sentence or the one before, or that spoke last."""
        for at in range(place - 1, max(-1, place - HISTORY), -1):
            other, person = self.chunks.mentions[at], self.person_at[at]
            if mention.sentence - other.sentence > 1 or other.paragraph != mention.paragraph:
                break
            if person >= 0 and self._may_be_body(person) and (self._spot(other) in "cs" or self._leads(other)):
                return [(person, _BY_SUBJECT)]
        last = self.last_speaker
        if last >= 0 and self._may_be_body(last) and 0 <= mention.paragraph - self.last_paragraph < 2:
            return [(last, _BY_SUBJECT)]
        return []

    def _leads(self, other: Mention) -> bool:
        """Whether a mention is the first thing of its sentence, at most a determiner before it."""
        before = self.chunks.codes[max(0, other.chunk - 2) : other.chunk]
        return before[-1:] in (SENTENCE_END, "\n", "") or (
            before[-1:] == "d" and before[:1] in (SENTENCE_END, "\n", "")
        )

    def _may_be_body(self, person: int) -> bool:
        who = self.persons[person]
        return who.is_organization or not (who.gender or who.role or who.called or who.place or who.full)

    def _same_body(self, place: int, mention: Mention) -> list[tuple[int, float]]:
        """«The commission» is the last body named before whose name holds the word."""
        head = fold(mention.head)
        for at in range(place - 1, max(-1, place - 200), -1):
            person = self.person_at[at]
            if person >= 0 and self.persons[person].is_organization and head in self.persons[person].words:
                return [(person, _BY_ROLE)]
        return []

    def _definite(self, place: int, mention: Mention, *, named: bool = False) -> list[tuple[int, float]]:
        """«The senator» is the nearest person of that role; without one perhaps the person most in view.

        With `named` only somebody of that role: the noun has no article that tells it from «a senator».
        """
        as_pronoun = mention._replace(kind=PERSON_PRONOUN)
        found = self._antecedents(place, as_pronoun)
        owner = self._owner(mention)
        found = [one for one in found if one[0] != owner and self._may_be(one[0], mention)]
        same = [one for one in found if self._has_role(one[0], mention)]
        if not same:
            same = [
                (number, 1.0, []) for number in range(min(len(self.persons), 60)) if self._has_role(number, mention)
            ]
        same = [one for one in self._described(same, mention) if self._speaks_for_same(one[0], mention)]
        kin = mention.head in self.chunks.pack.kin
        if not same and (named or kin or not mention.role_noun or self._is_introduced(mention)):
            return []
        before = self._subject_before(place, as_pronoun) if mention.definite and not same else -1
        if before >= 0 and before != owner:
            return [(before, _BY_SALIENCE if self.persons[before].role else _BY_SENTENCE)]
        if not same:
            found = [] if self._is_unclear(found, mention) else found
        certain = _BY_ROLE if same else _BY_SALIENCE
        return [
            (person, likely * certain) for person, likely in self.choose("pronoun", place, same or found, none=False)
        ]

    def _is_unclear(self, found: list[Antecedent], mention: Mention) -> bool:
        """Whether a noun that is nobody's role may mean the last to speak, of another role, or somebody else.

        «…», ricorda la produttrice X. ¶ «…», conferma l'artista.
        """
        codes, last, at = self.chunks.codes, self.last_speaker, mention.chunk
        quote = codes.rfind(QUOTE, max(0, at - _PRONOUN_BEHIND), at)
        opens = quote > 0 and codes[quote - 1] == "\n"
        several = len({person for person, _, _ in found}) > 1
        return opens and several and last >= 0 and bool(self.persons[last].role)

    def _is_introduced(self, mention: Mention) -> bool:
        """Whether words after a noun say which one it is, so that nobody known is meant: «the head of the fair»."""
        codes, at = self.chunks.codes, mention.chunk
        if self.chunks.pack.case == "nouns" and codes[at + 1] in "dy" + NOUN_PHRASE:
            return True  # «die Leiterin des Festivals»
        complement = codes[at + 1] == PREPOSITION and codes[at + 2] in "dw" + NAME + NOUN_PHRASE + BODY
        return complement and not self.chunks.text[self.chunks.starts[at + 2]].isdigit()  # «la delantera de 29 años»

    def _speaks_for_same(self, person: int, mention: Mention) -> bool:
        """Whether somebody known speaks for the same ones as this: «представитель завода» is not the mine's."""
        chunks = self.chunks
        if mention.head not in chunks.pack.representatives or chunks.codes[mention.chunk + 1] not in WORD + BODY:
            return True
        if chunks.pack.articles:
            return True
        complement = chunks.words(mention.chunk + 1, mention.chunk + 2).lower().split()
        return not self.persons[person].role or any(word in self.persons[person].about for word in complement)

    def _described(self, found: list[Antecedent], mention: Mention) -> list[Antecedent]:
        """Of persons with the same role those that share most of the noun's other words: «the Vermont senator»."""
        words = set(WORDS.findall((mention.role or "").lower())) - {mention.head}
        shared = [len(words & self.persons[person].about) for person, _, _ in found]
        most = max(shared, default=0)
        return [one for one, count in zip(found, shared, strict=True) if count == most]

    def _may_be(self, person: int, mention: Mention) -> bool:
        """Neither a body nor of another gender than the noun tells."""
        who = self.persons[person]
        return not who.is_organization and not (mention.gender and who.gender and mention.gender != who.gender)

    def _owner(self, mention: Mention) -> int:
        """«X's strategist» is not X."""
        at = mention.chunk
        if at > 1 and self.chunks.codes[at - 2 : at] == "Xs":
            return self.person_at[self.chunks.mention_at[at - 2]]
        return -1

    def _has_role(self, person: int, mention: Mention) -> bool:
        """Whether a word of the person's role is the noun, or the noun's abbreviation."""
        if not mention.role_noun:
            return False
        words = self.persons[person].about
        head = self._stem(fold(mention.head)) if self.endings else ""
        return any(
            word == mention.head
            or (len(word) >= 3 and mention.head.startswith(word))
            or (head and head == self._stem(fold(word)))
            for word in words
        )

    def _name_beside(self, mention: Mention) -> int:
        """The name that a noun phrase is set beside: «X, a strategist», «another brother, X,»; else -1."""
        codes, at = self.chunks.codes, mention.chunk
        places = []
        leads = codes[max(0, at - 4) : at - 2] in ("p", "\np", "$p")  # «In Ellery, the mayor said»
        if at > 1 and codes[at - 1] == "," and codes[at - 2] == NAME and codes[at + 1] not in SAYING and not leads:
            places.append(self.chunks.mention_at[at - 2])
        moved = codes[at + 1] in SAYING and self.chunks.starts[at + 1] == self.chunks.ends[at + 1]
        beside = NAME_APPOSED.match(codes, at + 1 + moved)  # «Gestern sagte der Minister, X: “…”»
        if beside and (codes[at - 1 : at] != "a" or codes[beside.end()] in ",$"):  # «selon le jugement, X …» are two
            places.append(self.chunks.mention_at[beside.end() - 1])
        elif not self.chunks.pack.articles and (beside := NAME_COMPLETES_ROLE.match(codes, at + 1)):
            governed = codes[beside.end() - 2] == PREPOSITION  # «Borgmästaren i X»
            tells = not governed and _tells(codes, at, beside.end())
            places += [self.chunks.mention_at[beside.end() - 1]] if tells else []
        behind = name_behind(self.chunks, mention)
        if behind is not None and not is_own(behind[1]):
            places = [place for place in places if place != behind[0]]
        return next((place for place in places if self._may_be_beside(place, mention)), -1)

    def _names_another(self, mention: Mention, apposed: int) -> bool:
        """Whether the name may be that of the noun's complement: «a lawyer for the defendant, X,»."""
        behind = name_behind(self.chunks, mention)
        if behind is not None and behind[0] == apposed:
            return behind[1] is not Whose.SPEAKER
        between = range(mention.chunk + 1, self.chunks.mentions[apposed].chunk)
        nouns = [self.chunks.mention_at[chunk] for chunk in between if self.chunks.codes[chunk] == NOUN_PHRASE]
        return any(self.chunks.mentions[noun].role_noun for noun in nouns)

    def _word_before(self, place: int) -> str:
        start = self.chunks.mentions[place].start
        before = self.chunks.text[max(0, start - _LEADING_WORD) : start].lower().split()
        return before[-1] if before else ""

    def _may_be_beside(self, place: int, mention: Mention) -> bool:
        """Whether a name is of the noun's kind and no complement of it: «a spokesman for the shipping company X»."""
        other, pack, leading = self.chunks.mentions[place], self.chunks.pack, self._word_before(place)
        if not mention.is_organization and pack.lexicon.get(leading) == BODY:
            return False
        named = mention.is_organization and other.chunk == mention.chunk + 1 and len(other.name) == 1
        owns = self.chunks.codes[other.chunk + 1] == OWNER  # «cam fabrikası Kristal'in sözcüsü»
        alike = named or other.is_organization == mention.is_organization  # «syndicat Sud-Santé»
        return alike and not other.oblique and not owns

    def antecedent(self, place: int) -> int:
        """The mention that «who» stands for, right before it, or «she» for a relative; any other refers to itself."""
        if place < 0:
            return place
        mention = self.chunks.mentions[place]
        if mention.kind == PERSON_PRONOUN:
            relative = self._relative_meant(place, mention)
            return relative if relative >= 0 else place
        if mention.kind != RELATIVE:
            return place
        at = self.chunks.mentions[place].chunk - 1
        if at >= 0 and self.chunks.codes[at] == ",":
            at -= 1
        return self.chunks.mention_at[at] if at >= 0 and self.chunks.codes[at] in "XO" else place

    def choose(self, model: str, place: int, found: list[Antecedent], *, none: bool) -> list[tuple[int, float]]:
        """The persons behind a mention by the trained model, the likeliest first, each summed over its mentions."""
        if not found:
            return []
        candidates = [features for _, _, features in found]
        if none:
            candidates.append(["none", "none" + self._form(self.chunks.mentions[place])])
        sums: dict[int, float] = {}
        for (person, share, _), likely in zip(found, probabilities(self.weights[model], candidates), strict=False):
            sums[person] = sums.get(person, 0.0) + likely * share
        return sorted(sums.items(), key=lambda item: -item[1])[:4]

    def _form(self, mention: Mention) -> str:
        word = self.chunks.text[mention.start]
        code = self.chunks.pack.lexicon.get(self.chunks.text[mention.start : mention.end].split()[0].lower(), "")
        return (
            ("b" if mention.is_organization else "o")
            + (code or "-")
            + ("C" if word.isupper() else "")
            + ("d" if mention.definite else "")
        )

    def _antecedents(self, place: int, mention: Mention) -> list[Antecedent]:
        """Earlier mentions of persons outside the marks, nearest first."""
        mentions, found, seen = self.chunks.mentions, [], 0
        at = place - 1
        ranked: dict[int, int] = {}
        nearest: dict[str, int] = {}
        beside = self._words_beside(mention)
        while at >= 0 and seen < HISTORY:
            other = mentions[at]
            if mention.paragraph - other.paragraph > PARAGRAPHS_BACK:
                break
            if other.kind == NAME or (other.kind == PERSON_PRONOUN and mention.kind == PERSON_PRONOUN):
                seen += 1
                for person, _ in self.who(at)[:1]:
                    if (
                        mention.kind == NOUN_PHRASE
                        and self.persons[person].is_organization
                        and not mention.is_organization
                    ):
                        continue
                    if person not in ranked:
                        ranked[person] = sum(self._could_be(one, mention) for one in ranked)
                    spot = self._spot(other)
                    features = self._features(mention, other, person, ranked[person], spot, beside)
                    if self._could_be(person, mention):
                        for what in (spot, other.kind, "any", "l" if other.chunk == self.last_chunk else spot):
                            if nearest.setdefault(what, person) == person:
                                features.append("near" + what)
                    found.append((person, 1.0, features))
            at -= 1
        if mention.kind == NOUN_PHRASE:
            self._same_role(mention, found, ranked)
        elif sum(self._could_be(one, mention) for one in ranked) == 1:
            for person, _, features in found:
                if self._could_be(person, mention):
                    features.append("only")
        return found

    def _spot(self, other: Mention) -> str:
        """The grammatical place of an antecedent: subject of a verb of saying, subject, possessor, object."""
        codes, chunk = self.chunks.codes, other.chunk
        first = chunk - 1
        while first > 0 and codes[first] in "od":
            first -= 1
        before, after = codes[first] if chunk else "\n", codes[chunk + 1]
        if (
            after in SAYING
            or (after == "x" and codes[chunk + 2] in SAYING)
            or (before in SAYING and chunk > 1 and codes[chunk - 2] in "Q,")
        ):
            return "c"
        if before in "$\n,ctr-Q" and after in "STLxw,rQ":
            return "s"
        if after in "$,r" and (found := SUBJECT_AT_THE_END.search(codes, max(0, chunk - 12), chunk)):
            return "c" if SAY in found[0] else "s"
        return "p" if after == "s" else "o" if before in "pSTLw" else "-"

    def _could_be(self, person: int, mention: Mention) -> bool:
        """Whether neither gender nor kind speaks against a person behind a pronoun."""
        who = self.persons[person]
        return (
            not who.is_organization
            and not who.thing
            and not who.place
            and not (who.gender and mention.gender and who.gender != mention.gender)
        )

    def _words_beside(self, mention: Mention) -> str:
        """The quotation right beside a pronoun: who speaks seldom names himself in it."""
        codes, chunk = self.chunks.codes, mention.chunk
        before = codes.rfind(QUOTE, max(0, chunk - 4), chunk)
        at = before if before >= 0 else codes.find(QUOTE, chunk, chunk + 9)
        return self.chunks.text[self.chunks.starts[at] : self.chunks.ends[at]] if at >= 0 else ""

    def _same_role(self, mention: Mention, found: list[Antecedent], ranked: dict[int, int]) -> None:
        """Persons anywhere whose role holds the noun."""
        for number, person in enumerate(self.persons[:60]):
            if number not in ranked and person.role and mention.head in person.role.lower():
                found.append((number, 1.0, ["far", "role="]))

    def _features(self, mention: Mention, other: Mention, person: int, rank: int, place: str, beside: str) -> list[str]:
        """What speaks for `other` being meant by `mention`, by structure alone."""
        who = self.persons[person]
        paragraphs = mention.paragraph - other.paragraph
        sentences = min(mention.sentence - other.sentence, 6)
        if mention.kind == PERSON_PRONOUN:
            other_gender = other.gender if other.kind == PERSON_PRONOUN else who.gender
            gender = "?" if not (mention.gender and other_gender) else "=" if mention.gender == other_gender else "!"
            kind = "b" if who.is_organization else ("i" if other.kind == PERSON_PRONOUN else "X" if who.full else "1")
        else:
            gender = (
                "="
                if who.role and mention.head in who.role.lower()
                else "!"
                if mention.gender and who.gender not in ("", mention.gender)
                else "?"
            )
            kind = ("b" if mention.is_organization else "o") + (
                "b" if who.is_organization else "X" if who.full else "1"
            )
        near = "0" if sentences == 0 else "1" if sentences == 1 else "p" if paragraphs == 0 else str(min(paragraphs, 4))
        features = [
            "g" + gender, "k" + kind, "kg" + kind + gender, "n" + near, "c" + place, "cn" + place + near,
            "s" + str(sentences),
            "r" + str(min(rank, 5)), "rc" + str(min(rank, 3)) + place, "rn" + str(min(rank, 3)) + near,
            "f" + str(min(len(who.mentions), 5)),
            "rg" + str(min(rank, 3)) + gender,
        ]  # fmt: skip
        human = self.person_evidence(person)
        features += ["h" + human, "h" + human + gender, *["h1" + flag for flag in human]]
        if beside and self.surname(person) in beside:
            features += ["named", "named" + near]
        if person == self.top:
            features += ["top", "top" + near]
        if other.chunk == self.last_chunk:
            features += ["spoke", "spoke" + near]
        if person == self.last_speaker:
            gap = str(min(mention.paragraph - self.last_paragraph, 3))
            features += ["last", "last" + near, "last" + gap, "last" + gap + str(min(rank, 2))]
        features.append("quoted" + str(min(self.quoted.get(person, 0), 4)))
        if other.paragraph == 0:
            features.append("title")
        if mention.kind == NOUN_PHRASE:
            features += ["form" + self._form(mention) + gender, "def" + str(mention.definite) + gender]
        return features


def _shared(found: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The shares of those that are left, one in all."""
    total = sum(share for _, share in found) or 1.0
    return [(person, share / total) for person, share in found]


def _sharpened(found: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """The shares squared: what the missing pronoun cannot tell speaks neither for nor against anybody."""
    return _shared([(person, share * share) for person, share in found])


def _tells(codes: str, first: int, past: int) -> bool:
    """Whether a verb of saying is before or after what the chunks from `first` to before `past` name."""
    first -= codes[first - 1 : first] == WORD
    return codes[first - 1 : first] in ("S", "T", "L", "a") or codes[past] in "STLx" or codes.startswith(",Q", past)
