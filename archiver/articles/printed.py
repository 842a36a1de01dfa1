"""Dates as they are printed for readers, in the language and country of the page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

from babel import Locale, UnknownLocaleError

from archiver.articles import calendars
from archiver.articles.phrases import phrases

_PERSIAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_HIJRI = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال",
    "ذو القعدة", "ذو الحجة",
)  # fmt: skip
_HIJRI_TOO = {
    "ربيع الاول": 3, "ربيع الثاني": 4, "ربيع الثانى": 4, "جمادى الاولى": 5, "جمادى الأول": 5, "جمادى الثانية": 6,
    "جمادي الأولى": 5, "جمادي الآخرة": 6, "جمادى الاخرة": 6, "ذي القعدة": 11, "ذى القعدة": 11, "ذي الحجة": 12,
    "ذى الحجة": 12, "muharram": 1, "safar": 2, "rajab": 7, "ramadan": 9, "shawwal": 10,
}  # fmt: skip
_LEVANT = {
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9,
    "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "جانفي": 1, "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6,
    "جويلية": 7, "أوت": 8, "يناير": 1, "فبراير": 2, "مارس": 3, "أبريل": 4, "ابريل": 4, "مايو": 5, "يونيو": 6,
    "يوليو": 7, "أغسطس": 8, "اغسطس": 8, "سبتمبر": 9, "أكتوبر": 10, "اكتوبر": 10, "نوفمبر": 11, "ديسمبر": 12,
}  # fmt: skip
_MONTH_FIRST = {"us", "ph", "bz", "pr", "fm", "gu"}
_ZONES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "cest": 120, "mesz": 120,
    "eet": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180, "sast": 120, "est": -300, "edt": -240, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "brt": -180,
    "art": -180, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "wib": 420, "ict": 420, "aest": 600, "aedt": 660,
    "acst": 570,
    "acdt": 630, "awst": 480, "nzst": 720, "nzdt": 780, "pkt": 300, "npt": 345,
}  # fmt: skip

_YMD = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*(?:[-/.]|年|년)\s*(?P<m>\d{1,2})\s*(?:[-/.]|月|월)\s*(?P<d>\d{1,2})(?!\d)\s*(?:日|일|\.)?"
)
_ERA = re.compile(r"(?P<era>令和|平成|昭和)\s*(?P<y>\d{1,2}|元)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_ROC = re.compile(
    r"(?:(?:中華)?民[國国]|(?<!\d)(?=1\d\d\s*年))\s*(?P<y>\d{2,3})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日"
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<a>\d{1,2})(?P<dash>[-/.])\s?(?P<b>\d{1,2})(?P=dash)\s?(?P<y>\d{4}|\d{2}(?![\d.]))(?!\d)"
)
_TIME = re.compile(
    r"(?<!\d)(?P<h>\d{1,2})\s?(?:[:.h時时시点]|\s?Uhr\s?)\s?(?P<min>\d{2})(?:[:.](?P<s>\d{2}))?(?:分|분)?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"(?:\s*(?:Uhr|uur|hrs?|h)\b)?\s*\(?(?P<zone>[A-Za-zА-я]{1,4}\b|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<!\d)(?P<h>\d{1,2})\s?(?P<half>[ap]\.?\s?m\b\.?)", re.IGNORECASE)
_BETWEEN = r"\.?,?\s*(?:de[l]?\s+|of\s+|d[’']|den\s+|del?\s+año\s+)?"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|ο|η|-го|\.)?"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text at `start`; `low` of `finest` says how sure the day is: "day", "month" or "year"."""

    day: date
    start: int
    end: int
    finest: str = "day"
    clock: time | None = None
    offset: timezone | None = None


def printed_dates(
    text: str, *, language: str | None, country: str | None, also: str | None = None
) -> list[PrintedDate]:
    """The dates in a short text, in order; `also` is a second language whose months may be printed."""
    plain = _ascii_digits(text)
    found: list[PrintedDate] = []
    for one in _all(plain, language or "", also or "", country):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(_with_clock(one, plain))
    return sorted(found, key=lambda one: one.start)


def ago(text: str) -> timedelta | None:
    """How long before now a text says that something was."""
    for unit, days in (("minutes_ago", 0), ("hours_ago", 0), ("days_ago", 1), ("weeks_ago", 7)):
        if match := _ago(unit).search(_ascii_digits(text)):
            number = int(next(group for group in match.groups() if group))
            if days:
                return timedelta(days=days * number)
            return timedelta(hours=number) if unit == "hours_ago" else timedelta(minutes=number)
    return None


@cache
def _ago(unit: str) -> re.Pattern[str]:
    patterns = (
        re.escape(phrase).replace(r"\{n\}", r"(\d{1,3})").replace(r"\ ", r"\s+") for phrase in phrases("date", unit)
    )
    return re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE)


def _all(text: str, language: str, also: str, country: str | None) -> Iterator[PrintedDate]:
    for match in _ERA.finditer(text):
        year = calendars.ERAS[match["era"]] + (1 if match["y"] == "元" else int(match["y"]))
        yield from _day(match, calendars.gregorian(year, int(match["m"]), int(match["d"])))
    for match in _ROC.finditer(text):
        yield from _day(
            match, calendars.gregorian(int(match["y"]) + calendars.REPUBLIC_OF_CHINA, int(match["m"]), int(match["d"]))
        )
    for match in _YMD.finditer(text):
        yield from _day(match, of_numbers(int(match["y"]), int(match["m"]), int(match["d"]), language))
    yield from _named(text, dict.fromkeys((language, also, "en")))
    numeric = list(_NUMERIC.finditer(text))
    order = _order(numeric, also if language in {"", "en"} and also else language, country)
    for match in numeric:
        yield from _numeric(match, order, language)


def of_numbers(year: int, month: int, day: int, language: str) -> date | None:
    """A day of the calendar that its year belongs to."""
    if 1300 <= year <= 1500:
        return calendars.hijri(year, month, day) if language == "ar" else calendars.persian(year, month, day)
    return calendars.gregorian(year, month, day) if year > 1800 else None


def _day(match: re.Match[str], day: date | None, finest: str = "day") -> Iterator[PrintedDate]:
    if day is not None:
        yield PrintedDate(day, match.start(), match.end(), finest)


def _named(text: str, languages: Iterable[str]) -> Iterator[PrintedDate]:
    for codes in filter(None, languages):
        pattern, months = _month_names(codes)
        for match in pattern.finditer(text):
            month = months[_plain(match["m"] or match["m2"] or match["m3"])]
            day = int(match["d"] or match["d2"] or match["d3"])
            year = int(match["y"] or match["y2"] or match["y3"])
            yield from _day(match, _of_kind(month, year, day))


def _of_kind(month: tuple[str, int], year: int, day: int) -> date | None:
    calendar, number = month
    if calendar == "persian":
        return calendars.persian(year, number, day)
    if calendar == "hijri":
        return calendars.hijri(year, number, day)
    return calendars.gregorian(year, number, day) if year > 1800 else None


@cache
def _month_names(language: str) -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    months: dict[str, tuple[str, int]] = {}
    try:
        locale = Locale.parse(language) if language else Locale("en")
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    months.setdefault(_plain(name), ("gregorian", number))
    except (UnknownLocaleError, ValueError):
        pass
    if language == "en":
        months["sept"] = ("gregorian", 9)
    if language in {"fa", "ar", "ur", "ckb", "ps"}:
        months.update({_plain(name): ("persian", number) for number, name in enumerate(_PERSIAN, 1)})
        months.update({_plain(name): ("gregorian", number) for name, number in _LEVANT.items()})
        months.update({_plain(name): ("hijri", number) for number, name in enumerate(_HIJRI, 1)})
        months.update({_plain(name): ("hijri", number) for name, number in _HIJRI_TOO.items()})
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(months, key=len, reverse=True) if not name.isdigit()
    )
    pattern = (
        rf"(?<!\d)(?P<d>\d{{1,2}}){_ORDINAL}{_BETWEEN}(?P<m>{names})(?!\w){_BETWEEN}(?P<y>\d{{4}})(?!\d)"
        rf"|(?<!\w)(?P<m2>{names})\.?\s+(?P<d2>\d{{1,2}}){_ORDINAL},?\s+(?P<y2>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<y3>\d{{4}})\.?,?\s+(?:m\.\s+)?(?P<m3>{names})\s+(?P<d3>\d{{1,2}})(?!\d)"
    )
    return re.compile(pattern, re.IGNORECASE), months


def _plain(name: str) -> str:
    return " ".join(name.lower().rstrip(".").split())


def _order(matches: list[re.Match[str]], language: str, country: str | None) -> str | None:
    """Whether the day or the month comes first (dmy, mdy); None if unclear."""
    if any(int(match["a"]) > 12 for match in matches):
        return "dmy"
    if any(int(match["b"]) > 12 for match in matches):
        return "mdy"
    if language not in {"", "en"}:
        return "dmy"
    if country in _MONTH_FIRST:
        return "mdy"
    return "dmy" if country else None


def _numeric(match: re.Match[str], order: str | None, language: str) -> Iterator[PrintedDate]:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if year < 100:
        year += 2000 if language != "th" else 2500
    day_first, month_first = of_numbers(year, second, first, language), of_numbers(year, first, second, language)
    if order is not None:
        yield from _day(match, day_first if order == "dmy" else month_first)
    elif day_first is None or month_first is None or day_first == month_first or match["dash"] == ".":
        yield from _day(match, day_first or month_first)
    else:
        yield from _day(match, day_first, "month" if first == second else "year")


def _with_clock(one: PrintedDate, text: str) -> PrintedDate:
    """With the time that is close after it, or before."""
    after, before = text[one.end : one.end + 40], text[max(0, one.start - 25) : one.start]
    for place in (after, before):
        match = _TIME.search(place) or _HOUR.search(place)
        if match is None:
            continue
        groups = match.groupdict()
        hour, minute = int(groups["h"]), int(groups.get("min") or 0)
        half = (groups.get("half") or "").lower().replace(".", "").replace(" ", "")
        if half == "pm" and hour < 12:
            hour += 12
        elif half == "am" and hour == 12:
            hour = 0
        if hour > 23 or minute > 59:
            continue
        return PrintedDate(one.day, one.start, one.end, one.finest, time(hour, minute), _zone(groups.get("zone")))
    return one


def _zone(printed: str | None) -> timezone | None:
    if not printed:
        return None
    if printed[0] in "+-":
        digits = printed[1:].replace(":", "")
        sign = -1 if printed[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0)))
    minutes = _ZONES.get(printed.lower())
    return None if minutes is None else timezone(timedelta(minutes=minutes))


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(char))
        if char.isdigit() and not char.isascii() and unicodedata.category(char) == "Nd"
        else char
        for char in text
    )


def local_moment(one: PrintedDate) -> datetime | None:
    """The day and clock as printed, with the zone if one is printed."""
    return None if one.clock is None else datetime.combine(one.day, one.clock, tzinfo=one.offset)
