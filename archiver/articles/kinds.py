"""What a page is if it is not an article: a home page, a list, a login, a wall, an error, a challenge.

Titles and short texts are compared with what such pages say in many languages; lists are known by their shape. Whatever
has a node of its own that is an article, or a day of publication, and some text, is an article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from archiver.articles import blocked
from archiver.articles.blocks import Shown
from archiver.articles.choice import is_body
from archiver.articles.letters import weight
from archiver.articles.metadata import Claims
from archiver.articles.phrases import begins, holds, is_one
from archiver.articles.source import SourceText
from archiver.articles.text import ArticleText
from archiver.records import Reason, TextSource

SHORTEST = 60
"""Weight that a text must have to be an article's."""

SHORT = 700
"""Weight up to which a text may be what a wall or a notice says."""

PARAGRAPHS = 4

TEASERS = 4
"""Linked headings among the text from which on it may be a list of stories."""

TEASER = 260
"""Weight of the text that a story in a list has at most, on average."""

_PIECES = re.compile(r"\s*[|–—·•»›]\s*|\s+-\s+|\s*[(（)）]\s*")
_PASSWORD = re.compile(r"<input\b[^>]{0,500}\btype\s*=\s*[\"']?password", re.IGNORECASE)
_FORM = re.compile(r"<(?:form|input|textarea)\b", re.IGNORECASE)
_MOUNT = re.compile(
    r"<div\b[^>]{0,200}\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|fusion-app|svelte|main-app|react-root)[\"'\s>]",
    re.IGNORECASE,
)
_SEARCHED = re.compile(
    r"(?:^|/)(?:search|suche|recherche|buscar|busca|busqueda|pesquisa|ricerca|zoeken|sok|sog|haku|szukaj|hledat|poisk)(?:/|\.|$)",
    re.IGNORECASE,
)
_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search|suche|keyword|text)=", re.IGNORECASE)
_AUTHORED = re.compile(
    r"/(?:authors?|people|person|profile|by|staff|writers?|journalists?|reporters?|contributors?|autor(?:en|es|a)?|auteurs?|autore|forfatter|redaktion|team)/[^/]+/?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a page when its kind is determined."""

    url: str
    html: str
    source: SourceText
    stated: Claims
    shown: Shown
    text: ArticleText
    titles: Sequence[str]


def why_none(seen: Seen) -> Reason | None:
    """Why there is no article on the page; None if there is one."""
    heavy = weight(seen.text.text)
    names = _names(seen)
    is_article = _says_article(seen.stated)
    if not (is_article and heavy >= SHORTEST):
        if reason := _by_title(seen, names, heavy):
            return reason
        if reason := _by_notice(seen, heavy):
            return reason
    if _is_root(seen.url) and not is_article:
        return Reason.HOME_PAGE
    if seen.text.source is not TextSource.SCRIPT_STATE and (reason := _list(seen, names, is_article=is_article)):
        return reason
    if heavy < SHORTEST:
        return _nothing(seen, heavy)
    return None


def _names(seen: Seen) -> list[str]:
    """The page's titles and first headings, whole and without what follows a bar, dash or bracket."""
    headings = [block.text for block in seen.shown.blocks[:40] if block.is_heading][:3]
    whole = [*seen.titles, *headings]
    first = [piece for name in whole if (piece := _PIECES.split(name)[0].strip())]
    return [name for name in (*whole, *first) if name]


def _says_article(stated: Claims) -> bool:
    return (
        bool(stated.article)
        or "article" in stated.said("og:type")
        or any(stated.said("article:published_time", "datepublished"))
    )


def _by_title(seen: Seen, names: Sequence[str], heavy: int) -> Reason | None:
    def called(kind: str) -> bool:
        return any(is_one("kind", kind).fullmatch(name) for name in names)

    if blocked.is_substitute(seen.html, heavy):
        return Reason.BLOCKED_PAGE
    if called("not_found"):
        return Reason.SOFT_404
    if heavy < 2 * SHORT and called("refused"):
        return Reason.BLOCKED_PAGE
    if heavy < SHORT and called("error"):
        return Reason.ERROR
    if heavy < SHORT and not _has_paragraphs(seen) and (called("login") or _PASSWORD.search(seen.html)):
        return Reason.LOGIN_PAGE
    if heavy < SHORT and called("form") and _FORM.search(seen.html):
        return Reason.FORM_PAGE
    return None


def _has_paragraphs(seen: Seen) -> bool:
    """Whether the text has more paragraphs than a notice."""
    return sum(weight(line.text) >= SHORTEST for line in seen.text.lines) >= PARAGRAPHS


def _by_notice(seen: Seen, heavy: int) -> Reason | None:
    """What a short text says itself."""
    if heavy >= SHORT or _has_paragraphs(seen):
        return None
    shown = " ".join(block.text for block in seen.shown.blocks if not block.is_link)[:4000]
    own = seen.text.text or shown
    if weight(shown) > 3 * SHORT:
        shown = own

    def says(kind: str, text: str = shown) -> int:
        return len({match[0].lower() for match in holds("kind", kind).finditer(text)})

    if says("geo_block"):
        return Reason.GEO_BLOCK
    if says("challenge", own) and not says("needs_script", own):
        return Reason.BLOCKED_PAGE
    if says("needs_script", own) or (heavy < SHORTEST and says("needs_script", _plain(seen.source.unscripted))):
        return Reason.NEEDS_SCRIPT
    if says("cookie_wall", own) >= 2 or (heavy < SHORTEST and says("cookie_wall") >= 2):
        return Reason.COOKIE_WALL
    if heavy < SHORTEST and says("paywall"):
        return Reason.PAYWALL
    return None


def _plain(markup: str) -> str:
    return re.sub(r"<[^<>]{0,1000}>", " ", markup)


def _list(seen: Seen, names: Sequence[str], *, is_article: bool) -> Reason | None:
    """The kind of list that a page is."""
    types = {kind for node in seen.stated.nodes if not node.elsewhere for kind in node.types}
    searches = any(begins("kind", "search").match(name) for name in names) and (
        bool(_SEARCHED.search(urlsplit(seen.url).path))
        or bool(_QUERY.search(urlsplit(seen.url).query))
        or "SearchResultsPage" in types
    )
    teasers, prose = _teasers(seen)
    listed = teasers >= TEASERS and prose < TEASER * teasers
    if is_article or not (listed or (searches and teasers > 0) or "SearchResultsPage" in types):
        return None
    if searches or "SearchResultsPage" in types:
        return Reason.SEARCH_PAGE
    path = urlsplit(seen.url).path
    if _is_root(seen.url):
        return Reason.HOME_PAGE
    if (
        _AUTHORED.search(path)
        or "ProfilePage" in types
        or any(begins("kind", "author_page").match(name) for name in names)
    ):
        return Reason.AUTHOR_PAGE
    return Reason.SECTION_PAGE


def _teasers(seen: Seen) -> tuple[int, int]:
    """Linked headings in the part of the page that the text is from, and the weight of prose there."""
    blocks = seen.shown.blocks
    part = range(max(seen.text.places.start - 3, 0), min(seen.text.places.stop + 1, len(blocks)))
    teasers = sum(blocks[place].is_heading and blocks[place].is_link and not blocks[place].beside for place in part)
    prose = sum(blocks[place].weight for place in part if blocks[place].is_prose and is_body(blocks[place]))
    return teasers, prose


def _is_root(url: str) -> bool:
    """Whether an address is that of a home page; a page in hand may have none."""
    parts = urlsplit(url)
    return bool(parts.netloc) and parts.path in {"", "/", "/index.html", "/index.php", "/home"} and not parts.query


def _nothing(seen: Seen, heavy: int) -> Reason:
    """Why there is next to no text."""
    if any("video" in kind for kind in seen.stated.said("og:type")) or seen.stated.media:
        return Reason.VIDEO_PAGE
    if _MOUNT.search(seen.source.markup) and weight(" ".join(block.text for block in seen.shown.blocks)) < SHORT:
        return Reason.NEEDS_SCRIPT
    if (
        heavy == 0
        and _FORM.search(seen.source.markup)
        and any(is_one("kind", "form").fullmatch(name) for name in seen.titles)
    ):
        return Reason.FORM_PAGE
    return Reason.NO_ARTICLE
