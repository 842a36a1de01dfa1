"""Cursors: where a walk through results goes on. Opaque to clients, checked when they come back."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import hashlib

import orjson

from archiver.errors import BadQuery
from archiver.records import Query, SnapshotQuery

_CHECK = 9  # bytes of checksum


def fingerprint(query: Query | SnapshotQuery) -> str:
    """What makes two pages parts of one walk: everything asked but page size, facets and cursor."""
    asked = dataclasses.replace(query, limit=1, facet=(), cursor=None)
    return hashlib.blake2b(repr(asked).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def cursor_after(key: tuple[int | str, ...], query: Query | SnapshotQuery) -> str:
    """A cursor for what follows the row with this sort key."""
    body = orjson.dumps([fingerprint(query), *key])
    return base64.urlsafe_b64encode(_check(body) + body).decode("ascii").rstrip("=")


def key_of(query: Query | SnapshotQuery) -> tuple[int | str, ...] | None:
    """The sort key in the query's cursor, None without one. Raises BadQuery where it was not made for this query."""
    if query.cursor is None:
        return None
    mark, *key = _opened(query.cursor)
    if mark != fingerprint(query):
        raise _refused("belongs to another query")
    return tuple(key)


def _opened(cursor: str) -> list[int | str]:
    try:
        data = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise _refused("is not one of ours") from None
    check, body = data[:_CHECK], data[_CHECK:]
    if check != _check(body) or base64.urlsafe_b64encode(data).decode("ascii").rstrip("=") != cursor:
        raise _refused("is not one of ours")
    opened: list[int | str] = orjson.loads(body)
    return opened


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_CHECK, person=b"onrecord cursor").digest()


def _refused(what: str) -> BadQuery:
    return BadQuery(what, parameter="cursor", remedy="Take `next` of the previous page as it is, with the same query")
