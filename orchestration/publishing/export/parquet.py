"""Parquet, a file a table: types as in the warehouse, zstd, and the comments as metadata of the file and of each column."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.publishing.export.model import Job, select
from orchestration.publishing.tables import Table

ROW_GROUP = 100_000


def write(job: Job) -> list[str]:
    """A file a table, named after it."""
    for table in job.tables:
        _write(job, table)
    return []


def _write(job: Job, table: Table) -> None:
    rows = job.db.execute(select(table, [f't."{c.name}"' for c in table.columns])).to_arrow_reader(ROW_GROUP)
    fields = [
        field.with_metadata({"comment": c.comment or "", "label": c.label}) for field, c in zip(rows.schema, table.columns, strict=True)
    ]
    about = {"comment": table.comment or "", "label": table.label, "release": job.manifest["release"], "key": " ".join(table.key)}
    schema = pa.schema(fields, about)
    with pq.ParquetWriter(job.folder / f"{table.full_name}.parquet", schema, compression="zstd") as file:
        for batch in rows:
            file.write_table(pa.Table.from_batches([batch]).cast(schema), ROW_GROUP)
