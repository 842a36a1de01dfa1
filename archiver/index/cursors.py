"""Cursors: where a walk through results continues. Bound to their query; `api.cursors` signs them for clients."""

from __future__ import annotations

import dataclasses
import hashlib

import orjson

from archiver.errors import BadQuery
from archiver.records import Query, SnapshotQuery

Key = tuple[int | str, ...]


def fingerprint(query: Query | SnapshotQuery) -> str:
    """What makes two pages parts of one walk: the whole query but page size, facets and cursor."""
    walk = dataclasses.replace(query, limit=1, facet=(), facet_size=1, cursor=None)
    if isinstance(walk, Query):  # spellings are worked out at each page, and may grow on the way
        walk = dataclasses.replace(walk, spellings=())
    return hashlib.blake2b(repr(walk).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()


def cursor_after(key: Key, query: Query | SnapshotQuery) -> str:
    """A cursor for what follows the row with this sort key, as JSON; the API signs it, so that none can be made up."""
    return orjson.dumps([fingerprint(query), *key]).decode()


def key_of(query: Query | SnapshotQuery) -> Key | None:
    """The sort key in the query's cursor, None without one. Raises BadQuery where it was not made for this query."""
    if query.cursor is None:
        return None
    mark, *key = _opened(query.cursor)
    if mark != fingerprint(query):
        raise _refused("belongs to another query")
    return tuple(key)


def _opened(cursor: str) -> list[int | str]:
    try:
        opened = orjson.loads(cursor)
    except orjson.JSONDecodeError:
        raise _refused("was not issued by this archive") from None
    if not isinstance(opened, list) or not opened or not all(isinstance(each, int | str) for each in opened):
        raise _refused("was not issued by this archive")
    return opened


def _refused(what: str) -> BadQuery:
    return BadQuery(what, parameter="cursor", remedy="Use `next` of the previous page unchanged, with the same query")
