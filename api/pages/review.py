"""Review and withdrawal in a browser: of one quote, and of a sample one after the other."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current
from api.pages.frame import blueprint, keep, render
from api.parameters import read_query
from api.replies import page_reply, quote_etag
from api.sampling import MAX_SAMPLE, drawn, tally
from archiver.errors import BadQuery, Conflict
from archiver.ingest.decide import Wish
from archiver.records import Act, Change, Entry, Review, SnapshotEntry


@blueprint.get("/quotes/<quote_id>/review")
def review_form(quote_id: str) -> Response:
    """A form to confirm, correct, dispute or withdraw a quote, and what was decided about it."""
    entry = current.archive().quote(quote_id)
    return _form(entry)


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
        return _form(archive.quote(quote_id), problem=error.message, reason=reason)
    base = current.config().base_url
    following = given.get("next", "")
    where = f"{base}/review?{following}" if following else f"{base}/quotes/{quote_id}"
    return redirect(keep(where if act is Act.REVIEW else f"{base}/"), 303)


def _changes(action: str, entry: Entry) -> tuple[Change, ...]:
    if action == "confirm":
        return (Change(path="review", value=Review.CONFIRMED.value),)
    if action == "dispute":
        return (Change(path="review", value=Review.DISPUTED.value),)
    if action != "correct":
        abort(400)
    speaker = entry.quote.speaker
    found: dict[str, str | None] = {"name": speaker.name, "role": speaker.role, "represents": speaker.represents}
    given = {name: request.form.get(name, "").strip() or None for name in found}
    return tuple(Change(path=f"speaker.{name}", value=given[name]) for name in found if given[name] != found[name])


def _form(entry: Entry, **more: Any) -> Response:
    archive, quote_id = current.archive(), str(entry.quote.id)
    html = render(
        "review.html",
        entry=entry,
        quote=entry.quote,
        program=archive.read_by_program(quote_id),
        decisions=archive.decisions(quote_id),
        seen=quote_etag(entry),
        **{"problem": None, "reason": "", "sample": None, "next": "", **more},
    )
    reply = page_reply(html, 400 if more.get("problem") else 200)
    reply.headers["Cache-Control"] = "no-store"
    return reply


@blueprint.get("/review")
def review_sample() -> Response:
    """A sample of a search, quote by quote, and the precision of what is judged so far."""
    params: dict[str, Any] = {name: values for name, values in request.args.lists() if name not in {"at", "n", "lang"}}
    single = {name: value[0] if len(value) == 1 and name in {"q", "seed"} else value for name, value in params.items()}
    seed = int(request.args.get("seed", "0")) if request.args.get("seed", "0").isdigit() else 0
    size = min(int(request.args["n"]) if request.args.get("n", "").isdigit() else 50, MAX_SAMPLE)
    at = int(request.args["at"]) if request.args.get("at", "").isdigit() else 0
    archive = current.archive()
    sample = drawn(archive, read_query(single), seed=seed, size=size)
    pairs = [(name, value) for name, values in request.args.lists() if name != "at" for value in values]
    following = urlencode([*pairs, ("at", str(at + 1))])
    facts = {"at": at + 1, "size": len(sample.entries), "seed": seed, "tally": tally(sample.entries)}
    if at >= len(sample.entries):
        return page_reply(render("sampled.html", sample=facts, groups=sample.groups()))
    return _form(sample.entries[at], sample=facts, next=following)
