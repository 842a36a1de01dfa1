"""A package joined: records, their index, the quotes, a page for the reader, and what seals them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from archiver.config import software
from archiver.evidence.container import packed
from archiver.evidence.digest import DIGEST, PACKAGE, Seal, datapackage, digest_file, digest_of
from archiver.evidence.gather import EvidencePiece, Gathered
from archiver.evidence.index import indexes, joined
from archiver.records import Quote, SnapshotEntry
from archiver.values import to_plain
from archiver.verification.values import STATEMENT

MEDIA_TYPE = "application/wacz"
CAPTURES, ASSERTIONS = "captures.warc.gz", "assertions.warc.gz"
README, QUOTES, SUMS = "evidence/README.html", "evidence/quotes.jsonl", "evidence/SHA256SUMS"

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A snapshot, the quotes of it that the package is about (none: the snapshot itself), and its records."""

    row: SnapshotEntry
    quotes: tuple[Quote, ...]
    gathered: Gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A package before it is sealed. `at` is the time of its newest record, which it bears unless it is signed."""

    members: Mapping[str, bytes]
    facts: Mapping[str, Any]
    at: str

    @property
    def digest(self) -> str:
        """What distinguishes it from every other package, whoever seals it, and when."""
        return digest_of(datapackage(self.facts, self.members))


Sign = Callable[[str], Seal]
"""Signs a digest."""


def draft(proven: Sequence[Proven], *, base_url: str | None) -> Draft:
    """The package of some snapshots and quotes. `base_url` is where they can be cited, if anywhere."""
    captures = _once([piece for each in proven for piece in each.gathered.captures])
    assertions = _once([piece for each in proven for piece in each.gathered.assertions])
    places = _places(CAPTURES, captures) | _places(ASSERTIONS, assertions)
    index = indexes(CAPTURES, captures)
    quotes = [_quote(each.row, quote, places, base_url) for each in proven for quote in each.quotes]
    members = {
        f"archive/{ASSERTIONS}": joined(assertions),
        f"archive/{CAPTURES}": joined(captures),
        "indexes/index.cdx.gz": index.cdx,
        "indexes/index.idx": index.idx,
        "pages/pages.jsonl": _pages(proven),
        QUOTES: _json_lines(quotes),
    }
    members = {name: data for name, data in members.items() if data or name == QUOTES}
    at = max((piece.record.date for piece in (*captures, *assertions) if piece.record.date), default=_EPOCH)
    left_out = sorted({what for each in proven for what in each.gathered.left_out})
    members[README] = _readme(proven, quotes, places, left_out)
    members[SUMS] = "".join(f"{digest_of(data)[7:]}  {name}\n" for name, data in sorted(members.items())).encode()
    return Draft(members=members, facts=_facts(proven, quotes, left_out), at=_time(at))


_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)


def sealed(made: Draft, *, at: str | None = None, sign: Sign | None = None) -> bytes:
    """The package as a file: sealed by its digest, and with `sign` signed as of `at`."""
    package = datapackage({**made.facts, "created": at or made.at}, made.members)
    seal = sign(digest_of(package)) if sign else None
    return packed({**made.members, PACKAGE: package, DIGEST: digest_file(package, seal)})


def _facts(proven: Sequence[Proven], quotes: Sequence[Mapping[str, Any]], left_out: Sequence[str]) -> dict[str, Any]:
    first = proven[0].row
    what = f"{len(quotes)} {'quote' if len(quotes) == 1 else 'quotes'}" if quotes else "a saved page"
    return {
        "title": f"Evidence: {first.title or first.snapshot.url}",
        "description": f"{what} with the archived records that prove it. {STATEMENT}",
        "software": software(),
        "mainPageUrl": first.snapshot.url,
        "mainPageDate": _time(first.snapshot.captured_at),
        "onrecord": {
            "quotes": [quote["id"] for quote in quotes],
            "snapshots": [each.row.snapshot.id for each in proven],
            "leftOut": list(left_out),
        },
        "created": "",
    }


def _places(warc: str, pieces: Sequence[EvidencePiece]) -> dict[tuple[str, str], dict[str, Any]]:
    """Where each record is in the package, by its id and by what it is over."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    offset = 0
    for piece in pieces:
        place = {"file": f"archive/{warc}", "offset": offset, "length": len(piece.stored)}
        if piece.record.record_id:
            found.setdefault(("id", piece.record.record_id), place)
        if piece.record.type == "conversion":
            found.setdefault(("text", digest_of(piece.record.block)), place)
        if piece.record.locator is not None:
            found.setdefault(("at", f"{piece.record.locator.warc} {piece.record.locator.offset}"), place)
        offset += len(piece.stored)
    return found


def _quote(
    row: SnapshotEntry, quote: Quote, places: Mapping[tuple[str, str], dict[str, Any]], base_url: str | None
) -> dict[str, Any]:
    snapshot = row.snapshot
    where = snapshot.payload or snapshot.locator
    return {
        "id": quote.id,
        "page": f"{base_url}/quotes/{quote.id}" if base_url else None,
        "snapshot": snapshot.id,
        "url": snapshot.url,
        "captured_at": _time(snapshot.captured_at),
        "payload_digest": snapshot.payload_digest,
        "title": row.title,
        "authors": list(row.authors),
        "outlet": row.outlet,
        "site": row.site,
        "language": row.language,
        "published": row.published.value,
        "quote": to_plain(quote),
        "record": places.get(("at", f"{where.warc} {where.offset}")),
        "text": places.get(("text", quote.text_digest or row.text_digest or "")),
    }


def _pages(proven: Sequence[Proven]) -> bytes:
    lines: list[dict[str, Any]] = [{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}]
    for each in proven:
        snapshot = each.row.snapshot
        page = {"id": snapshot.id, "url": snapshot.url, "ts": _time(snapshot.captured_at)}
        lines.append(page | {"title": each.row.title or snapshot.url})
    return _json_lines(lines)


def _readme(
    proven: Sequence[Proven],
    quotes: Sequence[Mapping[str, Any]],
    places: Mapping[tuple[str, str], dict[str, Any]],
    left_out: Sequence[str],
) -> bytes:
    """The page for a reader: what is in the package, what it proves, how to check it. No script, all text escaped."""
    snapshots = []
    for each in proven:
        where = each.row.snapshot.payload or each.row.snapshot.locator
        record = places.get(("at", f"{where.warc} {where.offset}"))
        snapshots.append({"row": each.row, "record": record})
    page = _TEMPLATES.get_template("readme.html").render(
        snapshots=snapshots, quotes=quotes, left_out=left_out, statement=STATEMENT, software=software()
    )
    return page.encode()


def _json_lines(lines: Sequence[Mapping[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines)


def _once(pieces: Sequence[EvidencePiece]) -> tuple[EvidencePiece, ...]:
    return tuple({piece.stored: piece for piece in pieces}.values())


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
