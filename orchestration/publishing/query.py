"""Reading a release: SQL, and a claim in its sentence."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text


def connect(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that can reach nothing but the release: no other file, no extension."""
    return duckdb.connect(str(warehouse), read_only=True, config={"enable_external_access": False, "autoinstall_known_extensions": False})


def plain(value: Any) -> str:
    """A value as people write it: figures without trailing zeros, nothing for null."""
    if value is None:
        return ""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"  # str would write 0E-12 for a zero of twelve places
    return text.rstrip("0").rstrip(".") if "." in text else text


def show(warehouse: Path, sql: str, form: str, to: TextIO) -> None:
    """Run one statement and print its rows as a table, CSV or JSON lines; duckdb.Error where it cannot be run."""
    with connect(warehouse) as db:
        answer(db, sql, form, to)


def answer(
    db: duckdb.DuckDBPyConnection,
    sql: str | duckdb.Statement,
    form: str,
    to: TextIO,
    most: int | None = None,
    parameters: list[Any] | None = None,
) -> None:
    """The same on an open connection; of a table the first `most` rows, and a line that says so where there are more."""
    cursor = db.execute(sql, parameters)
    names = [d[0] for d in cursor.description or []]
    rows = cursor.fetchall() if most is None or form != "table" else cursor.fetchmany(most)
    if form == "csv":
        writer = csv.writer(to, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([plain(v) for v in row] for row in rows)
    elif form == "json":
        for row in rows:
            to.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=plain) + "\n")
    else:
        table = Table(*names, box=None, header_style="bold", padding=(0, 2, 0, 0))
        for row in rows:
            table.add_row(*(Text(plain(v)) for v in row))
        # A terminal folds wide rows; what is not a terminal gets whole lines.
        Console(file=to, highlight=False, width=None if to.isatty() else 10_000).print(table, no_wrap=not to.isatty())
        if cursor.fetchone():
            to.write(f"… more than {most:,} rows; narrow the query, or `dajuan query --format csv` for all\n")


def explain_claim(warehouse: Path, claim_id: str) -> Text | None:
    """The claim's sentence with its figure marked, what was read from it, and the rules that fired; None where there is no such claim."""
    with connect(warehouse) as db:
        cursor = db.execute(
            "select c.*, d.title, d.published_on, d.source_path, d.text from core.fct_claim c join core.dim_document d using (document_id) where claim_id = ?",
            [claim_id],
        )
        row = cursor.fetchone()
        if row is None:
            return None
        c = dict(zip([d[0] for d in cursor.description], row, strict=True))
    text = c["text"]
    said = Text.assemble(
        (f"{c['title'] or c['source_path']}" + (f"，{c['published_on']}" if c["published_on"] else ""), "dim"),
        "\n",
        text[c["sentence_start"] : c["char_start"]],
        (text[c["char_start"] : c["char_end"]], "bold reverse"),
        text[c["char_end"] : c["sentence_end"]],
        "\n",
    )
    for field in (
        "subject",
        "indicator_code",
        "value",
        "value_high",
        "unit",
        "comparator",
        "measure",
        "status",
        "period",
        "theme",
        "topic",
        "scope",
        "section",
        "rules",
    ):
        if c[field] is not None and c[field] != "":
            said.append(f"{field:>15}  {plain(c[field])}\n")
    said.append(f"{'characters':>15}  {c['char_start']}–{c['char_end']} of {c['source_path']}")
    return said
