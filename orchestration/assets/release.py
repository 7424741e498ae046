"""The last step: what dbt built becomes an immutable release, once every check is green."""

import dagster as dg

from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import SAID
from orchestration.assets.warehouse import warehouse
from orchestration.publishing import postgres as pg
from orchestration.stages.releasing import publish


@dg.asset(deps=list(warehouse.keys), group_name="publishing", kinds={"duckdb"})
def release(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """An immutable dated DuckDB file with a manifest; `warehouse.duckdb` points to it."""
    made = publish(workspace.settings, workspace.lake)
    context.log.info(f"{SAID}published release {made['release']}")
    return dg.MaterializeResult(
        metadata={"release": made["release"], "path": dg.MetadataValue.path(str(workspace.settings.warehouse)), "tables": len(made["rows"])}
    )


@dg.asset(deps=[release], group_name="publishing", kinds={"html"})
def site(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """The release as a static site; the release stands whether or not this step ends well."""
    from orchestration.publishing.site import SiteError, refresh_site  # templates and charts take time to import; only a run needs them

    settings = workspace.settings
    try:
        done = refresh_site(settings.warehouse, settings.site)
    except (SiteError, OSError) as e:
        raise dg.Failure(f"the site cannot be written: {e}; mend that and run `dajuan site`", allow_retries=False) from None
    if done is None:
        return dg.MaterializeResult(metadata={"built": False, "why": "the site already shows this release"})
    context.log.info(f"{SAID}built {done.pages} pages of the site in {done.seconds:.1f} s")
    return dg.MaterializeResult(
        metadata={
            "built": True,
            "pages": done.pages,
            "bytes": done.bytes,
            "seconds": done.seconds,
            "path": dg.MetadataValue.path(str(settings.site)),
        }
    )


@dg.asset(deps=[release], group_name="publishing", kinds={"postgres"})
def postgres(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
    """The release in PostgreSQL, for BI tools; does nothing where DAJUAN_POSTGRES_DSN is not set."""
    settings = workspace.settings
    if settings.postgres_dsn is None:
        return dg.MaterializeResult(metadata={"published": False, "why": "DAJUAN_POSTGRES_DSN is not set"})
    done = pg.publish(settings.warehouse, settings.postgres_dsn)
    context.log.info(f"{SAID}published {sum(done.rows.values())} rows to PostgreSQL in {done.seconds:.1f} s")
    return dg.MaterializeResult(metadata={"published": True, "rows": sum(done.rows.values()), "seconds": done.seconds})
