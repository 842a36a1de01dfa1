"""Which IP addresses are public: our own table, for `ipaddress.is_global` passes metadata servers and embeddings.

Sources: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), RFC 4291 (IPv4 inside IPv6), RFC 6052
(NAT64), RFC 5214 (ISATAP), and the addresses at which clouds serve their metadata. Of IPv6 only 2000::/3 is handed out,
so that all outside it is refused; the embeddings are still named, so that the message says what was tried.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What an exception for a name may lead to.
_PRIVATE = {
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared address space",
    "127.0.0.0/8": "loopback",
    "172.16.0.0/12": "private",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "::1/128": "loopback",
    "fc00::/7": "unique local",
}
# What no exception for a name may lead to: a name that resolves to one of these was made to.
_SPECIAL = {
    "0.0.0.0/8": "this network",
    "100.100.100.200/32": "a cloud's metadata server",
    "168.63.129.16/32": "a cloud's metadata server",
    "169.254.0.0/16": "link-local",
    "169.254.169.254/32": "a cloud's metadata server",
    "192.0.0.0/24": "IETF protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relay",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "255.255.255.255/32": "broadcast",
    "::/0": "outside the part of IPv6 that is handed out",
    "::/96": "IPv4-compatible",
    "::/128": "unspecified",
    "::ffff:0:0/96": "IPv4-mapped",
    "::ffff:0:0:0/96": "IPv4-translated",
    "64:ff9b:1::/48": "local-use NAT64",
    "100::/64": "discard-only",
    "100:0:0:1::/64": "dummy prefix",
    "2001::/23": "IETF protocol assignments",
    "2001::/32": "Teredo",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3ffe::/16": "the former 6bone",
    "3fff::/20": "documentation",
    "5f00::/16": "segment routing",
    "fd00:42::42/128": "a cloud's metadata server",
    "fd00:ec2::254/128": "a cloud's metadata server",
    "fd20:ce::254/128": "a cloud's metadata server",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_PUBLIC = {"2000::/3": ""}

_NAT64 = IPv6Network("64:ff9b::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)


def _narrowest_first() -> tuple[tuple[Network, str, bool], ...]:
    rows = [
        (ip_network(network), what, table is _PRIVATE)
        for table in (_PRIVATE, _SPECIAL, _PUBLIC)
        for network, what in table.items()
    ]
    return tuple(sorted(rows, key=lambda row: -row[0].prefixlen))


_TABLE = _narrowest_first()


def why_refused(address: Address) -> str | None:
    """What keeps an address from being public («loopback», «link-local» …), or None for a public one."""
    if isinstance(address, IPv4Address):
        return _row(address)[0]
    if address.scope_id is not None:
        return "an address with a zone"
    if address in _NAT64:
        return _embedded("NAT64", address)
    if int(address) >> 32 & 0xFFFFFFFF in _ISATAP and (inner := _embedded("ISATAP", address)):
        return inner
    return _row(address)[0]


def may_be_excepted(address: Address) -> bool:
    """Whether an exception for a name may lead here: public, private, loopback; not metadata, link-local, multicast."""
    return why_refused(address) is None or _row(address)[1]


def parsed(text: str) -> Address | None:
    """The address that `text` spells in the usual way (dotted quad, RFC 4291), or None."""
    try:
        return ip_address(text)
    except ValueError:
        return None


def _row(address: Address) -> tuple[str | None, bool]:
    """What the narrowest network of the table says, and whether a name may be excepted to it."""
    for network, what, exceptable in _TABLE:
        if address.version == network.version and address in network:
            return what or None, exceptable
    return None, False


def _embedded(form: str, address: IPv6Address) -> str | None:
    """The last 32 bits as the IPv4 address that a gateway would continue to (RFC 6052 §2.2, RFC 5214 §6.1)."""
    inner = why_refused(IPv4Address(int(address) & 0xFFFFFFFF))
    return f"{inner}, embedded by {form}" if inner else None
