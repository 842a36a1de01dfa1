"""Exports over HTTP: which format a client wants, the file as a stream. Few run at a time: each holds a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, abort, request

from api import current
from api.errors import EXPORTS_BUSY, ApiError
from api.exports import packages
from api.exports.formats import Format, formats
from api.exports.walks import ResultSet
from api.negotiation import Offer, chosen
from api.parameters import ExportedText, ExportFormat

MAX_RUNNING = 3
_JSON = Offer(name="json", media_type="application/json")
_ZIP = "application/zip"
OF_FILE = frozenset({"format", "text", "package"})
"""Parameters of a file, which do not change which rows it has."""
_places = threading.BoundedSemaphore(MAX_RUNNING)


def wanted(params: Mapping[str, Any]) -> Format | None:
    """The format of an export by `format`, else by `Accept`; None for JSON. Raises ApiError where nothing fits."""
    held = formats()
    named: ExportFormat | None = params.get("format")
    if named is not None:
        if named is not ExportFormat.JSON and named.value not in held:
            abort(406, _offers(held))
        return held.get(named.value)
    if params["package"]:
        return held["csv"]
    offers = [_JSON, *(Offer(name=each.suffix, media_type=each.media_type) for each in held.values())]
    found = chosen(request.headers.get("Accept"), offers)
    if found is None:
        abort(406, _offers(held))
    return held.get(found.name)


def wanted_file() -> str | None:
    """The format in which a page is requested as a file: by `format`, `package`, or `Accept` that prefers no page."""
    if named := request.args.get("format"):
        return named
    if "package" in request.args:
        return "csv"
    pages = Offer(name="html", media_type="text/html")
    files = [Offer(name=each.suffix, media_type=each.media_type) for each in formats().values()]
    found = chosen(request.headers.get("Accept"), [pages, *files])
    return None if found is None or found is pages else found.name


def is_one_page() -> bool:
    """Whether the client asks for one page of the list and not for every row."""
    return "limit" in request.args or "cursor" in request.args


def export_reply(results: ResultSet, format: Format, params: Mapping[str, Any], following: str | None) -> Response:  # noqa: A002
    """The rows in this format, as a download."""
    words = params["text"] is ExportedText.FULL
    name, media_type = f"onrecord-{results.name}.{format.suffix}", format.media_type
    if params["package"]:
        about = packages.About(source=current.links().path(request.path), query=request.args.to_dict(flat=False))
        pieces = packages.package_pieces(results, format, about, words=words)
        name, media_type = f"onrecord-{results.name}.zip", _ZIP
    else:
        pieces = format.pieces(results, words=words)
    if not _places.acquire(blocking=False):
        raise ApiError(EXPORTS_BUSY)
    place = _Place()
    reply = Response(_sent(pieces, place), mimetype=media_type)
    reply.call_on_close(place.give_back)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    reply.headers["Cache-Control"] = "no-cache"
    reply.headers["Vary"] = "Accept"
    if following:
        reply.headers.add("Link", f'<{following}>; rel="next"')
    return reply


class _Place:
    """One of the exports that may run; given back once, at the end of the rows or of the connection."""

    def __init__(self) -> None:
        self._is_held = True

    def give_back(self) -> None:
        """Lets the next export run."""
        if self._is_held:
            self._is_held = False
            _places.release()


def _sent(pieces: Iterator[bytes], place: _Place) -> Iterator[bytes]:
    """The pieces without empty ones, which a server may take for the end."""
    try:
        yield from (piece for piece in pieces if piece)
    finally:
        place.give_back()


def _offers(held: Mapping[str, Format]) -> str:
    return "Offered are " + ", ".join([_JSON.media_type, *(each.media_type for each in held.values())])
