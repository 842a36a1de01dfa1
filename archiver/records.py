"""The values that flow through the archive: frozen, slotted, named by keyword, tuples instead of lists.

    Exchange → Snapshot → Extraction → Entry → Page

Each stage of the archive is a function from one of these to the next. They hold facts only: no file, socket or database
is touched here. Times of our own clock are aware UTC; what a page printed keeps the page's own offset.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar


class Origin(StrEnum):
    """How a snapshot came into the archive."""

    CAPTURED = "captured"
    ADDED = "added"


class Truncation(StrEnum):
    """Why a body ends early (the values of `WARC-Truncated`, WARC 1.1 §5.13)."""

    LENGTH = "length"
    TIME = "time"
    DISCONNECT = "disconnect"
    UNSPECIFIED = "unspecified"


class ExtractionState(StrEnum):
    """How far the reading of a snapshot got; `none` means that there was nothing to read."""

    DONE = "done"
    LIMITED = "limited"
    FAILED = "failed"
    NONE = "none"


class Reason(StrEnum):
    """Why a snapshot has no quotes or was read only in part. A closed list."""

    HTTP_ERROR = "http_error"
    BLOCKED_PAGE = "blocked_page"
    NOT_HTML = "not_html"
    NO_ARTICLE = "no_article"
    HOME_PAGE = "home_page"
    SECTION_PAGE = "section_page"
    SEARCH_PAGE = "search_page"
    AUTHOR_PAGE = "author_page"
    LOGIN_PAGE = "login_page"
    VIDEO_PAGE = "video_page"
    FORM_PAGE = "form_page"
    SOFT_404 = "soft_404"
    COOKIE_WALL = "cookie_wall"
    GEO_BLOCK = "geo_block"
    NEEDS_SCRIPT = "needs_script"
    PAYWALL = "paywall"
    ERROR = "error"
    NO_LANGUAGE_PACK = "no_language_pack"
    TIME = "time"
    MEMORY = "memory"
    DEPTH = "depth"
    NO_ORIGINAL = "no_original"


class TextSource(StrEnum):
    """Which reading of the page an article's text goes back to."""

    JSON_LD = "json_ld"
    SCRIPT_STATE = "script_state"
    TRAFILATURA = "trafilatura"
    RESILIPARSE = "resiliparse"


class Kind(StrEnum):
    """`direct`: a clause or more in quotation marks; `fragment`: a few quoted words; `indirect`: reported, no marks."""

    DIRECT = "direct"
    FRAGMENT = "fragment"
    INDIRECT = "indirect"


class Via(StrEnum):
    """How the speaker's full name was reached from the words that point at the speaker."""

    NAME = "name"
    SURNAME = "surname"
    PRONOUN = "pronoun"
    TITLE = "title"
    CONTINUED = "continued"


class Basis(StrEnum):
    """Whether the day of speaking is printed as a date or counted from the publication day."""

    STATED = "stated"
    RELATIVE = "relative"


class QuoteState(StrEnum):
    """Whether the newest extraction still holds the quote."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Polarity(StrEnum):
    """What the article says about the words: that they were said, or that they were not, might be, or are in doubt."""

    ASSERTED = "asserted"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    DISPUTED = "disputed"


class By(StrEnum):
    """Whether the program or a person named the speaker."""

    PROGRAM = "program"
    PERSON = "person"


class Review(StrEnum):
    """What a person said of an attribution."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    DISPUTED = "disputed"


class Visibility(StrEnum):
    """Who may see it: everybody, those with a key, or nobody."""

    PUBLIC = "public"
    PRIVATE = "private"
    WITHDRAWN = "withdrawn"


class TextManifest(StrEnum):
    """Whether the text carries a C2PA manifest in invisible characters (C2PA 2.4 §A.8); it is not judged."""

    PRESENT = "present"


class Precision(StrEnum):
    """The finest unit that a date states."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class Act(StrEnum):
    """What a person decided about a quote or a snapshot."""

    REVIEW = "review"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    PRIVATE = "private"
    RELEASE = "release"
    ERASE = "erase"


class Relation(StrEnum):
    """Whether a count is exact (`eq`) or a lower bound (`gte`)."""

    EXACT = "eq"
    AT_LEAST = "gte"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open range of Unicode code points in `Article.text`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an HTTP answer: read once, and passed on. `status` is None where the answer is not HTTP/1.

    `length` is the number of bytes before the body: status line, fields, blank line, interim answers before them.
    """

    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]
    length: int

    def header(self, name: str) -> str | None:
        """The first value of a field, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def values(self, name: str) -> list[str]:
        """All values of a field, split at commas, in lower case."""
        wanted = name.lower()
        lists = [value.lower().split(",") for key, value in self.headers if key.lower() == wanted]
        return [part.strip() for parts in lists for part in parts if part.strip()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer, as they crossed the wire.

    `request` and `response` are the raw HTTP messages (head and body, chunking and content coding as sent), `head` is
    what was read from the answer's head. `surplus` is the number of bytes after the message's end; they are not kept.
    """

    url: str
    sent_at: datetime
    request: bytes
    response: bytes
    head: Head
    address: str
    truncated: Truncation | None = None
    surplus: int = 0
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> int | None:
        """The status of the answer; None where it is not HTTP/1."""
        return self.head.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a record is: file relative to the archive's folder, byte offset, byte length as stored (compressed).

    `within` is set where a compressed member holds several records: the record's offset in what it decompresses to.
    """

    warc: str
    offset: int
    length: int
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """A WARC record, to be written (`locator` None) or as it was read.

    `record_id` is the bare URI (`urn:uuid:…`), None where a foreign record has none. `fields` are the further named
    fields in order (`WARC-Refers-To`, `WARC-Payload-Digest`, …), without those that have a place of their own here and
    without the lengths and block digest, which the writer computes. `stated_date` is the value of WARC-Date as the
    record has it, None where it is to be written from `date`. `head` is what was read from the HTTP answer in the
    block, None where nobody read it. Of a block too large to hold in memory `omitted` is the size and `block` empty.
    `remarks` are the oddities that were tolerated when it was read.
    """

    type: str
    record_id: str | None
    date: datetime | None
    target_uri: str | None
    content_type: str | None
    block: bytes
    fields: tuple[tuple[str, str], ...] = ()
    locator: Locator | None = None
    omitted: int = 0
    stated_date: str | None = None
    head: Head | None = None
    remarks: tuple[str, ...] = ()

    def field(self, name: str) -> str | None:
        """The first value of a further named field, or None."""
        wanted = name.lower()
        return next((value for key, value in self.fields if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Who brought a foreign file in, when, and the file's digest (`sha256:` and hex)."""

    at: datetime
    by: str
    file_digest: str


PAYLOAD_DIFFERS = "payload digest does not match"
"""The remark on a record whose payload is not what its WARC-Payload-Digest says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a revisit says of its original: any of record id, URL and time, payload digests (`sha1:` and hex)."""

    record_id: str | None = None
    url: str | None = None
    at: datetime | None = None
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Another web archive's memento that a snapshot was copied from (URI-M), and when it was copied."""

    url: str | None = None
    at: datetime | None = None


NO_SOURCE = Source()


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One saved state of one URL at one time: a memento in RFC 7089's sense.

    `payload_digest` is `sha256:` and hex of the payload after transfer decoding (WARC 1.1 §5.9), `digests` the ones by
    which revisits may refer to it. A revisit has `refers_to`, and as `payload` the record with its page, None where
    that is not in the archive; `revisit_of` is that record's id, or what the revisit names. `parts` and
    `payload_parts` are the further segments of a segmented record, `redirects_to` is where a redirect leads. `remarks`
    say what of it is doubtful. `payload_of` is the id of the snapshot whose payload a revisit shows. `private` says
    that it was captured so; whether it was released since is `SnapshotEntry.visibility`.
    """

    id: str
    record_id: str
    requested_url: str
    url: str
    captured_at: datetime
    status: int | None
    content_type: str | None
    payload_digest: str
    truncated: Truncation | None
    origin: Origin
    locator: Locator
    payload: Locator | None = None
    revisit_of: str | None = None
    payload_of: str | None = None
    added: Added | None = None
    parts: tuple[Locator, ...] = ()
    payload_parts: tuple[Locator, ...] = ()
    digests: tuple[str, ...] = ()
    refers_to: Reference | None = None
    redirects_to: str | None = None
    copied_from: Source = NO_SOURCE
    remarks: tuple[str, ...] = ()
    private: bool = False

    @property
    def is_unresolved(self) -> bool:
        """Whether this is a revisit whose original is not in the archive."""
        return self.refers_to is not None and self.payload is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as a page states it. `value` keeps the page's own offset; a date alone stays `YYYY-MM-DD`."""

    value: str | None = None
    precision: Precision | None = None
    source: str | None = None
    printed: str | None = None


UNDATED = Dated()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was read from a page. The first line of `text` is the title; `text_digest` is over its UTF-8 bytes.

    `agency` is the news agency that it comes from, `captions` what is below its pictures and is no part of `text`.
    """

    url: str
    canonical_url: str | None
    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    published: Dated
    modified: Dated
    language: str | None
    text: str
    text_digest: str
    agency: str | None = None
    text_source: TextSource | None = None
    captions: tuple[str, ...] = ()
    text_manifest: TextManifest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that a page sets apart as somebody's without quotation marks: a block quotation, an embedded post.

    `speaker` is the name that the page gives beside them (`cite`, a footer, an account's display name), which is in
    the article's text at `speaker_span` where it is printed there.
    """

    span: Span
    speaker: str | None = None
    speaker_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who spoke. `name` None with `printed` is an unnamed source; all None is nobody.

    `printed` is at `span`: the words by the quote that point at the speaker («she», «the auditor»). `represents`
    is the body that a speaker talks for, where the article says so.
    """

    name: str | None = None
    role: str | None = None
    printed: str | None = None
    span: Span | None = None
    via: Via | None = None
    confidence: float | None = None
    represents: str | None = None


NOBODY = Speaker()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascription:
    """Whom the article connects with words that it does not assert as said (denied, hypothetical, disputed)."""

    name: str | None = None
    printed: str | None = None
    span: Span | None = None


NO_ASCRIPTION = Ascription()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The reporting words («said», «according to»)."""

    printed: str | None = None
    span: Span | None = None
    confidence: float | None = None


NO_CUE = Cue()


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOn:
    """The day the words were said, where the text determines it; else `value` is None."""

    value: str | None = None
    precision: Precision | None = None
    basis: Basis | None = None
    printed: str | None = None
    span: Span | None = None
    confidence: float | None = None


NO_DAY = SaidOn()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One link of the trail: which rule a step used, and the words it rested on.

    `share` is how likely somebody is whom the rules name as a candidate only.
    """

    step: str
    rule: str
    printed: str | None = None
    span: Span | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A W3C TextQuoteSelector: the exact words of one span, and up to 32 characters on either side."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a withdrawn quote or snapshot: when it was withdrawn, why, and by which role.

    `legal` where a law or court asked for it; `erased` where the bytes are destroyed too.
    """

    at: datetime
    reason: str
    role: str
    legal: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that an article gives to somebody.

    `spans` leave the outer marks out; pieces that the reporter interrupts and reopened paragraphs are one quote with
    several spans. `text` joins them by a blank (reopened paragraphs: a newline), `printed` runs from the first span to
    the last; `before + printed + after` is verbatim article text. `text_digest` names the text that the spans count in.
    `id` is None until the quote is stored. `speakers` lists all of a joint statement, the first of whom is `speaker`
    too; it is empty where one person spoke.
    """

    id: str | None = None
    text: str
    printed: str
    kind: Kind
    spans: tuple[Span, ...]
    selectors: tuple[Selector, ...] = ()
    cue: Cue = NO_CUE
    speaker: Speaker = NOBODY
    speakers: tuple[Speaker, ...] = ()
    speaker_by: By = By.PROGRAM
    polarity: Polarity = Polarity.ASSERTED
    ascribed_to: Ascription = NO_ASCRIPTION
    review: Review | None = None
    said_on: SaidOn = NO_DAY
    before: str = ""
    after: str = ""
    trail: tuple[Step, ...] = ()
    span_confidence: float = 1.0
    state: QuoteState = QuoteState.CURRENT
    withdrawn: Tombstone | None = None
    superseded_by: str | None = None
    text_digest: str = ""
    extractor: str = ""
    extracted_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether numbers of quotes hold it: current, and printed in marks; reported speech is kept apart."""
        return self.state is QuoteState.CURRENT and self.kind is not Kind.INDIRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read from a snapshot at one time.

    `article` is None where the page has none. `quotes` hold the current ones and, after a re-extraction, those of
    earlier extractions that are no longer seen (`superseded`), so that every id ever assigned stays resolvable.
    """

    snapshot_id: str
    state: ExtractionState
    reason: Reason | None
    article: Article | None
    quotes: tuple[Quote, ...]
    extractor: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A text that quotes count in, and the `conversion` record that holds it."""

    digest: str
    locator: Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that a review sets: the path of the field (`speaker.name`) and its value, None for no value."""

    path: str
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person asserts about a snapshot, or about one quote of it.

    `id` is the id of its record. `by` is the name that the person goes by in public, empty where none was given;
    `role` says in which role. `based_on` are the ids of the assertions that made the state which the person saw.
    """

    id: str
    act: Act
    snapshot_id: str
    quote_id: str | None
    at: datetime
    by: str
    role: str
    reason: str
    based_on: tuple[str, ...]
    legal: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAssertion:
    """Where an assertion about a snapshot is: an extraction (`act` None) or a person's decision."""

    id: str
    at: datetime
    locator: Locator
    act: Act | None = None
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotEntry:
    """One row of the snapshots index: a snapshot, what its newest extraction says of the article, and its texts.

    `text` is given to the index to find the article by its words; it is empty in what the index gives back. `assertion`
    is where the annotation record is that the row was made from.
    """

    snapshot: Snapshot
    site: str
    url_keys: tuple[str, ...]
    state: ExtractionState
    reason: Reason | None
    extractor: str | None
    extracted_at: datetime | None
    quote_count: int
    title: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    canonical_url: str | None = None
    published: Dated = UNDATED
    modified: Dated = UNDATED
    language: str | None = None
    text_digest: str | None = None
    agency: str | None = None
    text_source: TextSource | None = None
    text_manifest: TextManifest | None = None
    texts: tuple[StoredText, ...] = ()
    assertion: Locator | None = None
    visibility: Visibility = Visibility.PUBLIC
    text: str = ""
    assertions: tuple[StoredAssertion, ...] = ()
    withdrawn: Tombstone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the quotes index: the quote, and of its snapshot what a search filters and sorts by.

    `learnt_at` is when the archive got the snapshot: when it was captured, or its file imported.
    """

    quote: Quote
    snapshot_id: str
    url: str
    url_keys: tuple[str, ...]
    site: str
    outlet: str | None
    title: str | None
    language: str | None
    published: str | None
    captured_at: datetime
    repeat_of: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    learnt_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """An inclusive range of days, `YYYY-MM-DD` at either end, None for open."""

    start: str | None = None
    end: str | None = None


ANY_DAY = Days()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a search over quotes asks. Repeated values are alternatives; every field narrows.

    `sort` is `-published`, `published`, `-learnt` (when the archive got them), `relevance` or `random`: the same `seed`
    draws the same order again. `facet_size` is maximum number of values per facet.
    `statement` are ids of wordings, `person` ids of spellings; `spellings` are further names beside `speaker`.
    """

    q: str = ""
    in_passage: bool = False
    exact: bool = False
    speaker: tuple[str, ...] = ()
    attributed: bool | None = None
    site: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    url_exact: tuple[str, ...] = ()
    snapshot: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = (Kind.DIRECT, Kind.FRAGMENT)
    published: Days = ANY_DAY
    said: Days = ANY_DAY
    captured: Days = ANY_DAY
    state: tuple[QuoteState, ...] = (QuoteState.CURRENT,)
    polarity: tuple[Polarity, ...] = ()
    review: tuple[Review, ...] = ()
    visibility: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    statement: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    attribute: tuple[str, ...] = ()
    collapse: bool = False
    repeats: bool = False
    sort: str = "-published"
    seed: int = 0
    facet: tuple[str, ...] = ()
    facet_size: int = 20
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotQuery:
    """What a search over snapshots asks. `q` looks for words in the articles' titles and texts.

    `names` finds what revisits may refer to by one of these names, `refers_to` the revisits that do, `*` all revisits
    (see `archiver.index.tags`).
    """

    q: str = ""
    exact: bool = False
    url: tuple[str, ...] = ()
    url_exact: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    published: Days = ANY_DAY
    captured: Days = ANY_DAY
    status: tuple[int, ...] = ()
    state: tuple[ExtractionState, ...] = ()
    reason: tuple[Reason, ...] = ()
    visibility: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    names: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    sort: str = "-captured"
    facet: tuple[str, ...] = ()
    facet_size: int = 20
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A document that an index would not take: which index, its id, the reason, and when."""

    index: str
    id: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """One value of a facet and how many matches have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """The commonest values, how many matches have another one, and whether all matches were looked at."""

    buckets: tuple[Bucket, ...]
    others: int
    relation: Relation


class Interval(StrEnum):
    """How long the periods of a histogram are."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateOf(StrEnum):
    """Which date of a quote a histogram goes by."""

    PUBLISHED = "published"
    SAID = "said"
    CAPTURED = "captured"


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How many matches each period has, from the first that has any to the last, those with none too.

    `undated` counts the matches without such a date, or with one that names no such period (a month has no day).
    `relation` is `gte` where only the newest matches were counted.
    """

    by: DateOf
    interval: Interval
    buckets: tuple[Bucket, ...]
    undated: int
    relation: Relation
    total: Total
    searched: Searched
    read_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many match."""

    value: int
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What the index covers, so that an empty result is an honest statement."""

    quotes: int
    snapshots: int
    published_from: str | None
    published_to: str | None


EntryT = TypeVar("EntryT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[EntryT]):
    """One page of results. `next` is the opaque cursor of the following page; `read_as` how `q` was understood."""

    entries: tuple[EntryT, ...]
    total: Total
    searched: Searched
    read_as: str | None = None
    facets: dict[str, Facet] = dataclasses.field(default_factory=dict)
    next: str | None = None
