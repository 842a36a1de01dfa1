"""The id of a wording by one speaker: computed from the words and the name alone, so the same on every machine."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from archiver.index.words import folded
from archiver.records import Quote


def statement_id(quote: Quote) -> str:
    """`t` and 20 characters of lower-case base32 of a SHA-256 over the folded words and the folded speaker."""
    return _statement_id(quote.text, quote.speaker.name or "")


@lru_cache(maxsize=1 << 14)
def _statement_id(text: str, name: str) -> str:
    return statement_of("\n".join([" ".join(folded(text)), " ".join(folded(name))]))


def statement_of(words: str) -> str:
    """The same, given the folded words and the folded speaker, a line each."""
    digest = hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()
    return "t" + base64.b32encode(digest[:15])[:20].decode().lower()
