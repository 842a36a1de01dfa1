"""Whose a headline is that is a quotation alone."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from tests.gold import article_of

BELOW = "\n“The kitchen is closed,” {} said on Monday."
CASES = {
    "whom the first sentence introduces": (
        "“I do not cook for stars”\nRuth Hellinger, 71, closes her inn after 40 years." + BELOW.format("Hellinger"),
        "Ruth Hellinger",
    ),
    "two are introduced": (
        "“I do not cook for stars”\nRuth Hellinger and Otto Brandt close their inn." + BELOW.format("Hellinger"),
        None,
    ),
    "another speaks below": (
        "“I do not cook for stars”\nRuth Hellinger closes her inn." + BELOW.format("Otto Brandt"),
        None,
    ),
    "a term": ("“Starless”\nRuth Hellinger closes her inn." + BELOW.format("Hellinger"), None),
    "words beside it": (
        "Guests protest: “We want our soup” as inn closes\nRuth Hellinger closes her inn." + BELOW.format("Hellinger"),
        None,
    ),
}


@pytest.mark.parametrize(("text", "name"), CASES.values(), ids=CASES)
def test_a_headline_that_is_a_quotation_alone_is_whose_the_first_sentence_introduces(
    text: str, name: str | None
) -> None:
    end = text.index("\n")
    found = [quote for quote in find_quotes(article_of(text, language="en")) if quote.spans[0].start < end]
    assert [quote.speaker.name for quote in found if quote.speaker.name] == ([name] if name else [])
    assert all((quote.speaker.confidence or 0) < 0.9 for quote in found if quote.speaker.name)
