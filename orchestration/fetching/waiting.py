"""Turns: one request at a time per host, and a pause after each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from orchestration.fetching.model import Clock, FetchError, Limits


@dataclass(slots=True)
class _Host:
    delay: float
    not_before: float = 0  # on the monotonic clock
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Turns:
    """Who may ask which host when."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock, self._limits = clock, limits
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """A turn with `host`: waits for the one before and for the pause after it. FetchError where the host wants to be left alone for long."""
        place = self._host(host)
        async with place.lock:
            wait = place.not_before - self._clock.monotonic()
            if wait > self._limits.longest_wait_s:
                raise FetchError(f"{host} asks to be left alone for {wait:,.0f} s; fetch again after that")
            if wait > 0:
                await self._clock.sleep(wait)
            try:
                yield
            finally:
                self.pause(host, place.delay)

    def pause(self, host: str, seconds: float) -> None:
        """No turn with `host` for so long."""
        place = self._host(host)
        place.not_before = max(place.not_before, self._clock.monotonic() + seconds)

    def slow(self, host: str, delay: float) -> None:
        """A longer pause after every request to `host`, as its robots.txt asks; within reason."""
        place = self._host(host)
        place.delay = max(place.delay, min(delay, self._limits.longest_wait_s))

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self._limits.delay_s))


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that the header Retry-After (RFC 9110, 10.2.3: seconds or a date) asks to wait; null where it says nothing sensible."""
    text = (value or "").strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        day = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return max(0.0, ((day if day.tzinfo else day.replace(tzinfo=UTC)) - now).total_seconds())
