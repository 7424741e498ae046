"""Two releases compared: by key, through nulls, repeated keys, other columns, other types, tables that only one has."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from orchestration.publishing.diff import Diff, TableDiff, diff, show
from tests.publishing.conftest import KEYS, make_release

CHANGES = """
update marts.economy set value = -3.3, verdict = 'met' where quote = '-3.2%';
update marts.economy set target_value = 20000 where indicator_name = '栽树';
delete from marts.economy where measure = 'level' and indicator_code = 'gdp';
insert into marts.economy (region_code, indicator_name, unit, period, measure) values ('990003', '修路', '公里', '2030', 'level');
"""


def compare(tmp_path: Path, more: str, **manifest: object) -> Diff:
    before = make_release(tmp_path / "before.duckdb")
    return diff(before, make_release(tmp_path / "after.duckdb", more, **manifest), rows=5)


def table(found: Diff, name: str) -> TableDiff:
    return next(t for t in found.tables if t.table == name)


def test_rows_added_gone_and_changed_by_key(tmp_path: Path) -> None:
    found = compare(tmp_path, CHANGES)
    economy = table(found, "marts.economy")
    assert (economy.rows_before, economy.rows_after, economy.added, economy.gone, economy.changed) == (3, 3, 1, 1, 2)
    assert economy.by_column == {"value": 1, "target_value": 1, "verdict": 1}
    added, gone, *changed = economy.rows
    assert (added.change, added.key["indicator_name"]) == ("added", "修路")
    assert (gone.change, gone.key["measure"]) == ("gone", "level")
    assert changed[0].cells == {"value": ("-3.2", "-3.3"), "verdict": ("missed", "met")}
    assert changed[1].key["indicator_code"] == "", "a key with nulls finds its row"
    assert changed[1].cells == {"target_value": ("10000", "20000")}
    assert all(t.same for t in found.tables if t is not economy)


def test_equal_releases_are_the_same(tmp_path: Path) -> None:
    assert all(t.same and t.rows == () for t in compare(tmp_path, "").tables)


def test_repeated_keys_are_paired_in_order(tmp_path: Path) -> None:
    twice = "insert into core.dim_indicator values ('x', '甲', null, null), ('x', '乙', null, null)"
    before = make_release(tmp_path / "before.duckdb", twice)
    after = make_release(tmp_path / "after.duckdb", twice + ", ('x', '丙', null, null)")
    got = table(diff(before, after), "core.dim_indicator")
    assert (got.added, got.gone, got.changed) == (1, 0, 2)
    assert table(diff(before, before), "core.dim_indicator").same


def test_a_table_without_a_key_is_compared_by_whole_rows(tmp_path: Path) -> None:
    found = compare(tmp_path, "update core.fct_observation set cell = 'C5'; insert into core.fct_observation from core.fct_observation")
    got = table(found, "core.fct_observation")
    assert "core.fct_observation" not in KEYS
    assert (got.added, got.gone, got.changed) == (2, 1, 0)


def test_other_columns_types_and_tables_are_reported(tmp_path: Path) -> None:
    found = compare(
        tmp_path,
        "alter table marts.scorecard add column grade varchar; alter table marts.scorecard drop column judged;"
        "alter table marts.scorecard alter met type varchar; drop table core.dim_indicator; create table marts.new as select 1 as a",
        schema_version=2,
    )
    assert (found.schema_before, found.schema_after) == (1, 2)
    scorecard = table(found, "marts.scorecard")
    assert scorecard.schema == ("+ grade", "- judged", "~ met: BIGINT → VARCHAR")
    assert (scorecard.added, scorecard.gone, scorecard.changed) == (0, 0, 0)
    assert (table(found, "core.dim_indicator").rows_after, table(found, "core.dim_indicator").gone) == (None, 1)
    assert (table(found, "marts.new").rows_before, table(found, "marts.new").added) == (None, 1)


def test_a_key_column_that_is_gone_or_another_key_falls_back_to_whole_rows(tmp_path: Path) -> None:
    found = compare(tmp_path, "alter table marts.scorecard drop column year", keys=KEYS | {"marts.scorecard": ["region_code", "theme"]})
    got = table(found, "marts.scorecard")
    assert set(got.key) >= {"met", "share_met"}
    assert (got.added, got.gone, got.schema) == (0, 0, ("- year",))


def test_columns_can_be_left_out(tmp_path: Path) -> None:
    before = make_release(tmp_path / "before.duckdb")
    after = make_release(tmp_path / "after.duckdb", "update core.dim_document set ingested_at = '2031-01-01'")
    assert table(diff(before, after), "core.dim_document").changed == 2
    assert all(t.same for t in diff(before, after, ignore=["ingested_at"]).tables)


def test_a_manifest_without_a_schema_version(tmp_path: Path) -> None:
    before, after = make_release(tmp_path / "before.duckdb"), make_release(tmp_path / "after.duckdb")
    before.with_suffix(".json").write_text('{"release": "before"}', encoding="utf-8")
    found = diff(before, after, ["marts.scorecard"])
    assert found.schema_before is None
    assert [t.table for t in found.tables] == ["marts.scorecard"]
    with pytest.raises(KeyError, match=r"no table marts\.nothing"):
        diff(before, after, ["marts.nothing"])


def test_as_it_is_printed(tmp_path: Path) -> None:
    found = compare(tmp_path, CHANGES)
    file = io.StringIO()
    show(found, Console(file=file, width=200))
    lines = [" ".join(line.split()) for line in file.getvalue().splitlines()]
    assert lines[0] == "before (schema version 1) → after (schema version 1)"
    assert "marts.economy 3 3 1 1 2" in lines
    assert "marts.economy ~ target_value: changed in 1 rows" in lines
    assert "7 tables are the same" in lines
    assert "+ marts.economy 990003 · 修路 · 公里 2030 level" in lines
    assert "value: -3.2 → -3.3" in lines
    as_json = {t["table"]: t for t in json.loads(json.dumps(found.as_json()))["tables"]}
    assert [row["change"] for row in as_json["marts.economy"]["rows"]] == ["added", "gone", "changed", "changed"]
