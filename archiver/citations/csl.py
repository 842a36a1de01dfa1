"""CSL-JSON: the article as reference managers and citeproc know it, with the archived copy and our sentence."""

from __future__ import annotations

from typing import Any

from archiver.citations.names import Name, name_of
from archiver.citations.sentences import sentence
from archiver.citations.works import Work

MEDIA_TYPE = "application/vnd.citationstyles.csl+json"
ARCHIVE = "On Record"


def item(work: Work) -> dict[str, Any]:
    """One item. What the page does not say is left out, as CSL-JSON does."""
    captured = work.captured_at
    found: dict[str, Any] = {
        "id": work.addresses.page,
        "type": "article-newspaper",
        "title": work.title,
        "author": [_author(name_of(author, work.row.language)) for author in work.authors],
        "container-title": work.outlet,
        "issued": {"date-parts": [list(work.published)]} if work.published else None,
        "URL": work.url,
        "accessed": {"date-parts": [[captured.year, captured.month, captured.day]]},
        "language": work.row.language,
        "archive": ARCHIVE,
        "archive_location": work.addresses.memento,
        "note": sentence(work),
    }
    return {name: value for name, value in found.items() if value}


def _author(name: Name) -> dict[str, str]:
    if name.given is None:
        return {"literal": name.family}
    return {"family": name.family, "given": name.given} | ({"suffix": name.suffix} if name.suffix else {})
