"""A server on loopback that does as it is told, names that lead to it, and time that passes at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from orchestration.fetching.model import Clock, Kind, Limits, Outcome, Wanted
from orchestration.fetching.run import fetch_all
from orchestration.fetching.transport import CheckedTransport


@dataclass(frozen=True)
class Reply:
    """What the server says: `length` replaces the true Content-Length, `stall` says nothing more after the body until the test ends."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    stall: bool = False


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    host: str
    path: str
    headers: Mapping[str, str]


Route = Callable[[Asked, int], Reply]  # the request, and how many came before it to this page


class Handler(BaseHTTPRequestHandler):
    """Answers by the routes of its server."""

    server: TestServer

    def do_GET(self) -> None:
        """One request."""
        place = self.server
        asked = Asked(self.headers["Host"].partition(":")[0], self.path, {k.lower(): v for k, v in self.headers.items()})
        before = sum((a.host, a.path) == (asked.host, asked.path) for a in place.asked)
        place.asked.append(asked)
        route = place.routes.get(asked.host + asked.path) or place.routes.get(asked.path)
        reply = route(asked, before) if callable(route) else route or Reply(404)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.length != -1:
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
        self.end_headers()
        self.wfile.write(reply.body)
        self.wfile.flush()
        if reply.stall:
            place.over.wait(5)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


class TestServer(ThreadingHTTPServer):
    """Routes by path, or by host and path; what was asked, in order."""

    __test__ = False
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Reply | Route] = {}
        self.asked: list[Asked] = []
        self.over = threading.Event()

    def url(self, path: str, host: str = "page.test") -> str:
        """The address of a page."""
        return f"http://{host}:{self.server_port}{path}"

    def paths(self, host: str = "page.test") -> list[str]:
        """The pages asked for, robots.txt left out."""
        return [a.path for a in self.asked if a.host == host and a.path != "/robots.txt"]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what several tests want."""


@pytest.fixture(scope="session")
def _server() -> Iterator[TestServer]:
    with TestServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def server(_server: TestServer) -> Iterator[TestServer]:
    """The server without routes: everything is 404, robots.txt too."""
    _server.routes, _server.asked, _server.over = {}, [], threading.Event()
    yield _server
    _server.over.set()


@dataclass
class Time:
    """Time that passes only by sleeping, and then at once."""

    passed: float = 0
    slept: list[float] = field(default_factory=list)
    began: datetime = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.passed += seconds
        await asyncio.sleep(0)

    @property
    def clock(self) -> Clock:
        """This time as a clock."""
        return Clock(lambda: self.passed, lambda: self.began + timedelta(seconds=self.passed), self.sleep)


async def loopback(host: str, port: int) -> list[str]:
    """Every name leads to this machine."""
    return ["127.0.0.1"]


@dataclass
class Desk:
    """Fetching into a folder of its own."""

    raw: Path
    store: Path
    time: Time
    limits: Limits
    resolve: Callable = loopback
    allow_private: bool = True

    def fetch(self, *urls: str, kind: Kind | None = None, fields: dict[str, object] | None = None) -> list[Outcome]:
        """Fetch `urls`."""
        transport = CheckedTransport(self.allow_private, self.resolve, httpx.AsyncHTTPTransport(verify=False))
        wanted = [Wanted(httpx.URL(url), kind, fields or {}) for url in urls]
        return fetch_all(self.raw, self.store, wanted, limits=self.limits, clock=self.time.clock, transport=transport)

    def files(self) -> list[str]:
        """What lies in the landing folder, dot-files left out."""
        found = (p.relative_to(self.raw) for p in self.raw.rglob("*") if p.is_file())
        return sorted(p.as_posix() for p in found if not p.name.startswith("."))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty landing folder, small limits."""
    (tmp_path / "raw").mkdir()
    return Desk(tmp_path / "raw", tmp_path / "store", Time(), Limits(seconds=2, size=100_000))
