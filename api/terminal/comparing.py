"""Claims beside quotes, printings and captures beside each other, a person's spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.console import out, safe
from api.terminal.wording import counted
from archiver.records import Relation, SpeakerAct

AROUND = 80
"""Characters of what is equal that are shown on either side of a change."""


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
