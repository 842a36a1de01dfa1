"""A quote beside others: claims, statements and their printings, captures of its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archiver.archive.reading import Reading
from archiver.checks import report, texts
from archiver.checks.check import Claim
from archiver.checks.report import CheckReport
from archiver.history import edits
from archiver.history.choice import chosen
from archiver.history.differences import PageDifference, page_difference
from archiver.history.edits import Edits, readable
from archiver.history.observations import Observation, observations
from archiver.records import Entry, Query
from archiver.statements import lookup, occurrences
from archiver.statements.collapse import Collapsed
from archiver.statements.occurrences import Occurrence, Statement, statement_of

if TYPE_CHECKING:
    from archiver.extraction import Extractor


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What an archive says about words, as a viewer sees it; `extractor` gives what reads texts."""

    reading: Reading
    extractor: Callable[[], Extractor]

    def check(self, claim: Claim) -> CheckReport:
        """What the archive says about a claim. Raises BadQuery and the other SearchErrors."""
        return report.check(self.reading.index, claim, text_of=self.reading.article_text)

    def check_text(self, data: bytes, kind: str) -> Iterator[CheckReport]:
        """Checks every quote of a text against the archive; `kind` is a media type of `checks.texts.KINDS`.

        Raises BadQuery where the text cannot be read.
        """
        if kind == texts.HTML:
            found = self.extractor().read(data, url="", content_type=kind)
            if found.article is None:
                found = self.extractor().read_text(texts.html_text(data))
        else:
            text = texts.docx_text(data) if kind == texts.DOCX else texts.decoded(data)
            found = self.extractor().read_text(text)
        for claim in texts.claims_in(found):
            yield self.check(claim)

    def check_snapshot(self, snapshot_id: str) -> Iterator[CheckReport]:
        """Checks every quote of a snapshot against the rest of the archive. Raises NotFound."""
        row = self.reading.snapshot(snapshot_id)
        quotes = [entry.quote for entry in self.reading.quotes_of(snapshot_id)]
        for claim in texts.claims_of(quotes, row.language):
            yield report.check(self.reading.index, claim, text_of=self.reading.article_text, without=snapshot_id)

    def statement(self, statement_id: str) -> Statement:
        """The statement that the id of any of its wordings leads to. Raises NotFound."""
        return statement_of(lookup.cluster(self.reading.index, statement_id))

    def collapsed(self, query: Query) -> Collapsed:
        """The statements among the matches of a search, each once. Raises BadQuery and the other SearchErrors."""
        return self.reading.collapsed(query)

    def other_outlets(self, entry: Entry) -> tuple[str, ...]:
        """The outlets that print a quote's statement beside its own, oldest printing first."""
        members = lookup.cluster_of_entry(self.reading.index, entry).members
        own = entry.outlet or entry.site
        return tuple(dict.fromkeys(name for each in members if (name := each.outlet or each.site) != own))

    def occurrences(self, quote_id: str) -> tuple[Statement, tuple[Occurrence, ...]]:
        """The statement of a quote, and all its printings, oldest first. Raises NotFound."""
        entry = self.reading.quote(quote_id)
        cluster = lookup.cluster_of_entry(self.reading.index, entry)
        return statement_of(cluster), occurrences.occurrences(entry, cluster, self.reading.article_text)

    def history(self, quote_id: str) -> tuple[Observation, ...]:
        """A quote through the captures of its page, oldest first. Raises NotFound."""
        entry, index = self.reading.quote(quote_id), self.reading.index
        captures = index.captures(entry.url)
        found = observations(entry, captures, quotes_of=index.quotes_of, text_of=self.reading.article_text)
        return tuple(found)

    def difference(self, url: str, before: str, after: str) -> PageDifference:
        """Two captures of a page side by side (`history.choice.chosen` says how they are named).

        Raises NotFound, Withdrawn, KeyRequired and BadQuery.
        """
        index = self.reading.index
        held = readable(index.captures(url))
        for named in (before, after) if held else (None,):
            self.reading.check_withdrawn(url, named)
        rows = [chosen(held, *named, url=url) for named in ((before, "from"), (after, "to"))]
        self.reading.viewer.check_whole()
        return page_difference(
            *rows,
            quotes_of=index.quotes_of,
            text_of=self.reading.article_text,
        )

    def edits(self, site: tuple[str, ...] = (), cursor: str | None = None) -> Edits:
        """The captures in which a page's article changed, newest first. Raises BadQuery."""
        return edits.edits(self.reading.index, site, cursor)
