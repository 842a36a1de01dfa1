"""The settings: one table, read from the environment before anything is done.

Every setting is `ONRECORD_<NAME>` in the environment and an option of the command line. An unknown or invalid one ends
the program; `ONRECORD_TEST_…` belongs to the tests and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archiver.errors import ConfigError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

PREFIX = "ONRECORD_"
LEFT_ALONE = "ONRECORD_TEST_"


@lru_cache(maxsize=1)
def software() -> str:
    """This program and its version: what our files and extractions say they were made by."""
    from importlib.metadata import version  # noqa: PLC0415 - takes time to import, and a search never says it

    return f"onrecord/{version('onrecord')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one run. Sizes are bytes, times seconds."""

    archive: Path
    index: tuple[str, ...]
    index_prefix: str
    index_shards: int
    index_replicas: int
    index_ca: Path | None
    index_api_key: str = field(repr=False)
    index_api_key_file: Path | None
    index_user: str
    index_password: str = field(repr=False)
    index_password_file: Path | None
    search_seconds: float
    fetch_allow: tuple[str, ...]
    fetch_seconds: float
    fetch_bytes: int
    fetch_agent: str
    fetch_robots: bool
    fetch_pause: float
    fetch_proxy: tuple[str, int] | None
    extract_seconds: float
    extract_bytes: int
    extract_processes: int
    warc_bytes: int
    host: str
    port: int
    public_url: str | None
    replay_url: str | None
    people: Path | None
    proxies: int
    reading: str
    user_header: str | None
    limit_reads: int | None
    limit_writes: int | None
    cors_origins: tuple[str, ...]
    log: str
    contact: str | None
    timezone: ZoneInfo | None
    crawlers: bool
    import_bytes: int
    signing_key: Path | None
    timestamp_url: str | None
    timestamp_roots: Path | None

    @property
    def base_url(self) -> str:
        """What every citable link begins with, without a slash at the end."""
        if self.public_url:
            return self.public_url
        host = "localhost" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not listened on
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One row of the table: its name, what it is when unset, how its text is read, and a line of help."""

    name: str
    default: str
    read: Callable[[str], Any]
    help: str

    @property
    def variable(self) -> str:
        """The name in the environment."""
        return PREFIX + self.name.upper()

    @property
    def option(self) -> str:
        """The option on the command line."""
        return "--" + self.name.replace("_", "-")


def _switch(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.lower() not in known:
        raise ValueError("is neither on nor off")
    return known[text.lower()]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,15}", text) or not low <= int(text) <= high:
            raise ValueError(f"is not a whole number from {low} to {high}")
        return int(text)

    return read


def _seconds(low: float, high: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text) or not low <= float(text) <= high:
            raise ValueError(f"is not a number of seconds from {low:g} to {high:g}")
        return float(text)

    return read


def _size(text: str) -> int:
    match = re.fullmatch(r"([0-9]{1,15})\s*(KiB|MiB|GiB)?", text)
    if not match or int(match[1]) == 0:
        raise ValueError("is not a size such as 1048576, 512KiB or 64MiB")
    return int(match[1]) * {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}.get(match[2] or "", 1)


def _choice(*known: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"is not one of {', '.join(known)}")
        return text

    return read


def _limit(text: str) -> int | None:
    return _whole(1, 10**9)(text) if text else None


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"\*|https?://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?", origin) for origin in origins):
        raise ValueError("is not a list of origins such as https://news.example, separated by commas")
    return origins


def _line(text: str) -> str:
    if not text or not text.isprintable():
        raise ValueError("is empty or contains control characters")
    return text


def _agent(text: str) -> str:
    if not _line(text).isascii():
        raise ValueError("contains non-ASCII characters")
    return text


def _optional_path(text: str) -> Path | None:
    return Path(text) if text else None


def _header(text: str) -> str | None:
    if text and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,99}", text):
        raise ValueError("is not the name of a header field")
    return text or None


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,99}", text):
        raise ValueError("is not a lower-case index name of letters, digits, _ and -")
    return text


def _folder(text: str) -> Path:
    return Path(_line(text)).expanduser()


def _file(text: str) -> Path | None:
    return Path(_line(text)).expanduser() if text else None


def _authority(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(_line(text))
    if parts.scheme not in {"http", "https"} or not parts.hostname or not text.isascii():
        raise ValueError("is not an http(s) address")
    return text


def _index(text: str) -> tuple[str, ...]:
    if text == "sqlite":
        return ()
    addresses = tuple(part.strip().rstrip("/") for part in text.split(","))
    if any("@" in urlsplit(address).netloc for address in addresses):
        raise ValueError("contains a user or password: use ONRECORD_INDEX_USER and ONRECORD_INDEX_PASSWORD_FILE")
    if not all(urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname for address in addresses):
        raise ValueError("is neither sqlite nor a list of http(s) addresses separated by commas")
    return addresses


def _allow(text: str) -> tuple[str, ...]:
    entries = tuple(part.strip().lower() for part in text.split(",") if part.strip())
    if not all(re.fullmatch(r"(\[[0-9a-f:.]+\]|[a-z0-9.-]+):[0-9]{1,5}", entry) for entry in entries):
        raise ValueError("is not a list of host:port separated by commas")
    return entries


def _proxy(text: str) -> tuple[str, int] | None:
    if not text:
        return None
    if "@" in text:
        raise ValueError("contains a user name or password, which is not supported")
    match = re.fullmatch(r"http://(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})/?", text)
    if not match or not 0 < int(match[2]) < 1 << 16:
        raise ValueError("is not the address of an HTTP proxy, such as http://proxy.example:3128")
    return match[1].strip("[]"), int(match[2])


def _public_url(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(_line(text))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise ValueError("is not an http(s) address without query, such as https://quotes.example/archive")
    return text.rstrip("/")


def _replay_url(text: str) -> str | None:
    if not text:
        return None
    if "{" not in text:  # the beginning of such addresses
        text = f"{text.rstrip('/')}/{{timestamp}}/{{url}}"
    names = {name for _, name, _, _ in Formatter().parse(_line(text)) if name is not None}
    if urlsplit(text).scheme not in {"http", "https"} or names != {"timestamp", "url"}:
        raise ValueError("is not an http(s) address with {timestamp} and {url} in it")
    return text


def _contact(text: str) -> str | None:
    if not text:
        return None
    if not re.fullmatch(r"(mailto:[^\s@<>]+@[^\s@<>]+|https://[^\s<>]+)", text):
        raise ValueError("is not a mailto: or https: address")
    return text


def _zone(text: str) -> ZoneInfo | None:
    if not text:
        return None
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - takes time to import, and few ask for it

    try:
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise ValueError("is not a time zone such as Europe/Berlin") from None


SETTINGS: tuple[Setting, ...] = (
    Setting(name="archive", default="archive", read=_folder, help="the archive's folder"),
    Setting(name="index", default="sqlite", read=_index, help="sqlite, or Elasticsearch addresses, comma-separated"),
    Setting(name="index_prefix", default="onrecord", read=_prefix, help="what Elasticsearch index names begin with"),
    Setting(name="index_shards", default="1", read=_whole(1, 1024), help="primary shards of an Elasticsearch index"),
    Setting(name="index_replicas", default="0", read=_whole(0, 100), help="replicas of an Elasticsearch index"),
    Setting(name="index_ca", default="", read=_file, help="trusted root certificates (PEM) for Elasticsearch"),
    Setting(name="index_api_key", default="", read=str, help="the API key for Elasticsearch"),
    Setting(name="index_api_key_file", default="", read=_file, help="a file with the API key for Elasticsearch"),
    Setting(name="index_user", default="", read=str, help="the Elasticsearch user, if there is no API key"),
    Setting(name="index_password", default="", read=str, help="the user's password"),
    Setting(name="index_password_file", default="", read=_file, help="a file with the user's password"),
    Setting(name="search_seconds", default="10", read=_seconds(0.1, 600), help="time limit for one search"),
    Setting(name="fetch_allow", default="", read=_allow, help="host:port pairs exempt from the private-address check"),
    Setting(name="fetch_seconds", default="60", read=_seconds(1, 3600), help="seconds for one page with redirects"),
    Setting(name="fetch_bytes", default="64MiB", read=_size, help="wire bytes kept of one response"),
    Setting(
        name="fetch_agent",
        default="OnRecord/0.1 (quote archive)",
        read=_agent,
        help="the User-Agent that is sent; robots.txt rules are read for its first word",
    ),
    Setting(name="fetch_robots", default="on", read=_switch, help="whether robots.txt is obeyed (on, off)"),
    Setting(name="fetch_pause", default="1", read=_seconds(0, 3600), help="seconds between two requests to one host"),
    Setting(name="fetch_proxy", default="", read=_proxy, help="an HTTP proxy for captures: http://proxy.example:3128"),
    Setting(name="extract_seconds", default="20", read=_seconds(1, 3600), help="seconds for reading one page"),
    Setting(name="extract_bytes", default="1GiB", read=_size, help="memory for reading one page"),
    Setting(name="extract_processes", default="2", read=_whole(1, 256), help="pages read at a time"),
    Setting(name="warc_bytes", default="1GiB", read=_size, help="a WARC file is closed once it is larger"),
    Setting(name="host", default="127.0.0.1", read=_line, help="the address that serve listens on"),
    Setting(name="port", default="8000", read=_whole(1, 65535), help="the port that serve listens on"),
    Setting(name="public_url", default="", read=_public_url, help="base of citable links; https and a path allowed"),
    Setting(
        name="replay_url",
        default="",
        read=_replay_url,
        help="your own replay (pywb, OpenWayback) to link to: https://replay.example/web/{timestamp}/{url}",
    ),
    Setting(
        name="people",
        default="",
        read=_optional_path,
        help="a CSV of your own about speakers: a column name, and any others",
    ),
    Setting(
        name="proxies", default="0", read=_whole(0, 10), help="number of trusted reverse proxies in front of the server"
    ),
    Setting(
        name="reading",
        default="open",
        read=_choice("open", "quotes", "keys"),
        help="who may read: open, quotes (pages and texts by key), keys",
    ),
    Setting(
        name="user_header",
        default="",
        read=_header,
        help="header field in which a trusted proxy names the person (with proxies set)",
    ),
    Setting(
        name="limit_reads",
        default="",
        read=_limit,
        help="requests a minute for one key or address; unset: 1200, and none for this machine",
    ),
    Setting(
        name="limit_writes",
        default="",
        read=_limit,
        help="captures a minute for one key or address; unset: 60, and none for this machine",
    ),
    Setting(name="cors_origins", default="", read=_origins, help="origins whose pages may use the API, or *"),
    Setting(name="log", default="errors", read=_choice("errors", "requests"), help="what serve logs, as JSON lines"),
    Setting(name="import_bytes", default="256MiB", read=_size, help="bytes of a file that may be imported over HTTP"),
    Setting(
        name="crawlers",
        default="off",
        read=_switch,
        help="whether robots.txt lets search engines index the pages, and sitemap.xml lists them (on, off)",
    ),
    Setting(
        name="contact",
        default="",
        read=_contact,
        help="where to report problems: a mailto: or https: address, shown in the docs and security.txt",
    ),
    Setting(name="timezone", default="", read=_zone, help="a zone such as Europe/Berlin, shown beside UTC on pages"),
    Setting(name="signing_key", default="", read=_file, help="file of the private signing key, outside the archive"),
    Setting(name="timestamp_url", default="", read=_authority, help="RFC 3161 authority that time-stamps signatures"),
    Setting(
        name="timestamp_roots", default="", read=_file, help="certificates (PEM) of trusted time stamp authorities"
    ),
)


def load(environment: Mapping[str, str], options: Mapping[str, str] | None = None) -> Config:
    """The settings out of `environment`, overruled by `options` (setting name → text).

    Raises ConfigError naming the variable for an unknown name or a value that cannot be read.
    """
    _refuse_unknown(environment)
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        given = (options or {}).get(setting.name)
        text, where = (given, setting.option) if given is not None else (environment.get(setting.variable), None)
        try:
            values[setting.name] = setting.read(setting.default if text is None else text)
        except ValueError as error:
            raise ConfigError(
                f"{_without_secrets(text)!r} {error}", where=where or setting.variable, remedy=f"It is {setting.help}"
            ) from None
    return Config(**values)


def _without_secrets(text: str | None) -> str | None:
    """What may be shown of a setting: an address without its user and password."""
    return re.sub(r"//[^@/\s]*@", "//…@", text) if text else text


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {setting.variable for setting in SETTINGS}
    for name in sorted(environment):
        if name.startswith(PREFIX) and not name.startswith(LEFT_ALONE) and name not in known:
            raise ConfigError("there is no such setting", where=name, remedy=f"Known are {', '.join(sorted(known))}")
