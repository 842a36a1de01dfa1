"""The article's text out of a page: candidates, chosen by one measure, written as lines.

JSON-LD's `articleBody`, the state of a page's script, trafilatura and Resiliparse are the candidates. Wherever the page
shows the words itself, the text is made of the page's own blocks, cleaned alike, whichever candidate picked them.
"""

from __future__ import annotations

import copy
import html as entities
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from archiver.articles import candidates
from archiver.articles.blocks import Block, Shown
from archiver.articles.choice import chosen, is_body
from archiver.articles.letters import folded, weight, without_unseen
from archiver.articles.phrases import begins, found, is_one
from archiver.articles.scrambled import scrambled
from archiver.articles.source import SourceText, source_of
from archiver.articles.state import ScriptState, state_of
from archiver.records import TextSource

LITTLE = 300
"""Weight of prose on the page below which its script and its JSON-LD are searched for more."""

FAR_MORE = 1.3
"""How much more than the page a JSON-LD body must hold to be taken as it is, where the page shows its beginning."""

TOP = 6
"""Lines at the top of a plain text among which a repeated title is dropped."""

_PLUGINS = "caption|gallery|embed|video|audio|playlist|youtube|twitter|instagram"
_ENCLOSING = re.compile(rf"\[({_PLUGINS})\b[^\[\]]{{0,1000}}\].{{0,3000}}?\[/\1\]", re.DOTALL)
_SHORTCODE = re.compile(
    rf"\[(?:{_PLUGINS})\b[^\[\]]{{0,1000}}\]|\[[a-z][\w-]{{1,40}}\s+[\w-]{{1,40}}=[^\[\]]{{0,1000}}\]"
    r"|\[([a-z][\w-]{1,40})\](?=.{0,3000}?\[/\1\])|\[/[a-z][\w-]{1,40}\]|\[[a-z][\w-]{1,40}\s?/\]"
    r"|\{\{[^{}]{0,500}\}\}|\{%[^{}]{0,500}%\}|<<<[^<>]{0,200}>>>",
    re.DOTALL,
)
"""Not what an editor puts in brackets: `[sic]`, `[the council]`."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_CODE = re.compile(
    r"\bfunction\s*\w*\s*\(|=>\s*[{(]|\b(?:var|let|const)\s+\w+\s*="
    r"|\b(?:window|document|googletag|self|module)\.[a-z]\w*\s*[=(.\[;]|\w+\.push\(|\{\s*\"?\w+\"?\s*:"
    r"|</?[a-z]+(?:\s[^<>]*)?>|[.#]?[\w-]+\s*\{[^{}]*:[^{}]*;|\}\s*\)\s*;|!important\s*;|&[a-z]+;[a-z]+="
)
_SIGN = re.compile(r"[{}<>=;_|\\]|\w\.\w+\(|!i|\[")
_QUOTED = re.compile(r"[“„«»「『\"”]")
_PLACEHOLDER = re.compile(r"([$%#@~*_-])\1.{0,80}\1\1")
_BREAKING = re.compile(r"</(?:p|h[1-6]|li|div|blockquote)\s*>|<br\s*/?>", re.IGNORECASE)
_STOPPED = re.compile(r"[.!?:;…。！？”“\"»«’』」)]$")


@dataclass(slots=True)
class TextLine:
    """A line of the text. `quote` numbers the block quotation it belongs to, `names` says that it names its speaker."""

    text: str
    quote: int | None = None
    is_post: bool = False
    element: Any = None


@dataclass(slots=True, kw_only=True)
class ArticleText:
    """The lines of an article, who found them, and what was seen on the way.

    `too_deep`: the page was nested too deeply to be sure of all of it; `scrambled`: a paywall had scrambled the rest.
    """

    lines: list[TextLine]
    source: TextSource | None
    too_deep: bool = False
    scrambled: bool = False
    captions: tuple[str, ...] = ()
    state: ScriptState | None = None
    places: range = field(default_factory=lambda: range(0))
    """The places of the page's blocks from the first to the last that was taken."""

    @property
    def text(self) -> str:
        """The lines joined."""
        return "\n".join(line.text for line in self.lines)

    @property
    def found_by(self) -> str:
        """The library or form that found the text, with its version."""
        if self.source is TextSource.TRAFILATURA:
            return candidates.TRAFILATURA
        if self.source is TextSource.RESILIPARSE:
            return candidates.RESILIPARSE
        return "" if self.source is None else self.source.value.replace("_", "-")


def plain_text(markup: str, titles: Sequence[str], *, too_deep: bool) -> ArticleText:
    """Resiliparse's text alone, for pages that are too heavy for the other readings."""
    main = candidates.resiliparse_text(markup, too_deep=too_deep)
    lines = [line for line in map(without_unseen, main.split("\n")) if line and not is_code(line)]
    kept = [line for place, line in enumerate(lines) if place >= TOP or not _is_title(line, titles)]
    return ArticleText(lines=[TextLine(line) for line in kept], source=TextSource.RESILIPARSE, too_deep=too_deep)


def article_text(
    source: SourceText,
    tree: Any,
    shown: Shown,
    *,
    bodies: Sequence[str],
    titles: Sequence[str],
    described: str,
    language: str | None,
) -> ArticleText:
    """The article's text. `bodies` are JSON-LD's, `titles` what the page calls itself, `described` its description."""
    cleaned = [body for body in map(_clean_body, bodies) if weight(body) >= 40]
    main = candidates.resiliparse_text(source.markup)
    choice = chosen(shown, bodies=cleaned, main=main, full=lambda: candidates.trafilatura_text(copy.deepcopy(tree)))
    text = _written(shown, choice.blocks, choice.source, titles)
    heavy = weight(text.text)
    if body := _fuller_body(cleaned, text.text, heavy):
        paragraphs = [line for line in body.split("\n") if not _is_title(line, titles)]
        text = ArticleText(
            lines=[TextLine(line) for line in paragraphs],
            source=TextSource.JSON_LD,
            captions=text.captions,
            places=text.places,
        )
    elif heavy < LITTLE and (state := state_of(source.scripts, titles=titles)):
        built = _of_state(state, language, titles)
        if weight(built.text) > heavy:
            text = built
    return _unscrambled(text, beside=" ".join([*titles, described]), language=language)


def _fuller_body(bodies: Sequence[str], text: str, heavy: int) -> str | None:
    """A JSON-LD body that continues where the page stops, or the only text there is."""
    for body in sorted(bodies, key=len, reverse=True):
        if heavy < LITTLE // 2:
            return body if weight(body) > heavy and weight(body) >= 80 else None
        letters = folded(body)
        lines = [line for line in text.split("\n") if weight(line) >= 25]
        known = sum(weight(line) for line in lines if folded(line) in letters)
        if weight(body) > FAR_MORE * heavy and known >= 0.8 * sum(map(weight, lines)):
            return body
    return None


def _of_state(state: ScriptState, language: str | None, titles: Sequence[str]) -> ArticleText:
    tree, _ = candidates.parse(source_of(f"<html><body>{state.html}</body></html>").markup)
    shown = Shown(tree, language=language)
    text = _written(shown, [block for block in shown.blocks if is_body(block)], TextSource.SCRIPT_STATE, titles)
    text.state = state
    text.places = range(0)
    return text


def _unscrambled(text: ArticleText, *, beside: str, language: str | None) -> ArticleText:
    lost = scrambled([line.text for line in text.lines], beside=beside, language=language)
    if lost:
        text.lines = [line for place, line in enumerate(text.lines) if place not in lost]
        text.scrambled = True
    return text


def _written(shown: Shown, blocks: Sequence[Block], source: TextSource, titles: Sequence[str]) -> ArticleText:
    """The lines that chosen blocks make."""
    offers = _offers(blocks)
    kept = [
        block
        for block in blocks
        if block.section not in offers and not _is_clutter(block) and not _is_title(block.text, titles)
    ]
    while kept and _is_tail(kept[-1]):
        kept.pop()
    letters = [block.fold for block in kept]
    counted = "\n".join(letters)
    lines: list[TextLine] = []
    seen: set[str] = set()
    repeated: set[int] = set()
    place = {id(block): number for number, block in enumerate(shown.blocks)}
    last = -1
    for block in kept:
        if block.weight >= 40 and block.fold in seen:
            continue
        if (block.quote is not None and block.quote in repeated) or (
            _may_repeat(block) and counted.count(block.fold) > 1
        ):
            if block.quote is not None:
                repeated.add(block.quote)
            continue
        seen.add(block.fold)
        number = place[id(block)]
        quote = shown.quotes[block.quote] if block.quote is not None else None
        written = _without_shortcodes(block.text).strip()
        if lines and quote is None and number > last + 1 and _goes_on(lines[-1].text, block):
            lines[-1].text += f" {written}"
        elif written:
            lines.append(
                TextLine(written, block.quote, bool(quote and quote.is_post), quote.element if quote else None)
            )
        last = number
    places = range(place[id(kept[0])], place[id(kept[-1])] + 1) if kept else range(0)
    return ArticleText(
        lines=lines, source=source if lines else None, captions=tuple(_captions(shown, places)), places=places
    )


def _offers(blocks: Sequence[Block]) -> set[int]:
    """The sections that offer something, line by line, and hold no paragraph."""
    offered = {block.section for block in blocks if block.weight < 250 and _is_offer(block)}
    return offered - {block.section for block in blocks if block.weight >= 150 and not _is_offer(block)}


def _goes_on(before: str, block: Block) -> bool:
    """Whether a block continues with a sentence that something in between has cut."""
    return block.tag == "p" and not _STOPPED.search(before) and block.text[:1].islower() and len(before) > 15


def _may_repeat(block: Block) -> bool:
    """Whether a block may repeat words of the text: a pulled quotation, a block quotation, a heading."""
    return block.weight >= 15 and (block.quote is not None or block.is_heading)


def _captions(shown: Shown, places: range) -> Iterator[str]:
    for place in range(max(places.start - 8, 0), places.stop):
        block = shown.blocks[place]
        if block.caption and block.weight >= 12 and not block.is_link:
            yield block.text


def _is_title(text: str, titles: Sequence[str]) -> bool:
    letters = folded(text)
    return bool(letters) and any(letters == folded(title) for title in titles)


def _is_tail(block: Block) -> bool:
    """Whether a last block is no end of a text: a heading, or an offer."""
    return (block.is_heading and not block.is_prose) or (block.weight < 250 and _is_offer(block))


def _is_offer(block: Block) -> bool:
    """Whether a line sells or asks for something; one with words in quotation marks does not, unless it is a link."""
    if _QUOTED.search(block.text) and not block.linked * 2 > block.weight:
        return False
    return found("box", "offer", block.text)


def _is_clutter(block: Block) -> bool:
    """Whether a block does not belong to the text: an advert, a link to another story, an offer, code, a dateline."""
    text, heavy = block.text, block.weight
    if heavy < 3 or is_code(text):
        return True
    if heavy < 60 and (is_one("box", "advert").fullmatch(text) or is_one("kind", "menu").fullmatch(text)):
        return True
    if (heavy < 200 or block.linked) and _leads_away(block):
        return True
    if (heavy < 70 or (heavy < 150 and block.linked)) and _is_offer(block):
        return True
    if block.is_heading or block.quote is not None or heavy >= 60:
        return False
    if not text.endswith((".", "”", "!", "?")) and begins("byline", "before").match(text):
        return True
    return sum(map(str.isdigit, text)) * 3 > heavy


def _leads_away(block: Block) -> bool:
    """Whether a line begins as one that leads to another story, and does so."""
    match = begins("box", "related").match(block.text)
    if match is None:
        return False
    behind = block.text[match.end() : match.end() + 2].strip()[:1]
    return block.linked * 2 > block.weight or block.weight < 25 or behind in {":", "|", "»", "→"}


def is_code(text: str) -> bool:
    """Whether a line is code, markup, an address or a shortcode rather than words."""
    if ("://" in text or "www." in text) and weight(_ADDRESS.sub("", text)) < 0.4 * weight(text):
        return True
    if not _SIGN.search(text):
        return bool(_PLACEHOLDER.fullmatch(text))
    if len(_CODE.findall(text)) >= (1 if len(text) < 400 else 3):
        return True
    signs = sum(text.count(sign) for sign in "{}[]<>=;_|\\")
    return signs > 2 and signs * 8 > len(text)


def _without_shortcodes(text: str) -> str:
    """A text without what a publishing program should have put something else in place of."""
    if not any(sign in text for sign in ("[", "{", "<<<")):
        return text
    cleaned = _SHORTCODE.sub(" ", _ENCLOSING.sub(" ", text))
    return text if cleaned == text else re.sub(r" {2,}", " ", cleaned)


def _clean_body(body: str) -> str:
    """A JSON-LD body as lines, without tags, shortcodes, addresses and code."""
    for _ in range(2):  # often escaped twice
        body = entities.unescape(body)
    body = re.sub(
        r"<(script|style|figure|iframe|noscript)\b.{0,20000}?</\1\s*>", " ", body, flags=re.DOTALL | re.IGNORECASE
    )
    body = re.sub(r"</?[a-zA-Z!][^<>]{0,2000}>", " ", _BREAKING.sub("\n", body))
    body = _without_shortcodes(body)
    lines = candidates.lines(without_unseen(body)).split("\n")
    return "\n".join(line for line in lines if line and not is_code(line))
