"""The process that parses the dbt project and waits for what to run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration import dbt_process
from orchestration.settings import Settings, load


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dbt project of one model, in the place of ours."""
    folder = tmp_path / "project"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "one.sql").write_text("select 1 as a")
    (folder / "dbt_project.yml").write_text("name: one\nprofile: one\nflags: {send_anonymous_usage_stats: false}\n")
    (folder / "profiles.yml").write_text("one: {target: a, outputs: {a: {type: duckdb, path: ':memory:'}}}\n")
    monkeypatch.setattr(dbt_process, "DBT_PROJECT", folder)
    return folder


@pytest.fixture
def settings(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A home of its own; what still waits at the end is ended."""
    monkeypatch.setattr(Settings, "environment", lambda self: {"DBT_PROFILES_DIR": str(project), "DBT_TARGET_PATH": str(self.dbt_target)})
    settings = load({"DAJUAN_RAW": str(tmp_path), "DAJUAN_HOME": str(tmp_path / "home")})
    yield settings
    if process := dbt_process._waiting.pop(settings.dbt_target, None):
        process.popen.kill()


def output(process: subprocess.Popen[bytes]) -> str:
    return process.communicate()[0].decode()


def test_it_parses_once_runs_what_it_is_told_and_leaves_a_manifest_that_is_up_to_date(settings: Settings, project: Path) -> None:
    assert dbt_process.is_stale(settings.dbt_manifest)
    made = dbt_process.manifest(settings)
    assert "model.one.one" in json.loads(made.read_text())["nodes"]
    parsed = dbt_process._waiting[settings.dbt_target].popen
    process = dbt_process.run(settings, ["--log-format", "json", "build"])
    assert process is parsed
    events = [json.loads(line)["info"]["name"] for line in output(process).splitlines()]
    assert process.returncode == 0
    assert events.count("LogModelResult") == 1
    written = made.stat().st_mtime_ns  # dbt itself writes it at the end of a build
    process = dbt_process.run(settings, ["bild"])  # a new one, as nobody is waiting
    assert "bild" in output(process)
    assert process.returncode == 2
    assert dbt_process.manifest(settings).stat().st_mtime_ns == written
    assert settings.dbt_target not in dbt_process._waiting
    (project / "logs").mkdir(exist_ok=True)
    (project / "logs" / "dbt.log").write_text("later")
    assert not dbt_process.is_stale(settings.dbt_manifest)
    shutil.copy(project / "models" / "one.sql", project / "models" / "two.sql")
    assert dbt_process.is_stale(settings.dbt_manifest)


def test_a_model_that_fails_is_told_by_the_exit_code(settings: Settings, project: Path) -> None:
    (project / "models" / "one.sql").write_text("select no_such_column")
    process = dbt_process.run(settings, ["build"])
    assert "no_such_column" in output(process)
    assert process.returncode == 1


@pytest.mark.slow
def test_a_project_that_does_not_parse_says_why_and_parses_once_mended(settings: Settings, project: Path) -> None:
    (project / "models" / "one.sql").write_text("select {{ ref('nowhere') }}")
    with pytest.raises(RuntimeError, match=r"does not parse.*nowhere") as said:
        dbt_process.manifest(settings)
    assert str(said.value).count("depends on") == 1
    (project / "models" / "one.sql").write_text("select 1 as a")
    assert dbt_process.manifest(settings).exists()
    process = dbt_process._waiting.pop(settings.dbt_target).popen
    assert process.stdin
    process.stdin.close()  # as when the one that started it ends
    assert process.wait(60) == 0
