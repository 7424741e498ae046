"""robots.txt (RFC 9309), asked for once per host and run.

Read by Protego: the standard library's parser takes the first rule that fits where RFC 9309 wants the longest, and knows no `*` or `$`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from protego import Protego

from orchestration.fetching.model import Answer, FetchError

LARGEST = 512 * 1024  # bytes read; RFC 9309, 2.5 wants at least 500 KiB
PRODUCT = "dajuan"


class Robots:
    """What the hosts of a run allow. `get` fetches a robots.txt, its redirects followed, its tries repeated."""

    def __init__(self, get: Callable[[httpx.URL], Awaitable[Answer]]) -> None:
        self._get = get
        self._rules: dict[httpx.URL, asyncio.Task[Protego]] = {}

    async def delay(self, url: httpx.URL) -> float:
        """Seconds that the host wants between requests (0: it does not say). FetchError where robots.txt forbids `url` or cannot be had."""
        where = url.copy_with(raw_path=b"/robots.txt")
        if where not in self._rules:
            self._rules[where] = asyncio.ensure_future(self._load(where))
        rules = await self._rules[where]
        if not rules.can_fetch(str(url), PRODUCT):
            raise FetchError(f"robots.txt of {url.host} forbids it; ask the publisher, or save the page by hand")
        return rules.crawl_delay(PRODUCT) or 0

    async def _load(self, where: httpx.URL) -> Protego:
        """Rules; none where the server says that it has no robots.txt (4xx). A server in trouble must not be fetched from (2.3.1.4)."""
        try:
            answer = await self._get(where)
        except FetchError as error:
            raise FetchError(f"its robots.txt cannot be had, so nothing is fetched: {error}") from None
        if answer.status >= 500:
            raise FetchError(f"its robots.txt cannot be had (answer {answer.status}), so nothing is fetched; try again later")
        return Protego.parse(answer.body.decode("utf-8-sig", "replace"))
