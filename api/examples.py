"""Examples for the OpenAPI document: invented values, written by the same code as every answer, so they stay true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import orjson

from api.answers import Document, page_answer, quote_answer, snapshot_answer
from api.errors import PROBLEMS, Problem, problem_answer
from api.links import Links
from archiver.errors import BadQuery
from archiver.records import (
    Basis,
    Cue,
    Dated,
    Entry,
    ExtractionState,
    Kind,
    Locator,
    Origin,
    Page,
    Precision,
    Quote,
    Relation,
    SaidOn,
    Searched,
    Selector,
    Snapshot,
    SnapshotEntry,
    Span,
    Speaker,
    Step,
    Total,
    Via,
)

_URL = "https://harbour-courier.example/2026/ferry"
_CAPTURED = datetime(2026, 11, 10, 19, 2, 14, tzinfo=UTC)
_DIGEST = "sha256:" + "d856" * 16
_PUBLISHED = Dated(
    value="2026-11-10T18:20:00+01:00",
    precision=Precision.MINUTE,
    source="json-ld",
    printed="2026-11-10T18:20+01:00",
)
_SNAPSHOT = Snapshot(
    id="sj6bmvpemjeznq7g4b2nd",
    record_id="urn:uuid:6f0f6a52-7f3e-4a1c-9d0e-0c2a5c8b91d7",
    requested_url=_URL,
    url=_URL,
    captured_at=_CAPTURED,
    status=200,
    content_type="text/html; charset=utf-8",
    payload_digest="sha256:" + "dedc" * 16,
    truncated=None,
    origin=Origin.CAPTURED,
    locator=Locator(warc="captures/onrecord-20261110T190214Z-00001.warc.gz", offset=4821, length=18342),
)
_ROW = SnapshotEntry(
    snapshot=_SNAPSHOT,
    site="harbour-courier.example",
    url_keys=(),
    state=ExtractionState.DONE,
    reason=None,
    extractor="onrecord/0.1.0",
    extracted_at=_CAPTURED,
    quote_count=1,
    title="Council reopens ferry contract",
    authors=("Tom Reyes",),
    outlet="The Harbour Courier",
    published=_PUBLISHED,
    language="en",
    text_digest=_DIGEST,
)
_QUOTE = Quote(
    id="qkxb7r2sp3sbmwan25j2h",
    text="The contract was never put to tender, and nobody asked why.",
    printed="The contract was never put to tender,” she told the council on Monday, “and nobody asked why.",
    kind=Kind.DIRECT,
    spans=(Span(start=155, end=192), Span(start=227, end=248)),
    selectors=(
        Selector(
            exact="The contract was never put to tender,",
            prefix="ted her report the day before.\n“",
            suffix="” she told the council on Monday",
        ),
        Selector(
            exact="and nobody asked why.",
            prefix="he told the council on Monday, “",
            suffix="”\nThe mayor’s office declined to",
        ),
    ),
    cue=Cue(printed="told", span=Span(start=198, end=202), confidence=0.98),
    speaker=Speaker(
        name="Ada Marlow",
        role="auditor",
        printed="she",
        span=Span(start=194, end=197),
        via=Via.PRONOUN,
        confidence=0.94,
    ),
    said_on=SaidOn(
        value="2026-11-09",
        precision=Precision.DAY,
        basis=Basis.RELATIVE,
        printed="on Monday",
        span=Span(start=215, end=224),
        confidence=0.95,
    ),
    before="Its auditor, Ada Marlow, had presented her report the day before.\n“",
    after="”\nThe mayor’s office declined to comment.",
    trail=(Step(step="speakers", rule="pronoun-before-verb", printed="she", span=Span(start=194, end=197)),),
    span_confidence=0.99,
    text_digest=_DIGEST,
    extractor="onrecord/0.1.0",
    extracted_at=_CAPTURED,
)
_ENTRY = Entry(
    quote=_QUOTE,
    snapshot_id=_SNAPSHOT.id,
    url=_URL,
    url_keys=(),
    site="harbour-courier.example",
    outlet="The Harbour Courier",
    title="Council reopens ferry contract",
    language="en",
    published=_PUBLISHED.value,
    captured_at=_CAPTURED,
)
_SEARCHED = Searched(quotes=74, snapshots=19, published_from="2026-10-02", published_to="2026-11-10")


def _page(items: list[Document]) -> Document:
    page: Page[Any] = Page(entries=(), total=Total(value=1, relation=Relation.EXACT), searched=_SEARCHED, read_as=None)
    return page_answer(page, items, None)


def _problem(links: Links) -> Document:
    wrong = (("limit", "is not a whole number from 1 to 1,000"),)
    problem = Problem(kind=PROBLEMS[BadQuery], detail="limit: is not a whole number from 1 to 1,000", errors=wrong)
    return problem_answer(problem, links, f"{links.base}/v1/quotes")


EXAMPLES: dict[str, Callable[[Links], Document]] = {
    "Quote": lambda links: quote_answer(_ENTRY, _ROW, links),
    "Snapshot": lambda links: snapshot_answer(_ROW, links),
    "QuotePage": lambda links: {**_page([quote_answer(_ENTRY, _ROW, links)]), "printed": {}},
    "SnapshotPage": lambda links: _page([snapshot_answer(_ROW, links)]),
    "Speakers": lambda _links: {"items": [{"value": "Ada Marlow", "count": 8}]},
    "Capture": lambda _links: {"url": _URL, "max_age": "PT1H"},
    "Problem": _problem,
}
"""An example of each schema by its name in the document; those without one have none."""


def add_examples(document: Document, links: Links) -> None:
    """Puts the examples beside the schemas that answers and bodies refer to."""
    bodies = [*document["components"].get("responses", {}).values()]
    for path in document["paths"].values():
        for operation in (each for method, each in path.items() if method != "parameters"):
            bodies += [*operation["responses"].values(), operation.get("requestBody", {})]
    for body in bodies:
        for media in body.get("content", {}).values():
            name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
            if name in EXAMPLES:
                media["example"] = orjson.loads(orjson.dumps(EXAMPLES[name](links)))
