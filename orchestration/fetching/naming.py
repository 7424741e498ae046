"""The file that a page becomes: folder, name, suffix."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from email.message import Message
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import httpx

from orchestration.fetching.model import Answer, FetchError, Kind
from orchestration.lexicon import read_yaml
from orchestration.reading.model import Refusal
from orchestration.reading.sniff import is_plain, sniff

FOLDERS = {Kind.article: "articles", Kind.table: "tables"}
HOST, SLUG = 60, 50  # characters; with three bytes a character a name stays below the 255 bytes of file systems
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")  # no digit of a hash may pass for a year


@cache
def words() -> dict[str, Any]:
    """The content of media_types.yml; callers must not change it."""
    return read_yaml(Path(__file__).with_name("media_types.yml"))


def file_path(answer: Answer, wanted: httpx.URL, kind: Kind | None) -> str:
    """Where the page goes, relative to the landing folder: `articles/HOST-NAME-HASH.SUFFIX`. FetchError where it is neither document nor table.

    Made of the address that was asked for alone, so that a page keeps its name however it changes; the hash keeps two pages apart.
    """
    suffix = _suffix(answer)
    kind = kind or next(Kind(k) for k, suffixes in words()["kinds"].items() if suffix in suffixes)
    slug = PurePosixPath(wanted.path).stem
    parts = [_safe(wanted.host, HOST), _safe(slug, SLUG), hashlib.sha256(str(wanted).encode()).hexdigest()[:10].translate(LETTERS)]
    return f"{FOLDERS[kind]}/{'-'.join(filter(None, parts))}.{suffix}"


def advice(status: int) -> str:
    """What to do about an answer that brings no page."""
    told = words()["advice"]
    return told.get(status, told["other"])


def _safe(text: str, most: int) -> str:
    """Letters, digits, `.`, `_` and `-` of any script, `most` characters at most; neither a dot-file nor one with two suffixes."""
    return re.sub(r"[^\w.]+", "-", unicodedata.normalize("NFC", text))[:most].strip("-._")


def _suffix(answer: Answer) -> str:
    """The suffix the page's file gets: from the media type, the names it goes by, or its bytes; names first where the type is vague."""
    table = words()
    known = {suffix for suffixes in table["kinds"].values() for suffix in suffixes}
    media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    stated = table["suffixes"].get(media_type, "")
    named = [PurePosixPath(name).suffix.lower().removeprefix(".") for name in (_file_name(answer.headers), answer.url.path)]
    told = [*named, stated] if media_type in table["vague"] else [stated, *named]
    found = next((suffix for suffix in told if suffix in known), None)
    if found is None and media_type in table["silent"]:
        found = _sniffed(answer.body)
    if found is None:
        raise FetchError(f"this is neither a document nor a table ({media_type or 'no type stated'}); fetch the document itself")
    return found


def _file_name(headers: httpx.Headers) -> str:
    """The name that the header Content-Disposition (RFC 6266) gives the file, or an empty text."""
    message = Message()
    message["content-disposition"] = " ".join(headers.get("content-disposition", "").split())
    return message.get_filename() or ""


def _sniffed(body: bytes) -> str | None:
    """The suffix that the bytes call for; null where no reader takes them."""
    for kind in Kind:
        try:
            suffix = words()["suffixes"].get(sniff(body, "", kind.value).media_type)
        except Refusal:
            continue
        return suffix if suffix != "txt" or is_plain(body) else None
    return None
