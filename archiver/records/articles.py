"""What is read from a page: the article, its dates, passages that it sets apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from archiver.records.terms import Precision, TextManifest, TextSource


class Span(NamedTuple):
    """Half-open range of Unicode code points in `Article.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as a page states it. `value` keeps the page's own offset; a date alone stays `YYYY-MM-DD`."""

    value: str | None = None
    precision: Precision | None = None
    source: str | None = None
    printed: str | None = None


UNDATED = Dated()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read from a page. The first line of `text` is the title; `text_digest` is over its UTF-8 bytes.

    `agency` is the news agency that it comes from, `captions` what is below its pictures and is not part of `text`.
    """

    url: str
    canonical_url: str | None
    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    published: Dated
    modified: Dated
    language: str | None
    text: str
    text_digest: str
    agency: str | None = None
    text_source: TextSource | None = None
    captions: tuple[str, ...] = ()
    text_manifest: TextManifest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that a page sets apart as somebody's without quotation marks: a block quotation, an embedded post.

    `speaker` is the name that the page gives beside them (`cite`, a footer, an account's display name), which is in
    the article's text at `speaker_span` where it is printed there.
    """

    span: Span
    speaker: str | None = None
    speaker_span: Span | None = None
