"""The listed sources as an asset, with a job of its own: a build reads what lies in the landing folder and never touches the network."""

import dagster as dg

from orchestration.assets.terminal import SAID
from orchestration.fetching.run import failure, fetch_all, line
from orchestration.fetching.sources import NAME, read_sources
from orchestration.settings import load


class Fetching(dg.Config):
    """How to fetch."""

    allow_private: bool = False  # from private and local addresses too


@dg.asset(group_name="landing", kinds={"http"})
def fetched(context: dg.AssetExecutionContext, config: Fetching) -> dg.MaterializeResult:
    """The sources that sources.yml lists, in the landing folder; does nothing where there is no list. All are tried before one that failed fails the run."""
    settings = load()
    if not (settings.raw / NAME).exists():
        return dg.MaterializeResult(metadata={"sources": 0, "why": f"there is no {NAME} in the landing folder"})
    outcomes = fetch_all(
        settings.raw,
        settings.store,
        read_sources(settings.raw),
        tell=lambda outcome: context.log.info(SAID + line(outcome)),
        allow_private=config.allow_private,
    )
    if failed := failure(outcomes):
        raise dg.Failure(failed, metadata={"outcomes": [line(o) for o in outcomes]}, allow_retries=False)
    return dg.MaterializeResult(metadata={"sources": len(outcomes), "outcomes": [line(o) for o in outcomes]})


fetch = dg.define_asset_job(
    "fetch",
    selection=dg.AssetSelection.assets(fetched),
    config={"loggers": {"terminal": {"config": {}}}},
    description="Listed sources to landing folder",
)
