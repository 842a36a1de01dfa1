"""What became of URLs and files, and of what an earlier run left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from api.console import out, safe, say
from api.terminal.wording import counted
from archiver.records import PAYLOAD_DIFFERS, ExtractionState, Reason, SnapshotEntry

if TYPE_CHECKING:
    from archiver.archive import Kept, Outcome, Rebuilt
    from archiver.ingest.scan import ScanReport
    from archiver.ingest.store import BrokenAssertion
    from archiver.warcs.files import Recovered
    from archiver.warcs.reader import Damage

REASONS = {
    Reason.HTTP_ERROR: "the answer's status is not 200",
    Reason.BLOCKED_PAGE: "block page",
    Reason.NOT_HTML: "not an HTML page",
    Reason.NO_ARTICLE: "no article on the page",
    Reason.HOME_PAGE: "a home page, not an article",
    Reason.SECTION_PAGE: "a list of stories, not an article",
    Reason.SEARCH_PAGE: "a page of search results",
    Reason.AUTHOR_PAGE: "an author's page, not an article",
    Reason.LOGIN_PAGE: "a login page",
    Reason.VIDEO_PAGE: "a video without text",
    Reason.FORM_PAGE: "a form",
    Reason.SOFT_404: "a “not found” page",
    Reason.COOKIE_WALL: "a cookie wall in front of the article",
    Reason.GEO_BLOCK: "not shown in this country",
    Reason.NEEDS_SCRIPT: "shows nothing without JavaScript",
    Reason.PAYWALL: "the rest is behind a paywall",
    Reason.ERROR: "the page shows an error",
    Reason.NO_LANGUAGE_PACK: "no language pack, so no speakers",
    Reason.TIME: "reading it took too long",
    Reason.MEMORY: "reading it took too much memory",
    Reason.NO_ORIGINAL: "it repeats a page that is not in the archive",
    Reason.DEPTH: "nested too deeply to be read completely",
}


REDIRECTS = range(300, 400)


def print_outcome(outcome: Outcome, name: str) -> None:
    """What became of one URL or file."""
    if outcome.already and outcome.report is not None:
        out(f"already in the archive: {safe(name)} · {counted(outcome.report.already, 'snapshot')}")
    elif outcome.file_digest is not None:
        _print_file(outcome, name)
    else:
        for kept in outcome.kept:
            out(kept_line(kept))
    for piece in outcome.damage:
        say(f"{name}: {_damage(piece)}")
    if outcome.problem:
        say(outcome.problem.message)
    if not outcome.indexed:
        say("kept, but not yet indexed: the next capture, add or serve indexes it")


def _damage(piece: Damage) -> str:
    """Where a file is damaged, in which member of a package, and how."""
    if not piece.length:
        return piece.what
    where = f"byte {piece.offset:,}"
    if piece.member is not None and piece.within is not None:
        where = f"byte {piece.within:,} of {piece.member} (byte {piece.offset:,} of the package)"
    return f"damaged at {where}, {piece.length:,} bytes: {piece.what}"


def _print_file(outcome: Outcome, name: str) -> None:
    found = _found(sum(kept.quotes for kept in outcome.kept), sum(kept.named for kept in outcome.kept))
    out(f"added {safe(name)} · {counted(len(outcome.kept), 'snapshot')} · {found}")
    if cut := sum(kept.snapshot.truncated is not None for kept in outcome.kept):
        out(f"  {counted(cut, 'snapshot')} cut short")
    if outcome.report is not None:
        for line in report_lines(outcome.report):
            out(f"  {safe(line)}")


def report_lines(report: ScanReport) -> Iterator[str]:
    """What reading a file noticed, a line for each reason."""
    if report.already:
        yield f"{counted(report.already, 'snapshot')} already in the archive, from another file"
    for kind in sorted({kind for kind, _ in report.skipped}):
        reasons = sorted((why, count) for (skipped, why), count in report.skipped.items() if skipped == kind)
        count = sum(count for _, count in reasons)
        yield f"{counted(count, f'{kind} record')} skipped: {', '.join(why for why, _ in reasons)}"
    if report.unresolved:
        yield f"{counted(report.unresolved, 'revisit')} unresolved: the records referred to are not in the archive"
    if report.resolved:
        yield f"{counted(report.resolved, 'revisit')} of earlier files resolved"
    doubtful = report.quirks.get(PAYLOAD_DIFFERS, 0)
    if doubtful:
        yield f"{counted(doubtful, 'record')} kept, marked: {PAYLOAD_DIFFERS}"
    passed = [f"{counted(count, f'{kind} record')}" for kind, count in sorted(report.passed_over.items())]
    if passed:
        yield f"not snapshots: {', '.join(passed)}"
    tolerated = [f"{what} ({count:,})" for what, count in sorted(report.quirks.items()) if what != PAYLOAD_DIFFERS]
    if tolerated:
        yield f"tolerated: {', '.join(tolerated)}"
    yield from report.remarks


def _found(quotes: int, named: int) -> str:
    return counted(quotes, "quote") + (f" ({named:,} named)" if quotes else "")


def kept_line(kept: Kept) -> str:
    """One line about one snapshot: its id and what was found, or why nothing was."""
    snapshot, extraction = kept.snapshot, kept.extraction
    cut = f" · cut short ({snapshot.truncated})" if snapshot.truncated else ""
    if snapshot.status in REDIRECTS:
        return f"kept {snapshot.id} · redirect ({snapshot.status}) from {safe(snapshot.url)}{cut}"
    if kept.fresh:
        return f"fresh {snapshot.id} · captured {snapshot.captured_at:%Y-%m-%d %H:%M} UTC, nothing fetched{cut}"
    if extraction is None:
        return f"kept {snapshot.id} · not yet read{cut}"
    if kept.quotes:
        return f"kept {snapshot.id} · {_found(kept.quotes, kept.named)}{cut}"
    return f"kept {snapshot.id}, {_why_no_quotes(kept)}{cut}"


def _why_no_quotes(kept: Kept) -> str:
    extraction = kept.extraction
    if extraction is None or extraction.reason is None:
        return "no quotes: none on the page"
    reason = "internal error; see the log" if extraction.is_fault else REASONS[extraction.reason]
    if extraction.reason in {Reason.HTTP_ERROR, Reason.BLOCKED_PAGE}:
        reason = f"{reason} ({kept.snapshot.status})"
    if extraction.reason is Reason.BLOCKED_PAGE:
        return f"no quotes: {reason}. Save it in your browser, then: onrecord add page.wacz"
    if extraction.state is ExtractionState.LIMITED:
        return f"no quotes found, but not all was read: {reason}"
    return f"no quotes: {reason}"


def outcome_json(outcome: Outcome, about: dict[str, str], held: Mapping[str, SnapshotEntry]) -> dict[str, Any]:
    """`{"url" | "file", "snapshots": [ids], "quotes": n}`, with `"problem"` if there is one.

    `held` has the rows of snapshots that were there already.
    """
    quotes = sum(kept.quotes for kept in outcome.kept) + sum(row.quote_count for row in held.values())
    document: dict[str, Any] = {**about, "snapshots": [kept.snapshot.id for kept in outcome.kept], "quotes": quotes}
    problems = [outcome.problem.message] if outcome.problem else []
    problems += [_damage(piece) for piece in outcome.damage]
    if not outcome.indexed:
        problems.append("kept, not yet indexed")
    if problems:
        document["problem"] = "; ".join(problems)
    return document


def broken_line(broken: BrokenAssertion) -> str:
    """A stored assertion that could not be read, and what is kept from being done with it."""
    return (
        f"{broken.warc}: cannot be read at byte {broken.offset:,}: {broken.what}. Nothing was written in its place: put"
        " the file back from a backup and run rebuild again, or run reextract on the failed snapshots"
    )


def rebuilt_line(rebuilt: Rebuilt) -> str:
    """What a rebuild indexed."""
    return f"rebuilt: {counted(rebuilt.snapshots, 'snapshot')}, {counted(rebuilt.quotes, 'quote')}"


def reextracted_line(rebuilt: Rebuilt) -> str:
    """What a re-extraction read."""
    return f"read again: {counted(rebuilt.snapshots, 'snapshot')}, {counted(rebuilt.quotes, 'quote')}"


def recovered_line(found: Recovered) -> str:
    """What was found of a process that was ended in the middle of writing."""
    if not found.torn:
        return f"{found.warc}: closed; an earlier run ended before closing it"
    return f"{found.warc}: {found.torn:,} bytes of an interrupted write were moved to {found.aside}; the rest is intact"
