"""What a page says of itself for machines: JSON-LD (schema.org), meta elements, links, the html element."""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

LONG_SCRIPT = 200_000
"""Characters beyond which a script is taken off the page unless it is JSON that parses.

trafilatura's repair of broken JSON-LD is endless, and it looks for dates in all the others with forty patterns.
"""

MAX_NODES = 2000
"""JSON-LD nodes looked at on one page."""

_SCRIPT = re.compile(r"<script\b([^>]{0,1000})>(.*?)</script", re.IGNORECASE | re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting")
_OTHER_TYPES = ("WebPage", "VideoObject", "AudioObject", "PodcastEpisode", "ItemPage")
_BELOW = ("@graph", "mainEntity", "mainEntityOfPage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """`articles`: JSON-LD nodes of articles, then of pages and media; `nodes`: all; `meta`: name → contents."""

    articles: tuple[Mapping[str, Any], ...]
    nodes: tuple[Mapping[str, Any], ...]
    meta: Mapping[str, tuple[str, ...]]

    def said(self, *names: str) -> Iterator[str]:
        """Contents of the meta elements with these names, in the order of the names."""
        for name in names:
            yield from self.meta.get(name, ())

    def stated(self, key: str) -> Iterator[str]:
        """The strings that the article nodes have under `key`."""
        for node in self.articles:
            yield from strings(node.get(key))


def claims(html: str, tree: Any) -> Claims:
    """All that the page states; `tree` is its lxml tree or None."""
    nodes = tuple(_json_ld(html))
    articles = [node for node in nodes if _is(node, _ARTICLE_TYPES)]
    others = [node for node in nodes if _is(node, _OTHER_TYPES)]
    return Claims(articles=(*articles, *others), nodes=nodes, meta={} if tree is None else _meta(tree))


def drop_long_scripts(tree: Any) -> None:
    """Takes long scripts that are no JSON, or JSON that does not parse, off the tree."""
    for script in tree.iter("script"):
        content = script.text or ""
        is_json = "json" in script.get("type", "").lower()
        if len(content) > LONG_SCRIPT and not (is_json and _parsed(content) is not None):
            script.text = None


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
    """The `articleBody` of the article nodes, lines kept."""
    for node in stated.articles:
        body = node.get("articleBody")
        if isinstance(body, str) and body.strip():
            paragraphs = re.sub(r"</p\s*>|<br\s*/?>", "\n", markup.unescape(body), flags=re.IGNORECASE)
            yield "\n".join(clean(line) for line in paragraphs.split("\n"))


def clean(text: str) -> str:
    """One line without tags and entities, blanks single; halves of characters, which JSON can spell, are left out."""
    text = _SURROGATE.sub("", text)
    for _ in range(2):  # JSON-LD is often escaped twice
        text = markup.unescape(text)
    return " ".join(re.sub(r"<[a-zA-Z/!][^<>]{0,500}>", " ", text).split())


def canonical_url(tree: Any, stated: Claims, url: str) -> str | None:
    """`rel=canonical`, else `og:url`, made absolute; None where it is not http(s) or is the site's front page."""
    links = [] if tree is None else [link.get("href") for link in tree.iter("link") if _rel(link) == "canonical"]
    for target in (*links, *stated.said("og:url")):
        absolute = _absolute(url, target)
        if absolute and not (urlsplit(absolute).path in {"", "/"} and urlsplit(url).path not in {"", "/"}):
            return absolute
    return None


def outlet(stated: Claims) -> str | None:
    """What the page calls the outlet."""
    named = stated.said("og:site_name", "application-name", "publisher", "dc.publisher", "dcterms.publisher", "cre")
    sites = (
        name for node in stated.nodes if _is(node, ("WebSite", "Organization")) for name in strings(node.get("name"))
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


def _rel(link: Any) -> str:
    return (link.get("rel") or "").strip().lower()


def _is(node: Mapping[str, Any], kinds: tuple[str, ...]) -> bool:
    types = node.get("@type")
    named = [types] if isinstance(types, str) else types if isinstance(types, list) else []
    return any(isinstance(name, str) and name.rpartition("/")[2].endswith(kinds) for name in named)


def _json_ld(html: str) -> Iterator[Mapping[str, Any]]:
    seen = 0
    for script in _SCRIPT.finditer(html):
        if "ld+json" not in script[1].lower():
            continue
        for node in _below(_parsed(script[2]), 0):
            seen += 1
            if seen > MAX_NODES:
                return
            yield node


def _parsed(content: str) -> Any:
    content = re.sub(
        r"^\s*(?:<!--|/[*/]<!\[CDATA\[(?:\*/)?|<!\[CDATA\[)|(?:-->|/[*/]\]\]>(?:\*/)?|\]\]>)\s*;?\s*$", "", content
    )
    for attempt in (content, re.sub(r",\s*([}\]])", r"\1", content)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _below(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, list):
        for item in value:
            yield from _below(item, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for key in _BELOW:
            if isinstance(value.get(key), (list, Mapping)):
                yield from _below(value[key], depth + 1)


def _meta(tree: Any) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = clean(element.get("content") or "")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}
