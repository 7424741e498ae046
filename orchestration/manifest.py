"""dbt's manifest of the project, which Dagster needs before it knows the models.

A process of its own parses the project: whoever means to build starts it first (`begin_parsing`) and imports Dagster meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from orchestration.settings import DBT_PROJECT, Settings

DBT = Path(sys.executable).parent / "dbt"
"""dbt of the environment this runs in, whether or not it is on the PATH."""
_parsing: dict[Path, subprocess.Popen[str]] = {}


def _stale(manifest: Path) -> bool:
    files = (p for p in DBT_PROJECT.rglob("*") if p.is_file() and not {"target", "logs"} & set(p.relative_to(DBT_PROJECT).parts))
    return not manifest.exists() or manifest.stat().st_mtime < max(p.stat().st_mtime for p in files)


def begin_parsing(settings: Settings) -> Path:
    """Start parsing where the manifest is missing or older than a file of the project; where it will stand."""
    path = settings.dbt_target / "manifest.json"
    if path not in _parsing and _stale(path):
        settings.dbt_target.mkdir(parents=True, exist_ok=True)
        _parsing[path] = subprocess.Popen(
            [str(DBT), "parse", "--quiet", "--project-dir", str(DBT_PROJECT)],
            env=os.environ | settings.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return path


def manifest(settings: Settings) -> Path:
    """The manifest of the project as it stands now; RuntimeError with dbt's own words where the project does not parse."""
    path = begin_parsing(settings)
    if process := _parsing.pop(path, None):
        said, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"the dbt project does not parse: {' '.join(said.split())}")
    return path
