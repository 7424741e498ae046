"""CSV, a file a table: RFC 4180 quoting, UTF-8 with a byte order mark.

With the mark, because people open these files in spreadsheets, and a Chinese Excel reads a file without one as GBK. Readers for machines
(DuckDB, polars, pandas, R, PostgreSQL with a header line) skip it; who wants none takes the data package. An empty cell is null, a quoted
empty cell is an empty text.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from orchestration.publishing.export.guard import guarded
from orchestration.publishing.export.model import Job, as_text, select
from orchestration.publishing.tables import Table

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()


def write(job: Job) -> list[str]:
    """A file a table, named after it."""
    for table in job.tables:
        write_table(job, table, job.folder / f"{table.full_name}.csv", BOM)
    return []


def write_table(job: Job, table: Table, to: Path, begin: bytes = b"") -> None:
    """One table as CSV, after the bytes `begin`."""
    cells = [guarded(as_text(c)) if c.is_text else as_text(c) for c in table.columns]
    write_query(job, select(table, cells), to, begin)


def write_query(job: Job, query: str, to: Path, begin: bytes = b"") -> None:
    """The rows of a query as CSV, after the bytes `begin`."""
    to.parent.mkdir(parents=True, exist_ok=True)
    bare = to.with_suffix(".bare")
    job.db.execute(f"copy ({query}) to '{str(bare).replace(chr(39), chr(39) * 2)}' (format csv, header true)")
    if not begin:
        bare.rename(to)
        return
    with bare.open("rb") as rows, to.open("wb") as file:
        file.write(begin)
        shutil.copyfileobj(rows, file)
    bare.unlink()
