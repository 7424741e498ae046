"""What dbt built → a release: an immutable dated DuckDB file with a manifest, current from one moment to the next.

A release is written under a name that nobody reads, checked, moved into place, and only then pointed to; each move is one atomic
rename, so a reader sees the old release or the new one, and a publish that is killed leaves the old one.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from orchestration import __version__
from orchestration.contracts.corrections import Corrections
from orchestration.contracts.reviews import Reviews
from orchestration.contracts.sources import SourceFiles
from orchestration.dbt_process import project_files
from orchestration.extraction import EXTRACTOR_VERSION
from orchestration.lake import Lake, digest
from orchestration.publishing.labels import labelled
from orchestration.publishing.release import ReleaseError, grains, point_to
from orchestration.settings import DBT_PROJECT, Settings
from orchestration.tables import TABLES_VERSION
from orchestration.versions import code_version

SCHEMA_VERSION = 1  # of the public tables: raised when a column is renamed or removed
PACKAGES = ("duckdb", "dbt-core", "dbt-duckdb", "polars", "pandera", "dagster")


def publish(settings: Settings, lake: Lake, checks: dict[str, int] | None = None) -> dict[str, Any]:
    """Make what dbt built the current release; its manifest. Older releases beyond the number to keep are removed."""
    now = datetime.now(UTC)
    print_ = fingerprint(lake)
    release = f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z-{print_[:8]}"
    final = settings.releases / f"{release}.duckdb"
    partial = settings.releases / f".{release}.partial"
    partial.unlink(missing_ok=True)
    rows = _copy(settings.build_db, partial)
    made = {
        "release": release,
        "published_at": now.isoformat(timespec="seconds"),
        "fingerprint": print_,
        "raw_hash": raw_hash(lake),
        "schema_version": SCHEMA_VERSION,
        "code": {"dajuan": __version__, "extractor": EXTRACTOR_VERSION, "tables": TABLES_VERSION, "dbt_project": project_hash()},
        "packages": {p: version(p) for p in PACKAGES},
        "rows": rows,
        "keys": {name: grains()[table] for name in rows if (table := name.split(".")[1]) in grains()},
    }
    _write(final.with_suffix(".json"), json.dumps(made, ensure_ascii=False, indent=2).encode())
    partial.chmod(0o444)
    partial.replace(final)
    point_to(settings, release)
    _prune(settings)
    return made


def project_hash() -> str:
    """A hash over the dbt project's own files."""
    return digest(
        *(f"{p.relative_to(DBT_PROJECT)}:{digest(p.read_bytes())}" for p in project_files() if p.suffix in {".sql", ".yml", ".csv", ".md"})
    )


def raw_hash(lake: Lake) -> str:
    """A hash over the landing folder as the latest run saw it: paths, contents, sidecars."""
    return digest(*lake.read(SourceFiles, ["source_path", "reading_key"]).collect().sort("source_path").iter_rows())


def fingerprint(lake: Lake) -> str:
    """A hash of everything a release depends on: input, corrections, reviews, code, words, package versions."""
    corrections = lake.read(Corrections).collect().rows()
    reviews = lake.read(Reviews).collect().rows()
    return digest(
        raw_hash(lake),
        corrections,
        reviews,
        code_version("**/*.py", "lexicon/*.yml", "publishing/*.yml"),
        project_hash(),
        *(version(p) for p in PACKAGES),
    )


def _copy(build_db: Path, to: Path) -> dict[str, int]:
    """A compact copy of the built file: rows by table. Only tables may be in it."""
    with duckdb.connect() as db:
        db.execute(f"attach '{build_db}' as built (read_only)")
        views = db.execute(
            "select schema_name || '.' || view_name from duckdb_views() where database_name = 'built' and not internal"
        ).fetchall()
        if views:
            raise ReleaseError(
                f"a release holds tables only, but dbt built the views {views}; materialise them or move them to the scratch database"
            )
        db.execute(f"attach '{to}' as release")
        db.execute("copy from database built to release")
        _name_in_chinese(db)
        names = db.execute("select schema_name, table_name from duckdb_tables() where database_name = 'release' order by all").fetchall()
        rows = {f"{s}.{t}": db.execute(f'select count(*) from release."{s}"."{t}"').fetchall()[0][0] for s, t in names}
        db.execute("checkpoint release")
        db.execute("detach release")
    _sync(to)
    return rows


def _name_in_chinese(db: duckdb.DuckDBPyConnection) -> None:
    """Put the Chinese name of each table and column before its comment, where every client shows it."""
    tables = db.execute(
        "select 'table', schema_name, table_name, null, comment from duckdb_tables() where database_name = 'release' order by all"
    ).fetchall()
    columns = db.execute(
        "select 'column', schema_name, table_name, column_name, comment from duckdb_columns() where database_name = 'release' order by all"
    ).fetchall()
    db.execute("begin")
    for kind, schema, table, column, comment in tables + columns:
        named = labelled(f"{kind}s", column or table, comment)
        if named != comment:
            at = f'release."{schema}"."{table}"' + (f'."{column}"' if column else "")
            db.execute(f"comment on {kind} {at} is '{(named or '').replace(chr(39), chr(39) * 2)}'")
    db.execute("commit")


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(data)
    _sync(partial)
    partial.replace(path)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _prune(settings: Settings) -> None:
    """Remove the oldest releases beyond the number to keep, and leftovers of publishes that were killed."""
    current = settings.warehouse.resolve()
    for old in sorted(settings.releases.glob("*.duckdb"), reverse=True)[settings.keep_releases :]:
        if old != current:
            old.unlink()
            old.with_suffix(".json").unlink(missing_ok=True)
    for leftover in settings.releases.glob(".*.partial"):
        leftover.unlink()
