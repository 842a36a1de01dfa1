"""The id of a spelling, and the keys by which spellings of one name are found."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from archiver.speakers.spelling import consonants, folded_name, korean_form, script_of, sound_forms

_SIGNS = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
_KOREAN = re.compile(r"\w{1,6} \w{1,6}[- ]\w{1,6}|\w{1,6}-\w{1,6} \w{1,6}")


@lru_cache(maxsize=1 << 14)
def person_id(name: str) -> str:
    """`p` and 20 characters of lower-case base32 of a SHA-256 over the folded name and its script."""
    text = f"{folded_name(name)}\n{script_of(name)}"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return "p" + base64.b32encode(digest[:15])[:20].decode().lower()


def spelling_keys(name: str) -> frozenset[str]:
    """Keys that two spellings of one name share: the consonants of its first and last word as they sound."""
    words = folded_name(name).split()
    if not words:
        return frozenset()
    if script_of(name) in _SIGNS:
        return frozenset({"".join(words)})
    keys = {consonants(form) or form for word in {words[0], words[-1]} for form in sound_forms(word)}
    if script_of(name) == "HANGUL" or _KOREAN.fullmatch(" ".join(words)):
        keys.add(f"k{korean_form(name)}")
    return frozenset(key for key in keys if key)
