"""dbt by hand, as an engineer runs it: the whole project with its unit tests, which a build of the pipeline leaves out."""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.lexicon import read_yaml
from orchestration.settings import DBT_PROJECT
from tests.pipeline.conftest import Place


def test_the_project_builds_with_every_unit_test_green(shipped: Place, tmp_path: Path) -> None:
    done = shipped.dbt("build", to=tmp_path)
    assert done.returncode == 0, done.stdout[-3000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    units = {r["unique_id"]: r["status"] for r in results if r["unique_id"].startswith("unit_test.")}
    declared = [read_yaml(file) for file in DBT_PROJECT.glob("models/**/*.yml")]
    written = sum(len(part.get("unit_tests", [])) for part in declared)
    assert len(units) == written > 0
    assert set(units.values()) == {"pass"}


def test_a_build_of_the_pipeline_leaves_them_to_the_tests(shipped: Place) -> None:
    log = (shipped.home / "dbt" / "first_build.log").read_text(encoding="utf-8")
    assert "Done. PASS=" in log
    assert "START unit_test" not in log
