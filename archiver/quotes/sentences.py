"""The text read once, words inside marks left out: words, classed by the language's pack, and the ends of sentences."""

from __future__ import annotations

import re

from archiver.languages import (
    BEFORE,
    BODY,
    CALL,
    DETERMINER,
    FUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    QUOTATIVE,
    ROLE,
    SAY,
    SUBJECT_MARK,
    TELL,
    TIME,
    TITLE,
    TITLE_AFTER,
    Pack,
)
from archiver.quotes.grammar import CAPITALS, HAN, PUNCTUATION, Capital, grammar_of
from archiver.quotes.model import CAPITALIZED, QUOTE, SENTENCE_END, WORD, Marked

_KEPT_CAPITAL = frozenset((ROLE, BODY, TITLE, "a"))
_STRAY = frozenset('"“”„«»`´*_')
_MAX_RUN = 40  # unknown signs that are read as one word
_DOTS = "·•‧"  # between the words of a foreign name in Chinese
_NAME_IN_SIGNS = 4  # signs of a Korean name, at most
_MAX_COUNTED = 200  # possible names that are counted in a text, at most
_IN_KANA = re.compile("(?:[\u3041-\u309f]+|[ァ-ヺー]+)\\Z")  # a word wholly in one of the two syllabaries
_KANJI = re.compile(f"[{HAN}]{{2,3}}")
_MAX_PLAIN = 1 << 16
_CAPITAL_WORD = re.compile(rf"(?<![\w'’-])[{CAPITALS}][\w'’-]*")
_WHOLE_WORD = re.compile(r"[\w'’-]+")
_ELIDED_NAME = re.compile(rf"[dl]['’][{CAPITALS}]")
_ELIDED_PARTICLES = frozenset(("'t", "van't"))
_GIVEN = (WORD, CAPITALIZED, FUNCTION)  # classes of the pieces of a given name
_MAX_GIVEN = 4  # signs of a given name in kana
_AFTER_GIVEN = (TITLE_AFTER, SUBJECT_MARK, "(", ",")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The lines of a text that hold something, without the blanks around them."""
    found, at = [], 0
    for line in text.split("\n"):
        inner = line.strip()
        if inner:
            start = at + len(line) - len(line.lstrip())
            found.append((start, start + len(inner)))
        at += len(line) + 1
    return found


_TELLING = (SAY, TELL, CALL)


class Token:
    """A word or sign: its class, its offsets, what it prints in lower case, and whether it begins with a capital."""

    __slots__ = ("capital", "code", "end", "low", "start")

    def __init__(self, code: str, start: int, end: int, low: str, capital: bool = False) -> None:
        self.code, self.start, self.end, self.low, self.capital = code, start, end, low, capital

    def classed(self, code: str) -> Token:
        """The same of another class."""
        return Token(code, self.start, self.end, self.low, self.capital)

    def reaching(self, end: int, low: str) -> Token:
        """The same with more or fewer letters."""
        return Token(self.code, self.start, end, low, self.capital)


def codes_of(found: list[Token]) -> str:
    """The classes of tokens, as a string for patterns."""
    return "".join([token.code for token in found])


def tokens(text: str, pack: Pack, marked: list[Marked]) -> tuple[list[list[Token]], list[tuple[int, int]]]:
    """The tokens of every paragraph, a quotation being one of class `Q`; and the paragraphs' offsets."""
    ranges = paragraphs(text)
    reader = _Reader(text, pack, ranges)
    out, at = [], 0
    for start, end in ranges:
        inside = []
        while at < len(marked) and marked[at].outer_start < end:
            inside.append(marked[at])
            at += 1
        out.append(reader.paragraph(start, end, inside))
    return out, ranges


def _straight(low: str) -> str:
    """A word with the typewriter's apostrophe inside and none at its end."""
    return low.replace("’", "'").replace("ʼ", "'").rstrip("'")


class _Reader:
    def __init__(self, text: str, pack: Pack, ranges: list[tuple[int, int]]) -> None:
        self.text, self.pack, self.ranges = text, pack, ranges
        self.title_case = False
        self.counts: dict[str, int] = {}
        self.lower: frozenset[str] | None = None
        self.in_body: frozenset[str] | None = None
        self.grammar = grammar_of(pack)
        self.titles = frozenset(one for one in ranges if self._is_title_case(*one))
        self.cased, self.nouns = pack.case != "none", pack.case == "nouns"

    def paragraph(self, start: int, end: int, inside: list[Marked]) -> list[Token]:
        out: list[Token] = []
        at = start
        self.title_case = self.cased and (start, end) in self.titles
        if self.title_case and self.in_body is None:
            self.in_body = self._names_in_body()
        for mark in inside:
            self._narrative(at, mark.outer_start, out)
            out.append(Token(QUOTE, mark.start, mark.end, "", False))
            self._after_quote(mark, end, out)
            at = mark.outer_end
        self._narrative(at, end, out)
        return self._given_names(out) if self.pack.subject and not self.pack.spaces else out

    def _given_names(self, found: list[Token]) -> list[Token]:
        """A family name and the given name in kana right behind it, up to a title, a subject marker or a bracket."""
        out: list[Token] = []
        at = 0
        while at < len(found):
            past = at + 1
            listed = found[at].low in self.pack.surnames
            if found[at].code == CAPITALIZED and (listed or _KANJI.fullmatch(found[at].low)):
                past = self._titled_kana(found, at) or self._past_given(found, at)
            low = "".join(token.low for token in found[at:past])
            closed = past < len(found) and found[past].start == found[past - 1].end and found[past].code in _AFTER_GIVEN
            unknown = any(token.code in (WORD, CAPITALIZED) for token in found[at + 1 : past])
            unknown = unknown and (listed or (closed and found[past].code == TITLE_AFTER))
            if closed and unknown and len(low) <= len(found[at].low) + 4:
                out.append(found[at].reaching(found[past - 1].end, low))
                at = past
            else:
                out.append(found[at])
                at += 1
        return out

    def _past_given(self, found: list[Token], at: int) -> int:
        """The token behind the pieces of a given name."""
        past = at + 1
        while past < len(found) and self._is_given(found, at, past) and found[past].code in _GIVEN:
            past += 1
        return past

    def _titled_kana(self, found: list[Token], at: int) -> int:
        """The title behind a given name in kana, of which pieces are words elsewhere: «野村さ|や|かさん»; 0 without."""
        past = at + 1
        while past < len(found) and found[past].code != TITLE_AFTER and self._is_given(found, at, past):
            if found[past].code not in _GIVEN and past == at + 1:
                return 0
            past += 1
        titled = past < len(found) and found[past].code == TITLE_AFTER and found[past].start == found[past - 1].end
        return past if titled and past > at + 1 and found[past - 1].end - found[at].end <= _MAX_GIVEN else 0

    def _is_given(self, found: list[Token], at: int, place: int) -> bool:
        """Whether a token behind a family name is in kana, or the sign that ends a given name in kana: «わか子»."""
        low = found[place].low
        if found[place].start != found[place - 1].end:
            return False
        return bool(_IN_KANA.match(low)) or (place > at + 1 and len(low) == 1 and found[place].code == CAPITALIZED)

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
        if low in _DOTS and not self.cased:
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
        if low in _DOTS and not self.cased:
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
        out.append(Token(self._class(word, code or "", first=self._begins(out)), start, end, word.low, True))

    def _class(self, word: Capital, code: str, *, first: bool) -> str:
        low, pack = word.low, self.pack
        if code == ROLE and low in pack.first_names and not (first or pack.title_case or self.nouns):
            return CAPITALIZED  # «Cristiano Holm», where roles have no capital
        if code in _KEPT_CAPITAL:
            return code
        if not code and (word.role or self.nouns):  # the end of a compound shows whether it is a role or a body
            return word.role or (WORD if low in pack.not_names else CAPITALIZED)
        if code and (first or low in pack.not_names):
            return code
        if self.title_case and self.in_body and low not in self.in_body and low not in pack.first_names:
            return WORD  # a headline's capital says nothing; a name is in the body too
        if low in pack.not_names or (first and self._is_written_low(low)):
            return code or WORD
        if code == POSSESSIVE and low in pack.first_names:
            return CAPITALIZED  # «forskeren Hans Gruber»
        return code if code and code in "eIiky" else CAPITALIZED

    def _is_written_low(self, low: str) -> bool:
        """Whether the text has a word without its capital too."""
        if self.lower is None:
            self.lower = frozenset(_WHOLE_WORD.findall(self.text))
        return low in self.lower

    def _role(self, low: str) -> str:
        """The class that the end of a word tells, or nothing."""
        if low.endswith(self.grammar.role_endings):
            return ROLE
        return BODY if low.endswith(self.grammar.body_endings) else ""

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

    def _uncased(self, start: int, end: int, low: str, code: str | None, out: list[Token]) -> None:
        """Scripts without capitals: what the pack does not know and is no kana may be a name, `W`; runs are joined."""
        if code == QUOTATIVE and self.pack.spaces and not (out and out[-1].code == QUOTE):
            code = None  # «고 씨» is Mr Go
        if code is None and low in self.pack.subject and out and out[-1].code == ")" and out[-1].end == start:
            code = SUBJECT_MARK  # «홍니카(29)는»
        if code is None and self.pack.spaces and (particle := self._particle(low, end)):
            stem, cut = low[: -len(particle)], end - len(particle)
            if not self._honored(stem, start, out):
                out.append(Token(self.pack.lexicon.get(stem) or self._ended(stem), start, cut, stem, False))
            owner = self.pack.lexicon.get(particle) == OWNER  # «X의 대변인»
            mark = SUBJECT_MARK if particle in self.pack.subject else OWNER if owner else PREPOSITION
            out.append(Token(mark, cut, end, particle, False))
            return
        if code is None and self._honored(low, start, out):
            return
        unknown = code is None
        code = code or (WORD if "\u3040" <= low[0] <= "\u309f" else self._ended(low))
        if unknown and code == ROLE and self.pack.spaces and out and out[-1].code in "Wb":
            code = TITLE_AFTER  # «강준현 민주당 수석대변인»
        if out and out[-1].end == start and self._goes_on(out[-1], low, code, unknown=unknown):
            out[-1] = out[-1].reaching(end, out[-1].low + low)
        else:
            out.append(Token(code, start, end, low, False))

    def _honored(self, low: str, start: int, out: list[Token]) -> bool:
        """Whether a word is a name with an honorific written onto it, «임정례씨», which are then two."""
        name, honorific = low[:-1], low[-1]
        if honorific not in self.pack.joined_honorifics or low in self.pack.lexicon or len(name) > _NAME_IN_SIGNS:
            return False
        if name[:1] not in self.pack.surnames and name[:2] not in self.pack.surnames:
            return False
        cut = start + len(name)
        out.append(Token(CAPITALIZED, start, cut, name, False))
        out.append(Token(TITLE_AFTER, cut, cut + 1, honorific, False))
        return True

    def _goes_on(self, last: Token, low: str, code: str, *, unknown: bool) -> bool:
        """Whether a sign continues with the unknown word before it, without blanks: 约翰·史密斯 is one."""
        if self.pack.spaces or len(last.low) >= _MAX_RUN:
            return False
        if last.code == CAPITALIZED and (low in _DOTS or (unknown and last.low[-1] in _DOTS)):
            return True
        if "・" in low.strip("・"):
            return False  # a foreign name in full starts again: 監査人エイダ・マーロウ
        same = unknown and last.code == code and last.low not in self.pack.lexicon
        return same and (bool(self.pack.subject) or not self._whole_name(last.low, low))

    def _particle(self, low: str, end: int) -> str:
        """The particle written onto a word that ends at `end`; nothing where it may be a part of the word."""
        following = self.text[end : end + 12].split(maxsplit=1)[:1]
        if following and following[0].startswith(tuple(self.pack.honorifics)):
            return ""  # a name before its honorific ends as it likes
        for particle in self.pack.subject:
            if low.endswith(particle) and len(low) > len(particle):
                return particle
        found = (one for one in self.pack.cases if low.endswith(one))
        return next((one for one in found if len(low) > len(one) + 1 or low[: -len(one)] in self.pack.lexicon), "")

    def _whole_name(self, name: str, sign: str) -> bool:
        """Whether signs that a family name begins are a name without one more: by length, or as the text has them."""
        if any(dot in name for dot in _DOTS):
            return False
        family = 2 if name[:2] in self.pack.surnames else 1 if name[:1] in self.pack.surnames else 0
        if not family or len(name) < family + 1:
            return False
        if len(name) == family + 1 and sign in self.pack.not_given:
            return True
        return len(name) >= family + 2 or self._count(name) > self._count(name + sign)

    def _count(self, name: str) -> int:
        if name not in self.counts:
            if len(self.counts) >= _MAX_COUNTED:
                return 0
            self.counts[name] = self.text.count(name)
        return self.counts[name]

    def _ended(self, low: str) -> str:
        """The class of a word whose end tells it, else of an unknown one."""
        return self._role(low) or CAPITALIZED
