"""What is written over a file so that some of its records are gone and nothing else moves.

Every record keeps its place: a tombstone of the same length takes that of an erased one, alone or among the records of
one compressed member, in plain, gzip and Zstandard files, of WARC and ARC, and in the packages (WACZ) that hold these.
Nothing is written here: a `Rewriting` says what is to be, so that it can be noted before it is done.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime

import zstandard

from archiver.errors import WarcDamaged, WarcError
from archiver.records import Locator
from archiver.warcs import packages, tombstones
from archiver.warcs.reader import Erasable, erasable_at
from archiver.warcs.storage import Patch, Ranges, Rewriting
from archiver.warcs.streams import GZIP, ZSTD
from archiver.warcs.wacz import is_package

MAX_MEMBER = 512 << 20
"""Bytes that a compressed member with several records may decompress to."""

_UNPACK = "Unpack it, add the WARC files in it and remove this file from the archive"


def rewriting(
    file: Ranges, places: Sequence[Locator], pages: Iterable[tuple[str, datetime]], at: datetime
) -> Rewriting:
    """The file without the records at `places`; a package also without its own words about `pages` (URL and time).

    Raises WarcError where one of them cannot be replaced in its place.
    """
    members: dict[tuple[int, int], list[Locator]] = {}
    for place in places:
        members.setdefault((place.offset, place.length), []).append(place)
    patches = tuple(_patch(file, offset, found, at) for (offset, _), found in sorted(members.items()))
    if not is_package(file.at(0, 4)):
        return Rewriting(patches=patches)
    more, size = packages.repaired(file, patches, pages, where=places[0].warc)
    return Rewriting(patches=(*patches, *more), size=size)


def _patch(file: Ranges, offset: int, places: Sequence[Locator], at: datetime) -> Patch:
    first = places[0]
    stored = file.at(offset, first.length)
    try:
        return Patch(offset=offset, data=_replaced(file, stored, places, at))
    except tombstones.TooSmall:
        raise WarcError(
            "a record is too small to be replaced in its place", where=f"{first.warc} at byte {offset}", remedy=_UNPACK
        ) from None


def _replaced(file: Ranges, stored: bytes, places: Sequence[Locator], at: datetime) -> bytes:
    erased = [erasable_at(file, place) for place in places]
    if stored[:3] == GZIP:
        plain = _single(erased, at) if places[0].within is None else _several(_gunzipped(stored, places[0]), erased, at)
        return tombstones.member(plain, len(stored))
    if stored[:4] == ZSTD:
        if places[0].within is None:
            return tombstones.frame(_single(erased, at), len(stored))
        return tombstones.frame(_several(_unframed(stored, places[0]), erased, at), len(stored))
    return tombstones.plain(erased[0].record, stored, at)


def _single(erased: Sequence[Erasable], at: datetime) -> bytes:
    return tombstones.shortest(erased[0].record, at, is_arc=erased[0].is_arc)


def _several(held: bytes, erased: Iterable[Erasable], at: datetime) -> bytes:
    """What a member decompresses to, with tombstones among its other records."""
    found = bytearray(held)
    for each in erased:
        found[each.start : each.end] = tombstones.plain(each.record, held[each.start : each.end], at)
    return bytes(found)


def _gunzipped(stored: bytes, place: Locator) -> bytes:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    held = inflate.decompress(stored, MAX_MEMBER)
    if not inflate.eof:
        raise WarcDamaged("the member is too large to be rewritten", where=place.warc, offset=place.offset)
    return held


def _unframed(stored: bytes, place: Locator) -> bytes:
    try:
        return zstandard.ZstdDecompressor().decompressobj().decompress(stored)
    except zstandard.ZstdError:
        remedy = f"It needs a dictionary. {_UNPACK}"
        raise WarcError("the frame cannot be rewritten", where=place.warc, remedy=remedy) from None
