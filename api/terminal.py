"""What the verbs say: results on stdout, talk and progress on stderr, everything safe to show in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from api.console import out, safe, say
from archiver.records import (
    PAYLOAD_DIFFERS,
    Entry,
    ExtractionState,
    Page,
    Reason,
    Relation,
    SnapshotEntry,
    SpeakerAct,
)

if TYPE_CHECKING:
    from datetime import datetime

    from api.keys import Key
    from archiver.archive import Kept, Outcome, Rebuilt
    from archiver.ingest.scan import ScanReport
    from archiver.ingest.store import Broken
    from archiver.signing.ledger import PublicKey
    from archiver.verification.findings import Finding
    from archiver.verification.values import CheckResult, Verification
    from archiver.warcs.files import Recovered
    from archiver.warcs.reader import Damage

REASONS = {
    Reason.HTTP_ERROR: "the server answered with an error",
    Reason.BLOCKED_PAGE: "block page",
    Reason.NOT_HTML: "not an HTML page",
    Reason.NO_ARTICLE: "no article on the page",
    Reason.HOME_PAGE: "a home page, not an article",
    Reason.SECTION_PAGE: "a list of stories, not an article",
    Reason.SEARCH_PAGE: "a page of search results",
    Reason.AUTHOR_PAGE: "an author's page, not an article",
    Reason.LOGIN_PAGE: "a login page",
    Reason.VIDEO_PAGE: "a video with no text",
    Reason.FORM_PAGE: "a form",
    Reason.SOFT_404: "the page says that there is nothing here",
    Reason.COOKIE_WALL: "a cookie wall in front of the article",
    Reason.GEO_BLOCK: "not shown in this part of the world",
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
AROUND = 80
"""Characters of what is equal that are shown on either side of a change."""


def counted(count: int, noun: str) -> str:
    """`1 quote`, `2 quotes`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def print_outcome(outcome: Outcome, name: str) -> None:
    """What became of one URL or file."""
    if outcome.already and outcome.file_digest is not None and not outcome.damage:
        out(f"already in the archive: {safe(name)} · {counted(len(outcome.kept), 'snapshot')}")
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
    reason = REASONS[extraction.reason]
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


def print_page(page: Page[Entry], base_url: str) -> None:
    """Search results for a person, and what was searched."""
    for entry in page.entries:
        out(entry_lines(entry, base_url))
    at_least = "at least " if page.total.relation is Relation.AT_LEAST else ""
    shown = f", the first {len(page.entries):,} shown" if page.next else ""
    say(f"{at_least}{counted(page.total.value, 'quote')}{shown} · searched {coverage(page)}")
    for name, facet in page.facets.items():
        rows = ", ".join(f"{safe(bucket.value)} {bucket.count:,}" for bucket in facet.buckets)
        say(f"{name}: {rows}" + (f", others {facet.others:,}" if facet.others else ""))


def coverage(page: Page[Any]) -> str:
    """What the index covers, in words."""
    searched = page.searched
    days = f", published {searched.published_from} to {searched.published_to}" if searched.published_from else ""
    return f"{counted(searched.quotes, 'quote')} of {counted(searched.snapshots, 'snapshot')}{days}"


def speaker_line(name: str | None, printed: str | None, role: str | None) -> str:
    """Who spoke, honestly: the name, else what is printed, else that nobody is named."""
    if name:
        return f"{name}, {role}" if role else name
    return f"unnamed: “{printed}”" if printed else "nobody named"


def entry_lines(entry: Entry, base_url: str) -> str:
    """A quote in three lines: the words, who and when and where, and the page to open."""
    quote = entry.quote
    who = speaker_line(quote.speaker.name, quote.speaker.printed, quote.speaker.role)
    published = f"published {entry.published[:10]}" if entry.published else "undated"
    day = f"said {quote.said_on.value}" if quote.said_on.value else published
    lines = [
        f"“{quote.text}”",
        f"  {who} · {day} · {entry.outlet or entry.site}",
        f"  {base_url}/quotes/{quote.id}",
        "",
    ]
    return "\n".join(safe(line) for line in lines)


def print_document(document: dict[str, Any]) -> None:
    """A quote or a snapshot, as `show` prints it."""
    lines = _quote_lines(document) if "spans" in document else _snapshot_lines(document)
    out("\n".join(safe(line) for line in lines if line) + "\n")


def _quote_lines(quote: dict[str, Any]) -> list[str]:
    speaker, said, article, snapshot = quote["speaker"], quote["said_on"], quote["article"], quote["snapshot"]
    when = f"{said['value']} ({said['basis']}: “{said['printed']}”)" if said["value"] else "the article does not say"
    by = f" by {quote['superseded_by']}" if quote["superseded_by"] else ""
    steps = [
        f"  {step['step']}: {step['rule']}" + (f" “{step['printed']}”" if step["printed"] else "")
        for step in quote["trail"]
    ]
    return [
        f"“{quote['text']}”",
        f"{quote['id']} · {quote['kind']} · {quote['state']}{by}",
        f"who    {speaker_line(speaker['name'], speaker['printed'], speaker['role'])}",
        f"said   {when}",
        f"in     {article['title']} · {_outlet_and_day(article)}",
        "why",
        *steps,
        f"proof  {snapshot['id']} · {snapshot['captured_at']} · {snapshot['payload_digest']}",
        f"       {snapshot['locator']['warc']} at byte {snapshot['locator']['offset']}",
        f"page   {quote['links']['page']}",
        f"record {quote['links']['record']}",
    ]


def _snapshot_lines(snapshot: dict[str, Any]) -> list[str]:
    article, extraction, locator = snapshot["article"], snapshot["extraction"], snapshot["locator"]
    reason = f" ({extraction['reason']})" if extraction["reason"] else ""
    return [
        article["title"] or snapshot["url"],
        f"{snapshot['id']} · {snapshot['origin']} {snapshot['captured_at']} · status {snapshot['status']}",
        f"url    {snapshot['url']}",
        f"in     {_outlet_and_day(article)}",
        f"added  {added['at']} by {added['by']}" if (added := snapshot["added"])["by"] else "",
        f"read   {extraction['state']}{reason} · {counted(extraction['quotes'], 'quote')} · {extraction['extractor']}",
        f"proof  {snapshot['payload_digest']}",
        f"       {locator['warc']} at byte {locator['offset']}",
        f"page   {snapshot['links']['page']}",
        f"record {snapshot['links']['record']}",
    ]


def _outlet_and_day(article: dict[str, Any]) -> str:
    return f"{article['outlet'] or article['site']} · {article['published']['value'] or 'undated'}"


def verification_lines(found: Verification) -> Iterator[str]:
    """What `verify ID` says: a line for each link, and the weakest."""
    for check in found.checks:
        yield safe(f"{_words(check.result):12} {check.check:16} {check.detail}")
    yield f"overall: {_words(found.overall)}"


def _words(result: CheckResult) -> str:
    return result.replace("_", " ")


def signing_key_line(key: PublicKey) -> str:
    """One of the archive's signing keys."""
    return f"{key.id}  ECDSA P-384  since {key.at}  {key.public_key}"


def finding_line(finding: Finding) -> str:
    """One finding of `verify`."""
    where = finding.file + (f" at byte {finding.offset:,}" if finding.offset is not None else "")
    record = f" · {finding.record_id}" if finding.record_id else ""
    return safe(f"{'sound' if finding.ok else 'DAMAGED'} {where}{record}: {finding.what}")


def finding_json(finding: Finding) -> dict[str, Any]:
    """The same as a JSON object."""
    return {
        "file": finding.file,
        "offset": finding.offset,
        "record_id": finding.record_id,
        "what": finding.what,
        "ok": finding.ok,
    }


def broken_line(broken: Broken) -> str:
    """A stored assertion that could not be read, and what is kept from being done with it."""
    return (
        f"{broken.warc}: cannot be read at byte {broken.offset:,}: {broken.what}. Nothing was written in its place: put"
        " the file back from a backup and run rebuild again, or run reextract on the failed snapshots"
    )


def rebuilt_line(rebuilt: Rebuilt) -> str:
    """What a rebuild took in."""
    return f"rebuilt: {counted(rebuilt.snapshots, 'snapshot')}, {counted(rebuilt.quotes, 'quote')}"


def reextracted_line(rebuilt: Rebuilt) -> str:
    """What a re-extraction read."""
    return f"read again: {counted(rebuilt.snapshots, 'snapshot')}, {counted(rebuilt.quotes, 'quote')}"


def recovered_line(found: Recovered) -> str:
    """What was found of a process that was ended in the middle of writing."""
    if not found.torn:
        return f"{found.warc}: closed; an earlier run ended before closing it"
    return f"{found.warc}: {found.torn:,} bytes of an interrupted write were moved to {found.aside}; the rest is intact"


def key_line(key: Key, used: datetime | None = None) -> str:
    """A key without its secret; `used` is its last use, where that is known."""
    end = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else None
    end = end or (f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "without end")
    last = f" · last used {used:%Y-%m-%d %H:%M} UTC" if used else ""
    return safe(f"{key.id} · {key.name} · {key.scope} · made {key.made_at:%Y-%m-%d}{last} · {end}")


VERDICTS = {
    "exact": "said, word for word",
    "normalised": "said; only marks, case or spaces differ",
    "partial": "a part of what was said",
    "altered": "not what was said",
    "other_speaker": "said, but by somebody else",
    "speaker_unknown": "said, but the archive is not sure by whom",
    "in_text": "in an article, not attributed to anybody",
    "not_found": "not found",
}


def print_occurrences(document: Mapping[str, Any]) -> None:
    """Where a quote's statement is printed, oldest first, each with its difference."""
    total = document["total"]["value"]
    out(f"{counted(total, 'printing')} · statement {document['statement']}")
    for item in document["items"]:
        quote = item["quote"]
        article = quote["article"]
        day = (article["published"]["value"] or quote["snapshot"]["captured_at"])[:10]
        out(safe(f"{day} · {article['outlet'] or article['site']} · captured {quote['snapshot']['captured_at'][:10]}"))
        out(safe(f"  “{difference(item['diff']) or quote['text']}”"))
        if item["syndicated_from"]:
            out(f"  nearly the same article as {item['syndicated_from']}")
        out(f"  {quote['links']['page']}")


def print_history(document: Mapping[str, Any]) -> None:
    """A quote through the captures of its page: observations, and no more than that."""
    for item in document["items"]:
        out(safe(f"{item['observed']} · {item['snapshot']['id']}"))
        if item["diff"]:
            out(safe(f"  “{difference(item['diff'])}”"))
    out("words that are absent from a capture need not have been deleted")


def _shortened(text: str, op: str) -> str:
    """Words around a change; of a long stretch that is equal, its two ends."""
    return f"{text[:AROUND]} … {text[-AROUND:]}" if op == "equal" and len(text) > 3 * AROUND else text


def print_difference(document: Mapping[str, Any]) -> None:
    """Two captures of a page: what differs in the article, and in its quotes."""
    before, after = document["before"], document["after"]
    held = (f"{each['id']} ({each['captured_at'][:10]})" for each in (before, after))
    out(safe(f"{document['state']} · {' → '.join(held)}"))
    pieces = [
        {"op": each["op"], "said": each["before"], "claimed": _shortened(each["after"], each["op"])}
        for each in document["text"]
    ]
    if any(each["op"] != "equal" for each in pieces):
        out(safe(difference(pieces)))
    for name in ("added", "absent"):
        for quote in document["quotes"][name]:
            out(safe(f"{name}: “{quote['text']}” {quote['speaker'] or 'nobody named'}"))
    for each in document["quotes"]["changed"]:
        out(safe(f"changed: “{difference(each['diff'])}” {each['speaker'] or 'nobody named'}"))


def print_person(document: Mapping[str, Any]) -> None:
    """A person: spellings, roles, outlets, months, and what people decided."""
    total = document["total"]
    more = "+" if total["relation"] == Relation.AT_LEAST else ""
    days = f" · {document['first']} to {document['latest']}" if document["first"] else ""
    out(safe(f"{document['name']} · {document['id']}"))
    out(safe(f"  {total['value']:,}{more} quotes{days}"))
    out(safe(f"  spellings: {' · '.join(document['spellings'])}"))
    for role in document["roles"]:
        held = f" ({role['first']} to {role['latest']})" if role["first"] else ""
        out(safe(f"  role: {role['role']}{held}"))
    out(safe(f"  outlets: {', '.join(document['outlets'])}"))
    for column, value in document["attributes"].items():
        if value:
            out(safe(f"  {column}: {value} (your own table)"))
    for month in document["months"]:
        out(f"  {month['month']}  {month['quotes']:,}")
    for each in document["decisions"]:
        names, others = " · ".join(each["names"]), " · ".join(each["others"])
        what = f"joined {names} with {others}" if each["act"] == SpeakerAct.JOIN else f"separated {names} from {others}"
        out(safe(f"  {each['at'][:10]} {each['by'] or each['role']} {what}: {each['reason']}"))


def print_check(document: Mapping[str, Any]) -> None:
    """A check for people: the verdict, the difference, whose words, and where they are."""
    why = f" ({', '.join(document['reasons']).replace('_', ' ')})" if document["reasons"] else ""
    out(safe(f"“{document['claim']['text']}”"))
    out(f"  {VERDICTS[document['verdict']]}{why}")
    for match in document["matches"]:
        quote = match["quote"]
        near = "nearest: " if match["verdict"] == "not_found" else ""
        out(safe(f"  {near}“{difference(match['diff']) or quote['text']}”"))
        article = quote["article"]
        day = (article["published"]["value"] or quote["snapshot"]["captured_at"])[:10]
        out(safe(f"    {quote['speaker']['name'] or 'nobody named'} · {article['outlet'] or article['site']} · {day}"))
        out(f"    {quote['links']['page']}")
    if document["in_text"]:
        out(safe(f"  {document['in_text']['sentence']}"))
        out(f"    {document['in_text']['snapshot']['links']['page']}")
    out(f"  {document['note']}")


def difference(pieces: Iterable[Mapping[str, str]]) -> str:
    """A difference as text: [-what was said-] {+what is claimed instead+}."""
    parts = []
    for piece in pieces:
        if piece["op"] == "equal":
            parts.append(piece["claimed"])
            continue
        parts += [f"[-{piece['said']}-]"] if piece["said"] else []
        parts += [f"{{+{piece['claimed']}+}}"] if piece["claimed"] else []
    return " ".join(parts)
