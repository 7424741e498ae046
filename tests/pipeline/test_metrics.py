"""The semantic layer: it parses without a warning, MetricFlow finds nothing wrong with it, and what it answers is what the marts say."""

from __future__ import annotations

import csv
import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from orchestration.lexicon import read_yaml
from orchestration.settings import DBT_PROJECT, load
from tests.pipeline.conftest import Place

METRICFLOW = pytest.mark.skipif(find_spec("dbt_metricflow") is None, reason="MetricFlow is not installed: pip install -e '.[metrics]'")
SEMANTIC = DBT_PROJECT / "models" / "semantic"


def ask(place: Place, tmp_path: Path, metrics: str, *group_by: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Values of `metrics` by the values of `group_by`, as `dajuan metrics query` writes them."""
    to = tmp_path / "answer.csv"
    done = place.run("metrics", "query", "--metrics", metrics, "--group-by", ",".join(group_by), "--csv", str(to))
    assert done.returncode == 0, done.stdout + done.stderr
    with to.open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return {tuple(value.removesuffix("-01-01 00:00:00") for value in row[: len(group_by)]): tuple(row[len(group_by) :]) for row in rows}


def close(answered: str, stated: object) -> bool:
    return answered == "" if stated is None else bool(answered) and float(answered) == pytest.approx(float(str(stated)))


def test_a_build_says_no_word_of_deprecation_or_configuration(shipped: Place) -> None:
    log = (shipped.home / "dbt" / "first_build.log").read_text(encoding="utf-8")
    assert "Done. PASS=" in log
    assert re.findall(r".*(?:\[WARNING\]|[Dd]eprecat|unused configuration).*", log) == []


def test_exposures_and_metrics_are_in_the_manifest_and_point_to_what_is_there(shipped: Place) -> None:
    manifest = json.loads((shipped.home / "dbt/target/manifest.json").read_text(encoding="utf-8"))
    assert {e["name"] for e in manifest["exposures"].values()} == {"static_site", "superset_dashboards", "postgresql"}
    assert {m["name"] for m in manifest["metrics"].values()} >= {
        "targets_total",
        "targets_met",
        "share_met",
        "gdp",
        "gdp_growth",
        "housing_estates_renewed",
        "jobs",
    }


def test_every_figure_of_a_metric_is_one_of_the_catalogue(shipped: Place) -> None:
    units = dict(shipped.sql("select indicator_code, unit from core.dim_indicator"))
    asked = [
        match.groups()
        for file in SEMANTIC.glob("*.yml")
        for model in read_yaml(file).get("semantic_models", [])
        for measure in model["measures"]
        if (match := re.search(r"indicator_code = '(\w+)' and measure = '(\w+)' and unit = '([^']+)'", measure["expr"]))
    ]
    assert len(asked) >= 5
    for code, measure, unit in asked:
        assert unit == ("%" if measure == "growth" else units[code]), code


@pytest.mark.slow
def test_parsing_with_warnings_as_errors(shipped: Place, tmp_path: Path) -> None:
    done = shipped.dbt("--warn-error", "parse", "--no-partial-parse", "--show-all-deprecations", to=tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@METRICFLOW
def test_metricflow_finds_nothing_wrong(shipped: Place) -> None:
    done = shipped.run("metrics", "validate-configs", "--show-all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("(ERRORS: 0, FUTURE_ERRORS: 0, WARNINGS: 0)") == 6


@pytest.mark.slow
@METRICFLOW
def test_metrics_agree_with_the_scorecard(shipped: Place, tmp_path: Path) -> None:
    answered = ask(
        shipped, tmp_path, "targets_total,targets_met,share_met", "metric_time__year", "scorecard_row__region_code", "scorecard_row__theme"
    )
    stated = shipped.sql("select year, region_code, theme, targets, met, share_met from marts.scorecard")
    assert len(answered) == len(stated) > 0
    for year, region, theme, *values in stated:
        got = answered[str(year), region, theme]
        assert all(map(close, got, values)), (year, region, theme, got)
    whole = ask(shipped, tmp_path, "share_met", "scorecard_row__theme")
    for theme, share in shipped.sql("select theme, sum(met) / nullif(sum(judged), 0) from marts.scorecard group by theme"):
        assert close(*whole[theme,], share)


@pytest.mark.slow
@METRICFLOW
@pytest.mark.parametrize(
    ("metric", "mart", "code", "measure"),
    [
        ("gdp", "economy", "gdp", "level"),
        ("gdp_growth", "economy", "gdp", "growth"),
        ("housing_estates_renewed", "urban_renewal", "old_estates_renewed", "level"),
        ("jobs", "livelihood", "urban_jobs_new", "level"),
    ],
)
def test_metrics_agree_with_the_theme_marts(shipped: Place, tmp_path: Path, metric: str, mart: str, code: str, measure: str) -> None:
    answered = ask(shipped, tmp_path, metric, "metric_time__year", f"{mart}_row__region_code")
    stated = shipped.sql(
        f"select period, region_code, value from marts.{mart} "
        f"where indicator_code = '{code}' and measure = '{measure}' and scope is null and length(period) = 4 and value is not null"
    )
    assert stated
    assert {key: value for key, (value,) in answered.items() if value}.keys() == {(y, r) for y, r, _ in stated}
    for year, region, value in stated:
        assert close(*answered[year, region], value)


@pytest.mark.slow
def test_without_metricflow_the_command_says_how_to_get_it(shipped: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.publishing import metrics

    monkeypatch.setattr(metrics, "find_spec", lambda name: None)
    with pytest.raises(metrics.NoMetricFlow, match="pip install"):
        metrics.ask(load({"DAJUAN_RAW": str(shipped.raw), "DAJUAN_HOME": str(shipped.home)}), [])
