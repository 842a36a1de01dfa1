"""Articles out of the state that a page's own script starts from: Next.js, Nuxt, Apollo, Fusion and their like.

Where a script builds the page, its markup holds nothing. The script's data does: the subtree in which the paragraphs
are together, beside the headline that the page names in its head.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archiver.articles.letters import folded, weight
from archiver.articles.source import Script

MIN_WEIGHT = 200
"""Weight of prose that a tree must hold to be an article's."""

MAX_VALUES = 60_000
"""JSON values looked at on one page."""

MAX_SCRIPT = 8_000_000

_START = re.compile(r"[{\[]")
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
_FLIGHT = re.compile(r'__next_f\.push\(\[1,\s*("(?:[^"\\]|\\.)*")\s*\]\)', re.DOTALL)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ASIDE = re.compile(
    r"related|recommend|recirc|interstitial|promo|newsletter|comment|caption|credit|advert|taboola|teaser|trending|popular|"
    r"mostread|more(?:stories|news|on)|navigation|menu|footer|meta|seo|social|tags|gallery|image|video|link|bio\b|author|"
    r"disclaimer|description|excerpt|summary|abstract|keywords|slug|query|config|translation|i18n|label|copyright|error|cookie",
    re.IGNORECASE,
)
_STATED_DAY = re.compile(
    r'(?:article:published_time\\?",\s*\\?"content|\\?"datePublished)\\?":\s*\\?"([0-9][0-9T:+.Z-]{8,30})'
)
_TYPES = ("type", "_type", "__typename", "kind", "nodeType", "blockType", "subtype")
_HEADLINES = frozenset(
    {"headline", "headlines", "title", "name", "basic", "heading", "webtitle", "seotitle", "displaytitle"}
)
_DATE_KEYS = re.compile(r"^(?:first_?)?(?:publish|display|publication|posted|released?)[a-z_]*$", re.IGNORECASE)
_MODIFIED_KEYS = re.compile(r"^(?:last_?)?(?:modif|updat)[a-z_]*$", re.IGNORECASE)
_AUTHOR_KEYS = frozenset({"author", "authors", "byline", "bylines", "by", "credits", "writer", "writers", "creator"})


@dataclass(slots=True)
class ScriptState:
    """An article as a script's data holds it; `html` is its paragraphs as markup."""

    headline: str
    html: str
    dates: list[str | int | float] = field(default_factory=list)
    modified: list[str | int | float] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)


def state_of(scripts: Sequence[Script], *, titles: Sequence[str]) -> ScriptState | None:
    """The article in the page's state, `titles` being what the page's head calls it."""
    wanted = [folded(title) for title in titles if title]
    best: ScriptState | None = None
    heaviest = MIN_WEIGHT - 1
    for tree in _trees(scripts):
        found = _article(tree, wanted)
        if found is not None and (heavy := weight(_TAGS.sub(" ", found.html))) > heaviest:
            best, heaviest = found, heavy
    if best is not None and not best.dates:
        best.dates += [match[1] for script in scripts for match in _STATED_DAY.finditer(script.content)][:1]
    return best


def _trees(scripts: Iterable[Script]) -> Iterator[Any]:
    flight: list[str] = []
    for script in scripts:
        kind = script.attributes.lower()
        content = script.content.strip()
        if "ld+json" in kind or len(content) > MAX_SCRIPT:
            continue
        if "__next_f" in content[:200]:
            flight += [_string(match[1]) for match in _FLIGHT.finditer(content)]
            continue
        if len(content) < MIN_WEIGHT:
            continue
        yield from _values(content)
    if flight:
        yield from _flight_values("".join(flight))


def _values(content: str) -> Iterator[Any]:
    """The JSON values that a script assigns; where it is code, its long strings in order."""
    decoder = json.JSONDecoder(strict=False)
    found = False
    place = 0
    for _ in range(40):
        match = _START.search(content, place)
        if match is None:
            break
        try:
            value, place = decoder.raw_decode(content, match.start())
        except (ValueError, RecursionError):
            place = match.end()
            if match.start() > 2000 and not found:
                break
            continue
        if isinstance(value, (dict, list)) and place - match.start() >= MIN_WEIGHT:
            found = True
            yield value
    for match in re.finditer(r"JSON\.parse\(\s*(\"(?:[^\"\\]|\\.)*\")\s*\)", content):
        try:
            yield json.loads(_string(match[1]), strict=False)
            found = True
        except (ValueError, RecursionError):
            continue
    if not found and any(
        mark in content
        for mark in (
            "__NUXT__",
            "__INITIAL_STATE__",
            "__PRELOADED_STATE__",
            "__APOLLO_STATE__",
            "__STATE__",
            "__DATA__",
        )
    ):
        yield [_string(f'"{match[1]}"') for match in _STRING.finditer(content)][:MAX_VALUES]


def _flight_values(text: str) -> Iterator[Any]:
    """React's flight format: lines `id:JSON`, and texts `id:Tlength,` whose length counts bytes."""
    data = text.encode("utf-8", "replace")
    strings: list[Any] = []
    place = 0
    row = re.compile(rb"[0-9a-f]*:(T([0-9a-f]+),|[A-Z]{0,3})")
    while place < len(data) and len(strings) < MAX_VALUES:
        match = row.match(data, place)
        if match is None:
            end = data.find(b"\n", place)
            place = len(data) if end < 0 else end + 1
            continue
        if match[2]:
            end = match.end() + int(match[2], 16)
            strings.append(data[match.end() : end].decode("utf-8", "replace"))
            place = end
            continue
        end = data.find(b"\n", match.end())
        end = len(data) if end < 0 else end
        with contextlib.suppress(ValueError, RecursionError):
            strings.append(json.loads(data[match.end() : end], strict=False))
        place = end + 1
    yield strings


def _string(literal: str) -> str:
    try:
        value = json.loads(literal, strict=False)
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


@dataclass(slots=True)
class _Subtree:
    """What was gathered below one value: paragraphs as markup, and whether the headline is in it."""

    paragraphs: list[str]
    heavy: int
    headline: str | None


def _article(tree: Any, wanted: Sequence[str]) -> ScriptState | None:
    """The smallest subtree that has the headline and the most prose beside it."""
    budget = [MAX_VALUES]
    best: list[tuple[int, Mapping[str, Any] | None, _Subtree]] = []

    def gather(value: Any, depth: int) -> _Subtree:
        budget[0] -= 1
        if budget[0] < 0 or depth > 60:
            return _Subtree([], 0, None)
        if isinstance(value, str):
            prose = _prose(value)
            return _Subtree([prose] if prose else [], weight(_TAGS.sub(" ", prose)) if prose else 0, None)
        inner: list[_Subtree] = []
        headline: str | None = None
        if isinstance(value, list):
            inner = [gather(item, depth + 1) for item in value]
        elif isinstance(value, dict):
            if any(isinstance(value.get(key), str) and _ASIDE.search(value[key]) for key in _TYPES):
                return _Subtree([], 0, None)
            headline = _headline(value, wanted)
            inner = [gather(item, depth + 1) for key, item in value.items() if not _ASIDE.search(str(key))]
        if headline is None:
            headline = (
                next((one.headline for one in inner if one.headline), None) if isinstance(value, list) else headline
            )
        gathered = _Subtree(
            [paragraph for one in inner for paragraph in one.paragraphs], sum(one.heavy for one in inner), headline
        )
        if gathered.headline and gathered.heavy >= MIN_WEIGHT:
            best.append((gathered.heavy, value if isinstance(value, dict) else None, gathered))
        return gathered

    whole = gather(tree, 0)
    if not best:
        return None if not isinstance(tree, list) or not _is_named(tree, wanted) else _state(wanted, None, whole)
    _, owner, gathered = max(best, key=lambda one: (one[1] is not None, one[0]))
    return _state(wanted, owner, gathered)


def _is_named(tree: list[Any], wanted: Sequence[str]) -> bool:
    """Whether one of a list's own strings is the headline."""
    return any(isinstance(item, str) and folded(item) in wanted for item in tree)


def _state(wanted: Sequence[str], owner: Mapping[str, Any] | None, gathered: _Subtree) -> ScriptState | None:
    seen: set[str] = set()
    paragraphs: list[str] = []
    for paragraph in gathered.paragraphs:
        letters = folded(_TAGS.sub(" ", paragraph))
        if letters and letters not in seen and letters not in wanted:
            seen.add(letters)
            paragraphs.append(paragraph if "<p" in paragraph.lower() else f"<p>{paragraph}</p>")
    state = ScriptState(gathered.headline or "", "\n".join(paragraphs))
    for key, value in (owner or {}).items():
        if isinstance(value, (str, int, float)) and _DATE_KEYS.match(key):
            state.dates.append(value)
        elif isinstance(value, (str, int, float)) and _MODIFIED_KEYS.match(key):
            state.modified.append(value)
        elif key.lower() in _AUTHOR_KEYS:
            state.authors += _names(value, 0)
    return state if weight(_TAGS.sub(" ", state.html)) >= MIN_WEIGHT else None


def _names(value: Any, depth: int) -> list[str]:
    if isinstance(value, str):
        return [value] if 2 < len(value) < 80 and depth < 4 else []
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item, depth + 1)]
    if isinstance(value, dict):
        for key in ("name", "displayName", "fullName", "full_name", "title", "text"):
            if isinstance(value.get(key), str):
                return [value[key]]
        return [name for key in ("by", "authors", "author") if key in value for name in _names(value[key], depth + 1)]
    return []


def _headline(value: Mapping[str, Any], wanted: Sequence[str]) -> str | None:
    """The headline of an object, if it is one that the page's head names."""
    for key, item in value.items():
        if str(key).replace("_", "").lower() not in _HEADLINES:
            continue
        inner = item.values() if isinstance(item, dict) else (item,)
        for text in inner:
            if isinstance(text, str) and _is_called(folded(text), wanted):
                return text
    return None


def _is_called(letters: str, wanted: Sequence[str]) -> bool:
    return len(letters) >= 8 and any(
        letters == title or (len(letters) > 12 and letters in title) or title in letters for title in wanted
    )


def _prose(value: str) -> str:
    """A string as markup if it reads as text: long enough, with spaces or in a script without, no code, no address."""
    text = value.strip()
    if len(text) < 25 or text.startswith(("http:", "https:", "/", "{", "[", "data:", "function", "window.", "$")):
        return ""
    plain = _TAGS.sub(" ", text)
    letters = sum(map(str.isalpha, plain))
    blanks = plain.count(" ")
    if letters < 0.6 * len(plain.strip()) or (plain.isascii() and blanks * 15 < len(plain.strip())):
        return ""
    if not re.search(r"[.!?…。！？؟।:”»」\"]", plain):
        return ""
    return text if _TAGS.search(text) else text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br><br>")
