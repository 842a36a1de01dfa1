"""The head of an HTTP answer: status line and fields (RFC 9112 §2 to §5), with a browser's patience."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archiver.records import Head

_STATUS = re.compile(
    rb"(?:HTTP/[0-9](?:\.[0-9])?|ICY)[ \t]+([1-9][0-9]{2})(?:[ \t]+([^\r\n]*))?\r?(?:\n|\Z)", re.IGNORECASE
)
_END = re.compile(rb"\n\r?\n")
_SWITCHING_PROTOCOLS = 101
_BLANKS = {" ", "\t"}

NO_NAME = "a header line has no name"
FOLDED = "a header line is folded"


def read_head(data: bytes) -> Head:
    """The head that a message begins with; interim answers (1xx) before it count as a part of it.

    What does not begin as an answer does has no status, no fields and a head of no length.
    """
    start = 0
    while (match := _STATUS.match(data, start)) is not None:
        end = _END.search(data, match.end() - 1)
        length = end.end() if end else len(data)
        status = int(match[1])
        if not (is_interim(status) and _STATUS.match(data, length)):
            lines = data[match.end() : end.start() if end else len(data)].decode("latin-1")
            fields = read_fields(lines.split("\n"))
            return Head(status=status, reason=_reason(match[2]), headers=fields, length=length)
        start = length
    return Head(status=None, reason="", headers=(), length=0)


def is_interim(status: int | None) -> bool:
    """Whether another answer follows this one (RFC 9110 §15.2)."""
    return status is not None and 100 <= status < 200 and status != _SWITCHING_PROTOCOLS


def status_of(line: bytes) -> tuple[int, str] | None:
    """Status and reason phrase of a status line, None if it is not one."""
    match = _STATUS.fullmatch(line)
    return None if match is None else (int(match[1]), _reason(match[2]))


def _reason(text: bytes | None) -> str:
    return (text or b"").decode("latin-1").strip()


def read_fields(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The fields in some lines: folded lines joined (RFC 9112 §5.2), lines without a name skipped."""
    fields = Fields()
    for line in lines:
        fields.add(line)
    return fields.all()


class Fields:
    """Fields, from lines as they come; a value folded over many lines is put together once."""

    def __init__(self) -> None:
        self._found: list[tuple[str, list[str]]] = []

    def add(self, line: str) -> str | None:
        """Adds the field in a line, or continues the last one; returns a remark where the line is an odd one."""
        if line[:1] in _BLANKS and self._found:
            self._found[-1][1].append(line.strip())
            return FOLDED
        name, colon, value = line.partition(":")
        name = name.strip()
        if not colon or not name:
            return NO_NAME
        self._found.append((name, [value.strip(" \t\r\n")]))
        return None

    def all(self) -> tuple[tuple[str, str], ...]:
        """Names and values."""
        return tuple(
            [(name, parts[0] if len(parts) == 1 else " ".join(filter(None, parts))) for name, parts in self._found]
        )
