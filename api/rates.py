"""How many requests one key or address may make in a minute, and the header fields that say so.

`RateLimit` and `RateLimit-Policy` as draft-ietf-httpapi-ratelimit-headers has them. Each server counts for itself.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

READS, WRITES = 1200, 60  # a minute, where the settings name no other
WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimitStatus:
    """A caller's limit after a request: what is left in the window and the seconds until more is."""

    policy: str
    allowed: bool
    limit: int
    left: int
    seconds: int

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The header fields of the answer."""
        return (
            ("RateLimit-Policy", f'"{self.policy}";q={self.limit};w={WINDOW}'),
            ("RateLimit", f'"{self.policy}";r={self.left};t={self.seconds}'),
        )


class Rates:
    """The counts of one server. `reads` and `writes` are the limits that the settings name, None for the usual ones."""

    def __init__(self, reads: int | None, writes: int | None) -> None:
        self._given = {"reads": reads, "writes": writes}
        self._usual = {"reads": READS, "writes": WRITES}
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def count(self, who: str, policy: str, *, trusted: bool) -> RateLimitStatus | None:
        """Counts a request of `who` under `reads` or `writes`; None where nothing limits it.

        The usual limits do not count for who is `trusted`; limits that the settings name count for everybody.
        """
        given = self._given[policy]
        if given is None and trusted:
            return None
        limit = given or self._usual[policy]
        item = RateLimitItemPerMinute(limit)
        allowed = self._counter.hit(item, policy, who)
        stats = self._counter.get_window_stats(item, policy, who)
        seconds = max(1, round(stats.reset_time - time.time()))
        return RateLimitStatus(
            policy=policy, allowed=allowed, limit=limit, left=max(0, stats.remaining), seconds=seconds
        )
