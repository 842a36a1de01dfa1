"""One claim compared with every quote that it may come from: the matches, best first, and one verdict.

The words decide first, then whose they are. `other_speaker` is said only where the archive is sure whose words they are
(confidence of at least 0.9, or a person said so), and never because a name is spelled otherwise or shortened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from archiver.checks.alignment import Alignment, MatchingRun, align
from archiver.checks.comparison import MIN_RUN, Comparison, Piece, Verdict, compare, pieces
from archiver.checks.reasons import Difference, in_order
from archiver.checks.words import Wording, claimed_wording, said_wording
from archiver.errors import BadQuery
from archiver.index.words import UNSPACED_RUN
from archiver.records import ANY_DAY, Days, Entry, Quote, Review
from archiver.speakers.decided import UNDECIDED, JoinedPeople
from archiver.speakers.names import Likeness, is_unsure

MIN_WORDS = 3
MIN_SIGNS = 6
"""The shortest claim: words, or signs where a script has no spaces."""
SURE = 0.9
"""The confidence from which on the archive says whose words they are."""
MAX_MATCHES = 10
MIN_SPLICE = 0.9
"""The share of a claim that two statements together must hold."""


class SpeakerMatch(StrEnum):
    """How the claimed speaker compares with the archive's."""

    SAME = "same"
    VARIANT = "variant"
    OTHER = "other"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody is said to have said; `published` and `language` narrow where it is looked for."""

    text: str
    speaker: str | None = None
    published: Days = ANY_DAY
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A quote that a claim may come from. `diff` runs over the whole claim."""

    entry: Entry
    verdict: Verdict
    reasons: tuple[Difference, ...]
    similarity: float
    share: float
    speaker: SpeakerMatch
    diff: tuple[Piece, ...]


def checked_claim(claim: Claim) -> Claim:
    """The claim, if it is long enough to be looked for. Raises BadQuery where it is not."""
    wording = claimed_wording(claim.text, claim.language)
    signs = sum(len(run) for run in UNSPACED_RUN.findall(claim.text))
    if len(wording.words) < MIN_WORDS or (signs and len(wording.words) == signs < MIN_SIGNS):
        raise BadQuery(
            f"{claim.text[:60]!r} is too short to be checked",
            parameter="text",
            remedy=f"Give at least {MIN_WORDS} words, or {MIN_SIGNS} characters of a script without spaces",
        )
    return claim


def judge(claim: Claim, candidates: Iterable[Entry], people: JoinedPeople = UNDECIDED) -> tuple[Match, ...]:
    """The candidates that the claim may come from, best first; copies of one wording by one speaker only once."""
    entries = list(candidates)
    matches = [match for entry in entries if (match := _match(claim, entry, people))]
    if not any(match.verdict in {Verdict.EXACT, Verdict.NORMALISED, Verdict.PARTIAL} for match in matches):
        matches.extend(_splices(claim, entries, people))
    return tuple(sorted(matches, key=_rank)[:MAX_MATCHES])


def verdict_of(matches: Sequence[Match]) -> tuple[Verdict, tuple[Difference, ...]]:
    """The verdict on a claim and its reasons: those of the best match."""
    if not matches:
        return Verdict.NOT_FOUND, ()
    return matches[0].verdict, matches[0].reasons


def _match(claim: Claim, entry: Entry, people: JoinedPeople) -> Match | None:
    comparison = compare(claim.text, entry.quote, entry.language or claim.language)
    if comparison is None:
        return None
    return _judged(claim, entry, comparison, people)


def _judged(claim: Claim, entry: Entry, comparison: Comparison, people: JoinedPeople) -> Match:
    speaker = speaker_match(claim.speaker, entry.quote, people)
    verdict = comparison.verdict
    if speaker is SpeakerMatch.OTHER:
        verdict = Verdict.OTHER_SPEAKER if is_sure(entry.quote) else Verdict.SPEAKER_UNKNOWN
    elif speaker is SpeakerMatch.UNKNOWN:
        verdict = Verdict.SPEAKER_UNKNOWN
    return Match(
        entry=entry,
        verdict=verdict,
        reasons=comparison.reasons,
        similarity=comparison.similarity,
        share=comparison.share,
        speaker=speaker,
        diff=comparison.diff,
    )


def speaker_match(claimed: str | None, quote: Quote, people: JoinedPeople = UNDECIDED) -> SpeakerMatch:
    """How the claimed speaker compares with those of a quote; a joint statement belongs to each."""
    if not (claimed or "").strip():
        return SpeakerMatch.NOT_ASKED
    names = [each.name for each in (quote.speaker, *quote.speakers) if each.name]
    if not names:
        return SpeakerMatch.UNKNOWN
    found = {people.likeness(claimed or "", name) for name in names}
    if Likeness.SAME in found:
        return SpeakerMatch.SAME
    if Likeness.VARIANT in found:
        return SpeakerMatch.VARIANT
    unsure = any(is_unsure(claimed or "", name) and not people.are_separated(claimed or "", name) for name in names)
    return SpeakerMatch.UNKNOWN if unsure else SpeakerMatch.OTHER


def is_sure(quote: Quote) -> bool:
    """Whether the archive is sure whose words they are."""
    by_person = quote.review in {Review.CONFIRMED, Review.CORRECTED}
    return by_person or (quote.speaker.confidence or 0.0) >= SURE


_VERDICTS = list(Verdict)
_SPEAKERS = list(SpeakerMatch)


def _rank(match: Match) -> tuple[int, int, float, str, str]:
    quote, entry = match.entry.quote, match.entry
    altered = bool(match.reasons) and match.verdict in {Verdict.OTHER_SPEAKER, Verdict.SPEAKER_UNKNOWN}
    return (
        _VERDICTS.index(match.verdict) + (len(_VERDICTS) if altered else 0),
        _SPEAKERS.index(match.speaker),
        -match.similarity,
        entry.published or entry.captured_at.isoformat(),
        quote.id or "",
    )


def _splices(claim: Claim, entries: Sequence[Entry], people: JoinedPeople) -> list[Match]:
    """Pairs of quotes of one speaker that the claim was joined from: one contains its beginning, the other the rest.

    A quote that has all of the words by itself is half of nothing: something was left out of it, or put in.
    """
    claimed = claimed_wording(claim.text, claim.language)
    halves = [(entry, align(said_wording(entry.quote.text, claim.language), claimed)) for entry in entries]
    halves = [(entry, lay) for entry, lay in halves if lay.coverage < MIN_SPLICE]
    heads = [(entry, run) for entry, lay in halves if (run := _longest_run(lay)) and run.claimed == 0]
    tails = [(entry, run) for entry, lay in halves if (run := _longest_run(lay))]
    for head, first in heads:
        for tail, second in tails:
            if tail.quote is head.quote or not _joined(claimed, first, second) or not _one_voice(head, tail, people):
                continue
            return [_spliced(claim, claimed, (head, first), (tail, second), people)]
    return []


def _longest_run(alignment: Alignment) -> MatchingRun | None:
    longest = max(alignment.blocks, key=lambda block: block.size, default=None)
    return longest if longest and longest.size >= MIN_RUN else None


def _joined(claimed: Wording, first: MatchingRun, second: MatchingRun) -> bool:
    """Whether two runs of a claim are side by side and hold it nearly whole."""
    overlap = max(0, first.claimed + first.size - second.claimed)
    if second.claimed <= first.claimed or second.size - overlap < MIN_RUN:
        return False
    return (first.size + second.size - overlap) / len(claimed.words) >= MIN_SPLICE


def _one_voice(one: Entry, other: Entry, people: JoinedPeople) -> bool:
    first, second = one.quote.speaker.name, other.quote.speaker.name
    return bool(first and second) and people.likeness(first or "", second or "") is Likeness.SAME


def _spliced(
    claim: Claim,
    claimed: Wording,
    head: tuple[Entry, MatchingRun],
    tail: tuple[Entry, MatchingRun],
    people: JoinedPeople,
) -> Match:
    """The match with the first of two statements; the difference shows what was put after it."""
    entry, block = head
    lay = Alignment(said=said_wording(entry.quote.text, claim.language), claimed=claimed, blocks=(block,))
    reasons = in_order((Difference.SPLICED,))
    comparison = Comparison(
        verdict=Verdict.ALTERED,
        reasons=reasons,
        similarity=round((block.size + tail[1].size) / max(1, len(claimed.words)), 3),
        share=round(block.size / max(1, len(lay.said.words)), 3),
        diff=pieces(lay),
    )
    return _judged(claim, entry, replace(comparison, similarity=min(1.0, comparison.similarity)), people)
