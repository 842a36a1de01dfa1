"""The language of an article: what the page claims, overruled where the text clearly is in another one.

Templates outlive translations: pages in Zulu or Catalan that call themselves English are common. Resiliparse's detector
ranks the languages by their letters; between neighbours (Danish and Norwegian, Galician and Portuguese) the small words
decide, which the packs know. Languages that the detector does not know are recognised by their most common words.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from resiliparse.parse.lang import detect_fast

from archiver.articles.letters import weight
from archiver.articles.metadata import Claims
from archiver.articles.phrases import words_of
from archiver.languages import codes, pack_for

ENOUGH = 200
"""Least weight of a text that may overrule the page's claim."""

READ = 5000
"""Characters looked at."""

NEAR = 1.12
"""How many times the best distance a language may be away to be a neighbour of the best."""

AT_HOME = 0.35
"""Share of a language's small words from which on a text is in it (its neighbours' hold up to 0.34 of them)."""

FOREIGN = 0.08
"""Share of common words of a language that the detector does not know from which on the text is in it."""

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("dypctrxfijkI")


def claimed(tree: Any, stated: Claims) -> str | None:
    """ISO 639-1 code out of the `lang` of the html element, JSON-LD or meta elements."""
    return next((_one_norwegian(tag[:2].lower()) for tag in tags(tree, stated)), None)


def tags(tree: Any, stated: Claims) -> list[str]:
    """The language tags that the page states (`en`, `en-US`), most trustworthy first."""
    tag = "" if tree is None else tree.getroottree().getroot().get("lang") or ""
    metas = stated.said("content-language", "og:locale", "language", "dc.language", "dcterms.language")
    stated_tags = (one.strip() for one in (tag, *stated.stated("inLanguage"), *metas))
    return [one for one in stated_tags if re.fullmatch(r"[A-Za-z]{2}(?:[-_][A-Za-z0-9_-]*)?", one)]


def of_text(text: str, *, claimed: str | None) -> str | None:
    """The language of a text that a page claims to be in `claimed`; None without a claim and without letters."""
    sample = text[:READ]
    if claimed is not None and weight(sample) < ENOUGH:
        return claimed
    if not any(map(str.isalpha, sample)):
        return claimed
    ranked: Any = detect_fast(sample, cutoff=100_000, n_results=10)
    if claimed is not None and ranked and claimed == _one_norwegian(ranked[0][0]):
        return claimed
    return _unknown_to_detector(sample) or _detected(ranked, sample, claimed)


def _detected(ranked: list[tuple[str, int]], sample: str, claimed: str | None) -> str | None:
    if not ranked:
        return claimed
    nearest = max(ranked[0][1], 1)
    near = [_one_norwegian(code) for code, distance in ranked if distance <= NEAR * nearest]
    shares = {code: _share(sample, code) for code in {*near, *([claimed] if claimed else [])}}
    best = max(near, key=lambda code: (shares[code], -near.index(code)))
    if near[0] not in _small_words() and shares[best] < AT_HOME:
        best = near[0]
    if claimed is None or claimed == best:
        return best
    if claimed in near and shares[claimed] >= 0.8 * shares[best]:
        return claimed
    return claimed if shares[claimed] >= AT_HOME and shares[claimed] > 1.1 * shares[best] else best


def _unknown_to_detector(sample: str) -> str | None:
    found = [word.lower() for word in _WORD.findall(sample)]
    if len(found) < 12:
        return None
    shares = {code: sum(word in common for word in found) / len(found) for code, common in words_of("common").items()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= FOREIGN else None


def _share(sample: str, code: str) -> float:
    """Share of the words that are small words of a language; 0 where it has no pack, or writes without spaces."""
    small = _small_words().get(code)
    found = _WORD.findall(sample.lower())
    return sum(word in small for word in found) / len(found) if small and found else 0.0


@cache
def _small_words() -> dict[str, frozenset[str]]:
    packs = {code: pack_for(code) for code in codes()}
    return {
        code: frozenset(word for word, kind in pack.lexicon.items() if kind in _SMALL)
        for code, pack in packs.items()
        if pack is not None and pack.spaces
    }


def _one_norwegian(code: str) -> str:
    """Bokmål and Nynorsk are read with the same pack."""
    return "no" if code in {"nb", "nn"} else code
