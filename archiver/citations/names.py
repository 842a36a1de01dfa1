"""A printed author's name as reference managers want it: family and given name, or one name that is not divided."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICLES = frozenset(
    (
        *("von", "vom", "zu", "zur", "van", "den", "der", "ter", "ten", "de", "del", "della", "di", "da", "dos", "das"),
        *("du", "la", "le", "el", "al", "bin", "ibn", "af", "av"),
    )
)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]{2,4}", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"[\d&/@|]|\b(?:agency|agencies|agentur|agence|press|news|newsroom|desk|staff|team|editors?|editorial|board|redaktion|"
    r"rédaction|redacción|redazione|redactie|redakcja|correspondents?|reporters?|times|post|herald|courier|guardian|"
    r"tribune|zeitung|office|ministry|department|university|institute|association|network|magazine|media)\b",
    re.IGNORECASE,
)
_FAMILY_FIRST = frozenset({"hu", "zh", "ja", "ko", "vi"})
_TWO_SURNAMES = frozenset({"es"})
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u1e00-\u1eff'’.\- ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An author. `given` None: the name is not divided (an institution, or a name whose order is not known)."""

    family: str
    given: str | None = None
    suffix: str | None = None

    @property
    def inverted(self) -> str:
        """`Family, Given`, as BibTeX and RIS want it; an undivided name as it is."""
        return ", ".join(part for part in (self.family, self.suffix, self.given) if part)


def name_of(printed: str, language: str | None) -> Name:
    """The author's name, divided where it is plainly a person's and the order of its parts is known."""
    words = printed.split()
    code = (language or "").partition("-")[0]
    plain = len(words) > 1 and _LATIN.fullmatch(printed) and not _INSTITUTION.search(printed)
    if not plain or code in _FAMILY_FIRST or printed.isupper() or not words[-1][:1].isupper():
        return Name(family=printed)
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else None
    at = len(words) - 1
    if code in _TWO_SURNAMES and len(words) > 2 and words[at - 1][:1].isupper():
        at -= 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return Name(family=" ".join(words[at:]), given=" ".join(words[:at]), suffix=suffix)
