"""Publishing to a real PostgreSQL: exact figures, Chinese names, comments, swaps that readers do not notice."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import psycopg
import pytest

from orchestration.publishing.postgres import READER, PublishError, publish

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dsn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own on loopback, as the user postgres (it does not run as root)."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    folder = tmp_path_factory.mktemp("pg")
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
    bin_ = binaries[-1]
    subprocess.run(
        [*as_postgres, str(bin_ / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    control = [*as_postgres, str(bin_ / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run([*control, "-l", str(data / "log"), "-o", options, "start"], check=True, capture_output=True, cwd=folder)
    try:
        yield f"host=127.0.0.1 port={port} user=postgres dbname=postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder)


def release(folder: Path, n: int) -> Path:
    """A small release file with its manifest."""
    file = folder / f"r{n}.duckdb"
    with duckdb.connect(str(file)) as db:
        db.execute("create schema core; create schema marts")
        db.execute("create table core.fct_claim (claim_id varchar not null, value decimal(38,12), quote varchar, region_code varchar)")
        db.execute("comment on table core.fct_claim is '一行一个数字'; comment on column core.fct_claim.value is '数值'")
        db.execute(f"insert into core.fct_claim values ('a', {n}.123456789012, '约“三成”,换\n行', '420103'), ('b', null, '', null)")
        db.execute(
            f"create table marts.economy as select {n} as n, date '2024-01-19' as published_on, timestamptz '2024-01-19 00:00:00+00' as at, 0.1::double as x"
        )
    file.with_suffix(".json").write_text(json.dumps({"release": f"r{n}", "keys": {"core.fct_claim": ["claim_id"]}}))
    return file


def test_figures_names_and_comments_arrive_exactly(dsn: str, tmp_path: Path) -> None:
    done = publish(release(tmp_path, 7), dsn)
    assert done.rows == {"core.fct_claim": 2, "marts.economy": 1}
    with psycopg.connect(dsn) as pg:
        assert pg.execute("select * from core.fct_claim order by 1").fetchall() == [
            ("a", Decimal("7.123456789012"), "约“三成”,换\n行", "420103"),
            ("b", None, "", None),
        ]
        assert pg.execute(
            "select obj_description('core.fct_claim'::regclass), col_description('core.fct_claim'::regclass, 2)"
        ).fetchall() == [("一行一个数字", "数值")]
        keys = pg.execute("select conname from pg_constraint where contype = 'p' and connamespace = 'core'::regnamespace").fetchall()
        assert keys == [("fct_claim_pkey",)]
        pg.execute(f"set role {READER}")
        assert pg.execute("select count(*) from marts.economy").fetchone() == (1,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            pg.execute("delete from marts.economy")


def test_publishing_again_changes_nothing(dsn: str, tmp_path: Path) -> None:
    first = publish(release(tmp_path, 1), dsn)
    again = publish(tmp_path / "r1.duckdb", dsn)
    assert first.rows == again.rows
    with psycopg.connect(dsn) as pg:
        assert pg.execute("select nspname from pg_namespace where nspname ~ '_(old|next)$'").fetchall() == []


def test_readers_notice_none_of_twenty_swaps(dsn: str, tmp_path: Path) -> None:
    releases = [release(tmp_path, n) for n in range(3)]
    publish(releases[0], dsn)
    stop, errors, reads = threading.Event(), [], [0]

    def read() -> None:
        with psycopg.connect(dsn, autocommit=True) as pg:
            while not stop.is_set():
                try:
                    row = pg.execute("select (select trunc(max(value)) from core.fct_claim), (select max(n) from marts.economy)").fetchone()
                    if row is None or row[0] != row[1]:
                        errors.append(f"mixed release: {row}")
                    reads[0] += 1
                except psycopg.Error as e:
                    errors.append(str(e))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(20):
        publish(releases[n % 3], dsn)
    stop.set()
    reader.join()
    assert errors == []
    assert reads[0] > 20


def test_a_lost_connection_leaves_the_old_release_live(dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(release(tmp_path, 1), dsn)

    def cut(pg: psycopg.Connection, release: str) -> None:
        with psycopg.connect(dsn, autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s)", [pg.info.backend_pid])
        time.sleep(0.2)
        pg.execute("select 1")

    monkeypatch.setattr("orchestration.publishing.postgres._swap", cut)
    with pytest.raises(PublishError, match="still live"):
        publish(release(tmp_path, 2), dsn)
    with psycopg.connect(dsn) as pg:
        assert pg.execute("select max(n) from marts.economy").fetchone() == (1,)


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    with pytest.raises(PublishError, match="PostgreSQL"):
        publish(release(tmp_path, 1), f"host=127.0.0.1 port={port} user=nobody dbname=nothing connect_timeout=2")
