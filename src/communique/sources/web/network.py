"""Connections for httpx2 that go only where they may, and not beyond a time that is set for the whole of a fetch.

The only place that imports httpcore2. httpx2 asks for a connection for every hop of a redirection anew, and every one
comes by here; the certificate is still held against the name in the address.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection, Iterable
from typing import Any

import httpcore2
import httpx2
from httpcore2 import NetworkBackend, NetworkStream, SyncBackend

from communique.sources.web.addresses import Resolve, checked, resolve


class LateError(Exception):
    """The time for a fetch is over."""


class Deadline:
    """A moment on a clock after which nothing more is waited for; seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._end = clock, float("inf")

    def start(self, seconds: float) -> None:
        """Give so much time from now."""
        self._end = self._clock() + seconds

    def left(self, most: float | None) -> float:
        """What may be waited now, at most so long; raises ``LateError`` if nothing."""
        rest = self._end - self._clock()
        if rest <= 0:
            raise LateError
        return rest if most is None else min(rest, most)


class Stream(NetworkStream):
    """A connection that is waited for no longer than the deadline."""

    def __init__(self, inner: NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes that came; raises ``LateError`` for those that came too late."""
        came = self._inner.read(max_bytes, self._deadline.left(timeout))
        self._deadline.left(timeout)
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Let go of the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """The same, encrypted."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore2 wants to know of the socket."""
        return self._inner.get_extra_info(info)


class Guarded(NetworkBackend):
    """Opens connections to checked addresses only."""

    def __init__(self, deadline: Deadline, allowed: Collection[str] = (), how: Resolve = resolve) -> None:
        self._inner, self._deadline = SyncBackend(), deadline
        self._allowed, self._how = allowed, how

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        """A connection to the address that was checked, not to the name."""
        address = checked(host, port, self._allowed, self._how)
        wait = self._deadline.left(timeout)
        return Stream(self._inner.connect_tcp(address, port, wait, local_address, socket_options), self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> NetworkStream:
        """Never."""
        raise httpcore2.ConnectError("sockets of the machine are not fetched from")


class Transport(httpx2.HTTPTransport):
    """httpx2's own, on guarded connections; should it come to keep its pool elsewhere, it fetches nothing at all."""

    def __init__(self, network: Guarded) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=httpx2.create_ssl_context(), network_backend=network)
