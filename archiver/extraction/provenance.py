"""What an extraction was made by: everything that can change its result.

    onrecord/0.1.0 trafilatura/2.3.1 resiliparse/2.0.1 en/3f1c22ab90d1e7aa first-names/77a1c04be9d2f013
    weights/5d0f7c1e2b9a4466 phrases/0c9e5d1f6b7a3382 (json-ld)

The program and the libraries that find the text, by version; the language pack, the first names of other countries,
the weights of the quote model and the phrases that pages say about themselves, by the first 16 digits of their SHA-256;
in brackets where on the page the text was found.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import archiver
from archiver import languages
from archiver.config import software

LIBRARIES = ("trafilatura", "resiliparse")
_ROOT = Path(archiver.__file__).parent


def extractor_name(language: str | None, found_by: str | None = None) -> str:
    """The name that extractions of articles in this language carry."""
    tokens = [software(), *_libraries()]
    if pack := languages.pack_for(language):
        tokens.append(f"{pack.code}/{_digest(Path(str(languages.FOLDER), f'{pack.code}.toml'))}")
        tokens.append(f"first-names/{_digest(_ROOT / 'languages/names/first.toml')}")
    tokens.append(f"weights/{_digest(_ROOT / 'quotes/weights.json')}")
    tokens.append(f"phrases/{_digest(_ROOT / 'articles/phrases.toml')}")
    return " ".join([*tokens, *([f"({found_by.split()[0]})"] if found_by else [])])


@cache
def _libraries() -> tuple[str, ...]:
    return tuple(f"{name}/{version(name)}" for name in LIBRARIES)


@cache
def _digest(file: Path) -> str:
    """The first digits of the SHA-256 of one of our data files."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
