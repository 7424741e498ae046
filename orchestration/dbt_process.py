"""dbt in a process of its own, which parses the project and then waits for what to run on it.

Importing dbt and parsing take longer than the models of a small build. Whoever means to build starts the process first (`begin`) and does
other things meanwhile; `run` finds the project parsed. Who only wants to know the models asks for the `manifest`. A process that is never
told to run ends with the one that started it.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from orchestration.settings import DBT_PROJECT, Settings

_PARSED = b"parsed\n"


class _Process:
    """One process: it parses, says so, reads one command from its standard input, and runs that."""

    def __init__(self, settings: Settings, write: str) -> None:
        self.parsed = False
        self.popen = subprocess.Popen(
            [sys.executable, "-m", __name__, write],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=DBT_PROJECT,
            env=os.environ | settings.environment() | {"PYTHONUNBUFFERED": "1"},
        )

    def wait_until_parsed(self) -> None:
        """RuntimeError with dbt's own words where the project does not parse."""
        assert self.popen.stdout
        said: list[bytes] = []
        while not self.parsed:
            if not (line := self.popen.stdout.readline()):
                self.popen.wait()
                raise RuntimeError(f"the dbt project does not parse: {b' '.join(b' '.join(said).split()).decode(errors='replace')}")
            self.parsed = line == _PARSED
            said.append(line)

    def run(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        """Tell it what to run."""
        assert self.popen.stdin
        with self.popen.stdin:
            self.popen.stdin.write(json.dumps(list(arguments)).encode())
        self.popen.stdin = None  # whoever gets the process has nothing more to say to it
        return self.popen


_waiting: dict[Path, _Process] = {}


def project_files() -> list[Path]:
    """The dbt project's own files, without what a run by hand leaves there."""
    return sorted(p for p in DBT_PROJECT.rglob("*") if p.is_file() and not {"target", "logs"} & set(p.relative_to(DBT_PROJECT).parts))


def is_stale(manifest: Path) -> bool:
    """Whether the manifest is missing or older than a file of the project."""
    return not manifest.exists() or manifest.stat().st_mtime < max(p.stat().st_mtime for p in project_files())


def begin(settings: Settings) -> None:
    """Start the process for this home, unless one is waiting already."""
    if settings.dbt_target not in _waiting:
        settings.dbt_target.mkdir(parents=True, exist_ok=True)
        # A manifest that is up to date stays as it is: somebody may be reading it.
        write = "--write-json" if is_stale(settings.dbt_manifest) else "--no-write-json"
        _waiting[settings.dbt_target] = _Process(settings, write)


def manifest(settings: Settings) -> Path:
    """The manifest of the project as it stands now; RuntimeError with dbt's own words where the project does not parse."""
    if settings.dbt_target in _waiting or is_stale(settings.dbt_manifest):
        _waiting[settings.dbt_target] = _parsed(settings)
    return settings.dbt_manifest


def run(settings: Settings, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """The process as it runs `dbt ARGUMENTS`, what dbt says on its standard output; RuntimeError where the project does not parse."""
    return _parsed(settings).run(arguments)


def _parsed(settings: Settings) -> _Process:
    """The process once it has parsed, no longer among those that wait: one that failed is of no use to the next who asks."""
    begin(settings)
    process = _waiting.pop(settings.dbt_target)
    process.wait_until_parsed()
    return process


def _serve(write: str) -> int:
    """What the process does; its exit code, as of dbt's command line."""
    gc.disable()  # a million objects that live to the end: looking through them for garbage takes a fifth of dbt's time
    from dbt.cli.exceptions import DbtUsageException
    from dbt.cli.main import dbtRunner, dbtRunnerResult

    def code(result: dbtRunnerResult) -> int:
        if isinstance(result.exception, DbtUsageException):  # all others dbt has told already
            print(result.exception, flush=True)
        return 0 if result.success else 2 if result.exception else 1

    parsed = dbtRunner().invoke(["parse", "--quiet", write])
    if failed := code(parsed):
        return failed
    print(_PARSED.decode(), end="", flush=True)
    told = sys.stdin.read()
    return code(dbtRunner(parsed.result).invoke(json.loads(told))) if told else 0


if __name__ == "__main__":
    try:
        exit_code = _serve(sys.argv[1])
    except KeyboardInterrupt:
        exit_code = 130
    gc.freeze()  # nor look through them at the end
    sys.exit(exit_code)
