"""The lake: Parquet tables between the Python stages and dbt. Nothing is written that has not passed its contract.

Two kinds of tables lie here, each a folder of Parquet files. A *log* only grows, one file a batch, named by what it holds, so that
a repeated batch replaces itself. A *state* is one file that says what the latest run saw. Both are replaced atomically.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from orchestration.contracts import CONTRACTS
from orchestration.contracts.base import Contract, gate

STATE = "current"
EMPTY = "_empty"


def digest(*parts: object, length: int = 24) -> str:
    """A hash of `parts` in hexadecimal, `length` characters long."""
    h = hashlib.sha256()
    for part in parts:
        h.update(str(part).encode())
        h.update(b"\x1f")
    return h.hexdigest()[:length]


class Lake:
    """Reads and writes the tables below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def prepare(self) -> None:
        """Give every table at least an empty file of its schema, so that readers always find one.

        The empty file is written anew each time: it carries the present schema even where older batches lack a column.
        """
        for contract in CONTRACTS:
            self._write(contract, contract.frame(), EMPTY)

    def write_state(self, contract: type[Contract], frame: pl.DataFrame) -> None:
        """Replace a state table."""
        self._write(contract, frame, STATE)

    def append(self, contract: type[Contract], frame: pl.DataFrame, keys: Iterable[str]) -> None:
        """Add a batch to a log table; `keys` identify the batch's content, so that doing it again changes nothing."""
        if frame.height:
            self._write(contract, frame, digest(*sorted(keys)))

    def read(self, contract: type[Contract], columns: list[str] | None = None) -> pl.LazyFrame:
        """All rows of a table (lazy)."""
        files = sorted((self.root / contract.table()).glob("*.parquet"))
        if not files:
            return contract.frame().lazy()
        frame = pl.scan_parquet(files, missing_columns="insert", extra_columns="ignore", schema=contract.schema())
        return frame.select(columns) if columns else frame

    def rows(self, contract: type[Contract]) -> int:
        """How many rows a table holds."""
        return self.read(contract, contract.grain()[:1]).select(pl.len()).collect().item()

    def _write(self, contract: type[Contract], frame: pl.DataFrame, name: str) -> None:
        folder = self.root / contract.table()
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{name}.{os.getpid()}"
        gate(contract, frame).write_parquet(partial, compression="zstd", statistics=True)
        partial.replace(folder / f"{name}.parquet")
