"""Who reads: the address a read comes from, and the key that stands for a reader or a place for one day. Pure."""

import ipaddress
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from socket import AF_INET, inet_pton
from typing import Final, NamedTuple

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

DAYS: Final = 8
"""How many days have keys of their own; the ninth has those of the first, made with another salt."""
_DAY_BITS: Final = 61
KEYS: Final = 1 << _DAY_BITS
"""How many keys a day has."""
HOPS: Final = 16
"""How many entries of X-Forwarded-For are looked at, from the right."""


@cache
def networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    """Return networks from their names, such as `10.0.0.0/8`."""
    return tuple(ipaddress.ip_network(name) for name in names)


class Origin(NamedTuple):
    """Where a read comes from, as hashes that are never stored: an address, and the network it lies in."""

    address: bytes
    network: bytes


def origin(remote: str, forwarded: str, *, trusted: tuple[Network, ...]) -> Origin:
    """Return where a read comes from: an IPv4 address in its /24, or the /64 of an IPv6 address in its /48.

    An IPv6 /64 is one household or one telephone, a /48 one customer or a quarter of a town.
    """
    end = far_end(remote, forwarded, trusted=trusted)
    if end is None:
        address = network = remote.encode(errors="surrogatepass")
    elif isinstance(end, ipaddress.IPv6Address):
        address, network = end.packed[:8], end.packed[:6]
    else:
        address, network = end.packed, end.packed[:3]
    return Origin(blake2b(address, digest_size=16).digest(), blake2b(network, digest_size=16).digest())


def places(remote: str, forwarded: str, *, trusted: Sequence[Network]) -> tuple[str, str]:
    """Return the address that a read comes from (of IPv6 the /64) and its network, in words."""
    end = far_end(remote, forwarded, trusted=trusted)
    if end is None:
        return remote, remote
    if isinstance(end, ipaddress.IPv6Address):
        return f"{ipaddress.IPv6Address(int(end) >> 64 << 64)}/64", f"{ipaddress.IPv6Address(int(end) >> 80 << 80)}/48"
    return str(end), f"{str(end).rpartition('.')[0]}.0/24"


def far_end(remote: str, forwarded: str, *, trusted: Sequence[Network]) -> Address | None:
    """Return the address at the far end of a connection, None when `remote` is no address.

    `remote` is the other end of the connection. When it is a trusted proxy, the right-most entry of `forwarded` that is
    no trusted proxy is taken instead: all to the left of it is what anybody may have written. An entry on the way that
    is no address leaves `remote` standing; so does a header of trusted proxies alone.
    """
    end = _address(remote)
    if end is not None and _is_in(end, trusted):
        for entry in reversed(forwarded.rsplit(",", HOPS)[-HOPS:]):
            hop = _address(entry)
            if hop is None:
                break
            if not _is_in(hop, trusted):
                end = hop
                break
    return end


def seed(address: bytes, user_agent: str) -> bytes:
    """Return the 16 bytes from which, with a day's salt, the keys of a reader are made. Never to be stored."""
    return blake2b(user_agent.encode(errors="surrogatepass"), key=address, digest_size=16).digest()


def key(day: int, salt: bytes, what: bytes, article_id: int | None = None) -> int:
    """Return the key of a reader or an origin on a day (since 1970), or of what one has to do with an article.

    64 bits, signed: three for the day, so that its keys lie together, and 61 of a hash with its salt. Without that,
    nobody can tell which two keys are of the same reader.
    """
    told = what if article_id is None else what + article_id.to_bytes(8)
    return first_key(day) + (int.from_bytes(blake2b(told, key=salt, digest_size=8).digest()) >> 64 - _DAY_BITS)


def first_key(day: int) -> int:
    """Return the least key of a day; its last is the one before `first_key(day) + KEYS`."""
    return (day % DAYS - DAYS // 2) * KEYS


def _address(text: str) -> Address | None:
    """Read an address as proxies write it: with or without port, brackets, or IPv4 within IPv6."""
    bare = text.strip()
    if bare.isascii() and bare.count(".") == 3 and ":" not in bare:  # nearly all: read by the system, four times faster
        try:
            return ipaddress.IPv4Address(inet_pton(AF_INET, bare))
        except (OSError, ValueError):
            return None
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, ipaddress.IPv6Address) else address


def _is_in(address: Address, trusted: Sequence[Network]) -> bool:
    for network in trusted:  # noqa: SIM110 — a quarter of what `any` takes, twice for each beacon
        if address in network:
            return True
    return False
