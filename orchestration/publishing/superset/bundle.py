"""From the YAML beside this file and the tables of a release to a bundle that Superset imports: pure, the same bytes for the same input."""

from __future__ import annotations

import csv
import io
import uuid
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import yaml

from orchestration.lexicon import read_yaml
from orchestration.publishing.labels import codes
from orchestration.publishing.postgres import TYPES
from orchestration.publishing.tables import Column, Table
from orchestration.settings import SEEDS

HERE = Path(__file__).parent
NAMESPACE = uuid.UUID("6f0d0b1e-52d7-5c36-9a35-6a4b8a2f7c11")  # never changes: Superset knows our assets again by their uuids
VERSION = "1.0.0"  # of Superset's export format
MASK = "XXXXXXXXXX"  # what Superset writes for a password; the real one travels beside the bundle
DATABASE_FILE = "databases/dajuan.yaml"
TIMESTAMP = "2000-01-01T00:00:00+00:00"
GRID = 12  # columns of a dashboard
CODED = {  # columns of codes, and the list of Chinese words they are read with
    "theme": "theme",
    "verdict": "verdict",
    "measure": "measure",
    "status": "status",
    "comparator": "comparator",
    "target_comparator": "comparator",
    "matched_by": "matched_by",
    "topic": "topic",
}
# Verdicts have one colour on every chart: green, ochre, red for what is judged, greys for what is not.
COLOURS = {"met": "#3b6e5a", "partial": "#c49a3f", "missed": "#a63d2f", "pending": "#b9c0c4", "unreported": "#7d868c", "unclear": "#dcd8cf"}
CSS = ".dashboard-component-chart-holder { font-variant-numeric: tabular-nums; } .dynamic-title-input { min-width: 16em; }"

Config = dict[str, Any]


class BundleError(Exception):
    """The release lacks what the dashboards show; the message names it."""


def identity(kind: str, name: str) -> str:
    """The uuid of an asset: of its kind and name, for ever."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}/{name}"))


def bundle(tables: Iterable[Table], masked_uri: str) -> dict[str, Config]:
    """All assets by their path in the bundle, for a database at `masked_uri` (see `masked`).

    BundleError where the release lacks a table or column that a dataset needs.
    """
    marts = {t.name: t for t in tables if t.schema == "marts"}
    files: dict[str, Config] = {
        "metadata.yaml": {"version": VERSION, "type": "assets", "timestamp": TIMESTAMP},
        DATABASE_FILE: {
            **_read("database.yaml"),
            "sqlalchemy_uri": masked_uri,
            "uuid": identity("database", "dajuan"),
            "version": VERSION,
        },
    }
    for path in sorted((HERE / "datasets").glob("*.yaml")):
        for name, config in _datasets(_read(f"datasets/{path.name}"), marts):
            files[f"datasets/dajuan/{name}.yaml"] = config
    for path in sorted((HERE / "dashboards").glob("*.yaml")):
        board = _read(f"dashboards/{path.name}")
        for chart in _shown(board):
            files[f"charts/{path.stem}_{chart}.yaml"] = _chart(chart, path.stem, board)
        files[f"dashboards/{path.stem}.yaml"] = _dashboard(path.stem, board, files)
    return files


def packed(files: Mapping[str, Config]) -> bytes:
    """The bundle as a zip, the same bytes for the same assets."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, config in files.items():
            text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False, width=10_000)
            archive.writestr(zipfile.ZipInfo(f"dajuan/{path}", (2000, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()


def masked(sqlalchemy_uri: str, password: str | None = None) -> tuple[str, str | None]:
    """The URI with its password (else `password`) masked as Superset does it, and the password. BundleError where it is no PostgreSQL URI."""
    try:
        parts = urlsplit(sqlalchemy_uri)
    except ValueError:
        parts = urlsplit("")
    if not parts.scheme.startswith("postgresql") or not parts.username or not parts.hostname or len(parts.path) < 2:
        raise BundleError(
            "--postgres takes an SQLAlchemy URI by which Superset reaches PostgreSQL: postgresql+psycopg2://user@host:5432/dbname"
        )
    secret = unquote(parts.password) if parts.password is not None else password
    if secret is None:
        return sqlalchemy_uri, None
    who, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{who.partition(':')[0]}:{MASK}@{host}")), secret


def _read(name: str) -> Config:
    return read_yaml(HERE / name)


def _datasets(source: Config, marts: Mapping[str, Table]) -> Iterator[tuple[str, Config]]:
    for name in source["tables"]:
        table = _table(marts, name)
        columns = [*table.columns, *(_column(_table(marts, other), column) for column, other in source.get("joined", {}).items())]
        sums = [_column(table, column) for column in source.get("sums", [])]
        yield (
            name,
            {
                "table_name": name,
                "schema": "marts",
                "sql": source.get("sql"),
                "description": table.comment,
                "main_dttm_col": None,
                "filter_select_enabled": True,
                "columns": [*map(_plain, columns), *filter(None, map(_worded, columns)), *map(_calculated, source.get("columns", []))],
                "metrics": [
                    *(
                        {"metric_name": f"sum_{c.name}", "verbose_name": c.label, "expression": f"sum({c.name})", "d3format": ",d"}
                        for c in sums
                    ),
                    *source.get("metrics", []),
                ],
                "uuid": identity("dataset", name),
                "database_uuid": identity("database", "dajuan"),
                "version": VERSION,
            },
        )


def _table(marts: Mapping[str, Table], name: str) -> Table:
    if name not in marts:
        raise BundleError(f"the release has no table marts.{name}; run `dajuan build` with this version first")
    return marts[name]


def _column(table: Table, name: str) -> Column:
    for column in table.columns:
        if column.name == name:
            return column
    raise BundleError(f"the release has no column {table.full_name}.{name}; run `dajuan build` with this version first")


def _plain(column: Column) -> Config:
    """A column as the database has it, under its Chinese name; of a column of codes the words are what bears the plain name."""
    return {
        "column_name": column.name,
        "verbose_name": f"{column.label}（代码）" if column.name in CODED else column.label,
        "description": column.comment,
        "type": "NUMERIC" if column.is_decimal else TYPES[column.type].upper(),
        "is_dttm": column.type in ("DATE", "TIMESTAMP WITH TIME ZONE"),
        "is_active": True,
        "groupby": True,
        "filterable": True,
    }


def _worded(column: Column) -> Config | None:
    """The Chinese words of a column of codes; an unknown code stays itself."""
    if column.name not in CODED:
        return None
    cases = " ".join(f"when {_literal(code)} then {_literal(word)}" for code, word in _words(CODED[column.name]).items())
    return _calculated(
        {
            "column_name": f"{column.name}_zh",
            "verbose_name": column.label,
            "type": "TEXT",
            "expression": f"case {column.name} {cases} else {column.name} end",
        }
    )


def _calculated(column: Config) -> Config:
    return {**column, "is_dttm": False, "is_active": True, "groupby": True, "filterable": True}


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@cache
def _words(code_list: str) -> dict[str, str]:
    if code_list != "topic":
        return codes(code_list)
    with (SEEDS / "topic.csv").open(encoding="utf-8", newline="") as rows:
        return {row["topic"]: row["name_zh"] for row in csv.DictReader(rows)}


def _shown(board: Config) -> list[str]:
    return [chart for row in board["rows"] for chart in row["charts"]]


def _chart(name: str, dashboard: str, board: Config) -> Config:
    """A chart on a dashboard: on the dashboard's dataset unless it has one of its own; `where` becomes its filter."""
    source = _read(f"charts/{name}.yaml")
    where = source.get("where")
    filters = [{"expressionType": "SQL", "clause": "WHERE", "sqlExpression": where, "filterOptionName": f"filter_{name}"}] if where else []
    return {
        "slice_name": f"{board['dashboard_title']} · {source['slice_name']}",
        "description": source.get("description"),
        "viz_type": source["viz_type"],
        "params": {"viz_type": source["viz_type"], **source["params"], "adhoc_filters": filters, "extra_form_data": {}},
        "query_context": None,
        "cache_timeout": None,
        "uuid": identity("chart", f"{dashboard}/{name}"),
        "version": VERSION,
        "dataset_uuid": identity("dataset", source.get("dataset") or board["dataset"]),
    }


def _dashboard(name: str, board: Config, files: Mapping[str, Config]) -> Config:
    verdict = codes("verdict")
    return {
        "dashboard_title": board["dashboard_title"],
        "description": None,
        "css": CSS,
        "slug": board["slug"],
        "uuid": identity("dashboard", name),
        "position": _position(name, board, files),
        "metadata": {
            "native_filter_configuration": [_filter(column, board, files) for column in board["filters"]],
            "label_colors": {label: colour for code, colour in COLOURS.items() for label in (code, f"sum_{code}", verdict[code])},
            "color_scheme": "supersetColors",
            "cross_filters_enabled": True,
            "refresh_frequency": 0,
            "expanded_slices": {},
            "timed_refresh_immune_slices": [],
        },
        "published": True,
        "version": VERSION,
    }


def _position(name: str, board: Config, files: Mapping[str, Config]) -> Config:
    """The grid: rows under one another, the charts of a row beside one another, equally wide unless `widths` says otherwise."""
    rows = [f"ROW-{n}" for n in range(1, len(board["rows"]) + 1)]
    position: Config = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": board["dashboard_title"]}},
    }
    number = 0
    for row_id, row in zip(rows, board["rows"], strict=True):
        charts = [f"CHART-{chart}" for chart in row["charts"]]
        position[row_id] = {
            "type": "ROW",
            "id": row_id,
            "children": charts,
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
        widths = row.get("widths", [GRID // len(charts)] * len(charts))
        for chart_id, chart, width in zip(charts, row["charts"], widths, strict=True):
            number += 1
            config = files[f"charts/{name}_{chart}.yaml"]
            position[chart_id] = {
                "type": "CHART",
                "id": chart_id,
                "children": [],
                "parents": ["ROOT_ID", "GRID_ID", row_id],
                "meta": {
                    "chartId": number,  # Superset puts its own here, found by the uuid
                    "uuid": config["uuid"],
                    "width": width,
                    "height": row["height"],
                    "sliceName": config["slice_name"],
                    "sliceNameOverride": config["slice_name"].removeprefix(f"{board['dashboard_title']} · "),
                },
            }
    return position


def _filter(column: str, board: Config, files: Mapping[str, Config]) -> Config:
    """A filter by the values of a column of the dashboard's dataset; charts of other datasets follow it where they have the column."""
    columns = files[f"datasets/dajuan/{board['dataset']}.yaml"]["columns"]
    label = next(c["verbose_name"] for c in columns if c["column_name"] == column)
    return {
        "id": f"NATIVE_FILTER-{column}",
        "name": label,
        "filterType": "filter_select",
        "type": "NATIVE_FILTER",
        "targets": [{"datasetUuid": identity("dataset", board["dataset"]), "column": {"name": column}}],
        "controlValues": {
            "multiSelect": True,
            "enableEmptyFilter": False,
            "inverseSelection": False,
            "searchAllOptions": True,
            "sortAscending": True,
        },
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "description": "",
    }
