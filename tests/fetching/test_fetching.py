"""Fetching from a server that redirects, stalls, lies, packs, forbids, and is sometimes not well."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from orchestration.fetching import landing
from orchestration.fetching.model import FetchError, Kind, Limits, State, Wanted
from orchestration.fetching.run import _alone, fetch_all, want
from orchestration.fetching.transport import CheckedTransport
from orchestration.lexicon import read_yaml
from orchestration.reading.scan import scan
from tests.fetching.conftest import Asked, Desk, Reply, TestServer

HTML = {"Content-Type": "text/html"}
PAGE = "<html><title>青石县2031年预算</title><p>安排支出12.5亿元。</p></html>"


def page(text: str = PAGE, **headers: str) -> Reply:
    """A page in UTF-8."""
    return Reply(body=text.encode(), headers=HTML | {k.replace("_", "-"): v for k, v in headers.items()})


def failure(desk: Desk, *urls: str) -> str:
    """Why the only source failed; nothing may be left in the landing folder."""
    [outcome] = desk.fetch(*urls)
    assert outcome.state == State.failed
    assert list(desk.raw.iterdir()) == []
    assert "\n" not in outcome.message
    return outcome.message


def test_the_bytes_are_stored_as_they_came_with_sidecar_and_record(server: TestServer, desk: Desk) -> None:
    sent = PAGE.encode("gb18030")
    server.routes["/a/report.shtml"] = Reply(
        body=sent, headers={"Content-Type": "text/html; charset=gb18030", "ETag": '"v1"', "Set-Cookie": "k=v"}
    )
    [outcome] = desk.fetch(server.url("/a/report.shtml#top"), fields={"region_code": "420103", "genre": "budget_report"})
    assert outcome.state == State.new
    file = desk.raw / outcome.path
    assert file.read_bytes() == sent
    assert desk.files() == [outcome.path, f"{outcome.path}.source.yml"]
    record = json.loads((file.parent / f".{file.name}.fetch.json").read_text())
    assert record == {
        "url": server.url("/a/report.shtml#top"),
        "final_url": server.url("/a/report.shtml#top"),
        "fetched_at": "2025-03-01T08:00:01+00:00",  # a second after robots.txt
        "status": 200,
        "headers": {
            "content-type": "text/html; charset=gb18030",
            "etag": '"v1"',
            "content-length": str(len(sent)),
            "date": record["headers"]["date"],
        },
        "bytes": len(sent),
        "sha256": hashlib.sha256(sent).hexdigest(),
        "replaced": "",
    }
    landed = scan(desk.raw)
    assert (landed.refused, landed.warnings) == ([], [])
    [source] = landed.sources
    assert source.sidecar == {"url": server.url("/a/report.shtml#top"), "region_code": "420103", "genre": "budget_report"}


def test_requests_say_who_asks(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = page()
    desk.fetch(server.url("/p"))
    [rules, asked] = server.asked
    assert rules.path == "/robots.txt"
    assert asked.headers["user-agent"].startswith("dajuan/")
    assert asked.headers["accept-encoding"] == "gzip"


def test_unchanged_pages_are_not_written(server: TestServer, desk: Desk) -> None:
    def tagged(asked: Asked, before: int) -> Reply:
        return (
            Reply(304) if asked.headers.get("if-none-match") == '"v1"' else page(ETag='"v1"', Last_Modified="Sat, 01 Feb 2025 00:00:00 GMT")
        )

    server.routes |= {"/tagged": tagged, "/plain": page()}
    urls = [server.url("/tagged"), server.url("/plain")]
    desk.fetch(*urls)
    stamps = {p: p.stat().st_mtime_ns for p in desk.raw.rglob("*")}
    assert [o.state for o in desk.fetch(*urls)] == [State.unchanged, State.unchanged]
    assert {p: p.stat().st_mtime_ns for p in desk.raw.rglob("*")} == stamps
    assert server.asked[-2].headers["if-modified-since"] == "Sat, 01 Feb 2025 00:00:00 GMT"


def test_a_changed_page_is_a_new_version_of_the_same_file(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = lambda asked, before: page(f"<html>{before}</html>")
    [first] = desk.fetch(server.url("/p"))
    file = desk.raw / first.path
    side = desk.raw / f"{first.path}.source.yml"
    side.write_text(side.read_text() + "title: 由人补写的题目\n", encoding="utf-8")
    [second] = desk.fetch(server.url("/p"), fields={"report_year": 2030})
    assert (second.state, second.path) == (State.changed, first.path)
    assert file.read_bytes() == b"<html>1</html>"
    assert read_yaml(side) == {"url": server.url("/p"), "title": "由人补写的题目", "report_year": 2030}
    old = hashlib.sha256(b"<html>0</html>").hexdigest()
    assert (file.parent / f".{file.name}.{old[:12]}").read_bytes() == b"<html>0</html>"  # no build has read it
    read = hashlib.sha256(b"<html>1</html>").hexdigest()
    (desk.store / read[:2]).mkdir(parents=True)
    (desk.store / read[:2] / read).write_bytes(b"<html>1</html>")
    desk.fetch(server.url("/p"))
    assert file.read_bytes() == b"<html>2</html>"
    assert not (file.parent / f".{file.name}.{read[:12]}").exists()  # the store has it


def test_what_people_put_there_is_never_overwritten(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = lambda asked, before: page(f"<html>{before}</html>")
    [first] = desk.fetch(server.url("/p"))
    file = desk.raw / first.path
    file.write_text("mended by hand")
    asked = len(server.asked)
    [edited] = desk.fetch(server.url("/p"))
    assert "changed since it was fetched" in edited.message
    assert len(server.asked) == asked
    (file.parent / f".{file.name}.fetch.json").write_text('{"url": 3}')
    [unknown] = desk.fetch(server.url("/p"))
    assert "was not fetched" in unknown.message
    assert file.read_text() == "mended by hand"


def test_a_moved_page_is_followed_and_a_removed_one_comes_back(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = lambda asked, before: page(f"<html>{before}</html>", ETag='"v"')
    [first] = desk.fetch(server.url("/p"))
    folder = desk.raw / "articles" / "预算"
    folder.mkdir()
    for file in [p for p in (desk.raw / "articles").iterdir() if p.is_file()]:
        file.rename(folder / file.name)
    [second] = desk.fetch(server.url("/p"))
    assert (second.state, second.path) == (State.changed, first.path.replace("articles/", "articles/预算/"))
    (desk.raw / second.path).unlink()
    [third] = desk.fetch(server.url("/p"))
    assert (third.state, third.path) == (State.new, second.path)
    assert "if-none-match" not in server.asked[-1].headers


def test_a_fetch_broken_off_between_record_and_page_is_made_good(server: TestServer, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    server.routes["/p"] = lambda asked, before: page(f"<html>{before}</html>") if before < 2 else page("<html>1</html>")
    [first] = desk.fetch(server.url("/p"))
    write = landing._write

    def full(file: Path, data: bytes) -> None:
        if file.suffix == ".html":
            raise OSError(28, "No space left on device")
        write(file, data)

    monkeypatch.setattr(landing, "_write", full)
    [second] = desk.fetch(server.url("/p"))
    assert "No space left" in second.message
    monkeypatch.undo()
    [third] = desk.fetch(server.url("/p"))
    assert (third.state, (desk.raw / first.path).read_bytes()) == (State.changed, b"<html>1</html>")
    assert desk.fetch(server.url("/p"))[0].state == State.unchanged


def test_a_page_that_is_suddenly_something_else_replaces_nothing(server: TestServer, desk: Desk) -> None:
    table = Reply(body=b"a,b\n1,2\n", headers={"Content-Type": "text/csv"})
    server.routes["/t"] = lambda asked, before: page() if before else table
    [first] = desk.fetch(server.url("/t"))
    assert first.path.startswith("tables/")
    [second] = desk.fetch(server.url("/t"))
    assert "is now a .html" in second.message
    [third] = desk.fetch(server.url("/t"), kind=Kind.article)
    assert "is no article" in third.message
    assert (desk.raw / first.path).read_bytes() == table.body


def test_redirects(server: TestServer, desk: Desk) -> None:
    for n in range(5):
        server.routes[f"/{n}"] = Reply(302, headers={"Location": f"{n + 1}"})
    server.routes["/5"] = page()
    [outcome] = desk.fetch(server.url("/0"))
    assert outcome.state == State.new
    side = read_yaml(desk.raw / f"{outcome.path}.source.yml")
    assert side == {"url": server.url("/5")}
    assert server.paths() == ["/0", "/1", "/2", "/3", "/4", "/5"]


def test_validators_go_only_to_the_page_that_gave_them(server: TestServer, desk: Desk) -> None:
    server.routes["/old"] = Reply(301, headers={"Location": "/new"})
    server.routes["/new"] = lambda asked, before: Reply(304) if "if-none-match" in asked.headers else page(ETag='"n"')
    assert [desk.fetch(server.url("/old"))[0].state for _ in range(2)] == [State.new, State.unchanged]
    assert "if-none-match" not in server.asked[-2].headers
    assert server.asked[-1].path == "/new"


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("/loop", "more than 5 times"),
        ("file:///etc/passwd", "only addresses that begin with http"),
        ("ftp://page.test/x", "only addresses that begin with http"),
        ("http://ann:s3cret@page.test/", "name or password"),
        ("http://[::1", "Invalid URL in location header"),
    ],
)
def test_redirects_that_are_not_followed(server: TestServer, desk: Desk, location: str, said: str) -> None:
    server.routes["/loop"] = Reply(302, headers={"Location": location})
    message = failure(desk, server.url("/loop"))
    assert said in message
    assert "s3cret" not in message
    assert set(server.paths()) == {"/loop"}


def test_a_redirect_without_a_goal(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = Reply(302)
    assert "does not say where to" in failure(desk, server.url("/p"))


def test_private_addresses_are_refused_at_first_and_after_a_redirect(server: TestServer, desk: Desk) -> None:
    desk.allow_private = False
    server.routes["/p"] = page()
    assert "--allow-private" in failure(desk, server.url("/p"))
    assert server.asked == []

    class Outside(httpx.AsyncBaseTransport):
        """A public host that redirects inside."""

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/robots.txt":
                return httpx.Response(404)
            return httpx.Response(302, headers={"Location": server.url("/p", "inside.test")})

    async def resolve(host: str, port: int) -> list[str]:
        return ["8.8.8.8"] if host == "outside.test" else ["127.0.0.1"]

    transport = CheckedTransport(False, resolve, Outside())
    [outcome] = fetch_all(
        desk.raw, desk.store, [Wanted(httpx.URL("http://outside.test/"))], clock=desk.time.clock, limits=desk.limits, transport=transport
    )
    assert "inside.test is a private or local address" in outcome.message
    assert server.asked == []


def test_robots_are_asked_once_per_host_and_at_each_end_of_a_redirect(server: TestServer, desk: Desk) -> None:
    server.routes |= {
        "/robots.txt": Reply(body=b"User-agent: *\nDisallow: /secret\nCrawl-delay: 5\n"),
        "other.test/robots.txt": Reply(body=b"User-agent: dajuan\nDisallow: /\n"),
        "/open": page(),
        "/open2": page(),
        "/away": Reply(302, headers={"Location": server.url("/open", "other.test")}),
    }
    outcomes = desk.fetch(*[server.url(path) for path in ("/open", "/secret/x", "/open2", "/away")])
    assert [o.state for o in outcomes] == [State.new, State.failed, State.new, State.failed]
    assert "robots.txt of page.test forbids" in outcomes[1].message
    assert "robots.txt of other.test forbids" in outcomes[3].message
    assert sorted(server.paths()) == ["/away", "/open", "/open2"]
    assert server.paths("other.test") == []
    assert [a.host for a in server.asked if a.path == "/robots.txt"] == ["page.test", "other.test"]
    assert desk.time.slept == [1, 5, 5]


@pytest.mark.parametrize("status", [500, 503, 520, 429])
def test_a_host_whose_robots_txt_is_in_trouble_is_left_alone(server: TestServer, desk: Desk, status: int) -> None:
    server.routes |= {"/robots.txt": Reply(status), "/p": page()}
    message = failure(desk, server.url("/p"))
    assert f"{status}" in message
    assert "robots.txt" in message
    assert server.paths() == []


def test_robots_txt_may_be_elsewhere_and_only_its_beginning_is_read(server: TestServer, desk: Desk) -> None:
    long = b"User-agent: *\nDisallow: /secret\n" + b"# filler filler filler\n" * 40_000
    server.routes |= {
        "/robots.txt": Reply(301, headers={"Location": server.url("/rules", "other.test")}),
        "other.test/rules": Reply(body=long),
        "/p": page(),
    }
    open_, secret = desk.fetch(server.url("/p"), server.url("/secret"))
    assert (open_.state, secret.state) == (State.new, State.failed)
    assert "forbids" in secret.message


def test_a_server_that_recovers(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = lambda asked, before: Reply([500, 502, 504][before]) if before < 3 else page()
    assert desk.fetch(server.url("/p"))[0].state == State.new
    assert desk.time.slept == [1, 1, 2, 4]  # after robots.txt, then doubling


def test_a_server_that_does_not_recover(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = Reply(500)
    assert failure(desk, server.url("/p")) == "the server answers 500 (4 tries); try again later"
    assert len(server.paths()) == 4


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_within_reason(server: TestServer, desk: Desk, status: int) -> None:
    server.routes["/p"] = lambda asked, before: page() if before else Reply(status, headers={"Retry-After": "17"})
    server.routes["/q"] = Reply(status, headers={"Retry-After": "Sat, 01 Mar 2025 09:00:00 GMT"})
    assert desk.fetch(server.url("/p"))[0].state == State.new
    assert desk.time.slept == [1, 17]
    first, second = desk.fetch(server.url("/q"), server.url("/p"))
    assert "asks to be left alone" in first.message
    assert "asks to be left alone" in second.message
    assert server.paths() == ["/p", "/p", "/q"]


@pytest.mark.parametrize(
    ("status", "said"), [(404, "check the address"), (403, "by hand"), (412, "wants a browser"), (204, "204"), (304, "304"), (501, "501")]
)
def test_answers_that_bring_no_page_are_not_asked_for_again(server: TestServer, desk: Desk, status: int, said: str) -> None:
    server.routes["/p"] = Reply(status)
    assert said in failure(desk, server.url("/p"))
    assert len(server.paths()) == 1


def test_a_body_shorter_than_it_says(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = lambda asked, before: page() if before else replace(page(), length=5000)
    assert desk.fetch(server.url("/p"))[0].state == State.new
    server.routes["/q"] = replace(page(), length=5000)
    [outcome] = desk.fetch(server.url("/q"))
    assert "the connection fails" in outcome.message


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x", headers=HTML, length=10**12),
        Reply(body=b"x", headers=HTML, length=10**5000),
        Reply(body=b"x" * 150_000, headers=HTML, length=-1),
        Reply(body=gzip.compress(bytes(10_000_000)), headers=HTML | {"Content-Encoding": "gzip"}),
    ],
    ids=["said to be long", "said in 5000 digits", "long unsaid", "bomb"],
)
def test_long_bodies(server: TestServer, desk: Desk, reply: Reply) -> None:
    server.routes["/p"] = reply
    assert failure(desk, server.url("/p"))


def test_packed_pages_are_unpacked(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = Reply(body=gzip.compress(PAGE.encode()), headers=HTML | {"Content-Encoding": "gzip"})
    [outcome] = desk.fetch(server.url("/p"))
    assert (desk.raw / outcome.path).read_text(encoding="utf-8") == PAGE


@pytest.mark.parametrize("reply", [Reply(stall=True, length=100), Reply(body=b"<html>", stall=True, length=100, headers=HTML)])
def test_a_server_that_stalls(server: TestServer, desk: Desk, reply: Reply) -> None:
    desk.limits = Limits(seconds=0.08, retries=1)
    server.routes["/p"] = reply
    assert failure(desk, server.url("/p")) == "the server takes longer than 0.08 s (2 tries); try again later"


def test_a_server_that_trickles_is_stopped_by_the_limit_on_the_whole(server: TestServer, desk: Desk) -> None:
    class Trickle(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0.01)  # far below the limit of a single read
                yield b"x"

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(404) if request.url.path == "/robots.txt" else httpx.Response(200, stream=Trickle())

    limits = Limits(seconds=0.1, retries=0)
    [outcome] = fetch_all(
        desk.raw, desk.store, [Wanted(httpx.URL("http://a.test/p"))], limits=limits, clock=desk.time.clock, transport=Slow()
    )
    assert "longer than 0.1 s" in outcome.message


def test_a_host_that_does_not_listen(server: TestServer, desk: Desk) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, not listening
        message = failure(desk, f"http://page.test:{closed.getsockname()[1]}/")
    assert "the connection fails" in message


def test_empty_pages_and_pictures(server: TestServer, desk: Desk) -> None:
    server.routes |= {"/e": Reply(headers=HTML), "/i": Reply(body=b"x", headers={"Content-Type": "image/png"})}
    assert "empty" in failure(desk, server.url("/e"))
    assert "image/png" in failure(desk, server.url("/i"))


def test_all_are_tried_and_one_named_twice_counts_once(server: TestServer, desk: Desk) -> None:
    server.routes |= {"/a": page(), "/b": Reply(404), "/c": page()}
    urls = [server.url(path, host) for path, host in (("/a", "a.test"), ("/b", "b.test"), ("/c", "c.test"), ("/a", "a.test"))]
    outcomes = desk.fetch(*urls)
    assert [(o.url, o.state) for o in outcomes] == [(urls[0], State.new), (urls[1], State.failed), (urls[2], State.new)]


def test_a_broken_sidecar_stops_only_its_own_page(server: TestServer, desk: Desk) -> None:
    server.routes["/p"] = lambda asked, before: page(f"<html>{before}</html>")
    [first] = desk.fetch(server.url("/p"))
    (desk.raw / f"{first.path}.source.yml").write_text("tittle: x\n")
    [second] = desk.fetch(server.url("/p"))
    assert "tittle" in second.message
    assert (desk.raw / first.path).read_bytes() == b"<html>0</html>"


def test_only_one_fetch_at_a_time(desk: Desk) -> None:
    with _alone(desk.raw), pytest.raises(FetchError, match="another fetch"):
        desk.fetch()
    assert desk.fetch() == []


def test_addresses_as_typed() -> None:
    wanted, refused = want(["https://a.test/#x", "gopher://b.test", "http://ann:s3cret@c.test/"], Kind.table)
    assert wanted == [Wanted(httpx.URL("https://a.test/"), Kind.table)]
    assert [o.url for o in refused] == ["gopher://b.test", "…@c.test/"]
    assert all(o.state == State.failed for o in refused)
