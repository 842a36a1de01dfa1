"""The ZIP file of a package. Nothing is compressed and nothing is optional, so the same members give the same bytes.

Whoever has the members can build the file again and compare: no byte of it is free to differ.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION, _DATE = 20, 0x21  # 2.0; 1 January 1980, the first day that ZIP knows
_UNIX, _MODE = 3 << 8, 0o100644 << 16
MAX_BYTES = (1 << 32) - (1 << 20)
MAX_MEMBERS = 1000


def packed(members: Mapping[str, bytes]) -> bytes:
    """The ZIP file with these members, in this order. Raises ValueError where it would be too large."""
    if sum(map(len, members.values())) > MAX_BYTES or len(members) > MAX_MEMBERS:
        raise ValueError("the package is too large")
    body, directory = io.BytesIO(), io.BytesIO()
    for name, data in members.items():
        place, encoded = body.tell(), name.encode("ascii")
        facts = (0, 0, 0, _DATE, zlib.crc32(data), len(data), len(data), len(encoded), 0)
        body.write(_LOCAL.pack(b"PK\x03\x04", _VERSION, *facts) + encoded + data)
        entry = _CENTRAL.pack(b"PK\x01\x02", _UNIX | _VERSION, _VERSION, *facts, 0, 0, 0, _MODE, place)
        directory.write(entry + encoded)
    start, listed = body.tell(), directory.getvalue()
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(listed), start, 0)
    return body.getvalue() + listed + end


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of a ZIP file in order. Raises ValueError where it is not one that `packed` could have made."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            if any(info.compress_type != zipfile.ZIP_STORED or info.file_size > len(data) for info in infos):
                raise ValueError("a member is compressed")
            return {info.filename: package.read(info) for info in infos}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, UnicodeError) as error:
        raise ValueError(f"the ZIP file cannot be read ({error})") from error


def first_difference(one: bytes, other: bytes) -> int | None:
    """Where two files first differ; None where they are the same."""
    if one == other:
        return None
    for at in range(min(len(one), len(other))):
        if one[at] != other[at]:
            return at
    return min(len(one), len(other))
