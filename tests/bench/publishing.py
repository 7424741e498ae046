"""How fast a release is handed on: rows a second into PostgreSQL beside plain COPY of the same rows, and each export.

Run: python -m tests.bench.publishing [ROWS]; the rows are made up, half of them figures and half targets. PostgreSQL is left out where it is
not installed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg

from orchestration.publishing.diff import diff
from orchestration.publishing.export import FORMATS, export
from orchestration.publishing.postgres import publish
from tests.publishing.conftest import make_release
from tests.publishing.server import installed, server

MADE_UP = """
insert into marts.economy
select
    cast(990000 + i % 300 as varchar), '第' || i % 300 || '区', 'indicator_' || i // 300 % 80, '指标' || i // 300 % 80, 'topic', null, '元',
    cast(2000 + i // 24000 % 25 as varchar), 'level', i * 1234567 / 100, 'eq', 'actual', i * 1234500 / 100, i * 67 / 100, i * 1200000 / 100, 'ge', 'met',
    i % 17, 17, md5(cast(i as varchar)), null, i || '亿元', '第' || i % 300 || '区《政府工作报告》，2030-01-05，第' || i || '字起：“' || i || '亿元”',
    '第' || i % 300 || '区政府工作报告', date '2030-01-05'
from range({n}) as r(i);
insert into marts.commitment
select
    'c' || md5(cast(i as varchar)), cast(990000 + i % 300 as varchar), '第' || i % 300 || '区', '指标' || i // 300 % 80, 'economy', '2030', i, null, 'ge', '元', 'level',
    null, null, i || '亿元以上', 'd1', null, null, i + 1, i + 1 || '亿元', 'd2', 'indicator', 'met'
from range({n}) as r(i);
"""


def seconds(run: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.monotonic()
    run()
    return time.monotonic() - began


def plain_copy(release: Path, dsn: str, folder: Path) -> tuple[int, float]:
    """Rows and seconds of COPY alone: the two big tables from finished CSV files into tables without keys, indexes or comments."""
    total, took = 0, 0.0
    with duckdb.connect(str(release), read_only=True) as db, psycopg.connect(dsn, autocommit=True) as pg:
        for name in ("economy", "commitment"):
            file = folder / f"{name}.csv"
            db.execute(f"copy (from marts.{name}) to '{file}' (format csv, header false)")
            pg.execute(f"create table plain_{name} (like marts.{name})")
            with pg.cursor() as cursor:
                began = time.monotonic()
                with cursor.copy(f"copy plain_{name} from stdin (format csv)") as copy, file.open("rb") as rows:
                    while chunk := rows.read(1 << 20):
                        copy.write(chunk)
                took += time.monotonic() - began
                total += cursor.rowcount
    return total, took


def main() -> None:
    """Prints a line a way of handing on."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        release = make_release(folder / "r1.duckdb", MADE_UP.format(n=n // 2))
        print(f"{n:,} rows, {release.stat().st_size / 1e6:.0f} MB of DuckDB")
        if installed():
            (folder / "pg").mkdir()
            with server(folder / "pg", fsync=True) as dsn:
                done = publish(release, dsn)
                rows = sum(done.rows.values())
                print(
                    f"{'PostgreSQL':12} {done.seconds:6.1f} s  {rows / done.seconds:>10,.0f} rows/s, with keys, indexes, comments, statistics and swap"
                )
                copied, took = plain_copy(release, dsn, folder)
                print(f"{'plain COPY':12} {took:6.1f} s  {copied / took:>10,.0f} rows/s")
        for form in FORMATS:
            took = seconds(lambda form=form: export(release, form, folder / form))  # type: ignore[misc]
            size = sum(f.stat().st_size for f in (folder / form).rglob("*") if f.is_file())
            print(f"{form:12} {took:6.1f} s  {size / 1e6:6.1f} MB")
        changed = make_release(
            folder / "r2.duckdb", MADE_UP.format(n=n // 2) + "update marts.economy set value = value + 1 where period = '2007'"
        )
        print(f"{'diff':12} {seconds(lambda: diff(release, changed)):6.1f} s")


if __name__ == "__main__":
    main()
