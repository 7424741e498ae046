"""Dagster's web server on loopback: the workspace loads, and shows the same assets, schedule and sensor as the builds use."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.conftest import Place

pytestmark = pytest.mark.slow

QUERY = """{ repositoriesOrError { ... on RepositoryConnection { nodes {
  schedules { name cronSchedule executionTimezone } sensors { name } assetNodes { assetKey { path } } jobs { name } } } }
  runsOrError { ... on Runs { results { jobName status } } } }"""


def ask(port: int) -> dict | None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/graphql", json.dumps({"query": QUERY}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            data = json.load(answer)["data"]
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None
    return data if data["repositoriesOrError"].get("nodes") else None


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and its children; how long they take to say goodbye is not ours to test."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=20)


@pytest.mark.parametrize(
    "command", [["dagster", "dev", "-w", "workspace.yaml", "-h", "127.0.0.1"], ["dajuan", "dev"]], ids=["dagster dev", "dajuan dev"]
)
def test_the_web_server_shows_the_builds_own_instance(own: Place, command: list[str]) -> None:
    assert own.run("build").returncode == 0
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    env = os.environ | {
        "DAJUAN_RAW": str(own.raw),
        "DAJUAN_HOME": str(own.home),
        "DAGSTER_HOME": str(own.home / "dagster"),
        "DAGSTER_DISABLE_TELEMETRY": "true",
    }
    log = (own.home.parent / "server.log").open("wb")
    flag = "-p" if command[0] == "dagster" else "--port"
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / command[0]), *command[1:], flag, str(port)],
        cwd=ROOT,
        env=env,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 120
        data = None
        while data is None and time.monotonic() < deadline and server.poll() is None:
            time.sleep(1)
            data = ask(port)
        assert data, (own.home.parent / "server.log").read_text(errors="replace")[-3000:]
    finally:
        stop(server)
    node = data["repositoriesOrError"]["nodes"][0]
    assert node["schedules"] == [{"name": "daily", "cronSchedule": "0 6 * * *", "executionTimezone": "Asia/Shanghai"}]
    assert [s["name"] for s in node["sensors"]] == ["landing_folder"]
    keys = {"/".join(a["assetKey"]["path"]) for a in node["assetNodes"]}
    assert {"documents", "sheets", "claims", "observations", "marts/economy", "release"} <= keys
    assert {"jobName": "build", "status": "SUCCESS"} in data["runsOrError"]["results"]
