"""When an article was published and last changed, out of all that its page says.

Order of trust: the article's own JSON-LD, meta elements, microdata, `<time>` in the byline, dates printed there, the
URL, and for want of these a video's or the page's own node. What is marked as updated is never the publication.

Many publishers state the instant in UTC. The day that counts is the page's own: where the page prints its day, names it
in its URL, or states the same instant in its own zone, that day is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

from archiver.articles import dates
from archiver.articles.blocks import Shown
from archiver.articles.metadata import Claims
from archiver.articles.phrases import holds
from archiver.articles.printed import PrintedDate, ago, local_moment, printed_dates
from archiver.articles.state import ScriptState
from archiver.records import Dated, Precision

# Meta names, most trustworthy first.
_PUBLISHED = """
article:published_time og:article:published_time og:published_time og:pubdate datepublished rnews:datepublished
parsely-pub-date sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime article.published
citation_publication_date citation_online_date citation_date dcterms.issued dc.date.issued dcterms.created dc.created
dcterms.date dc.date date pubdate publishdate publish-date publish_date publication_date displaydate
originalpublicationdate article_date_original datecreated
"""
_MODIFIED = """
article:modified_time og:article:modified_time og:modified_time og:updated_time datemodified dcterms.modified
dc.date.modified dc.modified last-modified lastmod article.updated revised moddate
"""
_GENERIC = frozenset(
    {"com", "org", "net", "info", "news", "eu", "io", "co", "tv", "fm", "me", "example", "test", "biz", "online"}
)
_CAPTURE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDays:
    """The two days of an article."""

    published: Dated
    modified: Dated


@dataclass(frozen=True, slots=True)
class _Shown:
    """Dates printed around the byline, by what they are said to be."""

    published: tuple[tuple[Dated, PrintedDate], ...]
    modified: tuple[tuple[Dated, PrintedDate], ...]


def days_of(
    stated: Claims,
    shown: Shown,
    *,
    places: range,
    url: str,
    language: str | None,
    claimed: str | None,
    country: str | None,
    captured_at: datetime | None,
    state: ScriptState | None,
) -> PageDays:
    """The article's days. `places` are those of its blocks."""
    read = _Reader(language, claimed, country)
    printed = read.byline(shown, places, captured_at)
    machine = list(_machine(stated, shown, places, read, state))
    in_time = [one for one, _ in printed.published]
    url_day = dates.in_url(url)
    rest = [
        *(
            read.value(value, "json-ld")
            for node in (*stated.media, *stated.pages)
            for value in _values(node.data, "uploadDate", "datePublished")
        )
    ]
    best = dates.first_plausible([*machine, *in_time, url_day, *rest], captured_at)
    published = _of_the_place(best, machine, printed, url_day, captured_at)
    changed = [read.value(value, "json-ld") for node in stated.article for value in _values(node.data, "dateModified")]
    changed += [read.value(value, "meta") for value in stated.said(*_MODIFIED.split())]
    changed += [one for one, _ in printed.modified]
    if state is not None:
        changed += [read.value(value, "state") for value in state.modified]
    return PageDays(published=published, modified=dates.first_plausible(changed, captured_at))


def country_of(url: str, *tags: str) -> str | None:
    """The country that a page is made in: by its language tag (`en-US`), else by its host (`.co.uk`)."""
    for tag in tags:
        region = tag.replace("_", "-").split("-")[-1].lower() if "-" in tag.replace("_", "-") else ""
        if len(region) == 2 and region.isalpha():
            return region
    top = (urlsplit(url).hostname or "").rpartition(".")[2].lower()
    return {"uk": "gb"}.get(top, top) if len(top) == 2 and top not in _GENERIC else None


def _machine(
    stated: Claims, shown: Shown, places: range, read: _Reader, state: ScriptState | None
) -> Iterator[Dated | None]:
    for key in ("datePublished", "dateCreated"):
        for node in stated.article:
            yield from (read.value(value, "json-ld") for value in _values(node.data, key))
    yield from (read.value(value, "meta") for value in stated.said(*_PUBLISHED.split()))
    yield from (read.value(value, "microdata") for value in _microdata(shown, places))
    if state is not None:
        yield from (read.value(value, "state") for value in state.dates)


def _values(data: Any, *keys: str) -> Iterator[str | float]:
    for key in keys:
        value = data.get(key)
        for stated in value if isinstance(value, list) else (value,):
            one = stated.get("@value") if isinstance(stated, dict) else stated
            if isinstance(one, (str, int, float)) and not isinstance(one, bool):
                yield one


def _microdata(shown: Shown, places: range) -> Iterator[str]:
    for mark in shown.properties:
        if "datePublished" in (mark.element.get("itemprop") or "").split() and mark.place <= places.stop + 3:
            value = mark.element.get("content") or mark.element.get("datetime")
            if value:
                yield value
                return


class _Reader:
    """Reads dates as the page's language and country write them."""

    def __init__(self, language: str | None, claimed: str | None, country: str | None) -> None:
        self._language = language
        self._claimed = claimed
        self._country = country

    def value(self, stated: str | float, source: str) -> Dated | None:
        return dates.dated(stated, source, language=self._language, country=self._country)

    def byline(self, shown: Shown, places: range, captured_at: datetime | None) -> _Shown:
        """The dates between the title and the text, and just after the text."""
        published: list[tuple[Dated, PrintedDate]] = []
        modified: list[tuple[Dated, PrintedDate]] = []
        around = [*range(max(places.start - 14, 0), min(places.start + 3, len(shown.blocks)))]
        behind = [*range(places.stop, min(places.stop + 4, len(shown.blocks)))]
        timed = self._times(shown, places)
        label = ""
        for place in (*around, *behind):
            block = shown.blocks[place]
            if (
                (block.beside and place >= places.stop)
                or block.weight > 160
                or (block.is_heading and block.weight > 40)
                or (block.is_link and place not in timed)
            ):
                label = ""
                continue
            found = printed_dates(block.text, language=self._language, also=self._claimed, country=self._country)
            for number, one in enumerate(found):
                start = found[number - 1].end if number else 0
                said = f"{label} {block.text[start : one.start]}" if not number else block.text[start : one.start]
                value = timed.get(place) if len(found) == 1 else None
                pair = (value or dates.of_printed(one, block.text, "text"), one)
                (modified if _is_update(said) else published).append(pair)
            if not found and captured_at is not None and block.weight < 60 and (before := ago(block.text)) is not None:
                published.extend(self._ago(block.text, before, captured_at))
            if not found and place in timed:
                target = modified if _is_update(f"{label} {block.text}") else published
                day = (
                    date.fromisoformat((timed[place].value or "")[:10].ljust(10, "0")[:10])
                    if len(timed[place].value or "") >= 10
                    else None
                )
                if day is not None:
                    target.append((timed[place], PrintedDate(day, 0, 0)))
            label = block.text if not found and block.weight < 30 else ""
        return _Shown(tuple(published), tuple(modified))

    def _times(self, shown: Shown, places: range) -> dict[int, Dated]:
        """What `<time>` elements state, by the place of the block that they are in."""
        stated: dict[int, Dated] = {}
        for mark in shown.times:
            value = mark.element.get("datetime")
            read = self.value(value, "time") if value else None
            if read is not None and read.value and places.start - 14 <= mark.place < places.stop + 4:
                stated.setdefault(mark.place, read)
        return stated

    @staticmethod
    def _ago(text: str, before: timedelta, captured_at: datetime) -> Iterator[tuple[Dated, PrintedDate]]:
        day = (captured_at.astimezone(UTC) - before).date()
        yield (
            Dated(value=day.isoformat(), precision=Precision.DAY, source="text", printed=text[:60]),
            PrintedDate(day, 0, 0),
        )


def _is_update(said: str) -> bool:
    """Whether the words before a date say that it is that of a change; the last word for either counts."""
    updated = [match.end() for match in holds("date", "updated").finditer(said)]
    if not updated:
        return False
    published = [match.end() for match in holds("date", "published").finditer(said)]
    return max(updated) >= max(published, default=-1)


def _of_the_place(
    best: Dated, machine: list[Dated | None], printed: _Shown, url_day: Dated | None, captured_at: datetime | None
) -> Dated:
    """The date with the day that the page's own zone has."""
    value = best.value or ""
    if len(value) <= 10 or not value.endswith("+00:00"):
        return best
    moment = datetime.fromisoformat(value)
    for other in machine:
        if other is not None and other.value and len(other.value) > 10 and not other.value.endswith("+00:00"):
            there = datetime.fromisoformat(other.value)
            if abs(there - moment) <= _CAPTURE:
                return other
    for stated, one in (*printed.published, *printed.modified[:1]):
        if (
            len(stated.value or "") > 10
            and not (stated.value or "").endswith("+00:00")
            and abs(datetime.fromisoformat(stated.value or "") - moment) <= _CAPTURE
        ):
            return stated
        if one.finest != "day" or one.day == moment.date() or not _may_be(one.day, moment):
            continue
        if len(stated.value or "") > 10:
            continue  # another instant: that of a change, or of an entry in a live blog
        clock = local_moment(one)
        if clock is None:
            return Dated(
                value=one.day.isoformat(), precision=Precision.DAY, source=stated.source, printed=stated.printed
            )
        offset = clock.replace(tzinfo=UTC) - moment if clock.tzinfo is None else clock.utcoffset()
        minutes = round((offset or timedelta()).total_seconds() / 900) * 15
        if (
            -12 * 60 <= minutes <= 14 * 60
            and abs(moment + timedelta(minutes=minutes) - clock.replace(tzinfo=UTC)) <= _CAPTURE
        ):
            there = moment.astimezone(timezone(timedelta(minutes=minutes)))
            return Dated(value=there.isoformat(), precision=best.precision, source=best.source, printed=best.printed)
    if any(one.day == moment.date() for _, one in printed.published):
        return best
    if url_day is not None and (url_day.value or "") != value[:10]:
        day = date.fromisoformat(url_day.value or "")
        if _may_be(day, moment):
            return url_day
    return best


def _may_be(day: date, moment: datetime) -> bool:
    """Whether it can be that day somewhere at that instant: no zone is further from UTC than 12 hours west, 14 east."""
    earliest, latest = (moment - timedelta(hours=12)).date(), (moment + timedelta(hours=14)).date()
    return earliest <= day <= latest
