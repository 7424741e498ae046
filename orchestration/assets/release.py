"""The last step: what dbt built becomes an immutable release, once every check is green."""

import dagster as dg

from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import SAID
from orchestration.assets.warehouse import warehouse
from orchestration.publishing.release import publish


@dg.asset(deps=list(warehouse.keys), group_name="publishing", kinds={"duckdb"})
def release(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """An immutable dated DuckDB file with a manifest; `warehouse.duckdb` points to it."""
    made = publish(workspace.settings, workspace.lake)
    context.log.info(f"{SAID}published release {made['release']}")
    return dg.MaterializeResult(
        metadata={"release": made["release"], "path": dg.MetadataValue.path(str(workspace.settings.warehouse)), "tables": len(made["rows"])}
    )
