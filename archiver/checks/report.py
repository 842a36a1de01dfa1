"""A claim put to the archive: its quotes first, then the articles' own words, then what it covers.

`not_found` is not a disproof: it says which languages and days were searched, and that translations are not recognised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archiver.checks.check import Claim, Match, SpeakerMatch, checked_claim, judge, speaker_match, verdict_of
from archiver.checks.comparison import Verdict
from archiver.checks.reasons import Difference
from archiver.checks.sentences import sentence_with
from archiver.errors import BadQuery
from archiver.index.protocol import Index
from archiver.records import Entry, Kind, Query, Searched, SnapshotEntry, SnapshotQuery
from archiver.speakers.decided import JoinedPeople, people_of

MAX_CANDIDATES = 100
MAX_ARTICLES = 5
MAX_NEAREST = 3

TextOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class InText:
    """The words of a claim in an article that gives them to nobody."""

    snapshot: SnapshotEntry
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What the archive says about a claim. `matches` are best first; those whose verdict is `not_found` are not matches
    but the nearest quotes of that speaker.
    """

    claim: Claim
    verdict: Verdict
    reasons: tuple[Difference, ...]
    matches: tuple[Match, ...]
    in_text: InText | None
    searched: Searched
    languages: tuple[str, ...]


def check(index: Index, claim: Claim, *, text_of: TextOf, without: str | None = None) -> CheckReport:
    """Puts a claim to the archive. `text_of` gives a snapshot's article text, None where it has none; `without` is a
    snapshot that is not looked at, because the claim comes from it.

    Raises BadQuery if the claim is too short or a day is invalid, and the other SearchErrors.
    """
    checked_claim(claim)
    found = index.resembling(_narrowed(claim), MAX_CANDIDATES)
    people = people_of(index.speaker_decisions())
    matches = judge(claim, [entry for entry in found if entry.snapshot_id != without], people)
    in_text = None if matches and matches[0].verdict is not Verdict.SPEAKER_UNKNOWN else _in_text(index, claim, text_of)
    verdict, reasons = verdict_of(matches)
    if not matches:
        verdict = Verdict.IN_TEXT if in_text else Verdict.NOT_FOUND
        matches = _nearest(claim, found, people)
    return CheckReport(
        claim=claim,
        verdict=verdict,
        reasons=reasons,
        matches=matches,
        in_text=in_text if verdict is Verdict.IN_TEXT else None,
        searched=index.searched(),
        languages=_languages(index),
    )


def _narrowed(claim: Claim) -> Query:
    return Query(
        q=claim.text,
        published=claim.published,
        language=(claim.language,) if claim.language else (),
        kind=tuple(Kind),
    )


def _in_text(index: Index, claim: Claim, text_of: TextOf) -> InText | None:
    """An article that contains the words, letter by letter, in its own voice."""
    phrase = claim.text.replace('"', " ")
    query = SnapshotQuery(
        q=f'"{phrase}"',
        published=claim.published,
        language=(claim.language,) if claim.language else (),
        limit=MAX_ARTICLES,
    )
    try:
        found = index.snapshots(query).entries
    except BadQuery:
        return None
    for row in found:
        sentence = sentence_with(text_of(row.snapshot.id) or "", claim.text)
        if sentence is not None:
            return InText(snapshot=row, sentence=sentence)
    return None


def _nearest(claim: Claim, candidates: Sequence[Entry], people: JoinedPeople) -> tuple[Match, ...]:
    """What that speaker did say with some of these words, marked as no match."""
    theirs = [entry for entry in candidates if claim.speaker and _is_theirs(claim, entry, people)]
    return tuple(_no_match(entry) for entry in theirs[:MAX_NEAREST])


def _is_theirs(claim: Claim, entry: Entry, people: JoinedPeople) -> bool:
    return speaker_match(claim.speaker, entry.quote, people) in {SpeakerMatch.SAME, SpeakerMatch.VARIANT}


def _no_match(entry: Entry) -> Match:
    return Match(
        entry=entry,
        verdict=Verdict.NOT_FOUND,
        reasons=(),
        similarity=0.0,
        share=0.0,
        speaker=SpeakerMatch.SAME,
        diff=(),
    )


def _languages(index: Index) -> tuple[str, ...]:
    """The languages that the archive holds quotes in, commonest first."""
    facet = index.search(Query(limit=1, facet=("language",))).facets["language"]
    return tuple(bucket.value for bucket in facet.buckets)


def note(report: CheckReport) -> str:
    """The verdict in plain words, as careful as the verdict is."""
    if report.verdict is Verdict.NOT_FOUND:
        return _coverage(report)
    return _NOTES[report.verdict]


_NOTES = {
    Verdict.EXACT: "The archive contains these words exactly.",
    Verdict.NORMALISED: "The archive contains these words; only marks, case, spaces or admitted gaps differ.",
    Verdict.PARTIAL: "These words are a part of what was said; read what comes before and after them.",
    Verdict.ALTERED: "The archive contains a statement close to these words but not the same; see the difference.",
    Verdict.OTHER_SPEAKER: "The archive contains these words but attributes them to somebody else.",
    Verdict.SPEAKER_UNKNOWN: "The archive contains these words, but is not sure who said them.",
    Verdict.IN_TEXT: "An article in the archive contains these words but does not attribute them to anybody.",
}


def _coverage(report: CheckReport) -> str:
    searched = report.searched
    days = ""
    if searched.published_from and searched.published_to:
        days = f" published from {searched.published_from} to {searched.published_to}"
    languages = f" in {', '.join(report.languages)}" if report.languages else ""
    return (
        f"Not found among {searched.quotes} quotes{languages} of {searched.snapshots} saved pages{days}. This is not a"
        " disproof: the words may be where the archive has not looked, and translations are not recognised."
    )


def strings(reasons: Sequence[Difference]) -> list[str]:
    """Reasons as JSON has them."""
    return [reason.value for reason in reasons]
