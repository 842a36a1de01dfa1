"""The head of a record: the version line and named fields of a WARC record, or the one line of an ARC record.

Writers differ; what can be read without a doubt is read and remarked on. Fields that contradict each other are damage.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from archiver.warcs.streams import BadRecord, Stream

VERSION = re.compile(rb"WARC/(\d{1,3}\.\d{1,3})[ \t]*\r?\n")
ARC = re.compile(
    rb"([A-Za-z][A-Za-z0-9+.-]{1,20}:[^\r\n]{1,8000}?) ([0-9A-Fa-f.:]{1,45}|-) (\d{4,17}) "
    rb"(\S[^\r\n]{0,8000}? )?(\d{1,12})[ \t]*\r?\n"
)
"""`URL IP-address Archive-date Content-type … Archive-length` (ARC 1.0, 1.1 and 2.0)."""

LF_ALONE = "lines end in LF alone"
_KNOWN_VERSIONS = {b"0.17", b"0.18", b"1.0", b"1.1"}
_ONCE = ("warc-type", "warc-record-id", "warc-date", "content-length", "warc-target-uri", "content-type")
_MAX_HEAD = 1 << 20
_BLANKS = {" ", "\t"}
FIRST_LOOK = 1 << 12

Note = Callable[[str], None]
Fields = dict[str, list[tuple[str, str]]]
"""By lower-case name: each field with its name as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcLine:
    """What the line before an ARC record says."""

    url: str
    date: str
    content_type: str
    length: int


def begins_record(start: bytes) -> bool:
    """Whether a record, of WARC or ARC, begins with these bytes (some hundred of them)."""
    return VERSION.match(start) is not None or start[:11] == b"filedesc://" or ARC.match(start) is not None


def arc_line(stream: Stream, begun: bytes) -> ArcLine | None:
    """Takes the line before an ARC record, if there is one. `begun` are the next FIRST_LOOK bytes of the stream."""
    if begun.startswith(b"WARC/"):
        return None
    match = ARC.match(begun)
    if match is None:
        return None
    stream.take(match.end())
    url, _, date, about, length = (_text(part or b"") for part in match.groups())
    return ArcLine(url=url, date=date, content_type=about.split(" ")[0], length=int(length))


def named_fields(stream: Stream, begun: bytes, note: Note) -> Fields:
    """Takes the head of a WARC record, which `begun` is the beginning of. Raises BadRecord."""
    version = VERSION.match(begun)
    if version is None:
        raise BadRecord("not the start of a WARC record")
    if version[1] not in _KNOWN_VERSIONS:
        note(f"version {version[1].decode()} of WARC")
    fields: Fields = {}
    key = ""
    lines, lf_alone = _lines(stream, begun)
    if lf_alone:
        note(LF_ALONE)
    twice = False
    for line in lines[1:]:
        if line[:1] in _BLANKS and key:
            name, value = fields[key][-1]
            fields[key][-1] = (name, f"{value} {line.strip()}".strip())
            note("a folded header line")
            continue
        name, colon, value = line.partition(":")
        name = name.strip()
        if not colon or not name:
            raise BadRecord("a header line has no name")
        given = (name, value.strip(" \t\r"))
        key = name.lower()
        if key in fields:
            fields[key].append(given)
            twice = True
        else:
            fields[key] = [given]
    if twice:
        _check_once(fields, note)
    return fields


def _check_once(fields: Fields, note: Note) -> None:
    for name in _ONCE:
        given = fields.get(name, ())
        if len(given) > 1:
            if len({value for _, value in given}) > 1:
                raise BadRecord(f"{given[0][0]} appears twice, with different values")
            note("a field that is there twice with one value")


def _lines(stream: Stream, data: bytes) -> tuple[list[str], bool]:
    """The head's lines up to the blank one, which is taken but left out; whether some end in LF alone.

    `data` is what comes next in the stream.
    """
    window = FIRST_LOOK
    while True:
        end = data.find(b"\n\r\n")
        bare = data.find(b"\n\n", 0, end + 1 if end >= 0 else len(data))
        if bare >= 0:
            end = bare
        if end >= 0:
            raw = data[: end + 1]
            stream.take(end + 1 + (1 if bare >= 0 else 2))
            lines = _text(raw[:-1]).split("\n")
            return lines, raw.count(b"\r\n") != len(lines)
        if len(data) < window:
            raise BadRecord("the header is incomplete")
        if window >= _MAX_HEAD:
            raise BadRecord("the header is too long")
        window *= 4
        data = stream.peek(window)


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")
