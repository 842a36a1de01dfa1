"""`make run`: the sample site, captured through the product over real HTTP, and the API on what was kept.

The archive is `.sample/archive`, never the one that the settings name; every other setting is obeyed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from archiver.config import load
from tests.site.serve import PORT, Site

ONRECORD = str(Path(sys.executable).with_name("onrecord"))
ARCHIVE = Path(".sample/archive")
MAX_AGE = "30d"
"""A second run within this time fetches nothing again."""
WORDS = "tender"
SPEAKER = "marlow"


def main() -> int:
    """Captures, says what to try, serves until interrupted; the exit code of the first program that failed, else 0."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--site-port", type=int, default=PORT)
    try:
        site = Site(arguments.parse_args().site_port)
    except OSError as error:
        print(f"the sample site cannot start: {error.strerror}. Choose another port: make run SITE_PORT=8098")
        return 2
    with site:
        environment = _environment(site)
        print(f"sample site: {site.urls[0]} and {len(site.urls) - 1} more, kept in {ARCHIVE}", flush=True)
        code = subprocess.run(
            [ONRECORD, "capture", "--max-age", MAX_AGE, *site.urls], env=environment, check=False
        ).returncode
        if code == 0:
            _what_to_try(environment)
            code = _serve(environment)
    return code


def _environment(site: Site) -> dict[str, str]:
    asked = {
        "ONRECORD_ARCHIVE": str(ARCHIVE),
        "ONRECORD_FETCH_ALLOW": ",".join(site.allow),
        "ONRECORD_FETCH_PAUSE": "0",
        "ONRECORD_INDEX_PREFIX": "onrecord-sample",
    }
    return {**os.environ, **asked}


def _what_to_try(environment: dict[str, str]) -> None:
    config = load(environment)
    asked = [ONRECORD, "search", WORDS, "--speaker", SPEAKER, "--kind", "direct", "--json", "--limit", "1"]
    answer = json.loads(subprocess.run(asked, env=environment, check=True, capture_output=True).stdout)
    quote = answer["items"][0]
    base = config.base_url
    print(
        f"\nheld: {answer['searched']['snapshots']} snapshots, {answer['searched']['quotes']} quotes, "
        f"published {answer['searched']['published_from']} to {answer['searched']['published_to']}\n"
        f"\n“{quote['text']}”\n  {quote['speaker']['name']} · {quote['article']['outlet']}\n"
        f"\ntry in a terminal\n"
        f"  curl '{base}/v1/quotes?q={WORDS}&highlight=true'\n"
        f"  curl {base}/v1/quotes/{quote['id']}\n"
        f"  curl {quote['links']['snapshot']}\n"
        f"  curl {quote['links']['record']}\n"
        f"  .venv/bin/onrecord show {quote['id']} --archive {ARCHIVE}\n"
        f"\nopen in a browser\n  {base}/?q={WORDS}\n  {quote['links']['page']}\n",
        flush=True,
    )


def _serve(environment: dict[str, str]) -> int:
    """Runs the API in the foreground. Ctrl-C reaches it too: it ends by itself and is waited for."""
    with subprocess.Popen([ONRECORD, "serve"], env=environment) as server:
        while True:
            try:
                return 0 if server.wait() in {0, 130} else server.returncode
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main())
