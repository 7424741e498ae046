"""What a release holds: its public tables with types, comments and keys, read from the file itself and its manifest.

The one description that PostgreSQL, exports and comparisons of releases go by.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.publishing.labels import label
from orchestration.publishing.release import SCHEMAS, grains, read_manifest


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its DuckDB type, its comment, whether null is ruled out."""

    name: str
    type: str
    comment: str | None
    not_null: bool = False

    @property
    def label(self) -> str:
        """Its Chinese name, else its name."""
        return label(self.comment, self.name)

    @property
    def is_text(self) -> bool:
        """Whether its values are texts."""
        return self.type == "VARCHAR"

    @property
    def is_decimal(self) -> bool:
        """Whether its values are exact figures."""
        return self.type.startswith("DECIMAL")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: columns in their stable order; `key`: the columns that tell rows apart (nulls count as equal), none where none is stated."""

    schema: str
    name: str
    comment: str | None
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """`schema.table`."""
        return f"{self.schema}.{self.name}"

    @property
    def label(self) -> str:
        """Its Chinese name, else its name."""
        return label(self.comment, self.name)

    @property
    def at(self) -> str:
        """Its name quoted for SQL."""
        return f'"{self.schema}"."{self.name}"'

    def order(self, alias: str) -> str:
        """SQL for an order of its rows that depends on their content alone: by key, else by all columns."""
        return ", ".join(f'{alias}."{c}" nulls last' for c in self.key or [c.name for c in self.columns])


def open_release(file: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to a release, for those who write files of their own."""
    return duckdb.connect(str(file), read_only=True, config={"autoinstall_known_extensions": False})


def describe(release: Path) -> list[Table]:
    """The public tables of a release file, in order of their names."""
    keys = keys_of(release)
    with open_release(release) as db:
        found = db.execute(
            f"select schema_name, table_name, comment from duckdb_tables() where schema_name in {SCHEMAS} order by all"
        ).fetchall()
        columns: dict[tuple[str, str], list[Column]] = {}
        for schema, table, *column in db.execute(
            "select schema_name, table_name, column_name, data_type, comment, not is_nullable from duckdb_columns() "
            f"where schema_name in {SCHEMAS} order by schema_name, table_name, column_index"
        ).fetchall():
            columns.setdefault((schema, table), []).append(Column(*column))
    return [
        Table(schema, name, comment, tuple(columns[schema, name]), _known(keys.get(f"{schema}.{name}", []), columns[schema, name]))
        for schema, name, comment in found
    ]


def keys_of(release: Path) -> dict[str, list[str]]:
    """Key columns by `schema.table`, as the release's manifest states them; releases that state none have the project's grains."""
    stated = read_manifest(release.resolve()).get("keys")
    return dict(stated) if stated is not None else {f"{schema}.{name}": key for name, key in grains().items() for schema in SCHEMAS}


def chosen(tables: list[Table], names: Collection[str]) -> list[Table]:
    """Those of `tables` that are named (`marts.economy`); all where none is named. KeyError with the names that do not exist."""
    known = {t.full_name for t in tables}
    if unknown := [n for n in names if n not in known]:
        raise KeyError(f"there is no table {', '.join(unknown)}; the release holds {', '.join(sorted(known))}")
    return [t for t in tables if not names or t.full_name in names]


def _known(key: list[str], columns: list[Column]) -> tuple[str, ...]:
    return tuple(key) if set(key) <= {c.name for c in columns} else ()
