"""The bundle: every reference resolves, every column exists and has a Chinese name, and nothing changes from one time to the next."""

from __future__ import annotations

import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import yaml

from orchestration.publishing.labels import codes
from orchestration.publishing.superset.bundle import COLOURS, HERE, MASK, BundleError, bundle, identity, masked, packed
from orchestration.publishing.tables import Table

URI = "postgresql+psycopg2://reader@db.example.org:5432/warehouse"
KNOWN_UUIDS = {  # published once: another uuid would double the asset in every Superset it was imported into
    ("database", "dajuan"): "c05a07fb-2df7-54bc-8a1d-5bab048eef52",
    ("dataset", "economy"): "3947ec9c-6432-5f1b-8e7f-e8c00e0cc045",
    ("chart", "overview/targets"): "9792a8c8-7ac0-59dd-99a6-682c95762907",
    ("dashboard", "overview"): "e0836b0f-8b19-530f-9d8d-3700c227051e",
}


@pytest.fixture(scope="module")
def files(marts: list[Table]) -> dict[str, Any]:
    return bundle(marts, URI)


def of(files: dict[str, Any], kind: str) -> dict[str, Any]:
    return {config["uuid"]: config for path, config in files.items() if path.startswith(f"{kind}/")}


def test_it_packs_to_yaml_and_to_the_same_bytes(files: dict[str, Any], marts: list[Table]) -> None:
    zipped = packed(files)
    assert zipped == packed(bundle(marts, URI))
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        read = {name.partition("/")[2]: yaml.safe_load(archive.read(name)) for name in archive.namelist()}
    assert read == files
    assert read["metadata.yaml"]["type"] == "assets"


def test_uuids_are_unique_and_stay_what_they_were(files: dict[str, Any]) -> None:
    uuids = [config["uuid"] for config in files.values() if "uuid" in config]
    assert len(set(uuids)) == len(uuids) == len(files) - 1
    assert all(str(uuid.UUID(u)) == u for u in uuids)
    assert {key: identity(*key) for key in KNOWN_UUIDS} == KNOWN_UUIDS


def test_references_resolve(files: dict[str, Any]) -> None:
    datasets, charts = of(files, "datasets"), of(files, "charts")
    database = files["databases/dajuan.yaml"]["uuid"]
    assert {d["database_uuid"] for d in datasets.values()} == {database}
    assert {c["dataset_uuid"] for c in charts.values()} == set(datasets)
    for board in of(files, "dashboards").values():
        grid = board["position"]
        for node in grid.values():
            if isinstance(node, dict):
                assert set(node.get("children", [])) <= set(grid)
            if isinstance(node, dict) and node["type"] == "9792a8c8-7ac0-59dd-99a6-682c95762907":
                assert node["meta"]["uuid"] in charts
            if isinstance(node, dict) and node["type"] == "ROW":
                assert sum(grid[child]["meta"]["width"] for child in node["children"]) == 12
        for native in board["metadata"]["native_filter_configuration"]:
            (target,) = native["targets"]
            assert target["column"]["name"] in {c["column_name"] for c in datasets[target["datasetUuid"]]["columns"]}


def test_every_chart_file_is_on_a_dashboard(files: dict[str, Any]) -> None:
    shown = {node["id"].removeprefix("CHART-") for b in of(files, "dashboards").values() for node in b["position"].values() if "id" in node}
    assert {p.stem for p in (HERE / "charts").glob("*.yaml")} <= shown


def test_datasets_have_the_columns_of_the_marts_under_chinese_names(files: dict[str, Any], marts: list[Table]) -> None:
    for table in marts:
        dataset = files[f"datasets/dajuan/{table.name}.yaml"]
        names = [c["column_name"] for c in dataset["columns"]]
        assert names[: len(table.columns)] == [c.name for c in table.columns]
        assert len(set(names)) == len(names)
        labels = [c["verbose_name"] for c in dataset["columns"]]
        assert [label for label in labels if not label or label.isascii()] == []
        assert len(set(labels)) == len(labels)
        assert [m["metric_name"] for m in dataset["metrics"] if m["verbose_name"].isascii()] == []


def named(params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Columns and metrics a chart asks for."""
    for key in ("x_axis",):
        if key in params:
            yield "column", params[key]
    for key in ("groupby", "groupbyRows", "groupbyColumns", "all_columns"):
        yield from (("column", c) for c in params.get(key, []))
    yield from (("column", json.loads(c)[0]) for c in params.get("order_by_cols", []))
    yield from (("metric", m) for m in params.get("metrics", []))
    for key in ("metric", "timeseries_limit_metric"):
        if key in params:
            yield "metric", params[key]


def test_every_chart_asks_for_what_its_dataset_has(files: dict[str, Any]) -> None:
    datasets = of(files, "datasets")
    for path, chart in files.items():
        if not path.startswith("charts/"):
            continue
        dataset = datasets[chart["dataset_uuid"]]
        known = {("column", c["column_name"]) for c in dataset["columns"]} | {("metric", m["metric_name"]) for m in dataset["metrics"]}
        asked = set(named(chart["params"]))
        assert any(kind == "metric" for kind, _ in asked) or chart["params"].get("query_mode") == "raw", path
        assert asked <= known, path


SQL_WORDS = {"and", "case", "cast", "concat", "count", "distinct", "else", "end", "filter", "from", "integer", "left", "length", "like"}
SQL_WORDS |= {"max", "min", "not", "null", "nullif", "substring", "sum", "then", "when", "where"}


def words_of_sql(sql: str) -> set[str]:
    return set(re.findall(r"[a-z_]{3,}", re.sub(r"'[^']*'", "", sql)))


def test_filters_and_expressions_name_columns_that_exist(files: dict[str, Any]) -> None:
    datasets = of(files, "datasets")
    for dataset in datasets.values():
        columns = {c["column_name"] for c in dataset["columns"]}
        for part in [*dataset["metrics"], *(c for c in dataset["columns"] if c.get("expression"))]:
            assert words_of_sql(part["expression"]) <= columns | SQL_WORDS, part
    for chart in of(files, "charts").values():
        columns = {c["column_name"] for c in datasets[chart["dataset_uuid"]]["columns"] if not c.get("expression")}
        for condition in chart["params"]["adhoc_filters"]:
            assert words_of_sql(condition["sqlExpression"]) <= columns | SQL_WORDS, condition


def test_every_verdict_has_a_colour() -> None:
    assert set(COLOURS) == set(codes("verdict"))


def test_a_password_travels_beside_the_bundle_only(marts: list[Table]) -> None:
    uri, secret = masked("postgresql://reader:p%40ss@db.example.org/warehouse")
    assert (uri, secret) == (f"postgresql://reader:{MASK}@db.example.org/warehouse", "p@ss")
    assert masked(URI) == (URI, None)
    assert masked(URI, "other") == (f"postgresql+psycopg2://reader:{MASK}@db.example.org:5432/warehouse", "other")
    assert b"p@ss" not in packed(bundle(marts, uri))
    assert bundle(marts, uri)["databases/dajuan.yaml"]["sqlalchemy_uri"] == uri


@pytest.mark.parametrize("uri", ["", "host=h dbname=d", "sqlite:///x.db", "postgresql://h/d", "postgresql://u@h", "postgresql://[u@h/d"])
def test_what_is_no_postgresql_uri_is_refused(uri: str) -> None:
    with pytest.raises(BundleError, match="SQLAlchemy URI"):
        masked(uri)


def test_a_release_that_lacks_a_table_or_column_is_refused(marts: list[Table]) -> None:
    with pytest.raises(BundleError, match="marts.scorecard"):
        bundle([t for t in marts if t.name != "scorecard"], URI)
    less = [replace(t, columns=tuple(c for c in t.columns if c.name != "unclear")) for t in marts]
    with pytest.raises(BundleError, match="scorecard.unclear"):
        bundle(less, URI)
