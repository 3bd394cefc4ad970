"""Which addresses may be fetched: public ones of http and https. A name is resolved once, and what it resolves to is

what is connected to, so that no second answer of a name server can lead elsewhere.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
_NAT64 = int(IPv6Address("64:ff9b::"))


class RefusedError(Exception):
    """An address that is not fetched; ``str()`` says why."""


def check_url(url: str) -> tuple[str, int]:
    """The host and port of an address of http or https. Raises ``RefusedError`` for others, and for passwords in it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise RefusedError(f"not an address: {error}") from None
    if parts.scheme not in ("http", "https"):
        raise RefusedError(f"not http or https but {parts.scheme or 'nothing'}")
    if not host:
        raise RefusedError("it names no host")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("it carries a user name or password")
    return host, port or {"http": 80, "https": 443}[parts.scheme]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the machine resolves it (numbers in odd forms, such as 0x7f.1, included)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def checked(host: str, port: int, allowed: Collection[str] = (), how: Resolve = resolve) -> str:
    """The one address to connect to. Raises ``RefusedError`` if any that the host has is not public.

    ``allowed`` are hosts (or host:port) that the user vouches for.
    """
    try:
        found = how(host, port)
    except (OSError, UnicodeError) as error:
        raise RefusedError(f"its host cannot be found: {error}") from None
    if not found:
        raise RefusedError("its host has no address")
    if host not in allowed and f"{host}:{port}" not in allowed:
        for one in found:
            if not is_public(one):
                raise RefusedError(f"{host} is {one}, an address inside a machine or network")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the public Internet, also behind the forms in which IPv6 carries IPv4."""
    try:
        inner = _carried(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    return inner.is_global and not inner.is_multicast and not inner.is_reserved


def _carried(address: Address) -> Address:
    if not isinstance(address, IPv6Address):
        return address
    if int(address) >> 32 == _NAT64 >> 32:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) >> 32 == 0:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
