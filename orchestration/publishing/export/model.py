"""What every format is given, and how cells become text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.publishing.tables import Column, Table

BATCH = 10_000  # rows held in memory at once


class ExportError(Exception):
    """An export that cannot be made; the message says what to do."""


@dataclass(frozen=True)
class Job:
    """A release to write: an open connection, its manifest, the tables to write, whether the user named them, and the folder to write to."""

    db: duckdb.DuckDBPyConnection
    manifest: dict[str, Any]
    tables: list[Table]
    named: bool
    folder: Path

    @property
    def published(self) -> datetime:
        """When the release was published, UTC: the only time that may stand in a file."""
        return datetime.fromisoformat(self.manifest["published_at"]).astimezone(UTC)

    def rows(self, sql: str) -> Iterator[tuple]:
        """Rows of a query, a batch at a time; the next query ends it."""
        cursor = self.db.execute(sql)
        while batch := cursor.fetchmany(BATCH):
            yield from batch


def as_text(column: Column) -> str:
    """SQL for a cell of the table `t` as text, the same everywhere: figures whole and without trailing zeros, times ISO 8601 in UTC, null as null."""
    name = f't."{column.name}"'
    if column.is_decimal:
        return (
            f"case when {name} = trunc({name}) then cast(cast({name} as hugeint) as varchar) else rtrim(cast({name} as varchar), '0') end"
        )
    if column.type == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({name})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    return name if column.is_text else f"cast({name} as varchar)"


def select(table: Table, cells: list[str]) -> str:
    """The query that reads cells of a table (`t` in their SQL) in their stable order of columns and rows."""
    named = ", ".join(f'{cell} as "{c.name}"' for cell, c in zip(cells, table.columns, strict=True))
    return f"select {named} from {table.at} as t order by {table.order('t')}"
