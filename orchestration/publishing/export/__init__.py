"""A release handed on: the same tables as CSV, Parquet, a workbook, a Frictionless Data Package, SDMX, or the ledger as a workbook.

Each format is a module with `write(job)`, which puts its files into the job's folder and returns what a reader of them must be told.
The bytes depend on the release and the versions of the writing libraries alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import duckdb
from xlsxwriter.exceptions import XlsxWriterException

from orchestration.publishing.export.folder import fresh
from orchestration.publishing.export.model import ExportError, Job
from orchestration.publishing.release import read_manifest
from orchestration.publishing.tables import chosen, describe, open_release

FORMATS = ("csv", "parquet", "xlsx", "datapackage", "sdmx", "ledger")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: files with their sizes in bytes, and notices for whoever reads the files."""

    release: str
    files: dict[str, int]
    notices: tuple[str, ...]


def export(warehouse: Path, form: str, to: Path, names: Collection[str] = ()) -> Exported:
    """Write the release at `warehouse` into the folder `to` as `form` (one of FORMATS): all tables, or those that `names` lists.

    The folder appears whole or not at all. ExportError where it holds files that no export made, a table does not exist, or a format
    cannot carry what was asked for.
    """
    release = warehouse.resolve()
    manifest = read_manifest(release)
    try:
        tables = chosen(describe(release), names)
    except KeyError as e:
        raise ExportError(e.args[0]) from None
    write: Callable[[Job], list[str]] = import_module(f"{__name__}.{form}").write
    with fresh(to, {"release": manifest["release"], "format": form}) as folder, open_release(release) as db:
        try:
            notices = write(Job(db, manifest, tables, bool(names), folder))
        except (duckdb.Error, XlsxWriterException) as e:
            raise ExportError(f"{to} could not be written: {' '.join(str(e).split())}") from e
        files = {p.relative_to(folder).as_posix(): p.stat().st_size for p in sorted(folder.rglob("*")) if p.is_file()}
    return Exported(manifest["release"], files, tuple(notices))
