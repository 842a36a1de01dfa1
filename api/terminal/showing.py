"""What a search found, and what one quote or snapshot holds."""

from __future__ import annotations

from typing import Any

from api.console import out, safe, say
from api.terminal.wording import counted
from archiver.records import Entry, Page, Relation


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
