"""Named fields of WARC records by their grammar (WARC 1.1 §4): nothing that is written can break out of its line.

Names are tokens, values hold no control characters, URIs are percent-encoded. What does not fit is refused, never
mended silently: a forged line in a header would be a forged record.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from urllib.parse import quote

from archiver.errors import WarcError

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_URI_SAFE = ":/?#[]@!$&'()*+,;=%-._~"
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|\+00:?00)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def checked(name: str, value: str) -> tuple[str, str]:
    """The field as it may be written. Raises WarcError for a name that is no token or a value with controls."""
    if not _TOKEN.fullmatch(name):
        raise WarcError(f"{name!r} is no name for a WARC field")
    if any(ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 or 0xD800 <= ord(char) < 0xE000 for char in value):
        raise WarcError(f"the value of {name} holds control characters")
    return name, value


def uri(text: str) -> str:
    """A URI in ASCII: whatever RFC 3986 does not allow in one is percent-encoded, as UTF-8."""
    return quote(text, safe=_URI_SAFE, errors="replace")


def date_text(moment: datetime) -> str:
    """A WARC-Date with microseconds, UTC (WARC 1.1 §5.4)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def date_of(text: str | None) -> datetime | None:
    """The time that a WARC-Date names (fractions beyond microseconds cut off), None where it names none."""
    try:
        if match := _DATE.fullmatch((text or "").strip()):
            year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
            micro = int((match[7] or "")[:6].ljust(6, "0"))
            return datetime(year, month, day, hour, minute, min(second, 59), micro, tzinfo=UTC)
        if match := _DAY.fullmatch((text or "").strip()):
            return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    except ValueError:
        pass
    return None


def bare(text: str) -> str:
    """A URI without the angle brackets that WARC 1.0 puts around record ids, and wget around every URI."""
    text = text.strip()
    return text[1:-1].strip() if text.startswith("<") and text.endswith(">") else text
