"""Dates as pages state them for machines: ISO 8601 and its usual variants, RFC 5322, JavaScript, seconds since 1970.

A date alone stays a day, never midnight; a time keeps the page's own offset; a time without zone gives the day alone,
for it names no instant. Placeholders are not dates: the years 0 and 1, the first day of 1970.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from archiver.articles import printed as prints
from archiver.records import UNDATED, Dated, Precision

EARLIEST_YEAR = 1800

_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<dash>[-/.])(?P<month>\d{1,2})(?:(?P=dash)(?P<day>\d{1,2}))?|(?P<month8>\d{2})(?P<day8>\d{2}))"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
    r"(?:\[[A-Za-z/_]+\])?",
    re.IGNORECASE | re.ASCII,
)
_JAVASCRIPT = re.compile(
    r"[A-Za-z]{3} (?P<month>[A-Za-z]{3}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<clock>\d{2}:\d{2}:\d{2}) "
    r"(?:GMT|UTC)(?P<zone>[+-]\d{4})?(?: \([^()]{0,60}\))?"
)
_WRAPPED = re.compile(r"(?:new\s+Date\(|/Date\()\s*[\"']?(.{4,60}?)[\"']?\s*\)/?")
_IN_URL = re.compile(r"(?<![0-9])((?:19|20)\d{2})([-/_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![0-9])", re.ASCII)
_NAMED_IN_URL = re.compile(r"/((?:19|20)\d{2})/([a-z]{3})/(0?[1-9]|[12]\d|3[01])(?=/)", re.ASCII)
_SINCE_1970 = re.compile(r"(\d{9,10})(?:\d{3}|\.\d+)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def dated(stated: str | float, source: str, *, language: str | None = None, country: str | None = None) -> Dated | None:
    """The date that a machine-readable value states, or None where it states none that we can read."""
    text = str(int(stated)) if isinstance(stated, float) else str(stated).strip()
    if wrapped := _WRAPPED.fullmatch(text):
        return dated(wrapped[1], source, language=language, country=country)
    if match := _ISO.fullmatch(text):
        return _from_parts(match, text, source, language or "")
    if match := _SINCE_1970.fullmatch(text):
        return _instant(datetime.fromtimestamp(int(match[1]), UTC), Precision.SECOND, text, source)
    if match := _JAVASCRIPT.fullmatch(text):
        text_of_mail = f"{match['day']} {match['month']} {match['year']} {match['clock']} {match['zone'] or '+0000'}"
        return _mail_date(text_of_mail, text, source)
    return _mail_date(text, text, source) or _printed_date(text, source, language, country)


def in_url(url: str) -> Dated | None:
    """The day in a URL's path (`/2026/11/09/`, `-20261109`, `/2026/nov/09/`), the last one there is."""
    path = url.split("?", 1)[0]
    if (named := _NAMED_IN_URL.search(path.lower())) and named[2] in _MONTHS:
        value = f"{named[1]}-{_MONTHS.index(named[2]) + 1:02}-{int(named[3]):02}"
        return dated(value, "url") and Dated(value=value, precision=Precision.DAY, source="url", printed=named[0])
    matches = list(_IN_URL.finditer(path))
    if not matches:
        return None
    found = matches[-1]
    value = f"{found[1]}-{found[3]}-{found[4]}"
    return dated(value, "url") and Dated(value=value, precision=Precision.DAY, source="url", printed=found[0])


def of_printed(one: prints.PrintedDate, text: str, source: str) -> Dated:
    """A printed date as a value; a clock without a zone says no more than the day."""
    shown = " ".join(text[one.start : one.end].split())
    if one.finest == "year":
        return Dated(value=f"{one.day.year}", precision=Precision.YEAR, source=source, printed=shown)
    if one.finest == "month":
        return Dated(value=one.day.isoformat()[:7], precision=Precision.MONTH, source=source, printed=shown)
    moment = prints.local_moment(one)
    if moment is not None and moment.tzinfo is not None:
        return _instant_of(moment, Precision.MINUTE, shown, source)
    return Dated(value=one.day.isoformat(), precision=Precision.DAY, source=source, printed=shown)


def first_plausible(candidates: Iterable[Dated | None], captured_at: datetime | None) -> Dated:
    """The first date that is not later than the capture; UNDATED if there is none."""
    for candidate in candidates:
        if candidate is not None and candidate.value and is_past(candidate, captured_at):
            return candidate
    return UNDATED


def is_past(candidate: Dated, captured_at: datetime | None) -> bool:
    """Whether a date can be that of a page captured then. A day may begin 14 hours before it does in UTC."""
    if captured_at is None:
        return True
    value = candidate.value or ""
    if len(value) > 10:
        return datetime.fromisoformat(value) <= captured_at.astimezone(UTC) + timedelta(hours=14)
    latest = (captured_at.astimezone(UTC) + timedelta(hours=14)).date().isoformat()
    return value <= latest[: len(value)]


def _from_parts(match: re.Match[str], text: str, source: str, language: str) -> Dated | None:
    year, month = int(match["year"]), int(match["month"] or match["month8"])
    stated_day = match["day"] or match["day8"]
    day = prints.of_numbers(year, month, int(stated_day or 1), language)
    if day is None or _is_placeholder(day.year, day.month, day.day):
        return None
    if stated_day is None:
        return Dated(value=day.isoformat()[:7], precision=Precision.MONTH, source=source, printed=text)
    if match["hour"] is None or match["zone"] is None:
        return Dated(value=day.isoformat(), precision=Precision.DAY, source=source, printed=text)
    second = match["second"]
    try:
        moment = datetime(
            day.year,
            day.month,
            day.day,
            int(match["hour"]),
            int(match["minute"]),
            min(int(second or 0), 59),
            tzinfo=_zone(match["zone"]),
        )
    except ValueError:
        return None
    return _instant_of(moment, Precision.MINUTE if second is None else Precision.SECOND, text, source)


def _zone(stated: str) -> timezone:
    if stated.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = stated[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if stated[0] == "-" else offset)


def _mail_date(text: str, shown: str, source: str) -> Dated | None:
    """RFC 5322 §3.3, as HTTP and feeds write it (`Mon, 09 Nov 2026 18:20:00 +0100`)."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if not re.search(r"\d{4}", text) or _is_placeholder(moment.year, moment.month, moment.day):
        return None
    if moment.tzinfo is None:
        return Dated(value=moment.date().isoformat(), precision=Precision.DAY, source=source, printed=shown)
    return _instant_of(moment, Precision.SECOND, shown, source)


def _printed_date(text: str, source: str, language: str | None, country: str | None) -> Dated | None:
    if len(text) > 100:
        return None
    found = prints.printed_dates(text, language=language, country=country)
    if len(found) != 1:
        return None
    one = of_printed(found[0], text, source)
    return Dated(value=one.value, precision=one.precision, source=source, printed=text)


def _is_placeholder(year: int, month: int, day: int) -> bool:
    return year < EARLIEST_YEAR or (year, month, day) in {(1970, 1, 1), (1969, 12, 31), (1900, 1, 1), (1899, 12, 30)}


def _instant(moment: datetime, precision: Precision, text: str, source: str) -> Dated | None:
    return (
        None if _is_placeholder(moment.year, moment.month, moment.day) else _instant_of(moment, precision, text, source)
    )


def _instant_of(moment: datetime, precision: Precision, text: str, source: str) -> Dated:
    return Dated(value=moment.replace(microsecond=0).isoformat(), precision=precision, source=source, printed=text)
