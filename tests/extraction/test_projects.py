"""Named projects and how far they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.extraction.facts_cases import cases, facts_of, met, reference


@pytest.mark.parametrize("case", cases("projects"), ids=lambda case: case["text"].strip()[-16:])
def test_golden(case: dict[str, Any]) -> None:
    found = [[p.quote, p.name, p.status] for p in facts_of(case["text"], case.get("genre", "work_report"))[2]]
    assert found == case["expect"]


def test_reference(shared: Path) -> None:
    rows, found = reference(shared, "projects")
    matched, right, spare = met(rows, found, "status")
    assert matched >= 13
    assert right >= 13
    assert spare <= len(found) / 10
