"""Our sentence behind a reference, in English and German: the words, who said them, the archived copy, its digest."""

from __future__ import annotations

from babel.dates import format_datetime

from archiver.citations.works import Work
from archiver.records import Polarity

LOCALES = ("en-GB", "de-DE")

_QUOTED = {"en-GB": "“{words}” ({speaker}).", "de-DE": "„{words}“ ({speaker})."}
_NOBODY = {"en-GB": "speaker not named", "de-DE": "ohne genannten Sprecher"}
_AND = {"en-GB": "and", "de-DE": "und"}
_COPY = {
    "en-GB": "Archived copy: {memento}, captured {time} UTC, {digest}.",
    "de-DE": "Archivierte Fassung: {memento}, gesichert am {time} UTC, {digest}.",
}
_PAGE = {"en-GB": "On Record: {page}.", "de-DE": "On Record: {page}."}
_LOCAL = {
    "en-GB": "These addresses are local to one machine and not citable.",
    "de-DE": "Diese Adressen gelten nur auf einem Rechner und sind nicht zitierfähig.",
}
_TIME = {"en-GB": "d MMMM y 'at' HH:mm:ss", "de-DE": "d. MMMM y 'um' HH:mm:ss"}


def sentence(work: Work, locale: str = "en-GB") -> str:
    """The sentence in the language of a locale, on one line."""
    time = format_datetime(work.captured_at, _TIME[locale], locale=locale.replace("-", "_"))
    parts = [
        _quoted(work, locale),
        _said_or_not(work, locale),
        _COPY[locale].format(memento=work.addresses.memento, time=time, digest=work.digest),
        _PAGE[locale].format(page=work.addresses.page),
        "" if work.addresses.citable else _LOCAL[locale],
    ]
    return " ".join(filter(None, parts))


_POLARITY = {
    Polarity.DENIED: {
        "en-GB": "The article says that this was not said.",
        "de-DE": "Laut Artikel wurde das nicht gesagt.",
    },
    Polarity.HYPOTHETICAL: {
        "en-GB": "The article gives these words as hypothetical.",
        "de-DE": "Der Artikel nennt diese Worte hypothetisch.",
    },
    Polarity.DISPUTED: {
        "en-GB": "The article doubts that this was said.",
        "de-DE": "Der Artikel bezweifelt, dass das gesagt wurde.",
    },
}


def _said_or_not(work: Work, locale: str) -> str:
    """Where the article does not say that the words were said, that it does not."""
    return _POLARITY.get(work.quote.polarity, {}).get(locale, "") if work.quote else ""


def _quoted(work: Work, locale: str) -> str:
    if work.words is None:
        return ""
    speaker = f" {_AND[locale]} ".join(work.speakers) or _NOBODY[locale]
    return _QUOTED[locale].format(words=work.words, speaker=speaker)
