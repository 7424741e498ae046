"""Bytes → text: strict decoding only, so that no character is lost or made up."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from orchestration.lexicon import load
from orchestration.reading.model import Refusal

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CHINESE = ("gb18030", "big5hkscs")
SURE = 0.1  # share of the commonest characters; running text has 0.3 to 0.6, a wrong decoding next to none
SAMPLE = 200_000  # bytes that suffice to tell two encodings apart
COMMON = frozenset(load("reading_encodings")["common"])


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data` without its byte order mark, otherwise unchanged.

    A byte order mark decides; then strict UTF-8; then `declared` (what an HTML page says of itself) if it fits; then GB18030 or Big5, whichever
    gives more of the commonest characters, or GB18030 where it gives everyday ones; last what charset-normalizer is sure of. Refusal (unreadable) where nothing fits.
    """
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name)
    if b"\0" in data[:SAMPLE]:
        return _strict(data, _wide(data))
    for name in ("utf-8", *((declared,) if declared else ())):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    fitting = {name: text for name in CHINESE if (text := _attempt(data, name)) is not None}
    if fitting:
        name, share = max(((name, common_share(text)) for name, text in fitting.items()), key=lambda item: item[1])
        if share > SURE:
            return fitting[name]
        if _everyday(fitting.get("gb18030", "")):
            return fitting["gb18030"]
    best = from_bytes(data[:SAMPLE], threshold=0.1).best()
    text = _attempt(data, best.encoding) if best else None
    if text is None or common_share(text) < SURE:
        raise Refusal(
            "unreadable", "the bytes are no text in UTF-8, GB18030, Big5 or UTF-16 (binary or damaged); save the document anew as UTF-8"
        )
    return text


def common_share(text: str) -> float:
    """Share of `text`'s non-ASCII characters (of its beginning) that are among the commonest of Chinese; 0 where there is none."""
    wide = [c for c in text[: SAMPLE // 4] if c > "\x7f"]
    return sum(c in COMMON for c in wide) / len(wide) if wide else 0.0


def check(text: str) -> str:
    """`text` if it holds words; Refusal where it is empty or no prose: NUL characters, control characters, what damaged decoding leaves behind."""
    if not text.strip(" \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\ufeff"):
        raise Refusal("empty", "the file holds no text, only blanks; take a copy with content")
    if "\0" in text:
        raise Refusal(
            "unreadable", f"a NUL character stands at character {text.index(chr(0))}, which no text holds; save the document anew as UTF-8"
        )
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", text))
    if controls > max(8, len(text) // 200):
        raise Refusal(
            "unreadable", "the file is full of control characters, so it is no text; check what kind of file it is and save it as UTF-8"
        )
    damaged = text.count("\ufffd") + 2 * text.count("锟斤拷")
    if damaged > max(20, len(text) // 100):
        raise Refusal(
            "unreadable", f"{damaged} characters were lost in an earlier conversion (U+FFFD, 锟斤拷); take a copy from the publisher"
        )
    if not re.search(r"[^\W\d_]", text):
        raise Refusal("empty", "the file holds no word, only digits or signs; take a copy with content")
    return text


def _attempt(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _everyday(text: str) -> bool:
    """Whether most of `text`'s non-ASCII characters are among the 7,000 of GB 2312; of bytes decoded wrongly a quarter is."""
    wide = [c for c in text[: SAMPLE // 4] if c > "\x7f"]
    return len(wide) >= 4 and len("".join(wide).encode("gb2312", "ignore")) >= 1.6 * len(wide)


def _strict(data: bytes, name: str | None) -> str:
    text = _attempt(data, name) if name else None
    if text is None:
        raise Refusal("unreadable", "the file holds NUL bytes or broken characters, so it is no text; save the document anew as UTF-8")
    return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: the byte order that gives Chinese (or, without any, ASCII)."""
    found = {name: text for name in ("utf-16-le", "utf-16-be") if (text := _attempt(data, name)) is not None and "\0" not in text}
    name = max(found, key=lambda name: common_share(found[name]), default=None)
    return name if name and (common_share(found[name]) > SURE or found[name].isascii()) else None
