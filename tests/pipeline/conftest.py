"""Whole builds, each in a home of its own, run as a user runs them: by the command."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import DBT_PROJECT, load
from tests.conftest import ROOT


@dataclass
class Place:
    """A landing folder and a home."""

    raw: Path
    home: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`dajuan …` with this place's folders and an empty HOME."""
        env = {k: v for k, v in os.environ.items() if not k.startswith(("DAGSTER", "DBT", "DAJUAN"))}
        env |= {"DAJUAN_RAW": str(self.raw), "DAJUAN_HOME": str(self.home), "HOME": str(self.home.parent / "nobody")}
        command = [str(Path(sys.executable).parent / "dajuan"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=env, cwd=self.home.parent, timeout=300, check=False)

    def dbt(self, *arguments: str, to: Path) -> subprocess.CompletedProcess[str]:
        """dbt by hand on this place's lake; what it writes goes below `to`."""
        settings = load({"DAJUAN_RAW": str(self.raw), "DAJUAN_HOME": str(self.home)})
        own = {"DAJUAN_BUILD_DB": str(to / "by_hand.duckdb"), "DBT_TARGET_PATH": str(to / "target"), "DBT_LOG_PATH": str(to / "logs")}
        command = [str(Path(sys.executable).parent / "dbt"), *arguments, "--project-dir", str(DBT_PROJECT)]
        env = os.environ | settings.environment() | own
        return subprocess.run(command, capture_output=True, text=True, env=env, timeout=300, check=False)

    def sql(self, query: str) -> list[tuple]:
        """Rows of the current release."""
        with duckdb.connect(str(self.home / "warehouse.duckdb"), read_only=True) as db:
            return db.execute(query).fetchall()

    @property
    def release(self) -> str:
        """Name of the current release file."""
        return (self.home / "warehouse.duckdb").resolve().name


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Place:
    """The shipped raw/, copied and built once, by the first of the test processes that asks."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "shipped"
    place = Place(folder / "raw", folder / "home")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.copytree(ROOT / "raw", place.raw)
            done = place.run("build")
            assert done.returncode == 0, done.stderr
            log = place.home / "dbt" / "build.log"
            shutil.copy(log, log.with_name("first_build.log"))  # the next build writes its own
    assert (place.home / "warehouse.duckdb").exists(), "the shipped raw/ was not built: another test process says why"
    return place


def landing(folder: Path) -> Place:
    """A landing folder with one short article."""
    place = Place(folder / "raw", folder / "home")
    (place.raw / "articles").mkdir(parents=True)
    (place.raw / "tables").mkdir()
    article = place.raw / "articles" / "report.txt"
    article.write_text(
        "2023年，全区地区生产总值完成812亿元，增长6.1%。\n\n二、2024年工作安排\n地区生产总值增长6.5%以上。\n", encoding="utf-8"
    )
    (place.raw / "articles" / "report.source.yml").write_text(
        "title: 某区2024年政府工作报告\npublished_on: 2024-01-10\nregion_code: '420103'\ngenre: work_report\nreport_year: 2023\nsource_tier: official\n",
        encoding="utf-8",
    )
    return place


@pytest.fixture
def own(tmp_path: Path) -> Place:
    """A landing folder with one short article, for one test alone."""
    return landing(tmp_path)
