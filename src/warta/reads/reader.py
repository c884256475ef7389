"""Who reads: the address a read comes from, and the number that stands for a reader for one day. Pure."""

import ipaddress
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Final, NamedTuple

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

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
    address, network = places(remote, forwarded, trusted=trusted)
    return Origin(
        *(blake2b(name.encode(errors="surrogatepass"), digest_size=16).digest() for name in (address, network))
    )


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
    """Return the 16 bytes from which, with a day's salt, the number of a reader is made. Never to be stored."""
    return blake2b(user_agent.encode(errors="surrogatepass"), key=address, digest_size=16).digest()


def number(seed_: bytes, salt: bytes) -> int:
    """Return the number of a reader or an origin: 64 bits, signed, another one every day."""
    return int.from_bytes(blake2b(seed_, key=salt, digest_size=8).digest(), signed=True)


def _address(text: str) -> Address | None:
    """Read an address as proxies write it: with or without port, brackets, or IPv4 within IPv6."""
    bare = text.strip()
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
    return any(address in network for network in trusted)
