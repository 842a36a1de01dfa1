"""Connections of the server: deadlines for slow clients, a cap per address, and problems as answers to what is no HTTP.

A connection costs no thread until its request is complete, so many may wait; but none may wait forever. When there are
too many, the one that has waited longest is closed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import orjson
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask

from api.errors import HTTP, INTERNAL, MEDIA_TYPE, Problem, problem_answer
from api.links import Links

MAX_CONNECTIONS = 500
MAX_PER_ADDRESS = 64
UPLOADS = ("/v1/imports", "/save", "/save/file")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How many seconds a client has: for a request's head and body, between requests, to take what is sent."""

    head: float = 10
    body: float = 300
    idle: float = 30
    sending: float = 60


def channel_for(
    links: Links, *, capped: bool = True, deadlines: Deadlines | None = None, uploads: int = 0
) -> type[HTTPChannel]:
    """The class of connections. With `capped` False, as behind a proxy, one address may have any number of them.

    `uploads` is the body limit where files may be uploaded; 0 is the general limit.
    """
    return type(
        "Channel",
        (_Channel,),
        {
            "error_task_class": type("Refusal", (_Refusal,), {"links": links}),
            "parser_class": type("Parser", (_Parser,), {"uploads": uploads}),
            "deadlines": deadlines or Deadlines(),
            "capped": capped,
        },
    )


class _Refusal(ErrorTask):  # type: ignore[misc]
    """Answers with a problem what is not a request, and so reaches no application."""

    links: Links

    def execute(self) -> None:
        error = self.request.error
        kind = HTTP.get(error.code, INTERNAL)
        problem = Problem(kind=kind, detail=kind.meaning)
        body = orjson.dumps(problem_answer(problem, self.links, self.links.base + "/"))
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(body)))]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    """Allows large bodies only where files are uploaded; elsewhere no disk is filled before the caller is known."""

    uploads: int

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.uploads and str(self.path).endswith(UPLOADS):
            self.adj: Any = _Limits(self.adj, self.uploads)


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection with deadlines; `request_began` is None between two requests."""

    deadlines: Deadlines
    capped: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request_began: float | None = self.creation_time
        _close_idle(self, self.server.active_channels.values(), capped=self.capped)

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.request_began = time.time()
        complete: bool = super().received(data)
        if self.request is None:
            self.request_began = None
        return complete

    def readable(self) -> bool:
        """Called at each turn of the loop, at least once a second; so the deadlines are checked here."""
        if _is_overdue(self, self.deadlines, time.time()):
            self.will_close = True
        ready: bool = super().readable()
        return ready


class _Limits:
    """The server's adjustments with another limit on bodies."""

    def __init__(self, adjustments: Any, max_body: int) -> None:
        self._adjustments = adjustments
        self.max_request_body_size = max_body

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adjustments, name)


def _is_overdue(channel: Any, deadlines: Deadlines, now: float) -> bool:
    if channel.total_outbufs_len:
        return bool(now - channel.last_activity > deadlines.sending)
    if channel.requests:
        return False
    if channel.request is not None and channel.request.headers_finished:
        return bool(now - channel.request_began > deadlines.body)
    if channel.request_began is not None:
        return bool(now - channel.request_began > deadlines.head)
    return bool(now - channel.last_activity > deadlines.idle)


def _close_idle(new: Any, channels: Any, *, capped: bool) -> None:
    """Closes the new connection where its address has too many, the longest waiting one where all together are."""
    others = [each for each in channels if each is not new and not each.will_close]
    same = sum(each.addr[0] == new.addr[0] for each in others)
    if capped and same >= MAX_PER_ADDRESS and not is_loopback(new.addr[0]):
        new.will_close = True
        return
    waiting = [each for each in others if not each.requests and not each.total_outbufs_len]
    if len(others) >= MAX_CONNECTIONS and waiting:
        min(waiting, key=lambda each: float(each.last_activity)).will_close = True


def is_loopback(name: str) -> bool:
    """Whether the text is an address of this machine itself, also written as IPv6."""
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback
