"""Block quotations and embedded posts: whose words they are, as the page says beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from archiver.articles.letters import folded, weight
from archiver.articles.phrases import begins
from archiver.articles.text import TextLine
from archiver.records import Passage, Span

MAX_SHARE = 0.5
"""Share of the text from which on a block quotation is a matter of layout."""

MIN_WORDS = 20
"""Weight of a passage below which it is a name or a heading."""

_DASH = re.compile(r"^\s*[—–―‒-]+\s*")
_ACCOUNT = re.compile(r"\s*\(\s*@?[\w.@-]+\s*\)|\s+@[\w.@-]+|,?\s*\[@[^\]]+\]")
_DAY = (
    r"[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4}",
    r"\d{1,2}\.?\s+[^\W\d_]{3,10}\.?,?\s+\d{4}",
    r"\d{4}-\d\d-\d\d",
    r"\d{1,2}[./]\d{1,2}[./]\d{2,4}",
)
_DATE = re.compile(rf"[\s,·|–—-]*(?:\b(?:on\s+)?(?:[^\W\d_]{{3,12}},\s+)?(?:{'|'.join(_DAY)})).*$")
_NAME_ELEMENTS = frozenset({"cite", "footer", "figcaption"})
_NAMED = re.compile(
    r"(?<![a-z])(?:author|cite|citation|source|attribution|speaker|name|by-?line|caption|credit)s?(?![a-z])"
)


def passages_of(lines: Sequence[TextLine], start: int) -> tuple[tuple[Passage, ...], list[str]]:
    """The passages in an article's lines, and the lines as they go into its text; `start` is the offset of the first.

    A line that names the speaker of a quotation loses its dash, account and date.
    """
    written: list[str] = []
    passages: list[Passage] = []
    everything = sum(weight(line.text) for line in lines)
    place, number = start, 0
    while number < len(lines):
        group = [lines[number]]
        while (
            lines[number].quote is not None
            and number + len(group) < len(lines)
            and lines[number + len(group)].quote == lines[number].quote
        ):
            group.append(lines[number + len(group)])
        number += len(group)
        texts, speaker = _read(group) if group[0].quote is not None else ([line.text for line in group], None)
        written += texts
        spoken = texts[:-1] if speaker and texts and speaker in texts[-1] and len(texts) > 1 else texts
        if group[0].quote is not None and spoken and sum(map(weight, spoken)) < max(MAX_SHARE * everything, 1):
            end = place + sum(map(len, spoken)) + len(spoken) - 1
            inner = _inner("\n".join(spoken))
            named = end + 1 + texts[-1].find(speaker) if speaker and spoken is not texts else None
            if inner[1] > inner[0] and weight("".join(spoken)) >= MIN_WORDS:
                passages.append(
                    Passage(
                        span=Span(start=place + inner[0], end=place + inner[1]),
                        speaker=speaker,
                        speaker_span=Span(start=named, end=named + len(speaker))
                        if named is not None and speaker
                        else None,
                    )
                )
        place += sum(map(len, texts)) + len(texts)
    return tuple(passages), written


def _inner(text: str) -> tuple[int, int]:
    """Where the words begin and end, without marks around all of them."""
    start, end = 0, len(text)
    pairs = {"“": "”", "„": "“", "«": "»", '"': '"', "»": "«", "「": "」", "”": "”"}
    if text[:1] in pairs and text[-1:] == pairs[text[:1]]:
        start, end = 1, len(text) - 1
    return start, end


def _read(group: Sequence[TextLine]) -> tuple[list[str], str | None]:
    """The lines of a quotation, and who spoke; the last line then names him or her."""
    texts = [line.text for line in group if not begins("post", "link").match(line.text)]
    if not texts:
        return [], None
    element = group[0].element
    printed = next(iter(_named(element)), None)
    if len(texts) > 1:
        last = texts[-1]
        is_name = (
            bool(_DASH.match(last))
            or bool(_ACCOUNT.search(last))
            or bool(begins("post", "shared").match(last))
            or (printed is not None and folded(last) == folded(printed))
        )
        if is_name and len(last) < 160 and (name := _name(last)):
            return [*texts[:-1], _tidied(last)], name
    if printed and len(texts) == 1 and texts[0].endswith(printed) and (name := _name(printed)):
        words = texts[0][: -len(printed)].rstrip(" \t—–―-")
        return ([words, _tidied(printed)], name) if words else (texts, None)
    if printed and (name := _name(printed)):
        rest = [text for text in texts if folded(text) != folded(printed)]
        return ([*rest, _tidied(printed)], name) if rest else (texts, None)
    return texts, None


def _named(element: Any) -> Iterator[str]:
    """The content of the elements of a quotation that name its source, and in the figure's caption around it."""
    if element is None:
        return
    for inner in element.iter():
        if (
            isinstance(inner.tag, str)
            and inner is not element
            and (inner.tag in _NAME_ELEMENTS or _NAMED.search((inner.get("class") or "").lower()))
        ):
            text = " ".join(inner.text_content().split())
            if 2 < len(text) < 160:
                yield text
    parent = element.getparent()
    if parent is not None and parent.tag == "figure":
        for caption in parent.iter("figcaption"):
            text = " ".join(caption.text_content().split())
            if 2 < len(text) < 160:
                yield text


def _tidied(printed: str) -> str:
    """A line that names a speaker, without its dash, account and date."""
    return (
        _DATE.sub("", _ACCOUNT.sub("", begins("post", "shared").sub("", _DASH.sub("", printed), count=1))).strip(
            " ,·|—–-"
        )
        or printed
    )


def _name(printed: str) -> str | None:
    """The name alone: what is before the role."""
    name = re.split(r"\s*[,(|·:]\s*|\s+[–—-]\s+", _tidied(printed))[0].strip()
    return name if 1 < len(name) <= 60 and not name.startswith("@") and any(map(str.isalpha, name)) else None
