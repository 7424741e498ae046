"""A folder that appears whole or not at all, and never takes the place of files that an export did not make."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from orchestration.publishing.export.model import ExportError

MADE = "dajuan-export.json"
"""What an export leaves beside its files: the release, the format, and each file's hash. It tells our folders from those of others."""


@contextmanager
def fresh(to: Path, about: Mapping[str, str]) -> Iterator[Path]:
    """A new folder to write into, beside `to`; it takes the place of `to` when the block ends well, and is gone when it does not.

    ExportError where `to` holds anything that an earlier export did not write there, or cannot be written.
    """
    to = to.absolute()
    _refuse_what_is_not_ours(to)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    except OSError as e:
        raise ExportError(f"{to.parent} cannot be written ({e.strerror}); choose another folder") from None
    try:
        new = scratch / "new"
        new.mkdir()
        yield new
        files = {path: _hash(new / path) for path in _files(new)}
        text = json.dumps({**about, "files": files}, ensure_ascii=False, indent=2)
        (new / MADE).write_text(text + "\n", encoding="utf-8")
        _refuse_what_is_not_ours(to)
        if to.is_dir():
            to.rename(scratch / "old")
        new.rename(to)
    except OSError as e:
        raise ExportError(f"{to} cannot be written ({e.strerror}); free space or choose another folder") from e
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _hash(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir())


def _refuse_what_is_not_ours(folder: Path) -> None:
    if not os.path.lexists(folder):
        return
    if folder.is_symlink() or not folder.is_dir():
        raise ExportError(f"{folder} is not a folder; choose another name")
    if not any(folder.iterdir()):
        return
    try:
        made = json.loads((folder / MADE).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError):
        raise ExportError(f"{folder} holds files and is no export; choose an empty or new folder") from None
    if strange := [p for p in _files(folder) if p != MADE and (p not in made or _hash(folder / p) != made[p])]:
        raise ExportError(
            f"{folder} holds files that the export there did not make ({', '.join(strange[:3])}); choose an empty or new folder"
        )
