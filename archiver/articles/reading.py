"""A page's bytes → an article, or the reason why there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz

from archiver.articles import blocked, dates, languages, metadata
from archiver.articles.charset import decode
from archiver.articles.metadata import Claims
from archiver.articles.text import RESILIPARSE, Text, article_text, folded, parse, plain_text, weight
from archiver.records import UNDATED, Article, Dated, Reason

SHORTEST = 60
"""Weight that a text must have to be an article's."""

# Meta names, most trustworthy first.
_PUBLISHED = """
article:published_time og:article:published_time og:published_time og:pubdate datepublished rnews:datepublished
parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime article.published
citation_publication_date citation_online_date citation_date dcterms.issued dc.date.issued dcterms.created dc.created
dcterms.date dc.date date pubdate publishdate publish-date publish_date publication_date displaydate
originalpublicationdate article_date_original
"""
_MODIFIED = """
article:modified_time og:article:modified_time og:modified_time og:updated_time datemodified dcterms.modified
dc.date.modified dc.modified last-modified lastmod article.updated revised moddate
"""
_AUTHOR = """
author article:author article:author_name og:article:author parsely-author sailthru.author cxenseparse:author
citation_author dcterms.creator dc.creator byl
"""
_BETWEEN_NAMES = re.compile(r"\s*[;|]\s*|\s*,\s+|\s+(?:&|and|und|et|y)\s+")
_BEFORE_NAME = re.compile(r"(?:by|von|par|por)\s*:?\s+", re.IGNORECASE)
_NO_NAME = re.compile(r"https?:|www\.|@|^\d+$|^[a-z0-9]+(?:[-_][a-z0-9]+)+$")
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_LOOKS_LIKE_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title)\b", re.IGNORECASE)
_NOT_TEXT = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of a page. `reason` is set where there is no article, or, beside one, why some of it may be missing.

    `found_by` names what the text was found with.
    """

    article: Article | None
    reason: Reason | None
    found_by: str = ""


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
) -> Reading:
    """The same with all there is to say of it.

    Only a 200 answer with HTML is read. `captured_at` tells dates that were still to come. `plain` asks for
    Resiliparse's text alone, which is quick on every page (for pages that were too much for trafilatura).
    """
    if not is_html(page, content_type):
        return Reading(article=None, reason=Reason.NOT_HTML if status == 200 else Reason.HTTP_ERROR)
    html = decode(page, content_type).text
    if status != 200:
        challenge = status in blocked.CHALLENGE_STATUSES and blocked.is_challenge(html)
        return Reading(article=None, reason=Reason.BLOCKED_PAGE if challenge else Reason.HTTP_ERROR)
    tree, too_deep = parse(html)
    stated = metadata.claims(html, tree)
    title = _title(stated, tree)
    language, canonical = languages.claimed(tree, stated), metadata.canonical_url(tree, stated, url)
    times = _times(tree)
    text = _text(html, tree, too_deep=too_deep, url=url, stated=stated, plain=plain)
    if reason := _no_article(html, stated, text.text):
        return Reading(article=None, reason=reason, found_by=text.found_by)
    written = _headed(title, text.text)
    outlet = metadata.outlet(stated)
    article = Article(
        url=url,
        canonical_url=canonical,
        title=title,
        authors=_authors(stated, outlet, text.author),
        outlet=outlet,
        published=dates.first_plausible(_published(stated, times, url, text.date), captured_at),
        modified=dates.first_plausible(_modified(stated), captured_at),
        language=languages.of_text(written, claimed=language),
        text=written,
        text_digest=_digest(written),
    )
    return Reading(article=article, reason=Reason.DEPTH if text.too_deep else None, found_by=text.found_by)


def plain_article(text: str, *, url: str = "", published: Dated = UNDATED, language: str | None = None) -> Article:
    """A text that stands for itself, its first line being the headline; spans count in it as it is."""
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
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _text(html: str, tree: Any, *, too_deep: bool, url: str, stated: Claims, plain: bool) -> Text:
    if plain:
        return Text(text=plain_text(html, too_deep=too_deep), found_by=RESILIPARSE, too_deep=too_deep)
    if tree is not None:
        metadata.drop_long_scripts(tree)
    return article_text(html, tree=tree, too_deep=too_deep, url=url, bodies=tuple(metadata.bodies(stated)))


def _no_article(html: str, stated: Claims, text: str) -> Reason | None:
    letters = weight(text)
    claims_one = any(stated.stated("headline"))
    if not claims_one and blocked.stands_in(html, letters):
        return Reason.BLOCKED_PAGE
    return Reason.NO_ARTICLE if letters < SHORTEST else None


def _headed(title: str | None, text: str) -> str:
    """The text below its title; a heading near the top that repeats the title is dropped."""
    if not title:
        return text
    lines = text.split("\n")
    same = folded(title)
    kept = [line for place, line in enumerate(lines) if place >= 6 or folded(line) != same]
    return "\n".join((title, *kept))


def _title(stated: Claims, tree: Any) -> str | None:
    """The visible heading that says what the page claims as its title, else that claim."""
    claimed = [*stated.stated("headline"), *stated.said("og:title", "twitter:title", "parsely-title", "dc.title")]
    headings = [] if tree is None else [metadata.clean(h1.text_content()) for h1 in tree.iter("h1")]
    headings = [heading for heading in headings if heading and len(heading) <= 400]
    for claim in claimed:
        likely = [heading for heading in headings if fuzz.token_set_ratio(heading, claim) >= 80]
        if likely:
            best = max(likely, key=lambda heading: fuzz.ratio(heading, claim))
            return claim if folded(claim) in folded(best) else best  # the rest is a kicker
    if claimed:
        return claimed[0]
    if headings:
        return headings[0]
    titles = [] if tree is None else [metadata.clean(element.text_content()) for element in tree.iter("title")]
    return next((_without_site(title) for title in titles if title), None)


def _without_site(title: str) -> str:
    """A document title without what stands behind its last bar."""
    head, _, _ = title.rpartition(" | ")
    return head or title


def _authors(stated: Claims, outlet: str | None, found: str | None) -> tuple[str, ...]:
    """The names of the first source that has any but the outlet's own; that one where it is all there is."""
    sources = (
        stated.stated("author"),
        stated.stated("creator"),
        stated.said(*_AUTHOR.split()),
        (found or "").split(";"),
    )
    itself: tuple[str, ...] = ()
    for source in sources:
        names = tuple(dict.fromkeys(name for printed in source for name in _names(printed)))
        others = tuple(name for name in names if folded(name) != folded(outlet or ""))
        if others:
            return others
        itself = itself or names
    return itself


def _names(printed: str) -> Iterator[str]:
    for part in _BETWEEN_NAMES.split(re.sub(r"\([^()]{0,80}\)", "", printed)):
        name = _BEFORE_NAME.sub("", part.strip(), count=1) if _BEFORE_NAME.match(part.strip()) else part.strip()
        if 1 < len(name) <= 80 and not _NO_NAME.search(name):
            yield name


def _published(stated: Claims, times: list[str], url: str, found: str | None) -> Iterator[Dated | None]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from (dates.dated(printed, "json-ld") for printed in stated.stated(key))
    yield from (dates.dated(printed, "meta") for printed in stated.said(*_PUBLISHED.split()))
    yield from (dates.dated(printed, "time") for printed in times)
    yield dates.in_url(url)
    if found:
        yield dates.dated(found, "text")


def _modified(stated: Claims) -> Iterator[Dated | None]:
    yield from (dates.dated(printed, "json-ld") for printed in stated.stated("dateModified"))
    yield from (dates.dated(printed, "meta") for printed in stated.said(*_MODIFIED.split()))


def _times(tree: Any) -> list[str]:
    """What time elements say, those marked as the publication date first."""
    if tree is None:
        return []
    elements = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        one for one in elements if "publish" in f"{one.get('itemprop')} {one.get('class')} {one.get('pubdate')}".lower()
    ]
    return [element.get("datetime") for element in (*marked, *elements[:1])]
