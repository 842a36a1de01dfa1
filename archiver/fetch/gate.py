"""The gate: which URL may be requested, and which address may be connected to.

A URL is parsed once, here, by a grammar narrower than RFC 3986; what it does not fit is refused, not mended. Names are
resolved once per hop, every address is checked, and the wire connects to the checked address itself: there is no second
look-up to answer otherwise. Exceptions are exact `host:port` pairs of the settings.
"""

from __future__ import annotations

import math
import re
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna

from archiver.errors import AddressRefused, ConfigError, Unreachable
from archiver.fetch import addresses

PORTS = (80, 443, 8080, 8443)
MAX_URL_LENGTH = 8000  # RFC 9110 §4.1: what everybody should be able to take
RESOLVE_SECONDS = 10.0
MAX_LOOKUPS = 32  # threads that wait for a slow resolver at one time
MAX_ADDRESSES = 8

Resolver = Callable[[str, int], Iterable[str]]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[^\[\]@:/?#]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?:\#.*)?",
    re.ASCII | re.IGNORECASE,
)
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\\ud800-\udfff]")
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LEGAL = "!$%&'()*+,;=:@/?-._~"  # RFC 3986: what a path and a query may hold unencoded


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A URL that may be requested. `url` is its normal form, in ASCII and without fragment.

    `host` is a lower-case ASCII name or an IP address without brackets, `path` the request target (path and query),
    `excepted` whether the settings name exactly this host and port.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str
    excepted: bool

    @property
    def authority(self) -> str:
        """The value of the `Host` field: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port, as one line."""
        return f"{self.scheme}://{self.authority}"


def system_resolver(name: str, port: int) -> list[str]:
    """The addresses of a name, as the system resolves it. Raises OSError (socket.gaierror)."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(row[4][0]) for row in found]


class Gate:
    """Decides what may be fetched. `allow` holds exact `host:port` exceptions; `resolver` gives a name's addresses."""

    def __init__(self, allow: tuple[str, ...] = (), *, resolver: Resolver = system_resolver) -> None:
        self._allow = frozenset(_exception(entry) for entry in allow)
        self._resolver = resolver
        self._lookups = threading.BoundedSemaphore(MAX_LOOKUPS)

    def target(self, url: str) -> Target:
        """The URL's parts. Raises AddressRefused where it is not one to fetch, a private address included."""
        fit = _fitting(url)
        scheme = fit["scheme"].lower()
        host = _host(fit["host"], url)
        port = int(fit["port"]) if fit["port"] else _DEFAULT_PORTS[scheme]
        path = quote(_STRAY_PERCENT.sub("%25", (fit["path"] or "/") + (fit["query"] or "")), safe=_LEGAL)
        target = Target(url="", scheme=scheme, host=host, port=port, path=path, excepted=(host, port) in self._allow)
        target = _with_url(target)
        if not target.excepted:
            _check_port(target)
            if address := addresses.parsed(host):
                _check_public(target, address)
        return target

    def follow(self, base: Target, location: str) -> Target:
        """The target of a `Location` value (RFC 9110 §10.2.2), resolved against `base` and parsed like any URL.

        A space is encoded, as browsers do; everything else that a URL may not contain is refused.
        """
        location = location.replace(" ", "%20")
        if _UNFIT.search(location):
            raise AddressRefused("the redirect leads to a malformed URL", where=_shown(location))
        try:
            return self.target(urljoin(base.url, location))
        except ValueError:
            raise AddressRefused("the redirect leads to a malformed URL", where=_shown(location)) from None

    def addresses(self, target: Target, *, deadline: float | None = None) -> tuple[str, ...]:
        """The addresses to connect to, each of them checked; at most eight, each once.

        `deadline` is on the monotonic clock, in seconds. Raises AddressRefused if any of them is not public (and the
        settings do not except this host and port), Unreachable if the name has none in time.
        """
        if addresses.parsed(target.host):
            return (target.host,)
        found = self._resolved(target, deadline)
        for address in found:
            if not (target.excepted and addresses.may_be_excepted(address)):
                _check_public(target, address)
        return tuple(dict.fromkeys(str(address) for address in found))[:MAX_ADDRESSES]

    def _resolved(self, target: Target, deadline: float | None) -> list[IPv4Address | IPv6Address]:
        if target.host == "localhost" or target.host.endswith(".localhost"):
            return [IPv4Address("127.0.0.1"), IPv6Address("::1")]  # RFC 6761 §6.3: never asked of a server
        texts = self._look_up(target, deadline)
        found = [addresses.parsed(text) for text in texts]
        if None in found or not found:
            raise Unreachable(f"the name {target.host} has no usable address", where=target.url)
        return [address for address in found if address is not None]

    def _look_up(self, target: Target, deadline: float | None) -> list[str]:
        """Asks the resolver in a thread that is left behind when it is late: getaddrinfo knows no deadline."""
        end = min(time.monotonic() + RESOLVE_SECONDS, deadline or math.inf)
        if not self._lookups.acquire(timeout=max(0, end - time.monotonic())):
            raise _late(target)
        answer: list[list[str] | OSError | UnicodeError] = []
        thread = threading.Thread(target=self._ask, args=(target, answer), name="onrecord-resolve", daemon=True)
        try:
            thread.start()
        except RuntimeError:  # the system gives no more threads
            self._lookups.release()
            raise _late(target) from None
        thread.join(max(0, end - time.monotonic()))
        if not answer:
            raise _late(target)
        if not isinstance(answer[0], list):
            raise _nameless(target, answer[0])
        return answer[0]

    def _ask(self, target: Target, answer: list[list[str] | OSError | UnicodeError]) -> None:
        try:
            answer.append(list(self._resolver(target.host, target.port)))
        except (OSError, UnicodeError) as error:
            answer.append(error)
        finally:
            self._lookups.release()


def _fitting(url: str) -> re.Match[str]:
    if len(url) > MAX_URL_LENGTH:
        raise AddressRefused(f"the URL is longer than {MAX_URL_LENGTH} characters", where=_shown(url))
    if _UNFIT.search(url):
        raise AddressRefused("the URL contains a space, a control character or a backslash", where=_shown(url))
    match = _URL.fullmatch(url)
    if match:
        return match
    if not re.match(r"https?://", url, re.ASCII | re.IGNORECASE):
        raise AddressRefused("not an http or https URL", where=_shown(url), remedy="Give it as https://host/path")
    if "@" in re.split(r"[/?#]", url.split("://", 1)[1], maxsplit=1)[0]:
        raise AddressRefused("URLs with a user name or password are not fetched", where=_shown(_hidden(url)))
    raise AddressRefused("the URL's host or port is malformed", where=_shown(url))


def _host(text: str, url: str) -> str:
    """The host in the one spelling that is checked and connected to: IPv4 dotted, IPv6 compressed, or a name."""
    if text.startswith("["):
        address = addresses.parsed(text[1:-1]) if text.endswith("]") else None
        if not isinstance(address, IPv6Address):
            raise AddressRefused("the IPv6 address is malformed", where=_shown(url))
        return str(address)
    name = _ascii(text, url).removesuffix(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _ipv4(name, url)
    if not _NAME.fullmatch(name) or len(name) > 253:
        raise AddressRefused("the host name is malformed", where=_shown(url))
    return name


def _ascii(text: str, url: str) -> str:
    if text.isascii():
        return text.lower()
    try:
        return idna.encode(text, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise AddressRefused("invalid internationalized host name", where=_shown(url)) from None


def _ipv4(name: str, url: str) -> str:
    """Decimal, octal and hexadecimal, one to four parts, as inet_aton and browsers read them (WHATWG URL §3.5)."""
    parts = name.split(".")
    try:
        numbers = [_number(part) for part in parts]
        *heads, last = numbers
        if len(parts) > 4 or any(head > 255 for head in heads) or last >= 256 ** (5 - len(parts)):
            raise ValueError
    except ValueError:
        raise AddressRefused("the IPv4 address is malformed", where=_shown(url)) from None
    return str(IPv4Address(sum(head << 8 * (3 - place) for place, head in enumerate(heads)) + last))


def _number(part: str) -> int:
    if not _NUMBER.fullmatch(part) or len(part) > 40:
        raise ValueError
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") and len(part) > 1 else 10)


def _exception(entry: str) -> tuple[str, int]:
    host, _, port = entry.rpartition(":")
    try:
        exception = _host(host, entry), int(port)
    except (AddressRefused, ValueError):
        exception = "", 0
    if not 0 < exception[1] < 1 << 16:
        raise ConfigError(f"{entry!r} is not host:port", where="ONRECORD_FETCH_ALLOW")
    return exception


def _with_url(target: Target) -> Target:
    return Target(
        url=target.origin + target.path,
        scheme=target.scheme,
        host=target.host,
        port=target.port,
        path=target.path,
        excepted=target.excepted,
    )


def _check_port(target: Target) -> None:
    if target.port not in PORTS:
        raise AddressRefused(
            f"port {target.port} may not be fetched from (allowed: {', '.join(map(str, PORTS))})",
            where=target.url,
            remedy=_remedy(target),
        )


def _check_public(target: Target, address: IPv4Address | IPv6Address) -> None:
    if why := addresses.why_refused(address):
        via = "" if target.host == str(address) else f"{target.host} is "
        raise AddressRefused(
            f"{via}{address}, which is not public ({why})",
            where=target.url,
            remedy=_remedy(target) if not target.excepted else None,
        )


def _remedy(target: Target) -> str:
    host = f"[{target.host}]" if ":" in target.host else target.host
    return f"If it is yours to fetch: ONRECORD_FETCH_ALLOW={host}:{target.port}"


def _late(target: Target) -> Unreachable:
    return Unreachable(f"the name {target.host} was not resolved in time", where=target.url)


def _nameless(target: Target, error: OSError | UnicodeError) -> Unreachable:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Unreachable(f"the name {target.host} does not resolve ({reason})", where=target.url)


def _hidden(url: str) -> str:
    return re.sub(r"//[^/?#]*@", "//…@", url)


def _shown(url: str) -> str:
    """The URL for a message: printable, and short enough for one line."""
    shown = "".join(char if char.isprintable() else "�" for char in url[:200])
    return shown if len(url) <= 200 else shown + "…"
