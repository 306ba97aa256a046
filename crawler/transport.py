"""The socket side of fetching: an address is checked when it is connected to, and a request has one deadline.

A name is looked up once for a connection, and the address that was checked is the one that is connected to, so a
name that changes its answer (DNS rebinding) wins nothing. TLS still verifies the host name.
"""

import ssl
import time
import typing
from collections.abc import Iterable
from contextvars import ContextVar

import httpcore
import httpx

from crawler.addresses import Address, Resolver, is_public
from models.errors import Forbidden

DEADLINE: ContextVar[float] = ContextVar("DEADLINE")  # of the request that this thread makes, on the monotonic clock
SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


def _left(timeout: float | None) -> float:
    """Seconds that an operation may take: its own limit, or what is left of the whole."""
    left = DEADLINE.get() - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole took too long")
    return left if timeout is None else min(timeout, left)


class TimedStream(httpcore.NetworkStream):
    """A connection on which a slow trickle of bytes ends at the deadline too."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> typing.Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to addresses that may be connected to."""

    def __init__(self, resolver: Resolver, allow_private: bool) -> None:
        self._resolver, self._allow_private = resolver, allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        """Raises `Forbidden` for an inside address, httpcore's `ConnectError` when nothing answers."""
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in self._allowed(host, port):
            try:
                return TimedStream(
                    self._sockets.connect_tcp(address.ip, address.port, _left(timeout), local_address, socket_options)
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _allowed(self, host: str, port: int) -> list[Address]:
        try:
            found = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be looked up ({error})") from error
        allowed = [address for address in found if self._allow_private or is_public(address.ip)]
        if found and not allowed:
            raise Forbidden(
                host,
                f"the address {found[0].ip} is in a private network; set allow_private on the source if it is yours",
            )
        return allowed


class GuardedTransport(httpx.HTTPTransport):
    """httpx over `GuardedBackend`: HTTP/1.1, no proxy, a connection pool of its own."""

    def __init__(self, resolver: Resolver, allow_private: bool, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False)
        # httpx has no argument for a network backend; its pool is httpcore's, which has.
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=32,
            max_keepalive_connections=8,
            keepalive_expiry=15,
            network_backend=GuardedBackend(resolver, allow_private),
        )
