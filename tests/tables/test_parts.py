"""Labels, periods, units and facets by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.tables import facets, labels, periods, units
from orchestration.tables.units import Unit


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("地 区\r\nRegion", "地区"),
        ("阿坝藏族\n羌族自治州", "阿坝藏族羌族自治州"),
        ("人均生产总值（元）\nPer Capita GDP (yuan)", "人均生产总值(元)"),
        ("人均 GDP", "人均GDP"),
        ("GDP", "GDP"),
        ("Gross Domestic", ""),
        ("(100 million yuan)", ""),
        ("(100 million", ""),
        ("（％）", "(%)"),
        ("２０２３年", "2023年"),
        ("3-5 续表 1 Continued 1", "3-5续表1"),
        ("", ""),
    ],
)
def test_the_chinese_of_a_cell(cell: str, label: str) -> None:
    assert labels.clean(cell) == label


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("一、工业增加值①", "工业增加值"),
        ("(二)建筑业", "建筑业"),
        ("#工业", "工业"),
        ("其中:税收收入", "税收收入"),
        ("1.城镇", "城镇"),
        ("第一产业", "第一产业"),
        ("一般公共预算收入[1]", "一般公共预算收入"),
        ("5.5港", "5.5港"),
    ],
)
def test_names_without_numbering_and_marks(label: str, name: str) -> None:
    assert labels.name(label) == name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2010", ("2010", "")),
        ("2010年", ("2010", "")),
        ("2024年1-6月", ("2024-01/2024-06", "")),
        ("2024年1-12月", ("2024", "")),
        ("2024年上半年", ("2024-H1", "")),
        ("2024年前三季度", ("2024-01/2024-09", "")),
        ("2023年末", ("2023-12-31", "")),
        ("2024年2月末", ("2024-02-29", "")),
        ("2022年增长(%)", ("2022", "增长(%)")),
        ("2026-2030年", ("2026/2030", "")),
        ("一季度", ("2031-Q1", "")),
        ("1-2月", ("2031-01/2031-02", "")),
        ("13月", None),
        ("6-2月", None),
        ("年末总人口", None),
        ("2024.5", None),
        ("20245", None),
        ("2015年鉴", None),
    ],
)
def test_periods_that_begin_a_label(text: str, found: tuple[str, str] | None) -> None:
    assert periods.leading(text, 2031) == found


@pytest.mark.parametrize(
    ("text", "year", "period"),
    [
        ("1-15 各市生产总值(2018)", None, "2018"),
        ("全市2024年1-6月指标", None, "2024-01/2024-06"),
        ("统计年鉴2015", None, None),
        ("2015年鉴", None, None),
        ("2020年和2021年", None, None),
        ("2021—2024年各市产值", None, None),
        ("上半年指标", None, None),
        ("上半年指标", 2031, "2031-H1"),
        ("2-12各市产值", None, None),
    ],
)
def test_the_period_that_a_title_names(text: str, year: int | None, period: str | None) -> None:
    assert periods.only(text, year) == period


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("亿元", Unit("元", 8)),
        ("万人", Unit("人", 4)),
        ("千公顷", Unit("公顷", 3)),
        ("千瓦时", Unit("千瓦时")),
        ("亿千瓦时", Unit("千瓦时", 8)),
        ("平方公里", Unit("平方公里")),
        ("人/平方公里", Unit("人/平方公里")),
        ("吨标准煤/万元", Unit("吨标准煤/万元")),
        ("%", Unit("%")),
        ("上年=100", None),
        ("元/", None),
        ("亿", None),
        ("", None),
    ],
)
def test_units(text: str, unit: Unit | None) -> None:
    assert units.unit_of(text) == unit


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("单位:亿元", ["元"]),
        ("本表按当年价格计算,单位:亿元、%", ["元", "%"]),
        ("单位:某种", []),
        ("亿元", []),
    ],
)
def test_units_stated_for_a_table(line: str, names: list[str]) -> None:
    assert [u.name for u in units.stated(line)] == names


@pytest.mark.parametrize(
    ("parts", "subject", "measure", "unit"),
    [
        (["财政收入增长速度"], "财政收入", "growth", None),
        (["财政收入", "增速(±%)"], "财政收入", "growth", "%"),
        (["出口额(亿元,按当年价格计算)"], "出口额(亿元,按当年价格计算)", None, None),
        (["出口额(按当年价格计算,亿元)"], "出口额", None, "元"),
        (["规模以上工业", "增加值"], "规模以上工业增加值", None, None),
        (["居民人均可支配收入", "城镇"], "城镇居民人均可支配收入", None, None),
        (["财政收入", "税收"], "财政收入 › 税收", None, None),
        (["进出口总额", "同比增减额"], "进出口总额", "change", None),
        (["人口自然增长率(‰)"], "人口自然增长率", None, "‰"),
        (["企业数", "增减(百分点)"], "企业数", "growth_or_change", "百分点"),
    ],
)
def test_what_stacked_labels_say(parts: list[str], subject: str, measure: str | None, unit: str | None) -> None:
    facet = facets.read(parts, lambda _: None)
    assert (facet.subject, facet.measure, facet.unit and facet.unit.name) == (subject, measure, unit)


def test_a_label_without_end_is_no_label() -> None:
    assert "too long" in (facets.read(["增长" * 5000], lambda _: None).problem or "")


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = labels.clean(text)
    assert labels.clean(once) == once


@given(st.text(alphabet="2014年1-6月上半季度末至(）鉴", max_size=20))
def test_a_period_that_is_found_is_iso(text: str) -> None:
    found = periods.only(text, 2020)
    assert found is None or found[:2] in ("19", "20")
