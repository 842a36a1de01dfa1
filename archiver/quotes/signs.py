"""The words of scripts without case: particles and honorifics written onto them, rows of signs, names in kana."""

from __future__ import annotations

import re

from archiver.languages import (
    BODY,
    FUNCTION,
    OWNER,
    PREPOSITION,
    QUOTATIVE,
    ROLE,
    SUBJECT_MARK,
    TITLE_AFTER,
    Pack,
)
from archiver.quotes.grammar import HAN, grammar_of
from archiver.quotes.model import CAPITALIZED, QUOTE, WORD
from archiver.quotes.tokens import Token

_MAX_RUN = 40  # unknown signs that are read as one word
DOTS = "·•‧"  # between the words of a foreign name in Chinese
_NAME_IN_SIGNS = 4  # signs of a Korean name, at most
_KIND = 2  # signs of a Korean word that tells what kind somebody is more often than the name
_MAX_COUNTED = 200  # possible names that are counted in a text, at most
_IN_KANA = re.compile("(?:[\u3041-\u309f]+|[ァ-ヺー]+)\\Z")  # a word wholly in one of the two syllabaries
_KANJI = re.compile(f"[{HAN}]{{2,3}}")
_GIVEN = (WORD, CAPITALIZED, FUNCTION)  # classes of the pieces of a given name
_MAX_GIVEN = 4  # signs of a given name in kana
_AFTER_GIVEN = (TITLE_AFTER, SUBJECT_MARK, "(", ",")


class Signs:
    """Reads the words of a text whose script has no case."""

    def __init__(self, text: str, pack: Pack) -> None:
        self.text, self.pack, self.grammar = text, pack, grammar_of(pack)
        self.counts: dict[str, int] = {}

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
        if unknown and code == ROLE and self.pack.spaces and out and out[-1].code in "Wb" and len(out[-1].low) != _KIND:
            code = TITLE_AFTER  # «강준현 민주당 수석대변인», not «기존 상인»
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
        if last.code == CAPITALIZED and (low in DOTS or (unknown and last.low[-1] in DOTS)):
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
        if any(dot in name for dot in DOTS):
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

    def _role(self, low: str) -> str:
        """The class that the end of a word tells, or nothing."""
        if low.endswith(self.grammar.role_endings):
            return ROLE
        return BODY if low.endswith(self.grammar.body_endings) else ""
