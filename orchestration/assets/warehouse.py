"""The dbt project as Dagster assets: models as assets, tests as checks. dbt alone writes the warehouse."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets
from dbt.cli.main import dbtRunner

from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import SAID
from orchestration.publishing.release import current_manifest, fingerprint
from orchestration.settings import DBT_PROJECT, Settings, load


def _project_newest() -> float:
    return max(p.stat().st_mtime for p in DBT_PROJECT.rglob("*") if p.is_file() and "target" not in p.parts and "logs" not in p.parts)


def manifest(settings: Settings) -> Path:
    """dbt's manifest of the project; parsed anew when a file of the project is newer."""
    path = settings.dbt_target / "manifest.json"
    if not path.exists() or path.stat().st_mtime < _project_newest():
        os.environ.update(settings.environment())
        settings.dbt_target.mkdir(parents=True, exist_ok=True)
        result = dbtRunner().invoke(["parse", "--quiet", "--project-dir", str(DBT_PROJECT)])
        if not result.success:
            raise RuntimeError(f"the dbt project does not parse: {result.exception}")
    return path


class Translator(DagsterDbtTranslator):
    """Groups by schema; asset keys are schema and table, as in the warehouse."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """`[schema, name]` of models and seeds; sources carry the key of the lake asset they read."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The schema."""
        return dbt_resource_props["schema"]


@dbt_assets(manifest=manifest(load()), dagster_dbt_translator=Translator(), name="warehouse")
def warehouse(context: dg.AssetExecutionContext, dbt: DbtCliResource, workspace: Workspace) -> Iterator[Any]:
    """`dbt build` into a fresh file; nothing at all where what dbt would see is what the current release was built from."""
    settings = workspace.settings
    released = current_manifest(settings)
    if released and released["fingerprint"] == fingerprint(workspace.lake):
        context.log.info(f"{SAID}nothing has changed since release {released['release']}")
        return
    for stale in settings.build_db.parent.glob(settings.build_db.name + "*"):
        stale.unlink()
    os.environ.update(settings.environment())
    yield from dbt.cli(["build"], context=context, target_path=settings.dbt_target).stream()
