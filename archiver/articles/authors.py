"""Who wrote an article: people alone. Roles, degrees, places, desks, accounts and publishers are not names.

Of several sources the first that names anybody is believed. No author is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from archiver.articles import metadata
from archiver.articles.blocks import Shown
from archiver.articles.letters import folded, words
from archiver.articles.metadata import Claims
from archiver.articles.phrases import begins, holds, phrases
from archiver.articles.state import ScriptState

_META = """
author article:author article:author_name og:article:author parsely-author sailthru.author cxenseparse:author
dcterms.creator dc.creator byl byline
"""
_AND = r"&|and|und|et|y|e|i|och|og|en|ja|и|та|й|και|ve|dan|với|和|與|与"
_BETWEEN = re.compile(
    rf"\s*[;|•·\n／/]\s*|\s*[,，、،]\s*(?:(?:{_AND})\s+)?|\s+(?:{_AND})\s+|\s*＆\s*|\s+[–—-]\s+|[・]", re.IGNORECASE
)
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_HANDLE = re.compile(r"(?:^|\s)@\w+|https?://\S+|www\.\S+")
_BRACKETS = re.compile(r"\(([^()]{0,80})\)|\[([^\[\]]{0,80})\]|（([^（）]{0,80})）")
_DEGREE = re.compile(
    r"(?<![\w.])(?:(?:univ\.-)?prof(?:essor|\.)?(?:in|ª|a)?|dr(?:a)?\.?|ph\.?\s?d\.?|m\.?d\.?|m\.?sc\.?|b\.?sc\.?|m\.?a\.?|b\.?a\.?|dipl\.?-\w+\.?|mag\.|mr\.?|mrs\.?|ms\.?|"
    r"sir|dame|herr|frau|ing\.|esq\.?|llb|jur\.|med\.|phil\.|h\.\s?c\.)(?![\w])",
    re.IGNORECASE,
)
_PARTICLES = words(
    "von van vom de der den del della di da do dos das du la le el al bin ibn ben zu zum zur af av ter ten y e i i' d' "
    "o' mac mc san st. abu as ad ur ul al- vande vander"
)
_ON_A_DAY = re.compile(r"\s+(?:on|am|le|el|em|il|op|den)\s+(?=[^,;]{0,20}\d).*$")
_NO_FIRST = words(
    "the die la le el les our your unser unsere unserem unserer notre nos nuestro nuestra nosso nossa nostro"
)
_HAN_NAME = re.compile(
    r"[\u3040-\u30ff\u4e00-\u9fff々]{2,8}(?:[\s・·][\u3040-\u30ff\u4e00-\u9fff]{1,8})?|[\uac00-\ud7a3]{2,5}"
)
_HAN_BYLINE = re.compile(
    r"(?:本报记者|本報記者|记者|記者|特派员|作者|撰文|撰稿|文|執筆|取材・文)\s*[:：／/]?\s*([\u4e00-\u9fff々]{2,4}(?:\s[\u4e00-\u9fff]{1,2}(?=\s|$))?)(?=[\s，,、）)。|]|$)"
)
_KOREAN_BYLINE = re.compile(r"(?<![\uac00-\ud7a3])([\uac00-\ud7a3]{2,4})\s*(?:선임)?기자(?![\uac00-\ud7a3])")
_DATELINE = re.compile(r"^[^()\n]{0,60}\(([^()]{2,30})\)")


@dataclass(frozen=True, slots=True)
class Written:
    """The authors, and the news agency that the article comes from."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


def written_by(
    stated: Claims, shown: Shown, *, places: range, text: str, outlet: str | None, url: str, state: ScriptState | None
) -> Written:
    """Who wrote the article. `places` are those of its blocks, `text` is its text."""
    reader = _Names(outlet, url)
    agency: str | None = None
    for source in _sources(stated, shown, places, state):
        found = [reader.read(printed) for printed in source]
        agency = agency or next((one.agency for one in found if one.agency), None)
        names = tuple(dict.fromkeys(name for one in found for name in one.authors))
        if names:
            return Written(names, agency or _dateline(text))
    return Written((), agency or _dateline(text))


def _sources(stated: Claims, shown: Shown, places: range, state: ScriptState | None) -> Iterator[list[str]]:
    """Printed names, a list for each place where they may be, most trustworthy first."""
    yield [name for node in stated.article for key in ("author", "creator") for name in _people(node.data.get(key))]
    yield [f"{name}\0" for name in stated.said("citation_author")]
    for name in _META.split():
        yield list(stated.said(name))
    if state is not None:
        yield state.authors
    around = (*range(places.start - 14, places.start + 3), *range(max(places.stop - 1, places.start), places.stop + 2))
    inside = range(places.start - 14, places.stop + 2)
    own = [
        (mark.element.text_content() if mark.element.get("content") is None else mark.element.get("content"))
        for mark in (*shown.properties,)
        if mark.element.get("itemprop") == "author" and mark.place in inside
    ]
    yield [" ".join(text.split()) for text in own if len(text) < 200]
    yield [
        text for mark in shown.bylines if mark.place in around and (text := _text_of(mark.element)) and len(text) < 160
    ]
    yield list(_byline_blocks(shown, around))


def _text_of(element: Any) -> str:
    """The links in a byline that are more than an account or an address, else all of it."""
    texts = (" ".join(link.text_content().split()) for link in element.iter("a"))
    links = [text for text in texts if _EMAIL.sub("", _HANDLE.sub("", text)).strip()]
    return " | ".join(links) if links else " ".join(" ".join(element.itertext()).split())


def _people(value: Any) -> Iterator[str]:
    """The names under a JSON-LD key, without those of organisations that are no agency."""
    if isinstance(value, str):
        if not value.startswith(("http:", "https:", "/", "#")):
            yield metadata.clean(value)
    elif isinstance(value, list):
        for item in value[:50]:
            yield from _people(item)
    elif isinstance(value, Mapping):
        kinds = value.get("@type")
        names = list(metadata.strings(value.get("name")))
        if kinds in ("Organization", "NewsMediaOrganization", "Corporation"):
            names = [name for name in names if any(_agency(part) for part in _BETWEEN.split(name))]
        given, family = value.get("givenName"), value.get("familyName")
        if not names and isinstance(given, str) and isinstance(family, str):
            names = [f"{given} {family}"]
        yield from names


def _byline_blocks(shown: Shown, around: Sequence[int]) -> Iterator[str]:
    """Lines near the title that begin with a word for who wrote it, or hold one with a colon."""
    for place in around:
        if not 0 <= place < len(shown.blocks):
            continue
        block = shown.blocks[place]
        if block.weight > 160 or block.is_heading or block.caption:
            continue
        if match := _HAN_BYLINE.search(block.text):
            yield f"{match[1]}\0"
            continue
        if match := _KOREAN_BYLINE.search(block.text):
            yield match[1]
            continue
        for part in re.split(r"\s*[·•|]\s*|\s{2,}", block.text):
            if begins("byline", "before").match(part):
                yield part
                break


@cache
def _agencies() -> dict[str, str]:
    return {folded(name): name for name in phrases("byline", "agencies")}


def _agency(printed: str) -> str | None:
    """The agency that a printed name is, as printed."""
    letters = folded(printed)
    return printed.strip(" .,-–—()[]") if letters in _agencies() else None


def _dateline(text: str) -> str | None:
    """The agency in a dateline: «BERLIN (AP) —», «Berlin (dpa) -»."""
    for line in text.split("\n")[:4]:
        if match := _DATELINE.match(line):
            for name in re.split(r"\s*[/,]\s*", match[1]):
                if name and (name.isupper() or name.islower() or " " in name) and (found := _agency(name)):
                    return found
    return None


class _Names:
    """Reads printed bylines; knows what the site is called."""

    def __init__(self, outlet: str | None, url: str) -> None:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        labels = [label for label in host.split(".")[:-1] if len(label) > 3]
        self._site = {folded(name) for name in (outlet or "", host, *labels) if folded(name)}

    def read(self, printed: str) -> Written:
        """The people and the agency in one printed string."""
        last_first = printed.endswith("\0")
        printed = printed.rstrip("\0")
        if len(printed) > 300:
            return Written()
        text = printed
        if match := re.fullmatch(rf"\s*{_EMAIL.pattern}\s*\(([^()]+)\)\s*", printed):
            text = match[1]
        agency = None
        for match in _BRACKETS.finditer(text):
            agency = agency or _agency(next(group for group in match.groups() if group is not None))
        if whole := _BRACKETS.fullmatch(text.strip()):
            text = next(group for group in whole.groups() if group is not None)
        text = _HANDLE.sub(" ", _EMAIL.sub(" ", _BRACKETS.sub(" ", text)))
        text = _without_before(" ".join(text.split()))
        text = _without_day(text)
        if ";" in text and text.count(",") == text.count(";") + 1:
            several = [self.read(f"{one}\0") for one in text.split(";")]
            return Written(tuple(name for one in several for name in one.authors), agency)
        parts = [part.strip(" .,:-–—*\"'“”") for part in _BETWEEN.split(text) if part and part.strip(" .,:-–—*")]
        if swapped := _last_first(parts, text, certain=last_first):
            return Written((swapped,), agency)
        names: list[str] = []
        for part in map(_without_before, parts):
            if found := _agency(part):
                agency = agency or found
            elif name := self._name(part):
                names.append(name)
            elif not names and len(parts) > 1 and begins("byline", "nobody").match(part):
                continue
        return Written(tuple(names), agency)

    def _name(self, part: str) -> str | None:
        """One person's name, or None."""
        part = " ".join(_DEGREE.sub(" ", part).split()).strip(" .,:-–—")
        letters = folded(part)
        if not letters or self._is_site(letters):
            return None
        if any(char.isdigit() or char in "@/#_:!?…<>{}" for char in part) or letters in _nobodies():
            return None
        if match := _HAN_NAME.fullmatch(_without_role(part)):
            return match[0]
        tokens = _without_role(part).split()
        kept: list[str] = []
        for token in tokens:
            if token.lower() in _PARTICLES or _is_name_word(token):
                kept.append(token)
            elif len(kept) >= 2:
                break  # «Lia Marsh-Keene in Saltmere»
            else:
                return None
        if kept and len(kept[-1]) == 1 and kept[-1].isascii():
            return None  # a name that was cut
        while kept and kept[-1].lower() in _PARTICLES:
            kept.pop()
        if not 2 <= len(kept) <= 6 or folded(" ".join(kept)) in _nobodies() or kept[0].lower() in _NO_FIRST:
            return None
        if any(folded(word) in _desk_words() for word in kept) or self._is_site(folded(" ".join(kept))):
            return None
        return " ".join(kept)

    def _is_site(self, letters: str) -> bool:
        return any(letters == site or (len(site) > 5 and letters.startswith(site)) for site in self._site)


def _is_name_word(token: str) -> bool:
    first = next((char for char in token if char.isalpha()), "")
    return (
        bool(first)
        and (first.isupper() or not (first.isupper() or first.islower()))
        and all(char.isalpha() or char in ".'’-‐`" or char in "ʼ\u200c\u0301" for char in token)
    )


def _without_before(text: str) -> str:
    for _ in range(3):
        match = begins("byline", "before").match(text)
        if match is None or match.end() >= len(text):
            return text
        rest = text[match.end() :].lstrip(" :：／/")
        # «De» and «Di» before a name in capitals, «Text:» before anything; a name that begins so is left alone.
        if not rest or not (text[match.end()] in " :：／/\u3000" or ord(text[match.end() - 1]) > 0x2E80):
            return text
        text = rest
    return text


def _without_day(text: str) -> str:
    """A byline, cut before a word for publication or change, after which a day or an hour follows."""
    for name in ("updated", "published"):
        match = holds("date", name).search(text)
        if match is not None and match.start() > 0:
            text = text[: match.start()].rstrip(" ,|·-–—")
    return _ON_A_DAY.sub("", text)


@cache
def _role_pattern() -> re.Pattern[str]:
    return holds("byline", "roles")


def _without_role(part: str) -> str:
    """A name without the role in front of it or after it; nothing where it is a role alone."""
    match = _role_pattern().search(part)
    if match is None:
        return part
    before, after = part[: match.start()].strip(" ,.-–"), part[match.end() :].strip(" ,.-–")
    if len(before.split()) >= 2 or (before and ord(before[0]) > 0x2E80):
        return before
    if (
        not before
        and (len(after.split()) >= 2 or (after and ord(after[0]) > 0x2E80))
        and not _role_pattern().search(after)
    ):
        return after
    return ""


@cache
def _nobodies() -> frozenset[str]:
    return frozenset(folded(name) for name in phrases("byline", "nobody"))


@cache
def _desk_words() -> frozenset[str]:
    return words(
        "news newsroom desk staff team redaktion redaction rédaction redacción redazione redactie redaksjonen "
        "editorial "
        "press media agency agencies agenturen bureau service network online digital tv radio magazine gmbh ag inc llc "
        "ltd verlag group reuters afp dpa редакция"
    )


def _last_first(parts: Iterable[str], text: str, *, certain: bool) -> str | None:
    """«Halloran, Dunja» as one name."""
    pieces = list(parts)
    if (
        len(pieces) != 2
        or text.count(",") != 1
        or not all(_is_name_word(word) for piece in pieces for word in piece.split())
    ):
        return None
    if any(_agency(piece) or folded(piece) in _nobodies() or _role_pattern().search(piece) for piece in pieces):
        return None
    last, first = pieces
    if certain or (len(last.split()) == 1 and len(first.split()) == 1):
        if len(first.replace(".", "").strip()) <= 3 and "." not in first:
            first = first.strip()
        given = f"{first}." if text.rstrip().endswith(".") and not first.endswith(".") else first
        return f"{given} {last}"
    return None
