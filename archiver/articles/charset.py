"""Bytes of a page as text: byte order mark, header, meta element, detection, in that order.

Labels mean what the WHATWG Encoding Standard says (`iso-8859-1` is windows-1252, `gb2312` is GBK …); UTF-7 is none. A
label that the bytes refute is passed over: they do not decode, or they are well-formed UTF-8 beyond ASCII, which text
in another encoding practically never is. Between a label and those it is confused with (KOI8-R and windows-1251,
Latin-1 and Latin-2) the letters decide: read wrongly, words have signs and capitals in their middle. Passages that were
decoded twice before they were sent (`â€œ` for `“`) are mended. What cannot be decoded becomes U+FFFD; NUL is dropped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PRESCAN = 4096
"""How many bytes are searched for a meta element; the HTML standard says 1024, pages keep to it loosely."""

DETECT = 1 << 18
"""How many bytes detection looks at."""

# What browsers call these covers more than Python's codecs of that name do.
_WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
_SINGLE_BYTE_C1 = {"cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"}

MIN_FAULTS = 4
"""Faulty words from which on another reading is tried."""

SAMPLE = 1 << 18

_CONFUSED = (
    ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"),
    ("cp1252", "cp1250", "iso8859-2", "iso8859-15", "cp1254"),
)
_SIGNS = "\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u02c7\u02d8\u02d9\u02db\u02dd€†‡‰„…™╨-╿─-▟■-◿"
_FAULT = re.compile(
    # A sign inside a word, a small letter before a capital in one of Cyrillic, or such a word that ends in capitals.
    rf"(?<=[^\W\d_])[{_SIGNS}](?=[^\W\d_])|(?<=[а-яё])[А-ЯЁ](?=[А-ЯЁа-яё])|[\x80-\x9f]|(?<=[a-z])[{_SIGNS}](?=[\s.,])"
)
_TWICE = re.compile(
    "(?:[\u00c2-\u00f4](?:[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\ufffd]){1,3})+"
)
_ONCE_MORE = re.compile("[ÂÃ][\u0080-\u00bf]")
_TWICE_CYRILLIC = re.compile("(?:[РС][\u0080-\u04ff\u2013-\u203a\u20ac\u2116\u2122]){3,}")

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
    for charset in (*labels, _detected(page)):
        text = _decoded(page, charset)
        if text is not None:
            return _likeliest(page, text, charset)
    charset = labels[0] if labels else "utf-8"
    return Decoded(_clean(page.decode(charset, "replace")), charset)


def _likeliest(page: bytes, text: str, charset: str) -> Decoded:
    """The reading of the page in which words look like words: that in `charset`, or in one it is confused with."""
    group = next((group for group in _CONFUSED if charset in group), ())
    amiss = _faults(text) if group else 0
    if amiss >= MIN_FAULTS:
        others = [(other, page.decode(other, "replace")) for other in group if other != charset]
        best, reading = min(others, key=lambda one: _faults(one[1]))
        if _faults(reading) * 4 <= amiss:
            return Decoded(_clean(reading), best)
    return Decoded(_clean(text), charset)


def _faults(text: str) -> int:
    """How often the words beyond ASCII have something in their middle that no word has."""
    return len(_FAULT.findall(text[:SAMPLE]))


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
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if "â€" in text or (("Ã" in text or "Â" in text) and _ONCE_MORE.search(text)):
        text = _TWICE.sub(_mended, text)
    if "Р°" in text or "Рё" in text:
        text = _TWICE_CYRILLIC.sub(lambda match: _redecoded(match[0], "cp1251") or match[0], text)
    return text


def _mended(match: re.Match[str]) -> str:
    """What was UTF-8 before it was read as windows-1252; as it is where it was not."""
    return _redecoded(match[0], "cp1252") or match[0]


def _redecoded(text: str, charset: str) -> str | None:
    data = bytearray()
    for char in text:
        if char == "\ufffd":
            data.append(0x9D)  # the only byte of common marks that windows-1252 does not know: that of ”
        elif char <= "\x9f" and char >= "\x80":
            data.append(ord(char))
        else:
            try:
                data += char.encode(charset)
            except UnicodeEncodeError:
                return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None
