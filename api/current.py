"""What the running application serves: its archive, settings and job queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, current_app, g

from api.cursors import Signer
from api.keys import Keys
from api.last_used import LastUsed
from api.links import Links
from api.rates import Rates
from api.sessions import Sessions
from archiver.config import Config
from archiver.viewer import Viewer

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.jobs import Jobs

_NAME = "onrecord"


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What one application serves and keeps account with; without `jobs` it takes no captures."""

    archive: Archive
    config: Config
    jobs: Jobs | None
    keys: Keys
    last_used: LastUsed
    rates: Rates
    signer: Signer


def serve(app: Flask, served: Services) -> None:
    """Makes `served` available to the functions below within requests to `app`."""
    app.extensions[_NAME] = served


def archive() -> Archive:
    """The archive of the current application, as whoever sent the request may see it."""
    return _services().archive.seen_by(
        g.get("viewer", Viewer(whole=_services().config.reading == "open")), g.get("actor")
    )


def config() -> Config:
    """The settings of the current application."""
    return _services().config


def jobs() -> Jobs | None:
    """The queue of captures of the current application."""
    return _services().jobs


def keys() -> Keys:
    """The keys of the archive."""
    return _services().keys


def last_used() -> LastUsed:
    """When the keys were used last."""
    return _services().last_used


def sessions() -> Sessions:
    """The sessions of people who signed in."""
    return Sessions(_services().config.archive)


def rates() -> Rates:
    """The counts of this server's callers."""
    return _services().rates


def signer() -> Signer:
    """What signs cursors."""
    return _services().signer


def links() -> Links:
    """The links of the current application."""
    return Links(_services().config.base_url, _services().config.replay_url)


def _services() -> Services:
    served: Services = current_app.extensions[_NAME]
    return served
