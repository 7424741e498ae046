"""Every knob of dajuan, in one place. Read from the environment once; paths are absolute afterwards."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
DBT_PROJECT = next(p for p in (PACKAGE.parent / "dbt_project", PACKAGE / "dbt_project") if (p / "dbt_project.yml").exists())
"""The dbt project: beside the package in a checkout, inside it in a wheel."""
SEEDS = DBT_PROJECT / "seeds"
TIMEZONE = "Asia/Shanghai"


class SettingsError(Exception):
    """A setting that cannot work; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much of the machine may be used."""

    raw: Path
    home: Path
    workers: int
    keep_releases: int
    reading_timeout_s: int
    reading_memory_mb: int
    duckdb_memory_mb: int
    postgres_dsn: str | None

    @property
    def lake(self) -> Path:
        """Parquet tables handed from the Python stages to dbt."""
        return self.home / "lake"

    @property
    def store(self) -> Path:
        """Content-addressed copies of every accepted file version."""
        return self.home / "store"

    @property
    def build_db(self) -> Path:
        """The DuckDB file that dbt alone writes."""
        return self.home / "dbt" / "build.duckdb"

    @property
    def dbt_target(self) -> Path:
        """dbt's compiled SQL, manifest and logs."""
        return self.home / "dbt" / "target"

    @property
    def dbt_manifest(self) -> Path:
        """What dbt parsed the project to."""
        return self.dbt_target / "manifest.json"

    @property
    def releases(self) -> Path:
        """Immutable dated releases."""
        return self.home / "releases"

    @property
    def warehouse(self) -> Path:
        """Link to the current release."""
        return self.home / "warehouse.duckdb"

    @property
    def site(self) -> Path:
        """The static site of the current release."""
        return self.home / "site"

    @property
    def dagster_home(self) -> Path:
        """Dagster's instance: run history, schedules, sensors."""
        return self.home / "dagster"

    def environment(self) -> dict[str, str]:
        """What child processes (dbt, dagster) must see: the same places, and no telemetry."""
        return {
            "DAJUAN_RAW": str(self.raw),
            "DAJUAN_HOME": str(self.home),
            "DAJUAN_LAKE": str(self.lake),
            "DAJUAN_BUILD_DB": str(self.build_db),
            "DAJUAN_DUCKDB_MEMORY_MB": str(self.duckdb_memory_mb),
            "DAGSTER_HOME": str(self.dagster_home),
            "DBT_PROFILES_DIR": str(DBT_PROJECT),
            "DBT_TARGET_PATH": str(self.dbt_target),
            "DBT_LOG_PATH": str(self.home / "dbt" / "logs"),
            "DBT_LOG_LEVEL_FILE": "warn",  # at debug, the default, writing the log costs a fifth of dbt's time
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
            "DAGSTER_DISABLE_TELEMETRY": "true",
        }


def _number(env: Mapping[str, str], name: str, default: int, low: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or int(text) < low:
        raise SettingsError(f"{name}={text} must be a whole number of at least {low}; mend or unset it")
    return int(text)


def _half_of_memory_mb() -> int:
    """Beyond it DuckDB writes to disk, beside the file that it builds; the other half is for what else runs."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**21


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Settings from the environment (relative paths count from the current folder)."""
    env = os.environ if env is None else env
    return Settings(
        raw=Path(env.get("DAJUAN_RAW") or "raw").absolute(),
        home=Path(env.get("DAJUAN_HOME") or "var").absolute(),
        workers=_number(env, "DAJUAN_WORKERS", os.cpu_count() or 1, 1),
        keep_releases=_number(env, "DAJUAN_KEEP_RELEASES", 10, 1),
        reading_timeout_s=_number(env, "DAJUAN_READING_TIMEOUT_S", 30, 1),
        reading_memory_mb=_number(env, "DAJUAN_READING_MEMORY_MB", 1024, 128),
        duckdb_memory_mb=_number(env, "DAJUAN_DUCKDB_MEMORY_MB", _half_of_memory_mb(), 512),
        postgres_dsn=env.get("DAJUAN_POSTGRES_DSN") or None,
    )


def prepare(settings: Settings) -> None:
    """Make the home folder and Dagster's instance in it; SettingsError where the raw folder is missing or the home cannot be written."""
    if not settings.raw.is_dir():
        raise SettingsError(
            f"DAJUAN_RAW={settings.raw} is not a folder; create it with articles/ and tables/ inside, or point DAJUAN_RAW elsewhere"
        )
    try:
        for folder in (settings.home, settings.lake, settings.store, settings.releases, settings.dbt_target, settings.dagster_home):
            folder.mkdir(parents=True, exist_ok=True)
        config = settings.dagster_home / "dagster.yaml"
        if not config.exists():
            config.write_text("telemetry:\n  enabled: false\n", encoding="utf-8")
        probe = settings.home / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as e:
        raise SettingsError(
            f"DAJUAN_HOME={settings.home} cannot be written ({e.strerror}); free space, mend its rights, or point DAJUAN_HOME elsewhere"
        ) from None
