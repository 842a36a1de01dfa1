"""The text read once, words inside marks left out: words, classed by the language's pack, and the ends of sentences."""

from __future__ import annotations

import re

from archiver.languages import (
    BEFORE,
    BODY,
    CALL,
    DETERMINER,
    NOUN_CUE,
    OBJECT_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    SAY,
    TELL,
    TIME,
    TITLE,
    Pack,
)
from archiver.quotes.grammar import CAPITALS, PUNCTUATION, Capital
from archiver.quotes.layout import Prose, layout, paragraphs
from archiver.quotes.mastheads import MASTHEAD, PAPER
from archiver.quotes.model import CAPITALIZED, QUOTE, SENTENCE_END, WORD, Marked
from archiver.quotes.signs import DOTS, Signs
from archiver.quotes.tokens import Token

_KEPT_CAPITAL = frozenset((ROLE, BODY, TITLE, "a"))
_STRAY = frozenset('"“”„«»`´*_@')
_MAX_PLAIN = 1 << 16
_CAPITAL_WORD = re.compile(rf"(?<![\w'’-])[{CAPITALS}][\w'’-]*")
_NAME_AND_WORDS = re.compile(  # «Ida Holm: “…”»
    rf"(?P<name>(?P<first>[{CAPITALS}][\w'’-]*)(?: [{CAPITALS}][\w.'’-]*){{1,3}}):[ \u00a0]?[“\"„«‘']"
)
_WHOLE_WORD = re.compile(r"[\w'’-]+")
_TWO_CAPITALS = re.compile(rf"([{CAPITALS}][\w'’-]*)[ \u00a0](?=([{CAPITALS}][\w'’-]*))")
_WORD_BEHIND = re.compile(r"[ \u00a0]([\w'’-]+)")
_ELIDED_NAME = re.compile(rf"[dl]['’][{CAPITALS}]")
_ELIDED_PARTICLES = frozenset(("'t", "van't"))
_TELLING = (SAY, TELL, CALL)


def tokens(
    text: str, pack: Pack, marked: list[Marked]
) -> tuple[list[list[Token]], list[tuple[int, int]], frozenset[int]]:
    """The tokens of every paragraph, a quotation being one of class `Q`; the paragraphs' offsets; which are asides."""
    ranges, lines = paragraphs(text), layout(text, pack)
    reader = _Reader(text, pack, ranges)
    out, at = [], 0
    for line, (start, end) in zip(lines, ranges, strict=True):
        inside = []
        while at < len(marked) and marked[at].outer_start < end:
            inside.append(marked[at])
            at += 1
        out.append(reader.paragraph(start, end, line, inside))
    return out, ranges, frozenset(number for number, line in enumerate(lines) if line.aside)


def _straight(low: str) -> str:
    """A word with the typewriter's apostrophe inside and none at its end."""
    return low.replace("’", "'").replace("ʼ", "'").rstrip("'")


class _Reader(Signs):
    def __init__(self, text: str, pack: Pack, ranges: list[tuple[int, int]]) -> None:
        super().__init__(text, pack)
        self.ranges = ranges
        self.title_case = False
        self.named_to = 0  # where the name ends with which a headline in title case opens
        self.lower: frozenset[str] | None = None
        self.families: frozenset[str] | None = None
        self.in_body: frozenset[str] | None = None
        self.titles = frozenset(one for one in ranges if self._is_title_case(*one))
        self.cased, self.nouns = pack.case != "none", pack.case == "nouns"

    def paragraph(self, start: int, end: int, line: Prose, inside: list[Marked]) -> list[Token]:
        """The tokens of the paragraph between two offsets, of its prose alone and what is in marks."""
        out: list[Token] = []
        at = line.start
        self.title_case = self.cased and (start, end) in self.titles
        if self.title_case and self.in_body is None:
            self.in_body = self._names_in_body()
        named = _NAME_AND_WORDS.match(self.text, start, end) if self.title_case else None
        first = named["first"].lower() if named else ""
        known = first in self.pack.first_names or bool(self.in_body and first in self.in_body)
        self.named_to = named.end("name") if named and known else start
        for mark in inside:
            self._narrative(at, min(mark.outer_start, line.end), out)
            at = max(mark.outer_end, line.start)
            if mark.rule == MASTHEAD:
                out.append(Token(PAPER, mark.start, mark.end, self.text[mark.start : mark.end].lower(), True))
                continue
            out.append(Token(QUOTE, mark.start, mark.end, "", False))
            self._after_quote(mark, end, out)
        self._narrative(at, line.end, out)
        return self._given_names(out) if self.pack.subject and not self.pack.spaces else out

    def _names_in_body(self) -> frozenset[str]:
        """Words with a capital in paragraphs that do not give one to every word."""
        found: set[str] = set()
        for start, end in self.ranges:
            if (start, end) not in self.titles:
                found.update(_CAPITAL_WORD.findall(self.text, start, end))
        return frozenset(word.lower() for word in found)

    def _is_title_case(self, start: int, end: int) -> bool:
        """Whether a short paragraph writes (nearly) each word with a capital, as English headlines do."""
        if end - start > 250 or not self.pack.title_case:
            return False
        words = [word for word in self.text[start:end].split() if len(word) > 3 and word[0].isalpha()]
        ended = self.text[end - 1] in ".:"
        share = 0.9 if ended else 0.7
        capitals = len([word for word in words if word[0].isupper()])
        return len(words) >= (6 if ended else 4) and capitals >= share * len(words)

    def _after_quote(self, mark: Marked, end: int, out: list[Token]) -> None:
        """A comma or the end of a sentence inside the marks counts after them, as elsewhere in the world."""
        last = self.text[mark.end - 1]
        if last in ",，、":
            out.append(Token(",", mark.end - 1, mark.end, ",", False))
        elif last == "。" and not self.pack.spaces and self._opens(out) and mark.outer_end < end:
            out.append(Token(",", mark.end - 1, mark.end, ",", False))  # “…。”X说
        elif last in ".。":
            following = self.text[mark.outer_end : mark.outer_end + 3].lstrip(" \u00a0")[:1]
            if following and following in "-–—―":  # the name that signs the quotation
                out.append(Token(",", mark.end - 1, mark.end, ",", False))
            elif not following.islower():
                out.append(Token(SENTENCE_END, mark.end - 1, mark.end, ".", False))
        elif last in "!?！？…":
            out.append(Token("!", mark.end - 1, mark.end, "!", False))

    def _opens(self, out: list[Token]) -> bool:
        """Whether the quotation just read begins its sentence."""
        return len(out) < 2 or out[-2].code in (SENTENCE_END, QUOTE)

    def _narrative(self, start: int, end: int, out: list[Token]) -> None:
        """The words and signs between two offsets."""
        while start < end:
            start = self._read(start, end, out)

    def _read(self, start: int, end: int, out: list[Token]) -> int:
        """The same up to an odd word that ends elsewhere than it seemed; returns where to go on."""
        grammar = self.grammar
        plain, capitals = grammar.plain, grammar.capitals
        for match in (grammar.words or grammar.tokens).finditer(self.text, start, end):
            word = match[0]
            first, last = match.span()
            code = plain.get(word)
            if code is not None:
                out.append(Token(code, first, last, word))
            elif (capital := capitals.get(word)) is not None:
                self._capital(capital, first, last, out)
            elif self._is_odd(word) and (whole := grammar.tokens.match(self.text, first, end)):
                self._word(whole[0], first, whole.end(), out)
                if whole.end() != last:
                    return whole.end()
            elif self._is_plain(word):
                out.append(Token(self._remembered(word), first, last, word))
            else:
                self._word(word, first, last, out)
        return end

    def _remembered(self, word: str) -> str:
        """The class of a plain word."""
        code = self.grammar.plain[word] = self.pack.lexicon.get(word) or self._role(word) or WORD
        return code

    def _is_odd(self, word: str) -> bool:
        """Whether something longer or shorter than this word may begin with it."""
        if self.grammar.words is None:
            return False
        initial = len(word) == 1 and word.isalpha()
        return initial or "'" in word or "’" in word or word.lower() in self.grammar.odd

    def _is_plain(self, word: str) -> bool:
        """Whether a word in lower case is classed alike wherever it is."""
        if not word.islower() or len(self.grammar.plain) >= _MAX_PLAIN:
            return False
        if not self.cased or "-" in word or word in self.pack.opening or not word[0].isalpha():
            return False
        return word in self.pack.lexicon or word.isalpha()

    def _word(self, word: str, start: int, end: int, out: list[Token]) -> None:
        """One word or sign whose class depends on its place."""
        if word in PUNCTUATION:
            out.append(Token(PUNCTUATION[word], start, end, word, False))
            return
        if word in _STRAY:
            return
        low, lexicon = word.replace("İ", "i").lower(), self.pack.lexicon  # i of one sign, as the packs have it
        if "'t" in self.pack.particles and low.replace("’", "'") in _ELIDED_PARTICLES:
            out.append(Token(PREPOSITION, start, end, low.replace("’", "'"), word[0].isupper()))
            return
        if low in DOTS and not self.cased:
            self._uncased(start, end, low, "/", out)
            return
        if not low[0].isalpha():
            self._sign(start, end, low, out)
            return
        capital = self.cased and (word[0].isupper() or self._has_particle(word))
        if capital and "-" in word and (tail := self._compound(word, out)):
            out.append(Token(tail, start, end, low.rpartition("-")[2], False))
            return
        code = lexicon.get(low) or lexicon.get(_straight(low))
        if code is None and low.endswith(".") and lexicon.get(low[:-1]) == TITLE:
            code = TITLE  # «Dr.»
        if capital:
            known = Capital(low, code or "", self._role(low))
            if word.isalpha() and len(self.grammar.capitals) < _MAX_PLAIN and not self._is_odd(word):
                self.grammar.capitals[word] = known
            self._capital(known, start, end, out)
            return
        if code is None and "-" in low and (cut := self._inverted(start, low)):
            out += cut
            return
        code = self._opening(low, code, out)
        if not self.cased:
            self._uncased(start, end, low, code, out)
            return
        out.append(Token(code or self._role(low) or WORD, start, end, low))

    def _opening(self, low: str, code: str | None, out: list[Token]) -> str | None:
        """The class of a word, which may be a preposition save where a sentence begins."""
        inside = code == BEFORE and low in self.pack.opening and bool(out) and out[-1].code not in SENTENCE_END
        return PREPOSITION if inside else code

    def _has_particle(self, word: str) -> bool:
        """«al-Rashid», «ad-Daula», «d'Orey»: a particle written onto a name."""
        particle, _, name = word.partition("-")
        written_on = particle in self.pack.particles or particle in self.pack.written_on
        return (name[:1].isupper() and written_on) or bool(_ELIDED_NAME.match(word))

    def _sign(self, start: int, end: int, low: str, out: list[Token]) -> None:
        """A number, a day in figures («8日»), a possessive ending, or any other sign."""
        if low in DOTS and not self.cased:
            self._uncased(start, end, low, "/", out)
        elif low[0].isdigit() and "-" in low:
            out.append(Token(self._role(low) or WORD, start, end, low, False))
        elif low[0].isdigit():
            out.append(Token(TIME if low[-1].isalpha() else "0", start, end, low, False))
        else:
            out.append(Token("s" if low[0] in "'’" and len(low) > 1 else "/", start, end, low, False))

    def _compound(self, word: str, out: list[Token]) -> str:
        """The class of «NRK-kommentator», «Trump-backed»: that of the end, unless it is a name, «Ban Ki-moon»."""
        head, _, tail = word.rpartition("-")
        if len(tail) < 3 or not tail.islower():
            return ""
        known = self.pack.lexicon.get(tail) or self._role(tail)
        if known and known in (ROLE, BODY, NOUN_CUE):
            return known
        return WORD if head.isupper() or not (out and out[-1].capital) else ""

    def _begins(self, out: list[Token]) -> bool:
        """Whether the next word would have a capital anyhow."""
        return (
            not out
            or out[-1].code in "$!:-Q("
            or (out[-1].code == "," and len(out) > 1 and out[-2].code == QUOTE)
            or self.title_case
        )

    def _capital(self, word: Capital, start: int, end: int, out: list[Token]) -> None:
        """A word with a capital: a name, save where its place or what it is tells otherwise."""
        code = self._opening(word.low, word.code, out)
        out.append(Token(self._class(word, code or "", end, first=self._begins(out)), start, end, word.low, True))

    def _class(self, word: Capital, code: str, end: int, *, first: bool) -> str:
        """The class of a word with a capital that ends before offset `end`; `first` where any word would have one."""
        low, pack = word.low, self.pack
        if code == ROLE and low in pack.first_names and not (first or pack.title_case or self.nouns):
            return CAPITALIZED  # «Cristiano Holm», where roles have no capital
        if code in _KEPT_CAPITAL:
            return code
        if not code and (word.role or self.nouns):  # the end of a compound shows whether it is a role or a body
            return word.role or (WORD if low in pack.not_names else CAPITALIZED)
        if code and (first or low in pack.not_names):
            return code
        if end <= self.named_to and self.title_case and not code:
            return CAPITALIZED
        if self.title_case and self.in_body and low not in self.in_body and low not in pack.first_names:
            return WORD  # a headline's capital says nothing; a name is in the body too
        if low in pack.not_names or (first and self._is_written_low(low) and not self._is_of_somebody(low, end)):
            return code or WORD
        if code == POSSESSIVE and low in pack.first_names:
            return CAPITALIZED  # «forskeren Hans Gruber»
        return code if code and code in "eIiky" else CAPITALIZED

    def _is_written_low(self, low: str) -> bool:
        """Whether the text has a word without its capital too."""
        if self.lower is None:
            self.lower = frozenset(_WHOLE_WORD.findall(self.text))
        return low in self.lower

    def _is_of_somebody(self, low: str, end: int) -> bool:
        """«Leslie Field … in the field … “…,” Field argued»: a family name that is a word too, before its verb."""
        behind = _WORD_BEHIND.match(self.text, end)
        if behind is None or self.pack.lexicon.get(behind[1]) not in _TELLING:
            return False
        if self.families is None:
            found = _TWO_CAPITALS.findall(self.text)
            self.families = frozenset(last.lower() for name, last in found if name.lower() in self.pack.first_names)
        return low in self.families

    def _inverted(self, start: int, low: str) -> list[Token]:
        """A verb and its pronoun joined by a hyphen: «dit-il», «affirme-t-elle», «escreveu-lhe»."""
        verb, _, pronoun = low.rpartition("-")
        code = self.pack.lexicon.get(pronoun)
        told = self.pack.lexicon.get(verb, "")
        if code in (OBJECT_PRONOUN, DETERMINER) and told in _TELLING:
            return [Token(told, start, start + len(low), verb, False)]
        if code is None or code not in "ikI":
            return []
        cut, verb = start + len(verb) + 1, verb.removesuffix("-t")
        return [
            Token(self.pack.lexicon.get(verb, WORD), start, start + len(verb), verb, False),
            Token(code, cut, cut + len(pronoun), pronoun, False),
        ]
