"""Reads a corpus of articles with known speakers into examples for the ranking: features, and which are right.

The features are those of `archiver.quotes`; this module only compares what they belong to with the gold. Decisions that
later ones look back on (the last speaker, resolved pronouns) are the right ones here.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from archiver.languages import PERSON_PRONOUN, pack_for
from archiver.quotes.coreference import Coreference
from archiver.quotes.features import QuoteContext
from archiver.quotes.is_quote import quote_features
from archiver.quotes.marks import find_marks
from archiver.quotes.mentions import chunk_text
from archiver.quotes.model import Chunks, Mention
from archiver.quotes.ranking import Weights
from archiver.quotes.speakers import Candidate, Choice, Speakers
from tests import gold as own_gold

_TIED = ("tiedirect", "tieinverted")  # features of who is the subject of the verb beside a quotation
OWN = -1  # the number of every article that is not of the corpus
TAG_AFTER = 3  # characters between the end of the words and the tag after the mark


class Example(NamedTuple):
    """One decision: the candidates' features, which of them are right, and the article it is from."""

    model: str
    candidates: list[list[str]]
    right: list[bool]
    article: int


def scorer(folder: Path) -> ModuleType:
    """The corpus' own scorer, whose idea of the same name is used."""
    spec = importlib.util.spec_from_file_location("score_quotes", folder / "bin" / "score_quotes.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def articles(file: Path) -> Iterator[dict[str, Any]]:
    """The gold articles of a file, one JSON object a line."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class TaughtCoreference(Coreference):
    """Resolves what the gold knows as the gold does, and notes the decision."""

    def __init__(self, *args: Any, gold: dict[int, set[int]]) -> None:
        self.gold = gold
        self.decided: dict[int, tuple[str, list[list[str]], list[bool]]] = {}
        super().__init__(*args)

    def choose(self, model: str, place: int, found: Any, *, none: bool) -> list[tuple[int, float]]:
        """Takes the person that the gold names, where it names one."""
        if place not in self.gold:
            return super().choose(model, place, found, none=none)
        persons = self.gold[place]
        right = [person in persons for person, _, _ in found] + ([not persons] if none else [])
        candidates = [features for _, _, features in found]
        if none:
            candidates.append(["none", "none" + self._form(self.chunks.mentions[place])])
        if any(right) and not all(right):
            self.decided[place] = (model, candidates, right)
        known = next((person for person, _, _ in found if person in persons), -1)
        return [(known, 1.0)] if known >= 0 else [] if none else super().choose(model, place, found, none=none)


class TaughtSpeakers(Speakers):
    """Takes the gold's speakers for the last ones."""

    people: Coreference
    notes: list[tuple[str, list[list[str]], list[bool]]]
    gold: dict[int, dict[str, Any] | None]
    score: ModuleType
    pronouns: dict[int, dict[str, Any]]  # those beside the verb of a quotation whose speaker is known

    def choose(self, context: QuoteContext, candidates: list[Candidate], likely: list[float]) -> Choice:
        """Notes the decision and takes the right one."""
        quote = context.quote
        chosen = super().choose(context, candidates, likely)
        if quote not in self.gold:
            return chosen._replace(spoken=0.0)
        gold = self.gold[quote]
        self._note_pronoun(candidates, likely, gold)
        self.notes.append(
            ("quote", [quote_features(self.chunks, context, likely, self._listed(context))], [gold is not None])
        )
        if gold is None:
            return chosen._replace(spoken=0.0)
        right = [self._right(candidate, gold) for candidate in candidates]
        if any(right) and not all(right) and not gold.get("unscored"):
            self.notes.append(("speaker", [candidate.features for candidate in candidates], right))
        if not any(right):
            return chosen
        best = max((i for i, ok in enumerate(right) if ok), key=lambda i: likely[i])
        persons = self._persons(candidates[best])
        return Choice(candidates[best].place, persons[0][0], 1.0, candidates[best].again, 1.0)

    def _note_pronoun(self, candidates: list[Candidate], likely: list[float], gold: dict[str, Any] | None) -> None:
        """The speaker of a quotation is whom the pronoun beside its verb means, where it has one."""
        likeliest = candidates[max(range(len(likely)), key=likely.__getitem__)]
        tied = any(feature in _TIED for feature in likeliest.features)
        if gold and tied and self.chunks.mentions[likeliest.place].kind == PERSON_PRONOUN:
            self.pronouns[likeliest.place] = gold

    def _right(self, candidate: Candidate, gold: dict[str, Any]) -> bool:
        if candidate.place < 0:
            return not gold.get("source")
        mention = self.chunks.mentions[candidate.place]
        antecedent = self.chunks.mentions[self.people.antecedent(candidate.place)]
        source = gold.get("source") or []
        if any(self.score.overlaps((one.start, one.end), source) for one in (mention, antecedent)):
            return mention.kind != "X" or not gold.get("speakers") or self._named(candidate, gold)
        return bool(gold.get("speakers")) and self._named(candidate, gold)

    def _named(self, candidate: Candidate, gold: dict[str, Any]) -> bool:
        persons = self._persons(candidate)
        return any(
            p >= 0 and share > 0.5 and self.score.compatible(self.people.persons[p].name, gold) for p, share in persons
        )


def own_examples(folder: Path, weights: Weights) -> Iterator[Example]:
    """Decisions in the articles of our own under `training/own`, whose orders of words the corpus does not have."""
    score = scorer(folder)
    for file in sorted((Path(__file__).parent / "own").glob("*.txt")):
        pack = pack_for(file.stem)
        assert pack, file
        for article in own_gold.articles(file):
            marked = find_marks(article.text, pack)
            quotes = [_as_corpus(wanted, article.text) for wanted in article.expected]
            labels = {
                place: quote
                for place, mark in enumerate(marked)
                for wanted, quote in zip(article.expected, quotes, strict=True)
                if 0 <= wanted.end - mark.end <= TAG_AFTER
            }
            yield from _decisions(chunk_text(article.text, pack, marked), weights, labels, {}, score, OWN)


def case_examples(folder: Path, weights: Weights) -> Iterator[Example]:
    """Decisions in the articles under `training/own/cases`, which have the form of `tests/gold/fresh`."""
    score = scorer(folder)
    for file in sorted((Path(__file__).parent / "own" / "cases").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if not (pack := pack_for(case["language"])):
                continue
            marked = find_marks(case["text"], pack)
            labels = dict(_labels_of_case(case, marked))
            chunks = chunk_text(case["text"], pack, marked)
            yield from _decisions(chunks, weights, labels, {}, score, OWN)


def _labels_of_case(case: dict[str, Any], marked: list[Any]) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """For each marked stretch its quote, None where nobody said it; what may be read in two ways is left out.

    Words that are denied or supposed are quotes, whose speaker is not scored.
    """
    unsaid = [quote for quote in case["optional"] if quote.get("polarity", "asserted") != "asserted"]
    kept = {_letters(quote["text"]): quote for quote in (*unsaid, *case["expected"])}
    left_alone = {_letters(words) for words in case["negatives"]}
    for place, mark in enumerate(marked):
        words = _letters(case["text"][mark.start : mark.end])
        if quote := kept.get(words):
            asserted = quote.get("polarity", "asserted") == "asserted"
            printed = quote.get("printed") if asserted else None
            source = _nearest(case["text"], printed, mark.end) if printed else None
            yield place, _in_form_of_corpus([quote["speaker"]] if asserted and quote["speaker"] else [], source)
        elif words in left_alone:
            yield place, None


def _letters(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def _as_corpus(wanted: own_gold.Expected, text: str) -> dict[str, Any] | None:
    """A quote of our own gold in the form of the corpus; a source is identified by its name, or its words nearby."""
    if wanted.negative:
        return None
    names = [wanted.speaker] if wanted.speaker and wanted.polarity == "asserted" else []
    source = _nearest(text, wanted.printed, wanted.end) if wanted.printed else None
    return _in_form_of_corpus(names, source)


def _in_form_of_corpus(names: list[str], source: list[int] | None) -> dict[str, Any]:
    return {
        "speakers": names,
        "speaker": names[0] if names else None,
        "source": [source or [-2, -1]],
        "unscored": not (names or source),
    }


def _nearest(text: str, words: str, at: int) -> list[int] | None:
    """The offsets of the occurrence of words that is nearest to a place; None where there is none."""
    places = [match.start() for match in re.finditer(re.escape(words), text)]
    start = min(places, key=lambda place: abs(place - at), default=-1)
    return [start, start + len(words)] if start >= 0 else None


def examples(folder: Path, file: Path, weights: Weights, kept: set[int] | None = None) -> Iterator[Example]:
    """All decisions in the articles of a file, or in those whose numbers are `kept`."""
    score, pack = scorer(folder), pack_for("en")
    assert pack
    for number, article in enumerate(articles(file)):
        if kept is not None and number not in kept:
            continue
        marked = find_marks(article["text"], pack)
        chunks = chunk_text(article["text"], pack, marked)
        yield from _decisions(chunks, weights, _labels(marked, article, score), article, score, number)


def _decisions(
    chunks: Chunks,
    weights: Weights,
    labels: dict[int, dict[str, Any] | None],
    article: dict[str, Any],
    score: ModuleType,
    number: int,
) -> Iterator[Example]:
    people = TaughtCoreference(chunks, weights, gold={})
    if article:
        people.gold = _resolutions(chunks.mentions, people, article, score)
    else:
        pronouns = _taught(chunks, people, weights, labels, score).pronouns
        people = TaughtCoreference(chunks, weights, gold={})
        people.gold = {place: _persons(people, quote, score) for place, quote in pronouns.items()}
    notes = _taught(chunks, people, weights, labels, score).notes
    for model, candidates, right in [*notes, *people.decided.values()]:
        yield Example(model, candidates, right, number)


def _taught(
    chunks: Chunks,
    people: TaughtCoreference,
    weights: Weights,
    labels: dict[int, dict[str, Any] | None],
    score: ModuleType,
) -> TaughtSpeakers:
    """What decides the speakers of a text, after it has."""
    speakers = TaughtSpeakers(chunks, people, weights)
    speakers.notes, speakers.gold, speakers.score, speakers.pronouns = [], labels, score, {}
    speakers.all()
    return speakers


def _persons(people: Coreference, quote: dict[str, Any], score: ModuleType) -> set[int]:
    """The persons of a text that speak a quotation."""
    if not quote["speakers"]:
        return set()
    return {number for number, person in enumerate(people.persons) if score.compatible(person.name, quote)}


def _labels(marked: list[Any], article: dict[str, Any], score: ModuleType) -> dict[int, dict[str, Any] | None]:
    """For each marked stretch its gold quote, None where it is no quote; ignored ones are left out."""
    found: dict[int, dict[str, Any] | None] = {}
    for place, mark in enumerate(marked):
        span = score.trim(article["text"], mark.start, mark.end)
        for gold in article["quotes"]:
            if (
                score.jaccard(span, score.trim(article["text"], gold["start"], gold["end"])) >= 0.8
                and gold["label"] != "ignore"
            ):
                found[place] = gold if gold["label"] == "quote" else None
    return found


def _resolutions(
    mentions: list[Mention], people: Coreference, article: dict[str, Any], score: ModuleType
) -> dict[int, set[int]]:
    """Which persons are behind the pronouns and nouns that the gold names as sources."""
    found: dict[int, set[int]] = {}
    for gold in article["quotes"]:
        if gold["label"] != "quote" or not gold.get("source"):
            continue
        places = [
            p for p, m in enumerate(mentions) if m.kind in "iO" and score.overlaps((m.start, m.end), gold["source"])
        ]
        if len(places) != 1 or (gold["speaker_kind"] == "named" and mentions[places[0]].kind == "O"):
            continue
        if gold.get("speakers"):
            found[places[0]] = {n for n, person in enumerate(people.persons) if score.compatible(person.name, gold)}
        elif gold["speaker_kind"] == "nominal" and not mentions[places[0]].definite:
            found[places[0]] = set()
    return found
