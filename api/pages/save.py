"""Saving pages from a browser: a form for addresses or a file, and how far the work is. Nothing is saved by GET."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current, imports
from api.jobs import kind_of, seen_job
from api.pages.frame import blueprint, keep, render
from api.pages.strings import t
from api.replies import page_reply
from archiver.errors import OnRecordError
from archiver.jobs import Job, JobStatus

MAX_ADDRESSES = 500
MAX_FORM = 1 << 20
AGAIN = 2  # seconds after which a page of a job asks again


@blueprint.get("/save")
def save() -> Response:
    """A form that saves pages; `url` fills it in, and nothing more: a link never saves anything."""
    return page_reply(_form(urls=request.args.get("url", "")[:8000]))


@blueprint.post("/save")
def save_addresses() -> Response | WerkzeugResponse:
    """Save up to 500 addresses, a line each, and say what becomes of each; one alone leads to its progress."""
    request.max_content_length = MAX_FORM
    access.check_writer()
    text = request.form.get("urls", "")
    addresses = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    problem = None
    if not addresses:
        problem = t("save.no_address")
    elif len(addresses) > MAX_ADDRESSES:
        problem = t("save.too_many", n=MAX_ADDRESSES)
    private = "private" in request.form
    lines = [_queued(address, private=private) for address in addresses] if problem is None else []
    if len(lines) == 1 and lines[0]["job"]:
        return redirect(keep(f"{current.config().base_url}/jobs/{lines[0]['job'].id}"), 303)
    status = 200 if problem is None else 400
    html = _form(urls=text if problem else "", private=private, lines=lines, problem=problem)
    return page_reply(html, status)


@blueprint.post("/save/file")
def save_file() -> WerkzeugResponse:
    """Import the file of the form and lead to its progress."""
    if access.caller().key is not None:  # the secret of the form is in the body
        request.max_content_length = current.config().import_bytes
    access.check_writer()
    return redirect(keep(f"{current.config().base_url}/jobs/{imports.taken().id}"), 303)


@blueprint.get("/jobs/<job_id>")
def job_page(job_id: str) -> Response | WerkzeugResponse:
    """The progress of a capture or an import; when a capture is done, its snapshot."""
    queue = current.jobs()
    if queue is None:
        abort(404)
    job = seen_job(queue, job_id)
    if job.status is JobStatus.DONE and job.file is None and job.snapshots:
        return redirect(keep(current.links().snapshot_page(job.snapshots[-1])), 303)
    kind = kind_of(job) if job.error else None
    rows = current.archive().snapshots_by_id(job.snapshots[:100]) if job.ended else {}
    html = render("job.html", job=job, kind=kind, rows=rows, again=None if job.ended else AGAIN)
    reply = page_reply(html)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _form(
    *, urls: str, private: bool = False, lines: Sequence[Mapping[str, Any]] = (), problem: str | None = None
) -> str:
    return render("save.html", urls=urls, private=private, lines=lines, problem=problem)


def _queued(address: str, *, private: bool) -> dict[str, Any]:
    """The result of one line: its job, or why it has none."""
    queue = current.jobs()
    job: Job | None = None
    problem = refusal = None
    if queue is None:
        problem = t("save.none_taken")
    else:
        try:
            job = queue.submit(address, private=private)
            problem = None if job else t("save.queue_full")
        except OnRecordError as error:
            refusal = f"{error.what}. {error.remedy}" if error.remedy else error.what
    return {"address": address, "job": job, "problem": problem, "refusal": refusal}
