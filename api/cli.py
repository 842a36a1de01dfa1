"""The terminal: one verb per command, results on stdout, messages and progress bars on stderr.

The verbs are in `api.verbs`, a module for each; only the one that is called is loaded. They take several arguments and
continue after one fails; of several exit codes the worst is returned. From 3 up, the same command resumes.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from api import console
from api.run import INTERRUPTED, Run, exit_code
from archiver import errors

VERBS = {
    "capture": "Fetch pages, keep them as WARC snapshots, find their quotes.",
    "add": "Import WARC, ARC or WACZ files and find their quotes.",
    "quotes": "Find the quotes of a page, a text or a WARC; nothing is stored.",
    "search": "Search quotes by words and filters.",
    "check": "Say whether somebody said something, and show the difference.",
    "export": "Write every quote of a search into a file.",
    "show": "Show a quote or a snapshot: who, when, why, and where the proof is.",
    "diff": "Compare two captures of a page: the article by word, the quotes one by one.",
    "evidence": "Write an evidence package: quotes or snapshots with all their proof, in one file.",
    "review": "Confirm, correct or dispute who said a quote.",
    "speakers": "Show a speaker across spellings; join two speakers, or separate one.",
    "withdraw": "Withdraw quotes or snapshots, or restore them.",
    "erase": "Destroy the bytes of snapshots, as the law requires.",
    "release": "Make private snapshots public.",
    "verify": "Re-read the evidence and report what differs from what was stored.",
    "rebuild": "Rebuild the index from the WARC files alone.",
    "reextract": "Extract snapshots again with this program's extractor.",
    "serve": "Serve the API and the pages over HTTP until interrupted.",
    "log": "List every action on the archive and who did it.",
    "keys": "Create, list and revoke keys for the HTTP API.",
    "openapi": "Print the OpenAPI 3.1 description of the HTTP API.",
}
"""Each verb and a line about it, so that the list of verbs needs none of them loaded."""

TURN = 0.001
"""Seconds after which a busy thread of the program makes way for another: Python's own are five times as many.

A child that reads pages is idle until its thread had its turns to take its answer and hand it the next page.
"""


class Verbs(click.Group):
    """Loads a verb when it is called, and turns its errors into a message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which a new user meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of this name."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = getattr(import_module(f"api.verbs.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of verbs."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a verb; never shows a traceback for what a person can mend."""
        sys.setswitchinterval(TURN)
        kwargs["standalone_mode"] = False
        run = Run({})
        kwargs["obj"] = run
        try:
            super().main(*args, **kwargs)
        except click.exceptions.Abort:
            console.say("interrupted; run the same command again to continue")
            run.note(INTERRUPTED)
        except click.ClickException as error:
            error.show()
            run.note(2)
        except errors.OnRecordError as error:
            console.say(error.message)
            run.note(exit_code(error))
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(run.code)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onrecord", message="%(prog)s %(version)s")
def main() -> None:
    """Who said what, when, and where is the proof: a quote-provenance archive."""
