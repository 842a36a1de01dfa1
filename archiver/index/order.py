"""The order of rows, the same on every machine and in both indexes, and the days that a date covers.

A quote's order is the minute its article was published (else captured) above 28 bits of its id; a snapshot's is the
second of its capture above 24 bits of its id. A date without a time of day counts as its first minute.

Neighbours a century apart differ by less than 2^56: where they differ by more, SQLite 3.40 may lose rows that hold two
words when it goes from the newest to the oldest.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from archiver.errors import BadQuery
from archiver.records import Days, Interval

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUOTE_BITS = 28
_SNAPSHOT_BITS = 24
DRAW_BITS = _QUOTE_BITS
"""Bits of a quote's id that `sort=random` goes by: the lowest of its order."""
_DIGITS = str.maketrans("abcdefghijklmnopqrstuvwxyz234567", "0123456789abcdefghijklmnopqrstuv")
_ID = re.compile("[a-z][a-z2-7]{20}")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ].*)?)?)?")


def quote_order(quote_id: str, published: str | None, captured_at: datetime) -> int:
    """Where a quote is among all quotes; greater is newer."""
    return _placed(_minute(published, captured_at), _QUOTE_BITS, quote_id)


@lru_cache(maxsize=256)
def _minute(published: str | None, captured_at: datetime) -> int:
    moment = (instant(published) if published else None) or captured_at
    return int((moment - _EPOCH) // timedelta(minutes=1))


def snapshot_order(snapshot_id: str, captured_at: datetime) -> int:
    """Where a snapshot is among all snapshots; greater is newer."""
    return _placed(int((captured_at - _EPOCH) // timedelta(seconds=1)), _SNAPSHOT_BITS, snapshot_id)


def order_bounds(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """Between which orders all quotes are whose printed day is between two days (YYYYMMDD), with any offset."""
    return (
        None if low is None else (_minute_of(low) - 24 * 60) << _QUOTE_BITS,
        None if high is None else (_minute_of(high) + 2 * 24 * 60 + 1) << _QUOTE_BITS,
    )


def _minute_of(day: int) -> int:
    moment = datetime(day // 10000, day // 100 % 100, day % 100, tzinfo=UTC)
    return int((moment - _EPOCH) // timedelta(minutes=1))


def _placed(units: int, bits: int, identity: str) -> int:
    return (units << bits) | (id_bits(identity) >> (100 - bits))


@lru_cache(maxsize=256)
def seconds_of(moment: datetime) -> int:
    """One of the archive's own times as seconds since 1970."""
    return int((moment - _EPOCH) // timedelta(seconds=1))


def draw_start(seed: int) -> int:
    """Where in the space of ids a random order with this seed begins: ids are digests, so any stretch is a sample."""
    return int.from_bytes(hashlib.sha256(f"draw {seed}".encode()).digest()) >> (256 - DRAW_BITS)


def id_bits(identity: str) -> int:
    """The 100 bits of an id (a letter and 20 characters of base32); of any other name 100 bits of its SHA-256."""
    if _ID.fullmatch(identity):
        return int(identity[1:].translate(_DIGITS), 32)
    return int.from_bytes(hashlib.sha256(identity.encode("utf-8", "surrogatepass")).digest()) >> 156


def instant(value: str) -> datetime | None:
    """The first moment that a date as a page states it may mean; UTC where it has no offset, None for no date."""
    match = _DATE.fullmatch(value)
    if not match:
        return None
    try:
        if len(value) > len("2026-11-10"):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def days_of(value: str | None) -> tuple[int | None, int | None]:
    """The first and the last printed day (YYYYMMDD) of a date that names a day, a month or a year."""
    match = _DATE.fullmatch(value or "")
    if not match:
        return None, None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None, None
    month_of_last = month or 12
    last = date(first.year, month_of_last, day or monthrange(first.year, month_of_last)[1])
    return _number(first), _number(last)


@lru_cache(maxsize=1 << 12)
def digits_of(value: str | None) -> int | None:
    """A date as one number, YYYYMMDD, with 00 for a day or month that it does not name; None for no date."""
    first, last = days_of(value)
    if first is None or last is None:
        return None
    if first == last:
        return first
    return first // 100 * 100 if first // 100 == last // 100 else first // 10000 * 10000


@lru_cache(maxsize=256)
def utc_day(moment: datetime) -> int:
    """The UTC day (YYYYMMDD) of one of the archive's own times."""
    return _number(moment.astimezone(UTC).date())


def day_text(day: int | None) -> str | None:
    """`YYYY-MM-DD` of a day as a number."""
    return None if day is None else f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


def month_text(digits: int | None) -> str | None:
    """`YYYY-MM` of a date as a number, None where it names no month."""
    return None if digits is None or digits % 10000 == 0 else f"{digits // 10000:04d}-{digits // 100 % 100:02d}"


def year_text(digits: int | None) -> str | None:
    """`YYYY` of a date as a number."""
    return None if digits is None else f"{digits // 10000:04d}"


def period_of(digits: int | None, interval: Interval) -> int | None:
    """The number of the period that a date (YYYYMMDD, 00 for what it does not name) is in; None where in none.

    The numbers of neighbouring periods are neighbours.
    """
    if digits is None:
        return None
    year, month, day = digits // 10000, digits // 100 % 100, digits % 100
    if interval is Interval.YEAR:
        return year
    if interval is Interval.MONTH:
        return year * 12 + month - 1 if month else None
    return date(year, month, day).toordinal() if day else None


def period_text(period: int, interval: Interval) -> str:
    """`2026`, `2026-11` or `2026-11-10`."""
    if interval is Interval.YEAR:
        return f"{period:04d}"
    if interval is Interval.MONTH:
        return f"{period // 12:04d}-{period % 12 + 1:02d}"
    return date.fromordinal(period).isoformat()


def bounds(days: Days, parameter: str) -> tuple[int | None, int | None]:
    """Both ends of a range of days as YYYYMMDD. Raises BadQuery naming `<parameter>.from` or `.to`."""
    return _day(days.start, f"{parameter}.from"), _day(days.end, f"{parameter}.to")


def _day(text: str | None, parameter: str) -> int | None:
    if text is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return _number(date.fromisoformat(text))
    except ValueError:
        pass
    raise BadQuery(f"{text!r} is not a day", parameter=parameter, remedy="Write it as YYYY-MM-DD")


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
