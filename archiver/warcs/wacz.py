"""WARC files inside a WACZ package (WACZ 1.1.1), read where they are in the ZIP file: nothing is ever unpacked.

The standard asks that `archive/` members be stored, not compressed: so each is a stretch of the package's own bytes,
and a record in it has an offset in the package. Names of members are looked at, never used as paths.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import orjson

from archiver.errors import WarcDamaged, WarcError
from archiver.sha256 import sha256_of
from archiver.warcs.storage import FilePart, Ranges, Seekable

MAX_MEMBERS = 10_000
MAX_DECOMPRESSED = 1 << 30
"""Bytes that a compressed member may decompress to; what claims more is not decompressed."""

MAX_RATIO = 200
"""Times its size that it may, beyond a megabyte: text and indexes come to ten or twenty."""

MAX_LISTED = 16 << 20
"""Bytes of `datapackage.json`."""

NO_WARC = "no WARC file, and no package"
"""The damage of a package that holds nothing to read."""

COMPRESSED = "is compressed within the package, which WACZ does not allow"

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1
_ROOM, _LIST = "archive/", "datapackage.json"
_ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
_STEP = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A WARC file: the name it has in its package (None: there is none), and where its bytes begin and end."""

    name: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The WARC files of a package, and what is odd or wrong about it; `names` are those of all its members."""

    members: tuple[Member, ...]
    remarks: tuple[str, ...]
    damage: tuple[str, ...]
    names: tuple[str, ...] = ()


def is_package(start: bytes) -> bool:
    """Whether a file that begins with these bytes is a ZIP file."""
    return start.startswith(b"PK\x03\x04")


def start_of_member(file: Ranges, place: int) -> int:
    """Where the WARC file of a package begins that holds the byte before `place`; 0 where none does."""
    try:
        members = opened(file, warc="", checked=False).members
    except WarcError:
        return 0
    return next((member.start for member in members if member.start < place <= member.end), 0)


def contents(file: Ranges, *, warc: str) -> Package:
    """Where WARC records are in a file: in the members of a package, else in all of it. Raises as `opened` does."""
    if is_package(file.at(0, 4)):
        return opened(file, warc=warc)
    whole = Member(name=None, start=0, end=file.size)
    return Package(members=(whole,), remarks=(), damage=())


def opened(file: Ranges, *, warc: str, checked: bool = True, nested: bool = False) -> Package:
    """What is in a package, and in the packages within it (multi-WACZ). `checked` compares digests.

    Raises WarcError where it is not a ZIP file, or none that is safe to read.
    """
    try:
        package = zipfile.ZipFile(Seekable(file))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise WarcError(f"the package cannot be read ({error})", where=warc) from error
    with package:
        infos = package.infolist()
        _refuse(infos, warc)
        remarks, damage = _checked_digests(package, infos) if checked else ([], [])
        members = list[Member]()
        for info in _of_records(infos):
            is_inner = _is_inner(info)
            if info.compress_type != zipfile.ZIP_STORED:
                damage.append(f"{info.filename} {COMPRESSED}; skipped: unzip the package and add the file itself")
            elif is_inner and nested:
                damage.append(f"{info.filename} is a package nested too deeply; skipped")
            else:
                start = _data_start(file, info, warc)
                member = Member(name=info.filename, start=start, end=start + info.file_size)
                inner = _inner(file, member, checked=checked) if is_inner else None
                members += inner.members if inner else (member,)
                remarks += [f"{info.filename}: {what}" for what in inner.remarks] if inner else []
                damage += [f"{info.filename}: {what}" for what in inner.damage] if inner else []
    if not members and not damage:
        damage.append(NO_WARC)
    names = tuple(info.filename for info in infos)
    return Package(members=tuple(members), remarks=tuple(remarks), damage=tuple(damage), names=names)


def _inner(file: Ranges, place: Member, *, checked: bool) -> Package:
    """What is in a package within the package, by the offsets of the outer one."""
    try:
        inner = opened(FilePart(file, place.start, place.end), warc=place.name or "", checked=checked, nested=True)
    except WarcError as error:
        return Package(members=(), remarks=(), damage=(error.what,))
    members = tuple(
        Member(name=f"{place.name}/{each.name}", start=place.start + each.start, end=place.start + each.end)
        for each in inner.members
    )
    return Package(members=members, remarks=inner.remarks, damage=inner.damage)


def _refuse(infos: list[zipfile.ZipInfo], warc: str) -> None:
    if len(infos) > MAX_MEMBERS:
        raise WarcError(f"the package has {len(infos)} members; the maximum is {MAX_MEMBERS}", where=warc)
    twice = [name for name, count in Counter(info.filename for info in infos).items() if count > 1]
    if twice:
        raise WarcError(f"the package has {twice[0]!r} twice, which is ambiguous", where=warc)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise WarcError("the package is encrypted", where=warc)
    places = sorted((info.header_offset, info.compress_size) for info in infos)
    for (offset, size), (following, _) in pairwise(places):
        if offset + size > following:
            raise WarcError("members of the package overlap", where=warc)


def _of_records(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members with records: packages, and WARC files under `archive/`; all of these in a ZIP that is no WACZ."""
    warcs = [info for info in infos if info.filename.lower().endswith(_ENDINGS)]
    listed = [info for info in infos if _is_inner(info)] + [each for each in warcs if each.filename.startswith(_ROOM)]
    is_wacz = any(info.filename == _LIST for info in infos)
    return sorted(listed if listed or is_wacz else warcs, key=lambda each: each.filename)


def _is_inner(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".wacz") and not info.is_dir()


def _data_start(file: Ranges, info: zipfile.ZipInfo, warc: str) -> int:
    """Where a member's bytes begin: after its own header, which may differ from the package's directory."""
    raw = file.at(info.header_offset, _LOCAL_HEADER.size)
    if len(raw) < _LOCAL_HEADER.size or raw[:4] != b"PK\x03\x04":
        raise WarcDamaged(f"{info.filename} has no header", where=warc, offset=info.header_offset)
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(raw)
    return info.header_offset + _LOCAL_HEADER.size + int(name_length) + int(extra_length)


def _checked_digests(package: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> tuple[list[str], list[str]]:
    """Compares the members with `datapackage.json`, and that with `datapackage-digest.json`."""
    names = {info.filename: info for info in infos}
    listing = names.get(_LIST)
    if listing is None or listing.file_size > MAX_LISTED:
        return ["no datapackage.json: the package states no digests"], []
    try:
        raw = _read(package, listing)
        resources = _resources(raw)
    except (ValueError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        return [], [f"datapackage.json cannot be read ({error})"]
    damage = [problem for path, stated in resources.items() if (problem := _compared(package, names, path, stated))]
    remarks = [f"{name} is not listed in datapackage.json" for name in sorted(names) if _unlisted(name, resources)]
    sealed, problem = _sealed(package, names, raw)
    return [*remarks, sealed], [*damage, *([problem] if problem else [])]


def _read(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with package.open(info) as member:
        data = member.read(MAX_LISTED + 1)
    if len(data) > MAX_LISTED:
        raise ValueError("it is too large")
    return data


def _resources(raw: bytes) -> dict[str, str]:
    listed: Any = orjson.loads(raw)
    resources = listed.get("resources") if isinstance(listed, dict) else None
    if not isinstance(resources, list) or not all(isinstance(each, dict) for each in resources):
        raise ValueError("it lists no resources")
    return {str(each.get("path")): str(each.get("hash")) for each in resources}


def _unlisted(name: str, resources: dict[str, str]) -> bool:
    return name not in resources and name.startswith(_ROOM) and not name.endswith("/")


def _compared(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], path: str, stated: str) -> str | None:
    if path not in names:
        return f"{path} is listed but missing"
    algorithm, _, digest = stated.partition(":")
    if algorithm not in {"sha256", "sha1", "md5"}:
        return f"{path} has a digest that cannot be checked ({stated[:20]})"
    if _is_bomb(names[path]):
        return f"{path} would decompress to {names[path].file_size} bytes: not decompressed, not checked"
    hashed = hashlib.new(algorithm, usedforsecurity=False)
    try:
        with package.open(names[path]) as member:
            left = names[path].file_size  # never more than the directory says, however much comes
            while left > 0 and (data := member.read(min(_STEP, left))):
                hashed.update(data)
                left -= len(data)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        return f"{path} cannot be read ({error})"
    return None if hashed.hexdigest() == digest.lower() else f"{path} is not what datapackage.json says ({algorithm})"


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    decompressed = info.file_size if info.compress_type != zipfile.ZIP_STORED else 0
    return decompressed > MAX_DECOMPRESSED or decompressed > (1 << 20) + MAX_RATIO * info.compress_size


def _sealed(package: zipfile.ZipFile, names: dict[str, zipfile.ZipInfo], raw: bytes) -> tuple[str, str | None]:
    """What `datapackage-digest.json` says. A signature is reported, not verified here."""
    info = names.get("datapackage-digest.json")
    if info is None:
        return "unsigned", None
    try:
        seal: Any = orjson.loads(_read(package, info))
        stated = str(seal["hash"])
    except (ValueError, KeyError, TypeError, zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        return "unsigned", "datapackage-digest.json cannot be read"
    if stated != sha256_of(raw):
        return "unsigned", "datapackage.json is not what datapackage-digest.json says"
    return ("signed, not verified" if isinstance(seal.get("signedData"), dict) else "unsigned"), None
