"""The one mention that the sentence, or the sentences beside it, leave as whoever said a quotation."""

from __future__ import annotations

import re

from archiver.languages import BEFORE, OWNER, PERSON_PRONOUN, SAY
from archiver.quotes.authors import author_before, author_given, author_of
from archiver.quotes.clauses import own_name
from archiver.quotes.features import QuoteContext
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks
from archiver.quotes.objects import agent_in_front, subject_behind_object
from archiver.quotes.parts import Parts
from archiver.quotes.patterns import (
    INVERTED_RIGHT_AFTER,
    MODIFIES,
    OWNED_BEFORE,
    SAYING,
    SAYS_OF,
    SAYS_WITHOUT_SUBJECT,
    SOURCE,
    TOLD_WITHOUT_SUBJECT,
    VERB_UNKNOWN_ALONE,
)
from archiver.quotes.publications import publisher
from archiver.quotes.reporters import reporter
from archiver.quotes.ruled_out import Identities
from archiver.quotes.subjects import (
    apposed_subject,
    given_source,
    newcomer_before,
    newly_named_before,
    own_subject,
    reporter_before,
    subject_before,
    subject_before_colon,
    subject_behind,
    viewpoint,
)

_CARD = re.compile(f"{NAME}(?:[,(][^$:;{QUOTE}{SAYING}{NAME}]{{1,9}})")  # «X, 34, nurse»
_TOLD_BEHIND = re.compile(rf"{QUOTE}*\$([^{QUOTE}$\n]+)\$")
_CLAUSE = 3  # blanks in more words than a name or a term has
_ADVERB = "mente"  # the end of a word behind a quotation that is no verb, in languages that leave the subject out
_AGENT = 12  # chunks from the marks to who acts behind them


class DecidedBySentence(Parts):
    """Decides where no ranking is needed, and keeps why for the quotation it looked at last."""

    def __init__(self, chunks: Chunks, people: Identities) -> None:
        super().__init__(chunks, people)
        self.by_paragraph: list[list[int]] = [[] for _ in chunks.paragraphs]
        for place, mention in enumerate(chunks.mentions):
            self.by_paragraph[mention.paragraph].append(place)
        self.called = False  # whether the sentence says, with its object in front, what somebody calls it
        self.reported = False  # whether its mood tells that it gives somebody's words
        self.written = False  # whether the sentence says whose document it is from
        self.told_of = False  # whether the sentence beside it does, so that the last speaker does not go on

    def _decided(self, context: QuoteContext, near: list[int]) -> list[int]:
        """The one mention that the sentence leaves: who acts in its passive, or whom the line above announces."""
        mentions = self.chunks.mentions
        own = own_name(self.chunks, context.at)
        if own < 0:
            own = subject_behind_object(self.chunks, context.start, context.at)
            self.called = own >= 0
        if own < 0:
            own = agent_in_front(self.chunks, context.start, context.at)
        if own >= 0:
            self.told_of = True
            return [own]
        author = author_of(self.chunks, context.at)
        self.written = author in near and bool(mentions[author].kind == NAME or self.people.who(author))
        author = author if self.written else author_before(self.chunks, context.at)
        author = author if author >= 0 else author_given(self.chunks, context.at)
        if author not in near:
            author = publisher(self.chunks, context.at)
            self.written = author >= 0
        if author >= 0:
            self.told_of = True
            return [author]
        for place in near:
            chunk = mentions[place].chunk
            if not context.start <= chunk <= context.at + _AGENT:
                continue
            if self._is_agent(context, place) or self._signs_in_brackets(context, place):
                return [place]
            if self._says_it(context, chunk) or self._is_owned(context, place):
                return [place]
            if self._is_given_as_source(context, place):
                return [place]
            if self._is_inverted_right_before(context, place) or self._is_impersonal(context, place):
                return [place]
            if self._says_in_relative_clause(context, place) or self._is_marked_subject(context, place):
                return [place]
        relative = self._relative_before(context, near)
        if relative >= 0:
            return [place for place in near if place == relative or mentions[place].kind == PERSON_PRONOUN]
        announced = self._announced(context)
        if announced:
            return announced
        reports = reporter(self.chunks, context.start, context.end, context.at)
        if reports >= 0:
            self.told_of = True
            self.reported = context.words[:1].islower() or context.words.count(" ") >= _CLAUSE
            return [reports]
        seen = viewpoint(self.chunks, context.start, context.at)
        if seen >= 0 and (self.chunks.mentions[seen].kind == NOUN_PHRASE or self._is_person(seen)):
            self.told_of = self.called = True
            return [seen]
        about = self._whom_it_is_about(context, near)
        self.told_of = bool(about)
        return about

    def _whom_it_is_about(self, context: QuoteContext, near: list[int]) -> list[int]:
        """The person of whom the sentence beside a quotation tells, where no verb of saying has a subject."""
        if context.paragraph == 0:
            return []
        chunks, at = self.chunks, context.at
        place = max(subject_before_colon(chunks, context.start, at), reporter_before(chunks, at))
        if place < 0:
            own = -1 if chunks.pack.verb_final else own_subject(chunks, context.start, at)
            given = given_source(chunks, context.start, at) if own < 0 else -1
            if given in near and chunks.codes[chunks.mentions[given].chunk - 1] == BEFORE:
                return [given]  # «Secondo Legambiente è “…”»
            own = max(own, given)
            somebody = own in near and (chunks.mentions[own].kind == NOUN_PHRASE or self._is_person(own))
            if somebody and not self._is_no_speaker(own):
                return [own]
            place = apposed_subject(chunks, context.start, at)
        if place < 0 and chunks.pack.dropped and self._lacks_subject(at):
            place = subject_before(chunks, at)
            newcomer = newcomer_before(chunks, at) if place < 0 else -1
            if newcomer in near:
                return [newcomer]
        if place < 0:
            beside = (subject_behind(chunks, at), newly_named_before(chunks, at))
            again = bool(chunks.pack.subject) and chunks.pack.verb_final and beside[0] >= 0  # «“…” 박 씨는 웃었다.»
            place = beside[0] if again else next((one for one in beside if one >= 0 and self._is_introduced(one)), -1)
        somebody = place in near and (chunks.mentions[place].kind == NOUN_PHRASE or self._is_person(place))
        return [place] if somebody else []

    def _lacks_subject(self, at: int) -> bool:
        """Whether the verb of saying behind a quotation has no subject: «“…”, cuenta.»."""
        codes = self.chunks.codes
        told = TOLD_WITHOUT_SUBJECT.match(codes, at + 1) or SAYS_WITHOUT_SUBJECT.match(codes, at + 1)
        if told is None and self.chunks.pack.articles and (verb := VERB_UNKNOWN_ALONE.match(codes, at + 1)):
            return not self.chunks.words(verb.end() - 2, verb.end() - 1).lower().endswith(_ADVERB)
        noun = told is not None and not self.chunks.pack.articles and WORD in told[0]  # «objasnio je veterinar»
        return told is not None and not noun and not any(code in SOURCE for code in told[0])

    def _is_introduced(self, place: int) -> bool:
        """Whether a mention is the first of its person."""
        persons = self.people.who(place)
        return bool(persons) and self.people.first_mention(persons[0][0]) == place

    def _is_person(self, place: int) -> bool:
        """Whether a name is somebody's: given in full, or with a role or what tells the gender, and of no body."""
        persons = self.people.who(place)
        told = self.people.person_evidence(persons[0][0]) if persons else "b"
        return "b" not in told and (self.people.is_in_full(persons[0][0]) or any(flag in told for flag in "gr"))

    def _says_it(self, context: QuoteContext, chunk: int) -> bool:
        """«“…,” said X», «X spoke of “…”»: the mention at a chunk is right beside its verb and the marks."""
        codes, at = self.chunks.codes, context.at
        if chunk < at:
            owned = OWNED_BEFORE.search(codes, max(0, chunk - 5), chunk)  # «Pike’s neighbour (Rita Cobb)»
            first = owned.start() if owned else chunk
            opens = codes[first - 1 : first] in ("", "\n", SENTENCE_END)
            return opens and SAYS_OF.fullmatch(codes, chunk + 1, at) is not None
        owned = OWNED_BEFORE.search(codes, at + 1, chunk)  # «said [Lund's] (old) wife»
        said = INVERTED_RIGHT_AFTER.fullmatch(codes, at + 1, owned.start() if owned else chunk) is not None
        owner = codes[chunk + 1] == OWNER  # «said Lund's wife»
        return said and not owner and not MODIFIES.match(codes, chunk + 1)

    def _announced(self, context: QuoteContext) -> list[int]:
        """«From the mayor, Nora Quist:» or «Nora Quist, 34, nurse», and then her words: the only name of a line."""
        codes, at, mentions = self.chunks.codes, context.at, self.chunks.mentions
        if codes[at - 1 : at] != "\n" or codes[at + 1] not in "\n$!" + QUOTE or context.paragraph < 1:
            return []
        first = self.chunks.line_end[context.paragraph - 2] + 1 if context.paragraph > 1 else 0
        card = context.paragraph > 1 and _CARD.fullmatch(codes, first, at - 1)
        if not card and (context.paragraph < 2 or codes[at - 2] != ":"):
            return []
        named = [place for place in self.by_paragraph[context.paragraph - 1] if mentions[place].kind == NAME]
        return named if len(named) == 1 and mentions[named[0]].in_full else []

    def _told_behind(self, context: QuoteContext) -> list[int]:
        """The names of the sentence behind quotations that open a paragraph: 「…」。そう話すのは佐野健さんだ.

        Languages do so whose verb closes the sentence and that put no space between words.
        """
        codes, pack, first = self.chunks.codes, self.chunks.pack, context.at
        if pack.spaces or not pack.verb_final:
            return []
        while first and codes[first - 1] == QUOTE:
            first -= 1
        behind = _TOLD_BEHIND.match(codes, context.at + 1)
        if behind is None or SAY not in behind[1] or codes[first - 1 : first] not in ("", "\n"):
            return []
        return [self.chunks.mention_at[at] for at in range(behind.start(1), behind.end(1)) if codes[at] == NAME]

    def _signature(self, paragraph: int) -> int:
        """The name on a line of its own that signs the quotation above it: «— Ada Marlow, auditor»; -1 without."""
        if paragraph + 1 >= len(self.by_paragraph) or not self.by_paragraph[paragraph + 1]:
            return -1
        place = self.by_paragraph[paragraph + 1][0]
        mention, codes = self.chunks.mentions[place], self.chunks.codes
        first = mention.chunk - 1
        while codes[first] in "od":
            first -= 1
        below = paragraph + 1 in self.chunks.asides and codes[mention.chunk + 1] in ",\n"
        alone = (codes[first] == "-" and codes[first - 1] == "\n") or (below and codes[first] == "\n")
        return place if alone and QUOTE not in codes[first : self.chunks.line_end[paragraph + 1]] else -1
