"""The titles and roles in front of a name: where they end, what is printed of them, what they tell of the person."""

from __future__ import annotations

from archiver.languages import BODY, DETERMINER, ROLE, TITLE
from archiver.quotes.cases import bare, first_name_in_nominative, first_name_stems, surname_in_nominative
from archiver.quotes.model import CAPITALIZED, WORD, Chunks
from archiver.quotes.runs import Runs
from archiver.quotes.tokens import Token

_TRADE = 2  # words of a trade between its article and a name


class TitledNames(Runs):
    """Reads what is in front of a name."""

    def __init__(self, chunks: Chunks, known: frozenset[str]) -> None:
        super().__init__(chunks, known)
        self.declined = tuple(end for _, end in self.pack.declined)
        self.her_surname_ends = tuple(end for end, sex in self.pack.name_endings if sex == "f")

    def _last_role(self, found: list[Token], at: int, past: int) -> int:
        """The last title or role in front of a name: `at` - 1 if none, the last of the run if it is no name."""
        last = _last_of(found, at, past)
        if last != past - 1:
            return at - 1 if self._names_body(found, at, last) else last
        if last > at and self._is_surname_here(found[last - 1], found[last]):
            return _last_of(found, at, last)
        if last == at and self._stem(found[at].low) in self.surnames:
            return at - 1  # «King said», where the text has named a Stephen King
        if last > at + 1 and found[last - 1].low in self.pack.connectors and found[at].code == BODY:
            return at - 1  # «Department of Justice»
        if last == at + 1 and self._is_role_of_body(found, last):
            return at - 1  # «Asociația Pescarilor»
        return last

    def _names_body(self, found: list[Token], at: int, last: int) -> bool:
        """Whether a role is a word in the name of a body: «Asociación de Vecinos de Río Bajo», «Ναυτικός Όμιλος»."""
        if last == at and self.pack.with_articles and found[last].capital and found[last + 1].code == BODY:
            return not found[last + 1].low.endswith(self.pack.genitive_endings or ("\n",))
        if found[at].code != BODY or last <= at:
            return False
        linked = found[last - 1].low in self.pack.connectors or found[last - 1].low in self.pack.particles
        named = [token.code for token in found[last + 1 : last + 3]] == [
            CAPITALIZED,
            CAPITALIZED,
        ]  # «Dernek Başkanı X Y»
        if last == at + 1 and self._is_role_of_body(found, last):
            return True
        genitive = last == at + 1 and self.pack.case == "names" and not (self.pack.title_case or named)
        return linked or genitive

    def _is_surname_here(self, before: Token, last: Token) -> bool:
        """A title or role that ends a name is a surname: «Larry King», «Mr. Pope»."""
        return (
            before.code == TITLE
            or last.low in self.pack.suffixes
            or before.low in self.pack.first_names
            or before.low in self.pack.particles
            or (last.code == TITLE and before.code == CAPITALIZED and not last.low.endswith("."))
        )

    def _printed_role(self, found: list[Token], at: int, last: int) -> str | None:
        """The role or title in front of a name; «Mr» and its like are none."""
        while at <= last and found[at].code == TITLE and found[at].low in self.pack.genders:
            at += 1
        return self.chunks.text[found[at].start : found[last].end] if at <= last else None

    def _role_before(self, found: list[Token], at: int) -> str | None:
        """«campaign manager X», «the auditor X»: a role in lower case directly before the name."""
        first, offices = at, self.pack.offices
        while first > 0 and at - first < (5 if self.pack.articles else 2):
            before, office = found[first - 1], first < at and found[first].low in offices
            capital = before.capital and self.pack.case == "names" and before.code != ROLE and before.low not in offices
            if capital or not (before.code in "wobgW" or (office and before.code in "pdc")):
                break
            first -= 1
        if not any(found[i].code == ROLE for i in range(first, at)) or found[at - 1].code not in (ROLE, WORD):
            return None
        return self.chunks.text[found[first].start : found[at - 1].end]

    def _gender(self, front: list[Token], role: str | None, words: list[Token]) -> str:
        """What the titles in front of a name, or its first name, tell."""
        words_of_role = (role or "").lower().split()  # «deputada federal»
        titles = [token.low for token in front if token.code in (TITLE, ROLE)] + words_of_role[-1:] + words_of_role[:1]
        told = next((g for g in map(self._gender_of_role, titles) if g), "")
        if told == "m" and self.pack.nominatives and self._is_her_name(words):
            return "f"  # «wójt Halina Rybacka»
        if told == "f" and self.pack.nominatives and self._is_his_name(words):
            return "m"  # «міський голова Степан Прядко»
        return told or self._first_name_gender(words)

    def _gender_of_article(self, found: list[Token], at: int, words: list[Token], *, body: bool) -> str:
        """What the article before a trade and its name tells: «o humorista Beto Malta», «la Remei Font» (Catalan)."""
        if self.pack.with_articles and at and found[at - 1].code == DETERMINER and len(words) > 1 and not body:
            return self.pack.determiner_genders.get(found[at - 1].low, "")
        if self.pack.declined and (told := self._gender_of_declined(found, at, words)):
            return told
        for trade in range(1, _TRADE + 1):
            if at <= trade or found[at - trade].capital or found[at - trade].code not in ROLE + WORD:
                return ""
            if found[at - trade - 1].code == DETERMINER:
                return self.pack.determiner_genders.get(found[at - trade - 1].low, "")
        return ""

    def _gender_of_declined(self, found: list[Token], at: int, words: list[Token]) -> str:
        """«der (frühere) Abgeordnete Robin Holl», «die Vorsitzende»: what the article and the end of the role tell."""
        first = next((i for i in range(at - 1, max(-1, at - 1 - _TRADE), -1) if found[i].code == DETERMINER), -1)
        if first < 0:
            return ""
        roles = [token.low for token in found[first + 1 : at + len(words)] if token.code == ROLE]
        return next((told for low in roles if (told := self._of_declined(found[first].low, low))), "")

    def _of_declined(self, article: str, low: str) -> str:
        """What an article and the end of a role tell, also of a compound: «die Bundestagsabgeordnete»."""
        if not low.endswith(self.declined):
            return ""
        told = self.pack.declined.items()
        return next((gender for (one, end), gender in told if one == article and low.endswith(end)), "")

    def _gender_of_role(self, low: str) -> str:
        """What a title or role tells, also by its end: «Nationaltrainer», «Landesrätin»."""
        ends = ((gender, end) for end, gender in self.pack.role_endings if gender)
        return self.pack.genders.get(low) or next((gender for gender, end in ends if low.endswith(end)), "")

    def _first_name_gender(self, words: list[Token]) -> str:
        if len(words) < 2 and words[0].low not in self.pack.first_names:
            return ""
        low = words[0].low
        known = self.pack.first_names.get(low)
        if known is None:
            known = first_name_stems(self.pack).get(bare(low, self.pack.endings), "")
        if known or len(words) < 2 or low in self.pack.first_names:
            return known  # none for «Robin», with any ending
        lows = (low, words[-1].low)
        return next(
            (g for ending, g in self.pack.name_endings if g and any(word.endswith(ending) for word in lows)), ""
        )

    def _is_her_name(self, words: list[Token]) -> bool:
        """Whether a name in full is a woman's, and not that of a man in a case: not «Radka Hlavsy»."""
        if len(words) < 2 or self.pack.first_names.get(words[0].low) != "f":
            return False
        first, last = (self.chunks.text[token.start : token.end] for token in (words[0], words[-1]))
        given = first_name_in_nominative(first, "m", self.pack)
        return not (given and surname_in_nominative(last, "m", self.pack))

    def _is_his_name(self, words: list[Token]) -> bool:
        """Whether a name in full is a man's, with no ending that surnames of women have."""
        last = words[-1].low
        return (
            len(words) > 1
            and self.pack.first_names.get(words[0].low) == "m"
            and not last.endswith(self.her_surname_ends)
        )


def _last_of(found: list[Token], at: int, past: int) -> int:
    """The last title or role among tokens; `at` - 1 if there is none."""
    last = past - 1
    while last >= at and found[last].code not in (ROLE, TITLE):
        last -= 1
    return last
