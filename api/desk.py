"""Folders and saved searches over HTTP: private to the key that made them, a folder also to whoever has its link."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request
from marshmallow import fields

from api import access, citing, current
from api.answers import Document, moment, quote_answer, snapshot_answer
from api.exports import serving
from api.exports.columns import QUOTE_COLUMNS
from api.exports.formats import formats
from api.exports.walks import ResultSet
from api.fields import NoParameters, Parameters, Switch, Text
from api.operations import Operations
from api.parameters import ExportedText
from api.queries import loaded
from api.replies import bytes_reply, json_reply
from api.schemas.desk import FolderSchema, FoldersSchema, SavedSearchesSchema, SavedSearchSchema
from archiver.citations import bibtex
from archiver.desk import Collection, Desk, Item, SavedSearch
from archiver.errors import NotFound, Withdrawn
from archiver.fetch.deliver import checked
from archiver.fetch.gate import Gate

blueprint = Operations("desk", __name__, url_prefix="/v1", description="Folders, and searches with webhooks")
_FOLDER = [{"in": "path", "name": "folder_id", "description": "the id of a folder", "required": True}]
_ITEM = [*_FOLDER, {"in": "path", "name": "item", "description": "the id of a quote or snapshot", "required": True}]
_SEARCH = [{"in": "path", "name": "search_id", "description": "the id of a saved search", "required": True}]
_KEY: list[dict[str, list[str]]] = [{}, {"key": []}]
LOCAL = "local"
"""Owner of what is kept by clients on this machine without a key."""

FolderParameters = Parameters.from_dict(
    {"name": Text(required=True), "shared": Switch(load_default=False)}, name="FolderParameters"
)
ItemParameters = Parameters.from_dict(
    {"note": Text(min_length=0, max_length=10_000, load_default="", pattern=r"^[^\x00]*$")}, name="ItemParameters"
)
SearchToSave = Parameters.from_dict(
    {
        "name": Text(required=True),
        "query": fields.Dict(required=True, metadata={"description": "parameters of GET /v1/quotes"}),
        "webhook": Text(max_length=2000, allow_none=True, load_default=None),
    },
    name="SearchToSave",
)
ShareParameters = Parameters.from_dict({"share": Text()}, name="ShareParameters")


def owner() -> str:
    """Whose folders and searches these are: the caller's key's, or this machine's. 403 for anybody else."""
    caller = access.caller()
    if caller.key is not None:
        return caller.key.id
    if not caller.is_local:
        abort(403)
    return LOCAL


def store() -> Desk:
    """The store of this archive."""
    return Desk(current.config().archive)


def check_caller() -> None:
    """Refuses writes to those who may not write, before anything of the request is read."""
    if request.method not in access.READING | {"OPTIONS"} and request.blueprint == blueprint.name:
        access.check_writer()


blueprint.before_request(check_caller)


@blueprint.route("/folders")
@blueprint.doc(operationId="listFolders", security=_KEY)
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, FoldersSchema, description="Your folders, newest first")
@blueprint.alt_response(403, "FORBIDDEN")
def list_folders(_params: dict[str, Any]) -> Response:
    """List your folders."""
    return _private(json_reply({"items": [folder_answer(each) for each in store().folders(owner())]}))


@blueprint.route("/folders", methods=["POST"])
@blueprint.doc(operationId="makeFolder", security=_KEY)
@blueprint.arguments(FolderParameters, location="json", error_status_code=400)
@blueprint.response(201, FolderSchema, description="The folder")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def make_folder(params: dict[str, Any]) -> Response:
    """Make a folder for quotes, snapshots and notes."""
    folder = store().add_folder(owner(), params["name"])
    if params["shared"]:
        folder = store().share(folder, shared=True)
    reply = json_reply(folder_answer(folder), status=201)
    reply.headers["Location"] = current.links().folder(folder.id)
    return reply


@blueprint.route("/folders/<folder_id>", parameters=_FOLDER)
@blueprint.doc(operationId="getFolder", security=_KEY)
@blueprint.arguments(ShareParameters, location="query", error_status_code=400)
@blueprint.response(200, FolderSchema, description="The folder with what is in it")
@blueprint.alt_response(404, "NOT_FOUND")
def get_folder(_params: dict[str, Any], folder_id: str) -> Response:
    """Read a folder: your own, or with `share` one that was shared with you."""
    return _private(json_reply(folder_answer(folder_for(folder_id), whole=True)))


@blueprint.route("/folders/<folder_id>", methods=["DELETE"], parameters=_FOLDER)
@blueprint.doc(operationId="removeFolder", security=_KEY)
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(204, description="It is gone")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
def remove_folder(_params: dict[str, Any], folder_id: str) -> Response:
    """Remove a folder; what was in it stays in the archive."""
    store().remove_folder(store().folder(folder_id, owner=owner()))
    return Response(status=204)


@blueprint.route("/folders/<folder_id>/items/<item>", methods=["PUT"], parameters=_ITEM)
@blueprint.doc(operationId="putInFolder", security=_KEY)
@blueprint.arguments(ItemParameters, location="json", error_status_code=400)
@blueprint.response(200, FolderSchema, description="The folder")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def put_in_folder(params: dict[str, Any], folder_id: str, item: str) -> Response:
    """Put a quote or a snapshot into a folder, with a note."""
    folder, archive = store().folder(folder_id, owner=owner()), current.archive()
    archive.quote(item) if item.startswith("q") else archive.snapshot(item)
    return json_reply(folder_answer(store().put(folder, item, params["note"]), whole=True))


@blueprint.route("/folders/<folder_id>/items/<item>", methods=["DELETE"], parameters=_ITEM)
@blueprint.doc(operationId="takeFromFolder", security=_KEY)
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, FolderSchema, description="The folder")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
def take_from_folder(_params: dict[str, Any], folder_id: str, item: str) -> Response:
    """Remove a quote or a snapshot from a folder."""
    folder = store().folder(folder_id, owner=owner())
    return json_reply(folder_answer(store().take(folder, item), whole=True))


_BYTES = {"type": "string", "format": "binary"}


@blueprint.route("/folders/<folder_id>/table", parameters=_FOLDER)
@blueprint.doc(operationId="exportFolder", security=_KEY)
@blueprint.arguments(ShareParameters, location="query", error_status_code=400)
@blueprint.response(200, _BYTES, content_type="text/csv", description="The quotes of the folder, as exports have them")
@blueprint.alt_response(404, "NOT_FOUND")
def export_folder(_params: dict[str, Any], folder_id: str) -> Response:
    """Download the quotes of a folder as CSV."""
    quotes, _ = contents(folder_for(folder_id))
    results = ResultSet(name="quotes", columns=QUOTE_COLUMNS, rows=iter([quotes]))
    plain = {"text": ExportedText.FULL, "package": False}
    return _private(serving.export_reply(results, formats()["csv"], plain, None))


@blueprint.route("/folders/<folder_id>/citations", parameters=_FOLDER)
@blueprint.doc(operationId="citeFolder", security=_KEY)
@blueprint.arguments(ShareParameters, location="query", error_status_code=400)
@blueprint.response(200, _BYTES, content_type="application/x-bibtex", description="The citations as BibTeX")
@blueprint.alt_response(404, "NOT_FOUND")
def cite_folder(_params: dict[str, Any], folder_id: str) -> Response:
    """Cite everything in a folder, as BibTeX."""
    archive, entries = current.archive(), []
    for item in folder_for(folder_id).items:
        try:
            entry = archive.quote(item.id) if item.id.startswith("q") else None
            row = archive.snapshot(entry.snapshot_id if entry else item.id)
        except (NotFound, Withdrawn):
            continue
        entries.append(bibtex.entry(citing.work_of(row, entry)))
    reply = Response("\n\n".join(entries) + "\n", mimetype="application/x-bibtex")
    reply.headers["Content-Disposition"] = 'attachment; filename="citations.bib"'
    return _private(reply)


@blueprint.route("/folders/<folder_id>/evidence.wacz", parameters=_FOLDER)
@blueprint.doc(operationId="proveFolder", security=_KEY)
@blueprint.arguments(ShareParameters, location="query", error_status_code=400)
@blueprint.response(200, _BYTES, content_type="application/wacz", description="One evidence package of everything")
@blueprint.alt_response(404, "NOT_FOUND")
def prove_folder(_params: dict[str, Any], folder_id: str) -> Response:
    """Download everything in a folder as one evidence package."""
    quotes, snapshots = contents(folder_for(folder_id))
    ids = [str(each["id"]) for each in (*quotes, *snapshots)]
    if not ids:
        abort(404, "The folder is empty.")
    return _private(bytes_reply(current.archive().evidence(ids), content_type="application/wacz"))


@blueprint.route("/searches")
@blueprint.doc(operationId="listSearches", security=_KEY)
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, SavedSearchesSchema, description="Your saved searches, newest first")
@blueprint.alt_response(403, "FORBIDDEN")
def list_searches(_params: dict[str, Any]) -> Response:
    """List your saved searches; if deliveries fail, with the reason."""
    return _private(json_reply({"items": [search_answer(each) for each in store().searches(owner())]}))


@blueprint.route("/searches", methods=["POST"])
@blueprint.doc(operationId="saveSearch", security=_KEY)
@blueprint.arguments(SearchToSave, location="json", error_status_code=400)
@blueprint.response(201, SavedSearchSchema, description="The search; `secret` is shown this once")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(415, "UNSUPPORTED_MEDIA_TYPE")
def save_search(params: dict[str, Any]) -> Response:
    """Save a search. With a webhook, new quotes are delivered to it as JSON, signed (HMAC-SHA256).

    The query is checked now, so that it cannot fail later. Webhooks are https addresses that are public.
    """
    loaded(params["query"])
    if params["webhook"] is not None:
        checked(Gate(current.config().fetch_allow), params["webhook"])
    search = store().add_search(owner(), params["name"], params["query"], params["webhook"])
    reply = json_reply(search_answer(search, secret=True), status=201)
    reply.headers["Location"] = current.links().saved_search(search.id)
    return reply


@blueprint.route("/searches/<search_id>", parameters=_SEARCH)
@blueprint.doc(operationId="getSearch", security=_KEY)
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(200, SavedSearchSchema, description="The search and the status of its deliveries")
@blueprint.alt_response(404, "NOT_FOUND")
def get_search(_params: dict[str, Any], search_id: str) -> Response:
    """Read a saved search."""
    return _private(json_reply(search_answer(store().search(search_id, owner()))))


@blueprint.route("/searches/<search_id>", methods=["DELETE"], parameters=_SEARCH)
@blueprint.doc(operationId="removeSearch", security=_KEY)
@blueprint.arguments(NoParameters, location="query", error_status_code=400)
@blueprint.response(204, description="It is gone")
@blueprint.alt_response(403, "FORBIDDEN")
@blueprint.alt_response(404, "NOT_FOUND")
def remove_search(_params: dict[str, Any], search_id: str) -> Response:
    """Delete a saved search and stop its deliveries."""
    store().remove_search(store().search(search_id, owner()))
    return Response(status=204)


def folder_for(folder_id: str) -> Collection:
    """The caller's folder, or the one that the link of the request shares."""
    caller = access.caller()
    mine = caller.key.id if caller.key else LOCAL if caller.is_local else None
    return store().folder(folder_id, owner=mine, share=request.args.get("share"))


def contents(folder: Collection) -> tuple[list[Document], list[Document]]:
    """The quotes and the snapshots in a folder, as the API answers them; what is withdrawn is left out."""
    archive, links = current.archive(), current.links()
    quotes, snapshots = [], []
    for item in folder.items:
        try:
            if item.id.startswith("q"):
                entry = archive.quote(item.id)
                quotes.append(quote_answer(entry, archive.snapshot(entry.snapshot_id), links))
            else:
                snapshots.append(snapshot_answer(archive.snapshot(item.id), links))
        except (NotFound, Withdrawn):
            continue
    return quotes, snapshots


def _is_known(item: Item) -> bool:
    """Whether the caller, who may have the link and no key, may know of what was put in, withdrawn or not."""
    archive = current.archive()
    try:
        archive.quote(item.id) if item.id.startswith("q") else archive.snapshot(item.id)
    except NotFound:
        return False
    except Withdrawn:
        return True
    return True


def folder_answer(folder: Collection, *, whole: bool = False) -> Document:
    """A folder as JSON, with what is in it where it is requested by itself."""
    links = current.links()
    quotes, snapshots = contents(folder) if whole else ([], [])
    items = [each for each in folder.items if not whole or _is_known(each)]
    return {
        "id": folder.id,
        "name": folder.name,
        "made_at": moment(folder.made_at),
        "items": [{"id": each.id, "note": each.note, "put_at": moment(each.put_at)} for each in items],
        "quotes": quotes,
        "snapshots": snapshots,
        "links": {"self": links.folder(folder.id), "page": links.folder_page(folder.id, folder.share)},
    }


def search_answer(search: SavedSearch, *, secret: bool = False) -> Document:
    """A saved search as JSON; its secret only when it was just made."""
    links = current.links()
    pairs = [
        (name, str(each))
        for name, value in search.query.items()
        for each in (value if isinstance(value, list) else [value])
    ]
    return {
        "id": search.id,
        "name": search.name,
        "query": search.query,
        "webhook": search.webhook,
        "secret": search.secret if secret else None,
        "made_at": moment(search.made_at),
        "delivered": search.delivered,
        "failures": search.failures,
        "problem": search.problem,
        "next_at": moment(search.next_at) if search.webhook else None,
        "links": {"self": links.saved_search(search.id), "feed": links.search("/v1/quotes.atom", pairs)},
    }


def _private(reply: Response) -> Response:
    reply.headers["Cache-Control"] = "private, no-cache"
    return reply
