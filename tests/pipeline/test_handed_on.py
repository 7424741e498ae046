"""The shipped release handed on: Chinese names everywhere, columns in their declared order, every format valid, releases compared."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from frictionless import validate
from pysdmx.io import get_datasets, read_sdmx

from orchestration.lexicon import read_yaml
from orchestration.publishing.export import export
from orchestration.publishing.labels import MARK
from orchestration.publishing.release import grains
from orchestration.publishing.tables import describe
from tests.conftest import ROOT
from tests.pipeline.conftest import Place


def test_every_comment_begins_with_a_chinese_name_of_its_own(shipped: Place) -> None:
    """A name that is missing goes into orchestration/publishing/labels.yml."""
    tables = describe(shipped.home / "warehouse.duckdb")
    nameless = {t.full_name for t in tables if t.label == t.name} | {c.name for t in tables for c in t.columns if c.label == c.name}
    assert nameless == set()
    assert all((c.comment or "").count(MARK) >= 1 for t in tables for c in t.columns)
    for t in tables:
        labels = [c.label for c in t.columns]
        assert [label for label in labels if labels.count(label) > 1] == [], t.full_name
    assert len({t.label for t in tables}) == len(tables)


def test_columns_stand_as_their_model_declares_them_and_keys_are_its_grain(shipped: Place) -> None:
    declared = {
        model["name"]: [c["name"] for c in model["columns"]]
        for file in (ROOT / "dbt_project/models").rglob("*.yml")
        for model in read_yaml(file).get("models", [])
        if "columns" in model
    }
    for table in describe(shipped.home / "warehouse.duckdb"):
        assert [c.name for c in table.columns] == declared[table.name]
        assert list(table.key) == grains()[table.name]


def test_every_format_is_valid(shipped: Place, tmp_path: Path) -> None:
    done = shipped.run("export", "--format", "datapackage", "--to", str(tmp_path / "package"))
    assert done.returncode == 0, done.stderr
    report = validate(str(tmp_path / "package/datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    release = shipped.home / "warehouse.duckdb"
    export(release, "sdmx", tmp_path / "sdmx")
    assert read_sdmx(tmp_path / "sdmx/structure.json", validate=True).structures
    (economy,) = get_datasets(tmp_path / "sdmx/economy.csv", tmp_path / "sdmx/structure.json")
    assert [(len(economy.data),)] == shipped.sql("select count(*) from marts.economy where region_code is not null and period is not null")
    assert export(release, "xlsx", tmp_path / "xlsx").notices == ()
    assert "经济" in openpyxl.load_workbook(tmp_path / "xlsx/dajuan.xlsx", read_only=True).sheetnames
    export(release, "ledger", tmp_path / "ledger")
    (file,) = (tmp_path / "ledger").glob("*.xlsx")
    sheets = openpyxl.load_workbook(file)
    regions = {name for (name,) in shipped.sql("select distinct region_name from marts.commitment")}
    assert set(sheets.sheetnames[1:]) == regions
    assert [(sum(sheet.max_row - 1 for sheet in sheets.worksheets[1:]),)] == shipped.sql("select count(*) from marts.commitment")
    refused = shipped.run("export", "--format", "csv", "--to", str(shipped.home))
    assert (refused.returncode, "is no export" in refused.stderr) == (1, True)


def test_a_release_does_not_differ_from_itself(shipped: Place) -> None:
    release = Path(shipped.release).stem
    done = shipped.run("diff", release, release)
    assert done.returncode == 0, done.stderr
    tables = len(describe(shipped.home / "warehouse.duckdb"))
    assert done.stdout.splitlines()[-1] == f"{tables} tables are the same"
    assert "dajuan releases" in shipped.run("diff", release, "nothing").stderr
