"""Persons out of names: every spelling has an id and keys to look for its like; persons are what likeness connects.

A person is a connected component of `Likeness.SAME`: names in full, in any script. A surname alone joins nobody.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from archiver.speakers.names import Likeness, likeness
from archiver.speakers.spelling import consonants, folded_name, korean_form, script_of, sound_forms

MAX_SPELLINGS = 50
"""Spellings of one person that are looked for."""

_SIGNS = frozenset({"CJK", "HIRAGANA", "KATAKANA"})
_KOREAN = re.compile(r"\w{1,6} \w{1,6}[- ]\w{1,6}|\w{1,6}-\w{1,6} \w{1,6}")

NamesLike = Callable[[Iterable[str]], Iterable[str]]
"""The names of an archive that have one of these keys."""


@lru_cache(maxsize=1 << 14)
def person_id(name: str) -> str:
    """`p` and 20 characters of lower-case base32 of a SHA-256 over the folded name and its script."""
    text = f"{folded_name(name)}\n{script_of(name)}"
    return "p" + base64.b32encode(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())[:20].decode().lower()


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


def spellings(name: str, names_like: NamesLike) -> tuple[str, ...]:
    """The spellings of the person that a name means, the name itself among them where the archive has it; sorted."""
    found, waiting = set[str](), [name]
    looked = set[str]()
    while waiting and len(found) < MAX_SPELLINGS:
        one = waiting.pop()
        looked.add(one)
        for other in names_like(spelling_keys(one)):
            if other not in found and (other == one or likeness(one, other) is Likeness.SAME):
                found.add(other)
                if other not in looked:
                    waiting.append(other)
    return tuple(sorted(found))


def meant_by(name: str, names_like: NamesLike) -> tuple[str, ...]:
    """The names that somebody may mean by this one: its spellings; for a word alone all names it is short for."""
    if len(folded_name(name).split()) > 1:
        return spellings(name, names_like)
    found = (other for other in names_like(spelling_keys(name)) if likeness(name, other) is not Likeness.OTHER)
    return tuple(sorted(set(found)))
