"""Bytes of a page as text: byte order mark, header, meta element, detection, in that order.

Labels mean what the WHATWG Encoding Standard says (`iso-8859-1` is windows-1252, `gb2312` is GBK …); UTF-7 is not
valid. A label that the bytes refute is ignored: they do not decode, or they are well-formed UTF-8 beyond ASCII, which
text in another encoding practically never is. Between a label and those it is confused with (KOI8-R and windows-1251,
Latin-1 and Latin-2) the letters decide: read wrongly, words have signs and capitals in their middle. Passages that were
decoded twice before they were sent (`â€œ` for `“`) are mended. What cannot be decoded becomes U+FFFD; NUL is dropped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

from archiver.articles.confusions import likeliest, mended

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PRESCAN = 4096
"""How many bytes are searched for a meta element; the HTML standard says 1024, pages keep to it loosely."""

DETECT = 1 << 18
"""How many bytes detection looks at."""

# What browsers call these covers more than Python's codecs of that name do.
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
_SINGLE_BYTE_C1 = {"cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"}

_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_IN_META = re.compile(
    rb"<(?:meta\b[^>]{0,1000}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.I
)


class Decoded(NamedTuple):
    """The page as text and the encoding it was read in (Python's name)."""

    text: str
    charset: str


def decode(page: bytes, content_type: str | None) -> Decoded:
    """The text of `page` (content coding already undone), `content_type` being the HTTP header's value."""
    for mark, charset in MARKS:
        if page.startswith(mark):
            return Decoded(_clean(page[len(mark) :].decode(charset, "replace")), charset)
    labels = tuple(_labels(page, content_type))
    if not (labels and labels[0].startswith("utf-16")) and _is_utf8(page):
        return Decoded(_clean(page.decode("utf-8", "replace")), "utf-8")
    for label in (*labels, _detected(page)):
        text = _decoded(page, label)
        if text is not None:
            reading, charset = likeliest(page, text, label)
            return Decoded(_clean(reading), charset)
    charset = labels[0] if labels else "utf-8"
    return Decoded(_clean(page.decode(charset, "replace")), charset)


def _labels(page: bytes, content_type: str | None) -> Iterator[str]:
    header = _IN_HEADER.search(content_type or "")
    if header and (charset := _known(header[1])):
        yield charset
    meta = _IN_META.search(page[:PRESCAN])
    # A meta element that could be read as ASCII is not in UTF-16 (HTML standard, prescan algorithm).
    if meta and (charset := _known(meta[1].decode("ascii"))):
        yield "utf-8" if charset.startswith("utf-16") else charset


def _known(label: str) -> str | None:
    if label.lower() == "iso-2022-jp":
        return "iso2022_jp"
    charset: str | None = map_encoding_to_html5(label, fallback_utf8=False)
    return None if charset is None else _WIDER.get(charset, charset)


def _is_utf8(page: bytes) -> bool:
    """Whether the page is well-formed UTF-8 beyond ASCII; it may be cut off in the middle of a character."""
    try:
        page.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and not page[: error.start].isascii()
    return not page.isascii()


def _detected(page: bytes) -> str:
    """The guess of uchardet; some of its names are Python's rather than labels of the web."""
    guess = detect_encoding(page, max_len=DETECT, html5_compatible=False) or "utf-8"
    return _known(guess) or (guess.lower() if guess.lower() in _WIDER.values() else "utf-8")


def _decoded(page: bytes, charset: str) -> str | None:
    """The text, or None where more than one character in a thousand has no meaning in `charset`."""
    if charset in _SINGLE_BYTE_C1:
        return page.decode(charset, "replace")
    text = page.decode(charset, "replace")
    return None if text.count("\ufffd") * 1000 > len(text) else text


def _clean(text: str) -> str:
    return mended(text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n"))
