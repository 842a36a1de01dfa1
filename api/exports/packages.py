"""A ZIP of a table and a Frictionless Data Package that says what it is: query, time, versions, meaning of columns."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from api.exports.columns import without_words
from api.exports.formats import Format
from api.exports.sinks import Sink
from api.exports.walks import ResultSet
from archiver.config import software
from archiver.sha256 import labelled


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a package says of its making: the address that gave it and the parameters of the query."""

    source: str
    query: Mapping[str, Any]


def package_pieces(results: ResultSet, chosen: Format, about: About, *, words: bool) -> Iterator[bytes]:
    """The ZIP in pieces: the table, then `datapackage.json`, which has the table's size and digest."""
    out: Any = Sink()
    now = datetime.now(UTC).replace(microsecond=0)
    name = f"{results.name}.{chosen.suffix}"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        size, digest = 0, hashlib.sha256()
        with archive.open(_member(name, now), "w", force_zip64=True) as member:
            for piece in chosen.pieces(results, words=words):
                member.write(piece)
                digest.update(piece)
                size += len(piece)
                yield out.taken()
        columns = results.columns if words else without_words(results.columns)
        resource = {
            "name": results.name,
            "path": name,
            "format": chosen.suffix,
            "mediatype": chosen.media_type,
            "encoding": "utf-8",
            "bytes": size,
            "hash": labelled(digest.digest()),
            **({"schema": _schema(columns)} if chosen.is_table else {}),
        }
        described = {
            "profile": "data-package",
            "name": f"onrecord-{results.name}",
            "title": f"On Record: {results.name}",
            "created": now.isoformat().replace("+00:00", "Z"),
            "software": software(),
            "sources": [{"title": "On Record archive", "path": about.source}],
            "query": dict(about.query),
            "resources": [resource],
        }
        archive.writestr(_member("datapackage.json", now), orjson.dumps(described, option=orjson.OPT_INDENT_2))
    yield out.taken()


def _schema(columns: Any) -> dict[str, Any]:
    fields = [{"name": each.name, "type": each.type, "description": each.meaning} for each in columns]
    return {"fields": fields, "missingValues": [""], "primaryKey": "id"}


def _member(name: str, time: datetime) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, time.timetuple()[:6])
    found.compress_type = zipfile.ZIP_DEFLATED
    return found
