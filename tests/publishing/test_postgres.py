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
import sqlalchemy

from orchestration.publishing.postgres import READER, PublishError, publish
from tests.publishing.server import installed, server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def dsn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL of our own on loopback."""
    if not installed():
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with server(tmp_path_factory.mktemp("pg")) as dsn:
        yield dsn


def release(folder: Path, n: int) -> Path:
    """A small release file with its manifest."""
    file = folder / f"r{n}.duckdb"
    with duckdb.connect(str(file)) as db:
        db.execute("create schema core; create schema marts")
        db.execute(
            "create table core.fct_claim (claim_id varchar not null, value decimal(38,12), quote varchar, region_code varchar, region_name varchar)"
        )
        db.execute("comment on table core.fct_claim is '一行一个数字'; comment on column core.fct_claim.value is '数值'")
        db.execute("comment on column core.fct_claim.region_name is '地区：硚口、亳州这样的名字'")
        db.execute(
            f"insert into core.fct_claim values ('a', {n}.123456789012, '约“三成”,换\n行', '420103', '硚口区'), ('b', null, '', null, '𠅤州')"
        )
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
            ("a", Decimal("7.123456789012"), "约“三成”,换\n行", "420103", "硚口区"),
            ("b", None, "", None, "𠅤州"),
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


def test_keys_take_nulls_for_equal_where_a_part_may_be_null(dsn: str, tmp_path: Path) -> None:
    file = release(tmp_path, 1)
    manifest = {"release": "r1", "keys": {"core.fct_claim": ["claim_id", "region_code"]}}
    file.with_suffix(".json").write_text(json.dumps(manifest), encoding="utf-8")
    publish(file, dsn)
    with psycopg.connect(dsn) as pg:
        assert pg.execute("select conname from pg_constraint where contype = 'p' and connamespace = 'core'::regnamespace").fetchall() == []
        pg.execute("insert into core.fct_claim (claim_id, region_code) values ('c', null)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            pg.execute("insert into core.fct_claim (claim_id, region_code) values ('b', null)")


NAMES = ["claim_id", "value", "quote", "region_code", "region_name"]
COMMENTS = {"table": "一行一个数字", "value": "数值", "region_name": "地区：硚口、亳州这样的名字"}


def test_psql_shows_chinese_names_and_comments(dsn: str, tmp_path: Path) -> None:
    psql = shutil.which("psql")
    if psql is None:
        pytest.skip("psql is not installed (Debian: postgresql-client)")
    publish(release(tmp_path, 7), dsn)
    done = subprocess.run(
        [psql, dsn, "-X", "-A", "-t", "-c", r"\d+ core.fct_claim", "-c", r"\dt+ core.*", "-c", "select * from core.fct_claim order by 1"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PGCLIENTENCODING": "UTF8"},
    )
    lines = done.stdout.splitlines()
    assert [line.split("|")[0] for line in lines[: len(NAMES)]] == NAMES
    assert all(any(line.endswith(comment) for line in lines) for comment in COMMENTS.values())
    assert "b||||𠅤州" in lines


def test_sqlalchemy_reads_names_comments_and_order(dsn: str, tmp_path: Path) -> None:
    publish(release(tmp_path, 7), dsn)
    engine = sqlalchemy.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))
    inspector = sqlalchemy.inspect(engine)
    assert inspector.get_table_comment("fct_claim", "core")["text"] == COMMENTS["table"]
    columns = inspector.get_columns("fct_claim", "core")
    assert [c["name"] for c in columns] == NAMES
    assert {c["name"]: c["comment"] for c in columns if c["comment"]} == {k: v for k, v in COMMENTS.items() if k != "table"}
    with engine.connect() as connection:
        read = connection.execute(sqlalchemy.text("select value, region_name from core.fct_claim order by claim_id")).all()
    assert read == [(Decimal("7.123456789012"), "硚口区"), (None, "𠅤州")]


def test_odbc_reads_names_comments_and_order(dsn: str, tmp_path: Path) -> None:
    pyodbc = pytest.importorskip("pyodbc", reason="pyodbc cannot be loaded", exc_type=ImportError)
    driver = next((d for d in pyodbc.drivers() if d == "PostgreSQL Unicode"), None)
    if driver is None:
        pytest.skip("PostgreSQL's ODBC driver is not installed (Debian: odbc-postgresql)")
    publish(release(tmp_path, 7), dsn)
    at = psycopg.conninfo.conninfo_to_dict(dsn)
    with pyodbc.connect(f"Driver={{{driver}}};Server={at['host']};Port={at['port']};Database={at['dbname']};Uid={at['user']};") as db:
        cursor = db.cursor()
        # The driver leaves the remarks of its catalogue functions empty; a query reads them.
        said = cursor.execute(
            "select obj_description('core.fct_claim'::regclass), col_description('core.fct_claim'::regclass, 5)"
        ).fetchone()
        assert tuple(said) == (COMMENTS["table"], COMMENTS["region_name"])
        assert [row.column_name for row in cursor.columns(table="fct_claim", schema="core")] == NAMES
        read = cursor.execute("select value, region_name, quote from core.fct_claim order by claim_id").fetchall()
    assert [tuple(row) for row in read] == [(Decimal("7.123456789012"), "硚口区", "约“三成”,换\n行"), (None, "𠅤州", "")]


def test_jdbc_reads_names_comments_and_order(dsn: str, tmp_path: Path) -> None:
    java, compiler = shutil.which("java"), shutil.which("javac")
    driver = next((p for p in (Path("/usr/share/java/postgresql.jar"), Path("/usr/share/java/postgresql-jdbc4.jar")) if p.exists()), None)
    if java is None or compiler is None or driver is None:
        pytest.skip(
            "a Java development kit or PostgreSQL's JDBC driver is not installed (Debian: default-jdk-headless libpostgresql-jdbc-java)"
        )
    publish(release(tmp_path, 7), dsn)
    at = psycopg.conninfo.conninfo_to_dict(dsn)
    url = f"jdbc:postgresql://{at['host']}:{at['port']}/{at['dbname']}?user={at['user']}"
    program = Path(__file__).with_name("ReadComments.java")
    done = subprocess.run([java, "-cp", str(driver), str(program), url], capture_output=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        COMMENTS["table"],
        *(f"{name} {COMMENTS.get(name)}".replace("None", "null") for name in NAMES),
        "7.123456789012 硚口区",
        "null 𠅤州",
    ]


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
