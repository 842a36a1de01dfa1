"""Answers as HTTP carries them: JSON, validators, conditional and partial answers, and what every answer says."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import orjson
from flask import Response, request

from api import current
from api.answers import Document, quote_answer
from api.compression import coding_for, compress
from api.errors import MEDIA_TYPE, Problem, headers_of, problem_answer
from archiver.records import Entry

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def json_reply(document: Any, *, status: int = 200, following: str | None = None) -> Response:
    """The document as JSON; `following` is the link to the next page."""
    reply = Response(orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE), status, mimetype="application/json")
    if following:
        reply.headers.add("Link", f'<{following}>; rel="next"')
    return reply


def quote_document(entry: Entry) -> Document:
    """A quote as its own address gives it."""
    return quote_answer(entry, current.archive().snapshot(entry.snapshot_id), current.links())


def quote_etag(entry: Entry) -> str:
    """The `ETag` of a quote's JSON."""
    data = orjson.dumps(quote_document(entry), option=orjson.OPT_APPEND_NEWLINE)
    return _etag_of(data)


def _etag_of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def bytes_reply(data: bytes, *, content_type: str) -> Response:
    """Stored bytes as they are, whole or in ranges, with their digest (RFC 9530). A withdrawal must reach caches."""
    reply = Response(data, content_type=content_type)
    digest = hashlib.sha256(data).digest()
    reply.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(digest).decode('ascii')}:"
    reply.headers["Cache-Control"] = REVALIDATE
    reply.set_etag(digest.hex())
    reply.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return reply


def page_reply(
    html: str, status: int = 200, *, script: str | None = None, framing: bool = False, asks: bool = False
) -> Response:
    """A page of this server: it loads nothing from elsewhere and runs no script but, word for word, `script`.

    With `framing` it may hold a frame of this server, with `asks` the script may ask this server.
    """
    reply = Response(html, status, content_type="text/html; charset=utf-8")
    digest = "" if script is None else base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    allowed = f"; script-src 'sha256-{digest}'" if digest else ""
    allowed += ("; frame-src 'self'" if framing else "") + ("; connect-src 'self'" if asks else "")
    reply.headers["Content-Security-Policy"] = PAGE_POLICY + allowed
    reply.headers["Referrer-Policy"] = "same-origin"
    reply.headers["Vary"] = "Accept, Accept-Language"
    return reply


def problem_reply(problem: Problem) -> Response:
    """The problem as `application/problem+json`."""
    links = current.links()
    body = problem_answer(problem, links, links.path(request.path))
    reply = Response(orjson.dumps(body, option=orjson.OPT_APPEND_NEWLINE), problem.kind.status, content_type=MEDIA_TYPE)
    reply.headers.extend(headers_of(problem))
    if problem.kind.status == 406:
        reply.headers["Vary"] = "Accept"
    return reply


def finish(reply: Response) -> Response:
    """Says what every answer says, answers 304 where the client has it already, and compresses what is text."""
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    described = f'<{current.links().description}>; rel="service-desc"'
    reply.headers["Link"] = ", ".join([*reply.headers.getlist("Link"), described])  # many clients read one line only
    is_read = request.method in {"GET", "HEAD"}
    if request.endpoint == "static" and reply.status_code == 200:
        _finish_static(reply)
    coding = coding_for(reply) if is_read else None
    if is_read and reply.status_code == 200 and not reply.is_streamed:
        reply.headers.setdefault("Cache-Control", REVALIDATE)
        etag = reply.get_etag()[0]
        if not etag or coding:
            etag = etag or _etag_of(reply.get_data())
            reply.set_etag(f"{etag}-{coding}" if coding else etag)
            reply.make_conditional(request)
    if coding and reply.status_code not in {204, 206, 304}:
        compress(reply, coding)
    if current.config().reading == "keys" and (kept := reply.headers.get("Cache-Control")):
        reply.headers["Cache-Control"] = kept.replace("public", "private")  # no proxy may give it to somebody without
    return reply


def _finish_static(reply: Response) -> None:
    """A static file: kept permanently if its address has its digest, else requested again each time."""
    reply.direct_passthrough = False
    reply.make_sequence()
    named = request.args.get("v", "") == digest_of(reply.get_data())
    reply.headers["Cache-Control"] = IMMUTABLE if named else REVALIDATE
    for name in ("Last-Modified", "Expires", "Date", "Accept-Ranges"):
        reply.headers.pop(name, None)


def digest_of(data: bytes) -> str:
    """The part of a static file's address that identifies its content."""
    return hashlib.sha256(data).hexdigest()[:16]


def following_link(cursor: str | None) -> str | None:
    """The link to the next page of the list that is being requested, None without a cursor."""
    cursor = current.signer().signed(cursor)
    if cursor is None:
        return None
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
    return current.links().search(request.path, [*pairs, ("cursor", cursor)])
