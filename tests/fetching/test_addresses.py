"""What may be asked for and connected to."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.fetching.addresses import is_public, parse, redirected, shown
from orchestration.fetching.model import FetchError
from orchestration.fetching.transport import CheckedTransport


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.7",
        "198.18.0.1",
        "224.0.0.1",
        "233.252.0.9",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::5",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::a00:1",
    ],
)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://a.test/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "a.test/page",
        "http://",
        "http:///x",
        "",
        "http://[::1",
        "http://a.test:99999/",
    ],
)
def test_only_http(text: str) -> None:
    with pytest.raises(FetchError):
        parse(text)


def test_fragments_go_and_lengths_are_bounded() -> None:
    assert str(parse(" https://a.test/b?c=1#d ")) == "https://a.test/b?c=1"
    with pytest.raises(FetchError, match="1000"):
        parse("https://a.test/" + "x" * 1000)


@pytest.mark.parametrize("text", ["http://ann:s3cret@a.test/", "http://s3cret@a.test/", "http://ann:s3/cret@a.test/", "ann:s3cret@a.test"])
def test_credentials_are_refused_and_never_shown(text: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse(text)
    assert "s3" not in str(caught.value)
    assert "s3" not in shown(text)


@given(st.text())
def test_any_text_is_an_address_or_a_clear_error(text: str) -> None:
    try:
        url = parse(text)
    except FetchError:
        pass
    else:
        assert url.scheme in ("http", "https")
        assert parse(str(url)) == url
    assert shown(text).isprintable()


def test_a_redirect_keeps_the_bytes_of_its_location() -> None:
    here = httpx.URL("http://a.test/x/y?z")
    assert str(redirected(here, "../数据?q=区".encode("gb18030"))) == "http://a.test/%CA%FD%BE%DD?q=%C7%F8"
    assert str(redirected(here, b"//b.test/%41")) == "http://b.test/%41"
    with pytest.raises(FetchError, match="http"):
        redirected(here, b"file:///etc/passwd")


class Inner(httpx.AsyncBaseTransport):
    """Notes what would go out; `dead` addresses cannot be connected to."""

    def __init__(self, *dead: str) -> None:
        self.dead, self.requests = dead, []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.host in self.dead:
            raise httpx.ConnectError("refused")
        return httpx.Response(200)


def send(url: str, answers: list[list[str]], inner: Inner, allow_private: bool = False) -> httpx.Response:
    """A GET with each look-up of a name answered in turn."""

    async def resolve(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async def run() -> httpx.Response:
        return await CheckedTransport(allow_private, resolve, inner).handle_async_request(httpx.Request("GET", url))

    return asyncio.run(run())


def test_what_was_checked_is_what_is_connected_to() -> None:
    inner = Inner()
    send("https://a.test:8443/p?q=1", [["8.8.8.8"], ["127.0.0.1"]], inner)  # a second look-up would lead inside
    [request] = inner.requests
    assert str(request.url) == "https://8.8.8.8:8443/p?q=1"
    assert request.headers["host"] == "a.test:8443"
    assert request.extensions["sni_hostname"] == "a.test"


def test_the_next_address_is_tried_where_one_cannot_be_reached() -> None:
    inner = Inner("2400:3200::1")
    send("http://a.test/", [["2400:3200::1", "8.8.8.8"]], inner)
    assert [r.url.host for r in inner.requests] == ["2400:3200::1", "8.8.8.8"]
    with pytest.raises(httpx.ConnectError):
        send("http://a.test/", [["2400:3200::1"]], inner)


def test_one_private_address_among_several_refuses_the_host() -> None:
    inner = Inner()
    with pytest.raises(FetchError, match="--allow-private"):
        send("http://a.test/", [["8.8.8.8", "192.168.0.1"]], inner)
    assert inner.requests == []
    send("http://a.test/", [["192.168.0.1"]], inner, allow_private=True)
    assert [r.url.host for r in inner.requests] == ["192.168.0.1"]
