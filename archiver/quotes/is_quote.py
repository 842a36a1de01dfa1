"""Words somebody said, or only words in marks: what tells quotes from titles of works, scare quotes and nicknames."""

from __future__ import annotations

from archiver.quotes.features import REPORTING, QuoteContext, distance_of_saying
from archiver.quotes.model import NUMBER, Chunks
from archiver.quotes.patterns import WORDS
from archiver.quotes.works import ENDS, has_capitals_of_title, is_behind_work

_CLAUSE = frozenset("xikISTLt")  # classes of words that a clause has and a title seldom


def quote_features(chunks: Chunks, context: QuoteContext, likely: list[float], listed: str = "") -> list[str]:
    """Features of a marked stretch; `likely` are the probabilities of its speakers, nobody first.

    `listed` says how the stretch before was taken, where only a comma or «and» is between: "+" said, "-" not.
    """
    mark, codes, at = chunks.marked[context.quote], chunks.codes, context.at
    words, beside = WORDS.findall(context.words), context.beside
    count = len(words) if chunks.pack.spaces else len(context.words) // 2
    size = str(count) if count < 4 else "4" if count < 6 else "6" if count < 10 else "10"
    before, after = codes[at - 1] if at else "\n", codes[at + 1]
    ending = context.words[-1] if context.words[-1] in ",.!?" else "-"
    capital = "C" if context.words[:1].isupper() else "c"
    zone = "T" if context.paragraph == 0 else ""
    best = max(likely)
    kind = "none" if likely[0] == best else "cand"
    features = [
        "bias", "w" + size, "b" + before, "a" + after, "ba" + before + after, "e" + ending, "x" + beside,
        "x" + beside + size,
        "w" + size + capital, "we" + size + ending, "wb" + size + before,
        "m" + ("'" if mark.mark in "'‘‚" else "") + zone,
        "z" + zone + size, "r" + mark.rule, kind, kind + size, "c" + str(int(best * 5)), "n" + str(int(likely[0] * 5)),
    ]  # fmt: skip
    if is_behind_work(chunks, mark.outer_start):
        features += ["work", "work" + beside]
    if has_capitals_of_title(chunks, words):
        features += ["title", "title" + size, "title" + before, "title" + beside]
    if any(word.lower() in chunks.pack.first_person for word in words):
        features += ["speaks", "speaks" + size]
    if REPORTING.search(codes, context.start, context.end):
        features += ["verb", "verb" + size]
    return features + _shape(chunks, context, words, size, capital, listed)


def _shape(chunks: Chunks, context: QuoteContext, words: list[str], size: str, capital: str, listed: str) -> list[str]:
    """Whether the stretch is built like speech, and how far from a verb of saying it is."""
    codes, at, lexicon = chunks.codes, context.at, chunks.pack.lexicon
    before, after = codes[at - 1] if at else "\n", codes[at + 1]
    clause = any(lexicon.get(word.lower(), "") in _CLAUSE for word in words)
    ended = context.words[-1] in ENDS or (bool(chunks.pack.finite) and context.words.endswith(chunks.pack.finite))
    inside = before not in "\n$:,-Q!("  # in the middle of the reporter's sentence
    cased = ("C" if capital == "C" else "c") if chunks.pack.case != "none" else "u"
    told = distance_of_saying(codes, context)
    built = ("k" if clause else "-") + ("." if ended else "-")
    features = [
        "in" + str(inside) + cased, "in" + str(inside) + cased + told[:1], "built" + built, "built" + built + size,
        "built" + built + told[:1], "told" + told, "told" + told + size, "told" + told[:1] + cased + before,
    ]  # fmt: skip
    if listed:
        features += ["list" + listed, "list" + listed + told[:1]]
    if after == "(" and codes[at + 2 : at + 3] == NUMBER:
        features.append("year")
    return features
