"""The one keys test of each table finds what it is there for: run as dbt compiled it, on a copy of the built file that has been spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.conftest import Place

SPOILT = {
    "fct_claim": {
        "insert into build.core.fct_claim from build.core.fct_claim limit 1": {("two rows share the grain", "claim_id", 1)},
        "update build.core.fct_claim set document_id = null where claim_id = (select min(claim_id) from build.core.fct_claim)": {
            ("null", "document_id", 1)
        },
        "update build.core.fct_claim set indicator_code = 'nowhere' where claim_id = (select min(claim_id) from build.core.fct_claim)": {
            ("points to no row of dim_indicator", "indicator_code", 1)
        },
    },
    "scorecard": {"insert into build.marts.scorecard from build.marts.scorecard": None},
}


@pytest.fixture
def built(shipped: Place, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the file dbt wrote, under the name its queries use."""
    shutil.copy(shipped.home / "dbt" / "build.duckdb", tmp_path / "build.duckdb")
    with duckdb.connect() as db:
        db.execute(f"attach '{tmp_path / 'build.duckdb'}' as build")
        yield db


def compiled(place: Place) -> dict[str, str]:
    """table → the SQL of its keys test."""
    folder = place.home / "dbt" / "target" / "compiled"
    return {p.parent.stem: p.read_text(encoding="utf-8") for p in folder.rglob("keys_*.sql")}


def test_every_table_of_the_warehouse_has_a_keys_test(shipped: Place) -> None:
    tables = {name for (name,) in shipped.sql("select table_name from duckdb_tables() where schema_name in ('core', 'marts')")}
    assert tables == set(compiled(shipped))


@pytest.mark.parametrize(("table", "change"), [(t, change) for t, changes in SPOILT.items() for change in changes])
def test_keys_finds_the_fault(shipped: Place, built: duckdb.DuckDBPyConnection, table: str, change: str) -> None:
    query = compiled(shipped)[table]
    assert built.execute(query).fetchall() == []
    built.execute(change)
    found = set(built.execute(query).fetchall())
    expected = SPOILT[table][change]
    assert found == expected if expected else found
