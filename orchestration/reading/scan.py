"""The landing folder → its sources, and the files that must not be opened, with their reasons. No link is followed."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from orchestration.reading import sidecar
from orchestration.reading.model import Refusal, Source

KINDS = {"articles": "article", "tables": "table"}
CONFIGURATION = {"corrections", "reviews", "sources.yml"}  # at the top of the landing folder
LARGEST = 100 * 1024 * 1024  # bytes
HEAD = 1024 * 1024  # bytes hashed of a file that is too large to read
UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)  # controls, bytes that are no UTF-8, marks that turn the direction
NO_CONTENT = hashlib.sha256(b"").hexdigest()


class Refused(NamedTuple):
    """A file that is not read, and why."""

    source: Source
    refusal: Refusal


class Landing(NamedTuple):
    """What lies in the landing folder: files to read, files refused unread, and warnings (sidecars that belong to no file). In order of path."""

    sources: list[Source]
    refused: list[Refused]
    warnings: list[str]


class _Entry(NamedTuple):
    path: str  # relative, POSIX, printable, unique
    file: Path
    mode: int  # st_mode, not following links; 0: it cannot be looked at
    size: int
    plain_name: bool


def scan(raw: Path) -> Landing:
    """Every file below `raw` but configuration: `corrections/`, `reviews/`, `sources.yml`, sidecars, dot-files.

    Hashes are streamed; of a file too large to read only the first MB and its size are hashed.
    """
    entries = _unique(_walk(raw))
    sidecars = {e.path: e for e in entries if e.path.endswith(sidecar.SUFFIX) and not stat.S_ISDIR(e.mode)}
    files = [e for e in entries if e.path not in sidecars]
    landing = Landing([], [], [])
    used: set[str] = set()
    for entry in files:
        beside = next((sidecars[name] for name in sidecar_names(entry.path) if name in sidecars), None)
        if beside:
            used.add(beside.path)
        try:
            folder, slash, _ = entry.path.partition("/")
            landing.sources.append(_source(entry, beside, KINDS.get(folder) if slash else None))
        except _Unread as unread:
            landing.refused.append(Refused(unread.source, unread.refusal))
    landing.warnings.extend(
        f"{path} is a sidecar without a file beside it; rename it after its file or remove it" for path in sidecars if path not in used
    )
    return landing


def single(file: Path) -> Source:
    """One file outside any landing folder as an article, with its sidecar. Refusal where it must not be read, OSError where it is missing."""
    entry = _entry(file.parent, file.name, "")
    file.lstat()
    beside = next((_entry(file.parent, name, "") for name in sidecar_names(file.name) if os.path.lexists(file.parent / name)), None)
    try:
        return _source(entry, beside, "article")
    except _Unread as unread:
        raise unread.refusal from None


def sidecar_names(path: str) -> tuple[str, ...]:
    """Paths at which the sidecar of the file at `path` may lie, the more specific first."""
    folder, _, name = path.rpartition("/")
    stem, dot, _ = name.rpartition(".")
    names = [name, stem] if dot and stem else [name]
    return tuple(f"{folder}/{n}{sidecar.SUFFIX}" if folder else n + sidecar.SUFFIX for n in names)


class _Unread(Exception):
    def __init__(self, source: Source, code: str, reason: str) -> None:
        self.source, self.refusal = source, Refusal(code, reason)


def _source(entry: _Entry, beside: _Entry | None, kind: str | None) -> Source:
    """The source of `entry`, hashed and with its sidecar checked; _Unread where it must not or need not be read."""
    source = Source(entry.path, entry.file, kind or "article", NO_CONTENT, entry.size)
    if not stat.S_ISREG(entry.mode):
        raise _Unread(source, *_irregular(entry.mode))
    if not entry.plain_name:
        raise _Unread(source, "unsafe_path", "the name is not UTF-8 or holds control characters; rename the file")
    try:
        source = replace(source, sha256=_sha256(entry.file, entry.size))
    except OSError as error:
        raise _Unread(source, "unreadable", f"the file cannot be opened ({error.strerror}); mend its rights") from None
    if kind is None:
        raise _Unread(
            source,
            "unknown_type",
            "the file lies outside articles/ and tables/; move a document to articles/, a statistics table to tables/",
        )
    if entry.size > LARGEST:
        size = f"{entry.size / 2**20:,.0f} MB"
        raise _Unread(
            source, "too_large", f"the file has {size}, more than the {LARGEST // 2**20} MB that are read; split it or save its text alone"
        )
    if entry.size == 0:
        raise _Unread(source, "empty", "the file has no bytes; fetch it again")
    if beside is None:
        return source
    try:
        data = _sidecar_bytes(beside)
        source = replace(source, sidecar_sha256=hashlib.sha256(data).hexdigest())
        return replace(source, sidecar=sidecar.parse(data, beside.file.name))
    except Refusal as refusal:
        raise _Unread(source, refusal.code, refusal.reason) from None


def _irregular(mode: int) -> tuple[str, str]:
    if stat.S_ISLNK(mode):
        return "unsafe_path", "this is a link, and links are not followed; put a copy of the file in its place"
    if stat.S_ISDIR(mode):
        return "unreadable", "the folder cannot be listed; mend its rights"
    return "unsafe_path", "this is no regular file (a pipe, socket or device); remove it"


def _sidecar_bytes(entry: _Entry) -> bytes:
    if not stat.S_ISREG(entry.mode):
        raise Refusal("bad_sidecar", f"{entry.file.name} is no regular file; put a copy of it in its place")
    try:
        with _open(entry.file) as file:
            return file.read(sidecar.LARGEST + 1)
    except OSError as error:
        raise Refusal("bad_sidecar", f"{entry.file.name} cannot be opened ({error.strerror}); mend its rights") from None


def read_bytes(source: Source) -> bytes:
    """The bytes of `source`. Refusal where they have changed since the scan or cannot be had."""
    try:
        with _open(source.file) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise Refusal("unreadable", f"the file cannot be opened ({error.strerror}); mend its rights") from None
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise Refusal("unreadable", "the file changed while it was being read; run again when it is complete")
    return data


def _open(file: Path) -> BufferedReader:
    """`file` opened for reading; OSError where it has become a link or a pipe since it was looked at."""
    handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(0, "no regular file")
    return os.fdopen(handle, "rb")


def _sha256(file: Path, size: int) -> str:
    with _open(file) as opened:
        if size <= LARGEST:
            return hashlib.file_digest(opened, "sha256").hexdigest()
        digest = hashlib.sha256(opened.read(HEAD))
        digest.update(str(size).encode())
        return digest.hexdigest()


def _walk(raw: Path) -> Iterator[_Entry]:
    """Files, links and folders that cannot be listed, below `raw`. OSError where `raw` itself cannot be listed."""
    waiting = [_entry(raw, f.name, "") for f in raw.iterdir() if not f.name.startswith(".") and f.name not in CONFIGURATION]
    while waiting:
        entry = waiting.pop()
        if not stat.S_ISDIR(entry.mode):
            yield entry
            continue
        try:
            waiting += [_entry(entry.file, f.name, entry.path) for f in entry.file.iterdir() if not f.name.startswith(".")]
        except OSError:
            yield entry


def _entry(folder: Path, name: str, above: str) -> _Entry:
    file = folder / name
    shown = UNPRINTABLE.sub(lambda match: ascii(match[0])[1:-1], name)
    try:
        status = file.lstat()
    except OSError:
        return _Entry(f"{above}/{shown}" if above else shown, file, 0, 0, shown == name)
    return _Entry(f"{above}/{shown}" if above else shown, file, status.st_mode, status.st_size, shown == name)


def _unique(entries: Iterator[_Entry]) -> list[_Entry]:
    """In order of path. Two names may look alike once what cannot be printed is written out; a path stands for one file all the same."""
    seen: set[str] = set()
    found: list[_Entry] = []
    for entry in sorted(entries, key=lambda e: (e.path, os.fsencode(e.file))):
        path = entry.path
        while path in seen:
            path += "~"
        seen.add(path)
        found.append(entry._replace(path=path))
    return found
