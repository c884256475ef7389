"""Who reads: the address a read comes from, and the number that stands for a reader for one day. Pure."""

import ipaddress
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Final

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

HOPS: Final = 16
"""How many entries of X-Forwarded-For are looked at, from the right."""


@cache
def networks(names: tuple[str, ...]) -> tuple[Network, ...]:
    """Return networks from their names, such as `10.0.0.0/8`."""
    return tuple(ipaddress.ip_network(name) for name in names)


def origin(remote: str, forwarded: str, *, trusted: Sequence[Network]) -> str:
    """Return where a read comes from: an IPv4 address, or the /64 of an IPv6 address, which is one household."""
    end = far_end(remote, forwarded, trusted=trusted)
    if isinstance(end, ipaddress.IPv6Address):
        return f"{ipaddress.IPv6Address(int(end) >> 64 << 64)}/64"
    return remote if end is None else str(end)


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


def seed(origin_: str, user_agent: str) -> bytes:
    """Return the 16 bytes from which, with a day's salt, the number of a reader is made. Never to be stored."""
    return blake2b(f"{origin_}\n{user_agent}".encode(errors="surrogatepass"), digest_size=16).digest()


def reader(seed_: bytes, salt: bytes) -> int:
    """Return the number of a reader: 64 bits, signed, another one every day."""
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
