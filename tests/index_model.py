"""An index as plain as can be: a list of entries and loops over it. What both real ones are compared with."""

from __future__ import annotations

import base64
import itertools
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from rapidfuzz.distance import OSA

from archiver.index import syntax
from archiver.index.urls import url_key
from archiver.index.words import folded, stem
from archiver.records import Bucket, Days, Entry, Facet, Query, QuoteState, Relation, SnapshotEntry


class Model:
    """Snapshots with their entries, by snapshot id."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[SnapshotEntry, tuple[Entry, ...]]] = {}
        self.known: list[Entry] | None = None

    def add(self, snapshot: SnapshotEntry, entries: tuple[Entry, ...]) -> None:
        self.held[snapshot.snapshot.id] = (snapshot, entries)
        self.known = None

    def entries(self) -> list[Entry]:
        """All entries with their repeats marked, newest first."""
        if self.known is None:
            self.known = self._marked()
        return self.known

    def _marked(self) -> list[Entry]:
        everything = [entry for _, entries in self.held.values() for entry in entries]
        marked = [replace(entry, repeat_of=_repeated(entry, everything)) for entry in everything]
        return sorted(marked, key=lambda entry: (_minute(entry), _bits(entry)), reverse=True)

    def search(self, query: Query) -> list[Entry]:
        """All matches in order, ignoring `limit` and `cursor`."""
        tree = syntax.parse(query.q, exact=query.exact)
        found = [
            entry
            for entry in self.entries()
            if self._passes(entry, query) and (tree is None or _says(tree, entry, query.in_passage))
        ]
        return found if query.sort == "-published" else found[::-1]

    def _passes(self, entry: Entry, query: Query) -> bool:
        quote, snapshot = entry.quote, self.held[entry.snapshot_id][0]
        urls = {snapshot.snapshot.requested_url, snapshot.snapshot.url, snapshot.canonical_url}
        return all(
            [
                not query.kind or quote.kind in query.kind,
                not query.state or quote.state in query.state,
                not query.polarity or quote.polarity in query.polarity,
                not query.review or quote.review in query.review,
                not query.visibility or entry.visibility in query.visibility,
                query.repeats or entry.repeat_of is None,
                query.attributed is None or query.attributed is (quote.speaker.name is not None),
                not query.speaker or any(_named(name, quote.speaker.name) for name in query.speaker),
                not query.site or entry.site in query.site,
                not query.outlet or entry.outlet in query.outlet,
                not query.language or entry.language in query.language,
                not query.snapshot or entry.snapshot_id in query.snapshot,
                not query.url or any(url_key(url) in entry.url_keys for url in query.url),
                not query.url_exact or bool(urls & set(query.url_exact)),
                _within(entry.published, query.published),
                _within(quote.said_on.value, query.said),
                _within(entry.captured_at.astimezone(UTC).date().isoformat(), query.captured),
            ]
        )


def facet(values: list[str | None], size: int = 20) -> Facet:
    ranked = sorted(
        Counter(value for value in values if value is not None).items(), key=lambda each: (-each[1], each[0])
    )
    return Facet(
        buckets=tuple(Bucket(value=value, count=count) for value, count in ranked[:size]),
        others=sum(count for _, count in ranked[size:]),
        relation=Relation.EXACT,
    )


def _repeated(entry: Entry, everything: list[Entry]) -> str | None:
    """The id of the same words by the same speaker in the earliest earlier capture of the same URL."""
    if entry.quote.state is not QuoteState.CURRENT:
        return None
    same = [
        other
        for other in everything
        if other.quote.state is QuoteState.CURRENT and url_key(other.url) == url_key(entry.url)
        if folded(other.quote.text) == folded(entry.quote.text)
        if folded(other.quote.speaker.name or "") == folded(entry.quote.speaker.name or "")
    ]
    first = min(same, key=lambda other: (other.captured_at, other.snapshot_id, other.quote.id or ""))
    return None if first.snapshot_id == entry.snapshot_id else first.quote.id


def _bits(entry: Entry) -> bytes:
    return base64.b32decode((entry.quote.id or "")[1:17].upper())


def _minute(entry: Entry) -> int:
    moment = datetime.fromisoformat(entry.published) if entry.published else entry.captured_at
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int(aware.timestamp() // 60)


def _within(value: str | None, days: Days) -> bool:
    if days == Days():
        return True
    return value is not None and (days.start or "") <= value[:10] <= (days.end or "9999-99-99")


def _named(asked: str, name: str | None) -> bool:
    return set(folded(asked)) <= set(folded(name or ""))


def _says(node: syntax.Node, entry: Entry, in_passage: bool) -> bool:
    if isinstance(node, syntax.All):
        return all(_says(part, entry, in_passage) for part in node.parts)
    if isinstance(node, syntax.Any):
        return any(_says(part, entry, in_passage) for part in node.parts)
    if isinstance(node, syntax.Not):
        return not _says(node.part, entry, in_passage)
    quote = entry.quote
    around = [quote.before, quote.after, entry.title, quote.speaker.name, quote.speaker.role]
    texts = [quote.text, *around] if in_passage else [quote.text]
    return any(_holds(node, folded(text or ""), entry.language) for text in texts)


def _holds(leaf: syntax.Leaf, words: list[str], language: str | None) -> bool:
    if isinstance(leaf, syntax.Fuzzy):
        return any(word[0] == leaf.word[0] and OSA.distance(word, leaf.word) <= leaf.edits for word in words)
    if leaf.stemmed:
        words = [stem(word, language) for word in words]
        sought = [stem(word, language) for word in leaf.words]
    else:
        sought = list(leaf.words)
    if isinstance(leaf, syntax.Near):
        return _close(list(dict.fromkeys(sought)), leaf.gap, words)
    windows = (words[at : at + len(sought)] for at in range(len(words) - len(sought) + 1))
    if leaf.open:
        return any(each[:-1] == sought[:-1] and each[-1].startswith(sought[-1]) for each in windows)
    return sought in windows


def _close(sought: list[str], gap: int, words: list[str]) -> bool:
    places = [[at for at, word in enumerate(words) if word == each] for each in sought]
    return any(max(chosen) - min(chosen) + 1 - len(sought) <= gap for chosen in itertools.product(*places))
