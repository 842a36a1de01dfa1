"""RIS: one `NEWS` record. A value is always one line."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.citations.csl import ARCHIVE
from archiver.citations.names import name_of
from archiver.citations.sentences import sentence
from archiver.citations.works import Work

MEDIA_TYPE = "application/x-research-info-systems"


def record(work: Work) -> str:
    """The record, lines ending in CR LF as RIS wants them."""
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _fields(work) if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    date = work.published
    yield "TY", "NEWS"
    yield "ID", work.id
    for author in work.authors:
        name = name_of(author, work.row.language)
        yield "AU", ", ".join(part for part in (name.family, name.given, name.suffix) if part)
    yield "TI", work.title
    yield "T2", work.outlet
    yield "PY", str(date[0]) if date else ""
    yield "DA", "/".join([f"{part:02}" for part in date] + [""] * (4 - len(date))) if date else ""
    yield "UR", work.url
    yield "Y2", work.capture_time[:10].replace("-", "/")
    yield "LA", work.row.language or ""
    yield "DB", ARCHIVE
    yield "L2", work.addresses.memento
    yield "N1", sentence(work)
