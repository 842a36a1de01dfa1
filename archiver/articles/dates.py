"""Dates as pages state them for machines: ISO 8601 and its usual variants, RFC 5322, seconds since 1970.

A date alone stays a day, never midnight; a time keeps the page's own offset; a time without zone gives the day alone,
for it names no instant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from archiver.records import UNDATED, Dated, Precision

EARLIEST_YEAR = 1900

_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<dash>[-/.])(?P<month>\d{1,2})(?:(?P=dash)(?P<day>\d{1,2}))?|(?P<month8>\d{2})(?P<day8>\d{2}))"
    r"(?:[T\s,]+(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
    r"(?:\[[A-Za-z/_]+\])?",
    re.IGNORECASE | re.ASCII,
)
_IN_URL = re.compile(r"(?<![0-9])((?:19|20)\d{2})([-/_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![0-9])", re.ASCII)
_SINCE_1970 = re.compile(r"(\d{10})(?:\d{3})?", re.ASCII)


def dated(printed: str, source: str) -> Dated | None:
    """The date that `printed` states, or None where it states none that we can read."""
    printed = printed.strip()
    if match := _ISO.fullmatch(printed):
        return _from_parts(match, printed, source)
    if match := _SINCE_1970.fullmatch(printed):
        return _instant(datetime.fromtimestamp(int(match[1]), UTC), Precision.SECOND, printed, source)
    try:
        return _from_mail_date(printed, source)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_url(url: str) -> Dated | None:
    """The day in a URL's path (`/2026/11/09/`, `-20261109`), the last one there is."""
    matches = list(_IN_URL.finditer(url.split("?", 1)[0]))
    if not matches:
        return None
    found = matches[-1]
    return dated(f"{found[1]}-{found[3]}-{found[4]}", "url") and Dated(
        value=f"{found[1]}-{found[3]}-{found[4]}", precision=Precision.DAY, source="url", printed=found[0]
    )


def first_plausible(candidates: Iterable[Dated | None], captured_at: datetime | None) -> Dated:
    """The first date that is not later than the capture; where all are, the first; where there is none, UNDATED."""
    known = [candidate for candidate in candidates if candidate is not None]
    if captured_at is None:
        return next(iter(known), UNDATED)
    # A day is a day somewhere on earth: it may begin 14 hours before it does in UTC.
    latest = (captured_at.astimezone(UTC) + timedelta(hours=14)).date().isoformat()
    past = (candidate for candidate in known if (candidate.value or "")[:10] <= latest)
    return next(past, next(iter(known), UNDATED))


def _from_parts(match: re.Match[str], printed: str, source: str) -> Dated | None:
    year, month = int(match["year"]), int(match["month"] or match["month8"])
    day = match["day"] or match["day8"]
    try:
        date = datetime(year, month, int(day or 1), tzinfo=UTC)
        if year < EARLIEST_YEAR:
            return None
        if day is None:
            return Dated(value=f"{year}-{month:02}", precision=Precision.MONTH, source=source, printed=printed)
        if match["hour"] is None or match["zone"] is None:
            return Dated(value=date.date().isoformat(), precision=Precision.DAY, source=source, printed=printed)
        second = match["second"]
        moment = date.replace(
            hour=int(match["hour"]),
            minute=int(match["minute"]),
            second=min(int(second or 0), 59),
            tzinfo=_zone(match["zone"]),
        )
    except ValueError:
        return None
    return _instant(moment, Precision.MINUTE if second is None else Precision.SECOND, printed, source)


def _zone(printed: str) -> timezone:
    if printed.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = printed[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if printed[0] == "-" else offset)


def _from_mail_date(printed: str, source: str) -> Dated | None:
    """RFC 5322 §3.3, as HTTP and feeds write it (`Mon, 09 Nov 2026 18:20:00 +0100`)."""
    moment = parsedate_to_datetime(printed)
    if moment.year < EARLIEST_YEAR:
        return None
    if moment.tzinfo is None:
        return Dated(value=moment.date().isoformat(), precision=Precision.DAY, source=source, printed=printed)
    return _instant(moment, Precision.SECOND, printed, source)


def _instant(moment: datetime, precision: Precision, printed: str, source: str) -> Dated:
    return Dated(value=moment.replace(microsecond=0).isoformat(), precision=precision, source=source, printed=printed)
