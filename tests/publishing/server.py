"""A PostgreSQL server of our own on loopback, gone when the block ends."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def installed() -> Path | None:
    """The newest PostgreSQL's programs, where Debian puts them."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda p: int(p.parent.name))


@contextmanager
def server(folder: Path, fsync: bool = False) -> Iterator[str]:
    """A running server with its data in `folder`; its connection string. It runs as the user postgres where we are root, as it refuses root."""
    bin_ = installed()
    assert bin_ is not None
    as_postgres: list[str] = []
    if os.geteuid() == 0:
        for parent in [folder, *folder.parents[:3]]:
            parent.chmod(0o755)
        shutil.chown(folder, "postgres")
        as_postgres = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    data = folder / "data"
    create = [str(bin_ / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*as_postgres, *create], check=True, capture_output=True, cwd=folder)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync={'on' if fsync else 'off'}"
    control = [*as_postgres, str(bin_ / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run([*control, "-l", str(data / "log"), "-o", options, "start"], check=True, capture_output=True, cwd=folder)
    try:
        yield f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder)
