"""Which URLs may be asked for, and which addresses may be connected to."""

from __future__ import annotations

import ipaddress
from urllib.parse import quote

import httpx

from orchestration.fetching.model import FetchError

LONGEST = 1000  # characters; what a sidecar takes
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
RESERVED = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986: what a URL may hold unquoted beside letters, digits, -._


def parse(text: str) -> httpx.URL:
    """`text` as a URL that may be fetched, without its fragment. FetchError for another scheme, no host, or a name and password in it."""
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, UnicodeError):
        raise FetchError("this is no address; write it like https://www.example.gov.cn/page.html") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise FetchError("only addresses that begin with http:// or https:// are fetched")
    if url.port is not None and not 0 < url.port < 65536:
        raise FetchError(f"there is no port {url.port}; check the address")
    if url.userinfo:
        raise FetchError("the address holds a name or password, and those are neither sent nor stored; take them out")
    url = url.copy_with(raw_path=url.raw_path, fragment=None)  # without a path it is /, so that a page has one address
    if len(str(url)) > LONGEST:
        raise FetchError(f"the address is longer than {LONGEST} characters; look for a shorter one")
    return url


def redirected(url: httpx.URL, location: bytes) -> httpx.URL:
    """Where the header Location (bytes as they came, whatever their encoding) sends a request for `url`; FetchError where it may not go."""
    try:
        return parse(str(url.join(quote(location, safe=RESERVED))))
    except httpx.InvalidURL:
        raise FetchError("the server redirects to something that is no address; fetch the page it should lead to") from None
    except FetchError as error:
        raise FetchError(f"the server redirects elsewhere, and there {error}") from None


def shown(text: str) -> str:
    """`text`, meant as a URL, for people to read: no name, no password, one line, not too long."""
    try:
        parse(text)
        hidden = False
    except FetchError:
        hidden = "@" in text
    text = "…@" + text.rpartition("@")[2] if hidden else text
    line = "".join(c if c.isprintable() else "?" for c in text.strip())
    return line if len(line) <= 200 else line[:199] + "…"


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: not private, shared, loopback, link-local, multicast or reserved (IANA's
    special-purpose registries, RFC 6890), nor an IPv6 address that carries such an IPv4 address within it."""
    ip = ipaddress.ip_address(address)
    carried = _carried(ip) if isinstance(ip, ipaddress.IPv6Address) else []
    if carried:
        return all(map(_is_global, carried))
    return _is_global(ip)


def _is_global(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _carried(ip: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses within: mapped (RFC 4291), 6to4 (RFC 3056), Teredo (RFC 4380), NAT64 (RFC 6052)."""
    nat64 = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None
    return [i for i in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ()), nat64) if i is not None]
