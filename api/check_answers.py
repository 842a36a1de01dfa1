"""Answers that compare words, as plain JSON values: checks, statements, histories, two captures side by side."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from api.answers import Document, quote_answer, searched_answer, snapshot_answer
from api.links import Links
from archiver.checks.check import Match
from archiver.checks.comparison import Piece
from archiver.checks.report import CheckReport, note
from archiver.history.differences import PageDifference
from archiver.history.edits import Edit, Edits
from archiver.history.observations import Observation, Presence
from archiver.people.person import QuotedPerson
from archiver.records import Quote, Relation, Searched, SnapshotEntry, SpeakerDecision
from archiver.statements.occurrences import Occurrence, Statement
from archiver.values import to_plain

CSV_COLUMNS = ("text", "speaker", "verdict", "reasons", "similarity", "quote", "said", "said_by", "outlet", "published")
"""What a table of checks has."""

Rows = Mapping[str, SnapshotEntry]


def check_answer(report: CheckReport, rows: Rows, links: Links) -> Document:
    """What the archive says about a claim. `rows` are the snapshots of its matches."""
    found = report.in_text
    return {
        "claim": {"text": report.claim.text, "speaker": report.claim.speaker},
        "verdict": report.verdict,
        "reasons": list(report.reasons),
        "matches": [
            _match(match, rows[match.entry.snapshot_id], links)
            for match in report.matches
            if match.entry.snapshot_id in rows
        ],
        "in_text": {"snapshot": snapshot_answer(found.snapshot, links), "sentence": found.sentence} if found else None,
        "searched": searched_answer(report.searched),
        "note": note(report),
    }


def _match(match: Match, row: SnapshotEntry, links: Links) -> Document:
    return {
        "quote": quote_answer(match.entry, row, links),
        "verdict": match.verdict,
        "reasons": list(match.reasons),
        "similarity": match.similarity,
        "share": match.share,
        "speaker": match.speaker,
        "diff": diff_answer(match.diff),
    }


def report_answer(checks: Sequence[Document], searched: Searched) -> Document:
    """Checks every quote of a text against the archive."""
    counts = Counter(str(check["verdict"]) for check in checks)
    return {"items": list(checks), "counts": dict(sorted(counts.items())), "searched": searched_answer(searched)}


def diff_answer(pieces: Iterable[Piece]) -> list[Document]:
    """A difference, stretch by stretch."""
    return [{"op": piece.op, "said": piece.said, "claimed": piece.claimed} for piece in pieces]


def statement_answer(statement: Statement, links: Links) -> Document:
    """A statement."""
    return {
        "id": statement.id,
        "text": statement.text,
        "speaker": to_plain(statement.speaker),
        "first_said": statement.first_said,
        "latest_said": statement.latest_said,
        "first_published": statement.first_published,
        "latest_published": statement.latest_published,
        "outlets": list(statement.outlets),
        "variants": [
            {"id": each.id, "text": each.text, "diff": diff_answer(each.diff), "quotes": list(each.quotes)}
            for each in statement.variants
        ],
        "total": _total(len(statement.cluster.members), whole=statement.cluster.whole),
        "links": {"self": links.statement(statement.id), "page": links.statement_page(statement.id)},
    }


def _total(count: int, *, whole: bool) -> Document:
    return {"value": count, "relation": Relation.EXACT if whole else Relation.AT_LEAST}


def occurrences_answer(statement: Statement, found: Iterable[Occurrence], rows: Rows, links: Links) -> Document:
    """All printings of a statement, oldest first."""
    return {
        "statement": statement.id,
        "items": [
            {
                "quote": quote_answer(each.entry, rows[each.entry.snapshot_id], links),
                "diff": diff_answer(each.diff),
                "syndicated_from": each.copy_of,
            }
            for each in found
            if each.entry.snapshot_id in rows
        ],
        "total": _total(len(statement.cluster.members), whole=statement.cluster.whole),
    }


OBSERVED = {
    Presence.PRESENT: "present",
    Presence.CHANGED: "printed in other words",
    Presence.ABSENT: "absent",
    Presence.UNREADABLE: "not readable: no article was read from this capture",
}


def history_answer(quote_id: str, found: Iterable[Observation], links: Links) -> Document:
    """A quote through the captures of its page."""
    return {
        "quote": quote_id,
        "items": [
            {
                "snapshot": snapshot_answer(each.capture, links),
                "state": each.presence,
                "text": each.quote.text if each.quote else None,
                "diff": diff_answer(each.diff),
                "observed": observed(each),
            }
            for each in found
        ],
    }


def observed(observation: Observation) -> str:
    """An observation in words: «present on 2026-03-03»."""
    day = observation.capture.snapshot.captured_at.date().isoformat()
    return (
        f"{OBSERVED[observation.presence]} on {day}"
        if observation.presence is not Presence.UNREADABLE
        else (f"{OBSERVED[observation.presence]} ({day})")
    )


def difference_answer(url: str, found: PageDifference, links: Links) -> Document:
    """Two captures of a page side by side."""
    return {
        "url": url,
        "before": snapshot_answer(found.before, links),
        "after": snapshot_answer(found.after, links),
        "state": found.state,
        "text": [{"op": piece.op, "before": piece.said, "after": piece.claimed} for piece in found.text],
        "quotes": {
            "added": [_quoted(quote) for quote in found.added],
            "changed": [
                {
                    "before": each.before.text,
                    "after": each.after.text,
                    "speaker": each.after.speaker.name,
                    "diff": diff_answer(each.diff),
                }
                for each in found.changed
            ],
            "absent": [_quoted(quote) for quote in found.absent],
        },
    }


def _quoted(quote: Quote) -> Document:
    return {"id": quote.id, "text": quote.text, "speaker": quote.speaker.name}


def changes_answer(found: Edits, links: Links, following: str | None) -> Document:
    """Edits over the archive, newest first."""
    return {"items": [_change(edit, links) for edit in found.edits], "next": following}


def _change(edit: Edit, links: Links) -> Document:
    before, after = edit.before.snapshot, edit.after.snapshot
    return {
        "url": after.url,
        "title": edit.after.title,
        "before": snapshot_answer(edit.before, links),
        "after": snapshot_answer(edit.after, links),
        "diff": links.diff(after.url, before.id, after.id),
    }


def person_answer(person: QuotedPerson, attributes: Mapping[str, str], links: Links) -> Document:
    """A person who is quoted."""
    return {
        "id": person.id,
        "name": person.name,
        "spellings": list(person.spellings),
        "roles": [
            {"role": each.role, "first": each.first, "latest": each.latest, "quotes": each.quotes}
            for each in person.roles
        ],
        "outlets": list(person.outlets),
        "first": person.first,
        "latest": person.latest,
        "months": [{"month": month, "quotes": count} for month, count in person.months],
        "total": {"value": person.total.value, "relation": person.total.relation},
        "attributes": dict(attributes),
        "links": {
            "self": links.speaker(person.id),
            "page": links.speaker_page(person.id),
            "decisions": links.speaker_decisions(person.id),
        },
    }


def speaker_decision_answer(decision: SpeakerDecision) -> Document:
    """What a person decided about speakers."""
    return {**to_plain(decision), "by": decision.by or None}


def checks_csv(checks: list[Document]) -> str:
    """Checks as CSV (RFC 4180), a row each; a cell that a spreadsheet would run is made text by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for check in checks:
        best = check["matches"][0] if check["matches"] else None
        quote = best["quote"] if best else None
        row = (
            check["claim"]["text"],
            check["claim"]["speaker"] or "",
            check["verdict"],
            " ".join(check["reasons"]),
            best["similarity"] if best else "",
            quote["links"]["page"] if quote else "",
            quote["text"] if quote else "",
            (quote["speaker"]["name"] or "") if quote else "",
            (quote["article"]["outlet"] or "") if quote else "",
            (quote["article"]["published"]["value"] or "") if quote else "",
        )
        writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
