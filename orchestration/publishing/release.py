"""The releases that are kept: dated DuckDB files with a manifest beside each; `warehouse.duckdb` is a link to the current one."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.lexicon import read_yaml
from orchestration.settings import DBT_PROJECT, Settings

SCHEMAS = ("core", "marts")


class ReleaseError(Exception):
    """A release that cannot be made or found; the message says what to do."""


@cache
def grains() -> dict[str, list[str]]:
    """The grain that each dbt model states in its YAML, by the model's name: the columns that tell its rows apart."""
    files = sorted((DBT_PROJECT / "models").rglob("*.yml"))
    models = [m for file in files for m in read_yaml(file).get("models", [])]
    return {m["name"]: list(m["config"]["meta"]["grain"]) for m in models if m.get("config", {}).get("meta", {}).get("grain")}


def current_manifest(settings: Settings) -> dict[str, Any] | None:
    """The manifest of the current release; None where there is none."""
    try:
        return read_manifest(settings.warehouse.resolve(strict=True))
    except OSError:
        return None


def read_manifest(release: Path) -> dict[str, Any]:
    """The manifest beside a release file."""
    return json.loads(release.with_suffix(".json").read_text(encoding="utf-8"))


def list_releases(settings: Settings) -> list[dict[str, Any]]:
    """Manifests of all releases kept, newest first."""
    return [read_manifest(p) for p in sorted(settings.releases.glob("*.duckdb"), reverse=True)]


def release_file(settings: Settings, release: str) -> Path:
    """The file of a release that is kept; ReleaseError where there is none."""
    file = settings.releases / f"{release}.duckdb"
    if not file.is_file():
        raise ReleaseError(f"there is no release {release}; `dajuan releases` lists those kept")
    return file


def point_to(settings: Settings, release: str) -> None:
    """Make `release` the current one (publishing and rolling back are this one rename)."""
    target = release_file(settings, release)
    link = settings.home / ".warehouse.link"
    link.unlink(missing_ok=True)
    link.symlink_to(target.relative_to(settings.home))
    link.replace(settings.warehouse)
