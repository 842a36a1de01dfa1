"""Saved searches on pages: what a reader follows, by feed or by deliveries to a program, and how these go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Response, redirect, request
from marshmallow import fields
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current, desk
from api.errors import PROBLEMS
from api.pages.frame import blueprint, keep, render
from api.pages.inputs import label_of
from api.parameters import QuoteParameters
from api.queries import loaded
from api.replies import page_reply
from archiver.desk import SavedSearch
from archiver.errors import AddressRefused, BadQuery
from archiver.fetch.deliver import checked
from archiver.fetch.gate import Gate

MAX_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSearch:
    """A saved search as its page lists it: `narrowed` are labels of its filters, `receiver` the host that gets news."""

    search: SavedSearch
    page: str
    atom: str
    narrowed: list[str]
    receiver: str | None


@blueprint.get("/searches")
def searches() -> Response:
    """The reader's saved searches; those whose deliveries fail come first and say why."""
    return _page()


@blueprint.post("/searches")
def change_searches() -> Response | WerkzeugResponse:
    """Save a search, send its news to a program, or remove it, by the button that was pressed."""
    access.check_writer()
    store, owner, given = desk.store(), desk.owner(), request.form
    action, webhook = given.get("action", "save"), given.get("webhook", "").strip() or None
    if action == "remove":
        store.remove_search(store.search(given.get("id", ""), owner))
        return redirect(keep(current.links().search("/searches", [])), 303)
    old = store.search(given.get("id", ""), owner) if action == "deliver" else None
    query = old.query if old else _parameters(parse_qsl(given.get("query", "")))
    name = old.name if old else given.get("name", "").strip()[:MAX_NAME] or given.get("query", "")[:MAX_NAME]
    try:
        loaded(query)
        if webhook or old:
            checked(Gate(current.config().fetch_allow), webhook or "")
    except (BadQuery, AddressRefused) as error:
        return _page(problem={"kind": PROBLEMS[type(error)], "message": error.message})
    search = store.add_search(owner, name, query, webhook)
    if old:
        store.remove_search(old)
    if webhook:
        return _page(made=search)
    return redirect(keep(current.links().search("/searches", [])), 303)


def _parameters(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """The parameters of `GET /v1/quotes` as a saved search keeps them: lists where several values are possible."""
    several = {
        field.data_key or name for name, field in QuoteParameters().fields.items() if isinstance(field, fields.List)
    }
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = [*found.get(name, []), value] if name in several else value
    return found


def _page(*, made: SavedSearch | None = None, problem: dict[str, Any] | None = None) -> Response:
    listed = [_listed(search) for search in desk.store().searches(desk.owner())]
    failing = [each for each in listed if each.search.failures]
    others = [each for each in listed if not each.search.failures]
    html = render("searches.html", searches=[*failing, *others], failing=len(failing), made=made, problem=problem)
    reply = page_reply(html, problem["kind"].status if problem else 200)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply


def _listed(search: SavedSearch) -> ListedSearch:
    pairs = [(name, value) for name, values in search.query.items() for value in _values(values)]
    shown = [pair for pair in pairs if pair != ("in", "passage")]
    if search.query.get("q") and ("in", "passage") not in pairs:
        shown.append(("in", "words"))
    links = current.links()
    return ListedSearch(
        search=search,
        page=links.search("/", shown),
        atom=links.search("/v1/quotes.atom", pairs),
        narrowed=[label_of(name, value) for name, value in pairs if name not in {"q", "in"}],
        receiver=urlsplit(search.webhook).hostname if search.webhook else None,
    )


def _values(values: Any) -> list[str]:
    return [str(each) for each in values] if isinstance(values, list) else [str(values)]
