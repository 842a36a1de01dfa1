"""Lengths of time as people and programs write them."""

from __future__ import annotations

import re
from datetime import timedelta

from archiver.errors import BadQuery

_DURATION = re.compile(r"P(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.ASCII)
_SHORT = re.compile(r"(\d{1,9})([smhdw])", re.ASCII)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_duration(text: str, *, parameter: str) -> timedelta:
    """A length of time: ISO 8601 without months and years (`PT1H`, `P7D`), or short (`30m`, `1h`, `7d`).

    Raises BadQuery naming the parameter.
    """
    try:
        if short := _SHORT.fullmatch(text):
            return timedelta(**{_UNITS[short[2]]: int(short[1])})
        match = _DURATION.fullmatch(text)
        if match and any(match.groups()):
            weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
            return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        pass
    raise BadQuery(f"{text[:40]!r} is not a length of time", parameter=parameter, remedy="Write it as PT1H or P7D")
