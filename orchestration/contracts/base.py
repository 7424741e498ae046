"""What every table's contract shares: types, the gate, and the words for comments.

A contract is a Pandera model. Its docstring is the table's comment, each field's description the column's, `Config.unique` the grain.
Everything else that must know the table's shape (Polars schema, dbt source, Dagster columns) is derived from it.
"""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors

Figure = Annotated[pl.Decimal, 38, 12]
"""An exact figure: DECIMAL(38,12)."""
Instant = Annotated[pl.Datetime, "us", "UTC"]
"""A moment, in UTC."""


class Contract(pa.DataFrameModel):
    """Base of all contracts: exactly the declared columns, in the declared order and types."""

    class Config:
        strict = True
        ordered = True

    @classmethod
    def table(cls) -> str:
        """The table's name in the lake: the class name in snake case."""
        return "".join(("_" if c.isupper() and i else "") + c.lower() for i, c in enumerate(cls.__name__))

    @classmethod
    def comment(cls) -> str:
        """The table's comment: the class docstring on one line."""
        return " ".join(inspect.cleandoc(cls.__doc__ or "").split())

    @classmethod
    def columns(cls) -> dict[str, Any]:
        """Column name → Pandera column (dtype, nullable, description)."""
        return cls.to_schema().columns

    @classmethod
    def schema(cls) -> dict[str, pl.DataType]:
        """Column name → Polars type."""
        return {name: column.dtype.type for name, column in cls.columns().items()}

    @classmethod
    def grain(cls) -> list[str]:
        """The columns that identify a row."""
        return list(cls.to_schema().unique or [])

    @classmethod
    def frame(cls, rows: list[dict[str, Any]] | None = None) -> pl.DataFrame:
        """Rows as a frame of this contract's columns and types (not yet checked)."""
        return pl.DataFrame(rows or [], schema=cls.schema(), orient="row")


class ContractBroken(ValueError):
    """Rows that do not keep their table's contract; `failures` counts them by column and check."""

    def __init__(self, table: str, failures: dict[str, int], example: str) -> None:
        super().__init__(f"{table}: " + "; ".join(f"{what} ({n}×)" for what, n in failures.items()) + f"; e.g. {example}")
        self.table = table
        self.failures = failures


def gate(contract: type[Contract], frame: pl.DataFrame) -> pl.DataFrame:
    """`frame`, once it keeps the contract (types, domains, nulls, grain); ContractBroken otherwise."""
    try:
        return contract.validate(frame, lazy=True)
    except SchemaErrors as e:
        cases = e.failure_cases
        counts: dict[str, int] = {}
        for column, check in cases.select(pl.col("column").fill_null("table"), pl.col("check").cast(pl.String)).iter_rows():
            counts[f"{column} {check}"] = counts.get(f"{column} {check}", 0) + 1
        raise ContractBroken(contract.table(), counts, str(cases["failure_case"][0])[:200]) from None
