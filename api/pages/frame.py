"""What all pages have in common: the blueprint, the frame around them, filters of the templates, problems as pages."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup, escape

from api import access, current
from api.errors import Problem, headers_of
from api.links import Links
from api.pages import passages, strings
from api.replies import digest_of, page_reply
from archiver.verification.values import CheckResult

blueprint = Blueprint("web", __name__)

STATIC = Path(__file__).parent.parent / "static"
COPY_SCRIPT = (STATIC / "copy.js").read_text(encoding="utf-8")
"""The script of pages with citations: buttons that copy."""
COMPLETE_SCRIPT = (STATIC / "complete.js").read_text(encoding="utf-8")
"""The script of the search page: names are completed while somebody types."""
REVIEW_SCRIPT = (STATIC / "review.js").read_text(encoding="utf-8")
"""The script of a sample's pages: one key judges, while the buttons have the focus."""
NAVIGATION: list[tuple[str, str]] = [
    ("/", "frame.quotes"),
    ("/articles", "frame.articles"),
    ("/people", "frame.people"),
    ("/outlets", "frame.outlets"),
    ("/check", "compare.check"),
    ("/days", "frame.days"),
    ("/save", "frame.save"),
    ("/folders", "frame.folders"),
    ("/docs", "frame.docs"),
]
"""The links at the head of every page, as (path, string). A room with a page of its own adds it here."""
PROOF_SIGNS = {
    CheckResult.PASS: " ✓",
    CheckResult.FAIL: " ✗",
    CheckResult.NOT_PRESENT: " –",
    CheckResult.NOT_CHECKED: " ?",
}
FOR_PROGRAMS = ("/v1/", "/openapi.json", "/cdx", "/timegate/", "/timemap/")


def wants_page() -> bool:
    """Whether it is a person who would read the answer: a browser, on a page that is not for programs."""
    if any(request.path == path or request.path.startswith(path) for path in FOR_PROGRAMS):
        return False
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/problem+json"]


def problem_page(problem: Problem) -> Response:
    """A problem for a person."""
    reply = page_reply(render("problem.html", problem=problem), problem.kind.status)
    reply.headers.extend(headers_of(problem))
    reply.headers["Vary"] = "Accept"
    return reply


def render(template: str, **values: Any) -> str:
    """A page out of its template, with the links and words that all pages have."""
    config = current.config()
    return render_template(
        template,
        links=current.links(),
        base=config.base_url,
        root=urlsplit(config.base_url).path,
        static=static,
        csrf=access.form_secret(),
        may_write=access.may_write(),
        is_admin=access.is_admin(),
        t=strings.t,
        maybe=strings.maybe,
        reason_of=strings.reason_of,
        problem_key=strings.problem_key,
        language=strings.language(),
        languages_of_pages=[(code, name, _in_language(code)) for code, name in strings.LANGUAGES.items()],
        navigation=[(keep(f"{config.base_url}{path}"), key, request.path == path) for path, key in NAVIGATION],
        language_name=strings.language_name,
        direction=strings.direction,
        proof_signs=PROOF_SIGNS,
        **values,
    )


def static(name: str) -> str:
    """The address of a static file with its digest, so that it can be kept permanently."""
    root = urlsplit(current.config().base_url).path
    return f"{root}/static/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return digest_of((STATIC / name).read_bytes())


def _in_language(code: str) -> str:
    """This page in another language of the interface."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    links: Links = current.links()
    return f"{links.path(request.path)}?{urlencode([*pairs, ('lang', code)], errors='replace')}"


@blueprint.app_template_filter("keep")
def keep(url: str) -> str:
    """The address of a page of this server, in the language that the reader chose."""
    if not strings.is_chosen():
        return url
    address, hash_mark, fragment = url.partition("#")
    if any(name == "lang" for name, _ in parse_qsl(urlsplit(address).query)):
        return url
    return f"{address}{'&' if '?' in address else '?'}lang={strings.language()}{hash_mark}{fragment}"


blueprint.app_template_filter("in_marks")(passages.in_marks)
blueprint.app_template_filter("speakers_sought")(passages.speakers_sought)
blueprint.app_template_filter("day")(strings.day)
blueprint.app_template_filter("short_day")(strings.short_day)
blueprint.app_template_filter("number")(strings.number)


@blueprint.app_template_filter("code")
def _code(text: str) -> Markup:
    """Escaped text in which text between backticks is code."""
    pieces = [f"<code>{piece}</code>" if at % 2 else piece for at, piece in enumerate(escape(text).split("`"))]
    return Markup("".join(pieces))  # noqa: S704 - escaped piece by piece


@blueprint.app_template_filter("moment")
def _moment(time: datetime) -> str:
    """One of the archive's own times for reading; the local time beside it where the settings name a zone."""
    day = strings.day(time.date().isoformat())
    shown = f"{day}, {time:%H:%M} UTC"
    zone = current.config().timezone
    if zone is None:
        return shown
    local = time.astimezone(zone)
    local_day = strings.day(local.date().isoformat())
    return f"{shown} ({'' if local_day == day else f'{local_day}, '}{local:%H:%M %Z})"


@blueprint.app_template_filter("count")
def _count(number: int, key: str) -> str:
    """How many of something: `3|count("counts.quote")`."""
    return strings.t(key, n=number)
