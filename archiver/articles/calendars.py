"""Years and days of other calendars as Gregorian dates: Persian, Hijri, Thai, Taiwanese, Japanese eras."""

from __future__ import annotations

from datetime import date, timedelta

BUDDHIST, REPUBLIC_OF_CHINA = 543, 1911
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "r": 2018, "h": 1988, "s": 1925}
"""The year before each Japanese era's first."""

# Where the Persian leap cycle changes (Borkowski, The Persian calendar for 3000 years, 1996).
_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192)


def gregorian(year: int, month: int, day: int) -> date | None:
    """A Gregorian day, or None if there is no such day; a Buddhist year is taken for what it is."""
    if 2400 < year < 2700:
        year -= BUDDHIST
    try:
        return date(year, month, day)
    except ValueError:
        return None


def persian(year: int, month: int, day: int) -> date | None:
    """A day of the Solar Hijri calendar; years 1200 to 1600 are known."""
    if not (1200 <= year <= 1600 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    return _new_year(year) + timedelta(days=(month - 1) * 31 - max(0, month - 7) + day - 1)


def hijri(year: int, month: int, day: int) -> date | None:
    """A day of the Umm al-Qura calendar (1343 to 1500)."""
    from hijridate import Hijri  # noqa: PLC0415 - its table is read where a page has such a date

    try:
        day_of_ours = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(day_of_ours.year, day_of_ours.month, day_of_ours.day)


def _new_year(year: int) -> date:
    """The Gregorian day of 1 Farvardin."""
    leaps, before, jump = -14, _BREAKS[0], 0
    for following in _BREAKS[1:]:
        jump = following - before
        if year < following:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        before = following
    since = year - before
    leaps += since // 33 * 8 + (since % 33 + 3) // 4
    if jump % 33 == 4 and jump - since == 4:
        leaps += 1
    gregorian_year = year + 621
    gregorian_leaps = gregorian_year // 4 - (gregorian_year // 100 + 1) * 3 // 4 - 150
    return date(gregorian_year, 3, 20 + leaps - gregorian_leaps)
