"""What crawlers, browsers and security researchers look for at well-known addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from flask import Blueprint, Response, abort

from api import current
from api.routes import Described, described
from archiver.records import Query, SnapshotQuery

blueprint = Blueprint("manners", __name__)

FAVICON = (Path(__file__).parent / "static" / "favicon.ico").read_bytes()
MAX_LISTED = 5000
"""Quotes and snapshots of a sitemap: the newest."""
VALID_DAYS = 180
PRIVATE = ("/v1/", "/web/", "/timegate/", "/timemap/", "/cdx", "/*?")


@blueprint.get("/robots.txt")
@described(Described(operation_id="getRobots", answers={200: ("Which paths crawlers may read", ("text/plain",))}))
def robots() -> Response:
    """Tell crawlers what they may read: nothing by default; if the settings allow it, pages but nothing archived."""
    lines = ["User-agent: *"]
    if current.config().crawlers:
        lines += [f"Disallow: {path}" for path in PRIVATE]
        lines += ["Allow: /", f"Sitemap: {current.config().base_url}/sitemap.xml"]
    else:
        lines += ["Disallow: /"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@described(Described(operation_id="getSitemap", answers={200: ("The newest pages", ("application/xml",))}))
def sitemap() -> Response:
    """List the newest quotes and snapshots for search engines, if the settings allow it."""
    if not current.config().crawlers:
        abort(404)
    archive, links = current.archive(), current.links()
    addresses = [f"{current.config().base_url}/"]
    cursor: str | None = None
    while len(addresses) <= MAX_LISTED:
        page = archive.search(Query(limit=1000, cursor=cursor))
        addresses += [links.quote_page(entry.quote.id or "") for entry in page.entries]
        cursor = page.next
        if cursor is None:
            break
    rows = archive.snapshots(SnapshotQuery(limit=1000)).entries
    addresses += [links.snapshot_page(row.snapshot.id) for row in rows if row.quote_count]
    listed = "\n".join(f"<url><loc>{escape(address)}</loc></url>" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return Response(f"{head}\n{listed}\n</urlset>\n", mimetype="application/xml")


@blueprint.get("/.well-known/security.txt")
@described(Described(operation_id="getSecurityText", answers={200: ("Whom to tell (RFC 9116)", ("text/plain",))}))
def security_text() -> Response:
    """Name the contact for vulnerabilities (RFC 9116), if `ONRECORD_CONTACT` is set."""
    contact = current.config().contact
    if contact is None:
        abort(404, "The settings name no contact.")
    ends = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=VALID_DAYS)
    address = f"{current.config().base_url}/.well-known/security.txt"
    lines = [f"Contact: {contact}", f"Expires: {ends:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: en, de"]
    return Response("\n".join([*lines, f"Canonical: {address}"]) + "\n", mimetype="text/plain")


@blueprint.get("/favicon.ico")
@described(Described(operation_id="getFavicon", answers={200: ("The icon", ("image/vnd.microsoft.icon",))}))
def favicon() -> Response:
    """Serve the icon at the path that browsers request by default."""
    reply = Response(FAVICON, mimetype="image/vnd.microsoft.icon")
    reply.headers["Cache-Control"] = "public, max-age=86400"
    return reply
