"""A response's body, counted while it comes: neither a long body nor one packed small gets past the limit."""

from __future__ import annotations

import zlib

import httpx

from orchestration.fetching.model import FetchError, Passing

GZIP = 16 + zlib.MAX_WBITS
PACKED = {"gzip", "x-gzip"}
PLAIN = {"", "identity"}


async def read_body(response: httpx.Response, limit: int, cut: bool = False) -> bytes:
    """The body, unpacked, of at most `limit` bytes; a longer one is cut off there if `cut`, else FetchError. Passing where it breaks off."""
    declared = response.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit and not cut:
        raise _too_large(limit)
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in PACKED | PLAIN:
        raise FetchError(f"the server packs the page in a way nobody asked for ({encoding:.40}); save the page by hand")
    packed = zlib.decompressobj(GZIP) if encoding in PACKED else None
    body = bytearray()
    async for chunk in response.aiter_raw():
        try:
            # The room left is never zero, which would mean without limit.
            body += packed.decompress(chunk, limit + 1 - len(body)) if packed else chunk
        except zlib.error:
            raise Passing("the packed page is broken") from None
        if packed and packed.unused_data:
            raise Passing("the packed page goes on after its end")
        if len(body) > limit:
            if cut:
                return bytes(body[:limit])
            raise _too_large(limit)
    if packed and not packed.eof and body:
        raise Passing("the packed page breaks off")
    return bytes(body)


def _too_large(limit: int) -> FetchError:
    return FetchError(f"the page has more than the {limit / 2**20:,.0f} MB that are fetched; save the part that is needed by hand")
