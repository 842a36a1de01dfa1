"""The language of an article: what the page claims, overruled where the text clearly is in another one.

Templates outlive translations: pages in Zulu or Catalan that call themselves English are common.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from archiver.articles.metadata import Claims
from archiver.articles.text import weight

SURE = 0.95
"""Least probability at which the text overrules the page's claim."""

ENOUGH = 200
"""Least weight of a text that may overrule it."""

READ = 5000
"""Characters looked at."""


def claimed(tree: Any, stated: Claims) -> str | None:
    """ISO 639-1 code out of the `lang` of the html element, JSON-LD or meta elements."""
    tag = "" if tree is None else tree.getroottree().getroot().get("lang") or ""
    metas = stated.said("content-language", "og:locale", "language", "dc.language", "dcterms.language")
    for candidate in (tag, *stated.stated("inLanguage"), *metas):
        if match := re.fullmatch(r"([a-z]{2})(?:[-_][a-z0-9_-]*)?", candidate.strip().lower()):
            return _one_norwegian(match[1])
    return None


def of_text(text: str, *, claimed: str | None) -> str | None:
    """The language of a text that a page claims to be in `claimed`; None where there is neither claim nor letter."""
    if claimed is not None and weight(text[:READ]) < ENOUGH:
        return claimed
    if not any(map(str.isalpha, text[:READ])):
        return claimed
    guess, probability = _identifier().classify(text[:READ])
    return _one_norwegian(str(guess)) if claimed is None or probability >= SURE else claimed


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _one_norwegian(code: str) -> str:
    """Bokmål and Nynorsk are read with the same pack."""
    return "no" if code in {"nb", "nn"} else code
