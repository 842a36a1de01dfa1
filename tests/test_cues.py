"""The reporting words of a quote are found, and the rule that found them is named."""

from __future__ import annotations

import pytest

from archiver.quotes import find_quotes
from tests.gold import article_of

CASES = {
    "verb after the speaker": ("“We won,” Ada Marlow said.", "said", "verb-after-speaker"),
    "inverted": ("“We won,” said Ada Marlow.", "said", "verb-before-speaker"),
    "between the parts": ("“We won,” Ada Marlow said, “and they lost.”", "said", "verb-between-parts"),
    "an unknown verb in the place of one": ("“We won,” fluted Ada Marlow.", "fluted", "unknown-verb-before-speaker"),
    "according to": ("According to Ada Marlow, the deal is “a bad joke.”", "According to", "according-to"),
    "colon": ("Ada Marlow: “We won.”", ":", "colon"),
}


@pytest.mark.parametrize(("text", "printed", "rule"), CASES.values(), ids=CASES)
def test_cue_and_rule(text: str, printed: str, rule: str) -> None:
    quote = find_quotes(article_of("Headline\n" + text, language="en"))[0]
    assert quote.cue.printed == printed
    assert [step.rule for step in quote.trail if step.step == "cues"] == [rule]
