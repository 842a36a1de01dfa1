"""The texts that a page may hold: trafilatura's only door, Resiliparse's main text, and what parsing needs."""

from __future__ import annotations

import logging
import re
from importlib.metadata import version
from typing import Any

import lxml.etree
import lxml.html
import trafilatura
from lxml.etree import ErrorTypes
from resiliparse.extract.html2text import extract_plain_text

TRAFILATURA = f"trafilatura {version('trafilatura')}"
RESILIPARSE = f"resiliparse {version('resiliparse')}"

# It says on its logger what it returns anyway; our callers have no use for that on their terminal.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def parse(markup: str) -> tuple[Any, bool]:
    """The page's tree (lxml; None if there is no element) and whether libxml2 dropped what was nested too deeply.

    libxml2 leaves out everything past 256 levels or after a text of 10 MB, the tail of the page included, and says so
    in its log alone; with `huge_tree` past 2,048 levels and 1 GB.
    """
    parser = lxml.html.HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = lxml.html.document_fromstring(markup.encode(), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError) as error:
        if "memory" in str(error).lower():
            raise MemoryError from error
        tree = None
    return tree, any(entry.type == ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def resiliparse_text(markup: str, *, too_deep: bool = False) -> str:
    """Resiliparse's main text: quick, proof against any depth of nesting, with more clutter around the article.

    What is the main text takes time squared in the depth of nesting: where a page is `too_deep`, it is all its text.
    """
    return lines(
        extract_plain_text(
            markup, main_content=not too_deep, preserve_formatting=True, list_bullets=False, alt_texts=False
        )
    )


def trafilatura_text(tree: Any, *, full: bool = False) -> str:
    """The text that trafilatura finds in a tree without scripts; which may be changed; `full` tries its fallbacks."""
    try:
        document: Any = trafilatura.bare_extraction(tree, fast=not full, include_comments=False, with_metadata=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it has no errors of its own; a page that breaks it is read without it
        document = None
    return "" if document is None else lines(document.text or "")


def lines(text: str) -> str:
    """The text without empty lines and double spaces."""
    tidied = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in tidied if line)
