"""What Dagster loads. Assembly only."""

from __future__ import annotations

import dagster as dg

from orchestration.assets.fetching import fetch, fetched
from orchestration.assets.lake import LAKE
from orchestration.assets.release import postgres, release, site
from orchestration.assets.resources import Workspace
from orchestration.assets.terminal import terminal
from orchestration.assets.triggers import build, daily, landing_folder
from orchestration.assets.warehouse import warehouse

defs = dg.Definitions(
    assets=[*LAKE, warehouse, release, postgres, site, fetched],
    jobs=[build, fetch],
    schedules=[daily],
    sensors=[landing_folder],
    resources={"workspace": Workspace()},
    loggers={"terminal": terminal},
    executor=dg.in_process_executor,
)
