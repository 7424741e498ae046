"""A release into PostgreSQL, for BI tools: core and marts with types, keys, indexes, comments and a read-only role.

Three steps, so that a reader never waits and never sees half of it: load everything beside the live schemas; swap the schemas by
renaming them in one transaction; drop the old ones in another. A connection that is lost on the way leaves the old schemas live.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psycopg
from psycopg import sql

from orchestration.publishing.release import SCHEMAS, read_manifest
from orchestration.publishing.tables import Table, describe, open_release

READER = "dajuan_reader"  # role without login: grant it to those who may read
CHUNK = 1 << 20  # bytes handed to COPY at once
TYPES = {
    "VARCHAR": "text",
    "BIGINT": "bigint",
    "INTEGER": "integer",
    "DATE": "date",
    "DOUBLE": "double precision",
    "BOOLEAN": "boolean",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}
INDEXED = ("region_code", "indicator_code", "period", "theme", "document_id")  # what BI tools filter and join by


class PublishError(Exception):
    """PostgreSQL could not be published to; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was loaded: rows by `schema.table`, and how long it took."""

    release: str
    rows: dict[str, int]
    seconds: float


def publish(warehouse: Path, dsn: str) -> Published:
    """Load the release at `warehouse` and make it live; PublishError where PostgreSQL cannot be reached or refuses. Idempotent."""
    began = time.monotonic()
    warehouse = warehouse.resolve()  # the release that is current now, whatever is published meanwhile
    release = read_manifest(warehouse)["release"]
    try:
        with open_release(warehouse) as db, psycopg.connect(dsn, autocommit=True, client_encoding="utf8") as pg:
            tables = describe(warehouse)
            _clear(pg, "next")
            rows = {t.full_name: _load(db, pg, t) for t in tables}
            for table in tables:
                _finish(pg, table)
            _swap(pg, release)
            _clear(pg, "old")
    except psycopg.Error as e:
        raise PublishError(f"PostgreSQL: {' '.join(str(e).split())}; what was published before is still live") from e
    return Published(release, rows, time.monotonic() - began)


def _type(duckdb_type: str) -> str:
    if duckdb_type.startswith("DECIMAL"):
        return duckdb_type.replace("DECIMAL", "numeric")
    if duckdb_type not in TYPES:
        raise PublishError(f"no PostgreSQL type is known for {duckdb_type}; add it to TYPES")
    return TYPES[duckdb_type]


def _clear(pg: psycopg.Connection, suffix: str) -> None:
    for schema in SCHEMAS:
        pg.execute(sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(f"{schema}_{suffix}")))


def _at(table: Table) -> sql.Identifier:
    return sql.Identifier(f"{table.schema}_next", table.name)


def _load(db: duckdb.DuckDBPyConnection, pg: psycopg.Connection, table: Table) -> int:
    """Create the table beside the live one and COPY its rows in; their number."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}{}").format(sql.Identifier(c.name), sql.SQL(_type(c.type)), sql.SQL(" not null" if c.not_null else ""))
        for c in table.columns
    )
    pg.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(f"{table.schema}_next")))
    pg.execute(sql.SQL("create table {} ({})").format(_at(table), columns))
    with pg.cursor() as cursor:
        with cursor.copy(sql.SQL("copy {} from stdin (format csv)").format(_at(table))) as copy:
            for chunk in _csv(db, table):
                copy.write(chunk)
        return cursor.rowcount


def _csv(db: duckdb.DuckDBPyConnection, table: Table) -> Iterator[bytes]:
    """The table as CSV: null is nothing, an empty text is quoted (by DuckDB, as whatever needs it). PostgreSQL knows no NUL character, so none is sent."""
    names = ", ".join(f'replace("{c.name}", chr(0), \'\') as "{c.name}"' if c.type == "VARCHAR" else f'"{c.name}"' for c in table.columns)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.csv"
        db.execute(f"copy (select {names} from {table.schema}.{table.name}) to '{file}' (format csv, header false)")
        with file.open("rb") as rows:
            while chunk := rows.read(CHUNK):
                yield chunk


def _finish(pg: psycopg.Connection, table: Table) -> None:
    """Key, indexes, comments, statistics."""
    if table.key:
        _add_key(pg, table)
    for column in table.columns:
        if column.name in INDEXED and table.key[:1] != (column.name,):
            pg.execute(sql.SQL("create index on {} ({})").format(_at(table), sql.Identifier(column.name)))
        if column.comment:
            pg.execute(
                sql.SQL("comment on column {}.{} is {}").format(_at(table), sql.Identifier(column.name), sql.Literal(column.comment))
            )
    if table.comment:
        pg.execute(sql.SQL("comment on table {} is {}").format(_at(table), sql.Literal(table.comment)))
    pg.execute(sql.SQL("analyze {}").format(_at(table)))


def _add_key(pg: psycopg.Connection, table: Table) -> None:
    """The primary key; where a column of it may be null, a unique index that takes nulls for equal instead."""
    columns = sql.SQL(", ").join(map(sql.Identifier, table.key))
    any_null = sql.SQL(" or ").join(sql.SQL("{} is null").format(sql.Identifier(c)) for c in table.key)
    nulls = pg.execute(sql.SQL("select exists (select from {} where {})").format(_at(table), any_null)).fetchone()
    if nulls == (False,):
        pg.execute(sql.SQL("alter table {} add primary key ({})").format(_at(table), columns))
    elif pg.info.server_version >= 150000:
        pg.execute(sql.SQL("create unique index on {} ({}) nulls not distinct").format(_at(table), columns))


def _swap(pg: psycopg.Connection, release: str) -> None:
    """Rename live to old and next to live, for all schemas at once."""
    with pg.transaction():
        if not pg.execute("select 1 from pg_roles where rolname = %s", [READER]).fetchone():
            pg.execute(sql.SQL("create role {} nologin").format(sql.Identifier(READER)))
        for schema in SCHEMAS:
            live, old, new = (sql.Identifier(schema + suffix) for suffix in ("", "_old", "_next"))
            pg.execute(sql.SQL("drop schema if exists {} cascade").format(old))
            if pg.execute("select 1 from pg_namespace where nspname = %s", [schema]).fetchone():
                pg.execute(sql.SQL("alter schema {} rename to {}").format(live, old))
            pg.execute(sql.SQL("alter schema {} rename to {}").format(new, live))
            pg.execute(sql.SQL("comment on schema {} is {}").format(live, sql.Literal(f"dajuan release {release}")))
            pg.execute(sql.SQL("grant usage on schema {} to {}").format(live, sql.Identifier(READER)))
            pg.execute(sql.SQL("grant select on all tables in schema {} to {}").format(live, sql.Identifier(READER)))
