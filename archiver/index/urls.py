"""URLs as keys to compare by: the same page under its usual disguises has one key.

A key looks like the SURT keys of web archives (`example,harbour-courier)/2026/ferry`): host labels in reverse, without
scheme, `www.`, user, default port, fragment, trailing slash and tracking parameters, the rest of the query sorted, all
in lower case, as in surt, pywb and the Wayback Machine. Nothing here touches the network, and nothing fails: what
cannot be read as a URL with a host is compared as it is.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote, urlsplit

import idna

# Parameters that campaigns, mail programs and ad networks append. `ref` is not among them: some sites address by it.
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "at_")
_TRACKING = (
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid "
    "mkt_tok _ga _gl _hsenc _hsmi vero_id wickedid oly_anon_id oly_enc_id rb_clickid s_cid ref_src ref_url xtor "
    "cmpid ns_mchannel ns_source ns_campaign ns_linkname smid smtyp ito taid "
)
TRACKING = frozenset(_TRACKING.split())

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "!$%&'()*+,/:;=?@[]~"
_PLAIN = re.compile(r"[A-Za-z0-9._~!$&'()*+,/:;=?@\[\]-]*")  # what is the same escaped
_LINE_ENDS = re.compile(r"[\t\r\n]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9]{1,5}(?:[/?#]|$))")


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """The key of a URL; two URLs with one key are the same page to `url=`. A missing scheme is taken for http."""
    return exact_key(url).lower()


@lru_cache(maxsize=4096)
def exact_key(url: str) -> str:
    """The same with the letter case of path and query kept: what replay prefers where it has a choice."""
    parts = _split(url)
    if parts is None:
        return url.strip().partition("#")[0]
    host = _host(parts)
    turned = host if _is_address(host) else ",".join(reversed(host.split(".")))
    query = _query(parts.query)
    return f"{turned}{_port(parts)}){_path(parts.path)}{'?' + query if query else ''}"


@lru_cache(maxsize=4096)
def site_of(url: str) -> str:
    """The host that a URL names, in lower-case ASCII, without `www.` and port; empty if there is none."""
    parts = _split(url)
    return _host(parts) if parts else ""


@lru_cache(maxsize=256)
def _split(url: str) -> SplitResult | None:
    """The parts of a URL with a host, else None."""
    text = _LINE_ENDS.sub("", url.strip())
    if text.startswith("//"):
        text = f"http:{text}"
    elif not _SCHEME.match(text):
        text = f"http://{text}"
    try:
        parts = urlsplit(text)
        return parts if parts.hostname and (parts.port is None or parts.port >= 0) else None
    except ValueError:
        return None


def _host(parts: SplitResult) -> str:
    return _plain_host(parts.hostname or "")


@lru_cache(maxsize=4096)
def _plain_host(stated: str) -> str:
    host = unquote(stated).rstrip(".")
    if not host.isascii():
        with contextlib.suppress(idna.IDNAError, UnicodeError):
            host = idna.encode(host, uts46=True).decode("ascii")
    return re.sub(r"^www\d*\.(?=[^.]+\.)", "", host.lower())


@lru_cache(maxsize=1024)
def _is_address(host: str) -> bool:
    if not host[-1:].isdigit() and ":" not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _port(parts: SplitResult) -> str:
    port = parts.port
    return "" if port is None or port == _DEFAULT_PORTS.get(parts.scheme) else f":{port}"


def _path(path: str) -> str:
    """The path without dot segments (RFC 3986 §5.2.4) and trailing slash."""
    kept: list[str] = []
    for segment in _escaped(path).split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."}:
            kept.append(segment)
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair and not _is_tracking(pair.partition("=")[0].lower())]
    return "&".join(sorted(_escaped(pair) for pair in pairs))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def _escaped(text: str) -> str:
    """Percent escapes in one spelling: unreserved characters bare, all others escaped in capitals (RFC 3986 §6.2.2)."""
    if _PLAIN.fullmatch(text):
        return text
    return re.sub(r"%[0-9A-Fa-f]{2}", _escape, quote(text, safe=_SAFE, errors="replace"))


def _escape(match: re.Match[str]) -> str:
    byte = int(match[0][1:], 16)
    return chr(byte) if byte in _UNRESERVED else match[0].upper()
