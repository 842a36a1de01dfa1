"""Errors as HTTP knows them: the only place with statuses. Every answer that is an error is made here (RFC 9457).

PROBLEMS gives each error of the archive its status, its name and what it means; HTTP gives those that have no error of
ours. `/docs` lists them all, and each problem's `type` leads to its entry there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import BadRequest, HTTPException

from api.links import Links
from archiver import errors
from archiver.errors import BadQuery, OnRecordError

MEDIA_TYPE = "application/problem+json"
SOON = 5  # seconds after which to ask again
SERVERS_OWN = frozenset({500, 503, 507})
"""Statuses of what concerns the server's own folder, index and settings: its log tells more, clients need not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemType:
    """A kind of problem: its status, the last part of its URL, a short title, what it means and what to do."""

    status: int
    slug: str
    title: str
    meaning: str
    retry_after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem. `errors` are (parameter, detail) pairs, `headers` further header fields of the answer."""

    kind: ProblemType
    detail: str
    errors: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()


def _kind(status: int, slug: str, title: str, meaning: str, retry_after: int | None = None) -> ProblemType:
    return ProblemType(status=status, slug=slug, title=title, meaning=meaning, retry_after=retry_after)


INTERNAL = _kind(
    500, "internal", "The server made a mistake", "It is written in the server's log; the archive is safe."
)
_DAMAGED = "What is stored does not match its digests. Run `onrecord verify` on the server."
_REFUSED = "The URL may not be fetched: it is no http(s) URL, or leads to an address that is not public."

PROBLEMS: dict[type[OnRecordError], ProblemType] = {
    errors.OnRecordError: INTERNAL,
    errors.ConfigError: _kind(500, "settings", "A setting cannot be used", "The server's settings need mending."),
    errors.FetchError: _kind(502, "fetch", "The page could not be fetched", "Nothing usable came from its server."),
    errors.AddressRefused: _kind(422, "address-refused", "This address is not fetched", _REFUSED),
    errors.RobotsDisallowed: _kind(
        422, "robots-disallowed", "The site asks not to fetch this", "Its robots.txt disallows the URL."
    ),
    errors.TooLarge: _kind(
        502, "too-large", "The page is too large", "What came before the limit is kept as a truncated snapshot."
    ),
    errors.Unreachable: _kind(
        502, "unreachable", "The page's server gave no answer", "No name, no connection, no HTTP, or not in time."
    ),
    errors.WarcError: _kind(500, "warc", "A stored record cannot be read", _DAMAGED),
    errors.WarcDamaged: _kind(500, "warc-damaged", "A stored record is damaged", _DAMAGED),
    errors.NoSuchRecord: _kind(500, "no-such-record", "A stored record is missing", _DAMAGED),
    errors.StorageError: _kind(
        503, "storage", "The archive cannot be written", "See to its folder, then try again.", 60
    ),
    errors.StorageFull: _kind(
        507, "storage-full", "The disk is full", "Make room on the archive's disk, then try again."
    ),
    errors.StorageUnwritable: _kind(
        503,
        "storage-unwritable",
        "The archive cannot be written",
        "Its folder is read-only or not the server's own.",
        60,
    ),
    errors.LanguageError: _kind(500, "language", "A language pack is missing or malformed", "Mend the language pack."),
    errors.SearchError: _kind(503, "search", "The search could not be answered", "Try again.", SOON),
    errors.BadQuery: _kind(
        400,
        "bad-parameter",
        "A parameter is unknown or malformed",
        "`errors` names each and says what is wrong with it.",
    ),
    errors.IndexUnavailable: _kind(
        503, "index-unavailable", "The index does not answer", "The records are safe; try again.", SOON
    ),
    errors.IndexOutdated: _kind(
        503, "index-outdated", "The index is of another version", "Run `onrecord rebuild` on the server.", 60
    ),
    errors.NotFound: _kind(404, "not-found", "There is nothing here", "No such quote, snapshot, job or page."),
}

HTTP: dict[int, ProblemType] = {
    kind.status: kind
    for kind in (
        _kind(400, "bad-request", "The request is malformed", "It is not what HTTP or JSON allow."),
        _kind(
            403,
            "write-not-allowed",
            "This needs a key",
            "Captures are taken from clients on the server's machine, and from others with a key for writing.",
        ),
        PROBLEMS[errors.NotFound],
        _kind(405, "method-not-allowed", "This cannot be done here", "`Allow` lists the methods there are."),
        _kind(408, "request-timeout", "The request came too slowly", "Send it again."),
        _kind(
            410, "withdrawn", "This was withdrawn", "The quote was here and was taken back; its id is not given again."
        ),
        _kind(411, "length-required", "The request does not state its length", "Send `Content-Length`."),
        _kind(412, "precondition-failed", "A precondition does not hold", "The resource has another `ETag`."),
        _kind(413, "body-too-large", "The body is too large", "A request's body may have 64 KiB."),
        _kind(414, "uri-too-long", "The URL is too long", "Ask for less at a time."),
        _kind(415, "not-json", "The body is not JSON", "Send it as `Content-Type: application/json`."),
        _kind(416, "range-not-satisfiable", "There is no such range", "`Content-Range` states the length."),
        _kind(421, "wrong-host", "This server has another name", "Ask under its public URL (ONRECORD_PUBLIC_URL)."),
        _kind(429, "queue-full", "Too many captures are waiting", "Ask again after `Retry-After` seconds.", 30),
        _kind(431, "head-too-large", "The header fields are too large", "Together they may have 64 KiB."),
        INTERNAL,
        _kind(501, "not-implemented", "The server does not know this", "It speaks HTTP/1.0 and 1.1, whole or chunked."),
        _kind(503, "unavailable", "The server cannot do this now", "Ask again after `Retry-After` seconds.", SOON),
    )
}


KEY_WANTED = _kind(401, "key-wanted", "A key is wanted", "Send `Authorization: Bearer` and your key.")
KEY_UNKNOWN = _kind(401, "key-unknown", "This key is not known", "It is wrong, has expired or was revoked.")
SCOPE = _kind(403, "key-scope", "This key does not allow it", "It is a key for reading.")
REUSED = _kind(422, "idempotency-key-reused", "This key stood for another request", "A new request needs a new key.")
RATE_LIMIT = _kind(429, "rate-limit", "Too many requests", "Ask again after `Retry-After` seconds.", 1)
OTHERS = (KEY_WANTED, KEY_UNKNOWN, SCOPE, REUSED, RATE_LIMIT)


class Refused(HTTPException):
    """A refusal of a kind that no status says by itself."""

    def __init__(self, kind: ProblemType, headers: Sequence[tuple[str, str]] = ()) -> None:
        self.kind = kind
        self.code = kind.status
        self.headers = tuple(headers)
        super().__init__(kind.meaning)


class Rejected(BadRequest):
    """Parameters that are unknown or malformed, as (parameter, detail) pairs."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)
        super().__init__("; ".join(f"{parameter}: {detail}" for parameter, detail in self.pairs))


def kinds() -> Iterator[ProblemType]:
    """Every kind of problem once, by status and name."""
    return iter(sorted({*PROBLEMS.values(), *HTTP.values(), *OTHERS}, key=lambda kind: (kind.status, kind.slug)))


def kind_named(error: str) -> ProblemType:
    """The kind of the error with this class name; of one that has none of its own, a mistake of ours."""
    return next((kind for each, kind in PROBLEMS.items() if each.__name__ == error), INTERNAL)


def problem_of(error: Exception) -> Problem:
    """The problem that an exception is to a client. What is not foreseen says nothing of the machine."""
    if isinstance(error, OnRecordError):
        return _own(error)
    if isinstance(error, Rejected):
        return Problem(kind=PROBLEMS[BadQuery], detail=str(error.description), errors=error.pairs)
    if isinstance(error, Refused):
        return Problem(kind=error.kind, detail=error.kind.meaning, headers=error.headers)
    if isinstance(error, HTTPException) and error.code in HTTP and error.code < INTERNAL.status:
        return _http(error, HTTP[error.code])
    if isinstance(error, HTTPException) and error.code == 503:
        return _http(error, HTTP[error.code])
    return Problem(kind=INTERNAL, detail=INTERNAL.meaning)


def problem_answer(problem: Problem, links: Links, instance: str | None) -> dict[str, Any]:
    """The problem as JSON."""
    answer: dict[str, Any] = {
        "type": links.problem(problem.kind.slug),
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "instance": instance,
    }
    if problem.errors:
        answer["errors"] = [{"parameter": parameter, "detail": detail} for parameter, detail in problem.errors]
    return answer


def headers_of(problem: Problem) -> Sequence[tuple[str, str]]:
    """The header fields that go with a problem."""
    retry = problem.kind.retry_after
    told = any(name == "Retry-After" for name, _ in problem.headers)
    after = [("Retry-After", str(retry))] if retry and not told else []
    return [*problem.headers, *after, ("Cache-Control", "no-store")]


def _own(error: OnRecordError) -> Problem:
    kind = next(PROBLEMS[each] for each in type(error).__mro__ if each in PROBLEMS)
    if isinstance(error, BadQuery) and error.parameter:
        return Problem(kind=kind, detail=error.message, errors=((error.parameter, error.what),))
    return Problem(kind=kind, detail=detail_of(error))


def detail_of(error: OnRecordError) -> str:
    """What happened and what to do; of what is amiss with the server itself no more than the kind says."""
    kind = kind_named(type(error).__name__)
    if kind.status in SERVERS_OWN:
        return kind.meaning
    head = f"{error.where}: {error.what}" if error.where and not _is_path(error.where) else error.what
    return f"{head}. {error.remedy}" if error.remedy and not _is_path(error.remedy) else head


def _is_path(text: str) -> bool:
    """Whether the text names a place on this machine."""
    return any(word.startswith(("/", "~", "./")) for word in text.split())


def _http(error: HTTPException, kind: ProblemType) -> Problem:
    own_words = error.description if error.description != type(error).description else None
    kept = {"allow", "content-range", "retry-after"}
    headers = tuple((name, value) for name, value in error.get_headers() if name.lower() in kept)
    return Problem(kind=kind, detail=own_words or kind.meaning, headers=headers)
