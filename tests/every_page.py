"""A page of each kind, for tests that hold something of all pages."""

from __future__ import annotations

import os

from archiver.archive import Archive
from archiver.index.identity import statement_id
from archiver.records import Entry
from archiver.speakers.keys import person_id

LIKE_OTHERS = frozenset({
    "/?polarity=denied&polarity=disputed", "/?kind=indirect&attributed=false", "/articles", "/snapshots",
    "/people?prefix=zz", "/review", "/check", "/changes", "/days",
    "/check?text=The+lighthouse+will+be+painted+green+tomorrow",
})  # fmt: skip
"""Pages that differ from others in words alone."""
EVERY = os.environ.get("ONRECORD_TEST_PAGES") == "all"
"""Whether browser tests look at every page, as `make pages` does, not at one of each kind."""
NOT_PAGES = frozenset({"/nowhere"})
"""Addresses at which there is nothing, which is a page too."""


def every_page(archive: Archive, entry: Entry) -> list[str]:
    """The paths of the pages, with those of this quote. What they show is the sample archive."""
    quote, snapshot = f"/quotes/{entry.quote.id}", f"/snapshots/{entry.snapshot_id}"
    url = entry.url
    return [
        "/", "/?q=ferry", "/?q=zeppelin", "/?q=a*&colour=red&kind=loud&published.from=2026-31-01",
        "/?q=ferry&kind=direct&speaker=marlow&group=article&view=comfortable", "/?polarity=denied&polarity=disputed",
        "/?site=shiomi-shimpo.localhost", "/?kind=indirect&attributed=false", "/articles", "/articles?q=ferry",
        quote, f"{quote}/history", f"{quote}/review", f"{quote}/page", snapshot, f"/snapshots?url={url}",
        "/snapshots", "/snapshots?url=http://never.example/", f"/diff?url={url}", "/changes",
        f"/statements/{statement_id(entry.quote)}", f"/speakers/{person_id('Ada Marlow')}", "/people",
        "/people?prefix=zz",
        "/outlets", "/outlets/The%20Harbour%20Courier", "/days", "/days/2026-11", "/review",
        "/check", "/check?text=The+contract+was+put+to+tender&speaker=Marlow",
        "/check?text=The+lighthouse+will+be+painted+green+tomorrow", "/save?url=http://a.example/", "/signin",
        "/folders", "/searches", "/docs", "/nowhere",
    ]  # fmt: skip


def pages_to_look_at(archive: Archive, entry: Entry) -> list[str]:
    """The pages that browser tests look at."""
    return [path for path in every_page(archive, entry) if EVERY or path not in LIKE_OTHERS]


def a_share(paths: list[str], one_in: int) -> list[str]:
    """One in so many of them; all where every page is looked at."""
    return paths if EVERY else paths[::one_in]
