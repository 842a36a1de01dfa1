"""Closed lists of words that other values are made of: kinds, states, reasons, precisions. The JSON has these words."""

from __future__ import annotations

from enum import StrEnum


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
    """Whether the newest extraction still contains the quote."""

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
    """What a person said about an attribution."""

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


class SpeakerAct(StrEnum):
    """What a person decided about the names of speakers: that they are one person's, or two persons'."""

    JOIN = "join"
    SEPARATE = "separate"


class Relation(StrEnum):
    """Whether a count is exact (`eq`) or a lower bound (`gte`)."""

    EXACT = "eq"
    AT_LEAST = "gte"


class Interval(StrEnum):
    """How long the periods of a histogram are."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateOf(StrEnum):
    """Which date of a quote a histogram uses."""

    PUBLISHED = "published"
    SAID = "said"
    CAPTURED = "captured"
