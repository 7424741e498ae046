"""The dbt project as Dagster assets: models as assets, tests as checks. dbt alone writes the warehouse."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, dbt_assets
from packaging.version import Version

from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import SAID
from orchestration.manifest import manifest
from orchestration.publishing.release import current_manifest, fingerprint
from orchestration.settings import load


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


class Dbt(DbtCliResource):
    """dbt's command line without two habits that cost four seconds a build.

    dagster-dbt asks `dbt --version` in a process of its own, and sets up a second adapter in this one, to fetch columns from the
    database; the models' contracts state the columns already.
    """

    @property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        return None


@dbt_assets(manifest=manifest(load()), dagster_dbt_translator=Translator(), name="warehouse")
def warehouse(context: dg.AssetExecutionContext, dbt: Dbt, workspace: Workspace) -> Iterator[Any]:
    """`dbt build` into a fresh file; nothing at all where what dbt would see is what the current release was built from."""
    settings = workspace.settings
    released = current_manifest(settings)
    if released and released["fingerprint"] == fingerprint(workspace.lake):
        context.log.info(f"{SAID}nothing has changed since release {released['release']}")
        return
    for stale in settings.build_db.parent.glob(settings.build_db.name + "*"):
        stale.unlink()
    os.environ.update(settings.environment())
    # Unit tests judge the code on made rows, not what came in: they belong to the test suite.
    yield from dbt.cli(["build", "--exclude-resource-type", "unit_test"], context=context, target_path=settings.dbt_target).stream()
