"""Each recipe of the cookbook on the shipped release: it gives rows, always the same columns, and always in the same order."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.cookbook import recipes
from tests.pipeline.conftest import Place


@pytest.fixture(scope="module")
def shuffled(shipped: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped release with the rows of every table stored in another order."""
    file = tmp_path_factory.mktemp("shuffled") / "warehouse.duckdb"
    with duckdb.connect(str(file)) as db:
        db.execute(f"attach '{shipped.home / 'warehouse.duckdb'}' as shipped (read_only)")
        db.execute(f"copy from database shipped to {file.stem}")
        for schema, table in db.execute(
            f"select schema_name, table_name from duckdb_tables() where database_name = '{file.stem}'"
        ).fetchall():
            db.execute(f"create temp table rows as from {schema}.{table} order by hash(rowid)")
            db.execute(f"delete from {schema}.{table}; insert into {schema}.{table} from rows; drop table rows")
    return file


def test_there_are_fifteen_with_a_question_in_both_languages() -> None:
    assert len(recipes()) == 15
    for r in recipes().values():
        assert r.zh.endswith("？")
        assert r.en.endswith(("?", "."))
        assert len(r.read) > 20


@pytest.mark.parametrize("name", recipes())
def test_a_recipe_gives_rows_in_a_stable_order(shipped: Place, shuffled: Path, name: str) -> None:
    sql = recipes()[name].sql
    with (
        duckdb.connect(str(shipped.home / "warehouse.duckdb"), read_only=True) as db,
        duckdb.connect(str(shuffled), read_only=True) as other,
    ):
        cursor = db.execute(sql)
        columns, rows = [d[0] for d in cursor.description], cursor.fetchall()
        again = other.execute(sql)
        assert [d[0] for d in again.description] == columns
        assert len(set(columns)) == len(columns)
        assert rows != []
        assert again.fetchall() == rows


def test_the_command_lists_shows_and_runs_them(shipped: Place) -> None:
    listed = shipped.run("cookbook").stdout
    assert [name for name in recipes() if name not in listed.split()] == []
    assert recipes()["gdp"].zh in listed
    assert shipped.run("cookbook", "gdp", "--show").stdout == recipes()["gdp"].text
    assert shipped.run("cookbook", "gdp", "--format", "csv").stdout.startswith("period,region_name,gdp_100m,")
    refused = shipped.run("cookbook", "nothing")
    assert (refused.returncode, refused.stderr) == (1, "dajuan: there is no recipe nothing; `dajuan cookbook` lists them\n")
