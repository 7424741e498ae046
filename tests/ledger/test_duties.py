"""Who answers for a target and until when, in invented sentences: the figure stands behind @."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ledger.duties import Duty, duty


def of(marked: str, year: int | None = 2031, now: int | None = 2031) -> Duty:
    """The duty of the number behind @."""
    start = marked.index("@")
    text = marked.replace("@", "", 1)
    number = re.compile(r"[0-9]+").match(text, start)
    assert number
    sentence = max(text.rfind("。", 0, start), text.rfind("\n", 0, start)) + 1
    closing = min((i for i in (text.find("。", start), text.find("\n", start)) if i >= 0), default=len(text))
    return duty(text, start, number.end(), (sentence, closing), year, now)


@pytest.mark.parametrize(
    ("marked", "units"),
    [
        ("1.翻修凉亭@30座。责任单位：县园林所、各乡镇", "县园林所、各乡镇"),
        ("1.翻修凉亭@30座。\n责任单位：县园林所", "县园林所"),
        ("1.翻修凉亭@30座。\n　　（牵头单位：县园林所；配合单位：县财政局）", "县园林所"),
        ("翻修凉亭@30座（责任部门：县园林所 完成时限：8月底）", "县园林所"),
        ("翻修凉亭@30座，补种垂柳500株。（县园林所牵头，县水务局配合）", "县园林所"),
        ("翻修凉亭@30座。（县园林所、县水务局按职责分工负责）", "县园林所、县水务局"),
        ("由县园林所牵头，翻修凉亭@30座。", "县园林所"),
        ("翻修凉亭@30座，由县园林所负责。", "县园林所"),
        ("翻修凉亭@30座（县园林所负责）；补种垂柳500株（县水务局负责）。", "县园林所"),
        ("翻修凉亭30座（县园林所负责）；补种垂柳@500株（县水务局负责）。", "县水务局"),
        ("翻修凉亭@30座。\n补种垂柳500株。责任单位：县水务局", None),  # another item's
        ("支持龙头企业牵头组建联盟@3个。", None),
        ("由多家企业牵头攻关@3个难题。", None),
        ("翻修凉亭@30座（含旧亭）。", None),
        ("由县园林所负责任地翻修凉亭@30座。", None),
    ],
)
def test_who_answers(marked: str, units: str | None) -> None:
    assert of(marked).responsible == units


@pytest.mark.parametrize(
    ("marked", "deadline"),
    [
        ("6月底前翻修凉亭@30座。", "2031-06-30"),
        ("翻修凉亭@30座，六月底前完成。", "2031-06-30"),
        ("翻修凉亭@30座，11月15日前完成。", "2031-11-15"),
        ("10月前翻修凉亭@30座。", "2031-10"),
        ("2月末之前翻修凉亭@30座。", "2031-02-28"),
        ("年底前翻修凉亭@30座。", "2031-12-31"),
        ("2032年底前翻修凉亭@30座。", "2032-12-31"),
        ("明年3月底前翻修凉亭@30座。", "2032-03-31"),
        ("年内翻修凉亭@30座。", "2031"),
        ("2033年前翻修凉亭@30座。", "2033"),
        ("上半年完成凉亭翻修@30座。", "2031-H1"),
        ("翻修凉亭@30座，三季度末全部完成。", "2031-Q3"),
        ("翻修凉亭@30座，9月底完工。", "2031-09-30"),
        ("翻修凉亭@30座（责任单位：县园林所；完成时限：2031年8月）", "2031-08"),
        ("翻修凉亭20座，6月底前完成；补种垂柳@500株，9月底前完成。", "2031-09-30"),
        ("6月底前翻修凉亭20座，9月底前补种垂柳@500株。", "2031-09-30"),
        ("6月底前翻修凉亭20座、补种垂柳@500株。", "2031-06-30"),
        ("翻修凉亭@30座。6月底前补种垂柳。", None),
        ("翻修@30座2019年底前建的凉亭。", None),  # gone by: not a day until which
        ("去年6月游客多，今年翻修凉亭@30座。", None),
        ("上半年客流增长，翻修凉亭@30座。", None),
        ("6月前后翻修凉亭@30座。", None),
        ("3个月前开工的凉亭@30座。", None),
        ("2031年翻修凉亭@30座。", None),
        ("2月30日前翻修凉亭@30座。", None),
        ("力争3年内翻修凉亭@30座。", None),
        ("办完年内到期的合同@30份。", None),
        ("2040年前远景铺开，翻修凉亭@30座。", None),
        ("翻修凉亭@30座，让老人歇脚，6月底前补种垂柳。", None),
    ],
)
def test_until_when(marked: str, deadline: str | None) -> None:
    assert of(marked).deadline == deadline


def test_years_not_known() -> None:
    assert of("6月底前翻修凉亭@30座。", None, None).deadline is None
    assert of("6月底前翻修凉亭@30座。", None, 2031).deadline == "2031-06-30"
    assert of("2031年6月底前翻修凉亭@30座。", None, None).deadline == "2031-06-30"


@given(st.text(alphabet="（）责任单位：由牵头局，。；\n0123456789年月日底前完成上半", max_size=120))
def test_any_text_is_taken(text: str) -> None:
    half = len(text) // 2
    duty(text, half, half, (0, len(text)), 2031, 2031)


def test_time_is_linear() -> None:
    hostile = "由局牵" * 20_000 + "（局" * 20_000 + "年12月" * 20_000
    began = time.perf_counter()
    duty(hostile, 10, 11, (0, len(hostile)), 2031, 2031)
    assert time.perf_counter() - began < 2
