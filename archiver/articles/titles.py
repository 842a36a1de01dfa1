"""The headline: as it is printed, not the site's name, a menu's, or one that was cut for another place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from archiver.articles import metadata
from archiver.articles.blocks import Block, Shown
from archiver.articles.letters import folded, weight
from archiver.articles.metadata import ALIKE, Claims, folded_words
from archiver.articles.phrases import is_one

_SEPARATOR = re.compile(
    r"\s+[|–—\-·•»:›]+\s+|\s*[|｜»]\s*|\s+::\s+|_(?=[^\s_]{2,20}$)|(?<=[\u3000-\u9fff])\s*[-－–—]\s*"
)
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")


MIN_PART = 0.5
"""Share of a title's letters that a heading must have to be that title."""

MIN_PIECE = 15
"""Weight of a line that may be a headline though nothing marks it as one."""


class Titles:
    """What a page is called: `best`, the headline; `all`, every form of it that the page gives."""

    def __init__(self, shown: Shown, stated: Claims, tree: Any, *, outlet: str | None, url: str) -> None:
        self._names = _site_names(stated, outlet, url)
        self.document = (
            "" if tree is None else next((metadata.clean(one.text_content()) for one in tree.iter("title")), "")
        )
        stated_titles = [
            *stated.stated("headline"),
            *stated.said("og:title", "twitter:title", "parsely-title", "dc.title", "title"),
        ]
        media = [name for node in stated.media for name in metadata.strings(node.data.get("name"))]
        claims = [
            title
            for claim in (*stated_titles, *media)
            if (title := self._without_site(claim)) and not self._is_site(title)
        ]
        headings = [block.text for block in _headings(shown) if not self._is_site(block.text)]
        first = next(
            (block.text for block in _headings(shown) if block.tag == "h1" and not self._is_site(block.text)), None
        )
        document = self._without_site(self.document)
        self.best = self._printed(claims, headings) or first
        if not self.best or self.best == document:
            self.best = _printed_piece(shown, self.document) or self.best
        if not self.best and document and not self._is_site(document):
            self.best = next((heading for heading in headings if _alike(heading, document)), document)
        self.best = metadata.clean(self.best) if self.best else None
        self.all = list(
            dict.fromkeys(filter(None, [self.best, *claims, document, self.document, *_same(headings, self.best)]))
        )

    def _printed(self, claims: Sequence[str], headings: Sequence[str]) -> str | None:
        """The printed heading that says what the page claims as its title, else that claim."""
        for claim in claims:
            begun = folded(_CUT.sub("", claim))
            likely = [
                heading
                for heading in headings
                if _alike(heading, claim) or (len(begun) > 15 and folded(heading).startswith(begun))
            ]
            if likely:
                best = max(likely, key=lambda heading: fuzz.ratio(heading, claim))
                return (
                    claim if folded(claim) in folded(best) and not _CUT.search(claim) else best
                )  # the rest is a kicker
        whole = [claim for claim in claims if not _CUT.search(claim)]
        return next(iter(whole or claims), None)

    def _without_site(self, title: str) -> str:
        """A title without the parts, first or last, that name the site."""
        pieces = _SEPARATOR.split(title)
        if len(pieces) < 2:
            return title
        start, end = 0, len(pieces)
        while end - start > 1 and self._is_site(pieces[end - 1]):
            end -= 1
        while end - start > 1 and self._is_site(pieces[start]):
            start += 1
        if (start, end) == (0, len(pieces)):
            head, _, tail = title.rpartition(" | ")
            return head if head and weight(tail) < 40 else title
        begin = title.find(pieces[start])
        stop = title.rfind(pieces[end - 1]) + len(pieces[end - 1])
        return title[begin:stop].strip()

    def _is_site(self, text: str) -> bool:
        """Whether a text is the site's name or a word of its menus."""
        letters = folded(text)
        if not letters:
            return True
        if any(
            letters == name or (len(name) >= 6 and letters.endswith(name) and len(letters) <= len(name) + 4)
            for name in self._names
        ):
            return True
        return len(letters) <= 30 and bool(is_one("kind", "menu").fullmatch(text))


def _printed_piece(shown: Shown, document: str) -> str | None:
    """A part of the document's title that is on the page as a line of its own."""
    lines = {block.fold: block.text for block in shown.blocks[:40] if block.weight >= MIN_PIECE and not block.is_link}
    pieces = (piece for piece in _SEPARATOR.split(document) if piece)
    return next((lines[letters] for piece in pieces if (letters := folded(piece)) in lines), None)


def _alike(one: str, other: str) -> bool:
    """Whether a heading says what a claim says, and not a small part of it."""
    return len(folded(one)) >= MIN_PART * len(folded(other)) and bool(
        fuzz.token_set_ratio(folded_words(one), folded_words(other)) >= ALIKE
    )


def _same(headings: Sequence[str], title: str | None) -> Iterator[str]:
    return (heading for heading in headings if title and folded(heading) == folded(title))


def _headings(shown: Shown) -> Iterator[Block]:
    """Headings that may be the title: long enough, no link to somewhere else."""
    return (
        block
        for block in shown.blocks
        if block.is_heading
        and not block.caption
        and 2 < len(block.text) <= 400
        and not (block.beside and block.is_link)
    )


def _site_names(stated: Claims, outlet: str | None, url: str) -> set[str]:
    """What the site is called, folded: by itself, and by the labels of its host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host.split(".")
    names = [
        outlet or "",
        *stated.said("og:site_name", "application-name"),
        host,
        *(label for label in labels[:-1] if len(label) > 3),
    ]
    names += [
        name
        for node in stated.nodes
        if node.is_a(("WebSite", "NewsMediaOrganization"))
        for name in metadata.strings(node.data.get("name"))
    ]
    return {letters for name in names if len(letters := folded(name)) > 2}
