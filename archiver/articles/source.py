"""A page's source without its code: scripts, styles, frames and comments taken out as a browser's parser would.

What a browser with scripting never shows as text must not reach a parser that would: an unclosed frame inside
`<noscript>` would swallow the scripts after it. One pass, linear in the length of the page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LISTED = "script style noscript iframe noembed noframes svg canvas object template textarea select xmp"
_NAMES = _LISTED.split()
_OPENING = re.compile(
    rf"<(?:!--|(?P<name>{'|'.join(_NAMES)})(?=[\s/>])"
    r"(?P<attributes>(?:[^>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+')*+|[^>]{0,4000})>)",
    re.IGNORECASE | re.ASCII,
)
_CLOSING = {name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE | re.ASCII) for name in _NAMES}
_TO_THE_END = {"script", "style", "xmp"}
"""What swallows the rest of the page where it is not closed; of the others only the tag is passed over."""

_SHADOW = "shadowroot"
_TEMPLATE_END = re.compile(r"</template[^>]{0,100}>", re.IGNORECASE)


class Script(NamedTuple):
    """A script element: the content of its tag, and its text."""

    attributes: str
    content: str


class SourceText(NamedTuple):
    """`markup` contains no code; `scripts` are all scripts, `unscripted` what `<noscript>` elements hold."""

    markup: str
    scripts: tuple[Script, ...]
    unscripted: str


def source_of(html: str) -> SourceText:
    """The page's markup and code apart."""
    kept: list[str] = []
    scripts: list[Script] = []
    unscripted: list[str] = []
    unclosed: set[str] = set()
    place = 0
    while match := _OPENING.search(html, place):
        kept.append(html[place : match.start()])
        name = (match["name"] or "").lower()
        if not name:
            end = html.find("-->", match.end() - 2)
            place = len(html) if end < 0 else end + 3
            continue
        if name == "template" and _SHADOW in match["attributes"].lower():
            kept.append("<div>")  # declarative shadow DOM is shown
            place = match.end()
            continue
        end, place = _end(html, name, match.end(), unclosed)
        if name == "script":
            scripts.append(Script(match["attributes"], html[match.end() : end]))
        elif name == "noscript":
            unscripted.append(html[match.end() : end])
        kept.append(" " if name in {"iframe", "svg"} else "")
    kept.append(html[place:])
    markup = "".join(kept)
    if "<div>" in kept:
        markup = _TEMPLATE_END.sub("</div>", markup)  # those of other templates are gone
    return SourceText(markup, tuple(scripts), " ".join(unscripted))


def _end(html: str, name: str, start: int, unclosed: set[str]) -> tuple[int, int]:
    """Where an element's content ends and where reading continues."""
    closing = None if name in unclosed else _CLOSING[name].search(html, start)
    if closing is None:
        unclosed.add(name)
        return (len(html), len(html)) if name in _TO_THE_END else (start, start)
    after = html.find(">", closing.end())
    return closing.start(), len(html) if after < 0 else after + 1
