"""The day the words were said, where the reporting sentence names one; the publication day is never a guess at it.

A weekday is the last one up to the publication day, as newspapers write; a date without a year is the last one that is
not in the future. Days of clauses of their own («…, who was arrested on Monday, said») do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from archiver.languages import Dates, Pack
from archiver.quotes.model import QUOTE, Chunks
from archiver.quotes.trail import DateRule, step
from archiver.records import NO_DAY, Basis, Dated, Precision, SaidOn, Span, Step

_OTHER_CLAUSE = frozenset("rt;")
_FAR = 24  # chunks between the reporting words and the day, at most
_AHEAD = timedelta(days=1)  # clocks of other zones may be a day on
_FIGURE, _RUN = re.compile(r"\d"), re.compile(r"\w+")
_GLUED = re.compile(r"\w\{n\}|\{n\}\w")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


class FoundDay(NamedTuple):
    """A day found in the text and the rule that read it."""

    start: int
    end: int
    value: date
    basis: Basis
    rule: DateRule
    confidence: float
    further_back: bool = False  # «last Friday»: named for what lies behind the story
    chunk: int = -1


class DatePatterns(NamedTuple):
    """How one language writes days.

    Without one of the words in `telling` a text names no weekday or other day counted from today; None: it may anyhow.
    """

    figures: re.Pattern[str]
    months: re.Pattern[str] | None
    signs: re.Pattern[str] | None
    weekdays: re.Pattern[str] | None
    words: re.Pattern[str] | None
    ago: re.Pattern[str] | None
    telling: frozenset[str] | None


def find_day(chunks: Chunks, anchor: int, published: Dated) -> tuple[SaidOn, Step | None]:
    """The day named in the sentence of the reporting words at chunk `anchor`, outside the marks."""
    today = day_of(published.value)
    if anchor < 0:
        return NO_DAY, None
    found = [day for day in _days(chunks, anchor, today) if _belongs(chunks, day, anchor)]
    if not found:
        return NO_DAY, None
    return said_on_day(chunks, min(found, key=lambda one: abs(one.start - chunks.starts[anchor])))


def said_on_day(chunks: Chunks, day: FoundDay, confidence: float = 1.0) -> tuple[SaidOn, Step | None]:
    """A day that was found as the day of some words; `confidence` is how sure it is that it is theirs."""
    span = Span(start=_with_preposition(chunks, day.start), end=day.end)
    printed = chunks.text[span.start : span.end]
    said = SaidOn(
        value=day.value.isoformat(),
        precision=Precision.DAY,
        basis=day.basis,
        printed=printed,
        span=span,
        confidence=min(day.confidence, confidence),
    )
    return said, step("dates", day.rule, chunks.text, span)


def _with_preposition(chunks: Chunks, start: int) -> int:
    """Where «on Monday» begins."""
    at = bisect_left(chunks.starts, start)
    beside = 0 < at < len(chunks.starts) and chunks.starts[at] == start and chunks.codes[at - 1] == "p"
    return chunks.starts[at - 1] if beside and not chunks.text[chunks.ends[at - 1] : start].strip() else start


def day_of(value: str | None) -> date | None:
    """The printed day of a publication date, in the page's own zone."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def _days(chunks: Chunks, anchor: int, today: date | None) -> Iterator[FoundDay]:
    """The days that the narrative of a sentence names."""
    codes = chunks.codes
    first, last = anchor, anchor
    while first > 0 and codes[first - 1] not in "$\n" and anchor - first < _FAR:
        first -= 1
    while last < len(codes) and codes[last] not in "$\n" and last - anchor < _FAR:
        last += 1
    yield from _days_between(chunks, first, last, today)


def days_within(chunks: Chunks, first: int, last: int, today: date | None) -> Iterator[FoundDay]:
    """The days named outside marks from chunk `first` to before `last`, each with its chunk."""
    for day in _days_between(chunks, first, last, today):
        yield day._replace(chunk=bisect_right(chunks.starts, day.start) - 1)


def _days_between(chunks: Chunks, first: int, last: int, today: date | None) -> Iterator[FoundDay]:
    start = first
    for at in range(first, last + 1):
        if at == last or chunks.codes[at] == QUOTE:
            if at > start:
                yield from _read(chunks.text, chunks.starts[start], chunks.ends[at - 1], chunks.pack, today)
            start = at + 1


def _belongs(chunks: Chunks, day: FoundDay, anchor: int) -> bool:
    """Whether no other clause begins between the reporting words and the day."""
    starts = chunks.starts
    low, high = sorted((day.start, starts[anchor]))
    between = "".join(
        code
        for code, start in zip(
            chunks.codes[max(0, anchor - _FAR) : anchor + _FAR], starts[max(0, anchor - _FAR) :], strict=False
        )
        if low < start < high
    )
    if day.start > starts[anchor]:
        return not _OTHER_CLAUSE & set(between) and not re.search("c[^,]*[xSTL]|[ST].*[ST]", between)
    return not _OTHER_CLAUSE & set(between) and "L" not in between


def _read(text: str, start: int, end: int, pack: Pack, today: date | None) -> Iterator[FoundDay]:
    patterns = patterns_of(pack)
    in_figures = ((patterns.figures, _figures), (patterns.months, _month), (patterns.signs, _signs))
    for pattern, read in in_figures if _FIGURE.search(text, start, end) else ():
        for match in pattern.finditer(text, start, end) if pattern else ():
            value = read(match, pack, today)
            if value and (today is None or value <= today + _AHEAD):
                yield FoundDay(match.start(), match.end(), value, Basis.STATED, DateRule.PRINTED, 0.97)
    if today is None or (patterns.telling is not None and patterns.telling.isdisjoint(_runs(text[start:end]))):
        return
    for pattern, count, rule in (
        (patterns.weekdays, _weekday, DateRule.WEEKDAY),
        (patterns.words, _word, DateRule.WORD),
        (patterns.ago, _ago, DateRule.DAYS_AGO),
    ):
        for match in pattern.finditer(text, start, end) if pattern else ():
            back = count(match, pack, today)
            if back is not None and back >= 0:
                value, behind = today - timedelta(days=back), _is_behind(match, rule, pack)
                yield FoundDay(match.start(), match.end(), value, Basis.RELATIVE, rule, 0.95, behind)


def _is_behind(match: re.Match[str], rule: DateRule, pack: Pack) -> bool:
    """«last Friday», «ten days ago»."""
    sides = {word.lower() for word in (match[1], match[3]) if word} if rule is DateRule.WEEKDAY else set()
    return rule is DateRule.DAYS_AGO or bool(sides & pack.dates.past)


@lru_cache(maxsize=64)
def patterns_of(pack: Pack) -> DatePatterns:
    """The patterns of a language's days."""
    dates = pack.dates
    months, weekdays, words = _any(dates.months), _any(dates.weekdays), _any(dates.relative)
    edge, of = (r"\b", r"(?:\.|er|º|ª|st|nd|rd|th)?[\s\u00a0]*(?:de[lr]?\s+|d[’'])?") if pack.spaces else ("", "")
    past, coming = _any(dict.fromkeys(dates.past, 0)), _any(dict.fromkeys(dates.coming, 0))
    side = "|".join(filter(None, (past, coming)))
    count = rf"(\d+|{_any(dates.numbers)})"
    ago = "|".join(re.escape(phrase).replace(r"\{n\}", count).replace(r"\ ", r"\s+") for phrase in dates.ago)
    signs = None
    if dates.day_signs:
        year, month, day = (
            f"[{re.escape(s)}]" if s else "(?!)" for s in (dates.year_signs, dates.month_signs, dates.day_signs)
        )
        signs = re.compile(
            rf"(?:(\d{{4}})\s*{year}\s*)?(?:(\d{{1,2}})\s*{month}\s*)?(?<!\d)(\d{{1,2}})\s*{day}(?!\s?(?:間|间|동안|간|前|전|目|째))"
        )
    year, ordinal = r"(?:,?\s+(?:de[lr]?\s+)?(\d{4}))?", "(?:st|nd|rd|th)?"
    month_day = rf"(?i)\b(\d{{1,2}}){of}({months})\b\.?{year}|\b({months})\.?\s+(\d{{1,2}}){ordinal}\b{year}"
    beside = rf"(?:{edge}({side})\s+)?{edge}({weekdays}){edge}(?:\s+({side}){edge})?"
    weekday = beside if side else rf"()({edge}(?:{weekdays}){edge})()"
    return DatePatterns(
        re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b|\b(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4}|\d\d)\b"),
        re.compile(month_day) if months else None,
        signs,
        re.compile(rf"(?i){weekday}") if weekdays else None,
        re.compile(rf"(?i){edge}({words}){edge}") if words else None,
        re.compile(rf"(?i){edge}(?:{ago}){edge}") if ago else None,
        _telling(dates) if pack.spaces else None,
    )


def _telling(dates: Dates) -> frozenset[str] | None:
    """The first word of each way to name a day counted from today; None where words are glued to a number."""
    forms = [*dates.weekdays, *dates.relative, *dates.ago]
    runs = [_runs(form.replace("{n}", " ")) for form in forms]
    glued = any(_GLUED.search(form) for form in forms)
    return None if glued or not all(runs) else frozenset(run[0] for run in runs)


def _runs(text: str) -> list[str]:
    """The runs of letters in a text, in lower case."""
    return _RUN.findall(text.replace("İ", "i").lower())


def _any(forms: object) -> str:
    """An alternation of words, the longest first."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(forms, key=len, reverse=True))  # type: ignore[call-overload]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(today: date | None, month: int, day: int) -> date | None:
    """The last such day that is not in the future."""
    if today is None:
        return None
    this = _date(today.year, month, day)
    return _date(today.year - 1, month, day) if this is None or this > today + _AHEAD else this


def _figures(match: re.Match[str], pack: Pack, today: date | None) -> date | None:
    if match[1]:
        return _date(int(match[1]), int(match[2]), int(match[3]))
    one, two, year = int(match[4]), int(match[5]), int(match[6])
    year += 2000 if year < 100 else 0
    return _date(year, one, two) if pack.dates.order == "mdy" else _date(year, two, one)


def _month(match: re.Match[str], pack: Pack, today: date | None) -> date | None:
    day, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
    month = pack.dates.months[name.lower()]
    return _date(int(year), month, int(day)) if year else _last(today, month, int(day))


def _signs(match: re.Match[str], pack: Pack, today: date | None) -> date | None:
    """年 月 日; a day alone is the last one of that number."""
    year, month, day = match[1], match[2], int(match[3].translate(_DIGITS))
    if month:
        return _date(int(year), int(month), day) if year else _last(today, int(month), day)
    if today is None:
        return None
    this = _date(today.year, today.month, day)
    if this and this <= today + _AHEAD:
        return this
    before = today.replace(day=1) - timedelta(days=1)
    return _date(before.year, before.month, day)


def _weekday(match: re.Match[str], pack: Pack, today: date) -> int | None:
    side = {word.lower() for word in (match[1], match[3]) if word}
    if side & pack.dates.coming:
        return None
    back = (today.weekday() - pack.dates.weekdays[match[2].lower()]) % 7
    return 7 if back == 0 and side & pack.dates.past else back


def _word(match: re.Match[str], pack: Pack, today: date) -> int | None:
    return -pack.dates.relative.get(" ".join(match[1].lower().split()), 1)


def _ago(match: re.Match[str], pack: Pack, today: date) -> int | None:
    word = next((group for group in match.groups() if group), "").lower()
    count = int(word) if word.isascii() and word.isdigit() else pack.dates.numbers.get(word)
    return count if count is not None and count <= 60 else None
