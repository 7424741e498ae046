"""A folder is written beside its place and put there in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # renameat2(2)


@contextmanager
def replacing(to: Path) -> Iterator[Path]:
    """A new folder that takes the place of `to` when the block ends well; `to` stays as it was when it does not."""
    to = to.absolute()
    to.parent.mkdir(parents=True, exist_ok=True)
    new = to.with_name(f".{to.name}.partial")
    _remove(new)
    new.mkdir()
    try:
        yield new
        _put(new, to)
    finally:
        _remove(new)


def _put(new: Path, to: Path) -> None:
    if not to.exists() or to.is_symlink():
        to.unlink(missing_ok=True)
        new.rename(to)
    elif not _exchange(new, to):
        # Where the system cannot exchange two folders at once, there is none for an instant; the old one is never lost.
        old = to.with_name(f".{to.name}.old")
        _remove(old)
        to.rename(old)
        new.rename(to)
        _remove(old)


def _exchange(a: Path, b: Path) -> bool:
    """Exchange two names in one step; False where the C library or the file system cannot."""
    call = getattr(ctypes.CDLL(None), "renameat2", None) if os.name == "posix" else None
    return call is not None and call(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)
