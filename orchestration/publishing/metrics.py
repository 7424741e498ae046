"""Metrics of dbt's semantic layer, asked of the current release with MetricFlow's own command.

MetricFlow wants a project folder with `target/semantic_manifest.json` below it, writes there, and asks the network for newer versions of
itself; so it gets a folder inside the home whose profile attaches the release read-only, and no network.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import yaml

from orchestration.dbt_process import manifest
from orchestration.settings import DBT_PROJECT, Settings


class NoMetricFlow(Exception):
    """MetricFlow is not installed; the message says how to get it."""


def prepare_project(settings: Settings) -> Path:
    """The folder that MetricFlow works in, made anew: the project's settings, its semantic manifest, and a profile that reads the current release."""
    folder = settings.home / "dbt" / "metrics"
    (folder / "target").mkdir(parents=True, exist_ok=True)
    shutil.copy(DBT_PROJECT / "dbt_project.yml", folder)
    shutil.copy(manifest(settings).with_name("semantic_manifest.json"), folder / "target")
    release = {
        "path": str(settings.warehouse.resolve()),
        "alias": settings.build_db.stem,
        "read_only": True,
    }  # under the name that dbt built it
    output = {"type": "duckdb", "path": ":memory:", "attach": [release]}
    (folder / "profiles.yml").write_text(yaml.safe_dump({"dajuan": {"target": "duckdb", "outputs": {"duckdb": output}}}), encoding="utf-8")
    return folder


def ask(settings: Settings, arguments: Sequence[str]) -> None:
    """Run `mf` with `arguments` on the current release; it prints, and ends by SystemExit. NoMetricFlow where it is not installed."""
    if find_spec("dbt_metricflow") is None:
        raise NoMetricFlow("MetricFlow is not installed; get it with pip install -c constraints.txt -e '.[metrics]'")
    folder = str(prepare_project(settings))
    os.environ.update(
        settings.environment() | {"DBT_PROFILES_DIR": folder, "DBT_PROJECT_DIR": folder, "DBT_TARGET_PATH": f"{folder}/target"}
    )
    from dbt_metricflow.cli import main

    main.UpdateChecker = _Unasked
    main.cli(list(arguments), prog_name="dajuan metrics")


class _Unasked:
    """In the place of what asks the network for a newer version."""

    def check(self, *_: object) -> None:
        """No."""
