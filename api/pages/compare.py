"""Pages that put words beside words: checks, statements, a quote's history, two captures, edits, people."""

from __future__ import annotations

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current
from api.pages import strings
from api.pages.frame import blueprint, keep, render
from api.pages.passages import results
from api.replies import following_link, page_reply
from archiver.checks.alignment import Operation
from archiver.checks.check import Claim
from archiver.checks.report import CheckReport
from archiver.checks.texts import PLAIN
from archiver.errors import BadQuery, NotFound
from archiver.history.choice import FIRST, LATEST
from archiver.people.decide import SpeakerWish
from archiver.records import Days, Query
from archiver.speakers.keys import person_id

NEWEST = 10
"""Quotes on the page of a person."""
MAX_WHOLE = 8 << 20
"""Bytes of a text that the form takes."""


@blueprint.get("/check")
def check() -> Response:
    """A form for words and a speaker, and what the archive says about them."""
    given = {name.replace(".", "_"): value.strip() for name, value in request.args.items()}
    if not given.get("text"):
        return _check_page(given, [])
    claim = Claim(
        text=given["text"],
        speaker=given.get("speaker") or None,
        published=Days(start=given.get("published_from") or None, end=given.get("published_to") or None),
        language=given.get("language") or None,
    )
    try:
        return _check_page(given, [current.archive().comparisons.check(claim)])
    except BadQuery as error:
        return _check_page(given, [], {"text": f"{error.what}. {error.remedy or ''}".strip()}, status=400)


@blueprint.post("/check")
def check_text() -> Response:
    """What the archive says about every quote of a text. A read: nothing of it is stored."""
    request.max_content_length = MAX_WHOLE
    request.max_form_memory_size = MAX_WHOLE
    whole = request.form.get("whole", "")
    reports = (
        list(current.archive().comparisons.check_text(whole.encode("utf-8", "replace"), PLAIN)) if whole.strip() else []
    )
    return _check_page({}, reports, whole=whole)


def _check_page(
    given: dict[str, str],
    reports: list[CheckReport],
    errors: dict[str, str] | None = None,
    *,
    whole: str = "",
    status: int = 200,
) -> Response:
    html = render(
        "check.html", given=given, reports=reports, errors=errors or {}, whole=whole, chosen=strings.is_chosen()
    )
    return page_reply(html, status)


@blueprint.get("/statements/<statement_id>")
def statement(statement_id: str) -> Response:
    """The same words by the same speaker, wherever they are printed."""
    archive = current.archive()
    found = archive.comparisons.statement(statement_id)
    _, printings = archive.comparisons.occurrences(found.cluster.members[0].quote.id or "")
    longest = next(each for each in found.cluster.members if each.quote.text == found.text)
    differing = [each for each in found.variants if any(piece.op is not Operation.EQUAL for piece in each.diff)]
    html = render("statement.html", statement=found, printings=printings, longest=longest, differing=differing)
    return page_reply(html)


@blueprint.get("/quotes/<quote_id>/history")
def history(quote_id: str) -> Response:
    """A quote through the captures of its page."""
    archive = current.archive()
    entry, found = archive.quote(quote_id), archive.comparisons.history(quote_id)
    return page_reply(render("history.html", entry=entry, observations=found))


@blueprint.get("/diff")
def diff() -> Response:
    """Two captures of a page side by side: the first and the latest unless others are named."""
    url = request.args.get("url", "").strip()
    found = current.archive().comparisons.difference(
        url, request.args.get("from", FIRST), request.args.get("to", LATEST)
    )
    return page_reply(render("diff.html", url=url, found=found))


@blueprint.get("/changes")
def changes() -> Response:
    """The captures in which an article differs from the previous capture, newest first."""
    cursor = current.signer().opened(request.args.get("cursor"))
    found = current.archive().comparisons.edits(tuple(filter(None, request.args.getlist("site"))), cursor)
    return page_reply(render("changes.html", edits=found.edits, following=following_link(found.next)))


@blueprint.get("/speakers/<speaker_id>")
def person(speaker_id: str) -> Response:
    """One speaker across spellings and scripts: roles, outlets, quotes by month, and what people decided."""
    return _person_page(speaker_id)


@blueprint.post("/speakers/<speaker_id>")
def decide_person(speaker_id: str) -> Response | WerkzeugResponse:
    """Store that two speakers are one person, or that some spellings are another person's."""
    access.check_writer()
    archive, given = current.archive(), request.form
    wish = SpeakerWish(author=access.caller().author, reason=given.get("reason", ""))
    try:
        if given.get("action") == "join":
            archive.persons.join(speaker_id, given.get("speaker", "").strip(), wish)
        elif given.get("action") == "separate":
            archive.persons.separate(speaker_id, given.getlist("spellings"), wish)
        else:
            abort(400)
    except (BadQuery, NotFound) as error:
        return _person_page(speaker_id, problem=error.message, status=400)
    return redirect(keep(current.links().speaker_page(archive.person(speaker_id).id)), 303)


def _person_page(speaker_id: str, *, problem: str | None = None, status: int = 200) -> Response:
    archive = current.archive()
    found = archive.person(speaker_id)
    query = Query(person=tuple(person_id(name) for name in found.spellings), limit=NEWEST)
    html = render(
        "person.html",
        person=found,
        attributes=archive.attributes().of(found.name),
        most=max((count for _, count in found.months), default=1),
        results=list(results(archive.search(query).entries, query)),
        decisions=archive.persons.decisions(found.id),
        problem=problem,
    )
    return page_reply(html, status)


blueprint.app_template_filter("language_name")(strings.language_name)
blueprint.app_template_filter("speaker_id")(person_id)
