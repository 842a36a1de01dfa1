"""What the ranking sees: the same structure gives the same features, in whichever words and language."""

from __future__ import annotations

from archiver.languages import pack_for
from archiver.quotes import features
from archiver.quotes.features import context_of
from archiver.quotes.marks import find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.model import Chunks


def chunked(text: str, language: str = "en") -> Chunks:
    pack = pack_for(language)
    assert pack
    return chunk_text(text, pack, find_marks(text, pack))


def of_mention(text: str, language: str = "en", place: int = 0) -> list[str]:
    chunks = chunked(text, language)
    return features.of_mention(chunks, context_of(chunks, 0), place)


def test_no_word_of_the_text_is_part_of_a_feature() -> None:
    assert of_mention("“We won it all,” said Ada Marlow.") == of_mention("“He has a plan,” said Tomás Reyes.")


def test_one_structure_is_one_in_all_languages() -> None:
    assert of_mention("“We won it all,” said Ada Marlow.") == of_mention("« Tout gagné », dit Ada Marlow.", "fr")


def test_the_sides_of_a_quotation_are_told_apart() -> None:
    before, after = of_mention("Ada Marlow said: “We won it all.”"), of_mention("“We won it all,” Ada Marlow said.")
    assert {"kbX", "tiedirect", "tiebdirect"} <= set(before)
    assert {"kaX", "tiedirect", "tieadirect"} <= set(after)


def test_a_verb_of_saying_ties_and_a_preposition_does_not() -> None:
    assert "tieinverted" in of_mention("“We won it all,” said Ada Marlow.")
    assert not [one for one in of_mention("“We won it all,” it said of Ada Marlow.", place=1) if one.startswith("tie")]


def test_the_context_of_a_quotation() -> None:
    chunks = chunked("A headline\nAda Marlow called it “a gift” on Monday.")
    context = context_of(chunks, 0)
    assert (context.paragraph, context.words, context.shape) == (1, "a gift", "ff1")
    assert context.beside == "b"
    assert chunks.codes[context.start : context.end] == "XLkQpe"


def test_a_speaker_of_the_quote_before_counts() -> None:
    chunks = chunked("“We won,” said Ada Marlow. “They lost.”")
    context, mention = context_of(chunks, 1), chunks.mentions[0]
    same = features.of_past(context, mention, 1, 0, 0, features.Past(place=0, person=0, gap=0))
    assert "same" in same
    assert features.of_past(context, mention, 1, 0, 0, features.Past()) == ["first"]
