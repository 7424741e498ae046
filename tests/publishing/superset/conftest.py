"""The marts as their contracts declare them, without a build."""

from __future__ import annotations

import re

import pytest

from orchestration.lexicon import read_yaml
from orchestration.publishing.labels import labelled
from orchestration.publishing.tables import Column, Table
from orchestration.settings import DBT_PROJECT

DECLARED = {"varchar": "VARCHAR", "bigint": "BIGINT", "integer": "INTEGER", "date": "DATE", "double": "DOUBLE", "boolean": "BOOLEAN"}


def _type(declared: str) -> str:
    return declared.upper() if declared.startswith("decimal") else DECLARED[declared]


def _mart(model: dict) -> Table:
    columns = tuple(
        Column(c["name"], _type(c["data_type"]), labelled("columns", c["name"], re.sub(r"{{.*?}}", "…", c["description"])))
        for c in model["columns"]
    )
    return Table("marts", model["name"], labelled("tables", model["name"], model["description"]), columns, ())


@pytest.fixture(scope="session")
def marts() -> list[Table]:
    """All marts, with the columns, types and comments of their contracts."""
    files = sorted((DBT_PROJECT / "models" / "marts").rglob("*.yml"))
    models = [m for f in files for m in read_yaml(f).get("models", [])]
    shown = {"scorecard", "commitment", "economy", "urban_renewal", "livelihood"}
    return [_mart(m) for m in models if m["name"] in shown]
