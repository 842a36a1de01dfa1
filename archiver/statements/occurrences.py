"""Where a statement is printed: each printing with its difference, and which articles are copies of one another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.checks.alignment import align
from archiver.checks.comparison import Piece, pieces
from archiver.checks.words import claimed_wording, said_wording
from archiver.index.identity import statement_id
from archiver.index.words import folded
from archiver.records import Entry, Quote, Speaker
from archiver.statements.clusters import Cluster

MAX_ARTICLES = 200
"""Articles whose texts are compared; later ones are not called copies."""
SHINGLE = 5
SKETCH = 128
MIN_ALIKE = 0.6
"""The share of the sketches that two articles of nearly the same text have in common."""

TextOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One printing. `diff` leads from the quote requested to it; `copy_of` is the snapshot of an earlier article of
    nearly the same text.
    """

    entry: Entry
    diff: tuple[Piece, ...]
    copy_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One wording of a statement, its difference from the longest, and the quotes that have it."""

    id: str
    text: str
    diff: tuple[Piece, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is known of a statement; days are None where no article states them."""

    id: str
    text: str
    speaker: Speaker
    first_said: str | None
    latest_said: str | None
    first_published: str | None
    latest_published: str | None
    outlets: tuple[str, ...]
    variants: tuple[Variant, ...]
    cluster: Cluster


def statement_of(cluster: Cluster) -> Statement:
    """A cluster as one statement, worded as its longest wording."""
    members = cluster.members
    longest = max(members, key=lambda entry: (len(entry.quote.text), statement_id(entry.quote)))
    said = sorted(entry.quote.said_on.value for entry in members if entry.quote.said_on.value)
    published = sorted(entry.published for entry in members if entry.published)
    return Statement(
        id=cluster.id,
        text=longest.quote.text,
        speaker=longest.quote.speaker,
        first_said=said[0] if said else None,
        latest_said=said[-1] if said else None,
        first_published=published[0] if published else None,
        latest_published=published[-1] if published else None,
        outlets=tuple(dict.fromkeys(entry.outlet or entry.site for entry in members)),
        variants=_variants(members, longest),
        cluster=cluster,
    )


def _variants(members: Sequence[Entry], longest: Entry) -> tuple[Variant, ...]:
    wordings: dict[str, list[Entry]] = {}
    for entry in members:
        wordings.setdefault(statement_id(entry.quote), []).append(entry)
    return tuple(
        Variant(
            id=wording,
            text=held[0].quote.text,
            diff=way(longest.quote, held[0].quote, longest.language),
            quotes=tuple(entry.quote.id or "" for entry in held),
        )
        for wording, held in wordings.items()
    )


def way(one: Quote, other: Quote, language: str | None) -> tuple[Piece, ...]:
    """How the words of one quote become those of another."""
    return pieces(align(said_wording(one.text, language), claimed_wording(other.text, language)))


def occurrences(entry: Entry, cluster: Cluster, text_of: TextOf) -> tuple[Occurrence, ...]:
    """All printings of a quote's statement, oldest first."""
    copies = copied_articles(cluster.members, text_of)
    return tuple(
        Occurrence(
            entry=each,
            diff=() if each.quote.text == entry.quote.text else way(entry.quote, each.quote, entry.language),
            copy_of=copies.get(each.snapshot_id),
        )
        for each in cluster.members
    )


def copied_articles(members: Sequence[Entry], text_of: TextOf) -> dict[str, str]:
    """The snapshots whose article is nearly that of an earlier one on another page, with that one."""
    sketches: list[tuple[Entry, frozenset[int]]] = []
    copies: dict[str, str] = {}
    seen = set[str]()
    for entry in members:
        if entry.snapshot_id in seen or len(seen) >= MAX_ARTICLES:
            continue
        seen.add(entry.snapshot_id)
        sketch = sketch_of(text_of(entry.snapshot_id) or "")
        twin = next((other for other, known in sketches if _alike(sketch, known) and other.url != entry.url), None)
        if twin is not None:
            copies[entry.snapshot_id] = twin.snapshot_id
        sketches.append((entry, sketch))
    return copies


def sketch_of(text: str) -> frozenset[int]:
    """The least hashes of the runs of five words in a text: two texts share of them what they share of the runs."""
    words = folded(text)
    runs = {" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}
    hashes = (int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs)
    return frozenset(sorted(hashes)[:SKETCH])


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    least = frozenset(sorted(one | other)[:SKETCH])
    return bool(least) and len(least & one & other) / len(least) >= MIN_ALIKE
