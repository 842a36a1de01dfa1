"""Gold for checks over the sample site: claims made by rule from each quote, and claims written by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from archiver.records import Entry, Kind, Quote, SnapshotEntry, Span, Speaker
from archiver.speakers.names import Likeness
from tests.factories import make_id, make_snapshot_entry
from tests.gold import articles

FOLDER = Path(__file__).parent
SITE = FOLDER.parent.parent / "site" / "expected"
LANGUAGES = ("en", "de", "fr", "es")

NOT = {"en": "never", "de": "niemals", "fr": "jamais", "es": "nunca"}
FILLER = {"en": "quite frankly", "de": "ganz ehrlich", "fr": "bien franchement", "es": "muy francamente"}
OTHER_WORD = {"en": "lantern", "de": "laterne", "fr": "lanterne", "es": "linterna"}
_IN_MARKS = re.compile(r"[“„«]([^“”„«»\n]+)[”“»]")
_ON_THE_SITE = re.compile("tender|nobody asked why|ausgeschrieben|concurso|zu verbergen|nothing to hide")
TURNING = {"not", "never", "no", "nobody", "nie", "kein", "keine", "nicht", "ohne", "pas", "jamais", "nunca", "nadie"}
NUMBERS = {
    "two",
    "nine",
    "four",
    "twice",
    "zwanzig",
    "sieben",
    "dreimal",
    "dix",
    "quatre",
    "once",
    "nueve",
    "veintidós",
    "doce",
    "tres",
    "dos",
}
TYPED = {ord(mark): "'" for mark in "’‘›‹‚"} | {ord(mark): '"' for mark in "“”"} | {ord("–"): "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A claim and what a careful reader answers: any of `verdicts`, and `reason` (if any) among the reasons."""

    kind: str
    language: str
    text: str
    speaker: str | None
    verdicts: frozenset[str]
    reason: str | None = None


def entries() -> list[Entry]:
    """The quotes of the sample site as an index holds them, sure of their speakers."""
    found = []
    for path in sorted(SITE.glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        for place, each in enumerate(page["quotes"]):
            found.append(_entry(path.stem, place, page, each))
    return found


def _entry(name: str, place: int, page: dict[str, str], each: dict[str, str]) -> Entry:
    speaker = Speaker(name=each["speaker"], printed=each["printed"], confidence=0.99 if each["speaker"] else None)
    quote = Quote(
        id=make_id("q", f"{name}-{place}"),
        text=each["text"],
        printed=each["text"],
        kind=Kind(each["kind"]),
        spans=(Span(start=0, end=len(each["text"])),),
        speaker=speaker,
    )
    return Entry(
        quote=quote,
        snapshot_id=make_id("s", name),
        url=f"https://sample.example/{name}",
        url_keys=(f"example,sample)/{name}",),
        site="sample.example",
        outlet=page["outlet"],
        title=page["title"],
        language=page["language"],
        published=page["published"],
        captured_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


def checks() -> list[Check]:
    """All claims: by rule from the quotes in four languages, and those written by hand."""
    quotes = [entry for entry in entries() if entry.language in LANGUAGES]
    made = [check for entry in quotes for check in _by_rule(entry)]
    return [*made, *_unrelated(), *by_hand()]


def _unrelated() -> Iterator[Check]:
    """What is said in the articles of the gold for quotes, and nowhere on the sample site."""
    for language in LANGUAGES:
        for article in articles(FOLDER.parent / f"{language}.txt"):
            for said in _IN_MARKS.findall(article.text):
                if len(said.split()) >= 4 and not _ON_THE_SITE.search(said):
                    yield Check(
                        kind="unrelated", language=language, text=said, speaker=None, verdicts=frozenset({"not_found"})
                    )


def by_hand() -> list[Check]:
    """The claims of `claims.txt`."""
    return _written("claims.txt")


def sealed() -> list[Check]:
    """The claims of `sealed.txt`, written before any check saw them; `sealed.sha256` was committed then."""
    return _written("sealed.txt")


def _written(name: str) -> list[Check]:
    """Verdicts, reason or -, language, speaker or -, words: a line each, separated by tabs."""
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        verdicts, reason, language, speaker, text = line.split("\t")
        found.append(
            Check(
                kind=f"hand-{verdicts.split(',')[0]}",
                language=language,
                text=text,
                speaker=None if speaker == "-" else speaker,
                verdicts=frozenset(verdicts.split(",")),
                reason=None if reason == "-" else reason,
            )
        )
    return found


def _by_rule(entry: Entry) -> Iterator[Check]:
    text, language = entry.quote.text, entry.language or ""
    words = text.split()
    if len(words) < 4:
        return
    speaker = entry.quote.speaker.name

    def check(kind: str, claimed: str, verdicts: str, reason: str | None = None) -> Check:
        wanted = frozenset(verdicts.split())
        return Check(kind=kind, language=language, text=claimed, speaker=speaker, verdicts=wanted, reason=reason)

    def put_in(extra: str) -> str:
        return " ".join([*words[:middle], extra, *words[middle:]])

    middle = len(words) // 2
    yield check("untouched", text, "exact")
    yield check("retyped", retyped(text), "exact normalised")
    if len(words) >= 7:
        yield check("shortened", " ".join(words[: middle + 1]).rstrip(",;:"), "partial exact normalised")
        yield check("gap", " ".join([*words[:2], "[…]", *words[-3:]]), "normalised")
        yield check("negation", put_in(NOT[language]), "altered", "negation_added")
        yield check("inserted", put_in(FILLER[language]), "altered", "words_inserted")
        plain = _plain(words)
        if plain is not None:
            removed = [*words[:plain], *words[plain + 1 :]]
            replaced = [*words[:plain], OTHER_WORD[language], *words[plain + 1 :]]
            yield check("removed", " ".join(removed), "altered", "words_removed")
            yield check("replaced", " ".join(replaced), "altered", "words_replaced")
    if len(words) >= 8:
        yield check("cut", " ".join([*words[:2], *words[-3:]]), "altered", "words_cut")
    if not text.rstrip(" ”’»").endswith("?"):
        yield check("question", text.rstrip(" .,") + "?", "altered", "meaning_mark_changed")
    if number := re.search(r"\d+", text):
        changed = text[: number.start()] + str(int(number[0]) + 7) + text[number.end() :]
        yield check("number", changed, "altered", "number_changed")


def _plain(words: list[str]) -> int | None:
    """A word in the middle that is letters alone and in lower case, no negation and no number."""
    for place in range(2, len(words) - 2):
        word = words[place]
        if re.fullmatch(r"[^\W\d_]{4,}", word) and word.islower() and word not in TURNING | NUMBERS:
            return place
    return None


def retyped(text: str) -> str:
    """As somebody types it: straight marks, hyphens for dashes, single blanks, no full stop."""
    plain = text.translate(TYPED)
    return " ".join(plain.split()).rstrip(".,").lower()


def rows() -> list[tuple[SnapshotEntry, tuple[Entry, ...]]]:
    """The quotes of the sample site as rows of an index, with their snapshots."""
    held: dict[str, list[Entry]] = {}
    for entry in entries():
        held.setdefault(entry.snapshot_id, []).append(entry)
    return [(_row(snapshot_id, quotes[0]), tuple(quotes)) for snapshot_id, quotes in held.items()]


def _row(snapshot_id: str, entry: Entry) -> SnapshotEntry:
    row = make_snapshot_entry(snapshot_id)
    snapshot = replace(row.snapshot, id=snapshot_id, url=entry.url, requested_url=entry.url)
    return replace(row, snapshot=snapshot, title=entry.title, outlet=entry.outlet, language=entry.language)


def name_pairs() -> list[tuple[Likeness, str, str]]:
    """The pairs of `names.txt`: what the pair is, one name, the other."""
    lines = (line.split("#")[0].strip() for line in (FOLDER / "names.txt").read_text(encoding="utf-8").splitlines())
    found = []
    for line in filter(None, lines):
        wanted, names = line.split(None, 1)
        one, other = names.split("|")
        found.append((Likeness(wanted), one.strip(), other.strip()))
    return found
