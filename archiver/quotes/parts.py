"""The part that a mention plays beside a quotation: who may have said it, who is told it, who is only spoken of."""

from __future__ import annotations

import re

from archiver.languages import (
    BEFORE,
    DETERMINER,
    NOUN_CUE,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    PREPOSITION,
    RELATIVE,
    SAY,
)
from archiver.quotes.features import QuoteContext
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END
from archiver.quotes.patterns import (
    ADDRESSED,
    AGENT_BEFORE,
    AGENT_BEHIND,
    CALLED_BEHIND,
    CALLED_TOO,
    LED_BY_PREPOSITION,
    MARKED_SUBJECT,
    RIGHT_BEFORE,
    SAYING,
    SAYS,
    SAYS_AS_RELATIVE,
    SAYS_TOO,
    SAYS_WITHOUT_SUBJECT,
    SOURCE,
    SOURCE_BEFORE,
    VERB,
)
from archiver.quotes.ruled_out import RuledOut
from archiver.quotes.sources import is_impersonal

_SAYS_NEARER = re.compile(rf"{QUOTE}[^{QUOTE}]*[{NAME}{PERSON_PRONOUN}]{VERB}")  # the same of a later clause
_LEADING = 3  # chunks of a role before a name
_AFTER_QUOTE = 5  # chunks behind a quotation in which its speaker is named
_TWO_NAMES = 3  # words of a run of capitals that may be two names, at least


def _first_of(codes: str, chunk: int) -> int:
    """Where the words begin that lead up to a name: «(by) opposition leader Cora Vane»."""
    first = chunk
    while first > 1 and chunk - first < _LEADING and codes[first - 1] in "odw" and codes[chunk] == NAME:
        first -= 1
    return first


class Parts(RuledOut):
    """What the sentence tells of the mentions beside the quotations of a text."""

    def _subjects(self, context: QuoteContext, near: list[int]) -> list[int]:
        """Who may be the subject that a verb behind the marks leaves out: whom no preposition leads to, if anybody."""
        codes, dropped = self.chunks.codes, self.chunks.pack.dropped and self.chunks.pack.articles
        told = SAYS_WITHOUT_SUBJECT.match(codes, context.at + 1) if dropped else None
        if told is None:
            return near
        free = [place for place in near if not self._is_led(place) and self._chunk_of(place) < told.end()]
        return free or [place for place in near if self._chunk_of(place) < context.at]

    def _is_led(self, place: int) -> bool:
        """Whether a preposition leads to a mention; not «(disse) ao PÚBLICO Ana Reis», «… Ana Reis, a prefeita»."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        led = LED_BY_PREPOSITION.search(codes, max(0, mention.chunk - 4), mention.chunk)
        described = codes[mention.chunk + 1 : mention.chunk + 3] == "," + NOUN_PHRASE
        return led is not None and len(mention.name) < _TWO_NAMES and not described

    def _is_agent(self, context: QuoteContext, place: int) -> bool:
        """Whether somebody is who acts in the sentence's passive: «was called “…” by X»."""
        codes, chunk = self.chunks.codes, self.chunks.mentions[place].chunk
        first = _first_of(codes, chunk)
        if codes[first - 1 : first] != BEFORE:
            return False
        between = codes[chunk + 1 : context.at] if chunk < context.at else codes[context.at + 1 : first - 1]
        beside = AGENT_BEHIND if chunk > context.at else AGENT_BEFORE
        return beside.fullmatch(between) is not None and self._leads_to_agent(first - 1)

    def _signs_in_brackets(self, context: QuoteContext, place: int) -> bool:
        """«“a lifeline” (X), “a crime” (Y)»: the name in brackets right behind the marks."""
        codes, chunk = self.chunks.codes, self.chunks.mentions[place].chunk
        behind = codes[context.at + 1 : chunk]
        return (
            behind in ("(", "(d", "(o") and codes[chunk] in NAME + NOUN_PHRASE and codes[chunk + 1] in ")," + RELATIVE
        )

    def _is_given_as_source(self, context: QuoteContext, place: int) -> bool:
        """«…, according to a diplomat in Cairo, “…”»: the name, or somebody new, that «according to» leads to."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        first = _first_of(codes, mention.chunk)
        if codes[max(0, first - 2) : first] == BEFORE + NAME and self.chunks.pack.case == "names":
            first -= 1  # «according to Findall Search lead X»
        if mention.chunk >= context.at or codes[first - 1 : first] != BEFORE:
            return False
        article = self.chunks.text[mention.start : mention.end].lower().partition(" ")[0]
        if mention.kind != NAME and (mention.definite or self.chunks.pack.lexicon.get(article) != DETERMINER):
            return False
        return SOURCE_BEFORE.fullmatch(codes, mention.chunk + 1, context.at) is not None

    def _is_marked_subject(self, context: QuoteContext, place: int) -> bool:
        """«X は “…” と述べた»: whom a particle marks as the subject of the verb, which was put right behind it."""
        chunks, mention = self.chunks, self.chunks.mentions[place]
        verb = mention.chunk + 1
        put = chunks.codes[verb : verb + 1] in tuple(SAYING) and chunks.starts[verb] == chunks.ends[verb]
        if not put or not chunks.pack.subject or not context.start <= verb < context.at:
            return False
        if _SAYS_NEARER.search(chunks.codes, verb + 1, context.at):
            return False  # «Xさんが「…」と言えば、Yさんは「…」と返す»
        known = (
            mention.kind == NOUN_PHRASE
            and mention.head not in chunks.pack.askers
            and (self.people.who(place) or " " not in chunks.text[mention.start : mention.end])
        )
        # somebody named before, whose other mentions count too; «X에 따르면 계약은 “…”»
        return not known and BEFORE not in chunks.codes[context.start : context.at]

    def _says_in_relative_clause(self, context: QuoteContext, place: int) -> bool:
        """«X cites two scholars who call it “…”»: the noun right before the relative clause that has the marks."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind not in (NAME, NOUN_PHRASE) or not context.start <= mention.chunk < context.at:
            return False
        if mention.definite:
            return False  # somebody named before, whose other mentions count too
        first = _first_of(codes, mention.chunk)
        if codes[first - 1 : first] == PREPOSITION and codes[first - 2 : first - 1] in (NAME, NOUN_PHRASE):
            return False  # «the wife of X, who said …»
        found = SAYS_AS_RELATIVE.fullmatch(codes, mention.chunk + 1, context.at)
        if found is None or found["who"] == RELATIVE:
            return found is not None
        if found["who"] == DETERMINER:
            return bool(found["apart"]) and self.chunks.pack.verb_second  # «zwei Gelehrte, die sagen»
        return bool(found["apart"]) or codes[mention.chunk - 1] not in PREPOSITION + SAYING  # «dice al rey que …»

    def _is_owned(self, context: QuoteContext, place: int) -> bool:
        """«Tarr's agent said he was “well”»: whoever belongs to somebody named, and is the last to say a thing."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind != NOUN_PHRASE or codes[max(0, mention.chunk - 2) : mention.chunk] != NAME + OWNER:
            return False
        if self.chunks.pack.lexicon.get(mention.head) == NOUN_CUE:
            return False  # «Tarr's statement read: “…”»
        says = SAYS.match(codes, mention.chunk + 1, context.at)
        return (
            says is not None and mention.chunk >= context.start and not SAYS_TOO.search(codes, says.end(), context.at)
        )

    def _is_put_to_somebody(self, context: QuoteContext, near: list[int]) -> bool:
        """«X was asked whether she was “tired”»: the words of somebody whom the sentence does not name."""
        pack, mentions = self.chunks.pack, self.chunks.mentions
        told = any(code in SAYING for code in self.chunks.codes[context.at + 1 : context.end])
        if not told and MARKED_SUBJECT.fullmatch(self.chunks.codes, context.start, context.at):
            return True
        for place in near:
            chunk = mentions[place].chunk
            if not context.start <= chunk < context.at or mentions[place].kind == NOUN_PHRASE:
                continue
            found = ADDRESSED.fullmatch(self.chunks.codes, chunk + 1, context.at)
            if found is None and pack.verb_second:
                found = CALLED_BEHIND.fullmatch(self.chunks.codes, chunk + 1, context.at + 2)
            if found is None:
                continue
            auxiliary, verb = (self.chunks.words(*found.span(part)).lower() for part in ("passive", "verb"))
            if auxiliary in pack.passive and verb.endswith(pack.participles):
                return True
        return self._is_called_too(context)

    def _is_called_too(self, context: QuoteContext) -> bool:
        """«It has been hailed as “…”, mocked as “…”»: another participle of a passive, with nobody of its own."""
        chunks, pack, at = self.chunks, self.chunks.pack, context.at
        before = chunks.codes.rfind(QUOTE, context.start, at)
        found = CALLED_TOO.fullmatch(chunks.codes, before + 1, at) if before >= 0 else None
        if found is None or not chunks.words(*found.span("verb")).lower().endswith(pack.participles):
            return False
        if chunks.words(at - 1, at).lower() not in pack.likening:
            return False  # «… was “grim” and promised to “act”»
        return any(word in pack.passive for word in chunks.words(context.start, before).lower().split())

    def _leads_to_agent(self, chunk: int) -> bool:
        """Whether a chunk is the «by» of a passive."""
        word = self.chunks.text[self.chunks.starts[chunk] : self.chunks.ends[chunk]].lower()
        return word in self.chunks.pack.agents

    def _relative_before(self, context: QuoteContext, near: list[int]) -> int:
        """«…, says Ida Holm. Her brother laughs. “Not me,” he says»: the relative whom the sentence before is about."""
        codes, at = self.chunks.codes, context.at
        if NAME in codes[at + 1 : min(context.end, at + _AFTER_QUOTE)]:
            return -1
        for place in reversed(near):
            mention = self.chunks.mentions[place]
            if mention.chunk > at or mention.kind != NOUN_PHRASE:
                if mention.chunk < at and mention.kind == NAME:
                    return -1
                continue
            if mention.paragraph != context.paragraph or self.chunks.sentence_of[at] - mention.sentence > 1:
                return -1
            first = mention.chunk - (codes[mention.chunk - 1] in "yd")
            if codes[first - 1 : first] in ("", "\n", SENTENCE_END) and self.people.is_relative(place):
                return place
        return -1

    def _is_inverted_right_before(self, context: QuoteContext, place: int) -> bool:
        """«…, antwortete Frost: “…”», «…, bezeichnete er als einen “…”»: the subject between its verb and the marks."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        chunk, between = mention.chunk, codes[mention.chunk + 1 : context.at]
        if chunk < 2 or chunk > context.at:
            return False
        inverts = self.chunks.pack.verb_second and codes[chunk - 1] in SAYING
        if inverts and between == ":" and mention.kind == PERSON_PRONOUN:  # «Kurz darauf sagte sie: “…”»
            if mention.gender == "m" or self.chunks.pack.case == "names":  # «När X friade svarade hon: “…”»
                return codes[chunk - 2] not in SOURCE
            first = max(context.start, codes.rfind(QUOTE, context.start, chunk) + 1)
            return not any(code in SOURCE for code in codes[first:chunk])  # «sie» may be the object
        if codes[chunk - 2] not in ",\n" + SENTENCE_END:
            return False
        if mention.kind == NAME:
            return codes[chunk - 1] == SAY and between == ":"
        he = mention.kind == PERSON_PRONOUN and mention.gender == "m"  # «sie» may be the object
        return he and inverts and bool(RIGHT_BEFORE.fullmatch(between))

    def _is_impersonal(self, context: QuoteContext, place: int) -> bool:
        """«In dem Brief, den X unterschrieb, heißt es, …»: the pronoun of a verb that has no speaker."""
        codes, mention = self.chunks.codes, self.chunks.mentions[place]
        if mention.kind != OTHER_PRONOUN or mention.chunk > context.at or not self.chunks.pack.impersonal:
            return False
        if any(
            code in SAYING + QUOTE for code in codes[mention.chunk : context.at] + codes[context.at + 1 : context.end]
        ):
            return False
        return codes[mention.chunk - 1] in SAYING and is_impersonal(self.chunks, mention.chunk - 1)
