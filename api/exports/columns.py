"""The columns of an exported row: one flat row per quote or per snapshot, stable names, in a stable order.

A column reads its value out of the JSON that the API answers, so a row never says anything else than the API does.
New columns are only ever added at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from archiver.people.attributes import Attributes

Value = str | int | float | bool | None
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name, its Frictionless type, what it means, and how its value is read from an answer.

    `words` marks what the page's author or the quoted person wrote; `text=none` leaves these out.
    """

    name: str
    type: str
    meaning: str
    read: Callable[[Document], Value]
    words: bool = False


def _at(*path: str) -> Callable[[Document], Value]:
    def read(document: Document) -> Value:
        value: Any = document
        for name in path:
            value = value.get(name) if value is not None else None
        return value  # type: ignore[no-any-return]

    return read


def _column(
    name: str,
    meaning: str,
    *path: str,
    type_: str = "string",
    words: bool = False,
) -> Column:
    return Column(name=name, type=type_, meaning=meaning, read=_at(*(path or (name,))), words=words)


def _spans(quote: Document) -> str:
    return ";".join(f"{start}-{end}" for start, end in quote["spans"])


def _authors(document: Document) -> str | None:
    return "; ".join(document["article"]["authors"]) or None


def _joint(quote: Document) -> str | None:
    return "; ".join(each["name"] for each in quote.get("speakers", ()) if each["name"]) or None


_ARTICLE = (
    _column("title", "title of the article", "article", "title", words=True),
    Column(name="authors", type="string", meaning="authors of the article, separated by `; `", read=_authors),
    _column("outlet", "name of the outlet as the page states it (a claim)", "article", "outlet"),
    _column("site", "host the page was captured from, without `www.` (a fact)", "article", "site"),
    _column("language", "language of the article, a BCP 47 tag", "article", "language"),
    _column(
        "published", "when the article says it was published, with its own offset", "article", "published", "value"
    ),
    _column("published_precision", "finest unit that `published` states", "article", "published", "precision"),
    _column("modified", "when the article says it was changed last", "article", "modified", "value"),
    _column("canonical_url", "address that the page gives as its own", "article", "canonical_url"),
    _column("text_digest", "SHA-256 of the text that spans refer to", "article", "text_digest"),
)

QUOTE_COLUMNS: tuple[Column, ...] = (
    _column("id", "id of the quote, for citing"),
    _column("kind", "`direct`, `fragment` (a few quoted words) or `indirect` (reported speech)"),
    _column("state", "`current`, or `superseded` where a later extraction no longer sees it"),
    _column("text", "the words, pieces joined, without outer quotation marks", words=True),
    _column("speaker", "full name of the speaker; empty where the article names nobody", "speaker", "name"),
    _column("speaker_role", "role the article gives", "speaker", "role"),
    _column("speaker_printed", "words near the quote that refer to the speaker", "speaker", "printed", words=True),
    _column("speaker_via", "how the full name was reached from those words", "speaker", "via"),
    _column(
        "speaker_confidence", "estimated probability that the speaker is right", "speaker", "confidence", type_="number"
    ),
    _column("said_on", "day the words were said, where the text determines it", "said_on", "value"),
    _column("said_on_basis", "`stated` in the article or `relative` to its publication", "said_on", "basis"),
    _column("cue", "reporting words", "cue", "printed", words=True),
    *_ARTICLE,
    _column("url", "address the page was captured from", "article", "url"),
    _column("page", "citable address of the quote", "links", "page"),
    _column("snapshot", "id of the snapshot the quote was read from", "snapshot", "id"),
    _column("captured_at", "when the page was captured, UTC", "snapshot", "captured_at", type_="datetime"),
    _column("payload_digest", "SHA-256 of the captured page", "snapshot", "payload_digest"),
    _column("warc", "WARC file that contains the capture", "snapshot", "locator", "warc"),
    _column("warc_offset", "byte offset of the record in that file", "snapshot", "locator", "offset", type_="integer"),
    _column("printed", "the article's text from the first quoted word to the last", words=True),
    _column("before", "the article's text before `printed`", words=True),
    _column("after", "the article's text after `printed`", words=True),
    Column(name="spans", type="string", meaning="`start-end` in code points of the text, `;` between", read=_spans),
    _column("span_confidence", "estimated probability that the span is right", type_="number"),
    _column("repeat_of", "id of the same quote in an earlier capture of the page"),
    _column("extractor", "program that read the quote"),
    _column("extracted_at", "when it was read, UTC", type_="datetime"),
    _column("polarity", "`asserted`, `denied`, `hypothetical` or `disputed` by the article"),
    Column(name="speakers", type="string", meaning="all speakers of a joint statement, `; ` between", read=_joint),
    _column("represents", "whom the speaker speaks for", "speaker", "represents"),
    _column("ascribed_to", "to whom the speaker ascribes the words", "ascribed_to", "name"),
    _column("speaker_by", "`program`, or `person` where a reviewer named the speaker"),
    _column("review", "`confirmed`, `corrected` or `disputed` by a reviewer"),
    _column("agency", "news agency the article is from", "article", "agency"),
)

SNAPSHOT_COLUMNS: tuple[Column, ...] = (
    _column("id", "id of the snapshot, for citing"),
    _column("url", "address the page was captured from"),
    _column("requested_url", "requested address, before redirects"),
    _column("captured_at", "when it was captured, UTC", type_="datetime"),
    _column("status", "HTTP status; empty where the answer was not HTTP", type_="integer"),
    _column("content_type", "media type that the server stated"),
    _column("origin", "`captured` by this archive or `added` as a file"),
    *_ARTICLE,
    _column("extraction", "`done`, `limited`, `failed` or `none`", "extraction", "state"),
    _column("reason", "why there are no quotes, or only some", "extraction", "reason"),
    _column("quotes", "number of quotes found", "extraction", "quotes", type_="integer"),
    _column("page", "citable address of the snapshot", "links", "page"),
    _column("payload_digest", "SHA-256 of the captured page"),
    _column("warc", "WARC file that contains the capture", "locator", "warc"),
    _column("warc_offset", "byte offset of the record in that file", "locator", "offset", type_="integer"),
    _column("truncated", "why the saved page is incomplete"),
    _column("supplied_by", "key that supplied the file, not fetched by this archive", "added", "by"),
    _column("agency", "news agency the article is from", "article", "agency"),
    _column("text_source", "where the text was read from in the page", "article", "text_source"),
)


def without_words(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that hold no word of the page."""
    return tuple(column for column in columns if not column.words)


def values(document: Document, columns: Sequence[Column]) -> list[Value]:
    """The row of an answer."""
    return [column.read(document) for column in columns]


_WORDS = frozenset({"text", "printed", "before", "after", "title", "exact", "prefix", "suffix"})
"""Keys of the JSON, at any depth but under `links`, whose values are words of the page."""


def stripped(document: Any) -> Any:
    """The JSON without words of the page: null where they were. A link to the live page names no words either."""
    if isinstance(document, list):
        return [stripped(each) for each in document]
    if not isinstance(document, dict):
        return document
    kept = {key: value for key, value in document.items() if key not in {"selectors", "highlight"}}
    return {
        key: _without_live(value) if key == "links" else None if _is_words(key, value) else stripped(value)
        for key, value in kept.items()
    }


def _is_words(key: str, value: Any) -> bool:
    return key in _WORDS and not isinstance(value, dict)


def _without_live(links: Document) -> Document:
    return {**links, "live": None} if "live" in links else links


def own_columns(attributes: Attributes) -> tuple[Column, ...]:
    """A column for each attribute of the administrator's own table of people; the archive asserts none of it."""
    return tuple(_own(attributes, name) for name in attributes.columns)


def _own(attributes: Attributes, name: str) -> Column:
    def read(quote: Document) -> Value:
        return attributes.of(quote["speaker"]["name"])[name] or None

    return Column(name=f"own_{name}", type="string", meaning=f"`{name}` of the administrator's own table", read=read)
