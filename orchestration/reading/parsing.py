"""What libxml2 says only in passing."""

from __future__ import annotations

from lxml import etree


def out_of_memory(parser: etree._FeedParser) -> None:
    """MemoryError where `parser` ran out of memory: libxml2 calls that a syntax error, or recovers and leaves the rest out."""
    if any(error.type == etree.ErrorTypes.ERR_NO_MEMORY for error in parser.error_log):
        raise MemoryError
