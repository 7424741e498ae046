"""A Frictionless Data Package: datapackage.json beside a CSV file a table, with types, keys, descriptions, hashes and licences.

Source: Data Package and Table Schema, version 1 (specs.frictionlessdata.io). The CSV files are UTF-8 without a byte order mark, as the
standard wants them, and guarded against formulas as all our CSV files are; the package says so.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from orchestration.publishing.export.csv import write_table
from orchestration.publishing.export.guard import RISKY
from orchestration.publishing.export.model import Job
from orchestration.publishing.tables import Column, Table

TYPES = {"VARCHAR": "string", "DATE": "date", "BOOLEAN": "boolean", "DOUBLE": "number", "TIMESTAMP WITH TIME ZONE": "datetime"}
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
LICENCE_ID = re.compile(r"[-A-Za-z0-9._]{1,60}")
GUARD = (
    "A text that begins with one of "
    + " ".join(repr(c)[1:-1] for c in RISKY)
    + " ' and is no plain number has an apostrophe before it, so that no spreadsheet runs it;"
    " take one leading apostrophe off every text that has one to get back what was there."
)


def write(job: Job) -> list[str]:
    """datapackage.json and data/schema.table.csv."""
    resources = []
    for table in job.tables:
        file = job.folder / "data" / f"{table.full_name}.csv"
        write_table(job, table, file)
        resources.append(_resource(table, file, job.folder))
    package = {
        "profile": "tabular-data-package",
        "name": "dajuan",
        "title": "答卷：地方政府目标与完成情况 (what local governments promised, and what they handed in)",
        "description": f"Release {job.manifest['release']} of a dajuan warehouse. {GUARD}",
        "version": job.manifest["release"],
        "created": f"{job.published:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": _licences(job),
        "resources": resources,
    }
    text = json.dumps({k: v for k, v in package.items() if v}, ensure_ascii=False, indent=2)
    (job.folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")
    return []


def _resource(table: Table, file: Path, folder: Path) -> dict[str, Any]:
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_field(c) for c in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    return {
        "profile": "tabular-data-resource",
        "name": table.full_name,
        "title": table.label,
        "description": table.comment or "",
        "path": file.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    kind = "number" if column.is_decimal else TYPES.get(column.type, "integer")
    field = {"name": column.name, "type": kind, "title": column.label, "description": column.comment or ""}
    return field | ({"format": TIME} if kind == "datetime" else {})


def _licences(job: Job) -> list[dict[str, str]]:
    """The licences that the documents state: an identifier, an address, or a title; documents that state none are said to."""
    licences = []
    for stated, documents in job.rows("select licence, count(*) from core.dim_document group by licence order by licence nulls last"):
        said = f"{documents} documents"
        if stated is None:
            licences.append({"name": "notspecified", "title": f"not stated ({said})"})
        elif stated.startswith(("http://", "https://")):
            licences.append({"path": stated, "title": said})
        elif LICENCE_ID.fullmatch(stated):
            licences.append({"name": stated, "title": f"{stated} ({said})"})
        else:
            licences.append({"name": "other-closed", "title": f"{stated} ({said})"})
    return licences
