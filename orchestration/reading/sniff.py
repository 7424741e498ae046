"""What a file is, told from its bytes; the suffix only settles what kind of text it is. The kinds are data: lexicon/reading_types.yml."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from orchestration.lexicon import load
from orchestration.reading.archive import Archive
from orchestration.reading.content import Reader
from orchestration.reading.model import Refusal

ZIP, OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
HEAD = 4096  # bytes in which a page says that it is one
BLANK = b" \t\r\n\x0b\x0c"


@dataclass(frozen=True, slots=True)
class Kind:
    """A reader and the media type of what it takes."""

    reader: Reader
    media_type: str


def sniff(data: bytes, name: str, role: str) -> Kind:
    """The reader for `data`; `role` is article or table, `name` the file's name. Refusal (unknown_type, encrypted, unreadable, hostile) where there is none."""
    types = load("reading_types")
    suffix = name.lower().rpartition(".")[2] if "." in name else ""
    row = _binary(data, types["types"]) or _markup(data, suffix, types["markup"])
    if row is None:
        row = {role: types["text"][role]["read"], "media_type": types["text"][role]["media_type"]}
        if suffix not in types["text"][role]["suffixes"]:
            elsewhere = any(suffix in kinds["suffixes"] for kinds in types["text"].values())
            reason = (
                types["misplaced"][role] if elsewhere else f".{suffix:.20} is none of the kinds that are read: {types['unknown'][role]}"
            )
            raise Refusal("unknown_type", reason)
    if "refuse" in row:
        raise Refusal(row.get("code", "unknown_type"), row["refuse"])
    if role not in row:
        raise Refusal("unknown_type", types["misplaced"][role])
    return Kind(_function(row[role]), row["media_type"])


def is_plain(data: bytes) -> bool:
    """Whether `data` is text without markup: what can be read without precautions."""
    types = load("reading_types")
    return b"\0" not in data[:HEAD] and _binary(data, types["types"]) is None and _markup(data, "", types["markup"]) is None


def _binary(data: bytes, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    members = Archive(data).names if data.startswith(ZIP) else frozenset()
    tests: dict[str, Callable[[Any], bool]] = {
        "magic": lambda magic: data.startswith(bytes.fromhex(magic)),
        "member": lambda member: member in members,
        "stream": lambda stream: data.startswith(OLE) and (stream + "\0").encode("utf-16-le") in data,
        "after": lambda after: data[after["at"] :].startswith(bytes.fromhex(after["bytes"])),
    }
    return next((row for row in rows if all(test(row[key]) for key, test in tests.items() if key in row)), None)


def _markup(data: bytes, suffix: str, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    head = _skip_comments(_narrow(data[: 4 * HEAD])).lower()
    start = head[:40]
    fitting = (row for row in rows if start.startswith(tuple(row["begins"])) and row.get("has", "") in head)
    return next((row for row in fitting if suffix in row.get("suffixes", [suffix])), None)


def _narrow(data: bytes) -> str:
    """The beginning as ASCII, whatever the encoding: what is not ASCII becomes a question mark, UTF-16 loses its NULs."""
    return (
        data.removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .replace(b"\0", b"")
        .decode("ascii", "replace")
    )


def _skip_comments(head: str) -> str:
    head = head.lstrip()
    while head.startswith("<!--") and "-->" in head:
        head = head[head.index("-->") + 3 :].lstrip()
    return head


def _function(path: str) -> Reader:
    module, _, name = path.partition(":")
    return getattr(import_module(f"orchestration.reading.{module}"), name)
