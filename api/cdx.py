"""The CDX server: which captures there are, a line each, in the words of pywb and of the Internet Archive's.

`output=json` gives an object per line, as pywb does (the Internet Archive's gives arrays under a header row). A filter
on one of the Internet Archive's field names (`statuscode:2..`) is a regular expression as there; on ours it is looked
for anywhere in the field, `=` compares the whole of it and `~` is a regular expression, as with pywb.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import regex
from marshmallow import ValidationError, fields

from api.errors import InvalidParameters
from api.fields import MAX_URL, BoundedInt, OneOf, Parameters, Switch, Text
from api.links import Links
from api.timestamps import DIGITS, earliest, http_date, latest, timestamp
from archiver.index.urls import site_of, url_key
from archiver.records import SnapshotEntry, SnapshotQuery

if TYPE_CHECKING:
    from archiver.archive import Archive

MAX_LINES = 100_000
PAGE_LINES = 3000
MAX_FILTER = 300
FILTER_SECONDS = 1.0
FIELDS = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length", "offset", "filename")
ORIGINAL_FIELDS = ("orig.length", "orig.offset", "orig.filename")
"""Where the record is that a revisit refers to: shown with `resolveRevisits=true`, or where requested."""

ALIASES = {"original": "url", "mimetype": "mime", "statuscode": "status"}


class CdxOutput(StrEnum):
    """How lines are written."""

    CDXJ = "cdxj"
    JSON = "json"
    LINK = "link"
    TEXT = "text"


class CdxMatchType(StrEnum):
    """What `url` matches: itself, everything that begins with it, its host, its host and everything below."""

    EXACT = "exact"
    PREFIX = "prefix"
    HOST = "host"
    DOMAIN = "domain"


class CdxSort(StrEnum):
    """The order: by URL and time, the reverse, or nearest to `closest` first."""

    DEFAULT = "default"
    REVERSE = "reverse"
    CLOSEST = "closest"


class Digits(fields.String):
    """A time of 4 to 14 digits."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        try:
            if DIGITS.fullmatch(str(value)):
                earliest(value), latest(value)
                return value
        except ValueError:
            pass
        raise ValidationError("is not a time of 4 to 14 digits such as 20260312")


class LineLimit(fields.Integer):
    """A number of lines; below zero counts from the end."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        if not re.fullmatch(r"-?[0-9]{1,6}", str(value), re.ASCII) or not 1 <= abs(int(value)) <= MAX_LINES:
            raise ValidationError(f"is not a whole number from 1 to {MAX_LINES:,}, or negative for the last ones")
        return int(value)


CdxParameters = Parameters.from_dict(
    {
        "url": Text(max_length=MAX_URL, required=True),
        "match_type": OneOf(CdxMatchType, data_key="matchType"),
        "from": Digits(),
        "to": Digits(),
        "filter": fields.List(Text(max_length=MAX_FILTER)),
        "fields": Text(),
        "fl": Text(),
        "collapse": Text(),
        "output": OneOf(CdxOutput, load_default=CdxOutput.CDXJ),
        "sort": OneOf(CdxSort, load_default=CdxSort.DEFAULT),
        "closest": Digits(),
        "limit": LineLimit(),
        "fast_latest": Switch(data_key="fastLatest", load_default=False),
        "page": BoundedInt(0, 10**6),
        "page_size": BoundedInt(1, 100, data_key="pageSize", load_default=1),
        "show_num_pages": Switch(data_key="showNumPages", load_default=False),
        "show_resume_key": Switch(data_key="showResumeKey", load_default=False),
        "resume_key": Text(max_length=MAX_URL, data_key="resumeKey"),
        "gzip": Switch(),
        "resolve_revisits": Switch(data_key="resolveRevisits", load_default=False),
        "reverse": Switch(load_default=False),
        "collapse_time": BoundedInt(1, 14, data_key="collapseTime"),
        "allow_fuzzy": Switch(data_key="allowFuzzy"),
    },
    name="CdxParameters",
)


@dataclass(frozen=True, slots=True)
class CdxLine:
    """One capture: its time, its URL, its snapshot's id and place, and its fields in order."""

    time: datetime
    url: str
    snapshot: str
    place: tuple[str, int, int]
    values: dict[str, str]

    @classmethod
    def of(cls, row: SnapshotEntry) -> CdxLine:
        """The line of a snapshot."""
        snapshot = row.snapshot
        locator, payload = snapshot.locator, snapshot.payload
        mime = (snapshot.content_type or "").partition(";")[0].strip().lower()
        return cls(
            snapshot.captured_at,
            snapshot.url,
            snapshot.id,
            (locator.warc, locator.offset, locator.within or 0),
            {
                "urlkey": url_key(snapshot.url),
                "timestamp": timestamp(snapshot.captured_at),
                "url": snapshot.url,
                "mime": "warc/revisit" if snapshot.refers_to is not None else mime.replace(" ", "") or "-",
                "status": str(snapshot.status or "-"),
                "digest": snapshot.payload_digest,
                "length": str(locator.length),
                "offset": str(locator.offset),
                "filename": locator.warc,
                "orig.length": str(payload.length) if payload else "-",
                "orig.offset": str(payload.offset) if payload else "-",
                "orig.filename": payload.warc if payload else "-",
            },
        )

    @property
    def key(self) -> str:
        """How a line begins: URL key and time."""
        return f"{self.values['urlkey']} {self.values['timestamp']}"

    @property
    def order(self) -> tuple[str, datetime, tuple[str, int, int]]:
        """What lines are ordered by: URL key, time, and as the records are in their files."""
        return self.values["urlkey"], self.time, self.place

    @property
    def resume_key(self) -> str:
        """What names this line alone, for continuing behind it."""
        return f"{self.key} {self.snapshot}"


@dataclass(frozen=True, slots=True)
class CdxAnswer:
    """The lines of an answer; `trailer` is what follows them, `names` the fields shown."""

    lines: Sequence[CdxLine]
    names: Sequence[str] = FIELDS
    trailer: str | None = None
    pages: int | None = None


def answer_of(params: Mapping[str, Any], archive: Archive) -> CdxAnswer:
    """The lines that are requested. Raises InvalidParameters naming the parameter that cannot be used."""
    names, tests = _names(params), [_test(text) for text in params.get("filter", ())]
    lines = [CdxLine.of(row) for row in _rows(params, archive)]
    lines = [line for line in _in_time(lines, params) if all(test(line) for test in tests)]
    lines = _collapsed(_sorted(lines, params), params)
    size = params["page_size"] * PAGE_LINES
    if params["show_num_pages"]:
        return CdxAnswer((), names, pages=-(-len(lines) // size))
    if "page" in params:
        lines = lines[params["page"] * size : (params["page"] + 1) * size]
    if after := params.get("resume_key"):
        lines = _behind(lines, after)
    limit = params.get("limit", -1 if params["fast_latest"] else MAX_LINES)
    shown = lines[:limit] if limit > 0 else lines[limit:]
    goes_on = params["show_resume_key"] and 0 < limit < len(lines)
    return CdxAnswer(shown, names, trailer=shown[-1].resume_key if goes_on else None)


def _behind(lines: list[CdxLine], after: str) -> list[CdxLine]:
    """The lines behind the one that a resume key names, in any order. Raises InvalidParameters."""
    for place, line in enumerate(lines):
        if line.resume_key == after:
            return lines[place + 1 :]
    raise InvalidParameters([("resumeKey", "is not from this query; start without one")])


def written(answer: CdxAnswer, kind: str, links: Links) -> tuple[str, str]:
    """The content type and the text of an answer."""
    if answer.pages is not None:
        if kind == CdxOutput.JSON:
            return "application/json", json.dumps({"pages": answer.pages, "pageSize": PAGE_LINES}) + "\n"
        return "text/plain; charset=utf-8", f"{answer.pages}\n"
    content_type, write = _WRITERS[CdxOutput(kind)]
    text = "".join(write(line, answer.names, links) + "\n" for line in answer.lines)
    return content_type, text + (f"\n{answer.trailer}\n" if answer.trailer else "")


def _json(line: CdxLine, names: Sequence[str], _links: Links) -> str:
    return json.dumps({name: line.values[name] for name in names}, ensure_ascii=False)


def _cdxj(line: CdxLine, names: Sequence[str], _links: Links) -> str:
    rest = {name: line.values[name] for name in names if name not in ("urlkey", "timestamp")}
    return f"{line.key} {json.dumps(rest, ensure_ascii=False)}"


def _text(line: CdxLine, names: Sequence[str], _links: Links) -> str:
    return " ".join(line.values[name].replace(" ", "%20") for name in names)


def _link(line: CdxLine, _names: Sequence[str], links: Links) -> str:
    where = links.memento(line.snapshot, line.url)
    return f'<{where}>; rel="memento"; datetime="{http_date(line.time)}",'


_WRITERS: dict[CdxOutput, tuple[str, Callable[[CdxLine, Sequence[str], Links], str]]] = {
    CdxOutput.CDXJ: ("text/x-cdxj; charset=utf-8", _cdxj),
    CdxOutput.JSON: ("text/x-ndjson; charset=utf-8", _json),
    CdxOutput.LINK: ("application/link-format", _link),
    CdxOutput.TEXT: ("text/plain; charset=utf-8", _text),
}


def _names(params: Mapping[str, Any]) -> tuple[str, ...]:
    given = params.get("fields") or params.get("fl")
    if given is None:
        return (*FIELDS, *ORIGINAL_FIELDS) if params["resolve_revisits"] else FIELDS
    return tuple(_field(name.strip(), "fields" if "fields" in params else "fl") for name in given.split(","))


def _field(name: str, parameter: str) -> str:
    own = ALIASES.get(name, name)
    if own not in FIELDS and own not in ORIGINAL_FIELDS:
        raise InvalidParameters([(parameter, f"{name[:40]!r} is not one of {', '.join(FIELDS)}")])
    return own


def _rows(params: Mapping[str, Any], archive: Archive) -> Iterator[SnapshotEntry]:
    """The captures that `url` and `matchType` mean; a `*` at either end says the same as a match type."""
    url, match = params["url"], params.get("match_type")
    if match is None and url.startswith("*."):
        url, match = url[2:], CdxMatchType.DOMAIN
    elif match is None and url.endswith("*"):
        url, match = url[:-1], CdxMatchType.PREFIX
    key, site = url_key(url), site_of(url)
    if match in {None, CdxMatchType.EXACT}:
        return (row for row in archive.captures(url) if url_key(row.snapshot.url) == key)
    if not site:
        raise InvalidParameters([("url", "has no host")])
    if match is CdxMatchType.PREFIX:
        begins = key + "/" if url.endswith("/") and not key.endswith("/") else key
        return (row for row in _of_site(archive, site) if url_key(row.snapshot.url).startswith(begins))
    if match is CdxMatchType.HOST:
        return _of_site(archive, site)
    return (row for row in _of_site(archive, None) if row.site == site or row.site.endswith(f".{site}"))


def _of_site(archive: Archive, site: str | None) -> Iterator[SnapshotEntry]:
    seen, cursor = 0, None
    while True:
        query = SnapshotQuery(site=(site,) if site else (), sort="captured", limit=1000, cursor=cursor)
        page = archive.snapshots(query)
        yield from page.entries
        seen, cursor = seen + len(page.entries), page.next
        if cursor is None:
            return
        if seen >= MAX_LINES:
            raise InvalidParameters(
                [("url", f"more than {MAX_LINES:,} captures would have to be read; narrow the query")]
            )


def _in_time(lines: Iterable[CdxLine], params: Mapping[str, Any]) -> Iterator[CdxLine]:
    first = timestamp(earliest(params["from"])) if "from" in params else ""
    last = timestamp(latest(params["to"])) if "to" in params else "9"
    return (line for line in lines if first <= line.values["timestamp"] <= last)


def _test(text: str) -> Callable[[CdxLine], bool]:
    """`[!][=|~]field:value`."""
    denied, rest = text.startswith("!"), text.removeprefix("!")
    sign, rest = (rest[0], rest[1:]) if rest[:1] in {"=", "~"} else ("", rest)
    name, colon, value = rest.partition(":")
    if not colon:
        raise InvalidParameters([("filter", f"{text[:80]!r} is not [!][=|~]field:value")])
    field = _field(name, "filter")
    found = _matcher("~" if not sign and name in ALIASES else sign, value)
    return lambda line: found(line.values[field]) is not denied


def _matcher(sign: str, value: str) -> Callable[[str], bool]:
    if sign == "=":
        return lambda text: text == value
    if sign == "":
        return lambda text: value in text
    try:
        pattern = regex.compile(value)
    except regex.error as error:
        raise InvalidParameters([("filter", f"is not a regular expression: {error}")]) from None

    def matches(text: str) -> bool:
        try:
            return pattern.fullmatch(text, timeout=FILTER_SECONDS) is not None
        except TimeoutError:
            raise InvalidParameters([("filter", "takes too long to compare; write a simpler expression")]) from None

    return matches


def _sorted(lines: Iterable[CdxLine], params: Mapping[str, Any]) -> list[CdxLine]:
    if params["sort"] is CdxSort.CLOSEST or "closest" in params:
        if "closest" not in params:
            raise InvalidParameters([("closest", "is required with sort=closest")])
        wanted = earliest(params["closest"])
        return sorted(lines, key=lambda line: (abs(line.time.replace(microsecond=0) - wanted), line.order))
    backwards = params["reverse"] or params["sort"] is CdxSort.REVERSE
    return sorted(lines, key=lambda line: line.order, reverse=backwards)


def _collapsed(lines: list[CdxLine], params: Mapping[str, Any]) -> list[CdxLine]:
    """Of lines beside each other that agree in a field (`digest`) or its beginning (`timestamp:8`), the first."""
    given = params.get("collapse") or (f"timestamp:{params['collapse_time']}" if "collapse_time" in params else None)
    if given is None:
        return lines
    name, colon, size = given.partition(":")
    field = _field(name, "collapse")
    if colon and not (size.isascii() and size.isdigit() and len(size) < 4):
        raise InvalidParameters([("collapse", "is not field or field:length")])
    kept: list[CdxLine] = []
    last = None
    for line in lines:
        value = line.values[field][: int(size)] if colon else line.values[field]
        if value != last:
            kept.append(line)
        last = value
    return kept
