"""What tests share: where reference material may lie, and a landing folder of one's own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault of the example. `.ci/run` asks for the thorough profile, as many examples as hypothesis thinks right.
settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("thorough", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or "quick")

STORES = {"fetching", "publishing", "reviewing", "stages"}
ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DAJUAN_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and hand-made rows; it is no part of the project, so tests on it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"reference material is absent: {SHARED}")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what writes files of a lake, a release or a site, so that the unit suite can do without."""
    for item in items:
        if STORES & set(item.path.relative_to(ROOT).parts):
            item.add_marker("stores")
