"""Bodies, turns, robots.txt, names."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.fetching.body import read_body
from orchestration.fetching.model import Answer, FetchError, Kind, Limits, Passing
from orchestration.fetching.naming import file_path
from orchestration.fetching.robots import Robots
from orchestration.fetching.waiting import Turns, retry_after
from orchestration.reading.scan import UNPRINTABLE
from tests.fetching.conftest import Time


def body(data: bytes, limit: int, chunk: int = 1000, cut: bool = False, **headers: str) -> bytes:
    """`data` read in chunks."""

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(data), chunk):
            yield data[start : start + chunk]

    response = httpx.Response(200, headers={k.replace("_", "-"): v for k, v in headers.items()}, content=chunks())
    return asyncio.run(read_body(response, limit, cut))


@given(st.binary(max_size=3000), st.integers(1, 700))
def test_a_body_within_the_limit_comes_through_and_a_byte_more_does_not(data: bytes, chunk: int) -> None:
    packed = gzip.compress(data)
    assert body(data, len(data), chunk) == body(packed, len(data), chunk, content_encoding="gzip") == data
    if data:
        for sent, headers in ((data, {}), (packed, {"content_encoding": "gzip"})):
            with pytest.raises(FetchError, match="MB"):
                body(sent, len(data) - 1, chunk, **headers)
        assert body(data, len(data) - 1, chunk, cut=True) == data[:-1]


def test_a_bomb_is_stopped_before_it_goes_off() -> None:
    bomb = gzip.compress(bytes(50_000_000), 1)
    with pytest.raises(FetchError, match="MB"):
        body(bomb, 1_000_000, 1 << 20, content_encoding="gzip")


def test_broken_packing() -> None:
    packed = gzip.compress(b"abc" * 100)
    for sent in (packed[:-9], b"no gzip at all", packed + b"more"):
        with pytest.raises(Passing):
            body(sent, 1000, content_encoding="gzip")
    with pytest.raises(FetchError, match="zstd"):
        body(packed, 1000, content_encoding="zstd")
    with pytest.raises(FetchError, match="gzip, gzip"):
        body(packed, 1000, content_encoding="gzip, gzip")


NOW = datetime(2025, 3, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sat, 01 Mar 2025 08:00:30 GMT", 30),
        ("Sat, 01 Mar 2025 07:00:00 GMT", 0),
        (None, None),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
        ("Sat, 01 Mar 99999999999999999999 08:00:00 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text())
def test_retry_after_never_fails(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or seconds >= 0


def test_turns() -> None:
    time, order = Time(), []

    async def ask(turns: Turns, name: str, host: str) -> None:
        async with turns.turn(host):
            order.append((name, "begins"))
            await asyncio.sleep(0)
            order.append((name, "ends"))

    async def run() -> None:
        turns = Turns(time.clock, Limits(delay_s=2, longest_wait_s=60))
        await asyncio.gather(ask(turns, "a", "x"), ask(turns, "b", "x"), ask(turns, "c", "y"))
        assert time.slept == [2]  # between the two on one host only
        assert order.index(("a", "ends")) < order.index(("b", "begins"))
        assert order.index(("c", "begins")) < order.index(("a", "ends"))
        turns.slow("x", 9)
        await ask(turns, "d", "x")
        await ask(turns, "e", "x")
        assert time.slept == [2, 2, 9]
        turns.pause("x", 61)
        with pytest.raises(FetchError, match="61 s"):
            await ask(turns, "f", "x")

    asyncio.run(run())


def robots(text: bytes, url: str = "http://a.test/data/page.html?id=1", status: int = 200) -> float:
    """What a robots.txt says about `url`."""

    async def get(where: httpx.URL) -> Answer:
        assert str(where) == "http://a.test/robots.txt"
        return Answer(where, status, httpx.Headers(), text if status == 200 else b"")

    async def run() -> float:
        return await Robots(get).delay(httpx.URL(url))

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /\n", False),
        (b"User-agent: *\nDisallow:\n", True),
        (b"User-agent: *\nDisallow: /data/\nAllow: /data/page\n", True),  # the longer rule wins, wherever it stands
        (b"User-agent: *\nAllow: /data/\nDisallow: /data/page\n", False),
        (b"User-agent: *\nDisallow: /*?id=\n", False),
        (b"User-agent: *\nDisallow: /data/page.html$\n", True),
        (b"User-agent: dajuan\nAllow: /\n\nUser-agent: *\nDisallow: /\n", True),
        (b"User-agent: DaJuan\nDisallow: /\n\nUser-agent: *\nAllow: /\n", False),
        (b"User-agent: other\nDisallow: /\n", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /data # \xb2\xe2\n", False),
        (b"<html><body>not found</body></html>", True),
        (b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"*b", True),
    ],
)
def test_robots(text: bytes, allowed: bool) -> None:
    if allowed:
        assert robots(text) == 0
    else:
        with pytest.raises(FetchError, match=r"robots\.txt of a\.test forbids"):
            robots(text)


def test_robots_by_status_and_delay() -> None:
    assert robots(b"User-agent: *\nCrawl-delay: 7\n") == 7
    assert [robots(b"", status=status) for status in (404, 403, 410)] == [0, 0, 0]
    with pytest.raises(FetchError, match="answer 520"):
        robots(b"", status=520)


def answer(url: str, body: bytes = b"x", **headers: str) -> Answer:
    """A page."""
    return Answer(httpx.URL(url), 200, httpx.Headers({k.replace("_", "-"): v for k, v in headers.items()}), body)


XLS = "application/vnd.ms-excel"


@pytest.mark.parametrize(
    ("url", "headers", "body", "folder", "suffix"),
    [
        ("http://a.test/p/t2024_1.shtml", {"content_type": "text/html; charset=gb18030"}, b"", "articles", "html"),
        ("http://a.test/", {"content_type": "TEXT/HTML"}, b"", "articles", "html"),
        ("http://a.test/f.xlsx", {"content_type": "text/html"}, b"", "articles", "html"),  # a page that says the file is gone
        ("http://a.test/f.csv", {"content_type": "text/plain"}, b"", "tables", "csv"),
        ("http://a.test/f.php", {"content_type": "text/plain"}, b"", "articles", "txt"),
        ("http://a.test/f.csv", {"content_type": XLS}, b"", "tables", "csv"),
        ("http://a.test/f", {"content_type": XLS}, b"", "tables", "xls"),
        ("http://a.test/d?id=3", {"content_disposition": 'attachment; filename="b.XLSX"'}, b"", "tables", "xlsx"),
        ("http://a.test/d", {"content_disposition": "attachment; filename*=UTF-8''%E8%A1%A8.pdf"}, b"", "articles", "pdf"),
        ("http://a.test/f.pdf", {"content_type": "application/octet-stream"}, b"", "articles", "pdf"),
        ("http://a.test/d.jsp", {"content_type": "application/octet-stream"}, b"%PDF-1.4 x", "articles", "pdf"),
        ("http://a.test/d.jsp", {}, b"<!DOCTYPE html><html>x</html>", "articles", "html"),
        ("http://a.test/d.jsp", {}, "全县人口30万人。".encode("gb18030"), "articles", "txt"),
    ],
)
def test_folder_and_suffix(url: str, headers: dict[str, str], body: bytes, folder: str, suffix: str) -> None:
    path = file_path(answer(url, body, **headers), httpx.URL(url), None)
    assert (path.partition("/")[0], path.rpartition(".")[2]) == (folder, suffix)


def test_kind_decides_the_folder_and_pictures_are_refused() -> None:
    url = httpx.URL("http://a.test/stats.html")
    assert file_path(answer(str(url), content_type="text/html"), url, Kind.table).startswith("tables/a.test-stats-")
    with pytest.raises(FetchError, match="image/png"):
        file_path(answer("http://a.test/x", b"text", content_type="image/png"), url, None)
    for body in (bytes.fromhex("89504e470d0a1a0a"), b"\0\1\2"):
        with pytest.raises(FetchError, match="no type stated"):
            file_path(answer("http://a.test/x", body), url, None)


@given(st.text(max_size=300), st.text(max_size=300))
def test_names_are_safe_whatever_the_address(path: str, query: str) -> None:
    url = httpx.URL(f"http://a.test/{quote(path)}?{quote(query)}")
    name = file_path(answer("http://a.test/", content_type="text/html"), url, None)
    assert name == file_path(answer("http://b.test/other", content_type="text/html"), url, None)
    folder, slash, file = name.partition("/")
    assert (folder, slash) == ("articles", "/")
    assert file.startswith("a.test-")
    assert "/" not in file
    assert len(file.encode()) < 230
    assert not UNPRINTABLE.search(file)


def test_two_pages_never_share_a_name() -> None:
    urls = [f"http://a.test/{'x' * 200}{end}" for end in ("", "1", "?1", "?2")] + ["https://a.test/x"]
    assert len({file_path(answer("http://a.test/", content_type="text/html"), httpx.URL(url), None) for url in urls}) == 5
