"""Language packs: the only place where a human language appears. One TOML file each, no Python.

build      makes a pack of its file
keys       what the file may hold, and what each key means
lexicon    the class of each word, and the gender that it tells
lists      the words that a section lists
pack       what a pack holds, as values
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from archiver.errors import LanguageError
from archiver.languages.build import build
from archiver.languages.pack import (
    AFTER,
    AUXILIARY,
    BEFORE,
    BODY,
    CALL,
    CONJUNCTION,
    DETERMINER,
    FIRST_PRONOUN,
    FUNCTION,
    NOUN_CUE,
    OBJECT_PRONOUN,
    OTHER_PRONOUN,
    OWNER,
    PERSON_PRONOUN,
    POSSESSIVE,
    PREPOSITION,
    QUOTATIVE,
    RELATIVE,
    ROLE,
    SAY,
    SUBJECT_MARK,
    TELL,
    THAT,
    TIME,
    TITLE,
    TITLE_AFTER,
    Dates,
    Pack,
)

__all__ = [
    "AFTER",
    "AUXILIARY",
    "BEFORE",
    "BODY",
    "CALL",
    "CONJUNCTION",
    "DETERMINER",
    "FIRST_PRONOUN",
    "FOLDER",
    "FUNCTION",
    "NOUN_CUE",
    "OBJECT_PRONOUN",
    "OTHER_PRONOUN",
    "OWNER",
    "PERSON_PRONOUN",
    "POSSESSIVE",
    "PREPOSITION",
    "QUOTATIVE",
    "RELATIVE",
    "ROLE",
    "SAY",
    "SUBJECT_MARK",
    "TELL",
    "THAT",
    "TIME",
    "TITLE",
    "TITLE_AFTER",
    "Dates",
    "Pack",
    "codes",
    "load",
    "pack_for",
    "stemmer_for",
]

FOLDER: Traversable = resources.files(__name__)  # where the packs are


@lru_cache(maxsize=64)
def pack_for(language: str | None) -> Pack | None:
    """The pack for a language tag (`de`, `de-AT`), or None if there is none."""
    file = _file_for(language)
    return None if file is None else load(file)


@lru_cache(maxsize=64)
def stemmer_for(language: str | None) -> str | None:
    """The stemmer that the pack of a language names, for whoever needs no more of it; None if there is no pack.

    It is before the first section, which is read alone: a whole pack takes 50 ms.
    """
    file = _file_for(language)
    if file is None:
        return None
    try:
        return str(tomllib.loads(file.read_text(encoding="utf-8").partition("\n[")[0])["stemmer"])
    except (ValueError, KeyError):
        return load(file).stemmer


def _file_for(language: str | None) -> Traversable | None:
    code = (language or "").replace("_", "-").split("-")[0].lower()
    code = {"nb": "no", "nn": "no"}.get(code, code)
    file = FOLDER / f"{code}.toml"
    return file if code.isalpha() and file.is_file() else None


def codes() -> tuple[str, ...]:
    """The codes of all packs, in order."""
    return tuple(sorted(file.name[:-5] for file in FOLDER.iterdir() if file.name.endswith(".toml")))


def load(file: Path | Traversable) -> Pack:
    """The pack in a TOML file.

    Raises LanguageError, naming file and key, where it is no TOML or UTF-8, a key is unknown or its value of the wrong
    shape, or `code` is not the file's name.
    """
    try:
        pack = build(tomllib.loads(file.read_text(encoding="utf-8")))
        if f"{pack.code}.toml" != file.name:
            raise LanguageError(f"`code` must be the file's name, not {pack.code!r}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, LanguageError) as error:
        what = error.what if isinstance(error, LanguageError) else str(error)
        raise LanguageError(
            what, where=str(file), remedy="archiver/languages/keys.py describes what a pack contains"
        ) from error
    return pack
