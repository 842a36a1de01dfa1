"""Words of names across scripts and transcriptions, as forms that two spellings of one name share.

A Cyrillic, Greek or Hangul name is written in Latin letters by the tables of `anyascii`. Languages then write the same
sound differently (Zelensky, Selenskyj, Zelenskiy; Khrushchev, Chruschtschow): the digraphs of English, German, French
and Polish transcriptions are read as one letter. Vowels keep their place, since they distinguish Maria from Mario.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# German umlauts are written ae, oe, ue where a keyboard has none; both spellings become the same.
_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "å": "a", "ø": "o", "æ": "a"})
_UMLAUT_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))

# Spellings of one sound in transcriptions, longest first; the letter on the right represents the sound.
_SOUNDS: tuple[tuple[str, str], ...] = (
    ("schtsch", "$"),
    ("shch", "$"),
    ("chtch", "$"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "$"),
    ("dsch", "j"),
    ("dzh", "j"),
    ("cz", "c"),
    ("sh", "$"),
    ("sz", "$"),
    ("zh", "j"),
    ("kh", "h"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "c"),
    ("tz", "c"),
    ("ck", "k"),
    ("ks", "x"),
    ("ou", "u"),
    ("ov", "of"),
    ("ow", "of"),
    ("ev", "ef"),
    ("ew", "ef"),
    ("w", "v"),
    ("z", "s"),
)
_CH = ("c", "h", "$")
"""How `ch` is read: as in English and Spanish, in German and Polish, in French."""

_SOFT = re.compile(r"c(?=[ei])|gu(?=[ei])")
"""A `c` that Spanish and French read as an s, and a `gu` that they read as a g."""
_SEMIVOWELS = re.compile(r"[yj](?=[aeou])")
_DOUBLED = re.compile(r"(.)\1+")
_IY = re.compile(r"(?:iy|ij|yj|yy|ii|ie|y|j|i)+$")
# Consonants whose voice transcriptions of Korean do not agree on.
_HANGUL_SOUNDS = (("eo", "o"), ("eu", "u"), ("ae", "a"), ("oo", "u"), ("ee", "i"), ("woo", "u"), ("j", "c"), ("g", "k"))
_HANGUL_SOUNDS_LATER = (("d", "t"), ("b", "p"), ("ch", "c"), ("sh", "s"), ("l", "r"), ("y", ""), ("h", ""))


@lru_cache(maxsize=1 << 14)
def script_of(name: str) -> str:
    """The script of a name's first letter, as Unicode names it: `LATIN`, `CYRILLIC`, `CJK` …; "" where it has none."""
    letter = next((char for char in name if char.isalpha()), "")
    return unicodedata.name(letter, "").split(" ")[0].split("-")[0] if letter else ""


@lru_cache(maxsize=1 << 14)
def ascii_form(word: str) -> str:
    """A word in lower-case Latin letters alone."""
    from anyascii import anyascii  # noqa: PLC0415 - few searches need its tables

    return re.sub(r"[^a-z]", "", anyascii(word.lower().translate(_UMLAUTS)).lower())


@lru_cache(maxsize=1 << 14)
def sound_forms(word: str) -> frozenset[str]:
    """What transcriptions of one word share; several where it contains a `ch`, or a `c` or `gu` before e or i."""
    form = re.sub("s?cht?s?ch|tsch|tch|sch|shch", lambda found: found[0].replace("ch", "C"), ascii_form(word))
    forms = {form.replace("ch", read).replace("C", "ch") for read in _CH}
    return frozenset(_sound_form(each) for each in forms | {_SOFT.sub(_softened, each) for each in forms})


def _softened(found: re.Match[str]) -> str:
    return "s" if found[0] == "c" else "g"


def _sound_form(form: str) -> str:
    hissing = bool(re.search(r"tsch|tch|ch|cz|ts|tz", form))
    for written, sound in (*_UMLAUT_DIGRAPHS, *_SOUNDS):
        form = form.replace(written, sound)
    form = _SEMIVOWELS.sub("i", form)
    form = _IY.sub("i", form)
    form = form.replace("y", "i").replace("j", "i").replace("q", "k")
    if not hissing:  # a plain `c` is a k before a, o, u and consonants
        form = re.sub(r"c(?=[aoulrtnk]|$)", "k", form)
    return _DOUBLED.sub(r"\1", form)


@lru_cache(maxsize=1 << 14)
def consonants(form: str) -> str:
    """The consonants of a sound form: all that scripts without vowels write."""
    return re.sub(r"[aeiou]", "", form)


@lru_cache(maxsize=1 << 14)
def korean_form(name: str) -> str:
    """A Korean name in any transcription, without spaces and hyphens."""
    form = ascii_form(name)
    for written, sound in (*_HANGUL_SOUNDS, *_HANGUL_SOUNDS_LATER):
        form = form.replace(written, sound)
    return _DOUBLED.sub(r"\1", form)


@lru_cache(maxsize=1 << 14)
def folded_name(name: str) -> str:
    """A name in lower case, apostrophes of one kind, spaces single."""
    return " ".join(name.casefold().replace("’", "'").split())
