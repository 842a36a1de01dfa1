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
SERVER_ERRORS = frozenset({500, 503, 507})
"""Statuses of what concerns the server's own folder, index and settings: its log says more, clients need not know."""


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
    500, "internal", "Internal server error", "The server's log has the details; nothing in the archive was changed."
)
_DAMAGED = "A stored record does not match its digests. Run `onrecord verify` on the server."
_REFUSED = "The URL is not http or https, or its host is not a public address."

KEY_REQUIRED = _kind(401, "key-required", "Authentication required", "Send `Authorization: Bearer` and your key.")

PROBLEMS: dict[type[OnRecordError], ProblemType] = {
    errors.OnRecordError: INTERNAL,
    errors.ConfigError: _kind(
        500, "settings", "Invalid server settings", "An administrator must correct the server's settings."
    ),
    errors.FetchError: _kind(502, "fetch", "The page could not be fetched", "Its server sent no usable answer."),
    errors.AddressRefused: _kind(422, "address-refused", "Address not allowed", _REFUSED),
    errors.RobotsDisallowed: _kind(
        422,
        "robots-disallowed",
        "Disallowed by robots.txt",
        "The site's robots.txt does not allow this URL to be fetched.",
    ),
    errors.TooLarge: _kind(
        502, "too-large", "The page is too large", "The part before the limit was saved as a truncated snapshot."
    ),
    errors.Unreachable: _kind(
        502,
        "unreachable",
        "The page's server could not be reached",
        "Its name did not resolve, the connection failed, or it did not answer in time.",
    ),
    errors.WarcError: _kind(500, "warc", "A stored record cannot be read", _DAMAGED),
    errors.WarcDamaged: _kind(500, "warc-damaged", "A stored record is damaged", _DAMAGED),
    errors.NoSuchRecord: _kind(500, "no-such-record", "A stored record is missing", _DAMAGED),
    errors.StorageError: _kind(
        503, "storage", "The archive cannot be written", "Check the archive directory, then try again.", 60
    ),
    errors.StorageFull: _kind(
        507, "storage-full", "The disk is full", "Free some space on the archive's disk, then try again."
    ),
    errors.StorageUnwritable: _kind(
        503,
        "storage-unwritable",
        "The archive cannot be written",
        "The archive directory is read-only or belongs to another user.",
        60,
    ),
    errors.LanguageError: _kind(500, "language", "Language pack missing or malformed", "Correct the language pack."),
    errors.SearchError: _kind(503, "search", "The search failed", "Try again.", SOON),
    errors.BadQuery: _kind(
        400,
        "bad-parameter",
        "A parameter is unknown or malformed",
        "`errors` lists each and says what is wrong with it.",
    ),
    errors.QueryTooHeavy: _kind(
        503,
        "query-too-heavy",
        "The search takes too long",
        "Narrow it by a longer word, a site, a language or dates, then try again.",
        SOON,
    ),
    errors.IndexUnavailable: _kind(
        503, "index-unavailable", "The index is unreachable", "The records are safe; try again.", SOON
    ),
    errors.IndexOutdated: _kind(
        503, "index-outdated", "The index is from another version", "Run `onrecord rebuild` on the server.", 60
    ),
    errors.NotFound: _kind(404, "not-found", "Not found", "There is no such quote, snapshot, job or page."),
    errors.ReadingFailed: INTERNAL,
    errors.Withdrawn: _kind(410, "withdrawn", "Withdrawn", "It was withdrawn; its id is never reused."),
    errors.WithdrawnByLaw: _kind(
        451,
        "withdrawn-by-law",
        "Withdrawn for legal reasons",
        "Required by law or a court order; its id is never reused.",
    ),
    errors.KeyRequired: KEY_REQUIRED,
    errors.Conflict: _kind(412, "precondition-failed", "Precondition failed", "The resource has another `ETag`."),
}

HTTP: dict[int, ProblemType] = {
    kind.status: kind
    for kind in (
        _kind(400, "bad-request", "Malformed request", "The request is not valid HTTP or JSON."),
        _kind(
            403,
            "write-not-allowed",
            "Not allowed without a key",
            "Clients on the server's own machine may write; all others need a key for writing.",
        ),
        PROBLEMS[errors.NotFound],
        _kind(405, "method-not-allowed", "Method not allowed", "`Allow` lists the methods of this resource."),
        _kind(406, "not-acceptable", "Not acceptable", "`detail` lists what `Accept` can ask for."),
        _kind(408, "request-timeout", "Request timeout", "The request took too long to arrive. Send it again."),
        PROBLEMS[errors.Withdrawn],
        _kind(411, "length-required", "Length required", "Send `Content-Length`."),
        PROBLEMS[errors.Conflict],
        _kind(428, "precondition-required", "Precondition required", "Send `If-Match` with the `ETag` that you saw."),
        PROBLEMS[errors.WithdrawnByLaw],
        _kind(413, "body-too-large", "Body too large", "A request body may have up to 64 KiB."),
        _kind(414, "uri-too-long", "URL too long", "Shorten the query."),
        _kind(415, "not-json", "The body is not JSON", "Send it as `Content-Type: application/json`."),
        _kind(416, "range-not-satisfiable", "Range not satisfiable", "`Content-Range` states the length."),
        _kind(421, "wrong-host", "Wrong host name", "Use the server's public URL (ONRECORD_PUBLIC_URL)."),
        _kind(429, "queue-full", "Too many captures are queued", "Try again after `Retry-After` seconds.", 30),
        _kind(431, "head-too-large", "Header too large", "Header fields may have 64 KiB in total."),
        INTERNAL,
        _kind(
            501,
            "not-implemented",
            "Not implemented",
            "The server supports HTTP/1.0 and 1.1, with Content-Length or chunked bodies.",
        ),
        _kind(503, "unavailable", "Service unavailable", "Try again after `Retry-After` seconds.", SOON),
    )
}


KEY_UNKNOWN = _kind(401, "key-unknown", "Unknown key", "The key is wrong, has expired or was revoked.")
SCOPE = _kind(403, "key-scope", "Key not sufficient", "This is a key for reading; writing needs a key for writing.")
REUSED = _kind(
    422,
    "idempotency-key-reused",
    "Idempotency-Key reused",
    "This Idempotency-Key belongs to another request; use a new one.",
)
EXPORTS_BUSY = _kind(503, "exports-busy", "Too many exports are running", "Try again after `Retry-After` seconds.", 30)
PRECONDITION_REQUIRED = HTTP[428]
NOT_IMPORTABLE = _kind(
    422, "not-importable", "This file cannot be imported", "It is not a WARC, WARC.gz, WACZ or SingleFile page."
)
RATE_LIMIT = _kind(429, "rate-limit", "Too many requests", "Try again after `Retry-After` seconds.", 1)
OTHERS = (KEY_REQUIRED, KEY_UNKNOWN, SCOPE, REUSED, EXPORTS_BUSY, NOT_IMPORTABLE, RATE_LIMIT)


class ApiError(HTTPException):
    """A problem that a status alone does not describe."""

    def __init__(self, kind: ProblemType, headers: Sequence[tuple[str, str]] = ()) -> None:
        self.kind = kind
        self.code = kind.status
        self.headers = tuple(headers)
        super().__init__(kind.meaning)


class InvalidParameters(BadRequest):
    """Parameters that are unknown or malformed, as (parameter, detail) pairs."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)
        super().__init__("; ".join(f"{parameter}: {detail}" for parameter, detail in self.pairs))


def kinds() -> Iterator[ProblemType]:
    """Every kind of problem once, by status and name."""
    return iter(sorted({*PROBLEMS.values(), *HTTP.values(), *OTHERS}, key=lambda kind: (kind.status, kind.slug)))


def kind_named(error: str) -> ProblemType:
    """The kind of the error with this class name; INTERNAL for one without."""
    return next((kind for each, kind in PROBLEMS.items() if each.__name__ == error), INTERNAL)


def problem_of(error: Exception) -> Problem:
    """The problem for an exception. An unexpected one reveals nothing about the machine."""
    if isinstance(error, OnRecordError):
        return _own(error)
    if isinstance(error, InvalidParameters):
        return Problem(kind=PROBLEMS[BadQuery], detail=str(error.description), errors=error.pairs)
    if isinstance(error, ApiError):
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
    has_retry_after = any(name == "Retry-After" for name, _ in problem.headers)
    after = [("Retry-After", str(retry))] if retry and not has_retry_after else []
    return [*problem.headers, *after, ("Cache-Control", "no-store")]


def _own(error: OnRecordError) -> Problem:
    kind = next(PROBLEMS[each] for each in type(error).__mro__ if each in PROBLEMS)
    if isinstance(error, BadQuery) and error.parameter:
        return Problem(kind=kind, detail=error.message, errors=((error.parameter, error.what),))
    return Problem(kind=kind, detail=detail_of(error))


def detail_of(error: OnRecordError) -> str:
    """What happened and what to do; about the server itself only what the kind says."""
    kind = kind_named(type(error).__name__)
    if kind.status in SERVER_ERRORS:
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
