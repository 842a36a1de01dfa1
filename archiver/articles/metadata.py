"""What a page says of itself for machines: meta elements, links, and the JSON-LD node of its own article."""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from courlan import clean_url
from rapidfuzz import fuzz

from archiver.articles import structured
from archiver.articles.letters import without_unseen
from archiver.articles.source import Script
from archiver.articles.structured import Node

ALIKE = 80
"""Likeness (0 to 100) from which on two headlines name the same story."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """`article`: the JSON-LD nodes of the page's own article, best first; `nodes`: all; `meta`: name → contents.

    `media` and `pages` are the nodes of a video or of the page itself that name its headline.
    """

    article: tuple[Node, ...]
    media: tuple[Node, ...]
    pages: tuple[Node, ...]
    nodes: tuple[Node, ...]
    meta: Mapping[str, tuple[str, ...]]

    def said(self, *names: str) -> Iterator[str]:
        """Contents of the meta elements with these names, in the order of the names."""
        for name in names:
            yield from self.meta.get(name, ())

    def stated(self, key: str) -> Iterator[str]:
        """The strings that the article's own nodes have under `key`."""
        for node in self.article:
            yield from strings(node.data.get(key))


def claims(scripts: Sequence[Script], tree: Any, url: str) -> Claims:
    """All that the page states; `tree` is its lxml tree or None."""
    nodes = structured.nodes_of(scripts)
    meta = {} if tree is None else _meta(tree)
    called = _called(tree, meta)
    canonical = _canonical_link(tree, url)
    articles = [node for node in nodes if node.is_a(structured.ARTICLE_TYPES) and not node.elsewhere]
    ranked = sorted(
        ((_fit(node, called, url, canonical), -place, node) for place, node in enumerate(articles)),
        key=lambda one: one[:2],
        reverse=True,
    )
    own = [node for fit, _, node in ranked if fit > 0] or (
        [articles[0]] if len(articles) == 1 and _fit(articles[0], called, url, canonical) == 0 else []
    )
    return Claims(
        article=tuple(own),
        media=tuple(node for node in nodes if node.is_a(structured.MEDIA_TYPES) and _fit(node, called, url, None) > 0),
        pages=tuple(
            node
            for node in nodes
            if node.is_a(structured.PAGE_TYPES) and not node.elsewhere and _fit(node, called, url, canonical) > 0
        ),
        nodes=tuple(nodes),
        meta=meta,
    )


def _called(tree: Any, meta: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What the page calls itself: its titles and first headings."""
    names = [*meta.get("og:title", ()), *meta.get("twitter:title", ())]
    if tree is not None:
        names += [clean(element.text_content()) for tag in ("title", "h1") for element in list(tree.iter(tag))[:3]]
    return [name for name in names if name]


def _fit(node: Node, called: Sequence[str], url: str, canonical: str | None) -> int:
    """How well a node names this page; below 0 where it names another one."""
    fit = 0
    addresses = [address for key in ("url", "@id", "mainEntityOfPage") for address in _addresses(node.data.get(key))]
    ours = {_path(url), _path(canonical or url)}
    paths = {_path(urljoin(url, address)) for address in addresses if not address.startswith("#")} - {"", None}
    if paths & ours:
        fit += 4
    elif paths:
        fit -= 1
    headlines = [*strings(node.data.get("headline")), *strings(node.data.get("name"))]
    if headlines and called:
        like = max(
            fuzz.token_set_ratio(folded_words(headline), folded_words(name))
            for headline in headlines
            for name in called
        )
        fit += 3 if like >= ALIKE else -2 if like < 50 else 0
    return fit


def folded_words(text: str) -> str:
    """Lower case words; scripts without spaces letter by letter."""
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return words if words.isascii() else re.sub(r"([\u3040-\u9fff\uac00-\ud7af])", r"\1 ", words)


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key in ("@id", "url"):
            if isinstance(value.get(key), str):
                yield value[key]


def _path(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.path.rstrip("/").lower() + (f"?{parts.query}" if parts.query and not parts.path.strip("/") else "")


def strings(value: Any) -> Iterator[str]:
    """The texts in a JSON-LD value: a string, a list, or things with a name."""
    if isinstance(value, str):
        if text := clean(value):
            yield text
    elif isinstance(value, list):
        for item in value[:100]:
            yield from strings(item)
    elif isinstance(value, Mapping):
        yield from strings(value.get("name", value.get("@value")))


def bodies(stated: Claims) -> Iterator[str]:
    """The `articleBody` of the page's own article; of a live blog, those of its updates."""
    for node in stated.article:
        body = node.data.get("articleBody")
        if isinstance(body, str) and body.strip():
            yield _SURROGATE.sub("", body)


def clean(text: str) -> str:
    """One line without tags and entities, spaces single; halves of characters, which JSON can spell, are left out."""
    text = _SURROGATE.sub("", text)
    for _ in range(3):  # JSON-LD is often escaped twice
        unescaped = markup.unescape(text)
        if unescaped == text:
            break
        text = unescaped
    text = _CONTROL.sub(" ", text)
    return " ".join(without_unseen(re.sub(r"</?[a-zA-Z!][^<>]{0,500}>", " ", text)).split())


def canonical_url(tree: Any, stated: Claims, url: str) -> str | None:
    """`rel=canonical`, else `og:url`, made absolute, without tracking parameters.

    None where it is not http(s) or is the site's front page.
    """
    base = _base(tree, url)
    for target in (_canonical_link(tree, url), *stated.said("og:url")):
        absolute = _absolute(base, target)
        if absolute and not (urlsplit(absolute).path in {"", "/"} and urlsplit(url).path not in {"", "/"}):
            return untracked(absolute)
    return None


def untracked(url: str) -> str:
    """A URL without tracking parameters; the rest is unchanged."""
    if "?" not in url:
        return url
    cleaned = clean_url(url)
    if not isinstance(cleaned, str):
        return url
    kept = set(urlsplit(cleaned).query.split("&"))
    parts = urlsplit(url)
    fields = [field for field in parts.query.split("&") if field in kept]
    return parts._replace(query="&".join(fields)).geturl()


def _base(tree: Any, url: str) -> str:
    """What relative addresses are relative to: the page's `<base>`, itself relative to the page."""
    if tree is not None:
        for element in tree.iter("base"):
            if href := element.get("href"):
                return _absolute(url, href) or url
    return url


def _canonical_link(tree: Any, url: str) -> str | None:
    if tree is None:
        return None
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return _absolute(_base(tree, url), link.get("href"))
    return None


def outlet(stated: Claims) -> str | None:
    """What the page calls the outlet."""
    named = stated.said("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher", "cre")
    sites = (
        name
        for node in stated.nodes
        if node.is_a(("WebSite", "Organization"))
        for name in strings(node.data.get("name"))
    )
    publishers = (name for name in stated.stated("publisher") if not name.startswith(("http:", "https:")))
    for source in (stated.said("og:site_name"), publishers, named, sites):
        for name in source:
            if 0 < len(name) <= 100:
                return name
    return None


def _absolute(url: str, target: str | None) -> str | None:
    try:
        absolute = urljoin(url, (target or "").strip())
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if target and parts.scheme in {"http", "https"} and parts.hostname else None


def _meta(tree: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = clean(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}
