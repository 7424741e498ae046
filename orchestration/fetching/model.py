"""What the parts of fetching exchange: what is wanted, within which limits, what a server answered, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line needs the kinds and limits, and not the weight of httpx
    import httpx


class FetchError(Exception):
    """Something that cannot be fetched; the message says on one line what failed and what to do."""


class Passing(Exception):
    """A failure that may pass: worth another try, after `wait` seconds where the server says so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class Kind(StrEnum):
    """What a file is, and so which folder it goes to."""

    article = "article"
    table = "table"


class State(StrEnum):
    """What became of a source."""

    new = "new"
    changed = "changed"
    unchanged = "unchanged"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of a server and how much it may send."""

    seconds: float = 30  # a request in all, from the look-up of the name to the last byte
    size: int = 50 * 1024 * 1024  # bytes of a body, unpacked
    redirects: int = 5
    retries: int = 3
    delay_s: float = 1  # between two requests to a host
    backoff_s: float = 1  # before the first retry; doubles with each. One client at a time: no jitter is needed
    longest_wait_s: float = 60  # a server that asks for more quiet is left alone for this run
    at_once: int = 4  # requests to different hosts at a time


@dataclass(frozen=True, slots=True)
class Clock:
    """Time, so that tests need not wait for it."""

    monotonic: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


LIMITS, CLOCK = Limits(), Clock()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source to fetch: its address, its kind where the user says so, and fields for its sidecar."""

    url: httpx.URL
    kind: Kind | None = None
    fields: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered at last: `url` after all redirects; `body` unpacked, empty unless the status is 200."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a source: `path` relative to the landing folder, `message` what failed and what to do."""

    url: str
    state: State
    path: str = ""
    message: str = ""
