"""Folders on pages: what somebody put together, with their notes, and the ways to take it along."""

from __future__ import annotations

from flask import Response, redirect, request
from werkzeug.wrappers import Response as WerkzeugResponse

from api import access, current, desk
from api.pages.frame import blueprint, keep, render
from api.pages.passages import results
from api.pages.strings import t
from api.replies import page_reply
from archiver.errors import NotFound, Withdrawn
from archiver.records import Query


@blueprint.get("/folders")
def folders() -> Response:
    """The reader's own folders, and a form for another one."""
    return _private(render("folders.html", folders=desk.store().folders(desk.owner())))


@blueprint.post("/folders")
def add_folder() -> WerkzeugResponse:
    """Make a folder and show it; an `item` is put into it, or into an existing one, and is shown again."""
    access.check_writer()
    store, given, item = desk.store(), request.form, request.form.get("item", "")
    if item:
        _find(item)
    name = given.get("name", "").strip()[:200] or t("folder.unnamed")
    chosen = given.get("folder", "") if not given.get("name", "").strip() else ""
    folder = store.folder(chosen, owner=desk.owner()) if chosen else store.add_folder(desk.owner(), name)
    links = current.links()
    if not item:
        return redirect(keep(links.folder_page(folder.id)), 303)
    store.put(folder, item, given.get("note", "").strip()[:10_000])
    page = links.quote_page(item) if item.startswith("q") else links.snapshot_page(item)
    return redirect(keep(f"{page}#folders"), 303)


@blueprint.get("/folders/<folder_id>")
def folder_page(folder_id: str) -> Response:
    """A folder, for its owner and for anyone with its link."""
    folder, archive = desk.folder_for(folder_id), current.archive()
    entries, rows, notes = [], [], {item.id: item.note for item in folder.items}
    for item in folder.items:
        try:
            if item.id.startswith("q"):
                entries.append(archive.quote(item.id))
            else:
                rows.append(archive.snapshot(item.id))
        except (NotFound, Withdrawn):
            continue
    share = request.args.get("share")
    suffix = f"?share={share}" if share and folder.share == share else ""
    html = render(
        "folder.html",
        folder=folder,
        results=list(results(entries, Query())),
        rows=rows,
        notes=notes,
        suffix=suffix,
        mine=not suffix,
    )
    return _private(html)


@blueprint.post("/folders/<folder_id>")
def change_folder(folder_id: str) -> WerkzeugResponse:
    """Add or remove an item, share the folder by a link or stop sharing it, by the button that was pressed."""
    access.check_writer()
    store = desk.store()
    folder = store.folder(folder_id, owner=desk.owner())
    item = request.form.get("item", "").strip().rstrip("/").rpartition("/")[2][:40]
    action = request.form.get("action", "put")
    if action == "remove":
        store.remove_folder(folder)
        return redirect(keep(current.links().search("/folders", [])), 303)
    if action in {"share", "unshare"}:
        store.share(folder, shared=action == "share")
    elif action == "take":
        store.take(folder, item)
    else:
        _find(item)
        store.put(folder, item, request.form.get("note", "").strip()[:10_000])
    return redirect(keep(current.links().folder_page(folder_id)), 303)


def _find(item: str) -> None:
    """Raises NotFound unless the archive has this quote or snapshot."""
    archive = current.archive()
    archive.quote(item) if item.startswith("q") else archive.snapshot(item)


def _private(html: str) -> Response:
    reply = page_reply(html)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply
