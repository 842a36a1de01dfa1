"""Random samples of a search in a browser: drawn, walked quote by quote, and what their reviews say, to be cited."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current, sampling
from api.pages.frame import blueprint, keep, render
from api.pages.review import review_page
from api.queries import read_query
from api.replies import page_reply
from archiver.errors import BadQuery
from archiver.samples import SAMPLE_SIZE

_OF_THE_FORM = frozenset({"seed", "n", "lang", "csrf"})


@blueprint.get("/review")
def review_sample() -> Response:
    """A form that draws a random sample of a search (its parameters, `seed` and `n`) for review."""
    return _form(request.args.get("seed", "1"), request.args.get("n", str(SAMPLE_SIZE)))


@blueprint.post("/review")
def draw_sample() -> Response | WerkzeugResponse:
    """Draw the sample of the form and start reviewing it."""
    access.check_writer()
    seed, size = request.form.get("seed", ""), request.form.get("n", "")
    try:
        sample = sampling.draw(
            current.archive(), request.form.get("search", ""), seed=_number(seed, "seed"), size=_number(size, "n")
        )
    except BadQuery as error:
        return _form(seed, size, problem=error.message)
    return redirect(keep(f"{current.links().sample_page(sample.id)}/1"), 303)


@blueprint.get("/samples/<sample_id>")
def sample_result(sample_id: str) -> Response:
    """What the reviews of a sample say: its precision with the 95 % interval, by outlet and language."""
    archive = current.archive()
    result = sampling.result_of(archive, sampling.kept(archive, sample_id))
    places = {str(entry.quote.id): entry.quote.review for entry in result.entries}
    open_places = [at for at, each in enumerate(result.sample.quotes, 1) if places.get(each, "hidden") is None]
    html = render(
        "sampled.html",
        sample=result.sample,
        result=result,
        following=open_places[0] if open_places else None,
        citation=sampling.citation(result, current.links()),
    )
    return page_reply(html)


@blueprint.get("/samples/<sample_id>/<int:at>")
def sampled_quote(sample_id: str, at: int) -> Response | WerkzeugResponse:
    """The quote at a place of a sample (from 1) with the form that reviews it; after the last one, the result."""
    archive = current.archive()
    sample = sampling.kept(archive, sample_id)
    for place in range(max(at, 1), len(sample.quotes) + 1):
        entry = sampling.shown(archive, sample.quotes[place - 1])
        if entry is not None:
            facts = {"id": sample.id, "at": place, "size": len(sample.quotes), "seed": sample.seed}
            reason = f"Random sample {sample.id}"
            return review_page(entry, sample=facts, next=f"{sample.id}/{place + 1}", reason=reason)
    return redirect(keep(current.links().sample_page(sample_id)), 303)


def _form(seed: str, size: str, *, problem: str | None = None) -> Response:
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in _OF_THE_FORM]
    search = request.form.get("search", urlencode([(name, value) for name, value in pairs if value]))
    total = 0
    try:
        total = current.archive().search(read_query(sampling.search_params(search))).total.value
    except BadQuery as error:
        problem = problem or error.message
    html = render("sample.html", search=search, seed=seed, n=size, total=total, problem=problem)
    return page_reply(html, 400 if problem else 200)


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise BadQuery("is not a whole number", parameter=name)
    return int(text)
