"""How the warehouse scales: from generated claims to queried marts, and an increment of 100 documents; time, CPU and memory, and how they grow.

    python tests/bench/warehouse.py [DOCUMENTS …] [--folder FOLDER] [--memory MB] [--keep]

For each size (default 1000, 10000 and 100000 articles of 100 claims, see `made.py`) the stages after extraction run one by one, each a
process of its own: catalogue, ledger, dbt build; then again with 100 articles more, as a build would. Verdicts and conflicts are compared
with what the generator knows. `made` is the time to write the lake through its gate. Seconds are of the clock; `cpu` is user and system
time of all threads, which other people on the machine disturb less. Memory is the process's peak; DuckDB spills beyond its limit.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
from made import Made, make

from orchestration.lake import Lake
from orchestration.settings import DBT_PROJECT
from orchestration.stages.cataloguing import catalogue_subjects
from orchestration.stages.correcting import correct
from orchestration.stages.linking import link_targets

MORE = 100  # articles of the increment
REPEATS = 20  # of each query
STAGES: dict[str, Callable[[Lake], object]] = {
    "correct": lambda lake: correct(lake.root, lake, lambda _: None),
    "catalogue": catalogue_subjects,
    "ledger": lambda lake: link_targets(lake, os.cpu_count() or 1),
}
QUERIES = {
    "a figure's series": "select period, value, change from marts.economy where region_code = $region and measure = 'growth' order by all",
    "a region's year": "select * from marts.livelihood where region_code = $region and period = '2015'",
    "ranking of a year": "select region_name, value, peer_rank from marts.economy where period = '2015' and indicator_code = $indicator order by all limit 50",
    "a region's promises": "select * from marts.commitment where region_code = $region and period = '2015'",
    "promises missed": "select theme, count(*) from marts.commitment where verdict = 'missed' group by all",
    "a region's scorecard": "select * from marts.scorecard where region_code = $region order by year, theme",
    "best of a theme": "select region_code, avg(share_met) as met from marts.scorecard where theme = 'economy' group by all order by met desc limit 10",
    "scorecard as of a day": "select theme, sum(met) from marts.scorecard_as_of(date '2015-07-01') where region_code = $region group by all",
    "conflicts by kind": "select kind, theme, count(*) from marts.conflict group by all order by all",
    "a claim in its document": "select d.title, c.quote from core.fct_claim c join core.dim_document d using (document_id) where c.claim_id = $claim",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    seconds: float
    cpu: float
    megabytes: float


def measure(command: list[str], env: dict[str, str], log: Path) -> Cost:
    """Run `command` to its end; SystemExit where it fails."""
    began = time.monotonic()
    with log.open("ab") as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed; {log} ends with\n{log.read_text()[-3000:]}")
    return Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def build(folder: Path, memory: int) -> Iterator[tuple[str, Cost]]:
    """The stages after extraction, and `dbt build` into a fresh file; each as it ends."""
    db = folder / "build.duckdb"
    for stale in folder.glob("build.duckdb*"):
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink()
    env = os.environ | {
        "DAJUAN_LAKE": str(folder / "lake"),
        "DAJUAN_BUILD_DB": str(db),
        "DAJUAN_DUCKDB_MEMORY_MB": str(memory),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DO_NOT_TRACK": "1",
    }
    log = folder / "said.log"
    for name in STAGES:
        yield name, measure([sys.executable, __file__, "--stage", name, str(folder)], env, log)
    project = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    yield "dbt build", measure([str(Path(sys.executable).parent / "dbt"), "build", *project], env, log)


def check(db: Path, made: Made) -> None:
    """That the marts say what the generator knows; SystemExit where they do not."""
    with duckdb.connect(str(db), read_only=True) as warehouse:
        claims = warehouse.execute("select count(*) from core.fct_claim").fetchall()[0][0]
        verdicts = dict(warehouse.execute("select verdict, count(*) from marts.commitment group by all order by all").fetchall())
        conflicts = warehouse.execute("select count(*) from marts.conflict").fetchall()[0][0]
    found = Made(made.documents, claims, verdicts, conflicts)
    if found != made:
        raise SystemExit(f"the warehouse is wrong: it holds {found}, but made were {made}")


def queries(db: Path) -> dict[str, float]:
    """Milliseconds of each query: the 95th percentile over REPEATS runs, the first of them on a new connection."""
    found = {}
    for name, sql in QUERIES.items():
        with duckdb.connect(str(db), read_only=True) as warehouse:
            pick = "select claim_id, region_code, indicator_code from core.fct_claim where indicator_code is not null and theme = 'economy' limit 1"
            known = dict(zip(("claim", "region", "indicator"), warehouse.execute(pick).fetchall()[0], strict=True))
            given = {key: value for key, value in known.items() if f"${key}" in sql}
            times = []
            for _ in range(REPEATS):
                began = time.perf_counter()
                warehouse.execute(sql, given).fetchall()
                times.append(1000 * (time.perf_counter() - began))
        found[name] = statistics.quantiles(times, n=20)[-1]
    return found


def one_size(folder: Path, documents: int, memory: int) -> Iterator[tuple[str, Cost]]:
    """Everything measured once for one size; the marts are checked after each build and asked after the first."""
    for prefix, more in (("", 0), (f"+{MORE}: ", MORE)):
        command = [sys.executable, __file__, "--make", str(folder), str(documents), str(more)]
        yield f"{prefix}made", measure(command, dict(os.environ), folder / "said.log")
        for name, cost in build(folder, memory):
            yield f"{prefix}{name}", cost
        check(folder / "build.duckdb", Made(**json.loads((folder / "made.json").read_text())))
        if not more:
            asked = queries(folder / "build.duckdb")
            print("p95 ms: " + ", ".join(f"{name} {ms:.1f}" for name, ms in asked.items()), flush=True)


def main() -> None:
    """Print a table a size, each line as soon as it is known, with the growth from the size before."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where to work; default a new temporary folder")
    parser.add_argument("--memory", type=int, default=8192, help="DuckDB's memory limit in MB")
    parser.add_argument("--keep", action="store_true", help="keep what was made")
    # How a part is run in a process of its own, so that its memory is its own.
    parser.add_argument("--stage", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        name, place = given.stage
        print(name, STAGES[name](Lake(Path(place) / "lake")))
        return
    if given.make:
        place, articles, more = given.make
        lake = Lake(Path(place) / "lake")
        lake.prepare()
        (Path(place) / "made.json").write_text(json.dumps(asdict(make(lake, int(articles), int(more)))))
        return
    before: dict[str, Cost] = {}
    for documents in given.documents:
        parent = given.folder or Path(tempfile.gettempdir())
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"warehouse-{documents}-", dir=parent))
        print(f"{documents} articles, load {os.getloadavg()[0]:.1f}   seconds      cpu       MB   × seconds     × cpu      × MB")
        costs: dict[str, Cost] = {}
        try:
            for name, cost in one_size(folder, documents, given.memory):
                costs[name] = cost
                print(f"{name:28} {cost.seconds:10.1f} {cost.cpu:8.1f} {cost.megabytes:8.0f}", _growth(cost, before.get(name)), flush=True)
        finally:
            if not given.keep:
                shutil.rmtree(folder)
        before = costs


def _growth(cost: Cost, before: Cost | None) -> str:
    if before is None:
        return ""
    ratios = (cost.seconds / before.seconds, cost.cpu / before.cpu, cost.megabytes / before.megabytes)
    return " ".join(f"{ratio:11.1f}" for ratio in ratios)


if __name__ == "__main__":
    main()
