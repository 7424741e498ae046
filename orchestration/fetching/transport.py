"""Connections to checked addresses only: a name is looked up once, and what was checked is what is connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable

import httpx

from orchestration.fetching.addresses import is_public
from orchestration.fetching.model import FetchError, Passing

Resolve = Callable[[str, int], Awaitable[list[str]]]


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of `host`, in the system's order of preference. FetchError where there is none, Passing where the look-up failed."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise Passing(f"the name {host} cannot be looked up now") from None
        raise FetchError(f"there is no host {host}; check the address") from None
    except UnicodeError:
        raise FetchError(f"{host} is no name of a host; check the address") from None
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class CheckedTransport(httpx.AsyncBaseTransport):
    """httpx's transport with the name already looked up: the request goes to the address, the header Host and TLS keep the name.

    One private address among several refuses the host: which of them is used must not matter.
    """

    def __init__(self, allow_private: bool = False, resolve: Resolve = resolve, inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._allow_private, self._resolve = allow_private, resolve
        # No connection is kept: the pool knows it by its address, and the next name at that address must show its own certificate.
        self._inner = inner or httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response of the first address that can be connected to."""
        url = request.url
        host = url.raw_host.decode("ascii")
        addresses = await self._resolve(host, url.port or (443 if url.scheme == "https" else 80))
        if not self._allow_private and not all(map(is_public, addresses)):
            raise FetchError(f"{host} is a private or local address; --allow-private fetches from it all the same")
        failed: httpx.TransportError = httpx.ConnectError(f"{host} has no address")
        for address in addresses:
            extensions = {**request.extensions, "sni_hostname": host}
            pinned = httpx.Request(request.method, url.copy_with(host=address), headers=request.headers, extensions=extensions)
            try:
                return await self._inner.handle_async_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
        raise failed

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()
