"""Results and promises without a figure."""

from __future__ import annotations

from typing import Any

import pytest

from tests.extraction.facts_cases import cases, facts_of


@pytest.mark.parametrize("case", cases("outcomes"), ids=lambda case: case["text"].strip()[-16:])
def test_golden(case: dict[str, Any]) -> None:
    found = [[o.quote, o.subject, o.outcome, o.status] for o in facts_of(case["text"])[3]]
    assert found == case["expect"]
