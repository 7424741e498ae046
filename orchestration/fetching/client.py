"""Asking: a request within its limits, again where that may help, through redirects that are each checked anew."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import TracebackType

import httpx

from orchestration import __version__
from orchestration.fetching.addresses import redirected
from orchestration.fetching.body import read_body
from orchestration.fetching.model import Answer, Clock, FetchError, Limits, Passing
from orchestration.fetching.robots import LARGEST, PRODUCT, Robots
from orchestration.fetching.waiting import Turns, retry_after

HEADERS = {"User-Agent": f"{PRODUCT}/{__version__}", "Accept": "*/*", "Accept-Language": "zh-CN,zh;q=0.9", "Accept-Encoding": "gzip"}
REDIRECTS = {301, 302, 303, 307, 308}
BUSY = {429, 500, 502, 503, 504}  # may pass


class Client:
    """Fetches pages, with `async with`. `transport` decides what may be connected to."""

    def __init__(self, transport: httpx.AsyncBaseTransport, limits: Limits, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        # The environment's proxies are left out: behind one, nobody could check the address that is connected to.
        self._http = httpx.AsyncClient(transport=transport, headers=HEADERS, timeout=limits.seconds, trust_env=False)
        self._turns = Turns(clock, limits)
        self._slots = asyncio.Semaphore(limits.at_once)
        self._robots = Robots(lambda url: self._follow(url, rules=True))

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._http.aclose()

    async def get(self, url: httpx.URL, validators: Mapping[httpx.URL, Mapping[str, str]] | None = None) -> Answer:
        """The answer at the end of the redirects, robots.txt of each host obeyed. `validators`: headers of a conditional request, sent only to
        the address that gave them. FetchError."""
        return await self._follow(url, validators or {})

    async def _follow(self, url: httpx.URL, validators: Mapping[httpx.URL, Mapping[str, str]] | None = None, rules: bool = False) -> Answer:
        for _ in range(self._limits.redirects + 1):
            if not rules:
                self._turns.slow(url.host, await self._robots.delay(url))
            answer = await self._ask(url, (validators or {}).get(url, {}), rules)
            if answer.status not in REDIRECTS:
                return answer
            url = redirected(url, _location(answer))
        raise FetchError(f"the server redirects more than {self._limits.redirects} times; fetch the page it should lead to")

    async def _ask(self, url: httpx.URL, headers: Mapping[str, str], rules: bool) -> Answer:
        """One address, tried again where the failure may pass, with pauses that double."""
        failed = ""
        for attempt in range(self._limits.retries + 1):
            async with self._turns.turn(url.host), self._slots:
                try:
                    return await self._once(url, headers, rules)
                except Passing as passing:
                    failed = str(passing)
                    wait = self._limits.backoff_s * 2**attempt if passing.wait is None else passing.wait
                    self._turns.pause(url.host, wait)
        raise FetchError(f"{failed} ({self._limits.retries + 1} tries); try again later")

    async def _once(self, url: httpx.URL, headers: Mapping[str, str], rules: bool) -> Answer:
        try:
            async with asyncio.timeout(self._limits.seconds), self._http.stream("GET", url, headers=headers) as response:
                if response.status_code in BUSY:
                    wait = retry_after(response.headers.get("retry-after"), self._clock.now())
                    raise Passing(f"the server answers {response.status_code}", wait)
                limit = LARGEST if rules else self._limits.size
                body = await read_body(response, limit, cut=rules) if response.status_code == 200 else b""
                return Answer(url, response.status_code, response.headers, body)
        except (TimeoutError, httpx.TimeoutException):
            raise Passing(f"the server takes longer than {self._limits.seconds:g} s") from None
        except (httpx.UnsupportedProtocol, httpx.LocalProtocolError, httpx.InvalidURL) as error:
            raise FetchError(f"the address cannot be asked ({error}); check it") from None
        except httpx.TransportError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise FetchError(f"the certificate of {url.host} does not hold; save the page by hand if you trust it") from None
            raise Passing(f"the connection fails ({str(error) or type(error).__name__})") from None


def _location(answer: Answer) -> bytes:
    found = next((value for name, value in answer.headers.raw if name.lower() == b"location"), b"")
    if not found:
        raise FetchError(f"the server answers {answer.status} and does not say where to; fetch the page it should lead to")
    return found
