"""What kind of file somebody hands us: one that holds web archive records, or one to refuse by its name."""

from __future__ import annotations

import re

from archiver.warcs import wacz
from archiver.warcs.heads import begins_record
from archiver.warcs.storage import FilePart, Ranges
from archiver.warcs.streams import DICTIONARY, BadRecord, ByteSource, skippable, stream_at

_LOOK = 1 << 12
_BLANK = b"\xef\xbb\xbf\r\n"
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"BZh", "a bzip2 file"),
    (b"Rar!", "a RAR archive"),
    (b"bplist00", "a Safari web archive"),
)
_MHTML = rb"(?:[A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version|Snapshot-Content-Location):"
_HTML = rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b"
_TEXTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb" CDX [A-Za-z] "), "a CDX index"),
    (re.compile(rb"[^\s{]+\)[^\s]* \d{14} \{"), "a CDXJ index"),
    (re.compile(rb"!OpenWayback-CDXJ|!meta "), "a CDXJ index"),
    (re.compile(rb"\s*\{\s*\"log\"\s*:"), "a HAR file"),
    (re.compile(_MHTML), "an MHTML file"),
    (re.compile(_HTML, re.IGNORECASE | re.DOTALL), "an HTML page"),
    (re.compile(rb"\s*[\[{]"), "a JSON file"),
    (re.compile(rb"\s*<\?xml"), "an XML file"),
)
_PACKAGES = (
    ("[Content_Types].xml", "an Office document"),
    ("word/", "a Word document"),
    ("META-INF/container.xml", "an EPUB book"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)


def why_refused(file: Ranges, *, warc: str) -> str | None:
    """What a file is instead of a web archive, for a person; None where it can be read.

    Raises WarcError where it is a package that is not safe to read.
    """
    start = file.at(0, _LOOK)
    if wacz.is_package(start):
        return _package(file, warc)
    if not start.strip(b"\x00"):
        return "empty" if not start else "zeros and nothing else"
    if begins_record(start.lstrip(_BLANK)) or start[:4] == DICTIONARY:
        return None
    inner = _decompressed(file)
    if inner is not None:
        return None if begins_record(inner.lstrip(_BLANK)) else f"{_name(inner)}, compressed"
    return _name(start)


def refusal(what: str) -> str:
    """The words with which a file is refused; `what` it is, as `why_refused` says."""
    return "not a WARC, ARC or WACZ file" + ("" if what.startswith("not ") else f": it is {what}")


def _decompressed(file: Ranges) -> bytes | None:
    """How the content begins of a file that is compressed; None where it is not."""
    source = ByteSource(FilePart(file, 0, file.size))
    start = source.at(0, 4)
    if start[:2] != b"\x1f\x8b" and start != b"\x28\xb5\x2f\xfd" and not skippable(source, 0):
        return None
    try:
        return stream_at(source, skippable(source, 0)).peek(_LOOK)
    except BadRecord:
        return b""


def _name(start: bytes) -> str:
    for signature, name in _SIGNATURES:
        if start.startswith(signature):
            return name
    if start[257:262] == b"ustar":
        return "a tar archive"
    return next((name for pattern, name in _TEXTS if pattern.match(start)), "not a kind of file that is known here")


def _package(file: Ranges, warc: str) -> str | None:
    package = wacz.opened(file, warc=warc, checked=False)
    if package.members or package.damage != (wacz.NO_WARC,):
        return None
    for marker, name in _PACKAGES:
        if any(each.startswith(marker) for each in package.names):
            return name
    return "a ZIP package without WARC files"
