"""Archived HTML as a document that can be shown in a frame: what is shown is kept, what acts is not.

Only elements and attributes that are known to show something pass. Addresses of images, style sheets and links lead
into the archive or are taken out; a link to what the archive has not is marked as leaving it. Whoever serves the
document must still forbid scripts and everything from elsewhere, because a browser may read it differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree, html

from archiver.replay.marks import ANCHOR, Wanted, mark
from archiver.replay.requisites import base_of, image_of, is_sheet, page_requisites, parsed
from archiver.replay.styles import absolute, rewritten

MAX_PAGE = 8 << 20
"""Characters of a page that is shown in a frame."""

MAX_DEPTH = 400
MAX_STYLES = 2 << 20

_GONE = frozenset(
    (
        *("script", "iframe", "frameset", "template", "portal", "fencedframe", "canvas", "audio", "video"),
        *("textarea", "select", "option", "noframes", "style", "title", "plaintext", "xmp", "dialog"),
    )
)
"""Elements that go with all that is in them."""

_UNWRAPPED = frozenset(
    (
        *(
            "embed",
            "param",
            "track",
            "source",
            "area",
            "input",
            "bgsound",
            "keygen",
            "isindex",
            "image",
            "base",
            "link",
        ),
        *("meta", "frame", "object", "applet", "button", "map", "slot", "output", "datalist", "marquee"),
    )
)
"""Elements that go and leave what is in them: what browsers show in their place, or what a parser put there."""

_FOREIGN = frozenset({"svg", "math"})
_BLOCKS = frozenset({"p", "div", "article", "section", "h1", "h2", "h3", "ul", "ol", "table", "blockquote", "body"})
"""What browsers never leave inside a drawing or a formula."""

_KEPT = frozenset(
    (
        *("html", "head", "body", "div", "span", "p", "br", "hr", "wbr", "a", "img", "picture", "figure", "figcaption"),
        *("article", "section", "header", "footer", "main", "nav", "aside", "address", "hgroup", "details", "summary"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "q", "cite", "pre"),
        *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("b", "i", "em", "strong", "u", "s", "small", "sub", "sup", "abbr", "code", "kbd", "samp", "var", "time"),
        *("mark", "ins", "del", "dfn", "bdi", "bdo", "ruby", "rt", "rp", "center", "font", "big", "tt", "strike"),
        *("data", "meter", "progress", "legend"),
    )
)
_ATTRIBUTES = frozenset(
    (
        *("class", "id", "lang", "dir", "title", "alt", "width", "height", "colspan", "rowspan", "datetime", "open"),
        *("align", "valign", "start", "value", "reversed", "cite", "color", "face", "size", "hidden"),
    )
)
_OURS = ANCHOR.partition("-")[0]
_SHOWN = "mark." + ANCHOR + "{background:#ffe58a!important;color:#111!important;scroll-margin:30vh;padding:.05em 0}"
_LEAVING = 'a.onrecord-leaves::after{content:" ↗";font-size:.8em}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the archive has for a page: addresses of images and fonts, of other pages, and the text of style sheets.

    `sheets` has for each style sheet the address and text of those it imports, then its own.
    """

    requisites: Mapping[str, str]
    pages: Mapping[str, str]
    sheets: Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """The document, and how many spans of the quote are in it. `problem` says why there is none."""

    html: str
    placed: int
    problem: str | None = None


def wanted_addresses(page: str, url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a page would load, and where its links lead."""
    root = parsed(page[:MAX_PAGE])
    if root is None:
        return (), ()
    base = base_of(root, url)
    links = (absolute(anchor.get("href") or "", base) for anchor in root.iter("a"))
    return page_requisites(page[:MAX_PAGE], url), tuple(dict.fromkeys(each for each in links if each))


def shown(page: str, url: str, wanted: Sequence[Wanted], held: Held, *, plain: bool = False) -> ShownPage:
    """The page with the words marked, for a frame of its own; `plain` leaves its styles out, which may hide words."""
    if len(page) > MAX_PAGE:
        return ShownPage(html="", placed=0, problem="it is too large to be shown here")
    root = parsed(page)
    if root is None:
        return ShownPage(html="", placed=0, problem="it contains no HTML")
    if _depth(root) > MAX_DEPTH:
        return ShownPage(html="", placed=0, problem="it is nested too deep to be shown here")
    base = base_of(root, url)
    styles = [] if plain else _styles(root, base, held)

    def styled(css: str) -> str:
        return "" if plain else rewritten(css, base, held.requisites.get)

    _clean(root, lambda element: _address(element, base, held), styled)
    placed = mark(root, wanted)
    head = root.find("head")
    if head is None:
        head = html.Element("head")
        root.insert(0, head)
    for text in (*styles, _SHOWN + _LEAVING):
        style = etree.SubElement(head, "style")
        style.text = text
    body = html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return ShownPage(html=body.replace("<head>", '<head><meta charset="utf-8">', 1), placed=placed)


def _styles(root: html.HtmlElement, base: str, held: Held) -> list[str]:
    """The style sheets of the page in order, its own and those that the archive has, with the archive's addresses."""
    found: list[str] = []
    for element in root.iter("link", "style"):
        if element.tag == "style":
            found.append(rewritten(element.text or "", base, held.requisites.get))
        elif is_sheet(element):
            address = absolute(element.get("href") or "", base)
            for where, sheet in held.sheets.get(address or "", ()):
                found.append(rewritten(sheet, where, held.requisites.get))
    kept, size = [], 0
    for text in found:
        size += len(text)
        if size <= MAX_STYLES:
            kept.append(text)
    return kept


Change = Callable[[html.HtmlElement], None]


def _clean(root: html.HtmlElement, address: Change, style: Callable[[str], str]) -> None:
    """Takes out what acts; an element that is not known leaves its text behind."""
    for element in list(root.iter()):
        if element is not root and element.getparent() is None:
            continue  # it went with one around it
        tag = element.tag if isinstance(element.tag, str) else ""
        if element is not root and _is_removed(element, tag):
            continue
        if tag not in _KEPT and element is not root:
            element.tag = "div" if tag in {"form", "fieldset", "noscript"} else "span"
        _disown(element)
        css = element.get("style")
        given = dict(element.attrib)
        address(element)
        kept = {"href", "src", "rel", "target"} if tag in {"a", "img"} else set()
        for name in list(element.attrib):
            if name not in _ATTRIBUTES and not (name in kept and element.get(name) != given.get(name)):
                del element.attrib[name]
        if css and (kept_style := style(css)):
            element.set("style", kept_style)


def _disown(element: html.HtmlElement) -> None:
    """Takes out what a page could pass off as ours: marks, and the names that ours have."""
    if element.tag == "mark":
        element.tag = "span"
    if (element.get("id") or "").startswith(_OURS):
        del element.attrib["id"]
    if _OURS in (element.get("class") or ""):
        names = [name for name in (element.get("class") or "").split() if not name.startswith(_OURS)]
        element.set("class", " ".join(names))


def _is_removed(element: html.HtmlElement, tag: str) -> bool:
    """Whether the element was one that goes; it is gone then."""
    if tag in _GONE or (tag in _FOREIGN and not any(each.tag in _BLOCKS for each in element.iter())):
        element.drop_tree()
    elif tag in _UNWRAPPED or tag in _FOREIGN:
        element.drop_tag()
    else:
        return False
    return True


def _address(element: html.HtmlElement, base: str, held: Held) -> None:
    """Leads a link or an image into the archive, or takes its address out."""
    if element.tag == "img":
        url = absolute(image_of(element) or "", base)
        kept = held.requisites.get(url or "")
        source = element.get("src") or ""
        for name in ("src", "srcset", "data-src", "data-srcset"):
            element.attrib.pop(name, None)
        if kept:
            element.set("src", kept)
        elif re.match(r"data:image/(png|jpeg|gif|webp);base64,", source, re.IGNORECASE):
            element.set("src", source.strip() + " ")
    elif element.tag == "a":
        written = (element.get("href") or "").strip()
        url = absolute(written, base)
        element.attrib.pop("href", None)
        element.attrib.pop("target", None)
        if url is None:
            return
        kept = held.pages.get(url)
        element.set("href", kept or url)
        element.set("target", "_top")
        element.set("rel", "nofollow noreferrer")
        if kept is None:
            element.set("class", f"{element.get('class') or ''} onrecord-leaves".strip())
            element.set("title", f"Leaves the archive: {url}")


def _depth(root: html.HtmlElement) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
