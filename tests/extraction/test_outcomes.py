"""Results and promises without a figure."""

from __future__ import annotations

from typing import Any

import pytest

from orchestration.extraction.facts import find_facts
from orchestration.extraction.layout import parse
from orchestration.extraction.model import Context
from tests.extraction.facts_cases import a_growth, cases, facts_of


@pytest.mark.parametrize("case", cases("outcomes"), ids=lambda case: case["text"].strip()[-16:])
def test_golden(case: dict[str, Any]) -> None:
    found = [[o.quote, o.subject, o.outcome, o.status] for o in facts_of(case["text"])[3]]
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("城镇新增就业增长6%，超额完成全年任务。", "城镇新增就业"),
        ("城镇新增就业增长6%，圆满完成全年主要目标任务。", "主要目标任务"),
        ("城镇新增就业增长6%，完成山洪沟治理任务。", "山洪沟治理任务"),
    ],
)
def test_a_goal_without_a_name_is_the_goal_of_the_figure_before_it(text: str, subject: str) -> None:
    found = find_facts(parse(text), Context(genre="work_report", report_year=2022), [a_growth(text, "6%", "城镇新增就业")])[3]
    assert [o.subject for o in found] == [subject]
