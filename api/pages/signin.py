"""Signing in with a key, signing out, and the page of keys for administrators."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current
from api.pages.frame import blueprint, keep, render
from api.replies import page_reply
from api.sessions import COOKIE, LIFETIME
from archiver.audit import Action, Audit


@blueprint.get("/signin")
def sign_in() -> Response:
    """A form that takes a key."""
    return _form(wrong=False)


@blueprint.post("/signin")
def begin_session() -> Response | WerkzeugResponse:
    """Begin a session with the key of the form."""
    if access.is_foreign(request.headers.get("Origin")):
        return _form(wrong=True)
    key = current.keys().find(request.form.get("key", "").strip())
    if key is None:
        return _form(wrong=True)
    base = urlsplit(current.config().base_url)
    reply = redirect(keep(f"{current.config().base_url}/"), 303)
    reply.set_cookie(
        COOKIE,
        current.sessions().begin(key.id),
        max_age=int(LIFETIME.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=base.scheme == "https",
        path=base.path or "/",
    )
    return reply


@blueprint.post("/signout")
def end_session() -> WerkzeugResponse:
    """End the session."""
    session = access.caller().session
    if session is not None:
        access.check_form(session)
        current.sessions().end(session)
    base = urlsplit(current.config().base_url)
    reply = redirect(keep(f"{current.config().base_url}/"), 303)
    reply.delete_cookie(COOKIE, path=base.path or "/")
    return reply


@blueprint.get("/keys")
def keys() -> Response:
    """The keys of the archive: made, last used, ended; a button revokes each."""
    access.check_admin()
    return _private(page_reply(render("keys.html", keys=current.keys().all(), used=current.last_used().all())))


@blueprint.post("/keys")
def revoke_key() -> WerkzeugResponse:
    """Revoke the key of the form."""
    access.check_admin()
    key = current.keys().revoke(request.form.get("id", ""))
    Audit(current.config().archive).note(Action.KEY_REVOKED, by=access.caller().name, target=f"key {key.id}")
    return redirect(keep(f"{current.config().base_url}/keys"), 303)


def _form(*, wrong: bool) -> Response:
    key = access.caller().key
    return _private(page_reply(render("signin.html", wrong=wrong, key=key), 403 if wrong else 200))


def _private(reply: Response) -> Response:
    reply.headers["Cache-Control"] = "no-store"
    return reply
