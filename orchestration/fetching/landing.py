"""What fetching leaves in the landing folder: the page as it came, its sidecar, and a record `.NAME.fetch.json` of how it came.

The record is configuration, no source. It serves the next conditional request, and tells a page that was fetched from one put there by hand.
"""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from orchestration.fetching.addresses import parse
from orchestration.fetching.model import Answer, FetchError, State, Wanted
from orchestration.fetching.naming import FOLDERS, file_path
from orchestration.reading import sidecar
from orchestration.reading.model import Refusal
from orchestration.reading.scan import sidecar_names

SUFFIX = ".fetch.json"
HEADERS = (
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "etag",
    "last-modified",
)
CONDITIONS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}  # RFC 9110, 13.1


@dataclass(frozen=True, slots=True)
class Record:
    """How the file at `path` (relative to the landing folder) was fetched; `replaced` is the SHA-256 of the version before, or empty."""

    path: str
    url: str
    final_url: str
    fetched_at: str
    headers: dict[str, str]
    sha256: str
    replaced: str

    @property
    def conditions(self) -> dict[str, str]:
        """The headers of a conditional request."""
        known = {header: self.headers.get(name, "") for name, header in CONDITIONS.items()}
        return {header: value for header, value in known.items() if value and value.isascii() and value.isprintable()}


def records(raw: Path) -> dict[str, Record]:
    """The records below `raw` by the address asked for, of several the latest. Who moves a page moves its record and its sidecar along."""
    found = [_record(raw, file) for folder in FOLDERS.values() for file in (raw / folder).rglob(f".*{SUFFIX}")]
    return {r.url: r for r in sorted(filter(None, found), key=lambda r: (r.fetched_at, r.path))}


def _record(raw: Path, file: Path) -> Record | None:
    """The record in `file`, or null where it is none: then its page counts as put there by hand."""
    name = file.name[1:].removesuffix(SUFFIX)
    try:
        row = json.loads(file.read_bytes())
        return Record(
            path=(file.parent / name).relative_to(raw).as_posix(),
            url=str(parse(row["url"])),
            final_url=str(parse(row["final_url"])),
            fetched_at=str(row["fetched_at"]),
            headers={str(key): str(value) for key, value in row["headers"].items()},
            sha256=str(row["sha256"]),
            replaced=str(row["replaced"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, FetchError):
        return None


def held(raw: Path, record: Record | None) -> str | None:
    """SHA-256 of the page as it lies there, null where there is none. FetchError where somebody has changed it since it was fetched."""
    if record is None or not (raw / record.path).exists():
        return None
    file = raw / record.path
    if stat.S_ISREG(file.lstat().st_mode):
        sha256 = _sha256(file.read_bytes())
        if sha256 in (record.sha256, record.replaced):  # the one replaced: a fetch was broken off between record and page
            return sha256
    raise FetchError(f"{record.path} has been changed since it was fetched; move it away to fetch it again")


def land(raw: Path, store: Path, wanted: Wanted, answer: Answer, record: Record | None, now: datetime) -> tuple[State, str]:
    """Write what an answer brings: the state and the path of the page. Only a page that has changed is written, and only where a fetched one lay.

    A version replaced that no build has read (the `store` does not hold it) is kept beside as a dot-file. FetchError, OSError.
    """
    before = held(raw, record)
    if record and wanted.kind and not record.path.startswith(FOLDERS[wanted.kind] + "/"):
        raise FetchError(f"{record.path} is no {wanted.kind} where it lies; move it away to fetch it again")
    if record and answer.status == 304:
        _write_sidecar(raw, record.path, wanted, record.final_url)
        return State.unchanged, record.path
    if not answer.body:
        raise FetchError("the page is empty; look at it in a browser")
    path = _place(raw, wanted, answer, record)
    sha256 = _sha256(answer.body)
    _write_sidecar(raw, path, wanted, str(answer.url))
    if record and before == sha256 == record.sha256:
        return State.unchanged, path
    file = raw / path
    if before and before != sha256 and not (store / before[:2] / before).exists():
        _write(file.with_name(f".{file.name}.{before[:12]}"), file.read_bytes())
    # The record first: a page must never lie there as if it had been put there by hand.
    _write(file.with_name(f".{file.name}{SUFFIX}"), _dump(wanted, answer, now, sha256, before or ""))
    if before != sha256:
        _write(file, answer.body)
    return (State.changed if before and before != sha256 else State.new), path


def _place(raw: Path, wanted: Wanted, answer: Answer, record: Record | None) -> str:
    """Where the page goes: where it lay, else a new name. FetchError where it would take the place of something else."""
    new = file_path(answer, wanted.url, wanted.kind)
    if record is None:
        file = raw / new
        if file.exists() or file.is_symlink():
            raise FetchError(f"{new} is there already and was not fetched; rename it to fetch the page")
        return new
    if Path(new).suffix != Path(record.path).suffix:
        raise FetchError(
            f"the page is now a {Path(new).suffix} and {record.path} is not; look at it, and move the old file away if this is right"
        )
    return record.path


def _described(raw: Path, path: str) -> tuple[Path, dict[str, object]]:
    """The sidecar of the page at `path` (the file, there or not) and its fields. FetchError where it is broken."""
    files = [raw / name for name in sidecar_names(path)]
    file = next((f for f in files if f.exists()), files[0])
    try:
        return file, sidecar.parse(file.read_bytes(), file.name) if file.exists() else {}
    except Refusal as refusal:
        raise FetchError(refusal.reason) from None


def _write_sidecar(raw: Path, path: str, wanted: Wanted, url: str) -> None:
    """What the user says about the source, over what stands there already; `url` is where the bytes came from."""
    file, fields = _described(raw, path)
    new = fields | wanted.fields | {"url": url}
    if new != fields:
        _write(file, yaml.safe_dump(new, allow_unicode=True, sort_keys=False).encode())


def _dump(wanted: Wanted, answer: Answer, now: datetime, sha256: str, replaced: str) -> bytes:
    row: dict[str, Any] = {
        "url": str(wanted.url),
        "final_url": str(answer.url),
        "fetched_at": now.isoformat(timespec="seconds"),
        "status": answer.status,
        "headers": {name: answer.headers[name] for name in HEADERS if name in answer.headers},
        "bytes": len(answer.body),
        "sha256": sha256,
        "replaced": replaced,
    }
    return json.dumps(row, ensure_ascii=True, indent=2).encode() + b"\n"


def _write(file: Path, data: bytes) -> None:
    """All of it or nothing."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name.removeprefix('.')}.partial")
    partial.write_bytes(data)
    partial.replace(file)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
