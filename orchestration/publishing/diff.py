"""Two releases compared, table by table: rows added, gone and changed, told apart by the table's key.

Releases of different columns are compared on the columns both have; what only one has is listed. A table without a key that both share is
compared by whole rows, so that nothing in it can count as changed. Nulls are equal to nulls; rows of one key are paired in order.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import duckdb
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from orchestration.publishing.query import plain
from orchestration.publishing.release import read_manifest
from orchestration.publishing.tables import Table, chosen, describe

SHOWN = 60  # characters of a cell on the terminal


@dataclass(frozen=True, slots=True)
class RowDiff:
    """One row that differs: its key, and the cells that changed (before, after); of a row added or gone the key alone."""

    change: Literal["added", "gone", "changed"]
    key: dict[str, str]
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs between two states of a table. `by_column`: in how many rows a column changed. Rows are None where a release has no such table."""

    table: str
    key: tuple[str, ...]
    rows_before: int | None
    rows_after: int | None
    added: int = 0
    gone: int = 0
    changed: int = 0
    by_column: dict[str, int] = field(default_factory=dict)
    columns_added: tuple[str, ...] = ()
    columns_gone: tuple[str, ...] = ()
    columns_retyped: tuple[str, ...] = ()
    rows: tuple[RowDiff, ...] = ()

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.rows_before is not None and self.rows_after is not None and not any((self.added, self.gone, self.changed, self.schema))

    @property
    def schema(self) -> tuple[str, ...]:
        """Columns that differ, a line each."""
        return (
            *(f"+ {c}" for c in self.columns_added),
            *(f"- {c}" for c in self.columns_gone),
            *(f"~ {c}" for c in self.columns_retyped),
        )


@dataclass(frozen=True, slots=True)
class Diff:
    """Two releases, their schema versions (None where a manifest states none), and every table that either has."""

    before: str
    after: str
    schema_before: int | None
    schema_after: int | None
    tables: tuple[TableDiff, ...]

    def as_json(self) -> dict[str, Any]:
        """The whole of it as JSON values."""
        return asdict(self)


def diff(before: Path, after: Path, names: Collection[str] = (), ignore: Collection[str] = (), rows: int = 0) -> Diff:
    """Compare the release files `before` and `after`: all tables or those named, without the columns in `ignore`, with up to `rows` examples
    of each kind of change. KeyError with the names that exist where neither has a table."""
    old, new = ({t.full_name: t for t in describe(file)} for file in (before, after))
    wanted = [t.full_name for t in chosen(sorted((old | new).values(), key=lambda t: t.full_name), names)]
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as db:
        for file, alias in ((before, "old"), (after, "new")):
            db.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as {alias} (read_only)")
        tables = tuple(_table(db, old.get(name), new.get(name), set(ignore), rows) for name in wanted)
    one, two = read_manifest(before), read_manifest(after)
    return Diff(one["release"], two["release"], one.get("schema_version"), two.get("schema_version"), tables)


def _count(db: duckdb.DuckDBPyConnection, relation: str) -> int:
    return db.execute(f"select count(*) from {relation}").fetchall()[0][0]


def _table(db: duckdb.DuckDBPyConnection, old: Table | None, new: Table | None, ignore: set[str], examples: int) -> TableDiff:
    if old is None or new is None:
        only = old or new
        assert only is not None
        n = _count(db, f"{'old' if old else 'new'}.{only.at}")
        before, after = (n, None) if old else (None, n)
        return TableDiff(only.full_name, only.key, before, after, added=after or 0, gone=before or 0)
    types_before, types_after = ({c.name: c.type for c in t.columns} for t in (old, new))
    common = [c for c in types_after if c in types_before and c not in ignore]
    key = list(new.key) if new.key and new.key == old.key and set(new.key) <= set(common) else common
    rest = [c for c in common if c not in key]
    joined = _joined(db, new.at, key, rest)
    figures = ["count(*) filter (a_nth is null)", "count(*) filter (b_nth is null)", "count(*) filter (changed)"]
    figures += [f'count(*) filter (changed and "a_{c}" is distinct from "b_{c}")' for c in rest]
    added, gone, changed, *by_column = db.execute(f"select {', '.join(figures)} from ({joined})").fetchall()[0]
    return TableDiff(
        new.full_name,
        tuple(key),
        _count(db, f"old.{old.at}"),
        _count(db, f"new.{new.at}"),
        added,
        gone,
        changed,
        {c: n for c, n in zip(rest, by_column, strict=True) if n},
        tuple(c for c in types_after if c not in types_before),
        tuple(c for c in types_before if c not in types_after),
        tuple(f"{c}: {types_before[c]} → {types_after[c]}" for c in common if types_before[c] != types_after[c]),
        _examples(db, joined, key, rest, examples) if examples else (),
    )


def _joined(db: duckdb.DuckDBPyConnection, at: str, key: list[str], rest: list[str]) -> str:
    """SQL that pairs the rows: key and cells of both sides (`a_…` before, `b_…` after), null numbers where a side has none, and `changed`."""
    by = ", ".join(f'"{c}"' for c in key) or "1"
    repeated = any(_count(db, f"(select 1 from {side}.{at} group by {by} having count(*) > 1)") for side in ("old", "new"))
    order = ", ".join(f'"{c}"' for c in rest) or "1"
    nth = f"row_number() over (partition by {by} order by {order})" if repeated else "1"
    sides = [
        "select " + ", ".join([*(f'"{c}" as "{side}_{c}"' for c in key + rest), f"{nth} as {side}_nth"]) + f" from {release}.{at}"
        for side, release in (("a", "old"), ("b", "new"))
    ]
    on = " and ".join([*(f'a."a_{c}" is not distinct from b."b_{c}"' for c in key), "a.a_nth = b.b_nth"])
    differs = " or ".join(f'"a_{c}" is distinct from "b_{c}"' for c in rest) or "false"
    changed = f"a_nth is not null and b_nth is not null and ({differs}) as changed"
    return f"select *, {changed} from ({sides[0]}) as a full join ({sides[1]}) as b on {on}"


def _examples(db: duckdb.DuckDBPyConnection, joined: str, key: list[str], rest: list[str], n: int) -> tuple[RowDiff, ...]:
    found: list[RowDiff] = []
    kinds: tuple[tuple[Literal["added", "gone", "changed"], str, str], ...] = (
        ("added", "a_nth is null", "b"),
        ("gone", "b_nth is null", "a"),
        ("changed", "changed", "b"),
    )
    for change, which, side in kinds:
        keys = [f'"{side}_{c}"' for c in key]
        cells = [f'"{s}_{c}"' for c in rest for s in ("a", "b")] if change == "changed" else []
        order = ", ".join(f"{k} nulls last" for k in keys) or "1"
        for row in db.execute(f"select {', '.join(keys + cells)} from ({joined}) where {which} order by {order} limit {int(n)}").fetchall():
            pairs = zip(rest, row[len(key) :: 2], row[len(key) + 1 :: 2], strict=True) if cells else ()
            found.append(
                RowDiff(
                    change,
                    {c: plain(v) for c, v in zip(key, row, strict=False)},
                    {c: (plain(a), plain(b)) for c, a, b in pairs if a != b},
                )
            )
    return tuple(found)


def show(found: Diff, console: Console) -> None:
    """Print the tables that differ, then the rows asked for."""
    versions = [f"schema version {'not stated' if v is None else v}" for v in (found.schema_before, found.schema_after)]
    console.print(f"{found.before} ({versions[0]}) → {found.after} ({versions[1]})")
    grid = Grid("table", "before", "after", "added", "gone", "changed", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for figures in grid.columns[1:]:
        figures.justify = "right"
    differing = [t for t in found.tables if not t.same]
    for t in differing:
        counts = ["–" if n is None else f"{n:,}" for n in (t.rows_before, t.rows_after)]
        grid.add_row(t.table, *counts, *(f"{n:,}" for n in (t.added, t.gone, t.changed)))
    if differing:
        console.print(grid)
    if same := len(found.tables) - len(differing):
        console.print(f"{same} tables are the same")
    for t in differing:
        for line in [*t.schema, *(f"~ {c}: changed in {n:,} rows" for c, n in t.by_column.items())]:
            console.print(Text(f"{t.table}  {line}"))
        for row in t.rows:
            key = " ".join(_short(v) or "·" for v in row.key.values())
            console.print(Text(f"{ {'added': '+', 'gone': '-', 'changed': '~'}[row.change] } {t.table}  {key}"))
            for column, (before, after) in row.cells.items():
                console.print(Text(f"    {column}: {_short(before) or '·'} → {_short(after) or '·'}"))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
