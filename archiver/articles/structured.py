"""JSON-LD of a page (schema.org): parsed, mended where it is broken, its nodes with their references resolved."""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archiver.articles.letters import words
from archiver.articles.source import Script

MAX_NODES = 2000
"""JSON-LD nodes looked at on one page."""

MAX_DEPTH = 12

LONG_BROKEN = 400_000
"""Characters beyond which JSON that does not parse is not mended."""

ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting", "NewsStory")
MEDIA_TYPES = ("VideoObject", "AudioObject", "PodcastEpisode", "Clip")
PAGE_TYPES = ("WebPage", "ItemPage")

# What is under these keys of an article is about something else.
_ELSEWHERE = words(
    "relatedlink mentions isrelatedto comment comments review reviews itemlistelement subjectof citation video image "
    "associatedmedia liveblogupdate about recipeinstructions ispartof publisher potentialaction breadcrumb "
    "primaryimageofpage thumbnail significantlink relatedarticle blogpost author creator editor contributor"
)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|/[*/]\s*<!\[CDATA\[\s*(?:\*/)?|<!\[CDATA\[)|(?:-->|/[*/]\s*\]\](?:>|&gt;)\s*(?:\*/)?|\]\](?:>|&gt;))\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_PLAIN_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|@type)"\s*:\s*"((?:[^"\\]|\\.){1,400})"|"author"\s*:\s*[\[{\s]{0,20}'
    r'(?:"@type"\s*:\s*"Person"\s*,\s*)?"name"\s*:\s*"((?:[^"\\]|\\.){1,100})"'
)


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON-LD object; `elsewhere` where it is below a key that leads away from what the page is about."""

    data: Mapping[str, Any]
    elsewhere: bool

    def is_a(self, kinds: tuple[str, ...]) -> bool:
        """Whether its type ends with one of these names."""
        return any(kind.rpartition("/")[2].rpartition(":")[2].endswith(kinds) for kind in self.types)

    @property
    def types(self) -> list[str]:
        """Its types, as they are spelled."""
        types = self.data.get("@type")
        named = types if isinstance(types, list) else [types]
        return [kind for kind in named if isinstance(kind, str)]


def nodes_of(scripts: Iterable[Script]) -> list[Node]:
    """All nodes of the page's JSON-LD, outer ones first, references to others (`@id`) resolved one level deep."""
    found: list[Node] = []
    for script in scripts:
        if "ld+json" in script.attributes.lower():
            for value in parsed(script.content):
                found.extend(_below(value, elsewhere=False, depth=0))
                if len(found) > MAX_NODES:
                    return _resolved(found[:MAX_NODES])
    return _resolved(found)


def parsed(content: str) -> list[Any]:
    """The JSON values in a script; broken JSON is mended, or read field by field."""
    content = _WRAPPING.sub("", content).strip()
    if not content:
        return []
    attempts: list[Callable[[], str]] = [lambda: content, lambda: _TRAILING_COMMA.sub("", content)]
    if "&quot;" in content[:200] or "&#34;" in content[:200] or "&#x22;" in content[:200].lower():
        attempts.append(lambda: markup.unescape(content))
    if len(content) <= LONG_BROKEN:
        attempts.append(lambda: _TRAILING_COMMA.sub("", _requoted(content)))
    for attempt in attempts:
        try:
            return _decoded(attempt())
        except (ValueError, RecursionError):
            continue
    return _plain_fields(content)


def _decoded(text: str) -> list[Any]:
    """The value, or several that follow one another."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    place = 0
    while place < len(text):
        value, place = decoder.raw_decode(text, place)
        values.append(value)
        while place < len(text) and (text[place].isspace() or text[place] in ";,"):
            place += 1
    return values


def _requoted(text: str) -> str:
    """With the quotation marks escaped that are inside strings, as templates leave them that do not escape.

    A mark ends a string where what follows continues with the JSON: a colon, a closing bracket, or a comma and then the
    beginning of a key or value.
    """
    out: list[str] = []
    inside = False
    place = 0
    for match in re.finditer(r'\\.|"', text, re.DOTALL):
        out.append(text[place : match.start()])
        place = match.end()
        if match[0] != '"':
            out.append(match[0])
        elif not inside:
            inside = True
            out.append('"')
        elif _ENDS_STRING.match(text, place):
            inside = False
            out.append('"')
        else:
            out.append('\\"')
    out.append(text[place:])
    return "".join(out)


_ENDS_STRING = re.compile(
    r'\s*(?:$|:|[}\]]\s*(?:$|[,}\]])|,\s*(?:$|[}\]{\[]|"(?:[^"\\\n]|\\.){0,200}"\s*[:,}\]]|-?\d|true|false|null))'
)


def _plain_fields(content: str) -> list[Any]:
    """Of an object that cannot be mended, the fields that can be read one by one; the first of each."""
    found: dict[str, Any] = {}
    for match in _PLAIN_FIELD.finditer(content[:LONG_BROKEN]):
        name, value = (match[1], match[2]) if match[1] else ("author", match[3])
        try:
            found.setdefault(name, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue
    return [found] if "@type" in found else []


def _below(value: Any, *, elsewhere: bool, depth: int) -> Iterator[Node]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:MAX_NODES]:
            yield from _below(item, elsewhere=elsewhere, depth=depth + 1)
    elif isinstance(value, Mapping):
        yield Node(value, elsewhere)
        for key, inner in value.items():
            if isinstance(inner, (list, Mapping)):
                yield from _below(inner, elsewhere=elsewhere or str(key).lower() in _ELSEWHERE, depth=depth + 1)


def _resolved(nodes: list[Node]) -> list[Node]:
    named: dict[str, Mapping[str, Any]] = {}
    for node in nodes:
        name = node.data.get("@id")
        if isinstance(name, str) and len(node.data) > 1:
            named.setdefault(name, node.data)
    return [
        Node({key: _dereferenced(value, named) for key, value in node.data.items()}, node.elsewhere) for node in nodes
    ]


def _dereferenced(value: Any, named: Mapping[str, Mapping[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_dereferenced(item, named) for item in value[:200]]
    if isinstance(value, Mapping) and isinstance(value.get("@id"), str) and "name" not in value:
        return named.get(value["@id"], value)
    return value
