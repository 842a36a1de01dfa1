"""Whether the article says that the words were said: they may be denied, supposed or in doubt instead.

Only the reporter's words around the marks count, and only those of the clause that reports: «did not say “…”»,
«denied having said “…”», «if she says “…”», «the claim that he said “…” is false».
"""

from __future__ import annotations

from archiver.languages import NOUN_CUE, RELATIVE, THAT
from archiver.quotes.model import Chunks
from archiver.quotes.suppositions import Suppositions
from archiver.quotes.surroundings import CLAUSE_END, Found, Word
from archiver.quotes.trail import PolarityRule, step
from archiver.records import Kind, Polarity, Span, Step

_NEAR = 3  # words behind a doubt among which is what leads to a clause
_FALSE = 4  # words behind the marks that call them false
_CLAIMING = (NOUN_CUE, THAT, RELATIVE)  # «the claim that he said “…”», «the video in which he says “…”»
_POLARITIES = {
    PolarityRule.NEGATED: Polarity.DENIED,
    PolarityRule.CONTRASTED: Polarity.DENIED,
    PolarityRule.DENIAL: Polarity.DENIED,
    PolarityRule.CONDITION: Polarity.HYPOTHETICAL,
    PolarityRule.UNREAL: Polarity.HYPOTHETICAL,
    PolarityRule.ASKED: Polarity.HYPOTHETICAL,
    PolarityRule.DOUBT: Polarity.DISPUTED,
}


def polarity_of(chunks: Chunks, quote: int, cue: Span | None, kind: Kind) -> tuple[Polarity, Step | None]:
    """What the article says about the words of stretch `quote`, reported by the words at `cue`."""
    found = _Rules(chunks, quote, cue, kind).rule()
    if found is None:
        return Polarity.ASSERTED, None
    rule, span = found
    return _POLARITIES[rule], step("polarity", rule, chunks.text, span)


class _Rules(Suppositions):
    """What the words around a stretch tell of it."""

    def rule(self) -> Found:
        """The first rule that holds."""
        if self.pack.spaces and not self.pack.verb_final and not self._tells():
            return self._asked()
        behind = self._told_at_the_end() if self.pack.verb_final else None
        opened = None if self.pack.spaces else self._opened_as_condition()
        denied = self._contrasted() or self._denied()
        return denied or behind or opened or self._supposed() or self._promised() or self._doubted()

    def _doubted(self) -> Found:
        if found := self._called_false():
            return found
        for word in self.before:
            if word[0] in self.pack.disputes and self.cue and self._near_cue(word):
                return self._told(PolarityRule.DOUBT, word)
        claimed = any(self.pack.lexicon.get(word) in _CLAIMING for word, _, _ in self.before)
        for word in self.after[:6]:
            if word[0] in self.pack.disputes and claimed:
                return self._told(PolarityRule.DOUBT, word)
        return None

    def _called_false(self) -> Found:
        """«“…” was invented», «“…” is a hoax»: a verb without a subject behind the marks calls them so."""
        behind = [self._class(word) for word, _, _ in self.after[:_FALSE]]
        claimed = any(self._class(word) in _CLAIMING for word, _, _ in self.before)
        if claimed and " " in "".join(word for word, _, _ in self.after[:1]) and self.after[0][0] in self.pack.denials:
            return self._told(PolarityRule.DOUBT, self.after[0])  # «El vídeo en què X diu “…” és fals»
        whole = 1 < len(behind) < _FALSE and self.pack.verb_second  # «Videoen, hvor X siger: “…”, er falsk.»
        if behind[:1] != ["x"] or (CLAUSE_END.match(self.chunks.text, self.end) and not whole):
            return None
        for word in self.after[1:_FALSE]:
            if word[0] in self.pack.disputes:
                return self._told(PolarityRule.DOUBT, word)
        return None

    def _near_cue(self, word: Word) -> bool:
        """Whether the doubt and the reporting word are neighbours: «allegedly said»."""
        verb = self._verb_at()
        if verb < 0:
            return False
        place = self.before.index(word)
        behind = [self._class(one) for one, _, _ in self.before[place + 1 : min(place + 1 + _NEAR, verb)]]
        led = any(code in (RELATIVE, THAT) for code in behind)  # «un vídeo falso en el que X dice “…”»
        return (led or abs(place - verb) <= 2) and not self._break(min(place, verb), max(place, verb))
