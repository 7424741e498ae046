"""What tests share: where reference material may lie, and a landing folder of one's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from orchestration.regions import RegionIndex

# A busy machine is no fault of the example. `.ci/run` asks for the thorough profile, as many examples as hypothesis thinks right.
settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("thorough", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "quick")

ROOT = Path(__file__).resolve().parents[1]
UNITS = {"catalogue", "contracts", "extraction", "ledger", "reading", "regions", "tables", "warehouse", "test_lake.py", "test_settings.py"}
NOT_UNITS = {"slow", "superset"}
SHARED = Path(os.environ.get("DAJUAN_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and hand-made rows; it is no part of the project, so tests on it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"reference material is absent: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def regions() -> RegionIndex:
    """The places of the seed."""
    return RegionIndex.load()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only units are asked for, what holds none is not even imported: Dagster, browsers and data frames take seconds."""
    parts = collection_path.relative_to(ROOT).parts[1:2]
    return (config.getoption("markexpr") == "unit" and bool(parts) and parts[0] not in UNITS) or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the unit tests: of the pure parts, in this process, with nothing but what the project ships."""
    for item in items:
        part = item.path.relative_to(ROOT).parts[1]
        outside = "shared" in getattr(item, "fixturenames", ()) or any(item.get_closest_marker(m) for m in NOT_UNITS)
        if part in UNITS and not outside:
            item.add_marker("unit")
