"""What stands around the prose of an article: labels, datelines, bylines, captions, links and lists.

A label before a colon introduces nobody, be it one that the pack knows («Read also:») or capitals that are no name of
the text («WHAT NOW:»). Captions and the like stand beside the prose: nobody in them speaks elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from archiver.languages import ROLE, SAY, TELL, TITLE, Pack
from archiver.quotes.grammar import CAPITALS
from archiver.quotes.model import QUESTION_MARKS

_LEAD = r"[\s>#*_•▪■●◦‣▶►▼▽◆★☞|\[\(【〈《<]*"
_BULLET = re.compile(r"[-–—•▪■●◦‣▽▼►▶*·・]\s?")
_SHOUTED = rf"[{CAPITALS}]{{2}}[{CAPITALS}.’'-]*"
_SHOUTED_WORDS = rf"{_SHOUTED}(?:[ /]{_SHOUTED}){{0,4}}"
_SHOUTED_LABEL = re.compile(rf"{_LEAD}(?P<label>{_SHOUTED_WORDS})[ \u00a0]?[:：]\s*")
_BESIDE_PLACE = r"(?:, [^.:–—()\n]{2,30}\.?)?(?:,? ?\([^()\n]{2,25}\))?"  # a day, an agency
_SHOUTED_PLACE = re.compile(
    rf"(?P<place>{_SHOUTED_WORDS}){_BESIDE_PLACE}(?: ?(?:[.,] ?[–—-]+|[–—:.])| -| ?/[^/\n]{{2,30}}/\.?)\s+"
)
_PLACE_LINE = re.compile(rf"(?P<place>{_SHOUTED_WORDS})(?:, [^.:–—!?\n]{{2,30}})?\.?\Z")
_SHOUTED_OPENING = re.compile(rf"(?P<place>{_SHOUTED_WORDS}) (?=(?P<next>[{CAPITALS}][^\W\d_]*)[ \u00a0])")
_WRITTEN_PLACE = re.compile(
    rf"(?P<place>[{CAPITALS}][\w’'-]+(?:[ /](?:[^\W\d_]{{2,3}} )?[{CAPITALS}][\w’'-]+){{0,2}}){_BESIDE_PLACE}"
    rf" ?(?<!\w)[–—]+ (?=[{CAPITALS}“„«»\"‘”])"
)
_NAMES = rf"[{CAPITALS}][\w.’'-]*(?: [{CAPITALS}][\w.’'-]*){{1,3}}"
_AUTHORS = (
    rf"{_NAMES}(?:(?:,| &| [^\W\d_]{{1,3}}) {_NAMES}){{0,2}}(?=\Z|\s?[,|–—/(])(?:[^.!?:“„«»\"\n]|(?<=\d)\.){{0,70}}\Z"
)
_AUTHOR_LINE = re.compile(rf"{_LEAD}{_AUTHORS}")
_INSIDE = re.compile(rf"(?<=[\w,;’')] )([{CAPITALS}][\w-]*)")  # capitals inside a sentence
_REPORTER = re.compile(r"[,?!] (\w+)")
_WORD = re.compile(r"[^\W\d_]+")
_OPENS_QUOTATION = tuple("“\"„«»'‘”")
_SENTENCE_ENDS = tuple('.!?…:»”“"。」')
_ASKS_IN_GREEK = re.compile(r"[ΰ-ώ][;\u037e]\Z")
_TOP = 6  # paragraphs behind the headline in which a byline and the dateline are
_LABEL, _LINE = 25, 300  # code points of a place that is a dateline, of a caption
_CASELESS_LINE = 30  # signs of a byline in a script without case, at most
_SENTENCE_SIGN = re.compile(r"[。．.！？!?，、「」“”\"：:]")
_HEADING = 60  # code points of a line that leads to a list
_CREDIT = 90  # code points at the end of a line in which a photographer is named


class Prose(NamedTuple):
    """A paragraph: where its prose begins and ends, and what it is."""

    start: int
    end: int
    aside: bool = False  # beside the prose
    labelled: bool = False  # it opens with words that are no speaker's
    item: bool = False  # of a list: the dash that opens it leads to no speech


class _Patterns(NamedTuple):
    related: re.Pattern[str]
    facts: re.Pattern[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]
    byline: re.Pattern[str]


@lru_cache(maxsize=64)
def _patterns(pack: Pack) -> _Patterns:
    before = "" if pack.spaces else r"[^\s:：，。「“]{0,12}?"
    colon = r"[ \u00a0]?\d{0,2}\.?[ \u00a0]?(?P<colon>[:：|\]】〉》>)]+)"

    def label(words: tuple[str, ...], end: str = colon, lead: str = "") -> re.Pattern[str]:
        return re.compile(rf"{_LEAD}{before}{lead}(?:{_either(words)}){end}[*_\s]*", re.IGNORECASE)

    agency = rf"(?:(?-i:[{CAPITALS}]{{2,6}})[ /])?"
    made = rf"{agency}(?:{_either(pack.captions)})(?:\s?[:/：.]| (?:[^\W\d_]{{1,3}} )?(?=(?-i:{_NAMES})\W*\Z))"
    credit = rf"(?:(?:(?<=[.!?…)(\[|/”“»\"*] )|(?<=[(\[|/*])){made}|©)"
    return _Patterns(
        label(pack.related, rf"(?:{colon}|[ \u00a0](?=[“\"„«»'‘])|[*_]*\Z)"),
        label(pack.facts, rf"(?:{colon}|[^.!?:\n]{{0,40}}:\Z)"),
        label(pack.captions, colon, agency),
        re.compile(rf"[\s(\[|/]*{credit}\s?(?P<who>[^.!?:\n]{{0,60}})\.?[)\]*_]*\Z", re.IGNORECASE | re.MULTILINE),
        re.compile(
            rf"{_LEAD}(?i:{_either(pack.bylines)})[*_]*(?:\s+[*_]*{_AUTHORS}|\s?[:：][*_]*\s+[*_]*{_NAMES}[^.!?“„«»\"\n]{{0,70}}\Z)"
        ),
    )


def _either(words: tuple[str, ...]) -> str:
    """A pattern of any of the words, none of which hides a longer one; of nothing without words."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"[ \u00a0]").replace("'", "['’]") for word in ordered) or "(?!)"


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


@lru_cache(maxsize=1)
def layout(text: str, pack: Pack) -> tuple[Prose, ...]:
    """What each paragraph of a text is. The marks and the words of a text ask one after the other."""
    ranges = paragraphs(text)
    found = [Prose(start, end) for start, end in ranges]
    if not pack.code:
        return tuple(found)
    reader = _Layout(text, ranges, pack)
    found = [reader.line(number, start, end) for number, (start, end) in enumerate(ranges)]
    return tuple(_without_lists(text, ranges, reader.without_shouting(found), pack))


class _Layout:
    def __init__(self, text: str, ranges: list[tuple[int, int]], pack: Pack) -> None:
        self.text, self.pack, self.patterns = text, pack, _patterns(pack)
        self.opens = (*_OPENS_QUOTATION, *pack.dash)
        self.parted = "\n\n" in text
        self.dated = False  # whether the dateline was read
        self.inside: frozenset[str] | None = None
        self.talk = self._is_talk(ranges)  # whether its labels are speakers

    def _is_talk(self, ranges: list[tuple[int, int]]) -> bool:
        """Whether labels in capitals are those of speakers: one asks, or of two side by side one is somebody's."""
        text, patterns = self.text, self.patterns
        labels: list[str] = []
        last, beside = -1, False
        for number, (start, end) in enumerate(ranges[1:]):
            label = _SHOUTED_LABEL.match(text, start, end)
            known = patterns.related, patterns.facts, patterns.caption
            if label and not any(pattern.match(text, start, end) for pattern in known):
                if text.endswith(QUESTION_MARKS, start, end):
                    return True
                labels.append(label["label"])
                last, beside = number, beside or last == number - 1 >= 0
        return beside and any(map(self._is_somebody, labels))

    def line(self, number: int, start: int, end: int) -> Prose:
        """What one paragraph is; the headline is prose."""
        text, patterns = self.text, self.patterns
        if number == 0:
            return Prose(start, end)
        if self._is_signature(start, end):
            return Prose(start, end, aside=True)
        if patterns.related.match(text, start, end):
            return Prose(end, end, aside=True, labelled=True)
        facts = patterns.facts.match(text, start, end)
        if facts:
            return Prose(facts.end(), end, aside=True, labelled=True)
        picture = self._picture(start, end)
        if picture:
            return picture
        if number <= _TOP and (self._is_byline(number, start, end) or _PLACE_LINE.match(text, start, end)):
            return Prose(end, end, aside=True, labelled=True)
        if number <= _TOP and not self.dated and (past := self._past_dateline(start, end)):
            self.dated = True
            return Prose(past, end, labelled=True)
        lead = _MARKED_UP.match(text, start, end)
        return Prose(lead.end() if lead else start, end)

    def _is_signature(self, start: int, end: int) -> bool:
        """«Ada Marlow, auditor» right below a line, where empty lines part the paragraphs: who said it."""
        text = self.text
        below = (
            self.parted and text[start - 2 : start - 1] not in ("\n", "") and text[end : end + 2] in ("\n\n", "\n", "")
        )
        return below and bool(_AUTHOR_LINE.fullmatch(text, start, end))

    def _picture(self, start: int, end: int) -> Prose | None:
        """A caption without its label and without whoever made the picture; None if it is none."""
        text, patterns = self.text, self.patterns
        caption = patterns.caption.match(text, start, end)
        credit = patterns.credit.search(text, max(caption.end() if caption else start, end - _CREDIT), end)
        if not caption and not credit:
            return None
        first, past = caption.end() if caption else start, credit.start() if credit else end
        if caption and (past <= first or self._is_maker(first, end)):
            return Prose(end, end, aside=True, labelled=True)
        return Prose(first, max(first, past), aside=end - start < _LINE, labelled=bool(caption))

    def _is_maker(self, start: int, end: int) -> bool:
        """«Photo: Owen Laity»: nothing but the name behind the label."""
        return bool(_AUTHOR_LINE.fullmatch(self.text, start, end))

    def _is_byline(self, number: int, start: int, end: int) -> bool:
        """«By Ada Marlow, reporter», or a name on a line of its own that the text does not mention again."""
        text = self.text
        if end - start > _CREDIT:
            return False
        if self.patterns.byline.match(text, start, end) or self._is_caseless_byline(start, end):
            return True
        names = _AUTHOR_LINE.match(text, start, end)
        if names is None or number >= _TOP:
            return False
        if text[end + 1 : end + 2] in self.opens and (self.parted or "," in names[0]):
            return False  # «Ada Marlow, 34, nurse» over her words
        words = re.split(r"[,|–—/(]", names[0])[0].split()
        return len(words) > 1 and text.count(words[-1]) == 1 and text.count(words[0]) == 1

    def _is_caseless_byline(self, start: int, end: int) -> bool:
        """«本报记者 罗文静 发自清河镇»: a short line that is no sentence and has a word for who wrote it."""
        line = self.text[start:end]
        short = self.pack.case == "none" and len(line) <= _CASELESS_LINE
        return short and not _SENTENCE_SIGN.search(line) and any(word in line for word in self.pack.bylines)

    def _past_dateline(self, start: int, end: int) -> int:
        """Where the prose begins behind a dateline; 0 where there is none."""
        text = self.text
        shouted = _SHOUTED_PLACE.match(text, start, end)
        if shouted and ":" not in shouted[0]:
            return shouted.end()  # «SANTA MARIA – …»
        if shouted and self._is_place(shouted["place"]):
            speaks = self.talk or text.startswith(_OPENS_QUOTATION, shouted.end())
            return 0 if speaks else shouted.end()
        opening = _SHOUTED_OPENING.match(text, start, end)
        if opening and " " in opening["place"] and self._is_place(opening["place"]):
            following = self.pack.lexicon.get(opening["next"].lower(), ROLE)
            return opening.end() if following not in (ROLE, TITLE) and not opening["next"].isupper() else 0
        written = _WRITTEN_PLACE.match(text, start, end)
        if written and len(written["place"]) <= _LABEL and self._is_place(written["place"]):
            aside = re.compile(" [–—]").search(text, written.end(), min(end, written.end() + 60))
            return 0 if aside else written.end()
        return 0

    def _is_place(self, words: str) -> bool:
        """Whether nothing shows that words are somebody's name, role or label in a talk."""
        low = words.lower().split()
        named = any(word in self.pack.first_names or self.pack.lexicon.get(word) in (ROLE, TITLE) for word in low)
        return not named and self.text.count(words + ":") < _TWICE

    def without_shouting(self, lines: list[Prose]) -> list[Prose]:
        """The same with the labels in capitals left out that are nobody's, «WHAT NOW: …», unless it is a talk."""
        text, out = self.text, list(lines)
        for number, line in enumerate(lines if not self.talk else ()):
            label = None if line.labelled or not number else _SHOUTED_LABEL.match(text, line.start, line.end)
            if label is None or text.startswith(_OPENS_QUOTATION, label.end()) or self._is_somebody(label["label"]):
                continue
            out[number] = line._replace(start=label.end(), labelled=True)
        return out

    def _is_somebody(self, label: str) -> bool:
        """Whether a label is a name of the text, a first name or a role, or comes twice as in a talk."""
        if self.inside is None:
            self.inside = frozenset(word.lower() for word in _INSIDE.findall(self.text) if not word.isupper())
        return not self._is_place(label) or any(word in self.inside for word in label.lower().split())


_TWICE = 2
_TIME = r"\d{1,2}(?:[:.]\d\d|[hH]\d{0,2})(?: ?(?:Uhr|uur|u|h|hrs?|[ap]\.?m\.?|[A-Z]{3,4}\b))?"  # «10.05», «14:30 Uhr»
_MARKED_UP = re.compile(
    rf"(?:[>#*_•▪■●◦‣▶►]+\s*)*{_TIME}[*_]*(?:[ \u00a0]?[:|–—-])?[*_]*\s+(?=[{CAPITALS}“„«»\"‘”¿¡])"
    r"|(?:[>#*_]+\s*)+|[•▪■●◦‣▶►]\s*"
)


def _without_lists(text: str, ranges: list[tuple[int, int]], lines: list[Prose], pack: Pack) -> list[Prose]:
    """The same with the items of lists marked: lines in a row with one bullet, which are no sentences."""
    out, starts, ends = list(lines), [start for start, _ in ranges], [end for _, end in ranges]
    number = 0
    while number < len(lines):
        past = number + 1
        bullet = _bullet(text, starts[number], lines[number])
        if bullet:
            apart = text[ends[number] : starts[number + 1]] if past < len(lines) else ""
            while past < len(lines) and _bullet(text, starts[past], lines[past]) == bullet:
                if text[ends[past - 1] : starts[past]].count("\n") != apart.count("\n"):
                    break  # a paragraph, not a line
                past += 1
            if past - number >= _TWICE and _are_items(
                text, lines[number - 1] if number else None, lines[number:past], bullet, pack
            ):
                out[number:past] = [line._replace(aside=True, item=True) for line in lines[number:past]]
        number = past
    return out


def _bullet(text: str, start: int, line: Prose) -> str:
    """The sign that opens a line as an item, «»."""
    first = text[start : line.start].strip()
    if len(first) == 1 and first in "•▪■●◦‣▶►*":
        return first
    found = _BULLET.match(text, line.start, line.end)
    return found[0].strip() if found else ""


def _are_items(text: str, before: Prose | None, lines: list[Prose], bullet: str, pack: Pack) -> bool:
    """Whether lines behind a bullet are facts: behind a dash that opens speech few end as sentences do.

    Or a short line leads to them, «This we know:», and nobody speaks in them.
    """
    if bullet not in pack.dash:
        return True
    bare = 0
    for line in lines:
        first = _WORD.search(text, line.start, line.end)
        low = first is not None and text[line.start : first.start()].strip(" \u00a0") == bullet and first[0].islower()
        ended = text.endswith(_SENTENCE_ENDS, line.start, line.end) or _ASKS_IN_GREEK.search(text, line.start, line.end)
        bare += low or not ended
    told = _REPORTER.finditer(text, lines[0].start, lines[-1].end)
    if any(pack.lexicon.get(word[1].lower()) in (SAY, TELL) for word in told):
        return False
    if bare * 2 >= len(lines):
        return True
    led = before is not None and text[before.end - 1] == ":" and before.end - before.start < _HEADING
    words = _WORD.findall(text[before.start : lines[-1].end].lower()) if led and before else []
    return led and not any(pack.lexicon.get(word) in (SAY, TELL) for word in words)
