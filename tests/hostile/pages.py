"""Pages that are meant to be too much, and what their reading must lead to.

Each holds three sentences of an article with quotations: near its beginning, in its middle and at its end, behind
what makes the page hostile. Unless the reading says `limited` or `failed`, none of them may be missing.

    python -m tests.hostile.pages
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from archiver.config import load
from archiver.extraction import Extractor
from archiver.records import Extraction, ExtractionState

FIRST = "“The ferry was never put to tender,” Ada Marlow told the council on Monday evening."
MIDDLE = "“Nobody in this room has read the contract,” said Olu Bright, who chairs the audit board."
LAST = "“We will publish every page of it in spring,” the harbour master Nell Carden promised."
SPOKEN = (
    "The ferry was never put to tender",
    "Nobody in this room has read the contract",
    "We will publish every page of it in spring",
)
REPORT = (
    "The city council reopened the ferry contract on Tuesday after its auditor had presented her report.",
    "The operator, which has run the line for nine years, said it would wait for the new call for bids.",
)
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is answered; `type` is its Content-Type."""

    name: str
    make: Callable[[], str | bytes]
    type: str = HTML

    @property
    def data(self) -> bytes:
        """The bytes, made again."""
        made = self.make()
        return made.encode() if isinstance(made, str) else made

    @property
    def whole(self) -> bool:
        """Whether nothing of it may be missing or called `limited`."""
        given_up = {"charset-all-nuls", "charset-random", "charset-shift-jis-that-is-1252"}
        return self.name in WHOLE or (self.name.startswith("charset-") and self.name not in given_up)

    @property
    def visible(self) -> tuple[str, ...]:
        """What a browser would show of SPOKEN."""
        return SPOKEN[:2] if self.name in SWALLOWING else SPOKEN


def paragraph(text: str) -> str:
    return f"<p>{text}</p>"


def page(between: str = "", *, head: str = "", behind: str = "", attributes: str = ' lang="en"') -> str:
    """The article with something `between` its first two sentences, and `behind` the second."""
    return (
        f"<!doctype html><html{attributes}><head><meta charset=utf-8><title>Ferry contract</title>{head}</head><body>"
        f"<article><h1>Ferry contract</h1>{paragraph(REPORT[0])}{paragraph(FIRST)}{between}{paragraph(MIDDLE)}{behind}"
        f"{paragraph(LAST)}{paragraph(REPORT[1])}</article></body></html>"
    )


def nested(depth: int, tag: str = "div", *, closed: bool = True) -> str:
    """The second sentence is so deep, the last one behind it."""
    opening, closing = f"<{tag}>" * depth, f"</{tag}>" * depth if closed else ""
    return page(f"{opening}{paragraph('Down here it is dark.')}{closing}")


def deep_article(depth: int) -> str:
    """Every sentence is deeper than the one before."""
    step = "<div>" * (depth // 3)
    body = "".join(step + paragraph(text) for text in (REPORT[0], FIRST, MIDDLE, LAST, REPORT[1]))
    return f"<html lang=en><title>Ferry contract</title><body><article>{body}</article>"


def json_ld(content: str) -> str:
    return page(head=f'<script type="application/ld+json">{content}</script>')


Made = str | bytes


def pages() -> tuple[Page, ...]:
    """All of them; the bytes are made when they are requested."""
    odd = [Page(name=name, make=make) for table in (_deep(), _wide(), _long(), _marked(), _stated()) for name, make in
           table.items()]  # fmt: skip
    return (*odd, *_charsets())


def _deep() -> dict[str, Callable[[], Made]]:
    return {
        "depth-300": lambda: nested(300),
        "depth-300-every-sentence": lambda: deep_article(300),
        "depth-2000": lambda: nested(2000),
        "depth-1600-every-sentence": lambda: deep_article(1000),
        "depth-3000-every-sentence": lambda: deep_article(3000),
        "depth-10-000": lambda: nested(10_000),
        "depth-10-000-unclosed": lambda: nested(10_000, closed=False),
        "depth-1-000-000": lambda: nested(1_000_000),
        "depth-1-000-000-of-spans": lambda: nested(1_000_000, "span", closed=False),
        "depth-of-formatting": lambda: nested(20_000, "b", closed=False),
        "depth-of-tables": lambda: nested(20_000, "table", closed=False),
        "depth-of-lists": lambda: nested(20_000, "ul><li", closed=False),
        "depth-of-quotes": lambda: nested(20_000, "blockquote", closed=False),
        "depth-of-svg": lambda: nested(20_000, "svg><g", closed=False),
    }


def _wide() -> dict[str, Callable[[], Made]]:
    return {
        "width-of-paragraphs": lambda: page(paragraph("The tide came in.") * 100_000),
        "width-of-spans": lambda: page(paragraph("<span>a</span> " * 300_000)),
        "width-of-links": lambda: page("<a href=/x>x</a>" * 300_000),
        "width-of-rows": lambda: page(f"<table>{'<tr><td>a<td>b' * 100_000}</table>"),
        "width-of-line-breaks": lambda: page(paragraph("a<br>" * 500_000)),
        "tags-unknown": lambda: page("".join(f"<x{n}>" for n in range(50_000))),
        "comments": lambda: page("<!---->" * 1_000_000),
        "headings": lambda: page("<h1>Ferry</h1>" * 50_000),
        "times": lambda: page("<time datetime=2026-11-10>x</time>" * 100_000),
        "ends-without-beginnings": lambda: page("</div>" * 1_000_000),
        "doctypes": lambda: "<!doctype html>" * 200_000 + page(),
        "two-bodies": lambda: page() * 2,
        "cut-in-a-tag": lambda: page()[:-20] + "<a hre",
    }


def _long() -> dict[str, Callable[[], Made]]:
    return {
        "entities": lambda: page(paragraph("&amp;" * 5_000_000)),
        "entities-unknown": lambda: page(paragraph("&none;" * 1_000_000)),
        "entities-defined": _laughs,
        "attributes": lambda: page(f"<p {' '.join(f'a{n}=b' for n in range(1_000_000))}>x</p>"),
        "attributes-the-same": lambda: page(f"<p {'a=b ' * 1_000_000}>x</p>"),
        "attribute-of-12-megabytes": lambda: page(f'<p title="{"x" * (12 << 20)}">x</p>'),
        "attribute-without-end": lambda: page(behind='<p title="' + "x" * (1 << 20)),
        "tag-name-of-a-megabyte": lambda: page(f"<{'x' * (1 << 20)}>"),
        "comment-of-12-megabytes": lambda: page(f"<!--{'x' * (12 << 20)}-->"),
        "script-of-12-megabytes": lambda: page(f"<script>{'x;' * (6 << 20)}</script>"),
        "style-without-end": lambda: page(behind="<style>"),
        "line-of-12-megabytes": lambda: page(paragraph("word " * (3 << 20))),
        "word-of-12-megabytes": lambda: page(paragraph("x" * (12 << 20))),
        "title-of-10-megabytes": lambda: page(head=f"<title>{'x' * (10 << 20)}</title>"),
    }


def _marked() -> dict[str, Callable[[], Made]]:
    return {
        "marks-straight": lambda: page(paragraph('"' * 300_000)),
        "marks-opening": lambda: page(paragraph("“" * 1_000_000)),
        "marks-closing": lambda: page(paragraph("”" * 1_000_000)),
        "marks-of-words": lambda: page(paragraph("“a” " * 500_000)),
        "marks-without-end": lambda: page(paragraph("“a " * 500_000)),
        "marks-nested": lambda: page(paragraph("“a ‘b " * 200_000 + "’ ” " * 200_000)),
        "marks-single": lambda: page(paragraph("'a' " * 500_000)),
        "marks-guillemets": lambda: page(paragraph("«a» »b« " * 200_000)),
        "marks-in-paragraphs": lambda: page(paragraph("“So it goes,” she said.") * 30_000),
        "names": lambda: page(paragraph("Ada Marlow said. " * 10_000)),
    }


def _stated() -> dict[str, Callable[[], Made]]:
    body = {"@type": "NewsArticle", "articleBody": "word " * (2 << 20)}
    return {
        "json-ld-giant": lambda: json_ld(json.dumps([{"@type": "Article"}] * 100_000)),
        "json-ld-deep": lambda: json_ld("[" * 100_000 + "]" * 100_000),
        "json-ld-deep-objects": lambda: json_ld('{"@graph":' * 100_000 + "1" + "}" * 100_000),
        "json-ld-without-end": lambda: json_ld('{"articleBody": "' + "x" * (10 << 20)),
        "json-ld-broken": lambda: json_ld('{"@type": "NewsArticle", ' * 100_000),
        "json-ld-giant-body": lambda: json_ld(json.dumps(body)),
        "json-ld-giant-number": lambda: json_ld('{"@type": "Article", "x": ' + "9" * 100_000 + "}"),
        "json-ld-many": lambda: page(head='<script type="application/ld+json">{}</script>' * 50_000),
        "json-ld-surrogates": lambda: json_ld(r'{"@type": "NewsArticle", "headline": "a \ud800 b"}'),
        "json-ld-surrogates-in-body": lambda: json_ld(r'{"@type": "NewsArticle", "articleBody": "a \udfff b"}'),
        "metas": lambda: page(head="<meta name=author content=x>" * 50_000),
        "dates-endless": lambda: page(head=f"<meta name=date content='{'2026-' * 100_000}'>"),
    }


WHOLE = {
    *(
        "depth-300",
        "depth-300-every-sentence",
        "depth-2000",
        "depth-1600-every-sentence",
        "comments",
        "ends-without-beginnings",
        "doctypes",
        "two-bodies",
    ),
    *("cut-in-a-tag", "entities-defined", "attribute-of-12-megabytes", "tag-name-of-a-megabyte", "names", "metas"),
    *("comment-of-12-megabytes", "script-of-12-megabytes", "json-ld-giant", "json-ld-deep", "json-ld-deep-objects"),
    *("json-ld-without-end", "json-ld-giant-number", "json-ld-surrogates", "json-ld-surrogates-in-body"),
    "dates-endless",
}
"""What must be read whole, for it is nothing but odd or long; so must all charsets but three."""

SLOW = {
    *("width-of-paragraphs", "width-of-spans", "width-of-links", "width-of-rows", "width-of-line-breaks", "headings"),
    *("times", "entities", "entities-unknown", "attributes", "line-of-12-megabytes", "word-of-12-megabytes"),
    *("title-of-10-megabytes", "marks-of-words", "marks-without-end", "marks-nested", "marks-single", "json-ld-many"),
    *("marks-guillemets", "marks-in-paragraphs", "json-ld-giant-body", "marks-opening", "marks-closing"),
}
"""What takes seconds: it is tried by `python -m tests.hostile.pages` alone, except for some."""

SWALLOWING = {"style-without-end", "attribute-without-end"}
"""Of these a browser does not show the last sentence either."""


def _as_it_is(made: Made) -> Callable[[], Made]:
    return lambda: made


def _laughs() -> str:
    """Entities that define one another (they mean nothing in HTML; in XML they are a bomb)."""
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    declared = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]>'
    return declared + page(paragraph("&l12;")).removeprefix("<!doctype html>")


def _charsets() -> tuple[Page, ...]:
    text = page()
    plain = text.replace("<meta charset=utf-8>", "")
    down = plain.replace("</head>", f"<!--{'x' * 9000}--><meta charset=utf-8></head>")
    makes: dict[str, tuple[str, Made]] = {
        "nuls": (HTML, text.encode().replace(b" ", b" \x00")),
        "all-nuls": (HTML, bytes(1 << 20)),
        "controls": (HTML, text.encode().replace(b" ", b" \x01\x1b\x7f")),
        "bidi": (HTML, text.replace("Olu", "\u202eOlu\u202c\u2066")),
        "lone-surrogate": (HTML, text.encode().replace(b"Olu", b"Olu \xed\xa0\x80")),
        "surrogate-reference": (HTML, text.replace("Olu", "&#xD800;&#x110000;Olu")),
        "invalid-utf-8": (HTML, text.encode().replace(b"Olu", b"\xff\xfe\xc0\x80 Olu")),
        "random": (HTML, text.encode() + bytes(range(256)) * 4000),
        "utf-16": (HTML, ("\ufeff" + text).encode("utf-16-le")),
        "utf-16-that-is-none": ("text/html; charset=utf-16", text),
        "utf-7": ("text/html; charset=utf-7", plain.encode("utf-7")),
        "latin-1-that-is-utf-8": ("text/html; charset=latin-1", text),
        "utf-8-that-is-1252": (HTML, plain.encode("cp1252")),
        "shift-jis-that-is-1252": ("text/html; charset=shift_jis", plain.encode("cp1252")),
        "iso-2022-jp": ("text/html; charset=iso-2022-jp", plain.encode("iso2022_jp", "replace")),
        "unknown": ("text/html; charset=x-none", text),
        "endless": ("text/html; charset=" + "x" * 100_000, text),
        "in-a-meta-far-down": ("text/html", down),
        "two-marks": (HTML, b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode()),
        "xml": ("application/xhtml+xml", '<?xml version="1.0" encoding="utf-8"?>' + text),
    }
    return tuple(Page(name=f"charset-{name}", make=_as_it_is(made), type=kind) for name, (kind, made) in makes.items())


def main() -> int:
    """Reads every page with the settings as they are; a line for each, and 1 where words are missing silently."""
    lost = 0
    with Extractor(load({}, {"extract_processes": "1"})) as extractor:
        for each in pages():
            began = time.monotonic()
            found = extractor.read(each.data, url="https://harbour.example/ferry", content_type=each.type)
            seconds, missing = time.monotonic() - began, missing_from(each, found)
            lost += bool(missing)
            sys.stdout.write(f"{each.name:32} {seconds:5.1f} s  {found.state} {found.reason or ''} {missing or ''}\n")
    sys.stdout.write(f"pages {len(pages())}, words lost without a word {lost}\n")
    return int(lost > 0)


def missing_from(page: Page, found: Extraction) -> list[str]:
    """The sentences that a reading which calls itself done should have and has not."""
    if found.state is not ExtractionState.DONE or found.article is None:
        return []
    letters = _letters(found.article.text)
    return [words for words in page.visible if _letters(words) not in letters]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


if __name__ == "__main__":
    sys.exit(main())
