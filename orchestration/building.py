"""`dajuan build`: the Dagster job `build`, run in this process and recorded in the instance, with a short report at the end."""

from __future__ import annotations

import logging
import re
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
import duckdb
from rich.console import Console
from rich.markup import escape

from orchestration.publishing.chart_library import begin_bundling
from orchestration.publishing.release import current_manifest
from orchestration.settings import Settings


class BuildFailed(Exception):
    """A build that did not publish; the message says what failed and what to do."""


@dataclass(frozen=True)
class Report:
    """What a build did and what the current release holds."""

    settings: Settings
    release: str
    published: bool
    read: int
    checks: Counter[str]
    warned: list[str] = field(default_factory=list)

    def show(self, console: Console) -> None:
        """Print a short table: what was read, what is held, what to do next."""
        with duckdb.connect(str(self.settings.warehouse), read_only=True) as db:
            documents, quarantined = db.execute(
                "select (select count(*) from core.dim_document), (select count(*) from core.quarantine)"
            ).fetchall()[0]
            themes = db.execute("select theme, count(*) from core.fct_claim group by all order by all").fetchall()
            verdicts = db.execute("select verdict, count(*) from marts.commitment group by all order by all").fetchall()

        def line(name: str, text: str) -> None:
            console.print(f"[bold]{name:<10}[/bold] {escape(text)}")

        line("documents", f"{documents} in the release, {self.read} files read now, {quarantined} in quarantine")
        line("claims", ", ".join(f"{theme} {n}" for theme, n in themes) or "none")
        line("targets", ", ".join(f"{verdict} {n}" for verdict, n in verdicts) or "none")
        if self.published:
            line(
                "checks",
                f"{self.checks['passed']} passed, {self.checks['warned']} warned" + (f": {', '.join(self.warned)}" if self.warned else ""),
            )
            line("release", f"{self.release} (new)")
        else:
            line("release", f"{self.release} (nothing has changed)")
        line("warehouse", str(self.settings.warehouse))
        line("site", str(self.settings.site / "index.html"))
        line("next", 'dajuan query "from marts.economy limit 5"' + ('; dajuan query "from core.quarantine"' if quarantined else ""))


def run_build(settings: Settings) -> Report:
    """Run the job; its report, or BuildFailed with one line that says what to do. The old release stands untouched when it fails."""
    before = current_manifest(settings)
    # dbt's own lines go to a file: on the terminal they would drown everything else.
    log = settings.home / "dbt" / "build.log"
    with dg.DagsterInstance.get() as instance, log.open("w", encoding="utf-8") as dbt_lines, redirect_stdout(dbt_lines):
        try:
            from orchestration.definitions import defs  # waits for dbt to have parsed, so everything else comes first
        except RuntimeError as e:
            raise BuildFailed(str(e)) from e
        begin_bundling(settings.site)  # on the other processor, while the first steps keep this one busy
        logging.getLogger("dagster._core").setLevel(logging.ERROR)  # the job's own logger speaks to people
        result = defs.resolve_job_def("build").execute_in_process(instance=instance, raise_on_error=False)
    checks: Counter[str] = Counter()
    failed, warned = [], []
    for evaluation in result.get_asset_check_evaluations():
        name = f"{'.'.join(evaluation.asset_key.path)}: {evaluation.check_name}"
        if evaluation.passed:
            checks["passed"] += 1
        elif evaluation.severity == dg.AssetCheckSeverity.WARN:
            checks["warned"] += 1
            warned.append(evaluation.check_name)
        else:
            failed.append(name)
    now = current_manifest(settings)
    if not result.success:
        raise BuildFailed(_reason(result, failed, None if now == before else now))
    if now is None:
        raise BuildFailed(f"the run ended well but {settings.warehouse} points to no release; look at the run with `dajuan dev`")
    return Report(settings, now["release"], before != now, _files_read(result), checks, sorted(set(warned)))


def _files_read(result: dg.ExecuteInProcessResult) -> int:
    for event in result.get_asset_materialization_events():
        metadata = event.materialization.metadata
        if "files read" in metadata:
            return int(metadata["files read"].value)
    return 0


def _reason(result: dg.ExecuteInProcessResult, failed: list[str], published: dict[str, Any] | None) -> str:
    """Why the run failed, on one line: the failed checks, or the innermost error of the failed step; `published` stands even so."""
    if failed:
        return f"{len(failed)} failing check(s), nothing was published: {'; '.join(failed[:5])}. `dajuan dev` shows the rows; mend the source or add a correction, then build again"
    for event in result.all_events:
        data: Any = event.event_specific_data
        error = getattr(data, "error", None)
        if event.is_failure and error is not None:
            while error.cause is not None:
                error = error.cause
            where = event.step_key or "the run"
            said = re.sub(r"^[\w.]+: ", "", error.message.strip())  # without the name of the error's class
            stands = f"but release {published['release']} is published" if published else "nothing was published"
            return f"{where} failed, {stands}: {said}"
    return "the run failed, nothing was published; `dajuan dev` shows why"
