"""Number of quotes in each period, as bars that narrow the search; drawn here, so that it needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from archiver.records import Bucket, Histogram, Interval

WIDTH, MAX_WIDTH, HEIGHT, GAP = 24, 92, 26, 2
"""Of a bar, in units of the drawing: wide enough for a finger, wider where there are few."""
FULL = 1176  # of the drawing: what the widest page has beside its margins
LABELLED = 84  # a bar so wide has its own label
MAX_BARS = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A period: where its bar is, how high it is, and the days it begins and ends with."""

    x: int
    y: float
    height: float
    count: int
    value: str
    first: str
    last: str


def interval_for(first: str | None, last: str | None) -> Interval:
    """Days, months or years, so that there are not too many bars between two days."""
    if not first or not last:
        return Interval.MONTH
    days = (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days
    if days < MAX_BARS:
        return Interval.DAY
    return Interval.MONTH if days < MAX_BARS * 30 else Interval.YEAR


def width_of(count: int) -> int:
    """How wide each bar is, of this many."""
    return max(WIDTH, min(MAX_WIDTH, FULL // max(count, 1) - GAP))


def bars(histogram: Histogram) -> list[Bar]:
    """The bars of the last periods, at most MAX_BARS, highest as high as the drawing."""
    shown: Sequence[Bucket] = histogram.buckets[-MAX_BARS:]
    width = width_of(len(shown))
    most = max((bucket.count for bucket in shown), default=0)
    found = []
    for place, bucket in enumerate(shown):
        height = round(max(2.0, HEIGHT * bucket.count / most), 1) if bucket.count else 0.0
        first, last = days_of(bucket.value)
        x = place * (width + GAP)
        y = round(HEIGHT - height, 1)
        found.append(Bar(x=x, y=y, height=height, count=bucket.count, value=bucket.value, first=first, last=last))
    return found


def days_of(value: str) -> tuple[str, str]:
    """The first and the last day of a period: a day, a month or a year, as many parts as it has."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return value, value
    if len(parts) == 1:
        return f"{value}-01-01", f"{value}-12-31"
    year, month = parts
    following = date(year + month // 12, month % 12 + 1, 1)
    return f"{value}-01", (following - timedelta(days=1)).isoformat()
