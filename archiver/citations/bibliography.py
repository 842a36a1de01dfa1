"""The reference as a style guide prints it, then our sentence. citeproc-py's only door.

The styles are the Citation Style Language project's own, unchanged. Before one is used, three things that citeproc-py
does not know are mended in the copy in memory: `initialize="false"`, labels of a variable that is not there, and (in
what comes out) a title or outlet that takes an absent author's place and is not to be printed twice.
"""

from __future__ import annotations

import io
import re
import warnings
from functools import cache
from pathlib import Path

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from lxml import etree

from archiver.citations import csl
from archiver.citations.sentences import LOCALES, sentence
from archiver.citations.works import Work

MEDIA_TYPE = "text/x-bibliography"
STYLES = ("apa", "chicago-author-date", "modern-language-association")

_FOLDER = Path(__file__).parent / "styles"
_PLACE = "{http://purl.org/net/xbiblio/csl}"
_USED = ("id", "type", "title", "author", "container-title", "issued", "URL", "accessed", "language")
_OPEN, _CLOSE = "[‘“„«\"']?", "[’”“»\"']?"


def reference(work: Work, *, style: str = "apa", locale: str = "en-GB") -> str:
    """The reference and our sentence, on one line. `style` is one of STYLES, `locale` one of LOCALES."""
    if style not in STYLES or locale not in LOCALES:
        raise ValueError(f"{style}, {locale}")
    return f"{_entry(work, style, locale)} {sentence(work, locale)}\n"


def _entry(work: Work, style: str, locale: str) -> str:
    item = {name: value for name, value in csl.item(work).items() if name in _USED}
    item |= {"id": "work", "language": work.row.language or "und"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of variables that a style asks for and an item has not
        rules = CitationStylesStyle(io.BytesIO(_prepared(style)), locale=locale, validate=False)
        bibliography = CitationStylesBibliography(rules, CiteProcJSON([item]), formatter.plain)
        bibliography.register(Citation([CitationItem("work")]))
        text = " ".join(str(bibliography.bibliography()[0]).split())
    text = text if work.authors else _once(text, work)
    return text if text.endswith((".", "!", "?")) else f"{text}."


@cache
def _prepared(style: str) -> bytes:
    """The style with what citeproc-py does not know said in a way that it knows."""
    root = etree.parse(str(_FOLDER / f"{style}.csl")).getroot()
    mark = root.attrib.pop("initialize-with", None)
    if mark is not None:
        for name in root.iter(f"{_PLACE}name"):
            if name.get("initialize") != "false":
                name.set("initialize-with", mark)
    for label in list(root.iter(f"{_PLACE}label")):
        if label.get("variable") is not None:  # editions, volumes, pages: a web page has none
            label.getparent().remove(label)
    prepared: bytes = etree.tostring(root)
    return prepared


def _once(text: str, work: Work) -> str:
    """Without the second of two equal titles or outlets, the first of which is where the author would be."""
    for name in (work.title, work.outlet):
        pattern = _OPEN + re.escape(name) + _CLOSE
        first = re.match(pattern, text, re.IGNORECASE)
        second = re.compile(pattern + r"[.,]?\s*", re.IGNORECASE).search(text, first.end()) if first else None
        if second:
            return text[: second.start()] + text[second.end() :]
    return text
