"""What happened on a stated day, in a month or part of a year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.extraction.facts_cases import cases, facts_of, met, reference


@pytest.mark.parametrize("case", cases("milestones"), ids=lambda case: case["text"].strip()[-16:])
def test_golden(case: dict[str, Any]) -> None:
    found = [[m.quote, m.date, m.what] for m in facts_of(case["text"])[1]]
    assert found == case["expect"]


def test_reference(shared: Path) -> None:
    rows, found = reference(shared, "milestones")
    matched, right, spare = met(rows, found, "date")
    assert matched >= 6
    assert right >= 6
    assert spare <= len(found) / 10
