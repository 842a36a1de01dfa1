"""Review and withdrawal of a quote in a browser."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, abort, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current
from api.pages.frame import REVIEW_SCRIPT, blueprint, keep, render
from api.replies import page_reply, quote_etag
from archiver.errors import BadQuery, Conflict
from archiver.ingest.decide import Wish
from archiver.ingest.fold import SPEAKER_FIELDS
from archiver.records import Act, Change, Entry, Review, SnapshotEntry

_PLACE = re.compile(r"x[a-z2-7]{20}/\d{1,4}", re.ASCII)
"""Where the next quote of a sample is, below `/samples/`."""


@blueprint.get("/quotes/<quote_id>/review")
def review_form(quote_id: str) -> Response:
    """A form to confirm, correct, dispute or withdraw a quote, and what was decided about it."""
    entry = current.archive().quote(quote_id)
    return review_page(entry)


@blueprint.post("/quotes/<quote_id>/review")
def review(quote_id: str) -> Response | WerkzeugResponse:
    """Store the decision of the form."""
    access.check_writer()
    archive, given = current.archive(), request.form
    entry = archive.quote(quote_id)
    action, reason = given.get("action", ""), given.get("reason", "")
    act = Act.WITHDRAW if action == "withdraw" else Act.REVIEW
    wish = Wish(
        act=act,
        author=access.caller().author,
        reason=reason,
        legal=given.get("legal") == "on",
        changes=_changes(action, entry) if act is Act.REVIEW else (),
    )

    def check(found: Entry | SnapshotEntry) -> None:
        if isinstance(found, Entry) and quote_etag(found) != given.get("seen"):
            raise Conflict("somebody else has changed it in the meantime")

    try:
        archive.decide(wish, quote_id, check=check)
    except (BadQuery, Conflict) as error:
        following = given.get("next", "")
        more = {"next": following} if _PLACE.fullmatch(following) else {}
        typed = {name: given.get(name, "") for name in SPEAKER_FIELDS}
        return review_page(archive.quote(quote_id), problem=error.message, reason=reason, typed=typed, **more)
    base = current.config().base_url
    following = given.get("next", "")
    if _PLACE.fullmatch(following):
        return redirect(keep(f"{base}/samples/{following}"), 303)
    return redirect(keep(f"{base}/quotes/{quote_id}" if act is Act.REVIEW else f"{base}/"), 303)


def _changes(action: str, entry: Entry) -> tuple[Change, ...]:
    if action == "dispute":
        return (Change(path="review", value=Review.DISPUTED.value),)
    if action not in {"confirm", "correct"}:
        abort(400)
    found = {name: getattr(entry.quote.speaker, name) for name in SPEAKER_FIELDS if name in request.form}
    given = {name: request.form[name].strip() or None for name in found}
    corrected = [Change(path=f"speaker.{name}", value=given[name]) for name in found if given[name] != found[name]]
    if action == "confirm":  # with something typed too it is refused: Enter in a field presses the first button
        return (Change(path="review", value=Review.CONFIRMED.value), *corrected)
    return tuple(corrected)


def review_page(entry: Entry, **more: Any) -> Response:
    """The page with the form; `more` says which sample the quote is of (`sample`, `next`), and what went wrong."""
    archive, quote_id = current.archive(), str(entry.quote.id)
    html = render(
        "review.html",
        entry=entry,
        quote=entry.quote,
        program=archive.read_by_program(quote_id),
        decisions=archive.decisions(quote_id),
        seen=quote_etag(entry),
        review_script=Markup(REVIEW_SCRIPT),  # noqa: S704 - our own file
        **{"problem": None, "reason": "", "sample": None, "next": "", "typed": None, **more},
    )
    script = REVIEW_SCRIPT if more.get("sample") else None
    reply = page_reply(html, 400 if more.get("problem") else 200, script=script)
    reply.headers["Cache-Control"] = "no-store"
    return reply
