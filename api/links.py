"""Links: every URL in an answer, absolute and under the settings' base URL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlencode, urlsplit

from api.timestamps import timestamp

MAX_EXACT = 300  # characters; longer words are named by how they begin and end
_ENDS = 5  # words at either end


@dataclass(frozen=True, slots=True)
class Links:
    """Links under `base`, which has no slash at its end. All of them are ASCII.

    `replay_template` is where the library replays captures itself, with `{timestamp}` and `{url}` in it.
    """

    base: str
    replay_template: str | None = None

    def quote(self, quote_id: str) -> str:
        """A quote as JSON."""
        return f"{self.base}/v1/quotes/{_segment(quote_id)}"

    def quote_page(self, quote_id: str) -> str:
        """A quote for people: what is cited."""
        return f"{self.base}/quotes/{_segment(quote_id)}"

    def folder(self, folder_id: str) -> str:
        """A folder as JSON."""
        return f"{self.base}/v1/folders/{_segment(folder_id)}"

    def folder_page(self, folder_id: str, share: str | None = None) -> str:
        """A folder for people; with `share` for whoever is given the link."""
        return self.search(f"/folders/{_segment(folder_id)}", [("share", share)] if share else [])

    def sample(self, sample_id: str) -> str:
        """What the reviews of a random sample say, as JSON."""
        return f"{self.base}/v1/samples/{_segment(sample_id)}"

    def sample_page(self, sample_id: str) -> str:
        """The same for people: what is cited."""
        return f"{self.base}/samples/{_segment(sample_id)}"

    def saved_search(self, search_id: str) -> str:
        """A saved search."""
        return f"{self.base}/v1/searches/{_segment(search_id)}"

    def outlet_page(self, name: str) -> str:
        """An outlet for people."""
        return f"{self.base}/outlets/{quote(name, safe='', errors='replace')}"

    def snapshot(self, snapshot_id: str) -> str:
        """A snapshot as JSON."""
        return f"{self.base}/v1/snapshots/{_segment(snapshot_id)}"

    def snapshot_page(self, snapshot_id: str) -> str:
        """A snapshot for people."""
        return f"{self.base}/snapshots/{_segment(snapshot_id)}"

    def text(self, snapshot_id: str, digest: str | None = None) -> str:
        """The text of a snapshot's article; with `digest` one that an older extraction read."""
        return f"{self.snapshot(snapshot_id)}/text" + (f"?{urlencode({'digest': digest})}" if digest else "")

    def record(self, snapshot_id: str) -> str:
        """The WARC record of a snapshot."""
        return f"{self.snapshot(snapshot_id)}/record"

    def evidence(self, of: str) -> str:
        """The evidence package of a quote or snapshot; `of` is its own link."""
        return f"{of}/evidence.wacz"

    def verification(self, of: str) -> str:
        """What checking a quote or snapshot finds; `of` is its own link."""
        return f"{of}/verification"

    def quotes_of(self, snapshot_id: str) -> str:
        """The quotes of a snapshot, repeats included."""
        return self.search("/v1/quotes", [("snapshot", snapshot_id), ("repeats", "true")])

    def checks_of(self, snapshot_id: str) -> str:
        """Checks every quote of a snapshot against the rest of the archive."""
        return f"{self.snapshot(snapshot_id)}/checks"

    def captures(self, url: str) -> str:
        """The snapshots of a URL."""
        return self.search("/v1/snapshots", [("url", url)])

    def statement(self, statement_id: str) -> str:
        """A statement as JSON."""
        return f"{self.base}/v1/statements/{_segment(statement_id)}"

    def statement_page(self, statement_id: str) -> str:
        """A statement for people."""
        return f"{self.base}/statements/{_segment(statement_id)}"

    def speaker(self, speaker_id: str) -> str:
        """A person as JSON."""
        return f"{self.base}/v1/speakers/{_segment(speaker_id)}"

    def speaker_decisions(self, speaker_id: str) -> str:
        """What people decided about a person, as JSON."""
        return f"{self.speaker(speaker_id)}/decisions"

    def speaker_page(self, speaker_id: str) -> str:
        """A person for people."""
        return f"{self.base}/speakers/{_segment(speaker_id)}"

    def diff_page(self, url: str, before: str = "first", after: str = "latest") -> str:
        """Two captures of a page side by side for people."""
        return self.search("/diff", [("url", url), ("from", before), ("to", after)])

    def history_page(self, quote_id: str) -> str:
        """A quote through the captures of its page for people."""
        return f"{self.quote_page(quote_id)}/history"

    def diff(self, url: str, before: str, after: str) -> str:
        """Two captures of a page, by their ids, side by side as JSON."""
        return self.search("/v1/diff", [("url", url), ("from", before), ("to", after)])

    def job(self, job_id: str) -> str:
        """A capture that was requested."""
        return f"{self.base}/v1/jobs/{_segment(job_id)}"

    def memento(self, timestamp: str, url: str, modifier: str = "") -> str:
        """A saved state of a URL (URI-M), by its time in 14 digits or by its snapshot's id.

        The modifier `id_` asks for it as it was sent.
        """
        return f"{self.base}/web/{timestamp}{modifier}/{_whole(url)}"

    def replay(self, captured_at: datetime, url: str) -> str | None:
        """A saved state in the library's own replay, where the settings name one."""
        if self.replay_template is None:
            return None
        return self.replay_template.format(timestamp=timestamp(captured_at), url=_whole(url))

    def original(self, url: str) -> str:
        """A URL of somebody else's, fit for a header field (URI-R)."""
        return _whole(url)

    def timegate(self, url: str) -> str:
        """Where the state of a URL at any time is requested (URI-G)."""
        return f"{self.base}/timegate/{_whole(url)}"

    def timemap(self, kind: str, url: str, page: int = 1) -> str:
        """The list of all states of a URL (URI-T), or a further page of it: `link`, `json` or `cdxj`."""
        return f"{self.base}/timemap/{kind}/{f'{page}/' if page > 1 else ''}{_whole(url)}"

    def search(self, path: str, pairs: Sequence[tuple[str, str]]) -> str:
        """A path with parameters."""
        return f"{self.base}{path}" + (f"?{urlencode(pairs, errors='replace')}" if pairs else "")

    def path(self, path: str) -> str:
        """Any path of this server, percent-encoded."""
        return self.base + quote(path, safe="/:@!$&'()*+,;=~", errors="replace")

    def problem(self, slug: str) -> str:
        """Where the docs explain a kind of problem."""
        return f"{self.base}/docs#problem-{slug}"

    @property
    def description(self) -> str:
        """The OpenAPI description."""
        return f"{self.base}/openapi.json"

    @property
    def docs(self) -> str:
        """The documentation for people."""
        return f"{self.base}/docs"


def live_link(url: str, words: Iterable[str]) -> str | None:
    """The page itself, with a text directive for each run of words (WICG, URL Fragment Text Directives).

    None where `url` is not one that a browser should be sent to.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        return None
    directives = "&".join(f"text={_directive(run)}" for run in words if run.strip())
    if not directives:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:{directives}"


def _directive(words: str) -> str:
    """The words, or how they begin and end: a directive must not cross paragraphs unless it is a range."""
    if len(words) <= MAX_EXACT and "\n" not in words:
        return _encoded(words)
    parts = words.split()
    return f"{_encoded(' '.join(parts[:_ENDS]))},{_encoded(' '.join(parts[-_ENDS:]))}"


@lru_cache(maxsize=1 << 12)
def _encoded(words: str) -> str:
    """Percent-encoded, the directive's own signs `-`, `,` and `&` too."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")


def _whole(url: str) -> str:
    """A URL inside another: as it is, except for what no URL may hold."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~", errors="replace").replace("#", "%23")


def _segment(text: str) -> str:
    if text.isalnum() and text.isascii():  # as every id of this archive is
        return text
    return quote(text, safe="", errors="replace")
