"""What both ways of chunking share: chunks and mentions are written here, paragraph by paragraph."""

from __future__ import annotations

import re

from archiver.languages import (
    AUXILIARY,
    BEFORE,
    BODY,
    CALL,
    CONJUNCTION,
    OBJECT_PRONOUN,
    OWNER,
    POSSESSIVE,
    PREPOSITION,
    ROLE,
    SAY,
    TELL,
    THAT,
    TITLE,
    Pack,
)
from archiver.quotes.model import NAME, NOUN_PHRASE, QUOTE, SENTENCE_END, WORD, Chunks, Mention
from archiver.quotes.order import in_order
from archiver.quotes.patterns import SAYING, WORDS
from archiver.quotes.tokens import Token

PRONOUNS = frozenset("ikIr")
VERBS = frozenset(SAYING)
_SAID_NEXT = frozenset("itkId:" + QUOTE)  # what is after a verb of saying, and not after a noun of the same form
_SUBJECT_NEAR = frozenset(SAYING + BEFORE + OWNER)  # what is before an unknown noun that is somebody who speaks
_SAID = tuple([code] for code in SAYING)
_AFTER_OWNED = "$,:" + PREPOSITION + QUOTE + CONJUNCTION
_OPENS_CLAUSE = ",:;-$\n" + CONJUNCTION + THAT
_CALLS_SOMEBODY = re.compile(f"{CALL}[{OBJECT_PRONOUN}{POSSESSIVE}][{QUOTE}{CONJUNCTION}{PREPOSITION}]")
_ACCOUNT = re.compile(r"(?<![\w@./-])[A-Za-z][a-z_]{3,}\d\w*")  # «seamist77»; «@grumpyfox» may be anybody's
_FIGURE_BEHIND = re.compile(r"\d(?<=[a-z_]\d)")  # what such a name has, and few texts
_SAID_BEHIND = re.compile(f"{AUXILIARY}[{SAY}{TELL}]")
_BESIDE_ACCOUNT = 40  # code points beside such a name among which its verb is
_STEM = 6  # letters that the forms of a word share
MIN_NOUN = 3  # letters of a noun, more than
MAX_PHRASE = 9  # words of a noun phrase


def _accounts(chunks: Chunks) -> frozenset[str]:
    """The names of accounts, in small letters: «seamist77 wrote», «replied seamist77»; a verb of saying tells them."""
    found, text = set(), chunks.text
    for account in _ACCOUNT.finditer(text) if _FIGURE_BEHIND.search(text) else ():
        before = _classes(chunks.pack, text[max(0, account.start() - _BESIDE_ACCOUNT) : account.start()])[-1:]
        behind = _classes(chunks.pack, text[account.end() : account.end() + _BESIDE_ACCOUNT])[:2]
        if any(code in SAY + TELL for code in (*before, *behind[:1])) or _SAID_BEHIND.match("".join(behind)):
            found.add(account[0].lower())
    return frozenset(found)


def _classes(pack: Pack, text: str) -> list[str]:
    return [pack.lexicon.get(word.lower(), WORD) for word in WORDS.findall(text)]


class Chunker:
    """Joins the tokens of a text into chunks. How words become names depends on the script: see the subclasses."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        self.chunks, self.pack, self.known = chunks, chunks.pack, known
        self.codes: list[str] = []
        self.last = "\n"  # the code of the chunk before
        self.alone: dict[str, str] = {}  # codes of tokens that are always chunks of their own, and their codes as such
        self.sentence = 0
        self.number = 0
        self.cased = chunks.pack.case != "none"
        self.accounts = _accounts(chunks) if self.cased else frozenset()
        self.signed = "@" in chunks.text

    def join(self, found: list[Token], at: int) -> int:
        """Writes the chunk that begins at token `at`; returns the token after it."""
        raise NotImplementedError

    def paragraph(self, number: int, found: list[Token]) -> None:
        """All chunks of one paragraph, and its end."""
        self.number, at = number, 0
        found = in_order(found, self.pack, self.chunks.moved)
        while at < len(found):
            token = found[at]
            code = self.alone.get(token.code)
            if code is not None:
                if code:
                    self._chunk(code, token.start, token.end)
                at += 1
            elif token.code == WORD and self.cased and not token.capital:
                at = self._word(found, at)
            else:
                at = self.join(found, at)
        end = self.chunks.paragraphs[number][1]
        self.chunks.line_end.append(len(self.codes))
        self._chunk("\n", end, end)
        self.sentence += 1

    def _word(self, found: list[Token], at: int) -> int:
        """An unknown word without a capital, which may be somebody who speaks; nothing else comes of it."""
        token = found[at]
        if self.signed and token.start and self.chunks.text[token.start - 1] == "@":
            return self._mention(NOUN_PHRASE, found, at, at + 1, head=token.low, role=token.low)  # whose, nobody tells
        if token.low in self.accounts:
            return self._account(found, at)
        source = self.last in _SUBJECT_NEAR and self._is_source(found, at)
        if source or self._calls(found, at) or self._speaks_first(found, at):
            return self._mention(NOUN_PHRASE, found, at, at + 1, head=token.low, role=token.low)
        self._chunk(WORD, token.start, token.end)
        return at + 1

    def _account(self, found: list[Token], at: int) -> int:
        """The name of an account."""
        token = found[at]
        name = (self.chunks.text[token.start : token.end],)
        return self._mention(NAME, found, at, at + 1, name=name, head=token.low)

    def _is_source(self, found: list[Token], at: int) -> bool:
        """Whether an unknown noun is somebody who speaks."""
        return (
            self._is_owned(found, at)
            or self._speaks(found, at)
            or self._acts(found, at)
            or self._is_inverted_caller(found, at)
        )

    def _is_inverted_caller(self, found: list[Token], at: int) -> bool:
        """«När X tog över kallade personalen henne “…”»: an unknown noun between a verb of calling and its object."""
        if not self.pack.verb_second or self.last != CALL or at + 2 >= len(found):
            return False
        return found[at + 1].code in (OBJECT_PRONOUN, POSSESSIVE) and found[at + 2].code in (QUOTE, CONJUNCTION)

    def _calls(self, found: list[Token], at: int) -> bool:
        """«When she took over, staff called her “…”»: an unknown noun that opens the clause of a verb of calling."""
        if self.last not in _OPENS_CLAUSE or at + 1 == len(found) or found[at + 1].code != CALL:
            return False
        return bool(_CALLS_SOMEBODY.match("".join(token.code for token in found[at + 1 : at + 4])))

    def _is_owned(self, found: list[Token], at: int) -> bool:
        """«X's widow», «X's agent said»: whoever belongs to somebody named and is a relative, or speaks."""
        if self.last != OWNER or self.codes[-2:-1] != [NAME]:
            return False
        if found[at].low in self.pack.kin or found[at].low in self.pack.representatives:
            return True
        following = [token.code for token in found[at + 1 : at + 3]]
        if self.codes[-3:-2] in _SAID and "".join(following[:1]) in _AFTER_OWNED:
            return True  # «“…,” said X's apprentice.»
        return len(following) > 1 and following[0] in (SAY, TELL) and following[1] in _SAID_NEXT

    def _acts(self, found: list[Token], at: int) -> bool:
        """«described by colleagues as “…”»: who does it in a passive."""
        led = self.last == BEFORE and self.codes[-2:-1] in (["S"], ["T"], ["L"])
        if not led or found[at - 1].low not in self.pack.agents:
            return False
        return not self.pack.lexicon.get(found[at].low) and found[at + 1 : at + 2] != []

    def _speaks(self, found: list[Token], at: int) -> bool:
        """Whether an unknown noun is the subject of the verb after a quotation: «…», řekla opozice."""
        if self.pack.articles or len(found[at].low) < 4 or not self.codes or self.codes[-1] not in SAYING:
            return False
        if any(found[at].low[:_STEM] == asker[:_STEM] for asker in self.pack.askers):
            return False  # «řekl novinářům»: they are told
        if found[at + 1 : at + 2] and found[at + 1].code in (ROLE, BODY, TITLE):
            return False  # «řekl hlavní trenér»: the noun is still to come
        before = "".join(self.codes[-4:-1]).rstrip("x")
        following = found[at + 1].code if at + 1 < len(found) else SENTENCE_END
        return before[-1:] == QUOTE or ((before[-1:] in tuple(",!-") and QUOTE in before) and following in "$,pctfewW:")

    def _speaks_first(self, found: list[Token], at: int) -> bool:
        """«– En tiedä, vanhus sanoi.»: an unknown noun between a quotation and its verb, where subjects are first."""
        pack, behind = self.pack, found[at + 1 : at + 2]
        first = not (pack.articles or pack.dropped or pack.verb_second)
        told = first and behind != [] and behind[0].code in SAYING and behind[0].start < behind[0].end
        return told and "".join(self.codes[-2:]).rstrip(",!")[-1:] == QUOTE

    def _chunk(self, code: str, start: int, end: int, mention: int = -1) -> None:
        chunks, codes = self.chunks, self.codes
        if code == WORD:
            if self.last == WORD:
                chunks.ends[-1] = end
                return
        elif code == QUOTE:
            chunks.quote_at.append(len(codes))
        elif code == "-" and self._is_joined():
            return
        self.last = code
        codes.append(code)
        chunks.starts.append(start)
        chunks.ends.append(end)
        chunks.mention_at.append(mention)
        chunks.paragraph_of.append(self.number)
        chunks.sentence_of.append(self.sentence)
        if code == SENTENCE_END:
            self.sentence += 1

    def _is_joined(self) -> bool:
        """Whether a dash is one sign with the one before: «…», — сказал он · „…?” – zapytał · … сказал он. — «…»."""
        if self.last == SENTENCE_END:
            return bool(self.pack.dash)
        return self.last in ",!" and self.codes[-2:-1] == [QUOTE]

    def _mention(
        self,
        kind: str,
        found: list[Token],
        first: int,
        last: int,
        *,
        name: tuple[str, ...] = (),
        role: str | None = None,
        gender: str = "",
        is_organization: bool = False,
        head: str = "",
        definite: bool = False,
        role_noun: bool = False,
        bare: bool = False,
        oblique: bool = False,
    ) -> int:
        """One mention from token `first` to before token `last`; returns the place after it."""
        start, end = found[first].start, found[last - 1].end
        mention = Mention(
            kind, start, end, len(self.codes), self.number, self.sentence, name=name, role=role, gender=gender,
            is_organization=is_organization, head=head, definite=definite, role_noun=role_noun, bare=bare,
            oblique=oblique,
        )  # fmt: skip
        self.chunks.mentions.append(mention)
        self._chunk(kind, start, end, len(self.chunks.mentions) - 1)
        return last

    def _behind_quote(self) -> bool:
        return self.last == QUOTE or (self.last in ",!-" and self.codes[-2:-1] == [QUOTE])
