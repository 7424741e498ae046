"""The dbt project as Dagster assets: models as assets, tests as checks. dbt alone writes the warehouse."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, dbt_assets
from dagster_dbt.asset_utils import get_updated_cli_invocation_params_for_context
from packaging.version import Version

from orchestration import dbt_process
from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import SAID
from orchestration.publishing.release import current_manifest
from orchestration.settings import DBT_PROJECT, Settings, load
from orchestration.stages.releasing import fingerprint


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


def _invocation(context: dg.AssetExecutionContext, settings: Settings) -> DbtCliInvocation:
    """`dbt build` of what the run selected, in the process that has parsed the project already; dagster-dbt would start one of its own."""
    selected = get_updated_cli_invocation_params_for_context(context, {}, Translator())
    # Unit tests judge the code on made rows, not what came in: they belong to the test suite.
    arguments = ["--log-format", "json", "build", "--exclude-resource-type", "unit_test", *selected.selection_args]
    return DbtCliInvocation(
        process=dbt_process.run(settings, arguments),
        manifest=selected.manifest,
        dagster_dbt_translator=selected.dagster_dbt_translator,
        project_dir=DBT_PROJECT,
        target_path=settings.dbt_target,
        raise_on_error=True,
        cli_version=Version(version("dbt-core")),
        context=context,
    )


@dbt_assets(manifest=dbt_process.manifest(load()), dagster_dbt_translator=Translator(), name="warehouse")
def warehouse(context: dg.AssetExecutionContext, workspace: Workspace) -> Iterator[Any]:
    """`dbt build` into a fresh file; nothing at all where what dbt would see is what the current release was built from."""
    settings = workspace.settings
    released = current_manifest(settings)
    if released and released["fingerprint"] == fingerprint(workspace.lake):
        context.log.info(f"{SAID}nothing has changed since release {released['release']}")
        return
    for stale in settings.build_db.parent.glob(settings.build_db.name + "*"):
        stale.unlink()
    yield from _invocation(context, settings).stream()
