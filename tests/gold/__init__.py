"""Reads our own gold (`README.md` tells its form) and compares quotes with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from archiver.quotes import find_quotes
from archiver.quotes.trail import DateRule
from archiver.records import UNDATED, Article, Dated, Precision, Quote

FOLDER = Path(__file__).parent
SURE = 0.9  # names given with this confidence should be right in 97 of 100
_TAG = re.compile(
    r"\{(?P<negative>-)?(?:(?P<polarity>denied|hypothetical|disputed) ?)?(?P<fragment>f ?)?"
    r"(?:\? (?P<printed>[^@}]+?)|(?P<name>[^@}]+?))?(?: ?@(?P<day>[\d-]+))?\}"
)


class Expected(NamedTuple):
    """What the gold says of the marks that end at `end`: `speaker` None with `printed` is an unnamed source.

    Where `polarity` is not "asserted", `speaker` is whom the article says it of, who must not be named as the speaker.
    """

    end: int
    negative: bool
    kind: str
    speaker: str | None
    printed: str | None
    day: str | None
    polarity: str


class GoldArticle(NamedTuple):
    """One article of the gold, without its tags."""

    text: str
    published: str
    expected: tuple[Expected, ...]


def languages() -> list[str]:
    """The languages that have gold."""
    return sorted(file.stem for file in FOLDER.glob("*.txt"))


def articles(file: Path) -> Iterator[GoldArticle]:
    """The articles of a gold file."""
    for block in file.read_text(encoding="utf-8").strip().split("\n---\n"):
        first, _, tagged = block.partition("\n")
        assert first.startswith("published: "), f"{file}: an article begins with its day of publication, not {first!r}"
        text, expected, at = "", [], 0
        for tag in _TAG.finditer(tagged):
            text += tagged[at : tag.start()]
            at = tag.end()
            kind = "fragment" if tag["fragment"] else "direct"
            expected.append(
                Expected(
                    end=len(text), negative=bool(tag["negative"]), kind=kind, speaker=tag["name"],
                    printed=tag["printed"], day=tag["day"], polarity=tag["polarity"] or "asserted",
                )
            )  # fmt: skip
        yield GoldArticle(text + tagged[at:], first.removeprefix("published: "), tuple(expected))


def article_of(text: str, *, language: str, published: str | None = None, title: str | None = None) -> Article:
    """An article with only what the quotes depend on."""
    day = Dated(value=published, precision=Precision.DAY, source="meta", printed=published) if published else UNDATED
    return Article(
        url="https://news.example/", canonical_url=None, title=title, authors=(), outlet=None, published=day,
        modified=UNDATED, language=language, text=text, text_digest="",
    )  # fmt: skip


def compare(article: GoldArticle, language: str) -> tuple[Counter[str], list[str]]:
    """Counts of what is right, and a line for each thing that is not."""
    found = find_quotes(article_of(article.text, language=language, published=article.published))
    pieces = [(span.end, quote) for quote in found for span in quote.spans]
    counts: Counter[str] = Counter(predicted=len(pieces))
    wrong = []
    for wanted in article.expected:
        quote = next((quote for end, quote in pieces if 0 <= wanted.end - end <= 3), None)
        where = article.text[max(0, wanted.end - 40) : wanted.end]
        counts += _names(wanted, quote)
        for name, right in _judge(wanted, quote):
            counts[name] += 1
            counts[name + " right"] += right
            if not right:
                wrong.append(
                    f"{name}: …{where} · wanted {wanted.speaker or wanted.printed} {wanted.kind} {wanted.day} "
                    f"· found {_told(quote)}"
                )
    return counts, wrong


def _names(wanted: Expected, quote: Quote | None) -> Counter[str]:
    """Whether a name was given, and surely; whether it is the right one: of whom nothing is asserted it never is."""
    if quote is None or quote.speaker.name is None:
        return Counter()
    said = not wanted.negative and wanted.polarity == "asserted"
    right = said and (wanted.speaker or "").casefold() == quote.speaker.name.casefold()
    sure = (quote.speaker.confidence or 0.0) >= SURE
    return Counter({"names": 1, "names right": int(right), "sure": int(sure), "sure right": int(sure and right)})


def _judge(wanted: Expected, quote: Quote | None) -> Iterator[tuple[str, bool]]:
    if wanted.negative:
        yield "left alone", quote is None
        return
    if wanted.polarity != "asserted":
        yield "polarity", _is_labelled(wanted, quote)
        return
    yield "spans", quote is not None
    if quote is None:
        return
    speaker = quote.speaker
    yield "kind", quote.kind == wanted.kind
    if wanted.speaker is None:
        yield "speaker", speaker.name is None and speaker.printed == wanted.printed
    else:
        yield "speaker", (speaker.name or "").casefold() == wanted.speaker.casefold()
    yield "day", quote.said_on.value == wanted.day or (wanted.day is None and _is_of_scene(quote))


def _is_of_scene(quote: Quote) -> bool:
    """Whether the day comes from a sentence before: this gold has only those of its own sentence."""
    return any(step.rule == DateRule.SCENE for step in quote.trail)


def _is_labelled(wanted: Expected, quote: Quote | None) -> bool:
    """Whether words that were not said are kept as such; where nobody is named they may be left alone too."""
    if quote is None:
        return wanted.speaker is None
    named = wanted.speaker is None or (quote.ascribed_to.name or "").casefold() == wanted.speaker.casefold()
    return quote.polarity == wanted.polarity and quote.speaker.name is None and named


def _told(quote: Quote | None) -> str:
    return (
        "nothing"
        if quote is None
        else f"{quote.speaker.name or quote.speaker.printed} {quote.kind} {quote.said_on.value}"
    )


def figures(file: Path, language: str) -> tuple[dict[str, float], list[str]]:
    """The share that is right, per step, over all articles of a file; and what is wrong."""
    total, wrong = _counts(file, language)
    return _shares(total, ("spans", "left alone", "polarity", "kind", "speaker", "day")), wrong


def together(folder: Path) -> dict[str, float]:
    """The share that is right, per step, over the files of a folder, each named for its language; names besides."""
    total: Counter[str] = Counter()
    for file in sorted(folder.glob("*.txt")):
        total += _counts(file, file.stem)[0]
    return _shares(total, ("spans", "left alone", "polarity", "speaker", "names", "sure"))


def _counts(file: Path, language: str) -> tuple[Counter[str], list[str]]:
    total: Counter[str] = Counter()
    wrong: list[str] = []
    for article in articles(file):
        counts, lines = compare(article, language)
        total += counts
        wrong += lines
    return total, wrong


def _shares(total: Counter[str], steps: tuple[str, ...]) -> dict[str, float]:
    shares = {step: total[step + " right"] / total[step] for step in steps if total[step]}
    if total["spans"]:
        shares["joint"] = total["speaker right"] / total["spans"]
    if total["predicted"]:
        shares["precision"] = total["spans right"] / total["predicted"]
    return {"quotes": total["spans"], **{step: round(share, 3) for step, share in shares.items()}}
