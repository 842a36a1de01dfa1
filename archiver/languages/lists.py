"""The words that a section of a pack's file lists, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def words_of(section: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The words of a key, in their order."""
    return tuple(word.replace("_", " ") for word in section.get(key, "").split())


def word_set(section: Mapping[str, Any], key: str) -> frozenset[str]:
    """The words of a key."""
    return frozenset(words_of(section, key))


def word_lists(section: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The words of several keys, in their order."""
    return {key: words_of(section, key) for key in keys}


def word_sets(section: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The words of several keys."""
    return {key: word_set(section, key) for key in keys}


def gendered(names: Mapping[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    """Words of three lists (`masculine_…`, `feminine_…`, plain) with their gender, "m", "f" or ""."""
    pairs = []
    for prefix, gender in (("masculine", "m"), ("feminine", "f"), ("", "")):
        name = "_".join(part for part in (prefix, key) if part)
        pairs += [(word, gender) for word in words_of(names, name)] if name else []
    return tuple(pairs)
