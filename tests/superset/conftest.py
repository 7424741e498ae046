"""A real Superset on loopback: its environment and its empty metadata database are kept in the cache folder, all else is of this run."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.conftest import ROOT
from tests.publishing.server import installed, server

HERE = Path(__file__).parent
CONSTRAINTS = HERE / "constraints.txt"
INSTALL_S, READY_S = 420, 120
CONFIG = """
import os
SECRET_KEY = os.environ["DAJUAN_TEST_SECRET"]
SQLALCHEMY_DATABASE_URI = "sqlite:///" + os.environ["DAJUAN_TEST_METADATA"] + "?check_same_thread=false"
TALISMAN_ENABLED = False
FEATURE_FLAGS = {}
"""


@dataclass(frozen=True, slots=True)
class Superset:
    """A running Superset, and the warehouse whose marts it shows."""

    url: str
    user: str
    password: str
    postgres: str
    home: Path
    folder: Path

    def dajuan(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`dajuan …` on the same warehouse."""
        return _dajuan(self.home, *arguments, **environment)


def _dajuan(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "DAJUAN_RAW": str(ROOT / "raw"), "DAJUAN_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def environment() -> Path:
    """The folder with Superset's own virtual environment and a fresh metadata database, made once for these versions."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dajuan"
    cache.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(CONSTRAINTS.read_bytes() + CONFIG.encode() + sys.version.encode()).hexdigest()[:12]
    folder = cache / f"superset-{name}"
    with (cache / f"superset-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            python = folder / "venv" / "bin" / "python"
            try:
                _run([sys.executable, "-m", "venv", str(folder / "venv")])
                _run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(CONSTRAINTS)], timeout=INSTALL_S)
            except (subprocess.SubprocessError, OSError) as e:
                said = (getattr(e, "stderr", None) or b"").decode(errors="replace").strip().splitlines()
                pytest.skip(f"Superset cannot be installed: {said[-1] if said else e}")
            (folder / "superset_config.py").write_text(CONFIG)
            with_metadata = _environment(folder, folder / "metadata.db", folder)
            _superset(folder, with_metadata, "db", "upgrade")
            _superset(folder, with_metadata, "init")
            (folder / "complete").touch()
    return folder


def _run(command: list[str], env: dict[str, str] | None = None, timeout: float = 240) -> None:
    subprocess.run(command, env=env, timeout=timeout, check=True, capture_output=True)


def _environment(folder: Path, metadata: Path, home: Path) -> dict[str, str]:
    return {
        "PATH": f"{folder / 'venv' / 'bin'}:/usr/bin:/bin",
        "HOME": str(home),
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(folder / "superset_config.py"),
        "FLASK_APP": "superset.app:create_app()",
        "DAJUAN_TEST_SECRET": secrets.token_urlsafe(42),
        "DAJUAN_TEST_METADATA": str(metadata),
        "SCARF_ANALYTICS": "false",
        "DO_NOT_TRACK": "1",
    }


def _superset(folder: Path, env: dict[str, str], *arguments: str) -> None:
    _run([str(folder / "venv" / "bin" / "superset"), *arguments], env)


@pytest.fixture(scope="session")
def superset(environment: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    """The digests built, published to PostgreSQL, and a Superset with an administrator and nothing else."""
    if not installed():
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    folder = tmp_path_factory.mktemp("superset")
    home = folder / "home"
    with server(tmp_path_factory.mktemp("pg")) as dsn:
        for command in (["build"], ["publish", "--postgres", dsn]):
            done = _dajuan(home, *command)
            assert done.returncode == 0, done.stderr
        port = psycopg.conninfo.conninfo_to_dict(dsn)["port"]
        shutil.copy(environment / "metadata.db", folder / "metadata.db")
        env = _environment(environment, folder / "metadata.db", folder)
        password = secrets.token_urlsafe(16)
        names = ["--username", "admin", "--firstname", "a", "--lastname", "b", "--email", "admin@example.org"]
        _superset(environment, env, "fab", "create-admin", *names, "--password", password)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            listening = free.getsockname()[1]
        url = f"http://127.0.0.1:{listening}"
        command = [str(environment / "venv" / "bin" / "superset"), "run", "-h", "127.0.0.1", "-p", str(listening), "--with-threads"]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=folder)
        try:
            _wait(url, process, folder / "log")
            yield Superset(url, "admin", password, f"postgresql+psycopg2://postgres@127.0.0.1:{port}/postgres", home, folder)
        finally:
            process.terminate()
            process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + READY_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{url}/health", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    pytest.fail(f"Superset did not start: {log.read_text(errors='replace')[-2000:]}")
