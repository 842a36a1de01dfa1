"""The addresses in style sheets: which they are, and the sheet with others in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

_URL = re.compile(r"""url\(\s*(?:"([^"\n]{0,4000})"|'([^'\n]{0,4000})'|([^"'()\s]{0,4000}))\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:url\(\s*)?["']?([^"'()\s;]{1,4000})["']?\s*\)?([^;]{0,200});?""", re.IGNORECASE)
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]{0,8000}\}", re.IGNORECASE)

Address = Callable[[str], str | None]
"""Another address for an absolute one; None if there is none."""


def imports(css: str, base: str) -> Iterator[str]:
    """The style sheets that a style sheet imports, as absolute addresses."""
    for match in _IMPORT.finditer(css):
        if (url := absolute(match[1], base)) is not None:
            yield url


def addresses(css: str, base: str) -> Iterator[str]:
    """Images and fonts that a style sheet names; of a font's formats the first one that every browser reads."""
    fonts = [match.span() for match in _FONT_FACE.finditer(css)]
    chosen: dict[tuple[int, int], str] = {}
    for match in _URL.finditer(css):
        url = absolute(match[1] or match[2] or match[3] or "", base)
        face = next((span for span in fonts if span[0] <= match.start() < span[1]), None)
        if url is None or css[: match.start()].rstrip().lower().endswith("@import"):
            continue
        if face is None:
            yield url
        elif face not in chosen or (".woff2" in url.lower() and ".woff2" not in chosen[face].lower()):
            chosen[face] = url
    yield from chosen.values()


def rewritten(css: str, base: str, address: Address) -> str:
    """The style sheet with the archive's addresses; what the archive has not is left out, and so are imports.

    No text in it can end the element that it is put into.
    """

    def replace(match: re.Match[str]) -> str:
        written = match[1] or match[2] or match[3] or ""
        if written.lower().startswith("data:"):
            return f'url("{_quoted(written)}")'
        url = absolute(written, base)
        kept = address(url) if url else None
        return f'url("{_quoted(kept)}")' if kept else "none"

    return _URL.sub(replace, _IMPORT.sub("", css)).replace("<", "\\3c ")


def absolute(written: str, base: str) -> str | None:
    """An address as a page writes it, absolute; None where it is not one of the web."""
    try:
        url = urljoin(base, written.strip())
    except ValueError:
        return None
    return url.partition("#")[0] if re.match(r"https?://[^/]", url, re.IGNORECASE) else None


def _quoted(text: str) -> str:
    return re.sub(r'["\\\n\r\f]', lambda match: f"%{ord(match[0]):02X}", text)
