"""dbt by hand, as an engineer runs it: the whole project with its unit tests, which a build of the pipeline leaves out."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from orchestration.manifest import DBT
from orchestration.settings import DBT_PROJECT, load
from tests.pipeline.conftest import Place

pytestmark = pytest.mark.pipeline


def test_the_project_builds_with_every_unit_test_green(shipped: Place, tmp_path: Path) -> None:
    settings = load({"DAJUAN_RAW": str(shipped.raw), "DAJUAN_HOME": str(shipped.home)})
    own = {"DAJUAN_BUILD_DB": str(tmp_path / "by_hand.duckdb"), "DBT_TARGET_PATH": str(tmp_path / "target"), "DBT_LOG_PATH": str(tmp_path)}
    command = [str(DBT), "build", "--project-dir", str(DBT_PROJECT)]
    done = subprocess.run(command, env=os.environ | settings.environment() | own, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    units = {r["unique_id"]: r["status"] for r in results if r["unique_id"].startswith("unit_test.")}
    written = sum(
        len(re.findall(r"^  model: \w+$", file.read_text(encoding="utf-8"), re.M)) for file in DBT_PROJECT.glob("models/**/*.yml")
    )
    assert len(units) == written > 0
    assert set(units.values()) == {"pass"}


def test_a_build_of_the_pipeline_leaves_them_to_the_tests(shipped: Place) -> None:
    log = (shipped.home / "dbt" / "first_build.log").read_text(encoding="utf-8")
    assert "Done. PASS=" in log
    assert "START unit_test" not in log
