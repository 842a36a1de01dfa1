"""Statements: the same words by the same speaker, wherever they are printed, in every order of arrival."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.index.identity import statement_id
from archiver.records import Entry, Speaker
from archiver.statements.clusters import cluster_of, components
from archiver.statements.pairs import is_one_statement
from tests.gold.checks import entries
from tests.gold.checks.statements import statement_pairs

SENTENCE = "We will close forty wards in March and nobody has asked us why"


def entry(text: str, place: int, speaker: str | None = "Ada Marlow") -> Entry:
    """A quote of its own snapshot."""
    model = entries()[0]
    quote = replace(model.quote, id=f"q{place:020d}", text=text, speaker=Speaker(name=speaker))
    return replace(model, quote=quote, language="en", snapshot_id=f"s{place}")


def test_the_rule_holds_its_floor_on_the_gold_and_is_symmetric() -> None:
    found = [
        (wanted, is_one_statement(one, other, language), one, other, language)
        for wanted, one, other, language in statement_pairs()
    ]
    hits = sum(wanted and got for wanted, got, *_ in found)
    wrong = [(one.text, other.text) for wanted, got, one, other, _ in found if wanted is not got]
    assert 2 * hits / (2 * hits + len(wrong)) >= 0.97, wrong
    assert all(got is is_one_statement(other, one, language) for _, got, one, other, language in found)


def test_the_id_is_of_the_words_and_the_speaker_and_of_nothing_else() -> None:
    one = entry("“We will CLOSE forty wards”", 1).quote
    other = replace(entry("we will close forty wards.", 2).quote, printed="otherwise")
    assert statement_id(one) == statement_id(other)
    assert statement_id(one) != statement_id(entry("We will close forty wards", 3, "Tom Reyes").quote)
    assert statement_id(one) == "tk2ikmnnnmdkhiof2jvnz"


def test_a_fragment_belongs_to_the_sentence_it_is_cut_from_and_leads_to_the_same_cluster() -> None:
    held = [entry(SENTENCE, 1), entry("close forty wards in March", 2), entry("nobody has asked us why", 3)]
    clusters = [cluster_of([each], lambda _: held) for each in held]
    assert len({cluster.id for cluster in clusters}) == 1
    assert all(len(cluster.members) == 3 for cluster in clusters)
    assert clusters[0].id == min(statement_id(each.quote) for each in held)


def test_the_same_words_by_others_are_other_statements() -> None:
    held = [entry(SENTENCE, 1), entry(SENTENCE, 2, "Tom Reyes"), entry(SENTENCE, 3, None)]
    assert [len(group) for group in components(held)] == [1, 1, 1]


TEXTS = st.lists(
    st.sampled_from(
        [
            SENTENCE,
            SENTENCE + ".",
            "close forty wards in March",
            "nobody has asked us why",
            "We will not close forty wards in March and nobody has asked us why",
            "We will close fifty wards in March and nobody has asked us why",
            "The money is there for everyone who needs it",
            "the money is there",
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40)
@given(TEXTS, st.randoms())
def test_clusters_are_the_same_in_every_order_of_arrival(texts: list[str], shuffler: object) -> None:
    held = [entry(text, place) for place, text in enumerate(texts)]
    shuffled = list(held)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    wanted = {frozenset(each.quote.id for each in group) for group in components(held)}
    assert {frozenset(each.quote.id for each in group) for group in components(shuffled)} == wanted
    for each in held:
        members = frozenset(other.quote.id for other in cluster_of([each], lambda _: shuffled).members)
        assert any(members == group for group in wanted)
