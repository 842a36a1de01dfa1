"""The values that flow through the archive: frozen, slotted, named by keyword, tuples instead of lists.

    Exchange → Snapshot → Extraction → Entry → Page

Each stage of the archive is a function from one of these to the next. They hold facts only: no file, socket or database
is touched here. Times of our own clock are aware UTC; what a page printed keeps the page's own offset.

terms        closed lists of words: kinds, states, reasons
exchanges    an HTTP answer as it crossed the wire
snapshots    a saved page and its WARC record
articles     what is read from a page
quotes       a quote, with speaker, day and trail; an extraction
assertions   what programs and people assert, as it is stored
entries      rows of the index
searches     queries, pages of results, facets, histograms
"""

from archiver.records.articles import (
    UNDATED,
    Article,
    Dated,
    Passage,
    Span,
)
from archiver.records.assertions import (
    Change,
    Decision,
    SpeakerDecision,
    StoredAssertion,
    StoredText,
)
from archiver.records.entries import (
    Entry,
    SnapshotEntry,
)
from archiver.records.exchanges import (
    Exchange,
    Head,
)
from archiver.records.quotes import (
    NO_ASCRIPTION,
    NO_CUE,
    NO_DAY,
    NOBODY,
    Ascription,
    Cue,
    Extraction,
    Quote,
    SaidOn,
    Selector,
    Speaker,
    Step,
    Tombstone,
)
from archiver.records.searches import (
    ANY_DAY,
    Bucket,
    Days,
    EntryT,
    Facet,
    Histogram,
    Page,
    Query,
    Refused,
    Searched,
    SnapshotQuery,
    Total,
)
from archiver.records.snapshots import (
    BY_KEY,
    NO_SOURCE,
    PAYLOAD_DIFFERS,
    Added,
    Locator,
    Reference,
    Snapshot,
    Source,
    WarcRecord,
)
from archiver.records.terms import (
    Act,
    Basis,
    By,
    DateOf,
    ExtractionState,
    Interval,
    Kind,
    Origin,
    Polarity,
    Precision,
    QuoteState,
    Reason,
    Relation,
    Review,
    SpeakerAct,
    TextManifest,
    TextSource,
    Truncation,
    Via,
    Visibility,
)

__all__ = [
    "ANY_DAY",
    "BY_KEY",
    "NOBODY",
    "NO_ASCRIPTION",
    "NO_CUE",
    "NO_DAY",
    "NO_SOURCE",
    "PAYLOAD_DIFFERS",
    "UNDATED",
    "Act",
    "Added",
    "Article",
    "Ascription",
    "Basis",
    "Bucket",
    "By",
    "Change",
    "Cue",
    "DateOf",
    "Dated",
    "Days",
    "Decision",
    "Entry",
    "EntryT",
    "Exchange",
    "Extraction",
    "ExtractionState",
    "Facet",
    "Head",
    "Histogram",
    "Interval",
    "Kind",
    "Locator",
    "Origin",
    "Page",
    "Passage",
    "Polarity",
    "Precision",
    "Query",
    "Quote",
    "QuoteState",
    "Reason",
    "Reference",
    "Refused",
    "Relation",
    "Review",
    "SaidOn",
    "Searched",
    "Selector",
    "Snapshot",
    "SnapshotEntry",
    "SnapshotQuery",
    "Source",
    "Span",
    "Speaker",
    "SpeakerAct",
    "SpeakerDecision",
    "Step",
    "StoredAssertion",
    "StoredText",
    "TextManifest",
    "TextSource",
    "Tombstone",
    "Total",
    "Truncation",
    "Via",
    "Visibility",
    "WarcRecord",
]
