"""A package (WACZ) after records in its WARC files were replaced: digests, lists and directory that agree with them.

The WARC files keep their places in the package. What lists them (`datapackage.json`, its digest, the pages) comes
again behind them, with a new directory (ZIP, APPNOTE 6.3.10 §4.3); the old lists are blanked. A signature over the old
list holds no longer and is left out.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from archiver.errors import WarcError
from archiver.sha256 import sha256_of
from archiver.warcs.storage import Patch, Ranges, Seekable

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DESCRIBED_BEHIND, _UTF8 = 0x8, 0x800
_CRC_PLACE = 14
_MAX_PLACE = (1 << 32) - (1 << 20)
_MAX_LISTED = 256 << 20
_STEP = 1 << 20
_LIST, _SEAL = "datapackage.json", "datapackage-digest.json"
_UNPACK = "Unpack it, add the WARC files in it and remove this file from the archive"


Pages = Iterable[tuple[str, datetime]]


def repaired(file: Ranges, patches: Sequence[Patch], pages: Pages, *, where: str) -> tuple[tuple[Patch, ...], int]:
    """What more is to be put in the places of a package, and its size afterwards.

    `patches` are already decided, in its WARC files; `pages` (URL and time) are taken out of its lists of pages.
    Raises WarcError where that cannot be done, of packages of packages for one.
    """
    try:
        with zipfile.ZipFile(Seekable(file)) as package:
            return _Repair(file, package, where).done(patches, pages)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, KeyError, OSError) as error:
        raise WarcError(f"the package cannot be rewritten ({error})", where=where, remedy=_UNPACK) from error


class _Repair:
    def __init__(self, file: Ranges, package: zipfile.ZipFile, where: str) -> None:
        self._file = file
        self._package = package
        self._where = where
        self._crcs = {info.filename: info.CRC for info in package.infolist()}
        self._more: list[Patch] = []

    def done(self, patches: Sequence[Patch], pages: Pages) -> tuple[tuple[Patch, ...], int]:
        infos = self._package.infolist()
        if self._file.size > _MAX_PLACE:
            raise ValueError("it is larger than 4 GiB")
        resources = self._listed()
        for info in infos:
            start = self._start(info)
            inside = [each for each in patches if start <= each.offset < start + info.compress_size]
            if inside:
                if info.compress_type != zipfile.ZIP_STORED or info.filename.lower().endswith(".wacz"):
                    raise ValueError(f"{info.filename} is a package or compressed")
                self._recounted(info, start, inside, resources)
        renewed = dict(self._without(infos, list(pages), resources))
        if resources is not None:
            listed: dict[str, Any] = orjson.loads(self._package.read(_LIST))
            listed["resources"] = list(resources.values())
            renewed[_LIST] = orjson.dumps(listed, option=orjson.OPT_INDENT_2)
            if _SEAL in self._crcs:
                renewed[_SEAL] = orjson.dumps({"path": _LIST, "hash": sha256_of(renewed[_LIST])})
        return self._laid_out([info for info in infos if info.filename not in renewed], infos, renewed)

    def _listed(self) -> dict[str, dict[str, Any]] | None:
        """The resources of the package by path."""
        if _LIST not in self._crcs or self._package.getinfo(_LIST).file_size > _MAX_LISTED:
            return None
        return {str(each["path"]): each for each in orjson.loads(self._package.read(_LIST))["resources"]}

    def _recounted(
        self, info: zipfile.ZipInfo, start: int, patches: Sequence[Patch], resources: dict[str, dict[str, Any]] | None
    ) -> None:
        """Checksum and digest of a WARC file with its tombstones."""
        resource = (resources or {}).get(info.filename)
        algorithm = str(resource["hash"]).partition(":")[0] if resource else "sha256"
        hashed, crc = hashlib.new(algorithm, usedforsecurity=False), 0
        for piece in _patched(self._file, start, start + info.file_size, patches):
            hashed.update(piece)
            crc = zlib.crc32(piece, crc)
        self._crcs[info.filename] = crc
        if resource:
            resource["hash"] = f"{algorithm}:{hashed.hexdigest()}"
        place = info.header_offset + _CRC_PLACE
        if info.flag_bits & _DESCRIBED_BEHIND:
            end = start + info.compress_size
            place = end + 4 if self._file.at(end, 4) == b"PK\x07\x08" else end
        self._more.append(Patch(offset=place, data=struct.pack("<L", crc)))

    def _without(
        self, infos: Iterable[zipfile.ZipInfo], pages: list[tuple[str, datetime]], resources: dict[str, Any] | None
    ) -> Iterator[tuple[str, bytes]]:
        """The lists of pages, which may hold titles and texts, without the pages that are gone."""
        for info in infos:
            if not (info.filename.startswith("pages/") and info.filename.endswith(".jsonl")):
                continue
            if info.file_size > _MAX_LISTED:
                raise ValueError(f"{info.filename} is too large")
            lines = self._package.read(info).splitlines(keepends=True)
            kept = [line for line in lines if not _is_one_of(line, pages)]
            if len(kept) == len(lines):
                continue
            data = b"".join(kept)
            if resources and (resource := resources.get(info.filename)):
                algorithm = str(resource["hash"]).partition(":")[0]
                resource["hash"] = f"{algorithm}:{hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()}"
                resource["bytes"] = len(data)
            yield info.filename, data

    def _laid_out(
        self, kept: Sequence[zipfile.ZipInfo], infos: Sequence[zipfile.ZipInfo], renewed: dict[str, bytes]
    ) -> tuple[tuple[Patch, ...], int]:
        """The renewed members behind the others, then the directory; where the old ones were there is nothing."""
        for info in infos:
            if info.filename in renewed:
                self._more.append(Patch(offset=self._start(info), data=bytes(info.compress_size)))
        begin = self._package.start_dir
        tail, directory = bytearray(), bytearray()
        for info in kept:
            directory += _entry(info, self._crcs[info.filename], info.compress_size, info.file_size)
        for name, data in renewed.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.header_offset, info.external_attr = begin + len(tail), 0o100644 << 16
            encoded, crc = name.encode(), zlib.crc32(data)
            facts = (20, _UTF8, 0, 0, 0x21, crc, len(data), len(data), len(encoded), 0)
            tail += _LOCAL.pack(b"PK\x03\x04", *facts) + encoded + data
            info.flag_bits = _UTF8
            directory += _entry(info, crc, len(data), len(data))
        count = len(kept) + len(renewed)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), begin + len(tail), 0)
        self._more.append(Patch(offset=begin, data=bytes(tail + directory) + end))
        return tuple(self._more), begin + len(tail) + len(directory) + len(end)

    def _start(self, info: zipfile.ZipInfo) -> int:
        raw = self._file.at(info.header_offset, _LOCAL.size)
        *_, name_length, extra_length = _LOCAL.unpack(raw)
        return info.header_offset + _LOCAL.size + int(name_length) + int(extra_length)


def _entry(info: zipfile.ZipInfo, crc: int, packed: int, size: int) -> bytes:
    """The line of a member in the directory of the package."""
    year, month, day, hour, minute, second = info.date_time
    date, time = (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
    name = info.filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
    version = max(info.extract_version, 20)
    return (
        _CENTRAL.pack(
            b"PK\x01\x02",
            info.create_system << 8 | info.create_version,
            version,
            info.flag_bits,
            info.compress_type,
            time,
            date,
            crc,
            packed,
            size,
            len(name),
            0,
            0,
            0,
            info.internal_attr,
            info.external_attr,
            info.header_offset,
        )
        + name
    )


def _patched(file: Ranges, start: int, end: int, patches: Sequence[Patch]) -> Iterator[bytes]:
    """The bytes from `start` to `end` with the patches in their places."""
    for place in range(start, end, _STEP):
        piece = bytearray(file.at(place, min(_STEP, end - place)))
        for each in patches:
            low, high = max(each.offset, place), min(each.offset + len(each.data), place + len(piece))
            if low < high:
                piece[low - place : high - place] = each.data[low - each.offset : high - each.offset]
        yield bytes(piece)


def _is_one_of(line: bytes, pages: Iterable[tuple[str, datetime]]) -> bool:
    """Whether a line of a list of pages is about one of these captures."""
    try:
        plain = orjson.loads(line)
        url, stated = plain["url"], plain.get("ts")
        at = datetime.fromisoformat(str(stated).replace("Z", "+00:00")) if stated else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return any(url == page and (at is None or abs((at - captured).total_seconds()) <= 60) for page, captured in pages)
