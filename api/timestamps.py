"""Times as web archives write them: up to 14 digits, `YYYYMMDDhhmmss`, in UTC; and as HTTP does."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

DIGITS = re.compile(r"[0-9]{4,14}", re.ASCII)
_HTTP = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")


def timestamp(time: datetime) -> str:
    """The 14 digits of a time."""
    return time.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def earliest(digits: str) -> datetime:
    """The first moment that 4 to 14 digits name: `2026` is the beginning of that year. Raises ValueError."""
    return _time(digits + "00000101000000"[len(digits) :])


def latest(digits: str) -> datetime:
    """The last second that 4 to 14 digits name: `202602` is the end of that February. Raises ValueError."""
    if len(digits) < 6:
        digits += "000012"[len(digits) :]
    if len(digits) < 8:
        last = monthrange(int(digits[:4]), int(digits[4:6]))[1] if 1 <= int(digits[4:6]) <= 12 else 0
        digits += f"{last:02}"[len(digits) - 6 :]
    return _time(digits + "00000000235959"[len(digits) :])


def http_date(time: datetime) -> str:
    """A time as HTTP writes it (RFC 9110 §5.6.7)."""
    return format_datetime(time.astimezone(UTC).replace(microsecond=0), usegmt=True)


def read_http_date(text: str) -> datetime:
    """A time as RFC 7089 §2.1.1.1 has it in `Accept-Datetime`. Raises ValueError."""
    if not _HTTP.fullmatch(text.strip()):
        raise ValueError("is not a date such as Thu, 12 Mar 2026 09:00:00 GMT")
    return parsedate_to_datetime(text.strip())


def _time(digits: str) -> datetime:
    """The moment of 14 digits; no day or hour beyond the calendar."""
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
