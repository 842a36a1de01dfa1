"""What a page needs beside itself to look as it did: style sheets, images, fonts. Nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from archiver.replay.styles import absolute, addresses, imports

_WIDTH = re.compile(r"(\d+(?:\.\d+)?)([wx])$")
_OF_THE_HEAD = frozenset({"title", "meta", "link", "style", "script", "base", "noscript", "template"})
MAX_WIDTH = 1600
"""Pixels beyond which no larger variant of an image is needed."""


def parsed(page: str) -> html.HtmlElement | None:
    """The page as a tree; None if there is none."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None
    _right(root)
    return root


def _right(root: html.HtmlElement) -> None:
    """Moves what the parser left in the head, and is not of the head, to the body, where browsers put it."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    misplaced = [at for at, child in enumerate(head) if child.tag not in _OF_THE_HEAD]
    if not misplaced:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    for at, child in enumerate(head[misplaced[0] :]):
        body.insert(at, child)


def base_of(root: html.HtmlElement, url: str) -> str:
    """What relative addresses in a page are relative to."""
    for base in root.iter("base"):
        return absolute(base.get("href") or "", url) or url
    return url


def page_requisites(page: str, url: str) -> tuple[str, ...]:
    """What a page asks for, in order: style sheets first, each once, absolute."""
    root = parsed(page)
    if root is None:
        return ()
    base = base_of(root, url)
    written = [*_sheets(root), *_images(root)]
    found = [absolute(each, base) for each in written]
    for style in root.iter("style"):
        found += [*imports(style.text or "", base), *addresses(style.text or "", base)]
    found += [each for element in root.iter() for each in addresses(element.get("style") or "", base)]
    return tuple(dict.fromkeys(each for each in found if each))


def sheet_requisites(css: str, url: str) -> tuple[str, ...]:
    """What a style sheet asks for."""
    return tuple(dict.fromkeys([*imports(css, url), *addresses(css, url)]))


def _sheets(root: html.HtmlElement) -> Iterator[str]:
    for link in root.iter("link"):
        if is_sheet(link):
            yield link.get("href") or ""


def is_sheet(link: html.HtmlElement) -> bool:
    """Whether a `link` is a style sheet that a screen would use."""
    relations = (link.get("rel") or "").lower().split()
    media = (link.get("media") or "").lower()
    return "stylesheet" in relations and "alternate" not in relations and media.strip() != "print"


def _images(root: html.HtmlElement) -> Iterator[str]:
    for image in root.iter("img", "source"):
        if (source := image_of(image)) is not None:
            yield source


def image_of(image: html.HtmlElement) -> str | None:
    """The address of an image: of several sizes the largest reasonable one; of a lazy one what it would load."""
    for name in ("srcset", "data-srcset"):
        if (best := best_of(image.get(name) or "")) is not None:
            return best
    written = [image.get(name) for name in ("data-src", "data-original", "src")]
    return next((each for each in written if each and not each.lower().startswith("data:")), None)


def best_of(srcset: str) -> str | None:
    """The largest image of a `srcset` up to 1,600 pixels, else the smallest."""
    found: list[tuple[float, str]] = []
    for part in re.split(r",\s+|,(?=https?:)", srcset.strip()):
        words = part.split()
        if not words or words[0].lower().startswith("data:"):
            continue
        match = _WIDTH.fullmatch(words[1]) if len(words) > 1 else None
        size = float(match[1]) * (1 if match[2] == "w" else 800) if match else 800.0
        found.append((size, words[0]))
    fitting = [each for each in found if each[0] <= MAX_WIDTH]
    chosen = max(fitting, key=lambda each: each[0]) if fitting else min(found, key=lambda each: each[0], default=None)
    return chosen[1] if chosen else None
