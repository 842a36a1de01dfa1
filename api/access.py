"""The caller, its permissions and its rate: keys, this machine's own clients, limits."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import Request, Response, abort, g, request

from api import current
from api.connections import is_loopback
from api.errors import KEY_REQUIRED, KEY_UNKNOWN, RATE_LIMIT, SCOPE, ApiError
from api.keys import Key, Scope
from api.rates import RateLimitStatus
from api.sessions import COOKIE, csrf_of
from archiver.config import Config
from archiver.ingest.decide import Author
from archiver.records import Visibility
from archiver.viewer import Viewer

READING = frozenset({"GET", "HEAD"})
OPEN = frozenset({"health.get_health", "docs.openapi", "docs.docs", "static", "web.sign_in", "web.begin_session"})
"""Endpoints that need no key."""
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks: `name` is what requests are counted by; `is_local` is a client on this machine, no proxy between.

    `session` is the cookie's text where a browser signed in with the key, `person` who a trusted proxy says it is.
    """

    name: str
    key: Key | None
    is_local: bool
    session: str | None = None
    person: str = ""

    @property
    def viewer(self) -> Viewer:
        """What this caller may see."""
        return viewer_for(self.key, current.config())

    @property
    def author(self) -> Author:
        """Who decides, where this caller does: a person's name, else that of the key."""
        if self.key is None:
            return Author(name=self.person, role="operator")
        role = "administrator" if self.key.scope is Scope.ADMIN else "editor"
        return Author(name=self.person or self.key.name, role=role)


def viewer_for(key: Key | None, config: Config) -> Viewer:
    """What somebody with this key, or without one, may see."""
    if key is not None:
        return Viewer(visibility=(Visibility.PUBLIC, Visibility.PRIVATE))
    return Viewer(whole=config.reading == "open")


def authenticate_and_limit() -> None:
    """Identifies the caller, counts the request, and refuses it if there are too many or a key is required."""
    if request.method == "OPTIONS":
        return
    caller = _caller(request)
    g.caller = caller
    g.viewer = caller.viewer
    g.actor = f"{caller.name} {caller.person}".strip()
    policy = "reads" if request.method in READING else "writes"
    status = current.rates().count(caller.name, policy, trusted=caller.is_local and caller.key is None)
    g.status = status
    if status and not status.allowed:
        raise ApiError(RATE_LIMIT, headers=[("Retry-After", str(status.seconds))])
    if current.config().reading == "keys" and caller.key is None and request.endpoint not in OPEN:
        raise ApiError(KEY_REQUIRED, headers=[("WWW-Authenticate", "Bearer")])


def check_writer() -> None:
    """Allows writing with a key that permits it, and to clients on this machine without a proxy or foreign page."""
    caller: Caller = g.caller
    if caller.key is not None:
        if caller.key.scope is Scope.READ:
            raise ApiError(SCOPE)
        if caller.session is not None:
            check_form(caller.session)
    elif not caller.is_local or is_foreign(request.headers.get("Origin")):
        abort(403)


def may_write() -> bool:
    """Whether this caller's forms can be used: with a key that permits writing, or on this machine."""
    found: Caller | None = g.get("caller")
    return found is not None and (found.is_local if found.key is None else found.key.scope is not Scope.READ)


def is_admin() -> bool:
    """Whether this caller has an administrator's key."""
    found: Caller | None = g.get("caller")
    return found is not None and found.key is not None and found.key.scope is Scope.ADMIN


def check_form(secret: str) -> None:
    """Refuses a write that is not from one of this server's forms: wrong origin, or without the form's secret."""
    given = request.form.get("csrf", "") or request.headers.get("X-CSRF-Token", "")
    if is_foreign(request.headers.get("Origin")) or not hmac.compare_digest(given.encode(), csrf_of(secret).encode()):
        abort(403)


def form_secret() -> str | None:
    """What the forms of a signed-in reader send back, None for others."""
    found: Caller | None = g.get("caller")
    return csrf_of(found.session) if found is not None and found.session is not None else None


def check_admin() -> None:
    """Lets administrators' keys pass."""
    caller: Caller = g.caller
    if caller.key is None:
        raise ApiError(KEY_REQUIRED, headers=[("WWW-Authenticate", "Bearer")])
    if caller.key.scope is not Scope.ADMIN:
        raise ApiError(SCOPE)
    if caller.session is not None and request.method not in READING:
        check_form(caller.session)


def caller() -> Caller:
    """Who asks."""
    found: Caller = g.caller
    return found


def keep_private(reply: Response) -> Response:
    """Says to caches that answers differ by who asks, and keeps those to people with a key out of shared ones."""
    if (found := g.get("caller")) and found.key is not None:
        reply.headers["Cache-Control"] = "private, no-cache"
    reply.vary.update(("Authorization", "Cookie"))
    return reply


def add_rate_limit_headers(reply: Response) -> Response:
    """Adds the caller's rate-limit status to the answer."""
    status: RateLimitStatus | None = g.get("status")
    if status:
        reply.headers.extend(status.headers())
    return reply


def _caller(params: Request) -> Caller:
    address = params.remote_addr or ""
    host = urlsplit(f"//{params.host}").hostname or ""
    is_local = is_loopback(address) and (is_localhost(host) or is_loopback(host))
    is_local = is_local and not any(name in params.headers for name in _FORWARDED)
    key, session = _key(params.headers.get("Authorization")), None
    if key is None and (token := params.cookies.get(COOKIE)):
        key = _key_of_session(token)
        session = token if key else None
    if key is not None:
        current.last_used().note(key.id)
    name = f"key {key.id}" if key else _network(address)
    return Caller(name=name, key=key, is_local=is_local, session=session, person=_person(params))


def _key_of_session(token: str) -> Key | None:
    """The key with which a browser signed in, unless it has ended."""
    key_id = current.sessions().key_of(token)
    return None if key_id is None else current.keys().good(key_id)


def _person(params: Request) -> str:
    """Who a trusted proxy says it is."""
    header = current.config().user_header
    name = params.headers.get(header, "").strip() if header and current.config().proxies else ""
    return name[:200] if name.isprintable() else ""


def _key(given: str | None) -> Key | None:
    """The key of an `Authorization` field; a wrong one is refused for every request."""
    if given is None:
        return None
    scheme, _, text = given.partition(" ")
    key = current.keys().find(text.strip()) if scheme.lower() == "bearer" else None
    if key is None:
        raise ApiError(KEY_UNKNOWN, headers=[("WWW-Authenticate", 'Bearer error="invalid_token"')])
    return key


def is_foreign(origin: str | None) -> bool:
    """Whether a page of another origin sent the request."""
    if origin is None:
        return False
    ours = {f"{request.scheme}://{request.host}", _origin(current.config().base_url)}
    return origin not in ours


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_localhost(name: str) -> bool:
    """RFC 6761 §6.3: these names are this machine."""
    return name == "localhost" or name.endswith(".localhost")


def _network(address: str) -> str:
    """What an address is counted as: itself, or the /64 of an IPv6 address, which one customer has whole."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return str(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else str(found)
