"""The quote as linked data: schema.org for the web at large, W3C Web Annotation for anchoring its words in the page."""

from __future__ import annotations

from typing import Any

from archiver.citations.robust import pwid
from archiver.citations.works import Work
from archiver.records import Quote, Via
from archiver.sha256 import hex_of

MEDIA_TYPE = "application/ld+json"
ANNOTATION_PROFILE = "http://www.w3.org/ns/anno.jsonld"

_PERSONAL = frozenset({Via.PRONOUN, Via.SURNAME})


def schema_org(work: Work) -> dict[str, Any]:
    """A schema.org `Quotation` in its `NewsArticle`; of a snapshot, the article alone. Unknown is left out."""
    context = {"@context": "https://schema.org"}
    if work.quote is None:
        return {**context, "@id": work.addresses.page, **_article(work)}
    return {
        **context,
        **_present(
            {
                "@type": "Quotation",
                "@id": work.addresses.page,
                "url": work.addresses.page,
                "identifier": work.id,
                "text": work.quote.text,
                "inLanguage": work.row.language,
                "creator": _speaker(work.quote),
                "dateCreated": work.quote.said_on.value,
                "isPartOf": _article(work),
            }
        ),
    }


def _speaker(quote: Quote) -> dict[str, Any] | None:
    """Who spoke. Only what cannot be said of a body makes it a `Person`: a pronoun, a surname, a role."""
    speaker = quote.speaker
    if speaker.name is None:
        return None
    is_person = speaker.via in _PERSONAL or speaker.role is not None
    kind = {"@type": "Person"} if is_person else {}
    return {**kind, "name": speaker.name} | ({"jobTitle": speaker.role} if speaker.role else {})


def _article(work: Work) -> dict[str, Any]:
    digest = {"@type": "PropertyValue", "propertyID": "sha256", "value": hex_of(work.digest)}
    return _present(
        {
            "@type": "NewsArticle",
            "headline": work.row.title,
            "url": work.url,
            "author": [{"name": author} for author in work.authors],
            "publisher": {"@type": "Organization", "name": work.outlet},
            "datePublished": work.row.published.value,
            "dateModified": work.row.modified.value,
            "inLanguage": work.row.language,
            "archivedAt": work.addresses.memento,
            "identifier": [digest, {"@type": "PropertyValue", "propertyID": "PWID", "value": pwid(work)}],
        }
    )


def annotation(work: Work) -> dict[str, Any]:
    """A W3C Web Annotation whose targets are the quote's words in the archived page; of a snapshot, the page whole."""
    return {
        "@context": ANNOTATION_PROFILE,
        "id": f"{work.addresses.page}.anno.jsonld",
        "type": "Annotation",
        "motivation": "identifying" if work.quote else "bookmarking",
        "body": _body(work),
        "target": _targets(work),
    }


def _body(work: Work) -> dict[str, Any]:
    if work.quote is None:
        return {"id": work.addresses.page, "format": "text/html"}
    said = f"{' / '.join(work.speakers)}: {work.quote.text}" if work.speakers else work.quote.text
    return _present({"type": "TextualBody", "value": said, "format": "text/plain", "language": work.row.language})


def _targets(work: Work) -> list[dict[str, Any]]:
    state = {"type": "TimeState", "sourceDate": work.capture_time, "cached": work.addresses.memento}
    whole = {"type": "SpecificResource", "source": work.url, "state": state}
    if work.quote is None:
        return [whole]
    return [{**whole, "selector": _selectors(work.quote, place)} for place in range(len(work.quote.spans))]


def _selectors(quote: Quote, place: int) -> list[dict[str, Any]]:
    """One span, anchored twice. The position counts code points of the article's text, not of the HTML."""
    span = quote.spans[place]
    found: list[dict[str, Any]] = [{"type": "TextPositionSelector", "start": span.start, "end": span.end}]
    if place < len(quote.selectors):
        words = quote.selectors[place]
        quoted = {"exact": words.exact, "prefix": words.prefix, "suffix": words.suffix}
        found.insert(0, {"type": "TextQuoteSelector", **quoted})
    return found


def _present(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
