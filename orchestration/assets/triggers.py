"""When a build runs by itself: every morning in China, and when the landing folder has changed."""

import dagster as dg

from orchestration.lake import digest
from orchestration.settings import TIMEZONE, load

build = dg.define_asset_job(
    "build",
    selection=dg.AssetSelection.all() - dg.AssetSelection.groups("landing"),  # a build never touches the network
    config={"loggers": {"terminal": {"config": {}}}},
    description="Landing folder to published release",
)

daily = dg.ScheduleDefinition(
    name="daily",
    job=build,
    cron_schedule="0 6 * * *",
    execution_timezone=TIMEZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every day at 06:00 in China",
)


@dg.sensor(job=build, minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def landing_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """New or changed files in DAJUAN_RAW, told by path, size and time of change."""
    raw = load().raw
    if not raw.is_dir():
        return dg.SkipReason(f"{raw} is not a folder")
    seen = sorted(
        (str(p.relative_to(raw)), st.st_size, st.st_mtime_ns)
        for p in raw.rglob("*")
        if p.is_file() and not p.is_symlink()
        for st in [p.stat()]
    )
    state = digest(*seen)
    if state == context.cursor:
        return dg.SkipReason("nothing has changed")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=state)], cursor=state)
