"""Named fields of WARC records by their grammar (WARC 1.1 §4): nothing that is written can break out of its line.

Names are tokens, values hold no control characters, URIs are percent-encoded. What does not fit is refused, never
mended silently: a forged line in a header would be a forged record.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from archiver.errors import WarcError

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_URI_SAFE = ":/?#[]@!$&'()*+,;=%-._~"
_DATE = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})"
    r"(?:[Tt ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,30}))?)?)?([Zz]|[+-]\d{2}:?\d{2})?)?)?)?",
    re.ASCII,
)
_USUAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z", re.ASCII)
"""How dates of a day in the calendar are mostly written: Python reads them in a tenth of the time."""
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{0,3})", re.ASCII)


def checked(name: str, value: str) -> tuple[str, str]:
    """The field as it may be written. Raises WarcError for a name that is no token or a value with controls."""
    if not _TOKEN.fullmatch(name):
        raise WarcError(f"{name!r} is not a valid WARC field name")
    if _CONTROLS.search(value):
        raise WarcError(f"the value of {name} contains control characters")
    return name, value


def uri(text: str) -> str:
    """A URI in ASCII: anything RFC 3986 does not allow is percent-encoded, as UTF-8."""
    return quote(text, safe=_URI_SAFE, errors="replace")


def date_text(moment: datetime) -> str:
    """A WARC-Date with microseconds, UTC (WARC 1.1 §5.4)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@lru_cache(maxsize=256)
def date_of(text: str | None) -> datetime | None:
    """The time that a WARC-Date names, None where it names none.

    Every precision of WARC 1.1 §5.4 means its first moment; fractions beyond microseconds are cut off. A time without a
    zone is taken for UTC, as the standard asks; 14 digits are the way of ARC files.
    """
    if text and _USUAL.fullmatch(text):
        with suppress(ValueError):  # a second 60, say
            return datetime.fromisoformat(text)
    match = _DATE.fullmatch((text or "").strip()) or _DIGITS.fullmatch((text or "").strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in match.groups()[:6])
    fraction, zone = match[7], match[8] if match.re is _DATE else None
    try:
        micro = int((fraction or "")[:6].ljust(6, "0"))
        moment = datetime(
            year or 0, month or 1, day or 1, hour or 0, minute or 0, min(second or 0, 59), micro, tzinfo=UTC
        )
        return moment - _offset(zone)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=256)
def date_remark(text: str) -> str | None:
    """What is odd about a WARC-Date that can be read."""
    if _USUAL.fullmatch(text):
        return None
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return "a WARC-Date in digits" if _DIGITS.fullmatch(text.strip()) else None
    if match[4] and match[8] is None:
        return "a WARC-Date without a zone"
    return "a WARC-Date with an offset" if match[8] and _offset(match[8]) else None


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone in "Zz":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def bare(text: str) -> str:
    """A URI without the angle brackets that WARC 1.0 puts around record ids, and wget around every URI."""
    text = text.strip()
    return text[1:-1].strip() if text.startswith("<") and text.endswith(">") else text
