"""Words of other orders are read as subject, verb, quotation; where they are printed is kept."""

from __future__ import annotations

import pytest

from archiver.languages import pack_for
from archiver.quotes.marks import find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.model import Chunks


def chunked(text: str, language: str) -> Chunks:
    pack = pack_for(language)
    assert pack
    return chunk_text(text, pack, find_marks(text, pack))


CASES = {
    "the verb in second place goes behind its subject": ("de", "Am Montag sagte Adele Marlow: „Ja.“", "pe,XS:Q$\n"),
    "a subject that leads keeps its verb": ("de", "Adele Marlow sagte am Montag: „Ja.“", "XSpe:Q$\n"),
    "the closing verb goes behind its subject": ("ja", "田中太郎知事は「はい」と述べた。", "XSQ$\n"),
    "a source before its postposition": ("ja", "田中太郎知事によると、雨だ。", "aX,,wx$\n"),
    "the Turkish closing verb": ("tr", "Belediye Başkanı Ayşe Demir “Evet” dedi.", "oXSQ$\n"),
    "an echo goes on with its quotation": ("it", "«Sì». Lo ha detto Ada Marlow.", "QSX$\n"),
}


@pytest.mark.parametrize(("language", "text", "codes"), CASES.values(), ids=CASES)
def test_the_order(language: str, text: str, codes: str) -> None:
    assert chunked(text, language).codes == codes


def test_a_word_that_moves_keeps_its_place_in_print() -> None:
    text = "Am Montag sagte Adele Marlow: „Ja.“"
    (start, end) = next(iter(chunked(text, "de").moved.values()))
    assert text[start:end] == "sagte"


def test_languages_without_such_orders_stay_as_they_are() -> None:
    assert chunked("On Monday said Ada Marlow “Yes.”", "en").moved == {}
