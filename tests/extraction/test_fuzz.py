"""No text is slow: whatever short pattern is repeated, time stays proportional to its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.extraction import extract
from orchestration.extraction.model import Context

PIECES = st.sampled_from(
    [
        *"0179一二两十百千万亿半几第前多余来约近超逾达每年月日%‰：；，、。（）()[]【】“”《》—-~/.+由从到至为占的了是和及其 \n\t\r\x00\x1b\u200b\ufeff\u3000甲乙",
        *["万亿", "亿元", "以上", "以内", "左右", "不超过", "控制在", "不低于", "百分之", "个百分点", "分别", "其中", "增长", "下降", "提高", "翻番", "同比"],
        *["全省", "第一", "位居", "居全国", "连续三年", "2023年", "1—11月", "截至6月底", "“十四五”", "预计", "力争", "一、", "（一）", "——", "各位代表："],
        *["1，234", "1,234,567.8", "12.5", "3.5%—4%", "4:36:60", "1/3", "〔2024〕3号", "项目", "工程", "公里", "人次", "元/吨", "率", "比重", "产业", "建成", "开工"],
        *["获评", "试点", "称号", "唯一", "首个", "超额完成", "未能", "９", "．", "％", "Ａ", "é", "😀", "Ⅲ", "㎡"],
    ]
)  # fmt: skip
PATTERNS = st.lists(PIECES, min_size=1, max_size=10).map("".join)
A_CHARACTER = 60e-6  # seconds: thirty times what reports take; a pattern of result words alone takes half of it


def _seconds(text: str) -> float:
    start = time.process_time()
    extract(text, Context(title="2023年临河县政府工作报告", report_year=2022))
    return time.process_time() - start


def _bounded(head: str, pattern: str, tail: str, length: int) -> None:
    text = head + pattern * (length // len(pattern)) + tail
    taken = min(_seconds(text), _seconds(text)) if (first := _seconds(text)) > A_CHARACTER * len(text) else first
    assert taken < A_CHARACTER * len(text) + 0.2


@pytest.mark.slow
@pytest.mark.parametrize("pattern", ["A", "111 ", "1,111,", "1+", "A-1.", "1.", "“（", "1至", "“1", "亿1万", "2024-1-", "\u200b1"])
def test_a_run_that_a_pattern_could_retry_takes_bounded_time(pattern: str) -> None:
    _bounded("", pattern, "", 40_000)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(PATTERNS, PATTERNS, PATTERNS)
def test_a_repeated_pattern_takes_bounded_time(head: str, pattern: str, tail: str) -> None:
    _bounded(head, pattern, tail, 10_000)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(PATTERNS, PATTERNS, PATTERNS)
def test_a_pattern_repeated_more_often_takes_bounded_time(head: str, pattern: str, tail: str) -> None:
    _bounded(head, pattern, tail, 60_000)
