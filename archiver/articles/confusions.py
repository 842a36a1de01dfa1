"""Encodings that are taken for one another: which of them a page is in, decided by its letters; and text decoded twice.

Read wrongly, words have signs and capitals in their middle, or letters that the page's language does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MIN_FAULTS = 4
"""Faulty letters from which on another reading is tried; half as many where the page names its language."""

SAMPLE = 1 << 18

_CYRILLIC = ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_LATIN = ("cp1252", "cp1250", "iso8859-2", "iso8859-15", "cp1254")

# The letters beyond ASCII of languages that are written in these encodings.
_ALPHABETS = {
    "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "pl": "ąćęłńóśźż", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ",
    "hr": "čćđšž", "bs": "čćđšž", "sl": "čšž", "sq": "çë", "de": "äöüßé", "fr": "àâæçéèêëîïôœùûüÿ",
    "es": "áéíñóúü", "pt": "áâãàçéêíóôõúü", "it": "àèéìíòóùú", "nl": "éèëïöüáóê", "sv": "åäöé", "fi": "äöå",
    "da": "æøåé", "no": "æøåéòô", "is": "áðéíóúýþæö", "tr": "çğıiöşüâîû", "ca": "àçéèíïóòúü", "gl": "áéíñóúü",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}  # fmt: skip

_CYRILLIC_LETTER = re.compile("[а-ёђ-џґ]")
_COMMON = frozenset("оеаинтсрвл")
MIN_LETTERS = 30

_SIGNS = "\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u02c7\u02d8\u02d9\u02db\u02dd€†‡‰„…™╨-╿─-▟■-◿"
_FAULTS = (
    rf"(?<=[^\W\d_])[{_SIGNS}](?=[^\W\d_])",  # a sign inside a word,
    rf"(?<=[a-zß-ÿ])[{_SIGNS}](?=[\s.,])",  # or at its end,
    "(?<![^\\s>(])[¹²³¼½¾±¦¬×¢¤¥](?=[a-zß-ÿ]{2})",  # or at its beginning
    "(?<=[а-яё])[А-ЯЁ](?=[А-ЯЁа-яё])",  # a capital after a small letter
    "(?<=[a-z])[а-яё]|(?<=[а-яё])[a-z]",  # two alphabets in one word
    "[\x80-\x9f]",
)
_FAULT = re.compile("|".join(_FAULTS))
_STATED = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_TWICE = re.compile(
    "(?:[\u00c2-\u00f4](?:[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a"
    "\u20ac\u2122\ufffd]){1,3})+"
)
_TWICE_CYRILLIC = re.compile("(?:[РС][\u0080-\u04ff\u2013-\u203a\u20ac\u2116\u2122]){3,}")


def likeliest(page: bytes, text: str, charset: str) -> tuple[str, str]:
    """The page's text and its encoding: `text` in `charset`, or, if that is full of faults, one it is confused with."""
    if charset not in _CYRILLIC and charset not in _LATIN:
        return text, charset
    stated = _STATED.search(text, 0, 8192)
    alphabet = frozenset(_ALPHABETS.get(stated[1].lower(), "")) if stated else frozenset()
    faults = _faults(text, alphabet)
    if faults < (MIN_FAULTS // 2 if alphabet else MIN_FAULTS):
        return text, charset
    readings = [(other, page.decode(other, "replace")) for other in _others(charset, alphabet)]
    best, reading = min(readings, key=lambda one: _faults(one[1], alphabet))
    return (reading, best) if _faults(reading, alphabet) * 4 <= faults else (text, charset)


def _others(charset: str, alphabet: frozenset[str]) -> Iterator[str]:
    """Encodings that the page may be in: of the alphabet of its language, else of that of its label."""
    group: tuple[str, ...] = (*_CYRILLIC, *_LATIN)
    if alphabet:
        group = _CYRILLIC if "а" in alphabet else _LATIN
    return (other for other in group if other != charset)


def _faults(text: str, alphabet: frozenset[str]) -> int:
    """How often words have something in their middle that no word has, or a letter that their language has not."""
    words = _TAG.sub(" ", text[:SAMPLE])
    faults = len(_FAULT.findall(words)) + _uncommon(words)
    beyond = [char for char in words if char > "\x7f" and char.isalpha()]
    if alphabet:
        return faults + sum(char.lower() not in alphabet for char in beyond)
    # Latin text has few letters beyond ASCII; where most of them are, it is another alphabet's.
    letters = sum(map(str.isalpha, words))
    return faults + (len(beyond) if len(beyond) * 2 > letters and max(beyond) < "ʀ" else 0)


def _uncommon(words: str) -> int:
    """Cyrillic letters too many that are rare: in every language of it, these ten make up more than half of a text."""
    letters = _CYRILLIC_LETTER.findall(words.lower())
    common = sum(letter in _COMMON for letter in letters)
    return len(letters) // 2 if len(letters) >= MIN_LETTERS and common < 0.5 * len(letters) else 0


def mended(text: str) -> str:
    """The text with what had been decoded twice set right (`â€œ` for `“`)."""
    if "â€" in text or _has_pair(text, "Ã") or _has_pair(text, "Â"):
        text = _TWICE.sub(lambda match: _redecoded(match[0], "cp1252") or match[0], text)
    if "Р°" in text or "Рё" in text:
        text = _TWICE_CYRILLIC.sub(lambda match: _redecoded(match[0], "cp1251") or match[0], text)
    return text


def _has_pair(text: str, first: str) -> bool:
    """Whether a character is before one that only a byte of UTF-8 would put there."""
    place = text.find(first)
    while place >= 0:
        if "\x80" <= text[place + 1 : place + 2] <= "\xbf":
            return True
        place = text.find(first, place + 1)
    return False


def _redecoded(text: str, charset: str) -> str | None:
    """What was UTF-8 before it was read in `charset`; None where it was not."""
    data = bytearray()
    for char in text:
        if char == "\ufffd":
            data.append(0x9D)  # the only byte of common marks that windows-1252 does not know: that of ”
        elif "\x80" <= char <= "\x9f":
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
