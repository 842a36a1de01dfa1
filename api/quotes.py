"""Quotes and their speakers: search them, read one."""

from __future__ import annotations

from typing import Any

from flask import Response, abort

from api import citing, current
from api.answers import bucket_answers, histogram_answer, page_answer, printed_answer, quote_items
from api.exports import serving, walks
from api.exports.columns import QUOTE_COLUMNS
from api.fields import NoParameters
from api.operations import Operations
from api.pages.quote import quote_reply
from api.parameters import HistogramParameters, QuoteListParameters, SpeakerParameters
from api.queries import query_of
from api.replies import following_link, json_reply
from api.schemas.quotes import QuoteSchema
from api.schemas.searches import HistogramSchema, QuotePageSchema, SpeakersSchema
from archiver.records import QuoteState

blueprint = Operations("quotes", __name__, url_prefix="/v1", description="What was said, and by whom")
_ID = [{"in": "path", "name": "quote_id", "description": "the id of a quote in any state", "required": True}]


@blueprint.route("/quotes")
@blueprint.doc(operationId="searchQuotes")
@blueprint.arguments(QuoteListParameters, location="query", error_status_code=400)
@blueprint.response(200, QuotePageSchema, description="The quotes, newest first by default")
@blueprint.alt_response(406, "NOT_ACCEPTABLE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def search_quotes(params: dict[str, Any]) -> Response:
    """Search quotes by words and filters.

    Repeating a parameter gives alternatives; different parameters all narrow the search. If nothing is found, the
    answer is 200 with no items. As CSV, JSON lines, Parquet or XLSX (by `Accept`, `format` or a suffix of the path,
    `/v1/quotes.csv`) it has every row, unless `limit` or `cursor` ask for one page.
    """
    return answer_search(params)


def answer_search(params: dict[str, Any]) -> Response:
    """The answer to `QuoteListParameters`, in the format that the client wants."""
    format = serving.wanted(params)  # noqa: A001
    params["cursor"] = current.signer().opened(params.get("cursor"))
    query, links, archive = query_of(params), current.links(), current.archive()
    if format is not None and not serving.is_one_page():
        return serving.export_reply(walks.quotes(archive, query, links), format, params, None)
    collapsed = archive.comparisons.collapsed(query) if query.collapse else None
    page = collapsed.page if collapsed else archive.search(query)
    rows = archive.snapshots_by_id({entry.snapshot_id for entry in page.entries})
    following = following_link(page.next)
    items = quote_items(page, rows, links, query if params["highlight"] else None)
    if format is not None:
        one = walks.ResultSet(name="quotes", columns=QUOTE_COLUMNS, rows=iter([items]))
        return serving.export_reply(one, format, params, following)
    printed = printed_answer(collapsed.printed if collapsed else {})
    reply = json_reply({**page_answer(page, items, following), "printed": printed}, following=following)
    reply.headers["Vary"] = "Accept"
    return reply


@blueprint.route("/quotes/histogram")
@blueprint.doc(operationId="countQuotes")
@blueprint.arguments(HistogramParameters, location="query", error_status_code=400)
@blueprint.response(200, HistogramSchema, description="Number of quotes in each period")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def count_quotes(params: dict[str, Any]) -> Response:
    """Count quotes by day, month or year.

    The parameters narrow as in a search. Periods without quotes are listed too, between the first and the last that
    have any. Above 30,000 matches the newest are counted, and `relation` says `gte`.
    """
    histogram = current.archive().histogram(query_of(params), params["interval"], params["by"])
    return json_reply(histogram_answer(histogram))


@blueprint.route("/quotes/<quote_id>", parameters=_ID)
@blueprint.doc(operationId="getQuote")
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, QuoteSchema, description="The quote")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(406, "NOT_ACCEPTABLE")
@blueprint.alt_response(410, "GONE")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def get_quote(_params: dict[str, Any], quote_id: str) -> Response:
    """Read one quote.

    Every id ever given stays resolvable; what a later reading no longer sees is `superseded`. `Accept` asks for a
    citation instead: CSL-JSON, BibTeX, RIS, a formatted reference, schema.org or a Web Annotation.
    """
    archive = current.archive()
    entry = archive.quote(quote_id)
    if entry.quote.state is QuoteState.WITHDRAWN:
        abort(410)
    return quote_reply(entry, archive.snapshot(entry.snapshot_id), citing.JSON)


@blueprint.route("/speakers")
@blueprint.doc(operationId="listSpeakers")
@blueprint.arguments(SpeakerParameters, location="query", error_status_code=400)
@blueprint.response(200, SpeakersSchema, description="Names and the number of quotes of each")
@blueprint.alt_response(503, "SERVICE_UNAVAILABLE")
def list_speakers(params: dict[str, Any]) -> Response:
    """List names of speakers with a word that starts with the prefix, most frequent first.

    Where no name does, those that start so in another script or transcription.
    """
    return json_reply({"items": bucket_answers(current.archive().speakers(params["prefix"], params["limit"]))})
