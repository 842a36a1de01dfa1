"""What the verbs print as JSON: the API's answers, and the quotes of pages and texts that nobody stores."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from api.answers import (
    NO_HIGHLIGHT,
    Document,
    article_facts,
    moment,
    page_answer,
    printed_answer,
    quote_answer,
    quote_facts,
    quote_items,
    snapshot_answer,
    snapshot_facts,
)
from api.check_answers import (
    check_answer,
    difference_answer,
    history_answer,
    occurrences_answer,
    person_answer,
    speaker_decision_answer,
)
from api.cursors import Signer
from api.links import Links, live_link
from api.queries import loaded, query_of
from api.schemas.quotes import QuoteLinksSchema
from api.schemas.snapshots import SnapshotFactsSchema
from archiver.archive import Archive
from archiver.checks import texts
from archiver.checks.check import Claim
from archiver.checks.report import CheckReport
from archiver.config import Config
from archiver.errors import BadQuery, NotFound, ReadingFailed
from archiver.extraction import Extractor
from archiver.index.urls import site_of
from archiver.people.decide import id_of
from archiver.records import Dated, Days, Extraction, ExtractionState, Precision, Reason, Snapshot

_FAULT = ("internal error", "See the log for details, and please report it")
_FAILED: dict[Reason | None, tuple[str, str]] = {
    Reason.TIME: ("reading it took too long", "Allow more with ONRECORD_EXTRACT_SECONDS"),
    Reason.MEMORY: ("reading it took too much memory", "Allow more with ONRECORD_EXTRACT_BYTES"),
}
"""Why a page could not be read, and what to do about it."""
_ID = re.compile(r"[sq][a-z2-7]{20}")
_WARC_NAMES = (".warc", ".warc.gz", ".wacz")
_GZIP, _ZIP, _WARC = b"\x1f\x8b", b"PK\x03\x04", b"WARC/"
_MARKUP = re.compile(rb"<(!doctype|html|head|body|article|main|div|p|h1|meta|\?xml)\b", re.IGNORECASE)
_STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the caller says of a page or text that it may not say itself; `day_name` is what calls the day."""

    as_text: bool = False
    day_name: str = "--published"
    published: str | None = None
    language: str | None = None
    url: str | None = None


def page_json(archive: Archive, config: Config, given: Mapping[str, Any]) -> Document:
    """What `GET /v1/quotes` answers to these parameters. Raises BadQuery."""
    params, links, signer = loaded(given), Links(config.base_url, config.replay_url), Signer(config.archive)
    query = query_of({**params, "cursor": signer.opened(params.get("cursor"))})
    collapsed = archive.comparisons.collapsed(query) if query.collapse else None
    page = collapsed.page if collapsed else archive.search(query)
    rows = archive.snapshots_by_id({entry.snapshot_id for entry in page.entries})
    items = quote_items(page, rows, links, query if params["highlight"] else None)
    following = signer.signed(page.next)
    next_page = (
        links.search("/v1/quotes", [*_pairs({**given, "cursor": ()}), ("cursor", following)]) if following else None
    )
    printed = printed_answer(collapsed.printed if collapsed else {})
    return {**page_answer(page, items, next_page), "printed": printed}


def document_json(archive: Archive, config: Config, identifier: str, *, verbose: bool = False) -> Document:
    """What `GET /v1/quotes/{id}` or `GET /v1/snapshots/{id}` answers. Raises NotFound."""
    links = Links(config.base_url, config.replay_url)
    if identifier.startswith("s"):
        row = archive.snapshot(identifier)
        return snapshot_answer(row, links, imported_by=archive.imported_by(row.snapshot) if verbose else None)
    entry = archive.quote(identifier)
    return quote_answer(entry, archive.snapshot(entry.snapshot_id), links)


def occurrences_json(archive: Archive, config: Config, quote_id: str) -> Document:
    """What `GET /v1/quotes/{id}/occurrences` answers. Raises NotFound."""
    statement, found = archive.comparisons.occurrences(quote_id)
    rows = archive.snapshots_by_id({each.entry.snapshot_id for each in found})
    return occurrences_answer(statement, found, rows, Links(config.base_url, config.replay_url))


def history_json(archive: Archive, config: Config, quote_id: str) -> Document:
    """What `GET /v1/quotes/{id}/history` answers. Raises NotFound."""
    found = archive.comparisons.history(quote_id)
    return history_answer(quote_id, found, Links(config.base_url, config.replay_url))


def difference_json(archive: Archive, config: Config, url: str, before: str, after: str) -> Document:
    """What `GET /v1/diff` answers. Raises NotFound and BadQuery."""
    found = archive.comparisons.difference(url, before, after)
    return difference_answer(url, found, Links(config.base_url, config.replay_url))


def person_json(archive: Archive, config: Config, speaker: str) -> Document:
    """What `GET /v1/speakers/{id}` answers, and the decisions about that person. Raises NotFound."""
    found = archive.person(id_of(speaker))
    links = Links(config.base_url, config.replay_url)
    decisions = [speaker_decision_answer(each) for each in archive.persons.decisions(found.id)]
    return {**person_answer(found, archive.attributes().of(found.name), links), "decisions": decisions}


def claims(
    archive: Archive, words: str | None, paths: Sequence[Path], given: Mapping[str, str | None]
) -> Iterator[CheckReport]:
    """Reports on a claim, or on every quote of some texts (.txt, .html, .docx). Raises BadQuery and NotFound."""
    if words is not None:
        days = Days(start=given["published_from"], end=given["published_to"])
        claim = Claim(text=words, speaker=given["speaker"], published=days, language=given["language"])
        yield archive.comparisons.check(claim)
    for path in paths:
        kind = _TEXT_KINDS.get(path.suffix.lower(), texts.PLAIN)
        yield from archive.comparisons.check_text(path.read_bytes(), kind)


_TEXT_KINDS = {".html": texts.HTML, ".htm": texts.HTML, ".docx": texts.DOCX}


def check_json(archive: Archive, config: Config, report: CheckReport) -> Document:
    """What `POST /v1/checks` answers."""
    rows = archive.snapshots_by_id({match.entry.snapshot_id for match in report.matches})
    return check_answer(report, rows, Links(config.base_url, config.replay_url))


class QuoteReader:
    """Reads the quotes of files, URLs, ids and standard input, all with one child; nothing is stored."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._extractor = Extractor(replace(config, extract_processes=1))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._extractor.close()

    def quotes_of(self, source: str, overrides: Overrides) -> Iterator[Document]:
        """The quotes of a file, a URL, an id or standard input (`-`), each with its `source`.

        Raises NotFound for a file or id that is not there, ReadingFailed where reading fails unexpectedly, and what
        reading, fetching or adding raises.
        """
        for document in self._quotes_of(source, overrides):
            yield {"source": source, **document}

    def _quotes_of(self, source: str, overrides: Overrides) -> Iterator[Document]:
        if source == _STANDARD_INPUT:
            yield from self._of_bytes(sys.stdin.buffer.read(), "", overrides)
        elif Path(source).is_file():
            yield from self._of_file(Path(source), overrides)
        elif re.match(r"https?://", source, re.IGNORECASE):
            with self._temporary() as archive:
                outcome = archive.capture(source)
                if outcome.problem:
                    raise outcome.problem
                for kept in outcome.kept:
                    yield from _read_only(kept.snapshot, kept.extraction)
        elif _ID.fullmatch(source):
            yield from _of_id(source, self._config)
        else:
            raise NotFound(
                "there is no such file", where=source, remedy="Give a file, a URL, an id, or - for standard input"
            )

    def _of_file(self, path: Path, overrides: Overrides) -> Iterator[Document]:
        with path.open("rb") as file:
            begins = file.read(8)
        is_archive = path.name.lower().endswith(_WARC_NAMES) or begins.startswith((_GZIP, _ZIP, _WARC))
        if is_archive and not overrides.as_text:
            yield from self._of_warc(path)
        else:
            as_text = overrides.as_text or path.suffix.lower() == ".txt"
            yield from self._of_bytes(path.read_bytes(), path.name, replace(overrides, as_text=as_text))

    def _of_bytes(self, data: bytes, name: str, overrides: Overrides) -> Iterator[Document]:
        if data.startswith((_GZIP, _WARC)) and not overrides.as_text:
            with TemporaryDirectory(prefix="onrecord-") as folder:
                path = Path(folder) / "input.warc"
                path.write_bytes(data)
                yield from self._of_warc(path)
            return
        url, published, language = overrides.url or "", _published(overrides), overrides.language
        if overrides.as_text or (not name and not _MARKUP.search(data[:4096])):
            found = self._extractor.read_text(_decoded(data, name), url=url, published=published, language=language)
        else:
            found = self._extractor.read(
                data, url=url, content_type="text/html", published=published, language=language
            )
        yield from _read_only(None, found)

    def _of_warc(self, path: Path) -> Iterator[Document]:
        with self._temporary() as archive:
            read = list[tuple[Snapshot, Extraction]]()
            outcome = archive.add(path.absolute(), in_place=True, hear=lambda *each: read.append(each))
            if outcome.problem:
                raise outcome.problem
            failed: list[ReadingFailed] = []
            for snapshot, extraction in read:
                try:
                    yield from _read_only(snapshot, extraction)
                except ReadingFailed as problem:
                    failed.append(problem)
            if failed:
                raise failed[0]

    @contextmanager
    def _temporary(self) -> Iterator[Archive]:
        """An archive that is gone when the context ends; pages are read by the same children."""
        with TemporaryDirectory(prefix="onrecord-") as folder:
            config = replace(self._config, archive=Path(folder) / "archive", index=())
            with Archive(config, extractor=self._extractor) as archive:
                yield archive


def _of_id(identifier: str, config: Config) -> Iterator[Document]:
    with Archive(config, create=False) as archive:
        if identifier.startswith("q"):
            yield document_json(archive, config, identifier)
            return
        row, links = archive.snapshot(identifier), Links(config.base_url, config.replay_url)
        for entry in archive.quotes_of(identifier):
            yield quote_answer(entry, row, links)


def _read_only(snapshot: Snapshot | None, extraction: Extraction | None) -> Iterator[Document]:
    """The quotes of an extraction; what needs a store is null."""
    if extraction is not None and extraction.state is ExtractionState.FAILED:
        what, remedy = _FAILED.get(extraction.reason, _FAULT)
        raise ReadingFailed(what, where=snapshot.url if snapshot else None, remedy=remedy)
    if extraction is None or extraction.article is None:
        return
    article = extraction.article
    for quote in extraction.quotes:
        live = live_link(article.url, [selector.exact for selector in quote.selectors])
        yield {
            **quote_facts(quote),
            "id": None,
            "article": article_facts(article, site=site_of(article.url)),
            "snapshot": _unstored(snapshot),
            "extractor": extraction.extractor,
            "extracted_at": moment(extraction.made_at),
            "highlight": dict(NO_HIGHLIGHT),
            "links": {**dict.fromkeys(QuoteLinksSchema().fields), "live": live},
        }


def _unstored(snapshot: Snapshot | None) -> Document:
    nowhere = dict.fromkeys(("warc", "offset", "length"))
    if snapshot is None:
        return {**dict.fromkeys(SnapshotFactsSchema().fields), "locator": nowhere}
    return {**snapshot_facts(snapshot), "id": None, "locator": nowhere}


def _published(overrides: Overrides) -> Dated | None:
    day = overrides.published
    if day is None:
        return None
    if not _is_day(day):
        raise BadQuery(f"{day[:40]!r} is not a day such as 2026-11-10", parameter=overrides.day_name)
    return Dated(value=day, precision=Precision.DAY, printed=day)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadQuery("is not UTF-8 text", parameter=name or _STANDARD_INPUT) from None


def _pairs(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name, value in given.items():
        for each in value if isinstance(value, list | tuple) else [value]:
            found.append((name, "true" if each is True else str(each)))
    return found
