"""Ranks and honours."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.extraction.facts import find_facts
from orchestration.extraction.layout import parse
from orchestration.extraction.model import Context
from orchestration.extraction.passages import whole_number
from tests.extraction.facts_cases import a_growth, cases, facts_of, met, reference


@pytest.mark.parametrize("case", cases("standings"), ids=lambda case: case["text"].strip()[-16:])
def test_golden(case: dict[str, Any]) -> None:
    found = [[s.quote, s.type, s.value and int(s.value), s.scope, s.subject] for s in facts_of(case["text"])[0]]
    assert found == case["expect"]


@pytest.mark.parametrize(
    ("text", "subject", "theme"),
    [
        ("人均可支配收入增长6%、居全省第二位。", "人均可支配收入", "economy"),
        ("人均可支配收入增长6%，增速居全省第二位。", "人均可支配收入增速", "economy"),
        ("人均可支配收入增长6%，空气质量居全省第二位。", "空气质量", "urban_renewal"),
    ],
)
def test_a_rank_belongs_to_the_figure_before_it(text: str, subject: str, theme: str) -> None:
    found, _, _, _ = find_facts(parse(text), Context(genre="work_report", report_year=2022), [a_growth(text, "6%", "人均可支配收入")])
    assert [(s.subject, s.value, s.theme, s.period) for s in found] == [(subject, Decimal(2), theme, "2022")]


def test_an_honour_does_not_belong_to_the_figure_before_it() -> None:
    text = "人均可支配收入增长6%，入选全国文明城市名单。"
    found = find_facts(parse(text), Context(genre="work_report", report_year=2022), [a_growth(text, "6%", "人均可支配收入")])[0]
    assert [(s.type, s.subject) for s in found] == [("listing", None)]


@pytest.mark.parametrize(("word", "number"), [("三", 3), ("十二", 12), ("二十", 20), ("五百", 500), ("一百零五", 105), ("30", 30)])
def test_whole_numbers(word: str, number: int) -> None:
    assert whole_number(word) == number


def test_what_is_no_whole_number_is_refused() -> None:
    with pytest.raises(ValueError, match="若干"):
        whole_number("若干")


WORDS = [
    "全省",
    "全国",
    "第三",
    "第",
    "位",
    "居",
    "首个",
    "首批",
    "入选",
    "获批",
    "名单",
    "百强",
    "3",
    "前",
    "率先",
    "最大",
    "唯一",
    "试点",
]
OTHERS = [
    "建成",
    "水库",
    "青石",
    "完成",
    "任务",
    "等",
    "的",
    "和",
    "2022年5月",
    "揭牌",
    "保持稳定",
    "、",
    "，",
    "。",
    "（",
    "）",
    "“",
    "”",
    "…",
    "\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS + OTHERS), max_size=40).map("".join))
def test_any_text_gives_ordered_distinct_facts(text: str) -> None:
    for facts in facts_of(text):
        keys = [(f.char_start, f.char_end, getattr(f, "type", "")) for f in facts]
        assert len(keys) == len(set(keys))
        assert keys == sorted(keys)
        assert all(0 <= start < end <= len(text) for start, end, _ in keys)


def test_reference(shared: Path) -> None:
    rows, found = reference(shared, "standings")
    matched, right, spare = met(rows, found, "type")
    assert matched >= 20
    assert right >= 18
    assert spare <= len(found) / 10
