"""A page's bytes → an article, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archiver.articles import blocked, languages, metadata
from archiver.articles.authors import written_by
from archiver.articles.blocks import Shown
from archiver.articles.candidates import parse
from archiver.articles.charset import decode
from archiver.articles.kinds import Seen, why_none
from archiver.articles.passages import passages_of
from archiver.articles.published import country_of, days_of
from archiver.articles.source import SourceText, source_of
from archiver.articles.text import ArticleText, article_text, plain_text
from archiver.articles.titles import Titles
from archiver.records import UNDATED, Article, Dated, Passage, Reason, TextManifest
from archiver.sha256 import sha256_of

_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """The result of reading a page. `reason` is set if there is no article, or if some of it may be missing.

    `found_by` names what the text was found with, `passages` are what the page sets apart as somebody's words.
    """

    article: Article | None
    reason: Reason | None
    found_by: str = ""
    passages: tuple[Passage, ...] = ()


def read_article(page: bytes, *, url: str, content_type: str | None) -> Article | Reason:
    """The article on a page that was answered with status 200, or why there is none. `page` is content-decoded."""
    reading = read_page(page, url=url, content_type=content_type)
    return reading.article or reading.reason or Reason.NO_ARTICLE


def read_page(
    page: bytes,
    *,
    url: str,
    content_type: str | None,
    status: int | None = 200,
    captured_at: datetime | None = None,
    plain: bool = False,
) -> PageReading:
    """The same, with everything known about it.

    Only a 200 answer with HTML is read, or HTML that was sent without any status line. `captured_at` excludes dates
    that were still to come. `plain` asks for Resiliparse's text alone, which is quick on every page (for pages that
    were too much for the rest).
    """
    if not is_html(page, content_type):
        return PageReading(article=None, reason=Reason.NOT_HTML if status == 200 else Reason.HTTP_ERROR)
    html = decode(page, content_type).text
    if status != 200 and not (status is None and page.lstrip().startswith(b"<")):
        challenge = status in blocked.CHALLENGE_STATUSES and blocked.is_challenge(html)
        return PageReading(article=None, reason=Reason.BLOCKED_PAGE if challenge else Reason.HTTP_ERROR)
    source = source_of(html)
    tree, too_deep = parse(source.markup)
    return _Page(url, html, source, tree, too_deep=too_deep).read(captured_at, plain=plain)


class _Page:
    """One page, parsed, with what it says of itself."""

    def __init__(self, url: str, html: str, source: SourceText, tree: Any, *, too_deep: bool) -> None:
        self._url = url
        self._html = html
        self._source = source
        self._tree = tree
        self._too_deep = too_deep
        self._stated = metadata.claims(source.scripts, tree, url)
        self._language = languages.claimed(tree, self._stated)
        self._outlet = metadata.outlet(self._stated)

    def read(self, captured_at: datetime | None, *, plain: bool) -> PageReading:
        """The article and all about it, or why there is none."""
        quick = plain or self._too_deep or self._tree is None
        shown = Shown(None if quick else self._tree, language=self._language)
        titles = Titles(shown, self._stated, self._tree, outlet=self._outlet, url=self._url)
        text = self._text(shown, titles, quick=quick)
        seen = Seen(
            url=self._url,
            html=self._html,
            source=self._source,
            stated=self._stated,
            shown=shown,
            text=text,
            titles=titles.all,
        )
        if reason := why_none(seen):
            behind = reason is Reason.NO_ARTICLE and text.scrambled
            return PageReading(article=None, reason=Reason.PAYWALL if behind else reason, found_by=text.found_by)
        title = (text.state.headline if text.state else None) or titles.best
        head = f"{title}\n" if title else ""
        passages, lines = passages_of(text.lines, len(head))
        article = self._article(title, head + "\n".join(lines), text, shown, captured_at)
        return PageReading(
            article=article,
            reason=Reason.DEPTH if text.too_deep else Reason.PAYWALL if text.scrambled else None,
            found_by=text.found_by,
            passages=passages,
        )

    def _text(self, shown: Shown, titles: Titles, *, quick: bool) -> ArticleText:
        if quick:
            return plain_text(self._source.markup, titles.all, too_deep=self._too_deep)
        described = " ".join(self._stated.said("description", "og:description"))
        return article_text(
            self._source,
            self._tree,
            shown,
            bodies=tuple(metadata.bodies(self._stated)),
            titles=titles.all,
            described=described,
            language=self._language,
        )

    def _article(
        self, title: str | None, written: str, text: ArticleText, shown: Shown, captured_at: datetime | None
    ) -> Article:
        language = languages.of_text(written, claimed=self._language)
        days = days_of(
            self._stated,
            shown,
            places=text.places,
            url=self._url,
            language=language,
            claimed=self._language,
            country=country_of(self._url, *languages.tags(self._tree, self._stated)),
            captured_at=captured_at,
            state=text.state,
        )
        written_by_whom = written_by(
            self._stated,
            shown,
            places=text.places,
            text=text.text,
            outlet=self._outlet,
            url=self._url,
            state=text.state,
        )
        return Article(
            url=self._url,
            canonical_url=metadata.canonical_url(self._tree, self._stated, self._url),
            title=title,
            authors=written_by_whom.authors,
            outlet=self._outlet,
            published=days.published,
            modified=days.modified,
            language=language,
            text=written,
            text_digest=_digest(written),
            agency=written_by_whom.agency,
            text_source=text.source,
            captions=text.captions,
            text_manifest=TextManifest.PRESENT if shown.has_manifest else None,
        )


def plain_article(text: str, *, url: str = "", published: Dated = UNDATED, language: str | None = None) -> Article:
    """A plain text without a page, its first line being the headline; spans count in it as it is."""
    return Article(
        url=url,
        canonical_url=None,
        title=text.split("\n", 1)[0].strip() or None,
        authors=(),
        outlet=None,
        published=published,
        modified=UNDATED,
        language=language or languages.of_text(text, claimed=None),
        text=text,
        text_digest=_digest(text),
    )


def shown_text(html: str) -> str:
    """All that a page shows except what is beside an article, line by line."""
    tree, _ = parse(source_of(html).markup)
    return "\n".join(block.text for block in Shown(tree, language=None).article)


def is_html(page: bytes, content_type: str | None) -> bool:
    """Whether the page is HTML: by its declared type, else by its first bytes; a known signature says no."""
    declared = (content_type or "").split(";")[0].strip().lower()
    if page.lstrip()[:8].startswith(_NOT_TEXT):
        return False
    if declared in _HTML_TYPES:
        return True
    return declared in {"", "application/xml", "text/xml", "application/octet-stream"} and bool(
        _LOOKS_LIKE_HTML.search(page[:1024].replace(b"\x00", b""))
    )


def _digest(text: str) -> str:
    return sha256_of(text.encode())
