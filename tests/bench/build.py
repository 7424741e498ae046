"""Time and peak memory of `dajuan build`, first and with nothing new, and of `dbt build` alone, beside the tools' own start-up.

    python tests/bench/build.py [ROUNDS]

Every figure is the median over ROUNDS (default 3) whole processes; memory is the largest process. Start-up is what is paid before any
work of ours: a Dagster job of one empty asset recorded in a new instance, and a dbt project of one model in a new DuckDB file.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

EMPTY_JOB = """
import dagster as dg, dagster_dbt
@dg.asset
def nothing() -> None: ...
defs = dg.Definitions(assets=[nothing], jobs=[dg.define_asset_job("build", selection="*")])
with dg.DagsterInstance.get() as instance:
    assert defs.resolve_job_def("build").execute_in_process(instance=instance).success
"""


def measure(command: list[str], env: dict[str, str], cwd: Path) -> tuple[float, float]:
    """(seconds, MB) of one process and its children's largest."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=env, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}; run it by hand to see why")
    return time.monotonic() - began, usage.ru_maxrss / 1024


def empty_dbt_project(folder: Path) -> None:
    """One model, one profile."""
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "one.sql").write_text("select 1 as a")
    (folder / "dbt_project.yml").write_text("name: one\nprofile: one\nflags: {send_anonymous_usage_stats: false}\n")
    (folder / "profiles.yml").write_text("one: {target: a, outputs: {a: {type: duckdb, path: one.duckdb}}}\n")


def one_round(folder: Path) -> dict[str, tuple[float, float]]:
    """Every measurement once, each in fresh folders."""
    home = folder / "home"
    env = os.environ | {
        "DAJUAN_RAW": str(ROOT / "raw"),
        "DAJUAN_HOME": str(home),
        "DAGSTER_HOME": str(folder / "dagster"),
        "DO_NOT_TRACK": "1",
    }
    (folder / "dagster").mkdir()
    empty_dbt_project(folder / "one")
    dajuan = [str(BIN / "dajuan"), "build"]
    found = {
        "Dagster's start-up": measure([sys.executable, "-c", EMPTY_JOB], env, folder),
        "dbt's start-up": measure([str(BIN / "dbt"), "build", "--profiles-dir", "."], env, folder / "one"),
        "first dajuan build": measure(dajuan, env, folder),
        "nothing-new dajuan build": measure(dajuan, env, folder),
    }
    db = env | {
        "DAJUAN_LAKE": str(home / "lake"),
        "DAJUAN_BUILD_DB": str(folder / "again.duckdb"),
        "DBT_TARGET_PATH": str(home / "dbt" / "target"),
    }
    project = str(ROOT / "dbt_project")
    log = ["--log-path", str(folder / "logs")]
    found["dbt build alone"] = measure([str(BIN / "dbt"), "build", "--project-dir", project, "--profiles-dir", project, *log], db, folder)
    return found


def main() -> None:
    """Print the medians and the ratio of the first build to the start-up."""
    rounds = []
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        with tempfile.TemporaryDirectory() as folder:
            rounds.append(one_round(Path(folder)))
    medians = {name: tuple(statistics.median(r[name][i] for r in rounds) for i in (0, 1)) for name in rounds[0]}
    for name, (seconds, megabytes) in medians.items():
        print(f"{name:26} {seconds:6.1f} s  {megabytes:6.0f} MB")
    startup = medians["Dagster's start-up"][0] + medians["dbt's start-up"][0]
    print(f"first build / start-up     {medians['first dajuan build'][0] / startup:6.2f}")
    print(f"nothing new / start-up     {medians['nothing-new dajuan build'][0] / startup:6.2f}")


if __name__ == "__main__":
    main()
