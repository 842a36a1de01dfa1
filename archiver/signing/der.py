"""The order of certificates in a time stamp, which its signature does not cover.

DER wants the members of a set sorted (X.690 §11.6). Authorities that run openssl send the certificates of their chain
as they come, and `rfc3161-client` then refuses the whole answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_CERTIFICATES = 0xA0
_PATH = (0, 1, 1, 0)
"""From the answer (RFC 3161 §2.4.2) to its SignedData (RFC 5652 §5.1): the answer, its token, what is in that."""


class _Part(NamedTuple):
    """An element: where it begins, where its content does, and where it ends."""

    start: int
    content: int
    end: int


def with_sorted_certificates(answer: bytes) -> bytes:
    """A time stamp answer with its certificates in order; as it is where it has no such place."""
    try:
        place = _Part(0, 0, len(answer))
        for number in _PATH:
            place = list(_parts(answer, place))[number]
        found = next(part for part in _parts(answer, place) if answer[part.start] == _CERTIFICATES)
        certificates = sorted(answer[part.start : part.end] for part in _parts(answer, found))
    except (IndexError, StopIteration):
        return answer
    return answer[: found.content] + b"".join(certificates) + answer[found.end :]


def _parts(data: bytes, within: _Part) -> Iterator[_Part]:
    """The elements in the content of one. Raises IndexError where they do not fill it."""
    start = within.content
    while start < within.end:
        content, length = start + 2, data[start + 1]
        if length & 0x80:
            count = length & 0x7F
            content, length = content + count, int.from_bytes(data[content : content + count])
        if content + length > within.end:
            raise IndexError("an element is longer than what it is in")
        yield _Part(start, content, content + length)
        start = content + length
