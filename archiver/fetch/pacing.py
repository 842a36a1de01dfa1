"""The manners between two requests to one host: a pause, and the waits that a busy server asks for."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from archiver.errors import Unreachable
from archiver.records import Exchange

MAX_TRIES = 3
MAX_WAIT = 3600.0
BACK_OFF = 1.0  # seconds before the second try where a 503 does not say; doubled for the third
MAX_HOSTS = 10_000

_BUSY = (429, 503)


class Pacer:
    """Gives each host's requests their turns, `pause` seconds apart. Thread-safe. `sleep` waits for seconds."""

    def __init__(self, pause: float, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._pause = pause
        self._sleep = sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, *, deadline: float) -> None:
        """Waits for the host's next turn. Raises Unreachable where it comes after `deadline` (monotonic seconds)."""
        now = time.monotonic()
        with self._lock:
            turn = max(now, self._next.get(host, now))
            if turn > deadline:
                raise Unreachable(f"the host's next turn comes in {turn - now:.0f} s, after the deadline", where=host)
            self._drop_expired(now)
            self._next[host] = turn + self._pause
        if turn > now:
            self._sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """Holds back requests to the host for this many seconds."""
        with self._lock:
            self._next[host] = max(self._next.get(host, 0), time.monotonic() + seconds)

    def _drop_expired(self, now: float) -> None:
        if len(self._next) >= MAX_HOSTS:
            self._next = {host: turn for host, turn in self._next.items() if turn > now}


def wait_before_retry(exchange: Exchange, *, tries: int) -> float | None:
    """Seconds to wait before asking again after `tries` tries, None where the answer is to be taken as it is.

    Only 429 and 503 are repeated (RFC 9110 §10.2.3, RFC 6585 §4): as `Retry-After` says, at most an hour, with up to
    a tenth added so that many waiting clients do not come back at once; a 503 without it after one second, then two.
    """
    if exchange.status not in _BUSY or tries >= MAX_TRIES:
        return None
    seconds = _retry_after(exchange.head.header("retry-after"))
    if seconds is None and exchange.status == 503:
        seconds = BACK_OFF * 2 ** (tries - 1)
    return None if seconds is None else min(seconds, MAX_WAIT) * random.uniform(1, 1.1)  # noqa: S311 - no secret


def _retry_after(value: str | None) -> float | None:
    """Seconds, or a date; None where it is neither."""
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)  # `-0000` and no zone at all: HTTP knows UTC alone
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
